// Owns the stamping of one version into every file that names it; each place must be found, once, or nothing is
// stamped.
import { PackError } from "./xml.mjs";

/** Dataverse knows three numbers for a control and four for a solution: no pre-releases (D). @param {string} version */
export function checkVersion(version) {
    if (!/^\d+\.\d+\.\d+$/.test(version))
        throw new PackError(
            `A version has three numbers, such as 1.4.0, and not ${JSON.stringify(version)}: manifest and solution know nothing else.`,
        );
}

/**
 * Replaces in all places and tells when there are none, or more than wanted.
 * @param {string} text @param {RegExp} pattern with two groups, around the version
 * @param {string} value @param {string} what @param {number} [wanted] how many there must be; any number from one on
 * if not given
 */
function replace(text, pattern, value, what, wanted) {
    const found = [...text.matchAll(pattern)].length;
    if (found === 0 || (wanted !== undefined && found !== wanted))
        throw new PackError(`${what} was found ${found} times: the version cannot be stamped.`);
    return text.replace(pattern, (_whole, before, after) => `${before}${value}${after}`);
}

/**
 * The files and how each names the version.
 * @type {readonly { readonly path: string, readonly stamp: (text: string, version: string, date: string) => string }[]}
 */
export const STAMPED = [
    {
        path: "ChatWithAgent/ControlManifest.Input.xml",
        stamp: (text, version) =>
            replace(
                replace(
                    text,
                    /(<control\s[^>]*?\bversion=")[^"]*(")/g,
                    version,
                    "The control's version in ControlManifest.Input.xml",
                    1,
                ),
                /(<resx\s[^>]*?\bversion=")[^"]*(")/g,
                version,
                "The version of the texts (resx) in ControlManifest.Input.xml",
            ),
    },
    {
        path: "ChatWithAgent/app/view.ts",
        stamp: (text, version) =>
            replace(text, /(export const VERSION = ")[^"]*(")/g, version, "VERSION in ChatWithAgent/app/view.ts", 1),
    },
    {
        path: "solution/src/Other/Solution.xml",
        stamp: (text, version) =>
            replace(
                text,
                /(<Version>)[^<]*(<\/Version>)/g,
                `${version}.0`,
                "<Version> in solution/src/Other/Solution.xml",
                1,
            ),
    },
    {
        path: "CHANGELOG.md",
        stamp: (text, version, date) =>
            replace(
                text,
                /^(## )\[(?:Unreleased\]|[^\]\n]+\] - Unreleased)[ \t]*()$/gm,
                `[${version}] - ${date}`,
                'A heading "## [Unreleased]" or "## [x.y.z] - Unreleased" in CHANGELOG.md',
                1,
            ),
    },
];

/**
 * What the changelog says of one version, without its heading.
 * @param {string} changelog @param {string} version
 */
export function notesOf(changelog, version) {
    const lines = changelog.split(/\r?\n/);
    const start = lines.findIndex((line) => line.startsWith(`## [${version}]`));
    if (start < 0) throw new PackError(`CHANGELOG.md has no heading for version ${version}.`);
    if (/Unreleased/.test(lines[start] ?? ""))
        throw new PackError(`CHANGELOG.md calls version ${version} unreleased: release it with npm version ${version}`);
    const end = lines.findIndex((line, index) => index > start && /^## |^\[[^\]]+\]: /.test(line));
    const notes = lines
        .slice(start + 1, end < 0 ? undefined : end)
        .join("\n")
        .trim();
    if (notes === "") throw new PackError(`CHANGELOG.md says nothing of version ${version}.`);
    return notes;
}
