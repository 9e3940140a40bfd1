// Covers chat/ownership: whose conversation an event speaks of, by what the window knows.
import type { ChatState, WidgetEvent } from "../../../ChatWithAgent/chat/machine";
import { classify, isKnown } from "../../../ChatWithAgent/chat/ownership";
import type { Knowledge } from "../../../ChatWithAgent/chat/ownership";

const READY: ChatState = { kind: "ready" };
const CHECKING: ChatState = { kind: "loading", step: "checking", prepared: true, then: "rest", slow: false, pauses: 0 };
const OPENING: ChatState = { kind: "starting", step: "opening", slow: false };
const OPENED: ChatState = { kind: "starting", step: "opened", slow: false };
const CHATTING: ChatState = { kind: "chatting", minimised: false, heard: 0, unread: 0 };
const NOTHING: Omit<Knowledge, "state"> = { marker: "none", hasOwn: false, hasMetForeign: false, isOpen: undefined, hasSurveyAfter: false };

test.each<[string, ChatState, Partial<Knowledge>, WidgetEvent["type"], string]>([
    ["before anything was asked", { kind: "idle" }, {}, "restored", "ignore"],
    ["no marker", CHECKING, {}, "restored", "foreign"],
    ["another user's marker", CHECKING, { marker: "other", hasOwn: true }, "restored", "foreign"],
    ["this user's marker", CHECKING, { marker: "own" }, "restored", "own"],
    ["a chat of this user in this window before", READY, { hasOwn: true }, "restored", "own"],
    ["this user's marker, from another tab", READY, { marker: "own" }, "restored", "elsewhere"],
    ["this user's marker, from another tab", READY, { marker: "own" }, "message", "elsewhere"],
    ["nobody's marker", READY, {}, "message", "ignore"],
    ["nobody's marker", READY, {}, "queued", "ignore"],
    ["a foreign chat was there", READY, { hasMetForeign: true }, "queued", "foreign"],
    ["a foreign chat was there, and no window was opened", OPENING, { hasMetForeign: true }, "queued", "foreign"],
    ["a foreign chat was there, and the user's window is open", OPENED, { hasMetForeign: true }, "queued", "own"],
    ["the user's chat", CHATTING, { marker: "own" }, "message", "own"],
    ["no survey is configured", CHATTING, { marker: "own" }, "stayed", "ignore"],
    ["a survey is configured", CHATTING, { marker: "own", hasSurveyAfter: true }, "stayed", "own"],
])("%s (%j): %j, %s is %s", (_, state, change, type, verdict) => {
    expect(classify({ type } as WidgetEvent, { ...NOTHING, state, ...change })).toBe(verdict);
});

test.each([
    ["own", false, true],
    ["none", false, false],
    ["none", true, true],
    ["other", true, false],
] as const)("marker %s, a chat in this window %s: only this user's can come back: %s", (marker, hasOwn, known) => {
    expect(isKnown({ marker, hasOwn })).toBe(known);
});
