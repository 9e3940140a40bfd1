// Covers chat/session: what is asked of widget, marker and clock on the way through a chat, and who is told what.
import { createSession } from "../../../ChatWithAgent/chat/session";
import type { ChatRequest, Session } from "../../../ChatWithAgent/chat/session";
import type { Occurrence } from "../../../ChatWithAgent/chat/machine";
import type { ChatContext, Email } from "../../../ChatWithAgent/chat/ports";
import { APP, OPEN, OTHER_APP, OTHER_USER, USER, contextOf, createFakeClock, createFakeMarker, createFakeWidget } from "./fakes";
import { flush, widgetSettings } from "./fakes";
import type { FakeClock, FakeMarker, FakeWidget } from "./fakes";
import { show } from "./samples";

const KNOWN: Email = { kind: "known", address: "alex@contoso.com" };
const ME = {};
const OTHER = {};
const EMAIL = { Email: { value: "alex@contoso.com", isDisplayable: true } };
const DEAL = { ...EMAIL, Deal: { value: "A", isDisplayable: true } };
const NEVER = new Promise<never>(() => undefined);

let clock: FakeClock;
let widget: FakeWidget;
let marker: FakeMarker;
let session: Session;
let told: (Occurrence | undefined)[];
let leave: () => void;

function request(change: Partial<ChatRequest> = {}): ChatRequest {
    const context = Promise.resolve(contextOf(KNOWN, { variables: DEAL, lasting: EMAIL }));
    return { widget: widgetSettings(), userId: USER, by: ME, isPress: true, context, ...change };
}
const is = (): string => show(session.state);
const occurrences = (): Occurrence[] => told.filter((each) => each !== undefined);

/** The widget becomes ready, and nothing comes back from its cache. */
async function getReady(milliseconds = 300): Promise<void> {
    await flush();
    widget.tell("arrived", "ready");
    await clock.advance(milliseconds);
}

async function chat(): Promise<void> {
    session.start(request());
    await getReady();
    widget.tell("opened", "queued");
    expect(is()).toBe("chatting");
}

async function rest(change: Partial<ChatRequest> = {}): Promise<void> {
    session.load(request({ isPress: false, ...change }));
    await getReady(4_000);
    expect(is()).toBe("ready");
}

beforeEach(() => {
    clock = createFakeClock();
    widget = createFakeWidget();
    marker = createFakeMarker();
    session = createSession({ widget, marker, clock });
    told = [];
    leave = session.subscribe((occurrence) => told.push(occurrence));
});

test("a session that nobody has asked anything of touches nothing", () => {
    expect([is(), ...widget.calls, ...marker.calls]).toEqual(["idle"]);
    expect(clock.running).toBe(0);
});

describe("a press", () => {
    test("loads, waits, and starts once with the context, which is the provider's too", async () => {
        session.start(request());
        expect(widget.calls).toEqual(["listen", `load ${APP}`]);
        await getReady();
        expect(widget.calls).toEqual(["listen", `load ${APP}`, "provide", "start"]);
        expect(widget.started).toEqual([DEAL]);
        expect(widget.provided).toEqual([DEAL]);
    });

    test("waits for a slow context, and starts with that of the last press", async () => {
        let resolve: (context: ChatContext) => void = () => undefined;
        session.start(request({ context: new Promise((settle) => (resolve = settle)) }));
        await getReady();
        expect(is()).toBe("loading clear start");
        session.start(request());
        await flush();
        expect(widget.started).toEqual([DEAL]);
        resolve(contextOf({ kind: "missing" }));
        await flush();
        expect(widget.started).toEqual([DEAL]);
        expect(session.context?.variables).toEqual(DEAL);
    });

    test("on a running chat brings it to the front, and starts nothing", async () => {
        await chat();
        widget.tell("minimised", "message");
        expect(is()).toBe("chatting minimised 1");
        session.start(request());
        expect(is()).toBe("chatting");
        expect(widget.started).toHaveLength(2);
        expect(occurrences()).toEqual(["ChatStarted", "MessageReceived"]);
    });

    test("after the agent's end closes the old conversation, waits for it, and starts anew", async () => {
        await chat();
        widget.open = true;
        widget.tell("agent-ended");
        session.start(request());
        expect(is()).toBe("starting closing");
        expect(widget.calls.at(-1)).toBe("close");
        widget.tell("closed");
        await flush();
        widget.tell("opened", "queued");
        expect(widget.started).toHaveLength(2);
        expect(occurrences()).toEqual(["ChatStarted", "ChatEnded", "ChatStarted"]);
    });

    test("after the agent's end while minimised shows the last words first, and starts anew with the next press", async () => {
        await chat();
        widget.tell("minimised", "agent-ended");
        session.start(request());
        expect(is()).toBe("ended");
        expect(widget.started).toHaveLength(2);
        widget.open = true;
        session.start(request());
        expect(is()).toBe("starting closing");
    });

    test("with a survey behind the conversation opens the survey, and starts anew once the user has closed it", async () => {
        widget.answer = Promise.resolve({ ...OPEN, hasSurveyAfter: true });
        await chat();
        widget.open = true;
        widget.tell("agent-ended");
        session.start(request());
        expect(is()).toBe("user-action end start");
        expect(widget.calls).not.toContain("close");
        widget.tell("closed");
        await flush();
        expect(is()).toBe("starting opening");
        expect(widget.started).toHaveLength(3);
    });
});

