// Covers index.ts with app/Root: the component framework's lifecycle, in every order that hosts are known for.
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import * as React from "react";
import { ChatView } from "../../ChatWithAgent/components/ChatView";
import { ChatWithAgent } from "../../ChatWithAgent/index";
import { variable } from "../unit/app/fakes";
import { APP, ORG, OTHER_APP, OTHER_ORG, snippet } from "../unit/settings/samples";
import { installSdk, installStyleSheets, removeSdk } from "../unit/widget/page";
import type { FakeSdk } from "../unit/widget/page";
import { mockContext, text } from "./fixtures";
import type { Context, MockContext } from "./fixtures";

// The real view, with its renders counted.
jest.mock("../../ChatWithAgent/components/ChatView", () => {
    const actual = jest.requireActual<{ ChatView: typeof ChatView }>("../../ChatWithAgent/components/ChatView");
    return { ChatView: jest.fn(actual.ChatView) };
});

const renders = jest.mocked(ChatView);
const PREFIX = "InternalChat.ChatWithAgent/";
const SNIPPET = snippet();

installStyleSheets();

/** A host that renders what the control gives it. */
function mount(context: Context) {
    const control = new ChatWithAgent();
    const notify = jest.fn();
    control.init(context, notify);
    const host = (next: Context) => <main>{control.updateView(next)}</main>;
    return { control, notify, host, ...render(host(context)) };
}

const scripts = (): HTMLScriptElement[] => [...document.querySelectorAll("script")];
/** The script arrives, the widget is ready, and nothing comes back from its cache. */
async function becomeReady(): Promise<FakeSdk> {
    act(() => void scripts()[0]?.dispatchEvent(new Event("load")));
    const sdk = installSdk();
    putFrame();
    say("ready");
    await waitFor(() => expect(sdk.started).toHaveLength(1), { timeout: 5_000 });
    return sdk;
}

const FRAME_ID = "Microsoft_Omnichannel_LCWidget_Chat_Iframe_Window";
/** How wide the frame is after an event, in pixels: with an open chat, or with the button alone. */
const WIDTHS: Readonly<Record<string, number>> = { startChat: 380, onMaximize: 380, onMinimize: 84, closeChat: 84 };

function putFrame(): void {
    const frame = document.createElement("iframe");
    frame.id = FRAME_ID;
    document.body.append(frame);
    resize(84);
}

function resize(width: number): void {
    const frame = document.getElementById(FRAME_ID);
    if (frame) Object.defineProperty(frame, "offsetWidth", { configurable: true, value: width });
}

/** The widget tells of something, after its frame has taken the size for it. */
function tell(name: string): void {
    const width = WIDTHS[name];
    if (width !== undefined) resize(width);
    window.dispatchEvent(new CustomEvent(`lcw:${name}`));
}
const say = (...names: string[]): void => act(() => names.forEach(tell));
const settle = (): Promise<void> => act(() => new Promise((resolve) => setTimeout(resolve, 0)));

/** The listeners that only a reload takes off the window. */
const lasting: [string, EventListenerOrEventListenerObject][] = [];
const add = window.addEventListener.bind(window);

beforeEach(() => {
    renders.mockClear();
    window.addEventListener = (
        type: string,
        listener: EventListenerOrEventListenerObject,
        options?: boolean | AddEventListenerOptions,
    ) => {
        if (type.startsWith("lcw:") || type === "pagehide") lasting.push([type, listener]);
        add(type, listener, options);
    };
});

afterEach(() => {
    // A new page for every test.
    lasting.splice(0).forEach(([type, listener]) => window.removeEventListener(type, listener));
    Object.getOwnPropertySymbols(window)
        .filter((symbol) => Symbol.keyFor(symbol)?.startsWith(PREFIX))
        .forEach((symbol) => Reflect.deleteProperty(window, symbol));
    document.head.innerHTML = "";
    document.getElementById(FRAME_ID)?.remove();
    localStorage.clear();
    removeSdk();
});

