// Owns the order of all checks, and the one line at the end that says how they went. `npm test -- unit lint` runs only those
// that are named; `npm run test:all` (`--all`) adds the tests with the tag @full.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureSimulator } from "../simulator/setup.mjs";
import { ensureBrowser } from "./browser.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const results = join(root, "test-results");
const bin = createRequire(import.meta.url);
const node = process.execPath;

let passed = 0;
let failed = 0;
const summary = [];

function run(command, args, options = {}, onError = undefined) {
    return new Promise((resolve) => {
        const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
        if (onError) child.stderr.setEncoding("utf8").on("data", onError);
        child.on("error", () => resolve(1));
        child.on("exit", (code) => resolve(code ?? 1));
    });
}

/** A check that is either right or wrong. */
const whole = (command, ...args) => async () => ((await run(command, args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** A suite that failed without a failing test (it did not load, or ran nothing) counts as one failure. */
const honest = (code, counted) => (code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted);

async function jest() {
    // Its own JSON report breaks on a failed test that holds an element, so its closing line is read.
    let text = "";
    const code = await run(node, [bin.resolve("jest/bin/jest"), "--silent"], { stdio: ["ignore", "inherit", "pipe"] }, (chunk) => {
        text += chunk;
        process.stderr.write(chunk);
    });
    const line = /^Tests: .*$/m.exec(text)?.[0] ?? "";
    const count = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
    return honest(code, { passed: count("passed"), failed: count("failed") + count("skipped") + count("todo") });
}

/** Node's own runner closes with `# pass N`, `# fail N`. */
async function simulator() {
    const { status, stdout } = spawnSync("npm", ["test", "--silent"], { cwd: join(root, "simulator"), encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], shell: process.platform === "win32" });
    const count = (word) => Number(new RegExp(`^[#ℹ] ${word} (\\d+)`, "m").exec(stdout)?.[1] ?? 0);
    if (status !== 0) console.log(stdout);
    return honest(status, { passed: count("pass"), failed: count("fail") + count("skipped") + count("todo") });
}

/** Each rule counts; without the `build` check before it, the control is built first. */
async function packages() {
    const packed = await run(node, ["tools/pack.mjs", ...(wanted.length === 0 || wanted.includes("build") ? ["--built"] : [])]);
    if (packed !== 0) return { passed: 0, failed: 1 };
    const { status, stdout } = spawnSync(node, ["tools/pack-check.mjs"], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    process.stdout.write(stdout);
    const [, kept, broken] = /^Packages: (\d+) rules kept, (\d+) broken\.$/m.exec(stdout) ?? [];
    return honest(status, { passed: Number(kept ?? 0), failed: Number(broken ?? 0) });
}

/** One project of playwright.config.mjs. */
const playwright = (project) => async () => {
    const report = join(results, `${project}.json`);
    const env = { ...process.env, REPORT: report, ...(isAll ? { FULL: "1" } : {}) };
    const output = `--output=${join(results, project)}`;
    const code = await run(node, [bin.resolve("@playwright/test/cli"), "test", `--project=${project}`, output], { env });
    const { stats } = JSON.parse(readFileSync(report, "utf8"));
    return honest(code, { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped });
};

const CHECKS = {
    build: whole(node, "tools/build.mjs"),
    size: whole(node, "tools/size.mjs"),
    pack: packages,
    lint: whole(node, join(root, "node_modules/eslint/bin/eslint.js"), ".", "--max-warnings", "0"),
    types: whole(node, "tools/typecheck.mjs"),
    unit: jest,
    simulator,
    browser: playwright("browser"),
    contract: playwright("contract"),
    real: playwright("real"),
};
const IN_BROWSER = ["browser", "contract", "real"];

const isAll = process.argv.includes("--all");
const wanted = process.argv.slice(2).filter((word) => word !== "--all");
const unknown = wanted.filter((name) => !(name in CHECKS));
if (unknown.length > 0) {
    console.error(`There is no check named ${unknown.join(", ")}. The checks: ${Object.keys(CHECKS).join(", ")}.`);
    process.exit(1);
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const begun = Date.now();
const say = (line) => console.log(line);
try {
    await ensureSimulator(say);
    if (wanted.length === 0 || IN_BROWSER.some((name) => wanted.includes(name))) ensureBrowser(say);
    for (const [name, check] of Object.entries(CHECKS)) {
        if (wanted.length > 0 && !wanted.includes(name)) continue;
        console.log(`\n— ${name}`);
        const start = Date.now();
        let counted;
        try {
            counted = await check();
        } catch (error) {
            console.error(error);
            counted = { passed: 0, failed: 1 };
        }
        passed += counted.passed;
        failed += counted.failed;
        summary.push(`${name.padEnd(10)} ${String(counted.passed).padStart(5)} passed ${String(counted.failed).padStart(4)} failed ${((Date.now() - start) / 1000).toFixed(0).padStart(5)} s`);
    }
} catch (error) {
    console.error(error instanceof Error ? error.message : error);
    failed++;
}
console.log(`\n${summary.join("\n")}\n${((Date.now() - begun) / 1000).toFixed(0)} s in all`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
