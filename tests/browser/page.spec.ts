// Covers the page in the app's navigation with the real widget: own document in a frame, no framework, no Xrm, the same chat.
import type { FrameLocator, Locator, Page } from "@playwright/test";
import { expect, test as base, USERS, widget } from "./fixtures";
import { emailContext } from "./steps";

interface ChatPage {
    readonly frame: FrameLocator;
    /** What the page says of the chat. */
    readonly view: Locator;
    readonly action: Locator;
    readonly sendBox: Locator;
}

function chatPage(page: Page): ChatPage {
    const frame = page.frameLocator("iframe.web-resource");
    const view = frame.locator("main [data-tone]");
    return { frame, view, action: view.getByRole("button").first(), sendBox: frame.locator('textarea[data-testid="send box text area"]') };
}

interface Visit {
    readonly data?: string;
    readonly user?: { readonly id: string };
    readonly page?: Page;
}

const ADDRESS = "/main.aspx?pagetype=webresource&webresourceName=cwa_/chat-with-agent/chat.html&sw=off";

const test = base.extend<{ visit: (options?: Visit) => Promise<ChatPage> }>({
    visit: async ({ page, demo, watch, centre }, use, info) => {
        const errors: string[] = [];
        page.on("pageerror", (error) => errors.push(error.message));
        await use(async ({ data, user = USERS.alex, page: target = page } = {}) => {
            await target.context().addCookies([{ name: "demoUser", value: user.id, url: demo }]);
            await target.goto(`${demo}${ADDRESS}${data === undefined ? "" : `&data=${encodeURIComponent(data)}`}`);
            return chatPage(target);
        });
        if (info.status !== info.expectedStatus) await info.attach("console and contact centre", { body: JSON.stringify({ console: watch.console, requests: await centre.requests() }, null, 1), contentType: "application/json" });
        expect(errors).toEqual([]);
    },
});

test("a chat from the page, with the contact linked: a document of its own, without Xrm, one call for each question", async ({ page, visit, centre }) => {
    const at = await visit();
    await expect(at.frame.getByRole("heading", { name: "Chat with an agent" })).toBeVisible();
    expect(await page.frames()[1]?.evaluate(() => ["Xrm" in window, document.documentElement.lang, document.title])).toEqual([false, "en", "Chat with an agent"]);
    expect(await at.frame.locator("script[src*=LiveChatBootstrapper]").count(), "nothing of Microsoft's before intent").toBe(0);

    await at.action.click();
    const conversation = await centre.latest();
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    expect(conversation.contact?.name).toBe(USERS.alex.name);
    await expect(at.sendBox).toBeVisible();
    await expect(at.view).toContainText("You're chatting with the helpdesk");
    expect((await centre.webApi()).map(({ table }) => table).sort()).toEqual(["WhoAmI", "environmentvariabledefinition", "systemuser", "usersettings"]);
    await expect(widget(page).header, "the widget lives in the page's own document").toHaveCount(0);
});