describe("init", () => {
    test("tells no outputs, asks for nothing and puts nothing on the page", () => {
        const { context, asked } = mockContext({ widgetSnippet: SNIPPET });
        const notify = jest.fn();
        const listen = jest.spyOn(window, "addEventListener");
        const control = new ChatWithAgent();
        control.init(context, notify);
        expect(notify).not.toHaveBeenCalled();
        expect(asked).toEqual([]);
        expect(listen).not.toHaveBeenCalled();
        expect(scripts()).toEqual([]);
    });
});

describe("a render", () => {
    test("costs nothing but itself: no request, no script, no listener of the window", async () => {
        const { context, asked } = mockContext({ widgetSnippet: SNIPPET });
        mount(context);
        await settle();
        expect(asked).toEqual([]);
        expect(scripts()).toEqual([]);
        // React and Fluent keep listeners of their own; none is for the widget or for leaving the page.
        expect(lasting).toEqual([]);
        expect(renders).toHaveBeenCalledTimes(1);
        expect(screen.getByRole("button", { name: text("launcher_action") })).toBeTruthy();
    });

    test("with unchanged inputs gives back the identical element, and nothing is rendered", () => {
        const { context } = mockContext({ widgetSnippet: SNIPPET });
        const { control, host, rerender } = mount(context);
        const first = control.updateView(context);
        expect(control.updateView(mockContext({ widgetSnippet: SNIPPET }).context)).toBe(first);
        renders.mockClear();
        for (let time = 0; time < 5; time++) rerender(host(context));
        expect(renders).not.toHaveBeenCalled();
    });

    test.each<[string, Parameters<typeof mockContext>[0], object]>([
        ["message", { message: "Chats are recorded." }, {}],
        ["theme", {}, { fluentDesignLanguage: { tokenTheme: {} } }],
        ["reading direction", {}, { userSettings: { userId: "", isRTL: true } }],
    ])("with another %s gives another element", (_, values, members) => {
        const { control } = mount(mockContext({ widgetSnippet: SNIPPET }).context);
        const first = control.updateView(mockContext({ widgetSnippet: SNIPPET }).context);
        expect(control.updateView(mockContext({ widgetSnippet: SNIPPET, ...values }, members).context)).not.toBe(first);
    });

    test("takes the theme and the direction from the host", () => {
        const { container } = mount(mockContext({}, { userSettings: { isRTL: true } }).context);
        expect(container.querySelector(".fui-FluentProvider")?.getAttribute("dir")).toBe("rtl");
    });

    test("works with a context that has hardly anything", () => {
        const { context } = mockContext(
            {},
            {
                parameters: {},
                userSettings: undefined,
                webAPI: undefined,
                events: undefined,
                fluentDesignLanguage: undefined,
            },
        );
        expect(() => mount(context)).not.toThrow();
        expect(screen.getByRole("group", { name: text("control_name") })).toBeTruthy();
    });

    test("in a designer shows the list", () => {
        mount(mockContext({}, { mode: { isVisible: true, isAuthoringMode: true } }).context);
        expect(screen.getByText(text("preview_source"))).toBeTruthy();
    });
});

