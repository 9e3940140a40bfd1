// Covers chat/session where askers, tabs and users cross: what is late, what is somebody else's, what is told once.
import { createSession } from "../../../ChatWithAgent/chat/session";
import type { ChatRequest, Session } from "../../../ChatWithAgent/chat/session";
import type { Occurrence } from "../../../ChatWithAgent/chat/machine";
import type { ChatContext, Email } from "../../../ChatWithAgent/chat/ports";
import { APP, OPEN, ORG, OTHER_APP, OTHER_USER, USER, contextOf, createFakeClock, createFakeMarker } from "./fakes";
import { createFakeWidget, flush, widgetSettings } from "./fakes";
import type { FakeClock, FakeMarker, FakeWidget } from "./fakes";
import { show } from "./samples";

const KNOWN: Email = { kind: "known", address: "alex@contoso.com" };
const ME = {};
const EMAIL = { Email: { value: "alex@contoso.com", isDisplayable: true } };
const CLOSED = { ...OPEN, isClosed: true };

let clock: FakeClock;
let widget: FakeWidget;
let marker: FakeMarker;
let session: Session;
let told: (Occurrence | undefined)[];

const deal = (name: string): ChatContext["variables"] => ({ ...EMAIL, Deal: { value: name, isDisplayable: true } });
const about = (name: string): ChatContext => contextOf(KNOWN, { variables: deal(name), lasting: EMAIL });
const request = (change: Partial<ChatRequest> = {}): ChatRequest => ({
    widget: widgetSettings(),
    userId: USER,
    by: ME,
    isPress: true,
    context: Promise.resolve(about("A")),
    ...change,
});
const on = (name: string): ChatRequest => request({ context: Promise.resolve(about(name)) });
const is = (): string => show(session.state);
const occurrences = (): Occurrence[] => told.filter((each) => each !== undefined);

function later<T>(): { readonly promise: Promise<T>; readonly settle: (value: T) => Promise<void> } {
    let resolve: (value: T) => void = () => undefined;
    const promise = new Promise<T>((settle) => (resolve = settle));
    return {
        promise,
        settle(value) {
            resolve(value);
            return flush();
        },
    };
}

/** The widget becomes ready, and nothing comes back from its cache. */
async function getReady(milliseconds = 300): Promise<void> {
    await flush();
    widget.tell("arrived", "ready");
    await clock.advance(milliseconds);
}

async function rest(): Promise<void> {
    session.load(request({ isPress: false }));
    await getReady(4_000);
    expect(is()).toBe("ready");
}

async function chat(): Promise<void> {
    session.start(request());
    await getReady();
    widget.tell("opened", "queued");
    expect(is()).toBe("chatting");
}

/** The widget becomes ready, and another user's conversation comes back and goes. */
async function expel(): Promise<void> {
    await getReady(100);
    widget.tell("restored", "history", "closed");
    await clock.advance(1_500);
}

beforeEach(() => {
    clock = createFakeClock();
    widget = createFakeWidget();
    marker = createFakeMarker();
    session = createSession({ widget, marker, clock });
    told = [];
    session.subscribe((occurrence) => told.push(occurrence));
});

test("a conversation that runs here keeps its marker when another tab drops that of its own", async () => {
    await chat();
    marker.dropElsewhere();
    expect([is(), marker.own(widgetSettings(), USER)]).toEqual(["chatting", true]);
});

describe("a conversation that comes back", () => {
    test("with this user's marker begins without an occurrence, and its end is told", async () => {
        marker.owners.set(APP, USER);
        session.load(request({ isPress: false }));
        await getReady(100);
        widget.tell("restored");
        expect(occurrences()).toEqual([]);
        widget.tell("closed");
        expect(occurrences()).toEqual(["ChatEnded"]);
    });

    test("after one that was opened in this window is this user's, although the marker has gone", async () => {
        await chat();
        widget.tell("closed");
        expect(marker.owners.size).toBe(0);
        widget.tell("restored");
        expect(is()).toBe("chatting");
        expect(widget.calls).not.toContain("close");
    });

    test("is this user's as of the loading, although the marker has run out since", async () => {
        marker.owners.set(APP, USER);
        session.load(request({ isPress: false }));
        marker.owners.clear();
        await getReady(100);
        widget.tell("restored");
        expect(is()).toBe("chatting");
    });

    test("is hidden and closed again where nobody has opened it and another user's has gone before", async () => {
        session.load(request({ isPress: false }));
        await expel();
        expect(is()).toBe("ready");
        widget.tell("queued");
        expect(is()).toBe("expelling returning rest prepared");
        expect(widget.isHidden).toBe(true);
    });

    test("keeps a press that waits for its context from starting beside it", async () => {
        await rest();
        const late = later<ChatContext>();
        session.start(request({ context: late.promise }));
        await flush();
        widget.tell("restored");
        await late.settle(about("B"));
        expect(is()).toBe("expelling returning start prepared");
        expect(widget.started).toEqual([]);
    });
});

