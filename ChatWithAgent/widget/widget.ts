// Owns Microsoft's widget on this page: its script tag, its SDK and its events. The only code that adds anything to the document.
import type { ContextVariables, ScriptUrl, WidgetPort, WidgetSettings } from "../chat/ports";
import { createElements } from "./elements";
import { listen } from "./events";
import type { Told } from "./events";
import { createPolicy } from "./policy";
import { sdkOf } from "./sdk";
import type { LiveChatWidgetSdk } from "./sdk";

/** The script finds itself, and is found, by this id; without it, it gives up silently (B). */
const SCRIPT_ID = "Microsoft_Omnichannel_LCWidget";

/** How long a widget that was there before us may still take to say that it is ready, in milliseconds. */
const ADOPTION = 3_000;

/** How often panes and unread counts are looked at while they matter, in milliseconds. */
const LOOK = 500;

/**
 * The adapter to the widget.
 *
 * A library that is loaded by a script tag is outside of what Microsoft supports inside code components, and the widget exists only as one; so all of it is here.
 * @param page the window that the widget lives in: that of the app, not of a frame inside it
 */
export function createWidget(page: Window): WidgetPort {
    const { document } = page;
    const elements = createElements(document);
    const policy = createPolicy(page);
    let tell: (event: Told) => void = () => undefined;
    /** `lcw:ready` comes once and cannot be asked for later (D), so it is written down here. */
    let isReady = false;
    /** How often the script was put there by us; 0 means that a tag that stands there is the page's own. */
    let attempts = 0;
    let hasAdopted = false;
    /** Whether the widget on the page is another one than was asked for: then nothing of it is called. */
    let isTheirs = false;
    let looking: number | undefined;
    let provided: ContextVariables | undefined;

    function link(rel: string, href: string): void {
        const element = document.createElement("link");
        element.rel = rel;
        element.href = href;
        if (rel === "preload") element.as = "script";
        // The widget asks the organisation without credentials (S). Browsers keep connections with and without them apart: without this, the one opened here was not used (seen).
        else element.crossOrigin = "anonymous";
        document.head.append(element);
    }

    function provide(context: ContextVariables): void {
        // Setting the same again right before a start could cost the context of that very chat (S).
        if (JSON.stringify(provided) === JSON.stringify(context)) return;
        provided = context;
        setProvider();
    }

    /** Before ready the call would be dropped silently (D). V1 calls the provider at once and only once (B): the values are final here. */
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

    /** Takes over the tag that the page itself has put there, rather than load a second one; nothing of it is touched. */
    function adopt(standing: HTMLElement): void {
        hasAdopted = true;
        if (sdkOf(page)) {
            tell({ type: "arrived" });
            // Its ready may be past, and cannot be asked for (D).
            page.setTimeout(() => tell({ type: "ready" }), ADOPTION);
        } else standing.addEventListener("load", () => attempts === 0 && tell({ type: "arrived" }), { once: true });
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
        // What an attempt that was given up still says is no news.
        script.onload = () => attempt === attempts && tell({ type: "arrived" });
        script.onerror = () => {
            script.remove();
            if (attempt !== attempts) return;
            if (secondUrl && url === scriptUrl) request(settings, secondUrl);
            else tell({ type: "failed", code: "script-unreachable", detail: source.host });
        };
        script.src = source.href;
        document.head.append(script);
    }

    function look(): void {
        const pane = elements.pane();
        if (pane) tell({ type: "pane", pane });
        const count = elements.unread();
        if (count) tell({ type: "unread", count });
        const minimised = elements.minimised();
        if (minimised !== undefined) tell({ type: minimised ? "minimised" : "maximised" });
    }

    return {
        hint({ orgUrl, scriptUrl }) {
            if (document.getElementById(SCRIPT_ID) || document.head.querySelector(`link[rel=preload][href="${scriptUrl}"]`)) return;
            link("preconnect", orgUrl);
            link("preload", scriptUrl);
        },

        load(settings) {
            const { scriptUrl } = settings;
            const standing = document.getElementById(SCRIPT_ID);
            if (standing && attempts === 0) {
                const is = (attribute: string, id: string): boolean => standing.getAttribute(attribute)?.toLowerCase() === id;
                isTheirs = !is("data-app-id", settings.appId) || !is("data-org-id", settings.orgId);
                if (isTheirs) {
                    tell({ type: "failed", code: "widget-conflict", detail: "" });
                    return;
                }
                // At the next attempt, if nothing has come of it, it is as dead as one of ours.
                if (!hasAdopted || sdkOf(page)) {
                    adopt(standing);
                    return;
                }
            }
            if (standing && isReady) {
                tell({ type: "arrived" });
                tell({ type: "ready" });
                return;
            }
            // What came to nothing is taken away, so that another attempt is a real one; its SDK may be there without a widget behind it (B).
            standing?.remove();
            isTheirs = false;
            policy.heed(settings, (detail) => {
                // Whatever the attempt still says is no news.
                attempts++;
                tell({ type: "failed", code: "script-blocked-by-csp", detail });
            });
            request(settings, scriptUrl);
        },

        provide,

        start(context) {
            provide(context);
            // The context goes with the call: set as the provider alone it would come too late for the first chat (S).
            call((sdk) => sdk.startChat({ inNewWindow: false, customContext: context }));
        },

        close: () => call((sdk) => sdk.closeChat()),

        speaks: elements.speaks,

        dismiss: elements.dismiss,

        veil: elements.veil,

        look,

        watch(on) {
            page.clearInterval(looking);
            if (on) looking = page.setInterval(look, LOOK);
        },

        listen(listener) {
            tell = (event) => {
                if (event.type === "ready") {
                    policy.rest();
                    isReady = !isTheirs;
                    setProvider();
                }
                // Without a network, what failed failed for that.
                const isCutOff = event.type === "failed" && !page.navigator.onLine && (event.code === "script-unreachable" || event.code === "widget-error");
                listener(isCutOff ? { type: "failed", code: "offline", detail: "" } : event);
            };
            listen(page, (event) => tell(event));
        },
    };
}
