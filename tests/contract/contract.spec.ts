// What page and product see of the widget, held against the stand-in and the real widget alike: events in their order with
// their payloads, and the frame's size after each. Where the two differ, the stand-in is wrong.
import { test } from "@playwright/test";
import type { Page } from "@playwright/test";
import { CLASSIC_OPEN, FRAME_ID } from "../../simulator/widget/messages";
import { expect, frameElement, IT_WIDGET, ORG, ORG_URL, realTest, SCRIPT_URL, standInTest, widget } from "../fixtures";
import type { Centre } from "../fixtures";

/** One event as the page gets it, with the frame's size at that moment. */
type Entry = readonly [name: string, size: string, detail?: unknown];

interface Recorder {
    readonly heard: Entry[];
    size(): string;
    /** Resolves when the frame has handled all that the page has said, and the page what the frame has answered. */
    settled(): Promise<void>;
}

declare global {
    interface Window {
        contract: Recorder;
    }
}

const NAMES = [
    "ready", "error", "startChat", "chatQueued", "chatRetrieved", "closeChat", "onClose", "onMinimize", "onMaximize",
    "onMessageReceived", "onMessageSent", "threadUpdate", "onHistoryMessageReceived", "getAgentAvailability",
];

/** Runs before the page, and before its frame: writes down each event. */
function record([names, id, open]: readonly [readonly string[], string, string]): void {
    if (window !== window.top) {
        window.addEventListener("message", ({ data }) => {
            if (data === "settled?") parent.postMessage("settled", "*");
        });
        return;
    }
    const size = (): string => {
        const frame = document.getElementById(id);
        if (!frame) return "no frame";
        const width = parseFloat(getComputedStyle(frame).width);
        return frame.classList.contains(open) || width > 250 ? "chat" : width > 0 ? "button" : "none";
    };
    // Messages between two windows keep their order.
    const settled = (): Promise<void> =>
        new Promise((done) => {
            window.addEventListener("message", ({ data }) => data === "settled" && done());
            const frame = document.getElementById(id);
            if (frame instanceof HTMLIFrameElement) frame.contentWindow?.postMessage("settled?", "*");
            else done();
        });
    window.contract = { heard: [], size, settled };
    for (const name of names) {
        window.addEventListener(`lcw:${name}`, (event) => {
            const detail: unknown = (event as CustomEvent).detail;
            window.contract.heard.push(detail === null ? [name, size()] : [name, size(), detail]);
        });
    }
}

/** Puts the script's tag into the page, as a site does. */
async function addTag(page: Page, more: Record<string, string> = {}): Promise<void> {
    await page.evaluate((attributes) => {
        const tag = document.createElement("script");
        for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
        document.head.append(tag);
    }, { id: "Microsoft_Omnichannel_LCWidget", v2: "", src: SCRIPT_URL, "data-app-id": IT_WIDGET, "data-org-id": ORG, "data-org-url": ORG_URL, ...more });
}

interface Sdk {
    startChat(options?: unknown): void;
    closeChat(): void;
}

/** Calls the SDK in the page. */
const call = (page: Page, method: keyof Sdk, ...args: readonly unknown[]): Promise<void> =>
    page.evaluate(([name, given]) => {
        interface Page {
            readonly Microsoft: { readonly Omnichannel: { readonly LiveChatWidget: { readonly SDK: Record<string, (...values: readonly unknown[]) => void> } } };
        }
        (window as unknown as Page).Microsoft.Omnichannel.LiveChatWidget.SDK[name]?.(...given);
    }, [method, args] as const);

/**
 * How long the widget is silent before it counts as silent, in milliseconds: some events are told half a second later. The
 * stand-in's time is Playwright's clock; that of the real widget, which also waits for its services, is real.
 */
const SILENCE = 700;

/** Lets a silence pass. A frame that has not come, or is blocked, settles nothing. */
async function silence(page: Page): Promise<void> {
    const isFaked = await page.evaluate(() => "__pwClock" in window);
    if (!isFaked) return page.waitForTimeout(SILENCE);
    await page.clock.runFor(SILENCE);
    const frame = page.frames().find((each) => each.name() === FRAME_ID);
    if (await frame?.evaluate(() => "standIn" in window)) await page.evaluate(() => window.contract.settled());
}

/** Takes what was heard once there is so much of it, and nothing more comes. */
async function heard(page: Page, wanted: readonly Entry[]): Promise<void> {
    await page.waitForFunction((count) => window.contract.heard.length >= count, wanted.length).catch(() => undefined);
    await silence(page);
    expect(await page.evaluate(() => window.contract.heard.splice(0))).toEqual(wanted);
}

