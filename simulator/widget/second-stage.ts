// Owns the second stage: it mounts Microsoft's widget, puts handlers behind the SDK object and raises the lcw:* events.
import { createElement, type ComponentProps } from "react";
import { render } from "react-dom";
import { BroadcastService, BroadcastServiceInitialize } from "@microsoft/omnichannel-chat-components";
import { getWidgetCacheId, LiveChatWidget } from "@microsoft/omnichannel-chat-widget";
import { OmnichannelChatSDK } from "@microsoft/omnichannel-chat-sdk";
import { onArrival } from "./chat-client.ts";
import { Follower, raise, readLayerSettings, type LayerSettings } from "./events.ts";
import { attribute, liveChatObject, says, scriptTag, type LiveChatHandlers } from "./page.ts";
import { showLocalSurveys } from "./survey.ts";

type WidgetProps = ComponentProps<typeof LiveChatWidget>;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** The container of everything; its id is ours, the ids inside are the widget's. */
const CONTAINER_ID = "Microsoft_Omnichannel_LCWidget_Container";

/** Side effects of the real script layer in the page (B): a viewport meta if there is none, and a Ctrl+/ key handler. */
function sideEffects(): void {
  if (document.querySelector("meta[name=viewport]") === null) {
    const meta = document.createElement("meta");
    meta.name = "viewport";
    meta.content = "width=device-width, initial-scale=1";
    document.head.appendChild(meta);
  }
  window.addEventListener("keydown", (event) => {
    if (!event.ctrlKey || event.key !== "/") return;
    document.querySelector<HTMLElement>("#oc-lcw-chat-button, #oc-lcw [data-id=webchat-sendbox-input]")?.focus();
  });
}

/** The page title shows unread messages as `(n) …` (B). */
function showInTitle(count: number): void {
  const plain = document.title.replace(/^\(\d+\+?\) /, "");
  document.title = count > 0 ? `(${String(count)}) ${plain}` : plain;
}

/** Whether the widget may show here: hours (D: "show widget during offline hours") and sites (D: "widget location"). */
function mayShow(config: unknown, settings: LayerSettings): boolean {
  const join = isObject(config) && isObject(config["LiveWSAndLiveChatEngJoin"]) ? config["LiveWSAndLiveChatEngJoin"] : {};
  const hidden = String(join["ShowWidget"]).toLowerCase() === "false";
  const sites = settings.allowedSites;
  return !hidden && (sites.length === 0 || sites.includes(location.hostname) || sites.includes(location.host));
}

/** The widget's props from the tag's attributes; only those the open-source widget has a prop for. */
function lookOf(tag: HTMLScriptElement): Partial<WidgetProps> {
  const colour = attribute(tag, "data-color-override");
  const font = attribute(tag, "data-font-family-override");
  const closeText = attribute(tag, "data-custom-close-button-text");
  const background = colour !== undefined && /^#[0-9a-f]{6}$/i.test(colour) ? { backgroundColor: colour } : {};
  const family = font === undefined ? {} : { fontFamily: font };
  return {
    styleProps: { generalStyles: { position: "fixed", bottom: "20px", right: "20px", width: "360px", height: "min(560px, calc(100vh - 40px))", zIndex: 9999999, ...family } },
    chatButtonProps: { styleProps: { generalStyleProps: family, iconStyleProps: background, titleStyleProps: family, subtitleStyleProps: family } },
    headerProps: {
      controlProps: {
        hideMinimizeButton: says(tag, "data-hide-minimize-button"),
        ...(closeText === undefined ? {} : { closeButtonProps: { id: "lcw-header-close-button", type: "text", text: closeText, ariaLabel: closeText } }),
      },
      styleProps: {
        generalStyleProps: { ...background, ...family },
        ...(closeText === undefined ? {} : { closeButtonStyleProps: { color: "#ffffff", background: "transparent", border: "1px solid #ffffff", width: "auto", padding: "0 8px", margin: "4px" } }),
      },
    },
    webChatContainerProps: {
      webChatStyles: { ...(colour === undefined ? {} : { bubbleFromUserBackground: colour }), ...(font === undefined ? {} : { primaryFont: font }) },
    },
  };
}

