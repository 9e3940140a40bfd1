// Owns the widget's elements on the page: hiding them, and reading from them what no event tells. Guarded: ids vary by version (S), and unknown is no failure.

/** Everything the widget draws lies under these (S: `oc-lcw` in the open-source widget; B: the classic layer's frame). */
const ROOTS = ["[id^=oc-lcw]", "[id^=lcw-]", "[id^=Microsoft_Omnichannel_LCWidget_]"];
const HIDDEN = `${ROOTS.flatMap((root) => [root, `${root} *`]).join()}{visibility:hidden!important}`;

/** What is on the screen instead of a conversation. */
export type Pane = "survey" | "closed-hours";

export interface Elements {
    veil(on: boolean): void;
    pane(): Pane | undefined;
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
            // A constructed sheet, because a strict content security policy refuses inline styles (and our code adds no element).
            sheet ??= new CSSStyleSheet();
            sheet.replaceSync(HIDDEN);
            const others = page.adoptedStyleSheets.filter((other) => other !== sheet);
            page.adoptedStyleSheets = on ? [...others, sheet] : others;
        },
        pane() {
            if (has("[id^=oc-lcw-prechatsurveypane],[id^=oc-lcw-postchatsurveypane],[id^=oc-lcw-reconnectchatpane]")) return "survey";
            return has("[id^=oc-lcw-outofofficehours-pane]") ? "closed-hours" : undefined;
        },
        minimised() {
            if (has("#lcw-header-minimize-button,[id^=oc-lcw-webchat]")) return false;
            return has("#oc-lcw-chat-button") ? true : undefined;
        },
        unread() {
            const bubble = page.querySelector("[id^=oc-lcw-chat-button-notification]")?.textContent;
            return Number(/\d+/.exec(bubble ?? "")?.[0] ?? 0);
        },
    };
}
