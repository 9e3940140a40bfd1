// Owns the budgets of control and page: measures what a user's browser fetches, gzip at its best, and holds it against the gates.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { PAGE_FILES } from "./page.mjs";

/** Bytes; raised by a decision record only (docs/decisions). */
export const GATE = 19_456;
const TARGET = 8_192;

/** The page with everything that one user's browser fetches: HTML, style sheet, the script with React, Fluent and English, and the largest of the other languages. */
export const PAGE_GATE = 122_880;

const out = join(dirname(fileURLToPath(import.meta.url)), "../out");

/** @param {readonly string[]} paths below out/ @returns {{ bytes: number, gzip: number }} */
function measureAll(paths) {
    const files = paths.map((path) => readFileSync(join(out, path)));
    const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
    return { bytes: sum(files.map((file) => file.length)), gzip: sum(files.map((file) => gzipSync(file, { level: 9 }).length)) };
}

export const measure = () => measureAll(["controls/ChatWithAgent/bundle.js"]);

/** @returns {{ bytes: number, gzip: number, largest: string, texts: number }} `largest` is the largest language's file, `texts` its gzip */
export function measurePage() {
    const page = measureAll(PAGE_FILES.map((name) => `page/${name}`));
    const languages = readdirSync(join(out, "page/texts")).map((name) => ({ name, ...measureAll([`page/texts/${name}`]) }));
    const largest = languages.reduce((one, other) => (other.gzip > one.gzip ? other : one), { name: "none", bytes: 0, gzip: 0 });
    return { bytes: page.bytes + largest.bytes, gzip: page.gzip + largest.gzip, largest: largest.name, texts: largest.gzip };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const { bytes, gzip } = measure();
    console.log(`Production bundle: ${bytes} bytes, ${gzip} gzip (target ${TARGET}, gate ${GATE}).`);
    const page = measurePage();
    console.log(`Page, its script and the largest language: ${page.bytes} bytes, ${page.gzip} gzip (gate ${PAGE_GATE}), of which ${page.texts} for ${page.largest}.`);
    if (gzip > GATE) console.error(`The bundle is ${gzip - GATE} bytes over its gate.`);
    if (page.gzip > PAGE_GATE) console.error(`The page is ${page.gzip - PAGE_GATE} bytes over its gate.`);
    if (gzip > GATE || page.gzip > PAGE_GATE) process.exit(1);
}
