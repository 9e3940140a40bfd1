// Covers the record of released properties: names and types are only added to, and before the first release there is
// nothing to hold against.
import { writeFileSync } from "node:fs";
import { breaches, readReleases, tableOf, withRelease } from "../../../tools/pack/properties.mjs";
import { parseXml } from "../../../tools/pack/xml.mjs";
import { folder, MANIFEST, removeFolders } from "./project";

afterAll(removeFolders);

const TABLE = tableOf(parseXml(MANIFEST, "ControlManifest.xml"));
const RELEASE = { version: "1.0.0", ...TABLE };
const changed = (from: string | RegExp, to: string) => {
    const manifest = MANIFEST.replace(from, to);
    if (manifest === MANIFEST) throw new Error(`The manifest does not hold ${String(from)}.`);
    return breaches(RELEASE, tableOf(parseXml(manifest, "ControlManifest.xml")));
};

test("the table is that of the manifest, type groups resolved", () => {
    expect(TABLE).toEqual({
        properties: [
            {
                name: "widgetAppId",
                usage: "bound",
                types: ["Multiple", "SingleLine.Text"],
                required: false,
                values: [],
            },
            { name: "startMode", usage: "input", types: ["Enum"], required: false, values: ["button", "automatic"] },
            { name: "chatState", usage: "output", types: ["SingleLine.Text"], required: false, values: [] },
        ],
        events: ["ChatStarted"],
    });
});

test("the same table breaks nothing, nor do additions", () => {
    expect(breaches(RELEASE, TABLE)).toEqual([]);
    expect(
        changed(
            '<property name="chatState"',
            '<property name="more" of-type="SingleLine.Text" usage="input" required="false"/><property name="chatState"',
        ),
    ).toEqual([]);
    expect(changed("<type>Multiple</type>", "<type>Multiple</type><type>SingleLine.Email</type>")).toEqual([]);
    expect(
        changed('<value name="automatic">', '<value name="widgetButton">widgetButton</value><value name="automatic">'),
    ).toEqual([]);
    expect(changed('<event name="ChatStarted"/>', '<event name="ChatStarted"/><event name="ChatEnded"/>')).toEqual([]);
});

test.each([
    ["a property removed", /<property name="chatState"[^>]*>/, "", "the property chatState: it can never be removed"],
    [
        "a property renamed",
        'name="startMode"',
        'name="mode"',
        "the property startMode: it can never be removed or renamed",
    ],
    ["another usage", 'usage="bound"', 'usage="input"', "widgetAppId as bound: it cannot become input"],
    ["a type removed", "<type>Multiple</type>", "", "the type Multiple for widgetAppId"],
    [
        "a type changed",
        'name="chatState" of-type="SingleLine.Text"',
        'name="chatState" of-type="Whole.None"',
        "the type SingleLine.Text for chatState",
    ],
    ["a value removed", '<value name="automatic">automatic</value>', "", "the value automatic of startMode"],
    [
        "an optional property made required",
        'of-type="Enum" usage="input" required="false"',
        'of-type="Enum" usage="input" required="true"',
        "startMode as optional: it cannot become required",
    ],
    [
        "a new required property",
        '<property name="chatState"',
        '<property name="more" of-type="SingleLine.Text" usage="input" required="true"/><property name="chatState"',
        "more is new since 1.0.0 and required",
    ],
    ["an event removed", '<event name="ChatStarted"/>', "", "the event ChatStarted: it can never be removed"],
])("%s is a breach", (_name, from, to, line) => {
    expect(changed(from, to).join("\n")).toContain(line);
});

test("a release is recorded after the others, and read again; the same version only once", () => {
    const { at } = folder();
    expect(readReleases(at.released)).toEqual([]);
    const releases = withRelease(withRelease([], "0.9.0", { properties: [], events: [] }), "1.0.0", TABLE);
    writeFileSync(at.released, JSON.stringify(releases));
    expect(readReleases(at.released).map(({ version }) => version)).toEqual(["0.9.0", "1.0.0"]);
    expect(readReleases(at.released).at(-1)).toEqual(RELEASE);
    expect(withRelease(releases, "1.0.0", TABLE)).toEqual(releases);
});
