// Covers chat/machine: every state × event as a table, and what a state means for veil, timers, marker and the maker's events.
import { idle, occurrence, remembered, timers, transition, veiled } from "../../../ChatWithAgent/chat/machine";
import type { ChatState, Occurrence } from "../../../ChatWithAgent/chat/machine";
import { EVENTS, STATES, show } from "./samples";
import type { EventName } from "./samples";

/**
 * Each row is a state, each entry an event and what comes of it: the state, and after "+" the effects. What is not here must leave the
 * very same object and do nothing.
 */
const TABLE: Readonly<Record<string, Partial<Record<EventName, string>>>> = {
    idle: { load: "loading fetching rest + load", start: "loading fetching start + load" },
    conflict: { load: "loading fetching rest + load", start: "loading fetching start + load" },

    "loading fetching rest": {
        start: "loading fetching start",
        arrived: "loading waiting rest",
        ready: "loading checking rest",
        prepared: "loading fetching rest prepared",
        "restored own": "chatting restored",
        "restored foreign": "loading coming rest",
        slow: "loading fetching rest slow",
        limit: "failed script-unreachable load",
        failed: "failed widget-error(7) load",
        unreachable: "loading pausing rest slow 1",
        conflict: "conflict",
    },
    "loading fetching start prepared": {
        arrived: "loading waiting start prepared",
        ready: "loading checking start prepared",
        "restored own": "chatting restored + start",
        "restored foreign": "loading coming start prepared",
        slow: "loading fetching start prepared slow",
        limit: "failed script-unreachable load",
        failed: "failed widget-error(7) load",
        unreachable: "loading pausing start prepared slow 1",
        conflict: "conflict",
    },
    "loading pausing start prepared slow 1": {
        again: "loading fetching start prepared slow 1 + load",
        "restored own": "chatting restored + start",
        "restored foreign": "loading coming start prepared slow 1",
        limit: "failed script-unreachable load",
        failed: "failed widget-error(7) load",
        conflict: "conflict",
    },
    "loading fetching rest slow 4": {
        start: "loading fetching start slow 4",
        arrived: "loading waiting rest slow 4",
        ready: "loading checking rest slow 4",
        prepared: "loading fetching rest prepared slow 4",
        "restored own": "chatting restored",
        "restored foreign": "loading coming rest slow 4",
        limit: "failed script-unreachable load",
        failed: "failed widget-error(7) load",
        unreachable: "failed script-unreachable(host) load",
        conflict: "conflict",
    },
    "loading waiting rest": {
        start: "loading waiting start",
        ready: "loading checking rest",
        prepared: "loading waiting rest prepared",
        "restored own": "chatting restored",
        "restored foreign": "loading coming rest",
        slow: "loading waiting rest slow",
        limit: "failed widget-timeout load",
        failed: "failed widget-error(7) load",
        unreachable: "loading pausing rest slow 1",
        conflict: "conflict",
    },
    "loading checking rest": {
        start: "loading checking start",
        settled: "loading clear rest",
        prepared: "loading checking rest prepared",
        "restored own": "chatting restored",
        "restored foreign": "loading coming rest",
        slow: "loading checking rest slow",
        limit: "failed widget-timeout load",
    },
    "loading checking rest prepared": {
        start: "loading checking start prepared",
        settled: "ready",
        "restored own": "chatting restored",
        "restored foreign": "loading coming rest prepared",
        slow: "loading checking rest prepared slow",
        limit: "failed widget-timeout load",
    },
    "loading checking start prepared": {
        settled: "starting opening + start",
        "restored own": "chatting restored + start",
        "restored foreign": "loading coming start prepared",
        slow: "loading checking start prepared slow",
        limit: "failed widget-timeout load",
    },
    "loading clear start": {
        prepared: "starting opening + start",
        "restored own": "chatting restored + start",
        "restored foreign": "loading coming start",
        slow: "loading clear start slow",
        limit: "failed widget-timeout load",
    },
    "loading clear rest": {
        start: "loading clear start",
        prepared: "ready",
        "restored own": "chatting restored",
        "restored foreign": "loading coming rest",
        slow: "loading clear rest slow",
        limit: "failed widget-timeout load",
    },
    // A foreign conversation is let come, out of sight, is closed when it is there, and has to stay away for a while.
    "loading coming rest": {
        "pane survey-after": "loading surveyed rest + dismiss",
        start: "loading coming start",
        prepared: "loading coming rest prepared",
        come: "loading expelling rest + close",
        queued: "loading expelling rest + close",
        message: "loading expelling rest + close",
        history: "loading expelling rest + close",
        closed: "loading quiet rest",
        slow: "loading coming rest slow",
        limit: "failed widget-error(closeChat) expel",
    },
    "loading coming start prepared": {
        "pane survey-after": "loading surveyed start prepared + dismiss",
        come: "loading expelling start prepared + close",
        queued: "loading expelling start prepared + close",
        message: "loading expelling start prepared + close",
        history: "loading expelling start prepared + close",
        closed: "loading quiet start prepared",
        slow: "loading coming start prepared slow",
        limit: "failed widget-error(closeChat) expel",
    },
    "loading expelling rest": {
        come: "loading expelling rest + close",
        "pane survey-after": "loading surveyed rest + dismiss",
        start: "loading expelling start",
        prepared: "loading expelling rest prepared",
        closed: "loading quiet rest",
        slow: "loading expelling rest slow",
        limit: "failed widget-error(closeChat) expel",
    },
    "loading surveyed rest": {
        come: "loading expelling rest",
        "pane survey-after": "loading surveyed rest + dismiss",
        start: "loading surveyed start",
        prepared: "loading surveyed rest prepared",
        closed: "loading quiet rest",
        slow: "loading surveyed rest slow",
        limit: "failed widget-error(closeChat) expel",
    },
    "loading surveyed start prepared": {
        come: "loading expelling start prepared",
        "pane survey-after": "loading surveyed start prepared + dismiss",
        closed: "loading quiet start prepared",
        slow: "loading surveyed start prepared slow",
        limit: "failed widget-error(closeChat) expel",
    },
    "loading expelling rest prepared": {
        come: "loading expelling rest prepared + close",
        "pane survey-after": "loading surveyed rest prepared + dismiss",
        start: "loading expelling start prepared",
        closed: "loading quiet rest prepared",
        slow: "loading expelling rest prepared slow",
        limit: "failed widget-error(closeChat) expel",
    },
    "loading expelling start prepared": {
        come: "loading expelling start prepared + close",
        "pane survey-after": "loading surveyed start prepared + dismiss",
        closed: "loading quiet start prepared",
        slow: "loading expelling start prepared slow",
        limit: "failed widget-error(closeChat) expel",
    },
    "loading quiet rest": {
        "pane survey-after": "loading surveyed rest + dismiss",
        start: "loading quiet start",
        prepared: "loading quiet rest prepared",
        quiet: "loading clear rest",
        queued: "loading coming rest",
        message: "loading coming rest",
        history: "loading coming rest",
        "restored own": "loading coming rest",
        "restored foreign": "loading coming rest",
        slow: "loading quiet rest slow",
        limit: "failed widget-error(closeChat) expel",
    },
    "loading quiet start prepared": {
        "pane survey-after": "loading surveyed start prepared + dismiss",
        quiet: "starting opening + start",
        queued: "loading coming start prepared",
        message: "loading coming start prepared",
        history: "loading coming start prepared",
        "restored own": "loading coming start prepared",
        "restored foreign": "loading coming start prepared",
        slow: "loading quiet start prepared slow",
        limit: "failed widget-error(closeChat) expel",
    },

    ready: {
        start: "starting opening + start",
        opened: "starting opened",
        queued: "chatting",
        message: "chatting",
        "restored own": "chatting restored",
        "restored foreign": "loading coming rest prepared",
        elsewhere: "elsewhere",
    },

    // A survey may follow what has ended, and must not be closed under the user.
    "starting leaving": {
        settled: "starting closing + close",
        "pane conversation": "chatting + start",
        closed: "starting opening + start",
        "pane survey-after": "user-action start + start",
        queued: "chatting",
        "restored own": "chatting restored",
        "restored foreign": "loading coming start prepared",
        slow: "starting leaving slow",
        limit: "failed start-timeout start",
        failed: "failed widget-error(7) leave",
        unreachable: "failed script-unreachable(host) leave",
        conflict: "failed widget-conflict leave",
    },
    // Where there is nothing to close, no answer comes.
    "starting closing": {
        come: "starting opening + start",
        closed: "starting opening + start",
        "pane survey-after": "user-action start + start",
        queued: "chatting",
        "restored own": "chatting restored",
        "restored foreign": "loading coming start prepared",
        slow: "starting closing slow",
        limit: "failed start-timeout start",
        failed: "failed widget-error(7) leave",
        unreachable: "failed script-unreachable(host) leave",
        conflict: "failed widget-conflict leave",
    },
    // A call that was dropped, by a widget that was not ready or still closing, is made again.
    "starting opening": {
        ready: "starting opening + start",
        closed: "starting opening + start",
        opened: "starting opened",
        "pane survey": "user-action rest",
        "pane survey-after": "user-action rest",
        "pane closed-hours": "unavailable outside-operating-hours",
        queued: "chatting",
        message: "chatting",
        "agent-ended": "ended",
        "restored own": "chatting restored",
        "restored foreign": "loading coming start prepared",
        slow: "starting opening slow",
        limit: "failed start-timeout start",
        failed: "failed widget-error(7) leave",
        unreachable: "failed script-unreachable(host) leave",
        conflict: "failed widget-conflict leave",
    },
    "starting opened": {
        start: "starting opened + start",
        "pane survey": "user-action rest",
        "pane survey-after": "user-action rest",
        "pane closed-hours": "unavailable outside-operating-hours",
        queued: "chatting",
        message: "chatting",
        "agent-ended": "ended",
        closed: "ready",
        "restored own": "chatting restored",
        "restored foreign": "loading coming start prepared",
        failed: "failed widget-error(7) leave",
        unreachable: "failed script-unreachable(host) leave",
        conflict: "failed widget-conflict leave",
    },

    "user-action rest": {
        start: "user-action rest + start",
        "pane closed-hours": "unavailable outside-operating-hours",
        queued: "chatting",
        message: "chatting",
        "agent-ended": "ended",
        closed: "ready",
        "restored own": "chatting restored",
        "restored foreign": "loading coming rest prepared",
    },
    "user-action start": {
        start: "user-action start + start",
        "pane closed-hours": "unavailable outside-operating-hours",
        queued: "chatting",
        message: "chatting",
        "agent-ended": "ended",
        closed: "starting opening + start",
        "restored own": "chatting restored",
        "restored foreign": "loading coming rest prepared",
    },

    chatting: {
        start: "chatting + start",
        "pane survey-after": "user-action rest",
        minimised: "chatting minimised 0",
        "agent-ended": "ended",
        closed: "ready",
        "restored foreign": "loading coming rest prepared",
    },
    "chatting minimised 2": {
        start: "chatting minimised 2 + start",
        "pane survey-after": "user-action rest",
        maximised: "chatting",
        message: "chatting minimised 3",
        "unread 5": "chatting minimised 5 ahead",
        "agent-ended": "ended",
        closed: "ready",
        "restored foreign": "loading coming rest prepared",
    },
    // The count was there before the messages' own events, which may still come.
    "chatting minimised 5 ahead": {
        start: "chatting minimised 5 ahead + start",
        "pane survey-after": "user-action rest",
        maximised: "chatting ahead",
        message: "chatting minimised 5",
        "agent-ended": "ended",
        closed: "ready",
        "restored foreign": "loading coming rest prepared",
    },
    // What is counted a moment after it has come back was there before, and runs ahead of nothing.
    "chatting restored": {
        start: "chatting restored + start",
        "pane survey-after": "user-action rest",
        minimised: "chatting minimised 0 restored",
        told: "chatting",
        "agent-ended": "ended",
        closed: "ready",
        "restored foreign": "loading coming rest prepared",
    },
    "chatting minimised 2 restored": {
        start: "chatting minimised 2 restored + start",
        "pane survey-after": "user-action rest",
        maximised: "chatting",
        message: "chatting minimised 3 restored",
        "unread 5": "chatting minimised 5 restored",
        told: "chatting minimised 2",
        "agent-ended": "ended",
        closed: "ready",
        "restored foreign": "loading coming rest prepared",
    },
    // Another tab has it: only this tab's own pane and button make it this one's.
    elsewhere: {
        start: "starting opening + start",
        queued: "chatting",
        maximised: "chatting",
        "unread 5": "chatting minimised 5",
        lapsed: "ready",
        "restored foreign": "loading coming rest prepared",
    },
    "chatting ahead": {
        start: "chatting ahead + start",
        "pane survey-after": "user-action rest",
        minimised: "chatting minimised 0 ahead",
        told: "chatting",
        "agent-ended": "ended",
        closed: "ready",
        "restored foreign": "loading coming rest prepared",
    },

    // An agent who goes on writing has not ended it.
    ended: {
        message: "chatting",
        start: "starting leaving",
        "pane survey-after": "user-action rest",
        opened: "starting opened",
        queued: "chatting",
        closed: "ready",
        "restored own": "chatting restored",
        elsewhere: "elsewhere",
    },

    "unavailable outside-operating-hours": {
        start: "starting opening + start",
        opened: "starting opened",
        queued: "chatting",
        message: "chatting",
        closed: "ready",
        "restored own": "chatting restored",
        "restored foreign": "loading coming rest prepared",
        elsewhere: "elsewhere",
    },

    "failed script-unreachable load": {
        load: "loading fetching rest + load",
        start: "loading fetching start + load",
        "restored own": "chatting restored",
        "restored foreign": "loading coming rest prepared",
    },
    "failed start-timeout start": {
        start: "starting opening + start",
        opened: "starting opened",
        queued: "chatting",
        message: "chatting",
        "restored own": "chatting restored",
        "restored foreign": "loading coming rest prepared",
    },
    "failed widget-error(7) leave": {
        start: "starting leaving",
        opened: "starting opened",
        queued: "chatting",
        message: "chatting",
        closed: "failed widget-error(7) start",
        "restored own": "chatting restored",
        "restored foreign": "loading coming rest prepared",
    },
    "failed widget-requires-authentication(8) leave": {
        start: "starting leaving",
        queued: "chatting",
        message: "chatting",
        closed: "failed widget-requires-authentication(8) start",
        "restored own": "chatting restored",
        "restored foreign": "loading coming rest prepared",
    },
    "failed widget-error(closeChat) expel": {
        load: "loading coming rest prepared",
        start: "loading coming start prepared",
        closed: "loading quiet rest prepared",
        "restored foreign": "loading coming rest prepared",
    },
};

