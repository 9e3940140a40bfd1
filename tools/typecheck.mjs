// Owns the type check of every TypeScript project in the repository.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const projects = [
    "tsconfig.json",
    "page/tsconfig.json",
    "tests/tsconfig.json",
    "demo/tsconfig.json",
    "simulator/tsconfig.json",
];

const failed = projects.filter(
    (project) =>
        spawnSync(process.execPath, [tsc, "--noEmit", "-p", project], { cwd: root, stdio: "inherit" }).status !== 0,
);
if (failed.length > 0) {
    console.error(`Types do not hold in: ${failed.join(", ")}`);
    process.exit(1);
}
console.log(`Types hold in ${projects.length} projects.`);
