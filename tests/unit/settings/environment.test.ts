import * as fc from "fast-check";
import { organizationQuery, readEnvironmentRows, readOrganizationRows, variablesQuery } from "../../../ChatWithAgent/settings/environment";
import { settle } from "../../../ChatWithAgent/settings/settle";
import { HUB, ORG, raw, snippet } from "./samples";

const VALUES = "environmentvariabledefinition_environmentvariablevalue";
const row = (schemaname: unknown, defaultvalue?: unknown, ...values: unknown[]) => ({ schemaname, defaultvalue, [VALUES]: values.map((value) => ({ value })) });

test("the variables take one query, which finds exactly ours and asks for nothing but names and values", () => {
    expect(variablesQuery.table).toBe("environmentvariabledefinition");
    const options = new URLSearchParams(variablesQuery.options);
    expect(Object.fromEntries(options)).toEqual({
        $select: "schemaname,defaultvalue",
        $filter: "startswith(schemaname,'cwa_Chat')",
        $expand: `${VALUES}($select=value)`,
    });
    for (const name of ["cwa_ChatWidgetSnippet", "cwa_ChatOrganizations", "cwa_ChatScriptHosts"]) expect(name).toMatch(/^cwa_Chat/);
});

test("the organisation is asked for its id alone", () => {
    expect(organizationQuery).toEqual({ table: "organization", options: "?$select=organizationid" });
});

test.each([
    ["nothing", [], {}],
    ["all three", [row("cwa_ChatWidgetSnippet", "s"), row("cwa_ChatOrganizations", "o"), row("cwa_ChatScriptHosts", "h")], { snippet: "s", organizations: "o", scriptHosts: "h" }],
    ["the environment's value before the default", [row("cwa_ChatWidgetSnippet", "default", "own")], { snippet: "own" }],
    ["the default where there is no value", [row("cwa_ChatWidgetSnippet", "default")], { snippet: "default" }],
    ["the default where the value is blank", [row("cwa_ChatWidgetSnippet", "default", " ")], { snippet: "default" }],
    ["white space around", [row("cwa_ChatWidgetSnippet", null, "\n own ")], { snippet: "own" }],
    ["none", [row("cwa_ChatWidgetSnippet", "none"), row("cwa_ChatOrganizations", "x", "None"), row("cwa_ChatScriptHosts", null, " NONE ")], {}],
    ["nulls", [row("cwa_ChatWidgetSnippet", null, null), { schemaname: "cwa_ChatOrganizations" }, { schemaname: "cwa_ChatScriptHosts", defaultvalue: null, [VALUES]: null }], {}],
    ["other variables", [row("cwa_ChatOther", "x"), row("cwa_chatwidgetsnippet2", "x"), row("constructor", "x"), row("__proto__", "x"), row("snippet", "x")], {}],
    ["values that are no text", [row("cwa_ChatWidgetSnippet", 1, {}), row("cwa_ChatOrganizations", ["x"], 2)], {}],
    ["an answer of another shape", { entities: [row("cwa_ChatWidgetSnippet", "s")] }, {}],
])("environment variables: %s", (_name, rows, variables) => {
    expect(readEnvironmentRows(rows)).toEqual(variables);
});

test.each([
    [[{ organizationid: ORG }], ORG],
    [[{ organizationid: `{${ORG.toUpperCase()}}` }], ORG],
    [[{ organizationid: "x" }], ""],
    [[{ organizationid: { toString: (): string => ORG } }], ""],
    [[{}], ""],
    [[], ""],
    [undefined, ""],
])("organisation: %j is %j", (rows, id) => {
    expect(readOrganizationRows(rows)).toBe(id);
});

test("any answer is read without an exception, as texts or nothing", () => {
    const anyRow = fc.record({ schemaname: fc.oneof(fc.constantFrom("cwa_ChatWidgetSnippet", "cwa_ChatOrganizations", "cwa_ChatScriptHosts"), fc.anything()), defaultvalue: fc.anything(), [VALUES]: fc.anything() }, { requiredKeys: [] });
    fc.assert(
        fc.property(fc.oneof(fc.anything(), fc.array(fc.oneof(anyRow, fc.anything()))), (rows) => {
            for (const text of Object.values(readEnvironmentRows(rows))) if (text !== undefined) expect(text).toMatch(/\S/);
            expect(readOrganizationRows(rows)).toMatch(/^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})?$/);
        }),
    );
});

/** How much a text variable holds (D). */
const HOLDS = 2_000;

test("a snippet with every attribute that it can have fits into a variable, and nothing of it is lost on the way", () => {
    const attributes = {
        "data-hide-chat-button": "true",
        "data-hide-minimize-button": "true",
        "data-hide-button": "false",
        "data-disable-telemetry": "true",
        "data-render-mobile": "true",
        "data-color-override": "#ff00ff",
        "data-font-family-override": "Segoe UI, Helvetica Neue, Arial, sans-serif",
        "data-custom-font-url": "https://oc-cdn-public-eur.azureedge.net/fonts/contoso/helpdesk-regular-and-bold.css",
        "data-open-in-window": "false",
        "data-suggested-action-layout": "stacked",
        "data-enable-lcw-autofill": "true",
        "data-custom-close-button-text": "Close the conversation with the helpdesk",
        "data-enable-sso-magic-code": "true",
        "data-locale": "de-DE",
        "data-customization-callback": "contoso.helpdesk.customizeTheChatWidget",
    };
    const text = snippet(attributes).replace("></script>", ` onerror="(function(){var s=document.createElement('script');s.src='https://oc-cdn-ocprod.azureedge.net/livechatwidget/scripts/LiveChatBootstrapper.js';document.head.appendChild(s)})()"></script>`);
    expect(text.length).toBeLessThan(HOLDS);
    const variables = readEnvironmentRows([row("cwa_ChatWidgetSnippet", null, text)]);
    const settled = settle(raw(), { variables }, () => true);
    expect(settled.kind === "valid" && settled.widget).toMatchObject({ orgUrl: HUB, attributes });
});

test("as the import leaves them when nobody enters anything, the variables say nothing", () => {
    expect(readEnvironmentRows([row("cwa_ChatWidgetSnippet", null), row("cwa_ChatOrganizations", "none"), row("cwa_ChatScriptHosts", "none")])).toEqual({});
});
