// Owns the space that Microsoft's widget may take on a page of ours: no more than there is, and all of it on a phone.

/** The frame that the widget lives in (P). */
const FRAME = "Microsoft_Omnichannel_LCWidget_Chat_Iframe_Window";

/** An open chat is wider than this, the button alone is not (P), in pixels. */
const BUTTON = 250;

/** Size and place stay Microsoft's. */
const LIMITS = `#${FRAME}{
    box-sizing: border-box !important;
    max-width: calc(100vw - 40px) !important;
    max-height: calc(100vh - 40px) !important;
}`;

/** Below this width there is no room for anything beside a chat. */
const FILLING = `@media (max-width: 479.98px) {
    #${FRAME} {
        position: fixed !important;
        inset: 0 !important;
        width: 100% !important;
        height: 100% !important;
        max-width: none !important;
        max-height: none !important;
    }
}`;

/** Keeps the widget within the document's view. On a control's page that is the app's own affair. */
export function limitWidget(page: Window & typeof globalThis): void {
    const { document } = page;
    // A constructed sheet: a strict content security policy refuses inline styles.
    const sheet = new page.CSSStyleSheet();
    sheet.replaceSync(LIMITS);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    // The frame comes later, and tells its size by an inline style or a class (P, B).
    const observer = new page.MutationObserver(() => {
        const frame = document.getElementById(FRAME);
        if (!frame) return;
        observer.observe(frame, { attributeFilter: ["style", "class"] });
        // Its own width shows without our rules only.
        sheet.replaceSync("");
        sheet.replaceSync(frame.offsetWidth > BUTTON ? LIMITS + FILLING : LIMITS);
    });
    observer.observe(document.body, { childList: true });
}
