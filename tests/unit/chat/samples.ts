// The states and events that the tests of the machine go through, under the names that they are read by.
import type { ChatEvent, ChatState, Then } from "../../../ChatWithAgent/chat/machine";

export const EVENTS = {
    load: { type: "load" },
    start: { type: "start", isOpen: true, maySurvey: false },
    "start minimised": { type: "start", isOpen: false, maySurvey: false },
    "start survey": { type: "start", isOpen: true, maySurvey: true },
    prepared: { type: "prepared" },
    "refused closed": { type: "refused", reason: "outside-operating-hours" },
    "refused unknown": { type: "refused", reason: "widget-not-found" },
    settled: { type: "settled" },
    rested: { type: "rested" },
    returned: { type: "returned" },
    unanswered: { type: "unanswered" },
    left: { type: "left" },
    quiet: { type: "quiet" },
    surveyed: { type: "surveyed" },
    revealed: { type: "revealed", own: false },
    "revealed own": { type: "revealed", own: true },
    again: { type: "again" },
    slow: { type: "slow" },
    limit: { type: "limit" },
    elsewhere: { type: "elsewhere" },
    lapsed: { type: "lapsed" },
    "restored own": { type: "restored", own: true },
    "restored foreign": { type: "restored", own: false },
    arrived: { type: "arrived" },
    ready: { type: "ready" },
    opened: { type: "opened" },
    queued: { type: "queued" },
    message: { type: "message" },
    history: { type: "history" },
    survey: { type: "survey" },
    "unread 5": { type: "unread", count: 5 },
    minimised: { type: "minimised" },
    maximised: { type: "maximised" },
    "agent-ended": { type: "agent-ended" },
    closed: { type: "closed", isSure: true },
    "closed unsure": { type: "closed", isSure: false },
    failed: { type: "failed", code: "widget-error", detail: "7" },
    unreachable: { type: "failed", code: "script-unreachable", detail: "host" },
    conflict: { type: "failed", code: "widget-conflict", detail: "" },
} as const satisfies Readonly<Record<string, ChatEvent>>;

export type EventName = keyof typeof EVENTS;

/** A state in words. */
export function show(state: ChatState): string {
    const words: (string | number | false)[] = [state.kind];
    switch (state.kind) {
        case "loading":
            words.push(state.step, state.then, state.prepared && "prepared", state.slow && "slow", state.pauses || false);
            break;
        case "expelling":
            words.push(state.step, state.then, state.prepared && "prepared", state.slow && "slow");
            break;
        case "starting":
            words.push(state.step, state.slow && "slow");
            break;
        case "user-action":
            words.push(state.at, state.then);
            break;
        case "chatting":
            words.push(state.minimised && "minimised", state.unread || false);
            break;
        case "failed":
            words.push(state.code, state.detail || false, state.resume);
            break;
        case "unavailable":
            words.push(state.reason, state.resume);
            break;
        default:
    }
    return words.filter((word) => word !== false).join(" ");
}

const fresh = { prepared: false, slow: false, pauses: 0 };
const loading = (step: "fetching" | "waiting" | "checking" | "clear", then: Then, prepared = false): ChatState => ({
    ...fresh,
    kind: "loading",
    step,
    then,
    prepared,
});
const expelling = (step: "returning" | "closing" | "closing-again" | "quiet", then: Then = "start"): ChatState => ({
    kind: "expelling",
    step,
    then,
    prepared: true,
    slow: false,
});
const starting = (step: "closing" | "opening" | "shown" | "opened"): ChatState => ({ kind: "starting", step, slow: false });
const failed = { kind: "failed", detail: "", then: "start" } as const;

const all: readonly ChatState[] = [
    { kind: "idle" },
    { kind: "conflict" },
    loading("fetching", "rest"),
    { ...fresh, kind: "loading", step: "pausing", then: "start", prepared: true, slow: true, pauses: 1 },
    { ...fresh, kind: "loading", step: "fetching", then: "rest", slow: true, pauses: 4 },
    loading("waiting", "rest"),
    loading("checking", "rest", true),
    loading("checking", "start"),
    loading("checking", "start", true),
    loading("clear", "rest"),
    loading("clear", "start"),
    expelling("returning"),
    expelling("closing"),
    expelling("closing-again"),
    expelling("quiet"),
    expelling("quiet", "rest"),
    { kind: "ready" },
    { kind: "ended" },
    starting("closing"),
    starting("opening"),
    starting("shown"),
    starting("opened"),
    { kind: "user-action", then: "rest", at: "start" },
    { kind: "user-action", then: "rest", at: "shown" },
    { kind: "user-action", then: "rest", at: "error" },
    { kind: "user-action", then: "start", at: "end" },
    { kind: "chatting", minimised: false, heard: 0, unread: 0 },
    { kind: "chatting", minimised: true, heard: 2, unread: 2 },
    { kind: "elsewhere" },
    { kind: "unavailable", reason: "outside-operating-hours", resume: "load" },
    { kind: "unavailable", reason: "outside-operating-hours", resume: "start" },
    { ...failed, code: "script-unreachable", resume: "load" },
    { ...failed, code: "start-timeout", resume: "reload" },
    { ...failed, code: "widget-error", detail: "7", resume: "start" },
    { ...failed, code: "widget-error", detail: "7", resume: "close" },
];

export const STATES: Readonly<Record<string, ChatState>> = Object.fromEntries(all.map((state) => [show(state), state]));
