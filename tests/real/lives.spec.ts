// The lives of a chat with the real widget in its frame: ends, minimizing, reload, tabs, users, surveys, hours.
import { events, expect, expectEvents, expectState, frameElement, mount, test, USERS, widget } from "./fixtures";
import { action, chat, control, emailContext, expectOutputs, raised, stretch } from "../steps";
import { watchLine } from "../widget-steps";

const SECRET = "the secret of";

// A slow computer takes longer than the product waits for the widget (seen: 19 s to ready); that limit has tests of its own.
test.beforeEach(({ page }) => stretch(page, { 30_000: 120_000 }));

test("ended by the agent, a press starts the second chat; ended by the user, a press starts the third", async ({ page, open, centre }) => {
    await open();
    const { id, conversation } = await chat(page, centre);
    await centre.accept(conversation.id);
    await centre.say(conversation.id, "That was the last line.");
    await expect(widget(page).transcript("That was the last line.")).toBeVisible();
    await centre.end(conversation.id);
    await expectOutputs(page, id, { chatState: "ended", unreadCount: 0, errorCode: "" });
    await expectEvents(page, id, ["ChatStarted", "MessageReceived", "ChatEnded"]);
    await action(page, id).click();
    const second = await centre.latest(2);
    expect(second.customContextData).toEqual(emailContext(USERS.alex.email));
    expect(second.contact?.name).toBe(USERS.alex.name);
    await expectState(page, id, "chatting");
    await expect(widget(page).sendBox).toBeVisible();
    await expect(widget(page).transcript("That was the last line.")).toHaveCount(0);

    // The widget asks first; as long as nothing is confirmed, nothing has happened.
    await widget(page).closeButton.click();
    await expect(widget(page).confirmClose).toBeVisible();
    await expectState(page, id, "chatting");
    await widget(page).confirmClose.click();
    await expectOutputs(page, id, { chatState: "ready", errorCode: "" });
    await action(page, id).click();
    expect((await centre.latest(3)).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
    expect((await centre.conversations()).map(({ state }) => state)).toEqual(["ended", "ended", "queued"]);
    expect([await raised(page, id, "ChatStarted"), await raised(page, id, "ChatEnded")]).toEqual([3, 2]);
});

test("minimized: what comes is unread, and a press brings the chat to the front", async ({ page, open, centre }) => {
    await open();
    const { id, conversation } = await chat(page, centre);
    await centre.accept(conversation.id);
    await widget(page).minimise.click();
    await expect(control(page, id)).toContainText("The chat goes on in the background.");
    await expect(widget(page).button).toBeVisible();
    for (const [before, text] of ["First", "Second"].entries()) {
        await centre.say(conversation.id, text);
        await expectOutputs(page, id, { chatState: "chatting", unreadCount: before + 1 });
    }
    await expect(control(page, id).getByRole("button", { name: "Return to chat, 2 unread messages" })).toBeVisible();
    await action(page, id).click();
    await expect(widget(page).transcript("Second")).toBeVisible();
    await expectOutputs(page, id, { chatState: "chatting", unreadCount: 0 });
    expect(await centre.conversations()).toHaveLength(1);
});

test("a reload brings the running chat back by itself, and finding it is no news", async ({ page, open, centre }) => {
    await open();
    const { conversation } = await chat(page, centre);
    await centre.accept(conversation.id);
    await centre.say(conversation.id, "Let me look that up.");
    await expect(widget(page).transcript("Let me look that up.")).toBeVisible();
    await open();
    const id = await mount(page);
    await expectState(page, id, "chatting");
    await expect(widget(page).transcript("Let me look that up.")).toBeVisible();
    expect(await events(page, id)).toEqual([]);
    expect((await centre.conversations()).map(({ state }) => state)).toEqual(["active"]);
});

test("two users: the chat before is in the frame, is closed, and its line is never to be seen", async ({ page, open, centre }, info) => {
    const watch = await watchLine(page, SECRET);
    await open();
    const { conversation } = await chat(page, centre);
    await centre.accept(conversation.id);
    await centre.say(conversation.id, `${SECRET} Alex`);
    // The watch sees what can be seen.
    await expect.poll(() => watch.seen()).not.toEqual([]);
    await page.goto("about:blank");

    await open({ user: USERS.megan });
    const lines = watch.count();
    const id = await mount(page);
    await action(page, id).click();
    const next = await centre.latest(2);
    expect(next.customContextData).toEqual(emailContext(USERS.megan.email));
    expect(next.contact?.name).toBe(USERS.megan.name);
    await expectState(page, id, "chatting");
    await expect(frameElement(page)).toBeVisible();
    await expect(widget(page).sendBox).toBeVisible();
    await info.attach("when line and frame could be seen", { body: JSON.stringify(await watch.recording()), contentType: "application/json" });
    expect(watch.count(), "the line came into the frame").toBeGreaterThan(lines);
    expect(await watch.seen()).toEqual([]);
    expect((await centre.conversations()).map(({ state }) => state)).toEqual(["ended", "queued"]);
    expect(await events(page, id)).toEqual(["ChatStarted"]);
});

test("two tabs: a press in the other brings the same chat there; what one tab's user ends, the other hears of", async ({ page, open, centre, context }) => {
    await open();
    const { id: here, conversation } = await chat(page, centre);
    await centre.accept(conversation.id);
    await centre.say(conversation.id, "Good morning");
    await expectEvents(page, here, ["ChatStarted", "MessageReceived"]);

    const other = await context.newPage();
    await open({ page: other });
    const there = await mount(other);
    await action(other, there).click();
    await expectState(other, there, "chatting");
    await expect(widget(other).transcript("Good morning")).toBeVisible();
    expect(await raised(other, there, "ChatStarted")).toBe(0);
    expect(await centre.conversations()).toHaveLength(1);

    await centre.end(conversation.id);
    await expectState(other, there, "ended");
    await expectState(page, here, "ended");
    await action(other, there).click();
    await centre.latest(2);
    await expectState(other, there, "chatting");
});

test("a survey before the chat: the user's turn, and its answer starts the chat", async ({ page, open, centre }) => {
    await centre.widget({ preChatSurvey: true });
    await open();
    const id = await mount(page);
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "user-action", errorCode: "" });
    await expect(control(page, id)).toContainText("The chat is waiting for you");
    await expect(frameElement(page)).toBeVisible();
    await expect(widget(page).survey).toBeVisible();
    expect(await centre.conversations()).toEqual([]);
    await widget(page).survey.locator("input").first().fill("A question");
    await widget(page).survey.getByRole("button", { name: "Submit" }).click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
    await expectEvents(page, id, ["ChatStarted"]);
});

test("outside the hours: told by the configuration, with the maker's words, and no chat", async ({ page, open, centre }) => {
    await centre.widget({ outOfOperatingHours: true });
    await open();
    const id = await mount(page, { properties: { closedMessage: "Write to mailto:help@contoso.example." } });
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "unavailable", errorCode: "outside-operating-hours" });
    await expect(control(page, id)).toContainText("The helpdesk is closed right now");
    await expect(control(page, id).getByRole("link")).toHaveAttribute("href", "mailto:help@contoso.example");
    expect(await centre.conversations()).toEqual([]);
    expect(await events(page, id)).toEqual([]);
});

// Seen in saved pages of 2023 (B): the provider is called once, at once, and startChat's customContext is ignored.
test("the classic layer drops the context of the call: the address goes by the provider @full", async ({ page, open, centre }) => {
    await centre.widget({ layer: "classic" });
    await open();
    const { id, conversation } = await chat(page, centre);
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    await centre.end(conversation.id);
    await expectState(page, id, "ended");
    await action(page, id).click();
    expect((await centre.latest(2)).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
});
