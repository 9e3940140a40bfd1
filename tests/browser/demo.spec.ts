// The demo as a person uses it, with its service worker: a form, the agent's console beside it, the custom page, the designer and the administrator's page.
import type { BrowserContext, Page } from "@playwright/test";
import { expect, HR_WIDGET, IT_WIDGET, ORG_URL, SCRIPT_HOST, snippet, test as base, USERS, widget } from "./fixtures";
import { axe } from "../steps";

interface Traffic {
    /** Requests to other hosts than the demo's own that the service worker has answered. */
    readonly answered: string[];
    /** Those that nobody has. */
    readonly failed: string[];
    readonly errors: string[];
}

/** Without the routing of the other scenarios: what answers Microsoft's hosts here is the demo's own service worker. */
const test = base.extend<{ traffic: Traffic; fresh: string }>({
    traffic: async ({ context }, use) => {
        const traffic: Traffic = { answered: [], failed: [], errors: [] };
        const isForeign = (url: string): boolean => /^(?:https?|wss?):/.test(url) && new URL(url).hostname !== "127.0.0.1";
        context.on("response", (response) => {
            if (isForeign(response.url())) (response.fromServiceWorker() ? traffic.answered : traffic.failed).push(response.url());
        });
        context.on("requestfailed", (request) => {
            if (isForeign(request.url())) traffic.failed.push(request.url());
        });
        context.on("weberror", (error) => traffic.errors.push(error.error().message));
        context.on("page", (page) => page.on("websocket", (socket) => (isForeign(socket.url()) ? traffic.failed.push(socket.url()) : undefined)));
        await use(traffic);
        expect(traffic.failed, "requests that left the machine").toEqual([]);
        const hosts = new Set(traffic.answered.map((url) => new URL(url).host));
        for (const host of hosts) expect([SCRIPT_HOST, new URL(ORG_URL).host]).toContain(host);
        expect(traffic.errors).toEqual([]);
    },
    /** The demo's address, with sample data as shipped. */
    fresh: async ({ demo, centre, traffic }, use) => {
        expect([await centre.conversations(), traffic.answered]).toEqual([[], []]);
        await use(demo);
    },
});
test.use({ serviceWorkers: "allow" });

async function visit(page: Page, url: string): Promise<void> {
    await page.goto(url);
    await page.waitForFunction(() => document.documentElement.dataset["ready"] !== undefined);
    expect(await page.evaluate(() => document.documentElement.dataset["ready"])).toBe("true");
}

/** Nothing that the control threw, and no text that it asked for in vain. */
async function expectSound(page: Page): Promise<void> {
    expect(await page.evaluate(() => window.demoHost.errors)).toEqual([]);
    expect(await page.evaluate(() => window.demoHost.missingStrings)).toEqual([]);
}

async function openConsole(context: BrowserContext, demo: string): Promise<Page> {
    const agent = await context.newPage();
    await agent.goto(`${demo}/agent`);
    await expect(agent.getByText("Connected")).toBeVisible();
    return agent;
}

test("a chat from a record's form, answered in the agent's console", async ({ page, context, fresh, traffic }) => {
    const agent = await openConsole(context, fresh);
    await visit(page, `${fresh}/`);
    await page.bringToFront();
    await page.getByRole("button", { name: "Chat with an agent" }).click();
    await expect(widget(page).sendBox).toBeVisible();

    await agent.getByRole("navigation", { name: "Chats" }).getByRole("button", { name: USERS.alex.name }).click();
    const details = agent.getByRole("complementary", { name: "Details" });
    await expect(details.locator(".card")).toContainText(USERS.alex.name);
    await expect(details.locator("h2:has-text('Additional details') + dl")).toContainText(`Email${USERS.alex.email}`);
    await agent.getByRole("button", { name: "Accept" }).click();
    await agent.getByRole("textbox", { name: "Reply" }).fill("Hello Alex, what can I do for you?");
    await agent.getByRole("textbox", { name: "Reply" }).press("Enter");

    await expect(page.getByText("Hello Alex, what can I do for you?").first()).toBeVisible();
    await widget(page).sendBox.fill("My laptop is broken.");
    await widget(page).sendBox.press("Enter");
    await expect(agent.getByRole("log", { name: "Messages" })).toContainText("My laptop is broken.");

    await agent.getByRole("button", { name: "End conversation" }).click();
    await expect(page.getByRole("button", { name: "Start a new chat" })).toBeVisible();
    expect(traffic.answered.some((url) => new URL(url).host === SCRIPT_HOST)).toBe(true);
    expect(traffic.answered.some((url) => url.startsWith(ORG_URL))).toBe(true);
    await expectSound(page);
});

