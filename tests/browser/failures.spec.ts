// Failures by their real causes in the browser: each has its code, is told once, and a retry works as soon as the cause is gone.
import type { Page } from "@playwright/test";
import { events, expect, expectState, IT_WIDGET, mount, ORG, outputs, SCRIPT_HOST, SCRIPT_URL, test, USERS } from "./fixtures";
import type { Centre } from "./fixtures";
import { action, control, emailContext, expectOutputs, raised, scriptTags, stillness } from "../steps";
import { block, deny, detail, expectGivenUp, details, USER_ROWS, VARIABLES } from "../settings-steps";

/** Presses again, now that the cause is gone, and expects one conversation with the user's address. */
async function expectRetry(page: Page, centre: Centre, id: number): Promise<void> {
    await expect(action(page, id)).toHaveText("Try again");
    await action(page, id).click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
    expect(await outputs(page, id)).toMatchObject({ errorCode: "" });
    expect(await events(page, id)).toEqual(["ChatFailed", "ChatStarted"]);
    expect(await scriptTags(page)).toBe(1);
}

test("a blocked script is told, and can be tried again", async ({ page, open, centre, watch }) => {
    await page.clock.install();
    await open();
    const allow = await block(page, /\/livechatwidget\/scripts\//);
    const id = await mount(page);
    await action(page, id).click();
    // Said at once, while it is tried again.
    await expect(control(page, id)).toContainText("We're still trying.");
    expect(await raised(page, id, "ChatFailed")).toBe(0);
    await expectGivenUp(page, id);
    await expectOutputs(page, id, { chatState: "failed", errorCode: "script-unreachable" });
    await expect(control(page, id).getByRole("alert")).toContainText("We couldn't reach the chat service");
    expect(await detail(page, id, "Cause")).toBe(SCRIPT_HOST);
    expect(await scriptTags(page)).toBe(0);
    expect(watch.microsoft).toEqual([]);
    await allow();
    await expectRetry(page, centre, id);
});

const SILENT = [
    { name: "is not there", break: (_page: Page, centre: Centre) => centre.fault({ kind: "second-stage", status: 404 }).then(() => () => centre.clearFaults()) },
    { name: "is blocked", break: (page: Page) => block(page, /\/stage2\//) },
] as const;

for (const silent of SILENT) {
    test(`a second script that ${silent.name} fires nothing: slow is said after 8 s, the failure after 30 s`, async ({ page, open, centre }) => {
        await page.clock.install();
        await open();
        const mend = await silent.break(page, centre);
        const id = await mount(page);
        const second = page.waitForEvent("requestfinished", { predicate: (request) => request.url() === SCRIPT_URL });
        await action(page, id).click();
        await second;
        await expectState(page, id, "loading");
        await stillness(page, 500);
        await page.clock.fastForward(7_000);
        await expect(control(page, id)).not.toContainText("longer than usual");
        await page.clock.fastForward(1_500);
        await expect(control(page, id)).toContainText("This is taking longer than usual");
        await page.clock.fastForward(20_000);
        await expectState(page, id, "loading");
        await page.clock.fastForward(3_000);
        await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-timeout" });
        expect(await detail(page, id, "Code")).toBe("widget-timeout");
        await mend();
        await expectRetry(page, centre, id);
    });
}

test("a script that never answers is given up after 30 s, and can be tried again", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    await centre.fault({ kind: "script", hang: true });
    const id = await mount(page);
    await action(page, id).click();
    await expect.poll(() => scriptTags(page)).toBe(1);
    await page.clock.fastForward(29_000);
    await expectState(page, id, "loading");
    await page.clock.fastForward(2_000);
    await expectOutputs(page, id, { chatState: "failed", errorCode: "script-unreachable" });
    await centre.clearFaults();
    await expectRetry(page, centre, id);
});

test("a widget that is not known is the widget's own error, and can be tried again", async ({ page, open, centre }) => {
    await open();
    await centre.fault({ kind: "config", status: 404 });
    const id = await mount(page);
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-error" });
    await centre.clearFaults();
    await expectRetry(page, centre, id);
});

test("environment variables that cannot be read are told, and asked for again", async ({ page, open, centre, watch }) => {
    await open();
    const allow = await deny(page, VARIABLES);
    const id = await mount(page);
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "failed", errorCode: "settings-unreadable" });
    expect((await details(page, id)).find(({ term }) => term === "cwa_ChatWidgetSnippet")?.description).toBe("Could not be read.");
    await action(page, id).click();
    await expect.poll(() => raised(page, id, "ChatFailed"), { message: "each told failure" }).toBe(2);
    expect(await scriptTags(page)).toBe(0);
    expect(watch.microsoft).toEqual([]);
    await allow();
    await action(page, id).click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
    expect(await events(page, id)).toEqual(["ChatFailed", "ChatFailed", "ChatStarted"]);
});

