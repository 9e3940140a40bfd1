// A service that is slow or silent: said after 8 s, given up after 30 s where nothing has opened, and never once the pane is open.
import { expect, expectState, mount, SCRIPT_URL, test, USERS, widget } from "./fixtures";
import { action, control, emailContext, expectOutputs, raised, stillness } from "../steps";

test("slow is said after 8 s, given up after 30 s, and a retry is a real one", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    await centre.fault({ kind: "script", hang: true });
    const id = await mount(page);
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "loading" });
    await expect(control(page, id)).toContainText("We're getting the chat ready for you.");
    await expect(page.locator("script#Microsoft_Omnichannel_LCWidget")).toHaveCount(1);
    await page.clock.fastForward(7_000);
    await expect(control(page, id)).toContainText("We're getting the chat ready for you.");
    await page.clock.fastForward(1_500);
    await expect(control(page, id)).toContainText("We're still trying.");
    expect(await raised(page, id, "ChatFailed")).toBe(0);
    await page.clock.fastForward(22_000);
    await expectOutputs(page, id, { chatState: "failed", errorCode: "script-unreachable" });
    expect(await raised(page, id, "ChatFailed")).toBe(1);

    await centre.clearFaults();
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

test("a service that does not answer the start: the pane is open, and nothing is given up", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    await centre.fault({ kind: "start", hang: true });
    const id = await mount(page);
    await action(page, id).click();
    await expect(page.locator("#oc-lcw-loading-pane")).toBeVisible();
    await expectOutputs(page, id, { chatState: "starting", errorCode: "" });
    await expect(control(page, id)).toContainText("Your chat is open");
    await page.clock.fastForward(31_000);
    await stillness(page, 500);
    await expectOutputs(page, id, { chatState: "starting", errorCode: "" });
    for (const event of ["ChatStarted", "ChatFailed"]) expect(await raised(page, id, event), event).toBe(0);
});

test("a slow answer to the start starts one conversation", async ({ page, open, centre }) => {
    await open();
    await centre.fault({ kind: "start", delayMs: 2_500 });
    const id = await mount(page);
    await action(page, id).click();
    await expectState(page, id, "starting");
    await action(page, id).click();
    await expectState(page, id, "chatting");
    await stillness(page, 500);
    expect((await centre.conversations()).length).toBe(1);
    expect(await raised(page, id, "ChatStarted")).toBe(1);
    await expect(widget(page).sendBox).toBeVisible();
});

test("a widget that is ready and opens nothing: start-timeout after 30 s, and the retry asks it again", async ({ page, open }) => {
    // Microsoft's widget opens its pane at once (S); a layer that is ready and deaf stands in for it here.
    await page.clock.install();
    await page.route(SCRIPT_URL, (route) =>
        route.fulfill({
            contentType: "text/javascript",
            body: `window.starts = [];
                window.Microsoft = { Omnichannel: { LiveChatWidget: { SDK: { startChat: (options) => window.starts.push(options), closeChat() {}, setContextProvider() {} } } } };
                window.dispatchEvent(new CustomEvent("lcw:ready"));`,
        }),
    );
    const starts = (): Promise<unknown[]> => page.evaluate(() => (window as unknown as { readonly starts: unknown[] }).starts);
    await open();
    const id = await mount(page);
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "starting" });
    await page.clock.fastForward(8_500);
    await expect(control(page, id)).toContainText("We're still trying.");
    await page.clock.fastForward(22_000);
    await expectOutputs(page, id, { chatState: "failed", errorCode: "start-timeout" });
    await expect(control(page, id)).toContainText("The chat didn't start");
    expect(await raised(page, id, "ChatFailed")).toBe(1);
    const call = { inNewWindow: false, customContext: emailContext(USERS.alex.email) };
    expect(await starts()).toEqual([call]);

    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "starting", errorCode: "" });
    expect(await starts()).toEqual([call, call]);
});
