// Owns the widget's elements on the page: hiding them, and reading from them what no event tells. Guarded: ids vary by version (S), and unknown is no failure.

/** Everything that the widget draws or has read aloud: its own elements (S), Web Chat's live region beside them (S), the classic layer's frame (B). */
const ROOTS = ["[id^=oc-lcw]", "[id^=lcw-]", ".webchat__live-region", "[id^=Microsoft_Omnichannel_LCWidget_]"];
const HIDDEN = `${ROOTS.flatMap((root) => [root, `${root} *`]).join()}{visibility:hidden!important}`;

/** What is on the screen instead of a conversation. */
export type Pane = "survey" | "survey-after" | "closed-hours" | "conversation";

export interface Elements {
    readonly veil: (on: boolean) => void;
    pane(): Pane | undefined;
    /** Whether lines stand where Web Chat has them read aloud: for a second after they came (S), on a busy computer for longer, and after the pane has gone (seen). */
    readonly speaks: () => boolean;
    /** Presses the widget's own close button, or the answer to its question whether to close (S); nothing where neither is there. */
    readonly dismiss: () => void;
    /** Undefined when the elements do not tell. */
    minimised(): boolean | undefined;
    /** The count on Microsoft's button; 0 when there is none. */
    unread(): number;
}

export function createElements(page: Document): Elements {
    let sheet: CSSStyleSheet | undefined;
    const has = (selector: string): boolean => page.querySelector(selector) !== null;
    return {
        veil(on) {
            if (!sheet) {
                // A constructed sheet, because a strict content security policy refuses inline styles.
                sheet = new CSSStyleSheet();
                sheet.replaceSync(HIDDEN);
            }
            // Setting them costs the page a look at all its styles, even if nothing changes.
            if (page.adoptedStyleSheets.includes(sheet) === on) return;
            const others = page.adoptedStyleSheets.filter((other) => other !== sheet);
            page.adoptedStyleSheets = on ? [...others, sheet] : others;
        },
        pane() {
            if (has("[id^=oc-lcw-postchat]")) return "survey-after";
            if (has("[id^=oc-lcw-prechatsurvey],[id*=reconnect-chat-pane]")) return "survey";
            if (has("[id^=oc-lcw-outofofficehours]")) return "closed-hours";
            // The send box is Web Chat's (S); it goes when the agent has ended the conversation.
            return has("[data-id=webchat-sendbox-input]") ? "conversation" : undefined;
        },
        speaks: () => Array.from(page.querySelectorAll(".webchat__live-region")).some(({ textContent }) => textContent),
        dismiss: () => (page.querySelector<HTMLElement>("#oc-lcw-confirmation-pane-confirmbutton") ?? page.querySelector<HTMLElement>("#lcw-header-close-button"))?.click(),
        minimised() {
            if (has("#oc-lcw-header")) return false;
            return has("#oc-lcw-chat-button") ? true : undefined;
        },
        unread() {
            // "2" and hidden words for screen readers behind it; above 99 it says "99+" (S).
            return Number.parseInt(page.querySelector("#oc-lcw-chat-button-notification-bubble")?.textContent ?? "", 10) || 0;
        },
    };
}
