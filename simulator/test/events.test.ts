// Owns the tests of the event follower: which lcw:* events follow from what the widget tells its bus.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Follower, readLayerSettings } from "../widget/events.ts";

interface Followed {
  readonly follower: Follower;
  readonly said: string[];
  readonly details: unknown[];
  /** Events and sizes in their order. */
  readonly all: string[];
}

function follow(simulator: Record<string, unknown> = {}, hidesButton = false): Followed {
  const [said, details, all]: [string[], unknown[], string[]] = [[], [], []];
  const follower = new Follower(
    readLayerSettings({ Simulator: simulator }),
    hidesButton,
    (name, detail) => {
      said.push(name);
      details.push(detail);
      all.push(name);
    },
    (size) => all.push(size),
  );
  return { follower, said, details, all };
}
const state = (conversationState: number, isMinimized?: boolean, conversationEndedBy = "NotSet"): unknown => ({
  appStates: { conversationState, isMinimized, conversationEndedBy },
});
const line = (id: string): Record<string, unknown> => ({
  Id: id,
  messageType: "user",
  channelData: { tags: ["public"], secret: 1 },
  text: "x",
});

test("start, minimise, maximise, close", () => {
  const { follower, said } = follow();
  for (const s of [
    state(9),
    state(9),
    state(1, false),
    state(5, false),
    state(5, true),
    state(5, false),
    state(9, false),
  ])
    follower.state(s);
  assert.deepEqual(said, [
    "lcw:startChat",
    "lcw:chatQueued",
    "lcw:onMinimize",
    "lcw:onMaximize",
    "lcw:closeChat",
    "lcw:onClose",
  ]);
});

test("the size comes before the events of the same change, and once", () => {
  const { follower, all } = follow();
  for (const s of [state(9), state(1, false), state(5, false), state(5, true), state(5, false), state(9, false)])
    follower.state(s);
  assert.deepEqual(all, [
    "button",
    "chat",
    "lcw:startChat",
    "lcw:chatQueued",
    "button",
    "lcw:onMinimize",
    "chat",
    "lcw:onMaximize",
    "button",
    "lcw:closeChat",
    "lcw:onClose",
  ]);
});

test("every pane has the chat's size: survey ahead, reconnect, out of office, after the agent's end, survey behind, error", () => {
  for (const pane of [0, 1, 2, 3, 4, 5, 6, 7, 8, 10]) {
    const { follower, all } = follow();
    follower.state(state(pane, false));
    assert.deepEqual(
      all.filter((word) => !word.startsWith("lcw:")),
      ["chat"],
      String(pane),
    );
  }
});

test("with the button hidden, a minimised or closed chat has no size", () => {
  const { follower, all } = follow({}, true);
  for (const s of [state(9), state(1, false), state(5, false), state(5, true)]) follower.state(s);
  assert.deepEqual(all, ["chat", "lcw:startChat", "lcw:chatQueued", "none", "lcw:onMinimize"]);
});

test("a restored chat is neither started nor queued", () => {
  const { follower, said } = follow();
  follower.state(state(5, false));
  follower.state(state(1, false));
  follower.retrieved();
  follower.state(state(5, false));
  assert.deepEqual(said, ["lcw:chatRetrieved"]);
});

test("a survey opens the pane but queues nothing", () => {
  const { follower, said } = follow();
  follower.state(state(9));
  follower.state(state(0, false));
  assert.deepEqual(said, ["lcw:startChat"]);
});

test("out of hours nothing starts", () => {
  const { follower, said } = follow();
  follower.state(state(9));
  follower.state(state(3, false));
  assert.deepEqual(said, []);
});

test("the agent's end is told once", () => {
  const { follower, said } = follow();
  follower.state(state(5, false));
  follower.state(state(5, false, "Agent"));
  follower.state(state(6, false, "Agent"));
  assert.deepEqual(said, ["lcw:threadUpdate"]);
});

test("messages: documented members only, or all", () => {
  const plain = follow();
  plain.follower.received(line("1"));
  assert.deepEqual(plain.details, [{ channelData: { tags: ["public"] }, messageType: "user" }]);
  const full = follow({ eventDetail: "full" });
  full.follower.received(line("1"));
  assert.deepEqual(full.details, [line("1")]);
});

test("minimised: at once and not again, or only when opened", () => {
  for (const [messageEvents, before] of [
    ["atOnce", 1],
    ["whenOpened", 0],
  ] as const) {
    const { follower, said } = follow({ messageEvents });
    const count = (): number => said.filter((name) => name === "lcw:onMessageReceived").length;
    follower.state(state(5, false));
    follower.state(state(5, true));
    follower.arrived({ id: "1", message: "x", metadata: { tags: "public" } });
    assert.equal(count(), before);
    follower.state(state(5, false));
    follower.received(line("1"));
    assert.equal(count(), 1);
  }
});

test("closeChat comes once, at once if so set", () => {
  const { follower, said } = follow({ closeEvent: "atOnce" });
  follower.state(state(5, false));
  follower.closing();
  assert.deepEqual(said, ["lcw:closeChat"]);
  follower.state(state(9, false));
  assert.deepEqual(said, ["lcw:closeChat", "lcw:onClose"]);
});
