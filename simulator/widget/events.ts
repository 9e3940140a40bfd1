// Owns the lcw:* events and the frame's size, as they follow from what the widget tells its bus.
import type { FrameSize } from "./messages.ts";

/** The script layer's settings, as the configuration answer carries them. */
export interface LayerSettings {
  readonly layer: "modern" | "classic";
  readonly messageEvents: "atOnce" | "whenOpened";
  readonly duplicateEvents: boolean;
  readonly eventDetail: "documented" | "full";
  readonly closeEvent: "whenClosed" | "atOnce";
  readonly widgetErrors: "told" | "silent";
  readonly allowedSites: readonly string[];
  readonly reconnect: boolean;
}

/** True for a plain object. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads the settings; whatever is missing is the plain case (an endpoint that is not the simulator's). */
export function readLayerSettings(config: unknown): LayerSettings {
  const given = isObject(config) && isObject(config["Simulator"]) ? config["Simulator"] : {};
  const sites = given["allowedSites"];
  return {
    layer: given["layer"] === "classic" ? "classic" : "modern",
    messageEvents: given["messageEvents"] === "atOnce" ? "atOnce" : "whenOpened",
    duplicateEvents: given["duplicateEvents"] === true,
    eventDetail: given["eventDetail"] === "full" ? "full" : "documented",
    closeEvent: given["closeEvent"] === "atOnce" ? "atOnce" : "whenClosed",
    widgetErrors: given["widgetErrors"] === "silent" ? "silent" : "told",
    allowedSites: Array.isArray(sites) ? sites.filter((site): site is string => typeof site === "string") : [],
    reconnect: given["reconnect"] === true,
  };
}

/** Conversation states of the widget (S). */
const STATE = { prechat: 0, loading: 1, reconnect: 2, active: 5, inactive: 6, closed: 9 } as const;
const OPENED: readonly number[] = [STATE.prechat, STATE.loading, STATE.reconnect];

/** Follows the widget's state and messages and says what happened. Pure but for `say`. */
export class Follower {
  readonly #settings: LayerSettings;
  readonly #hidesButton: boolean;
  readonly #say: (name: string, detail?: unknown) => void;
  readonly #resize: (size: FrameSize) => void;
  readonly #told = new Set<string>();
  #size: FrameSize = "none";
  #state: number | undefined;
  #minimised: boolean | undefined;
  #retrieved = false;
  #ended = false;
  #agentEnded = false;

  constructor(
    settings: LayerSettings,
    hidesButton: boolean,
    say: (name: string, detail?: unknown) => void,
    resize: (size: FrameSize) => void,
  ) {
    this.#settings = settings;
    this.#hidesButton = hidesButton;
    this.#say = say;
    this.#resize = resize;
  }

  /** True while the chat is open but minimised. */
  get minimised(): boolean {
    return this.#minimised === true && this.#state !== STATE.closed;
  }

