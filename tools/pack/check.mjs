// Owns the rules that a package must keep to be imported and to be worth importing; each says in one line what is wrong.
import { checkScript } from "./checker.mjs";
import { breaches, tableOf } from "./properties.mjs";
import { extensionOf } from "./package.mjs";
import { below, child, children, parseXml, textAt } from "./xml.mjs";
import { DEFLATE } from "./zip.mjs";

/**
 * @typedef {import("./zip.mjs").Entry} Entry
 * @typedef {{
 *     readonly version: string,
 *     readonly releases: readonly import("./properties.mjs").Release[],
 *     readonly machinePaths: readonly string[],
 * }} Project `version` is package.json's; `machinePaths` are folders of this machine, of which none may stand in the package
 */

const PREFIX = "cwa";

/** The order of `customizations.xml`, from the published schema: a sequence, and the import validates against it (D). */
const SEQUENCE = (
    "Entities Roles Workflows FieldSecurityProfiles Templates RibbonDiffXml IsvConfig RelationshipRoles ConnectionRoles SiteMap EntityMaps EntityRelationships OrganizationSettings optionsets Reports " +
    "RoutingRules ChannelPropertyGroups ConvertRules MobileOfflineProfiles Slas ChannelAccessProfiles ChannelAccessProfileRules Dashboards InteractionCentricDashboards Dialogs WebResources CustomControls " +
    "SolutionPluginAssemblies SdkMessageProcessingSteps ServiceEndpoints AppModuleSiteMaps AppModules EntityDataProviders EntityDataSources Languages GlobalSearchConfigurations StoredProcedures"
).split(" ");
/** Those that every package of the platform has, empty or not. */
const ALWAYS = "Entities Roles Workflows FieldSecurityProfiles Templates EntityMaps EntityRelationships OrganizationSettings optionsets CustomControls EntityDataProviders Languages".split(" ");

const WEB_RESOURCE =
    "WebResourceId Name DisplayName Description SilverlightVersion LanguageCode WebResourceType IntroducedVersion IsEnabledForMobileClient IsAvailableForMobileOffline DependencyXml IsCustomizable CanBeDeleted IsHidden FileName".split(" ");
const SOLUTION_MANIFEST = "UniqueName LocalizedNames Descriptions Version Managed Publisher RootComponents MissingDependencies".split(" ");
const PUBLISHER = "UniqueName LocalizedNames Descriptions EMailAddress SupportingWebsiteUrl CustomizationPrefix CustomizationOptionValuePrefix Addresses".split(" ");
const VARIABLE = "defaultvalue description displayname introducedversion iscustomizable isrequired secretstore type".split(" ");

/** The variables, and what each is when nobody sets it: the import asks for one that has no default (D). */
const VARIABLES = { cwa_ChatOrganizations: "none", cwa_ChatPage: "none", cwa_ChatScriptHosts: "none", cwa_ChatWidgetSnippet: "" };

