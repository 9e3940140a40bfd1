// The states of one's own chat, the events that move it, and the one pure function that decides. Imports nothing that runs.
import type { AvailabilityCode, FailureCode } from "./codes";
import { expel, expulsionTimer } from "./expulsion";
import type { Expulsion, ExpulsionEvent, ExpulsionStep } from "./expulsion";
import { PAUSES } from "./timing";
import type { Timer } from "./timing";

/** What to do once the widget is there: start the chat that somebody asked for, or leave it at rest. */
export type Then = "start" | "rest";

export type LoadingStep =
    /** The script is on its way. */
    | "fetching"
    /** It was not reached, and is asked for again after a pause. */
    | "pausing"
    /** The script has arrived, the widget has not said ready yet. */
    | "waiting"
    /** Ready. A conversation that comes back is about to do so. */
    | "checking"
    | "clear";

/** Common to the ways to a usable widget. `prepared`: the context is final and set as the provider. */
interface Loading {
    readonly prepared: boolean;
    readonly then: Then;
    readonly slow: boolean;
}

export type ChatState =
    | { readonly kind: "idle" }
    /** `pauses`: how often the script was not reached. */
    | (Loading & { readonly kind: "loading"; readonly step: LoadingStep; readonly pauses: number })
    /** Another user's conversation came back and has to go first. */
    | (Loading & { readonly kind: "expelling"; readonly step: ExpulsionStep })
    | { readonly kind: "ready" }
    /**
     * `closing`: the ended conversation is closed first. `shown`: the frame has the size of an open chat.
     * `opened`: the widget has told of a start, the conversation is not told yet.
     */
    | { readonly kind: "starting"; readonly step: "closing" | "opening" | "shown" | "opened"; readonly slow: boolean }
    /**
     * The chat window waits for the user: a survey, the offer to reconnect, closed hours. `then` follows its end.
     * `at`: before a conversation whose start was told, or was not; after one; or with an error, which may be harmless.
     */
    | { readonly kind: "user-action"; readonly then: Then; readonly at: "start" | "shown" | "end" | "error" }
    /** `heard`: messages heard while minimised. `unread`: the larger of these and the number in the title. */
    | { readonly kind: "chatting"; readonly minimised: boolean; readonly heard: number; readonly unread: number }
    /** This user's conversation is in another tab of the browser; this tab has only heard of it. */
    | { readonly kind: "elsewhere" }
    | { readonly kind: "ended" }
    /** `resume`: where a retry begins; `close`: an error stands in the chat window, which is closed first. `then`: what was wanted, and goes on by itself when the network is back. */
    | {
          readonly kind: "failed";
          readonly code: FailureCode;
          readonly detail: string;
          readonly resume: "load" | "reload" | "start" | "close";
          readonly then: Then;
      }
    | { readonly kind: "unavailable"; readonly reason: AvailabilityCode; readonly resume: "load" | "start" }
    | { readonly kind: "conflict" };

/** What the widget tells, as the adapter lets it through: echoes are gone, the frame's size agrees. It may still be forged. */
export type WidgetEvent =
    | { readonly type: "arrived" }
    | { readonly type: "ready" }
    | { readonly type: "opened" }
    | { readonly type: "queued" }
    /** A conversation came back from the widget's cache. Whose it is, is not known here. */
    | { readonly type: "restored" }
    | { readonly type: "message" }
    /** A line of a conversation that has come back. */
    | { readonly type: "history" }
    /** The number in the page's title. */
    | { readonly type: "unread"; readonly count: number }
    | { readonly type: "minimised" }
    | { readonly type: "maximised" }
    | { readonly type: "agent-ended" }
    /** `isSure`: the frame was seen to shrink, or the page itself had asked for it. */
    | { readonly type: "closed"; readonly isSure: boolean }
    /** An end was told, and the chat window is still open: a survey may be in it. */
    | { readonly type: "stayed" }
    | { readonly type: "failed"; readonly code: FailureCode; readonly detail: string };

