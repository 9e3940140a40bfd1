// Another user's conversation that came back: the steps until the widget is free of it. Pure; the frame stays hidden throughout.

export type ExpulsionStep =
    /** The widget restores it. `closeChat` is ignored until restoring ends (seen). */
    | "returning"
    /** `closeChat` was called. */
    | "closing"
    /** As `closing`, after it had ended once: then there may be nothing left that answers. */
    | "closing-again"
    /** It has ended. A conversation that was closed while it was restored may come back once more (seen). */
    | "quiet";

export type ExpulsionEvent =
    | "restored"
    | "queued"
    | "history"
    | "message"
    | "closed"
    /** Restoring has had its time, also for a conversation without lines. */
    | "returned"
    /** `closeChat` has had no answer. */
    | "unanswered"
    /** Nothing has come back. */
    | "quiet"
    /** Nothing has come back, but a survey of the closed conversation may stand in the hidden frame. */
    | "surveyed";

export type ExpulsionTimer = Extract<ExpulsionEvent, "returned" | "unanswered" | "quiet">;

/** `gone`: the widget is free. `stuck`: it does not let go of the conversation, and has to be loaded anew. */
export type Expulsion = ExpulsionStep | "gone" | "stuck";

/**
 * The next step of an expulsion.
 * @returns the same step where the event means nothing in it
 */
export function expel(step: ExpulsionStep, event: ExpulsionEvent): Expulsion {
    switch (step) {
        case "returning":
            return event === "history" || event === "message" || event === "queued" || event === "returned" ? "closing" : step;
        case "closing":
            if (event === "closed") return "quiet";
            return event === "unanswered" ? "stuck" : step;
        case "closing-again":
            return event === "closed" || event === "unanswered" ? "quiet" : step;
        case "quiet":
            if (event === "quiet") return "gone";
            if (event === "surveyed") return "stuck";
            // Lines that are told now are echoes of those before the end.
            return event === "restored" || event === "queued" ? "closing-again" : step;
    }
}

/** The timer that runs in a step. */
export function expulsionTimer(step: ExpulsionStep): ExpulsionTimer {
    switch (step) {
        case "returning":
            return "returned";
        case "closing":
        case "closing-again":
            return "unanswered";
        case "quiet":
            return "quiet";
    }
}
