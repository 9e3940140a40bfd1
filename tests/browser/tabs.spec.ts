// Several tabs of one app, each with the control: one conversation, brought to the tab that asks for it, and each tab says what its own widget does.
import type { Page } from "@playwright/test";
import { expect, expectState, mount, test, USERS, widget } from "./fixtures";
import { action, chat, control, expectOutputs, raised } from "../steps";

/** The context of a tab says which one it is. */
const contextOf = (tab: string): unknown => ({ Email: { value: USERS.alex.email, isDisplayable: true }, Tab: { value: tab, isDisplayable: true } });

const tab = (name: string, startMode = "button"): { properties: Record<string, string> } => ({ properties: { contextVariables: `Tab=${name}`, startMode } });

/** How many of the agent's messages the widget of a page has told of. */
const messagesTold = (page: Page): Promise<number> => page.evaluate(() => window.messagesTold);

declare global {
    interface Window {
        messagesTold: number;
    }
}

/** Counts what the widget tells, from now on. */
const countMessages = (page: Page): Promise<void> =>
    page.evaluate(() => {
        window.messagesTold = 0;
        addEventListener("lcw:onMessageReceived", () => window.messagesTold++);
    });

const unread = (page: Page): ReturnType<Page["locator"]> => page.locator("#oc-lcw-chat-button-notification-bubble");

test("a tab whose widget only hears of the chat says so, counts nothing, and knows when it is over; its next chat has its own context", async ({ page, open, centre, context }) => {
    const other = await context.newPage();
    await open({ page: other });
    await countMessages(other);
    const there = await mount(other, tab("two", "widgetButton"));
    await expectState(other, there, "ready");

    await page.bringToFront();
    await open();
    const { id: here, conversation } = await chat(page, centre, tab("one"));
    expect(conversation.customContextData).toEqual(contextOf("one"));
    await centre.accept(conversation.id);
    await centre.say(conversation.id, "Good morning");
    await expect.poll(() => raised(page, here, "MessageReceived")).toBe(1);
    // The widget tells other tabs of messages, of nothing else (seen).
    await expectState(other, there, "chatting");
    await expect(control(other, there)).toContainText("in the background");

    await widget(page).minimise.click();
    await expectOutputs(page, here, { chatState: "chatting", unreadCount: 0 });
    await centre.say(conversation.id, "Are you there?");
    await expect(unread(page)).toBeVisible();
    await expectOutputs(page, here, { unreadCount: 1 });
    // Where the pane is minimised, the widget tells of messages when it is opened again, and then in all tabs.
    await action(page, here).click();
    await expect(widget(page).header).toBeVisible();
    await expectOutputs(page, here, { unreadCount: 0 });
    await expect.poll(() => messagesTold(other)).toBeGreaterThan(1);
    await expectOutputs(other, there, { chatState: "chatting", unreadCount: 0 });
    await expect(unread(other)).toHaveCount(0);
    await widget(page).closeButton.click();
    await widget(page).confirmClose.click();
    await expectState(page, here, "ready");
    // The widget there says nothing of the end (seen); the marker does.
    await expectState(other, there, "ready");
    for (const event of ["ChatStarted", "MessageReceived", "ChatEnded"]) expect(await raised(other, there, event)).toBe(0);

    await other.bringToFront();
    await action(other, there).click();
    expect((await centre.latest(2)).customContextData).toEqual(contextOf("two"));
    await expectState(other, there, "chatting");
    expect(await raised(other, there, "ChatStarted")).toBe(1);
});

test("a press in another tab brings the same chat there, with the context of the tab where it began; both tell the agent's end", async ({ page, open, centre, context }) => {
    await open();
    const { id: here, conversation } = await chat(page, centre, tab("one"));
    await centre.accept(conversation.id);
    await centre.say(conversation.id, "Good morning");
    await expect.poll(() => raised(page, here, "MessageReceived")).toBe(1);

    const other = await context.newPage();
    await open({ page: other });
    const there = await mount(other, tab("two"));
    await action(other, there).click();
    await expectState(other, there, "chatting");
    await expect(other.getByText("Good morning").first()).toBeVisible();
    expect(await raised(other, there, "ChatStarted")).toBe(0);
    await centre.say(conversation.id, "In both");
    await expect(other.getByText("In both").first()).toBeVisible();
    await expect(page.getByText("In both").first()).toBeAttached();
    expect((await centre.conversations()).map(({ customContextData }) => customContextData)).toEqual([contextOf("one")]);

    await centre.end(conversation.id);
    await expectState(other, there, "ended");
    await expectState(page, here, "ended");
    expect(await raised(page, here, "ChatEnded")).toBe(1);
    expect(await raised(other, there, "ChatEnded")).toBe(1);

    await action(other, there).click();
    expect((await centre.latest(2)).customContextData).toEqual(contextOf("two"));
    await expectState(other, there, "chatting");
});
