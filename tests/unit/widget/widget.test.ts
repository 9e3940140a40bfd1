/**
 * Covers widget/widget: the script tag, the hints, the SDK's calls and the looking around, in a page of its own for each test.
 * @jest-environment jsdom
 */
import type { WidgetEvent } from "../../../ChatWithAgent/chat/machine";
import type { ScriptUrl, WidgetPort, WidgetSettings } from "../../../ChatWithAgent/chat/ports";
import { settle } from "../../../ChatWithAgent/settings/settle";
import { createWidget } from "../../../ChatWithAgent/widget/widget";
import { ORG, OTHER_APP, OTHER_USER, widgetSettings } from "../chat/fakes";
import { snippet } from "../settings/samples";
import { installSdk, installStyleSheets, removeSdk } from "./page";


const SETTINGS = widgetSettings();
const CONTEXT = { Email: { value: "alex@contoso.com", isDisplayable: true } };
const OTHER_CONTEXT = { Email: { value: "kim@contoso.com", isDisplayable: true } };

const sheets = installStyleSheets();
// jsdom has none, and lays nothing out.
Object.assign(window, {
    ResizeObserver: class {
        observe = (): void => undefined;
        disconnect = (): void => undefined;
    },
});

let widget: WidgetPort;
let told: WidgetEvent[];
const listeners: [string, EventListenerOrEventListenerObject][] = [];
const add = window.addEventListener.bind(window);

const FRAME_ID = "Microsoft_Omnichannel_LCWidget_Chat_Iframe_Window";

const tags = (): HTMLScriptElement[] => [...document.querySelectorAll("script")];
const tag = (): HTMLScriptElement => {
    const [first] = tags();
    if (!first) throw new Error("There is no script tag.");
    return first;
};
const links = (): string[] => [...document.querySelectorAll("link")].map(({ rel, href }) => `${rel} ${href}`);
const types = (): string[] => told.map(({ type }) => type);
/** The script arrives, puts its frame there, and the widget says that it is ready. */
function ready(): void {
    document.querySelector("script")?.dispatchEvent(new Event("load"));
    if (!document.getElementById(FRAME_ID)) putFrame(0);
    window.dispatchEvent(new CustomEvent("lcw:ready"));
}

/** The widget's frame, so many pixels wide. */
function putFrame(width: number): HTMLElement {
    const frame = document.createElement("iframe");
    frame.id = FRAME_ID;
    Object.defineProperty(frame, "offsetWidth", { configurable: true, value: width });
    document.body.append(frame);
    return frame;
}

function create(): WidgetPort {
    const created = createWidget(window);
    created.listen((event) => told.push(event));
    return created;
}

beforeEach(() => {
    jest.useFakeTimers();
    window.addEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
        listeners.push([type, listener]);
        add(type, listener);
    };
    told = [];
    widget = create();
});

afterEach(() => {
    listeners.splice(0).forEach(([type, listener]) => window.removeEventListener(type, listener));
    document.head.innerHTML = "";
    document.body.innerHTML = "";
    removeSdk();
    jest.useRealTimers();
});

test("a widget that was only created has left nothing on the page", () => {
    listeners.splice(0).forEach(([type, listener]) => window.removeEventListener(type, listener));
    createWidget(window);
    expect(listeners).toEqual([]);
    expect(document.head.innerHTML).toBe("");
    expect(jest.getTimerCount()).toBe(0);
});

describe("a hint", () => {
    test("connects to the organisation and fetches the script, without running it", () => {
        widget.hint(SETTINGS);
        expect(links()).toEqual([`preconnect ${SETTINGS.orgUrl}/`, `preload ${SETTINGS.scriptUrl}`]);
        expect(document.querySelector<HTMLLinkElement>("link[rel=preload]")?.as).toBe("script");
        // A connection with credentials would lie idle: the widget's requests to the organisation go without.
        expect(document.querySelector<HTMLLinkElement>("link[rel=preconnect]")?.crossOrigin).toBe("anonymous");
        expect(document.querySelector("link[rel=preload]")?.hasAttribute("crossorigin")).toBe(false);
        expect(tags()).toEqual([]);
    });

    test("is given once, by whichever instance, and not any more with the script on the page", () => {
        widget.hint(SETTINGS);
        widget.hint(SETTINGS);
        create().hint(SETTINGS);
        expect(links()).toHaveLength(2);
        document.head.innerHTML = "";
        widget.load(SETTINGS);
        widget.hint(SETTINGS);
        expect(links()).toEqual([]);
    });
});

