// Owns the list of the guide's form scripts (docs/scripting.md): which file does what, and what calls it.

export interface ScriptExample {
    readonly file: string;
    readonly title: string;
    /** The function that the form's On Load event calls. */
    readonly handler: string;
}

export const scripts: readonly ScriptExample[] = [
    { file: "open-when-escalated.js", title: "Open a chat when a case is escalated", handler: "openWhenEscalated" },
    { file: "unread-notification.js", title: "Tell about unread messages on the form", handler: "showUnread" },
    { file: "failure-notification.js", title: "Tell what to do when a chat has failed", handler: "showFailure" },
    { file: "write-start-time.js", title: "Keep the time when a chat has begun", handler: "writeStartTime" },
    { file: "lock-while-chatting.js", title: "Lock a column during the chat", handler: "lockWhileChatting" },
];

/** Where the demo serves the files of docs/examples. */
export const exampleFiles = "/docs/examples/";