describe("the configuration", () => {
    test.each([
        ["closed", { ...OPEN, isClosed: true }, "unavailable outside-operating-hours load"],
        ["not found", { ...OPEN, isFound: false }, "failed widget-not-found load"],
        ["sign-in required", { ...OPEN, signIn: "required" as const }, "failed widget-requires-authentication load"],
    ])("%s: a press is told so while the script is on its way, and nothing starts", async (_, answer, state) => {
        widget.answer = Promise.resolve(answer);
        session.start(request());
        await getReady();
        expect(is()).toBe(state);
        expect(widget.started).toEqual([]);
        expect(widget.isHidden).toBe(true);
    });

    test("closed: a start mode loads nothing", async () => {
        widget.answer = Promise.resolve({ ...OPEN, isClosed: true });
        session.load(request({ isPress: false }));
        await flush();
        expect(is()).toBe("unavailable outside-operating-hours load");
        expect(widget.calls).toEqual(["listen"]);
    });

    test("that hangs keeps a start waiting for 3 s", async () => {
        widget.answer = NEVER;
        session.start(request());
        await getReady();
        await clock.advance(2_600);
        expect(is()).toBe("loading clear start");
        await clock.advance(200);
        expect(is()).toBe("starting opening");
    });

    test("that stood against a start is asked for anew by the next press", async () => {
        widget.answer = Promise.resolve({ ...OPEN, isClosed: true });
        session.start(request());
        await flush();
        widget.answer = Promise.resolve(OPEN);
        session.start(request());
        await getReady();
        expect(widget.calls).toContain("ask anew");
        expect(widget.started).toEqual([DEAL]);
    });

    test("does not keep a running chat of this user from coming back", async () => {
        marker.owners.set(APP, USER);
        widget.answer = Promise.resolve({ ...OPEN, isClosed: true });
        session.load(request({ isPress: false }));
        await getReady(100);
        widget.tell("restored");
        expect(is()).toBe("chatting");
        expect(widget.isHidden).toBe(false);
    });
});

describe("the frame", () => {
    test("stays hidden in a window without a chat of this user until the conversation is told", async () => {
        session.start(request());
        await getReady();
        widget.tell("opened");
        await clock.advance(7_900);
        expect(widget.isHidden).toBe(true);
        widget.tell("queued");
        expect(widget.isHidden).toBe(false);
    });

    test.each([
        ["names no survey", Promise.resolve(OPEN), 8_000],
        ["names a survey", Promise.resolve({ ...OPEN, hasSurveyBefore: true }), 1_500],
        ["is not known", Promise.resolve(undefined), 1_500],
    ])("is shown where the window waits for the user and the configuration %s", async (_, answer, milliseconds) => {
        widget.answer = answer;
        session.start(request());
        await getReady();
        widget.tell("opened");
        await clock.advance(milliseconds - 10);
        expect(is()).toBe("starting opened");
        await clock.advance(20);
        expect(is()).toBe("user-action start rest");
        expect(widget.isHidden).toBe(false);
    });

    test("that is open by itself before the start is about to show a conversation, so the start waits", async () => {
        widget.open = true;
        session.start(request());
        await getReady();
        expect(is()).toBe("loading checking start prepared");
        await clock.advance(4_000);
        expect(is()).toBe("starting opening");
    });
});

