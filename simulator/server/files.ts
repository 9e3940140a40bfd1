// Owns where the simulator's files are on disk and how they are read.
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** A file of this package. */
export function readAsset(path: string): Promise<Buffer> {
  return readFile(join(ROOT, path));
}

/** A built browser script; a clear message when set-up has not been run. */
export async function readBuilt(name: string): Promise<Buffer> {
  try {
    return await readFile(join(ROOT, "built", name));
  } catch {
    throw new Error(`built/${name} is missing: run "npm start" in simulator/ once, or call ensureSimulator().`);
  }
}

const FONTS = join(ROOT, "node_modules/@fluentui/font-icons-mdl2/fonts");

/** A font of Microsoft's icon package, from node_modules (never copied); undefined when there is none of that name. */
export async function readFont(name: string): Promise<Buffer | undefined> {
  if (!/^[\w.-]+\.woff2?$/.test(name)) return undefined;
  return readFile(join(FONTS, name)).catch(() => undefined);
}
