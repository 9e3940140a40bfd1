// Owns the order of all checks, and the one line at the end that says how they went. `npm test -- unit lint` runs only those
// that are named; `npm run test:all` (`--all`) adds the tests with the tag @full.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureSimulator } from "../simulator/setup.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const results = join(root, "test-results");
const bin = createRequire(import.meta.url);
const node = process.execPath;

let passed = 0;
let failed = 0;
const summary = [];

/** Output goes to the terminal as it comes. */
const ALOUD = (text) => process.stdout.write(text);

/** Runs a program to its end; what it says is told as it comes, and handed over. */
function run(say, command, args, options = {}) {
    return new Promise((resolve) => {
        let text = "";
        const hear = (chunk) => {
            text += chunk;
            say(chunk);
        };
        const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], ...options });
        for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", hear);
        child.on("error", (error) => hear(`${error}\n`));
        child.on("close", (code) => resolve({ code: code ?? 1, text }));
    });
}

/** A check that is either right or wrong. */
const whole = (command, ...args) => async (say) => ((await run(say, command, args)).code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** A suite that failed without a failing test (it did not load, or ran nothing) counts as one failure. */
const honest = (code, counted) => (code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted);

async function jest(say) {
    // Its own JSON report breaks on a failed test that holds an element, so its closing line is read.
    const { code, text } = await run(say, node, [bin.resolve("jest/bin/jest"), "--silent"]);
    const line = /^Tests: .*$/m.exec(text)?.[0] ?? "";
    const count = (word) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
    return honest(code, { passed: count("passed"), failed: count("failed") + count("skipped") + count("todo") });
}

/** Node's own runner closes with `# pass N`, `# fail N`. */
async function simulator(say) {
    const { code, text } = await run(() => {}, "npm", ["test", "--silent"], { cwd: join(root, "simulator"), shell: process.platform === "win32" });
    const count = (word) => Number(new RegExp(`^[#ℹ] ${word} (\\d+)`, "m").exec(text)?.[1] ?? 0);
    if (code !== 0) say(text);
    return honest(code, { passed: count("pass"), failed: count("fail") + count("skipped") + count("todo") });
}

/** Each rule counts; without the `build` check before it, the control is built first. */
async function packages(say) {
    const packed = await run(say, node, ["tools/pack.mjs", ...(isWanted("build") ? ["--built"] : [])]);
    if (packed.code !== 0) return { passed: 0, failed: 1 };
    const { code, text } = await run(say, node, ["tools/pack-check.mjs"]);
    const [, kept, broken] = /^Packages: (\d+) rules kept, (\d+) broken\.$/m.exec(text) ?? [];
    return honest(code, { passed: Number(kept ?? 0), failed: Number(broken ?? 0) });
}

/** One project of playwright.config.mjs. */
const playwright = (project) => async (say) => {
    const report = join(results, `${project}.json`);
    const env = { ...process.env, REPORT: report, ...(isAll ? { FULL: "1" } : {}) };
    const output = `--output=${join(results, project)}`;
    const { code } = await run(say, node, [bin.resolve("@playwright/test/cli"), "test", `--project=${project}`, output], { env });
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
const FIRST = ["build", "size", "pack"];
/** Beside the unit tests: each keeps one processor busy. The browser's tests have the computer for themselves. */
const BESIDE_UNIT = ["lint", "types", "simulator"];
const IN_BROWSER = ["browser", "contract", "real"];

const isAll = process.argv.includes("--all");
const wanted = process.argv.slice(2).filter((word) => word !== "--all");
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);
const unknown = wanted.filter((name) => !(name in CHECKS));
if (unknown.length > 0) {
    console.error(`There is no check named ${unknown.join(", ")}. The checks: ${Object.keys(CHECKS).join(", ")}.`);
    process.exit(1);
}

/** Runs checks one after the other; `isQuiet`: what each says is told when it is over, so that it does not mix with others'. */
async function inTurn(names, isQuiet = false) {
    for (const name of names.filter(isWanted)) {
        const start = Date.now();
        let text = "";
        const say = isQuiet ? (chunk) => (text += chunk) : ALOUD;
        if (!isQuiet) console.log(`\n— ${name}`);
        const counted = await CHECKS[name](say).catch((error) => {
            say(`${error.stack}\n`);
            return { passed: 0, failed: 1 };
        });
        if (isQuiet) console.log(`\n— ${name}\n${text.trimEnd()}`);
        passed += counted.passed;
        failed += counted.failed;
        summary.push(`${name.padEnd(10)} ${String(counted.passed).padStart(5)} passed ${String(counted.failed).padStart(4)} failed ${((Date.now() - start) / 1000).toFixed(0).padStart(5)} s`);
    }
}

/** Finds or installs the browser in a process of its own, while other checks run. */
async function prepareBrowser() {
    const { code } = await run(ALOUD, node, ["--input-type=module", "-e", 'import { ensureBrowser } from "./tools/browser.mjs"; ensureBrowser(console.log);']);
    return code === 0;
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const begun = Date.now();
try {
    const browser = IN_BROWSER.some(isWanted) ? prepareBrowser() : Promise.resolve(true);
    const set = ensureSimulator((line) => console.log(line));
    await Promise.all([set, inTurn(FIRST)]);
    await Promise.all([inTurn(BESIDE_UNIT, isWanted("unit")), inTurn(["unit"])]);
    if (!(await browser)) throw new Error("There is no browser: the reason stands above.");
    await inTurn(IN_BROWSER);
} catch (error) {
    console.error(error instanceof Error ? error.message : error);
    failed++;
}
console.log(`\n${summary.join("\n")}\n${((Date.now() - begun) / 1000).toFixed(0)} s in all`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
