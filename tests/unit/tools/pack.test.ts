// Covers npm run pack and pack:check on files: the same bytes in each run, all or nothing, one clear line for what is
// broken.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { check, pack, zipName } from "../../../tools/pack/run.mjs";
import { PackError } from "../../../tools/pack/xml.mjs";
import { readZip } from "../../../tools/pack/zip.mjs";
import { addPage, folder, LANGUAGES, PAGE_ENTRY, removeFolders, VERSION } from "./project";
import type { Folder } from "./project";

afterEach(removeFolders);

const MANAGED = zipName(VERSION, "managed");
const UNMANAGED = zipName(VERSION, "unmanaged");
const out = ({ at }: Folder): string[] => (existsSync(at.out) ? readdirSync(at.out).sort() : []);
const bytes = ({ at }: Folder, name: string): Buffer => readFileSync(join(at.out, name));

/** The one line that packing ends with. */
function refusal(project: Folder): string {
    try {
        pack(project.at);
    } catch (error) {
        if (error instanceof PackError) return error.message;
        throw error;
    }
    throw new Error("It was packed.");
}

test("both packages and the licence are left, and nothing else", () => {
    const project = folder();
    pack(project.at);
    expect(out(project)).toEqual([MANAGED, UNMANAGED, "LICENSE.txt"]);
    expect(MANAGED).toBe(`ChatWithAgent_${VERSION}_managed.zip`);
});

test("the entries are those of a package that Dataverse exports, in the same order each time", async () => {
    const project = folder();
    pack(project.at);
    const entries = await readZip(bytes(project, MANAGED), MANAGED);
    const names = entries.map(({ name }) => name);
    const isTexts = (name: string): boolean => /\.resx$|agenttexts/.test(name);
    expect(names.filter((name) => !isTexts(name))).toEqual([
        "customizations.xml",
        "solution.xml",
        "Controls/cwa_InternalChat.ChatWithAgent/ControlManifest.xml",
        "Controls/cwa_InternalChat.ChatWithAgent/bundle.js",
        "environmentvariabledefinitions/cwa_ChatOrganizations/environmentvariabledefinition.xml",
        "environmentvariabledefinitions/cwa_ChatPage/environmentvariabledefinition.xml",
        "environmentvariabledefinitions/cwa_ChatScriptHosts/environmentvariabledefinition.xml",
        "environmentvariabledefinitions/cwa_ChatWidgetSnippet/environmentvariabledefinition.xml",
        "WebResources/cwa_chat-with-agentchatcss1B94E0D7-8F35-46A1-B2C9-5E7D034FA682",
        "WebResources/cwa_chat-with-agentchathtml7D1F6C3E-52B8-4C0A-9E47-A3C86D20B5F1",
        "WebResources/cwa_chat-with-agentchatjsC5A8273B-04DE-4F96-81D3-F29B60E7C41A",
        "WebResources/cwa_chat-with-agentsetuphtmlC1CAB0C2-2CC6-467A-AD9D-C2D7E8C74970",
        "WebResources/cwa_chat-with-agentsetupjs6CC1CD51-34B6-4A98-90E7-1DF339F6CB31",
        "[Content_Types].xml",
    ]);
    // Each language three times: for the control, and but for English for each page.
    expect(names.filter((name) => name.endsWith(".resx"))).toEqual(
        ["1033", ...LANGUAGES]
            .sort()
            .map((id) => `Controls/cwa_InternalChat.ChatWithAgent/strings/ChatWithAgent.${id}.resx`),
    );
    expect(names.flatMap((name) => /^WebResources\/cwa_chat-with-agenttexts(\d{4})js/.exec(name)?.[1] ?? [])).toEqual(
        [...LANGUAGES].sort(),
    );
    expect(
        names.flatMap((name) => /^WebResources\/cwa_chat-with-agenttextssetup(\d{4})js/.exec(name)?.[1] ?? []),
    ).toEqual([...LANGUAGES].sort());
    expect(entries.every(({ method }) => method === 8)).toBe(true);
});

