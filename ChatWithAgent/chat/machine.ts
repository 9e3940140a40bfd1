// Owns the life of a chat: its states, the events that move it, and the one pure function that decides. Imports nothing that runs.
import type { AvailabilityCode, FailureCode } from "./codes";

/** What to do once the widget is there: begin the chat that somebody asked for, or leave it at rest behind Microsoft's button. */
export type Then = "start" | "rest";

/**
 * How far the page is from letting the widget be seen. A conversation that comes back from the widget's cache may be another
 * user's, so nothing is shown before it is clear whose it is.
 */
export type Guard =
    /** The script is on its way. */
    | "fetching"
    /** It could not be reached, and is asked for again after a while. */
    | "pausing"
    /** The script has come, the widget has not said ready yet. */
    | "waiting"
    /** Ready: a conversation that comes back does so within the next 300 ms. */
    | "checking"
    /** Another user's conversation is coming back; closing it in the middle of that closes nothing (seen), so it is let come, out of sight. */
    | "coming"
    /** It is being closed. */
    | "expelling"
    /** A survey has followed it, which has to be left as a user leaves it: called to close meanwhile, the widget draws nothing any more (seen). */
    | "surveyed"
    /** It has been closed, and comes back no more if it stays quiet. */
    | "quiet"
    | "clear";

export type ChatState =
    | { readonly kind: "idle" }
    /** `pauses`: how often the script was not reached. */
    | { readonly kind: "loading"; readonly guard: Guard; readonly prepared: boolean; readonly then: Then; readonly slow: boolean; readonly pauses?: number }
    | { readonly kind: "ready" }
    /**
     * `leaving`: an ended conversation stands open, and a survey may be about to follow it. `closing`: it is being closed. `opened`: the pane
     * is on the screen; from then on it is the user's and the widget's pace, and nothing times out.
     */
    | { readonly kind: "starting"; readonly step: "leaving" | "closing" | "opening" | "opened"; readonly slow: boolean }
    /** A survey or the reconnect pane is on the screen, which must not be closed under the user (the widget breaks, seen); `then` is what follows. */
    | { readonly kind: "user-action"; readonly then: Then }
    /** `ahead`: the count on Microsoft's button has told of messages whose own events may still come, once the pane is open again (seen). */
    /** `restored`: it has come back a moment ago; what is counted now was there before. */
    | { readonly kind: "chatting"; readonly minimised: boolean; readonly unread: number; readonly ahead: boolean; readonly restored?: true }
    /** This user's conversation runs in another tab of the browser, whose widget counts and tells; the one here has only heard of it (seen). */
    | { readonly kind: "elsewhere" }
    | { readonly kind: "ended" }
    /** `resume`: where a retry sets in, `leave` at closing a pane that stands there with an error and would not start anew (seen); `then`: what was wanted, and goes on by itself when the network is back. */
    | { readonly kind: "failed"; readonly code: FailureCode; readonly detail: string; readonly resume: "load" | "start" | "leave" | "expel"; readonly then: Then }
    | { readonly kind: "unavailable"; readonly reason: AvailabilityCode }
    | { readonly kind: "conflict" };

/** What the widget may tell; each may come twice, late, out of order or forged. */
export type WidgetEvent =
    | { readonly type: "arrived" }
    | { readonly type: "ready" }
    | { readonly type: "opened" }
    /** What is on the screen; `survey-after` is the survey that follows a conversation, `conversation` one that can still be written in. */
    | { readonly type: "pane"; readonly pane: "survey" | "survey-after" | "closed-hours" | "conversation" }
    | { readonly type: "queued" }
    | { readonly type: "message" }
    /** A line of a conversation that has come back. */
    | { readonly type: "history" }
    | { readonly type: "unread"; readonly count: number }
    | { readonly type: "minimised" }
    | { readonly type: "maximised" }
    | { readonly type: "agent-ended" }
    | { readonly type: "closed" }
    | { readonly type: "failed"; readonly code: FailureCode; readonly detail: string };

/** How often a script that is not reached is asked for again: with pauses of 1, 2, 4 and 8 s, as many as fit into the 30 s. */
const PAUSES = 4;

