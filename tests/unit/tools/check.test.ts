// Covers the rules of pack:check: a whole package keeps all of them, and each breach is made once and found by the rule that is for it.
import { checkPackages } from "../../../tools/pack/check.mjs";
import { make, projectOf } from "../../../tools/pack/run.mjs";
import { addPage, folder, MANIFEST, PAGE_ENTRY, PAGE_ID, removeFolders, VERSION } from "./project";

afterAll(removeFolders);

type Entries = ReturnType<typeof make>["managed"];
interface Packages {
    readonly managed: Entries;
    readonly unmanaged: Entries;
}

const CONTROL = "Controls/cwa_InternalChat.ChatWithAgent";
const SNIPPET = "environmentvariabledefinitions/cwa_ChatWidgetSnippet/environmentvariabledefinition.xml";
const ORGANIZATIONS = "environmentvariabledefinitions/cwa_ChatOrganizations/environmentvariabledefinition.xml";

const whole = (() => {
    const project = folder();
    return { packages: make(project.at), project: { ...projectOf(project.at), machinePaths: ["/srv/builds/chat"] } };
})();
const withPage = (() => {
    const project = folder();
    addPage(project);
    return make(project.at);
})();

const both = (packages: Packages, change: (entries: Entries) => Entries): Packages => ({ managed: change(packages.managed), unmanaged: change(packages.unmanaged) });

/** Replaces in one entry of both packages; a change that changes nothing would prove nothing. */
const edit = (name: string, from: string | RegExp, to: string) => (entries: Entries): Entries => {
    if (!entries.some((entry) => entry.name === name)) throw new Error(`No entry ${name}.`);
    return entries.map((entry) => {
        if (entry.name !== name) return entry;
        const before = Buffer.from(entry.data).toString("utf8");
        const after = before.replace(from, to);
        if (after === before) throw new Error(`${name} does not hold ${String(from)}.`);
        return { ...entry, data: Buffer.from(after) };
    });
};
const without = (name: string) => (entries: Entries): Entries => entries.filter((entry) => entry.name !== name);
const renamed = (from: string, to: string) => (entries: Entries): Entries => entries.map((entry) => (entry.name === from ? { ...entry, name: to } : entry));
const added = (name: string, text = "x") => (entries: Entries): Entries => [...entries, { name, data: Buffer.from(text), method: 8 }];

const broken = (packages: Packages, project: Parameters<typeof checkPackages>[1] = whole.project): Record<string, readonly string[]> =>
    Object.fromEntries(
        checkPackages(packages, project)
            .filter(({ problems }) => problems.length > 0)
            .map(({ name, problems }) => [name, problems]),
    );

test("a package of the project's sources keeps every rule", () => {
    expect(broken(whole.packages)).toEqual({});
    expect(checkPackages(whole.packages, whole.project).length).toBeGreaterThan(15);
});

test("so does one with a web resource", () => {
    expect(broken(withPage)).toEqual({});
    expect(withPage.managed.map(({ name }) => name)).toContain(PAGE_ENTRY);
});

const NAMES = "entry names, case and slashes";
const TYPES = "content types";
const ORDER = "order of the elements in customizations.xml";
const ROOTS = "root components and content";
const VARIABLES = "environment variables";
const PATHS = "paths in the manifest";
const LANGUAGES = "languages of control and page";
const ONE_VERSION = "one version everywhere";
const SOLUTION = "solution.xml";
const BUILD = "production build";
const CHECKER = "Power Apps checker";

const SETUP_ENTRY = "WebResources/cwa_chat-with-agentsetupjs6CC1CD51-34B6-4A98-90E7-1DF339F6CB31";

/** Calls that the checker forbids, and the rule that says so. */
const FORBIDDEN: readonly (readonly [code: string, rule: string])[] = [
    ["eval(name)", "no-eval"],
    ["(0,eval)(name)", "no-eval"],
    ["window.eval(name)", "no-eval"],
    ["new Function(name)", "no-new-func"],
    ["setTimeout('go()',1)", "no-implied-eval"],
    ["debugger", "no-debugger"],
    ["Xrm.Page.getAttribute(name)", "@microsoft/power-apps/use-client-context"],
    ["Xrm.Internal.isEnabled(name)", "@microsoft/power-apps/avoid-unpub-api"],
    ["window.parent.document", "@microsoft/power-apps/do-not-make-parent-assumption"],
    ["window.top.location", "@microsoft/power-apps/avoid-window-top"],
    ["var o=new XMLHttpRequest();o.open('GET',name,false)", "@microsoft/power-apps/use-async"],
    ["/* eslint-disable */eval(name)", "no-eval"],
    ["eval(", "syntax"],
];