describe("on a form", () => {
    const BOUND = ["widgetAppId", "orgId", "orgUrl"];
    const column = (raw: unknown, security?: object): object => ({
        raw,
        type: "SingleLine.Text",
        attributes: { LogicalName: "new_text" },
        ...(security && { security }),
    });
    const columns = (raw: unknown, security?: object): Record<string, object> =>
        Object.fromEntries(BOUND.map((name) => [name, column(raw, security)]));
    const READABLE = { editable: true, readable: true, secured: false };
    const UNREADABLE = { editable: false, readable: false, secured: true };
    const own = (raw: unknown): Record<string, object> =>
        Object.fromEntries(
            ["widgetSnippet", "userEmail", "startMode", "requireEmail", "message", "buttonLabel"].map((name) => [
                name,
                { raw },
            ]),
        );

    /** With the widget in the environment variable, as on most forms. */
    function form(parameters: object, mode: object = {}): MockContext {
        const asked: string[] = [];
        const webAPI = {
            retrieveRecord(table: string) {
                asked.push(table);
                return Promise.resolve({ internalemailaddress: "alex@contoso.com" });
            },
            retrieveMultipleRecords(table: string) {
                asked.push(table);
                return Promise.resolve({ entities: [variable("cwa_ChatWidgetSnippet", SNIPPET)] });
            },
        };
        return {
            ...mockContext({}, { parameters, mode: { isVisible: true, isControlDisabled: false, ...mode }, webAPI }),
            asked,
        };
    }

    test.each<[string, () => MockContext]>([
        [
            "that is read-only",
            () =>
                form(
                    { ...columns(null, READABLE), ...own(null), widgetAppId: column("any text", READABLE) },
                    { isControlDisabled: true },
                ),
        ],
        [
            "that is read-only, with columns that are",
            () =>
                form({ ...columns(null, { ...READABLE, editable: false }), ...own(null) }, { isControlDisabled: true }),
        ],
        [
            "of a record that is not saved yet",
            () =>
                form(
                    { ...columns(null, READABLE), ...own(null) },
                    { contextInfo: { entityId: "", entityTypeName: "incident", entityRecordName: "" } },
                ),
        ],
        [
            "of a record without an ID",
            () => form({ ...columns(null, READABLE), ...own(null) }, { contextInfo: { entityTypeName: "incident" } }),
        ],
        [
            "for a quick creation, which tells of no record",
            () => form({ ...columns(null), ...own(null) }, { contextInfo: undefined }),
        ],
        ["with columns that the user may not read: null", () => form({ ...columns(null, UNREADABLE), ...own(null) })],
        [
            "with columns that the user may not read: undefined",
            () => form({ ...columns(undefined, UNREADABLE), ...own(undefined) }),
        ],
        ["with columns of which nothing is told", () => form({ ...columns(undefined), ...own(undefined) })],
        ["whose columns are not there", () => form({})],
    ])("%s it is there, its button is enabled, and a press is a chat", async (_, create) => {
        const { context, asked } = create();
        const { control, host, rerender } = mount(context);
        rerender(host(context));
        expect(screen.getByRole("group", { name: text("control_name") })).toBeTruthy();
        const button = screen.getAllByRole("button")[0] ?? document.body;
        expect(button.textContent).toBe(text("launcher_action"));
        expect(button.hasAttribute("disabled")).toBe(false);
        expect(button.getAttribute("aria-disabled")).not.toBe("true");
        fireEvent.pointerEnter(button);
        fireEvent.click(button);
        expect(screen.getByText(text("connecting_title"))).toBeTruthy();
        await settle();
        expect([...asked].sort()).toEqual(["environmentvariabledefinition", "systemuser"]);
        expect(scripts()).toHaveLength(1);
        expect(control.getOutputs()).toEqual({ chatState: "loading", unreadCount: 0, errorCode: "" });
        expect(() => control.destroy()).not.toThrow();
    });

    test("that is read-only it does not ask to be written to", () => {
        const { context } = form({ ...columns("any text", READABLE), ...own(null) }, { isControlDisabled: true });
        expect(Object.keys(mount(context).control.getOutputs()).sort()).toEqual([
            "chatState",
            "errorCode",
            "unreadCount",
        ]);
    });
});

