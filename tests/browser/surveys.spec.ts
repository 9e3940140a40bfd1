// Panes that stand where a conversation would: the survey before the chat, the offer to reconnect, and closed hours.
import { expect, expectState, mount, outputs, test, USERS, widget } from "./fixtures";
import { action, control, emailContext, expectOutputs, raised, stillness } from "../steps";

const reconnect = (what: "" | "-continueconversationbutton" | "-startnewconversationbutton") => `#lcw-components-reconnect-chat-pane${what}`;

test("a survey before the chat is the user's turn: nothing runs out, and its answer starts the chat", async ({ page, open, centre }) => {
    await page.clock.install();
    await centre.widget({ preChatSurvey: true });
    await open();
    const id = await mount(page);
    await action(page, id).click();
    await expect(widget(page).survey).toBeVisible();
    await expectOutputs(page, id, { chatState: "user-action", errorCode: "" });
    await expect(control(page, id)).toContainText("The chat is waiting for you");
    // Somebody who is called away from the desk.
    await page.clock.fastForward(40_000);
    await page.clock.fastForward(40_000);
    await expectOutputs(page, id, { chatState: "user-action", errorCode: "" });
    expect(await raised(page, id, "ChatFailed")).toBe(0);
    // A press shows the same survey, and starts nothing else.
    await action(page, id).click();
    await expect(widget(page).survey).toBeVisible();
    expect(await centre.conversations()).toEqual([]);
    expect(await raised(page, id, "ChatStarted")).toBe(0);

    await widget(page).survey.locator("input").first().fill("A question");
    await widget(page).survey.getByRole("button", { name: "Submit" }).click();
    const conversation = await centre.latest();
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
    expect(await raised(page, id, "ChatStarted")).toBe(1);
});

// The widget's survey pane has no ✕ of its own (S): what closes it is other code of the page.
test("a survey that is closed leaves the chat at rest, and the next press shows it again", async ({ page, open, centre }) => {
    await centre.widget({ preChatSurvey: true });
    await open();
    const id = await mount(page);
    await action(page, id).click();
    await expect(widget(page).survey).toBeVisible();
    await expectState(page, id, "user-action");
    // A widget that is closed while it is still opening tells of both in any order (seen on a loaded machine).
    await stillness(page, 1_500);
    await page.evaluate(() => {
        (window as unknown as { readonly Microsoft: { readonly Omnichannel: { readonly LiveChatWidget: { readonly SDK: { closeChat(): void } } } } }).Microsoft.Omnichannel.LiveChatWidget.SDK.closeChat();
    });
    await expectOutputs(page, id, { chatState: "ready", errorCode: "" });
    await stillness(page, 1_000);
    expect(await outputs(page, id)).toMatchObject({ chatState: "ready" });
    for (const event of ["ChatStarted", "ChatEnded", "ChatFailed"]) expect(await raised(page, id, event), event).toBe(0);
    await action(page, id).click();
    await expect(widget(page).survey).toBeVisible();
    await expectState(page, id, "user-action");
    expect(await centre.conversations()).toEqual([]);
});

test("a survey that is minimised is brought back by a press", async ({ page, open, centre }) => {
    await centre.widget({ preChatSurvey: true });
    await open();
    const id = await mount(page);
    await action(page, id).click();
    await expect(widget(page).survey).toBeVisible();
    await expectState(page, id, "user-action");
    await widget(page).minimise.click();
    await expect(widget(page).survey).toBeHidden();
    await stillness(page, 700);
    await action(page, id).click();
    await expect(widget(page).survey).toBeVisible();
    await expectState(page, id, "user-action");
});

for (const choice of ["continue", "start new"] as const) {
    test(`the offer to reconnect is the user's turn: ${choice}`, async ({ page, open, centre }) => {
        await centre.widget({ reconnect: true });
        await open();
        const first = await mount(page);
        await action(page, first).click();
        await expectState(page, first, "chatting");
        const [conversation] = await centre.conversations();
        await page.goto("about:blank");
        await open();
        // Another browser of the same person: the service knows of the conversation, the widget's cache does not.
        await page.evaluate(() => localStorage.clear());
        const id = await mount(page);
        await action(page, id).click();
        await expect(page.locator(reconnect(""))).toBeVisible();
        await expectOutputs(page, id, { chatState: "user-action", errorCode: "" });
        expect(await raised(page, id, "ChatStarted")).toBe(0);
        // The widget looks for a conversation to go on with as it comes up; on a busy computer it begins two at the first call, of its own accord (seen).
        const before = (await centre.conversations()).length;
        await page.locator(reconnect(choice === "continue" ? "-continueconversationbutton" : "-startnewconversationbutton")).click();
        await expectState(page, id, "chatting");
        const conversations = await centre.conversations();
        expect(conversations.map(({ id: each }) => each)).toContain(conversation?.id);
        expect(conversations.at(-1)?.customContextData).toEqual(emailContext(USERS.alex.email));
        // Which conversation "continue" leads to is the service's business; "start new" is a new one.
        if (choice === "start new") expect(conversations.length).toBe(before + 1);
        expect(await raised(page, id, "ChatFailed")).toBe(0);
    });
}

test("outside the opening hours: told as such, no chat, no failure", async ({ page, open, centre }) => {
    await centre.widget({ outOfOperatingHours: true, showWidgetDuringOfflineHours: true });
    await open();
    const id = await mount(page);
    await action(page, id).click();
    await expect(page.locator("[id^=oc-lcw-outofofficehours]").first()).toBeVisible();
    await expectOutputs(page, id, { chatState: "unavailable", errorCode: "outside-operating-hours" });
    await expect(control(page, id)).toContainText("The helpdesk is closed right now");
    await expect(action(page, id)).toHaveText("Try again");
    expect(await raised(page, id, "ChatFailed")).toBe(0);
    expect(await raised(page, id, "ChatStarted")).toBe(0);
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "unavailable", errorCode: "outside-operating-hours" });
    expect(await centre.conversations()).toEqual([]);
});