export type ChatEvent =
    | Exclude<WidgetEvent, { type: "restored" | "stayed" }>
    /** Somebody wants the widget on the page. */
    | { readonly type: "load" }
    /** Somebody wants to chat. `isOpen`: the chat window is open. `maySurvey`: closing it may bring a survey. */
    | { readonly type: "start"; readonly isOpen: boolean; readonly maySurvey: boolean }
    | { readonly type: "prepared" }
    /** The configuration says that no chat can start. */
    | { readonly type: "refused"; readonly reason: FailureCode | AvailabilityCode }
    /** A conversation of this user was heard of that another tab has. */
    | { readonly type: "elsewhere" }
    | { readonly type: "restored"; readonly own: boolean }
    /** A survey follows the conversation. */
    | { readonly type: "survey" }
    /** `own`: this user's marker stands, so the open window shows this user's conversation. */
    | { readonly type: "revealed"; readonly own: boolean }
    /** A foreign conversation has gone, and a survey may follow it. */
    | { readonly type: "surveyed" }
    | { readonly type: Exclude<Timer, "revealed" | "waited"> };

/** What the session has to do. `show` brings a running chat to the front, `forget` drops the marker. */
export type Effect = "load" | "reload" | "start" | "show" | "close" | "forget";

export interface Step {
    readonly state: ChatState;
    readonly effects: readonly Effect[];
}

type In<K extends ChatState["kind"]> = Extract<ChatState, { kind: K }>;

export const idle: ChatState = { kind: "idle" };
const ready: ChatState = { kind: "ready" };
const ended: ChatState = { kind: "ended" };
const elsewhere: ChatState = { kind: "elsewhere" };
const chatting: ChatState = { kind: "chatting", minimised: false, heard: 0, unread: 0 };

const to = (state: ChatState, ...effects: Effect[]): Step => ({ state, effects });
const fresh = { prepared: false, slow: false, pauses: 0 } as const;
const load = (then: Then, effect: "load" | "reload" = "load"): Step =>
    to({ ...fresh, kind: "loading", step: "fetching", then }, effect);
const failed = (code: FailureCode, detail: string, resume: In<"failed">["resume"], then: Then): Step =>
    to({ kind: "failed", code, detail, resume, then });
/** A user who has been told that the way to the chat takes long is not told the opposite by its next step. */
const begin = (slow = false): Step => to({ kind: "starting", step: "opening", slow }, "start");
/** A window that shows an error, or an old transcript, does not start anew (S, seen): it is closed first. */
const closeFirst: Step = { state: { kind: "starting", step: "closing", slow: false }, effects: ["close"] };
const userAction = (at: "start" | "shown" | "end", then: Then = "rest"): ChatState => ({ kind: "user-action", then, at });

/** Makes the compiler prove that a union is handled completely. */
export function never(value: never): never {
    throw new TypeError(`Unhandled: ${String(value)}`);
}

/** Goes on as soon as the widget is free and the context is set. */
function proceed(state: In<"loading">): Step {
    if (state.step !== "clear" || !state.prepared) return to(state);
    // Nothing came back: what this window's marker spoke of is over.
    return state.then === "start" ? begin(state.slow) : to(ready, "forget");
}

function refused(reason: FailureCode | AvailabilityCode, resume: "load" | "start", then: Then): Step {
    if (reason === "outside-operating-hours") return to({ kind: "unavailable", reason, resume });
    return failed(reason, "", resume, then);
}

/** A foreign conversation goes before anything else, whatever was under way. */
const restoredForeign = (then: Then, prepared = true, slow = false): Step =>
    to({ kind: "expelling", step: "returning", prepared, then, slow });

function failedWhileLoading(state: In<"loading">, event: Extract<ChatEvent, { type: "failed" }>): Step {
    // Once ready, the widget complains of what it keeps itself: a conversation that ended while the user was away (seen).
    if (state.step === "checking" || state.step === "clear") return to(state);
    if (event.code === "widget-conflict") return to({ kind: "conflict" });
    if (event.code !== "script-unreachable") return failed(event.code, event.detail, "load", state.then);
    if (state.step === "pausing") return to(state);
    if (state.pauses < PAUSES) return to({ ...state, step: "pausing", slow: true, pauses: state.pauses + 1 });
    return failed(event.code, event.detail, "load", state.then);
}