test("two runs give identical bytes, which differ between the kinds", () => {
    const [one, other] = [folder(), folder()];
    pack(one.at);
    jest.useFakeTimers({ now: new Date("2031-07-08T09:10:11Z") });
    try {
        pack(other.at);
    } finally {
        jest.useRealTimers();
    }
    for (const name of [MANAGED, UNMANAGED]) expect(bytes(one, name).equals(bytes(other, name))).toBe(true);
    expect(bytes(one, MANAGED).equals(bytes(one, UNMANAGED))).toBe(false);
});

test("the time zone of a machine is in no byte", () => {
    const program = `import { writeZip } from ${JSON.stringify(pathToFileURL(join(__dirname, "../../../tools/pack/zip.mjs")).href)}; process.stdout.write(Buffer.from(writeZip([{ name: "a.xml", data: Buffer.from("<a/>") }])).toString("hex"))`;
    const inZone = (zone: string): string =>
        execFileSync(process.execPath, ["--input-type=module", "-e", program], {
            encoding: "utf8",
            env: { ...process.env, TZ: zone },
        });
    expect(inZone("Pacific/Auckland")).toBe(inZone("America/Los_Angeles"));
});

test("packages of another version are taken away", () => {
    const project = folder();
    project.write("solution/out/ChatWithAgent_0.0.1_managed.zip", "yesterday's");
    pack(project.at);
    expect(out(project)).toEqual([MANAGED, UNMANAGED, "LICENSE.txt"]);
});

test("what is packed is what the check finds in order", async () => {
    const project = folder();
    pack(project.at);
    const rules = await check(project.at);
    expect(rules.filter(({ problems }) => problems.length > 0)).toEqual([]);
    expect(rules.map(({ name }) => name)).toContain("the same bytes from the same sources");
});

test("a web resource is added by source entries and a map", async () => {
    const project = folder();
    addPage(project);
    pack(project.at);
    const entries = await readZip(bytes(project, UNMANAGED), UNMANAGED);
    expect(entries.find(({ name }) => name === PAGE_ENTRY)?.data.toString()).toBe("<!doctype html><title>Chat</title>");
});

/** What is wrong with the sources, and what the one line has to say. */
const BROKEN: readonly (readonly [string, (project: Folder) => void, string])[] = [
    [
        "a broken source file",
        (project) => project.edit("solution/src/Other/Customizations.xml", "<Entities />", "<Entities>"),
        "solution/src/Other/Customizations.xml is not well-formed XML (line 17)",
    ],
    [
        "a broken variable",
        (project) =>
            project.edit(
                "solution/src/environmentvariabledefinitions/cwa_ChatScriptHosts/environmentvariabledefinition.xml",
                "</type>",
                "",
            ),
        "environmentvariabledefinition.xml is not well-formed XML",
    ],
    [
        "a missing source file",
        (project) => project.remove("solution/src/Other/Solution.xml"),
        "solution/src/Other/Solution.xml is missing.",
    ],
    ["missing sources", (project) => project.remove("solution/src"), "solution/src is missing."],
    [
        "a file that belongs to nothing",
        (project) => project.write("solution/src/Other/Notes.txt", "x"),
        "solution/src/Other/Notes.txt belongs to no component",
    ],
    [
        "no build",
        (project) => project.remove("out"),
        "out/controls/ChatWithAgent/ControlManifest.xml is missing. Build the control first: npm run build",
    ],
    [
        "a missing resx",
        (project) => project.remove("out/controls/ChatWithAgent/strings/ChatWithAgent.1033.resx"),
        "strings/ChatWithAgent.1033.resx is missing. The control's manifest names it.",
    ],
    [
        "a broken manifest",
        (project) => project.write("out/controls/ChatWithAgent/ControlManifest.xml", "<manifest/>"),
        "holds no <control>",
    ],
    ["a wrong version", (project) => project.write("package.json", '{"version":"9.9.9"}'), "package.json has 9.9.9"],
    ["a broken package.json", (project) => project.write("package.json", "{"), "package.json cannot be read"],
    [
        "a broken record of releases",
        (project) => project.write("solution/released-properties.json", "[{]"),
        "solution/released-properties.json, cannot be read",
    ],
    [
        "a record of releases of another shape",
        (project) => project.write("solution/released-properties.json", '[{"version":"1.0.0"}]'),
        "solution/released-properties.json is not a list of releases",
    ],
    [
        "a web resource without a place",
        (project) => (addPage(project), project.edit("solution/src/Other/Customizations.xml", "<WebResources />", "")),
        "Customizations.xml needs the element WebResources",
    ],
    [
        "a web resource without a file",
        (project) => (addPage(project), project.remove("out/page/index.html")),
        "out/page/index.html is missing. solution/map.xml names it.",
    ],
    [
        "a web resource without a description",
        (project) => project.write("solution/src/WebResources/cwa_/a.js", "1"),
        "cwa_/a.js has no .data.xml beside it",
    ],
    [
        "a map that is not understood",
        (project) => project.write("solution/map.xml", '<Mapping><FileToPath map="*.js" to="..\\**" /></Mapping>'),
        "solution/map.xml: only <FileToFile",
    ],
    [
        "a development build",
        (project) => project.edit("out/controls/ChatWithAgent/bundle.js", "pcf_tools=names", 'eval("1")'),
        "contains eval",
    ],
];

