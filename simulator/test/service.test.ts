// Owns the tests of the service over HTTP: start, thread, push, end, faults, settings, control, ports.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, beforeEach, test } from "node:test";
import {
  createSimulator,
  HR_WIDGET_ID,
  IT_WIDGET_ID,
  ORG_ID,
  startSimulator,
  type ConversationView,
} from "../server/index.ts";

let started: Awaited<ReturnType<typeof startSimulator>>;
before(async () => {
  started = await startSimulator({ port: 0 });
});
after(() => started.close());
beforeEach(() => started.simulator.state.reset());

const call = (path: string, method = "GET", body?: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(started.url + path, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const json = async <T>(response: Promise<Response>): Promise<T> => (await (await response).json()) as T;
const control = <T>(path: string, method = "GET", body?: unknown): Promise<T> =>
  json<T>(call(`/control/${path}`, method, body));

interface Token {
  readonly ChatId: string;
  readonly Token: string;
  readonly ACSEndpoint: string;
  readonly VisitorId: string;
}
interface Details {
  readonly State: string;
  readonly ConversationId: string;
  readonly CanRenderPostChat: string;
}

const startPath = (widget = IT_WIDGET_ID): string =>
  `/livechatconnector/organization/${ORG_ID}/widgetApp/${widget}/conversation`;
const start = (
  requestId = "r1",
  context: unknown = { Email: { value: "megan.bowen@contoso.example", isDisplayable: true } },
): Promise<Token> =>
  json<Token>(
    call(
      startPath(),
      "POST",
      { customContextData: context, originurl: "https://contoso.example/" },
      { "request-id": requestId },
    ),
  );
const details = (requestId = "r1"): Promise<Details> =>
  json<Details>(call(`/livechatconnector/getliveworkitemdetails/${ORG_ID}/${IT_WIDGET_ID}/${requestId}`));

test("start, accept, message, end by the customer", async () => {
  const token = await start();
  assert.equal(token.ACSEndpoint, `${started.url}/acs`);
  const payload: unknown = JSON.parse(Buffer.from(token.Token.split(".")[1] ?? "", "base64url").toString());
  assert.ok(typeof payload === "object" && payload !== null && "exp" in payload);
  assert.equal((await details()).State, "Open");

  const [conversation] = await control<ConversationView[]>("conversations");
  assert.ok(conversation);
  assert.deepEqual(conversation.customContextData, {
    Email: { value: "megan.bowen@contoso.example", isDisplayable: true },
  });
  assert.equal(conversation.contact?.name, "Megan Bowen");
  assert.equal(conversation.state, "queued");

  await control(`conversations/${conversation.id}/say`, "POST", { text: "Hello" });
  assert.equal((await details()).State, "Active");
  const thread = `/acs/chat/threads/${encodeURIComponent(token.ChatId)}`;
  const authorization = { authorization: `Bearer ${token.Token}` };
  const sent = await call(
    `${thread}/messages`,
    "POST",
    { content: "Hi", metadata: { tags: "ChannelId-lcw" } },
    authorization,
  );
  assert.equal(sent.status, 201);
  const { value } = await json<{ value: { content: { message: string }; id: string }[] }>(
    call(`${thread}/messages`, "GET", undefined, authorization),
  );
  assert.deepEqual(
    value.map((m) => m.content.message),
    ["Hi", "Hello"],
    "newest first",
  );
  assert.ok(Number(value[0]?.id) > Number(value[1]?.id), "ids are rising epoch milliseconds");
  assert.equal((await call(`${thread}/messages`)).status, 401);

  await call(`/livechatconnector/sessionclose/${ORG_ID}/${IT_WIDGET_ID}/r1`, "POST", {});
  assert.equal((await details()).State, "Closed");
  const ended = await control<ConversationView>(`conversations/${conversation.id}`);
  assert.equal(ended.endedBy, "customer");
});

test("restore: the same request id gives the same conversation and token", async () => {
  const first = await start("r7");
  assert.equal((await start("r7")).ChatId, first.ChatId);
  const again = await json<Token>(call(`/livechatconnector/v2/getchattoken/${ORG_ID}/${IT_WIDGET_ID}/r7`));
  assert.equal(again.Token, first.Token);
  assert.equal((await control<unknown[]>("conversations")).length, 1);
});

test("an unknown request id has no details", async () => {
  assert.equal((await call(`/livechatconnector/getliveworkitemdetails/${ORG_ID}/${IT_WIDGET_ID}/nobody`)).status, 204);
});

test("push carries the agent's line and the end", async () => {
  const token = await start();
  const response = await call(
    `/acs/chat/threads/${encodeURIComponent(token.ChatId)}/events?token=${encodeURIComponent(token.Token)}`,
  );
  const reader = response.body?.getReader();
  assert.ok(reader);
  const state = started.simulator.state;
  const conversation = state.conversation("r1");
  assert.ok(conversation);
  state.agentSays(conversation, "Line");
  state.end(conversation, "agent");
  let text = "";
  while (!text.includes("participantsRemoved")) {
    const { value, done } = await reader.read();
    if (done) break;
    text += Buffer.from(value).toString();
  }
  await reader.cancel();
  assert.match(text, /event: chatMessageReceived\ndata: .*"message":"Line"/);
  assert.match(text, /"tags":"system,agentendconversation"/);
  assert.equal((await details()).State, "WrapUp");
  assert.equal((await call(`/control/conversations/${conversation.id}/say`, "POST", { text: "late" })).status, 409);
});

test("settings change the configuration and the rules", async () => {
  const config = async (): Promise<Record<string, Record<string, unknown> | undefined>> =>
    json(call(`/livechatconnector/config/${ORG_ID}/${IT_WIDGET_ID}?requestId=x&channelId=lcw`));
  assert.equal((await config())["LiveWSAndLiveChatEngJoin"]?.["ShowWidget"], "True");
  await control(`widgets/${IT_WIDGET_ID}`, "PATCH", {
    outOfOperatingHours: true,
    layer: "classic",
    preChatSurvey: true,
  });
  const changed = await config();
  const join = changed["LiveWSAndLiveChatEngJoin"];
  assert.deepEqual([join?.["ShowWidget"], join?.["msdyn_prechatenabled"]], ["False", "true"]);
  assert.equal(changed["Simulator"]?.["layer"], "classic");
  const refused = await call(startPath(), "POST", {}, { "request-id": "r" });
  assert.equal(refused.headers.get("errorcode"), "705");
  assert.equal(
    (await call(startPath(HR_WIDGET_ID), "POST", {}, { "request-id": "r" })).status,
    200,
    "the other widget is untouched",
  );
  assert.equal((await call(`/control/widgets/${IT_WIDGET_ID}`, "PATCH", { layer: "old" })).status, 400);
  assert.equal((await call(`/control/widgets/${IT_WIDGET_ID}`, "PATCH", { constructor: true })).status, 400);
});

test("sign-in is asked for", async () => {
  await control(`widgets/${IT_WIDGET_ID}`, "PATCH", { authenticationRequired: true });
  assert.equal((await call(startPath(), "POST", {}, { "request-id": "r" })).status, 401);
  assert.equal(
    (
      await call(
        startPath().replace("organization", "auth/organization"),
        "POST",
        {},
        { "request-id": "r", authenticatedusertoken: "t" },
      )
    ).status,
    200,
  );
});

test("a wrong widget is not found", async () => {
  assert.equal((await call(`/livechatconnector/config/${ORG_ID}/00000000-0000-0000-0000-000000000000`)).status, 404);
});

test("faults: status, times, body, delay, hang, one widget only", async () => {
  const config = (widget = IT_WIDGET_ID): Promise<Response> => call(`/livechatconnector/config/${ORG_ID}/${widget}`);
  await control("faults", "POST", { kind: "config", status: 500, times: 2 });
  assert.equal((await config()).status, 500);
  assert.equal((await config()).status, 500);
  assert.equal((await config()).status, 200);
  await control("faults", "POST", { kind: "config", body: "<rubbish", widgetId: HR_WIDGET_ID });
  assert.equal((await config()).status, 200);
  assert.equal(await (await config(HR_WIDGET_ID)).text(), "<rubbish");
  assert.deepEqual(await control("faults", "DELETE"), { cleared: 1 });
  await control("faults", "POST", { kind: "config", delayMs: 150, times: 1 });
  const at = Date.now();
  assert.equal((await config()).status, 200);
  assert.ok(Date.now() - at >= 140);
  await control("faults", "POST", { kind: "details", hang: true });
  await assert.rejects(
    fetch(`${started.url}/livechatconnector/getliveworkitemdetails/a/b/c`, { signal: AbortSignal.timeout(150) }),
  );
  assert.equal((await call("/control/faults", "POST", { kind: "weather" })).status, 400);
});

test("requests are recorded, and all answers allow other origins", async () => {
  const response = await call(`/livechatconnector/config/${ORG_ID}/${IT_WIDGET_ID}?requestId=x`, "GET", undefined, {
    origin: "https://contoso.example",
  });
  assert.equal(response.headers.get("access-control-allow-origin"), "https://contoso.example");
  assert.match(response.headers.get("access-control-expose-headers") ?? "", /oc-sessionid/);
  const options = await call(startPath(), "OPTIONS", undefined, {
    origin: "https://contoso.example",
    "access-control-request-headers": "request-id, oc-sessionid",
  });
  assert.equal(options.status, 204);
  assert.equal(options.headers.get("access-control-allow-headers"), "request-id, oc-sessionid");
  const requests = await control<{ kind: string; method: string; path: string; time: string }[]>("requests");
  assert.deepEqual(
    requests.map(({ kind, method }) => `${method} ${kind}`),
    ["GET config"],
  );
});

test("contacts can be replaced", async () => {
  await control("contacts", "PUT", [{ name: "New", emailaddress1: "new@contoso.example" }]);
  await start("r9", { Email: { value: "new@contoso.example", isDisplayable: true } });
  assert.equal((await control<ConversationView[]>("conversations"))[0]?.contact?.name, "New");
});

test("reset brings the sample data back", async () => {
  await start();
  await control("contacts", "PUT", []);
  await control("reset", "POST");
  assert.equal((await control<unknown[]>("conversations")).length, 0);
  assert.equal((await control<unknown[]>("contacts")).length, 5);
});

test("handle leaves other paths alone", async () => {
  const simulator = createSimulator();
  const server = createServer((request, response) => {
    if (!simulator.handle(request, response)) response.end(`mine: ${request.url ?? ""}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  for (const path of ["/", "//", "/agents", "/controls/x", "/other?x=/agent"])
    assert.equal(await (await fetch(url + path)).text(), `mine: ${path}`);
  assert.equal((await fetch(`${url}/agent`)).headers.get("content-type"), "text/html; charset=utf-8");
  await simulator.close();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

test("a taken port is told in one line", async () => {
  const port = Number(new URL(started.url).port);
  await assert.rejects(startSimulator({ port }), (error: Error) => {
    assert.match(error.message, new RegExp(`^Port ${String(port)} is already in use[^\n]*$`));
    return true;
  });
});
