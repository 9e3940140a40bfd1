// The end of a conversation, by the agent and by the user, and the new one after it.
import type { Page } from "@playwright/test";
import { expect, expectState, test, USERS, widget } from "./fixtures";
import type { Centre, Conversation } from "./fixtures";
import { action, chat, control, emailContext, expectOutputs, raised, stillness } from "../steps";

test("the agent ends it: told once, and the next press starts a new conversation, not the old transcript", async ({ page, open, centre }) => {
    await open();
    const { id, conversation } = await chat(page, centre);
    await centre.say(conversation.id, "That was the last line.");
    await expect(page.getByText("That was the last line.").first()).toBeVisible();
    await centre.end(conversation.id);
    await expectOutputs(page, id, { chatState: "ended", unreadCount: 0, errorCode: "" });
    await expect(control(page, id)).toContainText("This conversation has ended");
    await expect(action(page, id)).toHaveText("Start a new chat");
    // The end is told by three events of the widget (S).
    await stillness(page, 700);
    expect(await raised(page, id, "ChatEnded")).toBe(1);
    await expectOutputs(page, id, { chatState: "ended" });

    await action(page, id).click();
    const next = await centre.latest(2);
    expect(next.id).not.toBe(conversation.id);
    expect(next.customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
    await centre.say(next.id, "A new start.");
    await expect(page.getByText("A new start.").first()).toBeVisible();
    await expect(page.getByText("That was the last line.")).toHaveCount(0);
    expect(await raised(page, id, "ChatStarted")).toBe(2);
    expect(await raised(page, id, "ChatEnded")).toBe(1);
    expect((await centre.conversations()).map(({ state }) => state)).toEqual(["ended", "active"]);
});

for (const closeEvent of ["whenClosed", "atOnce"] as const) {
    // Whether lcw:closeChat comes when the chat is closed or as soon as closing begins is not known (S).
    test(`the next press works whether the widget tells of closing ${closeEvent === "atOnce" ? "as it begins" : "when it is done"}`, async ({ page, open, centre }) => {
        await centre.widget({ closeEvent, duplicateEvents: true });
        await open();
        const { id, conversation } = await chat(page, centre);
        await centre.end(conversation.id);
        await expectState(page, id, "ended");
        await action(page, id).click();
        const next = await centre.latest(2);
        expect(next.customContextData).toEqual(emailContext(USERS.alex.email));
        await expectState(page, id, "chatting");
        await stillness(page, 1_200);
        await expectOutputs(page, id, { chatState: "chatting" });
        expect((await centre.conversations()).map(({ state }) => state)).toEqual(["ended", "queued"]);
        expect(await raised(page, id, "ChatStarted")).toBe(2);
        expect(await raised(page, id, "ChatEnded")).toBe(1);
    });
}

test("the user closes it: ready, told once, and a press starts a new one", async ({ page, open, centre }) => {
    await open();
    const { id } = await chat(page, centre);
    // The widget asks first; taken back, nothing has happened.
    await widget(page).closeButton.click();
    await page.locator("#oc-lcw-confirmation-pane-cancelbutton").click();
    await stillness(page, 500);
    await expectOutputs(page, id, { chatState: "chatting" });
    expect(await raised(page, id, "ChatEnded")).toBe(0);

    await widget(page).closeButton.click();
    await widget(page).confirmClose.click();
    await expectOutputs(page, id, { chatState: "ready", errorCode: "" });
    await expect(action(page, id)).toHaveText("Chat with an agent");
    await expect.poll(async () => (await centre.latest()).state).toBe("ended");
    await stillness(page, 500);
    expect(await raised(page, id, "ChatEnded")).toBe(1);

    await action(page, id).click();
    const next = await centre.latest(2);
    expect(next.customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
});

test("a conversation that Microsoft's own button starts after one has ended carries the address as well", async ({ page, open, centre }) => {
    await open();
    const { id } = await chat(page, centre);
    await widget(page).closeButton.click();
    await widget(page).confirmClose.click();
    await expectState(page, id, "ready");
    await widget(page).button.click();
    const next = await centre.latest(2);
    expect(next.customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
    expect(await raised(page, id, "ChatStarted")).toBe(2);
});

/** The survey after a chat, also while it is being loaded. */
const survey = "[id^=oc-lcw-postchat]";

/** A chat that an agent has taken: only then there is a survey after it. */
async function servedChat(page: Page, centre: Centre): Promise<{ readonly id: number; readonly conversation: Conversation }> {
    const served = await chat(page, centre);
    await centre.say(served.conversation.id, "How can I help?");
    await expect(page.getByText("How can I help?").first()).toBeVisible();
    return served;
}

/** Closes what is open in the widget, which asks first for some panes. */
async function close(page: Page): Promise<void> {
    await widget(page).closeButton.click();
    await widget(page).confirmClose.or(widget(page).button).first().waitFor();
    if (await widget(page).confirmClose.isVisible()) await widget(page).confirmClose.click();
}

test("a survey after the user has closed the chat is the user's turn", async ({ page, open, centre }) => {
    await centre.widget({ postChatSurvey: true });
    await open();
    const { id } = await servedChat(page, centre);
    await close(page);
    await expect(page.locator(survey).first()).toBeAttached();
    await expectOutputs(page, id, { chatState: "user-action" });
    await expect(control(page, id)).toContainText("The chat is waiting for you");
    expect(await raised(page, id, "ChatEnded")).toBe(1);
    await expect(page.locator("iframe[id^=oc-lcw-postchatsurvey]")).toBeVisible();
    await close(page);
    await expectOutputs(page, id, { chatState: "ready", errorCode: "" });
    expect(await raised(page, id, "ChatEnded")).toBe(1);
    expect(await raised(page, id, "ChatFailed")).toBe(0);

    await action(page, id).click();
    expect((await centre.latest(2)).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
    await expect(widget(page).sendBox).toBeVisible();
});

// The widget shows the survey by itself after the agent's end; told to close meanwhile, it breaks and draws nothing any more (S, seen).
test("a press while the survey after the agent's end is being loaded leads to a new chat by way of the survey", async ({ page, open, centre }) => {
    await centre.widget({ postChatSurvey: true });
    await open();
    const { id, conversation } = await servedChat(page, centre);
    await centre.end(conversation.id);
    await expect(page.locator("#oc-lcw-postchatloading-pane")).toBeVisible();
    await expectState(page, id, "ended");
    await action(page, id).dispatchEvent("click");
    await expect(page.locator("iframe[id^=oc-lcw-postchatsurvey]")).toBeVisible();
    await expectState(page, id, "user-action");
    expect((await centre.conversations()).length).toBe(1);
    await close(page);
    const next = await centre.latest(2);
    expect(next.customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
    await expect(widget(page).sendBox).toBeVisible();
    await stillness(page, 2_500);
    await expect(page.locator(survey)).toHaveCount(0);
    expect((await centre.conversations()).map(({ state }) => state)).toEqual(["ended", "queued"]);
    expect(await raised(page, id, "ChatEnded")).toBe(1);
});

test("a press while the survey after the agent's end is shown brings it to the front; closed, a new chat can start", async ({ page, open, centre }) => {
    await centre.widget({ postChatSurvey: true });
    await open();
    const { id, conversation } = await servedChat(page, centre);
    await centre.end(conversation.id);
    await expect(page.locator("iframe[id^=oc-lcw-postchatsurvey]")).toBeVisible();
    await expectState(page, id, "user-action");
    await widget(page).minimise.click();
    await expect(page.locator("iframe[id^=oc-lcw-postchatsurvey]")).toBeHidden();
    await action(page, id).click();
    await expect(page.locator("iframe[id^=oc-lcw-postchatsurvey]")).toBeVisible();
    expect((await centre.conversations()).length).toBe(1);
    await close(page);
    await expectOutputs(page, id, { chatState: "ready", errorCode: "" });
    expect(await raised(page, id, "ChatEnded")).toBe(1);
    await action(page, id).click();
    expect((await centre.latest(2)).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
    await expect(widget(page).sendBox).toBeVisible();
});

for (const messageEvents of ["atOnce", "whenOpened"] as const) {
    test(`the agent ends it while it is minimised (${messageEvents})`, async ({ page, open, centre }) => {
        await centre.widget({ messageEvents });
        await open();
        const { id, conversation } = await chat(page, centre);
        await centre.say(conversation.id, "That was the last line.");
        await expect(page.getByText("That was the last line.").first()).toBeVisible();
        await widget(page).minimise.click();
        await expect(control(page, id)).toContainText("in the background");
        await centre.end(conversation.id);
        // The widget may tell of it only when it is opened (S, seen): until then the chat is believed to go on.
        if (messageEvents === "whenOpened") {
            await stillness(page, 1_000);
            await action(page, id).click();
            await expect(widget(page).header).toBeVisible();
        }
        await expectOutputs(page, id, { chatState: "ended", unreadCount: 0 });
        expect(await raised(page, id, "ChatEnded")).toBe(1);
        await action(page, id).click();
        const next = await centre.latest(2);
        expect(next.customContextData).toEqual(emailContext(USERS.alex.email));
        await expectState(page, id, "chatting");
        await expect(page.getByText("That was the last line.")).toHaveCount(0);
        expect(await raised(page, id, "ChatEnded")).toBe(1);
        expect(await raised(page, id, "ChatStarted")).toBe(2);
    });
}