/** A breach: what is done to both packages, the rule that has to find it, and a part of its line. */
const BREACHES: readonly (readonly [string, (entries: Entries) => Entries, rule: string, line: string])[] = [
    ["a capital in solution.xml", renamed("solution.xml", "Solution.xml"), NAMES, '"Solution.xml" is not of a kind'],
    ["a backslash", renamed(`${CONTROL}/bundle.js`, `${CONTROL}\\bundle.js`), NAMES, "is not of a kind"],
    ["a folder entry", added("Controls/"), NAMES, '"Controls/" is not of a kind'],
    ["a path that leads out", added("../evil.xml"), NAMES, "is not of a kind"],
    ["an unknown file", added("readme.txt"), NAMES, '"readme.txt" is not of a kind'],
    ["an entry twice, in other case", added(SNIPPET.replace("cwa_ChatW", "cwa_chatw")), NAMES, "is there twice"],
    ["no customizations.xml", without("customizations.xml"), NAMES, "customizations.xml is missing"],
    ["no content types", without("[Content_Types].xml"), NAMES, "[Content_Types].xml is missing"],
    ["an entry that is only stored", (entries) => entries.map((entry) => (entry.name === "solution.xml" ? { ...entry, method: 0 } : entry)), "deflate", "method 0"],
    ["broken XML", edit("customizations.xml", "</CustomControls>", ""), "well-formed XML", "customizations.xml is not well-formed"],
    ["broken texts", edit(`${CONTROL}/strings/ChatWithAgent.1033.resx`, "</root>", ""), "well-formed XML", "1033.resx is not well-formed"],
    ["an extension without a content type", edit("[Content_Types].xml", /<Default Extension="resx"[^>]*>/, ""), TYPES, "no Default for the extension resx"],
    ["two elements in the wrong order", edit("customizations.xml", /<Entities\/>\s*<Roles\/>/, "<Roles/><Entities/>"), ORDER, "<Entities> stands after <Roles>"],
    ["an element in wrong case", edit("customizations.xml", "<optionsets/>", "<OptionSets/>"), ORDER, "<OptionSets>, which the schema does not know"],
    ["an element that is always there, missing", edit("customizations.xml", "<EntityDataProviders/>", ""), ORDER, "lacks <EntityDataProviders>"],
    ["an element twice", edit("customizations.xml", "<Roles/>", "<Roles/><Roles/>"), ORDER, "<Roles> more than once"],
    ["FileName before Name", edit("customizations.xml", /(<Name>[^<]*<\/Name>)\s*(<FileName>[^<]*<\/FileName>)/, "$2$1"), ORDER, "<Name> stands after <FileName>"],
    ["no base language", edit("customizations.xml", "<Language>1033</Language>", "<Language>1031</Language>"), ORDER, "base language 1033"],
    ["a control's file name that leads nowhere", edit("customizations.xml", "/ControlManifest.xml", "/controlmanifest.xml"), "custom control", "which is not in the package"],
    ["no control", edit("customizations.xml", /<CustomControl>[\s\S]*<\/CustomControl>/, ""), "custom control", "names 0 custom controls"],
    ["a solution that does not say who made it", edit("solution.xml", 'generatedBy="CrmLive"', 'generatedBy="OnPrem"'), SOLUTION, "generatedBy"],
    ["the solution's elements in the wrong order", edit("solution.xml", /(<Version>[^<]*<\/Version>)\s*(<Managed>[^<]*<\/Managed>)/, "$2$1"), SOLUTION, "<Version> stands after <Managed>"],
    ["no missing dependencies", edit("solution.xml", "<MissingDependencies/>", ""), SOLUTION, "lacks <MissingDependencies>"],
    ["the type of the sources", edit("solution.xml", /<Managed>\d<\/Managed>/, "<Managed>2</Managed>"), SOLUTION, "<Managed> is 2"],
    ["another prefix", edit("solution.xml", ">cwa<", ">abc<"), SOLUTION, "prefix is abc"],
    ["an option value prefix out of range", edit("solution.xml", ">27914<", ">9999<"), SOLUTION, "not between 10000 and 99999"],
    ["one address", edit("solution.xml", /<Address>[\s\S]*?<\/Address>/, ""), SOLUTION, "has 1 addresses"],
    ["no root component for a variable", edit("solution.xml", /<RootComponent type="380" schemaName="cwa_ChatOrganizations"[^>]*>/, ""), ROOTS, "cwa_ChatOrganizations is in the package, but no root component"],
    ["a root component without a variable", without(ORGANIZATIONS), ROOTS, "names the environment variable cwa_ChatOrganizations, which is not in the package"],
    ["no root component for the control", edit("solution.xml", /<RootComponent type="66"[^>]*>/, ""), ROOTS, "The control cwa_InternalChat.ChatWithAgent is in the package, but no root component"],
    ["a root component of another control", edit("solution.xml", 'schemaName="cwa_InternalChat.ChatWithAgent"', 'schemaName="cwa_InternalChat.Other"'), ROOTS, "names the control cwa_InternalChat.Other"],
    ["a root component of an unknown type", edit("solution.xml", "<RootComponents>", '<RootComponents><RootComponent type="62" schemaName="cwa_x" behavior="0"/>'), ROOTS, "type 62"],
    ["a root component without behavior", edit("solution.xml", ' behavior="0"', ""), ROOTS, 'lacks behavior="0"'],
    ["a constructor that was renamed", edit(`${CONTROL}/ControlManifest.xml`, 'constructor="ChatWithAgent"', 'constructor="Chat"'), "schema name against the built manifest", "prefix and manifest say cwa_InternalChat.Chat"],
    ["a schema name other than the folder", edit(SNIPPET, 'schemaname="cwa_ChatWidgetSnippet"', 'schemaname="cwa_chatwidgetsnippet"'), VARIABLES, "not the folder's name"],
    ["a variable of another type", edit(SNIPPET, "100000000", "100000003"), VARIABLES, "<type>"],
    ["a variable without a description", edit(SNIPPET, /<description[\s\S]*<\/description>/, ""), VARIABLES, "has no description for an administrator"],
    ["a variable whose label is empty", edit(SNIPPET, '<label description="Chat widget snippet"', '<label description=""'), VARIABLES, "has no displayname for an administrator"],
    ["a value in the package", edit(SNIPPET, "<description", "<value>x</value><description"), VARIABLES, "<value>, which the schema does not know"],
    ["a default for the snippet, so that the import would not ask", edit(SNIPPET, "<description", "<defaultvalue>none</defaultvalue><description"), VARIABLES, "the import asks"],
    ["no default for an optional variable, so that the import would ask", edit(ORGANIZATIONS, /<defaultvalue>.*<\/defaultvalue>/, ""), VARIABLES, "the import asks"],
    ["a default that does not fit", edit(SNIPPET, "<description", `<defaultvalue>${"x".repeat(2001)}</defaultvalue><description`), VARIABLES, "has 2001"],
    ["a variable that no code reads", edit(`${CONTROL}/bundle.js`, "cwa_ChatScriptHosts", "cwa_ChatHosts"), VARIABLES, "cwa_ChatScriptHosts is read by no code"],
    ["a missing variable", without(SNIPPET), VARIABLES, "cwa_ChatWidgetSnippet is missing"],
    ["missing texts", without(`${CONTROL}/strings/ChatWithAgent.1033.resx`), PATHS, "names strings/ChatWithAgent.1033.resx, which is not in the package"],
    ["missing code", without(`${CONTROL}/bundle.js`), PATHS, "names bundle.js, which is not in the package"],
    ["texts that the manifest does not name", added(`${CONTROL}/strings/ChatWithAgent.1099.resx`, "<root/>"), PATHS, "but not in the control's manifest"],
    ["the manifest of the sources", edit(`${CONTROL}/ControlManifest.xml`, 'path="bundle.js"', 'path="index.ts"'), PATHS, "it is not a built one"],
    ["no English", edit(`${CONTROL}/ControlManifest.xml`, "ChatWithAgent.1033.resx", "ChatWithAgent.1099.resx"), LANGUAGES, "names no English texts"],
    ["a language that the page lacks", edit(`${CONTROL}/ControlManifest.xml`, "</resources>", '<resx path="strings/ChatWithAgent.1099.resx" version="1.0.0"/></resources>'), LANGUAGES, "the page has no web resource texts/1099.js"],
    ["a Fluent that is refused", edit(`${CONTROL}/ControlManifest.xml`, "9.46.2", "9.68.0"), "platform libraries", "Fluent 9.46.2"],
    ["another version of the control", edit(`${CONTROL}/ControlManifest.xml`, `version="${VERSION}" control-type`, 'version="9.9.9" control-type'), ONE_VERSION, "control's manifest has the version 9.9.9"],
    ["another version of the texts", edit(`${CONTROL}/ControlManifest.xml`, `resx" version="${VERSION}"`, 'resx" version="9.9.9"'), ONE_VERSION, "version 9.9.9 for strings/"],
    ["another version of the solution", edit("solution.xml", `>${VERSION}.0<`, `>${VERSION}<`), ONE_VERSION, `not ${VERSION}.0`],
    ["a development build", edit(`${CONTROL}/bundle.js`, "pcf_tools=names", 'eval("pcf_tools=names")'), BUILD, "contains eval"],
    ["a source map", edit(`${CONTROL}/bundle.js`, /$/, "\n//# sourceMappingURL=bundle.js.map"), BUILD, "source map"],
    ["this machine's folder", edit(`${CONTROL}/bundle.js`, /$/, "/* /srv/builds/chat/index.ts */"), "no path of a machine", "/srv/builds/chat"],
    ["somebody's home", edit("solution.xml", "The makers of", "C:\\Users\\me\\"), "no path of a machine", "C:\\Users"],
    ["a package's folder", edit(`${CONTROL}/bundle.js`, /$/, "/* ../node_modules/react */"), "no path of a machine", "node_modules/"],
    ["a host for tests", edit(`${CONTROL}/bundle.js`, "names={", 'names={host:"127.0.0.1",'), "no test code", "127.0.0.1"],
    ["a test's tool", edit(`${CONTROL}/bundle.js`, "names={", "names={tool:jest.fn(),"), "no test code", "jest.f"],
    ["a test's hook", edit(`${CONTROL}/bundle.js`, "names={", "names={hook:window.demoHost,"), "no test code", "demoHost"],
];