describe("a script of somebody else's on the page", () => {
    function put(appId: string, orgId: string): HTMLScriptElement {
        const script = document.createElement("script");
        script.id = "Microsoft_Omnichannel_LCWidget";
        script.setAttribute("data-app-id", appId);
        script.setAttribute("data-org-id", orgId);
        document.head.append(script);
        return script;
    }

    test.each([
        ["for another widget", OTHER_APP, ORG],
        ["of another organisation", APP, OTHER_ORG],
    ])("%s is a conflict, and gets nothing of the user's even when it is ready later", async (_, appId, orgId) => {
        const foreign = put(appId, orgId);
        const { context, raised } = mockContext({ widgetSnippet: SNIPPET });
        const { control } = mount(context);
        fireEvent.click(screen.getByRole("button"));
        await settle();
        expect(control.getOutputs()).toEqual({ chatState: "conflict", unreadCount: 0, errorCode: "widget-conflict" });
        const sdk = installSdk();
        act(() => void foreign.dispatchEvent(new Event("load")));
        say("ready", "startChat", "chatQueued");
        await act(() => new Promise((resolve) => setTimeout(resolve, 350)));
        expect(sdk.calls).toEqual([]);
        expect(scripts()).toEqual([foreign]);
        expect(screen.queryByRole("button", { name: text("retry_action") })).toBeNull();
        expect(screen.getByRole("alert").textContent).toContain("(widget-conflict)");
        expect(raised).toEqual(["ChatFailed"]);
        control.destroy();
    });

    test("stays on the page, whoever on it wants the widget, and however many", async () => {
        const foreign = put(OTHER_APP, OTHER_ORG);
        const controls = [1, 2].map(() => mount(mockContext({ widgetSnippet: SNIPPET }).context).control);
        screen.getAllByRole("button").forEach((button) => fireEvent.click(button));
        await settle();
        expect(scripts()).toEqual([foreign]);
        controls.forEach((control) => expect(control.getOutputs().chatState).toBe("conflict"));
        controls.forEach((control) => control.destroy());
    });
});

describe("outputs", () => {
    test("are the three that are outputs, never what is bound: that would change the record", () => {
        const { context } = mockContext({ widgetAppId: "x", orgId: "x", orgUrl: "x" });
        const { control } = mount(context);
        expect(control.getOutputs()).toEqual({ chatState: "idle", unreadCount: 0, errorCode: "" });
        control.updateView(context);
        expect(Object.keys(control.getOutputs()).sort()).toEqual(["chatState", "errorCode", "unreadCount"]);
    });

    test("are told once the view is on the page, and once per change", () => {
        const { context } = mockContext({ widgetSnippet: SNIPPET });
        const { notify, host, rerender } = mount(context);
        expect(notify).toHaveBeenCalledTimes(1);
        rerender(host(context));
        rerender(host(context));
        expect(notify).toHaveBeenCalledTimes(1);
    });
});

