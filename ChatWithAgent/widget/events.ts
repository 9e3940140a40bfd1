// What the widget's window events mean: doubled, late and implausible ones are dropped here, by their order and the frame's size.
import type { WidgetEvent } from "../chat/machine";
import type { Frame } from "./frame";

/** The codes of a widget that asks for a signed-in user: provider failed, no token, invalid token, no function (D). */
const SIGN_IN = ["2", "3", "4", "8"];

/** The same event again comes about this many milliseconds later (seen). */
const ECHO = 700;

/** End and shrinking of the frame belong together within this many milliseconds, on a slow computer, too (seen: 3.5 s). */
const END = 5_000;

/** `lcw:onMinimize` comes within this many milliseconds of the frame's shrinking. */
const DOUBT = 250;

/** The frame shrinks within this many milliseconds of an end, unless a survey takes the conversation's place. */
const STAY = 1_000;

/** One own property of an untrusted value; accessors of a hostile payload may throw. */
function read(value: unknown, key: string): unknown {
    try {
        return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
    } catch {
        return undefined;
    }
}

/** The widget's own error code, for the administrator; a raw `Error` or nothing is possible too (B). */
function errorDetail(detail: unknown): string {
    const code = read(detail, "errorCode");
    const isCode = typeof code === "number" || (typeof code === "string" && /^\w{1,40}$/.test(code));
    return isCode ? String(code) : "";
}

/** What makes two message events the same: the payload has no documented id (D), so everything in it counts. */
function fingerprint(detail: unknown): string {
    try {
        return JSON.stringify([detail]);
    } catch {
        return "";
    }
}

/** Remembers for a moment what has happened. */
function createEchoes(): (key: string, at: number) => boolean {
    const last = new Map<string, number>();
    return (key, at) => {
        const isEcho = at - (last.get(key) ?? -Infinity) < ECHO;
        // What can have no echo any more is forgotten, or a flood would fill the memory.
        for (const [other, then] of last) {
            if (at - then < ECHO) break;
            last.delete(other);
        }
        // An echo does not prolong the time in which others count as echoes.
        if (!isEcho) last.set(key, at);
        return isEcho;
    };
}

/** What the widget holds, as far as its credible events tell. */
type Held = "nothing" | "window" | "conversation" | "ended";

export interface EventSource {
    /** A script of ours, or an adopted one, has arrived: from now on ready counts. */
    readonly arrived: () => void;
    /** The widget is ready without having said so here: from now on its events count. */
    readonly assumeReady: () => void;
    /** `startChat` is called: an error that follows is its own. */
    readonly starting: () => void;
    /** `closeChat` is called: an end that follows is sure. */
    readonly closing: () => void;
    /** The frame is removed: nothing is held any more. */
    readonly forget: () => void;
}

type PageWindow = Window & typeof globalThis;

