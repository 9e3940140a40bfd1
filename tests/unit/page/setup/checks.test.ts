// Covers page/setup/checks and inspect: what is found of each thing, from the answers of Dataverse and of the contact
// centre, whatever they are.
import {
    checkHosts,
    checkOrganizations,
    checkPage,
    checkPolicy,
    checkService,
    checkSnippet,
    checkVariable,
    checkVersion,
    settleEnvironment,
} from "../../../../page/setup/checks";
import type { Answer, Check } from "../../../../page/setup/checks";
import { inspect } from "../../../../page/setup/inspect";
import type { WidgetConfiguration } from "../../../../ChatWithAgent/chat/ports";
import type { ConfigurationRequest } from "../../../../ChatWithAgent/widget/configuration";
import { Refusal } from "../../../../ChatWithAgent/host/web/web-api";
import { createService } from "../../../../page/setup/service";
import { snippet } from "../../../../demo/dataverse/seed";

const APP = "c8a5f2e4-3d17-4b90-8e6a-91f04d2b7c55";
const ORG = "5f0d3c1a-7b2e-4c69-9a41-2d8e6b7f1c30";
const HUB = `https://m-${ORG}.us.omnichannelengagementhub.com`;

const variable = (schemaname: string, value: string | null, defaultvalue: string | null = null): unknown => ({
    schemaname,
    defaultvalue,
    environmentvariabledefinition_environmentvariablevalue: value === null ? [] : [{ value }],
});
const answered = <T>(value: T): Answer<T> => ({ kind: "answered", value });
const REASON = { kind: "refused", words: "No." } as const;
const refused = { kind: "refused", reason: REASON } as const;
const rowsOf = (more: Readonly<Record<string, string>> = {}): unknown[] =>
    Object.entries({ cwa_ChatWidgetSnippet: snippet(), ...more }).map(([name, value]) => variable(name, value));
const settled = settleEnvironment(rowsOf());
const snippetCheck = (value: string | null): Check => {
    const rows = [variable("cwa_ChatWidgetSnippet", value)];
    return checkSnippet(answered(rows), settleEnvironment(rows));
};

test("a snippet: what was read out of it", () => {
    expect(snippetCheck(snippet())).toEqual({
        id: "snippet",
        state: "good",
        outcome: "valid",
        told: [],
        lines: [
            `data-app-id: ${APP}`,
            `data-org-id: ${ORG}`,
            `data-org-url: ${HUB}`,
            "src: https://oc-cdn-ocprod.azureedge.net/livechatwidget/scripts/LiveChatBootstrapper.js",
        ],
    });
});

