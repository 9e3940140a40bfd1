// Covers chat/session: what is asked of widget, marker and clock on the way through a chat, and who is told what.
import { createSession } from "../../../ChatWithAgent/chat/session";
import type { ChatRequest, Session } from "../../../ChatWithAgent/chat/session";
import type { Occurrence } from "../../../ChatWithAgent/chat/machine";
import type { Email } from "../../../ChatWithAgent/chat/ports";
import { APP, OTHER_APP, OTHER_USER, USER, contextOf, createFakeClock, createFakeMarker, createFakeWidget, flush, widgetSettings } from "./fakes";
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

const request = (email: Promise<Email> = Promise.resolve(KNOWN), appId = APP): ChatRequest => ({ widget: widgetSettings(appId), userId: USER, by: ME, context: email.then((known) => contextOf(known)) });
const is = (): string => show(session.state);
const occurrences = (): Occurrence[] => told.filter((each) => each !== undefined);

/** The widget says what it says on its way to being ready, and nothing comes back from its cache. */
async function getReady(): Promise<void> {
    widget.tell("arrived", "ready");
    await clock.advance(300);
}

async function chat(): Promise<void> {
    session.start(request());
    await getReady();
    widget.tell("opened", "queued");
    expect(is()).toBe("chatting");
}

beforeEach(() => {
    clock = createFakeClock();
    widget = createFakeWidget();
    marker = createFakeMarker();
    session = createSession({ widget, marker, clock });
    told = [];
    session.subscribe((occurrence) => told.push(occurrence));
});

test("a session that nobody has asked anything of touches nothing", () => {
    expect(is()).toBe("idle");
    expect(session.context?.email).toBeUndefined();
    expect([...widget.calls, ...marker.calls]).toEqual([]);
    expect(widget.isVeiled).toBeUndefined();
    expect(clock.running).toBe(0);
});

describe("a press", () => {
    test("loads, waits, and starts once with the e-mail address, which is the provider's too", async () => {
        session.start(request());
        expect(widget.calls).toEqual(["listen", `load ${APP}`]);
        await getReady();
        expect(is()).toBe("starting opening");
        expect(widget.started).toEqual([CONTEXT]);
        expect(widget.provided[0]).toEqual(CONTEXT);
        expect(widget.calls.indexOf("provide")).toBeLessThan(widget.calls.indexOf("start"));
        widget.tell("opened", "queued", "queued");
        expect(is()).toBe("chatting");
        expect(occurrences()).toEqual(["ChatStarted"]);
        expect(session.context?.email).toEqual(KNOWN);
        expect(clock.running).toBe(0);
    });

    test("waits for a slow e-mail address", async () => {
        let answer: (email: Email) => void = () => undefined;
        session.start(request(new Promise((resolve) => (answer = resolve))));
        await getReady();
        await clock.advance(4_000);
        expect(is()).toBe("loading clear start");
        expect(widget.started).toEqual([]);
        answer(KNOWN);
        await flush();
        expect(widget.started).toEqual([CONTEXT]);
    });

    test("waits for a slow widget with the address at hand", async () => {
        session.start(request());
        await clock.advance(20_000);
        expect(widget.provided).toEqual([CONTEXT]);
        expect(widget.started).toEqual([]);
        await getReady();
        expect(widget.started).toEqual([CONTEXT]);
    });

    test("while the widget is being loaded on its own is carried out afterwards", async () => {
        session.load(request());
        widget.tell("arrived");
        session.start(request());
        session.start(request());
        widget.tell("ready");
        await clock.advance(300);
        expect(widget.calls.filter((call) => call.startsWith("load"))).toHaveLength(1);
        expect(widget.started).toEqual([CONTEXT]);
    });

    test("on a running chat brings it back and begins nothing", async () => {
        await chat();
        session.start(request());
        await flush();
        expect(widget.started).toHaveLength(2);
        expect(is()).toBe("chatting");
        expect(occurrences()).toEqual(["ChatStarted"]);
    });

    test("after the agent has ended closes the old conversation, waits, and starts anew", async () => {
        await chat();
        widget.tell("agent-ended");
        expect(occurrences()).toEqual(["ChatStarted", "ChatEnded"]);
        session.start(request());
        await clock.advance(299);
        expect(widget.calls).not.toContain("close");
        await clock.advance(1);
        expect(widget.calls.filter((call) => call === "close" || call === "start")).toEqual(["start", "close"]);
        widget.tell("closed");
        await flush();
        expect(widget.calls.filter((call) => call === "close" || call === "start")).toEqual(["start", "close", "start"]);
        widget.tell("opened", "queued");
        expect(occurrences()).toEqual(["ChatStarted", "ChatEnded", "ChatStarted"]);
    });
});

describe("bringing back", () => {
    test("shows the running chat with its own context, and begins nothing", async () => {
        await chat();
        widget.tell("minimised");
        session.bringBack();
        await flush();
        expect(widget.started).toEqual([CONTEXT, CONTEXT]);
        expect(occurrences()).toEqual(["ChatStarted"]);
    });

    test("does nothing where no chat is running", async () => {
        session.bringBack();
        expect([is(), widget.calls]).toEqual(["idle", []]);
        await chat();
        widget.tell("agent-ended");
        session.bringBack();
        await clock.advance(10_000);
        expect(is()).toBe("ended");
        expect(widget.started).toHaveLength(1);
    });
});