/** What time alone brings. */
export type Timer =
    /** Nothing more comes: a conversation that comes back has done so, an ended one has shown its survey. */
    | "settled"
    /** A foreign conversation has had the time to come back completely, even if it has no lines that would tell so; one that is being closed, to close. */
    | "come"
    /** Nothing has been heard or read aloud of a closed foreign conversation any more. */
    | "quiet"
    /** The widget has told of all messages that it had held back, or of all that a conversation brought with it. */
    | "told"
    /** Nothing speaks any more for a conversation in another tab. */
    | "lapsed"
    /** The pause before another attempt is over. */
    | "again"
    | "slow"
    | "limit";

export type ChatEvent =
    | WidgetEvent
    /** Somebody wants the widget on the page. */
    | { readonly type: "load" }
    /** Somebody wants to chat: a click, or the automatic start. */
    | { readonly type: "start" }
    /** The user's context is final and set. */
    | { readonly type: "prepared" }
    /** A conversation of this user's was heard of that another tab has. */
    | { readonly type: "elsewhere" }
    /** A conversation came back from the widget's cache. */
    | { readonly type: "restored"; readonly own: boolean }
    | { readonly type: Timer };

/** What the session has to do; `start` also brings a running conversation back to the screen, `dismiss` leaves a survey as a user would. */
export type Effect = "load" | "start" | "close" | "dismiss";

export interface Step {
    readonly state: ChatState;
    readonly effects: readonly Effect[];
}

export const idle: ChatState = { kind: "idle" };
const ready: ChatState = { kind: "ready" };
const ended: ChatState = { kind: "ended" };

const to = (state: ChatState, ...effects: Effect[]): Step => ({ state, effects });
const chatting = (ahead = false): ChatState => ({ kind: "chatting", minimised: false, unread: 0, ahead });
const restored: ChatState = { kind: "chatting", minimised: false, unread: 0, ahead: false, restored: true };
const elsewhere: ChatState = { kind: "elsewhere" };
const loading = (then: Then, guard: Guard = "fetching", prepared = false): ChatState => ({ kind: "loading", guard, prepared, then, slow: false });
const failed = (code: FailureCode, detail: string, resume: In<"failed">["resume"], then: Then): Step => to({ kind: "failed", code, detail, resume, then });
/** A user who has been told that the way to the chat takes long is not told the opposite by its next step. */
const starting = (step: In<"starting">["step"], slow = false): ChatState => ({ kind: "starting", step, slow });
const begin = (slow = false): Step => to(starting("opening", slow), "start");
const rest = (then: Then, slow = false): Step => (then === "start" ? begin(slow) : to(ready));

type In<K extends ChatState["kind"]> = Extract<ChatState, { kind: K }>;

const FOREIGN: readonly Guard[] = ["coming", "expelling", "surveyed", "quiet"];

/** Whether another user's conversation is in the widget, as far as one knows. */
const isForeignThere = (state: ChatState): boolean =>
    state.kind === "loading" ? FOREIGN.includes(state.guard) : state.kind === "failed" && state.resume === "expel";

