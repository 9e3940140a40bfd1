// Owns a project in miniature for the tests of the package: the real solution sources with a small built control, in
// a folder of its own.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { places } from "../../../tools/pack/sources.mjs";

const ROOT = join(__dirname, "../../..");
export const VERSION = (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { readonly version: string })
    .version;

/** The languages beside English, as the real solution brings them for the page. */
export const LANGUAGES: readonly string[] = [
    ...readFileSync(join(ROOT, "solution/map.xml"), "utf8").matchAll(/map="[^"]*\\texts\\(\d+)\.js"/g),
].flatMap(([, id]) => id ?? []);

export const MANIFEST = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<manifest>
  <control namespace="InternalChat" constructor="ChatWithAgent" version="${VERSION}" control-type="virtual">
    <type-group name="anyText"><type>SingleLine.Text</type><type>Multiple</type></type-group>
    <property name="widgetAppId" of-type-group="anyText" usage="bound" required="false"/>
    <property name="startMode" of-type="Enum" usage="input" required="false"><value name="button">button</value><value name="automatic">automatic</value></property>
    <property name="chatState" of-type="SingleLine.Text" usage="output"/>
    <event name="ChatStarted"/>
    <resources>
      <code path="bundle.js" order="1"/>
      <platform-library name="React" version="16.14.0"/>
      <platform-library name="Fluent" version="9.46.2"/>
      <resx path="strings/ChatWithAgent.1033.resx" version="${VERSION}"/>
      ${LANGUAGES.map((id) => `<resx path="strings/ChatWithAgent.${id}.resx" version="${VERSION}"/>`).join("")}
    </resources>
  </control>
</manifest>`;

const BUNDLE = `var pcf_tools;(()=>{const names={snippet:"cwa_ChatWidgetSnippet",organizations:"cwa_ChatOrganizations",scriptHosts:"cwa_ChatScriptHosts"};pcf_tools=names})();`;

export const PAGE_ID = "3f0c2a51-6a0e-4d2b-9c1e-0b7d5a9e4f10";
export const PAGE_ENTRY = `WebResources/cwa_chat-with-agentindexhtml${PAGE_ID.toUpperCase()}`;

export interface Folder {
    readonly at: ReturnType<typeof places>;
    write(path: string, text: string): void;
    edit(path: string, from: string | RegExp, to: string): void;
    remove(path: string): void;
}

const made: string[] = [];

/** Takes away all folders that were made. */
export function removeFolders(): void {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Makes the project anew. */
export function folder(): Folder {
    const root = mkdtempSync(join(tmpdir(), "package-"));
    made.push(root);
    const project: Folder = {
        at: places(root),
        write(path, text) {
            mkdirSync(dirname(join(root, path)), { recursive: true });
            writeFileSync(join(root, path), text);
        },
        edit(path, from, to) {
            const before = readFileSync(join(root, path), "utf8");
            const after = before.replace(from, to);
            if (after === before) throw new Error(`${path} does not hold ${String(from)}.`);
            writeFileSync(join(root, path), after);
        },
        remove: (path) => rmSync(join(root, path), { recursive: true }),
    };
    cpSync(join(ROOT, "solution/src"), join(root, "solution/src"), { recursive: true });
    cpSync(join(ROOT, "solution/map.xml"), join(root, "solution/map.xml"));
    for (const name of ["chat.html", "chat.css", "setup.html", "setup.js"]) project.write(`out/page/${name}`, "");
    project.write("out/page/chat.js", `(()=>{const name="cwa_ChatPage"})();`);
    project.write("LICENSE", "MIT\n");
    project.write("package.json", JSON.stringify({ version: VERSION }));
    project.write("solution/released-properties.json", "[]");
    project.write("out/controls/ChatWithAgent/ControlManifest.xml", MANIFEST);
    project.write("out/controls/ChatWithAgent/bundle.js", BUNDLE);
    project.write(
        "out/controls/ChatWithAgent/bundle.js.LICENSE.txt",
        "carried along by the build, not needed by an import",
    );
    for (const id of ["1033", ...LANGUAGES])
        project.write(
            `out/controls/ChatWithAgent/strings/ChatWithAgent.${id}.resx`,
            `<?xml version="1.0" encoding="utf-8"?><root><data name="control_name"><value>Chat</value></data></root>`,
        );
    for (const id of LANGUAGES)
        for (const prefix of ["", "setup."]) project.write(`out/page/texts/${prefix}${id}.js`, "");
    return project;
}

/**
 * Adds a further page, as source entries and a map do: the description and its root component in the sources, the
 * file from a build.
 */
export function addPage(project: Folder): void {
    project.write(
        "solution/src/WebResources/cwa_/chat-with-agent/index.html.data.xml",
        `<?xml version="1.0" encoding="utf-8"?>
<WebResource xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <WebResourceId>{${PAGE_ID}}</WebResourceId>
  <Name>cwa_/chat-with-agent/index.html</Name>
  <DisplayName>Chat with an agent</DisplayName>
  <WebResourceType>1</WebResourceType>
  <IntroducedVersion>0.1.0.0</IntroducedVersion>
  <IsCustomizable>1</IsCustomizable>
  <CanBeDeleted>1</CanBeDeleted>
  <IsHidden>0</IsHidden>
  <FileName>/${PAGE_ENTRY}</FileName>
</WebResource>`,
    );
    project.write("out/page/index.html", "<!doctype html><title>Chat</title>");
    project.edit(
        "solution/map.xml",
        "</Mapping>",
        `<FileToFile map="WebResources\\cwa_\\chat-with-agent\\index.html" to="..\\..\\..\\..\\out\\page\\index.html" /></Mapping>`,
    );
    project.edit(
        "solution/src/Other/Solution.xml",
        "<RootComponents>",
        `<RootComponents><RootComponent type="61" schemaName="cwa_/chat-with-agent/index.html" behavior="0" />`,
    );
}