describe("loading", () => {
    test("puts one script on the page, with its id, its address and exactly the settings' attributes", () => {
        widget.load(SETTINGS);
        const attributes = Object.fromEntries([...tag().attributes].map(({ name, value }) => [name, value]));
        expect(attributes).toEqual({ id: "Microsoft_Omnichannel_LCWidget", src: SETTINGS.scriptUrl, ...SETTINGS.attributes });
        expect(tag().async).toBe(true);
        expect(tag().parentElement).toBe(document.head);
        expect(types()).toEqual([]);
    });

    test("carries no handler over from a snippet, in whatever way it is written", () => {
        const hostile = snippet({ onerror: "alert(1)", ONLOAD: "alert(1)", "data-lcw-version": `x" onfocus="alert(1)`, onclick: "alert(1)" });
        const none = { text: null, fromColumn: false };
        const answer = settle({ widgetSnippet: { text: hostile, fromColumn: false }, widgetAppId: none, orgId: none, orgUrl: none }, {}, () => false);
        if (answer.kind !== "valid") throw new Error("The snippet is meant to be valid.");
        widget.load(answer.widget);
        expect(tag().getAttributeNames().filter((name) => name.startsWith("on"))).toEqual([]);
        expect(tag().getAttribute("data-lcw-version")).toBe(`x" onfocus="alert(1)`);
    });

    test("says when the script has come, and when the widget is ready", () => {
        widget.load(SETTINGS);
        tag().dispatchEvent(new Event("load"));
        expect(types()).toEqual(["arrived"]);
        ready();
        expect(types()).toEqual(["arrived", "arrived", "ready"]);
    });

    test("that fails names the host, leaves no tag, and can be tried again", () => {
        widget.load(SETTINGS);
        tag().dispatchEvent(new Event("error"));
        expect(told).toEqual([{ type: "failed", code: "script-unreachable", detail: "oc-cdn-public-eur.azureedge.net" }]);
        expect(tags()).toEqual([]);
        widget.load(SETTINGS);
        expect(tags()).toHaveLength(1);
        tag().dispatchEvent(new Event("load"));
        expect(types()).toEqual(["failed", "arrived"]);
    });

    test("asks the second host when the first is not reached, and tells only of both", () => {
        const secondUrl = SETTINGS.scriptUrl.replace("oc-cdn-public-eur", "oc-cdn-public-two") as ScriptUrl;
        widget.load({ ...SETTINGS, secondUrl });
        tag().dispatchEvent(new Event("error"));
        expect(told).toEqual([]);
        expect(tags()).toHaveLength(1);
        expect(new URL(tag().src).host).toBe("oc-cdn-public-two.azureedge.net");
        expect(tag().getAttribute("data-app-id")).toBe(SETTINGS.appId);
        expect(tag().id).toBe("Microsoft_Omnichannel_LCWidget");
        tag().dispatchEvent(new Event("error"));
        expect(told).toEqual([{ type: "failed", code: "script-unreachable", detail: "oc-cdn-public-two.azureedge.net" }]);
        expect(tags()).toEqual([]);
        // The next attempt begins with the first again.
        widget.load({ ...SETTINGS, secondUrl });
        expect(new URL(tag().src).host).toBe("oc-cdn-public-eur.azureedge.net");
    });

    test.each(["script-unreachable", "widget-error"])("without a network, %s is offline", (code) => {
        jest.spyOn(navigator, "onLine", "get").mockReturnValue(false);
        try {
            widget.load(SETTINGS);
            if (code === "widget-error") window.dispatchEvent(new CustomEvent("lcw:error", { detail: { errorCode: 7 } }));
            else tag().dispatchEvent(new Event("error"));
            expect(told).toEqual([{ type: "failed", code: "offline", detail: "" }]);
        } finally {
            jest.restoreAllMocks();
        }
    });

    test("without a network, another widget on the page is still another widget", () => {
        jest.spyOn(navigator, "onLine", "get").mockReturnValue(false);
        try {
            const standing = document.createElement("script");
            standing.id = "Microsoft_Omnichannel_LCWidget";
            document.head.append(standing);
            widget.load(SETTINGS);
            expect(told).toEqual([{ type: "failed", code: "widget-conflict", detail: "" }]);
        } finally {
            jest.restoreAllMocks();
        }
    });

    test("again after nothing came of the first is a real attempt with a new tag", () => {
        widget.load(SETTINGS);
        const first = tag();
        installSdk();
        widget.load(SETTINGS);
        expect(tags()).toHaveLength(1);
        expect(tag()).not.toBe(first);
        expect(types()).toEqual([]);
        // At another address, or the browser would join it to the request that hangs.
        expect(tag().src).not.toBe(first.src);
        expect(new URL(tag().src).pathname).toBe(new URL(first.src).pathname);
        // What the first still says is no news, and takes the second's tag off no page.
        const second = tag();
        first.dispatchEvent(new Event("load"));
        first.dispatchEvent(new Event("error"));
        expect(types()).toEqual([]);
        expect(tags()).toEqual([second]);
        second.dispatchEvent(new Event("load"));
        expect(types()).toEqual(["arrived"]);
    });

    test("again keeps what the first attempt says out, however it ends, after the second has failed", () => {
        widget.load(SETTINGS);
        const first = tag();
        widget.load(SETTINGS);
        tag().dispatchEvent(new Event("error"));
        first.dispatchEvent(new Event("load"));
        first.dispatchEvent(new Event("error"));
        expect(types()).toEqual(["failed"]);
        expect(tags()).toEqual([]);
    });

    test("again with a widget that is ready adds nothing and says so at once", () => {
        widget.load(SETTINGS);
        installSdk();
        ready();
        const first = tag();
        told = [];
        widget.load(SETTINGS);
        expect(types()).toEqual(["arrived", "ready"]);
        expect(tags()).toEqual([first]);
    });
});

