import type { Lookups, RawSettings } from "../../../ChatWithAgent/settings/types";
import { describe as describeSettings } from "../../../ChatWithAgent/settings/describe";
import type { Outcome } from "../../../ChatWithAgent/settings/describe";
import { APP, HUB, ORG, OTHER_APP, OTHER_HUB, OTHER_ORG, bound, columns, raw, settled, snippet } from "./samples";

function outcome(values: RawSettings, lookups: Lookups): Outcome {
    const answer = settled(values, lookups);
    if (answer.kind === "needs") throw new Error("This case lacks a lookup.");
    return answer;
}

const list = (values: RawSettings, lookups: Lookups) =>
    describeSettings(values, outcome(values, lookups)).map(({ place, state, issues }) => [place, state, ...issues.map(({ problem }) => problem)].join(" "));
const environment: Lookups = { variables: { snippet: snippet() } };

test.each([
    ["nothing set", raw(), { variables: {} }, ["widgetSnippet not-set missing", "widgetAppId not-set missing", "orgId not-set missing", "orgUrl not-set missing", "cwa_ChatWidgetSnippet not-set missing"]],
    ["all from the environment", columns({ widgetAppId: "Fabrikam" }), environment, ["widgetSnippet environment", "widgetAppId environment", "orgId environment", "orgUrl environment"]],
    ["another widget of the environment", raw({ widgetAppId: OTHER_APP }), environment, ["widgetSnippet environment", "widgetAppId set", "orgId environment", "orgUrl environment"]],
    ["three values", raw(bound), {}, ["widgetSnippet not-set", "widgetAppId set", "orgId set", "orgUrl set"]],
    ["a blank beside three values", raw({ ...bound, widgetSnippet: " \n" }), {}, ["widgetSnippet not-set", "widgetAppId set", "orgId set", "orgUrl set"]],
    ["a snippet before other values", raw({ widgetSnippet: snippet(), orgId: ORG }), {}, ["widgetSnippet set", "widgetAppId not-set", "orgId unused", "orgUrl not-set"]],
    ["one missing", raw({ widgetAppId: APP, orgId: ORG }), {}, ["widgetSnippet not-set", "widgetAppId set", "orgId set", "orgUrl not-set missing"]],
    ["one wrong", raw({ ...bound, orgUrl: HUB + ".evil.com" }), {}, ["widgetSnippet not-set", "widgetAppId set", "orgId set", "orgUrl wrong not-an-engagement-hub"]],
    ["a snippet that lacks something", raw({ widgetSnippet: `data-app-id=${APP};data-org-id=${ORG}` }), {}, ["widgetSnippet wrong missing", "widgetAppId not-set", "orgId not-set", "orgUrl not-set"]],
    [
        "not trusted, lists unreadable",
        columns({ widgetAppId: APP, orgId: OTHER_ORG, orgUrl: OTHER_HUB }),
        { variables: "unreadable", organizationUnreadable: true },
        ["widgetSnippet not-set", "widgetAppId set", "orgId set", "orgUrl wrong organization-untrusted", "cwa_ChatOrganizations wrong unreadable"],
    ],
    [
        "a note on the environment's snippet",
        raw(),
        { variables: { snippet: snippet({ "data-customization-callback": "missing" }) } },
        ["widgetSnippet environment", "widgetAppId environment", "orgId environment", "orgUrl environment", "cwa_ChatWidgetSnippet set callback-dropped"],
    ],
] as readonly (readonly [string, RawSettings, Lookups, readonly string[]])[])("%s", (_name, values, lookups, lines) => {
    expect(list(values, lookups)).toEqual(lines);
});
