// Owns the stand-in's frame: it answers SDK calls as the widget does, draws its few elements, and obeys the test.
import { attribute, listen, raise, says, tell } from "../../simulator/widget/host";
import type { Method } from "../../simulator/widget/messages";
import type { Context, FrameControls, FrameSettings, Message, Report, Size, StandInConversation } from "./types";

declare global {
    interface Window {
        /** Written into the page by the server. */
        readonly standInSettings: FrameSettings;
        standIn: FrameControls;
        /** The way to the test. */
        readonly standInReport?: (report: Report) => Promise<void>;
    }
}

/** How long a chat is kept, in milliseconds (S). */
const KEPT = 900_000;

/** Until messages held back while minimized are told, in milliseconds (seen). */
const HELD_MESSAGES = 500;

/** `before` and `after`: the surveys. `away`: outside the hours. `ended`: by the agent, the transcript stays. */
type Pane = "closed" | "before" | "away" | "chat" | "ended" | "after";

interface State {
    readonly pane: Pane;
    readonly minimized: boolean;
    readonly conversation: StandInConversation | undefined;
}

interface Kept extends State {
    readonly at: number;
}

const settings = window.standInSettings;
const widgetId = attribute("data-app-id") ?? "";
const key = `${settings.test} ${attribute("data-org-id") ?? ""} ${widgetId}`;
const hasNoButton = says("data-hide-chat-button") || says("data-hide-button");

let state: State = { pane: "closed", minimized: false, conversation: undefined };
let provided: Context | undefined;
/** Calls held back by the test; undefined while calls are answered at once. */
let held: (() => void)[] | undefined;
let unread = 0;
let isBroken = false;
/** Whether the ✕ of a running chat has been pressed, which asks first (S). */
let isAskingToClose = false;
/** A survey behind the agent's end asks first, too (seen). */
let isEndedByAgent = false;
/** Whether `lcw:closeChat` was told as closing began, and is not told again. */
let isEndTold = false;
let untold: Message[] = [];
/** The agent's end while minimized is told with the messages (seen). */
let endIsUntold = false;
let waitingForToken: ((token: unknown, error?: number) => void) | undefined;

const report = (entry: Report): void => void window.standInReport?.(entry);
const say = (name: string, detail?: unknown): void => raise(name, detail, settings.duplicateEvents);

function load(): State | undefined {
    try {
        const kept = JSON.parse(localStorage.getItem(key) ?? "null") as Kept | null;
        return kept !== null && Date.now() - kept.at < KEPT ? kept : undefined;
    } catch {
        return undefined;
    }
}

function save(): void {
    try {
        if (state.conversation === undefined) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify({ ...state, at: Date.now() } satisfies Kept));
    } catch {
        // Storage is denied: the widget lives in memory (S).
    }
}

const sizeOf = ({ pane, minimized }: State): Size => {
    if (pane !== "closed" && !minimized) return "chat";
    return hasNoButton ? "none" : "button";
};

function change(changes: Partial<State>): void {
    const before = state;
    state = { ...state, ...changes };
    save();
    draw();
    if (state.conversation && state.conversation !== before.conversation) {
        report({ type: "conversation", conversation: state.conversation });
    }
    if (sizeOf(state) !== sizeOf(before)) tell({ lcw: "size", size: sizeOf(state) });
}

function changeConversation(changes: Partial<StandInConversation>): void {
    if (state.conversation) change({ conversation: { ...state.conversation, ...changes } });
}

function count(value: number): void {
    unread = value;
    tell({ lcw: "unread", count: value });
    draw();
}

/** The service has the conversation. */
function open(context: Context | undefined): void {
    const conversation: StandInConversation = {
        id: crypto.randomUUID(),
        widgetId,
        state: "active",
        customContextData: context ?? null,
        messages: [],
    };
    change({ pane: "chat", minimized: false, conversation });
    say("lcw:chatQueued");
}