const size = (page: Page): Promise<string> => page.evaluate(() => window.contract.size());

const CONTEXT = { Email: { value: "alex.wilber@contoso.example", isDisplayable: true }, Count: { value: 0, isDisplayable: false } };
const FROM_AGENT = { channelData: { tags: ["public", "FromAgent"] }, messageType: "user" };
const FROM_USER = { channelData: { tags: ["ChannelId-lcw", "FromCustomer"] }, messageType: "user" };
const AGENT_ENDED = { channelData: { tags: ["system", "agentendconversation"] }, messageType: "system" };
const AGENT_LEFT = { channelData: { tags: [] }, messageType: "system" };

interface Given {
    readonly page: Page;
    readonly centre: Centre;
    /** A fresh page with the recorder, at the same address each time. */
    readonly visit: () => Promise<void>;
}

/** At ready the frame has no size yet; the button's follows. */
async function expectReady(page: Page): Promise<void> {
    await heard(page, [["ready", "none"]]);
    await page.waitForFunction(() => window.contract.size() === "button");
}

/** Opens a page with the widget, ready. */
async function begin({ page, visit }: Given, more?: Record<string, string>): Promise<void> {
    await visit();
    await addTag(page, more);
    await expectReady(page);
}

/** Starts a chat whose conversation the widget listens to. */
async function startChat({ page, centre }: Given): Promise<string> {
    const before = await centre.listening();
    await call(page, "startChat", { inNewWindow: false, customContext: CONTEXT });
    await heard(page, [["startChat", "chat"], ["chatQueued", "chat"]]);
    await expect.poll(() => centre.listening()).toBeGreaterThan(before);
    const { id } = await centre.latest();
    await centre.accept(id);
    return id;
}

