// One browser, two users: nobody ever sees a line of somebody else's chat. A recording tells when the widget's frame
// was
// visible in the page and when the line was inside the frame.
import type { Page } from "@playwright/test";
import type { MountOptions } from "../../demo/host/types";
import {
    expect,
    expectEvents,
    expectState,
    frameElement,
    HR_WIDGET,
    mount,
    outputs,
    snippet,
    test,
    USERS,
    widget,
} from "./fixtures";
import type { Centre } from "./fixtures";
import { action, chat, emailContext, raised, scriptTags } from "../steps";
import { watchLine } from "../widget-steps";
import type { LineWatch } from "../widget-steps";

const SECRET = "the secret of";

/** Has Alex chat, in words that may be seen by nobody else, and leaves the page. */
async function leaveSecret(page: Page, centre: Centre, watch: LineWatch): Promise<void> {
    const { conversation } = await chat(page, centre);
    await centre.accept(conversation.id);
    await centre.say(conversation.id, `${SECRET} Alex`);
    // The watch sees what can be seen.
    await expect.poll(() => watch.seen()).not.toEqual([]);
    await page.goto("about:blank");
}

/** Finds a conversation of that user's own, with the address, told as begun once, and no line of the one before. */
async function expectOwnChat(
    page: Page,
    centre: Centre,
    id: number,
    user: { readonly email: string },
    count = 2,
): Promise<void> {
    expect((await centre.latest(count)).customContextData).toEqual(emailContext(user.email));
    await expectState(page, id, "chatting");
    await expect(frameElement(page)).toBeVisible();
    await expect(widget(page).sendBox).toBeVisible();
    await expectEvents(page, id, ["ChatStarted"]);
    for (const [event, times] of [
        ["ChatStarted", 1],
        ["ChatEnded", 0],
        ["ChatFailed", 0],
    ] as const)
        expect(await raised(page, id, event), event).toBe(times);
    expect(await outputs(page, id)).toMatchObject({ unreadCount: 0 });
}

/** Presses, in a page where a foreign chat comes back: the line is in the frame, and never to be seen. */
async function expectExpelled(
    page: Page,
    centre: Centre,
    watch: LineWatch,
    user: { readonly email: string },
    options: Omit<MountOptions, "container"> = {},
): Promise<number> {
    const [lines, count] = [watch.count(), (await centre.conversations()).length];
    const id = await mount(page, options);
    await action(page, id).click();
    await expectOwnChat(page, centre, id, user, count + 1);
    expect(watch.count()).toBeGreaterThan(lines);
    expect(await watch.seen()).toEqual([]);
    expect((await centre.conversations()).map(({ state }) => state)).toEqual([
        ...Array<string>(count).fill("ended"),
        "active",
    ]);
    return id;
}

for (const [name, startMode] of [
    ["presses", "button"],
    ["has the widget load by itself", "widgetButton"],
    ["has the chat start by itself", "automatic"],
] as const) {
    test(`the next user of the browser, who ${name}, sees no line of the chat before, and the way back is closed as well`, async ({
        page,
        open,
        centre,
    }) => {
        const watch = await watchLine(page, SECRET);
        await open();
        await leaveSecret(page, centre, watch);
        await open({ user: USERS.megan });
        const lines = watch.count();
        const id = await mount(page, { properties: { startMode } });
        if (startMode === "button") await action(page, id).click();
        if (startMode === "widgetButton") {
            await expectState(page, id, "ready");
            await expect(frameElement(page)).toBeVisible();
            await widget(page).button.click();
        }
        await expectOwnChat(page, centre, id, USERS.megan);
        expect(watch.count()).toBeGreaterThan(lines);
        expect(await watch.seen()).toEqual([]);

        const next = await centre.latest(2);
        await centre.say(next.id, `${SECRET} Megan`);
        await expect.poll(() => watch.seen()).not.toEqual([]);
        await page.goto("about:blank");
        await open();
        await expectExpelled(page, centre, watch, USERS.alex);
    });
}

test("without a press nothing is loaded for another user's chat", async ({ page, open, centre }) => {
    const watch = await watchLine(page, SECRET);
    await open();
    await leaveSecret(page, centre, watch);
    await page.clock.install();
    await open({ user: USERS.megan });
    const id = await mount(page);
    await expectState(page, id, "idle");
    await page.clock.fastForward(10_000);
    await expectState(page, id, "idle");
    expect(await scriptTags(page)).toBe(0);
});

