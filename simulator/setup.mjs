// Owns set-up: dependencies and browser scripts of the simulator. Node built-ins only: it runs before anything is
// installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = dirname(fileURLToPath(import.meta.url));
const STAMP = "node_modules/.simulator-stamp";
const LOCK = "built/.lock";
const OUTPUTS = ["page-script.js", "second-stage.js", "console.js"];
/** Packages that make their files in an install script; all others may not run any. */
const REBUILD = ["abort-controller-es5", "markdown-it-attrs-es5", "p-defer-es5", "esbuild"];

const read = (path) => (existsSync(path) ? readFileSync(path) : Buffer.alloc(0));

function hash(...parts) {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part).update("\0");
  return sum.digest("hex");
}

/** @param {string} root */
function lockHash(root) {
  return hash(read(join(root, "package-lock.json")), process.platform, process.arch);
}

/** @param {string} root */
export function dependenciesFit(root) {
  return read(join(root, STAMP)).toString() === lockHash(root);
}

/** @param {string} root */
export function inputsHash(root) {
  const parts = [lockHash(root), read(join(root, "setup.mjs"))];
  for (const folder of ["widget", "console"]) {
    const path = join(root, folder);
    if (!existsSync(path)) continue;
    for (const name of readdirSync(path).sort())
      if (statSync(join(path, name)).isFile()) parts.push(name, readFileSync(join(path, name)));
  }
  return hash(...parts);
}

/** @param {string} root */
export function bundleFits(root) {
  const built = join(root, "built");
  return (
    OUTPUTS.every((name) => existsSync(join(built, name))) && read(join(built, "stamp")).toString() === inputsHash(root)
  );
}

/**
 * Runs npm to its end, also when the person presses Ctrl+C: npm then tidies up, and the next start finds no half of
 * it still running.
 */
function npm(args, report) {
  return new Promise((resolve, reject) => {
    // On Windows npm is a script, which only a shell can start; the arguments are all our own.
    const child = spawn("npm", args, {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    let interrupted = false;
    const stop = (signal) => {
      if (!interrupted) report("Stopping…");
      interrupted = true;
      child.kill(signal);
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
    const done = () => process.off("SIGINT", stop).off("SIGTERM", stop);
    const keep = (chunk) => {
      output = (output + chunk).slice(-4000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => {
      done();
      reject(error);
    });
    child.on("close", (code) => {
      done();
      if (interrupted)
        return reject(
          Object.assign(new Error("Set-up was interrupted; the next start goes on with it."), { interrupted }),
        );
      if (code === 0) return resolve();
      report(output.trim());
      reject(
        new Error(
          `npm ${args[0]} ended with code ${code}. Is the npm registry reachable? Run the same command again to go on.`,
        ),
      );
    });
  });
}

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** Runs `work` while no other process sets up the same folder. The lock of a process that has died does not count. */
async function alone(report, work) {
  const path = join(ROOT, LOCK);
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const holder = Number(read(path).toString());
    if (holder > 0 && holder !== process.pid && alive(holder)) {
      if (!told) report("Another process is setting up the simulator; waiting for it…");
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 300));
    } else {
      rmSync(path, { force: true });
    }
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

export async function ensureWidgetBundle(report) {
  if (!bundleFits(ROOT)) await alone(report, () => buildBundle(report));
}

/** Puts the finished build in place in one step, so that an interrupted one leaves nothing half made. */
async function buildBundle(report) {
  if (bundleFits(ROOT)) return;
  report("Building the browser scripts of the simulator (about 5 seconds)…");
  const stamp = inputsHash(ROOT);
  const { build } = await import(pathToFileURL(join(ROOT, "node_modules/esbuild/lib/main.js")).href);
  const work = join(ROOT, `built/.work-${process.pid}`);
  mkdirSync(work, { recursive: true });
  try {
    const common = {
      bundle: true,
      format: "iife",
      target: "es2020",
      minify: true,
      legalComments: "none",
      logLevel: "error",
      absWorkingDir: ROOT,
      outdir: work,
    };
    await Promise.all([
      build({ ...common, entryPoints: { "page-script": "widget/page-script.ts" } }),
      build({ ...common, entryPoints: { console: "console/console.ts" } }),
      build({
        ...common,
        entryPoints: { "second-stage": "widget/frame.ts" },
        mainFields: ["browser", "module", "main"],
        define: { global: "window", "process.env.NODE_ENV": '"production"' },
        alias: {
          react: join(ROOT, "node_modules/react"),
          "react-dom": join(ROOT, "node_modules/react-dom"),
          // Exactly this specifier: the adapter also asks for its package.json.
        },
        plugins: [
          {
            name: "chat-client",
            setup(bundler) {
              bundler.onResolve({ filter: /^@azure\/communication-chat$/ }, () => ({
                path: join(ROOT, "widget/chat-client.ts"),
              }));
            },
          },
        ],
      }),
    ]);
    for (const name of OUTPUTS) renameSync(join(work, name), join(ROOT, "built", name));
    writeFileSync(join(work, "stamp"), stamp);
    renameSync(join(work, "stamp"), join(ROOT, "built/stamp"));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function install(report) {
  if (dependenciesFit(ROOT)) return;
  rmSync(join(ROOT, STAMP), { force: true });
  report(
    "Installing the simulator's packages: Microsoft's widget and its dependencies, 800 MB on disk (about a minute, once)…",
  );
  const ci = () => npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], report);
  try {
    await ci();
  } catch (error) {
    if (error.interrupted) throw error;
    // What an interrupted run has left can stand in the way.
    report("Once more, from an empty folder…");
    rmSync(join(ROOT, "node_modules"), { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
    await ci();
  }
  report("Preparing four of them…");
  await npm(["rebuild", ...REBUILD], report);
  writeFileSync(join(ROOT, STAMP), lockHash(ROOT));
}

export async function ensureSimulator(report) {
  if (dependenciesFit(ROOT) && bundleFits(ROOT)) return;
  await alone(report, async () => {
    await install(report);
    await buildBundle(report);
  });
}
