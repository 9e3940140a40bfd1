// The page in the app's navigation: a document of its own in a frame, no framework, the same chat.
import type { Locator, Page } from "@playwright/test";
import { expect, frameElement, HR_WIDGET, IT_WIDGET, mount, snippet, USERS, widget } from "./fixtures";
import { CHATTING, DOCUMENT, frameOf, hold, navigation, test, WHO } from "../page-steps";
import type { ChatPage } from "../page-steps";
import { CSP_LINES, recordRefused, refused, strict } from "../policies";
import { withPolicy } from "../settings-steps";
import { action, control, emailContext, expectOutputs } from "../steps";
import { watchLine } from "../widget-steps";

declare global {
    interface Window {
        /** The directions that the page has been seen in, one after the other. */
        seen: string[];
    }
}

const languageOf = (page: Page): Promise<string> => frameOf(page).evaluate(() => document.documentElement.lang);

/** Presses, and waits for the chat in the page. */
async function press(at: ChatPage): Promise<void> {
    await at.action.click();
    await expect(at.view).toContainText(CHATTING);
    await expect(at.sendBox).toBeVisible();
}

test("a press starts a chat in the page's own document: one call for each question", async ({ page, visit, centre }) => {
    const at = await visit({ inApp: true });
    await expect(at.frame.getByRole("heading", { name: "Chat with an agent" })).toBeVisible();
    expect(await languageOf(page)).toBe("en");
    expect(await frameOf(page).title()).toBe("Chat with an agent");
    await expect(at.microsoft, "nothing of Microsoft's before intent").toHaveCount(0);
    await press(at);
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    const tables = (await centre.webApi()).map(({ table }) => table).sort();
    expect(tables).toEqual(["WhoAmI", "environmentvariabledefinition", "systemuser", "usersettings"]);
    await expect(frameElement(page)).toHaveCount(0);
});

test("the page stands there before anybody answers, and a press then is not lost", async ({ page, visit, centre }) => {
    const { asked, release } = await hold(page, "**/api/data/**");
    const at = await visit();
    await expect(at.frame.getByRole("heading", { name: "Chat with an agent" })).toBeVisible();
    await expect(at.action).toHaveText("Chat with an agent");
    // Nothing else is asked before the user is known.
    await expect.poll(() => [...asked].sort()).toEqual(["WhoAmI", "environmentvariabledefinitions"]);
    await at.action.click();
    await expect(at.view).toContainText("Connecting…");
    await expect(at.action).toHaveAttribute("aria-disabled", "true");
    expect(await centre.webApi(), "no answer so far").toEqual([]);
    release();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expect(at.view).toContainText(CHATTING);
});

test("start mode Automatic with a slow address: the first chat carries it", async ({ page, visit, centre, standIn }) => {
    await centre.setVariable("cwa_ChatPage", "startMode=automatic\nmessage=Welcome to the IT helpdesk.");
    const { asked, release } = await hold(page, "**/api/data/**/systemusers*");
    const at = await visit();
    await expect.poll(() => asked.length, "the user's row").toBe(1);
    // The widget is there and could start, and waits.
    await expect(widget(at.frame).button).toBeAttached();
    expect(standIn.callsOf("startChat")).toEqual([]);
    release();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expect(at.view).toContainText(CHATTING);
    expect(standIn.callsOf("startChat")).toHaveLength(1);
});

test("start mode Widget button: what Microsoft's button starts carries the address", async ({ visit, centre }) => {
    await centre.setVariable("cwa_ChatPage", "startMode=widgetButton");
    const at = await visit();
    await expect(widget(at.frame).button).toBeVisible();
    await widget(at.frame).button.click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expect(at.view).toContainText(CHATTING);
});

