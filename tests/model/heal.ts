// Owns the rule that there is no dead end: from whatever was reached, once the widget behaves, a press leads on.
import { settle } from "./clock";
import { isShown, RuleBroken } from "./rules";
import type { Rules } from "./rules";
import type { Tab } from "./tab";

/** What may stand before the user at last, and which state the component may be in beside it. */
const FRONT: Readonly<Record<string, readonly string[]>> = {
    chat: ["chatting"],
    starting: ["starting", "user-action", "chatting"],
    survey: ["starting", "user-action"],
    // Nothing may tell of it before it is left.
    "survey-after": ["starting", "user-action", "ended", "chatting"],
    "closed-hours": ["starting", "user-action", "unavailable"],
};

/** How long a press may take to bring something about. */
const PATIENCE = 35_000;

/** Presses, and once more where the first press has failed, or could not know yet what was on its way. */
export async function heal(tab: Tab, rules: Rules, pass: (milliseconds: number) => Promise<void>): Promise<void> {
    const { widget, session, browser } = tab;
    browser.calmDown();
    const results: string[] = [];
    // Hours that were closed a moment ago are asked for again by the press after the one that heard of it.
    for (const count of browser.world.isClosed ? [1, 2, 3] : [1, 2]) {
        rules.log(() => `${widget.title}>>> press ${count}, and from here on everything works`);
        const { isMinimised } = widget;
        const isUnderWay = widget.inFlight > 0 || widget.pane === "closing" || widget.pane === "restoring";
        rules.press(tab, () => session.start(tab.request()));
        await settle();
        await pass(PATIENCE);
        if (isHealed(tab, rules.isForged)) return;
        const { kind } = session.state;
        const looks = `${widget.isMinimised ? ", minimised" : ""}${widget.isVisible ? "" : ", hidden"}`;
        results.push(`${kind} beside ${widget.pane}${looks}`);
        const isTranscript = widget.inside?.state === "inactive" && isShown(widget);
        const saysSo = kind === "ended" ? isTranscript : kind === "ready" && widget.pane === "none";
        const hasFailed = kind === "failed" || kind === "unavailable";
        // The error came after the press; the state knows of it now.
        const isBroken = session.state.kind === "user-action" && session.state.at === "error";
        if (!hasFailed && !isBroken && !(isTranscript && isMinimised) && !(isUnderWay && saysSo)) break;
    }
    throw new RuleBroken("no dead end", results.join("; then "));
}

function isHealed({ widget, browser, session: { state } }: Tab, isForged: boolean): boolean {
    if (!isShown(widget) || ("minimised" in state && state.minimised)) return false;
    // The words may be wrong; what is in front is what a press brings.
    if (isForged && widget.pane in FRONT) return ["chatting", "user-action", "ended"].includes(state.kind);
    const isTranscript = widget.inside?.state === "inactive" && widget.pane === "chat";
    if (!isTranscript) return FRONT[widget.pane]?.includes(state.kind) === true;
    // Where a survey may follow, nobody can tell it from the old transcript: the user closes what stands there.
    return state.kind === "user-action" && (browser.world.surveyAfter || browser.world.configurationMs < 0);
}