  /**
   * The widget's whole state, which it posts on every change (S). From it: startChat when the pane opens, chatQueued
   * when
   * the service has the conversation (seen), onMinimize, onMaximize, threadUpdate when the agent has ended it (I),
   * closeChat
   * and onClose when the chat is closed (I: that both come, and in this order).
   */
  state(payload: unknown): void {
    if (!isObject(payload) || !isObject(payload["appStates"])) return;
    const app = payload["appStates"];
    const state = typeof app["conversationState"] === "number" ? app["conversationState"] : undefined;
    const minimised = typeof app["isMinimized"] === "boolean" ? app["isMinimized"] : undefined;
    // The size goes out before the events of the same change (I).
    this.#fit(state, minimised);
    if (state !== undefined && state !== this.#state) {
      const before = this.#state;
      this.#state = state;
      if (before === STATE.closed && OPENED.includes(state)) {
        this.#retrieved = false;
        this.#ended = false;
        this.#agentEnded = false;
        this.#say("lcw:startChat");
      }
      if (state === STATE.active && before !== undefined && before !== STATE.active && !this.#retrieved)
        this.#say("lcw:chatQueued");
      if (state === STATE.closed && before !== undefined) {
        this.#minimised = undefined;
        if (!this.#ended) this.#say("lcw:closeChat");
        this.#ended = false;
        this.#retrieved = false;
        this.#say("lcw:onClose");
      }
    }
    if (app["conversationEndedBy"] === "Agent") this.agentEnded();
    if (minimised !== undefined && minimised !== this.#minimised && this.#state !== STATE.closed) {
      const before = this.#minimised;
      this.#minimised = minimised;
      if (minimised) this.#say("lcw:onMinimize");
      else if (before === true) this.#say("lcw:onMaximize");
    }
  }

  /** Closed or minimised, the chat button alone shows; else a pane does, whichever it is (S). */
  #fit(state: number | undefined, minimised: boolean | undefined): void {
    const size = state !== STATE.closed && minimised !== true ? "chat" : this.#hidesButton ? "none" : "button";
    if (size === this.#size) return;
    this.#size = size;
    this.#resize(size);
  }

  /** `ChatRetrievedFromCache`: a reload, or another tab's chat (S). */
  retrieved(): void {
    this.#retrieved = true;
    this.#say("lcw:chatRetrieved");
  }

  /** `CloseChat`, posted before the chat is ended (S). */
  closing(): void {
    if (this.#settings.closeEvent !== "atOnce" || this.#ended) return;
    this.#ended = true;
    this.#say("lcw:closeChat");
  }

  /** The agent has ended the conversation. */
  agentEnded(): void {
    if (this.#agentEnded) return;
    this.#agentEnded = true;
    this.#say("lcw:threadUpdate");
  }

  /**
   * `NewMessageReceived` of the bus: at once while open, about 500 ms after opening when it came while minimised
   * (seen).
   */
  received(payload: unknown): void {
    if (!isObject(payload) || (typeof payload["Id"] === "string" && this.#told.delete(payload["Id"]))) return;
    this.#say("lcw:onMessageReceived", this.#detail(payload));
  }

  /** A push that arrived; with `atOnce`, the event comes now even while minimised (D: for every new message). */
  arrived(data: Record<string, unknown>): void {
    if (this.#settings.messageEvents !== "atOnce" || !this.minimised) return;
    const metadata = isObject(data["metadata"]) ? data["metadata"] : {};
    const tags = typeof metadata["tags"] === "string" ? metadata["tags"].split(",") : [];
    const id = typeof data["id"] === "string" ? data["id"] : "";
    this.#told.add(id);
    this.#say(
      "lcw:onMessageReceived",
      this.#detail({
        Id: id,
        messageType: tags.includes("system") ? "system" : "user",
        tags,
        channelData: { tags },
        text: data["message"],
      }),
    );
    if (tags.includes("agentendconversation")) this.agentEnded();
  }

  /** `NewMessageSent`. */
  sent(payload: unknown): void {
    this.#say("lcw:onMessageSent", isObject(payload) ? this.#detail(payload) : undefined);
  }

  /** `HistoryMessageReceived`: undocumented (S). */
  history(payload: unknown): void {
    this.#say("lcw:onHistoryMessageReceived", isObject(payload) ? this.#detail(payload) : undefined);
  }

  /** Documented members only (D): `{channelData: {tags}, messageType}`; the bus has id, text and time as well (S). */
  #detail(payload: Record<string, unknown>): unknown {
    if (this.#settings.eventDetail === "full") return payload;
    const channelData = isObject(payload["channelData"]) ? payload["channelData"] : {};
    const tags = Array.isArray(channelData["tags"])
      ? channelData["tags"]
      : Array.isArray(payload["tags"])
        ? payload["tags"]
        : [];
    return { channelData: { tags }, messageType: payload["messageType"] };
  }
}
