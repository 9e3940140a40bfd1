// Owns the bundle's budget: measures what a user's browser fetches, gzip at its best, and holds it against the gate.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/** Bytes; raised by a decision record only (docs/decisions). */
export const GATE = 19_456;
const TARGET = 8_192;

const bundle = join(dirname(fileURLToPath(import.meta.url)), "../out/controls/ChatWithAgent/bundle.js");

/** @returns {{ bytes: number, gzip: number }} */
export function measure() {
    const code = readFileSync(bundle);
    return { bytes: code.length, gzip: gzipSync(code, { level: 9 }).length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const { bytes, gzip } = measure();
    console.log(`Production bundle: ${bytes} bytes, ${gzip} gzip (target ${TARGET}, gate ${GATE}).`);
    if (gzip > GATE) {
        console.error(`The bundle is ${gzip - GATE} bytes over its gate.`);
        process.exit(1);
    }
}
