// Owns `npm test` of the simulator. Node 20 takes no patterns for test files, and on Windows no shell fills them in.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".test.ts"));
const paths = files.map((name) => join(folder, name));
const { status } = spawnSync(process.execPath, ["--import", "tsx", "--test", ...paths], { stdio: "inherit" });
process.exitCode = status ?? 1;