test("the table has a row for every sample state", () => {
    expect(Object.keys(TABLE).sort()).toEqual(Object.keys(STATES).sort());
});

describe.each(Object.entries(TABLE))("%s", (name, row) => {
    const state = STATES[name] ?? idle;
    const meant = Object.entries(row) as [EventName, string][];

    test.each(meant)("%s → %s", (event, expected) => {
        const { state: next, effects } = transition(state, EVENTS[event]);
        expect([show(next), ...effects].join(" + ")).toBe(expected);
        // Closing again starts its clock again, which takes another object.
        if (show(next) === show(state)) expect(next === state).toBe(event !== "come");
    });

    test("anything else leaves it as it is and does nothing", () => {
        for (const event of Object.keys(EVENTS) as EventName[]) {
            if (row[event]) continue;
            const step = transition(state, EVENTS[event]);
            expect({ event, is: show(step.state), effects: step.effects }).toEqual({ event, is: show(state), effects: [] });
            expect(step.state).toBe(state);
        }
    });
});

describe("what is already so", () => {
    test.each([
        ["loading fetching start prepared", "start"],
        ["loading fetching start prepared", "prepared"],
    ] as const)("%s stays the same object on %s", (name, event) => {
        const state = STATES[name] ?? idle;
        expect(transition(state, EVENTS[event]).state).toBe(state);
    });

    test("slowness that was said is not said again", () => {
        const slow = transition(STATES["loading fetching rest"] ?? idle, { type: "slow" }).state;
        expect(transition(slow, { type: "slow" }).state).toBe(slow);
    });

    test.each<[string, EventName, string]>([
        ["loading checking start prepared", "settled", "starting opening slow + start"],
        ["loading clear start", "prepared", "starting opening slow + start"],
        ["starting leaving", "settled", "starting closing slow + close"],
        ["starting leaving", "closed", "starting opening slow + start"],
        ["starting closing", "come", "starting opening slow + start"],
        ["starting closing", "closed", "starting opening slow + start"],
    ])("slowness that was said in %s is still so after %s", (name, event, expected) => {
        const slow = transition(STATES[name] ?? idle, { type: "slow" }).state;
        const { state, effects } = transition(slow, EVENTS[event]);
        expect([show(state), ...effects].join(" + ")).toBe(expected);
    });

    test("a smaller count than the known one tells nothing new", () => {
        const state: ChatState = { kind: "chatting", minimised: true, unread: 9, ahead: false };
        expect(transition(state, { type: "unread", count: 5 }).state).toBe(state);
    });
});

