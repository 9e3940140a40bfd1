// Owns the command line of the benchmark. Pure.

export const PART_NAMES = ["before-intent", "ready", "records", "mounts", "bundle", "context"] as const;
export type PartName = (typeof PART_NAMES)[number];

export interface Options {
    readonly only: readonly PartName[];
    readonly quick: boolean;
    readonly rounds: number;
    /** First conversations of each subject in the part `context`. */
    readonly conversations: number;
    /** Whether the documentation gets these results. */
    readonly document: boolean;
}

const FULL = { rounds: 15, conversations: 200 };
const QUICK = { rounds: 2, conversations: 3 };

const isPart = (name: string): name is PartName => (PART_NAMES as readonly string[]).includes(name);

function count(name: string, text: string | undefined): number {
    if (text === undefined || !/^[1-9]\d{0,4}$/.test(text)) throw new Error(`${name} needs a number above 0.`);
    return Number(text);
}

/** Reads the arguments; throws one clear line for what it does not know. */
export function readOptions(args: readonly string[]): Options {
    const words = args.flatMap((arg) =>
        arg.startsWith("--") && arg.includes("=")
            ? [arg.slice(0, arg.indexOf("=")), arg.slice(arg.indexOf("=") + 1)]
            : [arg],
    );
    let only: readonly PartName[] = PART_NAMES;
    let [quick, document] = [false, false];
    let rounds: number | undefined;
    let conversations: number | undefined;
    for (let index = 0; index < words.length; index++) {
        const word = words[index];
        if (word === "--quick") quick = true;
        else if (word === "--document") document = true;
        else if (word === "--rounds") rounds = count(word, words[++index]);
        else if (word === "--conversations") conversations = count(word, words[++index]);
        else if (word === "--only") {
            const names = (words[++index] ?? "").split(",").map((name) => name.trim());
            const unknown = names.filter((name) => !isPart(name));
            if (unknown.length > 0)
                throw new Error(`There is no part named "${unknown.join(", ")}". The parts: ${PART_NAMES.join(", ")}.`);
            only = PART_NAMES.filter((name) => names.includes(name));
        } else
            throw new Error(
                `Unknown option ${word ?? ""}. Known: --quick, --only <parts>, --rounds <number>, --conversations <number>, --document.`,
            );
    }
    if (document && quick) throw new Error("A quick run is no measurement, and does not go into the documentation.");
    const standard = quick ? QUICK : FULL;
    return {
        only,
        quick,
        rounds: rounds ?? standard.rounds,
        conversations: conversations ?? standard.conversations,
        document,
    };
}