test("the next user sees no line of the chat before; nothing is loaded until they are known", async ({ page, visit, centre }) => {
    const secret = "Your new badge is ready";
    const watch = await watchLine(page, secret, () => frameOf(page));
    const at = await visit();
    await press(at);
    await centre.say((await centre.latest()).id, secret);
    await expect(widget(at.frame).transcript(secret)).toBeVisible();
    await expect.poll(async () => (await watch.seen()).length, "the watch sees").toBeGreaterThan(0);

    const { asked, release } = await hold(page, WHO);
    await visit({ user: USERS.megan });
    await at.action.click();
    await expect(at.view).toContainText("Connecting…");
    await expect.poll(() => asked.length).toBe(1);
    await expect(at.microsoft).toHaveCount(0);
    release();
    expect((await centre.latest(2)).customContextData).toEqual(emailContext(USERS.megan.email));
    await expect(at.view).toContainText(CHATTING);
    expect(watch.count(), "it came back with the widget, unseen").toBe(2);
    expect(await watch.seen()).toEqual([]);
    expect((await centre.conversations())[0]?.state).toBe("ended");
});

test("the chat is back after a reload", async ({ page, visit, centre }) => {
    const at = await visit();
    await press(at);
    await centre.say((await centre.latest()).id, "Hello Alex");
    await page.reload();
    await expect(at.view).toContainText(CHATTING);
    await expect(widget(at.frame).transcript("Hello Alex")).toBeVisible();
    expect(await centre.conversations()).toHaveLength(1);
});

test("away and back: the chat comes back, and nothing of it is left in the app", async ({ page, visit, centre }) => {
    const at = await visit({ inApp: true });
    await press(at);
    // A list has no control, so nothing brings the chat back there.
    await navigation(page, "Accounts").click();
    await expect(page.locator("iframe.web-resource")).toHaveCount(0);
    await expect(frameElement(page)).toHaveCount(0);
    await navigation(page, "Chat with an agent").click();
    await expect(at.view).toContainText(CHATTING);
    await expect(at.sendBox).toBeVisible();
    expect(await centre.conversations()).toHaveLength(1);
});

test("from the page to a form and back: one conversation, one widget", async ({ page, visit, centre, standIn }) => {
    const at = await visit({ inApp: true });
    await press(at);
    // The form's control brings the conversation back in the app's own document.
    await navigation(page, "Opportunities").click();
    await page.getByRole("link", { name: "Laboratory refrigerators" }).click();
    await expect(page.getByText(CHATTING)).toBeVisible();
    await expect(widget(page).sendBox).toBeVisible();
    // The page is a further view of it then, and has no widget of its own.
    await navigation(page, "Chat with an agent").click();
    await expect(at.view).toContainText(CHATTING);
    await standIn.userMinimizes();
    await expect(widget(page).sendBox).toBeHidden();
    await at.action.click();
    await expect(widget(page).sendBox).toBeVisible();
    await expect(at.microsoft).toHaveCount(0);
    // Gone again, the page leaves the app's chat as it is.
    await navigation(page, "Accounts").click();
    await expect(page.locator("iframe.web-resource")).toHaveCount(0);
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
    const at = await visit({ inApp: true });
    await press(at);
    const id = await beside(page, snippet());
    await expect(control(page, id)).toContainText(CHATTING);
    await expect(widget(page).sendBox).toBeVisible();
    await expect(at.view).toContainText(CHATTING);
    expect(await centre.conversations()).toHaveLength(1);
});

test("a control for another widget beside the page: each has its own conversation", async ({ page, visit, centre }) => {
    const at = await visit({ inApp: true });
    await expect(at.action).toBeVisible();
    const id = await beside(page, snippet(HR_WIDGET));
    expect((await centre.latest()).widgetId).toBe(HR_WIDGET);
    await expectOutputs(page, id, { chatState: "chatting" });
    await expect(at.view).toContainText("Questions?");
    await at.action.press("Enter");
    expect((await centre.latest(2)).widgetId).toBe(IT_WIDGET);
    await expect(at.view).toContainText(CHATTING);
    await expectOutputs(page, id, { chatState: "chatting" });
});

test("a form in one tab and the page in another: one conversation", async ({ page, visit, centre, demo, context }) => {
    const other = await context.newPage();
    await other.goto(`${demo}/?sw=off`);
    await page.bringToFront();
    await press(await visit());
    await other.bringToFront();
    await other.getByRole("button", { name: /chat/i }).click();
    await expect(widget(other).sendBox).toBeVisible();
    await expect(other.getByText(CHATTING)).toBeVisible();
    expect(await centre.conversations()).toHaveLength(1);
});

/** The widget's frame within the page, in pixels. */
const place = (page: Page): Promise<readonly number[]> =>
    frameElement(page.frameLocator("iframe.web-resource")).evaluate((frame) => {
        const { x, y, width, height } = frame.getBoundingClientRect();
        return [x, y, width, height];
    });

