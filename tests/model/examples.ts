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
const then = (after: number, does: Act | Simple | "press"): Step => ({ after, does: typeof does === "string" ? { act: does } : does });
const open = (user: "ann" | "ben", window: 0 | 1 = 0): Act => ({ act: "open", user, window });
const forge = (name: string): Act => ({ act: "forge", name: `lcw:${name}` });

/** Ann chats with an agent. */
export const CHAT: readonly Step[] = [then(0, "press"), then(6_000, "agent writes")];

export const EXAMPLES: readonly (readonly [name: string, life: Life])[] = [
    [
        "1: what this window wrote down at the press is taken for proof that a foreign chat is one's own",
        {
            world: { ...PLAIN, restoreMs: 1_400 },
            steps: [...CHAT, then(1_000, open("ben")), then(100, "press"), then(1_500, "offline"), then(100, forge("error")), then(100, "online"), then(100, "press"), then(5_000, "press")],
        },
    ],
    ["2: the echo of a foreign chat's line starts its expulsion over, and the next user is locked out", { world: { ...PLAIN, again: DOUBLED }, steps: [...CHAT, then(1_000, open("ben")), then(100, "press"), then(40_000, "wait")] }],
    ["3a: a stray chatRetrieved at rest", { world: PLAIN, steps: [then(0, "load"), then(5_000, forge("chatRetrieved"))] }],
    ["3b: a stray chatRetrieved before the script has come", { world: PLAIN, steps: [then(0, { act: "script unreachable", times: 1 }), then(0, "press"), then(10, forge("chatRetrieved")), then(40_000, "press")] }],
    [
        "4: the late echo of a foreign chat's end hits the new user's chat",
        { world: { ...PLAIN, again: [...Array<number>(7).fill(0), 3_500, 3_500] }, steps: [...CHAT, then(1_000, open("ben")), then(100, "press"), then(9_000, "agent writes"), then(9_000, "wait")] },
    ],
    ["5a: a late or forged end in a running chat, then a press", { world: PLAIN, steps: [...CHAT, then(6_000, forge("closeChat"))] }],
    ["5b: a forged end in a running chat, then a reload", { world: PLAIN, steps: [...CHAT, then(6_000, forge("closeChat")), then(6_000, open("ann")), then(9_000, "wait")] }],
    ["5c: a forged end while a foreign chat is being closed", { world: { ...PLAIN, restoreMs: 600, linesMs: 1_000, closeMs: 700 }, steps: [...CHAT, then(6_000, open("ben")), then(0, "press"), then(2_500, forge("closeChat")), then(9_000, "wait")] }],
    ...["onMessageReceived", "chatRetrieved", "chatQueued", "startChat"].map(
        (name) => [`6: ${name} once more after the agent's end`, { world: PLAIN, steps: [...CHAT, then(3_000, "agent ends"), then(1_000, forge(name))] }] as const,
    ),
    ["7: a forged end by the agent while the chat is minimised, then a press", { world: PLAIN, steps: [...CHAT, then(3_000, "minimise"), then(3_000, forge("threadUpdate")), then(1_000, "press")] }],
    ["8: a forged ready while the script fails", { world: PLAIN, steps: [then(0, { act: "script unreachable", times: 9 }), then(0, "press"), then(50, forge("ready")), then(60_000, "wait")] }],
    [
        "9a: minimise is told late, when the pane is open again",
        { world: { ...PLAIN, late: [0, 0, 0, 0, 3_500] }, steps: [...CHAT, then(3_000, "minimise"), then(200, "maximise"), then(9_000, "press"), then(40_000, "agent writes")] },
    ],
    ["9b: a chat that is closed at once, and the next one within 700 ms", { world: { ...PLAIN, queueMs: 20, closeMs: 10 }, steps: [then(0, "load"), then(6_000, "press"), then(100, "✕"), then(50, "press"), then(6_000, "wait")] }],
    ["9c: a press with a slow context on a running chat, then ✕", { world: PLAIN, steps: [...CHAT, then(3_000, { act: "press", contextMs: 3_000 }), then(500, "✕"), then(6_000, "wait")] }],
    ["10a: a dead frame is never removed", { world: PLAIN, steps: [then(0, { act: "frame dead", times: 1 }), then(0, "press"), then(40_000, "press")] }],
    ["10b: a foreign chat with a survey behind it", { world: { ...PLAIN, surveyAfter: true }, steps: [...CHAT, then(6_000, open("ben")), then(0, "press"), then(40_000, "wait")] }],
    ["10c: one's own chat, the agent's end, and a survey that is left open", { world: { ...PLAIN, surveyAfter: true }, steps: [...CHAT, then(3_000, "agent ends"), then(3_000, "press"), then(40_000, "wait")] }],
    ["13: a clock that is set back around a reload", { world: PLAIN, steps: [...CHAT, then(10, { act: "open", user: "ann", window: 0, setBackMs: 2_000 }), then(100, "press"), then(9_000, "wait")] }],
];
