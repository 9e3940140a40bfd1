// Owns what an instance shows and reports: one pure function from what is known to what is seen.
import type { Code, FailureCode, NoticeCode } from "../chat/codes";
import { never } from "../chat/machine";
import type { ChatState } from "../chat/machine";
import type { ChatContext, WidgetConfiguration } from "../chat/ports";
import type { Detail, View } from "../components/view";
import type { Properties, Texts } from "../host/host";
import type { ContactAnswer } from "../identity/contact";
import type { Issue, Settled } from "../settings/types";
import { checklist } from "./checklist";
import { droppedDetail, issueDetail } from "./details";
import { NOT_SET_UP, failureWords, launcherWords } from "./words";

/** The component's version, the administrator's first question; a test holds it against the manifest's and the package's. */
export const VERSION = "0.1.0";

export interface Refusal {
    readonly code: FailureCode;
    readonly issues: readonly Issue[];
}

/** What an instance knows of its own settings, before and beside the page's session. */
export type Standing =
    | { readonly kind: "unsettled" }
    | { readonly kind: "valid"; readonly settled: Extract<Settled, { kind: "valid" }> }
    | { readonly kind: "refused"; readonly refusal: Refusal }
    /** Another widget, or another version of this component, has the page. */
    | { readonly kind: "conflict" };

export interface Known {
    readonly properties: Properties;
    readonly authoring: boolean;
    readonly standing: Standing;
    /** The user is waiting for settings or address to be looked up; `slow` once that takes long. */
    readonly waiting: "no" | "yes" | "slow";
    readonly session: ChatState;
    /** What goes to the agent: that of the page's session, in the designer what would. */
    readonly context: ChatContext | undefined;
    readonly contact: ContactAnswer | undefined;
    /** What the contact centre says of the widget, once it is known. */
    readonly configuration?: WidgetConfiguration | undefined;
    /** Whether the browser keeps nothing for this page, in which a conversation could be found again. */
    readonly storageBlocked: boolean;
    /** When what is wrong went wrong, in UTC. */
    readonly failedAt: string;
}

type Told = Exclude<ChatState, { kind: "elsewhere" | "expelling" }>;

/** A conversation in another tab is told as one in the background: a press brings it here. Another user's is not spoken of. */
function told(session: ChatState): Told {
    if (session.kind === "elsewhere") return { kind: "chatting", minimised: true, heard: 0, unread: 0 };
    return session.kind === "expelling" ? { ...session, kind: "loading", step: "checking", pauses: 0 } : session;
}

/** The values that formulas and form scripts read. */
export interface Outputs {
    readonly chatState: Told["kind"] | "not-set-up";
    readonly unreadCount: number;
    readonly errorCode: Code | "";
}

/** A count in words. Which form a language has for a number is CLDR's; where the texts lack a form of the browser's, `other`, which all have. */
function counted(key: string, count: number, texts: Texts): string {
    // Of a tag that is unknown, the browser would take its own language.
    const own = `${key}_${new Intl.PluralRules([texts("language") || "en", "en"]).select(count)}`;
    const text = texts(own);
    // A host answers a key that it does not know with nothing, or with the key.
    return (text && text !== own ? text : texts(`${key}_other`)).replace("{0}", String(count));
}

/** The notice that goes with a chat that can go on, if there is anything to be told by now: the one that weighs most. */
function noticeOf({ context, contact, properties, storageBlocked }: Known): NoticeCode | undefined {
    if (context?.email.kind === "missing") return "email-missing";
    if (context?.email.kind === "failed") return "email-lookup-failed";
    if (properties.contactCheck && (contact === "contact-missing" || contact === "contact-ambiguous")) return contact;
    // That no saved record is open is nothing that anybody could mend.
    if (context?.dropped.some(({ problem }) => problem !== "no-record")) return "context-dropped";
    return storageBlocked ? "storage-blocked" : undefined;
}

/** What support needs to know: nothing of the user, and nothing that names the widget. */
function codeDetails({ standing, failedAt }: Known, code: Code, texts: Texts, issues: readonly Issue[] = [], cause = ""): Detail[] {
    const widget = standing.kind === "valid" ? standing.settled.widget : undefined;
    const detail = (term: string, description: string): Detail[] => (description ? [{ term: texts(`details_${term}`), description }] : []);
    return [
        ...detail("code", code),
        ...detail("help", texts(`${code}_help`)),
        ...issues.map((issue) => issueDetail(issue, texts)),
        ...detail("cause", cause),
        ...detail("script", widget ? `${new URL(widget.scriptUrl).host} (${widget.attributes["data-lcw-version"] ?? ""})` : ""),
        ...detail("time", failedAt),
        ...detail("version", VERSION),
    ];
}

