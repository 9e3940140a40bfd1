// Events that anybody on the page can forge: they may mislabel the control for a moment, and never ask, start, close or break anything.
import type { Page } from "@playwright/test";
import type { StandIn } from "../stand-in/driver";
import { events, expect, expectState, inFrame, mount, outputs, test, USERS, widget } from "./fixtures";
import { action, chat, control, emailContext, expectOutputs, scriptTags, stillness } from "../steps";

const NAMES = [
    "lcw:ready",
    "lcw:startChat",
    "lcw:chatQueued",
    "lcw:chatRetrieved",
    "lcw:closeChat",
    "lcw:onClose",
    "lcw:onMinimize",
    "lcw:onMaximize",
    "lcw:onMessageReceived",
    "lcw:onMessageSent",
    "lcw:onHistoryMessageReceived",
    "lcw:threadUpdate",
    "lcw:error",
    "lcw:getAgentAvailability",
    "lcw:unknown",
    "lcw:__proto__",
    "lcw:",
] as const;

/** Raises so many events on the window, with every kind of detail that could hurt a reader. */
const forge = (page: Page, names: readonly string[], count: number): Promise<void> =>
    page.evaluate(
        ({ given, times }) => {
            const refuse = (): never => {
                throw new Error("Do not read me.");
            };
            const circular: Record<string, unknown> = { messageType: "user" };
            circular["self"] = circular;
            const details: (() => unknown)[] = [
                () => undefined,
                () => null,
                () => "text",
                () => 10n,
                () => Symbol("s"),
                () => new Error("raw"),
                () => circular,
                () => ({ messageType: "user", channelData: { tags: ["client"] }, text: Math.random() }),
                () => ({ messageType: { toString: refuse }, channelData: null }),
                () => Object.defineProperties({}, { messageType: { get: refuse, enumerable: true }, errorCode: { get: refuse, enumerable: true }, channelData: { get: refuse, enumerable: true } }),
                () => ({ messageType: "user", toJSON: refuse }),
                () => new Proxy({}, { get: refuse, ownKeys: refuse, has: refuse, getOwnPropertyDescriptor: refuse, getPrototypeOf: refuse }),
                () => ({ errorCode: "<img src='https://evil.example/x.png' onerror='window.pwned=1'>", errorDescription: "x".repeat(100_000) }),
                () => ({ errorCode: 7, __proto__: { messageType: "user" } }),
            ];
            for (let index = 0; index < times; index++) {
                const detail = details[index % details.length]?.();
                window.dispatchEvent(new CustomEvent(given[index % given.length] ?? "", { detail }));
                // Not even the class is right.
                if (index % 50 === 0) window.dispatchEvent(new Event(given[index % given.length] ?? ""));
            }
        },
        { given: names, times: count },
    );

/** What is asked of the SDK; a context that is set again asks nothing. */
const asked = (standIn: StandIn): string[] => standIn.calls.map(({ method }) => method).filter((method) => method !== "setContextProvider");

test("before anybody means it, 2,000 forged events change nothing", async ({ page, open, watch, centre }) => {
    await page.clock.install();
    await open();
    const id = await mount(page);
    await forge(page, NAMES, 2_000);
    await stillness(page, 700);
    expect(await outputs(page, id)).toMatchObject({ chatState: "idle", unreadCount: 0, errorCode: "" });
    expect(await events(page, id)).toEqual([]);
    expect(await scriptTags(page)).toBe(0);
    expect(watch.microsoft).toEqual([]);
    expect(await centre.webApi()).toEqual([]);
    await action(page, id).click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
});

test("while the widget loads, a forged ready and forged conversations start nothing twice", async ({ page, open, centre }) => {
    await open();
    await centre.fault({ kind: "script", delayMs: 1_000, times: 1 });
    const id = await mount(page);
    await action(page, id).click();
    await expectState(page, id, "loading");
    await forge(page, ["lcw:ready", "lcw:onMinimize", "lcw:getAgentAvailability", "lcw:onMessageSent", "lcw:unknown"], 500);
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
    await expect(widget(page).sendBox).toBeVisible();
    expect(await scriptTags(page)).toBe(1);
});