test("a survey that follows an ended conversation is found before it would be closed under the user", async () => {
    await chat();
    widget.tell("agent-ended");
    expect(widget.isWatched).toBe(true);
    session.start(request());
    widget.onLook = () => widget.tell({ type: "pane", pane: "survey-after" });
    await clock.advance(30_000);
    expect(is()).toBe("user-action start");
    expect(widget.calls).not.toContain("close");
    expect(widget.started).toHaveLength(2);
    widget.tell("closed");
    await flush();
    expect(widget.started).toHaveLength(3);
});

test("loading alone ends at rest, with the context set for Microsoft's own button", async () => {
    session.load(request());
    await getReady();
    expect(is()).toBe("ready");
    expect(widget.provided).toEqual([CONTEXT]);
    expect(widget.started).toEqual([]);
    expect(clock.running).toBe(0);
});

test("the veil is on until it is clear whose conversation there is, and looking around begins with the chat", async () => {
    session.start(request());
    expect(widget.isVeiled).toBe(true);
    widget.tell("arrived", "ready");
    await clock.advance(299);
    expect(widget.isVeiled).toBe(true);
    expect(widget.isWatched).toBe(false);
    await clock.advance(1);
    expect(widget.isVeiled).toBe(false);
    expect(widget.isWatched).toBe(true);
    widget.tell("opened", "queued", "closed");
    expect(widget.isWatched).toBe(false);
});

describe("time", () => {
    test("slow is said at 8 s, a script that does not come is given up at 30 s", async () => {
        session.start(request());
        await clock.advance(7_999);
        expect(is()).toBe("loading fetching start prepared");
        await clock.advance(1);
        expect(is()).toBe("loading fetching start prepared slow");
        await clock.advance(21_999);
        expect(is()).toBe("loading fetching start prepared slow");
        await clock.advance(1);
        expect(is()).toBe("failed script-unreachable load");
        expect(occurrences()).toEqual(["ChatFailed"]);
        expect(widget.isVeiled).toBe(true);
        expect(clock.running).toBe(0);
    });

    test("a script that is not reached is asked for again after 1, 2, 4 and 8 s, then given up and told once", async () => {
        const loads = (): number => widget.calls.filter((call) => call.startsWith("load")).length;
        widget.onLoad = () => widget.tell({ type: "failed", code: "script-unreachable", detail: "host" });
        session.start(request());
        for (const [index, pause] of [1_000, 2_000, 4_000, 8_000].entries()) {
            expect(is()).toMatch(/^loading pausing start .*slow/);
            await clock.advance(pause - 1);
            expect(loads()).toBe(index + 1);
            await clock.advance(1);
            expect(loads()).toBe(index + 2);
        }
        expect(is()).toBe("failed script-unreachable(host) load");
        expect(occurrences()).toEqual(["ChatFailed"]);
        await clock.advance(600_000);
        expect(loads()).toBe(5);
        expect(clock.running).toBe(0);
        // Another press begins anew, with all its attempts.
        session.start(request());
        await clock.advance(15_000);
        expect(loads()).toBe(10);
        expect(occurrences()).toEqual(["ChatFailed", "ChatFailed"]);
    });

    test("an attempt that succeeds starts the chat, once", async () => {
        session.start(request());
        widget.tell({ type: "failed", code: "script-unreachable", detail: "host" });
        await clock.advance(1_000);
        await getReady();
        widget.tell("opened", "queued");
        expect(is()).toBe("chatting");
        expect(widget.started).toEqual([CONTEXT]);
        expect(occurrences()).toEqual(["ChatStarted"]);
        expect(clock.running).toBe(0);
    });

    test("attempts share the 30 s", async () => {
        session.start(request());
        await clock.advance(20_000);
        widget.tell({ type: "failed", code: "script-unreachable", detail: "host" });
        await clock.advance(1_000);
        expect(is()).toBe("loading fetching start prepared slow 1");
        await clock.advance(9_000);
        expect(is()).toBe("failed script-unreachable load");
        expect(clock.running).toBe(0);
    });

    test("nothing is tried again when nobody is there any more, and it is by whoever comes before that", async () => {
        const loads = (): number => widget.calls.filter((call) => call.startsWith("load")).length;
        session = createSession({ widget, marker, clock });
        widget.onLoad = () => widget.tell({ type: "failed", code: "script-unreachable", detail: "host" });
        const leave = session.subscribe(() => undefined);
        session.start(request());
        leave();
        const leaveAgain = session.subscribe(() => undefined);
        await clock.advance(1_000);
        expect(loads()).toBe(2);
        leaveAgain();
        await clock.advance(600_000);
        expect(loads()).toBe(2);
        expect(is()).toBe("failed script-unreachable load");
        expect(clock.running).toBe(0);
    });

    test("a script that came without a ready widget is a timeout of the widget", async () => {
        session.start(request());
        await clock.advance(10_000);
        widget.tell("arrived");
        await clock.advance(19_999);
        expect(is()).toBe("loading waiting start prepared slow");
        await clock.advance(1);
        expect(is()).toBe("failed widget-timeout load");
    });

    test("a start has 30 s of its own until the pane opens", async () => {
        session.start(request());
        await clock.advance(25_000);
        await getReady();
        await clock.advance(8_000);
        expect(is()).toBe("starting opening slow");
        await clock.advance(21_999);
        expect(is()).toBe("starting opening slow");
        await clock.advance(1);
        expect(is()).toBe("failed start-timeout start");
        expect(widget.isVeiled).toBe(false);
        expect(clock.running).toBe(0);
    });

    test("nothing times out once the pane is open or the user has a question to answer", async () => {
        session.start(request());
        await getReady();
        widget.tell("opened");
        expect(clock.running).toBe(0);
        await clock.advance(3_600_000);
        expect(is()).toBe("starting opened");
        widget.tell({ type: "pane", pane: "survey" });
        await clock.advance(3_600_000);
        expect(is()).toBe("user-action rest");
    });

    test("a foreign conversation that does not go is closed again every 4 s, and no more once it has gone", async () => {
        const closes = (): number => widget.calls.filter((call) => call === "close").length;
        session.start(request());
        widget.tell("arrived", "ready", "restored");
        await clock.advance(3_999);
        expect(closes()).toBe(0);
        for (const expected of [1, 2, 3]) {
            await clock.advance(1);
            expect(closes()).toBe(expected);
            await clock.advance(3_999);
            expect(closes()).toBe(expected);
        }
        widget.tell("closed");
        await clock.advance(10_000);
        expect(closes()).toBe(3);
        expect(widget.started).toEqual([CONTEXT]);
    });

    test("a foreign conversation that will not go is an error of the widget", async () => {
        session.start(request());
        widget.tell("arrived", "ready", "restored");
        await clock.advance(30_000);
        expect(is()).toBe("failed widget-error(closeChat) expel");
        expect(widget.isVeiled).toBe(true);
        expect(widget.started).toEqual([]);
    });

    test.each([3_500, 4_999])("an end that is told again %i ms later does not end what has begun since", async (late) => {
        await chat();
        widget.tell("agent-ended");
        session.start(request());
        await clock.advance(300);
        widget.tell("closed");
        await flush();
        widget.tell("opened", "queued");
        await clock.advance(late);
        widget.tell("closed");
        expect(is()).toBe("chatting");
        expect(occurrences()).toEqual(["ChatStarted", "ChatEnded", "ChatStarted"]);
        // From then on an end is an end.
        await clock.advance(5_000 - late);
        widget.tell("closed");
        expect(is()).toBe("ready");
        expect(occurrences()).toEqual(["ChatStarted", "ChatEnded", "ChatStarted", "ChatEnded"]);
    });

    test("an end so soon after another is one all the same when the pane has gone with it", async () => {
        await chat();
        widget.tell("closed");
        session.start(request());
        await flush();
        widget.tell("opened", "queued");
        widget.onLook = () => widget.tell("minimised");
        widget.tell("closed");
        expect(is()).toBe("chatting");
        await clock.advance(1_000);
        expect(is()).toBe("ready");
        expect(occurrences()).toEqual(["ChatStarted", "ChatEnded", "ChatStarted", "ChatEnded"]);
    });

    test("an end that is told again while the next conversation is still on its way is no obstacle to it", async () => {
        await chat();
        widget.tell("closed");
        session.start(request());
        await flush();
        widget.tell("opened", "closed");
        expect(is()).toBe("starting opened");
        widget.tell("queued");
        expect(is()).toBe("chatting");
    });

    test.each(["chatting", "ended", "ready", "unavailable", "failed", "conflict"])("no timer runs in %s", async (kind) => {
        session.start(request());
        if (kind === "failed") widget.tell({ type: "failed", code: "widget-error", detail: "" });
        else if (kind === "conflict") widget.tell({ type: "failed", code: "widget-conflict", detail: "" });
        else {
            await getReady();
            widget.tell("opened");
            if (kind === "unavailable") widget.tell({ type: "pane", pane: "closed-hours" });
            else widget.tell("queued");
            if (kind === "ended") widget.tell("agent-ended");
            if (kind === "ready") {
                widget.tell("closed");
                // So long an end may have an echo.
                await clock.advance(5_000);
            }
        }
        expect(session.state.kind).toBe(kind);
        expect(clock.running).toBe(0);
    });
});