test.each(BREACHES)("%s is found", (_name, change, rule, line) => {
    const found = broken(both(whole.packages, change));
    expect(Object.keys(found)).toContain(rule);
    expect(found[rule]?.join("\n")).toContain(line);
});

const PAGE_BREACHES: readonly (readonly [string, (entries: Entries) => Entries, rule: string, line: string])[] = [
    ["no root component", edit("solution.xml", /<RootComponent type="61"[^>]*>/, ""), ROOTS, "The web resource cwa_/chat-with-agent/index.html is in the package, but no root component"],
    ["a root component without it", edit("customizations.xml", /<WebResource>[\s\S]*<\/WebResource>|<WebResource [\s\S]*<\/WebResource>/, ""), ROOTS, "names the web resource cwa_/chat-with-agent/index.html"],
    ["no description", edit("customizations.xml", /<WebResource>[\s\S]*<\/WebResource>|<WebResource [\s\S]*<\/WebResource>/, ""), "web resources", "customizations.xml does not describe it"],
    ["no content type", edit("[Content_Types].xml", /<Override[^>]*>/, ""), TYPES, "no Override"],
    ["no file", without(PAGE_ENTRY), "web resources", "has no file in the package"],
    ["an extension at its entry", renamed(PAGE_ENTRY, `${PAGE_ENTRY}.html`), NAMES, "is not of a kind"],
    ["a GUID in small letters", edit("customizations.xml", PAGE_ID.toUpperCase(), PAGE_ID), "web resources", "has the FileName"],
    ["an id without braces", edit("customizations.xml", `{${PAGE_ID}}`, PAGE_ID), "web resources", "no GUID in braces"],
    ["an unknown type", edit("customizations.xml", "<WebResourceType>1<", "<WebResourceType>8<"), "web resources", "has the type 8"],
    ["another prefix", edit("customizations.xml", "<Name>cwa_/", "<Name>abc_/"), "web resources", "lacks the prefix"],
    ["its elements in the wrong order", edit("customizations.xml", /(<DisplayName>.*<\/DisplayName>)\s*(<WebResourceType>1<\/WebResourceType>)/, "$2$1"), ORDER, "<DisplayName> stands after <WebResourceType>"],
    ["its place after the controls", edit("customizations.xml", /(<WebResources>[\s\S]*<\/WebResources>)\s*(<CustomControls>[\s\S]*<\/CustomControls>)/, "$2$1"), ORDER, "<WebResources> stands after <CustomControls>"],
    ["eval in it", edit(PAGE_ENTRY, "</title>", "</title><script>eval('1')</script>"), BUILD, "contains eval"],
];

