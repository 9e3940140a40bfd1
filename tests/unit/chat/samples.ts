// Covers nothing itself: the states and events that the machine's tests go through, under the names that they are read by.
import { transition } from "../../../ChatWithAgent/chat/machine";
import type { ChatEvent, ChatState, Guard, Then } from "../../../ChatWithAgent/chat/machine";

export const EVENTS = {
    load: { type: "load" },
    start: { type: "start" },
    prepared: { type: "prepared" },
    settled: { type: "settled" },
    come: { type: "come" },
    quiet: { type: "quiet" },
    told: { type: "told" },
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
    "pane survey": { type: "pane", pane: "survey" },
    "pane survey-after": { type: "pane", pane: "survey-after" },
    "pane closed-hours": { type: "pane", pane: "closed-hours" },
    "pane conversation": { type: "pane", pane: "conversation" },
    queued: { type: "queued" },
    message: { type: "message" },
    history: { type: "history" },
    "unread 5": { type: "unread", count: 5 },
    minimised: { type: "minimised" },
    maximised: { type: "maximised" },
    "agent-ended": { type: "agent-ended" },
    closed: { type: "closed" },
    failed: { type: "failed", code: "widget-error", detail: "7" },
    unreachable: { type: "failed", code: "script-unreachable", detail: "host" },
    conflict: { type: "failed", code: "widget-conflict", detail: "" },
} as const satisfies Readonly<Record<string, ChatEvent>>;

export type EventName = keyof typeof EVENTS;

/** A state in words. */
export function show(state: ChatState): string {
    switch (state.kind) {
        case "loading":
            return `loading ${state.guard} ${state.then}${state.prepared ? " prepared" : ""}${state.slow ? " slow" : ""}${state.pauses ? ` ${state.pauses}` : ""}`;
        case "starting":
            return `starting ${state.step}${state.slow ? " slow" : ""}`;
        case "user-action":
            return `user-action ${state.then}`;
        case "chatting":
            return `chatting${state.minimised ? ` minimised ${state.unread}` : state.unread ? ` ${state.unread}` : ""}${state.ahead ? " ahead" : ""}${state.restored ? " restored" : ""}`;
        case "failed":
            return `failed ${state.code}${state.detail ? `(${state.detail})` : ""} ${state.resume}`;
        case "unavailable":
            return `unavailable ${state.reason}`;
        default:
            return state.kind;
    }
}

const loading = (guard: Guard, then: Then, prepared = false): ChatState => ({ kind: "loading", guard, then, prepared, slow: false });
const chat: ChatState = { kind: "chatting", minimised: false, unread: 0, ahead: false };

const all: readonly ChatState[] = [
    { kind: "idle" },
    { kind: "conflict" },
    loading("fetching", "rest"),
    loading("fetching", "start", true),
    { kind: "loading", guard: "pausing", then: "start", prepared: true, slow: true, pauses: 1 },
    { kind: "loading", guard: "fetching", then: "rest", prepared: false, slow: true, pauses: 4 },
    loading("waiting", "rest"),
    loading("checking", "rest"),
    loading("checking", "rest", true),
    loading("checking", "start", true),
    loading("clear", "rest"),
    loading("clear", "start"),
    loading("coming", "rest"),
    loading("coming", "start", true),
    loading("quiet", "rest"),
    loading("quiet", "start", true),
    loading("expelling", "rest"),
    loading("expelling", "rest", true),
    loading("expelling", "start", true),
    loading("surveyed", "rest"),
    loading("surveyed", "start", true),
    // As the machine makes them: an event that changes nothing has to give back the same object.
    transition(chat, { type: "closed" }).state,
    transition(chat, { type: "agent-ended" }).state,
    { kind: "starting", step: "leaving", slow: false },
    { kind: "starting", step: "closing", slow: false },
    { kind: "starting", step: "opening", slow: false },
    { kind: "starting", step: "opened", slow: false },
    { kind: "user-action", then: "rest" },
    { kind: "user-action", then: "start" },
    chat,
    { kind: "chatting", minimised: false, unread: 0, ahead: true },
    { kind: "chatting", minimised: true, unread: 2, ahead: false },
    { kind: "chatting", minimised: true, unread: 5, ahead: true },
    { kind: "chatting", minimised: false, unread: 0, ahead: false, restored: true },
    { kind: "chatting", minimised: true, unread: 2, ahead: false, restored: true },
    transition({ kind: "ready" }, { type: "elsewhere" }).state,
    { kind: "unavailable", reason: "outside-operating-hours" },
    { kind: "failed", code: "script-unreachable", detail: "", resume: "load", then: "start" },
    { kind: "failed", code: "start-timeout", detail: "", resume: "start", then: "start" },
    { kind: "failed", code: "widget-error", detail: "7", resume: "leave", then: "start" },
    { kind: "failed", code: "widget-requires-authentication", detail: "8", resume: "leave", then: "start" },
    { kind: "failed", code: "widget-error", detail: "closeChat", resume: "expel", then: "rest" },
];

export const STATES: Readonly<Record<string, ChatState>> = Object.fromEntries(all.map((state) => [show(state), state]));
