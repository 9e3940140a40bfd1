// Messages that come while the chat is minimized: counted right under every timing of the widget's events, and gone
// when the user is back.
import { expect, expectEvents, expectState, mount, test, widget } from "./fixtures";
import { action, chat, control, expectOutputs, raised } from "../steps";
import { expectTold, recordEvents } from "../widget-steps";

// At once (D: for every new message) or only when the chat is opened again (S, seen); delivered once or twice (seen).
for (const messageEvents of ["atOnce", "whenOpened"] as const) {
    for (const duplicateEvents of [false, true]) {
        const times = duplicateEvents ? 2 : 1;

        test(`three messages are three unread ones (${messageEvents}${duplicateEvents ? ", each event twice" : ""})`, async ({
            page,
            open,
            centre,
            standIn,
        }) => {
            await centre.widget({ messageEvents, duplicateEvents });
            await recordEvents(page);
            await page.clock.install();
            await open();
            const { id, conversation } = await chat(page, centre);
            await centre.say(conversation.id, "Hello");
            await expectEvents(page, id, ["ChatStarted", "MessageReceived"]);
            await expectTold(page, "onMessageReceived", times);
            await expectOutputs(page, id, { unreadCount: 0 });

            await standIn.userMinimizes();
            await expect(control(page, id)).toContainText("The chat goes on in the background.");
            let told = times;
            // The events of two messages differ by nothing but their time (D).
            await page.clock.fastForward(1_000);
            for (const [count, text] of ["First", "Second", "Third"].entries()) {
                await centre.say(conversation.id, text);
                await expectOutputs(page, id, { chatState: "chatting", unreadCount: count + 1 });
                if (messageEvents === "atOnce") await expectTold(page, "onMessageReceived", (told += times));
                await page.clock.fastForward(1_000);
            }
            await expectOutputs(page, id, { unreadCount: 3 });
            await expect(
                control(page, id).getByRole("button", { name: "Return to chat, 3 unread messages" }),
            ).toBeVisible();

            await action(page, id).click();
            await expect(widget(page).header).toBeVisible();
            await expect(widget(page).transcript("Third")).toBeVisible();
            await expectOutputs(page, id, { chatState: "chatting", unreadCount: 0 });
            await expect(control(page, id)).toContainText("You can go on working");
            // What the widget tells late, and again, is not counted as new.
            await expectTold(page, "onMessageReceived", 4 * times);
            await expectOutputs(page, id, { unreadCount: 0 });
            expect(await raised(page, id, "ChatStarted")).toBe(1);
            // Told late, the events come together and without anything that tells them apart (D): then as one at the
            // least.
            const received = await raised(page, id, "MessageReceived");
            expect(received).toBeLessThanOrEqual(4);
            expect(received).toBeGreaterThanOrEqual(messageEvents === "atOnce" ? 4 : 2);
        });
    }
}

test("what comes after the return is not unread; what comes when minimized again counts anew", async ({
    page,
    open,
    centre,
    standIn,
}) => {
    await open();
    const { id, conversation } = await chat(page, centre);
    await standIn.userMinimizes();
    await expect(control(page, id)).toContainText("in the background");
    await centre.say(conversation.id, "One");
    await expectOutputs(page, id, { unreadCount: 1 });
    // By Microsoft's own button this time.
    await widget(page).button.click();
    await expectOutputs(page, id, { unreadCount: 0 });
    await expect(widget(page).transcript("One")).toBeVisible();
    await centre.say(conversation.id, "Two");
    await expect(widget(page).transcript("Two")).toBeVisible();
    await expectOutputs(page, id, { unreadCount: 0 });
    await standIn.userMinimizes();
    await expect(control(page, id)).toContainText("in the background");
    await centre.say(conversation.id, "Three");
    await expectOutputs(page, id, { unreadCount: 1 });
    await expectState(page, id, "chatting");
});

test("a number in the title counts only while the chat is minimized", async ({ page, open, centre, standIn }) => {
    await open();
    const { id } = await chat(page, centre);
    await page.evaluate(() => (document.title = "(7) Accounts"));
    await standIn.userMinimizes();
    await expect(control(page, id)).toContainText("in the background");
    await expectOutputs(page, id, { unreadCount: 0 });
    await page.evaluate(() => (document.title = "(2) Accounts"));
    await expectOutputs(page, id, { unreadCount: 2 });
});

test("a chat that was minimized comes back minimized, says so, and a press opens it", async ({
    page,
    open,
    centre,
    standIn,
}) => {
    await open();
    const { conversation } = await chat(page, centre);
    await standIn.userMinimizes();
    await expect(widget(page).button).toBeVisible();
    await open();
    const id = await mount(page);
    await expectState(page, id, "chatting");
    await expect(control(page, id)).toContainText("The chat goes on in the background.");
    await centre.say(conversation.id, "Are you there?");
    await expectOutputs(page, id, { chatState: "chatting", unreadCount: 1 });
    await action(page, id).click();
    await expect(widget(page).transcript("Are you there?")).toBeVisible();
    await expectOutputs(page, id, { chatState: "chatting", unreadCount: 0 });
    expect(await centre.conversations()).toHaveLength(1);
    for (const event of ["ChatStarted", "ChatEnded"]) expect(await raised(page, id, event), event).toBe(0);
});