function whileLoading(state: In<"loading">, event: ChatEvent): Step {
    const { pauses = 0 } = state;
    const go = (change: Partial<In<"loading">>): Step => {
        const next = { ...state, ...change };
        if (next.guard === state.guard && next.prepared === state.prepared && next.then === state.then && next.slow === state.slow) return to(state);
        return next.guard === "clear" && next.prepared ? rest(next.then, next.slow) : to(next);
    };
    switch (event.type) {
        case "start":
            return go({ then: "start" });
        case "slow":
            return go({ slow: true });
        case "arrived":
            return state.guard === "fetching" ? go({ guard: "waiting" }) : to(state);
        case "ready":
            return state.guard === "fetching" || state.guard === "waiting" ? go({ guard: "checking" }) : to(state);
        case "settled":
            return state.guard === "checking" ? go({ guard: "clear" }) : to(state);
        case "quiet":
            return state.guard === "quiet" ? go({ guard: "clear" }) : to(state);
        case "pane":
            // Looked at again and again: it may ask first whether to be left.
            return event.pane === "survey-after" && isForeignThere(state) ? to(go({ guard: "surveyed" }).state, "dismiss") : to(state);
        case "come":
            // A call to close that has had no answer is made again: the widget may not have been able to hear it.
            if (state.guard === "surveyed") return go({ guard: "expelling" });
            return state.guard === "coming" || state.guard === "expelling" ? to({ ...state, guard: "expelling" }, "close") : to(state);
        case "queued":
        case "message":
        case "history":
            // It is back completely when its lines are there.
            if (state.guard === "coming") return to({ ...state, guard: "expelling" }, "close");
            return state.guard === "quiet" ? go({ guard: "coming" }) : to(state);
        case "prepared":
            return go({ prepared: true });
        case "restored":
            if (isForeignThere(state)) return state.guard === "quiet" ? go({ guard: "coming" }) : to(state);
            if (!event.own) return go({ guard: "coming" });
            return to(restored, ...(state.then === "start" ? (["start"] as const) : []));
        case "closed":
            return isForeignThere(state) ? go({ guard: "quiet" }) : to(state);
        case "failed":
            // Once ready, the widget complains of what it keeps itself: a conversation that ended while the user was away, say (seen).
            if (state.guard !== "fetching" && state.guard !== "pausing" && state.guard !== "waiting") return to(state);
            if (event.code === "script-unreachable" && state.guard === "pausing") return to(state);
            if (event.code === "script-unreachable" && pauses < PAUSES) return to({ ...state, guard: "pausing", slow: true, pauses: pauses + 1 });
            return event.code === "widget-conflict" ? to({ kind: "conflict" }) : failed(event.code, event.detail, "load", state.then);
        case "again":
            return state.guard === "pausing" ? to({ ...state, guard: "fetching" }, "load") : to(state);
        case "limit":
            // Only the way to a ready widget has a limit of its own here; the context's preparation has one elsewhere.
            if (isForeignThere(state)) return failed("widget-error", "closeChat", "expel", state.then);
            return failed(state.guard === "fetching" || state.guard === "pausing" ? "script-unreachable" : "widget-timeout", "", "load", state.then);
        default:
            return to(state);
    }
}

function whileStarting(state: In<"starting">, event: ChatEvent): Step {
    // What the old conversation still says is no new one.
    const isOver = state.step === "leaving" || state.step === "closing";
    switch (event.type) {
        case "start":
            return state.step === "opened" ? to(state, "start") : to(state);
        case "slow":
            return state.slow || state.step === "opened" ? to(state) : to({ ...state, slow: true });
        case "limit":
            return state.step === "opened" ? to(state) : failed("start-timeout", "", "start", "start");
        case "failed":
            return failed(event.code, event.detail, "leave", "start");
        case "settled":
            return state.step === "leaving" ? to(starting("closing", state.slow), "close") : to(state);
        case "come":
            // There is nothing to close if no answer comes.
            return state.step === "closing" ? begin(state.slow) : to(state);
        case "ready":
            // A ready that was not true, or only assumed, has cost the call.
            return state.step === "opening" ? to(state, "start") : to(state);
        case "opened":
            return state.step === "opening" ? to(starting("opened")) : to(state);
        case "pane":
            if (isOver && event.pane === "survey-after") return to({ kind: "user-action", then: "start" }, "start");
            // It is not over, whatever was told.
            if (state.step === "leaving" && event.pane === "conversation") return to(chatting(), "start");
            if (isOver || event.pane === "conversation") return to(state);
            return to(event.pane === "closed-hours" ? { kind: "unavailable", reason: "outside-operating-hours" } : { kind: "user-action", then: "rest" });
        case "queued":
            return to(chatting());
        case "message":
            return isOver ? to(state) : to(chatting());
        case "agent-ended":
            return isOver ? to(state) : to(ended);
        case "closed":
            if (state.step === "opened") return to(ready);
            // Closed before anything was opened: the widget was still busy closing, and may have dropped the call.
            return isOver ? begin(state.slow) : to(state, "start");
        default:
            return to(state);
    }
}

