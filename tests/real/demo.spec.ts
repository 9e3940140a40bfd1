// The demo as a person uses it: its service worker answers Microsoft's names, the real widget is in its frame, the agent's console is beside it.
import type { BrowserContext, Locator, Page } from "@playwright/test";
import { expect, inFrame, IT_WIDGET, ORG_HOST, SCRIPT_HOST, test as base, USERS, widget } from "./fixtures";
import { stretch } from "../steps";

interface Traffic {
    /** Requests for Microsoft's names that the service worker has answered. */
    readonly answered: string[];
    /** What came to nothing, left this machine, or was not there. */
    readonly wrong: string[];
}

const test = base.extend<{ traffic: Traffic; visit: (path: string) => Promise<void> }>({
    traffic: async ({ context }, use) => {
        const traffic: Traffic = { answered: [], wrong: [] };
        const isHere = (url: string): boolean => ["127.0.0.1", "localhost", ""].includes(new URL(url).hostname);
        context.on("response", (response) => {
            const url = response.url();
            if (response.status() >= 400 || !(isHere(url) || response.fromServiceWorker())) traffic.wrong.push(url);
            else if (!isHere(url)) traffic.answered.push(url);
        });
        await use(traffic);
        expect(traffic.wrong, "requests that failed or left the machine").toEqual([]);
    },
    visit: async ({ page, demo, centre, traffic }, use) => {
        expect([await centre.conversations(), traffic.answered]).toEqual([[], []]);
        // A slow computer takes longer for the widget than the product waits; that limit has tests of its own.
        await stretch(page, { 30_000: 120_000 });
        await use(async (path) => {
            await page.goto(`${demo}${path}`);
            await expect(page.locator("html[data-ready=true]")).toBeAttached();
        });
        expect(await page.evaluate(() => [window.demoHost.errors, window.demoHost.missingStrings])).toEqual([[], []]);
    },
});
test.use({ serviceWorkers: "allow" });

async function openConsole(context: BrowserContext, demo: string): Promise<Page> {
    const agent = await context.newPage();
    await agent.goto(`${demo}/agent`);
    await expect(agent.getByText("Connected")).toBeVisible();
    return agent;
}

test("a chat from a record's form, answered in the console; it goes on on another record and after a reload", async ({ page, context, demo, visit, traffic, centre }) => {
    const agent = await openConsole(context, demo);
    await visit("/");
    await page.bringToFront();
    await page.getByRole("button", { name: "Chat with an agent" }).click();
    await expect(widget(page).sendBox).toBeVisible();
    // The page has nothing of the widget but its frame, which is a process of its own.
    expect(await page.evaluate(() => document.querySelectorAll("[id^=oc-lcw]").length)).toBe(0);
    const { targetInfos } = await (await context.newCDPSession(page)).send("Target.getTargets");
    expect(targetInfos.filter(({ type }) => type === "iframe").map(({ url }) => new URL(url).hostname)).toContain("localhost");

    await agent.getByRole("navigation", { name: "Chats" }).getByRole("button", { name: USERS.alex.name }).click();
    const details = agent.getByRole("complementary", { name: "Details" });
    await expect(details.locator(".card")).toContainText(USERS.alex.name);
    await expect(details.locator("h2:has-text('Additional details') + dl")).toContainText(`Email${USERS.alex.email}`);
    await agent.getByRole("button", { name: "Accept" }).click();
    await agent.getByRole("textbox", { name: "Reply" }).fill("What can I do for you?");
    await agent.getByRole("textbox", { name: "Reply" }).press("Enter");
    await expect(widget(page).transcript("What can I do for you?")).toBeVisible();
    await widget(page).sendBox.fill("My laptop is broken.");
    await widget(page).sendBox.press("Enter");
    await expect(agent.getByRole("log", { name: "Messages" })).toContainText("My laptop is broken.");

    await page.getByRole("link", { name: "Accounts" }).click();
    await page.getByText("Litware").first().click();
    await expect(page.getByRole("button", { name: "Return to chat" })).toBeVisible();
    await page.reload();
    await expect(page.getByText("You're chatting with the helpdesk")).toBeVisible();
    await expect(widget(page).transcript("My laptop is broken.")).toBeVisible();

    await agent.getByRole("button", { name: "End conversation" }).click();
    await expect(page.getByRole("button", { name: "Start a new chat" })).toBeVisible();
    expect(await centre.conversations()).toHaveLength(1);
    expect(new Set(traffic.answered.map((url) => new URL(url).host))).toEqual(new Set([SCRIPT_HOST, ORG_HOST]));
    // Another site than the page's: what the page cannot look into.
    expect(await inFrame(page).locator("html").evaluate(() => location.hostname)).toBe("localhost");
});

/** What the next widget that is loaded meets. */
async function nextLoad(demo: string): Promise<unknown> {
    const widget = (await (await fetch(`${demo}/control/widgets/${IT_WIDGET}`)).json()) as { readonly settings: Record<string, unknown> };
    const { preChatSurvey, postChatSurvey } = widget.settings;
    const frame = await fetch(`${demo}/livechatwidget/v2public/htmls/chatv2.html`).then(() => "served", () => "blocked");
    return { preChatSurvey, postChatSurvey, frame };
}

test("the panel's settings of the contact centre are what a press meets", async ({ page, demo, visit }) => {
    await visit("/");
    await page.getByRole("banner").getByRole("button", { name: "Demo settings" }).click();
    const press = (): Promise<void> => page.getByRole("main").getByRole("button", { name: "Chat with an agent" }).click();
    const pressAndLoad = async (button: Locator): Promise<void> => {
        const loaded = page.waitForEvent("load");
        await button.click();
        await loaded;
        await expect(page.locator("html[data-ready=true]")).toBeAttached();
    };
    const change = (label: string): Promise<void> => pressAndLoad(page.getByLabel(label, { exact: true }));
    const outputs = page.locator(".readout");

    await change("Closed now");
    await press();
    await expect(outputs).toContainText("outside-operating-hours");
    await change("Closed now");

    await change("Sign-in needed");
    await press();
    await expect(outputs).toContainText("widget-requires-authentication");
    await change("Sign-in needed");

    for (const label of ["Survey before the chat", "Survey after the chat", "Chat window blocked"]) await change(label);
    expect(await nextLoad(demo)).toEqual({ preChatSurvey: true, postChatSurvey: true, frame: "blocked" });
    await pressAndLoad(page.getByRole("button", { name: "Reset the demo" }));
    expect(await nextLoad(demo)).toEqual({ preChatSurvey: false, postChatSurvey: false, frame: "served" });
});
