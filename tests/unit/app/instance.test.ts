// Covers app/instance: when settings count, what the start modes do, what becomes of a press, and what the host is told.
import { createInstance } from "../../../ChatWithAgent/app/instance";
import type { Instance } from "../../../ChatWithAgent/app/instance";
import type { Properties } from "../../../ChatWithAgent/host/host";
import { APP, OTHER_APP, OTHER_USER, USER, flush } from "../chat/fakes";
import { snippet } from "../settings/samples";
import { createFakeHost, createFakeServices, properties, variable } from "./fakes";
import type { FakeHost, FakeServices } from "./fakes";

const SNIPPET = snippet();
const OTHER_SNIPPET = snippet({ "data-app-id": OTHER_APP });
const VARIABLES = "environmentvariabledefinition";
const USER_ROW = "user ?$select=internalemailaddress";
const ELEMENT = {} as Element;
const EMAIL = { Email: { value: "alex@contoso.com", isDisplayable: true } };

let services: FakeServices;
let host: FakeHost;
let instance: Instance;

interface Mounted {
    readonly host: FakeHost;
    readonly instance: Instance;
}

/** An instance as a host brings it to life: created, rendered once, put on the page. */
function mount(own: Parameters<typeof properties>[0] = {}, prepare: (host: FakeHost) => void = () => undefined): Mounted {
    const at = createFakeHost(properties(own));
    prepare(at);
    const created = createInstance(at, services);
    created.update();
    created.attach(ELEMENT);
    return { host: at, instance: created };
}

/** The one of most tests. */
function mountOne(...arguments_: Parameters<typeof mount>): void {
    ({ host, instance } = mount(...arguments_));
}

/** A render in answer to the outputs, if the host owes one, and then one of its own accord. */
function renderAgain(change: Partial<Properties> = {}): void {
    instance.update();
    host.properties = { ...host.properties, ...change };
    instance.update();
}

/** Once more by the host's own accord, and everything after it. */
async function rendered(of: Instance): Promise<void> {
    // The first of these may be in answer to the outputs.
    of.update();
    of.update();
    await flush();
}

const inEnvironment = (at: FakeHost): void => void (at.rows = (table) => Promise.resolve(table === VARIABLES ? [variable("cwa_ChatWidgetSnippet", SNIPPET)] : []));

async function getReady(): Promise<void> {
    await flush();
    services.widget.tell("arrived", "ready");
    await services.page.clock.advance(300);
    // Where nobody waits, a conversation that comes back has 4 s.
    const { state } = services.session;
    if (state.kind === "loading" && state.then === "rest") await services.page.clock.advance(3_700);
}

async function chat(): Promise<void> {
    instance.press();
    await getReady();
    services.widget.tell("opened", "queued");
    expect(services.session.state.kind).toBe("chatting");
}

const loads = (): string[] => services.widget.calls.filter((call) => call.startsWith("load"));
const code = (of: Instance): string => of.outputs.errorCode;

beforeEach(() => {
    services = createFakeServices();
});

describe("with Button, before anybody means it", () => {
    test("an instance that was only created is nothing at all", () => {
        host = createFakeHost();
        createInstance(host, services);
        expect([...host.asked, ...host.raised, ...services.widget.calls]).toEqual([]);
        expect([host.changes, services.page.clock.running, services.page.waiting]).toEqual([0, 0, 0]);
    });

    test.each([["with a snippet", SNIPPET], ["with nothing set", null]])("%s nothing is asked for, waited for or loaded, however often it is rendered", async (_, text) => {
        mountOne({ snippet: text });
        for (let render = 0; render < 5; render++) instance.update();
        await services.page.clock.advance(3_600_000);
        expect([...host.asked, ...host.raised, ...services.widget.calls]).toEqual([]);
        expect([services.page.clock.running, services.page.waiting]).toEqual([0, 0]);
        expect(instance.view).toMatchObject({ title: "launcher_title", action: "launcher_action", tone: "rest" });
        expect(instance.outputs).toEqual({ chatState: "idle", unreadCount: 0, errorCode: "" });
    });
});

describe("a value that is not there yet", () => {
    test("is no mistake at the first render, and one at the second", () => {
        mountOne({ snippet: "nonsense" });
        expect(instance.view.title).toBe("launcher_title");
        expect(host.raised).toEqual([]);
        renderAgain();
        expect(instance.view).toMatchObject({ tone: "error", title: "not_set_up_title" });
        expect(instance.outputs).toEqual({ chatState: "not-set-up", unreadCount: 0, errorCode: "settings-invalid" });
        // Nobody has asked for a chat.
        expect(host.raised).toEqual([]);
    });

    test("is not counted as missing because the host renders in answer to our own outputs", () => {
        mountOne({ snippet: "nonsense" });
        expect(host.changes).toBe(1);
        instance.update();
        expect(instance.view.title).toBe("launcher_title");
        instance.update();
        expect(instance.view.title).toBe("not_set_up_title");
    });

    test("may come with the second render: what the first had is forgotten", () => {
        mountOne({ snippet: "nonsense" });
        renderAgain({ widgetSnippet: { text: SNIPPET, fromColumn: false } });
        expect(instance.view.title).toBe("launcher_title");
        expect(host.raised).toEqual([]);
    });

    test.each(["widgetButton", "automatic"] as const)("is waited for 1 s with %s, if there is no second render", async (startMode) => {
        mountOne({ startMode });
        await services.page.clock.advance(999);
        expect(host.asked).toEqual([]);
        await services.page.clock.advance(1);
        expect(host.asked).toEqual([VARIABLES]);
        expect(code(instance)).toBe("settings-missing");
        expect(host.raised).toEqual(["ChatFailed"]);
    });

    test("is not waited for by somebody who presses", async () => {
        mountOne();
        instance.press();
        await flush();
        expect(code(instance)).toBe("settings-missing");
    });

    test("that is put right later puts the instance right", async () => {
        mountOne({ snippet: "nonsense" });
        renderAgain();
        host.properties = properties({ snippet: SNIPPET });
        instance.update();
        expect(instance.view.title).toBe("launcher_title");
        await chat();
        expect(host.raised).toEqual(["ChatStarted"]);
    });
});

describe("intent", () => {
    test("looks up and connects, once for the same settings, and shows nothing", async () => {
        mountOne({}, inEnvironment);
        const before = instance.view;
        instance.intent();
        instance.intent();
        await flush();
        instance.intent();
        await flush();
        expect([...host.asked].sort()).toEqual([VARIABLES, USER_ROW].sort());
        expect(services.widget.calls).toEqual([`hint ${APP}`]);
        expect(instance.view).toBe(before);
        expect(services.page.clock.running).toBe(0);
    });

    test("costs a press nothing more", async () => {
        mountOne({}, inEnvironment);
        instance.intent();
        await flush();
        await chat();
        expect(host.asked).toHaveLength(2);
        expect(services.widget.started).toEqual([EMAIL]);
    });

    test("asks for no address that the maker has given", async () => {
        mountOne({ snippet: SNIPPET, userEmail: "kim@contoso.com" });
        instance.intent();
        await flush();
        expect(host.asked).toEqual([]);
    });

    test("means nothing once the widget is there, and nothing in a designer", async () => {
        mountOne({ snippet: SNIPPET });
        await chat();
        instance.intent();
        const designed = mount({ snippet: SNIPPET }, (at) => (at.authoring = "yes"));
        designed.instance.intent();
        await flush();
        expect(services.widget.calls.filter((call) => call.startsWith("hint"))).toEqual([]);
    });
});

