// The one chat of a window: runs the machine, carries out its effects through the ports, and tells everybody who listens.
import { obstacleOf } from "./availability";
import { createContextOffer } from "./context-offer";
import { atRest, idle, isHidden, isWindowOpen, occurrence, timers, transition } from "./machine";
import type { ChatEvent, ChatState, Effect, Occurrence, WidgetEvent } from "./machine";
import { classify, isKnown } from "./ownership";
import type { Knowledge } from "./ownership";
import type { ChatContext, Clock, MarkerPort, WidgetConfiguration, WidgetPort, WidgetSettings } from "./ports";
import { CONFIGURATION, MILLISECONDS, REVEALED_WITHOUT_SURVEY, pauseBefore } from "./timing";
import type { Timer } from "./timing";
import { within } from "./within";

/** Who chats, and where: what an instance hands over when its user, or its start mode, asks for a chat. */
export interface ChatRequest {
    readonly widget: WidgetSettings;
    readonly userId: string;
    /** Who asks; the offer ends when they leave. Absent when they have left already. */
    readonly by?: object;
    /** Whether the user has pressed; a start mode waits for the configuration before it loads anything. */
    readonly isPress?: boolean;
    /** Settles within its own time limit and never rejects. */
    readonly context: Promise<ChatContext>;
}

export interface SessionPorts {
    readonly widget: WidgetPort;
    readonly marker: MarkerPort;
    readonly clock: Clock;
}

/** One chat for the whole window, shared by all instances of the control. */
export interface Session {
    readonly state: ChatState;
    /** The latest context; absent before anything was asked. */
    readonly context: ChatContext | undefined;
    /** What the contact centre says of the widget; undefined where it is not known. */
    readonly configuration: WidgetConfiguration | undefined;
    /** Whose context a conversation gets that is started with Microsoft's own button; undefined when they have left. */
    readonly offerer: object | undefined;
    /** Whether a chat in this widget would have to wait for another widget in the window: there can be only one (I). */
    conflicts(widget: WidgetSettings): boolean;
    /** Has the widget loaded, without starting a chat. */
    load(request: ChatRequest): void;
    /** Has a chat started, or the running one brought to the front, as soon as everything is ready. */
    start(request: ChatRequest): void;
    /** Brings a running chat to the front, whatever has become of the settings since. */
    bringBack(): void;
    /** Hands over the context for conversations that are started with Microsoft's own button, while the widget is at rest. */
    offer(request: ChatRequest): void;
    /** Takes back what was offered; the user's own variables stay. */
    leave(by: object): void;
    /** Tells of every change and occurrence from now on; the result ends it. */
    subscribe(listener: (occurrence: Occurrence | undefined) => void): () => void;
}

/** A listener that throws does not keep the others from hearing. */
function tell(listener: (occurrence: Occurrence | undefined) => void, told: Occurrence | undefined): void {
    try {
        listener(told);
    } catch {
        // The instance has its own guards.
    }
}

/** Loading and expelling share one limit: together they are the way to a usable widget. */
const phaseOf = ({ kind }: ChatState): string => (kind === "expelling" ? "loading" : kind);