/** Asks the page for a token first; without one no chat starts, and the error has its code (D). */
function openSignedIn(context: Context | undefined): void {
    if (!settings.authenticationRequired) return open(context);
    waitingForToken = (token, error) => {
        if (typeof token === "string" && token !== "") return open(context);
        change({ pane: "closed" });
        say("lcw:error", { errorCode: error ?? 3, errorDescription: "No token." });
    };
    tell({ lcw: "token", id: 1 });
}

let startContext: Context | undefined;

function start(context: Context | undefined): void {
    if (state.pane !== "closed") return maximize();
    if (settings.outOfOperatingHours && !settings.persistent) return change({ pane: "away", minimized: false });
    startContext = context;
    change({ pane: settings.preChatSurvey ? "before" : "chat", minimized: false });
    say("lcw:startChat");
    if (!settings.preChatSurvey) openSignedIn(context);
}

function minimize(): void {
    if (state.pane === "closed" || state.minimized) return;
    if (unread > 0) count(0);
    change({ minimized: true });
    say("lcw:onMinimize");
}

/** Microsoft's button: unlike a start by the SDK it sets the unread number back (seen). */
function pressButton(): void {
    if (unread > 0) count(0);
    start(provided);
}

function maximize(): void {
    if (!state.minimized) return;
    change({ minimized: false });
    say("lcw:onMaximize");
    tellHeld();
}

function tellHeld(): void {
    const messages = untold;
    untold = [];
    setTimeout(() => {
        messages.forEach(tellReceived);
        if (endIsUntold) say("lcw:threadUpdate");
        endIsUntold = false;
    }, HELD_MESSAGES);
}

/** Ends the chat, or with a survey behind shows it first. */
function close(isByUser: boolean): void {
    const { pane } = state;
    isAskingToClose = isEndedByAgent = false;
    if (pane === "closed") return;
    // Called while that survey stands, it makes the widget draw nothing any more (seen).
    if (pane === "after" && !isByUser) isBroken = true;
    const hasChat = pane === "chat" || pane === "ended";
    const isEarly = settings.postChatSurvey && settings.closeEvent === "atOnce";
    changeConversation({ state: "ended" });
    if (hasChat && settings.postChatSurvey) {
        change({ pane: "after", minimized: false });
        if (isEarly) say("lcw:closeChat");
        isEndTold = isEarly;
        return;
    }
    if (unread > 0) count(0);
    change({ pane: "closed", minimized: false, conversation: undefined });
    if (!isEndTold) say("lcw:closeChat");
    isEndTold = false;
    say("lcw:onClose");
    tellHeld();
}

/** What a message's event carries (seen). */
const detailOf = ({ from, tags }: Message): unknown => ({ channelData: { tags }, messageType: from === "system" ? "system" : "user" });

function tellReceived(message: Message): void {
    say("lcw:onMessageReceived", detailOf(message));
}

function receive(message: Message): void {
    changeConversation({ messages: [...(state.conversation?.messages ?? []), message] });
    if (!state.minimized) return tellReceived(message);
    count(unread + 1);
    if (settings.messageEvents === "atOnce") tellReceived(message);
    else untold.push(message);
}

const ANSWERS: Record<Method, (...args: readonly unknown[]) => void> = {
    startChat: (options) => start((options as { readonly customContext?: Context } | undefined)?.customContext ?? provided),
    closeChat: () => close(false),
    setContextProvider: (context) => (provided = context as Context | undefined),
    removeContextProvider: () => (provided = undefined),
    startProactiveChat: () => start(provided),
    getAgentAvailability: () => say("lcw:getAgentAvailability", { isQueueAvailable: true, isAgentAvailable: true }),
    setAuthTokenProvider: () => undefined,
};

listen((message) => {
    if (message.lcw === "token") return waitingForToken?.(message.token, message.error);
    const { method, args } = message;
    report({ type: "call", call: { method, args, widgetId } });
    const answer = (): void => ANSWERS[method](...args);
    if (held) held.push(answer);
    else answer();
});

