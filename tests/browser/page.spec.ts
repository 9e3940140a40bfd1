// Covers the page in the app's navigation with the real widget: own document in a frame, no framework, no Xrm, the same chat.
import type { Locator, Page } from "@playwright/test";
import { expect, HR_WIDGET, IT_WIDGET, mount, snippet, USERS, widget } from "./fixtures";
import { CHATTING, DOCUMENT, frameOf, hold, navigation, test, WHO } from "../page-steps";
import type { ChatPage } from "../page-steps";
import { CSP_LINES, strict } from "../policies";
import { withPolicy } from "../settings-steps";
import { action, control, emailContext, expectOutputs, stillness } from "../steps";

test("a chat from the page, with the contact linked: a document of its own, without Xrm, one call for each question", async ({ page, visit, centre }) => {
    const at = await visit();
    await expect(at.frame.getByRole("heading", { name: "Chat with an agent" })).toBeVisible();
    expect(await frameOf(page).evaluate(() => ["Xrm" in window, document.documentElement.lang, document.title])).toEqual([false, "en", "Chat with an agent"]);
    await expect(at.microsoft, "nothing of Microsoft's before intent").toHaveCount(0);

    await at.action.click();
    const conversation = await centre.latest();
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    expect(conversation.contact?.name).toBe(USERS.alex.name);
    await expect(at.sendBox).toBeVisible();
    await expect(at.view).toContainText(CHATTING);
    expect((await centre.webApi()).map(({ table }) => table).sort()).toEqual(["WhoAmI", "environmentvariabledefinition", "systemuser", "usersettings"]);
    await expect(widget(page).header, "the widget lives in the page's own document").toHaveCount(0);
});

test("the page stands there before anybody has answered, and a press at that time is not lost", async ({ page, visit, centre }, info) => {
    const { asked, release } = await hold(page, "**/api/data/**");
    const at = await visit();
    await expect(at.frame.getByRole("heading", { name: "Chat with an agent" })).toBeVisible();
    await expect(at.action).toHaveText("Chat with an agent");
    await expect.poll(() => [...asked].sort(), "what the page asks before it knows the user").toEqual(["WhoAmI", "environmentvariabledefinitions"]);
    expect(await centre.webApi(), "no answer so far").toEqual([]);
    const painted = await frameOf(page).evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
    expect(painted, "painted by the browser").toBeGreaterThan(0);
    // A figure to be read, not asserted: it is the computer's as much as the page's.
    info.annotations.push({ type: "first contentful paint with every look-up held", description: `${Math.round(painted ?? 0)} ms` });

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
    const { asked, release } = await hold(page, "**/api/data/**/systemusers*");
    const at = await visit();
    await expect.poll(() => asked.length, "the user's row").toBe(1);
    // The widget is there and could start, and waits.
    await expect(at.frame.locator("#oc-lcw")).toBeAttached();
    await stillness(page);
    expect(await centre.conversations()).toEqual([]);
    release();
    const conversation = await centre.latest();
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    expect(conversation.contact?.name).toBe(USERS.alex.name);
    await expect(at.view).toContainText(CHATTING);
    await stillness(page);
    expect(await centre.conversations()).toHaveLength(1);
});

test("start mode Widget button: Microsoft's button comes by itself, and a conversation that it starts carries the address", async ({ page, visit, centre }) => {
    await centre.setVariable("cwa_ChatPage", "startMode=widgetButton");
    const at = await visit();
    const button = at.frame.locator("#oc-lcw-chat-button");
    await expect(button).toBeVisible();
    expect(await centre.conversations()).toEqual([]);
    await button.click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expect(at.view).toContainText(CHATTING);
    await expect(widget(page).button, "in the page's own document").toHaveCount(0);
});

test("the next user of the browser sees no line of the chat before, and gets one of their own; nothing is loaded before the page knows who that is", async ({ page, visit, centre }) => {
    const at = await visit();
    await at.action.click();
    const { id } = await centre.latest();
    await centre.accept(id);
    await centre.say(id, "Your new badge is ready");
    await expect(at.frame.getByText("Your new badge is ready").first()).toBeVisible();
    const { release } = await hold(page, WHO);
    await visit({ user: USERS.megan });
    await at.action.click();
    await stillness(page, 2_500);
    await expect(at.frame.locator("script[src*=LiveChatBootstrapper]")).toHaveCount(0);
    release();
    const conversation = await centre.latest(2);
    expect(conversation.customContextData).toEqual(emailContext(USERS.megan.email));
    await expect(at.sendBox).toBeVisible();
    await expect(at.frame.getByText("Your new badge is ready")).toHaveCount(0);
    expect((await centre.conversations())[0]?.state).toBe("ended");
});

