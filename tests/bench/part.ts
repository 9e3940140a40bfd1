// Owns what all parts of the benchmark share: what a part is given, what it hands back, and the rounds in which its
// cells take turns.
import type { Stack } from "./stack";
import type { Table } from "./table";

export interface Run {
    readonly stack: Stack;
    /** A further server and browser for what may go on beside; closed when the part is over. */
    readonly another: () => Promise<Stack>;
    /** How often everything is measured. */
    readonly rounds: number;
    /** How often a first conversation is begun. */
    readonly conversations: number;
    /** A look rather than a measurement: fewer cells, and no round begins after so many seconds of a part. */
    readonly quick: boolean;
    /** The folder of the build that is measured. */
    readonly build: string;
    readonly say: (line: string) => void;
}

/** A budget that a part is held against. Times are told, never enforced. */
export interface Goal {
    readonly text: string;
    readonly figure: string;
    readonly isMet: boolean;
}

/** A bar of the chart: a ratio with its quartiles. */
export interface Bar {
    readonly group: string;
    readonly label: string;
    readonly median: number;
    readonly low: number;
    readonly high: number;
    /** Where the group's budget lies. */
    readonly limit?: number;
}

export interface PartResult {
    readonly title: string;
    /** What the figures are made of, in a sentence or two. */
    readonly note: string;
    readonly tables: readonly Table[];
    readonly goals: readonly Goal[];
    readonly bars: readonly Bar[];
    /** Everything that was measured, round by round. */
    readonly samples: Readonly<Record<string, readonly (number | string)[]>>;
}

/** How long a part goes on beginning rounds in a quick run, in seconds. */
const QUICK_SECONDS = 30;

/**
 * Measures all cells once a round, each round beginning with another one, so that no cell always comes first; a
 * measurement that fails is made once more.
 */
export async function inRounds<Sample>(
    run: Pick<Run, "rounds" | "quick" | "say">,
    cells: Readonly<Record<string, () => Promise<Sample>>>,
): Promise<Readonly<Record<string, Sample[]>>> {
    const names = Object.keys(cells);
    const samples: Record<string, Sample[]> = Object.fromEntries(names.map((name) => [name, []]));
    const begun = Date.now();
    for (let round = 0; round < run.rounds; round++) {
        const seconds = (Date.now() - begun) / 1_000;
        if (run.quick && round > 0 && seconds + seconds / round > QUICK_SECONDS) break;
        for (let turn = 0; turn < names.length; turn++) {
            const name = names[(turn + round) % names.length] ?? "";
            const measure = cells[name];
            if (!measure) continue;
            const sample = await measure().catch((error: unknown) => {
                run.say(
                    `  once more, ${name}: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`,
                );
                return measure();
            });
            samples[name]?.push(sample);
        }
        run.say(`  round ${round + 1} of ${run.rounds}, ${((Date.now() - begun) / 1_000).toFixed(0)} s`);
    }
    return samples;
}

/** The samples of a cell that has to be there. */
export function cell<Sample>(samples: Readonly<Record<string, Sample[]>>, name: string): readonly Sample[] {
    const found = samples[name];
    if (!found || found.length === 0) throw new Error(`Nothing was measured for ${name}.`);
    return found;
}

/** One member of each sample, under the names that results are kept by. */
export function columns<Sample extends object>(
    samples: Readonly<Record<string, readonly Sample[]>>,
): Record<string, number[]> {
    const kept: Record<string, number[]> = {};
    for (const [name, list] of Object.entries(samples)) {
        for (const sample of list)
            for (const [member, value] of Object.entries(sample) as [string, unknown][])
                if (typeof value === "number" && Number.isFinite(value))
                    (kept[`${name}: ${member}`] ??= []).push(value);
    }
    return kept;
}