describe("occurrences", () => {
    test("tell of the start of a chat before which another user's had to go", async () => {
        session.start(request());
        await expel();
        widget.tell("opened", "queued");
        expect(occurrences()).toEqual(["ChatStarted"]);
    });

    test("tell of the start of a chat whose window was shown before it was told", async () => {
        await chat();
        widget.tell("agent-ended", { type: "closed", isSure: false });
        session.start(request());
        await flush();
        widget.tell("opened");
        await clock.advance(1_500);
        expect(is()).toBe("user-action start rest");
        expect(occurrences()).toEqual(["ChatStarted", "ChatEnded"]);
        widget.tell("queued", "queued");
        expect(occurrences()).toEqual(["ChatStarted", "ChatEnded", "ChatStarted"]);
    });

    test("reach those who have joined meanwhile, and none who has left meanwhile", () => {
        const heard: string[] = [];
        const second: { leave?: () => void } = {};
        const leave = session.subscribe(() => {
            heard.push("first");
            leave();
            second.leave?.();
            session.subscribe(() => heard.push("third"));
        });
        second.leave = session.subscribe(() => heard.push("second"));
        session.start(request());
        expect(heard).toEqual(["first", "second"]);
        widget.tell("arrived");
        expect(heard).toEqual(["first", "second", "third"]);
    });
});

describe("a conversation in another tab", () => {
    beforeEach(async () => {
        await rest();
        marker.owners.set(APP, USER);
    });

    test("is this tab's at once if its window is open here", () => {
        widget.open = true;
        widget.tell("message");
        expect(is()).toBe("chatting");
        expect(marker.calls).toEqual(["keep"]);
    });

    test("goes on when another widget's marker is dropped", () => {
        widget.tell("message");
        marker.owners.set(OTHER_APP, USER);
        marker.dropElsewhere(OTHER_APP);
        expect(is()).toBe("elsewhere");
    });

    test.each([
        ["a press", () => session.start(request())],
        ["bringing back", () => session.bringBack()],
    ])("is brought here by %s, outside of the hours, too", async (_, act) => {
        widget.tell("message");
        widget.answer = Promise.resolve(CLOSED);
        act();
        await flush();
        expect(widget.started).toEqual([deal("A")]);
        expect(is()).toBe("starting opening");
    });

    test("keeps its marker, whatever else is told here", () => {
        widget.tell("closed", "agent-ended", "minimised", "ready");
        expect(marker.owners.get(APP)).toBe(USER);
    });
});

test("another user's conversation in another tab goes, hidden, before a press starts, and its marker with it", async () => {
    await chat();
    widget.tell("closed");
    marker.owners.set(APP, OTHER_USER);
    widget.tell("message");
    expect(is()).toBe("ready");
    session.start(request());
    await flush();
    widget.tell("restored");
    expect(is()).toBe("expelling returning start prepared");
    expect(widget.isHidden).toBe(true);
    expect(marker.owners.has(APP)).toBe(false);
});

describe("after the agent's end a press", () => {
    test("leaves the window to the user where nothing is known of a survey", async () => {
        widget.answer = Promise.resolve(undefined);
        await chat();
        widget.open = true;
        widget.tell("agent-ended");
        session.start(request());
        expect(is()).toBe("user-action end start");
        expect(widget.calls).not.toContain("close");
    });

    test("starts anew where the frame's size tells nothing", async () => {
        await chat();
        widget.open = undefined;
        widget.tell("agent-ended");
        session.start(request());
        expect(is()).toBe("starting closing");
    });
});

describe("in a window that has had a chat of this user", () => {
    beforeEach(async () => {
        await chat();
        widget.tell("closed");
        session.start(request());
        await flush();
    });

    test("the frame is not hidden for the next one", () => {
        expect(is()).toBe("starting opening");
        expect(widget.isHidden).toBe(false);
    });

    test("a window without a conversation is the user's turn after 1.5 s", async () => {
        widget.tell("opened");
        await clock.advance(1_500);
        expect(is()).toBe("user-action start rest");
    });
});

test("a start has 30 s of its own, however long the loading took", async () => {
    session.start(request());
    await clock.advance(25_000);
    await getReady();
    await clock.advance(29_990);
    expect(is()).toBe("starting opening slow");
    await clock.advance(10);
    expect(is()).toBe("failed start-timeout reload");
});