/** Creates the window's session; it touches nothing before the first `load` or `start`. */
export function createSession({ widget, marker, clock }: SessionPorts): Session {
    const listeners = new Set<(occurrence: Occurrence | undefined) => void>();
    const running = new Map<Timer, () => void>();
    const contextOffer = createContextOffer();
    let state: ChatState = idle;
    let request: ChatRequest | undefined;
    let configuration: WidgetConfiguration | undefined;
    let isListening = false;
    let hasOwn = false;
    let hasMetForeign = false;
    /** Whether ChatEnded was told for the latest conversation. */
    let isEndTold = true;

    function knowledge(): Knowledge {
        const own = request !== undefined && marker.own(request.widget, request.userId);
        const other = request !== undefined && !own && marker.any(request.widget);
        const hasSurveyAfter = configuration?.hasSurveyAfter ?? false;
        const isOpen = widget.isOpen();
        return { state, marker: own ? "own" : other ? "other" : "none", hasOwn, hasMetForeign, isOpen, hasSurveyAfter };
    }

    function dispatch(event: ChatEvent): void {
        const before = state;
        const step = transition(before, event);
        state = step.state;
        const told = once(occurrence(before, event, state), event);
        // Every sign of life lengthens what the widget keeps, and so the marker.
        if (state.kind === "chatting" && (before !== state || told !== undefined || event.type === "history")) remember();
        if (before !== state) settle(before);
        step.effects.forEach((effect) => run(effect));
        if (before !== state || told !== undefined) announce(told);
    }

    /** Each conversation starts and ends once, although a forged event may make it seem to go on. */
    function once(told: Occurrence | undefined, event: ChatEvent): Occurrence | undefined {
        // The window of a new conversation may have been shown before it was told.
        const isStart = told === "ChatStarted" || (event.type === "queued" && state.kind === "chatting");
        const isBegun = isStart && isEndTold;
        if (isBegun || (event.type === "restored" && event.own)) isEndTold = false;
        if (isStart) return isBegun ? "ChatStarted" : undefined;
        if (told !== "ChatEnded") return told;
        const isFirst = !isEndTold;
        isEndTold = true;
        return isFirst ? told : undefined;
    }

    function remember(): void {
        if (!request) return;
        hasOwn = true;
        marker.keep(request.widget, request.userId);
    }

    function announce(told: Occurrence | undefined): void {
        // Listeners may leave while they are told.
        [...listeners].forEach((listener) => tell(listener, told));
    }

    function onWidgetEvent(event: WidgetEvent): void {
        switch (classify(event, knowledge())) {
            case "ignore":
                return;
            case "foreign":
                hasMetForeign = true;
                forgetOther();
                return dispatch({ type: "restored", own: false });
            case "elsewhere":
                dispatch({ type: "elsewhere" });
                // Unless its window is open here.
                if (state.kind === "elsewhere" && widget.isOpen()) dispatch({ type: "maximised" });
                return;
            case "own":
                if (event.type === "restored") return dispatch({ type: "restored", own: true });
                // A message in the window of a chat that was running already tells that it goes on.
                if (event.type === "message" && isWindowOpen(state) && isKnownRunning()) dispatch({ type: "revealed", own: true });
                dispatch(event.type === "stayed" || isBeforeSurvey(event) ? { type: "survey" } : event);
        }
    }

    /** Where the frame's size does not tell, an end may be told before the survey that follows. */
    const isBeforeSurvey = ({ type }: WidgetEvent): boolean =>
        type === "closed" && ["chatting", "ended"].includes(state.kind) && widget.isOpen() === undefined && knowledge().hasSurveyAfter;

    /** The marker of a user whose conversation goes must not vouch for the next one. */
    function forgetOther(): void {
        if (!request || knowledge().marker !== "other") return;
        marker.claim(request.widget);
        marker.drop(request.widget);
    }

    /** Another tab that ends its conversation drops the marker, or lets it run out; the one that runs here keeps it. */
    function lapse(): void {
        if (state.kind === "chatting") remember();
        if (state.kind === "elsewhere" && knowledge().marker !== "own") dispatch({ type: "lapsed" });
    }

    /** An unknown configuration may name a survey. */
    const maySurvey = (): boolean => configuration?.hasSurveyAfter ?? true;

    function durationOf(timer: Timer): number {
        if (timer === "again") return state.kind === "loading" ? pauseBefore(state.pauses) : 0;
        const isUnhurried = timer === "revealed" && configuration && !configuration.hasSurveyBefore && !isKnown(knowledge());
        return isUnhurried ? REVEALED_WITHOUT_SURVEY : MILLISECONDS[timer];
    }

    function arm(timer: Timer, milliseconds = durationOf(timer)): void {
        running.set(timer, clock.after(milliseconds, () => fire(timer)));
    }

    function fire(timer: Timer): void {
        running.delete(timer);
        // A window that is open by itself is about to show a conversation: it gets more time.
        if (timer === "settled" && widget.isOpen()) return arm("rested", MILLISECONDS.rested);
        if (timer === "lapsed") {
            if (knowledge().marker === "own") return arm(timer);
            return dispatch({ type: timer });
        }
        // A start that was told is a new conversation's, whoever's marker stands.
        if (timer === "revealed") return dispatch({ type: "revealed", own: false });
        if (timer === "waited") return dispatch({ type: "revealed", own: isKnownRunning() });
        if (timer === "quiet" && maySurvey()) return dispatch({ type: "surveyed" });
        // Where nobody is there any more to want it, the script is not asked for again.
        dispatch({ type: timer === "again" && listeners.size === 0 ? "limit" : timer });
    }

    /** Brings the timers, the frame and what Microsoft's button sends in line with the state. */
    function settle(before: ChatState): void {
        const wanted = timers(state);
        for (const [timer, cancel] of running) {
            // Each attempt has its full time: loading and starting do not share a clock.
            if (phaseOf(before) === phaseOf(state) && wanted.includes(timer)) continue;
            cancel();
            running.delete(timer);
        }
        for (const timer of wanted) if (!running.has(timer)) arm(timer);
        hide();
        renew();
    }

    /** A widget that another one's tag has put there, or that was never asked for, is not touched. */
    function hide(): void {
        if (state.kind !== "conflict") widget.hide(isHidden(state, isKnown(knowledge())));
        else widget.hide(false);
    }

    /** Sets what Microsoft's own button starts a conversation with, while nobody waits for a chat. */
    function renew(): void {
        const isNobodyWaiting = atRest(state) || (state.kind === "loading" && state.then === "rest");
        const { variables } = contextOffer;
        if (variables && isNobodyWaiting) widget.provide(variables);
    }

    function run(effect: Effect): void {
        if (!request) return;
        switch (effect) {
            case "load":
            case "reload":
                widget[effect](request.widget);
                break;
            case "start":
                void start();
                break;
            case "show":
                void show(request);
                break;
            case "close":
                widget.close();
                break;
            case "forget":
                marker.drop(request.widget);
                break;
        }
    }

    /** Starts the chat once everything is known, unless the state has moved on meanwhile. */
    async function start(): Promise<void> {
        let asked: ChatRequest | undefined;
        let prepared: Prepared | undefined;
        while (request && asked !== request) {
            asked = request;
            prepared = await prepare(asked);
        }
        if (!prepared || state.kind !== "starting" || state.step !== "opening") return;
        const obstacle = isKnownRunning() ? undefined : obstacleOf(prepared.configuration);
        if (obstacle) dispatch({ type: "refused", reason: obstacle });
        else widget.start(prepared.context.variables);
    }

    /** Brings the chat window to the front at once: the context of a running conversation cannot change any more (D). */
    async function show(asked: ChatRequest): Promise<void> {
        const { context } = contextOffer;
        if (context) return widget.start(context.variables);
        const { variables } = await asked.context;
        // The window may have gone meanwhile.
        if (["chatting", "user-action", "ended", "starting"].includes(state.kind)) widget.start(variables);
    }

    /** This user's marker stands: a running chat is brought back whatever the configuration says. */
    const isKnownRunning = (): boolean => knowledge().marker === "own";

    interface Prepared {
        readonly context: ChatContext;
        readonly configuration: WidgetConfiguration | undefined;
    }

    /** What was prepared for a request holds for it: the limit of 3 s counts from the press. */
    const preparations = new WeakMap<ChatRequest, Promise<Prepared>>();
    function prepare(current: ChatRequest): Promise<Prepared> {
        const preparation = preparations.get(current) ?? prepareAnew(current);
        preparations.set(current, preparation);
        return preparation;
    }

    /** Waits for the context, and for the configuration as long as it is worth it. */
    async function prepareAnew(current: ChatRequest): Promise<Prepared> {
        const [context, answer] = await Promise.all([current.context, askConfiguration(current)]);
        // What is shown is what goes to the agent: the answer to whoever asked last.
        if (current === request) contextOffer.settle(current, context);
        return { context, configuration: answer };
    }

    /** An answer that stood against a chat is asked for anew. */
    function askConfiguration(current: ChatRequest): Promise<WidgetConfiguration | undefined> {
        const isAnew = obstacleOf(configuration) !== undefined;
        const asked = widget.configuration(current.widget, isAnew).then((answer) => {
            // A late answer serves the next press.
            if (current.widget.appId === request?.widget.appId) configuration = answer;
            return answer;
        });
        return within(clock, CONFIGURATION, asked, undefined);
    }

    function ask(next: ChatRequest, type: "load" | "start"): void {
        if (!isListening) {
            isListening = true;
            widget.listen(onWidgetEvent);
            marker.onDrop(lapse);
            marker.onLeave(() => {
                if (request && state.kind === "chatting") marker.keep(request.widget, request.userId);
            });
        }
        request = next;
        contextOffer.offer(next);
        if (state.kind === "idle" && knowledge().marker === "own") marker.claim(next.widget);
        hasOwn ||= knowledge().marker === "own";
        // A start mode loads nothing where no chat can start; a running chat is brought back all the same.
        if (next.isPress || hasOwn) begin(next, type);
        else void whenOpen(next, () => begin(next, type));
    }

    async function whenOpen(next: ChatRequest, go: () => void): Promise<void> {
        const reason = obstacleOf(await askConfiguration(next));
        if (next !== request) return;
        if (reason) dispatch({ type: "refused", reason });
        else go();
    }

    function begin(next: ChatRequest, type: "load" | "start"): void {
        if (type === "load") dispatch({ type });
        else dispatch({ type, isOpen: widget.isOpen() ?? true, maySurvey: maySurvey() });
        if ((state.kind === "loading" || state.kind === "expelling") && !state.prepared) void prepareLatest(next);
    }

    /** Sets the context of whoever asked last: an earlier answer may be another user's address, or none. */
    async function prepareLatest(current: ChatRequest): Promise<void> {
        const prepared = await prepare(current);
        // Where another widget has the page, it gets nothing of ours.
        if (current !== request || state.kind === "conflict") return;
        widget.provide(prepared.context.variables);
        const obstacle = isKnown(knowledge()) ? undefined : obstacleOf(prepared.configuration);
        dispatch(obstacle ? { type: "refused", reason: obstacle } : { type: "prepared" });
    }

    return {
        get state() {
            return state;
        },
        get context() {
            return contextOffer.context;
        },
        get configuration() {
            return configuration;
        },
        get offerer() {
            return contextOffer.offerer;
        },
        conflicts: (other) =>
            request !== undefined &&
            (request.widget.appId !== other.appId || request.widget.orgId !== other.orgId) &&
            // A widget that never came holds no place; one that is silent may still wake up.
            !(state.kind === "conflict" || (state.kind === "failed" && state.resume === "load" && state.code !== "widget-timeout")),
        load: (next) => ask(next, "load"),
        start: (next) => ask(next, "start"),
        bringBack() {
            if (state.kind === "chatting" || state.kind === "elsewhere") {
                dispatch({ type: "start", isOpen: false, maySurvey: true });
            }
        },
        offer(next) {
            // The context of a conversation cannot change any more (D).
            if (!atRest(state)) return;
            contextOffer.offer(next);
            renew();
            void next.context.then((context) => {
                if (!contextOffer.isCurrent(next)) return;
                contextOffer.settle(next, context);
                renew();
                announce(undefined);
            });
        },
        leave(by) {
            if (!contextOffer.withdraw(by)) return;
            renew();
            announce(undefined);
        },
        subscribe(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
    };
}