const SCENARIOS: Record<string, (given: Given) => Promise<void>> = {
    async "start: the frame is open at startChat, chatQueued follows, and the context is the call's"(given) {
        await begin(given);
        await startChat(given);
        const { widgetId, customContextData } = await given.centre.latest();
        expect({ widgetId, customContextData }).toEqual({ widgetId: IT_WIDGET, customContextData: CONTEXT });
    },

    async "a call before ready comes to nothing"(given) {
        const { page, centre, visit } = given;
        await visit();
        // As soon as the SDK is there: a moment later the widget may be ready.
        await page.evaluate((context) => {
            interface Page {
                readonly Microsoft: { readonly Omnichannel: { readonly LiveChatWidget: { readonly SDK: { startChat(options: unknown): void } } } };
            }
            const start = (): void => {
                (window as unknown as Page).Microsoft.Omnichannel.LiveChatWidget.SDK.startChat({ inNewWindow: false, customContext: context });
                document.title = "Called";
            };
            document.addEventListener("load", start, { capture: true, once: true });
        }, CONTEXT);
        await addTag(page);
        await expectReady(page);
        expect(await page.title()).toBe("Called");
        expect(await centre.conversations()).toHaveLength(0);
        expect(await size(page)).toBe("button");
    },

    async "the agent's messages: told at once while open, after opening while minimized, and counted in the title"(given) {
        const { page, centre } = given;
        await begin(given);
        const id = await startChat(given);
        await centre.say(id, "Hello");
        await heard(page, [["onMessageReceived", "chat", FROM_AGENT]]);
        await widget(page).minimise.click();
        await heard(page, [["onMinimize", "button"]]);
        await centre.say(id, "Are you there?");
        await expect.poll(() => page.title()).toBe("(1) A page");
        await heard(page, []);
        await call(page, "startChat", { inNewWindow: false, customContext: CONTEXT });
        await heard(page, [["onMaximize", "chat"], ["onMessageReceived", "chat", FROM_AGENT]]);
        // What the title counts is stale after a start by the SDK; minimizing and Microsoft's button set it back.
        expect(await page.title()).toBe("(1) A page");
        await widget(page).minimise.click();
        await heard(page, [["onMinimize", "button"]]);
        expect(await page.title()).toBe("A page");
        await centre.say(id, "Hello?");
        await expect.poll(() => page.title()).toBe("(1) A page");
        await widget(page).button.click();
        await heard(page, [["onMaximize", "chat"], ["onMessageReceived", "chat", FROM_AGENT]]);
        expect(await page.title()).toBe("A page");
        expect(await centre.conversations()).toHaveLength(1);
    },

    async "messages told while minimized, where the widget is set up so"(given) {
        const { page, centre } = given;
        await centre.widget({ messageEvents: "atOnce" });
        await begin(given);
        const id = await startChat(given);
        await widget(page).minimise.click();
        await heard(page, [["onMinimize", "button"]]);
        await centre.say(id, "Are you there?");
        await heard(page, [["onMessageReceived", "button", FROM_AGENT]]);
        await widget(page).button.click();
        await heard(page, [["onMaximize", "chat"]]);
    },

    async "the user writes"(given) {
        const { page } = given;
        await begin(given);
        await startChat(given);
        await widget(page).sendBox.fill("My printer is on fire");
        await widget(page).sendBox.press("Enter");
        await heard(page, [["onMessageSent", "chat", FROM_USER]]);
    },

    async "Microsoft's button starts a chat as the SDK does"(given) {
        const { page, centre } = given;
        await begin(given);
        await widget(page).button.click();
        await heard(page, [["startChat", "chat"], ["chatQueued", "chat"]]);
        expect(await centre.conversations()).toHaveLength(1);
    },

    async "the user ends"(given) {
        const { page, centre } = given;
        await begin(given);
        await startChat(given);
        await widget(page).closeButton.click();
        await heard(page, []);
        expect(await size(page)).toBe("chat");
        await widget(page).confirmClose.click();
        await heard(page, [["closeChat", "button"], ["onClose", "button"]]);
        await expect.poll(async () => (await centre.latest()).state).toBe("ended");
    },

    async "closeChat ends the chat, and the next one is a new conversation"(given) {
        const { page, centre } = given;
        await begin(given);
        await startChat(given);
        await call(page, "closeChat");
        await heard(page, [["closeChat", "button"], ["onClose", "button"]]);
        await call(page, "startChat", { inNewWindow: false, customContext: CONTEXT });
        await heard(page, [["startChat", "chat"], ["chatQueued", "chat"]]);
        await centre.latest(2);
    },

    async "closeChat without a chat does nothing"(given) {
        const { page } = given;
        await begin(given);
        await call(page, "closeChat");
        await heard(page, []);
        expect(await size(page)).toBe("button");
    },

    async "the agent ends: the transcript stays open, a start only brings it to the front, closeChat closes it"(given) {
        const { page, centre } = given;
        await begin(given);
        const id = await startChat(given);
        await centre.end(id);
        await heard(page, [["onMessageReceived", "chat", AGENT_ENDED], ["onMessageReceived", "chat", AGENT_LEFT], ["threadUpdate", "chat"]]);
        await call(page, "startChat", { inNewWindow: false, customContext: CONTEXT });
        await heard(page, []);
        await call(page, "closeChat");
        await heard(page, [["closeChat", "button"], ["onClose", "button"]]);
        expect(await centre.conversations()).toHaveLength(1);
    },

    async "the agent ends while minimized"(given) {
        const { page, centre } = given;
        await begin(given);
        const id = await startChat(given);
        await widget(page).minimise.click();
        await heard(page, [["onMinimize", "button"]]);
        await centre.end(id);
        await heard(page, []);
        await call(page, "startChat", { inNewWindow: false, customContext: CONTEXT });
        await heard(page, [["onMaximize", "chat"], ["onMessageReceived", "chat", AGENT_ENDED], ["onMessageReceived", "chat", AGENT_LEFT], ["threadUpdate", "chat"]]);
    },

    async "a reload after the agent's end"(given) {
        const { page, centre, visit } = given;
        await begin(given);
        const id = await startChat(given);
        await centre.end(id);
        await heard(page, [["onMessageReceived", "chat", AGENT_ENDED], ["onMessageReceived", "chat", AGENT_LEFT], ["threadUpdate", "chat"]]);
        await visit();
        await addTag(page);
        await expectReady(page);
    },

    async "a survey behind the agent's end stands at once; the end is told when it is closed"(given) {
        const { page, centre } = given;
        await centre.widget({ postChatSurvey: true });
        await begin(given);
        const id = await startChat(given);
        await centre.end(id);
        await heard(page, [["onMessageReceived", "chat", AGENT_ENDED], ["onMessageReceived", "chat", AGENT_LEFT], ["threadUpdate", "chat"]]);
        await expect(widget(page).surveyBehind).toBeVisible();
        await widget(page).closeButton.click();
        await widget(page).confirmClose.click();
        await heard(page, [["closeChat", "button"], ["onClose", "button"]]);
    },

    async "closeChat while the survey behind stands: the end is told, and the widget draws nothing any more"(given) {
        const { page, centre } = given;
        await centre.widget({ postChatSurvey: true });
        await begin(given);
        await startChat(given);
        await call(page, "closeChat");
        await expect(widget(page).surveyBehind).toBeVisible();
        await call(page, "closeChat");
        await heard(page, [["closeChat", "button"], ["onClose", "button"]]);
        await expect(widget(page).button).toHaveCount(0);
        await call(page, "startChat", { inNewWindow: false, customContext: CONTEXT });
        await heard(page, [["startChat", "chat"], ["chatQueued", "chat"]]);
        await expect(widget(page).header).toHaveCount(0);
    },

    async "a reload brings the chat back, open as it was"(given) {
        const { page, centre, visit } = given;
        await begin(given);
        const id = await startChat(given);
        await centre.say(id, "Hello");
        await heard(page, [["onMessageReceived", "chat", FROM_AGENT]]);
        await visit();
        await addTag(page);
        await heard(page, [["ready", "none"], ["chatRetrieved", "chat"], ["onHistoryMessageReceived", "chat", FROM_AGENT]]);
        expect(await centre.conversations()).toHaveLength(1);
    },

    async "a reload brings the chat back, minimized as it was"(given) {
        const { page, visit } = given;
        await begin(given);
        await startChat(given);
        await widget(page).minimise.click();
        await heard(page, [["onMinimize", "button"]]);
        await visit();
        await addTag(page);
        await heard(page, [["ready", "none"], ["onMinimize", "button"], ["chatRetrieved", "button"]]);
        await call(page, "startChat", { inNewWindow: false, customContext: CONTEXT });
        await heard(page, [["onMaximize", "chat"]]);
    },

    async "a survey ahead: the chat is queued only once it is submitted"(given) {
        const { page, centre } = given;
        await centre.widget({ preChatSurvey: true });
        await begin(given);
        await call(page, "startChat", { inNewWindow: false, customContext: CONTEXT });
        await heard(page, [["startChat", "chat"]]);
        expect(await centre.conversations()).toHaveLength(0);
        await widget(page).survey.getByRole("button", { name: "Submit" }).click();
        await heard(page, [["chatQueued", "chat"]]);
    },

    async "a survey behind: the end is told once the survey is closed"(given) {
        const { page, centre } = given;
        await centre.widget({ postChatSurvey: true });
        await begin(given);
        await startChat(given);
        await call(page, "closeChat");
        await heard(page, []);
        expect(await size(page)).toBe("chat");
        await widget(page).closeButton.click();
        await heard(page, [["closeChat", "button"], ["onClose", "button"]]);
    },

    async "a survey behind, where the end is told as closing begins"(given) {
        const { page, centre } = given;
        await centre.widget({ postChatSurvey: true, closeEvent: "atOnce" });
        await begin(given);
        await startChat(given);
        await call(page, "closeChat");
        await heard(page, [["closeChat", "chat"]]);
        await widget(page).closeButton.click();
        await heard(page, [["onClose", "button"]]);
    },

    async "outside the hours: a pane opens, and nothing is told"(given) {
        const { page, centre } = given;
        await centre.widget({ outOfOperatingHours: true, showWidgetDuringOfflineHours: true });
        await begin(given);
        await call(page, "startChat", { inNewWindow: false, customContext: CONTEXT });
        await heard(page, []);
        expect(await size(page)).toBe("chat");
        expect(await centre.conversations()).toHaveLength(0);
    },

    async "outside the hours and hidden: never ready"({ page, centre, visit }) {
        await centre.widget({ outOfOperatingHours: true });
        await visit();
        await addTag(page);
        await expect(frameElement(page)).toHaveCount(1);
        await heard(page, []);
        expect(await size(page)).toBe("none");
    },

    async "events that come twice"(given) {
        const { page, centre, visit } = given;
        await centre.widget({ duplicateEvents: true });
        await visit();
        await addTag(page);
        await heard(page, [["ready", "none"], ["ready", "button"]]);
        await call(page, "startChat", { inNewWindow: false, customContext: CONTEXT });
        const twice = ["startChat", "chatQueued"];
        await page.waitForFunction(() => window.contract.heard.length >= 4);
        const names = await page.evaluate(() => window.contract.heard.map(([name]) => name));
        expect(names.sort()).toEqual([...twice, ...twice].sort());
    },

    async "the hidden button: a minimized chat draws nothing, and a start brings it back"(given) {
        const { page, visit } = given;
        await visit();
        await addTag(page, { "data-hide-chat-button": "true" });
        await heard(page, [["ready", "none"]]);
        await startChat(given);
        await widget(page).minimise.click();
        await heard(page, [["onMinimize", "none"]]);
        await call(page, "startChat", { inNewWindow: false, customContext: CONTEXT });
        await heard(page, [["onMaximize", "chat"]]);
    },

    async "a second tag beside a living widget does nothing"(given) {
        const { page } = given;
        await begin(given);
        await startChat(given);
        await page.evaluate(() => document.querySelector("script#Microsoft_Omnichannel_LCWidget")?.remove());
        await addTag(page);
        await heard(page, []);
        await expect(frameElement(page)).toHaveCount(1);
        expect(await size(page)).toBe("chat");
    },

    async "a blocked frame is silent, and beside it another attempt comes to nothing; without it one does"(given) {
        const { page, centre, visit } = given;
        await visit();
        await centre.fault({ kind: "frame", blocked: true });
        await addTag(page);
        await expect(frameElement(page)).toHaveCount(1);
        await heard(page, []);
        expect(await size(page)).toBe("none");
        await centre.clearFaults();
        const again = async (...remove: readonly string[]): Promise<void> => {
            await page.evaluate((ids) => ids.forEach((id) => document.getElementById(id)?.remove()), remove);
            await addTag(page, { src: `${SCRIPT_URL}?attempt=${remove.length}` });
        };
        await again("Microsoft_Omnichannel_LCWidget");
        await heard(page, []);
        await again("Microsoft_Omnichannel_LCWidget", FRAME_ID);
        await expectReady(page);
    },

    async "sign-in asked for and no token: an error, and no chat"(given) {
        const { page, centre } = given;
        await centre.widget({ authenticationRequired: true });
        await begin(given);
        await call(page, "startChat", { inNewWindow: false, customContext: CONTEXT });
        await page.waitForFunction(() => window.contract.heard.some(([name]) => name === "error"));
        const told = await page.evaluate(() => window.contract.heard);
        expect(told.find(([name]) => name === "error")?.[2]).toMatchObject({ errorCode: 8 });
        expect(told.map(([name]) => name)).not.toContain("chatQueued");
        expect(await centre.conversations()).toHaveLength(0);
    },

    async "the configuration answer has what the product reads"({ page, centre, visit }) {
        await visit();
        await centre.widget({ outOfOperatingHours: true, preChatSurvey: true, postChatSurvey: true });
        const read = (): Promise<Record<string, unknown>> => page.evaluate(async ([url, org, id]) => {
            const answer = await fetch(`${url}/livechatconnector/config/${org}/${id}?requestId=${crypto.randomUUID()}&channelId=lcw`);
            return (await answer.json()) as Record<string, unknown>;
        }, [ORG_URL, ORG, IT_WIDGET] as const);
        expect(await read()).toMatchObject({
            LiveChatConfigAuthSettings: null,
            LiveWSAndLiveChatEngJoin: {
                msdyn_conversationmode: "192350000", msdyn_prechatenabled: "true", msdyn_postconversationsurveyenable: "true",
                OutOfOperatingHours: "True", ShowWidget: "False",
            },
        });
        await centre.widget({ authenticationRequired: true });
        expect((await read())["LiveChatConfigAuthSettings"]).toEqual({ msdyn_javascriptclientfunction: "chatWithAgentSimulatedAuth" });
    },
};

