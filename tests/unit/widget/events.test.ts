// Covers widget/events: which of the widget's events are told, by their order and by the frame's size.
import type { WidgetEvent } from "../../../ChatWithAgent/chat/machine";
import { listen } from "../../../ChatWithAgent/widget/events";
import type { EventSource } from "../../../ChatWithAgent/widget/events";
import type { Frame } from "../../../ChatWithAgent/widget/frame";

type PageWindow = Window & typeof globalThis;

/** A page with a clock that is moved by hand, and a frame whose size is set by hand. */
function createPage() {
    const target = new EventTarget();
    const timers: { readonly id: number; readonly at: number; readonly run: () => void }[] = [];
    const told: WidgetEvent[] = [];
    const document = { title: "Contoso", head: {} };
    let now = 0;
    let last = 0;
    let isThere = true;
    let isOpen: boolean | undefined;
    let resized = (): void => undefined;
    let retitled = (): void => undefined;
    class FakeMutationObserver {
        constructor(run: () => void) {
            retitled = run;
        }
        observe = (): void => undefined;
        disconnect = (): void => {
            retitled = () => undefined;
        };
    }
    const page = {
        document,
        MutationObserver: FakeMutationObserver,
        performance: { now: () => now },
        addEventListener: target.addEventListener.bind(target),
        setTimeout: (run: () => void, milliseconds: number) => {
            timers.push({ id: ++last, at: now + milliseconds, run });
            return last;
        },
        clearTimeout: (id?: number) => {
            const at = timers.findIndex((timer) => timer.id === id);
            if (at >= 0) timers.splice(at, 1);
        },
    };
    const frame: Frame = {
        hide: () => undefined,
        isThere: () => isThere,
        isOpen: () => isOpen,
        hasSize: () => true,
        watch: (changed) => (resized = changed),
        remove: () => undefined,
    };
    const source: EventSource = listen(page as unknown as PageWindow, frame, (event) => told.push(event));
    const fixture = {
        source,
        told,
        types: () => told.map((event) => (event.type === "closed" ? `closed ${event.isSure ? "sure" : "unsure"}` : event.type)),
        pass(milliseconds: number): void {
            now += milliseconds;
            for (const timer of timers.filter(({ at }) => at <= now)) {
                page.clearTimeout(timer.id);
                timer.run();
            }
        },
        size(open: boolean | undefined): void {
            isOpen = open;
            resized();
        },
        /** The frame comes, or goes. */
        stand(there: boolean): void {
            isThere = there;
        },
        title(text: string): void {
            document.title = text;
            retitled();
        },
        /** Raises events, with their `lcw:` left out. */
        raise(...names: string[]): void {
            for (const name of names) fixture.raiseWith(name, undefined);
        },
        raiseWith(name: string, detail: unknown): void {
            const event = new Event(`lcw:${name}`);
            Object.defineProperties(event, { detail: { get: () => detail }, timeStamp: { value: now } });
            target.dispatchEvent(event);
        },
        /** Ready, with the button alone. */
        ready(): void {
            source.arrived();
            isOpen = false;
            fixture.raise("ready");
            told.length = 0;
        },
        /** A conversation in an open window. */
        chat(): void {
            fixture.ready();
            fixture.size(true);
            fixture.raise("startChat", "chatQueued");
            told.length = 0;
        },
    };
    return fixture;
}

const fromAgent = (tag: string) => ({ messageType: "user", channelData: { tags: [tag] } });
let page: ReturnType<typeof createPage>;

beforeEach(() => {
    page = createPage();
});

test("nothing counts before the script has arrived and the widget is ready", () => {
    page.raise("ready", "startChat", "chatQueued", "chatRetrieved", "closeChat");
    expect(page.types()).toEqual([]);
    page.source.arrived();
    page.raise("chatRetrieved", "ready");
    expect(page.types()).toEqual(["ready"]);
});

test("nothing counts while there is no frame that could tell it", () => {
    page.stand(false);
    page.source.arrived();
    page.raise("ready", "startChat", "chatQueued");
    page.raiseWith("onMessageReceived", fromAgent("1"));
    expect(page.types()).toEqual([]);
    page.stand(true);
    page.raise("ready", "chatRetrieved");
    expect(page.types()).toEqual(["ready", "restored"]);
});

