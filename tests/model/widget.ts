// Owns the model of Microsoft's widget in one window: its script in the page, and its frame.
import type { Browser, Conversation } from "./browser";
import type { Run } from "./clock";
import type { FakeElement } from "./elements";
import type { FakePage } from "./page";

export const SCRIPT = "Microsoft_Omnichannel_LCWidget";
export const FRAME = "Microsoft_Omnichannel_LCWidget_Chat_Iframe_Window";
type Size = readonly [width: number, height: number];
const NOTHING: Size = [0, 0];
const BUTTON: Size = [210, 84];
const CHAT: Size = [380, 620];

export type Pane =
    | ("none" | "restoring" | "starting" | "chat" | "refused" | "closing")
    | ("survey" | "survey-after" | "closed-hours")
    | "broken";

/** The widget of one window. */
export class Widget {
    pane: Pane = "none";
    isMinimised = false;
    isReady = false;
    conversation: Conversation | undefined;
    /** Events and sizes that are on their way to the page. */
    inFlight = 0;
    /** Called when the component calls the SDK, before the widget hears of it. */
    called: (method: "startChat" | "closeChat") => void = () => undefined;
    #frame: FakeElement | undefined;
    #isEndTold = false;
    #held = 0;
    #unread = 0;
    /** When the last event comes to the page. */
    #toldAt = 0;

    constructor(
        readonly browser: Browser,
        readonly page: FakePage,
        readonly user: string,
        /** What a line of it begins with. */
        readonly title: string,
    ) {
        browser.widgets.add(this);
    }

    /** Whether the user has the open chat, a survey or a notice on the screen. */
    get isOpen(): boolean {
        return this.pane !== "none" && this.pane !== "broken" && !this.isMinimised;
    }

    /** Whether the user could see and press anything of it. */
    get isVisible(): boolean {
        return this.#frame !== undefined && this.#frame.offsetWidth > 0 && this.page.shows(this.#frame);
    }

