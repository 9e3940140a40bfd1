// Owns the question which module the bundle's bytes are for. The shipped bundle has no source map, so the same
// sources are bundled once more, by esbuild, and the shares are taken from there.
import { build } from "esbuild";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * @typedef {object} Part
 * @property {string} name a module below ChatWithAgent/, or a folder with a stroke at its end
 * @property {number} bytes minified
 * @property {number} share of all of them, from 0 to 1
 */

/** @param {readonly { readonly name: string, readonly bytes: number }[]} parts @returns {Part[]} the largest first */
function shared(parts) {
    const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
    return parts
        .map(({ name, bytes }) => ({ name, bytes, share: bytes / total }))
        .sort((one, other) => other.bytes - one.bytes);
}

/**
 * Bytes of each module of the control and of each folder, without those that leave nothing in the bundle.
 * @returns {Promise<{ readonly modules: Part[], readonly folders: Part[], readonly bytes: number }>}
 */
export async function measureModules() {
    const { metafile } = await build({
        absWorkingDir: ROOT,
        entryPoints: ["ChatWithAgent/index.ts"],
        bundle: true,
        minify: true,
        write: false,
        metafile: true,
        format: "iife",
        globalName: "control",
        target: ["chrome100", "edge100", "safari16.4", "firefox115"],
        external: ["react", "@fluentui/react-components"],
        logLevel: "silent",
    });
    const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
    const modules = inputs
        .map(([path, { bytesInOutput: bytes }]) => ({ name: path.replace(/^ChatWithAgent\//, ""), bytes }))
        .filter(({ bytes }) => bytes > 0);
    const folders = new Map();
    for (const { name, bytes } of modules) {
        const folder = name.includes("/") ? name.slice(0, name.indexOf("/") + 1) : name;
        folders.set(folder, (folders.get(folder) ?? 0) + bytes);
    }
    return {
        modules: shared(modules),
        folders: shared([...folders].map(([name, bytes]) => ({ name, bytes }))),
        bytes: modules.reduce((sum, { bytes }) => sum + bytes, 0),
    };
}
