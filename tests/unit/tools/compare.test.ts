// Covers the comparison with Microsoft's build: what a tool may choose is passed over, what an import would see is not.
import { comparePackages } from "../../../tools/pack/compare.mjs";
import { make } from "../../../tools/pack/run.mjs";
import { folder, removeFolders } from "./project";

afterAll(removeFolders);

type Entries = ReturnType<typeof make>["managed"];
const { managed, unmanaged } = make(folder().at);
const edit = (name: string, change: (text: string) => string) =>
    managed.map((entry) => {
        if (entry.name !== name) return entry;
        const after = change(Buffer.from(entry.data).toString("utf8"));
        if (after === Buffer.from(entry.data).toString("utf8")) throw new Error(`${name} was not changed.`);
        return { ...entry, data: Buffer.from(after) };
    });
const CONTROL = "Controls/cwa_InternalChat.ChatWithAgent";

test("a package is the same as itself, in any order", () => {
    expect(comparePackages(managed, managed)).toEqual([]);
    expect(comparePackages(managed, [...managed].reverse())).toEqual([]);
});

test.each([
    [
        "white space, a byte order mark and comments",
        edit(
            "customizations.xml",
            (text) => `\uFEFF${text.replaceAll("\n", "\r\n      ").replace("<Roles", "<!-- none --><Roles")}`,
        ),
    ],
    [
        "self-closing or empty",
        edit("solution.xml", (text) => text.replaceAll(/<(\w+) xsi:nil="true"\/>/g, '<$1 xsi:nil="true"></$1>')),
    ],
    [
        "the order of the root components",
        edit("solution.xml", (text) =>
            text.replace(/(<RootComponent type="66"[^>]*>)([\s\S]*?)(\s*<\/RootComponents>)/, "$2$1$3"),
        ),
    ],
    [
        "the order of attributes",
        edit("solution.xml", (text) => text.replaceAll(/(type="380") (schemaName="\w+")/g, "$2 $1")),
    ],
    [
        "the tool's own version",
        edit("solution.xml", (text) =>
            text
                .replace('version="9.2.0.0"', 'version="9.1.0.643"')
                .replace('generatedBy="CrmLive"', 'generatedBy="OnPrem"'),
        ),
    ],
    [
        "another list of content types",
        edit("[Content_Types].xml", (text) => text.replaceAll("application/octet-stream", "text/xml")),
    ],
    ["line ends in code", edit(`${CONTROL}/bundle.js`, (text) => `${text}\r\n`)],
    [
        "the bundle's file of licences",
        [...managed, { name: `${CONTROL}/bundle.js.LICENSE.txt`, data: Buffer.from("x"), method: 8 }] as Entries,
    ],
])("%s is no difference", (_name, theirs) => {
    expect(comparePackages(managed, theirs)).toEqual([]);
});

test.each([
    [
        "a missing file",
        managed.filter(({ name }) => !name.endsWith(".resx")),
        "strings/ChatWithAgent.1033.resx is in our package only.",
    ],
    [
        "one file more",
        [...managed, { name: "WebResources/x", data: Buffer.from("x"), method: 8 }] as Entries,
        "WebResources/x is in their package only.",
    ],
    ["the other kind", unmanaged, 'solution.xml differs: ours has "<Managed>1", theirs "<Managed>0"'],
    [
        "another order in customizations.xml",
        edit("customizations.xml", (text) => text.replace(/<Entities\/>\s*<Roles\/>/, "<Roles/><Entities/>")),
        "customizations.xml differs",
    ],
    [
        "a missing root component",
        edit("solution.xml", (text) => text.replace(/<RootComponent type="66"[^>]*>/, "")),
        "solution.xml differs",
    ],
    ["other code", edit(`${CONTROL}/bundle.js`, (text) => text.replace("snippet", "other")), "bundle.js differs"],
    [
        "another text",
        edit(`${CONTROL}/strings/ChatWithAgent.1033.resx`, (text) => text.replace("Chat<", "Talk<")),
        "1033.resx differs",
    ],
])("%s is a difference", (_name, theirs, line) => {
    expect(comparePackages(managed, theirs).join("\n")).toContain(line);
});
