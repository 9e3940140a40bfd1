// Owns the tests of the event follower: which lcw:* events follow from what the widget tells its bus.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Follower, readLayerSettings } from "../widget/events.ts";

function follow(simulator: Record<string, unknown> = {}): { follower: Follower; said: string[]; details: unknown[] } {
  const said: string[] = [];
  const details: unknown[] = [];
  const follower = new Follower(readLayerSettings({ Simulator: simulator }), (name, detail) => {
    said.push(name);
    details.push(detail);
  });
  return { follower, said, details };
}
const state = (conversationState: number, isMinimized?: boolean, conversationEndedBy = "NotSet"): unknown => ({ appStates: { conversationState, isMinimized, conversationEndedBy } });
const line = (id: string): Record<string, unknown> => ({ Id: id, messageType: "user", channelData: { tags: ["public"], secret: 1 }, text: "x" });

test("start, minimise, maximise, close", () => {
  const { follower, said } = follow();
  for (const s of [state(9), state(9), state(1, false), state(5, false), state(5, true), state(5, false), state(9, false)]) follower.state(s);
  assert.deepEqual(said, ["lcw:startChat", "lcw:chatQueued", "lcw:onMinimize", "lcw:onMaximize", "lcw:closeChat", "lcw:onClose"]);
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
  for (const [messageEvents, before] of [["atOnce", 1], ["whenOpened", 0]] as const) {
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