/** What goes on by itself when the network is back: the widget that somebody wanted on the page, or the chat. */
test.each<[string, EventName, "rest" | "start"]>([
    ["loading fetching rest", "limit", "rest"],
    ["loading fetching start prepared", "limit", "start"],
    ["loading fetching rest slow 4", "unreachable", "rest"],
    ["loading waiting rest", "failed", "rest"],
    ["loading fetching start prepared", "failed", "start"],
    ["loading expelling rest", "limit", "rest"],
    ["loading expelling start prepared", "limit", "start"],
    ["starting opening", "limit", "start"],
    ["starting opened", "failed", "start"],
])("%s, %s: what was wanted is kept (%s)", (name, event, then) => {
    expect(transition(STATES[name] ?? idle, EVENTS[event]).state).toMatchObject({ kind: "failed", then });
});

/** Which timers run, whether the elements are out of sight, and what becomes of the marker. */
test.each([
    ["idle", "", false, undefined],
    ["conflict", "", false, undefined],
    ["loading fetching rest", "slow limit", true, undefined],
    ["loading pausing start prepared slow 1", "again slow limit", true, undefined],
    ["loading waiting rest", "slow limit", true, undefined],
    ["loading checking rest", "settled slow limit", true, undefined],
    ["loading clear rest", "slow limit", true, undefined],
    ["loading coming rest", "come slow limit", true, false],
    ["loading expelling rest", "come slow limit", true, false],
    ["loading surveyed rest", "come slow limit", true, false],
    ["loading quiet rest", "quiet slow limit", true, false],
    ["ready", "", false, false],
    ["starting leaving", "settled slow limit", false, true],
    ["starting closing", "come slow limit", false, true],
    ["starting opening", "slow limit", false, true],
    ["starting opened", "", false, true],
    ["user-action rest", "", false, true],
    ["user-action start", "", false, true],
    ["chatting", "", false, true],
    ["chatting minimised 2", "", false, true],
    ["chatting minimised 5 ahead", "", false, true],
    ["chatting ahead", "told", false, true],
    ["chatting restored", "told", false, true],
    ["elsewhere", "lapsed", false, undefined],
    ["chatting minimised 2 restored", "told", false, true],
    ["ended", "", false, false],
    ["unavailable outside-operating-hours", "", false, false],
    ["failed script-unreachable load", "", true, undefined],
    ["failed start-timeout start", "", false, undefined],
    ["failed widget-error(7) leave", "", false, undefined],
    ["failed widget-error(closeChat) expel", "", true, undefined],
])("%s: timers [%s], veiled %s, remembered %s", (name, running, isVeiled, isRemembered) => {
    const state = STATES[name] ?? idle;
    expect(show(state)).toBe(name);
    expect(timers(state).join(" ")).toBe(running);
    expect(veiled(state)).toBe(isVeiled);
    expect(remembered(state)).toBe(isRemembered);
});