function whileLoading(state: In<"loading">, event: ChatEvent): Step {
    switch (event.type) {
        case "start":
            return state.then === "start" ? to(state) : to({ ...state, then: "start" });
        case "slow":
            return state.slow ? to(state) : to({ ...state, slow: true });
        case "arrived":
            return state.step === "fetching" ? to({ ...state, step: "waiting" }) : to(state);
        case "ready":
            return state.step === "fetching" || state.step === "waiting" ? to({ ...state, step: "checking" }) : to(state);
        case "settled":
        case "rested":
            return state.step === "checking" ? proceed({ ...state, step: "clear" }) : to(state);
        case "prepared":
            return state.prepared ? to(state) : proceed({ ...state, prepared: true });
        case "refused":
            return refused(event.reason, "load", state.then);
        case "restored":
            if (!event.own) return restoredForeign(state.then, state.prepared, state.slow);
            return state.then === "start" ? to(chatting, "show") : to(chatting);
        case "failed":
            return failedWhileLoading(state, event);
        case "again":
            return state.step === "pausing" ? to({ ...state, step: "fetching" }, "load") : to(state);
        case "limit":
            if (state.step === "fetching" || state.step === "pausing") return failed("script-unreachable", "", "load", state.then);
            return failed("widget-timeout", "", "load", state.then);
        default:
            return to(state);
    }
}

const EXPULSION: readonly string[] = [
    "restored", "queued", "history", "message", "closed", "returned", "unanswered", "quiet", "surveyed",
] satisfies ExpulsionEvent[];
const isExpulsionEvent = (type: string): type is ExpulsionEvent => EXPULSION.includes(type);

function whileExpelling(state: In<"expelling">, event: ChatEvent): Step {
    switch (event.type) {
        case "start":
            return state.then === "start" ? to(state) : to({ ...state, then: "start" });
        case "slow":
            return state.slow ? to(state) : to({ ...state, slow: true });
        case "prepared":
            return state.prepared ? to(state) : to({ ...state, prepared: true });
        case "limit":
            return failed("widget-error", "closeChat", "reload", state.then);
        default:
            return isExpulsionEvent(event.type) ? afterExpulsion(state, expel(state.step, event.type)) : to(state);
    }
}

function afterExpulsion(state: In<"expelling">, next: Expulsion): Step {
    const { prepared, then, slow } = state;
    if (next === state.step) return to(state);
    if (next === "gone") return proceed({ kind: "loading", step: "clear", prepared, then, slow, pauses: 0 });
    // The widget does not answer, behind a survey perhaps: the hidden frame goes, and the widget is loaded anew.
    if (next === "stuck") return to({ ...fresh, kind: "loading", step: "fetching", prepared, then, slow }, "reload");
    return to({ ...state, step: next }, ...(next.startsWith("closing") ? (["close"] as const) : []));
}

/** Whether the chat window of a start is open, as far as the widget tells. */
export const isWindowOpen = (state: ChatState): boolean =>
    state.kind === "starting" && (state.step === "shown" || state.step === "opened");

function whileStarting(state: In<"starting">, event: ChatEvent): Step {
    // What is told of the old conversation is not news of the next one.
    if (state.step === "closing" && !["closed", "left", "slow", "limit", "restored"].includes(event.type)) return to(state);
    switch (event.type) {
        case "start":
            // The user has minimised the window before the conversation was told.
            return isWindowOpen(state) && !event.isOpen ? to(state, "show") : to(state);
        case "slow":
            return state.slow ? to(state) : to({ ...state, slow: true });
        case "limit":
            // A widget that does not even open its window is as good as not there.
            return failed("start-timeout", "", state.step === "opening" ? "reload" : "start", "start");
        case "left":
            return begin(state.slow);
        case "closed":
            return closedAtRest(event, state.step === "closing" ? "start" : "rest");
        case "ready":
            // A ready that was forged, or only assumed, has cost the call.
            return state.step === "opening" ? to(state, "start") : to(state);
        case "opened":
            return state.step === "opened" ? to(state) : to({ ...state, step: "opened" });
        case "maximised":
            return state.step === "opening" ? to({ ...state, step: "shown" }) : to(state);
        case "revealed":
            if (event.own) return to(chatting);
            return to(userAction(state.step === "opened" ? "start" : "shown"));
        case "queued":
            return to(chatting);
        case "message":
            return isWindowOpen(state) ? to(chatting) : to(state);
        case "restored":
            return event.own ? to(chatting, "show") : restoredForeign("start", true, state.slow);
        case "agent-ended":
            return to(ended);
        case "refused":
            return refused(event.reason, "start", "start");
        case "failed":
            return failed(event.code, event.detail, isWindowOpen(state) ? "close" : "start", "start");
        default:
            return to(state);
    }
}

