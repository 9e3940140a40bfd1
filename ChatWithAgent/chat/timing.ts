// Every time limit of the chat, in milliseconds, with its reason.
import type { ExpulsionTimer } from "./expulsion";

export type Timer =
    | ExpulsionTimer
    /** A conversation that comes back has done so by now; somebody waits for the chat. */
    | "settled"
    /** The same where nobody waits, so it may take longer. */
    | "rested"
    /** The chat window is open and no conversation was told: the user has something to do in it. */
    | "revealed"
    /** The same where no start was told either: a conversation may be on its way back. */
    | "waited"
    /** No answer to closing an ended conversation. */
    | "left"
    /** The marker of a conversation in another tab is looked at again. */
    | "lapsed"
    /** The pause before the script is asked for again. */
    | "again"
    | "slow"
    | "limit";

export const MILLISECONDS: Readonly<Record<Exclude<Timer, "again">, number>> = {
    // A conversation comes back 100-150 ms after ready (seen).
    settled: 300,
    rested: 4_000,
    // A survey or closed hours show their pane without a further event (S).
    revealed: 1_500,
    waited: 8_000,
    returned: 4_000,
    unanswered: 4_000,
    left: 4_000,
    quiet: 1_500,
    lapsed: 30_000,
    slow: 8_000,
    limit: 30_000,
};

/** Where the configuration names no survey and the hours are open, a conversation follows the window: it gets more time. */
export const REVEALED_WITHOUT_SURVEY = 8_000;

/** How often a script that was not reached is asked for again, with pauses of 1, 2, 4 and 8 s: as many as fit into the 30 s. */
export const PAUSES = 4;

/** The pause before an attempt; `pauses` counts from 1. */
export const pauseBefore = (pauses: number): number => 500 * 2 ** pauses;

/** A start waits this long for the configuration. */
export const CONFIGURATION = 3_000;
