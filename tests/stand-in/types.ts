// Owns what the stand-in's parts tell each other: the widget's settings, what the frame reports, and how a test drives it.

/** A context in the widget's own shape (D). */
export type Context = Record<string, unknown>;

/** How the widget is set up. Names and defaults are the simulator's where it has the same setting. */
export interface Settings {
    readonly preChatSurvey: boolean;
    readonly postChatSurvey: boolean;
    readonly outOfOperatingHours: boolean;
    readonly showWidgetDuringOfflineHours: boolean;
    readonly authenticationRequired: boolean;
    /** Persistent chat (`msdyn_conversationmode` 192350001, D). */
    readonly persistent: boolean;
    /** Each `lcw:*` event comes again 500 ms later (seen). */
    readonly duplicateEvents: boolean;
    /** `lcw:onMessageReceived` for a message that comes while minimized: with it (D), or when opened (S, seen). */
    readonly messageEvents: "atOnce" | "whenOpened";
    /** `lcw:closeChat` with a survey behind: when the survey is closed, or as soon as closing begins (S). */
    readonly closeEvent: "whenClosed" | "atOnce";
    /** Milliseconds from ready until a running chat is back (seen: 100 to 150). */
    readonly restoreDelay: number;
    /** `never`: the frame stays silent. `error`: `lcw:error` in place of `lcw:ready`. */
    readonly ready: "yes" | "never" | "error";
}

/** What the server writes into the frame's page. */
export interface FrameSettings extends Settings {
    /** Names the test: the browser's storage for the frame outlives a test, and no chat may come back in the next one. */
    readonly test: number;
}

export const DEFAULT_SETTINGS: Settings = {
    preChatSurvey: false,
    postChatSurvey: false,
    outOfOperatingHours: false,
    showWidgetDuringOfflineHours: false,
    authenticationRequired: false,
    persistent: false,
    duplicateEvents: false,
    messageEvents: "whenOpened",
    closeEvent: "whenClosed",
    restoreDelay: 120,
    ready: "yes",
};

export interface Message {
    readonly from: "agent" | "user" | "system";
    readonly text: string;
    /** As the widget's events carry them. */
    readonly tags: readonly string[];
}

/** A conversation as the contact centre has it. */
export interface StandInConversation {
    readonly id: string;
    readonly widgetId: string;
    readonly state: "active" | "ended";
    readonly customContextData: Context | null;
    readonly messages: readonly Message[];
}

/** A call of the SDK as it reached the frame. */
export interface Call {
    readonly method: string;
    readonly args: readonly unknown[];
    readonly widgetId: string;
}

/** What the frame reports to the test. */
export type Report =
    | { readonly type: "call"; readonly call: Call }
    | { readonly type: "conversation"; readonly conversation: StandInConversation };

export type Size = "none" | "button" | "chat";

/** What a test can have the frame do, on `window.standIn` of the frame. */
export interface FrameControls {
    /** The conversation in the frame, if there is one. */
    conversation(): StandInConversation | undefined;
    agentSays(text: string): void;
    agentEnds(): void;
    userWrites(text: string): void;
    userMinimizes(): void;
    userMaximizes(): void;
    /** The ✕ of the chat window, or of the survey behind. */
    userCloses(): void;
    /** Submits the survey ahead. */
    userSubmitsSurvey(): void;
    /** Raises one event in the page and nothing else. */
    raise(name: string, detail?: unknown): void;
    /** Tells the page one size of the frame and nothing else. */
    size(size: Size): void;
    /** From now on calls of the SDK are reported and nothing follows. */
    hold(): void;
    /** What was held follows now, and later calls follow at once again. */
    release(): void;
}
