// Panes that stand where a conversation would: the survey before the chat, a window that waits for the user, closed
// hours.
import type { Page } from "@playwright/test";
import { expect, expectEvents, expectState, frameElement, inFrame, mount, test, USERS, widget } from "./fixtures";
import { action, control, emailContext, expectOutputs, raised, scriptTags } from "../steps";
import { recordEvents, recordVisibility, visibleAfter } from "../widget-steps";

const away = (page: Page) => inFrame(page).locator("#oc-lcw-outofofficehours-pane");

/** Presses and finds the survey in the frame. */
async function pressToSurvey(page: Page): Promise<number> {
    const id = await mount(page);
    await action(page, id).click();
    await expect(widget(page).survey).toBeVisible();
    await expectOutputs(page, id, { chatState: "user-action", errorCode: "" });
    return id;
}

async function expectNothingTold(page: Page, id: number): Promise<void> {
    for (const event of ["ChatStarted", "ChatEnded", "ChatFailed"])
        expect(await raised(page, id, event), event).toBe(0);
}

test("a survey before the chat is the user's turn: nothing runs out, and its answer starts the chat", async ({
    page,
    open,
    centre,
    standIn,
}) => {
    await page.clock.install();
    await centre.widget({ preChatSurvey: true });
    await open();
    const id = await pressToSurvey(page);
    await expect(control(page, id)).toContainText("The chat is waiting for you");
    // Somebody who is called away from the desk.
    await page.clock.fastForward(40_000);
    await page.clock.fastForward(40_000);
    await expectOutputs(page, id, { chatState: "user-action", errorCode: "" });
    // A press shows the same survey, and starts nothing else.
    await action(page, id).click();
    await standIn.call("startChat", 2);
    await expect(widget(page).survey).toBeVisible();
    expect(await centre.conversations()).toEqual([]);
    await expectNothingTold(page, id);

    await widget(page).survey.getByRole("button", { name: "Submit" }).click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
    await expectEvents(page, id, ["ChatStarted"]);
});

test("a survey that is named beforehand is announced, and its frame is visible 1.5 s after its window opens, not before", async ({
    page,
    open,
    centre,
    standIn,
}) => {
    await page.clock.install();
    await recordEvents(page);
    await recordVisibility(page);
    await centre.widget({ preChatSurvey: true });
    await open();
    const id = await mount(page);
    await action(page, id).click();
    await expect(control(page, id)).toContainText("A short form comes first, then the chat.");
    await standIn.call("startChat");
    await expectState(page, id, "user-action");
    await expect(frameElement(page)).toBeVisible();
    await expect.poll(() => visibleAfter(page, "startChat")).toBeGreaterThanOrEqual(1_500);
});

test("a chat without a survey: the frame is visible once the conversation is told, not before", async ({
    page,
    open,
}) => {
    await recordEvents(page);
    await recordVisibility(page);
    await open();
    const id = await mount(page);
    await action(page, id).click();
    await expectState(page, id, "chatting");
    await expect(frameElement(page)).toBeVisible();
    await expect.poll(() => visibleAfter(page, "chatQueued")).toBeGreaterThanOrEqual(0);
});

// The offer to reconnect, and whatever else a widget asks that names no survey: only its open window tells (S).
test("a window that waits for the user and was not named beforehand: the user's turn after 8 s, brought back by a press", async ({
    page,
    open,
    standIn,
}) => {
    await page.clock.install();
    await recordEvents(page);
    await recordVisibility(page);
    await open();
    const id = await mount(page, { properties: { startMode: "widgetButton" } });
    await expectState(page, id, "ready");
    await page.evaluate(() => (window.visibleAt.length = 0));
    await standIn.hold();
    await action(page, id).click();
    await standIn.call("startChat");
    await expect(frameElement(page)).toBeHidden();
    await page.evaluate(() => (window.visibleAt.length = 0));
    await standIn.size("chat");
    await standIn.raise("lcw:startChat");
    await expectState(page, id, "starting");
    await page.clock.fastForward(7_000);
    await expect(frameElement(page)).toBeHidden();
    await page.clock.fastForward(2_000);
    await expectOutputs(page, id, { chatState: "user-action", errorCode: "" });
    await expect(frameElement(page)).toBeVisible();
    expect(await visibleAfter(page, "startChat")).toBeGreaterThanOrEqual(8_000);
    await action(page, id).click();
    await standIn.call("startChat", 2);
    await expectNothingTold(page, id);
    await standIn.raise("lcw:chatQueued");
    await expectState(page, id, "chatting");
    await expectEvents(page, id, ["ChatStarted"]);
});