describe("a chat", () => {
    test("goes from the press to the agent's messages, with outputs and events on the way", async () => {
        const { context, asked, raised } = mockContext({ widgetSnippet: SNIPPET });
        const { control, container } = mount(context);
        const button = screen.getByRole("button");
        button.focus();
        fireEvent.click(button);
        await settle();
        expect(scripts()).toHaveLength(1);
        expect(asked).toEqual(["systemuser"]);
        expect(control.getOutputs().chatState).toBe("loading");
        const sdk = await becomeReady();
        expect(sdk.started).toEqual([
            { inNewWindow: false, customContext: { Email: { value: "alex@contoso.com", isDisplayable: true } } },
        ]);
        say("startChat", "chatQueued");
        expect(screen.getByText(text("chatting_title"))).toBeTruthy();
        say("onMinimize");
        act(
            () =>
                void window.dispatchEvent(
                    new CustomEvent("lcw:onMessageReceived", { detail: { messageType: "user" } }),
                ),
        );
        expect(control.getOutputs()).toEqual({ chatState: "chatting", unreadCount: 1, errorCode: "" });
        await settle();
        expect(screen.getByRole("button", { name: "Return to chat, 1 unread message" })).toBe(button);
        expect(document.activeElement).toBe(button);
        expect(raised).toEqual(["ChatStarted", "MessageReceived"]);
        expect(container.querySelectorAll("[role=status]")).toHaveLength(1);
        say("closeChat");
        // No frame tells by its size that the window has gone.
        await waitFor(() => expect(raised).toHaveLength(3), { timeout: 5_000 });
        expect(raised).toEqual(["ChatStarted", "MessageReceived", "ChatEnded"]);
        control.destroy();
    });

    test("whose state changes a thousand times at once is drawn at its beginning and at its end", async () => {
        const { context } = mockContext({ widgetSnippet: SNIPPET });
        const { control } = mount(context);
        fireEvent.click(screen.getByRole("button"));
        await settle();
        await becomeReady();
        say("startChat", "chatQueued");
        await settle();
        let draws = 0;
        const observer = new MutationObserver(
            (changes) =>
                (draws += changes.filter(({ type }) => type === "characterData" || type === "childList").length),
        );
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        await act(async () => {
            for (let index = 0; index < 500; index++)
                for (const name of ["onMaximize", "onMinimize"]) tell(name);
            await Promise.resolve();
        });
        await settle();
        observer.disconnect();
        expect(screen.getByText(text("chatting_minimised"))).toBeTruthy();
        expect(draws).toBeLessThanOrEqual(4);
        control.destroy();
    });

    test("is found by the next instance, which may be born before the other's end", async () => {
        const first = mount(mockContext({ widgetSnippet: SNIPPET }).context);
        fireEvent.click(screen.getByRole("button"));
        await settle();
        await becomeReady();
        say("startChat", "chatQueued");
        const next = mockContext({ widgetSnippet: SNIPPET });
        const second = mount(next.context);
        first.unmount();
        first.control.destroy();
        // It has to say so itself, or its outputs stay blank on the next record.
        expect(second.notify).toHaveBeenCalledTimes(1);
        expect(second.control.getOutputs().chatState).toBe("chatting");
        expect(screen.getByRole("button", { name: text("chatting_action") })).toBeTruthy();
        say("onMinimize");
        expect(screen.getByText(text("chatting_minimised"))).toBeTruthy();
        expect(next.raised).toEqual([]);
        second.control.destroy();
    });
});

describe("the end", () => {
    test("may come twice, or before anything else", () => {
        const { context } = mockContext({ widgetSnippet: SNIPPET });
        const never = new ChatWithAgent();
        expect(() => {
            never.destroy();
            never.getOutputs();
        }).not.toThrow();
        expect(never.getOutputs()).toEqual({});
        const early = new ChatWithAgent();
        early.init(context, () => undefined);
        expect(() => {
            early.destroy();
            early.destroy();
        }).not.toThrow();
        const { control, unmount } = mount(context);
        control.destroy();
        expect(() => {
            control.updateView(context);
            control.getOutputs();
            unmount();
            control.destroy();
        }).not.toThrow();
    });

    test("leaves nobody who is told of the session", async () => {
        const { context, raised } = mockContext({ widgetSnippet: SNIPPET });
        const { control, notify, unmount } = mount(context);
        fireEvent.click(screen.getByRole("button"));
        await settle();
        unmount();
        control.destroy();
        notify.mockClear();
        installSdk();
        say("ready", "startChat", "chatQueued");
        expect(notify).not.toHaveBeenCalled();
        expect(raised).toEqual([]);
    });
});

test("beside another version of the component it is said so, and unchanged inputs cost nothing", () => {
    Object.assign(window, { [Symbol.for(`${PREFIX}0`)]: {} });
    const { context } = mockContext({ widgetSnippet: SNIPPET });
    const { control, host, rerender } = mount(context);
    expect(control.getOutputs()).toEqual({ chatState: "conflict", unreadCount: 0, errorCode: "widget-conflict" });
    expect(screen.getByRole("alert").textContent).toContain(text("widget-conflict_title"));
    renders.mockClear();
    rerender(host(context));
    expect(renders).not.toHaveBeenCalled();
});
