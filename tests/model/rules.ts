// Owns the rules that hold after every event of every life, whatever comes.
import type { Conversation, Log } from "./browser";
import type { Life } from "./life";
import type { Shared, Tab } from "./tab";
import type { Widget } from "./widget";

export class RuleBroken extends Error {
    constructor(rule: string, what: string) {
        super(`${rule}: ${what}`);
    }
}

/** What is known of a window. */
interface Watch {
    /** A press: asked for, the chat in front, or done with: the chat was closed or, once it was called, minimised. */
    wish: "none" | "asked" | "front";
    /** Whether a press came while the user was closing the chat. */
    isMixed: boolean;
    isCalled: boolean;
    /** The component has called to close, as a part of what the press asks for. */
    isClosing: boolean;
    /** Whether the press was made in the state `ended`, and beside a chat on the screen. */
    afterEnd: "no" | "hidden" | "shown";
    /** Whether the press was made beside a failure that was told. */
    afterFailure: boolean;
    /** What the user has opened here, or found here by a marker that stood as the page was loaded. */
    readonly own: Set<Conversation>;
    readonly hasMarker: boolean;
    /** The occurrences that were told of each conversation. */
    readonly told: Map<Conversation, Record<"ChatStarted" | "ChatEnded", number>>;
    last: Conversation | undefined;
    state: string;
    unmarkedSince: number | undefined;
}

const MARKER_MS = 15 * 60_000;

const isRunning = (talk: Conversation | undefined): boolean => talk?.state === "pending" || talk?.state === "active";

/** Whether the user has a chat, a survey or a notice before the eyes. */
export const isShown = (widget: Widget): boolean => widget.isOpen && widget.isVisible;

export class Rules {
    readonly #watches = new Map<Tab, Watch>();
    /** Whether the life has forged events: they may mislabel what is on the screen. */
    readonly isForged: boolean;
    readonly #isLate: boolean;
    /** Whether the widget may seem ready, and without a conversation, long before it is. */
    readonly #hasForgedReady: boolean;
    #broken: RuleBroken | undefined;
    #marker: { readonly user: string; readonly until: number } | undefined;

    constructor(
        readonly browser: Shared,
        life: Life,
        readonly log: Log,
    ) {
        this.isForged = life.steps.some(({ does }) => does.act === "forge");
        this.#isLate = life.world.late.length > 0;
        this.#hasForgedReady = life.steps.some(({ does }) => does.act === "forge" && does.name === "lcw:ready");
    }