/** What an instance reports, by the order failure, availability, notice. */
export function outputsOf(known: Known): Outputs {
    const { standing, waiting, authoring } = known;
    const session = told(known.session);
    const none = { unreadCount: 0, errorCode: "" } as const;
    if (authoring) return { ...none, chatState: "idle" };
    if (waiting !== "no" && session.kind !== "chatting") return { ...none, chatState: "loading" };
    if (standing.kind === "refused" && session.kind !== "chatting") {
        const { code } = standing.refusal;
        return { ...none, chatState: NOT_SET_UP.includes(code) ? "not-set-up" : "failed", errorCode: code };
    }
    if (standing.kind === "conflict" || session.kind === "conflict") return { ...none, chatState: "conflict", errorCode: "widget-conflict" };
    return {
        chatState: session.kind,
        unreadCount: session.kind === "chatting" ? session.unread : 0,
        errorCode: session.kind === "failed" ? session.code : session.kind === "unavailable" ? session.reason : (noticeOf(known) ?? ""),
    };
}

/** What an instance shows. */
export function viewOf(known: Known, texts: Texts): View {
    const { properties, standing, waiting } = known;
    const session = told(known.session);
    const base = { tone: "rest", title: "", text: "", action: "", busy: false, unread: 0, unreadText: "", details: [], caption: "" } as const;
    const notice = known.authoring ? undefined : noticeOf(known);
    const noticeText = notice ? texts(`notice_${notice}`) : "";
    const noticeDetails = notice ? [...codeDetails(known, notice, texts), ...(notice === "context-dropped" ? (known.context?.dropped ?? []).map((dropped) => droppedDetail(dropped, texts)) : [])] : [];

    const own = launcherWords(properties, texts);
    const launcher: View = { ...base, ...own, text: noticeText || own.text, details: noticeDetails };
    const { hasSurveyBefore, hasSurveyAfter } = known.configuration ?? {};
    const connecting = hasSurveyBefore ? "connecting_survey" : "connecting_text";
    const busy = (slow: boolean): View => ({ ...base, tone: "busy", title: texts("connecting_title"), text: texts(slow ? "connecting_slow" : connecting), action: launcher.action, busy: true });
    const closed = properties.closedMessage?.trim();
    const failure = (code: FailureCode, issues: readonly Issue[], detail: string): View => ({ ...base, ...failureWords(code, texts), tone: "error", details: codeDetails(known, code, texts, issues, detail) });

    if (known.authoring) return { ...launcher, caption: texts("preview_text"), details: checklist(known, texts) };
    if (waiting !== "no" && session.kind !== "chatting") return busy(waiting === "slow");
    // A running chat keeps its way back, whatever has become of the settings meanwhile.
    if (standing.kind === "refused" && session.kind !== "chatting") return failure(standing.refusal.code, standing.refusal.issues, "");
    if (standing.kind === "conflict") return failure("widget-conflict", [], "");

    switch (session.kind) {
        case "idle":
        case "ready":
            return launcher;
        case "loading":
            // Nobody is waiting for a widget that loads on its own.
            return session.then === "start" ? busy(session.slow) : launcher;
        case "starting":
            return busy(session.slow);
        case "user-action":
            return { ...base, tone: "live", title: texts("user_action_title"), text: texts("user_action_text"), action: texts("chatting_action") };
        case "chatting":
            return {
                ...base,
                tone: "live",
                title: texts("chatting_title"),
                text: noticeText || texts(session.minimised ? "chatting_minimised" : "chatting_text"),
                action: texts("chatting_action"),
                details: noticeDetails,
                unread: session.unread,
                unreadText: session.unread ? counted("unread", session.unread, texts) : "",
            };
        case "ended":
            return { ...base, title: texts("ended_title"), text: texts(hasSurveyAfter ? "ended_survey" : "ended_text"), action: texts("ended_action") };
        case "unavailable":
            return { ...base, tone: "warning", title: texts(`${session.reason}_title`), text: closed || texts(`${session.reason}_text`), hasLinks: !!closed, action: texts("retry_action"), details: codeDetails(known, session.reason, texts) };
        case "failed":
            return failure(session.code, [], session.detail);
        case "conflict":
            return failure("widget-conflict", [], "");
        default:
            return never(session);
    }
}