test("the chat is back after a reload", async ({ page, visit, centre }) => {
    const at = await visit();
    await at.action.click();
    const { id } = await centre.latest();
    await centre.accept(id);
    await centre.say(id, "Hello Alex");
    await expect(at.frame.getByText("Hello Alex").first()).toBeVisible();
    await page.reload();
    await expect(at.view).toContainText(CHATTING);
    await expect(at.frame.getByText("Hello Alex").first()).toBeVisible();
    expect(await centre.conversations()).toHaveLength(1);
});

test("away and back again and again: the chat comes back to the page, and nothing of it is left in the app", async ({ page, visit, centre }) => {
    const at = await visit();
    await at.action.click();
    await centre.latest();
    await expect(at.sendBox).toBeVisible();
    for (const elsewhere of ["Accounts", "Contacts"]) {
        // A list has no control, so nothing brings the chat back there.
        await navigation(page, elsewhere).click();
        await expect(page.locator("iframe.web-resource")).toHaveCount(0);
        await expect(page.locator("#oc-lcw, script[src*=LiveChatBootstrapper]")).toHaveCount(0);
        await navigation(page, "Chat with an agent").click();
        await expect(at.view).toContainText(CHATTING);
        await expect(at.sendBox).toBeVisible();
    }
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
    await expect(page.getByText(CHATTING)).toBeVisible();
    await expect(widget(page).header.or(widget(page).button).first()).toBeVisible();
    // The page is a further view of it then, and has no widget of its own.
    await navigation(page, "Chat with an agent").click();
    await expect(at.view).toContainText(CHATTING);
    await at.action.click();
    await expect(widget(page).sendBox).toBeVisible();
    await stillness(page);
    await expect(at.microsoft).toHaveCount(0);
    // Gone again, the page leaves the app's chat as it is.
    await navigation(page, "Accounts").click();
    await stillness(page, 1_000);
    await expect(widget(page).sendBox).toBeVisible();
    expect(await centre.conversations()).toHaveLength(1);
});

/** A control in the app's own document while the page is open, as a side pane's would be, once it is pressed. */
async function beside(page: Page, widgetSnippet: string): Promise<number> {
    const id = await mount(page, { properties: { widgetSnippet } });
    // With the key: the page's frame takes all the room.
    await action(page, id).press("Enter");
    return id;
}

test("a control beside the page at the same time: one conversation, shown in both", async ({ page, visit, centre }) => {
    const at = await visit();
    await at.action.click();
    await centre.latest();
    await expect(at.sendBox).toBeVisible();
    const id = await beside(page, snippet());
    await expect(control(page, id)).toContainText(CHATTING);
    await expect(widget(page).sendBox).toBeVisible();
    await stillness(page);
    await expect(at.view).toContainText(CHATTING);
    expect(await centre.conversations()).toHaveLength(1);
});

test("a control beside the page that is for another widget: each has its own conversation", async ({ page, visit, centre }) => {
    const at = await visit();
    await expect(at.action).toBeVisible();
    const id = await beside(page, snippet(HR_WIDGET));
    expect((await centre.latest()).widgetId).toBe(HR_WIDGET);
    await expectOutputs(page, id, { chatState: "chatting" });
    await navigation(page, "Chat with an agent").click();
    await expect(at.view).toContainText("Questions?");
    await at.action.press("Enter");
    expect((await centre.latest(2)).widgetId).toBe(IT_WIDGET);
    await expect(at.view).toContainText(CHATTING);
    await expectOutputs(page, id, { chatState: "chatting" });
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
    await expect(other.getByText(CHATTING)).toBeVisible();
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
        const [box, frame] = [await at.frame.locator("#Microsoft_Omnichannel_LCWidget_Chat_Iframe_Window").boundingBox(), await page.locator("iframe.web-resource").boundingBox()];
        if (!box || !frame) throw new Error("Nothing is shown.");
        expect(box.x).toBeGreaterThanOrEqual(frame.x);
        expect(box.y).toBeGreaterThanOrEqual(frame.y);
        expect(box.x + box.width).toBeLessThanOrEqual(frame.x + frame.width);
        expect(box.y + box.height).toBeLessThanOrEqual(frame.y + frame.height);
        expect(await frameOf(page).evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "nothing is wider than the frame").toBe(true);
    });
}

