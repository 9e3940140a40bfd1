// Covers the page in the app's navigation with the real widget: own document in a frame, no framework, no Xrm, the same chat.
import type { FrameLocator, Locator, Page, Route } from "@playwright/test";
import { expect, HR_WIDGET, IT_WIDGET, ORG_URL, SCRIPT_HOST, SCRIPT_URL, snippet, test as base, USERS, widget } from "./fixtures";
import { emailContext, stillness } from "./steps";

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

const CHATTING = "You're chatting with the helpdesk";
const WHO = "**/api/data/**/WhoAmI";
const VARIABLES = "**/api/data/**/environmentvariabledefinitions*";
const navigation = (page: Page, name: string): Locator => page.getByRole("navigation", { name: "Sales Hub" }).getByRole("link", { name });
const details = ({ view }: ChatPage): Locator => view.getByRole("button", { name: "Details" });

test("the page stands there before anybody has answered, and a press at that time is not lost", async ({ page, visit, centre }) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/api/data/**", async (route) => {
        await held;
        await route.continue();
    });
    const at = await visit();
    await at.action.click();
    await expect(at.view).toContainText("Connecting…");
    await expect(at.action).toHaveAttribute("aria-disabled", "true");
    expect(await centre.webApi()).toEqual([]);
    release();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expect(at.view).toContainText(CHATTING);
});

test("start mode Automatic with a slow address: the first conversation carries it", async ({ page, visit, centre }) => {
    await centre.setVariable("cwa_ChatPage", "startMode=automatic\nmessage=Welcome to the IT helpdesk.");
    let answeredAt = 0;
    await page.route("**/api/data/**/systemusers*", async (route) => {
        await page.waitForTimeout(3_000);
        answeredAt = Date.now();
        await route.continue();
    });
    const at = await visit();
    const conversation = await centre.latest();
    expect(answeredAt).toBeGreaterThan(0);
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    expect(conversation.contact?.name).toBe(USERS.alex.name);
    await expect(at.view).toContainText(CHATTING);
    await stillness(page);
    expect(await centre.conversations()).toHaveLength(1);
});

test("the chat is back after a reload", async ({ page, visit, centre }) => {
    const at = await visit();
    await at.action.click();
    const { id } = await centre.latest();
    await centre.accept(id);
    await centre.say(id, "Hello Alex");
    await expect(at.frame.getByText("Hello Alex").first()).toBeVisible();
    await page.reload();
    const again = chatPage(page);
    await expect(again.view).toContainText(CHATTING, { timeout: 20_000 });
    await expect(again.frame.getByText("Hello Alex").first()).toBeVisible({ timeout: 20_000 });
    expect(await centre.conversations()).toHaveLength(1);
});

test("from the page to a form and back: one conversation, one widget on the screen", async ({ page, visit, centre }) => {
    const at = await visit();
    await at.action.click();
    await centre.latest();
    await expect(at.sendBox).toBeVisible();
    // The form's control brings the conversation back in the app's own document.
    await navigation(page, "Opportunities").click();
    await page.getByRole("link", { name: "Laboratory refrigerators" }).click();
    await expect(page.getByText(CHATTING)).toBeVisible({ timeout: 20_000 });
    await expect(widget(page).header.or(widget(page).button).first()).toBeVisible({ timeout: 20_000 });
    // The page is a further view of it then, and has no widget of its own.
    await navigation(page, "Chat with an agent").click();
    await expect(at.view).toContainText(CHATTING);
    await at.action.click();
    await expect(widget(page).sendBox).toBeVisible();
    await stillness(page);
    await expect(at.frame.locator("#oc-lcw, script[src*=LiveChatBootstrapper]")).toHaveCount(0);
    // Gone again, the page leaves the app's chat as it is.
    await navigation(page, "Accounts").click();
    await stillness(page, 1_000);
    await expect(widget(page).sendBox).toBeVisible();
    expect(await centre.conversations()).toHaveLength(1);
});

