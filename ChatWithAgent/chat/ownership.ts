// Whose conversation an event of the widget speaks of. Pure: events are claims, knowledge comes from elsewhere.
import { atRest } from "./machine";
import type { ChatState, WidgetEvent } from "./machine";

export interface Knowledge {
    readonly state: ChatState;
    /** Whose marker stands in the browser. */
    readonly marker: "own" | "other" | "none";
    /** Whether this window has had a conversation of this user, or this user's marker stood when the widget was asked for. */
    readonly hasOwn: boolean;
    /** Whether a foreign conversation came back in this window: it may do so once more. */
    readonly hasMetForeign: boolean;
    /** Whether the chat window is open, by the frame's size; undefined where the size does not tell. */
    readonly isOpen: boolean | undefined;
    /** Whether a survey follows a conversation, by the configuration. */
    readonly hasSurveyAfter: boolean;
}

export type Verdict = "own" | "foreign" | "elsewhere" | "ignore";

/**
 * Whether what comes back in this window can only be this user's. Another user's marker was written later, in another tab.
 */
export const isKnown = ({ marker, hasOwn }: Pick<Knowledge, "marker" | "hasOwn">): boolean =>
    marker === "own" || (hasOwn && marker !== "other");

/** This user's marker stands although this window holds no conversation: another tab has it, or an end was told that was none. */
const isElsewhere = ({ state, marker }: Knowledge): boolean =>
    marker === "own" && (state.kind === "ready" || state.kind === "unavailable" || state.kind === "elsewhere");

function classifyReturn(known: Knowledge): Verdict {
    switch (known.state.kind) {
        case "idle":
        case "conflict":
            return "ignore";
        default:
            // A new chat's window is before the user: nothing is on its way back any more.
            if (known.state.kind === "user-action" && known.state.at === "start") return "ignore";
            if (isElsewhere(known)) return "elsewhere";
            return isKnown(known) ? "own" : "foreign";
    }
}

/** A conversation that nobody in this window has opened. */
function classifyQueued(known: Knowledge): Verdict {
    const { state, hasMetForeign, isOpen } = known;
    const isUnopened = atRest(state) || (state.kind === "starting" && state.step === "opening");
    if (isUnopened && hasMetForeign && !isKnown(known)) return "foreign";
    if (state.kind === "ready" || state.kind === "unavailable") return isElsewhere(known) ? "elsewhere" : "ignore";
    // A conversation begins in an open window.
    return isUnopened && isOpen === false ? "ignore" : "own";
}

/**
 * Classifies an event.
 * @returns `own`: it moves this window's chat. `foreign`: another user's conversation is in the widget.
 * `elsewhere`: it speaks of this user's conversation in another tab. `ignore`: it says nothing to this window
 */
export function classify(event: WidgetEvent, known: Knowledge): Verdict {
    switch (event.type) {
        case "restored":
            return classifyReturn(known);
        case "queued":
            return classifyQueued(known);
        case "message":
        case "history":
            if (isElsewhere(known)) return "elsewhere";
            return known.state.kind === "ready" || known.state.kind === "unavailable" ? "ignore" : "own";
        case "stayed":
            return known.hasSurveyAfter ? "own" : "ignore";
        default:
            return "own";
    }
}
