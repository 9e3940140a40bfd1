// Owns what the package is made of: solution/src in SolutionPackager's layout, the built control, and what
// solution/map.xml maps in.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { below, child, children, parseXml, PackError, textAt } from "./xml.mjs";

/** The solution's name, which the packages' file names begin with. */
export const SOLUTION = "ChatWithAgent";

/**
 * Where everything lies.
 * @param {string} root the repository's folder
 */
export function places(root) {
    return {
        root,
        control: join(root, "out/controls/ChatWithAgent"),
        sources: join(root, "solution/src"),
        map: join(root, "solution/map.xml"),
        /** Microsoft's build copies the sources to here, and SolutionPackager reads paths in the map from here. */
        metadata: join(root, "solution/obj/Release/Metadata"),
        released: join(root, "solution/released-properties.json"),
        licence: join(root, "LICENSE"),
        out: join(root, "solution/out"),
    };
}

/** @typedef {ReturnType<typeof places>} Places */

/** @param {Places} at @param {string} path */
const shown = (at, path) => relative(at.root, path).split(sep).join("/");

/**
 * A file's bytes, or one line that names it.
 * @param {Places} at @param {string} path @param {string} [mend]
 * @returns {Uint8Array}
 */
function read(at, path, mend = "") {
    try {
        return readFileSync(path);
    } catch (error) {
        throw new PackError(
            `${shown(at, path)} ${error.code === "ENOENT" ? "is missing" : `cannot be read (${error.code ?? error.message})`}.${mend}`,
        );
    }
}

/**
 * Paths of all files below a folder, with forward slashes, in a fixed order.
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder, prefix = "") {
    return readdirSync(folder)
        .sort((one, other) => (one < other ? -1 : 1))
        .flatMap((name) => {
            const path = join(folder, name);
            return statSync(path).isDirectory() ? filesBelow(path, `${prefix}${name}/`) : [`${prefix}${name}`];
        });
}

/**
 * From paths in the sources to files elsewhere: SolutionPackager's `FileToFile`, without wildcards.
 * @param {Places} at
 * @returns {Map<string, string>}
 */
function readMap(at) {
    if (!existsSync(at.map)) return new Map();
    const name = shown(at, at.map);
    const root = parseXml(read(at, at.map), name).documentElement;
    return new Map(
        children(root).map((entry) => {
            const [from, to] = ["map", "to"].map((attribute) =>
                (entry.getAttribute(attribute) ?? "").replaceAll("\\", "/"),
            );
            if (entry.nodeName !== "FileToFile" || !from || !to || /[*%]/.test(from + to))
                throw new PackError(
                    `${name}: only <FileToFile map="…" to="…" /> without wildcards is known, not <${entry.nodeName}>.`,
                );
            return [from, join(at.metadata, to)];
        }),
    );
}

/**
 * The built control: its manifest and every file that the manifest names.
 * @param {Places} at
 */
function readControl(at) {
    const build = " Build the control first: npm run build";
    const path = join(at.control, "ControlManifest.xml");
    const data = read(at, path, build);
    const manifest = parseXml(data, shown(at, path));
    const control = child(manifest, "manifest", "control");
    if (!control) throw new PackError(`${shown(at, path)} holds no <control>.${build}`);
    const named = children(child(control, "resources"))
        .map((resource) => resource.getAttribute("path") ?? "")
        .filter((name) => name !== "");
    const files = [
        { path: "ControlManifest.xml", data },
        ...[...new Set(named)]
            .sort()
            .map((name) => ({
                path: name,
                data: read(at, join(at.control, name), " The control's manifest names it."),
            })),
    ];
    return {
        manifest,
        name: `${control.getAttribute("namespace") ?? ""}.${control.getAttribute("constructor") ?? ""}`,
        files,
    };
}

/** @param {Places} at @param {string} path */
function readDocument(at, path) {
    const data = read(at, join(at.sources, path));
    return { data, document: parseXml(data, shown(at, join(at.sources, path))) };
}

/**
 * Reads everything; throws one line for what is broken or missing.
 * @param {Places} at
 */
export function readSources(at) {
    if (!existsSync(at.sources)) throw new PackError(`${shown(at, at.sources)} is missing.`);
    const map = readMap(at);
    const paths = [...new Set([...filesBelow(at.sources), ...map.keys()])].sort((one, other) => (one < other ? -1 : 1));
    const known =
        /^(?:Other\/(?:Solution|Customizations|Relationships)\.xml|environmentvariabledefinitions\/[^/]+\/environmentvariabledefinition\.xml|WebResources\/.+)$/;
    const stray = paths.find((path) => !known.test(path));
    if (stray !== undefined)
        throw new PackError(`${shown(at, join(at.sources, stray))} belongs to no component that npm run pack knows.`);

    const control = readControl(at);
    const webResources = paths
        .filter((path) => path.startsWith("WebResources/") && path.endsWith(".data.xml"))
        .map((path) => {
            const { document } = readDocument(at, path);
            const content = path.slice(0, -".data.xml".length);
            return {
                document,
                entry: textAt(document, "WebResource", "FileName").replace(/^\//, ""),
                data: read(
                    at,
                    map.get(content) ?? join(at.sources, content),
                    map.has(content) ? ` ${shown(at, at.map)} names it. If it comes from a build: npm run build` : "",
                ),
            };
        });
    const lonely = paths.find(
        (path) =>
            path.startsWith("WebResources/") && !path.endsWith(".data.xml") && !paths.includes(`${path}.data.xml`),
    );
    if (lonely !== undefined)
        throw new PackError(
            `${shown(at, join(at.sources, lonely))} has no .data.xml beside it, which describes the web resource.`,
        );

    return {
        solution: readDocument(at, "Other/Solution.xml").document,
        customizations: readDocument(at, "Other/Customizations.xml").document,
        control,
        variables: paths
            .filter((path) => path.startsWith("environmentvariabledefinitions/"))
            .map((entry) => ({ entry, data: readDocument(at, entry).data })),
        webResources,
    };
}

/** @typedef {ReturnType<typeof readSources>} Sources */

/** The publisher's prefix. @param {Sources["solution"]} solution */
export const prefixOf = (solution) => textAt(below(solution, "Publisher")[0], "CustomizationPrefix");