test("the user's own lines are a sign of life, too: the marker lives on without an answer", async () => {
    await chat();
    const before = marker.calls.filter((call) => call === "keep").length;
    widget.tell("history");
    expect(marker.calls.filter((call) => call === "keep")).toHaveLength(before + 1);
    expect(occurrences()).toEqual(["ChatStarted"]);
});

describe("a conversation in another tab of the browser", () => {
    beforeEach(async () => {
        session.load(request());
        await getReady();
        // As the other tab has written it down.
        marker.owners.set(APP, USER);
        widget.tell("message");
    });

    test("is told as one, and nothing of it is counted, raised or written down here", () => {
        // All that is seen there is Microsoft's button.
        widget.onLook = () => widget.tell("minimised");
        widget.tell("message", "message");
        expect(is()).toBe("elsewhere");
        expect(occurrences()).toEqual([]);
        expect(marker.calls).not.toContain("keep");
    });

    test("has ended when the tab that has it drops its marker, which raises nothing here", () => {
        marker.dropElsewhere();
        expect(is()).toBe("ready");
        expect(occurrences()).toEqual([]);
    });

    test("goes on when another widget's marker is dropped, however often, and waits for no more than before", () => {
        marker.owners.set(OTHER_APP, USER);
        const before = clock.running;
        for (let times = 0; times < 3; times++) marker.dropElsewhere(OTHER_APP);
        expect(is()).toBe("elsewhere");
        expect(clock.running).toBe(before);
    });

    test("is this tab's as soon as its pane is here, with the events and the marker", () => {
        widget.tell("maximised");
        expect(is()).toBe("chatting");
        expect(marker.calls).toContain("keep");
        widget.tell("message");
        expect(occurrences()).toEqual(["MessageReceived"]);
        marker.dropElsewhere();
        expect(is()).toBe("chatting");
    });

    test("is this tab's at once if its pane stands here when it is heard of", () => {
        marker.dropElsewhere();
        marker.owners.set(APP, USER);
        widget.onLook = () => widget.tell("maximised");
        widget.tell("message");
        expect(is()).toBe("chatting");
    });

    test("leaves a marker alone that is another user's by the time it has lapsed", () => {
        marker.owners.set(APP, OTHER_USER);
        marker.dropElsewhere(OTHER_APP);
        expect(is()).toBe("ready");
        expect(marker.owners.get(APP)).toBe(OTHER_USER);
    });

    test("is brought here by a press", async () => {
        session.start(request());
        await flush();
        expect(widget.started).toEqual([CONTEXT]);
    });

    test("of which no sign is left any more has lapsed after a while", async () => {
        await clock.advance(60_000);
        expect(is()).toBe("elsewhere");
        marker.owners.delete(APP);
        await clock.advance(30_000);
        expect(is()).toBe("ready");
        expect(clock.running).toBe(0);
    });

    test("is still this user's when it is brought here, without a start being told", async () => {
        session.start(request());
        await flush();
        widget.tell("restored", "opened", "queued");
        expect(is()).toBe("chatting restored");
        expect(occurrences()).toEqual([]);
        expect(widget.calls).not.toContain("close");
    });

    test("does not end this user's marker when something else here says that it is over", () => {
        widget.tell("closed", "agent-ended");
        expect(is()).toBe("elsewhere");
        expect(marker.owners.get(APP)).toBe(USER);
    });

    test("that was begun after this tab's own had ended is elsewhere, too", async () => {
        session.bringBack();
        await flush();
        widget.tell("restored", "agent-ended");
        expect(is()).toBe("ended");
        marker.owners.set(APP, USER);
        widget.tell("message");
        expect(is()).toBe("elsewhere");
    });
});

