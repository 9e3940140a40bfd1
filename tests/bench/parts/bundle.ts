// Owns the fifth part: what the bundle weighs, module by module, what it takes from the platform, and what bundled
// packages would weigh in its place.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { membersOf } from "../../../tools/size/members.mjs";
import { measureModules } from "../../../tools/size/modules.mjs";
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

export async function measureBundle({ build: folder }: Pick<Run, "build">): Promise<PartResult> {
    const shipped = sizeOf(join(folder, "bundle.js"));
    const packages = sizeOf(join(ROOT, "simulator/built/second-stage.js"));
    const { modules, folders, bytes: total } = await measureModules();
    const row = ({ name, bytes, share }: (typeof modules)[number]): string[] => [
        name,
        whole(bytes),
        percent(share),
        whole(share * shipped.gzip),
    ];
    const { react, fluent } = membersOf(readFileSync(join(folder, "bundle.js"), "utf8"));
    const listed = ({ names, unknown }: { readonly names: readonly string[]; readonly unknown: number }): string =>
        names.join(", ") + (unknown > 0 ? ` (and ${unknown} uses that cannot be read off)` : "");
    return {
        title: "The bundle",
        note: `The shipped bundle has no source map, so a module's share is that in a build of the same sources by esbuild (${whole(total)} bytes), and its gzip bytes are that share of the shipped bundle's: an estimate. The platform's members are read off the shipped bundle. React: ${listed(react)}. Fluent: ${listed(fluent)}.`,
        tables: [
            {
                caption: "What is fetched for the component itself.",
                columns: ["File", "Bytes", "Gzip", `Of the target of ${whole(TARGET)} ×`],
                rows: [
                    [
                        "the shipped bundle",
                        whole(shipped.bytes),
                        whole(shipped.gzip),
                        (shipped.gzip / TARGET).toFixed(2),
                    ],
                    [
                        "the widget's packages, bundled into a component",
                        whole(packages.bytes),
                        whole(packages.gzip),
                        (packages.gzip / TARGET).toFixed(2),
                    ],
                ],
            },
            {
                caption: "By folder.",
                columns: ["Folder", "Bytes (esbuild)", "Share", "Gzip, by share"],
                rows: folders.map(row),
            },
            {
                caption: "By module.",
                columns: ["Module", "Bytes (esbuild)", "Share", "Gzip, by share"],
                rows: modules.map(row),
            },
        ],
        goals: [
            {
                text: `Gzip at most ${whole(TARGET)} bytes (target; the gate is in tools/size.mjs)`,
                figure: whole(shipped.gzip),
                isMet: shipped.gzip <= TARGET,
            },
        ],
        bars: [],
        samples: {
            "shipped: gzip": [shipped.gzip],
            "shipped: bytes": [shipped.bytes],
            "packages: gzip": [packages.gzip],
            "packages: bytes": [packages.bytes],
        },
    };
}
