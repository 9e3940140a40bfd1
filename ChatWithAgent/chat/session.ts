// Owns the page's one chat: runs the machine, carries out its effects through the ports, and tells everybody who listens.
import { atRest, idle, occurrence, remembered, timers, transition, veiled, watched } from "./machine";
import type { ChatEvent, ChatState, Effect, Occurrence, Timer, WidgetEvent } from "./machine";
import type { ChatContext, Clock, ContextVariables, MarkerPort, WidgetPort, WidgetSettings } from "./ports";

/** Who chats, and where: what an instance hands over when its user, or its start mode, asks for a chat. */
export interface ChatRequest {
    readonly widget: WidgetSettings;
    readonly userId: string;
    /** Who asks; what is offered goes when they leave. Absent when they have left already. */
    readonly by?: object;
    /** Settles within its own time limit and never rejects. */
    readonly context: Promise<ChatContext>;
}

export interface SessionPorts {
    readonly widget: WidgetPort;
    readonly marker: MarkerPort;
    readonly clock: Clock;
}

/** One chat for the whole page, shared by all instances of the control. */
export interface Session {
    readonly state: ChatState;
    /** The latest context; absent before anything was asked. */
    readonly context: ChatContext | undefined;
    /** Whose context a conversation gets that is begun with Microsoft's own button; undefined when they have left. */
    readonly offerer: object | undefined;
    /** Whether a chat in this widget would have to wait for another widget that is on the page: there can be only one (I). */
    conflicts(widget: WidgetSettings): boolean;
    /** Has the widget loaded, without starting a chat. */
    load(request: ChatRequest): void;
    /** Has a chat started, or the running one brought back; carried out as soon as everything is ready. */
    start(request: ChatRequest): void;
    /** Brings a running chat back to the screen, whatever has become of the settings since. */
    bringBack(): void;
    /** Hands over the context for conversations that are begun with Microsoft's own button, while the widget is at rest. */
    offer(request: ChatRequest): void;
    /** Takes back what was offered: whoever it was has gone, or stands at another record now. What holds without it stays. */
    leave(by: object): void;
    /** Tells of every change and occurrence from now on; the result ends it. */
    subscribe(listener: (occurrence: Occurrence | undefined) => void): () => void;
}

/**
 * Seen: a conversation comes back 100–150 ms after ready and is complete less than 300 ms later, on a fast network; a survey follows the agent's end after 150 ms;
 * held-back messages come about 500 ms after the pane was opened. Web Chat keeps what it reads aloud for a second (S).
 */
const MILLISECONDS: Readonly<Record<Exclude<Timer, "again">, number>> = { settled: 300, come: 4_000, quiet: 1_500, told: 1_500, lapsed: 30_000, slow: 8_000, limit: 30_000 };

/** The pauses between attempts double, from 1 s. */
function durationOf(timer: Timer, state: ChatState): number {
    if (timer !== "again") return MILLISECONDS[timer];
    return state.kind === "loading" ? 500 * 2 ** (state.pauses ?? 0) : 0;
}

/**
 * An end that was told is told again about 500 ms later (seen), on a computer that is busy with the next conversation as much as 3.5 s later (seen, with the
 * processor slowed down eight times): it must not end that one, too. Who does end two in so short a time is seen by the pane, which has gone by then.
 */
const ECHO_OF_END = 5_000;
const PANE_GONE = 1_000;

/** One who fails to listen must not keep the others from hearing. */
function tell(listener: (occurrence: Occurrence | undefined) => void, occurrence: Occurrence | undefined): void {
    try {
        listener(occurrence);
    } catch {
        // The instance has its own guards; there is nothing more to be done for it here.
    }
}

