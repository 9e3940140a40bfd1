// Owns the test's side of the stand-in: what has come in, what goes wrong, and how the frame of a page is driven.
import { expect } from "@playwright/test";
import type { BrowserContext, Frame, Page } from "@playwright/test";
import { FRAME_ID } from "../../simulator/widget/messages";
import type { Kind, Fault, Request, StandInServer } from "./server";
import type { Call, FrameControls, Report, Settings, StandInConversation } from "./types";

type Arguments<Name extends keyof FrameControls> = Parameters<FrameControls[Name]>;

/** Where the widget's frame stands: in a page, or in a frame of it as that of a web resource. */
type Host = Page | Frame;

/** Who hears the frames of a context: the running test, because tests share one. */
const listeners = new WeakMap<BrowserContext, (report: Report) => void>();

export class StandIn {
    readonly calls: Call[] = [];
    readonly #conversations: StandInConversation[] = [];
    readonly #server: StandInServer;
    readonly #page: Page;

    private constructor(server: StandInServer, page: Page) {
        this.#server = server;
        this.#page = page;
    }

    /** @param page the page that is driven where none is named */
    static async begin(server: StandInServer, page: Page): Promise<StandIn> {
        const made = new StandIn(server, page);
        await made.watch(page.context());
        return made;
    }

    /** Hears the frames of another browser context as well; before its first page is opened. */
    async watch(context: BrowserContext): Promise<void> {
        const isBound = listeners.has(context);
        listeners.set(context, (report) => this.#take(report));
        if (!isBound) await context.exposeBinding("standInReport", (_source, report: Report) => listeners.get(context)?.(report));
    }

    #take(report: Report): void {
        if (report.type === "call") {
            this.calls.push(report.call);
            return;
        }
        const { conversation } = report;
        const at = this.#conversations.findIndex(({ id }) => id === conversation.id);
        if (at < 0) this.#conversations.push(conversation);
        else this.#conversations[at] = conversation;
    }

    /** Requests that came over the wire, in order. */
    get requests(): readonly Request[] {
        return this.#server.requests;
    }

    get conversations(): readonly StandInConversation[] {
        return this.#conversations;
    }

    /** Waits for so many conversations and hands over the latest. */
    async latest(count = 1): Promise<StandInConversation> {
        await expect.poll(() => this.#conversations.length, { message: "conversations", intervals: [20] }).toBe(count);
        const last = this.#conversations.at(-1);
        if (!last) throw new Error("No conversation.");
        return last;
    }

    /** The arguments of all calls of a method, in order. */
    callsOf(method: string): readonly (readonly unknown[])[] {
        return this.calls.filter((call) => call.method === method).map(({ args }) => args);
    }

    /** Waits for the nth call of a method and hands over its arguments. */
    async call(method: string, count = 1): Promise<readonly unknown[]> {
        await expect.poll(() => this.callsOf(method).length, { message: `calls of ${method}`, intervals: [20] }).toBe(count);
        return this.callsOf(method)[count - 1] ?? [];
    }

    fault(fault: Fault): void {
        this.#server.addFault(fault);
    }

    clearFaults(kind?: Kind): void {
        this.#server.clearFaults(kind);
    }

    /** Changes a widget's settings for frames that load from now on. */
    change(widgetId: string, changes: Partial<Settings>): void {
        this.#server.change(widgetId, changes);
    }

    /** Answers now what hangs by a fault. */
    answerHanging(): void {
        this.#server.answerHanging();
    }

    /** Answers another host, too. */
    answerFor(host: string): void {
        this.#server.hosts.add(host);
    }

    /** Ends each connection to a host without an answer. */
    cutOff(host: string): void {
        this.#server.hosts.delete(host);
    }

    /** The frame of a host, once its script is there. */
    async frame(host: Host = this.#page): Promise<Frame> {
        const element = await host.waitForSelector(`iframe#${FRAME_ID}`, { state: "attached" });
        const frame = await element.contentFrame();
        if (!frame) throw new Error("The frame has gone.");
        await frame.waitForFunction(() => (window as Partial<Window>).standIn !== undefined);
        return frame;
    }

    /** Has the frame of a host do something. */
    async have<Name extends keyof FrameControls>(host: Host, name: Name, ...args: Arguments<Name>): Promise<void> {
        const frame = await this.frame(host);
        await frame.evaluate(([act, given]) => {
            (window.standIn[act] as (...values: readonly unknown[]) => unknown)(...given);
        }, [name, args] as const);
    }

    /** The page, or the frame of it, whose widget has a conversation. */
    async hostOf(id: string): Promise<Host> {
        const frames = this.#page.context().pages().flatMap((page) => page.frames());
        for (const frame of frames.filter((each) => each.name() === FRAME_ID)) {
            const found = await frame.evaluate(() => (window as Partial<Window>).standIn?.conversation()?.id).catch(() => undefined);
            if (found === id) return frame.parentFrame() ?? frame.page();
        }
        throw new Error(`No frame has conversation ${id}.`);
    }

    agentSays = (text: string, host: Host = this.#page): Promise<void> => this.have(host, "agentSays", text);
    agentEnds = (host: Host = this.#page): Promise<void> => this.have(host, "agentEnds");
    userWrites = (text: string, host: Host = this.#page): Promise<void> => this.have(host, "userWrites", text);
    userMinimizes = (host: Host = this.#page): Promise<void> => this.have(host, "userMinimizes");
    userMaximizes = (host: Host = this.#page): Promise<void> => this.have(host, "userMaximizes");
    userCloses = (host: Host = this.#page): Promise<void> => this.have(host, "userCloses");
    userSubmitsSurvey = (host: Host = this.#page): Promise<void> => this.have(host, "userSubmitsSurvey");
    raise = (name: string, detail?: unknown, host: Host = this.#page): Promise<void> => this.have(host, "raise", name, detail);
    size = (size: "none" | "button" | "chat", host: Host = this.#page): Promise<void> => this.have(host, "size", size);
    hold = (host: Host = this.#page): Promise<void> => this.have(host, "hold");
    release = (host: Host = this.#page): Promise<void> => this.have(host, "release");
}
