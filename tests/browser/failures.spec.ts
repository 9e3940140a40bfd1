// Failures by their real causes in the browser: each has its code, is told once, and a retry works as soon as the cause is gone.
import type { Page } from "@playwright/test";
import { events, expect, expectState, frameElement, IT_WIDGET, mount, ORG, outputs, SCRIPT_HOST, test, USERS } from "./fixtures";
import type { Centre } from "./fixtures";
import type { StandIn } from "../stand-in/driver";
import { action, control, emailContext, expectOutputs, raised, scriptTags, stillness } from "../steps";
import { deny, detail, expectGivenUp, details, USER_ROWS, VARIABLES } from "../settings-steps";

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

test("a blocked script is told, and can be tried again", async ({ page, open, centre, standIn }) => {
    await page.clock.install();
    await open();
    standIn.fault({ kind: "script", blocked: true });
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
    standIn.clearFaults();
    await expectRetry(page, centre, id);
});

/** Nobody hears of a frame that does not come: only the missing ready tells. */
const SILENT = {
    "a frame that is blocked": (standIn) => standIn.fault({ kind: "frame", blocked: true }),
    "a frame that never answers": (standIn) => standIn.fault({ kind: "frame", hang: true }),
    "a frame with another page in it": (standIn) => standIn.fault({ kind: "frame", body: "<h1>Blocked by your administrator</h1>" }),
    "a widget that is never ready": (standIn) => standIn.change(IT_WIDGET, { ready: "never" }),
} satisfies Record<string, (standIn: StandIn) => void>;

for (const [name, breakIt] of Object.entries(SILENT)) {
    test(`${name}: slow is said after 8 s, the failure after 30 s, and a retry is a real one`, async ({ page, open, centre, standIn }) => {
        await page.clock.install();
        await open();
        breakIt(standIn);
        const id = await mount(page);
        await action(page, id).click();
        await expect(frameElement(page)).toHaveCount(1);
        await expectState(page, id, "loading");
        await page.clock.fastForward(8_000);
        await expect(control(page, id)).toContainText("This is taking longer than usual");
        expect(await raised(page, id, "ChatFailed")).toBe(0);
        await page.clock.fastForward(22_000);
        await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-timeout" });
        expect(await detail(page, id, "Code")).toBe("widget-timeout");
        standIn.clearFaults();
        standIn.change(IT_WIDGET, { ready: "yes" });
        await expectRetry(page, centre, id);
        await expect(frameElement(page)).toHaveCount(1);
    });
}

test("a widget that is not known is told before anything of it starts, and can be tried again", async ({ page, open, centre, standIn }) => {
    await open();
    standIn.fault({ kind: "config", status: 404 });
    const id = await mount(page);
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-not-found" });
    standIn.clearFaults();
    await expectRetry(page, centre, id);
});

test("a widget that tells of an error in place of ready is told, and can be tried again", async ({ page, open, centre, standIn }) => {
    await open();
    standIn.change(IT_WIDGET, { ready: "error" });
    const id = await mount(page);
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-error" });
    standIn.change(IT_WIDGET, { ready: "yes" });
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

test("a start that opens nothing is given up after 30 s, and can be tried again", async ({ page, open, centre, standIn }) => {
    await page.clock.install();
    await open();
    const id = await mount(page, { properties: { startMode: "widgetButton" } });
    await expectState(page, id, "ready");
    await standIn.hold();
    await action(page, id).click();
    await expectState(page, id, "starting");
    await page.clock.fastForward(9_000);
    await expect(control(page, id)).toContainText("This is taking longer than usual");
    await page.clock.fastForward(22_000);
    await expectOutputs(page, id, { chatState: "failed", errorCode: "start-timeout" });
    const call = { inNewWindow: false, customContext: emailContext(USERS.alex.email) };
    expect(standIn.callsOf("startChat")).toEqual([[call]]);
    await expect(control(page, id)).toContainText("The chat didn't start");
    // It is as good as not there: the retry loads it anew.
    await expectRetry(page, centre, id);
    expect(standIn.callsOf("startChat")).toEqual([[call], [call]]);
});

test("without the required address nothing of the widget is on the page, and the user is told", async ({ page, open, centre }) => {
    await page.clock.install();
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
    expect(JSON.stringify(conversation.customContextData ?? {})).toBe("{}");
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "email-missing" });
    await expect(control(page, id)).toContainText("The agent won't see who you are");
    expect(await events(page, id)).toEqual(["ChatStarted"]);
});

test("what is logged and told never holds a value", async ({ page, open, watch, standIn }) => {
    await open();
    standIn.change(IT_WIDGET, { ready: "error" });
    const id = await mount(page);
    await action(page, id).click();
    await expectOutputs(page, id, { errorCode: "widget-error" });
    const told = JSON.stringify([await details(page, id), await outputs(page, id)]);
    for (const value of [USERS.alex.email, USERS.alex.id, IT_WIDGET, ORG]) expect(told).not.toContain(value);
    expect(watch.console.filter((line) => line.includes(USERS.alex.email) || line.includes(USERS.alex.id))).toEqual([]);
});