/** Listens on the window for as long as the page lives: the widget cannot be unloaded either. */
export function listen(page: PageWindow, frame: Frame, tell: (event: WidgetEvent) => void): EventSource {
    let isEcho = createEchoes();
    let stage: "absent" | "arrived" | "ready" = "absent";
    let held: Held = "nothing";
    let isOpen: boolean | undefined;
    let isClosing = false;
    let starts = 0;
    /** When the frame shrank, and when the events came that the names tell, in milliseconds. */
    const at = {
        shrunk: -Infinity,
        claimed: -Infinity,
        ended: -Infinity,
        minimised: -Infinity,
        agentEnded: -Infinity,
        restored: -Infinity,
        queued: -Infinity,
        started: -Infinity,
        grown: -Infinity,
    };
    let staying: number | undefined;
    let deciding: number | undefined;
    let titles: MutationObserver | undefined;

    const now = (): number => page.performance.now();
    const since = (moment: number): number => now() - moment;

    function minimised(): void {
        tell({ type: "minimised" });
        titles ??= new page.MutationObserver(readTitle);
        titles.observe(page.document.head, { childList: true, subtree: true, characterData: true });
    }

    function maximised(): void {
        titles?.disconnect();
        tell({ type: "maximised" });
    }

    /** The widget keeps the number of unread messages in the page's title (B). */
    function readTitle(): void {
        const count = Number(/^\((\d{1,4})\+?\)/.exec(page.document.title)?.[1] ?? 0);
        if (count > 0) tell({ type: "unread", count });
    }

    function closed(isSure: boolean): void {
        held = "nothing";
        isClosing = false;
        page.clearTimeout(staying);
        page.clearTimeout(deciding);
        deciding = undefined;
        at.claimed = -Infinity;
        at.ended = now();
        titles?.disconnect();
        tell({ type: "closed", isSure });
    }

    function opened(): void {
        if (held !== "nothing" && held !== "window") return;
        held = "window";
        tell({ type: "opened" });
    }

    /** An ended conversation has gone unnoticed when a window is opened and a start is told with it. */
    function leaveEnded(): void {
        const isNext = at.started > at.agentEnded && since(at.started) < STAY;
        if (held === "ended" && since(at.grown) < END && isNext) closed(false);
    }

    /** Compares the frame with what it was; its size cannot be forged by an event. */
    function look(): void {
        const before = isOpen;
        isOpen = frame.isOpen();
        if (isOpen === before || isOpen === undefined || (before === undefined && (isOpen || held === "nothing"))) return;
        if (isOpen) {
            // What was told of minimizing before belongs to an earlier shrinking.
            at.minimised = -Infinity;
            if (held === "ended") at.grown = now();
            leaveEnded();
            const isStarted = held === "nothing" && since(at.started) < STAY;
            if (held === "nothing") held = "window";
            return isStarted ? opened() : maximised();
        }
        at.shrunk = now();
        if (held === "nothing") return;
        if (since(at.claimed) > END) return minimised();
        decide();
    }

    /** An end was told: the window has gone with it, unless the widget says that it was only minimised. */
    function decide(): void {
        page.clearTimeout(deciding);
        deciding = page.setTimeout(() => {
            deciding = undefined;
            if (isOpen !== false || held === "nothing") return;
            if (isMinimisedOnly()) minimised();
            else closed(true);
        }, DOUBT);
    }

    /** Whether the widget has told of a minimizing at about the time when the frame shrank. */
    const isMinimisedOnly = (): boolean => at.minimised > at.shrunk - DOUBT;

    /** An end is told. The window says whether it is one: it goes with a conversation's end, unless a survey follows. */
    function endClaimed(): void {
        if (held === "nothing") return;
        if (isOpen === undefined) {
            // No size tells whether the end is told before or after it has come.
            at.claimed = now();
            page.clearTimeout(deciding);
            deciding = page.setTimeout(() => closed(isClosing), STAY);
            return;
        }
        if (!isOpen) {
            const hasShrunk = since(at.shrunk) < END && !isMinimisedOnly();
            const isSure = isClosing || hasShrunk;
            // The echo of an end that was told before the window of the next chat was minimised.
            // An ended conversation that may still be there is left by the user.
            if (!isSure && (since(at.ended) < END || held === "ended")) return;
            return closed(isSure);
        }
        // The echo of the end before.
        if (since(at.ended) < STAY) return;
        at.claimed = now();
        page.clearTimeout(staying);
        staying = page.setTimeout(() => held !== "nothing" && tell({ type: "stayed" }), STAY);
    }

    const heard: Readonly<Record<string, () => void>> = {
        "lcw:startChat"() {
            // A next chat begins only once the one before has gone.
            const isClaimed = held === "conversation" && since(at.claimed) < STAY && since(at.ended) > END;
            if (deciding !== undefined || isClaimed) closed(false);
            // A start that was told for this window already is no news, after an error least of all.
            const isTold = held === "window" && since(at.started) < END;
            at.started = now();
            leaveEnded();
            if (isOpen !== false && !isTold) opened();
        },
        "lcw:chatQueued"() {
            if (held === "conversation" || held === "ended") return;
            // A conversation without a window may be another user's that is still on its way back.
            if (held === "window" || isOpen !== false) held = "conversation";
            at.queued = now();
            tell({ type: "queued" });
            if (isOpen === false) minimised();
        },
        "lcw:chatRetrieved"() {
            // What has just come back and been closed does not come back a second time: that is an echo (seen).
            if (held === "conversation" || held === "ended" || since(at.restored) < END) return;
            at.restored = now();
            held = "conversation";
            tell({ type: "restored" });
            if (isOpen === false) minimised();
        },
        "lcw:threadUpdate"() {
            // An agent who ends two conversations in so short a time is an echo of the first end.
            const isNew = since(at.queued) < STAY;
            const isEchoed = since(at.agentEnded) < (isNew ? END : ECHO);
            if (!isEchoed) at.agentEnded = now();
            if (isEchoed || held !== "conversation") return;
            held = "ended";
            tell({ type: "agent-ended" });
        },
        "lcw:closeChat": endClaimed,
        // The ✕ was pressed; that may still be taken back, so it counts only together with the frame.
        "lcw:onClose"() {
            if (isOpen === true) at.claimed = now();
            // The survey behind a conversation whose end was told before is closed.
            else if (held !== "nothing" && since(at.shrunk) < STAY) decide();
        },
        "lcw:onMinimize"() {
            at.minimised = now();
            if (isOpen === undefined) minimised();
        },
        "lcw:onMaximize": () => isOpen === undefined && maximised(),
        // The agent's lines of a conversation that comes back, and the user's own, told as if they were sent again (seen).
        "lcw:onHistoryMessageReceived": () => tell({ type: "history" }),
        "lcw:onMessageSent": () => tell({ type: "history" }),
    };

    /** Before ready, and without its frame, the widget has nothing to tell. */
    function onEvent(handle: () => void): void {
        if (stage !== "ready" || !frame.isThere()) return;
        frame.watch(look);
        look();
        handle();
    }

    function beReady(): void {
        stage = "ready";
        onEvent(() => tell({ type: "ready" }));
    }

    for (const [name, handle] of Object.entries(heard)) page.addEventListener(name, () => onEvent(handle));
    page.addEventListener("lcw:ready", (event) => {
        if (stage !== "absent" && frame.isThere() && !isEcho("ready", event.timeStamp)) beReady();
    });
    page.addEventListener("lcw:onMessageReceived", (event) => {
        const detail = read(event, "detail");
        // "user" is what the agent's side wrote, "system" what the service adds, such as who has joined (D).
        if (read(detail, "messageType") === "system" || isEcho(fingerprint(detail), event.timeStamp)) return;
        onEvent(() => tell({ type: "message" }));
    });
    page.addEventListener("lcw:error", (event) => {
        const detail = errorDetail(read(event, "detail"));
        if (isEcho(`error ${detail} ${starts}`, event.timeStamp)) return;
        const code = SIGN_IN.includes(detail) ? "widget-requires-authentication" : "widget-error";
        tell({ type: "failed", code, detail });
    });

    return {
        arrived() {
            if (stage === "absent") stage = "arrived";
        },
        assumeReady: () => stage !== "ready" && beReady(),
        starting() {
            starts++;
        },
        closing() {
            isClosing = true;
        },
        forget() {
            // What the next frame tells is no echo of what the one before has told.
            isEcho = createEchoes();
            stage = "absent";
            held = "nothing";
            isOpen = undefined;
            isClosing = false;
            at.restored = -Infinity;
        },
    };
}
