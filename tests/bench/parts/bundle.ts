// Owns the fifth part: what the bundle weighs, module by module, what it takes from the platform, and what bundled packages would weigh in its place.
import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { membersOf } from "../members";
import { percent, whole } from "../table";
import type { PartResult, Run } from "../part";

const ROOT = join(__dirname, "../../..");
const TARGET = 8_192;

interface Size {
    readonly bytes: number;
    readonly gzip: number;
}

function sizeOf(path: string): Size {
    const content = readFileSync(path);
    return { bytes: content.length, gzip: gzipSync(content, { level: 9 }).length };
}

/** The same sources as the shipped bundle's, minified by esbuild: bytes of each module in its output, the largest first. */
export async function modules(): Promise<{ readonly path: string; readonly bytes: number }[]> {
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
    const [output] = Object.values(metafile.outputs);
    if (!output) throw new Error("The sources could not be bundled.");
    return Object.entries(output.inputs)
        .map(([path, { bytesInOutput: bytes }]) => ({ path: path.replace(/^ChatWithAgent\//, ""), bytes }))
        .filter(({ bytes }) => bytes > 0)
        .sort((one, other) => other.bytes - one.bytes);
}

export async function measureBundle({ build: folder }: Pick<Run, "build">): Promise<PartResult> {
    const shipped = sizeOf(join(folder, "bundle.js"));
    const packages = sizeOf(join(ROOT, "simulator/built/second-stage.js"));
    const parts = await modules();
    const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
    const folders = new Map<string, number>();
    for (const { path, bytes } of parts) {
        const folder = path.includes("/") ? `${path.slice(0, path.indexOf("/"))}/` : path;
        folders.set(folder, (folders.get(folder) ?? 0) + bytes);
    }
    const row = (name: string, bytes: number): string[] => [name, whole(bytes), percent(bytes / total), whole((bytes / total) * shipped.gzip)];
    const { react, fluent } = membersOf(readFileSync(join(folder, "bundle.js"), "utf8"));
    const listed = ({ names, unknown }: { readonly names: readonly string[]; readonly unknown: number }): string => names.join(", ") + (unknown > 0 ? ` (and ${unknown} uses that cannot be read off)` : "");
    return {
        title: "The bundle",
        note: `The shipped bundle has no source map, so a module's share is that in a build of the same sources by esbuild (${whole(total)} bytes), and its gzip bytes are that share of the shipped bundle's: an estimate. The platform's members are read off the shipped bundle. React: ${listed(react)}. Fluent: ${listed(fluent)}.`,
        tables: [
            {
                caption: "What is fetched for the component itself.",
                columns: ["File", "Bytes", "Gzip", `Of the target of ${whole(TARGET)} ×`],
                rows: [
                    ["the shipped bundle", whole(shipped.bytes), whole(shipped.gzip), (shipped.gzip / TARGET).toFixed(2)],
                    ["the widget's packages, bundled into a component", whole(packages.bytes), whole(packages.gzip), (packages.gzip / TARGET).toFixed(2)],
                ],
            },
            { caption: "By folder.", columns: ["Folder", "Bytes (esbuild)", "Share", "Gzip, by share"], rows: [...folders].sort(([, one], [, other]) => other - one).map(([folder, bytes]) => row(folder, bytes)) },
            { caption: "By module.", columns: ["Module", "Bytes (esbuild)", "Share", "Gzip, by share"], rows: parts.map(({ path, bytes }) => row(path, bytes)) },
        ],
        goals: [{ text: `Gzip at most ${whole(TARGET)} bytes (target; the gate is in tools/size.mjs)`, figure: whole(shipped.gzip), isMet: shipped.gzip <= TARGET }],
        bars: [],
        samples: { "shipped: gzip": [shipped.gzip], "shipped: bytes": [shipped.bytes], "packages: gzip": [packages.gzip], "packages: bytes": [packages.bytes] },
    };
}