describe("a press", () => {
    test("loads, starts with the address, and shows each step", async () => {
        mountOne({ snippet: SNIPPET });
        instance.press();
        expect(instance.view).toMatchObject({ busy: true, title: "connecting_title", text: "connecting_text" });
        expect(instance.outputs.chatState).toBe("loading");
        await getReady();
        expect(loads()).toEqual([`load ${APP}`]);
        expect(services.widget.started).toEqual([EMAIL]);
        expect(instance.outputs.chatState).toBe("starting");
        services.widget.tell("opened");
        expect(instance.view).toMatchObject({ busy: true, tone: "busy", title: "connecting_title" });
        services.widget.tell("queued");
        expect(instance.view.title).toBe("chatting_title");
        expect(instance.outputs.chatState).toBe("chatting");
        expect(host.raised).toEqual(["ChatStarted"]);
    });

    test("with the maker's address looks none up", async () => {
        mountOne({ snippet: SNIPPET, userEmail: " kim@contoso.com " });
        await chat();
        expect(host.asked).toEqual([]);
        expect(services.widget.started).toEqual([{ Email: { value: "kim@contoso.com", isDisplayable: true } }]);
    });

    test("with something else for an address looks the user's up", async () => {
        mountOne({ snippet: SNIPPET, userEmail: "kim" });
        await chat();
        expect(services.widget.started).toEqual([EMAIL]);
    });

    test("while the settings are being looked up is carried out, once", async () => {
        let answer: (rows: readonly unknown[]) => void = () => undefined;
        mountOne({ startMode: "widgetButton" }, (at) => (at.rows = () => new Promise((resolve) => (answer = resolve))));
        await services.page.clock.advance(1_000);
        instance.press();
        instance.press();
        expect(instance.view.busy).toBe(true);
        answer([variable("cwa_ChatWidgetSnippet", SNIPPET)]);
        await getReady();
        expect(loads()).toHaveLength(1);
        expect(services.widget.started).toEqual([EMAIL]);
        expect(host.asked.filter((table) => table === VARIABLES)).toHaveLength(1);
    });

    test("goes by the settings that there are when it is carried out", async () => {
        let answer: (rows: readonly unknown[]) => void = () => undefined;
        mountOne({}, (at) => (at.rows = () => new Promise((resolve) => (answer = resolve))));
        instance.press();
        await flush();
        renderAgain({ widgetSnippet: { text: OTHER_SNIPPET, fromColumn: false } });
        answer([variable("cwa_ChatWidgetSnippet", SNIPPET)]);
        await getReady();
        expect(loads()).toEqual([`load ${OTHER_APP}`]);
    });

    test("goes by the settings of the moment even if they change while the address is waited for", async () => {
        let answer: (row: unknown) => void = () => undefined;
        mountOne({ snippet: SNIPPET, requireEmail: true }, (at) => (at.user = () => new Promise((resolve) => (answer = resolve))));
        instance.press();
        await flush();
        renderAgain({ widgetSnippet: { text: OTHER_SNIPPET, fromColumn: false } });
        answer({ internalemailaddress: "alex@contoso.com" });
        await getReady();
        expect(loads()).toEqual([`load ${OTHER_APP}`]);
        expect(services.widget.started).toEqual([EMAIL]);
    });

    test("says after 8 s that it takes long, and after 30 s that the settings could not be had", async () => {
        mountOne({}, (at) => (at.rows = () => new Promise(() => undefined)));
        instance.press();
        await services.page.clock.advance(7_999);
        expect(instance.view.text).toBe("connecting_text");
        await services.page.clock.advance(1);
        expect(instance.view.text).toBe("connecting_slow");
        await services.page.clock.advance(22_000);
        expect(instance.view).toMatchObject({ tone: "error", title: "settings-unreadable_title", busy: false });
        expect(host.raised).toEqual(["ChatFailed"]);
        expect(services.page.clock.running).toBe(0);
    });

    test("after a failed look-up looks again", async () => {
        mountOne({}, (at) => (at.rows = () => Promise.reject(new Error("offline"))));
        instance.press();
        await flush();
        expect(code(instance)).toBe("settings-unreadable");
        inEnvironment(host);
        await chat();
        expect(code(instance)).toBe("");
        expect(host.raised).toEqual(["ChatFailed", "ChatStarted"]);
    });

    test("asks the environment anew if the settings were missing: they may have been set meanwhile", async () => {
        mountOne();
        instance.press();
        await flush();
        expect(code(instance)).toBe("settings-missing");
        inEnvironment(host);
        await chat();
        expect(code(instance)).toBe("");
        expect(host.asked.filter((table) => table === VARIABLES)).toHaveLength(2);
        expect(services.widget.started).toEqual([EMAIL]);
        expect(host.raised).toEqual(["ChatFailed", "ChatStarted"]);
    });

    test("asks for the user's row anew if the address was missing: it may have been added meanwhile", async () => {
        mountOne({ snippet: SNIPPET, requireEmail: true }, (at) => (at.user = () => Promise.resolve({})));
        instance.press();
        await flush();
        expect(code(instance)).toBe("email-missing");
        host.user = () => Promise.resolve({ internalemailaddress: "alex@contoso.com" });
        await chat();
        expect(host.asked).toEqual([USER_ROW, USER_ROW]);
        expect(services.widget.started).toEqual([EMAIL]);
        expect(host.raised).toEqual(["ChatFailed", "ChatStarted"]);
    });

    test("asks nothing anew if nothing was wrong", async () => {
        mountOne({}, inEnvironment);
        await chat();
        services.widget.tell("minimised");
        instance.press();
        await flush();
        expect([...host.asked].sort()).toEqual([VARIABLES, USER_ROW].sort());
    });

    test("alone asks anew for what was wrong, and neither a render nor intent does", async () => {
        mountOne();
        instance.press();
        await flush();
        for (let time = 0; time < 3; time++) {
            renderAgain();
            instance.intent();
            await flush();
        }
        expect(host.asked.filter((table) => table === VARIABLES)).toHaveLength(1);
    });

    test("brings a running chat back even if the settings have become wrong since", async () => {
        mountOne({ snippet: SNIPPET });
        await chat();
        renderAgain({ widgetSnippet: { text: "nonsense", fromColumn: false } });
        await flush();
        expect(instance.view).toMatchObject({ title: "chatting_title", action: "chatting_action", busy: false });
        expect(instance.outputs).toMatchObject({ chatState: "chatting", errorCode: "" });
        instance.press();
        await flush();
        expect(services.widget.started).toHaveLength(2);
        expect(instance.view.title).toBe("chatting_title");
    });

    test("brings a chat back that another tab has, even if the settings have become wrong since", async () => {
        mountOne({ snippet: SNIPPET });
        await chat();
        services.widget.tell("closed");
        services.page.marker.owners.set(APP, USER);
        services.widget.tell("message");
        expect(services.session.state.kind).toBe("elsewhere");
        renderAgain({ widgetSnippet: { text: "broken", fromColumn: false } });
        await flush();
        const before = services.widget.started.length;
        instance.press();
        await flush();
        expect(services.widget.started).toHaveLength(before + 1);
    });

    test("brings a running chat back", async () => {
        mountOne({ snippet: SNIPPET });
        await chat();
        services.widget.tell("minimised");
        instance.press();
        await flush();
        expect(services.widget.started).toHaveLength(2);
        expect(instance.view.busy).toBe(false);
    });

    test("does nothing in a designer", async () => {
        mountOne({ snippet: SNIPPET }, (at) => (at.authoring = "yes"));
        instance.press();
        await flush();
        expect(services.widget.calls).toEqual([]);
    });

    test("works where nobody tells whether this is a designer", async () => {
        mountOne({ snippet: SNIPPET }, (at) => (at.authoring = "unsure"));
        await chat();
    });

    test("outlives the control", async () => {
        mountOne({}, inEnvironment);
        instance.press();
        instance.attach(null);
        instance.destroy();
        await getReady();
        expect(services.widget.started).toEqual([EMAIL]);
        expect(host.raised).toEqual([]);
    });
});