describe("time", () => {
    test("slow is said at 8 s, a script that does not come is given up at 30 s, once", async () => {
        session.start(request());
        await clock.advance(8_000);
        expect(is()).toBe("loading fetching start prepared slow");
        await clock.advance(22_000);
        expect(is()).toBe("failed script-unreachable load");
        expect(occurrences()).toEqual(["ChatFailed"]);
        expect(clock.running).toBe(0);
    });

    test("a script that is not reached is asked for again after 1, 2, 4 and 8 s", async () => {
        session.start(request());
        const loads = (): number => widget.calls.filter((call) => call === `load ${APP}`).length;
        for (const [count, pause] of [1_000, 2_000, 4_000, 8_000].entries()) {
            widget.tell({ type: "failed", code: "script-unreachable", detail: "host" });
            await clock.advance(pause - 1);
            expect(loads()).toBe(count + 1);
            await clock.advance(1);
            expect(loads()).toBe(count + 2);
        }
        widget.tell({ type: "failed", code: "script-unreachable", detail: "host" });
        expect(is()).toBe("failed script-unreachable host load");
    });

    test("nothing is asked for again once nobody is there any more", async () => {
        session.start(request());
        widget.tell({ type: "failed", code: "script-unreachable", detail: "host" });
        leave();
        await clock.advance(1_000);
        expect(is()).toBe("failed script-unreachable load");
    });

    test("a widget that does not open its window is loaded anew by a retry", async () => {
        session.start(request());
        await getReady();
        await clock.advance(30_000);
        expect(is()).toBe("failed start-timeout reload");
        session.start(request());
        expect(widget.calls.at(-1)).toBe(`reload ${APP}`);
    });
});

describe("another user's conversation", () => {
    beforeEach(async () => {
        session.start(request());
        await getReady(100);
        widget.tell("restored");
    });

    test("is closed out of sight once it is back, and the chat starts after 1.5 s of quiet", async () => {
        expect(is()).toBe("expelling returning start prepared");
        widget.tell("history");
        expect(widget.calls.at(-1)).toBe("close");
        widget.tell("closed");
        await clock.advance(1_490);
        expect(widget.isHidden).toBe(true);
        expect(widget.started).toEqual([]);
        await clock.advance(20);
        expect(widget.started).toEqual([DEAL]);
        expect(widget.isHidden).toBe(true);
    });

    test("that does not go has the widget loaded anew, and is a failure after 30 s in all", async () => {
        widget.tell("history");
        await clock.advance(4_000);
        expect(widget.calls.at(-1)).toBe(`reload ${APP}`);
        await clock.advance(26_000);
        expect(session.state.kind).toBe("failed");
        expect(widget.isHidden).toBe(true);
    });

    test("that was opened once more after its end is closed again", () => {
        widget.tell("history", "closed", "queued");
        expect(is()).toBe("expelling closing-again start prepared");
        expect(widget.calls.filter((call) => call === "close")).toHaveLength(2);
    });
});

test("another user's conversation that may leave a survey in the frame has the widget loaded anew", async () => {
    widget.answer = Promise.resolve({ ...OPEN, hasSurveyAfter: true });
    session.start(request());
    await getReady(100);
    widget.tell("restored", "history", "closed");
    await clock.advance(1_500);
    expect(widget.calls.at(-1)).toBe(`reload ${APP}`);
    expect(widget.isHidden).toBe(true);
});