test("a chat from its window to its end, each event doubled 500 ms later", () => {
    page.ready();
    page.size(true);
    const names = ["startChat", "chatQueued", "threadUpdate"];
    page.raise(...names);
    page.pass(500);
    page.raise(...names);
    expect(page.types()).toEqual(["maximised", "opened", "queued", "agent-ended"]);
    page.size(false);
    page.raise("closeChat", "onClose");
    page.pass(500);
    page.raise("closeChat", "onClose");
    expect(page.types().slice(4)).toEqual(["minimised", "closed sure"]);
});

describe("an end", () => {
    beforeEach(() => page.chat());

    test("beside an open window is none; after 1 s it is told that the window has stayed", () => {
        page.raise("closeChat");
        expect(page.types()).toEqual([]);
        page.pass(1_000);
        expect(page.types()).toEqual(["stayed"]);
    });

    test("counts when the window goes after it", () => {
        page.raise("closeChat");
        page.size(false);
        page.pass(250);
        expect(page.types()).toEqual(["closed sure"]);
    });

    test("does not count when the window was only minimised after it", () => {
        page.raise("closeChat");
        page.size(false);
        page.raise("onMinimize");
        page.pass(250);
        expect(page.types()).toEqual(["minimised"]);
    });

    test("of a minimised chat is not sure, unless the page itself has asked for it", () => {
        page.size(false);
        page.raise("onMinimize");
        page.pass(10_000);
        page.raise("closeChat");
        expect(page.types()).toEqual(["minimised", "closed unsure"]);
        page.chat();
        page.size(false);
        page.pass(10_000);
        page.source.closing();
        page.raise("closeChat");
        expect(page.types().at(-1)).toBe("closed sure");
    });

    test("that is told once more in the next chat does not end it", () => {
        page.size(false);
        page.raise("closeChat");
        page.size(true);
        page.raise("startChat", "chatQueued");
        page.pass(3_500);
        page.raise("closeChat");
        page.size(false);
        page.raise("onMinimize");
        page.pass(250);
        expect(page.types()).toEqual(["minimised", "closed sure", "opened", "queued", "minimised"]);
    });

    test.each([
        ["sure where it was asked for", true, "closed sure"],
        ["not sure where it was not", false, "closed unsure"],
    ])("where no size tells counts after 1 s, and is %s", (_, isAsked, told) => {
        page = createPage();
        page.source.arrived();
        page.raise("ready", "startChat", "chatQueued");
        if (isAsked) page.source.closing();
        page.raise("closeChat");
        expect(page.types()).toEqual(["ready", "opened", "queued"]);
        page.pass(1_000);
        expect(page.types().at(-1)).toBe(told);
    });
});

test("a window whose small size was never seen has gone once it is small", () => {
    page = createPage();
    page.source.arrived();
    page.raise("ready", "chatRetrieved");
    page.raise("threadUpdate", "closeChat");
    page.size(false);
    page.pass(250);
    expect(page.types().slice(-2)).toEqual(["agent-ended", "closed sure"]);
});

test("an end that is told again in the window of the next chat is no news", () => {
    page.chat();
    page.raise("closeChat");
    page.size(false);
    page.pass(250);
    page.size(true);
    page.raise("startChat", "chatQueued");
    page.pass(200);
    page.raise("closeChat");
    page.pass(5_000);
    expect(page.types().slice(-2)).toEqual(["opened", "queued"]);
});

test.each([
    ["minimized", ["onClose", "onMinimize"], "minimised"],
    ["closed", ["onClose"], "closed sure"],
])("a window that shrinks before it is told what happened is %s", (_, names, last) => {
    page.chat();
    page.size(false);
    page.raise(...names);
    page.pass(250);
    expect(page.types().at(-1)).toBe(last);
});

test("a start that is told again after an error is no news, and neither is the error; that of the next start is", () => {
    page.ready();
    const fail = () => page.raiseWith("error", { errorCode: 7 });
    page.source.starting();
    page.raise("startChat");
    page.size(true);
    fail();
    page.pass(500);
    page.raise("startChat");
    fail();
    expect(page.types().filter((type) => type !== "maximised")).toEqual(["opened", "failed"]);
    page.source.starting();
    fail();
    expect(page.types().filter((type) => type === "failed")).toHaveLength(2);
});

