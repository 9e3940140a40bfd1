// Covers bench/part.ts: whose turn it is in each round, and what becomes of a measurement that fails.
import { cell, columns, inRounds } from "../../bench/part";
import type { Run } from "../../bench/part";

const run = (rounds: number, said: string[] = []): Pick<Run, "rounds" | "quick" | "say"> => ({
    rounds,
    quick: false,
    say: (line) => said.push(line),
});

test("all cells take turns, and each round begins with another one", async () => {
    const order: string[] = [];
    const measure = (name: string) => () => {
        order.push(name);
        return Promise.resolve(order.length);
    };
    const samples = await inRounds(run(3), { a: measure("a"), b: measure("b"), c: measure("c") });
    expect(order.join("")).toBe("abcbcacab");
    // The samples stay in the order of the rounds, whoever came first.
    expect(samples).toEqual({ a: [1, 6, 8], b: [2, 4, 9], c: [3, 5, 7] });
});

test("a measurement that fails is told and made once more; one that fails again ends it all", async () => {
    const said: string[] = [];
    let tries = 0;
    const once = (): Promise<number> =>
        ++tries === 1 ? Promise.reject(new Error("The page was gone.\nLong story")) : Promise.resolve(tries);
    expect(await inRounds(run(1, said), { a: once })).toEqual({ a: [2] });
    expect(said).toContain("  once more, a: The page was gone.");
    await expect(inRounds(run(1), { a: () => Promise.reject(new Error("Still gone.")) })).rejects.toThrow(
        "Still gone.",
    );
});

test("a cell that was not measured is no cell", () => {
    expect(cell({ a: [1] }, "a")).toEqual([1]);
    expect(() => cell({ a: [] as number[] }, "a")).toThrow("Nothing was measured for a.");
    expect(() => cell({}, "b")).toThrow("Nothing was measured for b.");
});

test("results keep every number under the names of its cell and member", () => {
    expect(
        columns({
            control: [
                { ready: 1, email: 2 },
                { ready: 3, email: NaN },
            ],
        }),
    ).toEqual({ "control: ready": [1, 3], "control: email": [2] });
});