describe("a tag that stands on the page already", () => {
    function put(appId: string | undefined, orgId: string | undefined = ORG): HTMLScriptElement {
        const element = document.createElement("script");
        element.id = "Microsoft_Omnichannel_LCWidget";
        if (appId !== undefined) element.setAttribute("data-app-id", appId);
        if (orgId) element.setAttribute("data-org-id", orgId);
        document.head.append(element);
        return element;
    }

    describe.each([
        ["another widget", OTHER_APP, ORG],
        ["a widget without an app ID", undefined, ORG],
        ["a widget with a blank app ID", "", ORG],
        ["the widget of another organisation", SETTINGS.appId, OTHER_USER],
        ["the widget of no organisation", SETTINGS.appId, ""],
    ])("of %s", (_, appId, orgId) => {
        test.each([true, false])("is a conflict, and stays as it is (its SDK is there: %s)", (isThere) => {
            const element = put(appId, orgId);
            const names = element.getAttributeNames();
            if (isThere) installSdk();
            widget.load(SETTINGS);
            expect(told).toEqual([{ type: "failed", code: "widget-conflict", detail: "" }]);
            expect(tags()).toEqual([element]);
            expect(element.getAttributeNames()).toEqual(names);
            jest.advanceTimersByTime(60_000);
            expect(types()).toEqual(["failed"]);
        });

        test.each(["before", "after"])("gets nothing of ours, even if its SDK and its ready come later (context given %s)", (when) => {
            put(appId, orgId);
            widget.load(SETTINGS);
            if (when === "before") widget.provide(CONTEXT);
            const sdk = installSdk();
            ready();
            if (when === "after") widget.provide(CONTEXT);
            widget.start(CONTEXT);
            widget.close();
            ready();
            expect(sdk.calls).toEqual([]);
        });
    });

    test("of another widget is not called, but the one that stands there once it is asked for is", () => {
        const element = put(OTHER_APP);
        const sdk = installSdk();
        putFrame(240);
        widget.load(SETTINGS);
        told = [];
        widget.load(widgetSettings(OTHER_APP));
        expect(types()).toEqual(["arrived"]);
        jest.advanceTimersByTime(3_000);
        widget.provide(CONTEXT);
        expect(sdk.calls).toEqual(["setContextProvider"]);
        expect(tags()).toEqual([element]);
    });

    test("of another widget that is still on its way stays, and is a conflict however often ours is asked for", () => {
        const element = put(OTHER_APP);
        widget.load(SETTINGS);
        widget.load(SETTINGS);
        expect(types()).toEqual(["failed", "failed"]);
        expect(tags()).toEqual([element]);
        const sdk = installSdk();
        ready();
        widget.provide(CONTEXT);
        expect(sdk.calls).toEqual([]);
    });

    test("of another widget that the page takes away makes room for ours, which is called", () => {
        const element = put(OTHER_APP);
        widget.load(SETTINGS);
        element.remove();
        widget.load(SETTINGS);
        expect(tags()).toHaveLength(1);
        const sdk = installSdk();
        ready();
        widget.provide(CONTEXT);
        expect(sdk.calls).toEqual(["setContextProvider"]);
    });

    test("of another widget that got ready says nothing of ours, which comes later and stays silent", () => {
        const element = put(OTHER_APP);
        widget.load(SETTINGS);
        ready();
        element.remove();
        widget.load(SETTINGS);
        widget.load(SETTINGS);
        expect(types()).not.toContain("ready");
        expect(tags()).toHaveLength(1);
    });

    test("of the same widget with its SDK is taken over: its ready may be past and cannot be asked for", () => {
        const element = put(SETTINGS.appId.toUpperCase(), SETTINGS.orgId.toUpperCase());
        installSdk();
        putFrame(240);
        widget.load(SETTINGS);
        expect(types()).toEqual(["arrived"]);
        expect(tags()).toEqual([element]);
        jest.advanceTimersByTime(2_999);
        expect(types()).toEqual(["arrived"]);
        jest.advanceTimersByTime(1);
        expect(types()).toEqual(["arrived", "ready"]);
    });

    test("of the same widget whose frame has no size yet is waited for", () => {
        put(SETTINGS.appId);
        installSdk();
        putFrame(0);
        widget.load(SETTINGS);
        jest.advanceTimersByTime(60_000);
        expect(types()).toEqual(["arrived"]);
        ready();
        expect(types()).toContain("ready");
    });

    test("of the same widget from which nothing has come is replaced at the next attempt, unless its SDK is there", () => {
        const element = put(SETTINGS.appId);
        widget.load(SETTINGS);
        installSdk();
        widget.load(SETTINGS);
        expect(tags()).toEqual([element]);
        removeSdk();
        widget.load(SETTINGS);
        expect(tags()).toHaveLength(1);
        expect(tag()).not.toBe(element);
        expect(tag().src).toContain("LiveChatBootstrapper.js");
        // The replaced one may still come: it is no news, and the new one is ours to call.
        told = [];
        element.dispatchEvent(new Event("error"));
        expect(types()).toEqual([]);
        const sdk = installSdk();
        ready();
        widget.provide(CONTEXT);
        expect(sdk.calls).toEqual(["setContextProvider"]);
    });

    test("of the same widget that was replaced says nothing any more", () => {
        const element = put(SETTINGS.appId);
        widget.load(SETTINGS);
        widget.load(SETTINGS);
        expect(tag()).not.toBe(element);
        element.dispatchEvent(new Event("load"));
        expect(types()).toEqual([]);
    });

    test("of the same widget that is still on its way is waited for, and not touched", () => {
        const element = put(SETTINGS.appId);
        widget.load(SETTINGS);
        expect(types()).toEqual([]);
        expect(tags()).toEqual([element]);
        expect(element.getAttributeNames().sort()).toEqual(["data-app-id", "data-org-id", "id"]);
        element.dispatchEvent(new Event("load"));
        expect(types()).toEqual(["arrived"]);
        element.dispatchEvent(new Event("load"));
        ready();
        expect(types()).toEqual(["arrived", "ready"]);
    });
});