test("another user's conversation in another tab is none of this tab's: its messages are nothing, its marker stays, and a press has it go before anything is shown", async () => {
    await chat();
    widget.tell("closed");
    marker.owners.set(APP, OTHER_USER);
    widget.tell("message", "message");
    expect(is()).toBe("ready");
    expect(occurrences()).toEqual(["ChatStarted", "ChatEnded"]);
    expect(marker.owners.get(APP)).toBe(OTHER_USER);
    session.start(request());
    await flush();
    widget.tell("restored", "opened");
    expect(is()).toBe("loading coming start prepared");
    expect(widget.isVeiled).toBe(true);
});

describe("a conversation that comes back", () => {
    test("is the user's own with the user's marker: it is taken over without an event", async () => {
        marker.owners.set(APP, USER);
        session.load(request());
        widget.tell("arrived", "ready", "restored");
        await flush();
        expect(is()).toBe("chatting restored");
        expect(widget.isVeiled).toBe(false);
        expect(widget.calls).not.toContain("close");
        expect(widget.started).toEqual([]);
        expect(occurrences()).toEqual([]);
        await clock.advance(1_499);
        expect(is()).toBe("chatting restored");
        await clock.advance(1);
        expect(is()).toBe("chatting");
        expect(occurrences()).toEqual([]);
        expect(clock.running).toBe(0);
    });

    test("is opened if the user has pressed meanwhile", async () => {
        marker.owners.set(APP, USER);
        session.start(request());
        widget.tell("arrived", "ready", "restored");
        await flush();
        expect(is()).toBe("chatting restored");
        expect(widget.started).toHaveLength(1);
    });

    test("brings its unread messages with it: they are counted and not told; what comes later is told", async () => {
        marker.owners.set(APP, USER);
        session.load(request());
        widget.tell("arrived", "ready", "restored");
        await clock.advance(500);
        // In the order in which they are looked for.
        widget.onLook = () => widget.tell({ type: "unread", count: 3 }, "minimised");
        widget.tell("minimised", { type: "unread", count: 3 });
        expect(session.state).toMatchObject({ minimised: true, unread: 3, ahead: false });
        expect(occurrences()).toEqual([]);
        await clock.advance(1_000);
        expect(is()).toBe("chatting minimised 3");
        expect(clock.running).toBe(0);
        widget.tell("minimised", { type: "unread", count: 4 });
        expect(occurrences()).toEqual(["MessageReceived"]);
        expect(session.state).toMatchObject({ unread: 4, ahead: true });
    });

    test("and whose agent writes at once tells of that", () => {
        marker.owners.set(APP, USER);
        session.load(request());
        widget.tell("arrived", "ready", "restored", "history", "minimised", "message");
        expect(session.state).toMatchObject({ minimised: true, unread: 1 });
        expect(occurrences()).toEqual(["MessageReceived"]);
    });

    test("is the user's own as of the loading, even if the marker has run out since", () => {
        marker.owners.set(APP, USER);
        session.load(request());
        marker.owners.clear();
        widget.tell("arrived", "ready", "restored");
        expect(is()).toBe("chatting restored");
    });

    test.each([
        ["nobody's", undefined],
        ["another user's", OTHER_USER],
    ])("with %s marker is closed unseen before anything starts", async (_, owner) => {
        if (owner) marker.owners.set(APP, owner);
        session.start(request());
        widget.tell("arrived", "ready", "restored", "restored");
        await clock.advance(1_000);
        expect(is()).toBe("loading coming start prepared");
        expect(widget.calls).not.toContain("close");
        widget.tell("history", "history", "message");
        await clock.advance(2_000);
        expect(is()).toBe("loading expelling start prepared");
        expect(widget.isVeiled).toBe(true);
        expect(widget.calls.filter((call) => call === "close")).toHaveLength(1);
        expect(widget.started).toEqual([]);
        widget.tell("closed");
        await clock.advance(QUIET - 1);
        expect(widget.isVeiled).toBe(true);
        expect(widget.started).toEqual([]);
        await clock.advance(1);
        expect(is()).toBe("starting opening");
        expect(widget.isVeiled).toBe(false);
        expect(widget.started).toEqual([CONTEXT]);
        expect(widget.calls.indexOf("close")).toBeLessThan(widget.calls.indexOf("start"));
    });

    test("stays out of sight as long as a line of it is still read aloud", async () => {
        session.start(request());
        widget.tell("arrived", "ready", "restored", "history", "closed");
        widget.isSpeaking = true;
        await clock.advance(5_000);
        expect(is()).toBe("loading quiet start prepared");
        expect(widget.isVeiled).toBe(true);
        widget.isSpeaking = false;
        await clock.advance(QUIET);
        expect(widget.started).toEqual([CONTEXT]);
        expect(clock.running).toBe(2);
    });

    test("that is found to have a survey behind it while it is still read aloud is waited for in the survey's time", async () => {
        session.start(request());
        widget.tell("arrived", "ready", "restored", "history", "closed");
        widget.isSpeaking = true;
        widget.onLook = () => widget.tell({ type: "pane", pane: "survey-after" });
        await clock.advance(QUIET);
        expect(is()).toBe("loading surveyed start prepared");
        // Its own waiting, slow, the limit, and the time in which the end may be told again.
        expect(clock.running).toBe(4);
    });

    test("whose lines never fall silent is never shown", async () => {
        session.start(request());
        widget.tell("arrived", "ready", "restored", "history", "closed");
        widget.isSpeaking = true;
        await clock.advance(31_000);
        expect(is()).toBe("failed widget-error(closeChat) expel");
        expect(widget.isVeiled).toBe(true);
        expect(clock.running).toBe(0);
    });

    test("whose closing brings a survey is left as a user leaves it, as often as it takes, and never called to close meanwhile", async () => {
        session.start(request());
        widget.tell("arrived", "ready", "restored", "history");
        expect(is()).toBe("loading expelling start");
        expect(widget.isWatched).toBe(true);
        widget.tell({ type: "pane", pane: "survey-after" });
        // It may ask whether to be left, and take its time.
        widget.onLook = () => widget.tell({ type: "pane", pane: "survey-after" });
        await clock.advance(10_000);
        expect(widget.calls.filter((call) => call === "dismiss").length).toBeGreaterThan(1);
        expect(widget.calls.filter((call) => call === "close")).toHaveLength(1);
        expect(widget.isVeiled).toBe(true);
        widget.onLook = () => undefined;
        widget.tell("closed");
        await clock.advance(QUIET);
        expect(is()).toBe("starting opening slow");
        expect(widget.started).toEqual([CONTEXT]);
    });

    test("after the press is foreign too if nothing spoke for the user before, and its marker goes", async () => {
        session.start(request());
        await getReady();
        expect(marker.owners.get(APP)).toBe(USER);
        widget.tell("restored");
        expect(is()).toBe("loading coming start prepared");
        expect(widget.isVeiled).toBe(true);
        expect(marker.owners.size).toBe(0);
        await clock.advance(3_999);
        expect(widget.calls).not.toContain("close");
        await clock.advance(1);
        expect(widget.calls).toContain("close");
        widget.tell("closed");
        await clock.advance(QUIET);
        expect(is()).toBe("starting opening");
        expect(widget.started).toHaveLength(2);
    });

    test("after the press is foreign as well if the user presses again: a second press does not make it so", async () => {
        session.start(request());
        await getReady();
        session.start(request());
        widget.tell("restored");
        expect(is()).toBe("loading coming start prepared");
    });

    test("while the press still waits for the address keeps the press from showing it", async () => {
        session.load(request());
        await getReady();
        let answer: (email: Email) => void = () => undefined;
        session.start(request(new Promise((resolve) => (answer = resolve))));
        widget.tell("restored");
        answer(KNOWN);
        await flush();
        expect(is()).toBe("loading coming start prepared");
        expect(widget.started).toEqual([]);
    });

    test("is not suspected in a chat of which the widget tells only that it is there", async () => {
        session.start(request());
        await getReady();
        widget.tell("queued");
        expect(is()).toBe("chatting");
    });

    test("while a chat goes on is that chat, with or without a storage for the marker", async () => {
        await chat();
        marker.owners.clear();
        widget.tell("restored");
        expect(is()).toBe("chatting");
        expect(widget.calls).not.toContain("close");
    });

    test("after one that the user has opened here is the user's too, when the marker has gone", async () => {
        await chat();
        widget.tell("closed");
        expect(marker.owners.size).toBe(0);
        widget.tell("restored");
        expect(is()).toBe("chatting restored");
        expect(widget.calls).not.toContain("close");
    });

    test("after one that began with a survey is the user's too", async () => {
        session.start(request());
        await getReady();
        widget.tell("opened", { type: "pane", pane: "survey" });
        expect(is()).toBe("user-action rest");
        widget.tell("queued", "closed", "restored");
        expect(is()).toBe("chatting restored");
    });

    test.each(["queued", "message"] as const)("after one that nobody has opened (%s) is nobody's", async (sign) => {
        session.load(request());
        await getReady();
        widget.tell(sign);
        expect(is()).toBe("chatting");
        widget.tell("closed", "restored");
        expect(is()).toBe("loading coming rest prepared");
        expect(widget.isVeiled).toBe(true);
    });

    test("after one that came up while the press was not answered yet is nobody's", async () => {
        session.start(request());
        await getReady();
        widget.tell("queued");
        expect(is()).toBe("chatting");
        widget.tell("closed", "restored");
        expect(is()).toBe("loading coming rest prepared");
    });

    test("later than 300 ms and without a marker is hidden and closed all the same", async () => {
        session.load(request());
        await getReady();
        widget.tell("restored");
        expect(is()).toBe("loading coming rest prepared");
        expect(widget.isVeiled).toBe(true);
        widget.tell("history");
        expect(widget.calls).toContain("close");
    });

    test("and is closed may come once more: what nobody has opened is hidden and closed again", async () => {
        session.load(request());
        widget.tell("arrived", "ready", "restored", "history", "closed");
        await clock.advance(QUIET);
        expect(is()).toBe("ready");
        widget.tell("queued");
        expect(is()).toBe("loading coming rest prepared");
        widget.tell("history", "closed");
        await clock.advance(QUIET);
        session.start(request());
        await flush();
        widget.tell("opened", "queued");
        expect(is()).toBe("chatting");
    });
});

