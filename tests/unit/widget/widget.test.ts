/**
 * Covers widget/widget: the script tag, the hints, the SDK's calls and the looking around, in a page of its own for each test.
 * @jest-environment jsdom
 */
import type { WidgetEvent } from "../../../ChatWithAgent/chat/machine";
import type { WidgetPort, WidgetSettings } from "../../../ChatWithAgent/chat/ports";
import { settle } from "../../../ChatWithAgent/settings/settle";
import { createWidget } from "../../../ChatWithAgent/widget/widget";
import { OTHER_APP, widgetSettings } from "../chat/fakes";
import { snippet } from "../settings/samples";
import { installSdk, installStyleSheets, removeSdk } from "./page";

type Told = WidgetEvent | { readonly type: "restored" };

const SETTINGS = widgetSettings();
const CONTEXT = { Email: { value: "alex@contoso.com", isDisplayable: true } };
const OTHER_CONTEXT = { Email: { value: "kim@contoso.com", isDisplayable: true } };

installStyleSheets();

let widget: WidgetPort;
let told: Told[];
const listeners: [string, EventListenerOrEventListenerObject][] = [];
const add = window.addEventListener.bind(window);

const tags = (): HTMLScriptElement[] => [...document.querySelectorAll("script")];
const tag = (): HTMLScriptElement => {
    const [first] = tags();
    if (!first) throw new Error("There is no script tag.");
    return first;
};
const links = (): string[] => [...document.querySelectorAll("link")].map(({ rel, href }) => `${rel} ${href}`);
const types = (): string[] => told.map(({ type }) => type);
const ready = (): void => void window.dispatchEvent(new CustomEvent("lcw:ready"));

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
        expect(types()).toEqual(["arrived", "ready"]);
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
        first.dispatchEvent(new Event("error"));
        expect(types()).toEqual([]);
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
    function put(appId: string | undefined): HTMLScriptElement {
        const element = document.createElement("script");
        element.id = "Microsoft_Omnichannel_LCWidget";
        if (appId !== undefined) element.setAttribute("data-app-id", appId);
        document.head.append(element);
        return element;
    }

    test.each([[OTHER_APP], [undefined], [""]])("of another widget (%s) is a conflict, and stays as it is", (appId) => {
        const element = put(appId);
        widget.load(SETTINGS);
        expect(told).toEqual([{ type: "failed", code: "widget-conflict", detail: "" }]);
        expect(tags()).toEqual([element]);
    });

    test("of the same widget with its SDK is taken over: its ready may be past and cannot be asked for", () => {
        const element = put(SETTINGS.appId.toUpperCase());
        installSdk();
        widget.load(SETTINGS);
        expect(types()).toEqual(["arrived"]);
        expect(tags()).toEqual([element]);
        jest.advanceTimersByTime(2_999);
        expect(types()).toEqual(["arrived"]);
        jest.advanceTimersByTime(1);
        expect(types()).toEqual(["arrived", "ready"]);
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
    });

    test("of the same widget that is still on its way is waited for, and not touched", () => {
        const element = put(SETTINGS.appId);
        widget.load(SETTINGS);
        expect(types()).toEqual([]);
        expect(tags()).toEqual([element]);
        expect(element.getAttributeNames().sort()).toEqual(["data-app-id", "id"]);
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

test("closing ends the conversation", () => {
    const sdk = installSdk();
    widget.load(SETTINGS);
    ready();
    widget.close();
    expect(sdk.calls).toEqual(["closeChat"]);
});

test("without an SDK every call is dropped without an exception", () => {
    expect(() => {
        widget.provide(CONTEXT);
        widget.start(CONTEXT);
        widget.close();
    }).not.toThrow();
});

describe("looking around", () => {
    const draw = (html: string): void => void (document.body.innerHTML = html);

    test("happens twice a second while it is on, and not otherwise", () => {
        draw(`<div id="oc-lcw-prechatsurvey-pane"></div>`);
        jest.advanceTimersByTime(5_000);
        expect(told).toEqual([]);
        widget.watch(true);
        jest.advanceTimersByTime(1_000);
        expect(told).toEqual([
            { type: "pane", pane: "survey" },
            { type: "pane", pane: "survey" },
        ]);
        widget.watch(false);
        jest.advanceTimersByTime(5_000);
        expect(told).toHaveLength(2);
        expect(jest.getTimerCount()).toBe(0);
    });

    test("switched on twice looks as often as switched on once, and is off at once", () => {
        draw(`<button id="oc-lcw-chat-button"></button>`);
        widget.watch(true);
        widget.watch(true);
        jest.advanceTimersByTime(500);
        expect(told).toEqual([{ type: "minimised" }]);
        widget.watch(false);
        expect(jest.getTimerCount()).toBe(0);
    });

    test("tells of unread messages, and of what is minimised", () => {
        draw(`<button id="oc-lcw-chat-button"><i id="oc-lcw-chat-button-notification-bubble">3</i></button>`);
        widget.watch(true);
        jest.advanceTimersByTime(500);
        expect(told).toHaveLength(2);
        expect(told).toEqual(expect.arrayContaining([{ type: "minimised" }, { type: "unread", count: 3 }]));
    });

    test("can be asked for at once", () => {
        draw(`<div id="oc-lcw-prechatsurvey-pane"></div>`);
        widget.look();
        expect(told).toEqual([{ type: "pane", pane: "survey" }]);
        expect(jest.getTimerCount()).toBe(0);
    });

    test("tells nothing of elements that it does not know", () => {
        draw(`<div id="oc-lcw-something-new"></div>`);
        widget.watch(true);
        jest.advanceTimersByTime(5_000);
        expect(told).toEqual([]);
    });
});

test("two organisations' settings differ only in what they name", () => {
    const settings: WidgetSettings = widgetSettings(OTHER_APP);
    widget.load(settings);
    expect(tag().getAttribute("data-app-id")).toBe(OTHER_APP);
});
