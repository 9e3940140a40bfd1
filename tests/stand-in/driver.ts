// Owns the test's side of the stand-in: what has come in, what goes wrong, and how the frame of a page is driven.
import { expect } from "@playwright/test";
import type { BrowserContext, Frame, Page } from "@playwright/test";
import { FRAME_ID } from "../../simulator/widget/messages";
import type { Kind, Fault, Request, StandInServer } from "./server";
import type { Call, FrameControls, Report, Settings, StandInConversation } from "./types";

type Arguments<Name extends keyof FrameControls> = Parameters<FrameControls[Name]>;

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

    /** The frame of a page, once its script is there. */
    async frame(page: Page = this.#page): Promise<Frame> {
        const element = await page.waitForSelector(`iframe#${FRAME_ID}`, { state: "attached" });
        const frame = await element.contentFrame();
        if (!frame) throw new Error("The frame has gone.");
        await frame.waitForFunction(() => (window as Partial<Window>).standIn !== undefined);
        return frame;
    }

    /** Has the frame of a page do something. */
    async have<Name extends keyof FrameControls>(page: Page, name: Name, ...args: Arguments<Name>): Promise<void> {
        const frame = await this.frame(page);
        await frame.evaluate(([act, given]) => {
            (window.standIn[act] as (...values: readonly unknown[]) => unknown)(...given);
        }, [name, args] as const);
    }

    /** The page whose frame has a conversation. */
    async pageOf(id: string): Promise<Page> {
        for (const page of this.#page.context().pages()) {
            const frame = page.frames().find((each) => each.name() === FRAME_ID);
            const found = await frame?.evaluate(() => (window as Partial<Window>).standIn?.conversation()?.id).catch(() => undefined);
            if (found === id) return page;
        }
        throw new Error(`No frame has conversation ${id}.`);
    }

    agentSays = (text: string, page = this.#page): Promise<void> => this.have(page, "agentSays", text);
    agentEnds = (page = this.#page): Promise<void> => this.have(page, "agentEnds");
    userWrites = (text: string, page = this.#page): Promise<void> => this.have(page, "userWrites", text);
    userMinimizes = (page = this.#page): Promise<void> => this.have(page, "userMinimizes");
    userMaximizes = (page = this.#page): Promise<void> => this.have(page, "userMaximizes");
    userCloses = (page = this.#page): Promise<void> => this.have(page, "userCloses");
    userSubmitsSurvey = (page = this.#page): Promise<void> => this.have(page, "userSubmitsSurvey");
    raise = (name: string, detail?: unknown, page = this.#page): Promise<void> => this.have(page, "raise", name, detail);
    size = (size: "none" | "button" | "chat", page = this.#page): Promise<void> => this.have(page, "size", size);
    hold = (page = this.#page): Promise<void> => this.have(page, "hold");
    release = (page = this.#page): Promise<void> => this.have(page, "release");
}
