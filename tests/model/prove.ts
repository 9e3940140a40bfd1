// Owns the proof: so many lives from a seed; the first that breaks a rule is shortened and told step by step.
import fc from "fast-check";
import type { World } from "./browser";
import { PLAIN } from "./examples";
import { lives } from "./generators";
import { live } from "./life";
import type { Life } from "./life";

export interface Proof {
    readonly lives: number;
    readonly events: number;
    /** What went wrong, and how to see it again. */
    readonly broken: string | undefined;
}

/** `share`: one life in so many is also asked for dead ends after each of its events, instead of at its end alone. */
export async function prove(count: number, seed: number, share = 200): Promise<Proof> {
    let lived = 0;
    let events = 0;
    const all = fc.tuple(lives, fc.noShrink(fc.nat(share - 1).map((drawn) => drawn === 0)));
    const property = fc.asyncProperty(all, async ([life, isThorough]) => {
        lived++;
        const length = await live(life);
        events += length;
        for (let until = 1; isThorough && until < length; until++) events += await live(life, undefined, until);
    });
    const result = await fc.check(property, { numRuns: count, seed });
    const life = result.counterexample?.[0][0];
    if (!life) return { lives: lived, events, broken: undefined };
    const broken = `Seed ${seed}, life ${result.numRuns}, shortened ${result.numShrinks} times:\n${await tell(life)}`;
    return { lives: lived, events, broken };
}

/** A life that breaks a rule, line by line. */
export async function tell(life: Life): Promise<string> {
    let length = Infinity;
    let lines: string[] = [];
    try {
        length = await live(life, (line) => lines.push(line));
        for (let until = 1; until < length; until++) {
            lines = [];
            await live(life, (line) => lines.push(line), until);
        }
    } catch (error) {
        return [`The world: ${describe(life)}`, ...lines, String(error)].join("\n");
    }
    return "Nothing goes wrong.";
}

/** How the life's world differs from the plain one. */
function describe({ world }: Life): string {
    const text = (value: unknown): string => JSON.stringify(value).replace(/^(\[(\d+))(,\2){9,}\]$/, "always $2");
    const isChanged = ([name, value]: [string, unknown]): boolean => text(value) !== text(PLAIN[name as keyof World]);
    const changes = Object.entries(world).filter(isChanged);
    return changes.map(([name, value]) => `${name} ${text(value)}`).join(", ") || "plain";
}
