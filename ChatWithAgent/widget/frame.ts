// The widget's frame: hides it, reads its size, removes it. The frame's content is another origin's and cannot be read.

/** Id and name of the frame (P, B). */
const FRAME_ID = "Microsoft_Omnichannel_LCWidget_Chat_Iframe_Window";
const HIDDEN = `#${FRAME_ID}{visibility:hidden!important}`;

/** The modern layer's frame is wider than this with an open chat, narrower with the button alone, in pixels (P). */
const BUTTON_WIDTH = 250;

/** The class of an open chat on the classic layer (B, P). */
const CLASSIC_OPEN = "web_chat_panel";

export interface Frame {
    /** Hides the frame, also one that comes later; or shows it. */
    hide(on: boolean): void;
    /** Whether the frame is on the page. */
    isThere(): boolean;
    /** Whether the chat window is open; undefined as long as no smaller size was seen to compare with. */
    isOpen(): boolean | undefined;
    /** Whether the frame is on the page with a size, which it gets from a widget that is ready. */
    hasSize(): boolean;
    /** Calls back whenever the frame's size changes; the frame that stands now takes the place of an earlier one. */
    watch(changed: () => void): void;
    /** Takes the frame off the page. */
    remove(): void;
}

type PageWindow = Window & typeof globalThis;

export function createFrame(page: PageWindow): Frame {
    const { document } = page;
    const find = (): HTMLElement | null => document.getElementById(FRAME_ID);
    let sheet: CSSStyleSheet | undefined;
    let observer: ResizeObserver | undefined;
    let watched: HTMLElement | null = null;
    let hasBeenSmall = false;

    return {
        hide(on) {
            if (!sheet) {
                // A constructed sheet, because a strict content security policy refuses inline styles.
                sheet = new page.CSSStyleSheet();
                sheet.replaceSync(HIDDEN);
            }
            // Setting the sheets costs the page a look at all its styles, even if nothing changes.
            if (document.adoptedStyleSheets.includes(sheet) === on) return;
            const others = document.adoptedStyleSheets.filter((other) => other !== sheet);
            document.adoptedStyleSheets = on ? [...others, sheet] : others;
        },
        isThere: () => find() !== null,
        isOpen() {
            const frame = find();
            const isWide = frame !== null && (frame.offsetWidth > BUTTON_WIDTH || frame.classList.contains(CLASSIC_OPEN));
            // Before the widget speaks, its frame has no size yet.
            hasBeenSmall ||= frame !== null && frame === watched && !isWide;
            return hasBeenSmall ? isWide : undefined;
        },
        hasSize: () => (find()?.offsetWidth ?? 0) > 0,
        watch(changed) {
            const frame = find();
            if (frame === watched) return;
            observer?.disconnect();
            watched = frame;
            if (!frame) return;
            observer ??= new page.ResizeObserver(changed);
            observer.observe(frame);
        },
        remove() {
            observer?.disconnect();
            watched = null;
            find()?.remove();
        },
    };
}
