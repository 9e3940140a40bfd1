// Owns the script that pages load, LiveChatBootstrapper.js: the SDK object, the frame and its size, the events, the
// title.
import {
  CLASSIC_OPEN,
  FRAME_ID,
  FRAME_ORIGIN_MARK,
  FRAME_PATH,
  type FrameMessage,
  type FrameSize,
  type Method,
  type PageMessage,
} from "./messages.ts";

type Provider = (deliver?: (token: unknown) => void) => unknown;

/** The page's window, as far as the script looks at it. */
interface PageWindow {
  Microsoft?: { Omnichannel?: { LiveChatWidget?: { SDK?: unknown } } };
}

/** An open frame is wider than 250 px, the button alone narrower (P). */
const SIZES: Record<FrameSize, readonly [width: string, height: string]> = {
  none: ["0px", "0px"],
  button: ["210px", "84px"],
  chat: ["min(380px, 100vw)", "min(620px, 100vh)"],
};

/** The tag is found by its id, never by `currentScript` (B). */
const tag = document.querySelector<HTMLScriptElement>("script#Microsoft_Omnichannel_LCWidget");

/**
 * The frame's address: the tag's own `src` from `/scripts/` on is replaced (B), the tag's `data-*` are the query (P).
 */
function frameAddress({ src, attributes }: HTMLScriptElement): URL {
  const address = new URL(src, document.baseURI);
  const origin = FRAME_ORIGIN_MARK.startsWith("http") ? FRAME_ORIGIN_MARK : address.origin;
  const frame = new URL(`${address.pathname.replace(/\/scripts\/.*/, "")}${FRAME_PATH}`, origin);
  for (const { name, value } of attributes) if (name.startsWith("data-")) frame.searchParams.set(name, value);
  frame.searchParams.set("hostname", location.host);
  return frame;
}

function createFrame(address: URL): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.id = frame.name = FRAME_ID;
  frame.title = "Chat";
  frame.src = address.href;
  Object.assign(frame.style, {
    position: "fixed",
    right: "0",
    bottom: "0",
    border: "0",
    zIndex: "9999999",
    colorScheme: "light",
  });
  [frame.style.width, frame.style.height] = SIZES.none;
  return frame;
}

/** The classic layer's sizes: a class decides, the inline size is only for a hidden frame. */
function addClassicSheet(): void {
  const rule = (selector: string, [width, height]: readonly [string, string]): string =>
    `${selector}{width:${width};height:${height}}`;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`${rule(`#${FRAME_ID}`, SIZES.button)}${rule(`#${FRAME_ID}.${CLASSIC_OPEN}`, SIZES.chat)}`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** Side effects in the page (B): a viewport meta if there is none, and a Ctrl+/ key handler. */
function addSideEffects(frame: HTMLIFrameElement): void {
  if (document.querySelector("meta[name=viewport]") === null) {
    document.head.append(
      Object.assign(document.createElement("meta"), {
        name: "viewport",
        content: "width=device-width, initial-scale=1",
      }),
    );
  }
  window.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "/") frame.focus();
  });
}

const raise = (name: string, detail?: unknown): void =>
  void window.dispatchEvent(new CustomEvent(name, detail === undefined ? {} : { detail }));

/** The page's end of the line to one frame. */
class Line {
  readonly #frame: HTMLIFrameElement;
  readonly #origin: string;
  #ready = false;
  #classic = false;
  #contextProvider: Provider | undefined;
  #tokenProvider: Provider | undefined;

  constructor(frame: HTMLIFrameElement, origin: string) {
    this.#frame = frame;
    this.#origin = origin;
    window.addEventListener("message", ({ source, data }: MessageEvent<FrameMessage>) => {
      if (source !== null && source === frame.contentWindow) this.#hear(data);
    });
  }

