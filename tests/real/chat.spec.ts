// The main way: a press on a record, a conversation with the right contact, an answer from the agent.
import { events, expect, expectEvents, expectState, inFrame, mount, outputs, test, USERS } from "./fixtures";

for (const react of ["16", "17"] as const) {
    test(`a press starts a conversation that is linked to the user's contact (React ${react})`, async ({ page, open, centre }) => {
        await open({ react });
        const id = await mount(page);
        await page.getByRole("button", { name: "Chat with an agent" }).click();
        const conversation = await centre.latest();
        expect(conversation.customContextData).toEqual({ Email: { value: USERS.alex.email, isDisplayable: true } });
        expect(conversation.contact?.name).toBe("Alex Wilber");
        await expectState(page, id, "chatting");
        await centre.accept(conversation.id);
        await centre.say(conversation.id, "Hello Alex, what can I do for you?");
        await expect(inFrame(page).getByText("Hello Alex, what can I do for you?").first()).toBeVisible();
        await expectEvents(page, id, ["ChatStarted", "MessageReceived"]);
        expect((await events(page, id))[0]).toBe("ChatStarted");
        expect(await outputs(page, id)).toMatchObject({ chatState: "chatting", unreadCount: 0, errorCode: "" });
    });
}
