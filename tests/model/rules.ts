// Owns the rules that hold after every event of every life, whatever comes.
import { settle } from "./clock";
import type { Tab } from "./life";
import type { Browser, Conversation, Log, Widget } from "./widget";

/** Chat and survey on the screen, and the state that may be shown beside each. */
const FRONT: Readonly<Record<string, readonly string[]>> = {
    chat: ["chatting"],
    starting: ["starting", "user-action", "chatting"],
    survey: ["starting", "user-action"],
    "survey-after": ["starting", "user-action", "ended"],
    "closed-hours": ["starting", "user-action", "unavailable"],
};

/** How long a press may take to bring something about. */
const PATIENCE = 35_000;

export class RuleBroken extends Error {
    constructor(
        readonly rule: string,
        what: string,
    ) {
        super(`${rule}: ${what}`);
    }
}

interface Told {
    ChatStarted: number;
    ChatEnded: number;
}

interface Watch {
    /** A press: asked for, the chat in front, or done with, because the chat was closed or, once it was called, minimised. */
    wish: "none" | "asked" | "front";
    isCalled: boolean;
    /** The component has called to close, as a part of what the press asks for. */
    isClosing: boolean;
    /** The press was made in the state `ended`; the chat was on the screen then. */
    afterEnd: "no" | "hidden" | "shown";
    /** What the user has opened here, or found here by the own marker. */
    readonly own: Set<Conversation>;
    readonly told: Map<Conversation, Told>;
    readonly hasMarker: boolean;
    last: Conversation | undefined;
    state: string;
}

export class Rules {
    readonly #watches = new Map<Tab, Watch>();
    #broken: RuleBroken | undefined;
    #marker: { readonly user: string; readonly until: number } | undefined;

    constructor(
        readonly browser: Browser,
        readonly isForged: boolean,
        readonly log: Log,
    ) {}

    watch(tab: Tab): void {
        const hasMarker = this.#marker !== undefined && this.#marker.user === tab.user && this.#marker.until > this.browser.clock.now;
        this.#watches.set(tab, { wish: "none", isCalled: false, isClosing: false, afterEnd: "no", told: new Map(), own: new Set(), hasMarker, last: undefined, state: "idle" });
        tab.widget.called = (method) => (method === "startChat" ? this.#starts(tab) : this.#closes(tab));
        tab.session.subscribe((occurrence) => occurrence && this.#occurs(tab, occurrence));
    }

    #of(tab: Tab): Watch {
        const watch = this.#watches.get(tab);
        if (!watch) throw new Error("An unknown window.");
        return watch;
    }

    press(tab: Tab, act: () => void): void {
        const watch = this.#of(tab);
        watch.wish = "asked";
        watch.isCalled = false;
        watch.afterEnd = tab.session.state.kind !== "ended" ? "no" : isShown(tab.widget) ? "shown" : "hidden";
        act();
    }

    /** What calls the rules may swallow what they throw, so that a breach is kept for the check after the event. */
    #breach(rule: string, what: string): void {
        this.#broken ??= new RuleBroken(rule, what);
    }

    /** After every event. */
    check(): void {
        for (const tab of this.#watches.keys()) if (!tab.page.isGone) this.#checkTab(tab, this.#of(tab));
        if (this.#broken) throw this.#broken;
    }

    #checkTab(tab: Tab, watch: Watch): void {
        const { widget, session } = tab;
        const { inside } = widget;
        const { kind } = session.state;
        if (kind !== watch.state) this.log(() => `${widget.title}    state: ${JSON.stringify(session.state)}`);
        watch.state = kind;
        if (inside) {
            watch.last = inside;
            if (inside.openedIn === widget || (watch.hasMarker && inside.owner === tab.user)) watch.own.add(inside);
            if (inside.owner !== tab.user && widget.isVisible) this.#breach("never shown", `${tab.user} could see ${inside.owner}'s conversation (${widget.pane})`);
        }
        const isFront = widget.isOpen && inside?.state !== "inactive" && widget.pane !== "refused" && widget.pane !== "survey-after" && widget.pane !== "closing" && widget.isVisible;
        if (watch.wish === "asked" && isFront) watch.wish = "front";
        else if (watch.wish === "front" && widget.isMinimised && watch.isCalled) watch.wish = "none";
        else if (watch.wish === "front" && widget.pane === "none") watch.wish = watch.isClosing ? "asked" : "none";
        if (widget.pane === "none") watch.isClosing = false;
    }

    #starts(tab: Tab): void {
        const watch = this.#of(tab);
        watch.isCalled = true;
        if (watch.wish === "none") this.#breach("no start without a press", `startChat while the widget shows: ${tab.widget.pane}`);
    }

