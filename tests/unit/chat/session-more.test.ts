// Covers chat/session where it must not react: what is nobody's here, an end that is none, a timer that nobody wants, a context that is out of date.
import { createSession } from "../../../ChatWithAgent/chat/session";
import type { ChatRequest, Session } from "../../../ChatWithAgent/chat/session";
import type { Occurrence, WidgetEvent } from "../../../ChatWithAgent/chat/machine";
import type { ChatContext, Email } from "../../../ChatWithAgent/chat/ports";
import { APP, OTHER_USER, USER, contextOf, createFakeClock, createFakeMarker, createFakeWidget, flush, widgetSettings } from "./fakes";
import type { FakeClock, FakeMarker, FakeWidget } from "./fakes";
import { show } from "./samples";

const KNOWN: Email = { kind: "known", address: "alex@contoso.com" };
const ME = {};
const CONTEXT = { Email: { value: "alex@contoso.com", isDisplayable: true } };

/** How long a foreign conversation has to stay away after it was closed, in milliseconds. */
const QUIET = 1_500;

let clock: FakeClock;
let widget: FakeWidget;
let marker: FakeMarker;
let session: Session;
let told: (Occurrence | undefined)[];
let leave: () => void;

const deal = (name: string): ChatContext => contextOf(KNOWN, { variables: { Deal: { value: name, isDisplayable: true }, ...CONTEXT }, lasting: CONTEXT });
const request = (name = "A", by: object = ME): ChatRequest => ({ widget: widgetSettings(), userId: USER, by, context: Promise.resolve(deal(name)) });
const is = (): string => show(session.state);
const occurrences = (): Occurrence[] => told.filter((each) => each !== undefined);
const button = (): unknown => widget.provided.at(-1);

/** The widget says what it says on its way to being ready, and nothing comes back from its cache. */
async function getReady(): Promise<void> {
    widget.tell("arrived", "ready");
    await clock.advance(300);
}

async function rest(): Promise<void> {
    session.load(request());
    await getReady();
    expect(is()).toBe("ready");
}

/** The user presses, and a conversation begins. */
async function begin(): Promise<void> {
    session.start(request());
    await flush();
    widget.tell("opened", "queued");
    expect(is()).toBe("chatting");
}

beforeEach(() => {
    clock = createFakeClock();
    widget = createFakeWidget();
    marker = createFakeMarker();
    session = createSession({ widget, marker, clock });
    told = [];
    leave = session.subscribe((occurrence) => told.push(occurrence));
});

describe("while this user's marker, from another tab, stands and nothing goes on here", () => {
    beforeEach(async () => {
        await rest();
        marker.owners.set(APP, USER);
    });

    test("a conversation that comes back is the other tab's", () => {
        widget.tell("restored");
        expect(is()).toBe("elsewhere");
        expect(marker.owners.get(APP)).toBe(USER);
        expect(occurrences()).toEqual([]);
    });

    test.each<[WidgetEvent["type"], string]>([
        ["opened", "starting opened"],
        ["queued", "chatting"],
    ])("what tells of this tab (%s) is no sign of the other one", (event, state) => {
        widget.tell(event);
        expect(is()).toBe(state);
    });
});

describe("while another user's marker stands", () => {
    test.each<[WidgetEvent["type"] | "restored", string]>([
        ["opened", "starting opened"],
        ["queued", "chatting"],
        ["restored", "loading coming rest prepared"],
    ])("and nothing goes on here, only messages are the other tab's; what tells of this one (%s) counts", async (event, state) => {
        await rest();
        marker.owners.set(APP, OTHER_USER);
        widget.tell("message");
        expect(is()).toBe("ready");
        widget.tell(event);
        expect(is()).toBe(state);
    });

    test("the messages of a chat that goes on here are told", async () => {
        await rest();
        await begin();
        marker.owners.set(APP, OTHER_USER);
        widget.tell("message");
        expect(occurrences()).toEqual(["ChatStarted", "MessageReceived"]);
    });
});

test.each([USER, OTHER_USER])("a marker that another tab has written (%s) is not dropped by what changes nothing here", async (owner) => {
    await rest();
    marker.owners.set(APP, owner);
    widget.tell("minimised", "ready", "closed", { type: "pane", pane: "conversation" });
    expect(is()).toBe("ready");
    expect(marker.owners.get(APP)).toBe(owner);
});

describe("a conversation that comes back is nobody's", () => {
    test("when the pane was only opened and closed again", async () => {
        session.start(request());
        await getReady();
        widget.tell("opened", "closed");
        expect(is()).toBe("ready");
        widget.tell("restored");
        expect(is()).toBe("loading coming rest prepared");
        expect(widget.isVeiled).toBe(true);
    });

    test("when the survey before it was left", async () => {
        session.start(request());
        await getReady();
        widget.tell("opened", { type: "pane", pane: "survey" }, "closed");
        expect(is()).toBe("ready");
        widget.tell("restored");
        expect(is()).toBe("loading coming rest prepared");
    });

    test("when a foreign one was closed before, and one is there already while the press still waits for its pane", async () => {
        session.load(request());
        widget.tell("arrived", "ready", "restored", "history", "closed");
        await clock.advance(QUIET);
        session.start(request());
        await flush();
        expect(is()).toBe("starting opening");
        widget.tell("queued");
        expect(is()).toBe("loading coming start prepared");
        expect(widget.isVeiled).toBe(true);
        expect(occurrences()).toEqual([]);
    });
});

