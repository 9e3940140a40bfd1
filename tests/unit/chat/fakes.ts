// Covers nothing itself: a clock that stands still until told, a widget that only writes down what it is told, a marker in memory.
import type { ChatContext, Clock, ContextVariables, Email, MarkerPort, ScriptUrl, WidgetConfiguration, WidgetPort, WidgetSettings } from "../../../ChatWithAgent/chat/ports";
import type { WidgetEvent } from "../../../ChatWithAgent/chat/machine";

export const APP = "4de22280-0707-4f5f-befc-7d6c4fbbcde6";
export const OTHER_APP = "12495120-70a5-49bb-908d-3f9eb30f72f4";
export const ORG = "26763d6a-d8e4-4f3d-b82d-d7ec27740002";
export const USER = "7b8f5a1e-33a5-4c0e-9d55-0c8f0b8d1f01";
export const OTHER_USER = "c0ffee00-33a5-4c0e-9d55-0c8f0b8d1f02";

export function widgetSettings(appId = APP, orgId = ORG): WidgetSettings {
    const orgUrl = `https://m-${orgId}.eu.omnichannelengagementhub.com`;
    return {
        appId,
        orgId,
        orgUrl,
        scriptUrl: "https://oc-cdn-public-eur.azureedge.net/livechatwidget/scripts/LiveChatBootstrapper.js" as ScriptUrl,
        attributes: { v2: "", "data-app-id": appId, "data-org-id": orgId, "data-org-url": orgUrl, "data-lcw-version": "prod" },
    };
}

/** The context of a user of whom nothing else is told. */
export function contextOf(email: Email, change: Partial<ChatContext> = {}): ChatContext {
    const variables: ContextVariables = email.kind === "known" ? { Email: { value: email.address, isDisplayable: true } } : {};
    return { variables, lasting: variables, email, dropped: [], ...change };
}

/** Lets everything that is only waiting for promises come to its end. */
export const flush = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export interface FakeClock extends Clock {
    /** How many timers run. */
    readonly running: number;
    /** Lets time pass, timer by timer, and what each sets off. */
    advance(milliseconds: number): Promise<void>;
}

export function createFakeClock(): FakeClock {
    const timers = new Map<symbol, { readonly at: number; readonly callback: () => void }>();
    let now = 0;
    return {
        after(milliseconds, callback) {
            const timer = Symbol("timer");
            timers.set(timer, { at: now + milliseconds, callback });
            return () => timers.delete(timer);
        },
        get running() {
            return timers.size;
        },
        async advance(milliseconds) {
            const until = now + milliseconds;
            await flush();
            for (;;) {
                const next = [...timers].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at)[0];
                if (!next) break;
                timers.delete(next[0]);
                now = next[1].at;
                next[1].callback();
                await flush();
            }
            now = until;
        },
    };
}

export interface FakeWidget extends WidgetPort {
    /** Everything that was asked of the widget, in order, without hiding. */
    readonly calls: string[];
    readonly provided: ContextVariables[];
    readonly started: ContextVariables[];
    readonly isHidden: boolean | undefined;
    /** The frame's size, as the widget port tells it. */
    open: boolean | undefined;
    /** The answer of the contact centre; a promise that never settles stands for one that hangs. */
    answer: Promise<WidgetConfiguration | undefined>;
    /** What the widget does when it is loaded. */
    onLoad: () => void;
    /** Says something to whoever listens. */
    tell(...events: (WidgetEvent["type"] | WidgetEvent)[]): void;
}

/** A configuration against which nothing stands. */
export const OPEN: WidgetConfiguration = {
    isFound: true,
    isClosed: false,
    isHidden: false,
    isPersistent: false,
    signIn: "none",
    hasSurveyBefore: false,
    hasSurveyAfter: false,
};

export function createFakeWidget(): FakeWidget {
    const calls: string[] = [];
    const provided: ContextVariables[] = [];
    const started: ContextVariables[] = [];
    let isHidden: boolean | undefined;
    let listener: ((event: WidgetEvent) => void) | undefined;
    const widget: FakeWidget = {
        calls,
        provided,
        started,
        get isHidden() {
            return isHidden;
        },
        open: false,
        answer: Promise.resolve(OPEN),
        onLoad: () => undefined,
        tell(...events) {
            if (!listener) throw new Error("Nobody listens.");
            for (const event of events) {
                const short = event === "closed" ? { type: event, isSure: true } : { type: event };
                listener((typeof event === "string" ? short : event) as WidgetEvent);
            }
        },
        hint: ({ appId }) => void calls.push(`hint ${appId}`),
        configuration(_, isAnew) {
            if (isAnew) calls.push("ask anew");
            return widget.answer;
        },
        load({ appId }) {
            calls.push(`load ${appId}`);
            widget.onLoad();
        },
        reload: ({ appId }) => void calls.push(`reload ${appId}`),
        provide(context) {
            if (JSON.stringify(provided.at(-1)) === JSON.stringify(context)) return;
            calls.push("provide");
            provided.push(context);
        },
        start(context) {
            calls.push("start");
            started.push(context);
        },
        close: () => void calls.push("close"),
        hide: (on) => (isHidden = on),
        isOpen: () => widget.open,
        listen(tell) {
            calls.push("listen");
            listener = tell;
        },
    };
    return widget;
}

export interface FakeMarker extends MarkerPort {
    /** Whose conversation each widget holds: `appId` → user. */
    isBlocked: boolean;
    readonly owners: Map<string, string>;
    readonly calls: string[];
    leave(): void;
    /** Another tab drops one. */
    dropElsewhere(appId?: string): void;
}

export function createFakeMarker(): FakeMarker {
    const owners = new Map<string, string>();
    const calls: string[] = [];
    const leavers: (() => void)[] = [];
    const droppers: (() => void)[] = [];
    return {
        owners,
        calls,
        isBlocked: false,
        leave: () => leavers.forEach((leave) => leave()),
        any: (widget) => (widget ? owners.has(widget.appId) : owners.size > 0),
        own: ({ appId }, userId) => owners.get(appId) === userId,
        keep({ appId }, userId) {
            calls.push("keep");
            owners.set(appId, userId);
        },
        claim: () => undefined,
        drop({ appId }) {
            if (!owners.has(appId)) return;
            calls.push("drop");
            owners.delete(appId);
        },
        dropElsewhere(appId = APP) {
            owners.delete(appId);
            droppers.forEach((dropped) => dropped());
        },
        onDrop: (dropped) => void droppers.push(dropped),
        onLeave: (leave) => void leavers.push(leave),
    };
}
