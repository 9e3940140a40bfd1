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
    readonly commit: string;
    /** What was measured: a hash of the built bundle, which a commit alone does not tell. */
    readonly bundle: string;
    readonly machine: Machine;
    readonly parts: Readonly<Partial<Record<PartName, Measured>>>;
}

/** Parts of an earlier run stay beside those of this one if all else is the same: the same bundle on the same machine, and no quick look. */
export function merged(earlier: Results | undefined, now: Results): Results {
    const isSame = earlier?.mode === "full" && now.mode === "full" && earlier.bundle === now.bundle && JSON.stringify(earlier.machine) === JSON.stringify(now.machine);
    const parts = isSame ? { ...earlier.parts, ...now.parts } : now.parts;
    return { ...now, parts: Object.fromEntries(PART_NAMES.flatMap((name) => (parts[name] ? [[name, parts[name]]] : []))) };
}

/** Parts that were not measured. */
export const missingOf = ({ parts }: Results): PartName[] => PART_NAMES.filter((name) => !(name in parts));

const day = (date: string): string => date.slice(0, 10);
const datesOf = ({ parts }: Results): string => [...new Set(Object.values(parts).map(({ date }) => day(date)))].join(", ");

/** Every budget with its figure. */
export function goalsOf({ parts }: Results): Table {
    return { caption: "Goals.", columns: ["Goal", "Measured", "Met"], rows: Object.values(parts).flatMap(({ goals }) => goals.map(({ text, figure, isMet }) => [text, figure, isMet ? "yes" : "no"])) };
}

export function chartOf(results: Results): string {
    const kind = results.mode === "quick" ? "a quick look and no measurement, " : "";
    return drawChart("Performance of ChatWithAgent", `Medians with quartiles, ${kind}${datesOf(results)}, ${results.machine.cores} cores. A dashed line is a budget.`, Object.values(results.parts).flatMap(({ bars }) => bars));
}

/** The generated section of docs/performance.md. */
export function documentOf(results: Results): string {
    const { machine, commit, bundle, parts } = results;
    const { processor, cores, memory, system, node, browser } = machine;
    const kind = results.mode === "quick" ? "a quick look, no measurement, " : "";
    const sections = Object.values(parts).map(({ title, note, tables, date, rounds, seconds }) => [`### ${title}`, note, ...tables.map(toMarkdown), `Measured on ${day(date)} with ${rounds} rounds, in ${whole(seconds)} s.`].join("\n\n"));
    return [
        `**${datesOf(results)}**, ${kind}commit ${commit}, bundle ${bundle}. ${processor}, ${cores} cores, ${memory} GiB, ${system}; Chromium ${browser} without a window, Node.js ${node}.`,
        "![Bars of the ratios in the tables below, with their quartiles and budgets](images/performance.svg)",
        toMarkdown(goalsOf(results)),
        ...sections,
    ].join("\n\n");
}