test.each(PAGE_BREACHES)("a web resource with %s is found", (_name, change, rule, line) => {
    const found = broken(both(withPage, change));
    expect(found[rule]?.join("\n")).toContain(line);
});

test("a language that the control lacks is found", () => {
    const found = broken(both(withPage, edit("customizations.xml", "<Name>cwa_/chat-with-agent/index.html</Name>", "<Name>cwa_/chat-with-agent/texts/1099.js</Name>")));
    expect(found[LANGUAGES]).toEqual(["The page speaks the language 1099, and the control's manifest names no texts (resx) for it."]);
});

test("a language of the administrator's page that the control lacks is found", () => {
    const found = broken(both(withPage, edit("customizations.xml", "<Name>cwa_/chat-with-agent/index.html</Name>", "<Name>cwa_/chat-with-agent/texts/setup.1099.js</Name>")));
    expect(found[LANGUAGES]).toEqual(["The administrator's page speaks the language 1099, and the control's manifest names no texts (resx) for it."]);
});

test("two web resources with one id are found", () => {
    const twice = both(withPage, edit("customizations.xml", /(<WebResource[ >](?:(?!<\/WebResource>)[\s\S])*index\.html[\s\S]*?<\/WebResource>)/, "$1$1"));
    expect(broken(twice)["web resources"]?.join("\n")).toContain(`Two web resources have the id {${PAGE_ID}}`);
});

