// Owns what runs in the page: the subjects that the control is held against, and the notes of when what has happened. One function that stands by itself: it is handed to the browser as text.

/** Moments of a page, in milliseconds of its own clock. */
export interface Marks {
    /** The subject was set going: for the control the first sign of intent, for all others their start. */
    begun?: number;
    /** The control was pressed. */
    pressed?: number;
    /** Microsoft's widget said that it is ready. */
    ready?: number;
    /** The chat was asked for, with everything that goes with it: `startChat` was called. */
    started?: number;
    /** The conversation exists at the contact centre, by the widget's own event. */
    queued?: number;
}

export type Subject = "bare-tag" | "original" | "provider-then-start" | "chat-control";

export interface Recorder {
    readonly marks: Marks;
    /** How often the control's view has been rendered. */
    renders: number;
    /** Sets a subject going, so many times on this page. */
    go(subject: Subject, count?: number, startsChat?: boolean): void;
    /** Counts renders of the control's view from now on, and has Fluent do its work for a page once. */
    prepare(): void;
    /** How often a hand-written subject has called `startChat`. */
    startCalls: number;
    /** The slowest request to such an address: how long it took, and when its answer was there, in milliseconds. */
    lookup(part: string): { readonly duration: number; readonly end: number };
}

export interface RecorderSettings {
    readonly scriptUrl: string;
    readonly secondStageUrl: string;
    readonly widget: string;
    readonly org: string;
    readonly orgUrl: string;
    readonly userId: string;
}

declare global {
    interface Window {
        bench: Recorder;
    }
}

interface Sdk {
    startChat(options: unknown): void;
    setContextProvider(provider: () => unknown): void;
}

interface PageGlobals {
    readonly Microsoft?: { readonly Omnichannel?: { readonly LiveChatWidget?: { readonly SDK?: Sdk } } };
    readonly Reactv16?: { createElement(type: unknown, props: Record<string, unknown> | null, ...children: unknown[]): unknown };
    readonly ReactDOMv16?: { render(element: unknown, container: Element): void };
    readonly FluentUIReactv940?: Record<"FluentProvider" | "Button" | "webLightTheme", unknown>;
    FabricConfig?: { iconBaseUrl: string; fontBaseUrl: string };
}

