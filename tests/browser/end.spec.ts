// The end of a conversation, by the agent and by the user, with a survey behind and without, and the new one after it.
import type { Page } from "@playwright/test";
import { expect, expectEvents, expectState, frameElement, test, USERS, widget } from "./fixtures";
import type { Centre } from "./fixtures";
import type { StandIn } from "../stand-in/driver";
import { action, chat, control, emailContext, expectOutputs, raised } from "../steps";
import { closeWithCross, recordEvents, expectTold } from "../widget-steps";

/** A chat that an instance is in. */
interface Given {
    readonly page: Page;
    readonly centre: Centre;
    readonly standIn: StandIn;
    readonly id: number;
}

/** Finds a second conversation with the address, told as begun, and the first told as ended, each once. */
async function expectSecondChat({ page, centre, id }: Given): Promise<void> {
    expect((await centre.latest(2)).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectOutputs(page, id, { chatState: "chatting", unreadCount: 0, errorCode: "" });
    await expectEvents(page, id, ["ChatStarted", "ChatStarted", "ChatEnded"]);
    expect(await raised(page, id, "ChatStarted")).toBe(2);
    expect(await raised(page, id, "ChatEnded")).toBe(1);
    expect(await raised(page, id, "ChatFailed")).toBe(0);
    await expect(frameElement(page)).toBeVisible();
    await expect(widget(page).sendBox).toBeVisible();
}

for (const duplicateEvents of [false, true]) {
    const events = duplicateEvents ? " (each event twice)" : "";

    test(`the agent ends it: told once, and the next press starts a new chat, not the old transcript${events}`, async ({
        page,
        open,
        centre,
        standIn,
    }) => {
        await centre.widget({ duplicateEvents });
        await recordEvents(page);
        await open();
        const { id, conversation } = await chat(page, centre);
        await centre.end(conversation.id);
        await expectOutputs(page, id, { chatState: "ended", unreadCount: 0, errorCode: "" });
        await expect(control(page, id)).toContainText("This conversation has ended");
        await expect(action(page, id)).toHaveText("Start a new chat");
        if (duplicateEvents) await expectTold(page, "threadUpdate", 2);
        await expectOutputs(page, id, { chatState: "ended" });
        expect(await raised(page, id, "ChatEnded")).toBe(1);
        expect(standIn.callsOf("closeChat")).toEqual([]);

        await action(page, id).click();
        await expectSecondChat({ page, centre, standIn, id });
        if (duplicateEvents) {
            await expectTold(page, "closeChat", 2);
            await expectTold(page, "chatQueued", 4);
            await expectSecondChat({ page, centre, standIn, id });
        }
        expect(standIn.callsOf("closeChat")).toHaveLength(1);
        expect((await centre.conversations()).map(({ state }) => state)).toEqual(["ended", "active"]);
    });
}

test("doubled events and an agent's end right after the start: ended, and a press starts a new chat", async ({
    page,
    open,
    centre,
    standIn,
}) => {
    await centre.widget({ duplicateEvents: true });
    await recordEvents(page);
    await open();
    const { id, conversation } = await chat(page, centre);
    // Before the second telling of startChat and chatQueued.
    await centre.end(conversation.id);
    await expectTold(page, "threadUpdate", 2);
    await expectTold(page, "chatQueued", 2);
    await expectOutputs(page, id, { chatState: "ended" });
    await action(page, id).click();
    await expectSecondChat({ page, centre, standIn, id });
});

test("the user closes it: ready, told once, and a press starts a new one", async ({ page, open, centre, standIn }) => {
    await open();
    const { id } = await chat(page, centre);
    // The widget asks first; as long as nothing is confirmed, nothing has happened.
    await widget(page).closeButton.click();
    await expect(widget(page).confirmClose).toBeVisible();
    await expectOutputs(page, id, { chatState: "chatting" });
    expect(await raised(page, id, "ChatEnded")).toBe(0);

    await widget(page).confirmClose.click();
    await expectOutputs(page, id, { chatState: "ready", errorCode: "" });
    await expect(action(page, id)).toHaveText("Chat with an agent");
    await expectEvents(page, id, ["ChatStarted", "ChatEnded"]);
    await action(page, id).click();
    await expectSecondChat({ page, centre, standIn, id });
});

test("a conversation that Microsoft's own button starts after one has ended carries the address as well", async ({
    page,
    open,
    centre,
    standIn,
}) => {
    await open();
    const { id } = await chat(page, centre);
    await closeWithCross(page);
    await expectState(page, id, "ready");
    await widget(page).button.click();
    await expectSecondChat({ page, centre, standIn, id });
    expect(standIn.callsOf("startChat")).toHaveLength(1);
});

// Whether lcw:closeChat comes when the survey is closed or as soon as closing begins is not known (S).
for (const closeEvent of ["whenClosed", "atOnce"] as const) {
    for (const duplicateEvents of [false, true]) {
        const timing = `lcw:closeChat ${closeEvent}${duplicateEvents ? ", each event twice" : ""}`;

        test(`a survey after the user has closed the chat is theirs, and a press after it starts a new one (${timing})`, async ({
            page,
            open,
            centre,
            standIn,
        }) => {
            await centre.widget({ postChatSurvey: true, closeEvent, duplicateEvents });
            await page.clock.install();
            await open();
            const { id } = await chat(page, centre);
            await page.clock.fastForward(10_000);
            await closeWithCross(page);
            await expect(widget(page).surveyBehind).toBeVisible();
            // Nothing tells of a survey when the end is told only with its closing.
            await expectState(page, id, closeEvent === "atOnce" ? "user-action" : "chatting");
            await expect(widget(page).surveyBehind).toBeVisible();
            await standIn.userCloses();
            await expectOutputs(page, id, { chatState: "ready", errorCode: "" });
            await expectEvents(page, id, ["ChatStarted", "ChatEnded"]);
            expect(standIn.callsOf("closeChat")).toEqual([]);
            await action(page, id).click();
            await expectSecondChat({ page, centre, standIn, id });
        });

        test(`a survey after the agent's end: a press shows it, its end starts a new chat (${timing})`, async ({
            page,
            open,
            centre,
            standIn,
        }) => {
            await centre.widget({ postChatSurvey: true, closeEvent, duplicateEvents });
            await page.clock.install();
            await open();
            const { id, conversation } = await chat(page, centre);
            await page.clock.fastForward(10_000);
            await centre.end(conversation.id);
            await expectState(page, id, "ended");
            await expect(control(page, id)).toContainText("This conversation has ended");
            await action(page, id).click();
            await expectState(page, id, "user-action");
            await expect(control(page, id)).toContainText("The chat is waiting for you");
            await expect(widget(page).surveyBehind).toBeVisible();
            expect(await centre.conversations()).toHaveLength(1);
            // `closeChat` while the survey stands breaks the widget (seen).
            expect(standIn.callsOf("closeChat")).toEqual([]);
            await closeWithCross(page);
            await expectSecondChat({ page, centre, standIn, id });
            expect(standIn.callsOf("closeChat")).toEqual([]);
        });
    }
}

test("a survey after the agent's end that the user closes without a press: ready, and a press starts a new chat", async ({
    page,
    open,
    centre,
    standIn,
}) => {
    await centre.widget({ postChatSurvey: true });
    await open();
    const { id, conversation } = await chat(page, centre);
    await centre.end(conversation.id);
    await expectState(page, id, "ended");
    await closeWithCross(page);
    await expectOutputs(page, id, { chatState: "ready", errorCode: "" });
    expect(await centre.conversations()).toHaveLength(1);
    await action(page, id).click();
    await expectSecondChat({ page, centre, standIn, id });
});

test("a survey after the agent's end that is minimized: the first press brings it to the front, its end after a second starts a new chat", async ({
    page,
    open,
    centre,
    standIn,
}) => {
    await centre.widget({ postChatSurvey: true });
    await page.clock.install();
    await open();
    const { id, conversation } = await chat(page, centre);
    await page.clock.fastForward(10_000);
    await centre.end(conversation.id);
    await expectState(page, id, "ended");
    await standIn.userMinimizes();
    await expect(widget(page).button).toBeVisible();
    await action(page, id).click();
    await expect(widget(page).surveyBehind).toBeVisible();
    expect(standIn.callsOf("closeChat")).toEqual([]);
    await action(page, id).click();
    await expectState(page, id, "user-action");
    await expect(widget(page).surveyBehind).toBeVisible();
    await closeWithCross(page);
    await expectSecondChat({ page, centre, standIn, id });
});

for (const messageEvents of ["atOnce", "whenOpened"] as const) {
    for (const duplicateEvents of [false, true]) {
        test(`the agent ends it while it is minimized: the first press shows the transcript, the second starts a new chat (messages ${messageEvents}${duplicateEvents ? ", each event twice" : ""})`, async ({
            page,
            open,
            centre,
            standIn,
        }) => {
            await centre.widget({ messageEvents, duplicateEvents });
            await open();
            const { id, conversation } = await chat(page, centre);
            await centre.say(conversation.id, "That was the last line.");
            await standIn.userMinimizes();
            await expect(control(page, id)).toContainText("in the background");
            await centre.end(conversation.id);
            await action(page, id).click();
            await expect(widget(page).header).toBeVisible();
            await expect(widget(page).transcript("That was the last line.")).toBeVisible();
            expect(standIn.callsOf("closeChat")).toEqual([]);
            // The widget tells of the end only when it is opened (seen).
            await expectOutputs(page, id, { chatState: "ended", unreadCount: 0 });
            await action(page, id).click();
            await expectSecondChat({ page, centre, standIn, id });
            await expect(widget(page).transcript("That was the last line.")).toHaveCount(0);
        });
    }
}

test("an end that is told while the chat is minimized: the press shows the transcript before anything is closed", async ({
    page,
    open,
    centre,
    standIn,
}) => {
    await page.clock.install();
    await open();
    const { id, conversation } = await chat(page, centre);
    await page.clock.fastForward(10_000);
    await centre.end(conversation.id);
    await expectState(page, id, "ended");
    await standIn.userMinimizes();
    await expect(widget(page).button).toBeVisible();
    await action(page, id).click();
    await expect(widget(page).transcript("The agent has ended the chat.")).toBeVisible();
    expect(standIn.callsOf("closeChat")).toEqual([]);
    await expectState(page, id, "ended");
    await action(page, id).click();
    await expectSecondChat({ page, centre, standIn, id });
});