/** The chat is over. The marker goes only when that is sure. */
function closedAtRest({ isSure }: Extract<ChatEvent, { type: "closed" }>, then: Then): Step {
    const { state, effects } = then === "start" ? begin() : to(ready);
    return isSure ? to(state, "forget", ...effects) : to(state, ...effects);
}

function whileChatting(state: In<"chatting">, event: ChatEvent): Step {
    switch (event.type) {
        case "start":
            return to(chatting, "show");
        case "minimised":
            return state.minimised ? to(state) : to({ ...state, minimised: true });
        case "maximised":
            return state.minimised || state.unread > 0 ? to(chatting) : to(state);
        case "message":
            if (!state.minimised) return to(state);
            return to({ ...state, heard: state.heard + 1, unread: Math.max(state.unread, state.heard + 1) });
        case "unread":
            return state.minimised && event.count > state.unread ? to({ ...state, unread: event.count }) : to(state);
        case "agent-ended":
            return to(ended);
        case "survey":
            return to(userAction("end"));
        case "closed":
            return closedAtRest(event, "rest");
        default:
            return to(state);
    }
}

function whileUserActs(state: In<"user-action">, event: ChatEvent): Step {
    switch (event.type) {
        case "start":
            return state.at === "error" ? closeFirst : to(state, "show");
        case "failed":
            return state.at === "end" || state.at === "error" ? to(state) : to({ ...state, at: "error" });
        case "queued":
            return to(chatting);
        case "message":
            // Behind a conversation it is a late one of that.
            return state.at === "end" ? to(state) : to(chatting);
        case "agent-ended":
            return to(ended);
        case "closed":
            return closedAtRest(event, state.then);
        case "restored":
            return event.own ? to(chatting) : restoredForeign("rest");
        default:
            return to(state);
    }
}

/** Left by a press, by the closing, and for a foreign conversation: late and doubled events are still the old one's. */
function whileEnded(state: In<"ended">, event: ChatEvent): Step {
    switch (event.type) {
        case "start":
            // The user sees the agent's last words, or that the chat is not over at all, before anything is closed.
            if (!event.isOpen) return to(state, "show");
            // `closeChat` on a survey breaks the widget (seen), so the user closes it.
            if (event.maySurvey) return to(userAction("end", "start"), "show");
            return closeFirst;
        case "closed":
            return closedAtRest(event, "rest");
        case "survey":
            return to(userAction("end"));
        case "restored":
            return event.own ? to(state) : restoredForeign("rest");
        default:
            return to(state);
    }
}

function whileElsewhere(state: In<"elsewhere">, event: ChatEvent): Step {
    switch (event.type) {
        case "start":
            return begin();
        case "queued":
        case "maximised":
            return to(chatting);
        case "restored":
            return event.own ? to(state) : restoredForeign("rest");
        case "lapsed":
            return to(ready);
        default:
            return to(state);
    }
}

function whileReady(state: In<"ready" | "unavailable">, event: ChatEvent): Step {
    switch (event.type) {
        case "start":
            // A widget that was loaded outside the hours keeps them as they were (S).
            return state.kind === "unavailable" && state.resume === "load" ? load("start", "reload") : begin();
        case "opened":
        case "maximised":
            // The user has pressed Microsoft's own button.
            return state.kind === "ready" ? to(userAction(event.type === "opened" ? "start" : "shown")) : to(state);
        case "refused":
            return state.kind === "unavailable" && state.reason === event.reason ? to(state) : refused(event.reason, "load", "rest");
        case "elsewhere":
            return to(elsewhere);
        case "restored":
            return event.own ? to(chatting) : restoredForeign("rest");
        default:
            return to(state);
    }
}