    /** Whether the frame has the size of an open chat, which it takes and loses a moment later than the chat. */
    get isWide(): boolean {
        return this.isVisible && (this.#frame?.offsetWidth ?? 0) >= CHAT[0];
    }

    /** The conversation that is in the frame, or on its way there. */
    get inside(): Conversation | undefined {
        return this.#frame?.isConnected ? this.conversation : undefined;
    }

    // The script in the page

    load(script: FakeElement): void {
        this.page.after(this.browser.world.scriptMs, () => {
            const { browser } = this;
            if (browser.unreachable > 0 || !browser.isOnline) {
                browser.unreachable = Math.max(0, browser.unreachable - 1);
                script.onerror?.();
                script.raise("error");
                return;
            }
            // Without its own tag the script gives up silently (B).
            if (this.page.document.getElementById(SCRIPT)) this.#run();
            script.onload?.();
            script.raise("load");
        });
    }

    #run(): void {
        const { page, browser } = this;
        const call = (method: "startChat" | "closeChat", act: Run) => (): void => {
            browser.log(() => `${this.title}the component calls ${method}`);
            this.called(method);
            // Dropped before ready (D).
            if (this.isReady) this.#in(browser.world.messageMs, act);
        };
        page.Microsoft ??= {
            Omnichannel: {
                LiveChatWidget: {
                    SDK: {
                        startChat: call("startChat", () => this.#start()),
                        closeChat: call("closeChat", () => this.#close(false)),
                        setContextProvider: (provide: () => unknown) => void provide(),
                    },
                },
            },
        };
        // With a frame in the page a second script does nothing (B).
        if (page.document.getElementById(FRAME)) return;
        this.#frame = page.document.createElement("iframe");
        this.#frame.id = FRAME;
        Object.assign(this, { pane: "none", isMinimised: false, isReady: false, conversation: undefined });
        page.document.body.append(this.#frame);
        if (browser.deadFrames > 0) browser.deadFrames--;
        else if (browser.isOnline) this.#in(browser.readyMs, () => this.#boot());
    }

    // The frame

    #boot(): void {
        this.isReady = true;
        this.#shape(false);
        this.#tell("lcw:ready", undefined, true);
        const { kept } = this.browser;
        if (!kept) return;
        this.conversation = kept.conversation;
        this.#show("restoring", kept.isMinimised);
        this.#in(this.browser.world.restoreMs, () => this.#restored(kept.conversation));
    }

    #restored(conversation: Conversation): void {
        if (this.pane !== "restoring") return;
        if (conversation.state !== "active") {
            // The widget complains of a conversation that ended while nobody was there (seen).
            this.browser.forget(conversation);
            this.conversation = undefined;
            this.#show("none");
            this.#tell("lcw:error", { errorCode: 7 });
            return;
        }
        this.browser.widgets.forEach((widget) => widget.hearRetrieved(this));
        this.#in(this.browser.world.linesMs, () => {
            if (this.pane !== "restoring") return;
            this.#show("chat", this.isMinimised);
            if (conversation.isServed) this.#tell("lcw:onHistoryMessageReceived", { messageType: "user" });
        });
    }

    #start(): void {
        const { kept, world } = this.browser;
        // A start in the middle of closing is dropped (seen).
        if (this.pane === "closing" || this.pane === "broken") return;
        if (this.pane !== "none") return this.#maximise();
        this.#isEndTold = false;
        if (kept?.conversation.state === "active") {
            // Another tab's chat is brought here, and every tab hears of it (seen).
            this.conversation = kept.conversation;
            this.browser.keep(kept.conversation, false);
            this.browser.widgets.forEach((widget) => widget.hearRetrieved(this));
            this.#tell("lcw:startChat");
            this.#show("chat");
            this.#tell("lcw:chatQueued");
            return;
        }
        this.#tell("lcw:startChat");
        if (world.isClosed && !this.browser.isCalm) return this.#show("closed-hours");
        if (world.surveyBefore) return this.#show("survey");
        this.#ask();
    }

    #ask(): void {
        const nothing = { state: "pending", isBegun: false, isServed: false } as const;
        const conversation: Conversation = { ...nothing, owner: this.user, openedIn: this };
        this.conversation = conversation;
        this.#show("starting", this.isMinimised);
        this.#in(this.browser.world.queueMs, () => {
            if (this.conversation !== conversation || this.pane !== "starting") return;
            if (this.browser.refusals > 0 || !this.browser.isOnline) {
                this.browser.refusals = Math.max(0, this.browser.refusals - 1);
                this.conversation = undefined;
                this.#tell("lcw:error", { errorCode: 7 });
                return this.#show("refused", this.isMinimised);
            }
            Object.assign(conversation, { state: "active", isBegun: true });
            this.browser.log(() => `a conversation of ${this.user}'s begins`);
            this.browser.keep(conversation, this.isMinimised);
            this.#show("chat", this.isMinimised);
            this.#tell("lcw:chatQueued");
        });
    }

    #close(isUser: boolean): void {
        const { browser } = this;
        const { world } = browser;
        const { pane, conversation } = this;
        if (pane === "none" || pane === "restoring" || pane === "closing" || pane === "broken") return;
        // Called to close while the survey stands, the widget draws nothing any more (seen).
        if (pane === "survey-after" && !isUser) return this.#show("broken");
        if (world.tellsCloseAtOnce) this.#tellEnd();
        const hasSurvey = world.surveyAfter && pane === "chat" && conversation?.isServed === true;
        if (conversation) this.#end(conversation);
        if (hasSurvey) return this.#show("survey-after", this.isMinimised);
        this.#show("closing", this.isMinimised);
        this.#in(world.closeMs, () => this.#closed());
        browser.log(() => `${this.title}the widget closes the ${pane}`);
    }

    #closed(): void {
        this.conversation = undefined;
        this.#tellEnd();
        this.#tell("lcw:onClose");
        this.#show("none");
        this.#in(500, () => this.#letGo());
    }

    /** The conversation is over at the service; other tabs that have it close it as well (seen). */
    #end(conversation: Conversation): void {
        conversation.state = "gone";
        this.browser.forget(conversation);
        for (const other of this.browser.widgets) if (other !== this && other.inside === conversation) other.#closed();
    }

    #tellEnd(): void {
        if (!this.#isEndTold) this.#tell("lcw:closeChat");
        this.#isEndTold = true;
    }

    hearAgent(conversation: Conversation): void {
        if (this.inside !== conversation) {
            // A tab at rest hears of messages in another one, and of nothing else (seen).
            if (this.isReady && this.pane === "none") this.#tell("lcw:onMessageReceived", { messageType: "user" });
            return;
        }
        // What comes while a chat is restored is among its lines.
        if (this.pane === "restoring") return;
        this.browser.keep(conversation, this.isMinimised);
        if (this.isMinimised) this.page.document.title = `(${++this.#unread}) App`;
        if (this.isMinimised && this.browser.world.holdsMessages) this.#held++;
        else this.#tell("lcw:onMessageReceived", { messageType: "user" });
    }

    hearEnd(conversation: Conversation): void {
        if (this.inside !== conversation) return;
        this.#tell("lcw:threadUpdate");
        if (!this.browser.world.surveyAfter || !conversation.isServed) return;
        this.#in(150, () => {
            if (this.pane !== "chat" || this.conversation !== conversation) return;
            this.browser.forget(conversation);
            this.#show("survey-after", this.isMinimised);
        });
    }

    hearRetrieved(from: Widget): void {
        if (this === from || this.isReady) this.#tell("lcw:chatRetrieved", undefined, this === from);
    }

    /** What the user does in the frame. */
    use(act: "minimise" | "maximise" | "✕" | "submit" | "Microsoft's button"): void {
        if (act === "maximise") return this.#maximise();
        if (act === "Microsoft's button") return this.isOpen ? undefined : this.#start();
        if (!this.isOpen) return;
        if (act === "✕" || (act === "submit" && this.pane === "survey-after")) this.#close(true);
        else if (act === "submit" && this.pane === "survey") this.#ask();
        else if (act === "minimise" && this.pane !== "closing" && this.pane !== "restoring") {
            this.#show(this.pane, true);
            this.#tell("lcw:onMinimize");
        }
    }

    #maximise(): void {
        if (!this.isMinimised) return;
        this.#show(this.pane);
        this.#tell("lcw:onMaximize");
        this.#unread = 0;
        this.page.document.title = "App";
        this.#in(500, () => this.#letGo());
    }

    #letGo(): void {
        for (; this.#held > 0; this.#held--) {
            this.#tell("lcw:onMessageReceived", { messageType: "user", channelData: { tags: [String(this.#held)] } });
        }
    }

    #show(pane: Pane, isMinimised = false): void {
        Object.assign(this, { pane, isMinimised });
        const { browser, conversation } = this;
        if (conversation && browser.kept?.conversation === conversation) browser.keep(conversation, isMinimised);
        // A broken widget draws nothing, and its frame stays as it was.
        if (pane === "broken") return;
        const { isOpen } = this;
        this.inFlight++;
        this.page.after(browser.world.messageMs + browser.world.sizeMs, () => this.inFlight--);
        this.#in(browser.world.messageMs + browser.world.sizeMs, () => this.#shape(isOpen));
    }

    #shape(isOpen: boolean): void {
        const { isClassic, hidesButton } = this.browser.world;
        const closed = hidesButton ? NOTHING : BUTTON;
        // The classic layer changes a class (B, P).
        if (isClassic) this.#frame?.shape(...BUTTON, isOpen ? ["web_chat_panel"] : []);
        else this.#frame?.shape(...(isOpen ? CHAT : closed), []);
    }

    /** Something that comes to pass in the frame, while it stands. */
    #in(milliseconds: number, run: Run): void {
        const frame = this.#frame;
        this.page.after(milliseconds, () => {
            if (frame === this.#frame && frame?.isConnected) run();
        });
    }

    /** Tells the page; `isPunctual`: no later than what was told before. */
    #tell(name: string, detail?: object, isPunctual = false): void {
        const { late, again } = this.browser.delivery();
        this.inFlight += again > 0 ? 2 : 1;
        const dispatch = (how: string) => (): void => {
            this.inFlight--;
            this.browser.log(() => `${this.title}${name}${how}`);
            this.page.raise(name, { detail, isTrusted: false, timeStamp: this.browser.clock.now });
        };
        // The order of messages is kept; what is told again comes at any time.
        const { clock, world } = this.browser;
        this.#toldAt = Math.max(this.#toldAt, clock.now + world.messageMs + (isPunctual ? 0 : late));
        const after = this.#toldAt - clock.now;
        this.page.after(after, dispatch(after > world.messageMs ? " (late)" : ""));
        if (again > 0) this.page.after(after + again, dispatch(" (again)"));
    }
}