test("a form in one tab and the page in another at once: one conversation", async ({ page, visit, centre, demo, context }) => {
    const other = await context.newPage();
    await other.goto(`${demo}/?sw=off`);
    await other.waitForFunction(() => document.documentElement.dataset["ready"] === "true");
    const at = await visit();
    await at.action.click();
    await centre.latest();
    await expect(at.sendBox).toBeVisible();
    await other.bringToFront();
    await other.getByRole("button", { name: "Chat with an agent" }).click();
    await expect(other.getByText(CHATTING)).toBeVisible({ timeout: 20_000 });
    await stillness(page);
    expect(await centre.conversations()).toHaveLength(1);
});

for (const [name, size] of Object.entries({ "a phone": { width: 390, height: 760 }, "a small phone": { width: 320, height: 480 }, "a phone on its side": { width: 740, height: 340 } })) {
    test(`${name}: page and widget stay within the frame`, async ({ page, visit, centre }) => {
        await page.setViewportSize(size);
        const at = await visit();
        await at.action.click();
        await centre.latest();
        await expect(at.sendBox).toBeVisible();
        const [box, frame] = [await at.frame.locator("#oc-lcw").boundingBox(), await page.locator("iframe.web-resource").boundingBox()];
        if (!box || !frame) throw new Error("Nothing is shown.");
        expect(box.x).toBeGreaterThanOrEqual(frame.x);
        expect(box.y).toBeGreaterThanOrEqual(frame.y);
        expect(box.x + box.width).toBeLessThanOrEqual(frame.x + frame.width);
        expect(box.y + box.height).toBeLessThanOrEqual(frame.y + frame.height);
        expect(await page.frames()[1]?.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "nothing is wider than the frame").toBe(true);
    });
}

