// Owns the rule that there is no dead end: from whatever was reached, once the widget behaves, a press leads on.
import { settle } from "./clock";
import { isShown, RuleBroken } from "./rules";
import type { Rules } from "./rules";
import type { Tab } from "./tab";

/** What may stand before the user at last, and which state the component may be in beside it. */
const FRONT: Readonly<Record<string, readonly string[]>> = {
    chat: ["chatting"],
    starting: ["starting", "user-action", "chatting"],
    // A marker that outlived its conversation makes the words wrong until the conversation is told.
    survey: ["starting", "user-action", "chatting"],
    // No event tells that a survey has taken the place of the conversation.
    "survey-after": ["starting", "user-action", "ended", "chatting"],
    "closed-hours": ["starting", "user-action", "unavailable"],
};

/** How long a press may take to bring something about. */
const PATIENCE = 35_000;

/** Presses, and again where the press before has an excuse; each excuse counts once. */
export async function heal(tab: Tab, rules: Rules, pass: (milliseconds: number) => Promise<void>): Promise<void> {
    tab.browser.calmDown();
    const results: string[] = [];
    const excuses = new Set<string>();
    for (;;) {
        rules.log(() => `${tab.widget.title}>>> press ${results.length + 1}, and from here on everything works`);
        const excuse = await press(tab, rules, pass);
        if (excuse === "none needed") return;
        const { widget, session } = tab;
        const looks = `${widget.isMinimised ? ", minimised" : ""}${widget.isVisible ? "" : ", hidden"}`;
        results.push(`${session.state.kind} beside ${widget.pane}${looks}`);
        if (!excuse || excuses.has(excuse)) throw new RuleBroken("no dead end", results.join("; then "));
        excuses.add(excuse);
    }
}

type Excuse = "none needed" | "failed" | `failed ${string}` | "unavailable" | "error" | "transcript first" | "under way";

/** What excuses a press after which no chat stands in front; undefined where nothing does. */
async function press(tab: Tab, rules: Rules, pass: (milliseconds: number) => Promise<void>): Promise<Excuse | undefined> {
    const { widget, session } = tab;
    const { isMinimised } = widget;
    const isUnderWay = widget.inFlight > 0 || ["closing", "restoring", "starting"].includes(widget.pane);
    const occurrences: (string | undefined)[] = [];
    const stop = session.subscribe((occurrence) => occurrences.push(occurrence));
    rules.press(tab, () => session.start(tab.request()));
    await settle();
    await pass(PATIENCE);
    stop();
    if (isHealed(tab, rules.isForged)) return "none needed";
    const { state } = session;
    if (state.kind === "unavailable") return "unavailable";
    // Two causes, two failures: each is told, and a retry leads on.
    if (state.kind === "failed") return `failed ${state.code}`;
    if (occurrences.includes("ChatFailed")) return "failed";
    // The error came after the press; the state knows of it now.
    if (state.kind === "user-action" && state.at === "error") return "error";
    const isTranscript = widget.inside?.state === "inactive";
    const isShownFirst = isMinimised || state.kind === "ended";
    if (isTranscript && isShownFirst && isShown(widget)) return "transcript first";
    // Events that were late at the press may have told it that the next chat is the old one.
    const isLate = tab.browser.world.late.length > 0;
    return isUnderWay && (isLate || saysSo(tab, isTranscript)) ? "under way" : undefined;
}

/** Whether the state tells what the widget shows, so that the user knows what the next press is for. */
function saysSo({ widget, session: { state } }: Tab, isTranscript: boolean): boolean {
    if (state.kind === "ended") return isTranscript;
    return state.kind === "chatting" ? widget.isMinimised : state.kind === "ready" && widget.pane === "none";
}

function isHealed({ widget, browser, session: { state } }: Tab, isForged: boolean): boolean {
    if (!isShown(widget) || ("minimised" in state && state.minimised)) return false;
    const isTranscript = widget.inside?.state === "inactive" && widget.pane === "chat";
    // Where a survey may follow, nobody can tell it from the old transcript: the user closes what stands there.
    const { surveyAfter, configurationMs } = browser.world;
    const maySurvey = surveyAfter || configurationMs < 0 || configurationMs >= 1_000;
    // After a forged end the end that is told next is not believed; the window in front says it, and is closed there.
    if (isTranscript) return (state.kind === "user-action" && maySurvey) || (isForged && state.kind === "chatting");
    // After forged events the words may be wrong; what is in front is what a press brings.
    const kinds = isForged ? ["chatting", "user-action", "ended"] : [];
    return [...(FRONT[widget.pane] ?? []), ...(widget.pane in FRONT || widget.pane === "refused" ? kinds : [])].includes(state.kind);
}
