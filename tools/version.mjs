// Owns what `npm version` does beside package.json: stamps the version everywhere, builds, and records the property
// table that is released.
// `--check`, before npm has changed anything: whether all of that can be done.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { breaches, readReleases, tableOf, withRelease } from "./pack/properties.mjs";
import { packageVersion } from "./pack/run.mjs";
import { places, readSources } from "./pack/sources.mjs";
import { checkVersion, STAMPED } from "./pack/stamp.mjs";
import { PackError } from "./pack/xml.mjs";

const at = places(join(dirname(fileURLToPath(import.meta.url)), ".."));
const onlyCheck = process.argv.includes("--check");

try {
    // npm tells the new version to both of its scripts; without npm it is the one that stands in package.json.
    const version = process.env.npm_new_version ?? packageVersion(at);
    checkVersion(version);
    const date = new Date().toISOString().slice(0, 10);
    const files = STAMPED.map(({ path, stamp }) => ({
        path,
        text: stamp(readFileSync(join(at.root, path), "utf8"), version, date),
    }));
    const releases = readReleases(at.released);
    if (!onlyCheck) {
        for (const { path, text } of files) writeFileSync(join(at.root, path), text);
        const { status } = spawnSync(process.execPath, [join(at.root, "tools/build.mjs")], {
            cwd: at.root,
            stdio: "inherit",
        });
        if (status !== 0)
            throw new PackError(
                "Nothing is released: the build failed. Take the stamped version back with: git checkout -- .",
            );
        const table = tableOf(readSources(at).control.manifest);
        const last = releases.at(-1);
        const problems = last ? breaches(last, table) : [];
        if (problems.length > 0)
            throw new PackError(
                [...problems, "Nothing is released. Take the stamped version back with: git checkout -- ."].join("\n"),
            );
        writeFileSync(at.released, `${JSON.stringify(withRelease(releases, version, table), null, 2)}\n`);
        console.log(
            `Stamped ${version} into ${files.map(({ path }) => path).join(", ")}; its properties are recorded.`,
        );
    }
} catch (error) {
    if (!(error instanceof PackError)) throw error;
    console.error(error.message);
    process.exit(1);
}
