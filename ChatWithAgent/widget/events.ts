// Owns the translation of the widget's window events into the chat's; payloads are untrusted, and events may come twice (seen).
import type { WidgetEvent } from "../chat/machine";

/** An event as it leaves the widget: whose conversation came back is not known here. */
export type Told = WidgetEvent | { readonly type: "restored" };

/** The events without a payload that matters. `lcw:onClose` is the click on the widget's ✕, which may still be taken back; `lcw:closeChat` is the end (D). */
const PLAIN = {
    "lcw:ready": "ready",
    "lcw:startChat": "opened",
    "lcw:chatQueued": "queued",
    "lcw:chatRetrieved": "restored",
    "lcw:threadUpdate": "agent-ended",
    "lcw:closeChat": "closed",
    "lcw:onMinimize": "minimised",
    "lcw:onMaximize": "maximised",
} as const;

/** The codes of a widget that asks for a signed-in user: provider failed, no token, invalid token, no function (D). */
const SIGN_IN = ["2", "3", "4", "8"];

/** Doubled deliveries were seen about this many milliseconds apart at the most. */
const ECHO = 700;

/** One own property of an untrusted value; accessors of a hostile payload may throw. */
function read(value: unknown, key: string): unknown {
    try {
        return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
    } catch {
        return undefined;
    }
}

/** The widget's own error code, for the administrator; a raw `Error` or nothing is possible too (B). */
function errorDetail(detail: unknown): string {
    const code = read(detail, "errorCode");
    return typeof code === "number" || (typeof code === "string" && /^\w{1,40}$/.test(code)) ? String(code) : "";
}

/** What makes two message events the same: the payload has no documented id (D), so everything in it counts. */
function fingerprint(detail: unknown): string {
    try {
        return JSON.stringify([detail]);
    } catch {
        return "";
    }
}

/**
 * Listens on the window for as long as the page lives: the widget cannot be unloaded either.
 */
export function listen(page: Window, tell: (event: Told) => void): void {
    const last = new Map<string, number>();
    /** True for what was delivered already; an echo does not prolong the time in which others count as echoes. */
    const echo = (key: string, at: number): boolean => {
        const isEcho = at - (last.get(key) ?? -Infinity) < ECHO;
        // What can have no echo any more is forgotten, or a flood would fill the memory.
        for (const [other, then] of last) {
            if (at - then < ECHO) break;
            last.delete(other);
        }
        if (!isEcho) last.set(key, at);
        return isEcho;
    };
    for (const [name, type] of Object.entries(PLAIN)) {
        page.addEventListener(name, (event) => {
            // Opening, minimising and maximising can really come again soon; a late echo is put right by what is on the screen.
            const canRepeat = type === "opened" || type === "minimised" || type === "maximised";
            if (canRepeat || !echo(name, event.timeStamp)) tell({ type });
        });
    }
    page.addEventListener("lcw:onMessageReceived", (event) => {
        const detail = read(event, "detail");
        // "user" is what the agent's side wrote, "system" what the service adds, such as who has joined (D).
        if (read(detail, "messageType") !== "system" && !echo(fingerprint(detail), event.timeStamp)) tell({ type: "message" });
    });
    // The agent's lines of a conversation that comes back, and the user's own, which are told as if they were sent again (seen).
    for (const name of ["lcw:onHistoryMessageReceived", "lcw:onMessageSent"]) page.addEventListener(name, () => tell({ type: "history" }));
    page.addEventListener("lcw:error", (event) => {
        const detail = errorDetail(read(event, "detail"));
        tell({ type: "failed", code: SIGN_IN.includes(detail) ? "widget-requires-authentication" : "widget-error", detail });
    });
}
