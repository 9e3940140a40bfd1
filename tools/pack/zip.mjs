// Owns the zip files: written with fflate in a fixed order and with fixed times, read with yauzl, which takes nothing
// on trust.
import { zipSync } from "fflate";
import yauzl from "yauzl";
import { PackError } from "./xml.mjs";

/** Times in a zip are local; local midnight gives the same bytes in every time zone. */
const TIME = new Date(2020, 0, 1);

/** Deflate, as in the packages that Dataverse exports. */
export const DEFLATE = 8;

/**
 * One file of a package. `method` is zip's number of the compression.
 * @typedef {{ readonly name: string, readonly data: Uint8Array, readonly method: number }} Entry
 */

/**
 * The same entries give the same bytes, on every machine.
 * @param {readonly Entry[]} entries
 * @returns {Uint8Array}
 */
export function writeZip(entries) {
    return zipSync(Object.fromEntries(entries.map(({ name, data }) => [name, [data, { level: 9, mtime: TIME }]])));
}

/**
 * Reads all entries in their order; throws one line for a file that an import could not read.
 * @param {Uint8Array} bytes
 * @param {string} name the file, as people know it
 * @returns {Promise<Entry[]>}
 */
export async function readZip(bytes, name) {
    try {
        const zip = await yauzl.fromBufferPromise(Buffer.from(bytes), { lazyEntries: true, strictFileNames: true });
        const entries = [];
        for await (const entry of zip.eachEntry()) {
            const chunks = [];
            for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
            entries.push({ name: entry.fileName, data: Buffer.concat(chunks), method: entry.compressionMethod });
        }
        return entries;
    } catch (error) {
        throw new PackError(`${name} cannot be read as a zip file: ${error.message}`);
    }
}