window.standIn = {
    conversation: () => state.conversation,
    agentSays: (text) => receive({ from: "agent", text, tags: ["public", "FromAgent"] }),
    agentEnds() {
        receive({ from: "system", text: "The agent has ended the chat.", tags: ["system", "agentendconversation"] });
        receive({ from: "system", text: "The agent has left.", tags: [] });
        changeConversation({ state: "ended" });
        isEndedByAgent = settings.postChatSurvey;
        change({ pane: settings.postChatSurvey ? "after" : "ended" });
        if (state.minimized) endIsUntold = true;
        else say("lcw:threadUpdate");
    },
    userWrites(text) {
        const message: Message = { from: "user", text, tags: ["ChannelId-lcw", "FromCustomer"] };
        changeConversation({ messages: [...(state.conversation?.messages ?? []), message] });
        say("lcw:onMessageSent", detailOf(message));
    },
    userMinimizes: minimize,
    userMaximizes: pressButton,
    userCloses: () => close(true),
    userSubmitsSurvey: () => openSignedIn(startContext),
    raise: say,
    size: (size) => tell({ lcw: "size", size }),
    hold: () => (held ??= []),
    release() {
        const answers = held ?? [];
        held = undefined;
        for (const answer of answers) answer();
    },
};

/** The widget's own ids, so that tests press the same elements on both layers. */
function draw(): void {
    const { pane, minimized, conversation } = state;
    if (isBroken) return document.body.replaceChildren();
    const isOpen = pane !== "closed" && !minimized;
    const pressClose = (): void => {
        if (pane !== "chat" && !isEndedByAgent) return close(true);
        isAskingToClose = true;
        draw();
    };
    const button = (id: string, label: string, act: () => void): HTMLElement => {
        const element = Object.assign(document.createElement("button"), { id, textContent: label, onclick: act });
        return element;
    };
    const element = (tag: string, id: string, ...children: (Node | string)[]): HTMLElement => {
        const made = Object.assign(document.createElement(tag), { id });
        made.append(...children);
        return made;
    };
    const parts: HTMLElement[] = [];
    if (!isOpen && !hasNoButton) parts.push(button("oc-lcw-chat-button", `Let's Chat ${unread || ""}`, pressButton));
    if (isOpen) {
        parts.push(element("div", "oc-lcw-header", button("lcw-header-minimize-button", "–", minimize), button("lcw-header-close-button", "✕", pressClose)));
        if (isAskingToClose) parts.push(button("oc-lcw-confirmation-pane-confirmbutton", "Close chat", () => close(true)));
        if (pane === "before") parts.push(element("div", "oc-lcw-prechatsurvey-pane", button("submit", "Submit", () => openSignedIn(startContext))));
        if (pane === "after") parts.push(element("div", "oc-lcw-postchatsurvey-pane", "Survey"));
        if (pane === "away") parts.push(element("div", "oc-lcw-outofofficehours-pane", "We're closed."));
        parts.push(...(conversation?.messages ?? []).map(({ text }) => element("p", "", text)));
        if (pane === "chat") {
            const box = document.createElement("textarea");
            box.dataset["testid"] = "send box text area";
            box.onkeydown = (event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                window.standIn.userWrites(box.value);
            };
            parts.push(box);
        }
    }
    document.body.replaceChildren(...parts);
}

function boot(): void {
    if (settings.ready === "never" || (settings.outOfOperatingHours && !settings.showWidgetDuringOfflineHours)) return;
    if (settings.ready === "error") return say("lcw:error");
    draw();
    say("lcw:ready");
    tell({ lcw: "size", size: sizeOf(state) });
    setTimeout(() => {
        const kept = load();
        if (kept?.conversation?.state !== "active" || state.pane !== "closed") return;
        change(kept);
        if (kept.minimized) say("lcw:onMinimize");
        say("lcw:chatRetrieved");
        for (const message of kept.conversation.messages) if (message.from === "agent") say("lcw:onHistoryMessageReceived", detailOf(message));
    }, settings.restoreDelay);
}

window.addEventListener("load", boot);