describe("the marker", () => {
    test("is written when the chat starts, renewed by what happens, dropped when it is over", async () => {
        session.start(request());
        widget.tell("arrived", "ready");
        expect(marker.calls).toEqual([]);
        await clock.advance(300);
        expect(marker.owners.get(APP)).toBe(USER);
        widget.tell("opened", "queued");
        const before = marker.calls.length;
        widget.tell("message");
        expect(marker.calls.slice(before)).toEqual(["keep"]);
        // What is only looked at twice a second is no sign of life.
        widget.tell("maximised", "queued", { type: "unread", count: 1 });
        expect(marker.calls.slice(before)).toEqual(["keep"]);
        widget.tell("closed");
        expect(marker.owners.size).toBe(0);
    });

    test("is dropped when the agent has ended the conversation, and outside of opening hours", async () => {
        await chat();
        widget.tell("agent-ended");
        expect(marker.owners.size).toBe(0);
        session.start(request());
        expect(marker.owners.get(APP)).toBe(USER);
        widget.tell("closed");
        widget.tell("opened", { type: "pane", pane: "closed-hours" });
        expect(marker.owners.size).toBe(0);
    });

    test("is dropped when nothing came back", async () => {
        marker.owners.set(APP, USER);
        session.load(request());
        widget.tell("arrived", "ready");
        await clock.advance(299);
        expect(marker.owners.size).toBe(1);
        await clock.advance(1);
        expect(is()).toBe("ready");
        expect(marker.owners.size).toBe(0);
    });

    test("stays while it is not known whether anything comes back", async () => {
        marker.owners.set(APP, USER);
        session.load(request());
        await clock.advance(30_000);
        expect(is()).toBe("failed script-unreachable load");
        expect(marker.owners.get(APP)).toBe(USER);
    });

    test("is renewed on leaving with a chat, and not without one", async () => {
        session.load(request());
        await getReady();
        marker.leave();
        expect(marker.owners.size).toBe(0);
        session.start(request());
        await flush();
        widget.tell("opened", "queued");
        marker.owners.clear();
        marker.leave();
        expect(marker.owners.get(APP)).toBe(USER);
        widget.tell("agent-ended");
        marker.leave();
        expect(marker.owners.size).toBe(0);
    });
});