test("a foreign chat that was minimized stays unseen too, its unread messages included", async ({
    page,
    open,
    centre,
    standIn,
}) => {
    const watch = await watchLine(page, SECRET);
    await open();
    const { conversation, id } = await chat(page, centre);
    await centre.say(conversation.id, `${SECRET} Alex`);
    await standIn.userMinimizes();
    await centre.say(conversation.id, `${SECRET} Alex once more`);
    await expect.poll(() => outputs(page, id)).toMatchObject({ unreadCount: 1 });
    await open({ user: USERS.megan });
    const next = await mount(page);
    await action(page, next).click();
    await expectOwnChat(page, centre, next, USERS.megan);
    expect(await watch.seen()).toEqual([]);
    expect((await centre.conversations()).map(({ state }) => state)).toEqual(["ended", "active"]);
});

/**
 * Takes our own marks out of the page's storage and puts others in: as in another environment, whose pages share the
 * widget's storage, by site, but not ours.
 */
const changeEnvironment = (page: Page, marks: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> =>
    page.evaluate((others) => {
        const keys = Object.keys(localStorage).filter((key) => key.startsWith("InternalChat."));
        const taken = keys.map((key) => [key, localStorage.getItem(key) ?? ""] as const);
        taken.forEach(([key]) => localStorage.removeItem(key));
        Object.entries(others).forEach(([key, value]) => localStorage.setItem(key, value));
        return Object.fromEntries(taken);
    }, marks);

test("a chat that lost its marker is nobody's: it is not shown to its own user either", async ({
    page,
    open,
    centre,
}) => {
    const watch = await watchLine(page, SECRET);
    await open();
    await leaveSecret(page, centre, watch);
    await open();
    await changeEnvironment(page);
    await expectExpelled(page, centre, watch, USERS.alex);
});

for (const [who, user] of [
    ["another user", USERS.megan],
    ["the same user", USERS.alex],
] as const) {
    test(`${who} in another environment of the same site, with marks of that environment: the chat is closed unseen`, async ({
        page,
        open,
        centre,
    }) => {
        const watch = await watchLine(page, SECRET);
        await open({ user });
        // A chat in the other environment, with its own widget, has left a mark of this very user there.
        const { conversation } = await chat(page, centre, { properties: { widgetSnippet: snippet(HR_WIDGET) } });
        await centre.end(conversation.id);
        await page.goto("about:blank");
        await open({ user });
        const there = await changeEnvironment(page);
        await page.goto("about:blank");

        await open();
        await leaveSecret(page, centre, watch);
        await open({ user });
        await changeEnvironment(page, there);
        await expectExpelled(page, centre, watch, user);
    });
}

for (const closeEvent of ["whenClosed", "atOnce"] as const) {
    test(`a foreign chat whose closing brings a survey: neither is ever seen (lcw:closeChat ${closeEvent})`, async ({
        page,
        open,
        centre,
    }) => {
        const watch = await watchLine(page, SECRET);
        const surveys = await watchLine(page, "oc-lcw-postchatsurvey-pane");
        await centre.widget({ postChatSurvey: true, closeEvent });
        await open();
        await leaveSecret(page, centre, watch);
        await open({ user: USERS.megan });
        await expectExpelled(page, centre, watch, USERS.megan);
        expect(surveys.count()).toBeGreaterThan(0);
        expect(await surveys.seen()).toEqual([]);
    });
}

for (const [who, user] of [
    ["the next user", USERS.megan],
    ["its own user, whom nothing tells from the next", USERS.alex],
] as const) {
    test(`a chat in the widget's storage while the page's own is denied is not shown to ${who}`, async ({
        page,
        open,
        centre,
    }) => {
        const watch = await watchLine(page, SECRET);
        await open();
        await leaveSecret(page, centre, watch);
        // Our uses alone are refused, as a policy for the app's site refuses them.
        await page.addInitScript(() => {
            for (const name of ["getItem", "setItem", "removeItem"] as const) {
                const use: unknown = Reflect.get(Storage.prototype, name);
                Reflect.set(Storage.prototype, name, function (this: Storage, ...given: string[]) {
                    if (given[0]?.startsWith("InternalChat.") === true)
                        throw new DOMException("Denied", "SecurityError");
                    return Reflect.apply(use as (...given: string[]) => unknown, this, given);
                });
            }
        });
        await open({ user });
        const id = await expectExpelled(page, centre, watch, user);
        expect(await outputs(page, id)).toMatchObject({ errorCode: "storage-blocked" });
    });
}

test("a user whose id is not known gets nobody's chat, and leaves no mark", async ({ page, open, centre }) => {
    const watch = await watchLine(page, SECRET);
    await open();
    await leaveSecret(page, centre, watch);
    await open({ user: USERS.megan });
    await expectExpelled(page, centre, watch, USERS.megan, {
        user: { id: "", name: "" },
        properties: { userEmail: USERS.megan.email },
    });
    expect(await changeEnvironment(page)).toEqual({});
});