describe("the address, if it is required", () => {
    test.each([
        ["missing", () => Promise.resolve({}), "email-missing"],
        ["not readable", () => Promise.reject(new Error("403")), "email-lookup-failed"],
    ])("and %s, there is no chat and nothing is loaded", async (_, user, expected) => {
        mountOne({ snippet: SNIPPET, requireEmail: true }, (at) => (at.user = user));
        instance.press();
        await flush();
        expect(services.widget.calls).toEqual([]);
        expect(instance.outputs).toEqual({ chatState: "failed", unreadCount: 0, errorCode: expected });
        expect(instance.view).toMatchObject({ tone: "error", title: `${expected}_title` });
        expect(host.raised).toEqual(["ChatFailed"]);
    });

    test("and slow, is waited for 5 s", async () => {
        mountOne({ snippet: SNIPPET, requireEmail: true }, (at) => (at.user = () => new Promise(() => undefined)));
        instance.press();
        await services.page.clock.advance(4_999);
        expect(instance.view.busy).toBe(true);
        await services.page.clock.advance(1);
        expect(code(instance)).toBe("email-lookup-failed");
    });

    test("and there, is no obstacle", async () => {
        mountOne({ snippet: SNIPPET, requireEmail: true });
        await chat();
        expect(services.widget.started).toEqual([EMAIL]);
    });
});

test.each([
    ["missing", () => Promise.resolve({}), "email-missing"],
    ["not readable", () => Promise.reject(new Error("403")), "email-lookup-failed"],
])("an address that is %s and not required is a notice, and no failure", async (_, user, expected) => {
    mountOne({ snippet: SNIPPET }, (at) => (at.user = user));
    await chat();
    expect(services.widget.started).toEqual([{}]);
    expect(instance.view.text).toBe(`notice_${expected}`);
    expect(instance.outputs).toEqual({ chatState: "chatting", unreadCount: 0, errorCode: expected });
    expect(host.raised).toEqual(["ChatStarted"]);
});

describe("ChatFailed", () => {
    test("is raised with Button for every attempt, and not before somebody makes one", async () => {
        mountOne({ snippet: "nonsense" });
        renderAgain();
        instance.intent();
        await flush();
        expect(code(instance)).toBe("settings-invalid");
        expect(host.raised).toEqual([]);
        for (const expected of [1, 2]) {
            instance.press();
            await flush();
            expect(host.raised).toEqual(Array<string>(expected).fill("ChatFailed"));
        }
    });

    test.each(["widgetButton", "automatic"] as const)("is raised with %s once for what is wrong, and again for every attempt", async (startMode) => {
        mountOne({ snippet: "nonsense", startMode });
        renderAgain();
        instance.update();
        instance.attach(ELEMENT);
        await flush();
        expect(host.raised).toEqual(["ChatFailed"]);
        instance.press();
        await flush();
        expect(host.raised).toEqual(["ChatFailed", "ChatFailed"]);
    });

    test.each([
        ["button", []],
        ["widgetButton", ["ChatFailed"]],
        ["automatic", ["ChatFailed"]],
    ] as const)("is raised with %s, where another widget has the page, as %j without a press, and with a press once more", async (startMode, expected) => {
        mountOne({ snippet: SNIPPET });
        await chat();
        const other = mount({ snippet: OTHER_SNIPPET, startMode });
        other.instance.update();
        other.instance.update();
        await services.page.clock.advance(1_000);
        expect(code(other.instance)).toBe("widget-conflict");
        expect(other.host.raised).toEqual(expected);
        other.instance.press();
        await flush();
        expect(other.host.raised).toEqual([...expected, "ChatFailed"]);
    });

    test("is raised once if the session fails, by every instance of the widget", async () => {
        mountOne({ snippet: SNIPPET });
        const second = mount({ snippet: SNIPPET });
        second.instance.update();
        second.instance.update();
        instance.press();
        await flush();
        services.widget.tell({ type: "failed", code: "script-blocked-by-csp", detail: "host" });
        expect(host.raised).toEqual(["ChatFailed"]);
        expect(second.host.raised).toEqual(["ChatFailed"]);
        expect(code(instance)).toBe("script-blocked-by-csp");
    });

    test("is raised once if another widget's script stands on the page", async () => {
        mountOne({ snippet: SNIPPET });
        services.widget.onLoad = () => services.widget.tell({ type: "failed", code: "widget-conflict", detail: "" });
        instance.press();
        await flush();
        expect(instance.outputs).toEqual({ chatState: "conflict", unreadCount: 0, errorCode: "widget-conflict" });
        expect(host.raised).toEqual(["ChatFailed"]);
    });

    test.each(["button", "widgetButton", "automatic"] as const)("is raised by no designer (%s)", async (startMode) => {
        mountOne({ snippet: "nonsense", startMode }, (at) => (at.authoring = "yes"));
        renderAgain();
        instance.press();
        await flush();
        expect(host.raised).toEqual([]);
    });
});

describe("the host", () => {
    test("is told of outputs only when they change", async () => {
        mountOne({ snippet: SNIPPET });
        expect(host.changes).toBe(1);
        renderAgain();
        instance.attach(ELEMENT);
        expect(host.changes).toBe(1);
        await chat();
        const before = host.changes;
        services.widget.tell("message", "maximised", "queued");
        expect(host.changes).toBe(before);
        services.widget.tell("minimised");
        expect(host.changes).toBe(before);
        services.widget.tell("message");
        expect(host.changes).toBe(before + 1);
        expect(instance.outputs.unreadCount).toBe(1);
    });

    test("is told of a running chat that a new instance finds, without events", async () => {
        mountOne({ snippet: SNIPPET });
        await chat();
        const second = mount({ snippet: SNIPPET });
        expect(second.host.changes).toBe(1);
        expect(second.instance.outputs.chatState).toBe("chatting");
        expect(second.instance.view.title).toBe("chatting_title");
        second.instance.update();
        await flush();
        expect(second.host.raised).toEqual([]);
    });

    test("gets the very same view for unchanged inputs, and those who watch are not disturbed", () => {
        mountOne({ snippet: SNIPPET });
        const watch = jest.fn();
        instance.subscribe(watch);
        const { view } = instance;
        renderAgain();
        expect(instance.view).toBe(view);
        expect(watch).not.toHaveBeenCalled();
    });

    test("gets another view for another label or message, without anything being settled anew", () => {
        mountOne({ snippet: SNIPPET });
        renderAgain({ message: " Chats are recorded. ", buttonLabel: "Ask" });
        expect(instance.view).toMatchObject({ title: "Chats are recorded.", action: "Ask" });
        expect(host.asked).toEqual([]);
    });

    test("is told nothing before the view is on the page", () => {
        host = createFakeHost(properties({ snippet: SNIPPET }));
        createInstance(host, services).update();
        expect(host.changes).toBe(0);
    });

    test("those who watch hear of what happens in the session, until they leave", async () => {
        mountOne({ snippet: SNIPPET });
        const watch = jest.fn();
        const leave = instance.subscribe(watch);
        instance.press();
        expect(watch).toHaveBeenCalled();
        leave();
        watch.mockClear();
        await getReady();
        expect(watch).not.toHaveBeenCalled();
    });
});

describe("every instance of a widget", () => {
    test("raises each event once, whoever pressed", async () => {
        mountOne({ snippet: SNIPPET });
        const second = mount({ snippet: SNIPPET });
        second.instance.update();
        second.instance.update();
        await chat();
        services.widget.tell("message", "agent-ended", "closed");
        const expected = ["ChatStarted", "MessageReceived", "ChatEnded"];
        expect(host.raised).toEqual(expected);
        expect(second.host.raised).toEqual(expected);
    });
});

describe("an instance that the host has rendered only once", () => {
    test("settles once a chat goes on, and raises its events then, not in a heap when somebody presses", async () => {
        mountOne({ snippet: SNIPPET });
        const second = mount({ snippet: SNIPPET });
        await chat();
        await services.page.clock.advance(1_000);
        expect(second.host.raised).toEqual(["ChatStarted"]);
        services.widget.tell("message");
        expect(second.host.raised).toEqual(["ChatStarted", "MessageReceived"]);
    });
});

