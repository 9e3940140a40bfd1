// One browser, two users: nobody ever sees a line of somebody else's chat. And the classic layer, where the address takes another way.
import type { Page } from "@playwright/test";
import { expect, expectState, mount, outputs, test, USERS, widget } from "./fixtures";
import { action, chat, control, emailContext, raised, scriptTags, stillness } from "./steps";

const SECRET = "the secret of";

declare global {
    interface Window {
        /** What could be seen of the secrets, by frames of the browser. */
        seen: string[];
    }
}

/** Looks at every frame whether a secret can be seen or would be read aloud, in text, titles or announcements. */
const keepWatch = (page: Page): Promise<unknown> =>
    page.addInitScript((secret) => {
        const seen: string[] = [];
        window.seen = seen;
        const look = (): void => {
            const body = document.querySelector("body");
            if (body) {
                const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
                for (let node = texts.nextNode(); node; node = texts.nextNode()) {
                    const text = node.textContent ?? "";
                    if (text.includes(secret) && node.parentElement?.checkVisibility({ visibilityProperty: true })) seen.push(text);
                }
                for (const element of document.querySelectorAll(`[aria-label*="${secret}"], [title*="${secret}"]`)) {
                    if (element.checkVisibility({ visibilityProperty: true })) seen.push(element.outerHTML.slice(0, 200));
                }
            }
            requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    }, SECRET);

const seen = (page: Page): Promise<string[]> => page.evaluate(() => [...new Set(window.seen)]);

for (const [name, startMode, press] of [
    ["presses", "button", true],
    ["has the widget load by itself", "widgetButton", false],
    ["has the chat start by itself", "automatic", false],
] as const) {
    test(`the next user of the browser, who ${name}, sees no line of the chat before: it is closed unseen`, async ({ page, open, centre }) => {
        await keepWatch(page);
        await open({ user: USERS.alex });
        const { conversation } = await chat(page, centre);
        await centre.say(conversation.id, `${SECRET} Alex`);
        // The watch sees what can be seen.
        await expect.poll(() => seen(page)).not.toEqual([]);

        await open({ user: USERS.megan });
        const id = await mount(page, { properties: { startMode } });
        if (press) await action(page, id).click();
        if (startMode === "widgetButton") {
            await expectState(page, id, "ready", 20_000);
            await expect(widget(page).button).toBeVisible();
            await widget(page).button.click();
        }
        const next = await centre.latest(2);
        expect(next.customContextData).toEqual(emailContext(USERS.megan.email));
        expect(next.contact?.name).toBe(USERS.megan.name);
        await expectState(page, id, "chatting");
        expect((await centre.conversations()).map(({ state }) => state)).toEqual(["ended", "queued"]);
        expect(await raised(page, id, "ChatStarted")).toBe(1);
        expect(await raised(page, id, "ChatEnded")).toBe(0);
        await expect(widget(page).sendBox).toBeVisible();
        expect(await seen(page)).toEqual([]);

        // The way back is closed as well.
        await centre.say(next.id, `${SECRET} Megan`);
        await expect.poll(() => seen(page)).toContainEqual(expect.stringContaining(`${SECRET} Megan`));
        expect(await seen(page)).not.toContainEqual(expect.stringContaining(`${SECRET} Alex`));
        await open({ user: USERS.alex });
        const back = await mount(page);
        await stillness(page, 1_500);
        expect(await scriptTags(page)).toBe(0);
        expect(await outputs(page, back)).toMatchObject({ chatState: "idle" });
        await action(page, back).click();
        const last = await centre.latest(3);
        expect(last.customContextData).toEqual(emailContext(USERS.alex.email));
        await expectState(page, back, "chatting");
        await expect(widget(page).sendBox).toBeVisible();
        expect(await seen(page)).toEqual([]);
        expect((await centre.conversations()).map(({ state }) => state)).toEqual(["ended", "ended", "queued"]);
    });
}

test("a foreign chat that was minimised stays unseen too, its unread messages included", async ({ page, open, centre }) => {
    await keepWatch(page);
    await open({ user: USERS.alex });
    const { conversation, id } = await chat(page, centre);
    await widget(page).minimise.click();
    await expect(control(page, id)).toContainText("in the background");
    await centre.say(conversation.id, `${SECRET} Alex`);
    await expect(page.locator("#oc-lcw-chat-button-notification-bubble")).toBeVisible();

    await open({ user: USERS.megan });
    const next = await mount(page);
    await action(page, next).click();
    expect((await centre.latest(2)).customContextData).toEqual(emailContext(USERS.megan.email));
    await expectState(page, next, "chatting");
    expect(await outputs(page, next)).toMatchObject({ unreadCount: 0 });
    expect(await seen(page)).toEqual([]);
    expect((await centre.conversations())[0]?.state).toBe("ended");
});

test("a chat that lost its marker is nobody's: it is not shown to its own user either", async ({ page, open, centre }) => {
    await keepWatch(page);
    await open();
    const { conversation } = await chat(page, centre);
    await centre.say(conversation.id, `${SECRET} Alex`);
    await expect.poll(() => seen(page)).not.toEqual([]);
    await page.goto("about:blank");
    await open();
    await page.evaluate(() => {
        for (const key of Object.keys(localStorage)) if (key.startsWith("InternalChat.")) localStorage.removeItem(key);
    });
    const id = await mount(page);
    await action(page, id).click();
    await centre.latest(2);
    await expectState(page, id, "chatting");
    expect(await seen(page)).toEqual([]);
    expect((await centre.conversations())[0]?.state).toBe("ended");
});

test("the classic layer drops the context of the call: the address goes by the provider", async ({ page, open, centre }) => {
    // Seen in saved pages of 2023 (B): the provider is called once, at once, and startChat's customContext is ignored.
    await centre.widget({ layer: "classic" });
    await open();
    const { id, conversation } = await chat(page, centre);
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    expect(conversation.contact?.name).toBe(USERS.alex.name);
    await centre.end(conversation.id);
    await expectState(page, id, "ended");
    await action(page, id).click();
    expect((await centre.latest(2)).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
});
