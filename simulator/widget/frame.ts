// Owns the frame's script: it mounts Microsoft's widget, answers the page's calls and tells events, sizes and unread
// messages.
import { createElement } from "react";
import { render } from "react-dom";
import { BroadcastService, BroadcastServiceInitialize } from "@microsoft/omnichannel-chat-components";
import { getWidgetCacheId, LiveChatWidget } from "@microsoft/omnichannel-chat-widget";
import { OmnichannelChatSDK } from "@microsoft/omnichannel-chat-sdk";
import { onArrival } from "./chat-client.ts";
import { Follower, isObject, readLayerSettings, type LayerSettings } from "./events.ts";
import { attribute, listen, raise, tell } from "./host.ts";
import { hidesButton, look, type WidgetProps } from "./look.ts";
import type { Method } from "./messages.ts";
import { showLocalSurveys } from "./survey.ts";
import { tokenSource } from "./token.ts";

/** The container of everything; its id is ours, the ids inside are the widget's. */
const CONTAINER_ID = "Microsoft_Omnichannel_LCWidget_Container";

const VERSIONS = { chatWidgetVersion: "1.8.3", chatComponentVersion: "1.1.15", OCChatSDKVersion: "1.11.8" };

const orgId = attribute("data-org-id") ?? "";
const widgetId = attribute("data-app-id") ?? "";
const runtimeId = crypto.randomUUID();

/** Served from this machine, the frame has its service beside it: no service worker can answer the real name here. */
const orgUrl = ["127.0.0.1", "localhost"].includes(location.hostname)
  ? location.origin
  : (attribute("data-org-url") ?? "").replace(/\/$/, "");

// The settings come with the configuration; until then, events are raised once.
let settings = readLayerSettings(undefined);
const say = (name: string, detail?: unknown): void => raise(name, detail, settings.duplicateEvents);
const fail = (errorCode: number, errorDescription: string): void => say("lcw:error", { errorCode, errorDescription });
const post = (eventName: string, payload?: unknown): void => BroadcastService.postMessage({ eventName, payload });
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether the widget may show here: hours (D: "show widget during offline hours") and sites (D: "widget location"). */
function mayShow(config: unknown, { allowedSites }: LayerSettings): boolean {
  const join =
    isObject(config) && isObject(config["LiveWSAndLiveChatEngJoin"]) ? config["LiveWSAndLiveChatEngJoin"] : {};
  if (String(join["ShowWidget"]).toLowerCase() === "false") return false;
  const host = attribute("hostname") ?? "";
  return allowedSites.length === 0 || allowedSites.includes(host) || allowedSites.includes(host.replace(/:\d+$/, ""));
}

/** True for a state of this tab: the bus carries those of other tabs as well. */
function isOwn(payload: unknown): boolean {
  const telemetry =
    isObject(payload) && isObject(payload["domainStates"])
      ? payload["domainStates"]["telemetryInternalData"]
      : undefined;
  const id = isObject(telemetry) ? telemetry["lcwRuntimeId"] : undefined;
  return id === undefined || id === "" || id === runtimeId;
}

/** Tells the page what the widget tells its bus. */
function follow(): void {
  BroadcastServiceInitialize(widgetId);
  const follower = new Follower(settings, hidesButton(), say, (size) => tell({ lcw: "size", size }));
  const on = (name: string, listener: (payload: unknown) => void): void => {
    BroadcastService.getMessageByEventName(name).subscribe((message) => listener(message.payload));
  };
  on(getWidgetCacheId(orgId, widgetId, ""), (payload) => {
    if (isOwn(payload)) follower.state(payload);
  });
  on("ChatRetrievedFromCache", () => follower.retrieved());
  on("NewMessageReceived", (payload) => follower.received(payload));
  on("NewMessageSent", (payload) => follower.sent(payload));
  on("HistoryMessageReceived", (payload) => follower.history(payload));
  on("CloseChat", () => follower.closing());
  on("SignInCardReceived", () => say("lcw:signInCardReceived"));
  on("UnreadMessageCount", (payload) => tell({ lcw: "unread", count: Number(payload) || 0 }));
  // The setting widgetErrors: that widget errors come as lcw:error, with a description and no code, is inferred (I).
  on("OnWidgetError", (payload) => {
    if (settings.widgetErrors === "silent") return;
    const message = isObject(payload) ? payload["errorMessage"] : payload;
    // An Error loses its text on the bus, which carries JSON: then there is no detail (B: that happens).
    say("lcw:error", typeof message === "string" ? { errorDescription: message } : undefined);
  });
  onArrival(({ event, data }) => {
    if (event === "chatMessageReceived" && isFromOthers(data)) follower.arrived(data);
  });
}

/**
 * What the page's calls do. Values have come as messages: a context provider's are final, `undefined` has become
 * null.
 */