describe("the context", () => {
    test("goes out with the start, in this window, and is kept set for Microsoft's own button", () => {
        const sdk = installSdk();
        widget.load(SETTINGS);
        ready();
        widget.provide(CONTEXT);
        widget.start(CONTEXT);
        expect(sdk.started).toEqual([{ inNewWindow: false, customContext: CONTEXT }]);
        expect(sdk.providers.map((provider) => provider())).toEqual([CONTEXT]);
    });

    test("given before the widget is ready is set as soon as it is: calls before are dropped (D)", () => {
        const sdk = installSdk();
        widget.load(SETTINGS);
        widget.provide(CONTEXT);
        expect(sdk.calls).toEqual([]);
        ready();
        expect(sdk.providers.map((provider) => provider())).toEqual([CONTEXT]);
        widget.start(CONTEXT);
        expect(sdk.calls).toEqual(["setContextProvider", "startChat"]);
    });

    test("is set before the start if it has changed since", () => {
        const sdk = installSdk();
        widget.load(SETTINGS);
        ready();
        widget.provide(CONTEXT);
        widget.start(OTHER_CONTEXT);
        expect(sdk.calls).toEqual(["setContextProvider", "setContextProvider", "startChat"]);
        expect(sdk.providers[1]?.()).toEqual(OTHER_CONTEXT);
    });

    test("is not set anew right before the start if it says the same: that would lose it (S)", () => {
        const sdk = installSdk();
        widget.load(SETTINGS);
        ready();
        widget.provide(CONTEXT);
        widget.start({ Email: { ...CONTEXT.Email } });
        expect(sdk.calls).toEqual(["setContextProvider", "startChat"]);
    });

    test("is read again and again by the provider, as data, at once", () => {
        const sdk = installSdk();
        widget.load(SETTINGS);
        ready();
        widget.provide(CONTEXT);
        const provider = sdk.providers[0];
        expect([provider?.(), provider?.()]).toEqual([CONTEXT, CONTEXT]);
    });
});

