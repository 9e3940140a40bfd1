// The e-mail address that comes late, not at all, or does not exist: the first conversation carries it, or the user is told why not.
import type { Page, Route } from "@playwright/test";
import { destroy, expect, expectState, mount, SCRIPT_URL, snippet, test, USERS } from "./fixtures";
import { action, chat, control, emailContext, expectOutputs, raised, scriptTags, userCalls } from "../steps";

/** Static settings, so that the user's row is all that is looked up. */
const SET = { widgetSnippet: snippet() };

/** Answers the user's own row in another way than the directory does. */
const onUserRow = (page: Page, answer: (route: Route) => Promise<void> | void): Promise<unknown> => page.route("**/api/data/**/systemusers*", answer);
const refuse = (route: Route): Promise<void> => route.fulfill({ status: 500, json: { error: { code: "0x80040216", message: "An unexpected error occurred." } } });

test("a press that comes before the address waits for it: the first conversation carries it", async ({ page, open, centre, watch }) => {
    await open();
    let answeredAt = 0;
    let scriptAskedAt = 0;
    page.on("request", (request) => {
        if (request.url() === SCRIPT_URL) scriptAskedAt ||= Date.now();
    });
    await onUserRow(page, async (route) => {
        await page.waitForTimeout(3_000);
        answeredAt = Date.now();
        await route.continue();
    });
    const id = await mount(page, { properties: SET });
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "loading" });
    await expect(control(page, id)).toContainText("Connecting…");
    await expect(action(page, id)).toHaveAttribute("aria-disabled", "true");
    // A second press meanwhile starts no second chat.
    await action(page, id).dispatchEvent("click");
    const conversation = await centre.latest();
    expect(answeredAt, "the address came before the conversation").toBeGreaterThan(0);
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    expect(scriptAskedAt, "the script is fetched while the address is looked up").toBeLessThan(answeredAt);
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
    expect(await raised(page, id, "ChatStarted")).toBe(1);
    expect((await centre.conversations()).length).toBe(1);
    expect(await userCalls(centre)).toBe(1);
    expect(watch.microsoft).toContain(SCRIPT_URL);
});

test("an address that does not come within 5 s: the chat starts, and the notice says that the agent will not see who it is", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await onUserRow(page, async (route) => {
        await held;
        await route.continue();
    });
    const id = await mount(page, { properties: SET });
    await action(page, id).click();
    // The widget is ready, and waits for the address alone.
    await expect(page.locator("#oc-lcw-chat-button")).toBeAttached();
    expect(await centre.conversations()).toEqual([]);
    await page.clock.fastForward(5_000);
    const conversation = await centre.latest();
    expect(conversation.customContextData ?? {}).toEqual({});
    expect(conversation.contact).toBeNull();
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "email-lookup-failed" });
    await expect(control(page, id)).toContainText("your email address could not be found");
    expect(await raised(page, id, "ChatFailed")).toBe(0);
    release();
});

test("an address that cannot be read is a notice where it is not required, and not remembered", async ({ page, open, centre }) => {
    await open();
    await onUserRow(page, refuse);
    const { id, conversation } = await chat(page, centre, { properties: SET });
    expect(conversation.customContextData ?? {}).toEqual({});
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "email-lookup-failed" });
    await expect(control(page, id)).toContainText("your email address could not be found");
    expect(await raised(page, id, "ChatFailed")).toBe(0);
    expect(await raised(page, id, "ChatStarted")).toBe(1);

    // The next conversation finds the address again.
    await page.unroute("**/api/data/**/systemusers*");
    await centre.end(conversation.id);
    await expectState(page, id, "ended");
    await action(page, id).click();
    const next = await centre.latest(2);
    expect(next.customContextData).toEqual(emailContext(USERS.alex.email));
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
});

test("an address that is required and cannot be read: nothing is started, the code is told, and a retry goes on from there", async ({ page, open, centre, watch }) => {
    await open();
    await onUserRow(page, refuse);
    const id = await mount(page, { properties: { ...SET, requireEmail: "yes" } });
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "failed", errorCode: "email-lookup-failed" });
    await expect(control(page, id)).toContainText("We couldn't find your email address");
    await expect(action(page, id)).toHaveText("Try again");
    await expect(action(page, id)).not.toHaveAttribute("aria-disabled", "true");
    expect(await raised(page, id, "ChatFailed")).toBe(1);
    expect(await scriptTags(page)).toBe(0);

    // Still not there: told once more.
    await action(page, id).click();
    await expect.poll(() => raised(page, id, "ChatFailed")).toBe(2);
    expect(await centre.conversations()).toEqual([]);
    expect(watch.microsoft.filter((url) => url !== SCRIPT_URL)).toEqual([]);

    await page.unroute("**/api/data/**/systemusers*");
    await action(page, id).click();
    const conversation = await centre.latest();
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
    expect(await raised(page, id, "ChatStarted")).toBe(1);
});

test("an address that is required and does not come within 5 s: not started", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    await onUserRow(page, () => undefined);
    const id = await mount(page, { properties: { ...SET, requireEmail: "yes" } });
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "loading" });
    await page.clock.fastForward(5_000);
    await expectOutputs(page, id, { chatState: "failed", errorCode: "email-lookup-failed" });
    expect(await scriptTags(page)).toBe(0);
    expect(await centre.conversations()).toEqual([]);
});

test("a user without an address: a notice where it is not required, a failure where it is", async ({ page, open, centre }) => {
    await open({ user: USERS.pradeep });
    const strict = await mount(page, { properties: { ...SET, requireEmail: "yes" } });
    await action(page, strict).click();
    await expectOutputs(page, strict, { chatState: "failed", errorCode: "email-missing" });
    await expect(control(page, strict)).toContainText("Your account has no email address");
    expect(await raised(page, strict, "ChatFailed")).toBe(1);
    expect(await scriptTags(page)).toBe(0);
    await destroy(page, strict);

    const { id, conversation } = await chat(page, centre, { properties: SET });
    expect(conversation.customContextData ?? {}).toEqual({});
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "email-missing" });
    await expect(control(page, id)).toContainText("The agent won't see who you are, because your account has no email address.");
    expect(await raised(page, id, "ChatFailed")).toBe(0);
    expect(await userCalls(centre)).toBe(1);
});

test("an address that the maker hands over is used as it is, trimmed, and nobody is looked up", async ({ page, open, centre }) => {
    await open({ user: USERS.pradeep });
    const { id, conversation } = await chat(page, centre, { properties: { ...SET, requireEmail: "yes", userEmail: `  ${USERS.megan.email} ` } });
    expect(conversation.customContextData).toEqual(emailContext(USERS.megan.email));
    expect(conversation.contact?.name).toBe(USERS.megan.name);
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
    expect(await userCalls(centre)).toBe(0);
});