describe("the marker", () => {
    test("is not written before the conversation is told, is renewed by each sign of life, and goes with a sure end", async () => {
        session.start(request());
        await getReady();
        widget.tell("opened");
        expect(marker.calls).toEqual([]);
        widget.tell("queued", "message", "history");
        expect(marker.calls).toEqual(["keep", "keep", "keep"]);
        widget.tell("closed");
        expect(marker.calls.at(-1)).toBe("drop");
    });

    test("stays after an end that is not sure, and after the agent's", async () => {
        await chat();
        widget.tell("agent-ended", { type: "closed", isSure: false });
        expect(is()).toBe("ready");
        expect(marker.owners.get(APP)).toBe(USER);
    });

    test("is renewed on leaving the page with a chat, and not without one", async () => {
        await rest();
        marker.leave();
        expect(marker.calls).toEqual([]);
        session.start(request());
        await flush();
        widget.tell("opened", "queued");
        const before = marker.calls.length;
        marker.leave();
        expect(marker.calls).toHaveLength(before + 1);
    });

    test("of this user, from another tab, makes a stray message that tab's: nothing is counted, raised or written", async () => {
        await rest();
        marker.owners.set(APP, USER);
        widget.tell("message");
        expect(is()).toBe("elsewhere");
        expect(marker.calls).toEqual([]);
        expect(occurrences()).toEqual([]);
        marker.dropElsewhere();
        expect(is()).toBe("ready");
    });

    test("of another tab that has gone runs out, which is looked for every 30 s", async () => {
        await rest();
        marker.owners.set(APP, USER);
        widget.tell("message");
        await clock.advance(30_000);
        expect(is()).toBe("elsewhere");
        marker.owners.set(APP, OTHER_USER);
        await clock.advance(30_000);
        expect(is()).toBe("ready");
    });
});

describe("what Microsoft's own button sends", () => {
    test("is what was offered last; without whoever offered it, only the user's own variables", async () => {
        await rest();
        session.offer(request({ by: OTHER, context: Promise.resolve(contextOf(KNOWN, { variables: { ...DEAL, Deal: { value: "B", isDisplayable: true } }, lasting: EMAIL })) }));
        await flush();
        expect(widget.provided.at(-1)).toMatchObject({ Deal: { value: "B" } });
        session.leave(ME);
        expect(widget.provided.at(-1)).toMatchObject({ Deal: { value: "B" } });
        session.leave(OTHER);
        expect(widget.provided.at(-1)).toEqual(EMAIL);
        expect(session.offerer).toBeUndefined();
    });

    test("is not changed while a conversation goes on", async () => {
        await chat();
        const before = widget.provided.length;
        session.offer(request({ by: OTHER }));
        await flush();
        expect(widget.provided).toHaveLength(before);
    });
});

describe("those who listen", () => {
    test("and throw keep nobody else from hearing", async () => {
        session.subscribe(() => {
            throw new Error("mine");
        });
        const heard: unknown[] = [];
        session.subscribe((occurrence) => heard.push(occurrence));
        await chat();
        expect(heard).toContain("ChatStarted");
    });

    test("hear of the start and the end of each conversation once, whatever is told in between", async () => {
        await chat();
        widget.tell("agent-ended", { type: "closed", isSure: false });
        marker.owners.clear();
        widget.tell("opened", "queued", "closed");
        expect(occurrences()).toEqual(["ChatStarted", "ChatEnded", "ChatStarted", "ChatEnded"]);
    });
});

test("another widget conflicts once one was asked for, but not with one that never came", () => {
    expect(session.conflicts(widgetSettings(OTHER_APP))).toBe(false);
    session.start(request());
    expect(session.conflicts(widgetSettings(OTHER_APP))).toBe(true);
    expect(session.conflicts(widgetSettings())).toBe(false);
    widget.tell({ type: "failed", code: "script-blocked-by-csp", detail: "" });
    expect(session.conflicts(widgetSettings(OTHER_APP))).toBe(false);
});

test("bringing back shows the running chat, and does nothing where there is none", async () => {
    await rest();
    session.bringBack();
    expect(widget.started).toEqual([]);
    session.start(request());
    await flush();
    widget.tell("opened", "queued");
    session.bringBack();
    expect(widget.started).toHaveLength(2);
});
