// Owns `npm run demo`: builds what is missing, starts the demo, and says first where to look and what to do.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const bundle = join(root, "out/controls/ChatWithAgent/bundle.js");

/** Reads `--port N`; one clear line for anything else. */
function readPort(args) {
  let port = 4300;
  for (let index = 0; index < args.length; index++) {
    const [name, inline] = args[index].split("=");
    if (name !== "--port") fail(`Unknown option ${args[index]}: the only option is --port N.`);
    const text = inline ?? args[++index] ?? "";
    port = Number(text);
    if (!/^\d+$/.test(text) || port > 65535) fail(`--port needs a number from 0 to 65535, not "${text}".`);
  }
  return port;
}

function fail(line) {
  console.error(line);
  process.exit(1);
}

/** Whether the port is taken; asked before anything is built, so that the answer comes at once. */
function isTaken(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => resolve(error.code === "EADDRINUSE"));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(false)));
  });
}

/** The newest change below a folder, or of a file; generated files do not count. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path)
    .filter((name) => name !== "generated" && name !== "node_modules")
    .reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}

function controlIsCurrent() {
  if (!existsSync(bundle) || !existsSync(join(root, "out/page/chat.js"))) return false;
  const sources = ["ChatWithAgent", "page", "tools/page.mjs", "ChatWithAgent.pcfproj", "pcfconfig.json", "tsconfig.json", "package.json"];
  return Math.max(...sources.map((name) => newest(join(root, name)))) <= statSync(bundle).mtimeMs;
}

const children = new Set();

/** Runs a program of ours to its end; its output is shown only when it fails. */
function run(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    children.add(child);
    let output = "";
    child.stdout.on("data", (chunk) => (output += String(chunk)));
    child.stderr.on("data", (chunk) => (output += String(chunk)));
    child.on("close", (code) => {
      children.delete(child);
      if (code === 0) resolve();
      else reject(new Error(`${output.trim()}\n${args.join(" ")} failed.`));
    });
  });
}

async function buildControl() {
  if (controlIsCurrent()) return;
  console.log("Building the control ...");
  await run([join(root, "tools/build.mjs")]);
}

let demo;
let ending = false;
function end() {
  if (ending) return;
  ending = true;
  for (const child of children) child.kill();
  const last = setTimeout(() => process.exit(0), 2000);
  last.unref();
  Promise.resolve(demo?.close()).finally(() => process.exit(0));
}
process.on("SIGINT", end);
process.on("SIGTERM", end);

const port = readPort(process.argv.slice(2));
if (port !== 0 && (await isTaken(port))) fail(`Port ${port} is already in use: end the other program, or choose another port with: npm run demo -- --port ${port + 1}`);
try {
  const { ensureSimulator } = await import("../simulator/setup.mjs");
  await buildControl();
  await ensureSimulator((line) => console.log(line));
  const { tsImport } = await import("tsx/esm/api");
  const { startDemo } = await tsImport("../demo/server.ts", import.meta.url);
  demo = await startDemo({ port });
  console.log(`Model-driven app   ${demo.url}/
Custom page        ${demo.url}/custom-page
Form designer      ${demo.url}/designer
Administrator      ${demo.url}/admin
Set-up, contacts   ${demo.url}/setup
Form scripts       ${demo.url}/examples
Agent's console    ${demo.url}/agent
Gallery of looks   ${demo.url}/gallery

1. Open the app and the agent's console side by side.
2. In the app, press the chat button in the form's Help section and write a line.
3. In the console, accept the conversation: it shows who it is and the contact it is linked to.
4. Go on to another record, reload the page: the chat stays. "Demo settings" at the top right changes user, look and set-up.
Nothing leaves this machine. Ctrl+C ends everything.`);
} catch (error) {
  if (!ending) fail(error instanceof Error ? error.message : String(error));
}
