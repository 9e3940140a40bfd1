// Owns the making of the two packages from their sources: what Microsoft's build adds to them is added here in the
// same way.
import { DOMImplementation } from "@xmldom/xmldom";
import { prefixOf } from "./sources.mjs";
import { append, child, PackError, textAt, writeXml } from "./xml.mjs";
import { DEFLATE } from "./zip.mjs";

const CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types";
/** What the platform itself writes for all of them. */
const OCTETS = "application/octet-stream";

/** The extension of an entry's last part, without the dot; empty for none. @param {string} name */
export const extensionOf = (name) => /[^/]\.([^./]+)$/.exec(name)?.[1] ?? "";

/**
 * `[Content_Types].xml`: one missing extension, and an import ends with an "unexpected error".
 * @param {readonly string[]} names
 */
function contentTypes(names) {
    const document = new DOMImplementation().createDocument(CONTENT_TYPES, "Types", null);
    const types = document.documentElement;
    for (const extension of [...new Set([...names, "[Content_Types].xml"].map(extensionOf))]
        .filter((one) => one !== "")
        .sort())
        append(types, "Default", { Extension: extension, ContentType: OCTETS });
    for (const name of names.filter((one) => extensionOf(one) === "").sort())
        append(types, "Override", { PartName: `/${name}`, ContentType: OCTETS });
    return writeXml(document);
}

/** @param {import("./sources.mjs").Sources} sources @param {boolean} managed @param {string} controlName */
function solutionXml(sources, managed, controlName) {
    const document = sources.solution.cloneNode(true);
    const manifest = child(document, "ImportExportXml", "SolutionManifest");
    const kind = child(manifest, "Managed");
    const roots = child(manifest, "RootComponents");
    if (!manifest || !kind || !roots)
        throw new PackError(
            "solution/src/Other/Solution.xml needs a SolutionManifest with Managed and RootComponents.",
        );
    kind.textContent = managed ? "1" : "0";
    const root = append(roots, "RootComponent", { type: "66", schemaName: controlName, behavior: "0" });
    roots.insertBefore(root, roots.firstChild);
    return writeXml(document);
}

/** @param {import("./sources.mjs").Sources} sources @param {string} controlName */
function customizationsXml(sources, controlName) {
    const document = sources.customizations.cloneNode(true);
    const place = (name) => {
        const element = child(document, "ImportExportXml", name);
        if (!element)
            throw new PackError(
                `solution/src/Other/Customizations.xml needs the element ${name}, in the place that the schema gives it.`,
            );
        return element;
    };
    const control = append(place("CustomControls"), "CustomControl");
    append(control, "Name", {}, controlName);
    append(control, "FileName", {}, `/Controls/${controlName}/ControlManifest.xml`);
    for (const { document: description } of sources.webResources)
        place("WebResources").appendChild(document.importNode(description.documentElement, true));
    return writeXml(document);
}

/**
 * The entries of one package, in the order in which they stand in the zip.
 * @param {import("./sources.mjs").Sources} sources
 * @param {boolean} managed
 * @returns {import("./zip.mjs").Entry[]}
 */
export function makePackage(sources, managed) {
    const controlName = `${prefixOf(sources.solution)}_${sources.control.name}`;
    const files = [
        ["customizations.xml", customizationsXml(sources, controlName)],
        ["solution.xml", solutionXml(sources, managed, controlName)],
        ...sources.control.files.map(({ path, data }) => [`Controls/${controlName}/${path}`, data]),
        ...sources.variables.map(({ entry, data }) => [entry, data]),
        ...sources.webResources.map(({ entry, data }) => [entry, data]),
    ];
    return [...files, ["[Content_Types].xml", contentTypes(files.map(([name]) => name))]].map(([name, data]) => ({
        name,
        data,
        method: DEFLATE,
    }));
}

/**
 * The version of the solution, three parts: the fourth is for nothing.
 * @param {import("./sources.mjs").Sources} sources
 */
export const versionOf = (sources) =>
    textAt(sources.solution, "ImportExportXml", "SolutionManifest", "Version").split(".").slice(0, 3).join(".");
