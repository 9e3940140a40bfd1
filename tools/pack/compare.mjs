// Owns the comparison of our package with the one that Microsoft's build makes of the same sources: file by file,
// normalised.
import { children, parseXml } from "./xml.mjs";

/** What Microsoft's build carries along and no import needs. */
const IGNORED = /\/bundle\.js\.LICENSE\.txt$/;

/** Where the order of siblings says nothing. */
const UNORDERED = new Set(["RootComponents"]);

/** Tool and platform versions that each build writes for itself. */
const OWN = new Set([
    "version",
    "SolutionPackageVersion",
    "generatedBy",
    "OrganizationVersion",
    "OrganizationSchemaType",
    "CRMServerServiceabilityVersion",
]);

/**
 * An element as text without what a tool may choose: white space, comments, order of attributes, empty or
 * self-closing.
 */
function canonical(element, depth = 0) {
    const attributes = Array.from(element.attributes)
        .filter(
            (one) =>
                !one.name.startsWith("xmlns") &&
                !(depth === 0 && element.nodeName === "ImportExportXml" && OWN.has(one.name)),
        )
        .map((one) => ` ${one.name}="${one.value}"`)
        .sort()
        .join("");
    const inner = children(element).map((one) => canonical(one, depth + 1));
    if (UNORDERED.has(element.nodeName)) inner.sort();
    const text = inner.length > 0 ? inner.join("") : (element.textContent ?? "").trim();
    return `${"  ".repeat(depth)}<${element.nodeName}${attributes}>${inner.length > 0 ? `\n${text}` : `${text}\n`}`;
}

/** @param {import("./zip.mjs").Entry} entry */
function normalised({ name, data }) {
    if (/\.(?:xml|resx)$/.test(name)) return canonical(parseXml(data, name).documentElement);
    return Buffer.from(data).toString("utf8").replaceAll("\r\n", "\n").trimEnd();
}

/** The first line in which two texts differ. */
function firstDifference(ours, theirs) {
    const [left, right] = [ours.split("\n"), theirs.split("\n")];
    const at = left.findIndex((line, index) => line !== right[index]);
    const shown = (line) => JSON.stringify((line ?? "").trim().slice(0, 160));
    return at < 0
        ? `theirs goes on with ${shown(right[left.length])}`
        : `ours has ${shown(left[at])}, theirs ${shown(right[at])}`;
}

/**
 * One line for each file that only one package has, or that differs.
 * @param {readonly import("./zip.mjs").Entry[]} ours
 * @param {readonly import("./zip.mjs").Entry[]} theirs
 * @returns {string[]}
 */
export function comparePackages(ours, theirs) {
    // Which content types a tool lists is its own affair, as long as an import finds all of them: that is a rule of
    // the check.
    const files = (entries) =>
        new Map(
            entries
                .filter(({ name }) => name !== "[Content_Types].xml" && !IGNORED.test(name) && !name.endsWith("/"))
                .map((entry) => [entry.name, entry]),
        );
    const [left, right] = [files(ours), files(theirs)];
    return [...new Set([...left.keys(), ...right.keys()])].sort().flatMap((name) => {
        const [one, other] = [left.get(name), right.get(name)];
        if (!one || !other) return [`${name} is in ${one ? "our" : "their"} package only.`];
        const [text, otherText] = [normalised(one), normalised(other)];
        return text === otherText ? [] : [`${name} differs: ${firstDifference(text, otherText)}`];
    });
}