    #closes(tab: Tab): void {
        const { inside } = tab.widget;
        const watch = this.#of(tab);
        watch.isClosing = true;
        const { own, afterEnd } = watch;
        if (inside?.state !== "active" || !own.has(inside)) return;
        // A user who sees the chat and presses for a new one means it.
        if (afterEnd !== "shown") this.#breach("no close of one's own", `closeChat on ${tab.user}'s running conversation`);
    }

    /** Who has written, or dropped, the marker. */
    written(tab: Tab, value: string | null): void {
        const talk = this.browser.kept?.conversation;
        if (value !== null) this.#marker = { user: tab.user, until: this.browser.clock.now + 15 * 60_000 };
        else {
            this.log(() => "    the marker is dropped");
            const wasOwn = this.#marker?.user === tab.user;
            this.#marker = undefined;
            if (wasOwn && talk?.state === "active" && talk.owner === tab.user) this.#breach("marker kept", `${tab.user}'s conversation runs, and its marker is dropped`);
        }
    }

    #occurs(tab: Tab, occurrence: string): void {
        this.log(() => `${tab.widget.title}    ${occurrence}`);
        if (occurrence !== "ChatStarted" && occurrence !== "ChatEnded") return;
        const { last, told } = this.#of(tab);
        const talk = tab.widget.inside ?? last;
        if (!talk) {
            if (!this.isForged) this.#breach("told once", `${occurrence} without a conversation`);
            return;
        }
        const counts = told.get(talk) ?? { ChatStarted: 0, ChatEnded: 0 };
        told.set(talk, counts);
        if (++counts[occurrence] > 1) this.#breach("told once", `${occurrence} for the same conversation again`);
    }

    /** At last: what was begun in a window that still stands was told there, and so was its end; late events may cost one of them. */
    tellAll(): void {
        for (const [tab, { own, told }] of this.#watches) {
            for (const talk of tab.page.isGone ? [] : own) {
                if (talk.openedIn !== tab.widget) continue;
                const { ChatStarted, ChatEnded } = told.get(talk) ?? { ChatStarted: 0, ChatEnded: 0 };
                if (ChatStarted === 0) this.#breach("told once", "ChatStarted was not told");
                if (ChatEnded === 0 && talk.state !== "active") this.#breach("told once", "ChatEnded was not told");
            }
        }
        this.check();
    }

    /** From whatever was reached, with a widget that behaves, a press leads to a chat, or to a failure whose retry does. */
    async heal(tab: Tab, pass: (milliseconds: number) => Promise<void>): Promise<void> {
        this.browser.calmDown();
        const attempts: string[] = [];
        for (let presses = 0; presses < 2; presses++) {
            this.log(() => `${tab.widget.title}>>> press, and from here on everything works (${presses + 1})`);
            const wasMinimised = tab.widget.isMinimised;
            this.press(tab, () => tab.session.start(tab.request()));
            await settle();
            await pass(PATIENCE);
            const { kind } = tab.session.state;
            const { widget } = tab;
            attempts.push(`${kind} beside ${widget.pane}${widget.isVisible ? "" : ", hidden"}${widget.isMinimised ? ", minimised" : ""}`);
            const isLabelled = FRONT[widget.pane]?.includes(kind) === true && !("minimised" in tab.session.state && tab.session.state.minimised);
            if (isShown(widget) && widget.inside?.state !== "inactive" && isLabelled) return;
            const mayRetry = kind === "failed" || kind === "unavailable" || (widget.inside?.state === "inactive" && wasMinimised && isShown(widget));
            if (!mayRetry) break;
        }
        throw new RuleBroken("no dead end", attempts.join("; then "));
    }
}

const isShown = (widget: Widget): boolean => widget.isOpen && widget.isVisible;