/** Creates the page's session; it touches nothing before the first `load` or `start`. */
export function createSession({ widget, marker, clock }: SessionPorts): Session {
    const listeners = new Set<(occurrence: Occurrence | undefined) => void>();
    const running = new Map<Timer, () => void>();
    let state: ChatState = idle;
    let request: ChatRequest | undefined;
    let offered: ChatRequest | undefined;
    let latest: { readonly request: ChatRequest; readonly context: ChatContext } | undefined;
    let listening = false;
    /**
     * Whether what comes back on this page is this user's: the marker said so, or the user has opened a conversation here. From then on nobody
     * else's can come back, for another tab is the same user's; on a slow computer it comes long after the marker has gone.
     */
    let expected = false;
    /** Whether an end was told a moment ago. */
    let hasJustEnded = false;
    /** Whether a foreign conversation came back on this page: it may come again. */
    let wary = false;

    const hasMarker = (): boolean => request !== undefined && marker.own(request.widget, request.userId);

    /** Whether another user's conversation is in the browser. */
    const isOthers = (): boolean => request !== undefined && !hasMarker() && marker.any(request.widget);

    /** What the marker says of a conversation that comes back: nothing while one is being started, for then this page has written it. */
    function expect(): void {
        // Another user's marker was written in another tab, after whatever was this user's here.
        if (!remembered(state)) expected = hasMarker() || (expected && !isOthers());
    }

    /** A marker that stands while this page's own has been dropped was written by another tab. */
    const isElsewhere = (): boolean => remembered(state) === false && hasMarker();

    function dispatch(event: ChatEvent): void {
        const before = state;
        const step = transition(before, event);
        state = step.state;
        expected ||= state.kind === "chatting" && (before.kind === "user-action" || (before.kind === "starting" && before.step === "opened"));
        const told = occurrence(before, event, state);
        // Every sign of life lengthens what the widget keeps, and so the marker.
        if (request && remembered(state) && (before !== state || told || event.type === "history")) marker.keep(request.widget, request.userId);
        if (before !== state) settle(before);
        step.effects.forEach(run);
        if (before !== state || told) announce(told);
    }

    function announce(told: Occurrence | undefined): void {
        // Listeners may leave while they are told.
        [...listeners].forEach((listener) => tell(listener, told));
    }

    function hear(told: WidgetEvent | { readonly type: "restored" }): void {
        // What another user's agent writes in another tab is nothing to this one.
        if (told.type === "message" && remembered(state) === false && isOthers()) return;
        if ((told.type === "restored" || told.type === "message") && isElsewhere()) {
            dispatch({ type: "elsewhere" });
            // Unless its pane is here.
            widget.look();
        } else if (told.type === "restored") {
            expect();
            wary ||= !expected;
            dispatch({ type: "restored", own: expected });
        } else if (wary && told.type === "queued" && (state.kind === "ready" || (state.kind === "starting" && state.step === "opening"))) {
            // A conversation that nobody has opened: the foreign one was still on its way back when it was closed (seen).
            dispatch({ type: "restored", own: false });
        } else if (told.type !== "closed" || !isEchoOfEnd()) dispatch(told);
    }

    /** A conversation in another tab tells no end here; but who has it drops its marker, or lets it run out. */
    function lapse(): void {
        if (state.kind === "elsewhere" && !hasMarker()) dispatch({ type: "lapsed" });
    }

    function isEchoOfEnd(): boolean {
        const isRunning = state.kind === "chatting" || (state.kind === "starting" && state.step === "opened");
        if (hasJustEnded) {
            if (isRunning) clock.after(PANE_GONE, endIfGone);
            return isRunning;
        }
        // A foreign conversation may come back and have to be closed again at once: there each end counts.
        hasJustEnded = !veiled(state);
        clock.after(ECHO_OF_END, () => (hasJustEnded = false));
        return false;
    }

    /** An end that was taken for an echo is one after all when the conversation's pane has gone with it. */
    function endIfGone(): void {
        widget.look();
        if (state.kind === "chatting" && state.minimised) dispatch({ type: "closed" });
    }

    function arm(timer: Timer): void {
        running.set(timer, clock.after(durationOf(timer, state), () => fire(timer)));
    }

    /** Whether what a timer stands for has not come about yet, and is waited for once more. */
    function isTooEarly(timer: Timer): boolean {
        if (timer === "lapsed") return hasMarker();
        // What a screen reader would still hear is another user's: it is waited for, until the time for it all is over.
        return timer === "quiet" && timers(state).includes(timer) && widget.speaks();
    }

    function fire(timer: Timer): void {
        // A pane may have come since the last look, and changes what is to be done now.
        widget.look();
        if (isTooEarly(timer)) return arm(timer);
        // The one that comes again: closing is tried until it succeeds, or the time for it all is over.
        if (timer === "come") running.delete(timer);
        // Where nobody is there any more to want it, nothing is tried again.
        dispatch({ type: timer === "again" && listeners.size === 0 ? "limit" : timer });
    }

    /** Brings the timers, the veil and the marker in line with the state. */
    function settle(before: ChatState): void {
        const wanted = timers(state);
        // Each attempt has its full time: loading and starting do not share a clock.
        for (const [timer, cancel] of running) {
            if (before.kind !== state.kind || !wanted.includes(timer)) {
                cancel();
                running.delete(timer);
            }
        }
        for (const timer of wanted) {
            if (!running.has(timer)) arm(timer);
        }
        widget.veil(veiled(state));
        widget.watch(watched(state));
        // What is another tab's is not this one's to drop.
        if (request && remembered(state) === false && before.kind !== "elsewhere") marker.drop(request.widget);
        renew();
    }

    /** Sets what Microsoft's own button begins a conversation with: what is offered, and until that is known, or once it is gone, what holds without it. */
    function renew(): void {
        const isNobodyWaiting = atRest(state) || (state.kind === "loading" && state.then === "rest");
        if (latest && isNobodyWaiting) widget.provide(latest.request === offered ? latest.context.variables : latest.context.lasting);
    }

    function run(effect: Effect): void {
        const current = request;
        if (!current) return;
        switch (effect) {
            case "load":
                widget.load(current.widget);
                break;
            case "start":
                void prepare(current).then((context) => {
                    // What was decided a moment ago still holds only while nothing has to be hidden.
                    if (!veiled(state)) widget.start(context);
                });
                break;
            case "close":
                widget.close();
                break;
            case "dismiss":
                widget.dismiss();
                break;
        }
    }

    async function prepare(current: ChatRequest): Promise<ContextVariables> {
        const context = await current.context;
        // What is told is what goes to the agent: the answer to whoever asked last.
        if (current === request) latest = { request: current, context };
        return context.variables;
    }

    function ask(next: ChatRequest, event: ChatEvent): void {
        if (!listening) {
            listening = true;
            widget.listen(hear);
            marker.onDrop(lapse);
            marker.onLeave(() => {
                if (request && remembered(state)) marker.keep(request.widget, request.userId);
            });
        }
        request = next;
        offered = next.by && next;
        expect();
        dispatch(event);
        if (state.kind === "loading" && !state.prepared) void prepareLatest(next);
    }

    /** Sets the context of whoever asked last: an earlier answer may be another user's address, or none. */
    async function prepareLatest(current: ChatRequest): Promise<void> {
        const context = await prepare(current);
        // Where another widget has the page, it gets nothing of ours.
        if (current !== request || state.kind === "conflict") return;
        widget.provide(context);
        dispatch({ type: "prepared" });
    }

    return {
        get state() {
            return state;
        },
        get context() {
            return latest?.context;
        },
        get offerer() {
            return offered?.by;
        },
        conflicts: (other) =>
            request !== undefined &&
            (request.widget.appId !== other.appId || request.widget.orgId !== other.orgId) &&
            // A widget that never came holds no place; one that is silent may still wake up.
            !(state.kind === "conflict" || (state.kind === "failed" && state.resume === "load" && state.code !== "widget-timeout")),
        load: (next) => ask(next, { type: "load" }),
        start: (next) => ask(next, { type: "start" }),
        bringBack() {
            expect();
            if (state.kind === "chatting" || state.kind === "elsewhere") dispatch({ type: "start" });
        },
        offer(next) {
            // The context of a conversation cannot change any more (D).
            if (!atRest(state)) return;
            offered = next;
            renew();
            void next.context.then((context) => {
                if (offered !== next) return;
                latest = { request: next, context };
                renew();
                announce(undefined);
            });
        },
        leave(by) {
            if (offered?.by !== by) return;
            offered = undefined;
            renew();
            announce(undefined);
        },
        subscribe(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
    };
}
