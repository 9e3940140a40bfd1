// A service that is slow or silent: said after 8 s, given up after 30 s where nothing has opened, and never once the
// pane is open.
import { expect, expectEvents, expectState, mount, test, USERS } from "./fixtures";
import { action, control, emailContext, expectOutputs, raised } from "../steps";

test("slow is said after 8 s, given up after 30 s, and a retry is a real one", async ({
    page,
    open,
    centre,
    standIn,
}) => {
    await page.clock.install();
    await open();
    standIn.fault({ kind: "script", hang: true });
    const id = await mount(page);
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "loading" });
    await expect(control(page, id)).toContainText("We're getting the chat ready for you.");
    await expect(page.locator("script#Microsoft_Omnichannel_LCWidget")).toHaveCount(1);
    await page.clock.fastForward(8_000);
    await expect(control(page, id)).toContainText("We're still trying.");
    expect(await raised(page, id, "ChatFailed")).toBe(0);
    await page.clock.fastForward(22_000);
    await expectOutputs(page, id, { chatState: "failed", errorCode: "script-unreachable" });
    expect(await raised(page, id, "ChatFailed")).toBe(1);

    standIn.clearFaults();
    await action(page, id).click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
});

test("settings and address that are slow are said after 8 s as well", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    await page.route("**/api/data/**/environmentvariable*", () => undefined);
    const id = await mount(page);
    await action(page, id).click();
    await expect(control(page, id)).toContainText("We're getting the chat ready for you.");
    await page.clock.fastForward(8_500);
    await expect(control(page, id)).toContainText("We're still trying.");
    await expectOutputs(page, id, { chatState: "loading", errorCode: "" });
    await page.clock.fastForward(22_000);
    await expectOutputs(page, id, { chatState: "failed", errorCode: "settings-unreadable" });
    await page.unroute("**/api/data/**/environmentvariable*");
    await action(page, id).click();
    await centre.latest();
    await expectState(page, id, "chatting");
});

test("a service that does not answer the start: the chat window is open, and nothing is given up", async ({
    page,
    open,
    standIn,
}) => {
    await page.clock.install();
    await open();
    const id = await mount(page, { properties: { startMode: "widgetButton" } });
    await expectState(page, id, "ready");
    await standIn.hold();
    await action(page, id).click();
    await standIn.call("startChat");
    // The window opens, and the service is silent.
    await standIn.size("chat");
    await standIn.raise("lcw:startChat");
    await page.clock.fastForward(31_000);
    // The user sees what the open window wants, which this page cannot.
    await expectOutputs(page, id, { chatState: "user-action", errorCode: "" });
    await expect(control(page, id)).toContainText("The chat is waiting for you");
    for (const event of ["ChatStarted", "ChatFailed"]) expect(await raised(page, id, event), event).toBe(0);
    await standIn.raise("lcw:chatQueued");
    await expectState(page, id, "chatting");
    await expectEvents(page, id, ["ChatStarted"]);
    expect(standIn.callsOf("startChat")).toHaveLength(1);
});
