// Owns the shortest lives that went wrong once; each is named after what went wrong.
import type { Act, Life, Simple, Step } from "./life";
import type { World } from "./browser";

/** A quick network, and a widget that does what it should. */
export const PLAIN: World = {
    scriptMs: 100,
    readyMs: 1_000,
    restoreMs: 120,
    linesMs: 200,
    queueMs: 300,
    closeMs: 200,
    messageMs: 5,
    sizeMs: 0,
    hidesButton: false,
    surveyBefore: false,
    surveyAfter: false,
    isClosed: false,
    tellsCloseAtOnce: false,
    holdsMessages: false,
    isClassic: false,
    configurationMs: 50,
    late: [],
    again: [],
};

const DOUBLED = Array.from({ length: 40 }, () => 500);

/** A step: how long to wait, and what to do. */
const then = (after: number, does: Act | Simple | "press"): Step => ({
    after,
    does: typeof does === "string" ? { act: does } : does,
});
const open = (user: "ann" | "ben", window: 0 | 1 = 0): Act => ({ act: "open", user, window });
const forge = (name: string): Act => ({ act: "forge", name: `lcw:${name}` });

/** Ann chats with an agent. */
export const CHAT: readonly Step[] = [then(0, "press"), then(6_000, "agent writes")];

const example = (name: string, change: Partial<World>, ...steps: readonly Step[]): [name: string, life: Life] => [
    name,
    { world: { ...PLAIN, ...change }, steps },
];

export const EXAMPLES: readonly [name: string, life: Life][] = [
    example(
        "1: what this window wrote down at the press is taken for proof that a foreign chat is one's own",
        { restoreMs: 1_400 },
        ...CHAT,
        then(1_000, open("ben")),
        then(100, "press"),
        then(1_500, "offline"),
        then(100, forge("error")),
        then(100, "online"),
        then(100, "press"),
        then(5_000, "press"),
    ),
    example(
        "2: the echo of a foreign chat's line starts its expulsion over, and the next user is locked out",
        { again: DOUBLED },
        ...CHAT,
        then(1_000, open("ben")),
        then(100, "press"),
        then(40_000, "wait"),
    ),
    example("3a: a stray chatRetrieved at rest", {}, then(0, "load"), then(5_000, forge("chatRetrieved"))),
    example(
        "3b: a stray chatRetrieved before the script has come",
        {},
        then(0, { act: "script unreachable", times: 1 }),
        then(0, "press"),
        then(10, forge("chatRetrieved")),
        then(40_000, "press"),
    ),
    example(
        "4: the late echo of a foreign chat's end hits the new user's chat",
        // The eighth event is the foreign chat's end.
        { again: [0, 0, 0, 0, 0, 0, 0, 3_500, 3_500] },
        ...CHAT,
        then(1_000, open("ben")),
        then(100, "press"),
        then(9_000, "agent writes"),
        then(9_000, "wait"),
    ),
    example("5a: a forged end in a running chat, then a press", {}, ...CHAT, then(6_000, forge("closeChat"))),
    example(
        "5b: a forged end in a running chat, then a reload",
        {},
        ...CHAT,
        then(6_000, forge("closeChat")),
        then(6_000, open("ann")),
        then(9_000, "wait"),
    ),
    example(
        "5c: a forged end while a foreign chat without lines comes back",
        {},
        then(0, "press"),
        then(6_000, open("ben")),
        then(0, "press"),
        then(1_600, forge("closeChat")),
        then(9_000, "wait"),
    ),
    ...["onMessageReceived", "chatRetrieved", "chatQueued", "startChat"].map((name) =>
        example(
            `6a: ${name} once more after the agent's end`,
            {},
            ...CHAT,
            then(3_000, "agent ends"),
            then(1_000, forge(name)),
        ),
    ),
    example(
        "6b: an agent who ends at once, and every event comes twice",
        { again: DOUBLED, queueMs: 20 },
        then(0, "load"),
        then(6_000, "press"),
        then(100, "agent ends"),
        then(5_000, "wait"),
    ),
    example(
        "7: a forged end by the agent while the chat is minimised, then a press",
        {},
        ...CHAT,
        then(3_000, "minimise"),
        then(3_000, forge("threadUpdate")),
        then(1_000, "press"),
    ),
    example(
        "8: a forged ready while the script fails",
        {},
        then(0, { act: "script unreachable", times: 9 }),
        then(0, "press"),
        then(50, forge("ready")),
        then(60_000, "wait"),
    ),
    example(
        "9a: minimising is told again, when the pane is open again",
        // The fifth event is the minimising.
        { again: [0, 0, 0, 0, 3_500] },
        ...CHAT,
        then(3_000, "minimise"),
        then(200, "maximise"),
        then(9_000, "press"),
        then(40_000, "agent writes"),
    ),
    example(
        "9b: a chat that is closed at once, and the next one within 700 ms",
        { queueMs: 20, closeMs: 10 },
        then(0, "load"),
        then(6_000, "press"),
        then(100, "✕"),
        then(50, "press"),
        then(6_000, "wait"),
    ),
    example(
        "9c: a press with a slow context on a running chat, then ✕",
        {},
        ...CHAT,
        then(3_000, { act: "press", contextMs: 3_000 }),
        then(500, "✕"),
        then(6_000, "wait"),
    ),
    example(
        "10a: a dead frame is never removed",
        {},
        then(0, { act: "frame dead", times: 1 }),
        then(0, "press"),
        then(40_000, "press"),
    ),
    example(
        "10b: a foreign chat with a survey behind it",
        { surveyAfter: true },
        ...CHAT,
        then(6_000, open("ben")),
        then(0, "press"),
        then(40_000, "wait"),
    ),
    example(
        "10c: one's own chat, the agent's end, and a survey that is left open",
        { surveyAfter: true },
        ...CHAT,
        then(3_000, "agent ends"),
        then(3_000, "press"),
        then(40_000, "wait"),
    ),
    example(
        "13: a clock that is set back around a reload",
        {},
        ...CHAT,
        then(10, { act: "open", user: "ann", window: 0, setBackMs: 2_000 }),
        then(100, "press"),
        then(9_000, "wait"),
    ),
];