describe("an instance that comes while a chat goes on", () => {
    test("tells of a message that came before its settings were settled, once they are", async () => {
        mountOne({ snippet: SNIPPET });
        await chat();
        const second = mount({ snippet: SNIPPET });
        services.widget.tell("message");
        expect(second.host.raised).toEqual([]);
        await services.page.clock.advance(1_000);
        expect(second.host.raised).toEqual(["MessageReceived"]);
    });

    test("and is not settled before somebody presses does not tell of everything in a heap then", async () => {
        mountOne({ snippet: SNIPPET });
        const second = mount({ snippet: SNIPPET }, (at) => (at.authoring = "unsure"));
        await chat();
        services.widget.tell("message", "message");
        await services.page.clock.advance(5_000);
        second.instance.press();
        await flush();
        expect(second.host.raised).toEqual([]);
        services.widget.tell("message");
        expect(second.host.raised).toEqual(["MessageReceived"]);
    });

    test("tells nothing of it if it is set up for another widget", async () => {
        mountOne({ snippet: SNIPPET });
        await chat();
        const second = mount({ snippet: OTHER_SNIPPET });
        services.widget.tell("message");
        await services.page.clock.advance(1_000);
        expect(second.host.raised).not.toContain("MessageReceived");
    });
});

describe("an instance of another widget", () => {
    test("is refused while the first one has the page", async () => {
        mountOne({ snippet: SNIPPET });
        await chat();
        const other = mount({ snippet: OTHER_SNIPPET });
        other.instance.press();
        await flush();
        expect(loads()).toEqual([`load ${APP}`]);
        expect(other.instance.outputs).toEqual({ chatState: "conflict", unreadCount: 0, errorCode: "widget-conflict" });
        expect(other.host.raised).toEqual(["ChatFailed"]);
        services.widget.tell("message");
        expect(other.host.raised).toEqual(["ChatFailed"]);
    });

    test("that stood there before raises nothing of the first one's and does not show its chat as its own", async () => {
        mountOne({ snippet: SNIPPET });
        const other = mount({ snippet: OTHER_SNIPPET });
        other.instance.update();
        other.instance.update();
        await chat();
        services.widget.tell("message");
        expect(other.host.raised.filter((event) => event !== "ChatFailed")).toEqual([]);
        expect(other.instance.outputs.chatState).not.toBe("chatting");
        expect(other.instance.view.title).not.toBe("chatting_title");
    });

    test("gets the page if the first one never came", async () => {
        mountOne({ snippet: SNIPPET });
        instance.press();
        await flush();
        services.widget.tell({ type: "failed", code: "script-blocked-by-csp", detail: "" });
        ({ host, instance } = mount({ snippet: OTHER_SNIPPET }));
        await chat();
        expect(loads()).toEqual([`load ${APP}`, `load ${OTHER_APP}`]);
    });

    test("does not take the page over because it had to wait for an address", async () => {
        let answer: (row: unknown) => void = () => undefined;
        const other = mount({ snippet: OTHER_SNIPPET, requireEmail: true }, (at) => (at.user = () => new Promise((resolve) => (answer = resolve))));
        other.instance.press();
        await flush();
        mountOne({ snippet: SNIPPET, userEmail: "kim@contoso.com" });
        await chat();
        answer({ internalemailaddress: "alex@contoso.com" });
        await flush();
        expect(loads()).toEqual([`load ${APP}`]);
        expect(services.page.marker.owners.has(OTHER_APP)).toBe(false);
        expect(other.instance.outputs.chatState).toBe("conflict");
        expect(services.widget.started).toHaveLength(1);
    });
});

describe("Widget button", () => {
    test("loads when the page is idle, and starts nothing", async () => {
        mountOne({ snippet: SNIPPET, startMode: "widgetButton" });
        renderAgain();
        await flush();
        expect(loads()).toEqual([]);
        services.page.idle();
        await getReady();
        expect(loads()).toEqual([`load ${APP}`]);
        expect(services.session.state.kind).toBe("ready");
        expect(services.widget.provided).toEqual([EMAIL]);
        expect(services.widget.started).toEqual([]);
        expect(instance.view).toMatchObject({ title: "launcher_title", busy: false });
    });

    test("shows nobody that it is loading who has not asked", async () => {
        mountOne({ snippet: SNIPPET, startMode: "widgetButton" });
        renderAgain();
        await flush();
        services.page.idle();
        await flush();
        expect(services.session.state.kind).toBe("loading");
        expect(instance.view).toMatchObject({ title: "launcher_title", busy: false });
    });
});

describe("Automatic", () => {
    const automatic = { snippet: SNIPPET, startMode: "automatic" } as const;

    async function settleAll(): Promise<void> {
        renderAgain();
        await flush();
    }

    test("starts when the control is seen", async () => {
        mountOne(automatic);
        await settleAll();
        expect(loads()).toEqual([]);
        services.page.see();
        await getReady();
        expect(services.widget.started).toEqual([EMAIL]);
    });

    test("starts once, whichever instance it is, and never again what the user has closed", async () => {
        mountOne(automatic);
        await settleAll();
        services.page.see();
        await getReady();
        services.widget.tell("opened", "queued", "closed");
        expect(services.session.state.kind).toBe("ready");
        mountOne(automatic);
        await settleAll();
        services.page.see();
        await flush();
        expect(services.page.waiting).toBe(0);
        expect(services.widget.started).toHaveLength(1);
    });

    test("does not start after the user has started and closed a chat", async () => {
        mountOne({ snippet: SNIPPET });
        await chat();
        services.widget.tell("closed");
        mountOne(automatic);
        await settleAll();
        services.page.see();
        await flush();
        expect(services.widget.started).toHaveLength(1);
    });

    test("does not open a chat again that was there meanwhile and was closed, whoever had begun it", async () => {
        mountOne(automatic);
        await settleAll();
        const other = mount({ snippet: SNIPPET, startMode: "widgetButton" });
        await rendered(other.instance);
        services.page.idle();
        await getReady();
        // With Microsoft's own button.
        services.widget.tell("opened", "queued", "closed");
        expect(services.session.state.kind).toBe("ready");
        services.page.see();
        await flush();
        expect(services.widget.started).toEqual([]);
    });

    test("does not open a chat again that came back meanwhile", async () => {
        mountOne(automatic);
        await settleAll();
        const other = mount({ snippet: SNIPPET });
        other.instance.press();
        await getReady();
        services.widget.tell("opened", "queued", "minimised");
        services.page.see();
        await flush();
        expect(services.widget.started).toHaveLength(1);
    });

    test.each<[string, (at: FakeHost) => void]>([
        ["in an agent's workspace", () => (services.isAgentWorkspace = true)],
        ["while the host hides the control", (at) => (at.visible = false)],
        ["where nobody tells whether this is a designer", (at) => (at.authoring = "unsure")],
        ["in a designer", (at) => (at.authoring = "yes")],
    ])("does not start %s", async (_, prepare) => {
        mountOne(automatic, prepare);
        await settleAll();
        await services.page.clock.advance(5_000);
        services.page.see();
        services.page.idle();
        await flush();
        expect(services.widget.calls).toEqual([]);
    });

    test("starts once the host shows the control", async () => {
        mountOne(automatic, (at) => (at.visible = false));
        await settleAll();
        host.visible = true;
        instance.update();
        await flush();
        services.page.see();
        await getReady();
        expect(services.widget.started).toEqual([EMAIL]);
    });

    test("does not start what was destroyed before it was seen, nor while it was being looked up", async () => {
        mountOne(automatic);
        await settleAll();
        instance.destroy();
        expect(services.page.waiting).toBe(0);
        mountOne({ startMode: "automatic" }, inEnvironment);
        await settleAll();
        services.page.see();
        instance.destroy();
        await flush();
        expect(services.widget.started).toEqual([]);
        expect(loads()).toEqual([]);
    });

    test("does not start by what is no longer set", async () => {
        mountOne(automatic);
        await settleAll();
        renderAgain({ startMode: "button" });
        await flush();
        services.page.see();
        services.page.idle();
        await flush();
        expect(services.widget.calls).toEqual([]);
    });
});