  readonly sdk = {
    setContextProvider: (provider: unknown): void => {
      if (typeof provider !== "function") throw new Error("The context provider must be a function.");
      if (!this.#ready) return;
      this.#contextProvider = provider as Provider;
      try {
        // Called at once, once (B for the classic layer; the modern one is treated alike).
        this.#call("setContextProvider", this.#contextProvider());
      } catch (error) {
        raise("lcw:error", { errorCode: 1, errorDescription: String(error) });
      }
    },
    getContextProvider: (): unknown => this.#contextProvider,
    removeContextProvider: (): void => {
      this.#contextProvider = undefined;
      this.#call("removeContextProvider");
    },
    startChat: (options?: unknown): void => this.#call("startChat", options),
    startProactiveChat: (...args: unknown[]): void => this.#call("startProactiveChat", ...args),
    closeChat: (): void => this.#call("closeChat"),
    getAgentAvailability: (): void => this.#call("getAgentAvailability"),
    setAuthTokenProvider: (provider: unknown): void => {
      if (!this.#ready || typeof provider !== "function") return;
      this.#tokenProvider = provider as Provider;
      this.#call("setAuthTokenProvider");
    },
  };

  /** Before ready, calls are dropped silently (D). */
  #call(method: Method, ...args: readonly unknown[]): void {
    if (this.#ready) this.#post({ lcw: "call", method, args });
  }

  #post(message: PageMessage): void {
    this.#frame.contentWindow?.postMessage(JSON.parse(JSON.stringify(message)), this.#origin);
  }

  #hear(message: FrameMessage): void {
    switch (message.lcw) {
      case "layer":
        this.#classic = message.layer === "classic";
        if (this.#classic) addClassicSheet();
        return;
      case "event":
        this.#ready ||= message.name === "lcw:ready";
        return raise(message.name, message.detail);
      case "size":
        return this.#resize(message.size);
      case "token":
        return this.#askForToken(message.id, message.name);
      case "unread":
        showInTitle(message.count);
    }
  }

  #resize(size: FrameSize): void {
    const { classList, style } = this.#frame;
    classList.toggle(CLASSIC_OPEN, this.#classic && size === "chat");
    [style.width, style.height] = this.#classic && size !== "none" ? ["", ""] : SIZES[size];
  }

  /** Asks the page for a token: by its provider, or by the global function that the widget's record names (D). */
  #askForToken(id: number, name = ""): void {
    const provider: unknown = this.#tokenProvider ?? Reflect.get(window, name);
    if (typeof provider !== "function") return this.#post({ lcw: "token", id, token: null, error: 8 });
    try {
      (provider as Provider)((token) => this.#post({ lcw: "token", id, token: token ?? null }));
    } catch {
      this.#post({ lcw: "token", id, token: null, error: 2 });
    }
    // The first answer counts; the classic layer takes a synchronous one only (B).
    if (this.#classic) this.#post({ lcw: "token", id, token: null });
  }
}

/** The page title shows unread messages as `(n) …` (B). */
function showInTitle(count: number): void {
  document.title = `${count > 0 ? `(${String(count)}) ` : ""}${document.title.replace(/^\(\d+\) /, "")}`;
}

function run(script: HTMLScriptElement): void {
  const address = frameAddress(script);
  const frame = createFrame(address);
  const line = new Line(frame, address.origin);
  const microsoft = ((window as unknown as PageWindow).Microsoft ??= {});
  ((microsoft.Omnichannel ??= {}).LiveChatWidget ??= {}).SDK = line.sdk;
  addSideEffects(frame);
  const append = (): void => document.body.append(frame);
  const { orgUrl, orgId = "" } = script.dataset;
  const decided = ["v1", "v2"].some((name) => script.hasAttribute(name)) || address.pathname.includes("/v3/");
  if (decided || orgUrl === undefined) return append();
  // Neither v1 nor v2: one more request decides (B).
  fetch(`${orgUrl.replace(/\/$/, "")}/livechatconnector/v2/lcwfcsdetails/${orgId}`).then(append, append);
}

// Without the tag's id it stops silently, and where a frame stands already it does nothing (B).
if (tag !== null && tag.src !== "" && document.getElementById(FRAME_ID) === null) run(tag);
