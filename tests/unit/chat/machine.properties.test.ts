// Covers chat/machine: what holds for every sequence of events, whoever sends them and in whatever order.
import fc from "fast-check";
import { idle, transition, veiled } from "../../../ChatWithAgent/chat/machine";
import type { ChatEvent, ChatState, Effect, Step } from "../../../ChatWithAgent/chat/machine";
import { EVENTS, STATES, show } from "./samples";
import type { EventName } from "./samples";

const OURS: readonly EventName[] = ["load", "start", "prepared", "settled", "come", "quiet", "told", "slow", "limit"];
const WIDGETS = (Object.keys(EVENTS) as EventName[]).filter((name) => !OURS.includes(name));

const unread = fc.integer({ min: 0, max: 200 }).map((count): ChatEvent => ({ type: "unread", count }));
const failure = fc.constantFrom<ChatEvent>({ type: "failed", code: "script-unreachable", detail: "host" }, { type: "failed", code: "widget-error", detail: "" });
const fromWidget = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...WIDGETS).map((name): ChatEvent => EVENTS[name]) }, { weight: 1, arbitrary: unread }, { weight: 1, arbitrary: failure });
const any = fc.oneof({ weight: 3, arbitrary: fromWidget }, { weight: 2, arbitrary: fc.constantFrom(...OURS).map((name): ChatEvent => EVENTS[name]) });

/** A life that gets far more often than chance would let it: now and then the events come in their proper order. */
const PROPER: readonly ChatEvent[] = [EVENTS.start, EVENTS.arrived, EVENTS.ready, EVENTS.prepared, EVENTS.settled, EVENTS.opened, EVENTS.queued, EVENTS["agent-ended"], EVENTS.closed];
const proper = fc.integer({ min: 1, max: PROPER.length }).map((count) => PROPER.slice(0, count));
const life = fc.array(fc.oneof({ weight: 6, arbitrary: any.map((event) => [event]) }, { weight: 1, arbitrary: proper }), { maxLength: 40 }).map((parts) => parts.flat());
const anyState = fc.constantFrom(...Object.values(STATES));

interface Moment extends Step {
    readonly before: ChatState;
    readonly event: ChatEvent;
}

function live(events: readonly ChatEvent[], first: ChatState = idle): Moment[] {
    let before = first;
    return events.map((event) => {
        const step = transition(before, event);
        const moment = { ...step, before, event };
        before = step.state;
        return moment;
    });
}

const RUNS = { numRuns: 400 };

test("never throws, never counts below zero, and only the minimised have unread messages", () => {
    fc.assert(
        fc.property(anyState, life, (first, events) => {
            for (const { state } of live(events, first)) if (state.kind === "chatting") expect(state.minimised ? state.unread : -state.unread).toBeGreaterThanOrEqual(0);
        }),
        RUNS,
    );
});

test("events of the widget alone, true or forged, move nothing on a page where nobody asked for a chat", () => {
    fc.assert(
        fc.property(fc.array(fromWidget, { maxLength: 30 }), (events) => {
            for (const { state, effects } of live(events)) {
                expect(state).toBe(idle);
                expect(effects).toEqual([]);
            }
        }),
        RUNS,
    );
});

test("the widget is loaded only when somebody asks for it, a chat started only on a press or where one is still owed", () => {
    fc.assert(
        fc.property(anyState, life, (first, events) => {
            for (const { before, event, effects } of live(events, first)) {
                if (effects.includes("load")) expect(["load", "start", "again"]).toContain(event.type);
                if (event.type === "again" && effects.includes("load")) expect(before).toMatchObject({ kind: "loading", guard: "pausing" });
                const owed = ((before.kind === "loading" || before.kind === "user-action") && before.then === "start") || (before.kind === "starting" && before.step !== "opened");
                if (effects.includes("start")) expect(event.type === "start" || owed).toBe(true);
            }
        }),
        RUNS,
    );
});

test("no press begins more than one chat, unless a foreign one had to go first", () => {
    fc.assert(
        fc.property(life, (events) => {
            // The same call brings what is there back to the screen, and is made again where it may have been dropped; what begins one is waited for.
            const begun = live(events).filter(({ before, effects, state }) => effects.includes("start") && state.kind === "starting" && state.step === "opening" && before !== state);
            expect(begun.length).toBeLessThanOrEqual(events.filter((event) => event.type === "start" || (event.type === "restored" && !event.own)).length);
        }),
        RUNS,
    );
});

test("a conversation is closed only when it is foreign, after the agent has ended it and the user wants a new one, or again, to be rid of a foreign one that has not gone", () => {
    fc.assert(
        fc.property(anyState, life, (first, events) => {
            for (const { before, event, effects } of live(events, first)) {
                if (!effects.includes("close")) continue;
                const isForeign = before.kind === "loading" && (before.guard === "coming" || (before.guard === "expelling" && event.type === "come"));
                const isNewStart = event.type === "settled" && before.kind === "starting" && before.step === "leaving";
                const isRetry = (event.type === "start" || event.type === "load") && before.kind === "failed" && before.resume === "expel";
                expect([isForeign, isNewStart, isRetry]).toContain(true);
            }
        }),
        RUNS,
    );
});

