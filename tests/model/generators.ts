// Owns what lives are made of: contact centres, networks, people, faults and forgers, drawn by fast-check.
import fc from "fast-check";
import { CHAT, PLAIN } from "./examples";
import type { Act, Life, Simple, Step } from "./life";
import type { World } from "./browser";

/** Draws one of these; what comes first is the plain case, which a failing life is shrunk to. */
const pick = <T>(...values: readonly [T, ...T[]]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** As often as the weight says, compared with the others. */
const often = (weight: number, ...acts: readonly [Simple, ...Simple[]]): fc.WeightedArbitrary<Act> => ({
    weight,
    arbitrary: pick(...acts).map((act) => ({ act })),
});

const deliveries = (...milliseconds: readonly [number, ...number[]]) => fc.array(pick(...milliseconds), { maxLength: 30 });
const allTwice = fc.constant(Array<number>(60).fill(500));

const world = (isDisturbed: boolean): fc.Arbitrary<World> =>
    fc.record({
        scriptMs: pick(PLAIN.scriptMs, 5, 2_000),
        readyMs: pick(PLAIN.readyMs, 20, 3_000, 3_000, 32_000),
        restoreMs: pick(PLAIN.restoreMs, 0, 290, 310, 900, 1_450),
        linesMs: pick(PLAIN.linesMs, 10, 1_000),
        queueMs: pick(PLAIN.queueMs, 20, 3_000),
        closeMs: pick(PLAIN.closeMs, 10, 700),
        messageMs: pick(PLAIN.messageMs, 1, 100),
        sizeMs: pick(PLAIN.sizeMs, -1, 20),
        hidesButton: pick(false, false, false, false, true),
        surveyBefore: pick(false, false, false, true),
        surveyAfter: pick(false, false, true),
        isClosed: pick(false, false, false, false, true),
        tellsCloseAtOnce: fc.boolean(),
        holdsMessages: fc.boolean(),
        isClassic: pick(false, false, false, true),
        configurationMs: pick(PLAIN.configurationMs, 1_000, 4_000, -1, -2),
        late: isDisturbed ? deliveries(0, 0, 0, 500, 1_500, 500) : fc.constant([]),
        // What is told again comes about 500 ms later (seen).
        again: isDisturbed ? fc.oneof(deliveries(0, 0, 0, 400, 500, 650), allTwice) : fc.constant([]),
    });

const EVENTS = [
    ...["ready", "startChat", "chatQueued", "chatRetrieved", "closeChat", "onClose", "onMinimize", "onMaximize"],
    ...["onMessageReceived", "onMessageSent", "onHistoryMessageReceived", "threadUpdate", "error"],
] as const;

const forged: fc.Arbitrary<Act> = fc.record({
    act: fc.constant("forge" as const),
    name: fc.constantFrom(...EVENTS).map((name) => `lcw:${name}`),
    detail: pick<object>({}, { messageType: "user" }, { messageType: "system" }, { errorCode: 2 }, { errorCode: 7 }),
});

const opens = pick<Act>(
    { act: "open", user: "ann", window: 0 },
    { act: "open", user: "ben", window: 0 },
    { act: "open", user: "ben", window: 0 },
    { act: "open", user: "ann", window: 1 },
    { act: "open", user: "ann", window: 0, setBackMs: 2_000 },
);

const press = pick(0, 0, 0, 1_000, 4_000).map<Act>((contextMs) => ({ act: "press", contextMs }));

const faults = fc.oneof(
    pick(1, 2, 5, 20).map<Act>((times) => ({ act: "script unreachable", times })),
    pick(1, 2).map<Act>((times) => ({ act: "frame dead", times })),
    pick(1, 2).map<Act>((times) => ({ act: "start refused", times })),
);

const step = (isForged: boolean): fc.Arbitrary<Step> =>
    fc.record({
        after: pick(0, 10, 100, 400, 700, 1_300, 2_500, 5_000, 5_000, 12_000, 40_000),
        window: pick<0 | 1>(0, 0, 0, 1),
        does: fc.oneof(
            { weight: 6, arbitrary: press },
            often(2, "wait", "load", "offer", "leave", "bring back"),
            often(5, "minimise", "maximise", "✕", "Microsoft's button", "submit"),
            often(4, "agent writes", "agent writes", "agent ends"),
            often(1, "offline", "online"),
            { weight: 3, arbitrary: opens },
            { weight: 1, arbitrary: faults },
            ...(isForged ? [{ weight: 6, arbitrary: forged }] : []),
        ),
    });

/** Many lives begin with a chat, or with one that somebody else has left behind. */
const minimised: Step = { after: 1_000, does: { act: "minimise" } };
const next: Step = { after: 1_000, does: { act: "open", user: "ben", window: 0 } };
const beginning = pick<readonly Step[]>([], CHAT, [...CHAT, next], [...CHAT, minimised, next]);

const lifeOf = ([isDisturbed, isForged]: readonly [boolean, boolean]): fc.Arbitrary<Life> =>
    fc
        .tuple(world(isDisturbed), beginning, fc.array(step(isForged), { minLength: 1, maxLength: 14 }))
        .map(([drawn, first, rest]) => ({ world: drawn, steps: [...first, ...rest] }));

/** Lives as they should be, with late and doubled events, and with forged ones. */
export const lives: fc.Arbitrary<Life> = fc.oneof(
    lifeOf([false, false]),
    lifeOf([true, false]),
    lifeOf([true, true]),
    lifeOf([false, true]),
);
