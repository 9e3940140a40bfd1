// Owns the messages between the page's script and the widget's frame. All values are JSON. The shape is ours (I).

/** Id and name of the frame (P). */
export const FRAME_ID = "Microsoft_Omnichannel_LCWidget_Chat_Iframe_Window";

/** The frame's page, beside the script's `/scripts/` (P). */
export const FRAME_PATH = "/v2public/htmls/chatv2.html";

/** The class that the classic layer gives the frame while the chat window is open (B, P). */
export const CLASSIC_OPEN = "web_chat_panel";

/** Stands in the built page script where its server puts the frame's origin; left as it is: the script's own origin. */
export const FRAME_ORIGIN_MARK = "{{frame origin}}";

/** What a page can call. */
export type Method =
  | "startChat"
  | "closeChat"
  | "setContextProvider"
  | "removeContextProvider"
  | "startProactiveChat"
  | "getAgentAvailability"
  | "setAuthTokenProvider";

/** Nothing to see, the chat button alone, or any pane of the chat window. */
export type FrameSize = "none" | "button" | "chat";

/** Page to frame. */
export type PageMessage =
  /** `setContextProvider` carries the provider's value, `setAuthTokenProvider` nothing. */
  | { readonly lcw: "call"; readonly method: Method; readonly args: readonly unknown[] }
  /** The provider's answer. `error`: the documented code when there is no provider (8), or when it throws (2). */
  | { readonly lcw: "token"; readonly id: number; readonly token: unknown; readonly error?: 2 | 8 };

/** Frame to page. */
export type FrameMessage =
  /** Sent before the first size: the classic layer takes its sizes from a class. */
  | { readonly lcw: "layer"; readonly layer: "modern" | "classic" }
  | { readonly lcw: "event"; readonly name: string; readonly detail?: unknown }
  | { readonly lcw: "size"; readonly size: FrameSize }
  | { readonly lcw: "unread"; readonly count: number }
  /**
   * Asks the page's provider, or else its global function `name`. The classic layer takes a synchronous answer only
   * (B).
   */
  | { readonly lcw: "token"; readonly id: number; readonly name?: string };
