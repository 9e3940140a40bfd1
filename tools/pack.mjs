// Owns `npm run pack`: builds for production and leaves both solution packages in solution/out. `--built` takes the
// build that is there.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pack } from "./pack/run.mjs";
import { places } from "./pack/sources.mjs";
import { PackError } from "./pack/xml.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const args = process.argv.slice(2);
const unknown = args.find((arg) => arg !== "--built");
if (unknown !== undefined) {
    console.error(`Unknown option ${unknown}: the only option is --built.`);
    process.exit(1);
}
if (!args.includes("--built")) {
    const { status } = spawnSync(process.execPath, [join(root, "tools/build.mjs")], { cwd: root, stdio: "inherit" });
    if (status !== 0) process.exit(status ?? 1);
}
try {
    for (const { name, bytes } of pack(places(root))) console.log(`Packed solution/out/${name} (${bytes} bytes)`);
} catch (error) {
    if (!(error instanceof PackError)) throw error;
    console.error(error.message);
    process.exit(1);
}
