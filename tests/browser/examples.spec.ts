// The guide's examples at work: the page of examples with the very files of docs/examples, the production bundle and Microsoft's own widget.
import type { Locator, Page } from "@playwright/test";
import { expect, test as base, USERS, widget } from "./fixtures";
import { axe, stillness } from "../steps";

const test = base.extend<{
    /** Opens the page, or its part with the formulas, with Microsoft's hosts answered by the simulator. */
    visit: (part?: "power-fx") => Promise<void>;
}>({
    visit: async ({ page, demo, centre, watch }, use) => {
        expect([await centre.conversations(), watch.microsoft]).toEqual([[], []]);
        await use(async (part) => {
            await page.goto(`${demo}/examples?sw=off${part === undefined ? "" : `&part=${part}`}`);
            await page.waitForFunction(() => document.documentElement.dataset["ready"] !== undefined);
            expect(await page.evaluate(() => document.documentElement.dataset["ready"])).toBe("true");
        });
        // Nothing that the control or a script threw, and no formula that could not be worked out.
        expect(await page.evaluate(() => window.demoHost.errors)).toEqual([]);
        await expect(page.locator(".example .wrong")).toHaveCount(0);
    },
});

/** What an example says of itself, its last deed first. */
const deeds = (page: Page, title: string): Locator => page.locator("details.example", { hasText: title }).locator(".event-log li span");
const column = (page: Page, name: string): Locator => page.locator(`[data-column="${name}"]`).locator("input, select");
const label = (page: Page, name: string): Locator => page.locator(`[data-name="${name}"]`);
const notifications = (page: Page): Locator => page.locator(".form-notifications p");

/** Chooses how the helpdesk is, with which the page is loaded anew. */
async function choose(page: Page, desk: string): Promise<void> {
    const loaded = page.waitForEvent("load");
    await page.getByLabel("The helpdesk is", { exact: true }).selectOption(desk);
    await loaded;
    await expect(page.locator("html[data-ready=true]")).toBeAttached();
    await expect(page.getByLabel("The helpdesk is", { exact: true })).toHaveValue(desk);
}

test("escalating a case opens one chat, and only then; unread is told on the form; the column is locked and the time is kept", async ({ page, centre, watch, visit }) => {
    await visit();
    await expect(page.getByRole("button", { name: "Escalate", exact: true })).toBeVisible();
    // Longer than a control waits for its values before it starts by itself.
    await stillness(page, 2_500);
    expect([await centre.conversations(), watch.microsoft]).toEqual([[], []]);
    await expect(column(page, "prioritycode")).toHaveJSProperty("tagName", "SELECT");
    expect(await axe(page)).toEqual([]);

    await page.getByRole("button", { name: "Escalate", exact: true }).click();
    const conversation = await centre.latest();
    expect(conversation.customContextData).toEqual({ Email: { value: USERS.alex.email, isDisplayable: true } });
    await expect(widget(page).sendBox).toBeVisible();
    await expect(column(page, "contoso_chatstarted")).not.toHaveValue("");
    await expect(column(page, "prioritycode")).toHaveAttribute("readonly", "");

    await centre.accept(conversation.id);
    await widget(page).minimise.click();
    await expect(page.getByText("The chat goes on in the background.")).toBeVisible();
    await centre.say(conversation.id, "A technician is on the way.");
    await expect(notifications(page)).toHaveText(["New messages from the helpdesk: 1"]);
    await page.getByRole("button", { name: /Return to chat/ }).click();
    await expect(notifications(page)).toHaveCount(0);

    // Hidden and shown again: the chat is there, and there is no second one.
    await page.getByRole("button", { name: "Take back the escalation" }).click();
    await page.getByRole("button", { name: "Escalate", exact: true }).click();
    await stillness(page, 1_500);
    expect(await centre.conversations()).toHaveLength(1);
    await expect(deeds(page, "Open a chat when a case is escalated")).toHaveText(["shows contoso_help", "hides contoso_help", "shows contoso_help"]);

    await widget(page).closeButton.click();
    await widget(page).confirmClose.click();
    await expect(column(page, "prioritycode")).toHaveJSProperty("tagName", "SELECT");
    await page.getByRole("button", { name: "Take back the escalation" }).click();
    await page.getByRole("button", { name: "Escalate", exact: true }).click();
    await stillness(page, 1_500);
    // What the user has closed is not opened again; the button works.
    expect(await centre.conversations()).toHaveLength(1);
    await page.getByRole("button", { name: "Chat with an agent" }).click();
    await centre.latest(2);
});

test("a failed chat is told on the form with its code", async ({ page, centre, visit }) => {
    await visit();
    await choose(page, "not-set-up");
    await page.getByRole("button", { name: "Escalate", exact: true }).click();
    await expect(notifications(page)).toHaveText(["The chat could not start (settings-invalid). Please call extension 4357."]);
    await expect(deeds(page, "Tell what to do when a chat has failed")).toHaveText(["notification: The chat could not start (settings-invalid). Please call extension 4357."]);
    expect(await centre.conversations()).toEqual([]);
});

test("on a custom page: unread in a label, chats counted, the case handed over", async ({ page, centre, visit }) => {
    await visit("power-fx");
    await expect(label(page, "LogLabel")).toHaveText("Chats: 0, messages: 0");
    await expect(label(page, "ChatTips")).toBeHidden();
    expect(await axe(page)).toEqual([]);
    await page.getByRole("button", { name: "Chat with an agent" }).click();
    const conversation = await centre.latest();
    expect(conversation.customContextData).toMatchObject({ Email: { value: USERS.alex.email }, Ticket: { value: "CAS-01042-K7P2" }, Title: { value: "Espresso machine leaks since Monday" } });
    await expect(widget(page).sendBox).toBeVisible();
    await expect(label(page, "LogLabel")).toHaveText("Chats: 1, messages: 0");
    await expect(label(page, "ChatTips")).toBeVisible();

    await centre.accept(conversation.id);
    await widget(page).minimise.click();
    await expect(page.getByText("The chat goes on in the background.")).toBeVisible();
    await centre.say(conversation.id, "One.");
    await expect(label(page, "UnreadLabel")).toHaveText("1 new");
    await expect(label(page, "LogLabel")).toHaveText("Chats: 1, messages: 1");
    await page.getByRole("button", { name: /Return to chat/ }).click();
    await expect(label(page, "UnreadLabel")).toHaveText("");
});

test("on a custom page: a hint when the helpdesk is closed, and a banner and a text when the chat has failed", async ({ page, centre, visit }) => {
    await visit("power-fx");
    await choose(page, "closed");
    await expect(label(page, "ClosedHint")).toBeHidden();
    await page.getByRole("button", { name: "Chat with an agent" }).click();
    await expect(label(page, "ClosedHint")).toBeVisible();
    await expect(page.locator(".notify")).toBeHidden();

    await choose(page, "not-set-up");
    await page.getByRole("button", { name: "Chat with an agent" }).click();
    await expect(page.locator(".notify")).toHaveText("The chat could not start. Please call extension 4357.");
    await expect(label(page, "FailureLabel")).toHaveText("Code for your administrator: settings-invalid");
    await expect(label(page, "ClosedHint")).toBeHidden();
    expect(await centre.conversations()).toEqual([]);
});