describe("after a reload", () => {
    test("with this user's marker the widget is loaded at once, so that the chat comes back, without an event", async () => {
        services.page.marker.owners.set(APP, USER);
        mountOne({ snippet: SNIPPET });
        renderAgain();
        await flush();
        expect(loads()).toEqual([`load ${APP}`]);
        services.widget.tell("arrived", "ready", "restored");
        await flush();
        expect(instance.outputs.chatState).toBe("chatting");
        expect(host.raised).toEqual([]);
        expect(services.widget.started).toEqual([]);
    });

    test("without a second render this takes 1 s", async () => {
        services.page.marker.owners.set(APP, USER);
        mountOne({ snippet: SNIPPET });
        await services.page.clock.advance(999);
        expect(loads()).toEqual([]);
        await services.page.clock.advance(1);
        expect(loads()).toEqual([`load ${APP}`]);
    });

    test.each([
        ["another user's", APP, OTHER_USER],
        ["another widget's", OTHER_APP, USER],
    ])("with %s marker nothing is loaded", async (_, appId, owner) => {
        services.page.marker.owners.set(appId, owner);
        mountOne({ snippet: SNIPPET });
        renderAgain();
        await services.page.clock.advance(5_000);
        expect(loads()).toEqual([]);
    });

    test("an automatic start does not come on top", async () => {
        services.page.marker.owners.set(APP, USER);
        mountOne({ snippet: SNIPPET, startMode: "automatic" });
        renderAgain();
        await getReady();
        services.page.see();
        await flush();
        expect(services.widget.started).toEqual([]);
    });
});

describe("in a designer", () => {
    test("the settings are read and listed, and nothing is loaded, whatever the start mode", async () => {
        services.page.marker.owners.set(APP, USER);
        mountOne({ startMode: "automatic" }, (at) => {
            inEnvironment(at);
            at.authoring = "yes";
        });
        renderAgain();
        await services.page.clock.advance(5_000);
        services.page.see();
        services.page.idle();
        await flush();
        expect(host.asked).toEqual([VARIABLES]);
        expect(services.widget.calls).toEqual([]);
        expect(instance.view.caption).toBe("preview_text");
        expect(instance.view.details[0]).toMatchObject({ term: "preview_source", description: "source_environmentVariable" });
        expect(instance.outputs).toEqual({ chatState: "idle", unreadCount: 0, errorCode: "" });
    });
});

describe("destroying", () => {
    test("leaves a running chat running, hears nothing more of it, and may happen twice", async () => {
        mountOne({ snippet: SNIPPET });
        await chat();
        const { changes } = host;
        instance.destroy();
        instance.destroy();
        services.widget.tell("message", "minimised", "message", "closed");
        expect(host.raised).toEqual(["ChatStarted"]);
        expect(host.changes).toBe(changes);
        expect(services.widget.calls).not.toContain("close");
    });

    test("before anything was settled leaves no timer and nobody who waits", () => {
        mountOne({ startMode: "automatic" });
        expect(services.page.clock.running).toBe(1);
        instance.destroy();
        expect([services.page.clock.running, services.page.waiting]).toEqual([0, 0]);
    });

    test("a thousand times leaves nothing behind", async () => {
        for (let time = 0; time < 1_000; time++) {
            mountOne({ snippet: SNIPPET, startMode: "widgetButton" });
            instance.update();
            instance.update();
            instance.attach(null);
            instance.destroy();
        }
        await flush();
        expect([services.page.clock.running, services.page.waiting]).toEqual([0, 0]);
        expect(services.widget.calls).toEqual([]);
    });
});

describe("beside another version of the component", () => {
    beforeEach(() => {
        host = createFakeHost(properties({ snippet: SNIPPET, startMode: "automatic" }));
        instance = createInstance(host, undefined);
        instance.update();
        instance.attach(ELEMENT);
    });

    test("it is said so, to the host too, and nothing else is done", async () => {
        instance.intent();
        instance.press();
        instance.subscribe(() => undefined)();
        instance.update();
        await flush();
        expect(instance.view).toMatchObject({ tone: "error", title: "widget-conflict_title" });
        expect(instance.outputs).toEqual({ chatState: "conflict", unreadCount: 0, errorCode: "widget-conflict" });
        expect(host.asked).toEqual([]);
        expect(host.changes).toBe(1);
        expect(() => {
            instance.attach(null);
            instance.destroy();
            instance.destroy();
        }).not.toThrow();
    });

    test("the view is the very same for unchanged inputs", () => {
        const { view } = instance;
        instance.update();
        expect(instance.view).toBe(view);
    });
});