describe("soon after an end", () => {
    beforeEach(async () => {
        await rest();
        await begin();
        widget.tell("closed");
        expect(is()).toBe("ready");
    });

    test("the end of the next conversation that a new press has closed is one", async () => {
        await begin();
        widget.tell("agent-ended");
        session.start(request());
        await clock.advance(300);
        expect(widget.calls.at(-1)).toBe("close");
        expect(is()).toBe("starting closing");
        widget.tell("closed");
        await flush();
        expect(is()).toBe("starting opening");
        expect(widget.started).toHaveLength(3);
    });

    test("a call that the widget has dropped, being busy with the end, is made again", async () => {
        session.start(request());
        await flush();
        widget.tell("closed");
        await flush();
        expect(is()).toBe("starting opening");
        expect(widget.started).toHaveLength(3);
    });

    test("a survey that is left is left", async () => {
        session.start(request());
        await flush();
        widget.tell("opened", { type: "pane", pane: "survey" }, "closed");
        expect(is()).toBe("ready");
    });

    test("an echo that comes before the next conversation has no say in it, even if that one is minimised at once", async () => {
        widget.tell("closed");
        await begin();
        widget.tell("minimised");
        await clock.advance(1_000);
        expect(is()).toBe("chatting minimised 0");
        expect(occurrences()).toEqual(["ChatStarted", "ChatEnded", "ChatStarted"]);
    });

    test("an echo does not end the conversation whose pane stays", async () => {
        await begin();
        widget.tell("closed");
        await clock.advance(1_000);
        expect(is()).toBe("chatting");
        expect(occurrences()).toEqual(["ChatStarted", "ChatEnded", "ChatStarted"]);
    });

    test("an echo does not close the pane in which no conversation is yet", async () => {
        session.start(request());
        await flush();
        widget.tell("opened", "closed");
        await clock.advance(1_000);
        expect(is()).toBe("starting opened");
    });
});

describe("timers", () => {
    test("of which nobody hears any more go on, all but the one that would try again", async () => {
        leave();
        session.start(request());
        await getReady();
        expect(is()).toBe("starting opening");
        await clock.advance(8_000);
        expect(is()).toBe("starting opening slow");
    });

    test("that would try again where nobody is there any more give up at once", async () => {
        widget.onLoad = () => widget.tell({ type: "failed", code: "script-unreachable", detail: "host" });
        session.start(request());
        leave();
        await clock.advance(999);
        expect(is()).toBe("loading pausing start prepared slow 1");
        await clock.advance(1);
        expect(is()).toBe("failed script-unreachable load");
    });

    test("say once that it is slow: only the limit runs from then on", async () => {
        session.start(request());
        await getReady();
        expect(clock.running).toBe(2);
        await clock.advance(8_000);
        expect(is()).toBe("starting opening slow");
        expect(clock.running).toBe(1);
    });
});

describe("what Microsoft's own button begins a conversation with", () => {
    test("loses the record of who has left, while the widget is on its way for nobody", async () => {
        session.load(request());
        await flush();
        expect(button()).toEqual(deal("A").variables);
        session.leave(ME);
        expect(is()).toBe("loading fetching rest prepared");
        expect(button()).toEqual(CONTEXT);
    });

    test("is left alone while a press waits for the widget, whose conversation it may become", async () => {
        session.start(request());
        await flush();
        session.leave(ME);
        expect(is()).toBe("loading fetching start prepared");
        expect(button()).toEqual(deal("A").variables);
        await getReady();
        expect(widget.started).toEqual([deal("A").variables]);
    });

    test("is left alone while a survey is on the screen that leads to a conversation", async () => {
        await rest();
        widget.tell("opened", { type: "pane", pane: "survey" });
        expect(is()).toBe("user-action rest");
        session.leave(ME);
        expect(button()).toEqual(deal("A").variables);
        widget.tell("closed");
        expect(button()).toEqual(CONTEXT);
    });

    test("is left alone by a press on a running chat until that is over", async () => {
        await rest();
        await begin();
        session.start(request("B"));
        await flush();
        expect(widget.started).toEqual([deal("A").variables, deal("B").variables]);
        expect(button()).toEqual(deal("A").variables);
        widget.tell("closed");
        expect(button()).toEqual(deal("B").variables);
    });

    test("stays what was offered last when an earlier offer becomes known only then", async () => {
        await rest();
        let answer: () => void = () => undefined;
        const late = new Promise<void>((resolve) => (answer = resolve)).then(() => deal("B"));
        session.offer({ ...request(), context: late });
        session.offer(request("C"));
        await flush();
        expect(button()).toEqual(deal("C").variables);
        const before = told.length;
        answer();
        await flush();
        expect(button()).toEqual(deal("C").variables);
        expect(session.context?.variables).toEqual(deal("C").variables);
        expect(told).toHaveLength(before);
    });
});

test("a start that failed, on a record that is left before the widget's pane has gone: Microsoft's button does not keep that record", async () => {
    session.start(request());
    await getReady();
    widget.tell({ type: "failed", code: "widget-error", detail: "" });
    expect(session.state).toMatchObject({ kind: "failed", resume: "leave" });
    session.leave(ME);
    widget.tell("closed");
    expect(session.state).toMatchObject({ kind: "failed", resume: "start" });
    expect(button()).toEqual(CONTEXT);
});