for (const [how, data] of Object.entries({ "its snippet's attributes": snippet(HR_WIDGET, ' data-custom-close-button-text="Call 555-0100" data-hide-chat-button="true"').replace(/^<script |><\/script>$/g, ""), "its app id alone": HR_WIDGET })) {
    test(`the address names another widget of a trusted organisation, by ${how}`, async ({ visit, centre }) => {
        const at = await visit({ data });
        await at.action.click();
        const conversation = await centre.latest();
        // Nothing but the widget: an address is anybody's.
        await expect(at.frame.locator("script[data-custom-close-button-text], script[data-hide-chat-button]")).toHaveCount(0);
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
    await at.details.click();
    await expect(at.view).toContainText("Parameter data of the page's address");
    expect(watch.microsoft).toEqual([]);
    expect(await centre.conversations()).toEqual([]);
});

test("what cannot be used of the page's settings is told, and the rest counts", async ({ visit, centre }) => {
    await centre.setVariable("cwa_ChatPage", "message=Hello from IT.\nstart=automatic");
    const at = await visit();
    await expect(at.view).toContainText("Hello from IT.");
    await at.details.click();
    await expect(at.view).toContainText("cwa_ChatPage");
    await expect(at.view).toContainText("(start)");
});

/** The user's language, as Dataverse has it; the browser's is English. */
async function speak(page: Page, uilanguageid: number): Promise<void> {
    await page.route("**/usersettingscollection*", (route) => route.fulfill({ json: { uilanguageid } }));
}
const direction = (at: ChatPage): Locator => at.frame.locator("main").locator("xpath=..");
const languageOf = (page: Page): Promise<string> => frameOf(page).evaluate(() => document.documentElement.lang);

test("a user's language from the right, under a strict policy: the page is mirrored and speaks it, with one file more", async ({ page, visit }) => {
    await withPolicy(page, strict(CSP_LINES), DOCUMENT);
    const fetched: string[] = [];
    page.on("request", (request) => fetched.push(/\/(texts\/.*)$/.exec(request.url())?.[1] ?? ""));
    await speak(page, 1037);
    const at = await visit();
    await expect(at.frame.getByRole("heading", { name: "צ'אט עם נציג" })).toBeVisible();
    await expect(direction(at)).toHaveAttribute("dir", "rtl");
    expect(await languageOf(page)).toBe("he");
    expect(fetched.filter(Boolean)).toEqual(["texts/1037.js"]);
});

test("a language from the right that there are no texts for: the page is mirrored, and speaks English", async ({ page, visit }) => {
    await speak(page, 1065);
    const at = await visit();
    await expect(direction(at)).toHaveAttribute("dir", "rtl");
    await expect(at.frame.getByRole("heading", { name: "Chat with an agent" })).toBeVisible();
    expect(await languageOf(page)).toBe("en");
});

test("a language whose texts do not come: the page speaks English", async ({ page, visit }) => {
    let refused = 0;
    await page.route("**/texts/*.js", (route) => {
        refused++;
        return route.fulfill({ status: 404, contentType: "text/html", body: "Not found." });
    });
    await speak(page, 1031);
    const at = await visit();
    await expect.poll(() => refused).toBeGreaterThan(0);
    await expect(at.view).toContainText("Questions?");
    expect(await languageOf(page)).toBe("en");
});

test.describe("in a browser that speaks Hebrew", () => {
    test.use({ locale: "he-IL" });

    test("the page does so from the first moment, before anybody has answered, and is never seen the other way round", async ({ page, visit }) => {
        const { release } = await hold(page, "**/api/data/**");
        await page.addInitScript(() => {
            const seen: string[] = [];
            Object.assign(window, { seen });
            new MutationObserver(() => {
                const now = `${document.querySelector("main")?.parentElement?.getAttribute("dir") ?? ""} ${document.querySelector("h1")?.textContent ?? ""}`;
                if (now !== " " && seen.at(-1) !== now) seen.push(now);
            }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
        });
        const at = await visit();
        await expect(at.frame.getByRole("heading", { name: "צ'אט עם נציג" })).toBeVisible();
        expect(await frameOf(page).evaluate(() => (window as unknown as { readonly seen: readonly string[] }).seen.filter((one) => !one.startsWith("rtl ")))).toEqual([]);
        release();
    });
});

test("a strict content security policy with the lines that administrators are told to add: the whole chat works, without inline script and eval", async ({ page, visit, centre }) => {
    // The page alone: the app around it has a policy of its own.
    await withPolicy(page, strict(CSP_LINES), DOCUMENT);
    await page.addInitScript(() => {
        const refused: string[] = [];
        Object.assign(window, { refused });
        document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => refused.push(`${effectiveDirective} ${blockedURI}`));
    });
    const refused = (): Promise<readonly string[]> => frameOf(page).evaluate(() => (window as unknown as { readonly refused: readonly string[] }).refused);
    const at = await visit();
    await expect(at.view).toContainText("Questions?");
    expect(await refused(), "our own part asks for nothing besides").toEqual([]);
    await expect(at.action, "styled").toHaveCSS("border-top-style", "solid");
    await at.action.click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expect(at.sendBox).toBeVisible();
    // A library in the widget tries whether it may evaluate text, and goes on without.
    expect([...new Set(await refused())].filter((what) => what !== "script-src eval")).toEqual([]);
});