export function installRecorder(settings: RecorderSettings): void {
    const marks: Marks = {};
    const globals = window as unknown as PageGlobals;
    const sdk = (): Sdk | undefined => globals.Microsoft?.Omnichannel?.LiveChatWidget?.SDK;
    const TAG = "Microsoft_Omnichannel_LCWidget";

    // This listener is the first one, so that whoever starts a chat at ready is seen.
    window.addEventListener("lcw:ready", () => {
        marks.ready ??= performance.now();
        const target = sdk();
        if (!target) return;
        const start = target.startChat.bind(target);
        target.startChat = (options) => {
            marks.started ??= performance.now();
            start(options);
        };
    });
    window.addEventListener("lcw:chatQueued", () => (marks.queued ??= performance.now()));
    const isControls = (event: Event): boolean => event.target instanceof Element && event.target.closest("[data-instance] button") !== null;
    document.addEventListener("pointerenter", (event) => isControls(event) && (marks.begun ??= event.timeStamp), true);
    document.addEventListener("click", (event) => isControls(event) && (marks.pressed ??= event.timeStamp), true);

    const attributes = { "app-id": settings.widget, "lcw-version": "prod", "org-id": settings.org, "org-url": settings.orgUrl };

    function tag(src: string): void {
        if (document.getElementById(TAG)) return;
        const script = document.createElement("script");
        script.id = TAG;
        script.async = true;
        script.setAttribute("v2", "");
        for (const [name, value] of Object.entries(attributes)) script.setAttribute(`data-${name}`, value);
        script.src = src;
        document.head.append(script);
    }

    async function findEmail(): Promise<string> {
        const answer = await fetch(`/api/data/v9.2/systemusers(${settings.userId})?$select=internalemailaddress`, { headers: { accept: "application/json" } });
        const row = (await answer.json()) as { readonly internalemailaddress: string };
        return row.internalemailaddress;
    }

    const contextOf = (value: string | undefined): unknown => (value === undefined ? {} : { Email: { value, isDisplayable: true } });
    /** Ready comes once: who comes later finds it said. */
    const onReady = (then: () => void): void => (marks.ready === undefined ? window.addEventListener("lcw:ready", then, { once: true }) : then());

    /**
     * A call at lcw:ready itself is now and then lost on a busy computer, because the widget does not listen yet (seen); then it is made again
     * every second until the pane opens.
     */
    function startChat(): void {
        const call = (): void => {
            recorder.startCalls++;
            sdk()?.startChat({ inNewWindow: false });
        };
        call();
        const again = setInterval(call, 1_000);
        for (const name of ["lcw:startChat", "lcw:chatQueued"]) window.addEventListener(name, () => clearInterval(again), { once: true });
    }

    const subjects: Record<Subject, (startsChat: boolean) => void> = {
        // Microsoft's tag as it is copied from the admin center.
        "bare-tag": (startsChat) => {
            if (startsChat) onReady(startChat);
            tag(settings.scriptUrl);
        },
        // The hand-written page: look the address up, set the provider once both are there, and leave the rest to Microsoft's button.
        original: () => {
            const email = findEmail();
            onReady(() => void email.then((address) => sdk()?.setContextProvider(() => contextOf(address))));
            tag(settings.scriptUrl);
        },
        // The same page in a hurry: at ready, the provider with whatever is known by then, and the start right after it.
        "provider-then-start": () => {
            let known: string | undefined;
            void findEmail().then((address) => (known = address));
            onReady(() => {
                sdk()?.setContextProvider(() => contextOf(known));
                startChat();
            });
            tag(settings.scriptUrl);
        },
        // The widget's packages as part of the component's own bundle: no bootstrapper, no frame, everything at once in the page.
        "chat-control": () => {
            // The packages read their settings from the address, as in their frame, and tell the window around them, here the page's own.
            const address = new URL(location.href);
            for (const [name, value] of Object.entries(attributes)) address.searchParams.set(`data-${name}`, value);
            history.replaceState(null, "", address);
            window.addEventListener("message", ({ data }: MessageEvent<{ readonly lcw?: string; readonly name?: string }>) => {
                if (data.lcw === "event") window.dispatchEvent(new CustomEvent(data.name ?? ""));
            });
            globals.FabricConfig = { iconBaseUrl: settings.secondStageUrl.replace(/stage2\/.*$/, "fonts/"), fontBaseUrl: "" };
            const bundle = document.createElement("script");
            bundle.src = settings.secondStageUrl;
            document.head.append(bundle);
        },
    };

    const recorder: Recorder = {
        marks,
        renders: 0,
        startCalls: 0,
        go(subject, count = 1, startsChat = false) {
            marks.begun ??= performance.now();
            for (let index = 0; index < count; index++) subjects[subject](startsChat);
        },
        prepare() {
            const { Reactv16: react, ReactDOMv16: dom, FluentUIReactv940: fluent } = globals;
            if (!react || !dom || !fluent) throw new Error("The platform's libraries are missing.");
            const create = react.createElement.bind(react);
            react.createElement = (type, props, ...children) => {
                if (props?.["role"] === "group" && "data-tone" in props) recorder.renders++;
                return create(type, props, ...children);
            };
            const other = document.body.appendChild(document.createElement("div"));
            dom.render(create(fluent.FluentProvider, { theme: fluent.webLightTheme }, create(fluent.Button, null, "Other")), other);
        },
        lookup: (part) =>
            (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
                .filter(({ name }) => name.includes(part))
                .map(({ duration, responseEnd }) => ({ duration, end: responseEnd }))
                .reduce((one, other) => (other.duration > one.duration ? other : one), { duration: 0, end: 0 }),
    };
    window.bench = recorder;
}