describe("what an earlier asker is answered late", () => {
    test("is not what goes to the agent", async () => {
        await rest();
        const late = later<ChatContext>();
        session.start(request({ context: late.promise }));
        session.start(on("B"));
        await late.settle(about("C"));
        expect(widget.started).toEqual([deal("B")]);
        expect(session.context?.variables).toEqual(deal("B"));
    });

    test("is not what Microsoft's button sends", async () => {
        const late = later<ChatContext>();
        session.start(request({ context: late.promise }));
        session.start(on("B"));
        await flush();
        await late.settle(about("C"));
        expect(widget.provided).toEqual([deal("B")]);
    });

    test("does not refuse the press that came since", async () => {
        const late = later<typeof OPEN>();
        widget.answer = late.promise;
        session.load(request({ isPress: false }));
        widget.answer = Promise.resolve(OPEN);
        session.start(request());
        await flush();
        await late.settle(CLOSED);
        expect(is()).toBe("loading fetching start prepared");
    });

    test("says nothing of another widget", async () => {
        const late = later<typeof OPEN>();
        widget.answer = late.promise;
        session.start(request());
        widget.tell({ type: "failed", code: "script-blocked-by-csp", detail: "" });
        widget.answer = Promise.resolve(OPEN);
        session.start(request({ widget: widgetSettings(OTHER_APP) }));
        await flush();
        await late.settle(CLOSED);
        expect(session.configuration).toBe(OPEN);
    });

    test("opens nothing once the chat is over that a press wanted to see", async () => {
        marker.owners.set(APP, USER);
        const late = later<ChatContext>();
        session.start(request({ context: late.promise }));
        await getReady(100);
        widget.tell("restored", "closed");
        await late.settle(about("A"));
        expect(is()).toBe("ready");
        expect(widget.started).toEqual([]);
    });
});

test("a retry sends what it says of the user", async () => {
    session.start(request({ context: Promise.resolve(contextOf({ kind: "failed" })) }));
    await getReady();
    widget.tell({ type: "failed", code: "widget-error", detail: "" });
    session.start(request());
    await flush();
    expect(widget.started).toEqual([{}, deal("A")]);
    expect(session.context?.email).toEqual(KNOWN);
});

test.each(["at once", "later"])("another's widget, found %s, gets nothing of ours and is not hidden", async (when) => {
    const conflict = (): void => widget.tell({ type: "failed", code: "widget-conflict", detail: "" });
    const late = later<ChatContext>();
    if (when !== "later") widget.onLoad = conflict;
    session.start(request({ context: late.promise }));
    if (when === "later") conflict();
    await late.settle(about("A"));
    expect(is()).toBe("conflict");
    expect(widget.isHidden).toBe(false);
    expect([widget.provided, widget.started]).toEqual([[], []]);
    expect(occurrences()).toEqual(["ChatFailed"]);
});

describe("the place for a widget", () => {
    test("is taken for the same widget of another organization, too", () => {
        session.start(request());
        expect(session.conflicts(widgetSettings(APP, OTHER_USER))).toBe(true);
        expect(session.conflicts(widgetSettings(APP, ORG))).toBe(false);
    });

    test.each([
        ["is silent, and may still wake up", false, "failed widget-timeout load"],
        ["did come", true, "failed start-timeout reload"],
    ])("is kept for one that %s", async (_, isReady, state) => {
        session.start(request());
        widget.tell("arrived");
        if (isReady) await getReady();
        await clock.advance(30_000);
        expect(is()).toBe(state);
        expect(session.conflicts(widgetSettings(OTHER_APP))).toBe(true);
    });
});

describe("what Microsoft's own button sends", () => {
    test("loses the record of who has left while the widget loads for nobody, and others are told", async () => {
        session.load(request({ isPress: false }));
        await flush();
        expect(widget.provided).toEqual([deal("A")]);
        const before = told.length;
        session.leave(ME);
        expect(is()).toBe("loading fetching rest prepared");
        expect(widget.provided.at(-1)).toEqual(EMAIL);
        expect(told).toHaveLength(before + 1);
    });

    test("keeps the record while a press waits for the widget, although its asker has left", async () => {
        session.start(request());
        await flush();
        session.leave(ME);
        expect(widget.provided).toEqual([deal("A")]);
        await getReady();
        expect(widget.started).toEqual([deal("A")]);
    });

    test("keeps the record while the user answers a survey, and loses it with the survey", async () => {
        await rest();
        widget.tell("opened");
        session.leave(ME);
        expect(widget.provided.at(-1)).toEqual(deal("A"));
        widget.tell("closed");
        expect(widget.provided.at(-1)).toEqual(EMAIL);
    });

    test("is not what a press was about whose asker had left before", async () => {
        session.start({ widget: widgetSettings(), userId: USER, isPress: true, context: Promise.resolve(about("A")) });
        await getReady();
        widget.tell("opened", "queued", "closed");
        expect(widget.started).toEqual([deal("A")]);
        expect(widget.provided.at(-1)).toEqual(EMAIL);
        expect(session.offerer).toBeUndefined();
    });

    test("is not what was offered while a conversation went on", async () => {
        await chat();
        session.offer({ ...on("B"), by: {} });
        await flush();
        widget.tell("closed");
        expect(widget.provided.at(-1)).toEqual(deal("A"));
        expect(session.offerer).toBe(ME);
    });

    test("is what was offered last, although an earlier offer becomes known later", async () => {
        await rest();
        const late = later<ChatContext>();
        session.offer(request({ context: late.promise }));
        expect(widget.provided.at(-1)).toEqual(EMAIL);
        session.offer(on("C"));
        await flush();
        await late.settle(about("B"));
        expect(widget.provided.at(-1)).toEqual(deal("C"));
        expect(session.context?.variables).toEqual(deal("C"));
    });
});
