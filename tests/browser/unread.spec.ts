// Messages that come while the chat is minimised: counted right under every timing of the widget's events, and gone when the user is back.
import { expect, expectState, test, widget } from "./fixtures";
import { action, chat, control, expectOutputs, raised, stillness } from "../steps";

// At once (D: for every new message) or only when the chat is opened again (S, seen); delivered once or twice (seen).
for (const messageEvents of ["atOnce", "whenOpened"] as const) {
    for (const duplicateEvents of [false, true]) {
        test(`three messages are three unread ones (${messageEvents}${duplicateEvents ? ", each event twice" : ""})`, async ({ page, open, centre }) => {
            await centre.widget({ messageEvents, duplicateEvents });
            await open();
            const { id, conversation } = await chat(page, centre);
            await centre.accept(conversation.id);
            await centre.say(conversation.id, "Hello");
            await expect.poll(() => raised(page, id, "MessageReceived")).toBe(1);
            await expectOutputs(page, id, { unreadCount: 0 });
            await stillness(page, 1_000);

            await widget(page).minimise.click();
            await expect(control(page, id)).toContainText("The chat goes on in the background.");
            for (const [count, text] of ["First", "Second", "Third"].entries()) {
                await centre.say(conversation.id, text);
                await expectOutputs(page, id, { chatState: "chatting", unreadCount: count + 1 });
                await stillness(page, 1_000);
            }
            await expectOutputs(page, id, { unreadCount: 3 });
            await expect(page.locator("#oc-lcw-chat-button-notification-bubble")).toContainText("3");
            await expect(control(page, id).getByRole("button", { name: "Return to chat, 3 unread messages" })).toBeVisible();

            await action(page, id).click();
            await expect(widget(page).header).toBeVisible();
            await expect(page.getByText("Third").first()).toBeVisible();
            await expectOutputs(page, id, { chatState: "chatting", unreadCount: 0 });
            await expect(control(page, id)).toContainText("You can go on working");
            // What the widget tells late, and again, is not counted as new.
            await stillness(page, 1_500);
            await expectOutputs(page, id, { unreadCount: 0 });
            expect(await raised(page, id, "ChatStarted")).toBe(1);
            // Told late, the events come together and without anything that tells them apart (D): then as one at the least.
            const received = await raised(page, id, "MessageReceived");
            expect(received).toBeLessThanOrEqual(4);
            expect(received).toBeGreaterThanOrEqual(messageEvents === "atOnce" ? 4 : 2);
        });
    }
}

test("what comes after the return is not unread; what comes when minimised again counts anew", async ({ page, open, centre }) => {
    await open();
    const { id, conversation } = await chat(page, centre);
    await widget(page).minimise.click();
    await expect(control(page, id)).toContainText("in the background");
    await centre.say(conversation.id, "One");
    await expectOutputs(page, id, { unreadCount: 1 });
    // By Microsoft's own button this time.
    await widget(page).button.click();
    await expectOutputs(page, id, { unreadCount: 0 });
    await expect(page.getByText("One").first()).toBeVisible();
    await centre.say(conversation.id, "Two");
    await expect(page.getByText("Two").first()).toBeVisible();
    await expectOutputs(page, id, { unreadCount: 0 });
    await widget(page).minimise.click();
    await expect(control(page, id)).toContainText("in the background");
    await centre.say(conversation.id, "Three");
    await expectOutputs(page, id, { unreadCount: 1 });
    await expectState(page, id, "chatting");
});