/** Each start of the real widget costs seconds; with it, the other scenarios run in the whole test only. */
const ALWAYS: ReadonlySet<string> = new Set([
    "the agent's messages: told at once while open, after opening while minimized, and counted in the title",
    "the user ends",
    "closeChat ends the chat, and the next one is a new conversation",
    "the agent ends: the transcript stays open, a start only brings it to the front, closeChat closes it",
    "a reload brings the chat back, open as it was",
    "a reload brings the chat back, minimized as it was",
    "a second tag beside a living widget does nothing",
    "a blocked frame is silent, and beside it another attempt comes to nothing; without it one does",
    "the configuration answer has what the product reads",
]);

test("what the real widget has to do each time are scenarios that there are", () => {
    expect(Object.keys(SCENARIOS)).toEqual(expect.arrayContaining([...ALWAYS]));
});

for (const [layer, layered] of [["stand-in", standInTest], ["real widget", realTest]] as const) {
    const isReal = layer === "real widget";
    for (const [name, run] of Object.entries(SCENARIOS)) {
        layered(`${layer}: ${name}`, { tag: isReal && !ALWAYS.has(name) ? ["@full"] : [] }, async ({ page, centre, demo }) => {
            if (!isReal) await page.clock.install();
            await page.addInitScript(record, [NAMES, FRAME_ID, CLASSIC_OPEN] as const);
            // A page without anything, which the demo has for addresses that it does not know.
            await run({ page, centre, visit: async () => {
                await page.goto(`${demo}/nothing`);
                await page.evaluate(() => (document.title = "A page"));
            } });
        });
    }
}