for (const by of ["the user", "other code of the page"] as const) {
    test(`a survey that ${by} closes leaves the chat at rest, and the next press shows it again`, async ({
        page,
        open,
        centre,
        standIn,
    }) => {
        await centre.widget({ preChatSurvey: true });
        await open();
        const id = await pressToSurvey(page);
        if (by === "the user") await standIn.userCloses();
        else {
            await page.evaluate(() => {
                interface WithSdk {
                    readonly Microsoft: {
                        readonly Omnichannel: { readonly LiveChatWidget: { readonly SDK: { closeChat(): void } } };
                    };
                }
                (window as unknown as WithSdk).Microsoft.Omnichannel.LiveChatWidget.SDK.closeChat();
            });
        }
        await expectOutputs(page, id, { chatState: "ready", errorCode: "" });
        await expectNothingTold(page, id);
        await action(page, id).click();
        await expect(widget(page).survey).toBeVisible();
        await expectState(page, id, "user-action");
        expect(await centre.conversations()).toEqual([]);
    });
}

test("a survey that is minimized is brought back by a press", async ({ page, open, centre, standIn }) => {
    await centre.widget({ preChatSurvey: true });
    await open();
    const id = await pressToSurvey(page);
    await standIn.userMinimizes();
    await expect(widget(page).button).toBeVisible();
    await expectState(page, id, "user-action");
    await action(page, id).click();
    await expect(widget(page).survey).toBeVisible();
    await expectState(page, id, "user-action");
    await standIn.userSubmitsSurvey();
    await centre.latest();
    await expectState(page, id, "chatting");
});

test("outside the hours: told as such with the maker's words, and no chat, no failure", async ({
    page,
    open,
    centre,
    standIn,
}) => {
    await centre.widget({ outOfOperatingHours: true, showWidgetDuringOfflineHours: true });
    await open();
    const closedMessage = "Write to mailto:help@contoso.example or see https://contoso.example/help.";
    const id = await mount(page, { properties: { closedMessage } });
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "unavailable", errorCode: "outside-operating-hours" });
    await expect(control(page, id)).toContainText("The helpdesk is closed right now");
    await expect(control(page, id).getByRole("link", { name: "https://contoso.example/help" })).toHaveAttribute(
        "href",
        "https://contoso.example/help",
    );
    await expect(control(page, id)).not.toContainText("Please try again during its opening hours.");
    await expect(action(page, id)).toHaveText("Try again");
    await expect(frameElement(page)).toBeHidden();
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "unavailable", errorCode: "outside-operating-hours" });
    expect(await centre.conversations()).toEqual([]);
    expect(standIn.callsOf("startChat")).toEqual([]);
    await expectNothingTold(page, id);
});

test("a press after the hours have begun starts a chat", async ({ page, open, centre }) => {
    await centre.widget({ outOfOperatingHours: true, showWidgetDuringOfflineHours: true });
    await open();
    const id = await mount(page);
    await action(page, id).click();
    await expectState(page, id, "unavailable");
    // The frame has been loaded meanwhile, and knows the hours as they were (seen).
    await expect(widget(page).button).toBeAttached();
    await centre.widget({ outOfOperatingHours: false });
    await action(page, id).click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
});

for (const startMode of ["widgetButton", "automatic"]) {
    test(`outside the hours nothing of the widget is loaded by the start mode ${startMode}`, async ({
        page,
        open,
        centre,
    }) => {
        await centre.widget({ outOfOperatingHours: true, showWidgetDuringOfflineHours: true });
        await open();
        const id = await mount(page, { properties: { startMode } });
        await expectOutputs(page, id, { chatState: "unavailable", errorCode: "outside-operating-hours" });
        await expect(control(page, id)).toContainText("Please try again during its opening hours.");
        expect(await scriptTags(page)).toBe(0);
        await expectNothingTold(page, id);
    });
}

test("persistent chat takes messages outside the hours, too", async ({ page, open, centre }) => {
    await centre.widget({ outOfOperatingHours: true, showWidgetDuringOfflineHours: true, persistent: true });
    await open();
    const id = await mount(page);
    await action(page, id).click();
    await centre.latest();
    await expectState(page, id, "chatting");
});

test("closed hours that nothing named beforehand: the widget's pane is shown, can be closed and asked for again", async ({
    page,
    open,
    centre,
    standIn,
}) => {
    await page.clock.install();
    await centre.widget({ outOfOperatingHours: true, showWidgetDuringOfflineHours: true });
    // What is not known never blocks.
    standIn.fault({ kind: "config", status: 500 });
    await open();
    const id = await mount(page);
    await action(page, id).click();
    await standIn.call("startChat");
    await expectState(page, id, "starting");
    await page.clock.fastForward(8_500);
    await expectOutputs(page, id, { chatState: "user-action", errorCode: "" });
    await expect(away(page)).toBeVisible();
    await standIn.userCloses();
    await expectState(page, id, "ready");
    await expectNothingTold(page, id);
    await action(page, id).click();
    await standIn.call("startChat", 2);
    await page.clock.fastForward(8_500);
    await expectState(page, id, "user-action");
    await expect(away(page)).toBeVisible();
    expect(await centre.conversations()).toEqual([]);
});