test("packages that differ in more than <Managed> are found", () => {
    const { managed, unmanaged } = whole.packages;
    expect(broken({ managed, unmanaged: edit("solution.xml", "The makers of", "Others than")(unmanaged) })).toEqual({ "managed and unmanaged": ["The packages differ in solution.xml, and may differ in <Managed> alone."] });
    expect(broken({ managed, unmanaged: added("[x].xml", "<x/>")(unmanaged) })["managed and unmanaged"]).toHaveLength(1);
});

test("both packages of one kind are found", () => {
    expect(broken({ managed: whole.packages.unmanaged, unmanaged: whole.packages.unmanaged })[SOLUTION]).toEqual(["solution.xml: <Managed> is 0 in the managed package."]);
});

test("a version that Dataverse does not know is found", () => {
    expect(broken(whole.packages, { ...whole.project, version: "1.0.0-beta.1" })[ONE_VERSION]?.[0]).toContain("not three numbers");
});

test("a property that a release had, and that is gone, is found", () => {
    const released = { version: "0.0.9", properties: [{ name: "gone", usage: "input", types: ["SingleLine.Text"], required: false, values: [] }], events: [] };
    expect(broken(whole.packages, { ...whole.project, releases: [released] })).toEqual({ "properties against the last release": ["Version 0.0.9 was released with the property gone: it can never be removed or renamed."] });
    expect(MANIFEST).not.toContain("gone");
});

describe.each(FORBIDDEN)("%s", (code, rule) => {
    test.each([
        ["bundle", `${CONTROL}/bundle.js`, `${CONTROL}/bundle.js`],
        ["administrator's page", SETUP_ENTRY, "cwa_/chat-with-agent/setup.js"],
    ])("is refused in the shipped %s", (_, entry, file) => {
        const found = broken(both(whole.packages, edit(entry, /^/, `${code};`)));
        expect(found[CHECKER]?.join("\n")).toContain(`${file} breaks ${rule}: `);
    });
});

/** A library's `r` beside another one that is `window`: the rule takes the two for one. */
const LIBRARY = "(()=>{let r=window;r.focus()})();(a=>{let r=document.body.style;r.top=`${a}px`})(1);";

test("a listed false positive is let through, and nowhere else", () => {
    expect(broken(both(whole.packages, edit(SETUP_ENTRY, /^/, LIBRARY)))).toEqual({});
    const found = broken(both(whole.packages, edit(`${CONTROL}/bundle.js`, /^/, LIBRARY)));
    expect(found[CHECKER]).toEqual([expect.stringContaining("bundle.js breaks @microsoft/power-apps/avoid-window-top: ")]);
});

test("a real call beside a listed false positive is found", () => {
    const found = broken(both(whole.packages, edit(SETUP_ENTRY, /^/, `${LIBRARY}window.top.close();`)));
    expect(found[CHECKER]).toEqual([expect.stringContaining("It begins with: window.top.close()")]);
});
