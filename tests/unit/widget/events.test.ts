/**
 * Covers widget/events: the translation of the widget's window events (names D), echoes (seen about 500 ms apart), hostile payloads.
 * @jest-environment jsdom
 */
import { listen } from "../../../ChatWithAgent/widget/events";
import type { Told } from "../../../ChatWithAgent/widget/events";

let told: Told[] = [];
listen(window, (event) => told.push(event));

/** Each test lives in a time of its own, so that no test's events are another's echoes. */
let epoch = 0;

beforeEach(() => {
    told = [];
    epoch += 1_000_000;
});

function send(name: string, at = 0, detail?: unknown): void {
    const event = new CustomEvent(name, { detail });
    Object.defineProperty(event, "timeStamp", { value: epoch + at });
    window.dispatchEvent(event);
}

const fromAgent = (tag = "a") => ({ messageType: "user", channelData: { tags: [tag] } });
const types = (): string[] => told.map(({ type }) => type);

const NAMES: readonly [string, string][] = [
    ["lcw:ready", "ready"],
    ["lcw:startChat", "opened"],
    ["lcw:chatQueued", "queued"],
    ["lcw:chatRetrieved", "restored"],
    ["lcw:threadUpdate", "agent-ended"],
    ["lcw:closeChat", "closed"],
    ["lcw:onMinimize", "minimised"],
    ["lcw:onMaximize", "maximised"],
];

test.each(NAMES)("%s is %s, and nothing of its payload comes along", (name, type) => {
    send(name, 0, { own: true, type: "start", detail: "x" });
    expect(told).toEqual([{ type }]);
});

test.each(["lcw:onHistoryMessageReceived", "lcw:onMessageSent"])("%s is a line of a conversation that comes back, each time", (name) => {
    send(name, 0, { messageType: "user" });
    send(name, 1, { messageType: "user" });
    expect(told).toEqual([{ type: "history" }, { type: "history" }]);
});

test.each(["lcw:onClose", "lcw:getAgentAvailability", "lcw:start", "lcw:load", "ready"])("%s means nothing", (name) => {
    send(name);
    expect(told).toEqual([]);
});

describe("the echo of an event", () => {
    /** They can really come again soon, and do no harm if they come twice. */
    const CAN_REPEAT = ["opened", "minimised", "maximised"];
    const once = NAMES.filter(([, type]) => !CAN_REPEAT.includes(type));

    test.each(once)("%s is dropped within 700 ms, and counts later", (name, type) => {
        send(name, 0);
        send(name, 699);
        expect(types()).toEqual([type]);
        send(name, 1_400);
        expect(types()).toEqual([type, type]);
    });

    test("is not another event's", () => {
        send("lcw:startChat", 0);
        send("lcw:chatQueued", 1);
        send("lcw:closeChat", 2);
        expect(types()).toEqual(["opened", "queued", "closed"]);
    });

    test("opening may come again soon after a close (seen on slow computers)", () => {
        send("lcw:startChat", 0);
        send("lcw:closeChat", 440);
        send("lcw:startChat", 523);
        expect(types()).toEqual(["opened", "closed", "opened"]);
    });

    test("minimising and maximising may alternate quickly", () => {
        send("lcw:onMinimize", 0);
        send("lcw:onMaximize", 100);
        send("lcw:onMinimize", 200);
        expect(types()).toEqual(["minimised", "maximised", "minimised"]);
    });
});

describe("messages", () => {
    test("are the agent's, not the system's", () => {
        send("lcw:onMessageReceived", 0, fromAgent());
        send("lcw:onMessageReceived", 1, { messageType: "system", channelData: { tags: ["system"] } });
        expect(told).toEqual([{ type: "message" }]);
    });

    test("delivered twice count once", () => {
        send("lcw:onMessageReceived", 0, fromAgent());
        send("lcw:onMessageReceived", 500, fromAgent());
        expect(types()).toEqual(["message"]);
    });

    test("that differ count each, however quickly they come", () => {
        send("lcw:onMessageReceived", 0, fromAgent("a"));
        send("lcw:onMessageReceived", 1, fromAgent("b"));
        expect(types()).toEqual(["message", "message"]);
    });

    test("that look alike count each when they are further apart than an echo", () => {
        send("lcw:onMessageReceived", 0, fromAgent());
        send("lcw:onMessageReceived", 700, fromAgent());
        expect(types()).toEqual(["message", "message"]);
    });

    test("an echo has no echo: the next message after one is a message", () => {
        send("lcw:onMessageReceived", 0, fromAgent());
        send("lcw:onMessageReceived", 500, fromAgent());
        send("lcw:onMessageReceived", 1_000, fromAgent());
        send("lcw:onMessageReceived", 1_500, fromAgent());
        expect(types()).toEqual(["message", "message"]);
    });

    const cyclic: Record<string, unknown> = { messageType: "user" };
    cyclic["self"] = cyclic;
    const throwing = {
        get messageType(): string {
            throw new Error("hostile");
        },
    };

    test.each<[string, unknown]>([
        ["nothing", undefined],
        ["null", null],
        ["a text", "user"],
        ["a cycle", cyclic],
        ["an accessor that throws", throwing],
        ["a conversion that throws", { messageType: "user", toJSON: () => { throw new Error("hostile"); } }],
        ["a big number", { messageType: 10n }],
    ])("with %s for a payload are messages, and no exception", (_, detail) => {
        expect(() => send("lcw:onMessageReceived", 0, detail)).not.toThrow();
        expect(told).toEqual([{ type: "message" }]);
    });
});

describe("errors", () => {
    test.each<[string, unknown, string]>([
        ["the widget's own code", { errorCode: 7, errorDescription: "scripts failed to load" }, "7"],
        ["a code in words", { errorCode: "StartChatFailed" }, "StartChatFailed"],
        ["a raw Error (B)", new Error("secret@contoso.com"), ""],
        ["no detail (B)", undefined, ""],
        ["text that is no code", { errorCode: "<img src=x onerror=alert(1)>" }, ""],
        ["endless text", { errorCode: "x".repeat(41) }, ""],
        ["an object for a code", { errorCode: { toString: () => "7" } }, ""],
        [
            "an accessor that throws",
            {
                get errorCode(): number {
                    throw new Error("hostile");
                },
            },
            "",
        ],
    ])("with %s", (_, payload, detail) => {
        expect(() => send("lcw:error", 0, payload)).not.toThrow();
        expect(told).toEqual([{ type: "failed", code: "widget-error", detail }]);
    });
});

test.each([2, 3, 4, 8, "8"])("the codes of sign-in (D: %s) are a widget that asks for signed-in users", (errorCode) => {
    send("lcw:error", 0, { errorCode, errorDescription: "x" });
    expect(told).toEqual([{ type: "failed", code: "widget-requires-authentication", detail: String(errorCode) }]);
});

test.each([1, 7, 0, 23, "28", undefined])("any other code (%s) is the widget's own error", (errorCode) => {
    send("lcw:error", 0, { errorCode });
    expect(told[0]).toMatchObject({ code: "widget-error" });
});
