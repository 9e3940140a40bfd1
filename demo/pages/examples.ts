// Owns the list of the guide's examples (docs/scripting.md): which file does what, and where its code belongs.

export interface ScriptExample {
    readonly file: string;
    readonly title: string;
    /** The function that the form's On Load event calls. */
    readonly handler: string;
}

export interface FormulaExample {
    readonly file: string;
    readonly title: string;
    /** The control and the property, or the event, that has the formula. */
    readonly place: string;
    /** Events: they may set, collect and notify. */
    readonly isBehaviour: boolean;
}

export const scripts: readonly ScriptExample[] = [
    { file: "open-when-escalated.js", title: "Open a chat when a case is escalated", handler: "openWhenEscalated" },
    { file: "unread-notification.js", title: "Tell about unread messages on the form", handler: "showUnread" },
    { file: "failure-notification.js", title: "Tell what to do when a chat has failed", handler: "showFailure" },
    { file: "write-start-time.js", title: "Keep the time when a chat has begun", handler: "writeStartTime" },
    { file: "lock-while-chatting.js", title: "Lock a column during the chat", handler: "lockWhileChatting" },
];

export const formulas: readonly FormulaExample[] = [
    { file: "unread-label.fx", title: "Show unread in a label", place: "UnreadLabel.Text", isBehaviour: false },
    { file: "closed-hint.fx", title: "A hint when the helpdesk is closed", place: "ClosedHint.Visible", isBehaviour: false },
    { file: "while-chatting.fx", title: "Something that is there during the chat only", place: "ChatTips.Visible", isBehaviour: false },
    { file: "chat-failed.fx", title: "Tell at once that a chat has failed", place: "Chat.ChatFailed", isBehaviour: true },
    { file: "failure-text.fx", title: "Tell what to do about it", place: "FailureLabel.Text", isBehaviour: false },
    { file: "chat-started.fx", title: "Count the chats", place: "Chat.ChatStarted", isBehaviour: true },
    { file: "message-received.fx", title: "Collect the helpdesk's messages", place: "Chat.MessageReceived", isBehaviour: true },
    { file: "log-label.fx", title: "Show both in a label", place: "LogLabel.Text", isBehaviour: false },
    { file: "record-context.fx", title: "Hand the open record to the agent", place: "Chat.contextVariables", isBehaviour: false },
];

/** Where the demo serves the files of docs/examples. */
export const exampleFiles = "/docs/examples/";
