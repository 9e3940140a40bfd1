// One browser, two users: nobody ever sees a line of somebody else's chat. And the classic layer, where the address takes another way.
import type { Page } from "@playwright/test";
import type { MountOptions } from "../../demo/host/types";
import { expect, expectState, HR_WIDGET, mount, outputs, snippet, test, USERS, widget } from "./fixtures";
import type { Centre } from "./fixtures";
import { action, chat, control, emailContext, raised, scriptTags, stillness } from "../steps";

const SECRET = "the secret of";

declare global {
    interface Window {
        /** What could be seen of the secrets, by frames of the browser. */
        seen: string[];
        /** Whether a survey was on the page, seen or not. */
        surveyed?: boolean;
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
            await expectState(page, id, "ready");
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

/** Takes our own marks out of the page's storage and puts others in: as in another environment, whose pages share the widget's storage, by site, but not ours. */
const changeEnvironment = (page: Page, marks: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> =>
    page.evaluate((others) => {
        const taken = Object.keys(localStorage).filter((key) => key.startsWith("InternalChat.")).map((key) => [key, localStorage.getItem(key) ?? ""] as const);
        taken.forEach(([key]) => localStorage.removeItem(key));
        Object.entries(others).forEach(([key, value]) => localStorage.setItem(key, value));
        return Object.fromEntries(taken);
    }, marks);

/** Has Alex chat, in words that may be seen by nobody else, and leaves the page. */
async function leaveSecret(page: Page, centre: Centre): Promise<void> {
    const { conversation } = await chat(page, centre);
    await centre.accept(conversation.id);
    await centre.say(conversation.id, `${SECRET} Alex`);
    await expect.poll(() => seen(page)).not.toEqual([]);
    await page.goto("about:blank");
}

/** Has a user press, and finds a conversation of that user's own, with the address, and no line of the one before. */
async function expectOwnChat(page: Page, centre: Centre, user: { readonly email: string }, mounting: MountOptions = {}): Promise<number> {
    const count = (await centre.conversations()).length;
    const id = await mount(page, mounting);
    await action(page, id).click();
    expect((await centre.latest(count + 1)).customContextData).toEqual(emailContext(user.email));
    await expectState(page, id, "chatting");
    await expect(widget(page).sendBox).toBeVisible();
    expect(await seen(page)).toEqual([]);
    expect((await centre.conversations()).slice(0, count).map(({ state }) => state)).toEqual(Array(count).fill("ended"));
    return id;
}

for (const [who, user] of [["another user", USERS.megan], ["the same user", USERS.alex]] as const) {
    test(`${who} in another environment of the same site, with marks of that environment: the chat is closed unseen`, async ({ page, open, centre }) => {
        await keepWatch(page);
        await open({ user });
        // A chat in the other environment, with its own widget, has left a mark of this very user there.
        const { conversation } = await chat(page, centre, { properties: { widgetSnippet: snippet(HR_WIDGET) } });
        const there = await changeEnvironment(page);
        expect(Object.keys(there)).toHaveLength(1);
        await page.goto("about:blank");
        await centre.end(conversation.id);

        await open();
        await leaveSecret(page, centre);
        await open({ user });
        await changeEnvironment(page, there);
        await expectOwnChat(page, centre, user);
    });
}

test("a foreign chat whose closing brings a survey: neither is ever seen", async ({ page, open, centre }) => {
    await keepWatch(page);
    await page.addInitScript(() => {
        const look = (): void => {
            for (const pane of document.querySelectorAll("[id^=oc-lcw-postchat]")) {
                window.surveyed = true;
                if (pane.checkVisibility({ visibilityProperty: true })) window.seen.push(`the survey: ${pane.id}`);
            }
            requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    });
    await centre.widget({ postChatSurvey: true });
    await open();
    await leaveSecret(page, centre);
    await open({ user: USERS.megan });
    const id = await expectOwnChat(page, centre, USERS.megan);
    expect(await page.evaluate(() => window.surveyed)).toBe(true);
    expect(await raised(page, id, "ChatStarted")).toBe(1);
    expect(await raised(page, id, "ChatEnded")).toBe(0);
});

test("a foreign chat that the service does not end at once stays unseen, and the next user has a chat of their own", async ({ page, open, centre }) => {
    await keepWatch(page);
    await open();
    await leaveSecret(page, centre);
    await centre.fault({ kind: "end", status: 500, times: 2 });
    await open({ user: USERS.megan });
    const id = await mount(page);
    await action(page, id).click();
    // The widget asks the service again, after pauses of its own.
    await expectState(page, id, "chatting");
    expect((await centre.requests()).filter(({ kind }) => kind === "end").length).toBeGreaterThan(2);
    const last = await centre.latest(2);
    expect(last.customContextData).toEqual(emailContext(USERS.megan.email));
    await expect(widget(page).sendBox).toBeVisible();
    expect(await seen(page)).toEqual([]);
});

for (const [who, user] of [["the next user", USERS.megan], ["its own user, whom nothing tells from the next", USERS.alex]] as const) {
    test(`a chat in the widget's storage while the page's own is denied is not shown to ${who}`, async ({ page, open, centre }) => {
        await keepWatch(page);
        await open();
        await leaveSecret(page, centre);
        // The simulated widget keeps its chat with the page's own, so that our uses alone are refused, as a policy for the app's site refuses them.
        await page.addInitScript(() => {
            for (const name of ["getItem", "setItem", "removeItem"] as const) {
                const use: unknown = Reflect.get(Storage.prototype, name);
                Reflect.set(Storage.prototype, name, function (this: Storage, ...given: string[]) {
                    if (given[0]?.startsWith("InternalChat.") === true) throw new DOMException("Denied", "SecurityError");
                    return Reflect.apply(use as (...given: string[]) => unknown, this, given);
                });
            }
        });
        await open({ user });
        const id = await expectOwnChat(page, centre, user);
        expect(await outputs(page, id)).toMatchObject({ errorCode: "storage-blocked" });
    });
}

test("a user whose id is not known gets nobody's chat, and leaves no mark", async ({ page, open, centre }) => {
    await keepWatch(page);
    await open();
    await leaveSecret(page, centre);
    await open({ user: USERS.megan });
    const id = await expectOwnChat(page, centre, USERS.megan, { user: { id: "", name: "" }, properties: { userEmail: USERS.megan.email } });
    expect(await changeEnvironment(page)).toEqual({});
    expect(await raised(page, id, "ChatStarted")).toBe(1);
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
