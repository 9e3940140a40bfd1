// Owns the production build of control and page: runs Microsoft's, and notices what it does not: its exit code is 0
// even when TypeScript or webpack has failed.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPage } from "./page.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const out = join(root, "out/controls/ChatWithAgent");
const pcfScripts = createRequire(import.meta.url).resolve("pcf-scripts/bin/pcf-scripts.js");

rmSync(join(root, "out/controls"), { recursive: true, force: true });
let output = "";
let failed = false;
try {
    output = execFileSync(process.execPath, [pcfScripts, "build", "--buildMode", "production", "--noColor"], {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
    });
} catch (error) {
    output = `${error.stdout ?? ""}${error.stderr ?? error}`;
    failed = true;
}
const bundle = join(out, "bundle.js");
if (failed || !existsSync(bundle) || /\[Error\]|Failed:/i.test(output)) {
    console.error(output);
    console.error("The build failed; the reason stands above.");
    process.exit(1);
}
if (/\beval\(|sourceMappingURL/.test(readFileSync(bundle, "utf8"))) {
    console.error("The bundle is not a production build: it contains eval or a source map.");
    process.exit(1);
}
console.log(`Built ${bundle.slice(root.length + 1)}`);
try {
    await buildPage();
} catch (error) {
    console.error(error.message);
    process.exit(1);
}
console.log("Built out/page");