describe("the context", () => {
    const RECORD = { table: "account", id: "3f9a1c2e-5b7d-4e8f-9a0b-1c2d3e4f5a6b", name: "Fourth Coffee", url: "https://contoso.crm.dynamics.com/main.aspx?id=1" };
    const OTHER_RECORD = { ...RECORD, id: "3f9a1c2e-5b7d-4e8f-9a0b-1c2d3e4f5a6c", name: "Litware", url: "https://contoso.crm.dynamics.com/main.aspx?id=2" };
    const NAME = `account ${RECORD.id} ?$select=name`;
    const OTHER_NAME = `account ${OTHER_RECORD.id} ?$select=name`;
    const own = { snippet: SNIPPET, contextVariables: "Deal={record.name}\nTitle={user.jobtitle}", shareRecord: true } as const;

    /** On a record whose row, and the user's, are there. */
    const at = (record = RECORD) => (given: FakeHost) => {
        given.record = record;
        given.user = () => Promise.resolve({ internalemailaddress: "alex@contoso.com", jobtitle: "Seller" });
        given.row = () => Promise.resolve({ name: given.record?.name });
    };
    const plain = (variables: object | undefined): Record<string, unknown> => Object.fromEntries(Object.entries(variables ?? {}).map(([name, { value }]: [string, { value: unknown }]) => [name, value]));
    const started = (): Record<string, unknown> => plain(services.widget.started.at(-1));
    const button = (): Record<string, unknown> => plain(services.widget.provided.at(-1));
    const full = (record = RECORD): Record<string, unknown> => ({ Deal: record.name, Title: "Seller", RecordName: record.name, RecordTable: "account", RecordUrl: record.url, Email: "alex@contoso.com" });
    const LASTING = { Title: "Seller", Email: "alex@contoso.com" };
    const calls = (given: FakeHost): string[] => given.asked.filter((call) => call !== VARIABLES);

    /** On a record, with the settings still to be looked up: the result lets the environment's snippet come. */
    function mountUnanswered(): () => void {
        let answer: (rows: readonly unknown[]) => void = () => undefined;
        mountOne({ ...own, snippet: null }, (given) => {
            at()(given);
            given.rows = () => new Promise((resolve) => (answer = resolve));
        });
        return () => answer([variable("cwa_ChatWidgetSnippet", SNIPPET)]);
    }

    test("is asked for at intent, in two calls, and a press soon after needs no third", async () => {
        mountOne(own, at());
        instance.intent();
        instance.intent();
        await flush();
        await services.page.clock.advance(29_000);
        await chat();
        expect(started()).toEqual(full());
        expect(calls(host).sort()).toEqual([NAME, "user ?$select=internalemailaddress,jobtitle"].sort());
    });

    test("is asked for anew when the press comes much later, but for what is the user's", async () => {
        mountOne(own, at());
        instance.intent();
        await services.page.clock.advance(30_000);
        await chat();
        expect(calls(host).filter((call) => call === NAME)).toHaveLength(2);
        expect(calls(host)).toHaveLength(3);
    });

    test("is asked for beside the settings, not after them", () => {
        mountOne({ contextVariables: own.contextVariables }, (given) => {
            at()(given);
            given.rows = () => new Promise(() => undefined);
        });
        instance.press();
        expect(host.asked.sort()).toEqual([NAME, VARIABLES, "user ?$select=internalemailaddress,jobtitle"].sort());
    });

    test("is that of the record on which was pressed, though another one has come since", async () => {
        const answer = mountUnanswered();
        instance.press();
        host.record = OTHER_RECORD;
        instance.update();
        answer();
        await getReady();
        expect(started()).toEqual(full());
    });

    test("is that of the record on which was pressed last, while nothing has been started", async () => {
        const answer = mountUnanswered();
        instance.press();
        host.record = OTHER_RECORD;
        instance.update();
        instance.press();
        answer();
        await getReady();
        expect(started()).toEqual(full(OTHER_RECORD));
    });

    test("and a record that never answers costs 5 s and what it would have said", async () => {
        mountOne(own, (given) => {
            at()(given);
            given.row = () => new Promise(() => undefined);
        });
        instance.press();
        await getReady();
        expect(services.widget.started).toEqual([]);
        await services.page.clock.advance(5_000);
        expect(started()).toEqual({ ...full(), Deal: undefined });
        services.widget.tell("opened", "queued");
        expect(instance.view).toMatchObject({ text: "notice_context-dropped", details: expect.arrayContaining([{ term: "Deal", description: "drop_unreadable" }]) as unknown });
        expect(code(instance)).toBe("context-dropped");
        expect(host.raised).toEqual(["ChatStarted"]);
    });

    test("that failed with the address is asked for anew by the next press, however soon", async () => {
        mountOne({ ...own, requireEmail: true }, (given) => {
            at()(given);
            given.user = () => Promise.reject(new Error("403"));
        });
        instance.intent();
        await flush();
        at()(host);
        await chat();
        expect(started()).toEqual(full());
    });

    test("that failed with the record is asked for anew by the press, however soon", async () => {
        mountOne(own, (given) => {
            at()(given);
            given.row = () => Promise.reject(new Error("503"));
        });
        instance.intent();
        await flush();
        at()(host);
        await chat();
        expect(started()).toEqual(full());
        expect(calls(host).filter((call) => call === NAME)).toHaveLength(2);
    });

    test("of an unsaved record has its table, and nobody is told that the rest is missing", async () => {
        mountOne(own, at({ table: "account", id: "", name: "", url: "" }));
        await chat();
        expect(started()).toEqual({ Title: "Seller", RecordTable: "account", Email: "alex@contoso.com" });
        expect([code(instance), instance.view.text]).toEqual(["", "chatting_text"]);
        expect(calls(host)).toEqual(["user ?$select=internalemailaddress,jobtitle"]);
    });

    test("that a maker's address goes with needs no call without columns", async () => {
        mountOne({ snippet: SNIPPET, userEmail: "kim@contoso.com", contextVariables: "A=b" });
        await chat();
        expect(started()).toEqual({ A: "b", Email: "kim@contoso.com" });
        expect(host.asked).toEqual([]);
    });

    test("leaves room for what is sent anyway: a hundred variables in all", async () => {
        mountOne({ ...own, contextVariables: Array.from({ length: 100 }, (_, index) => `V${index}=x`).join("\n") }, at());
        await chat();
        expect(Object.keys(started())).toHaveLength(100);
        expect(started()).toMatchObject({ Email: "alex@contoso.com", RecordName: RECORD.name });
    });

    describe("for Microsoft's own button", () => {
        /** The chat has been and gone; the widget is at rest. */
        async function rest(): Promise<void> {
            mountOne(own, at());
            await chat();
            services.widget.tell("closed");
            await flush();
            expect(button()).toEqual(full());
        }

        test("moves on with the record, in one call, and loses the old one at once", async () => {
            await rest();
            host.record = OTHER_RECORD;
            instance.update();
            expect(button()).toEqual(LASTING);
            await flush();
            expect(button()).toEqual(full(OTHER_RECORD));
            instance.update();
            await flush();
            expect(calls(host).filter((call) => call.startsWith("account"))).toEqual([NAME, OTHER_NAME]);
        });

        test("asks for the record once in 30 s, though other variables change at each render", async () => {
            const tick = async (count: number): Promise<void> => {
                host.properties = { ...host.properties, contextVariables: `${own.contextVariables}\nSeconds=${count}` };
                instance.update();
                await flush();
                expect(button()).toEqual({ ...full(), Seconds: String(count) });
            };
            await rest();
            for (let count = 0; count < 20; count++) await tick(count);
            await services.page.clock.advance(29_000);
            await tick(20);
            expect(calls(host).filter((call) => call === NAME)).toHaveLength(1);
            await services.page.clock.advance(1_000);
            await tick(21);
            await tick(22);
            expect(calls(host).filter((call) => call === NAME)).toHaveLength(2);
            expect(services.page.clock.running).toBe(1);
        });

        test("asks anew for other columns, and for a row that could not be read", async () => {
            await rest();
            host.row = () => Promise.reject(new Error("503"));
            for (const contextVariables of ["A={record.city}", "A={record.city}\nB=1"]) {
                host.properties = { ...host.properties, contextVariables };
                instance.update();
                await flush();
            }
            expect(calls(host).filter((call) => call.endsWith("=city"))).toHaveLength(2);
        });

        test("moves on to another form's control, whichever comes first", async () => {
            await rest();
            const next = mount(own, at(OTHER_RECORD));
            await rendered(next.instance);
            instance.destroy();
            expect(button()).toEqual(full(OTHER_RECORD));
            next.instance.destroy();
            expect(button()).toEqual(LASTING);
        });

        test("is the remaining control's again when the one over it goes", async () => {
            await rest();
            const over = mount(own, at(OTHER_RECORD));
            await rendered(over.instance);
            expect(button()).toEqual(full(OTHER_RECORD));
            over.instance.destroy();
            await flush();
            expect(button()).toEqual(full());
        });

        test("is not asked for while a chat goes on, and there as soon as it has ended", async () => {
            mountOne(own, at());
            await chat();
            instance.destroy();
            const next = mount(own, at(OTHER_RECORD));
            await rendered(next.instance);
            expect(calls(next.host).filter((call) => call.startsWith("account"))).toEqual([]);
            services.widget.tell("agent-ended");
            await flush();
            expect(button()).toEqual(full(OTHER_RECORD));
            expect(calls(next.host).filter((call) => call.startsWith("account"))).toEqual([OTHER_NAME]);
        });

        test("holds no record after a press that outlived its control", async () => {
            mountOne(own, at());
            instance.press();
            instance.destroy();
            await getReady();
            expect(started()).toEqual(full());
            services.widget.tell("opened", "queued", "closed");
            await flush();
            expect(button()).toEqual(LASTING);
        });

        test("and a press after a load that was begun at another record, are about the record that was pressed on", async () => {
            let answer: (row: unknown) => void = () => undefined;
            mountOne({ ...own, startMode: "widgetButton", requireEmail: true }, (given) => {
                at()(given);
                given.user = () => new Promise((resolve) => (answer = resolve));
            });
            await rendered(instance);
            services.page.idle();
            await flush();
            host.record = OTHER_RECORD;
            instance.update();
            instance.press();
            answer({ internalemailaddress: "alex@contoso.com", jobtitle: "Seller" });
            await getReady();
            expect(started()).toEqual(full(OTHER_RECORD));
            services.widget.tell("opened", "queued", "closed");
            await flush();
            expect(button()).toEqual(full(OTHER_RECORD));
        });

        test("is the record's at the first load with Widget button", async () => {
            mountOne({ ...own, startMode: "widgetButton" }, at());
            await rendered(instance);
            services.page.idle();
            await getReady();
            expect(services.session.state.kind).toBe("ready");
            expect(button()).toEqual(full());
            expect(calls(host).filter((call) => call.startsWith("account"))).toHaveLength(1);
        });
    });

    describe("in the designer", () => {
        const preview = async (contextVariables: string, given: (host: FakeHost) => void = () => undefined): Promise<Record<string, string>> => {
            mountOne({ snippet: SNIPPET, contextVariables }, (designer) => {
                designer.authoring = "yes";
                at()(designer);
                designer.record = { table: "account", id: "", name: "", url: "" };
                given(designer);
            });
            await rendered(instance);
            expect(services.widget.calls).toEqual([]);
            return Object.fromEntries(instance.view.details.map(({ term, description }) => [term, description]));
        };

        test("says what the agent gets", async () => {
            expect(await preview("Title={user.jobtitle}\nName=x\nA=b")).toMatchObject({ preview_context: "Email, Title, Name, A" });
        });

        test("asks the tables whether they have the columns, though there is no record", async () => {
            const refuse = (select: string): Promise<never> => Promise.reject(new Error(`Could not find a property named '${/nmae|_nmae_value/.exec(select)?.[0] ?? ""}' on type 'x'.`));
            const details = await preview("A={record.nmae}\nB={record.name}\nC={user.jobtitle}", (designer) => {
                designer.rows = (table, query) => (query.includes("nmae") ? refuse(query) : Promise.resolve(table === "account" ? [{ name: "Any" }] : []));
            });
            expect(details).toMatchObject({ A: "drop_column-unknown", preview_context: "Email, B, C" });
            expect(host.asked).toContain("account");
        });

        test("takes no empty table for one without columns", async () => {
            const details = await preview("B={record.name}");
            expect(details).not.toHaveProperty("B");
        });

        test.each([
            ["not be read", (designer: FakeHost) => void (designer.rows = (table) => (table === "account" ? Promise.reject(new Error("403")) : Promise.resolve([]))), "drop_unreadable"],
            ["not be known", (designer: FakeHost) => void (designer.record = undefined), "drop_no-record"],
        ])("says so when the record's table can %s", async (_, given, text) => {
            expect(await preview("B={record.name}", given)).toMatchObject({ B: text });
        });

        test("says anew when the maker types on, and asks nothing where nothing is typed", async () => {
            await preview("nonsense");
            host.properties = { ...host.properties, contextVariables: "A=b" };
            instance.update();
            await flush();
            expect(instance.view.details.find(({ term }) => term === "preview_context")?.description).toBe("Email, A");
            expect(instance.view.details.map(({ term }) => term)).not.toContain("nonsense");
            host.properties = { ...host.properties, contextVariables: "" };
            instance.update();
            await flush();
            expect(instance.view.details.find(({ term }) => term === "preview_context")?.description).toBe("Email");
            expect((await preview("  ")).preview_context).toBe("Email");
            expect(calls(host)).toEqual([]);
        });
    });
});