test("what the next frame tells at once is no echo of what the one before has told", () => {
    page.ready();
    page.raiseWith("error", { errorCode: 7 });
    page.source.forget();
    page.source.arrived();
    page.raise("ready");
    page.raiseWith("error", { errorCode: 7 });
    expect(page.types()).toEqual(["failed", "ready", "failed"]);
});

test("an agent's end that is told again in the next conversation is no news", () => {
    page.chat();
    page.raise("threadUpdate");
    page.source.closing();
    page.raise("closeChat");
    page.size(false);
    page.pass(250);
    page.size(true);
    page.raise("startChat", "chatQueued");
    page.pass(900);
    page.raise("threadUpdate");
    expect(page.types().at(-1)).toBe("queued");
    page.pass(1_000);
    page.raise("threadUpdate");
    expect(page.types().at(-1)).toBe("agent-ended");
});

test("an ended conversation that is minimized and comes back within a second of its own start is still the ended one", () => {
    page.chat();
    page.pass(200);
    page.raise("threadUpdate");
    page.size(false);
    page.raise("onMinimize");
    page.pass(300);
    page.size(true);
    page.raise("onMaximize");
    expect(page.types()).toEqual(["agent-ended", "minimised", "maximised"]);
});

test("the window's size tells of minimizing, an event alone does not", () => {
    page.chat();
    page.raise("onMinimize");
    expect(page.types()).toEqual([]);
    page.size(false);
    page.size(true);
    expect(page.types()).toEqual(["minimised", "maximised"]);
});

test("a window that opens at rest is told, also without its event", () => {
    page.ready();
    page.raise("startChat");
    expect(page.types()).toEqual([]);
    page.size(true);
    expect(page.types()).toEqual(["opened"]);
});

test("a conversation that comes back minimised is told as such, and its echo is not", () => {
    page.ready();
    page.raise("chatRetrieved");
    page.pass(500);
    page.raise("chatRetrieved");
    expect(page.types()).toEqual(["restored", "minimised"]);
});

test("the title's number counts while the window is minimised, and only then", () => {
    page.chat();
    page.title("(2) Contoso");
    expect(page.types()).toEqual([]);
    page.size(false);
    page.title("(3) Contoso");
    page.title("Contoso");
    page.size(true);
    page.title("(4) Contoso");
    expect(page.told.filter(({ type }) => type === "unread")).toEqual([{ type: "unread", count: 3 }]);
});

test("messages of the agent's side count once, those of the service never", () => {
    page.chat();
    page.raiseWith("onMessageReceived", fromAgent("a"));
    page.pass(500);
    page.raiseWith("onMessageReceived", fromAgent("a"));
    page.raiseWith("onMessageReceived", fromAgent("b"));
    page.raiseWith("onMessageReceived", { messageType: "system" });
    expect(page.types()).toEqual(["message", "message"]);
    page.raise("onMessageSent", "onHistoryMessageReceived");
    expect(page.types().slice(2)).toEqual(["history", "history"]);
});

test.each([
    [{ errorCode: 7 }, "widget-error", "7"],
    [{ errorCode: "3" }, "widget-requires-authentication", "3"],
    [new Error("x"), "widget-error", ""],
    [undefined, "widget-error", ""],
    [{ errorCode: "<b>" }, "widget-error", ""],
])("an error with %j is %s", (detail, code, words) => {
    page.raiseWith("error", detail);
    expect(page.told).toEqual([{ type: "failed", code, detail: words }]);
});

test("an error whose payload throws is an error all the same", () => {
    const hostile = Object.defineProperty({}, "errorCode", {
        get() {
            throw new Error("hostile");
        },
    });
    page.raiseWith("error", hostile);
    expect(page.told).toEqual([{ type: "failed", code: "widget-error", detail: "" }]);
});

test("what was held goes with the frame", () => {
    page.chat();
    page.source.forget();
    page.raise("threadUpdate", "closeChat");
    expect(page.types()).toEqual([]);
});
