// Owns what is made of the results: the section of the documentation, the list of goals, the chart. Pure.
import { drawChart } from "./chart";
import { PART_NAMES } from "./options";
import type { PartName } from "./options";
import type { PartResult } from "./part";
import { toMarkdown, whole } from "./table";
import type { Table } from "./table";

/** What a part came to, and when. */
export interface Measured extends PartResult {
    /** ISO 8601. */
    readonly date: string;
    /** Of the benchmark and the control; with a mark if files were changed after it. */
    readonly commit: string;
    /** Rounds; for the part `context`, conversations of each subject. */
    readonly rounds: number;
    readonly seconds: number;
}

export interface Machine {
    readonly processor: string;
    readonly cores: number;
    /** GiB. */
    readonly memory: number;
    readonly system: string;
    readonly node: string;
    readonly browser: string;
}

export interface Results {
    readonly mode: "full" | "quick";
    /** What was measured: a hash of the built bundle, which a commit alone does not tell. */
    readonly bundle: string;
    readonly machine: Machine;
    readonly parts: Readonly<Partial<Record<PartName, Measured>>>;
}

/**
 * Parts of an earlier run stay beside those of this one if all else is the same: the same bundle on the same machine,
 * and no quick look.
 */
export function merged(earlier: Results | undefined, now: Results): Results {
    const isSame =
        earlier?.mode === "full" &&
        now.mode === "full" &&
        earlier.bundle === now.bundle &&
        JSON.stringify(earlier.machine) === JSON.stringify(now.machine);
    const parts = isSame ? { ...earlier.parts, ...now.parts } : now.parts;
    return {
        ...now,
        parts: Object.fromEntries(PART_NAMES.flatMap((name) => (parts[name] ? [[name, parts[name]]] : []))),
    };
}

/** Fewer rounds than these are no measurement. */
const LEAST: Readonly<Record<PartName, number>> = {
    "before-intent": 15,
    ready: 15,
    records: 15,
    mounts: 15,
    bundle: 1,
    context: 200,
};

/** Parts that were not measured, or not often enough. */
export const missingOf = ({ parts }: Results): PartName[] =>
    PART_NAMES.filter((name) => (parts[name]?.rounds ?? 0) < LEAST[name]);

const day = (date: string): string => date.slice(0, 10);
const datesOf = ({ parts }: Results): string =>
    [...new Set(Object.values(parts).map(({ date }) => day(date)))].join(", ");

/** Every budget with its figure. */
export function goalsOf({ parts }: Results): Table {
    return {
        caption: "Goals.",
        columns: ["Goal", "Measured", "Met"],
        rows: Object.values(parts).flatMap(({ goals }) =>
            goals.map(({ text, figure, isMet }) => [text, figure, isMet ? "yes" : "no"]),
        ),
    };
}

export function chartOf(results: Results): string {
    const kind = results.mode === "quick" ? "a quick look and no measurement, " : "";
    return drawChart(
        "Performance of ChatWithAgent",
        `Medians with quartiles, shares of conversations with their 95 % interval; ${kind}${datesOf(results)}, ${results.machine.cores} cores. A dashed line is a budget, or what all else is held against.`,
        Object.values(results.parts).flatMap(({ bars }) => bars),
    );
}

/** The generated section of docs/performance.md. */
export function documentOf(results: Results): string {
    const { machine, bundle, parts } = results;
    const { processor, cores, memory, system, node, browser } = machine;
    const kind = results.mode === "quick" ? "a quick look, no measurement, " : "";
    const often = (name: PartName, rounds: number): string =>
        name === "bundle"
            ? "once"
            : name === "context"
              ? `with ${rounds} conversations of each subject`
              : `with ${rounds} rounds`;
    const sections = PART_NAMES.flatMap((name) => {
        const part = parts[name];
        return part
            ? [
                  [
                      `### ${part.title}`,
                      part.note,
                      ...part.tables.map(toMarkdown),
                      `Measured on ${day(part.date)} ${often(name, part.rounds)}, in ${whole(part.seconds)} s, at commit ${part.commit}.`,
                  ].join("\n\n"),
              ]
            : [];
    });
    return [
        `**${datesOf(results)}**, ${kind}bundle ${bundle}. ${processor}, ${cores} cores, ${memory} GiB, ${system}; Chromium ${browser} without a window, Node.js ${node}.`,
        "![Bars of the ratios in the tables below, with their quartiles and budgets](images/performance.svg)",
        toMarkdown(goalsOf(results)),
        ...sections,
    ].join("\n\n");
}