    watch(tab: Tab): void {
        const hasMarker = this.#marker?.user === tab.user && this.#marker.until > this.browser.clock.now;
        this.#watches.set(tab, {
            wish: "none",
            isMixed: false,
            isCalled: false,
            isClosing: false,
            afterEnd: "no",
            afterFailure: false,
            last: undefined,
            state: "idle",
            unmarkedSince: undefined,
            hasMarker,
            own: new Set(),
            told: new Map(),
        });
        tab.widget.called = (method) => (method === "startChat" ? this.#starts(tab) : this.#closes(tab));
        tab.session.subscribe((occurrence) => {
            if (occurrence === "ChatStarted" || occurrence === "ChatEnded") this.#occurs(tab, occurrence);
        });
    }

    #of(tab: Tab): Watch {
        const watch = this.#watches.get(tab);
        if (!watch) throw new Error("An unknown window.");
        return watch;
    }

    /** What calls the rules may swallow what they throw, so that a breach is kept for the check after the event. */
    #breach(rule: string, what: string): void {
        this.#broken ??= new RuleBroken(rule, what);
    }

    press(tab: Tab, act: () => void): void {
        const afterEnd = tab.session.state.kind !== "ended" ? "no" : isShown(tab.widget) || tab.widget.isWide ? "shown" : "hidden";
        const watch = this.#of(tab);
        const afterFailure = tab.session.state.kind === "failed";
        Object.assign(watch, { wish: "asked", isCalled: false, afterEnd, afterFailure });
        // Two wishes at once: which conversation an end belongs to is anybody's guess.
        watch.isMixed ||= (tab.widget.pane === "closing" || tab.widget.inFlight > 0) && afterEnd === "no";
        act();
    }

    /** After every event. */
    check(): void {
        for (const tab of this.browser.tabs) this.#checkTab(tab, this.#of(tab));
        if (this.#broken) throw this.#broken;
    }

    #checkTab(tab: Tab, watch: Watch): void {
        const { widget, session, user } = tab;
        const { inside, pane } = widget;
        const { kind } = session.state;
        if (kind !== watch.state) this.log(() => `${widget.title}    state: ${JSON.stringify(session.state)}`);
        watch.state = kind;
        if (inside) {
            watch.last = inside;
            // A forged return before the window has seen its chat open looks like a foreign chat that comes back.
            const isOpened = inside.openedIn === widget && (!this.isForged || kind === "chatting" || kind === "user-action");
            if (isOpened || (watch.hasMarker && inside.owner === user)) watch.own.add(inside);
            const isForeign = inside.owner !== user;
            if (isForeign && widget.isVisible) this.#breach("never shown", `${user} could see a foreign chat (${pane})`);
            const isMarked = inside.state !== "active" || kind !== "chatting" || this.#marker !== undefined;
            // A marker that another tab has dropped is written again as soon as that is heard of.
            if (isMarked) watch.unmarkedSince = undefined;
            else watch.unmarkedSince ??= this.browser.clock.now;
            const isLeft = (watch.unmarkedSince ?? Infinity) < this.browser.clock.now;
            if (isLeft) this.#breach("marker kept", `${user} chats, and there is no marker`);
        }
        const isOver = inside?.state === "inactive" || ["refused", "survey-after", "closing"].includes(pane);
        const isFront = isShown(widget) && !isOver;
        if (watch.wish === "asked" && isFront) watch.wish = "front";
        else if (watch.wish === "front" && widget.isMinimised && watch.isCalled) watch.wish = "none";
        // A press for a new chat stands while the old one is being closed, by the component or by the user.
        else if (watch.wish === "front" && pane === "none") {
            watch.wish = watch.isClosing || watch.afterEnd !== "no" ? "asked" : "none";
            watch.afterEnd = "no";
        }
        if (pane === "none") watch.isClosing = false;
    }

    #starts(tab: Tab): void {
        const watch = this.#of(tab);
        watch.isCalled = true;
        if (watch.wish === "none") this.#breach("no start without a press", `startChat beside: ${tab.widget.pane}`);
    }

    #closes(tab: Tab): void {
        const watch = this.#of(tab);
        watch.isClosing = true;
        const { inside } = tab.widget;
        if (!inside || !isRunning(inside) || !watch.own.has(inside)) return;
        // An error that was told before the conversation, forged or not, says that there is none: a press is for a new one.
        if (inside.state === "pending" && (this.isForged || watch.afterFailure)) return;
        // A user who sees the chat and presses for a new one means it.
        if (watch.afterEnd !== "shown") this.#breach("no close of one's own", `closeChat beside: ${tab.widget.pane}`);
    }

    /** A window has written the marker, or dropped it. */
    written({ user }: Tab, value: string | null): void {
        const before = this.#marker;
        this.#marker = value === null ? undefined : { user, until: this.browser.clock.now + MARKER_MS };
        if (value !== null) return;
        this.log(() => "    the marker is dropped");
        const talk = this.browser.kept?.conversation;
        // A forged end beside a minimizing that is told late looks like a real one.
        if ((this.isForged && this.#isLate) || this.#hasForgedReady) return;
        const isRunningOn = before?.user === user && talk?.owner === user && talk.state === "active";
        if (isRunningOn) this.#breach("marker kept", `${user}'s chat runs, and its marker is dropped`);
    }

    #occurs(tab: Tab, occurrence: "ChatStarted" | "ChatEnded"): void {
        this.log(() => `${tab.widget.title}    ${occurrence}`);
        const { last, told } = this.#of(tab);
        // What is forged where there is no conversation may be told, and counts for none.
        const inside = tab.widget.inside ?? (this.isForged ? undefined : last);
        // The next conversation may be under way when the end of one is told.
        const ending = occurrence === "ChatEnded" ? [...told].find(([, each]) => each.ChatStarted > each.ChatEnded)?.[0] : undefined;
        const talk = ending ?? inside;
        if (!talk) {
            if (!this.isForged) this.#breach("told once", `${occurrence} without a conversation`);
            return;
        }
        const counts = told.get(talk) ?? { ChatStarted: 0, ChatEnded: 0 };
        told.set(talk, { ...counts, [occurrence]: counts[occurrence] + 1 });
        // Late events make it unclear which conversation is meant: then the sum counts.
        const sum = [...told.values()].reduce((all, each) => all + each[occurrence], 0);
        const isAgain = this.#isLate ? sum > told.size : counts[occurrence] > 0;
        if (isAgain) this.#breach("told once", `${occurrence} for the same conversation again`);
    }

    /** At last: what was begun in a window that still stands was told there, and so was its end. */
    tellAll(): void {
        // Forged and late events may hide one.
        for (const tab of this.isForged || this.#isLate ? [] : this.browser.tabs) {
            const { own, told, isMixed } = this.#of(tab);
            for (const talk of own) {
                if (isMixed || talk.openedIn !== tab.widget || !talk.isBegun) continue;
                if (!told.get(talk)?.ChatStarted) this.#breach("told once", "ChatStarted was not told");
                // While a survey stands in place of the conversation, no event has told of the end.
                const isOver = talk.state !== "active" && tab.widget.pane !== "survey-after";
                const isEndMissing = isOver && !told.get(talk)?.ChatEnded;
                if (isEndMissing) this.#breach("told once", "ChatEnded was not told");
            }
        }
        this.check();
    }
}
