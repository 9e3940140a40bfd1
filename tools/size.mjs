// Owns the budgets of control and page: measures what a user's browser fetches, gzip at its best, holds it against the gates, and tells what the control's bytes are for.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { PAGE_FILES, SETUP_FILES } from "./page.mjs";
import { membersOf } from "./size/members.mjs";
import { measureModules } from "./size/modules.mjs";

/** Bytes; raised by a decision record only (docs/decisions). */
export const GATE = 23_156;
const TARGET = 8_192;

/** The page with everything that one user's browser fetches: HTML, style sheet, the script with React, Fluent and English, and the largest of the other languages. */
export const PAGE_GATE = 122_880;

/** The administrator's page, in the same way: 200 KB. */
export const SETUP_GATE = 204_800;

const out = join(dirname(fileURLToPath(import.meta.url)), "../out");

/** @param {readonly string[]} paths below out/ @returns {{ bytes: number, gzip: number }} */
function measureAll(paths) {
    const files = paths.map((path) => readFileSync(join(out, path)));
    const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
    return { bytes: sum(files.map((file) => file.length)), gzip: sum(files.map((file) => gzipSync(file, { level: 9 }).length)) };
}

export const measure = () => measureAll(["controls/ChatWithAgent/bundle.js"]);

/**
 * @param {readonly string[]} [files] of the page @param {RegExp} [texts] the names of its languages' files
 * @returns {{ bytes: number, gzip: number, largest: string, texts: number }} `largest` is the largest language's file, `texts` its gzip
 */
export function measurePage(files = PAGE_FILES, texts = /^\d/) {
    const page = measureAll(files.map((name) => `page/${name}`));
    const languages = readdirSync(join(out, "page/texts")).filter((name) => texts.test(name)).map((name) => ({ name, ...measureAll([`page/texts/${name}`]) }));
    const largest = languages.reduce((one, other) => (other.gzip > one.gzip ? other : one), { name: "none", bytes: 0, gzip: 0 });
    return { bytes: page.bytes + largest.bytes, gzip: page.gzip + largest.gzip, largest: largest.name, texts: largest.gzip };
}

/** @param {readonly import("./size/modules.mjs").Part[]} parts @param {number} gzip of the shipped bundle @returns {string} a line for each: bytes, share, and that share of the shipped bundle's gzip bytes */
function report(parts, gzip) {
    const width = Math.max(...parts.map(({ name }) => name.length));
    return parts.map(({ name, bytes, share }) => `  ${name.padEnd(width)} ${String(bytes).padStart(6)} ${(share * 100).toFixed(1).padStart(5)} % ${String(Math.round(share * gzip)).padStart(6)}`).join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const { bytes, gzip } = measure();
    console.log(`Production bundle: ${bytes} bytes, ${gzip} gzip (target ${TARGET}, gate ${GATE}).`);
    const page = measurePage();
    console.log(`Page, its script and the largest language: ${page.bytes} bytes, ${page.gzip} gzip (gate ${PAGE_GATE}), of which ${page.texts} for ${page.largest}.`);
    const setup = measurePage(SETUP_FILES, /^setup/);
    console.log(`Administrator's page, its script and the largest language: ${setup.bytes} bytes, ${setup.gzip} gzip (gate ${SETUP_GATE}), of which ${setup.texts} for ${setup.largest}.`);

    const { modules, folders } = await measureModules();
    console.log(`\nWhat the control's bytes are for: minified by esbuild, their share, and that share of the ${gzip} gzip bytes (an estimate).\n${report(folders, gzip)}\n\n${report(modules, gzip)}`);
    for (const [library, { names, unknown }] of Object.entries(membersOf(readFileSync(join(out, "controls/ChatWithAgent/bundle.js"), "utf8")))) console.log(`\nOf the platform's ${library === "react" ? "React" : "Fluent"}: ${names.join(", ")}${unknown ? `, and ${unknown} uses that cannot be read off` : ""}.`);
    if (gzip > GATE) console.error(`The bundle is ${gzip - GATE} bytes over its gate.`);
    if (page.gzip > PAGE_GATE) console.error(`The page is ${page.gzip - PAGE_GATE} bytes over its gate.`);
    if (setup.gzip > SETUP_GATE) console.error(`The administrator's page is ${setup.gzip - SETUP_GATE} bytes over its gate.`);
    if (gzip > GATE || page.gzip > PAGE_GATE || setup.gzip > SETUP_GATE) process.exit(1);
}
