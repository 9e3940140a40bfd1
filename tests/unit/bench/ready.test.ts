// What the part "intent to ready" tells of its samples: what each figure is held against, and which goals are met.
import { tellReady } from "../../bench/parts/ready";
import type { Times } from "../../bench/parts/ready";

const QUICK = { quick: true };
const [BARE, NONE, LONG, HOVERED] = [
    "bare tag, script 200 ms",
    "control, address 0 ms, script 200 ms",
    "control, address 3000 ms, script 200 ms",
    "hovered, address 0 ms, script 200 ms",
] as const;

const times = (over: Partial<Times>): Times => ({
    ready: 1_000,
    started: 1_000,
    queued: 1_500,
    settings: 0,
    email: 0,
    ahead: 0,
    calls: 1,
    ...over,
});

/** Three rounds, in all of which the bare tag takes 1,000 ms to ready and 500 more to its conversation. */
function told(
    control: Partial<Times>,
    late: Partial<Times> = { ready: 3_100, queued: 3_700, email: 3_000 },
    hovered: Partial<Times> = {},
): ReturnType<typeof tellReady> {
    const thrice = (over: Partial<Times>): Times[] => [times(over), times(over), times(over)];
    return tellReady(QUICK, {
        [BARE]: thrice({}),
        [NONE]: thrice(control),
        [LONG]: thrice(late),
        "bare tag again": thrice({}),
        [HOVERED]: thrice(hovered),
    });
}

const goalsOf = (result: ReturnType<typeof tellReady>): Record<string, [string, boolean]> =>
    Object.fromEntries(result.goals.map(({ text, figure, isMet }) => [text.replace(/ ms|:.*/g, ""), [figure, isMet]]));

test("ready is held against the settings, and then the slower of the bare tag and the address", () => {
    const goals = goalsOf(
        told(
            { ready: 1_155, queued: 1_600, settings: 100 },
            { ready: 3_160, queued: 3_660, settings: 100, email: 2_900 },
        ),
    );
    // 1,155 of 100 + 1,000; 3,160 of 100 + 2,900.
    expect(goals["Ready, address 0, script 200"]).toEqual(["1.050", true]);
    expect(goals["Ready, address 3000, script 200"]).toEqual(["1.053", false]);
});

test("the conversation may take what the bare tag takes for it on top", () => {
    const goals = goalsOf(
        told({ ready: 1_000, queued: 1_600, settings: 100 }, { ready: 3_000, queued: 3_850, email: 3_000 }),
    );
    // 1,600 of 100 + 1,000 + 500; 3,850 of 3,000 + 500.
    expect(goals["Conversation, address 0, script 200"]).toEqual(["1.000", true]);
    expect(goals["Conversation, address 3000, script 200"]).toEqual(["1.100", false]);
});

test("after hovering, the bare tag alone is what is held against, and as quick is not quicker", () => {
    expect(goalsOf(told({}, undefined, { ready: 1_000, queued: 1_499, settings: 500, email: 5_000 }))).toMatchObject({
        "Ready after 300 of hovering, address 0, script 200": ["1.000", false],
        "Conversation after 300 of hovering, address 0, script 200": ["0.999", true],
    });
});

test("rounds are compared with their own bare tag", () => {
    const rounds = [1, 2, 3].map((factor) => times({ ready: 1_000 * factor, queued: 1_500 * factor }));
    const result = tellReady(QUICK, {
        [BARE]: rounds,
        [NONE]: rounds,
        [LONG]: rounds,
        "bare tag again": rounds,
        [HOVERED]: rounds,
    });
    expect(result.tables[2]?.rows).toEqual([["200", "1.00", "1.00", "1.00", "1.00"]]);
    expect(goalsOf(result)["Ready, address 0, script 200"]).toEqual(["1.000", true]);
});

test("the chart shows ready and conversation, with and without hovering, and the noise", () => {
    expect(new Set(told({}).bars.map(({ group }) => group)).size).toBe(4);
    expect(told({}).bars.filter(({ label }) => label.startsWith("A/A"))).toHaveLength(2);
});
