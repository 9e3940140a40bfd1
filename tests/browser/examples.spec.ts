// The guide's form scripts at work: the page of examples with the very files of docs/examples, and the production bundle.
import type { Locator, Page } from "@playwright/test";
import { expect, test as base, USERS } from "./fixtures";
import { axe } from "../steps";

const test = base.extend<{ visit: () => Promise<void> }>({
    visit: async ({ page, demo, centre, watch }, use) => {
        expect([await centre.conversations(), watch.microsoft]).toEqual([[], []]);
        await use(async () => {
            await page.goto(`${demo}/examples?sw=off`);
            await page.waitForFunction(() => document.documentElement.dataset["ready"] !== undefined);
            expect(await page.evaluate(() => document.documentElement.dataset["ready"])).toBe("true");
        });
        // Nothing that the control or a script threw.
        expect(await page.evaluate(() => window.demoHost.errors)).toEqual([]);
        await expect(page.locator(".example .wrong")).toHaveCount(0);
    },
});

/** What an example says of itself, its last deed first. */
const deeds = (page: Page, title: string): Locator => page.locator("details.example", { hasText: title }).locator(".event-log li span");
const column = (page: Page, name: string): Locator => page.locator(`[data-column="${name}"]`).locator("input, select");
const notifications = (page: Page): Locator => page.locator(".form-notifications p");

/** Chooses how the helpdesk is, with which the page is loaded anew. */
async function choose(page: Page, desk: string): Promise<void> {
    const loaded = page.waitForEvent("load");
    await page.getByLabel("The helpdesk is", { exact: true }).selectOption(desk);
    await loaded;
    await expect(page.locator("html[data-ready=true]")).toBeAttached();
    await expect(page.getByLabel("The helpdesk is", { exact: true })).toHaveValue(desk);
}

test("escalating a case opens one chat, and only then; unread is told on the form; the column is locked and the time is kept", async ({ page, centre, standIn, watch, visit }) => {
    await page.clock.install();
    await visit();
    await expect(page.getByRole("button", { name: "Escalate", exact: true })).toBeVisible();
    // Longer than a control waits for its values before it starts by itself.
    await page.clock.runFor(2_500);
    expect([await centre.conversations(), watch.microsoft]).toEqual([[], []]);
    await expect(column(page, "prioritycode")).toHaveJSProperty("tagName", "SELECT");
    expect(await axe(page)).toEqual([]);

    await page.getByRole("button", { name: "Escalate", exact: true }).click();
    const conversation = await centre.latest();
    expect(conversation.customContextData).toEqual({ Email: { value: USERS.alex.email, isDisplayable: true } });
    await expect(column(page, "contoso_chatstarted")).not.toHaveValue("");
    await expect(column(page, "prioritycode")).toHaveAttribute("readonly", "");

    await centre.accept(conversation.id);
    await standIn.userMinimizes();
    await expect(page.getByText("The chat goes on in the background.")).toBeVisible();
    await centre.say(conversation.id, "A technician is on the way.");
    await expect(notifications(page)).toHaveText(["New messages from the helpdesk: 1"]);
    await page.getByRole("button", { name: /Return to chat/ }).click();
    await expect(notifications(page)).toHaveCount(0);

    // Hidden and shown again: the chat is there, and there is no second one.
    await page.getByRole("button", { name: "Take back the escalation" }).click();
    await page.getByRole("button", { name: "Escalate", exact: true }).click();
    await page.clock.runFor(1_500);
    expect(await centre.conversations()).toHaveLength(1);
    await expect(deeds(page, "Open a chat when a case is escalated")).toHaveText(["shows contoso_help", "hides contoso_help", "shows contoso_help"]);

    await standIn.userCloses();
    await expect(column(page, "prioritycode")).toHaveJSProperty("tagName", "SELECT");
    await page.getByRole("button", { name: "Take back the escalation" }).click();
    await page.getByRole("button", { name: "Escalate", exact: true }).click();
    await page.clock.runFor(1_500);
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