describe("occurrences", () => {
    const happened = (name: string, event: EventName): Occurrence | undefined => {
        const before = STATES[name] ?? idle;
        return occurrence(before, EVENTS[event], transition(before, EVENTS[event]).state);
    };

    test.each<[string, EventName, Occurrence | undefined]>([
        ["starting opening", "queued", "ChatStarted"],
        ["starting opened", "message", "ChatStarted"],
        ["user-action rest", "queued", "ChatStarted"],
        ["ready", "queued", "ChatStarted"],
        ["failed start-timeout start", "queued", "ChatStarted"],
        // Finding a conversation that was running already is no start.
        ["loading checking rest", "restored own", undefined],
        ["loading checking start prepared", "restored own", undefined],
        ["ready", "restored own", undefined],
        ["chatting", "agent-ended", "ChatEnded"],
        ["chatting", "closed", "ChatEnded"],
        ["chatting minimised 2", "closed", "ChatEnded"],
        ["ended", "closed", undefined],
        ["starting opened", "closed", undefined],
        ["chatting", "message", "MessageReceived"],
        ["chatting minimised 2", "message", "MessageReceived"],
        // Each message is told once: by its own event, or by the count that ran ahead of it.
        ["chatting minimised 2", "unread 5", "MessageReceived"],
        ["chatting minimised 5 ahead", "unread 5", undefined],
        ["chatting minimised 5 ahead", "message", undefined],
        ["chatting ahead", "message", undefined],
        ["chatting ahead", "told", undefined],
        // What is counted when a conversation has just come back was there before; what is said is new.
        ["chatting minimised 2 restored", "unread 5", undefined],
        ["chatting minimised 2 restored", "message", "MessageReceived"],
        ["chatting restored", "message", "MessageReceived"],
        ["chatting restored", "told", undefined],
        ["chatting restored", "closed", "ChatEnded"],
        ["ended", "message", "ChatStarted"],
        ["starting closing", "message", undefined],
        ["loading fetching rest", "limit", "ChatFailed"],
        ["loading fetching rest", "conflict", "ChatFailed"],
        // Another attempt follows.
        ["loading fetching rest", "unreachable", undefined],
        ["loading fetching rest slow 4", "unreachable", "ChatFailed"],
        ["loading waiting rest", "failed", "ChatFailed"],
        ["loading expelling rest", "limit", "ChatFailed"],
        // Told already, when it failed.
        ["failed widget-error(closeChat) expel", "closed", undefined],
        ["starting opening", "limit", "ChatFailed"],
        ["failed script-unreachable load", "failed", undefined],
        ["failed script-unreachable load", "start", undefined],
        ["conflict", "conflict", undefined],
        ["starting opening", "pane closed-hours", undefined],
        ["idle", "start", undefined],
        ["chatting", "start", undefined],
        ["chatting", "queued", undefined],
    ])("%s, %s: %s", (name, event, expected) => {
        expect(happened(name, event)).toBe(expected);
    });
});
