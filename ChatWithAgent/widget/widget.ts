// Microsoft's widget on this page: its script tag, its frame, its SDK and its events. The only code that adds to the document.
import type { WidgetEvent } from "../chat/machine";
import type { ContextVariables, ScriptUrl, WidgetPort, WidgetSettings } from "../chat/ports";
import { createConfigurationRequest } from "./configuration";
import { listen } from "./events";
import type { EventSource } from "./events";
import { createFrame } from "./frame";
import { createPolicy } from "./policy";
import { sdkOf } from "./sdk";
import type { LiveChatWidgetSdk } from "./sdk";

/** The script finds itself, and is found, by this id; without it, it gives up silently (B). */
const SCRIPT_ID = "Microsoft_Omnichannel_LCWidget";

/** A widget that stood here before us has this long to say ready, in milliseconds; then its frame's size tells. */
const ADOPTION = 3_000;

type PageWindow = Window & typeof globalThis;

/**
 * The adapter to the widget.
 *
 * A library that is loaded by a script tag is outside of what Microsoft supports inside code components, and the widget exists
 * only as one; so all of it is here.
 * @param page the window that the widget lives in: that of the app, not of a frame inside it
 */
export function createWidget(page: PageWindow): WidgetPort {
    const { document } = page;
    const frame = createFrame(page);
    const policy = createPolicy(page);
    const askConfiguration = createConfigurationRequest(page);
    let tell: (event: WidgetEvent) => void = () => undefined;
    let events: EventSource | undefined;
    /** `lcw:ready` comes once and cannot be asked for later (D), so it is written down here. */
    let isReady = false;
    /** How often the script was put there by us; 0 means that a tag that stands there is the page's own. */
    let attempts = 0;
    let hasAdopted = false;
    /** Whether the widget on the page is another one than was asked for: then nothing of it is called. */
    let isTheirs = false;
    let provided: ContextVariables | undefined;

    function link(rel: string, href: string): void {
        const element = document.createElement("link");
        element.rel = rel;
        element.href = href;
        if (rel === "preload") element.as = "script";
        // The widget asks the organization without credentials (S). Browsers keep connections with and without them apart.
        else element.crossOrigin = "anonymous";
        document.head.append(element);
    }

    function provide(context: ContextVariables): void {
        // Setting the same again right before a start could cost the context of that very chat (S).
        if (JSON.stringify(provided) === JSON.stringify(context)) return;
        provided = context;
        setProvider();
    }

    /** Before ready the call would be dropped silently (D). V1 calls the provider at once and only once (B): the values are final. */
    function setProvider(): void {
        const context = provided;
        if (isReady && context) call((sdk) => sdk.setContextProvider(() => context));
    }

    /** Calls the SDK; what it throws is the widget's error like any other. */
    function call(use: (sdk: LiveChatWidgetSdk) => void): void {
        const sdk = sdkOf(page);
        try {
            if (sdk && !isTheirs) use(sdk);
        } catch {
            tell({ type: "failed", code: "widget-error", detail: "" });
        }
    }

    function arrived(): void {
        events?.arrived();
        tell({ type: "arrived" });
    }

    /** Takes over the tag that the page itself has put there, rather than load a second one; nothing of it is touched. */
    function adopt(standing: HTMLElement): void {
        hasAdopted = true;
        if (!sdkOf(page)) {
            standing.addEventListener("load", () => attempts === 0 && arrived(), { once: true });
            return;
        }
        arrived();
        // Its ready may be past, and cannot be asked for (D): a frame with a size is one that is ready.
        page.setTimeout(() => frame.hasSize() && events?.assumeReady(), ADOPTION);
    }

    /** Puts the script's tag into the page; where its host is not reached, the second one is asked. */
    function request(settings: WidgetSettings, url: ScriptUrl): void {
        const { attributes, scriptUrl, secondUrl } = settings;
        const source = new URL(url);
        // Another address, or the browser would join it to a request that hangs. Query strings are allowed (B).
        const attempt = ++attempts;
        if (attempt > 1) source.searchParams.set("attempt", String(attempt));
        const script = document.createElement("script");
        script.id = SCRIPT_ID;
        script.async = true;
        for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
        // An attempt that was given up has nothing to say any more.
        script.onload = () => attempt === attempts && arrived();
        script.onerror = () => {
            script.remove();
            if (attempt !== attempts) return;
            if (secondUrl && url === scriptUrl) request(settings, secondUrl);
            else tell({ type: "failed", code: "script-unreachable", detail: source.host });
        };
        script.src = source.href;
        document.head.append(script);
    }

    /** A new attempt. A frame that stands is never replaced by the script (B), so a dead one goes first, and its tag. */
    function attempt(settings: WidgetSettings): void {
        document.getElementById(SCRIPT_ID)?.remove();
        frame.remove();
        events?.forget();
        isReady = false;
        isTheirs = false;
        policy.heed(settings, (detail) => {
            // The refused attempt has nothing to say any more.
            attempts++;
            tell({ type: "failed", code: "script-blocked-by-csp", detail });
        });
        request(settings, settings.scriptUrl);
    }

    /** Whether a tag that stands there before any of ours leaves nothing to load; it is adopted, or another widget's. */
    function isTaken(standing: HTMLElement, settings: WidgetSettings): boolean {
        const is = (attribute: string, id: string): boolean => standing.getAttribute(attribute)?.toLowerCase() === id;
        isTheirs = !is("data-app-id", settings.appId) || !is("data-org-id", settings.orgId);
        if (isTheirs) tell({ type: "failed", code: "widget-conflict", detail: "" });
        // An adopted tag that never produced an SDK is replaced on retry.
        else if (!hasAdopted || sdkOf(page)) adopt(standing);
        else return false;
        return true;
    }

    return {
        hint({ orgUrl, scriptUrl }) {
            if (document.getElementById(SCRIPT_ID) || document.head.querySelector(`link[rel=preload][href="${scriptUrl}"]`)) return;
            link("preconnect", orgUrl);
            link("preload", scriptUrl);
        },

        configuration: (settings, isAnew) => askConfiguration(settings, isAnew ? 0 : undefined),

        load(settings) {
            const standing = document.getElementById(SCRIPT_ID);
            if (standing && attempts === 0 && isTaken(standing, settings)) return;
            if (standing && isReady) {
                tell({ type: "arrived" });
                tell({ type: "ready" });
            } else attempt(settings);
        },

        reload(settings) {
            const standing = document.getElementById(SCRIPT_ID);
            // A tag of the page's own is not ours to remove.
            if (!standing || attempts > 0 || !isTaken(standing, settings)) attempt(settings);
        },

        provide,

        start(context) {
            provide(context);
            events?.starting();
            // The context goes with the call: set as the provider alone it would come too late for the first chat (S).
            call((sdk) => sdk.startChat({ inNewWindow: false, customContext: context }));
        },

        close() {
            events?.closing();
            call((sdk) => sdk.closeChat());
        },

        hide: (on) => frame.hide(on),

        isOpen: () => frame.isOpen(),

        listen(listener) {
            tell = (event) => {
                if (event.type === "ready") {
                    policy.rest();
                    isReady = !isTheirs;
                    setProvider();
                }
                // Without a network, what failed failed for that.
                const isNetwork = event.type === "failed" && (event.code === "script-unreachable" || event.code === "widget-error");
                listener(isNetwork && !page.navigator.onLine ? { type: "failed", code: "offline", detail: "" } : event);
            };
            events = listen(page, frame, (event) => tell(event));
        },
    };
}
