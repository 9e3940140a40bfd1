// Owns the room that Microsoft's widget may take on a page of ours: on a phone, and in a low frame, no more than there is.

/** The widget's root (S). Only limits: size and place stay Microsoft's, and on a control's page they are the app's own affair. */
const LIMITS = "#oc-lcw{box-sizing:border-box!important;max-width:calc(100vw - 40px)!important;max-height:calc(100vh - 40px)!important}";

/** Keeps the widget within the document's frame, in a constructed sheet: a strict content security policy refuses inline styles. */
export function keepInFrame(page: Document): void {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LIMITS);
    page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
}