function whileChatting(state: In<"chatting">, event: ChatEvent): Step {
    switch (event.type) {
        case "start":
            return to(state, "start");
        case "minimised":
            return state.minimised ? to(state) : to({ ...state, minimised: true });
        case "maximised":
            return state.minimised ? to(chatting(state.ahead)) : to(state);
        case "message":
            if (!state.minimised) return to(state);
            return to(state.ahead ? { ...state, ahead: false } : { ...state, unread: state.unread + 1 });
        case "unread":
            return state.minimised && event.count > state.unread ? to({ ...state, unread: event.count, ahead: !state.restored }) : to(state);
        case "told":
            if (state.restored) return to({ kind: "chatting", minimised: state.minimised, unread: state.unread, ahead: state.ahead });
            return state.ahead && !state.minimised ? to(chatting()) : to(state);
        case "agent-ended":
            return to(ended);
        case "closed":
            return to(ready);
        case "pane":
            // No event tells that a survey has followed a conversation which the user has ended (seen).
            return event.pane === "survey-after" ? to({ kind: "user-action", then: "rest" }) : to(state);
        default:
            return to(state);
    }
}

/** States in which the widget is there and nobody has asked for anything: what happens in it is taken over as it comes. */
function whileAtRest(state: In<"ready" | "ended" | "failed" | "unavailable" | "user-action">, event: ChatEvent): Step {
    switch (event.type) {
        case "opened":
            // A widget that asks for sign-in opens its pane after it has complained (seen), and complains again.
            return state.kind === "user-action" || (state.kind === "failed" && state.code === "widget-requires-authentication") ? to(state) : to(starting("opened"));
        case "queued":
            return to(chatting());
        case "message":
            // The agent writes: it is not over, or not any more.
            return to(chatting());
        case "elsewhere":
            return to(remembered(state) === false ? elsewhere : state);
        case "closed":
            if (state.kind === "failed") return to(state.resume === "leave" ? { ...state, resume: "start" } : state);
            return state.kind === "user-action" ? rest(state.then) : to(ready);
        case "agent-ended":
            return state.kind === "user-action" ? to(ended) : to(state);
        case "pane":
            if (state.kind === "ended") return event.pane === "survey-after" ? to({ kind: "user-action", then: "rest" }) : to(state);
            return state.kind === "user-action" && event.pane === "closed-hours" ? to({ kind: "unavailable", reason: "outside-operating-hours" }) : to(state);
        default:
            return to(state);
    }
}

/** What shows that it is here makes it this tab's; what may be the other tab's changes nothing. */
function whileElsewhere(state: In<"elsewhere">, event: ChatEvent): Step {
    switch (event.type) {
        case "queued":
        case "maximised":
            return to(chatting());
        case "unread":
            // Microsoft's button counts where the pane is.
            return to({ kind: "chatting", minimised: true, unread: event.count, ahead: false });
        case "lapsed":
            return to(ready);
        default:
            return to(state);
    }
}

/** A retry sets in where the failure was. */
function again(state: In<"failed">, then: Then): Step {
    switch (state.resume) {
        case "load":
            return to(loading(then), "load");
        case "expel":
            // A survey may stand there, which is seen before it is closed.
            return to(loading(then, "coming", true));
        case "start":
            return then === "start" ? begin() : to(state);
        case "leave":
            return then === "start" ? to(starting("leaving")) : to(state);
        default:
            return never(state.resume);
    }
}

/** Makes the compiler prove that a union is handled completely. */
export function never(value: never): never {
    throw new TypeError(`Unhandled: ${String(value)}`);
}

/**
 * The next state and what to do on the way there. Events that mean nothing in a state leave it as it is, the same object, so that
 * doubled and forged ones change nothing.
 */
export function transition(state: ChatState, event: ChatEvent): Step {
    // Whatever the state, another user's conversation has to go before anything is shown.
    if (event.type === "restored" && state.kind !== "loading") {
        if (state.kind === "idle" || state.kind === "conflict") return to(state);
        if (!event.own) return state.kind === "ended" ? to(state) : to(loading(state.kind === "starting" ? "start" : "rest", "coming", true));
        // A chat of one's own cannot come back while a foreign one is still there.
        return state.kind === "chatting" || state.kind === "elsewhere" || isForeignThere(state) ? to(state) : to(restored);
    }
    switch (state.kind) {
        case "idle":
        case "conflict":
            return event.type === "start" ? to(loading("start"), "load") : event.type === "load" ? to(loading("rest"), "load") : to(state);
        case "loading":
            return whileLoading(state, event);
        case "starting":
            return whileStarting(state, event);
        case "chatting":
            return whileChatting(state, event);
        case "ready":
        case "unavailable":
            return event.type === "start" ? begin() : whileAtRest(state, event);
        case "elsewhere":
            return event.type === "start" ? begin() : whileElsewhere(state, event);
        case "user-action":
            return event.type === "start" ? to(state, "start") : whileAtRest(state, event);
        case "ended":
            // The widget would only show the old transcript again (S): it is closed first, and a new conversation starts from there.
            return event.type === "start" ? to(starting("leaving")) : whileAtRest(state, event);
        case "failed":
            if (event.type === "start") return again(state, "start");
            if (event.type === "load") return again(state, "rest");
            // Late, but closed, if it stays so.
            if (event.type === "closed" && state.resume === "expel") return to(loading("rest", "quiet", true));
            // What is not known to be this user's stays out of sight, and what happens in it is not this user's.
            return veiled(state) ? to(state) : whileAtRest(state, event);
        default:
            return never(state);
    }
}