test("a chat goes on from record to record", async ({ page, fresh, centre }) => {
    await visit(page, `${fresh}/`);
    await page.getByRole("button", { name: "Chat with an agent" }).click();
    const conversation = await centre.latest();
    await centre.accept(conversation.id);
    await expect(widget(page).sendBox).toBeVisible();
    await page.evaluate(() => Object.assign(window, { samePage: true }));
    await page.getByRole("link", { name: "Accounts" }).or(page.getByRole("button", { name: "Accounts" })).first().click();
    await page.getByText("Litware").first().click();
    await expect(page.getByRole("button", { name: "Return to chat" })).toBeVisible();
    expect(await page.evaluate(() => "samePage" in window)).toBe(true);
    await centre.say(conversation.id, "Still with you.");
    await expect(page.getByText("Still with you.").first()).toBeVisible();
    expect(await centre.conversations()).toHaveLength(1);
    await expectSound(page);
});

test("a chat from the custom page carries the address of its formula", async ({ page, fresh, centre }) => {
    await visit(page, `${fresh}/custom-page`);
    await page.getByRole("button", { name: "Chat with an agent" }).click();
    expect((await centre.latest()).customContextData).toMatchObject({ Email: { value: USERS.alex.email } });
    await expect(widget(page).sendBox).toBeVisible();
    await expectSound(page);
});

test("the designer shows the control's preview, and loads nothing of Microsoft's", async ({ page, fresh, traffic }) => {
    await visit(page, `${fresh}/designer`);
    await expect(page.getByText("Settings come from").first()).toBeVisible();
    await page.getByRole("button", { name: "Chat with an agent" }).first().click();
    await page.waitForTimeout(1_000);
    expect(traffic.answered).toEqual([]);
    await expect(page.locator("script#Microsoft_Omnichannel_LCWidget")).toHaveCount(0);
    await expectSound(page);
});

test("what an administrator sets is what a form uses from its next load", async ({ page, fresh, centre }) => {
    const open = async (): Promise<void> => {
        await visit(page, `${fresh}/admin`);
        await page.getByRole("button", { name: "Chat widget snippet" }).click();
    };
    const value = page.getByLabel("Current Value");
    await open();
    await expect(page.getByRole("complementary", { name: "Environment variable" })).toContainText(`Widget ${IT_WIDGET}`);
    await page.getByRole("button", { name: "Remove value" }).click();
    await expect(page.getByRole("row", { name: /cwa_ChatWidgetSnippet/ })).toContainText("Needs a value");
    await page.getByRole("link", { name: "Open the app" }).click();
    await page.getByRole("button", { name: "Chat with an agent" }).click();
    await expect(page.getByText("Chat isn't set up here yet")).toBeVisible();
    await expectSound(page);

    await open();
    await value.fill(snippet("not-a-guid"));
    await expect(page.getByText("“not-a-guid”: Is not an ID.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Save" })).toBeEnabled();
    await value.fill("x".repeat(2_001));
    await expect(page.getByText("A value holds 2,000 characters, and this one has 2,001.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Save" })).toBeDisabled();
    expect(await axe(page)).toEqual([]);
    await value.fill(snippet(HR_WIDGET));
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("status")).toContainText("Chat widget snippet is saved.");
    await page.getByRole("link", { name: "Open the app" }).click();
    await page.getByRole("button", { name: "Chat with an agent" }).click();
    expect((await centre.latest()).widgetId).toBe(HR_WIDGET);
    await expectSound(page);
});

test("a value that does not fit is refused by the demo's Dataverse, too", async ({ fresh }) => {
    const answer = await fetch(`${fresh}/demo/environment/cwa_ChatWidgetSnippet`, { method: "PUT", body: "x".repeat(2_001) });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("maximum allowed length of '2000'")]);
});
