// Owns what the windows of a browser share: contact centre, network, and what the widget keeps.
import type { FakeClock } from "./clock";
import type { Widget } from "./widget";

/** Called with what makes a line, which is made only where somebody reads it. */
export type Log = (line: () => string) => void;

/** How contact centre, network and browser behave in a life; times in milliseconds. */
export interface World {
    readonly scriptMs: number;
    readonly readyMs: number;
    /** From ready until a kept chat is told, and from there until it can be closed. */
    readonly restoreMs: number;
    readonly linesMs: number;
    readonly queueMs: number;
    readonly closeMs: number;
    /** A message between page and frame, and how long the frame's size stays behind the events, or goes before them. */
    readonly messageMs: number;
    readonly sizeMs: number;
    readonly hidesButton: boolean;
    readonly surveyBefore: boolean;
    readonly surveyAfter: boolean;
    readonly isClosed: boolean;
    /** Whether `lcw:closeChat` comes as closing begins, or when it is done (S: not known). */
    readonly tellsCloseAtOnce: boolean;
    readonly holdsMessages: boolean;
    readonly isClassic: boolean;
    /** The configuration request's answer comes after so long; -1: never, -2: refused. */
    readonly configurationMs: number;
    /** Of each event in turn: how late it is, and after how long it is told again; 0: not at all. */
    readonly late: readonly number[];
    readonly again: readonly number[];
}

export interface Conversation {
    readonly owner: string;
    readonly openedIn: Widget;
    state: "pending" | "active" | "inactive" | "gone";
    /** The service has it. */
    isBegun: boolean;
    /** An agent has written: only then a survey follows. */
    isServed: boolean;
}

/** The cache of the widget, kept 15 minutes by widget and not by user (S). */
const KEPT_MS = 15 * 60_000;

export class Browser {
    readonly widgets = new Set<Widget>();
    unreachable = 0;
    deadFrames = 0;
    refusals = 0;
    isOnline = true;
    /** From here on nothing goes wrong, is late or comes twice. */
    isCalm = false;
    #kept: { readonly conversation: Conversation; isMinimised: boolean; until: number } | undefined;
    #told = 0;

    constructor(
        readonly world: World,
        readonly clock: FakeClock,
        readonly log: Log,
    ) {}

    get kept(): { readonly conversation: Conversation; readonly isMinimised: boolean } | undefined {
        return this.#kept && this.#kept.until > this.clock.now ? this.#kept : undefined;
    }

    keep(conversation: Conversation, isMinimised: boolean): void {
        this.#kept = { conversation, isMinimised, until: this.clock.now + KEPT_MS };
    }

    forget(conversation: Conversation): void {
        if (this.#kept?.conversation === conversation) this.#kept = undefined;
    }

    get readyMs(): number {
        return this.isCalm ? Math.min(this.world.readyMs, 3_000) : this.world.readyMs;
    }

    /** How late the next event is, and when it comes again. */
    delivery(): { readonly late: number; readonly again: number } {
        if (this.isCalm) return { late: 0, again: 0 };
        const turn = this.#told++;
        return { late: this.world.late[turn] ?? 0, again: this.world.again[turn] ?? 0 };
    }

    calmDown(): void {
        this.isCalm = this.isOnline = true;
        this.unreachable = this.deadFrames = this.refusals = 0;
        for (const { page } of this.widgets) page.navigator.onLine = true;
    }

    agentWrites(): void {
        const talk = this.#talk();
        if (talk) talk.isServed = true;
        if (talk) this.widgets.forEach((widget) => widget.hearAgent(talk));
    }

    agentEnds(): void {
        const talk = this.#talk();
        if (talk) talk.state = "inactive";
        if (talk) this.widgets.forEach((widget) => widget.hearEnd(talk));
    }

    #talk(): Conversation | undefined {
        const talk = this.kept?.conversation;
        return talk?.state === "active" ? talk : undefined;
    }
}
