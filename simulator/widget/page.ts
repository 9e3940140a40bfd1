// Owns what the two script stages share: the script tag, its attributes, and the object on window.

/** The SDK as pages see it (D). Every method returns nothing. */
export interface LiveChatSdk {
  setContextProvider(provider: unknown): void;
  getContextProvider(): unknown;
  removeContextProvider(): void;
  startChat(options?: unknown): void;
  startProactiveChat(notificationConfig?: unknown, showPrechat?: unknown, options?: unknown): void;
  closeChat(): void;
  getAgentAvailability(): void;
  setAuthTokenProvider(provider: unknown): void;
}

/** What the second stage puts behind the SDK once it is ready. */
export interface LiveChatHandlers {
  setContextProvider(provider: () => unknown): void;
  removeContextProvider(): void;
  startChat(options: unknown): void;
  startProactiveChat(notificationConfig: unknown, showPrechat: unknown, options: unknown): void;
  closeChat(): void;
  getAgentAvailability(): void;
  setAuthTokenProvider(provider: unknown): void;
}

/** Our place on `window.Microsoft.Omnichannel`. */
export interface LiveChatWidgetObject {
  SDK: LiveChatSdk;
  /** Simulator only: the state of the script layer. */
  simulator: { alive: boolean; handlers: LiveChatHandlers | undefined; contextProvider: (() => unknown) | undefined };
}

interface OmnichannelObject {
  LiveChatWidget?: LiveChatWidgetObject;
}

/** The page's window, as far as the script layer looks at it. */
export interface HostWindow {
  Microsoft?: { Omnichannel?: OmnichannelObject };
  FabricConfig?: { iconBaseUrl: string; fontBaseUrl: string };
}

/** The window, under our own type: other packages declare `Microsoft` otherwise. */
export const host = window as unknown as HostWindow;

/** The script tag: it is found by id, never by `currentScript` (B). */
export function scriptTag(): HTMLScriptElement | null {
  return document.querySelector<HTMLScriptElement>("script#Microsoft_Omnichannel_LCWidget");
}

/** An attribute of the tag, trimmed; empty counts as missing. */
export function attribute(tag: HTMLScriptElement, name: string): string | undefined {
  const value = tag.getAttribute(name)?.trim();
  return value === undefined || value === "" ? undefined : value;
}

/** An attribute that says yes. */
export function says(tag: HTMLScriptElement, name: string): boolean {
  return attribute(tag, name)?.toLowerCase() === "true";
}

/**
 * The URL of another file of the script host: the tag's own `src` from `/scripts/` on is replaced, the query string
 * survives (B). Undefined when the path has no such part.
 */
export function siblingUrl(src: string, path: string): string | undefined {
  const url = new URL(src, document.baseURI);
  const at = url.pathname.indexOf("/scripts/");
  if (at < 0) return undefined;
  url.pathname = url.pathname.slice(0, at) + path;
  return url.href;
}

/** The object, made on first use beside whatever else `Microsoft.Omnichannel` holds. Before ready, calls are dropped silently (B). */
export function liveChatObject(): LiveChatWidgetObject {
  const microsoft = (host.Microsoft ??= {});
  const omnichannel = (microsoft.Omnichannel ??= {});
  const existing = omnichannel.LiveChatWidget;
  if (existing?.simulator !== undefined) return existing;
  const simulator: LiveChatWidgetObject["simulator"] = { alive: false, handlers: undefined, contextProvider: undefined };
  const made: LiveChatWidgetObject = {
    simulator,
    SDK: {
      setContextProvider(provider) {
        if (typeof provider !== "function") throw new Error("The context provider must be a function.");
        const call = provider as () => unknown;
        if (simulator.handlers === undefined) return;
        simulator.contextProvider = call;
        simulator.handlers.setContextProvider(call);
      },
      getContextProvider: () => simulator.contextProvider,
      removeContextProvider() {
        simulator.contextProvider = undefined;
        simulator.handlers?.removeContextProvider();
      },
      startChat: (options) => simulator.handlers?.startChat(options),
      startProactiveChat: (config, showPrechat, options) => simulator.handlers?.startProactiveChat(config, showPrechat, options),
      closeChat: () => simulator.handlers?.closeChat(),
      getAgentAvailability: () => simulator.handlers?.getAgentAvailability(),
      setAuthTokenProvider: (provider) => simulator.handlers?.setAuthTokenProvider(provider),
    },
  };
  omnichannel.LiveChatWidget = made;
  return made;
}