describe("the context", () => {
    const OTHER: Email = { kind: "known", address: "kim@contoso.com" };
    const OTHER_CONTEXT = { Email: { value: "kim@contoso.com", isDisplayable: true } };

    function slow(): { readonly email: Promise<Email>; readonly answer: (email: Email) => void } {
        let answer: (email: Email) => void = () => undefined;
        const email = new Promise<Email>((resolve) => (answer = resolve));
        return { email, answer: (known) => answer(known) };
    }

    test("is that of whoever asked last, whoever's address comes first", async () => {
        const first = slow();
        const second = slow();
        session.load(request(first.email));
        session.start(request(second.email));
        first.answer(OTHER);
        await getReady();
        expect(widget.provided).toEqual([]);
        expect(is()).toBe("loading clear start");
        second.answer(KNOWN);
        await flush();
        expect(widget.provided).toEqual([CONTEXT]);
        expect(widget.started).toEqual([CONTEXT]);
    });

    test("is not replaced by an earlier asker's late address", async () => {
        const first = slow();
        session.load(request(first.email));
        session.load(request(Promise.resolve(OTHER)));
        await getReady();
        expect(is()).toBe("ready");
        first.answer(KNOWN);
        await flush();
        expect(widget.provided).toEqual([OTHER_CONTEXT]);
        expect(widget.started).toEqual([]);
    });

    test("and what is said of the user are the same, when an earlier asker's address comes late", async () => {
        const first = slow();
        session.load(request(first.email));
        session.load(request(Promise.resolve(OTHER)));
        await getReady();
        first.answer({ kind: "failed" });
        await flush();
        expect(session.context?.email).toEqual(OTHER);
    });

    test("of one who asks while it is loading is waited for, though nobody waited for an address before", async () => {
        const late = slow();
        session.load(request());
        session.start(request(late.email));
        await getReady();
        expect(is()).toBe("loading clear start");
        late.answer(OTHER);
        await flush();
        expect(widget.started).toEqual([OTHER_CONTEXT]);
    });

    test.each(["in the very moment of loading", "later"])("is given to no widget of somebody else's that says so %s", async (when) => {
        const late = slow();
        const conflict = (): void => widget.tell({ type: "failed", code: "widget-conflict", detail: "" });
        if (when !== "later") widget.onLoad = conflict;
        session.start(request(late.email));
        if (when === "later") conflict();
        expect(is()).toBe("conflict");
        late.answer(KNOWN);
        await clock.advance(60_000);
        widget.tell("arrived", "ready", "opened", "queued");
        await clock.advance(60_000);
        expect(is()).toBe("conflict");
        expect([widget.provided, widget.started]).toEqual([[], []]);
    });
});

