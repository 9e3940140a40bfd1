// Several tabs of one app, each with the control: one conversation, brought to the tab that asks for it, and each tab
// says
// what its own widget does. What the real widgets of two tabs tell each other is tested in tests/real.
import type { Page } from "@playwright/test";
import { expect, expectEvents, expectState, frameElement, mount, test, USERS, widget } from "./fixtures";
import { action, chat, control, expectOutputs, raised, scriptTags } from "../steps";
import { closeWithCross, expectTold, recordEvents } from "../widget-steps";

/** The context of a tab says which one it is. */
const contextOf = (tab: string): unknown => ({
    Email: { value: USERS.alex.email, isDisplayable: true },
    Tab: { value: tab, isDisplayable: true },
});

const tab = (name: string, startMode = "button"): { properties: Record<string, string> } => ({
    properties: { contextVariables: `Tab=${name}`, startMode },
});

const FROM_AGENT = { channelData: { tags: ["public", "FromAgent"] }, messageType: "user" };

async function expectNothingRaised(page: Page, id: number): Promise<void> {
    for (const event of ["ChatStarted", "MessageReceived", "ChatEnded", "ChatFailed"])
        expect(await raised(page, id, event), event).toBe(0);
}

test("a tab whose widget only hears of the chat says so, counts nothing, and knows when it is over; its next chat has its own context", async ({
    page,
    open,
    centre,
    context,
    standIn,
}) => {
    const other = await context.newPage();
    await recordEvents(other);
    await open({ page: other });
    const there = await mount(other, tab("two", "widgetButton"));
    await expectState(other, there, "ready");

    await page.bringToFront();
    await open();
    const { id: here, conversation } = await chat(page, centre, tab("one"));
    expect(conversation.customContextData).toEqual(contextOf("one"));
    // The widget tells other tabs of messages, of nothing else (seen).
    await standIn.raise("lcw:onMessageReceived", FROM_AGENT, other);
    await expectState(other, there, "chatting");
    await expect(control(other, there)).toContainText("in the background");
    await standIn.raise("lcw:onMessageReceived", { ...FROM_AGENT, text: "another" }, other);
    await expectTold(other, "onMessageReceived", 2);
    await expectOutputs(other, there, { chatState: "chatting", unreadCount: 0 });

    await closeWithCross(page);
    await expectState(page, here, "ready");
    // The widget there says nothing of the end (seen); the marker does.
    await expectState(other, there, "ready");
    await expectNothingRaised(other, there);

    await other.bringToFront();
    await action(other, there).click();
    expect((await centre.latest(2)).customContextData).toEqual(contextOf("two"));
    await expectState(other, there, "chatting");
    await expectEvents(other, there, ["ChatStarted"]);
});

test("a press in another tab brings the same chat there, with the context of the tab where it began; both tell the agent's end", async ({
    page,
    open,
    centre,
    context,
    standIn,
}) => {
    await open();
    const { id: here, conversation } = await chat(page, centre, tab("one"));
    await centre.say(conversation.id, "Good morning");
    await expectEvents(page, here, ["ChatStarted", "MessageReceived"]);

    const other = await context.newPage();
    await open({ page: other });
    const there = await mount(other, tab("two"));
    await action(other, there).click();
    await expectState(other, there, "chatting");
    await expect(widget(other).transcript("Good morning")).toBeVisible();
    await expect(frameElement(other)).toBeVisible();
    await expectNothingRaised(other, there);
    expect((await centre.conversations()).map(({ customContextData }) => customContextData)).toEqual([
        contextOf("one"),
    ]);

    // The service tells both.
    await standIn.agentEnds(other);
    await standIn.agentEnds(page);
    await expectState(other, there, "ended");
    await expectState(page, here, "ended");
    await expectEvents(page, here, ["ChatEnded"]);
    await expectEvents(other, there, ["ChatEnded"]);

    await action(other, there).click();
    expect((await centre.latest(2)).customContextData).toEqual(contextOf("two"));
    await expectState(other, there, "chatting");
});

test("a running chat is found by a tab that is opened beside it, without a second conversation", async ({
    page,
    open,
    centre,
    context,
}) => {
    await open();
    await chat(page, centre, tab("one"));
    const other = await context.newPage();
    await open({ page: other });
    const there = await mount(other, tab("two"));
    await expectState(other, there, "chatting");
    await expect(widget(other).sendBox).toBeVisible();
    await expectNothingRaised(other, there);
    expect(await centre.conversations()).toHaveLength(1);
    expect(await scriptTags(other)).toBe(1);
});