test("while the widget rests, forged events ask nothing of it, and the next press has its chat", async ({ page, open, centre, standIn }) => {
    await page.clock.install();
    await open();
    const id = await mount(page, { properties: { startMode: "widgetButton" } });
    await expectState(page, id, "ready");
    const before = standIn.requests.length;
    await forge(page, NAMES, 2_000);
    await stillness(page, 700);
    // A conversation that is said to be back is closed, in case it is another user's: there is none.
    expect(asked(standIn).filter((method) => method !== "closeChat")).toEqual([]);
    expect(standIn.requests).toHaveLength(before);
    expect(await centre.conversations()).toEqual([]);
    await expect(widget(page).button).toBeVisible();
    await action(page, id).click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
    await expect(widget(page).sendBox).toBeVisible();
});

/** What the control shows after them, while the conversation runs on. An end that is told is believed until a press. */
for (const { name, forged, shown } of [
    { name: "of all kinds", forged: NAMES, shown: "ended" },
    { name: "that say the agent has ended it", forged: ["lcw:threadUpdate"], shown: "ended" },
    { name: "that say it is closed", forged: ["lcw:closeChat", "lcw:onClose"], shown: "chatting" },
    { name: "that say it came back", forged: ["lcw:chatRetrieved"], shown: "chatting" },
    { name: "that say the widget has failed", forged: ["lcw:error"], shown: "chatting" },
    { name: "that say it is minimised", forged: ["lcw:onMinimize"], shown: "chatting" },
] as const) {
    test(`during a chat, forged events ${name} ask nothing, and the conversation goes on`, async ({ page, open, centre, standIn }) => {
        await page.clock.install();
        await open();
        const { id, conversation } = await chat(page, centre);
        const before = asked(standIn);
        await forge(page, forged, forged.length > 1 ? 2_000 : 200);
        await stillness(page, 1_000);
        expect(asked(standIn)).toEqual(before);
        await centre.say(conversation.id, "Are you still there?");
        await expect(inFrame(page).getByText("Are you still there?")).toBeVisible();
        await expectOutputs(page, id, { chatState: shown, unreadCount: 0, errorCode: "" });
        // A real answer still goes to the same conversation.
        await widget(page).sendBox.fill("Yes");
        await widget(page).sendBox.press("Enter");
        await expect.poll(() => standIn.conversations[0]?.messages.at(-1)?.text).toBe("Yes");
        expect(standIn.conversations.map(({ state }) => state)).toEqual(["active"]);
        expect(await page.evaluate(() => (window as unknown as { pwned?: unknown }).pwned)).toBeUndefined();
    });
}

test("a press after a forged end brings a minimized conversation to the front, and ends nothing", async ({ page, open, centre, standIn }) => {
    await open();
    const { id } = await chat(page, centre);
    await standIn.userMinimizes();
    await expect(control(page, id)).toContainText("in the background");
    await forge(page, ["lcw:threadUpdate"], 1);
    await expectState(page, id, "ended");
    await action(page, id).click();
    await expect(widget(page).sendBox).toBeVisible();
    expect(asked(standIn)).toEqual(["startChat", "startChat"]);
    expect(standIn.conversations.map(({ state }) => state)).toEqual(["active"]);
});

test("a conversation that is said to have been closed and to have come back is not taken for another user's", async ({ page, open, centre, standIn }) => {
    await page.clock.install();
    await open();
    const { id } = await chat(page, centre);
    const before = asked(standIn);
    await forge(page, ["lcw:closeChat", "lcw:onClose", "lcw:chatRetrieved", "lcw:onHistoryMessageReceived", "lcw:chatQueued"], 5);
    await stillness(page, 5_000);
    expect(asked(standIn)).toEqual(before);
    expect((await centre.conversations()).map(({ state }) => state)).toEqual(["active"]);
    await expect(widget(page).sendBox).toBeVisible();
    await expectState(page, id, "chatting");
});