describe("what Microsoft's own button begins a conversation with", () => {
    const B = {};
    const of = (name: string, by: object = ME): ChatRequest => {
        const address = { Email: { value: "alex@contoso.com", isDisplayable: true } };
        return { ...request(), by, context: Promise.resolve(contextOf(KNOWN, { variables: { Deal: { value: name, isDisplayable: true }, ...address }, lasting: address })) };
    };
    const button = (): unknown => widget.provided.at(-1);
    const deal = (name: string): unknown => ({ Deal: { value: name, isDisplayable: true }, ...CONTEXT });

    async function rest(): Promise<void> {
        session.load(of("A"));
        await getReady();
        expect(is()).toBe("ready");
        expect(button()).toEqual(deal("A"));
    }

    test("is what was offered last, and at once no more what was offered before", async () => {
        await rest();
        let answer: (email: Email) => void = () => undefined;
        const late = new Promise<Email>((resolve) => (answer = resolve)).then(async () => of("B").context);
        session.offer({ ...of("B"), context: late });
        expect(button()).toEqual(CONTEXT);
        answer(KNOWN);
        await flush();
        expect(button()).toEqual(deal("B"));
        expect(session.context?.variables).toEqual(deal("B"));
        expect(session.offerer).toBe(ME);
        // Nothing was started or loaded for it.
        expect(widget.calls).toEqual(["listen", `load ${APP}`, "provide", "provide", "provide"]);
    });

    test("is what holds without the record when the last who offered has left, and others are told that they may", async () => {
        await rest();
        const before = told.length;
        session.leave(ME);
        expect(button()).toEqual(CONTEXT);
        expect(session.offerer).toBeUndefined();
        expect(told.length).toBeGreaterThan(before);
    });

    test("stays when somebody else leaves", async () => {
        await rest();
        session.leave(B);
        expect(button()).toEqual(deal("A"));
    });

    test("is not what somebody offered who has left before it was known", async () => {
        await rest();
        session.offer(of("B", B));
        session.leave(B);
        await flush();
        expect(button()).toEqual(CONTEXT);
    });

    test("is not changed while a conversation is begun or goes on, and right as soon as it is over", async () => {
        session.start(of("A"));
        await getReady();
        expect(is()).toBe("starting opening");
        session.leave(ME);
        session.offer(of("B", B));
        widget.tell("opened", "queued");
        session.offer(of("B", B));
        await flush();
        expect(widget.started).toEqual([deal("A")]);
        expect(button()).toEqual(deal("A"));
        widget.tell("agent-ended");
        expect(button()).toEqual(CONTEXT);
        session.offer(of("B", B));
        await flush();
        expect(button()).toEqual(deal("B"));
    });

    test("is not what somebody's press was about who has left", async () => {
        session.start({ widget: widgetSettings(), userId: USER, context: of("A").context });
        await getReady();
        expect(widget.started).toEqual([deal("A")]);
        widget.tell("opened", "queued", "closed");
        expect(is()).toBe("ready");
        expect(button()).toEqual(CONTEXT);
        expect(session.offerer).toBeUndefined();
    });

    test("loses the record while the widget is still on its way for nobody", async () => {
        session.load(of("A"));
        await flush();
        session.leave(ME);
        await getReady();
        expect(button()).toEqual(CONTEXT);
    });

    test("is nobody's business before anything was loaded", async () => {
        session.offer(of("A"));
        session.leave(ME);
        await flush();
        expect(widget.calls).toEqual([]);
    });
});

