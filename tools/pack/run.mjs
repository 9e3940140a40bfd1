// Owns the steps that packing, checking and releasing share: sources to packages, packages to files and back, and the
// rules over them.
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackages } from "./check.mjs";
import { makePackage } from "./package.mjs";
import { readReleases } from "./properties.mjs";
import { readSources, SOLUTION } from "./sources.mjs";
import { PackError } from "./xml.mjs";
import { readZip, writeZip } from "./zip.mjs";

/** @typedef {"managed" | "unmanaged"} Kind */
/** @type {readonly Kind[]} */
export const KINDS = ["managed", "unmanaged"];

/** @param {string} version @param {Kind} kind */
export const zipName = (version, kind) => `${SOLUTION}_${version}_${kind}.zip`;

/** @param {import("./sources.mjs").Places} at @returns {string} */
export function packageVersion(at) {
    try {
        return JSON.parse(readFileSync(join(at.root, "package.json"), "utf8")).version;
    } catch (error) {
        throw new PackError(`package.json cannot be read: ${error.message.split("\n")[0]}`);
    }
}

/**
 * What the rules know of the project.
 * @param {import("./sources.mjs").Places} at
 * @returns {import("./check.mjs").Project}
 */
export const projectOf = (at) => ({
    version: packageVersion(at),
    releases: readReleases(at.released),
    machinePaths: [at.root, process.cwd(), tmpdir()].filter((path) => path.length > 1),
});

/** Both packages from the sources. @param {import("./sources.mjs").Places} at */
export function make(at) {
    const sources = readSources(at);
    return { managed: makePackage(sources, true), unmanaged: makePackage(sources, false) };
}

/**
 * Makes both packages, holds them against the rules, and only then writes them: all or nothing.
 * @param {import("./sources.mjs").Places} at
 * @returns {{ readonly name: string, readonly bytes: number }[]}
 */
export function pack(at) {
    const packages = make(at);
    const project = projectOf(at);
    const problems = checkPackages(packages, project).flatMap((rule) => rule.problems);
    if (problems.length > 0) throw new PackError(problems.join("\n"));

    const files = [
        ...KINDS.map((kind) => ({ name: zipName(project.version, kind), data: writeZip(packages[kind]) })),
        { name: "LICENSE.txt", data: readFileSync(at.licence) },
    ];
    const unfinished = (name) => join(at.out, `.${name}.${process.pid}`);
    try {
        mkdirSync(at.out, { recursive: true });
        for (const { name, data } of files) writeFileSync(unfinished(name), data);
        // Packages of other versions go: the folder holds one release, and nobody imports yesterday's by mistake.
        for (const name of readdirSync(at.out)) if (name.startsWith(`${SOLUTION}_`)) rmSync(join(at.out, name));
        for (const { name } of files) renameSync(unfinished(name), join(at.out, name));
    } catch (error) {
        try {
            for (const { name } of files) rmSync(unfinished(name), { force: true });
        } catch {
            // What could not be written need not be taken away.
        }
        throw new PackError(
            `The packages could not be written to ${at.out}: ${error.code ?? error.message}. Is it a folder that you may write to?`,
        );
    }
    return files.map(({ name, data }) => ({ name, bytes: data.length }));
}

/** Reads a file of the folder with the packages. @param {import("./sources.mjs").Places} at @param {string} name */
function packed(at, name) {
    try {
        return readFileSync(join(at.out, name));
    } catch {
        throw new PackError(`solution/out/${name} is missing: make the packages first with npm run pack`);
    }
}

/**
 * Opens both zips as an import would and holds them against the rules; and whether they are what the sources give
 * today.
 * @param {import("./sources.mjs").Places} at
 */
export async function check(at) {
    const project = projectOf(at);
    const [managed, unmanaged] = KINDS.map((kind) => packed(at, zipName(project.version, kind)));
    const packages = {
        managed: await readZip(managed, zipName(project.version, "managed")),
        unmanaged: await readZip(unmanaged, zipName(project.version, "unmanaged")),
    };
    const fresh = make(at);
    const stale = [
        [managed, fresh.managed],
        [unmanaged, fresh.unmanaged],
    ].some(([bytes, entries]) => !Buffer.from(writeZip(entries)).equals(bytes));
    const licence = packed(at, "LICENSE.txt").equals(readFileSync(at.licence));
    return [
        ...checkPackages(packages, project),
        {
            name: "the same bytes from the same sources",
            problems: stale
                ? ["The packages are not what the sources give today: make them again with npm run pack"]
                : [],
        },
        {
            name: "licence beside the packages",
            problems: licence
                ? []
                : ["solution/out/LICENSE.txt is not the project's licence: make the packages again with npm run pack"],
        },
    ];
}
