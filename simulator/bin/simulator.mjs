#!/usr/bin/env node
// Owns the command: set-up, then the standalone server in a process of its own loader.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ensureSimulator } from "../setup.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  await ensureSimulator((line) => console.log(line));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

const loader = pathToFileURL(join(root, "node_modules/tsx/dist/loader.mjs")).href;
const child = spawn(
  process.execPath,
  ["--import", loader, join(root, "server/standalone.ts"), ...process.argv.slice(2)],
  { stdio: "inherit" },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code) => process.exit(code ?? 0));
