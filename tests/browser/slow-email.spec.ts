// The e-mail address that comes late or not at all: the first conversation carries it, or the user is told why not.
import type { Page, Route } from "@playwright/test";
import { expect, expectEvents, expectState, mount, snippet, test, USERS, widget } from "./fixtures";
import { deny, USER_ROWS } from "../settings-steps";
import {
    action, ADDRESS_PATIENCE, chat, control, emailContext, expectOutputs, raised, scriptTags, stretch, userCalls,
} from "../steps";

/** Static settings, so that the user's row is all that is looked up. */
const SET = { widgetSnippet: snippet() };

/** Answers the user's own row in another way than the directory does. */
const onUserRow = (page: Page, answer: (route: Route) => Promise<void> | void): Promise<unknown> =>
    page.route(USER_ROWS, answer);

/** Holds the answer until it is released; `asked` resolves when it is asked for. */
async function holdUserRow(page: Page): Promise<{ readonly asked: Promise<void>; readonly release: () => void }> {
    let [ask, release] = [(): void => undefined, (): void => undefined];
    const asked = new Promise<void>((resolve) => (ask = resolve));
    const held = new Promise<void>((resolve) => (release = resolve));
    await onUserRow(page, async (route) => {
        ask();
        await held;
        await route.continue();
    });
    return { asked, release };
}

test("a press that comes before the address waits for it: the first chat has it", async ({ page, open, centre, standIn }) => {
    await stretch(page, ADDRESS_PATIENCE);
    await open();
    const { asked, release } = await holdUserRow(page);
    const id = await mount(page, { properties: SET });
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "loading" });
    await expect(control(page, id)).toContainText("Connecting…");
    await expect(action(page, id)).toHaveAttribute("aria-disabled", "true");
    // A second press meanwhile starts no second chat.
    await action(page, id).dispatchEvent("click");
    await asked;
    // The widget is loaded while the address is looked up, and waits for it alone.
    await expect(widget(page).button).toBeAttached();
    expect(standIn.callsOf("startChat")).toEqual([]);
    release();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
    await expectEvents(page, id, ["ChatStarted"]);
    expect(standIn.callsOf("startChat")).toHaveLength(1);
    expect(await userCalls(centre)).toBe(1);
});

test("an address that does not come within 5 s: the chat starts without it", async ({ page, open, centre, standIn }) => {
    await page.clock.install();
    await open();
    const { release } = await holdUserRow(page);
    const id = await mount(page, { properties: SET });
    await action(page, id).click();
    await expect(widget(page).button).toBeAttached();
    expect(standIn.callsOf("startChat")).toEqual([]);
    await page.clock.fastForward(5_000);
    expect((await centre.latest()).customContextData ?? {}).toEqual({});
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "email-lookup-failed" });
    await expect(control(page, id)).toContainText("your email address could not be found");
    expect(await raised(page, id, "ChatFailed")).toBe(0);
    release();
});

test("an address that cannot be read is a notice, and asked for again", async ({ page, open, centre }) => {
    await open();
    const allow = await deny(page, USER_ROWS);
    const { id, conversation } = await chat(page, centre, { properties: SET });
    expect(conversation.customContextData ?? {}).toEqual({});
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "email-lookup-failed" });
    await expect(control(page, id)).toContainText("your email address could not be found");
    expect(await raised(page, id, "ChatFailed")).toBe(0);
    expect(await raised(page, id, "ChatStarted")).toBe(1);

    // The next conversation finds the address again.
    await allow();
    await centre.end(conversation.id);
    await expectState(page, id, "ended");
    await action(page, id).click();
    const next = await centre.latest(2);
    expect(next.customContextData).toEqual(emailContext(USERS.alex.email));
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
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

test("an address that the maker hands over is used, trimmed, and nobody is looked up", async ({ page, open, centre }) => {
    await open({ user: USERS.pradeep });
    const properties = { ...SET, requireEmail: "yes", userEmail: `  ${USERS.megan.email} ` };
    const { id, conversation } = await chat(page, centre, { properties });
    expect(conversation.customContextData).toEqual(emailContext(USERS.megan.email));
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
    expect(await userCalls(centre)).toBe(0);
});