test("an open chat fills a phone, and stays within the view of one on its side", async ({ page, visit }) => {
    await page.setViewportSize({ width: 390, height: 760 });
    await press(await visit());
    await expect.poll(() => place(page)).toEqual([0, 0, 390, 760]);
    await page.setViewportSize({ width: 320, height: 480 });
    await expect.poll(() => place(page)).toEqual([0, 0, 320, 480]);
    await page.setViewportSize({ width: 740, height: 340 });
    // The frame stays at the lower right, where it puts itself.
    await expect.poll(() => place(page)).toEqual([360, 40, 380, 300]);
    const isNarrow = (): boolean => document.documentElement.scrollWidth <= window.innerWidth;
    expect(await frameOf(page).evaluate(isNarrow), "nothing is wider than the frame").toBe(true);
});

/** As in the page's address: the tag's attributes alone. */
const attributes = (tag: string): string => tag.replace(/^<script |><\/script>$/g, "");
const TEXTS = ' data-custom-close-button-text="Call 555-0100" data-hide-chat-button="true"';

for (const [how, data] of [
    ["its snippet's attributes", attributes(snippet(HR_WIDGET, TEXTS))],
    ["its app id alone", HR_WIDGET],
] as const) {
    test(`the address names another widget of a trusted organization, by ${how}`, async ({ visit, centre }) => {
        const at = await visit({ data });
        await at.action.click();
        const conversation = await centre.latest();
        // Nothing but the widget: an address is anybody's.
        const texts = at.frame.locator("script[data-custom-close-button-text], script[data-hide-chat-button]");
        await expect(texts).toHaveCount(0);
        expect(conversation.widgetId).toBe(HR_WIDGET);
        expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    });
}

const FOREIGN = "11111111-2222-4333-8444-555555555555";
const CRAFTED = [
    `data-app-id=${IT_WIDGET}`,
    `data-org-id=${FOREIGN}`,
    `data-org-url=https://m-${FOREIGN}.us.omnichannelengagementhub.com`,
    "startMode=automatic", "message=Call 555-0100 and tell us your password",
].join(";");

test("a crafted address: another organization is refused, texts and start mode do not count", async ({ page, visit, centre, watch }) => {
    await centre.setVariable("cwa_ChatPage", "message=Hello from IT.");
    const at = await visit({ data: CRAFTED });
    // The settings are known: now it would start.
    await expect(at.view).toContainText("Hello from IT.");
    await frameOf(page).evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
    await expect(at.view).toContainText("Hello from IT.");
    expect(watch.microsoft).toEqual([]);
    await at.action.click();
    await expect(at.view).toContainText("(organization-not-trusted)");
    await at.details.click();
    await expect(at.view).toContainText("Parameter data of the page's address");
    expect(watch.microsoft).toEqual([]);
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

test("a language from the right, under a strict policy: mirrored and spoken, with one file more", async ({ page, visit }) => {
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

test("a language from the right without texts: the page is mirrored, and speaks English", async ({ page, visit }) => {
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

    test("the page does so from the first moment, and is never seen the other way round", async ({ page, visit }) => {
        const { release } = await hold(page, "**/api/data/**");
        await page.addInitScript(() => {
            window.seen = [];
            new MutationObserver(() => {
                const direction = document.querySelector("main")?.parentElement?.getAttribute("dir");
                if (direction && window.seen.at(-1) !== direction) window.seen.push(direction);
            }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true });
        });
        const at = await visit();
        await expect(at.frame.getByRole("heading", { name: "צ'אט עם נציג" })).toBeVisible();
        expect(await frameOf(page).evaluate(() => window.seen)).toEqual(["rtl"]);
        release();
    });
});

test("a strict policy with the documented lines: the whole chat works", async ({ page, visit, centre }) => {
    // The page alone: the app around it has a policy of its own.
    await withPolicy(page, strict(CSP_LINES), DOCUMENT);
    await recordRefused(page);
    const at = await visit();
    await expect(at.action, "styled").toHaveCSS("border-top-style", "solid");
    await press(at);
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    expect(await refused(frameOf(page))).toEqual([]);
});
