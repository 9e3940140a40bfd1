// Going through records with a chat: controls come and go in every order, and the page's one conversation goes on.
import type { Page } from "@playwright/test";
import { destroy, events, expect, expectState, inFrame, mount, outputs, test, USERS, widget, withInstance } from "./fixtures";
import type { Centre } from "./fixtures";
import { action, chat, control, emailContext, expectOutputs, raised, scriptTags, stillness } from "../steps";

const record = (name: string) => ({ record: { table: "opportunity", id: `0bb00001-2222-4b4b-9c9c-00000000000${name}`, name: `Record ${name}` } });

/** The state on the record that was moved to: the chat goes on, and nothing is told as news. */
async function expectGoingOn(page: Page, centre: Centre, id: number): Promise<void> {
    await expectOutputs(page, id, { chatState: "chatting", unreadCount: 0, errorCode: "" });
    await expect(control(page, id)).toContainText("You're chatting with the helpdesk");
    await expect(action(page, id)).toHaveText("Return to chat");
    expect(await events(page, id)).toEqual([]);
    expect((await centre.conversations()).length).toBe(1);
    expect(await scriptTags(page)).toBe(1);
    // It is told what comes next.
    const conversation = await centre.latest();
    await centre.say(conversation.id, "Still here?");
    await expect.poll(() => events(page, id)).toEqual(["MessageReceived"]);
    expect((await centre.latest()).state).toBe("active");
}

test("the old record's control goes before the new one's comes", async ({ page, open, centre }) => {
    await open();
    const { id } = await chat(page, centre, record("1"));
    await destroy(page, id);
    const next = await mount(page, record("2"));
    await expectGoingOn(page, centre, next);
});

test("the new record's control comes before the old one's goes", async ({ page, open, centre }) => {
    await open();
    const { id } = await chat(page, centre, record("1"));
    const next = await mount(page, record("2"));
    await destroy(page, id);
    await expectGoingOn(page, centre, next);
});

test("the same control moves on to another record", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    const { id } = await chat(page, centre, record("1"));
    expect(await events(page, id)).toEqual(["ChatStarted"]);
    const updates = await withInstance(page, id, (instance) => instance.updateViews);
    await withInstance(page, id, (instance) => instance.change({ record: { table: "account", id: "2", name: "Fourth Coffee" }, properties: { message: "Another record" } }));
    await expect.poll(() => withInstance(page, id, (instance) => instance.updateViews)).toBeGreaterThan(updates);
    await expectOutputs(page, id, { chatState: "chatting" });
    await stillness(page, 500);
    expect(await events(page, id)).toEqual(["ChatStarted"]);
    expect((await centre.conversations()).length).toBe(1);
    await action(page, id).click();
    await expect(widget(page).header).toBeVisible();
    expect((await centre.conversations()).length).toBe(1);
});

test("two controls at once agree, and each tells everything once", async ({ page, open, centre }) => {
    await open();
    const first = await mount(page, record("1"));
    const second = await mount(page, record("2"));
    await action(page, first).click();
    await action(page, second).dispatchEvent("click");
    const conversation = await centre.latest();
    for (const id of [first, second]) await expectState(page, id, "chatting");
    await centre.say(conversation.id, "Hello both");
    for (const id of [first, second]) await expect.poll(() => events(page, id)).toEqual(["ChatStarted", "MessageReceived"]);
    await widget(page).minimise.click();
    await centre.say(conversation.id, "Are you there?");
    for (const id of [first, second]) await expectOutputs(page, id, { chatState: "chatting", unreadCount: 1 });
    await action(page, second).click();
    for (const id of [first, second]) await expectOutputs(page, id, { chatState: "chatting", unreadCount: 0 });
    await centre.end(conversation.id);
    for (const id of [first, second]) await expectOutputs(page, id, { chatState: "ended" });
    for (const id of [first, second]) expect(await raised(page, id, "ChatEnded")).toBe(1);
    expect((await centre.conversations()).length).toBe(1);
});

test("a minimised chat is found again by Microsoft's button on a page without a control, and by the next control", async ({ page, open, centre }) => {
    // So that the message is told before the next control is there.
    await centre.widget({ messageEvents: "atOnce" });
    await open();
    const { id, conversation } = await chat(page, centre, record("1"));
    await widget(page).minimise.click();
    await expect(control(page, id)).toContainText("in the background");
    await destroy(page, id);
    await expect(widget(page).button).toBeVisible();
    await centre.say(conversation.id, "One more thing");
    await widget(page).button.click();
    await expect(inFrame(page).getByText("One more thing")).toBeVisible();
    await widget(page).minimise.click();

    const next = await mount(page, record("2"));
    await expectState(page, next, "chatting");
    await action(page, next).click();
    await expect(widget(page).header).toBeVisible();
    await expect(control(page, next)).toContainText("You can go on working");
    expect((await centre.conversations()).length).toBe(1);
    expect(await events(page, next)).toEqual([]);
});

