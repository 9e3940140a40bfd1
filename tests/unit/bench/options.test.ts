// Covers bench/options.ts: the command line of the benchmark.
import { PART_NAMES, readOptions } from "../../bench/options";

test("without arguments: everything, 15 rounds, 200 conversations, and no word into the documentation", () => {
    expect(readOptions([])).toEqual({
        only: PART_NAMES,
        quick: false,
        rounds: 15,
        conversations: 200,
        document: false,
    });
});

test("a quick run has fewer of both", () => {
    const { quick, rounds, conversations } = readOptions(["--quick"]);
    expect(quick).toBe(true);
    expect(rounds).toBeLessThan(15);
    expect(conversations).toBeLessThan(200);
});

test.each([[["--only", "ready,bundle"]], [["--only=ready,bundle"]], [["--only", " bundle , ready"]]])(
    "%j selects parts, in their own order",
    (args) => {
        expect(readOptions(args).only).toEqual(["ready", "bundle"]);
    },
);

test("numbers are taken as given, also for a quick run", () => {
    expect(readOptions(["--quick", "--rounds", "1", "--conversations=7"])).toMatchObject({
        rounds: 1,
        conversations: 7,
    });
});

test.each([
    [["--only", "reday"], 'There is no part named "reday".'],
    [["--only"], "There is no part named"],
    [["--rounds"], "--rounds needs a number above 0."],
    [["--rounds", "0"], "--rounds needs a number above 0."],
    [["--conversations", "many"], "--conversations needs a number above 0."],
    [["--fast"], "Unknown option --fast."],
    [["--quick", "--document"], "A quick run is no measurement"],
])("%j is refused in one line", (args, line) => {
    expect(() => readOptions(args)).toThrow(line);
});