describe("the contact, if it is to be checked", () => {
    const CONTACTS = "contact ?$select=contactid&$filter=emailaddress1 eq 'alex%40contoso.com' and statuscode eq 1&$top=2";
    const own = { snippet: SNIPPET, contactCheck: true } as const;
    const having = (count: number) => (given: FakeHost) => void (given.rows = () => Promise.resolve(Array.from({ length: count }, () => ({}))));

    test.each([
        [0, "contact-missing"],
        [2, "contact-ambiguous"],
        [1, ""],
    ])("%i of them: %j is told at intent, by one call, and the chat goes on", async (count, notice) => {
        mountOne(own, having(count));
        instance.intent();
        instance.intent();
        await flush();
        expect(host.asked).toEqual([USER_ROW, CONTACTS]);
        await chat();
        expect([code(instance), instance.view.text]).toEqual([notice, notice ? `notice_${notice}` : "chatting_text"]);
        expect(host.raised).toEqual(["ChatStarted"]);
        expect(host.asked).toEqual([USER_ROW, CONTACTS]);
    });

    test("is told on the next form without another call", async () => {
        mountOne(own, having(0));
        await chat();
        instance.destroy();
        const next = mount(own, having(0));
        expect(code(next.instance)).toBe("contact-missing");
        expect(next.host.asked).toEqual([]);
    });

    test("is asked about anew where none was found, as one may have been made, and is not where one was", async () => {
        mountOne(own, having(0));
        instance.intent();
        await services.page.clock.advance(30_000);
        having(1)(host);
        instance.intent();
        await services.page.clock.advance(30_000);
        instance.intent();
        await flush();
        expect(code(instance)).toBe("");
        expect(host.asked).toEqual([USER_ROW, CONTACTS, CONTACTS]);
    });

    test("is asked about once in 30 s, though other variables change at each render", async () => {
        mountOne(own, having(0));
        for (let count = 0; count < 20; count++) {
            host.properties = { ...host.properties, contextVariables: `Seconds=${count}` };
            instance.intent();
            await flush();
        }
        expect(host.asked).toEqual([USER_ROW, CONTACTS]);
        host.properties = { ...host.properties, userEmail: "kim@contoso.com" };
        instance.intent();
        await flush();
        expect(host.asked).toHaveLength(3);
    });

    test("of another address is another one", async () => {
        mountOne(own, having(0));
        instance.intent();
        await flush();
        expect(code(instance)).toBe("contact-missing");
        expect(code(mount({ ...own, userEmail: "kim@contoso.com" }, having(1)).instance)).toBe("");
    });

    test("keeps no press waiting, and says nothing where contacts cannot be read", async () => {
        mountOne(own, (given) => void (given.rows = () => new Promise(() => undefined)));
        await chat();
        expect(code(instance)).toBe("");
        services = createFakeServices();
        mountOne(own, (given) => void (given.rows = () => Promise.reject(new Error("403"))));
        await chat();
        expect(code(instance)).toBe("");
    });

    test("is not asked about where there is no address, or nobody wants to know, nor in the designer", async () => {
        mountOne(own, (given) => void (given.user = () => Promise.resolve({})));
        await chat();
        expect([code(instance), host.asked]).toEqual(["email-missing", [USER_ROW]]);
        mountOne({ ...own, contactCheck: false }, having(0));
        instance.intent();
        await flush();
        expect(host.asked.filter((call) => call.startsWith("contact"))).toEqual([]);
        mountOne({ ...own, contextVariables: "A=b" }, (given) => void (given.authoring = "yes"));
        instance.update();
        await flush();
        expect(host.asked.filter((call) => call.startsWith("contact"))).toEqual([]);
    });
});
describe("without a network", () => {
    const NO_NETWORK = { type: "failed", code: "offline", detail: "" } as const;

    test("a press is told as offline, once, and goes on by itself when the network is back, with an address that is looked up anew", async () => {
        mountOne({ snippet: SNIPPET });
        host.user = () => Promise.reject(new Error("no network"));
        services.page.connect(false);
        instance.press();
        await flush();
        services.widget.tell(NO_NETWORK);
        expect(host.raised).toEqual(["ChatFailed"]);
        expect([code(instance), instance.outputs.chatState, services.page.listening]).toEqual(["offline", "failed", 1]);
        await services.page.clock.advance(600_000);
        expect(loads()).toHaveLength(1);
        host.user = () => Promise.resolve({ internalemailaddress: "alex@contoso.com" });
        services.page.connect(true);
        await getReady();
        services.widget.tell("opened", "queued");
        expect(services.widget.started).toEqual([{ Email: { value: "alex@contoso.com", isDisplayable: true } }]);
        expect(host.raised).toEqual(["ChatFailed", "ChatStarted"]);
        expect([code(instance), services.page.listening, services.page.clock.running]).toEqual(["", 0, 0]);
    });

    test("settings that cannot be read are offline, too, and are read when the network is back", async () => {
        mountOne();
        host.rows = () => Promise.reject(new Error("no network"));
        services.page.connect(false);
        instance.press();
        await flush();
        expect([code(instance), instance.outputs.chatState, host.raised]).toEqual(["offline", "failed", ["ChatFailed"]]);
        inEnvironment(host);
        services.page.connect(true);
        await getReady();
        services.widget.tell("opened", "queued");
        expect(instance.outputs.chatState).toBe("chatting");
    });

    test("with a network, settings that cannot be read are told as such", async () => {
        mountOne();
        host.rows = () => Promise.reject(new Error("forbidden"));
        instance.press();
        await flush();
        expect([code(instance), services.page.listening]).toEqual(["settings-unreadable", 0]);
    });

    test("a widget that was loading on its own goes on loading, and starts nothing", async () => {
        mountOne({ snippet: SNIPPET, startMode: "widgetButton" });
        renderAgain();
        await flush();
        services.page.idle();
        await flush();
        services.page.connect(false);
        services.widget.tell(NO_NETWORK);
        expect(code(instance)).toBe("offline");
        services.page.connect(true);
        await getReady();
        expect(services.session.state.kind).toBe("ready");
        expect([loads().length, services.widget.started]).toEqual([2, []]);
    });

    test("start modes that could not read their settings act when the network is back", async () => {
        mountOne({ startMode: "widgetButton" });
        host.rows = () => Promise.reject(new Error("no network"));
        services.page.connect(false);
        renderAgain();
        await flush();
        expect(code(instance)).toBe("offline");
        inEnvironment(host);
        services.page.connect(true);
        await flush();
        services.page.idle();
        await getReady();
        expect(services.session.state.kind).toBe("ready");
    });

    describe("a press is never lost", () => {
        const failing = (): Promise<never> => Promise.reject(new Error("no network"));

        /** Presses without a network, so that the settings cannot be read. */
        async function pressOffline(change: Partial<Properties> = {}): Promise<void> {
            mountOne(change);
            host.rows = failing;
            services.page.connect(false);
            instance.press();
            await flush();
            expect(code(instance)).toBe("offline");
        }

        /** The network is back, and the environment names a widget. */
        async function comeBack(): Promise<void> {
            inEnvironment(host);
            services.page.connect(true);
            await getReady();
            services.widget.tell("opened", "queued");
        }

        test.each(["button", "widgetButton"] as const)("by later updates, with %s", async (startMode) => {
            await pressOffline({ startMode });
            await rendered(instance);
            await rendered(instance);
            expect([code(instance), host.raised]).toEqual(["offline", ["ChatFailed"]]);
            await comeBack();
            expect([instance.outputs.chatState, services.widget.started]).toEqual(["chatting", [EMAIL]]);
        });

        test.each(["button", "widgetButton"] as const)("by a second one, with %s, and one chat starts", async (startMode) => {
            await pressOffline({ startMode });
            await rendered(instance);
            instance.press();
            await rendered(instance);
            expect([code(instance), services.page.listening]).toEqual(["offline", 1]);
            await comeBack();
            expect([instance.outputs.chatState, services.widget.started]).toEqual(["chatting", [EMAIL]]);
        });

        test("by a network that goes again at once", async () => {
            await pressOffline();
            services.page.connect(true);
            services.page.connect(false);
            await rendered(instance);
            expect([code(instance), services.page.listening]).toEqual(["offline", 1]);
            await comeBack();
            expect(instance.outputs.chatState).toBe("chatting");
        });

        test("by a network that is back, and brings nothing at first", async () => {
            await pressOffline();
            host.user = failing;
            services.page.connect(true);
            await flush();
            await services.page.clock.advance(1_000);
            inEnvironment(host);
            await services.page.clock.advance(2_000);
            // The settings can be read now, and the address cannot.
            expect([code(instance), services.widget.calls]).toEqual(["offline", []]);
            host.user = () => Promise.resolve({ internalemailaddress: "alex@contoso.com" });
            await services.page.clock.advance(4_000);
            await getReady();
            services.widget.tell("opened", "queued");
            expect([instance.outputs.chatState, services.widget.started, host.raised]).toEqual(["chatting", [EMAIL], ["ChatFailed", "ChatStarted"]]);
        });

        test("and what can never be read is told after five looks in 15 s", async () => {
            await pressOffline();
            services.page.connect(true);
            await services.page.clock.advance(14_999);
            expect(code(instance)).toBe("offline");
            await services.page.clock.advance(1);
            expect(code(instance)).toBe("settings-unreadable");
        });

        test.each(["button", "widgetButton"] as const)("by properties that change, with %s", async (startMode) => {
            await pressOffline({ startMode });
            renderAgain({ userEmail: "kim@contoso.com" });
            await flush();
            expect(services.page.listening).toBe(1);
            await comeBack();
            expect(services.widget.started).toEqual([{ Email: { value: "kim@contoso.com", isDisplayable: true } }]);
        });

        test("by a widget that loads on its own meanwhile", async () => {
            mountOne({ snippet: SNIPPET, startMode: "widgetButton", requireEmail: true });
            host.user = failing;
            services.page.connect(false);
            instance.press();
            await flush();
            await rendered(instance);
            services.page.idle();
            await flush();
            host.user = () => Promise.resolve({ internalemailaddress: "alex@contoso.com" });
            await comeBack();
            expect([instance.outputs.chatState, services.widget.started]).toEqual(["chatting", [EMAIL]]);
        });

        test.each<readonly [string, Parameters<typeof properties>[0], () => void]>([
            ["the settings", {}, () => undefined],
            ["the script", { snippet: SNIPPET }, () => services.widget.tell(NO_NETWORK)],
        ])("and is about the record on which it came, where the network did not bring %s", async (_, change, fail) => {
            const at = (name: string) => ({ table: "account", id: "10000000-0000-4000-8000-000000000001", name, url: "" });
            mountOne({ ...change, shareRecord: true }, (given) => void (given.record = at("First")));
            host.rows = failing;
            services.page.connect(false);
            instance.press();
            await flush();
            fail();
            expect(code(instance)).toBe("offline");
            host.record = at("Second");
            await rendered(instance);
            await comeBack();
            expect(services.widget.started.map((variables) => variables["RecordName"]?.value)).toEqual(["First"]);
        });

        test("and starts one chat only", async () => {
            await pressOffline({ startMode: "widgetButton" });
            await comeBack();
            services.widget.tell("closed");
            services.page.connect(false);
            services.page.connect(true);
            await flush();
            expect([instance.outputs.chatState, services.widget.started.length, services.page.listening]).toEqual(["ready", 1, 0]);
        });
    });

    test("nothing goes on when the control has gone", async () => {
        mountOne({ snippet: SNIPPET });
        services.page.connect(false);
        instance.press();
        await flush();
        services.widget.tell(NO_NETWORK);
        instance.destroy();
        expect(services.page.listening).toBe(0);
        services.page.connect(true);
        await flush();
        expect(loads()).toHaveLength(1);
    });
});