function whileFailed(state: In<"failed">, event: ChatEvent): Step {
    if (state.resume !== "load" && state.resume !== "reload") return whileNotStarted(state, event);
    switch (event.type) {
        case "load":
            return load("rest", state.resume);
        case "start":
            return load("start", state.resume);
        case "queued":
            return state.code === "start-timeout" ? to(chatting) : to(state);
        case "restored":
            return event.own ? to(chatting) : restoredForeign("rest");
        default:
            return to(state);
    }
}

function whileNotStarted(state: In<"failed">, event: ChatEvent): Step {
    switch (event.type) {
        case "start":
            return state.resume === "close" || event.isOpen ? closeFirst : begin();
        case "opened":
            // The error was about something else.
            return to({ kind: "starting", step: "opened", slow: false });
        case "queued":
            return to(chatting);
        case "closed":
            // Late, but gone.
            return closedAtRest(event, "rest");
        case "restored":
            return event.own ? to(chatting) : restoredForeign("rest");
        default:
            return to(state);
    }
}

/**
 * The next state and what to do on the way there. An event that means nothing in a state leaves it as it is, the same object:
 * doubled and forged events change nothing.
 */
export function transition(state: ChatState, event: ChatEvent): Step {
    switch (state.kind) {
        case "idle":
        case "conflict":
            if (event.type === "refused") return refused(event.reason, "load", "rest");
            return event.type === "start" ? load("start") : event.type === "load" ? load("rest") : to(state);
        case "loading":
            return whileLoading(state, event);
        case "expelling":
            return whileExpelling(state, event);
        case "starting":
            return whileStarting(state, event);
        case "chatting":
            return whileChatting(state, event);
        case "user-action":
            return whileUserActs(state, event);
        case "ended":
            return whileEnded(state, event);
        case "elsewhere":
            return whileElsewhere(state, event);
        case "ready":
        case "unavailable":
            return whileReady(state, event);
        case "failed":
            return whileFailed(state, event);
        default:
            return never(state);
    }
}

/**
 * Whether the widget's frame is hidden: until it is clear that nothing of another user is in it.
 * @param isKnown whether what comes back in this window can only be this user's
 */
export function isHidden(state: ChatState, isKnown: boolean): boolean {
    switch (state.kind) {
        case "loading":
        case "expelling":
        case "failed":
        case "unavailable":
            return true;
        case "starting":
            return !isKnown;
        default:
            return false;
    }
}

/** Whether the widget is there without a conversation in it or on its way: Microsoft's own button can start one. */
export function atRest(state: ChatState): boolean {
    if (state.kind === "failed") return state.resume === "start" || state.resume === "close";
    return ["ready", "elsewhere", "ended", "unavailable"].includes(state.kind);
}

/** The timers that run in a state. */
export function timers(state: ChatState): readonly Timer[] {
    switch (state.kind) {
        case "loading":
            if (state.step === "pausing") return ["again", "slow", "limit"];
            return state.step === "checking" ? [state.then === "start" ? "settled" : "rested", "slow", "limit"] : ["slow", "limit"];
        case "expelling":
            return [expulsionTimer(state.step), "slow", "limit"];
        case "starting":
            if (state.step === "opened") return ["revealed"];
            if (state.step === "shown") return ["waited"];
            return state.step === "closing" ? ["left", "slow", "limit"] : ["slow", "limit"];
        case "elsewhere":
            return ["lapsed"];
        default:
            return [];
    }
}

/** What the maker's formulas and scripts are told. */
export type Occurrence = "ChatStarted" | "ChatEnded" | "MessageReceived" | "ChatFailed";

/** The occurrence in a step, if it is one; finding a conversation that was running already is none. */
export function occurrence(before: ChatState, event: ChatEvent, after: ChatState): Occurrence | undefined {
    if (after.kind === "chatting" && before.kind === "chatting") return event.type === "message" ? "MessageReceived" : undefined;
    // The other tab tells of its own conversation.
    if (before.kind === after.kind || before.kind === "elsewhere") return undefined;
    if (after.kind === "failed" || after.kind === "conflict") return "ChatFailed";
    if (before.kind === "chatting") return "ChatEnded";
    return after.kind === "chatting" && event.type === "queued" ? "ChatStarted" : undefined;
}