test.each(BROKEN)("%s ends in one clear line, and nothing is written", (_name, spoil, line) => {
    const project = folder();
    spoil(project);
    expect(refusal(project)).toContain(line);
    expect(out(project)).toEqual([]);
});

test("after a failure the packages that were there are still there", () => {
    const project = folder();
    pack(project.at);
    const before = bytes(project, MANAGED);
    project.remove("out/controls/ChatWithAgent/bundle.js");
    refusal(project);
    expect(bytes(project, MANAGED).equals(before)).toBe(true);
});

test("a folder that cannot be written to ends in one clear line", () => {
    const project = folder();
    project.write("solution/out", "a file, where the folder should be");
    expect(refusal(project)).toMatch(
        /^The packages could not be written to .*solution.out: E\w+\. Is it a folder that you may write to\?$/,
    );
    expect(readFileSync(project.at.out, "utf8")).toBe("a file, where the folder should be");
});

test("no unfinished file stays behind when the last step fails", () => {
    const project = folder();
    // A folder in the place of the licence: renaming a file onto it fails after the zips are written.
    project.write("solution/out/LICENSE.txt/x", "x");
    expect(refusal(project)).toContain("could not be written");
    expect(out(project).filter((name) => name.startsWith("."))).toEqual([]);
});

const found = async (project: Folder): Promise<string> =>
    check(project.at).then(
        (rules) => rules.flatMap(({ problems }) => problems).join("\n"),
        (error: unknown) => (error instanceof PackError ? `refused: ${error.message}` : String(error)),
    );

test("the check finds packages that are not what the sources give today", async () => {
    const project = folder();
    pack(project.at);
    project.edit("solution/src/Other/Solution.xml", "The makers of", "Those who make");
    expect(await found(project)).toBe(
        "The packages are not what the sources give today: make them again with npm run pack",
    );
});

test("the check finds a licence that is not ours, and a missing one", async () => {
    const project = folder();
    pack(project.at);
    project.write("solution/out/LICENSE.txt", "another");
    expect(await found(project)).toContain("is not the project's licence");
    project.remove("solution/out/LICENSE.txt");
    expect(await found(project)).toBe(
        "refused: solution/out/LICENSE.txt is missing: make the packages first with npm run pack",
    );
});

test("the check wants packages of today's version", async () => {
    const project = folder();
    expect(await found(project)).toBe(
        `refused: solution/out/${MANAGED} is missing: make the packages first with npm run pack`,
    );
});

test("the check finds a zip that is cut off, and one with backslashes", async () => {
    const project = folder();
    pack(project.at);
    const whole = bytes(project, MANAGED);
    writeFileSync(join(project.at.out, MANAGED), whole.subarray(0, whole.length - 30));
    expect(await found(project)).toContain(`refused: ${MANAGED} cannot be read as a zip file`);
    const backslashes = Buffer.from(whole.toString("latin1").replaceAll("Controls/", "Controls\\"), "latin1");
    writeFileSync(join(project.at.out, MANAGED), backslashes);
    expect(await found(project)).toContain(`refused: ${MANAGED} cannot be read as a zip file`);
});
