// Owns the comparison in CI: `node tools/compare-packages.mjs ours.zip theirs.zip`.
import { readFileSync } from "node:fs";
import { comparePackages } from "./pack/compare.mjs";
import { PackError } from "./pack/xml.mjs";
import { readZip } from "./pack/zip.mjs";

const paths = process.argv.slice(2);
if (paths.length !== 2) {
    console.error("Name two packages: node tools/compare-packages.mjs ours.zip theirs.zip");
    process.exit(1);
}
try {
    const [ours, theirs] = await Promise.all(
        paths.map((path) => {
            try {
                return readZip(readFileSync(path), path);
            } catch {
                throw new PackError(`${path} cannot be read.`);
            }
        }),
    );
    const differences = comparePackages(ours, theirs);
    for (const line of differences) console.error(line);
    console.log(
        differences.length === 0 ? `The same content: ${paths.join(" and ")}` : `${differences.length} files differ.`,
    );
    process.exitCode = differences.length === 0 ? 0 : 1;
} catch (error) {
    if (!(error instanceof PackError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
}