describe("those who listen", () => {
    test("and throw keep nobody else from hearing, and nothing from going on", async () => {
        const heard: (Occurrence | undefined)[] = [];
        session.subscribe(() => {
            throw new Error("hostile");
        });
        session.subscribe((occurrence) => heard.push(occurrence));
        await chat();
        expect(widget.started).toEqual([CONTEXT]);
        expect(heard).toEqual(told);
        expect(heard).toContain("ChatStarted");
    });

    test("may leave and join while they are told, and hear nothing after they left", () => {
        const heard: string[] = [];
        const leaveSecond: { leave?: () => void } = {};
        const leaveFirst = session.subscribe(() => {
            heard.push("first");
            leaveFirst();
            leaveSecond.leave?.();
            session.subscribe(() => heard.push("third"));
        });
        leaveSecond.leave = session.subscribe(() => heard.push("second"));
        session.start(request());
        expect(heard).toEqual(["first", "second"]);
        widget.tell("arrived");
        expect(heard).toEqual(["first", "second", "third"]);
    });

    test("are told of every message, and of no state twice", async () => {
        await chat();
        told = [];
        widget.tell("message", "message", "maximised", "queued", { type: "unread", count: 3 });
        expect(told).toEqual(["MessageReceived", "MessageReceived"]);
        widget.tell("minimised", "minimised", "message");
        expect(told).toEqual(["MessageReceived", "MessageReceived", undefined, "MessageReceived"]);
    });

    test("hear of messages once, whether the widget tells at once or only when it is opened again", async () => {
        await chat();
        told = [];
        widget.tell("minimised", { type: "unread", count: 2 });
        expect(occurrences()).toEqual(["MessageReceived"]);
        widget.tell("maximised");
        await clock.advance(500);
        widget.tell("message", "message");
        expect(occurrences()).toEqual(["MessageReceived"]);
        await clock.advance(1_000);
        expect(is()).toBe("chatting");
        expect(clock.running).toBe(0);
        widget.tell("message");
        expect(occurrences()).toEqual(["MessageReceived", "MessageReceived"]);
    });

    test("hear of a failure once, even if the widget fails in the very moment of loading", async () => {
        widget.onLoad = () => widget.tell({ type: "failed", code: "widget-conflict", detail: "" });
        session.start(request());
        await flush();
        expect(is()).toBe("conflict");
        expect(occurrences()).toEqual(["ChatFailed"]);
    });

    test("a widget that stands ready answers in the very moment of loading", async () => {
        widget.onLoad = () => widget.tell("arrived", "ready");
        session.start(request());
        await clock.advance(300);
        expect(is()).toBe("starting opening");
        expect(widget.started).toEqual([CONTEXT]);
    });
});

describe("another widget", () => {
    const other = widgetSettings(OTHER_APP);

    test("conflicts once one was asked for, and the same one never does", async () => {
        expect(session.conflicts(other)).toBe(false);
        await chat();
        expect(session.conflicts(other)).toBe(true);
        expect(session.conflicts({ ...widgetSettings(), orgId: OTHER_USER })).toBe(true);
        expect(session.conflicts(widgetSettings())).toBe(false);
    });

    test("has the place of one that never came", () => {
        session.start(request());
        widget.tell({ type: "failed", code: "script-blocked-by-csp", detail: "" });
        expect(session.conflicts(other)).toBe(false);
        session.start(request(undefined, OTHER_APP));
        expect(widget.calls).toContain(`load ${OTHER_APP}`);
        expect(session.conflicts(widgetSettings())).toBe(true);
    });

    test("has the place of one that was refused because of what stood on the page", () => {
        session.start(request());
        widget.tell({ type: "failed", code: "widget-conflict", detail: "" });
        expect(session.conflicts(other)).toBe(false);
    });

    test("has the place of one that failed on its way", () => {
        session.start(request());
        widget.tell("arrived", { type: "failed", code: "widget-error", detail: "1" });
        expect(is()).toBe("failed widget-error(1) load");
        expect(session.conflicts(other)).toBe(false);
    });

    test("does not get the place of one that is silent: it may still wake up", async () => {
        session.start(request());
        widget.tell("arrived");
        await clock.advance(30_000);
        expect(is()).toBe("failed widget-timeout load");
        expect(session.conflicts(other)).toBe(true);
        expect(session.conflicts(widgetSettings())).toBe(false);
    });

    test("does not get the place of one that did come", async () => {
        session.start(request());
        await getReady();
        await clock.advance(30_000);
        expect(is()).toBe("failed start-timeout start");
        expect(session.conflicts(other)).toBe(true);
    });
});

describe("a retry", () => {
    test("after a failed load loads again, with its full time", async () => {
        session.start(request());
        await clock.advance(30_000);
        session.start(request());
        expect(is()).toBe("loading fetching start");
        expect(widget.calls.filter((call) => call === `load ${APP}`)).toHaveLength(2);
        await clock.advance(29_000);
        expect(is()).toBe("loading fetching start prepared slow");
        await getReady();
        expect(is()).toBe("starting opening slow");
    });

    test("after a failed start starts again without loading", async () => {
        session.start(request());
        await getReady();
        widget.tell({ type: "failed", code: "widget-error", detail: "1" });
        expect(is()).toBe("failed widget-error(1) leave");
        session.start(request());
        await flush();
        // A pane with an error stands there, and would not start anew (seen).
        await clock.advance(300);
        expect(widget.calls.at(-1)).toBe("close");
        widget.tell("closed");
        await flush();
        expect(widget.calls.filter((call) => call.startsWith("load"))).toHaveLength(1);
        expect(widget.started).toHaveLength(2);
        widget.tell("opened", "queued");
        expect(is()).toBe("chatting");
    });

    test("after a foreign conversation that would not go closes again, and starts only then", async () => {
        session.start(request());
        widget.tell("arrived", "ready", "restored");
        await clock.advance(30_000);
        expect(is()).toBe("failed widget-error(closeChat) expel");
        const before = widget.calls.length;
        session.start(request());
        // A survey that stands there would be seen first.
        await clock.advance(4_000);
        expect(widget.calls.slice(before)).toEqual(["close"]);
        expect(widget.started).toEqual([]);
        widget.tell("closed");
        await clock.advance(QUIET);
        expect(widget.started).toEqual([CONTEXT]);
    });

    test("uses what the retry says of the user", async () => {
        session.start(request(Promise.resolve({ kind: "failed" })));
        await getReady();
        expect(widget.started).toEqual([{}]);
        expect(session.context?.email).toEqual({ kind: "failed" });
        await clock.advance(30_000);
        session.start(request());
        await flush();
        expect(widget.started).toEqual([{}, CONTEXT]);
        expect(session.context?.email).toEqual(KNOWN);
    });
});