/** Errors with the documented codes (D). */
const ERROR = { contextProvider: 1, authProvider: 2, noToken: 3, invalidToken: 4, scripts: 7, authFunctionMissing: 8 } as const;

async function start(): Promise<void> {
  const tag = scriptTag();
  const page = liveChatObject();
  if (tag === null || page.simulator.alive) return;
  const orgId = attribute(tag, "data-org-id") ?? "";
  const orgUrl = (attribute(tag, "data-org-url") ?? "").replace(/\/$/, "");
  const widgetId = attribute(tag, "data-app-id") ?? "";
  page.simulator.alive = true;

  // The settings come with the configuration; until then, events are raised once.
  let settings = readLayerSettings(undefined);
  const say = (name: string, detail?: unknown): void => raise(name, detail, settings.duplicateEvents);
  const fail = (errorCode: number, errorDescription: string): void => say("lcw:error", { errorCode, errorDescription });

  const runtimeId = crypto.randomUUID();
  const chatSDK = new OmnichannelChatSDK({ orgId, orgUrl, widgetId }, { telemetry: { disable: true, runtimeId } });
  let chatConfig: unknown;
  try {
    await chatSDK.initialize({ useParallelLoad: true });
    chatConfig = await chatSDK.getLiveChatConfig();
  } catch (error) {
    // A raw Error as detail (B); never ready, and the script may be tried again.
    page.simulator.alive = false;
    say("lcw:error", error instanceof Error ? error : new Error(String(error)));
    return;
  }
  settings = readLayerSettings(chatConfig);
  if (!mayShow(chatConfig, settings)) return;

  let authProvider: unknown;
  const getAuthToken = async (name?: string): Promise<string | null> => {
    const provider: unknown = authProvider ?? (name === undefined ? undefined : Reflect.get(window, name));
    if (typeof provider !== "function") {
      fail(ERROR.authFunctionMissing, "The authentication function was not found.");
      return null;
    }
    const token = await new Promise<unknown>((resolve) => {
      // The token must come within 10 s (D); the classic layer takes a synchronous callback only (B).
      const limit = setTimeout(() => resolve(undefined), settings.layer === "classic" ? 0 : 10_000);
      const deliver = (value: unknown): void => {
        clearTimeout(limit);
        resolve(value);
      };
      try {
        (provider as (callback: (value: unknown) => void) => void)(deliver);
      } catch {
        fail(ERROR.authProvider, "The authentication provider failed.");
        deliver(undefined);
      }
    });
    if (typeof token === "string" && token !== "") return token;
    fail(ERROR.noToken, "No token was delivered.");
    return null;
  };

  if (settings.reconnect) offerReconnect(chatSDK, `${orgUrl}/livechatconnector/auth/reconnectablechats/${orgId}/${widgetId}`);

  BroadcastServiceInitialize(widgetId);
  const follower = new Follower(settings, say);
  const ownTab = (payload: unknown): boolean => {
    const telemetry = isObject(payload) && isObject(payload["domainStates"]) ? payload["domainStates"]["telemetryInternalData"] : undefined;
    const id = isObject(telemetry) ? telemetry["lcwRuntimeId"] : undefined;
    return id === undefined || id === "" || id === runtimeId;
  };
  const on = (name: string, listener: (payload: unknown) => void): void => {
    BroadcastService.getMessageByEventName(name).subscribe((message) => listener(message.payload));
  };
  on(getWidgetCacheId(orgId, widgetId, ""), (payload) => {
    if (ownTab(payload)) follower.state(payload);
  });
  on("ChatRetrievedFromCache", () => follower.retrieved());
  on("NewMessageReceived", (payload) => follower.received(payload));
  on("NewMessageSent", (payload) => follower.sent(payload));
  on("HistoryMessageReceived", (payload) => follower.history(payload));
  on("CloseChat", () => follower.closing());
  on("SignInCardReceived", () => say("lcw:signInCardReceived"));
  on("UnreadMessageCount", (payload) => showInTitle(Number(payload) || 0));
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

  const container = document.createElement("div");
  container.id = CONTAINER_ID;
  document.body.appendChild(container);
  sideEffects();
  showLocalSurveys(container);

  const versions = { chatWidgetVersion: "1.8.3", chatComponentVersion: "1.1.15", OCChatSDKVersion: "1.11.8" };
  const props: WidgetProps = {
    ...lookOf(tag),
    chatSDK,
    chatConfig: chatConfig as NonNullable<WidgetProps["chatConfig"]>,
    getAuthToken,
    telemetryConfig: { telemetryDisabled: true, disableConsoleLog: true, LCWRuntimeId: runtimeId, appId: widgetId, orgId, orgUrl, ...versions },
    controlProps: {
      skipBroadcastChannelInit: true,
      hideChatButton: says(tag, "data-hide-chat-button") || says(tag, "data-hide-button"),
    },
  };
  const post = (eventName: string, payload?: unknown): void => BroadcastService.postMessage({ eventName, payload });

  /** Reads the provider's values; an error has its own code (D). */
  const readProvider = (provider: () => unknown): unknown => {
    try {
      return provider();
    } catch (error) {
      fail(ERROR.contextProvider, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  let classicContext: unknown;
  const handlers: LiveChatHandlers = {
    setContextProvider(provider) {
      // Called at once, once (B for the classic layer; the modern one is treated alike, which is right under both).
      const context = readProvider(provider);
      classicContext = context;
      post("SetCustomContext", context);
    },
    removeContextProvider() {
      classicContext = undefined;
      post("SetCustomContext", undefined);
    },
    startChat(options) {
      // Classic: customContext is dropped (B). Modern: the StartChat message carries it, or nothing (S): a context that was
      // set just before is then lost, because both travel as messages.
      const customContext = settings.layer === "classic" ? classicContext : isObject(options) ? options["customContext"] : undefined;
      post("StartChat", { customContext, runtimeId });
    },
    startProactiveChat(notificationConfig, enablePreChat, options) {
      post("StartProactiveChat", { notificationConfig, enablePreChat: enablePreChat === true, inNewWindow: isObject(options) && options["inNewWindow"] === true });
    },
    closeChat: () => post("InitiateEndChat"),
    getAgentAvailability() {
      chatSDK.getAgentAvailability().then(
        (answer) => say("lcw:getAgentAvailability", availabilityOf(answer)),
        (error: unknown) => fail(0, error instanceof Error ? error.message : String(error)),
      );
    },
    setAuthTokenProvider(provider) {
      authProvider = provider;
    },
  };
  render(createElement(LiveChatWidget, props), container, () => {
    page.simulator.handlers = handlers;
    say("lcw:ready");
  });
}

function isFromOthers(data: Record<string, unknown>): boolean {
  const { sender, recipient } = data;
  return !(isObject(sender) && isObject(recipient) && sender["communicationUserId"] === recipient["communicationUserId"]);
}

/** The documented names (D) of what the service answers. */
function availabilityOf(answer: unknown): unknown {
  const a = isObject(answer) ? answer : {};
  return {
    queueId: a["QueueId"], isQueueAvailable: a["IsQueueAvailable"], isAgentAvailable: a["AgentAvailability"], averageWaitTime: a["AverageWaitTime"],
    positionInQueue: a["QueuePosition"], StartTimeOfNextOperatingHour: a["AvailableNext"], EndTimeOfNextOperatingHour: a["AvailableUntil"], nexttransitiontime: a["AvailableNext"],
  };
}

/**
 * The reconnect pane of the widget needs a reconnect id from the service, which gives it to signed-in visitors only (S).
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