const NAMES = [
    /^(?:customizations|solution)\.xml$/,
    /^\[Content_Types\]\.xml$/,
    /^Controls\/\w+\.\w+\/(?:ControlManifest\.xml|[\w.-]+\.js|strings\/\w+\.\d{4,5}\.resx|css\/[\w.-]+\.css|img\/[\w.-]+\.(?:png|svg))$/,
    /^environmentvariabledefinitions\/\w+\/environmentvariabledefinition\.xml$/,
    /^WebResources\/[\w-]+[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/,
];

/** A package as the rules look at it. @param {readonly Entry[]} entries */
function look(entries) {
    const files = new Map(entries.map((entry) => [entry.name, entry.data]));
    /** A document, or undefined where it is missing or broken: there are rules of their own for that. */
    const xml = (name) => {
        const data = files.get(name);
        if (data === undefined) return undefined;
        try {
            return parseXml(data, name);
        } catch {
            return undefined;
        }
    };
    const manifestName = [...files.keys()].find((name) => /^Controls\/[^/]+\/ControlManifest\.xml$/.test(name)) ?? "";
    const manifest = xml(manifestName);
    const folder = manifestName.split("/")[1] ?? "";
    const control = child(manifest, "manifest", "control");
    const solution = child(xml("solution.xml"), "ImportExportXml", "SolutionManifest");
    const customizations = child(xml("customizations.xml"), "ImportExportXml");
    const variables = [...files.keys()]
        .filter((name) => /^environmentvariabledefinitions\/.*\.xml$/.test(name))
        .map((name) => ({ name, folder: name.split("/")[1] ?? "", element: xml(name)?.documentElement }));
    const webResources = children(child(customizations, "WebResources"), "WebResource");
    return { entries, files, text: (name) => Buffer.from(files.get(name) ?? []).toString("utf8"), xml, manifest, folder, control, solution, customizations, variables, webResources };
}

/** @typedef {ReturnType<typeof look>} Look */

/** Names that stand in another order than the schema's, or that it does not know. @param {string} where @param {readonly string[]} names @param {readonly string[]} order */
function outOfOrder(where, names, order) {
    const unknown = names.filter((name) => !order.includes(name)).map((name) => `${where} holds <${name}>, which the schema does not know there (case counts).`);
    const twice = names.filter((name, index) => order.includes(name) && names.indexOf(name) !== index).map((name) => `${where} holds <${name}> more than once.`);
    const known = names.filter((name) => order.includes(name));
    const late = known.findIndex((name, index) => index > 0 && order.indexOf(name) < order.indexOf(known[index - 1] ?? ""));
    return [...unknown, ...twice, ...(late > 0 ? [`${where}: <${known[late]}> stands after <${known[late - 1]}>, and the schema wants it before.`] : [])];
}

const namesOf = (element) => children(element).map((one) => one.nodeName);
const missing = (where, names, wanted) => wanted.filter((name) => !names.includes(name)).map((name) => `${where} lacks <${name}>.`);

/** Both directions: what is announced and not there, and what is there and not announced. */
function bothWays(what, announced, present) {
    return [
        ...announced.filter((name) => !present.includes(name)).map((name) => `solution.xml names the ${what} ${name}, which is not in the package.`),
        ...present.filter((name) => !announced.includes(name)).map((name) => `The ${what} ${name} is in the package, but no root component of solution.xml: it would not belong to the solution.`),
        ...announced.filter((name, index) => announced.indexOf(name) !== index).map((name) => `solution.xml names the ${what} ${name} more than once.`),
    ];
}

const codeNames = (view) => [...view.files.keys()].filter((name) => /\.(?:js|css|html?)$/.test(name) || name.startsWith("WebResources/"));

/** The scripts of control and pages, with the name that an administrator knows. @param {Look} view */
const scriptsOf = ({ files, webResources }) => [
    ...[...files.keys()].filter((name) => name.endsWith(".js")).map((name) => ({ file: name, entry: name })),
    ...webResources
        .filter((one) => textAt(one, "WebResourceType") === "3")
        .map((one) => ({ file: textAt(one, "Name"), entry: textAt(one, "FileName").replace(/^\//, "") })),
];

/** @type {readonly { readonly name: string, readonly find: (view: Look, project: Project, managed: boolean) => string[] }[]} */
const RULES = [
    {
        name: "entry names, case and slashes",
        find: ({ entries, files }) => [
            ...entries.filter(({ name }) => !NAMES.some((pattern) => pattern.test(name))).map(({ name }) => `The entry ${JSON.stringify(name)} is not of a kind that an import knows: case, slashes and extensions count.`),
            ...["customizations.xml", "solution.xml", "[Content_Types].xml"].filter((name) => !files.has(name)).map((name) => `The entry ${name} is missing.`),
            ...entries.filter(({ name }, index) => entries.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) !== index).map(({ name }) => `The entry ${name} is there twice.`),
        ],
    },
    {
        name: "deflate",
        find: ({ entries }) => entries.filter(({ method }) => method !== DEFLATE).map(({ name, method }) => `The entry ${name} is compressed by method ${method}: an import reads deflate (8).`),
    },
    {
        name: "well-formed XML",
        find: ({ files, xml }) => [...files.keys()].filter((name) => /\.(?:xml|resx)$/.test(name) && xml(name) === undefined).map((name) => `${name} is not well-formed XML.`),
    },
    {
        name: "content types",
        find: ({ files, xml }) => {
            const types = xml("[Content_Types].xml")?.documentElement;
            const extensions = children(types, "Default").map((one) => one.getAttribute("Extension"));
            const parts = children(types, "Override").map((one) => one.getAttribute("PartName"));
            return [...files.keys()].flatMap((name) => {
                const extension = extensionOf(name);
                if (extension !== "") return extensions.includes(extension) || parts.includes(`/${name}`) ? [] : [`[Content_Types].xml has no Default for the extension ${extension} of ${name}.`];
                return parts.includes(`/${name}`) ? [] : [`[Content_Types].xml has no Override for ${name}, which has no extension.`];
            });
        },
    },
    {
        name: "order of the elements in customizations.xml",
        find: ({ customizations, webResources }) => {
            const names = namesOf(customizations);
            return [
                ...(customizations ? [] : ["customizations.xml holds no <ImportExportXml>."]),
                ...outOfOrder("customizations.xml", names, SEQUENCE),
                ...missing("customizations.xml", names, ALWAYS),
                ...children(child(customizations, "CustomControls"), "CustomControl").flatMap((one) => [...outOfOrder("CustomControl", namesOf(one), ["Name", "FileName"]), ...missing("CustomControl", namesOf(one), ["Name", "FileName"])]),
                ...webResources.flatMap((one) => [
                    ...outOfOrder(`The web resource ${textAt(one, "Name")}`, namesOf(one), WEB_RESOURCE),
                    ...missing(`The web resource ${textAt(one, "Name")}`, namesOf(one), ["WebResourceId", "Name", "WebResourceType", "FileName"]),
                ]),
                ...(textAt(customizations, "Languages", "Language") === "1033" ? [] : ["customizations.xml: <Languages> lacks the base language 1033."]),
            ];
        },
    },
    {
        name: "custom control",
        find: ({ customizations, files }) => {
            const controls = children(child(customizations, "CustomControls"), "CustomControl");
            return [
                ...(controls.length === 1 ? [] : [`customizations.xml names ${controls.length} custom controls, and the package is for one.`]),
                ...controls.flatMap((one) => {
                    const [name, file] = [textAt(one, "Name"), textAt(one, "FileName")];
                    return [
                        ...(file === `/Controls/${name}/ControlManifest.xml` ? [] : [`The custom control ${name} has the FileName ${file}, not /Controls/${name}/ControlManifest.xml.`]),
                        ...(files.has(file.replace(/^\//, "")) ? [] : [`The custom control ${name} has the FileName ${file}, which is not in the package.`]),
                    ];
                }),
            ];
        },
    },
    {
        name: "web resources",
        find: ({ webResources, files }) => {
            const described = webResources.map((one) => textAt(one, "FileName").replace(/^\//, ""));
            const ids = webResources.map((one) => textAt(one, "WebResourceId").toLowerCase());
            return [
                ...webResources.flatMap((one) => {
                    const [name, id, type] = [textAt(one, "Name"), textAt(one, "WebResourceId"), textAt(one, "WebResourceType")];
                    const expected = `/WebResources/${name.replace(/[/.]/g, "")}${id.replace(/[{}]/g, "").toUpperCase()}`;
                    return [
                        ...(/^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i.test(id) ? [] : [`The web resource ${name} has the id ${id}, which is no GUID in braces.`]),
                        ...(name.startsWith(`${PREFIX}_`) ? [] : [`The web resource ${name} lacks the prefix ${PREFIX}_.`]),
                        ...(["1", "2", "3", "11"].includes(type) ? [] : [`The web resource ${name} has the type ${type}, and not 1 (HTML), 2 (style sheet), 3 (script) or 11 (SVG).`]),
                        ...(textAt(one, "FileName") === expected ? [] : [`The web resource ${name} has the FileName ${textAt(one, "FileName")}, not ${expected}.`]),
                        ...(files.has(expected.slice(1)) ? [] : [`The web resource ${name} has no file in the package.`]),
                    ];
                }),
                ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `Two web resources have the id ${id}.`),
                ...[...files.keys()].filter((name) => name.startsWith("WebResources/") && !described.includes(name)).map((name) => `${name} is in the package, but customizations.xml does not describe it.`),
            ];
        },
    },
    {
        name: "solution.xml",
        find: ({ solution, xml }, _project, managed) => {
            const root = xml("solution.xml")?.documentElement;
            const publisher = child(solution, "Publisher");
            const option = Number(textAt(publisher, "CustomizationOptionValuePrefix"));
            const addresses = children(child(publisher, "Addresses"), "Address").length;
            return [
                ...[["version", /^\d+\.\d+\.\d+\.\d+$/], ["SolutionPackageVersion", /^9\.2$/], ["languagecode", /^1033$/], ["generatedBy", /^CrmLive$/]]
                    .filter(([name, pattern]) => !pattern.test(root?.getAttribute(name) ?? ""))
                    .map(([name]) => `solution.xml: the root's attribute ${name} is ${JSON.stringify(root?.getAttribute(name) ?? "")}.`),
                ...outOfOrder("solution.xml", namesOf(solution), SOLUTION_MANIFEST),
                ...missing("solution.xml", namesOf(solution), SOLUTION_MANIFEST),
                ...outOfOrder("The publisher", namesOf(publisher), PUBLISHER),
                ...missing("The publisher", namesOf(publisher), PUBLISHER),
                ...(textAt(solution, "Managed") === (managed ? "1" : "0") ? [] : [`solution.xml: <Managed> is ${textAt(solution, "Managed")} in the ${managed ? "managed" : "unmanaged"} package.`]),
                ...(textAt(publisher, "CustomizationPrefix") === PREFIX ? [] : [`The publisher's prefix is ${textAt(publisher, "CustomizationPrefix")}, not ${PREFIX}: forms and environment variables would lose their names.`]),
                ...(option >= 10_000 && option <= 99_999 ? [] : [`The publisher's option value prefix ${textAt(publisher, "CustomizationOptionValuePrefix")} is not between 10000 and 99999.`]),
                ...(addresses === 2 ? [] : [`The publisher has ${addresses} addresses, and needs two, empty or not.`]),
            ];
        },
    },
    {
        name: "root components and content",
        find: ({ solution, folder, variables, webResources }) => {
            const roots = children(child(solution, "RootComponents"), "RootComponent");
            const named = (type) => roots.filter((one) => one.getAttribute("type") === type).map((one) => one.getAttribute("schemaName") ?? "");
            return [
                ...roots.filter((one) => !["61", "66", "380"].includes(one.getAttribute("type") ?? "")).map((one) => `solution.xml has a root component of type ${one.getAttribute("type")}, which nothing in the package answers to.`),
                ...roots.filter((one) => one.getAttribute("behavior") !== "0").map((one) => `The root component ${one.getAttribute("schemaName")} lacks behavior="0".`),
                ...bothWays("control", named("66"), folder ? [folder] : []),
                ...bothWays("environment variable", named("380"), variables.map((one) => one.folder)),
                ...bothWays("web resource", named("61"), webResources.map((one) => textAt(one, "Name"))),
            ];
        },
    },
    {
        name: "schema name against the built manifest",
        find: ({ control, folder, solution, customizations }) => {
            if (!control) return ["The package holds no control's manifest."];
            const name = `${textAt(solution, "Publisher", "CustomizationPrefix")}_${control.getAttribute("namespace")}.${control.getAttribute("constructor")}`;
            const named = children(child(customizations, "CustomControls"), "CustomControl").map((one) => textAt(one, "Name"));
            return [["folder", folder], ...named.map((one) => ["name in customizations.xml", one])].filter(([, one]) => one !== name).map(([what, one]) => `The control's ${what} is ${one}, and prefix and manifest say ${name}.`);
        },
    },
    {
        name: "environment variables",
        find: ({ variables, text, files }) => [
            ...variables.flatMap(({ folder, element }) => {
                if (element?.nodeName !== "environmentvariabledefinition") return [`${folder}: the root is not <environmentvariabledefinition>.`];
                const names = namesOf(element);
                const value = textAt(element, "defaultvalue");
                const wanted = { iscustomizable: /^[01]$/, isrequired: /^[01]$/, secretstore: /^0$/, type: /^100000000$/, introducedversion: /^\d+(?:\.\d+){3}$/ };
                return [
                    ...(element.getAttribute("schemaname") === folder ? [] : [`${folder}: the attribute schemaname is ${element.getAttribute("schemaname")}, not the folder's name.`]),
                    ...(folder.startsWith(`${PREFIX}_`) ? [] : [`${folder} lacks the prefix ${PREFIX}_.`]),
                    ...outOfOrder(folder, names, VARIABLE),
                    ...missing(folder, names, VARIABLE.slice(1)),
                    ...Object.entries(wanted).filter(([name, pattern]) => names.includes(name) && !pattern.test(textAt(element, name))).map(([name]) => `${folder}: <${name}> is ${JSON.stringify(textAt(element, name))}.`),
                    ...["displayname", "description"].filter((name) => !hasText(element, name)).map((name) => `${folder} has no ${name} for an administrator, with a label in 1033.`),
                    ...(value.length > 2000 ? [`${folder}: a value holds 2,000 characters, the default has ${value.length}.`] : []),
                    ...(folder in VARIABLES && value !== VARIABLES[folder] ? [`${folder}: the default is ${JSON.stringify(value)}, not ${JSON.stringify(VARIABLES[folder])}: the import asks for the variable without a default, and only for it.`] : []),
                ];
            }),
            ...Object.keys(VARIABLES).filter((name) => !variables.some(({ folder }) => folder === name)).map((name) => `The environment variable ${name} is missing.`),
            ...variables.filter(({ folder }) => !codeNames({ files }).some((name) => text(name).includes(folder))).map(({ folder }) => `The environment variable ${folder} is read by no code in the package.`),
        ],
    },
    {
        name: "paths in the manifest",
        find: ({ control, folder, files }) => {
            const named = children(child(control, "resources")).map((one) => one.getAttribute("path") ?? "").filter((path) => path !== "");
            const codes = children(child(control, "resources"), "code");
            const inFolder = [...files.keys()].filter((name) => name.startsWith(`Controls/${folder}/`)).map((name) => name.slice(`Controls/${folder}/`.length));
            return [
                ...named.filter((path) => !inFolder.includes(path)).map((path) => `The control's manifest names ${path}, which is not in the package.`),
                ...inFolder.filter((path) => path !== "ControlManifest.xml" && !named.includes(path)).map((path) => `${path} is in the package, but not in the control's manifest.`),
                ...(codes.length === 1 && codes[0]?.getAttribute("path") === "bundle.js" ? [] : ["The control's manifest does not have the one code path bundle.js: it is not a built one."]),
                ...(children(child(control, "resources"), "resx").length > 0 ? [] : ["The control's manifest names no texts (resx)."]),
            ];
        },
    },
    {
        name: "languages of control and page",
        // A page has English in its script, and asks for every other language as a web resource of its own.
        find: ({ control, webResources }) => {
            const names = webResources.map((one) => textAt(one, "Name"));
            const ofControl = children(child(control, "resources"), "resx").map((one) => /\.(\d+)\.resx$/.exec(one.getAttribute("path") ?? "")?.[1] ?? "");
            const ofPage = (page, prefix) => {
                const languages = names.map((name) => new RegExp(`/texts/${prefix}(\\d+)\\.js$`).exec(name)?.[1] ?? "").filter((one) => one !== "");
                return [
                    ...ofControl.filter((one) => one !== "1033" && !languages.includes(one)).map((one) => `The control speaks the language ${one}, and ${page} has no web resource texts/${prefix}${one}.js for it.`),
                    ...languages.filter((one) => !ofControl.includes(one)).map((one) => `${page[0].toUpperCase()}${page.slice(1)} speaks the language ${one}, and the control's manifest names no texts (resx) for it.`),
                ];
            };
            return [
                ...(ofControl.includes("1033") ? [] : ["The control's manifest names no English texts (1033), which every other language falls back to."]),
                ...ofPage("the page", ""),
                ...(names.some((name) => /\/(?:setup\.js$|texts\/setup\.)/.test(name)) ? ofPage("the administrator's page", "setup.") : []),
            ];
        },
    },
    {
        name: "platform libraries",
        // Fluent 9.68.0 builds and is refused at import; React is 16.14.0 for both hosts (an open issue of the tooling, D).
        find: ({ control }) => {
            const found = children(child(control, "resources"), "platform-library").map((one) => `${one.getAttribute("name")} ${one.getAttribute("version")}`);
            return ["React 16.14.0", "Fluent 9.46.2"].filter((one) => !found.includes(one)).map((one) => `The manifest does not ask for the platform's ${one}; other versions are refused at import.`);
        },
    },
    {
        name: "one version everywhere",
        find: ({ control, solution }, { version }) => [
            ...(/^\d+\.\d+\.\d+$/.test(version) ? [] : [`The version in package.json is ${version}, and not three numbers.`]),
            ...(control?.getAttribute("version") === version ? [] : [`The control's manifest has the version ${control?.getAttribute("version")}, package.json has ${version}.`]),
            ...children(child(control, "resources"), "resx").filter((one) => one.getAttribute("version") !== version).map((one) => `The manifest has the version ${one.getAttribute("version")} for ${one.getAttribute("path")}, package.json has ${version}.`),
            ...(textAt(solution, "Version") === `${version}.0` ? [] : [`The solution has the version ${textAt(solution, "Version")}, not ${version}.0.`]),
        ],
    },
    {
        name: "production build",
        find: (view) =>
            codeNames(view).flatMap((name) => [
                ...(/\beval\(|\bnew Function\(/.test(view.text(name)) ? [`${name} contains eval: it is a development build, which the solution checker refuses.`] : []),
                ...(/sourceMappingURL|sourceURL=|webpack:\/\//.test(view.text(name)) ? [`${name} refers to a source map.`] : []),
            ]),
    },
    {
        name: "Power Apps checker",
        // What the rules say of the sources says nothing of the libraries in the bundles.
        find: (view) => scriptsOf(view).flatMap(({ file, entry }) => checkScript(file, view.text(entry))),
    },
    {
        name: "no path of a machine",
        find: ({ files, text }, { machinePaths }) =>
            [...files.keys()].flatMap((name) => {
                const content = text(name);
                const found = machinePaths.find((path) => ["/", "\\"].some((slash) => content.includes(path + slash))) ?? /file:\/\/\/|(?:\/home|\/Users|\/root|\/tmp)\/[\w.-]+\/|\b[A-Z]:\\(?:\w[\w .-]*\\)|\bnode_modules\//.exec(content)?.[0];
                return found === undefined ? [] : [`${name} contains the path of a machine: ${found}`];
            }),
    },
    {
        name: "no test code",
        // "jest" alone is Polish.
        find: (view) =>
            codeNames(view).flatMap((name) => {
                const found = /127\.0\.0\.1|\blocalhost\b|\.example\b|testing-library|fast-check|demoHost|\bdata-testid\b|\bjest\.\w/.exec(view.text(name))?.[0];
                return found === undefined ? [] : [`${name} contains ${found}, which belongs to tests or the demo.`];
            }),
    },
    {
        name: "properties against the last release",
        find: ({ manifest }, { releases }) => {
            const last = releases.at(-1);
            return manifest && last ? breaches(last, tableOf(manifest)) : [];
        },
    },
];

/** A localized text: its default, and the same as a label. */
function hasText(element, name) {
    const holder = child(element, name);
    const label = below(element, "label").find((one) => one.parentNode === holder && one.getAttribute("languagecode") === "1033");
    const text = holder?.getAttribute("default") ?? "";
    return text !== "" && label?.getAttribute("description") === text;
}

/** The one rule for both together. @param {readonly Entry[]} managed @param {readonly Entry[]} unmanaged */
function differences(managed, unmanaged) {
    const names = [...new Set([...managed, ...unmanaged].map(({ name }) => name))];
    const text = (entries, name) => {
        const found = entries.find((entry) => entry.name === name);
        const content = found && Buffer.from(found.data).toString("latin1");
        return name === "solution.xml" ? content?.replace(/<Managed>[01]<\/Managed>/, "<Managed/>") : content;
    };
    return names.filter((name) => text(managed, name) !== text(unmanaged, name)).map((name) => `The packages differ in ${name}, and may differ in <Managed> alone.`);
}

/**
 * Holds both packages against every rule.
 * @param {{ readonly managed: readonly Entry[], readonly unmanaged: readonly Entry[] }} packages
 * @param {Project} project
 * @returns {{ readonly name: string, readonly problems: readonly string[] }[]} one result for each rule; no problems, and it is kept
 */
export function checkPackages({ managed, unmanaged }, project) {
    const views = [look(managed), look(unmanaged)];
    return [
        ...RULES.map(({ name, find }) => ({ name, problems: [...new Set(views.flatMap((view, index) => find(view, project, index === 0)))] })),
        { name: "managed and unmanaged", problems: differences(managed, unmanaged) },
    ];
}