function answerCalls(chatSDK: OmnichannelChatSDK): void {
  let classicContext: unknown;
  const setContext = (context: unknown): void => {
    classicContext = context;
    post("SetCustomContext", context);
  };
  const methods: Record<Method, (...args: readonly unknown[]) => void> = {
    setContextProvider: (context) => setContext(context ?? undefined),
    removeContextProvider: () => setContext(undefined),
    startChat(options) {
      // Classic: customContext is dropped (B). Modern: the StartChat message carries it, or nothing (S): a context
      // that was
      // set just before is then lost, because both travel as messages.
      const customContext =
        settings.layer === "classic" ? classicContext : isObject(options) ? options["customContext"] : undefined;
      post("StartChat", { customContext, runtimeId });
    },
    startProactiveChat(notificationConfig, enablePreChat, options) {
      const inNewWindow = isObject(options) && options["inNewWindow"] === true;
      post("StartProactiveChat", { notificationConfig, enablePreChat: enablePreChat === true, inNewWindow });
    },
    closeChat: () => post("InitiateEndChat"),
    getAgentAvailability() {
      chatSDK.getAgentAvailability().then(
        (answer) => say("lcw:getAgentAvailability", availabilityOf(answer)),
        (error: unknown) => fail(0, textOf(error)),
      );
    },
    // The provider stays in the page, which is asked for each token.
    setAuthTokenProvider: () => undefined,
  };
  listen((message) => {
    if (message.lcw === "call" && Object.hasOwn(methods, message.method)) methods[message.method](...message.args);
  });
}

async function start(): Promise<void> {
  const chatSDK = new OmnichannelChatSDK({ orgId, orgUrl, widgetId }, { telemetry: { disable: true, runtimeId } });
  let chatConfig: unknown;
  try {
    await chatSDK.initialize({ useParallelLoad: true });
    chatConfig = await chatSDK.getLiveChatConfig();
  } catch (error) {
    // A raw Error as detail (B), of which JSON leaves an empty object; never ready.
    return say("lcw:error", error);
  }
  settings = readLayerSettings(chatConfig);
  tell({ lcw: "layer", layer: settings.layer });
  if (!mayShow(chatConfig, settings)) return;
  if (settings.reconnect)
    offerReconnect(chatSDK, `${orgUrl}/livechatconnector/auth/reconnectablechats/${orgId}/${widgetId}`);
  follow();

  const container = document.createElement("div");
  container.id = CONTAINER_ID;
  document.body.appendChild(container);
  showLocalSurveys(container);
  const props: WidgetProps = {
    ...look(),
    chatSDK,
    chatConfig: chatConfig as NonNullable<WidgetProps["chatConfig"]>,
    getAuthToken: tokenSource(fail),
    telemetryConfig: {
      telemetryDisabled: true,
      disableConsoleLog: true,
      LCWRuntimeId: runtimeId,
      appId: widgetId,
      orgId,
      orgUrl,
      ...VERSIONS,
    },
    controlProps: { skipBroadcastChannelInit: true, hideChatButton: hidesButton() },
  };
  render(createElement(LiveChatWidget, props), container, () => {
    answerCalls(chatSDK);
    say("lcw:ready");
  });
}

function isFromOthers(data: Record<string, unknown>): boolean {
  const { sender, recipient } = data;
  return !(
    isObject(sender) &&
    isObject(recipient) &&
    sender["communicationUserId"] === recipient["communicationUserId"]
  );
}

/** The documented names (D) of what the service answers. */
function availabilityOf(answer: unknown): unknown {
  const a = isObject(answer) ? answer : {};
  return {
    queueId: a["QueueId"],
    isQueueAvailable: a["IsQueueAvailable"],
    isAgentAvailable: a["AgentAvailability"],
    averageWaitTime: a["AverageWaitTime"],
    positionInQueue: a["QueuePosition"],
    StartTimeOfNextOperatingHour: a["AvailableNext"],
    EndTimeOfNextOperatingHour: a["AvailableUntil"],
    nexttransitiontime: a["AvailableNext"],
  };
}

/**
 * The reconnect pane of the widget needs a reconnect id from the service, which gives it to signed-in visitors only
 * (S).
 * So that the pane can be seen without sign-in, the simulator asks for it itself: a deviation, said in the README.
 */
function offerReconnect(chatSDK: OmnichannelChatSDK, url: string): void {
  const original = chatSDK.getChatReconnectContext.bind(chatSDK);
  chatSDK.getChatReconnectContext = async (params) => {
    const context = await original(params);
    if (context.reconnectId) return context;
    const response = await fetch(`${url}/${chatSDK.requestId}`).catch(() => undefined);
    if (response?.status !== 200) return context;
    const body: unknown = await response.json();
    const reconnectId = isObject(body) && typeof body["reconnectid"] === "string" ? body["reconnectid"] : null;
    return { ...context, reconnectId };
  };
}

void start();
