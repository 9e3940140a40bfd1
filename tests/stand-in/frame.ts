// Owns the stand-in's frame: it answers SDK calls as the widget does, draws its few elements, and obeys the test.
import type { FrameMessage, Method, PageMessage } from "../../simulator/widget/messages";
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
const query = new URLSearchParams(location.search);
const widgetId = query.get("data-app-id") ?? "";
const key = `${settings.test} ${query.get("data-org-id") ?? ""} ${widgetId}`;
const hasNoButton = [query.get("data-hide-chat-button"), query.get("data-hide-button")].includes("true");

let state: State = { pane: "closed", minimized: false, conversation: undefined };
let provided: Context | undefined;
/** Calls held back by the test; undefined while calls are answered at once. */
let held: (() => void)[] | undefined;
let unread = 0;
let untold: Message[] = [];
let waitingForToken: ((token: unknown, error?: number) => void) | undefined;

const post = (message: FrameMessage): void => parent.postMessage(message, "*");
const report = (entry: Report): void => void window.standInReport?.(entry);

function say(name: string, detail?: unknown): void {
    const event: FrameMessage = { lcw: "event", name, ...(detail === undefined ? {} : { detail }) };
    post(event);
    if (settings.duplicateEvents) setTimeout(() => post(event), 500);
}

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
    if (sizeOf(state) !== sizeOf(before)) post({ lcw: "size", size: sizeOf(state) });
}

function changeConversation(changes: Partial<StandInConversation>): void {
    if (state.conversation) change({ conversation: { ...state.conversation, ...changes } });
}

function count(value: number): void {
    unread = value;
    post({ lcw: "unread", count: value });
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
    post({ lcw: "token", id: 1 });
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
    change({ minimized: true });
    say("lcw:onMinimize");
}

function maximize(): void {
    if (!state.minimized) return;
    change({ minimized: false });
    say("lcw:onMaximize");
    tellHeld();
}

function tellHeld(): void {
    if (unread > 0) count(0);
    const messages = untold;
    untold = [];
    setTimeout(() => messages.forEach(tellReceived), HELD_MESSAGES);
}

/** Ends the chat, or with a survey behind shows it first; a second call there makes the widget draw nothing (seen). */
function close(isByUser: boolean): void {
    const { pane } = state;
    if (pane === "closed") return;
    if (pane === "after" && !isByUser) return post({ lcw: "size", size: "none" });
    const hasChat = pane === "chat" || pane === "ended";
    const isEarly = settings.postChatSurvey && settings.closeEvent === "atOnce";
    changeConversation({ state: "ended" });
    if (hasChat && settings.postChatSurvey) {
        change({ pane: "after", minimized: false });
        if (isEarly) say("lcw:closeChat");
        return;
    }
    change({ pane: "closed", minimized: false, conversation: undefined });
    if (!(pane === "after" && isEarly)) say("lcw:closeChat");
    say("lcw:onClose");
    tellHeld();
}

function tellReceived(message: Message): void {
    const isSystem = message.from === "system";
    say("lcw:onMessageReceived", { channelData: { tags: isSystem ? ["system"] : [] }, messageType: isSystem ? "system" : "user" });
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

window.addEventListener("message", ({ data }: MessageEvent<PageMessage>) => {
    if (data.lcw === "token") return waitingForToken?.(data.token, data.error);
    if (data.lcw !== "call") return;
    const { method, args } = data;
    report({ type: "call", call: { method, args, widgetId } });
    const answer = (): void => ANSWERS[method](...args);
    if (held) held.push(answer);
    else answer();
});

window.standIn = {
    conversation: () => state.conversation,
    agentSays: (text) => receive({ from: "agent", text }),
    agentEnds() {
        changeConversation({ state: "ended" });
        change({ pane: "ended" });
        say("lcw:threadUpdate");
    },
    userWrites(text) {
        changeConversation({ messages: [...(state.conversation?.messages ?? []), { from: "user", text }] });
        say("lcw:onMessageSent", { channelData: { tags: [] }, messageType: "user" });
    },
    userMinimizes: minimize,
    userMaximizes: maximize,
    userCloses: () => close(true),
    userSubmitsSurvey: () => openSignedIn(startContext),
    raise: say,
    size: (size) => post({ lcw: "size", size }),
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
    const isOpen = pane !== "closed" && !minimized;
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
    if (!isOpen && !hasNoButton) parts.push(button("oc-lcw-chat-button", `Let's Chat ${unread || ""}`, () => start(provided)));
    if (isOpen) {
        parts.push(element("div", "oc-lcw-header", button("lcw-header-minimize-button", "–", minimize), button("lcw-header-close-button", "✕", () => close(true))));
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
    post({ lcw: "size", size: sizeOf(state) });
    say("lcw:ready");
    setTimeout(() => {
        const kept = load();
        if (!kept?.conversation || state.pane !== "closed") return;
        change(kept);
        say("lcw:chatRetrieved");
        for (const { from } of kept.conversation.messages) if (from !== "user") say("lcw:onHistoryMessageReceived");
    }, settings.restoreDelay);
}

window.addEventListener("load", boot);