test.each<[string, Check, Partial<Check>]>([
    ["no value", snippetCheck(null), { state: "wrong", outcome: "missing" }],
    ["none", snippetCheck("none"), { state: "wrong", outcome: "missing" }],
    [
        "no snippet",
        snippetCheck("hello"),
        { state: "wrong", outcome: "invalid", told: [{ key: "issue_not-a-snippet", value: "hello" }] },
    ],
    [
        "a snippet without its organization's address",
        snippetCheck(`data-app-id="${APP}" data-org-id="${ORG}"`),
        { state: "wrong", outcome: "invalid", told: [{ key: "issue_attribute-missing", value: "data-org-url" }] },
    ],
    [
        "a host that is not known",
        snippetCheck(snippet().replace("oc-cdn-ocprod.azureedge.net", "oc-cdn-evil.example")),
        { state: "wrong", outcome: "invalid" },
    ],
    [
        "a solution that is not here",
        checkSnippet(answered([]), settleEnvironment([])),
        { state: "wrong", outcome: "absent" },
    ],
    [
        "variables that cannot be read",
        checkSnippet(refused, settleEnvironment([])),
        { state: "unknown", outcome: "unreadable", reason: REASON },
    ],
    [
        "no further hosts",
        checkHosts(answered(rowsOf({ cwa_ChatScriptHosts: "none" }))),
        { state: "good", outcome: "none" },
    ],
    [
        "further hosts",
        checkHosts(answered(rowsOf({ cwa_ChatScriptHosts: "a.example, https://b.example/x" }))),
        { state: "good", outcome: "listed", lines: ["a.example", "https://b.example/x"] },
    ],
    [
        "what is no host",
        checkHosts(answered(rowsOf({ cwa_ChatScriptHosts: "a.example, *.azureedge.net" }))),
        { state: "attention", outcome: "wrong", lines: ["*.azureedge.net"] },
    ],
    [
        "further organizations",
        checkOrganizations(answered(rowsOf({ cwa_ChatOrganizations: `${ORG};${HUB}` }))),
        { state: "good", outcome: "listed", lines: [ORG, HUB] },
    ],
    [
        "what is no organization",
        checkOrganizations(answered(rowsOf({ cwa_ChatOrganizations: "contoso" }))),
        { state: "attention", outcome: "wrong", lines: ["contoso"] },
    ],
    ["organizations that cannot be read", checkOrganizations(refused), { state: "unknown", outcome: "unreadable" }],
    ["a page as it comes", checkPage(answered(rowsOf())), { state: "good", outcome: "none" }],
    [
        "a page's settings",
        checkPage(answered(rowsOf({ cwa_ChatPage: "startMode=automatic\nmessage=Hello" }))),
        { state: "good", outcome: "set", lines: ["startMode", "message"] },
    ],
    [
        "a page's mistakes",
        checkPage(answered(rowsOf({ cwa_ChatPage: "startMode=now" }))),
        { state: "attention", outcome: "wrong", told: [{ key: "page_wrong_value", value: "startMode=now" }] },
    ],
    ["a page that cannot be read", checkPage(refused), { state: "unknown", outcome: "unreadable" }],
    [
        "the same version",
        checkVersion(answered({ value: [{ version: "1.2.3.0" }] }), "1.2.3"),
        { state: "good", outcome: "same", values: { own: "1.2.3" } },
    ],
    [
        "another version",
        checkVersion(answered({ value: [{ version: "1.3.0.0" }] }), "1.2.3"),
        { state: "attention", outcome: "other", values: { own: "1.2.3", installed: "1.3.0" } },
    ],
    [
        "no solution of the name",
        checkVersion(answered({ value: [] }), "1.2.3"),
        { state: "unknown", outcome: "missing" },
    ],
    ["no answer at all", checkVersion(answered(null), "1.2.3"), { state: "unknown", outcome: "missing" }],
    [
        "solutions that cannot be read",
        checkVersion(refused, "1.2.3"),
        { state: "unknown", outcome: "unreadable", values: { own: "1.2.3" }, reason: REASON },
    ],
    ["the variable", checkVariable(answered(["Title", "Email"]), settled), { state: "good", outcome: "there" }],
    [
        "another spelling",
        checkVariable(answered(["email"]), settled),
        { state: "attention", outcome: "other-name", values: { name: "email" } },
    ],
    ["no such variable", checkVariable(answered(["Title"]), settled), { state: "note", outcome: "absent" }],
    [
        "a contact centre elsewhere",
        checkVariable(answered(undefined), settled),
        { state: "unknown", outcome: "elsewhere" },
    ],
    [
        "variables of a workstream that cannot be read",
        checkVariable(refused, settled),
        { state: "unknown", outcome: "unreadable" },
    ],
])("%s", (_name, check, expected) => {
    expect(check).toMatchObject(expected);
});

const OPEN: WidgetConfiguration = {
    isFound: true,
    isClosed: false,
    isHidden: false,
    isPersistent: false,
    signIn: "none",
    hasSurveyBefore: false,
    hasSurveyAfter: false,
};
const outcomes = (found: WidgetConfiguration | undefined): string[] =>
    checkService(found, settled).map(({ state, outcome }) => `${state} ${outcome}`);

test.each<[string, WidgetConfiguration | undefined, readonly string[]]>([
    ["open", OPEN, ["good open"]],
    ["out of hours", { ...OPEN, isClosed: true }, ["note closed"]],
    ["out of hours, and hidden", { ...OPEN, isClosed: true, isHidden: true }, ["attention hidden"]],
    [
        "surveys and a sign-in",
        { ...OPEN, hasSurveyBefore: true, hasSurveyAfter: true, signIn: "required" },
        ["wrong authentication", "attention survey", "note survey-after"],
    ],
    ["a sign-in that is left to the user", { ...OPEN, signIn: "optional" }, ["good open"]],
    ["a widget that is not known", { ...OPEN, isFound: false }, ["wrong unknown-widget"]],
    ["nothing that can be read", undefined, ["attention unreachable"]],
])("the contact centre's answer: %s", (_name, found, expected) => {
    expect(outcomes(found)).toEqual(expected);
    for (const { values } of checkService(found, settled)) expect(values).toEqual({ host: new URL(HUB).host });
});

test("without a widget, the contact centre is not asked", () => {
    expect(checkService(undefined, settleEnvironment([]))).toMatchObject([{ state: "unknown", outcome: "not-asked" }]);
});