test("a foreign conversation is never seen, and nothing starts, until it is closed", () => {
    fc.assert(
        fc.property(life, (events) => {
            let isForeign = false;
            for (const { before, event, state, effects } of live(events)) {
                // On a page without a widget of ours there is nothing that could come back, and what has ended is what was there.
                const isNews = event.type === "restored" && !event.own && before.kind !== "idle" && before.kind !== "conflict" && before.kind !== "ended";
                if (isNews) isForeign = true;
                if (isForeign && event.type === "closed" && (before.kind === "loading" || before.kind === "failed")) isForeign = false;
                if (!isForeign) continue;
                expect(show(state) + (veiled(state) ? "" : " is seen")).toBe(show(state));
                expect(effects).not.toContain("start");
            }
        }),
        RUNS,
    );
});

/** Those that were seen to come twice; messages count, so their doubles are dropped before they get here. */
const DOUBLED: readonly EventName[] = ["arrived", "ready", "opened", "queued", "restored own", "restored foreign", "minimised", "maximised", "agent-ended", "pane survey", "pane closed-hours", "unread 5", "failed"];

test("what comes twice leads to where it leads when it comes once", () => {
    fc.assert(
        fc.property(anyState, fc.constantFrom(...DOUBLED), (state, name) => {
            const once = transition(state, EVENTS[name]);
            // Whatever is heard of a foreign conversation when it should be gone is worth two looks.
            fc.pre(!(state.kind === "loading" && state.guard === "quiet"));
            const twice = transition(once.state, EVENTS[name]);
            expect(twice.state).toBe(once.state);
            // A start that is owed is asked for again rather than lost: a widget that is there only comes to the front.
            const isOwed = state.kind === "starting" && state.step === "opening" && name === "ready";
            expect(twice.effects.filter((effect) => effect !== "close" && !(isOwed && effect === "start"))).toEqual([]);
        }),
        RUNS,
    );
});

test("a life in which everything comes twice ends like the same life without doubles", () => {
    fc.assert(
        fc.property(fc.array(any, { maxLength: 40 }), (events) => {
            const steady = events.filter((event) => event.type !== "message" && event.type !== "history" && event.type !== "queued" && event.type !== "start" && event.type !== "load" && event.type !== "closed");
            const begun: ChatEvent[] = [EVENTS.start, ...steady];
            const end = (moments: readonly Moment[]): string => show(moments[moments.length - 1]?.state ?? idle);
            expect(end(live(begun.flatMap((event) => (event === begun[0] ? [event] : [event, event]))))).toBe(end(live(begun)));
        }),
        RUNS,
    );
});

/**
 * A widget that does what it is told and nothing else, with a user who answers its questions: the next event in a state, given what
 * the widget has been told to do.
 */
function answerOf(state: ChatState, told: Set<Effect>): ChatEvent | undefined {
    switch (state.kind) {
        case "loading":
            if (state.guard === "fetching") return told.has("load") ? EVENTS.arrived : undefined;
            if (state.guard === "pausing") return EVENTS.again;
            if (state.guard === "coming") return EVENTS.come;
            if (state.guard === "quiet") return EVENTS.quiet;
            if (state.guard === "expelling") return told.has("close") ? EVENTS.closed : undefined;
            if (state.guard === "surveyed") return told.has("dismiss") ? EVENTS.closed : EVENTS["pane survey-after"];
            if (state.guard === "waiting") return EVENTS.ready;
            return state.guard === "checking" ? EVENTS.settled : EVENTS.prepared;
        case "starting":
            if (state.step === "leaving") return EVENTS.settled;
            if (state.step === "closing") return told.has("close") ? EVENTS.closed : undefined;
            if (state.step === "opening") return told.has("start") ? EVENTS.opened : undefined;
            return EVENTS.queued;
        case "user-action":
            return state.then === "start" ? EVENTS.closed : EVENTS.queued;
        default:
            return undefined;
    }
}

/** What the widget must have been told already for a state to be. */
function toldIn(state: ChatState): Set<Effect> {
    if (state.kind === "loading") return new Set<Effect>(state.guard === "expelling" ? ["load", "close"] : ["load"]);
    if (state.kind === "starting") return new Set<Effect>(state.step === "leaving" ? [] : state.step === "closing" ? ["close"] : ["start"]);
    return new Set<Effect>();
}

test("from wherever a life has led, one press leads to a chat with a widget that works", () => {
    fc.assert(
        fc.property(life, (events) => {
            let state = events.reduce<ChatState>((before, event) => transition(before, event).state, idle);
            const told = toldIn(state);
            let event: ChatEvent | undefined = EVENTS.start;
            for (let step = 0; step < 12 && event; step++) {
                const next: Step = transition(state, event);
                next.effects.forEach((effect) => told.add(effect));
                state = next.state;
                event = answerOf(state, told);
            }
            expect(state.kind).toBe("chatting");
        }),
        RUNS,
    );
});