test("what ended on a page without a control has ended for the next one", async ({ page, open, centre }) => {
    await open();
    const { id, conversation } = await chat(page, centre, record("1"));
    await destroy(page, id);
    await centre.end(conversation.id);
    await expect(widget(page).sendBox).toBeHidden();
    const next = await mount(page, record("2"));
    await expectState(page, next, "ended");
    expect(await events(page, next)).toEqual([]);
});

test("a press is carried out though its control goes while the script is on its way", async ({ page, open, centre }) => {
    await open();
    await centre.fault({ kind: "script", delayMs: 1_500 });
    const id = await mount(page, record("1"));
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "loading" });
    await destroy(page, id);
    expect(await centre.conversations()).toEqual([]);
    const conversation = await centre.latest();
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    await expect(widget(page).header).toBeVisible();
});

test("a press is carried out though its control goes while settings and address are looked up; what comes next shows it", async ({ page, open, centre }) => {
    await open();
    const id = await mount(page, { ...record("1"), webApiDelay: 1_000 });
    await action(page, id).click();
    await destroy(page, id);
    const next = await mount(page, record("2"));
    const conversation = await centre.latest();
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, next, "chatting");
    expect(await raised(page, next, "ChatFailed")).toBe(0);
});

test("the last control leaves nothing behind: a hundred controls that nobody pressed", async ({ page, open, centre, watch }) => {
    await page.addInitScript(() => {
        const counts = { listeners: 0 };
        Object.assign(window, { counts });
        for (const target of [window, document]) {
            const add = target.addEventListener.bind(target) as EventTarget["addEventListener"];
            const remove = target.removeEventListener.bind(target) as EventTarget["removeEventListener"];
            target.addEventListener = (...call: Parameters<typeof add>): void => {
                counts.listeners++;
                add(...call);
            };
            target.removeEventListener = (...call: Parameters<typeof remove>): void => {
                counts.listeners--;
                remove(...call);
            };
        }
    });
    await open();
    const left = () =>
        page.evaluate(() => ({
            ...(window as unknown as { readonly counts: { readonly listeners: number } }).counts,
            scripts: document.scripts.length,
            links: document.querySelectorAll("link").length,
            children: document.body.childElementCount,
            sheets: document.adoptedStyleSheets.length,
            stored: Object.keys(localStorage).length,
            globals: Object.keys(window).length,
        }));
    const cycle = (startMode: string, times: number): Promise<void> =>
        page.evaluate(
            ([mode, count]) => {
                for (let i = 0; i < count; i++) window.demoHost.mount({ properties: { startMode: mode } }).destroy();
            },
            [startMode, times] as const,
        );
    // What React and Fluent set up once for a page, and the page's session, are there after the first.
    await cycle("button", 1);
    const before = await left();
    await cycle("button", 100);
    // The other modes wait before they do anything: what goes before that takes its waiting along.
    await cycle("automatic", 3);
    await cycle("widgetButton", 3);
    await stillness(page, 1_500);
    expect(await left()).toEqual(before);
    expect(watch.microsoft).toEqual([]);
    expect(await centre.webApi()).toEqual([]);
});

test("the last control leaves a running chat running and the page's listeners constant", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    const { id, conversation } = await chat(page, centre, record("1"));
    await destroy(page, id);
    for (const name of ["2", "3", "4"]) {
        const next = await mount(page, record(name));
        await expectState(page, next, "chatting");
        await destroy(page, next);
    }
    await centre.say(conversation.id, "Hello again");
    await expect(inFrame(page).getByText("Hello again")).toBeVisible();
    const last = await mount(page, record("5"));
    await expectState(page, last, "chatting");
    // Within 700 ms it could not be told from a second delivery of the line before (D: the event carries nothing of its own).
    await stillness(page, 1_000);
    await centre.say(conversation.id, "And again");
    // One listener of the session, however many controls there were.
    await expect.poll(() => events(page, last)).toEqual(["MessageReceived"]);
    expect((await centre.conversations()).map(({ state }) => state)).toEqual(["active"]);
    expect(await outputs(page, last)).toMatchObject({ chatState: "chatting", errorCode: "" });
});