/** Whether the widget's elements are kept out of sight: until it is clear that nothing of another user's is in them. */
export function veiled(state: ChatState): boolean {
    return state.kind === "loading" || (state.kind === "failed" && (state.resume === "load" || state.resume === "expel"));
}

/** Whether the widget is there and no conversation is in it, nor is on its way: Microsoft's own button can begin one. */
export function atRest(state: ChatState): boolean {
    return state.kind === "ready" || state.kind === "elsewhere" || state.kind === "ended" || state.kind === "unavailable" || (state.kind === "failed" && state.resume === "start");
}

/** Whether panes and counts, which no event tells of, matter in a state. */
export function watched(state: ChatState): boolean {
    return state.kind === "starting" || state.kind === "user-action" || state.kind === "chatting" || state.kind === "elsewhere" || state.kind === "ended" || isForeignThere(state);
}

/** The timers that run in a state. */
export function timers(state: ChatState): readonly Timer[] {
    switch (state.kind) {
        case "loading":
            if (state.guard === "coming" || state.guard === "expelling" || state.guard === "surveyed") return ["come", "slow", "limit"];
            if (state.guard === "quiet") return ["quiet", "slow", "limit"];
            if (state.guard === "pausing") return ["again", "slow", "limit"];
            return state.guard === "checking" ? ["settled", "slow", "limit"] : ["slow", "limit"];
        case "starting":
            if (state.step === "opened") return [];
            return state.step === "leaving" ? ["settled", "slow", "limit"] : state.step === "closing" ? ["come", "slow", "limit"] : ["slow", "limit"];
        case "chatting":
            return state.restored || (state.ahead && !state.minimised) ? ["told"] : [];
        case "elsewhere":
            return ["lapsed"];
        default:
            return [];
    }
}

/** Whether this user's own conversation may be in the widget: then it is remembered, at rest it is forgotten, else left as it is. */
export function remembered(state: ChatState): boolean | undefined {
    switch (state.kind) {
        case "starting":
        case "user-action":
        case "chatting":
            return true;
        case "ready":
        case "ended":
        case "unavailable":
            return false;
        case "loading":
            // What a press had written down already must not make a foreign conversation this user's after a reload.
            return isForeignThere(state) ? false : undefined;
        default:
            return undefined;
    }
}

/** What the maker's formulas and scripts are told. */
export type Occurrence = "ChatStarted" | "ChatEnded" | "MessageReceived" | "ChatFailed";

/** The occurrence in a step, if it is one; finding a conversation that was running already is none. */
export function occurrence(before: ChatState, event: ChatEvent, after: ChatState): Occurrence | undefined {
    if (after.kind === "chatting" && before.kind === "chatting") {
        // Each message is told once: by its event, or by the count that ran ahead of it.
        if (event.type === "message") return before.ahead ? undefined : "MessageReceived";
        return event.type === "unread" && before !== after && !before.restored ? "MessageReceived" : undefined;
    }
    // Its own tab tells of it.
    if (before.kind === after.kind || before.kind === "elsewhere") return undefined;
    if (after.kind === "failed" || after.kind === "conflict") return "ChatFailed";
    if (before.kind === "chatting") return "ChatEnded";
    return after.kind === "chatting" && (event.type === "queued" || event.type === "message") ? "ChatStarted" : undefined;
}