describe("the frame", () => {
    test("is hidden by a sheet that is there before the frame, and shown again", () => {
        widget.hide(true);
        expect(sheets().map(({ text }) => text)).toEqual([
            "#Microsoft_Omnichannel_LCWidget_Chat_Iframe_Window{visibility:hidden!important}",
        ]);
        const before = sheets();
        widget.hide(true);
        expect(sheets()).toBe(before);
        widget.hide(false);
        expect(sheets()).toEqual([]);
    });

    test("goes with the tag at the next attempt, unless the widget is ready; reload removes it in any case", () => {
        widget.load(SETTINGS);
        const dead = putFrame(0);
        widget.load(SETTINGS);
        expect(dead.isConnected).toBe(false);
        installSdk();
        const alive = putFrame(240);
        ready();
        widget.load(SETTINGS);
        expect(alive.isConnected).toBe(true);
        widget.reload(SETTINGS);
        expect(alive.isConnected).toBe(false);
        expect(tags()).toHaveLength(1);
    });

    test.each([
        ["wider than a button", { width: 251 }, true],
        ["as wide as a button", { width: 250 }, false],
        ["narrow, with the classic layer's class", { width: 240, name: "web_chat_panel" }, true],
    ])("%s: open %j, once a small one was seen", (_, { width, name = "" }: { width: number; name?: string }, open) => {
        widget.load(SETTINGS);
        const frame = putFrame(400);
        ready();
        expect(widget.isOpen()).toBeUndefined();
        Object.defineProperty(frame, "offsetWidth", { value: 100 });
        expect(widget.isOpen()).toBe(false);
        Object.defineProperty(frame, "offsetWidth", { value: width });
        frame.className = name;
        expect(widget.isOpen()).toBe(open);
    });
});

test("closing ends the conversation", () => {
    const sdk = installSdk();
    widget.load(SETTINGS);
    ready();
    widget.close();
    expect(sdk.calls).toEqual(["closeChat"]);
});

describe("an SDK that throws", () => {
    const FAILED = { type: "failed", code: "widget-error", detail: "" };

    function installThrowing(): void {
        const fail = (): never => {
            throw new Error("not initialised");
        };
        Object.assign(window, { Microsoft: { Omnichannel: { LiveChatWidget: { SDK: { startChat: fail, closeChat: fail, setContextProvider: fail } } } } });
    }

    beforeEach(() => {
        installThrowing();
        widget.load(SETTINGS);
    });

    test.each<[string, () => void]>([
        ["the context", () => widget.provide(CONTEXT)],
        ["the end", () => widget.close()],
    ])("at %s is the widget's error, and no exception", (_, use) => {
        ready();
        told = [];
        expect(use).not.toThrow();
        expect(told).toEqual([FAILED]);
    });

    test("at the start is the widget's error, and no exception", () => {
        ready();
        told = [];
        expect(() => widget.start(CONTEXT)).not.toThrow();
        // Once for the context, once for the start.
        expect(told).toEqual([FAILED, FAILED]);
    });

    test("at the context that was waiting for ready is the widget's error", () => {
        widget.provide(CONTEXT);
        expect(told).toEqual([]);
        expect(ready).not.toThrow();
        expect(told).toContainEqual(FAILED);
    });
});

test("without an SDK every call is dropped without an exception", () => {
    expect(() => {
        widget.provide(CONTEXT);
        widget.start(CONTEXT);
        widget.close();
    }).not.toThrow();
});

test("two organisations' settings differ only in what they name", () => {
    const settings: WidgetSettings = widgetSettings(OTHER_APP);
    widget.load(settings);
    expect(tag().getAttribute("data-app-id")).toBe(OTHER_APP);
});