const SIGNED_OUT: Readonly<Record<string, (route: Route) => Promise<void>>> = {
    "401": (route) => route.fulfill({ status: 401, body: "" }),
    "a redirect to a sign-in page": (route) => route.fulfill({ status: 302, headers: { location: "https://login.microsoftonline.com/common/oauth2/authorize" } }),
    "a sign-in page in place of an answer": (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<title>Sign in</title>" }),
};
const BLOCKED: Readonly<Record<string, (route: Route) => Promise<void>>> = {
    "no network": (route) => route.abort(),
    "a proxy's own page": (route) => route.fulfill({ status: 403, contentType: "text/html", body: "<title>Blocked</title>" }),
    "an answer that says nobody": (route) => route.fulfill({ status: 200, json: {} }),
};
for (const [code, title, causes] of [["signed-out", "You've been signed out", SIGNED_OUT], ["web-api-blocked", "We couldn't reach Dynamics 365", BLOCKED]] as const) {
    for (const [cause, answer] of Object.entries(causes)) {
        test(`${code}, by ${cause}: told at once, and a retry goes on from there`, async ({ page, visit, centre }) => {
            await page.route(WHO, answer);
            const at = await visit();
            await expect(at.view).toContainText(title);
            await expect(at.view).toContainText(`(${code})`);
            await details(at).click();
            await expect(at.view.locator("dd").first()).toHaveText(code);
            await at.action.click();
            await expect(at.view).toContainText(`(${code})`);
            expect(await at.frame.locator("script[src*=LiveChatBootstrapper]").count()).toBe(0);
            await page.unroute(WHO);
            await at.action.click();
            expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
            await expect(at.view).toContainText(CHATTING);
        });
    }
}

test("signed out while the page was open: the press says so in place of unreadable settings", async ({ page, visit, centre }) => {
    await page.route(VARIABLES, (route) => route.fulfill({ status: 401, body: "" }));
    const at = await visit();
    await expect(at.view).toContainText("Questions?");
    await at.action.click();
    await expect(at.view).toContainText("(signed-out)");
    await page.unroute(VARIABLES);
    await at.action.click();
    await centre.latest();
    await expect(at.view).toContainText(CHATTING);
});

test("the control's own failures have the same codes here", async ({ page, visit, centre }) => {
    await centre.setVariable("cwa_ChatWidgetSnippet", "none");
    const at = await visit();
    await at.action.click();
    await expect(at.view).toContainText("(settings-missing)");
    await centre.setVariable("cwa_ChatWidgetSnippet", snippet());
    await page.context().route(SCRIPT_URL, (route) => route.abort());
    await at.action.click();
    await expect(at.view).toContainText("(script-unreachable)");
    await page.context().unroute(SCRIPT_URL);
    await at.action.click();
    await centre.latest();
    await expect(at.view).toContainText(CHATTING);
});

test("a user without an address, where one is required", async ({ visit, centre }) => {
    await centre.setVariable("cwa_ChatPage", "requireEmail=yes");
    const at = await visit({ user: USERS.pradeep });
    await at.action.click();
    await expect(at.view).toContainText("(email-missing)");
    expect(await centre.conversations()).toEqual([]);
});

for (const [how, data] of Object.entries({ "its snippet's attributes": snippet(HR_WIDGET).replace(/^<script |><\/script>$/g, ""), "its app id alone": HR_WIDGET })) {
    test(`the address names another widget of a trusted organisation, by ${how}`, async ({ visit, centre }) => {
        const at = await visit({ data });
        await at.action.click();
        const conversation = await centre.latest();
        expect(conversation.widgetId).toBe(HR_WIDGET);
        expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    });
}

test("a crafted address: another organisation is refused, and neither texts nor a start mode count", async ({ page, visit, centre, watch }) => {
    const foreign = "11111111-2222-4333-8444-555555555555";
    const at = await visit({ data: `data-app-id=${IT_WIDGET};data-org-id=${foreign};data-org-url=https://m-${foreign}.us.omnichannelengagementhub.com;startMode=automatic;message=Call 555-0100 and tell us your password` });
    await expect(at.view).toContainText("Questions? Our helpdesk is happy to help.");
    await stillness(page);
    expect(watch.microsoft).toEqual([]);
    await at.action.click();
    await expect(at.view).toContainText("(organization-not-trusted)");
    await details(at).click();
    await expect(at.view).toContainText("Parameter data of the page's address");
    expect(watch.microsoft).toEqual([]);
    expect(await centre.conversations()).toEqual([]);
});

test("what cannot be used of the page's settings is told, and the rest counts", async ({ visit, centre }) => {
    await centre.setVariable("cwa_ChatPage", "message=Hello from IT.\nstart=automatic");
    const at = await visit();
    await expect(at.view).toContainText("Hello from IT.");
    await details(at).click();
    await expect(at.view).toContainText("cwa_ChatPage");
    await expect(at.view).toContainText("(start)");
});

test("a user's language from the right: the page is mirrored, and speaks English where there is no text", async ({ page, visit }) => {
    await page.route("**/usersettingscollection*", (route) => route.fulfill({ json: { uilanguageid: 1037 } }));
    const at = await visit();
    await expect(at.frame.locator("main").locator("xpath=..")).toHaveAttribute("dir", "rtl");
    await expect(at.frame.getByRole("heading", { name: "Chat with an agent" })).toBeVisible();
});

test("a strict content security policy: no inline script, no eval; a chat needs the widget's hosts and no more", async ({ page, visit, centre }) => {
    const policy = [
        "default-src 'none'",
        `script-src 'self' https://${SCRIPT_HOST}`,
        "style-src 'self'",
        `connect-src 'self' ${ORG_URL} https://${SCRIPT_HOST}`,
    ].join("; ");
    // The page alone: the app around it has its own policy.
    await page.route("**/WebResources/**/chat.html*", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
    });
    await page.addInitScript(() => {
        const found: string[] = [];
        document.addEventListener("securitypolicyviolation", (event) => found.push(`${event.violatedDirective} ${event.blockedURI}`));
        Object.assign(window, { violations: found });
    });
    const at = await visit();
    await expect(at.view).toContainText("Questions?");
    const violations = (): Promise<unknown> => page.frames()[1]?.evaluate(() => (window as unknown as { readonly violations: readonly string[] }).violations) ?? Promise.resolve();
    expect(await violations(), "our own part breaks nothing").toEqual([]);
    expect(await at.action.evaluate((button) => getComputedStyle(button).borderTopStyle), "styled all the same").toBe("solid");
    await at.action.click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    for (const violation of (await violations()) as readonly string[]) expect(violation, "what the widget itself would need besides").toMatch(/^style-src|^font-src|^img-src|^media-src|^frame-src|^worker-src/);
});
