// Owns the notes of a release: what the changelog says of the version in package.json, or of the one that is named.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageVersion } from "./pack/run.mjs";
import { places } from "./pack/sources.mjs";
import { notesOf } from "./pack/stamp.mjs";
import { PackError } from "./pack/xml.mjs";

const at = places(join(dirname(fileURLToPath(import.meta.url)), ".."));
try {
    console.log(
        notesOf(
            readFileSync(join(at.root, "CHANGELOG.md"), "utf8"),
            (process.argv[2] ?? packageVersion(at)).replace(/^v/, ""),
        ),
    );
} catch (error) {
    if (!(error instanceof PackError)) throw error;
    console.error(error.message);
    process.exit(1);
}