test("a conversation that the browser cannot remember is said so once somebody wants one, and never before", async () => {
    mountOne({ snippet: SNIPPET });
    services.page.marker.isBlocked = true;
    instance.update();
    expect(code(instance)).toBe("");
    await chat();
    expect(code(instance)).toBe("storage-blocked");
    expect(instance.view.text).toBe("notice_storage-blocked");
    expect(host.raised).toEqual(["ChatStarted"]);
});

test("a failure carries the time at which it came, and a second one its own", async () => {
    jest.useFakeTimers({ now: Date.UTC(2026, 0, 2, 3, 4, 5, 678), doNotFake: ["setImmediate", "queueMicrotask", "nextTick"] });
    try {
        mountOne({ snippet: SNIPPET });
        const time = (): string | undefined => instance.view.details.find(({ term }) => term === "details_time")?.description;
        instance.press();
        await flush();
        services.widget.tell({ type: "failed", code: "widget-error", detail: "" });
        expect(time()).toBe("2026-01-02T03:04:05Z");
        jest.setSystemTime(Date.UTC(2026, 0, 2, 4));
        instance.update();
        expect(time()).toBe("2026-01-02T03:04:05Z");
        instance.press();
        await flush();
        services.widget.tell({ type: "failed", code: "widget-error", detail: "" });
        expect(time()).toBe("2026-01-02T04:00:00Z");
    } finally {
        jest.useRealTimers();
    }
});
