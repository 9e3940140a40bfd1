// Covers the administrator's page of the demo: its variables are the package's, and what it says of a value is what
// the control makes of it.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { environmentVariables, snippet } from "../../../demo/dataverse/seed";
import { holds, judge } from "../../../demo/pages/variables";
import { child, parseXml, textAt } from "../../../tools/pack/xml.mjs";

const DEFINITIONS = join(__dirname, "../../../solution/src/environmentvariabledefinitions");

test("the demo's environment variables are those that the solution brings, word for word", () => {
    const shipped = readdirSync(DEFINITIONS).map((schemaName) => {
        const definition = parseXml(
            readFileSync(join(DEFINITIONS, schemaName, "environmentvariabledefinition.xml")),
            schemaName,
        ).documentElement;
        return {
            schemaName,
            displayName: child(definition, "displayname")?.getAttribute("default"),
            description: child(definition, "description")?.getAttribute("default"),
            defaultValue: textAt(definition, "defaultvalue") || null,
        };
    });
    const shown = environmentVariables().map(({ schemaName, displayName, description, defaultValue }) => ({
        schemaName,
        displayName,
        description,
        defaultValue,
    }));
    const byName = (one: { readonly schemaName: string }, other: { readonly schemaName: string }): number =>
        one.schemaName < other.schemaName ? -1 : 1;
    expect(shown.sort(byName)).toEqual(shipped.sort(byName));
});

const verdict = (schemaName: string, value: string, scriptHosts = "none"): string => {
    const { kind, lines } = judge(schemaName, value, scriptHosts, (key) => key);
    return `${kind}: ${lines.join(" | ")}`;
};
const elsewhere = snippet().replace("oc-cdn-ocprod.azureedge.net", "chat.contoso.example");

test.each([
    [
        "the sample snippet",
        "cwa_ChatWidgetSnippet",
        snippet(),
        "good: Widget c8a5f2e4-3d17-4b90-8e6a-91f04d2b7c55 of organization 5f0d3c1a-7b2e-4c69-9a41-2d8e6b7f1c30",
    ],
    ["no value", "cwa_ChatWidgetSnippet", " ", "good: No widget"],
    ["none", "cwa_ChatWidgetSnippet", "None", "good: No widget"],
    ["a word", "cwa_ChatWidgetSnippet", "hello", "wrong: “hello”: issue_not-a-snippet"],
    ["an ID that is none", "cwa_ChatWidgetSnippet", snippet("not-a-guid"), "wrong: “not-a-guid”: issue_not-a-guid"],
    ["an unknown script host", "cwa_ChatWidgetSnippet", elsewhere, "issue_script-host"],
    [
        "more than a value holds",
        "cwa_ChatWidgetSnippet",
        "x".repeat(holds + 1),
        "refused: A value holds 2,000 characters, and this one has 2,001.",
    ],
    [
        "organisations",
        "cwa_ChatOrganizations",
        "5f0d3c1a-7b2e-4c69-9a41-2d8e6b7f1c30, https://contoso-crm4.omnichannelengagementhub.com",
        "good: 2 entries",
    ],
    ["an organisation that is none", "cwa_ChatOrganizations", "contoso", "wrong: “contoso” is neither"],
    ["hosts", "cwa_ChatScriptHosts", "chat.contoso.example", "good: 1 entry"],
    [
        "a host with a wildcard",
        "cwa_ChatScriptHosts",
        "*.contoso.example",
        "wrong: “*.contoso.example” is not a host name",
    ],
    ["the page's settings", "cwa_ChatPage", "startMode=automatic\nmessage=Hello", "good: startMode, message"],
    ["a setting that the page does not have", "cwa_ChatPage", "start=automatic", "wrong: “start”: page_wrong_name"],
    ["a start mode that there is not", "cwa_ChatPage", "startMode=auto", "wrong: “startMode=auto”: page_wrong_value"],
    ["no hosts", "cwa_ChatScriptHosts", "none", "good: None"],
])("%s: the page says what the control makes of it", (_name, schemaName, value, expected) => {
    expect(verdict(schemaName, value)).toContain(expected);
});

test("a snippet from a host that the other variable lists is in order", () => {
    expect(verdict("cwa_ChatWidgetSnippet", elsewhere, "chat.contoso.example")).toContain("good: Widget");
});