test("the policy's lines are those of the security notes, with the snippet's own hosts", () => {
    const host = "https://oc-cdn-ocprod.azureedge.net";
    expect(checkPolicy(settled).lines).toEqual([`script-src ${host}`, `frame-src ${host}`, `connect-src ${HUB}`]);
    const two = settleEnvironment([
        variable(
            "cwa_ChatWidgetSnippet",
            snippet().replace(
                "></script>",
                ` onerror="n.src='https://cdn.contoso.example/livechatwidget/scripts/LiveChatBootstrapper.js'"></script>`,
            ),
        ),
        variable("cwa_ChatScriptHosts", "cdn.contoso.example"),
    ]);
    expect(checkPolicy(two).lines?.slice(0, 2)).toEqual([
        `script-src ${host} https://cdn.contoso.example`,
        `frame-src ${host} https://cdn.contoso.example`,
    ]);
    expect(checkPolicy(settleEnvironment([]))).toMatchObject({ state: "unknown", outcome: "not-asked" });
});

describe("the inspection", () => {
    function inspecting(answers: Readonly<Record<string, unknown>>, configuration: ConfigurationRequest) {
        const asked: string[] = [];
        const service = createService({
            ask(path) {
                asked.push(path);
                const found = Object.entries(answers).find(([start]) => path.startsWith(start));
                return found
                    ? Promise.resolve(found[1])
                    : Promise.reject(
                          new Refusal(
                              `Resource not found for the segment '${path.split("?")[0] ?? ""}'.`,
                              404,
                              "0x80060888",
                              undefined,
                          ),
                      );
            },
            now: () => 0,
            wait: () => Promise.resolve(),
            online: () => Promise.resolve(),
        });
        const found = new Map<string, string>();
        const done = inspect({ service, configuration, version: "1.2.3" }, new AbortController().signal, (checks) => {
            for (const { id, state, outcome } of checks) found.set(id, `${state} ${outcome}`);
        });
        return { asked, done: done.then(() => Object.fromEntries(found)) };
    }

    test("where the contact centre is in this environment, everything is found", async () => {
        const WORKSTREAM = "f0000000-0000-4000-8000-000000000001";
        const widgets: unknown[] = [];
        const { done, asked } = inspecting(
            {
                environmentvariabledefinitions: { value: rowsOf() },
                solutions: { value: [{ version: "1.2.3.0" }] },
                msdyn_livechatconfigs: { value: [{ _msdyn_liveworkstreamid_value: WORKSTREAM }] },
                msdyn_ocliveworkstreamcontextvariables: { value: [{ msdyn_name: "Email" }] },
            },
            ({ appId, orgId, orgUrl }, maxAge) => {
                widgets.push([appId, orgId, orgUrl, maxAge]);
                return Promise.resolve(OPEN);
            },
        );
        expect(await done).toEqual({
            version: "good same",
            snippet: "good valid",
            organizations: "good none",
            hosts: "good none",
            page: "good none",
            policy: "note lines",
            service: "good open",
            variable: "good there",
        });
        // Anew each time.
        expect(widgets).toEqual([[APP, ORG, HUB, 0]]);
        expect(asked).toContain(
            `msdyn_livechatconfigs?$select=_msdyn_liveworkstreamid_value&$filter=msdyn_widgetappid eq '${APP}'`,
        );
        expect(asked).toContain(
            `msdyn_ocliveworkstreamcontextvariables?$select=msdyn_name&$filter=_msdyn_liveworkstreamid_value eq ${WORKSTREAM}`,
        );
    });

    test("where nothing can be read, each thing says so, and nothing is asked of a contact centre", async () => {
        const configuration = jest.fn(() => Promise.resolve(undefined));
        const { done } = inspecting({}, configuration);
        expect(await done).toEqual({
            version: "unknown unreadable",
            snippet: "unknown unreadable",
            organizations: "unknown unreadable",
            hosts: "unknown unreadable",
            page: "unknown unreadable",
            policy: "unknown not-asked",
            service: "unknown not-asked",
            variable: "unknown not-asked",
        });
        expect(configuration).not.toHaveBeenCalled();
    });

    test("a contact centre in another environment, and out of reach", async () => {
        const { done } = inspecting(
            {
                environmentvariabledefinitions: { value: rowsOf() },
                solutions: { value: [] },
                msdyn_livechatconfigs: { value: [] },
            },
            () => Promise.resolve(undefined),
        );
        expect(await done).toMatchObject({
            service: "attention unreachable",
            variable: "unknown elsewhere",
            version: "unknown missing",
        });
    });

    test("tables of the contact centre that are not there", async () => {
        const { done } = inspecting({ environmentvariabledefinitions: { value: rowsOf() } }, () =>
            Promise.resolve(OPEN),
        );
        expect(await done).toMatchObject({ variable: "unknown unreadable", service: "good open" });
    });
});
