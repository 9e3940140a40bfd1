// Owns `npm run bench`: which parts are measured, how often, and where the results go.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { arch, availableParallelism, cpus, platform, release, tmpdir, totalmem } from "node:os";
import { join, relative } from "node:path";
import { ensureSimulator } from "../../simulator/setup.mjs";
import { ensureBrowser } from "../../tools/browser.mjs";
import { readOptions } from "./options";
import type { Options, PartName } from "./options";
import type { PartResult, Run } from "./part";
import { measureBeforeIntent } from "./parts/before-intent";
import { measureBundle } from "./parts/bundle";
import { measureContext } from "./parts/context";
import { measureMounts } from "./parts/mounts";
import { measureReady } from "./parts/ready";
import { measureRecords } from "./parts/records";
import { chartOf, documentOf, goalsOf, merged, missingOf } from "./report";
import type { Machine, Results } from "./report";
import { Stack } from "./stack";
import { between, toText } from "./table";

const ROOT = join(__dirname, "../..");
const OUT = join(__dirname, "out");
const BUILT = join(ROOT, "out/controls/ChatWithAgent");
/** A copy, so that a build in between changes nothing. */
const BUILD = mkdtempSync(join(tmpdir(), "chat-with-agent-bench-"));
const RESULTS = join(OUT, "results.json");
const DOCUMENT = join(ROOT, "docs/performance.md");
const CHART = join(ROOT, "docs/images/performance.svg");

const PARTS: Readonly<Record<PartName, (run: Run) => Promise<PartResult>>> = {
    "before-intent": measureBeforeIntent,
    ready: measureReady,
    records: measureRecords,
    mounts: measureMounts,
    bundle: measureBundle,
    context: measureContext,
};

/** A quick run begins no further part after this time, so that it stays below three minutes. */
const QUICK_MILLISECONDS = 125_000;

const say = (line: string): void => console.log(line);

function commit(): string {
    try {
        const git = (...words: string[]): string =>
            execFileSync("git", words, { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
        return (
            git("rev-parse", "--short", "HEAD") +
            (git("status", "--porcelain", "--untracked-files=no") ? " with changes" : "")
        );
    } catch {
        return "unknown";
    }
}

/** The first page of a browser costs more than all others. */
async function startWarm(): Promise<Stack> {
    const stack = await Stack.start(BUILD);
    await stack.visit({}, async (visit) => {
        await visit.page.evaluate(() => window.bench.go("bare-tag"));
        await visit.until("ready");
    });
    return stack;
}

/** Measures the parts one after the other, and hands each over as soon as it is there. */
async function measure(
    { only, quick, rounds, conversations }: Options,
    keep: (results: Results) => void,
): Promise<void> {
    const stack = await startWarm();
    const [processor] = cpus();
    const machine: Machine = {
        processor: processor?.model.trim() || arch(),
        cores: availableParallelism(),
        memory: Math.round(totalmem() / 2 ** 30),
        system: `${platform()} ${release()}`,
        node: process.version,
        browser: stack.browser.version(),
    };
    const results: Results = {
        mode: quick ? "quick" : "full",
        bundle: createHash("sha256")
            .update(readFileSync(join(BUILD, "bundle.js")))
            .digest("hex")
            .slice(0, 12),
        machine,
        parts: {},
    };
    try {
        const start = Date.now();
        for (const name of only) {
            const begun = new Date();
            if (quick && begun.getTime() - start > QUICK_MILLISECONDS) {
                say(
                    `\n— ${name}: left out, because this machine is too slow or too busy for it to fit into a quick look.`,
                );
                continue;
            }
            say(`\n— ${name}`);
            const others: Stack[] = [];
            const another = async (): Promise<Stack> => {
                const other = await startWarm();
                others.push(other);
                return other;
            };
            try {
                const result = await PARTS[name]({ quick, rounds, conversations, build: BUILD, say, stack, another });
                const seconds = Math.round((Date.now() - begun.getTime()) / 1_000);
                const repeated = { context: conversations, bundle: 1 } as Partial<Record<PartName, number>>;
                keep({
                    ...results,
                    parts: {
                        [name]: {
                            ...result,
                            date: begun.toISOString(),
                            commit: commit(),
                            rounds: repeated[name] ?? rounds,
                            seconds,
                        },
                    },
                });
                say(
                    `\n## ${result.title}\n${result.note}\n\n${result.tables.map(toText).join("\n\n")}\n\n${seconds} s`,
                );
            } finally {
                for (const other of others) await other.close();
            }
        }
    } finally {
        await stack.close();
    }
}

/** English alone, as the platform hands out one language: the demo's host would read all of them. */
function copyBuild(): void {
    cpSync(BUILT, BUILD, { recursive: true });
    const manifest = join(BUILD, "ControlManifest.xml");
    writeFileSync(
        manifest,
        readFileSync(manifest, "utf8").replace(/<resx path="[^"]*"[^>]*\/>/g, (entry) =>
            entry.includes(".1033.resx") ? entry : "",
        ),
    );
}

function earlierResults(): Results | undefined {
    return existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, "utf8")) as Results) : undefined;
}

async function main(): Promise<void> {
    const options = readOptions(process.argv.slice(2));
    if (!existsSync(join(BUILT, "bundle.js"))) throw new Error("The control is not built: run npm run build.");
    await ensureSimulator(say);
    ensureBrowser(say);
    mkdirSync(OUT, { recursive: true });
    copyBuild();
    const begun = Date.now();
    // A quick look is no measurement, and takes the place of none.
    const path = options.quick ? join(OUT, "quick.json") : RESULTS;
    let results = options.quick ? undefined : earlierResults();
    let now: Results | undefined;
    await measure(options, (next) => {
        now = { ...next, parts: { ...now?.parts, ...next.parts } };
        results = merged(results, now);
        writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
    });
    if (!results || !now) throw new Error("Nothing was measured.");
    writeFileSync(join(OUT, "performance.svg"), chartOf(now));
    say(`\n${toText(goalsOf(now))}`);
    say(
        `\n${options.quick ? "A QUICK LOOK, no measurement: few runs. " : ""}${Math.round((Date.now() - begun) / 1_000)} s. Results: ${relative(ROOT, path)}, ${relative(ROOT, join(OUT, "performance.svg"))}`,
    );
    if (options.document) {
        const missing = missingOf(results);
        if (missing.length > 0)
            throw new Error(
                `The documentation is left as it is: ${missing.join(", ")} was not measured with this bundle on this machine, or not often enough.`,
            );
        writeFileSync(DOCUMENT, between(readFileSync(DOCUMENT, "utf8"), "bench", documentOf(results)));
        writeFileSync(CHART, chartOf(results));
        say("Written into docs/performance.md and docs/images/performance.svg.");
    }
}

main()
    .catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exitCode = 1;
    })
    .finally(() => rmSync(BUILD, { recursive: true, force: true }));