interface Sdk {
    startChat: (options: unknown) => void;
}
interface MicrosoftPage {
    readonly Microsoft: { readonly Omnichannel: { readonly LiveChatWidget: { readonly SDK: Sdk } } };
    mend(): void;
}

test("a start that opens nothing is given up after 30 s, and can be tried again", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    const id = await mount(page, { properties: { startMode: "widgetButton" } });
    await expectState(page, id, "ready");
    await page.evaluate(() => {
        const sdk = (window as unknown as MicrosoftPage).Microsoft.Omnichannel.LiveChatWidget.SDK;
        const { startChat } = sdk;
        sdk.startChat = () => undefined;
        (window as unknown as MicrosoftPage).mend = () => (sdk.startChat = startChat);
    });
    await action(page, id).click();
    await expectState(page, id, "starting");
    await page.clock.fastForward(9_000);
    await expect(control(page, id)).toContainText("This is taking longer than usual");
    await page.clock.fastForward(22_000);
    await expectOutputs(page, id, { chatState: "failed", errorCode: "start-timeout" });
    expect(await centre.conversations()).toEqual([]);
    await page.evaluate(() => (window as unknown as MicrosoftPage).mend());
    await expectRetry(page, centre, id);
});

test("without the required address nothing of the widget is on the page, and the user is told", async ({ page, open, centre }) => {
    await open({ user: USERS.pradeep });
    const id = await mount(page, { properties: { requireEmail: "yes" } });
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "failed", errorCode: "email-missing" });
    await expect(control(page, id).getByRole("alert")).toContainText("Your account has no email address");
    await stillness(page, 500);
    expect(await scriptTags(page)).toBe(0);
    expect(await events(page, id)).toEqual(["ChatFailed"]);
    expect(await centre.conversations()).toEqual([]);
});

test("a required address that cannot be looked up is told, and looked up again", async ({ page, open, centre }) => {
    await open();
    const allow = await deny(page, USER_ROWS);
    const id = await mount(page, { properties: { requireEmail: "yes" } });
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "failed", errorCode: "email-lookup-failed" });
    expect(await scriptTags(page)).toBe(0);
    await allow();
    await expectRetry(page, centre, id);
});

test("without an address that is not required, the chat goes on and the user is told", async ({ page, open, centre }) => {
    await open({ user: USERS.pradeep });
    const id = await mount(page);
    await action(page, id).click();
    const conversation = await centre.latest();
    expect(conversation.contact).toBeNull();
    expect(JSON.stringify(conversation.customContextData ?? {})).toBe("{}");
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "email-missing" });
    await expect(control(page, id)).toContainText("The agent won't see who you are");
    expect(await events(page, id)).toEqual(["ChatStarted"]);
});

test("what is logged and told never holds a value", async ({ page, open, watch, centre }) => {
    await open();
    await centre.fault({ kind: "config", status: 404 });
    const id = await mount(page);
    await action(page, id).click();
    await expectOutputs(page, id, { errorCode: "widget-error" });
    const told = JSON.stringify([await details(page, id), await outputs(page, id)]);
    for (const value of [USERS.alex.email, USERS.alex.id, IT_WIDGET, ORG]) expect(told).not.toContain(value);
    expect(watch.console.filter((line) => line.includes(USERS.alex.email) || line.includes(USERS.alex.id))).toEqual([]);
});
