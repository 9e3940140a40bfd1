// Covers what can go wrong on the page in the app's navigation, by its real causes: the two codes that only a page can meet, and the control's own.
import type { Page, Route } from "@playwright/test";
import { expect, ORG_URL, SCRIPT_HOST, SCRIPT_URL, snippet, USERS } from "./fixtures";
import type { Centre } from "./fixtures";
import { CHATTING, DOCUMENT, frameOf, test, WHO } from "../page-steps";
import type { ChatPage } from "../page-steps";
import { block, deny, USER_ROWS, VARIABLES, withPolicy } from "../settings-steps";
import { emailContext, stillness } from "../steps";

/** The code is told to the user, and in the details for support. */
async function expectCode(at: ChatPage, code: string, title: string): Promise<void> {
    await expect(at.view).toContainText(title);
    await expect(at.view).toContainText(`(${code})`);
    if ((await at.view.locator("dl").count()) === 0) await at.details.click();
    await expect(at.view.locator("dd").first()).toHaveText(code);
}

/** Presses again, now that the cause is gone. */
async function expectRetry(at: ChatPage, centre: Centre): Promise<void> {
    await expect(at.action).toHaveText("Try again");
    await at.action.click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expect(at.view).toContainText(CHATTING);
}

type Answer = (route: Route) => Promise<void>;

const UNHEARD: readonly { readonly code: string; readonly title: string; readonly causes: Readonly<Record<string, Answer>> }[] = [
    {
        code: "signed-out",
        title: "You've been signed out",
        causes: {
            "401": (route) => route.fulfill({ status: 401, body: "" }),
            "a redirect to a sign-in page": (route) => route.fulfill({ status: 302, headers: { location: "https://login.microsoftonline.com/common/oauth2/authorize" } }),
            "a sign-in page in place of an answer": (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<title>Sign in</title>" }),
        },
    },
    {
        code: "web-api-blocked",
        title: "We couldn't reach Dynamics 365",
        causes: {
            "no network": (route) => route.abort(),
            "a proxy's own page": (route) => route.fulfill({ status: 403, contentType: "text/html", body: "<title>Blocked</title>" }),
            "an answer that says nobody": (route) => route.fulfill({ status: 200, json: {} }),
        },
    },
];
for (const { code, title, causes } of UNHEARD) {
    test(`${code}, by ${Object.keys(causes).join(", ")}: told at once, and a retry goes on from there`, async ({ page, visit, centre }) => {
        const at = await visit();
        for (const [cause, answer] of Object.entries(causes)) {
            await page.route(WHO, answer);
            // At once, without a press.
            await page.reload();
            await expectCode(at, code, title);
            const asked = page.waitForRequest(WHO);
            await at.action.click();
            await asked;
            await expectCode(at, code, title);
            await expect(at.microsoft, cause).toHaveCount(0);
            await page.unroute(WHO);
        }
        await expectRetry(at, centre);
    });
}

test("signed out while the page was open: the press says so in place of unreadable settings", async ({ page, visit, centre }) => {
    const signOut = (route: Route): Promise<void> => route.fulfill({ status: 401, body: "" });
    await page.route(VARIABLES, signOut);
    const at = await visit();
    await expect(at.view).toContainText("Questions?");
    await at.action.click();
    await expectCode(at, "signed-out", "You've been signed out");
    await page.unroute(VARIABLES);
    await expectRetry(at, centre);
});

test("wrong settings, settings and an address that cannot be read, a blocked script, a refused start: one after the other, each with the control's code, and then the chat", async ({ page, visit, centre, watch }) => {
    const name = (text: string): Promise<void> => centre.setVariable("cwa_ChatWidgetSnippet", text);
    await centre.setVariable("cwa_ChatPage", "requireEmail=yes");
    await name("none");
    const at = await visit({ clock: true });
    await at.action.click();
    await expectCode(at, "settings-missing", "Chat isn't set up here yet");
    await name(snippet().replace(ORG_URL, "https://hub.contoso.example"));
    await at.action.click();
    await expectCode(at, "settings-invalid", "Chat isn't set up here yet");
    await name(snippet().replace(SCRIPT_HOST, "cdn.contoso.example"));
    await at.action.click();
    await expectCode(at, "script-host-not-trusted", "Chat isn't set up here yet");

    await name(snippet());
    const allowSettings = await deny(page, VARIABLES);
    await at.action.click();
    await expectCode(at, "settings-unreadable", "We couldn't get the chat's settings");
    await allowSettings();
    const allowUser = await deny(page, USER_ROWS);
    await at.action.click();
    await expectCode(at, "email-lookup-failed", "We couldn't find your email address");
    expect(watch.microsoft).toEqual([]);
    await allowUser();

    const allowScript = await block(page, /\/livechatwidget\/scripts\//);
    await at.action.click();
    await expect
        .poll(
            async () => {
                await page.clock.runFor(1_000);
                return at.view.textContent();
            },
            { message: "given up", intervals: [20] },
        )
        .toContain("(script-unreachable)");
    await expectCode(at, "script-unreachable", "We couldn't reach the chat service");
    await allowScript();
    await centre.fault({ kind: "start", status: 500 });
    await at.action.click();
    await expectCode(at, "widget-error", "The chat has a problem");
    expect(await centre.conversations()).toEqual([]);
    await centre.clearFaults();
    await expectRetry(at, centre);
});

test("a content security policy without the script's host: told at once, with directive and host", async ({ page, visit, centre }) => {
    await withPolicy(page, "script-src 'self'", DOCUMENT);
    const at = await visit();
    await at.action.click();
    await expectCode(at, "script-blocked-by-csp", "We couldn't reach the chat service");
    await expect(at.view).toContainText(`script-src-elem https://${SCRIPT_HOST}`);
    expect(await centre.conversations()).toEqual([]);
});

test("a second script that does not come is a timeout after 30 s, and can be tried again", async ({ page, visit, centre }) => {
    await centre.fault({ kind: "second-stage", status: 404 });
    const at = await visit({ clock: true });
    const script = page.waitForEvent("requestfinished", { predicate: (request) => request.url() === SCRIPT_URL });
    await at.action.click();
    await script;
    await stillness(page, 500);
    await page.clock.fastForward(9_000);
    await expect(at.view).toContainText("This is taking longer than usual");
    await page.clock.fastForward(22_000);
    await expectCode(at, "widget-timeout", "The chat didn't get ready");
    await centre.clearFaults();
    await expectRetry(at, centre);
});

/** A layer that is ready and deaf; Microsoft's widget opens its pane at once (S). */
const DEAF = `window.Microsoft = { Omnichannel: { LiveChatWidget: { SDK: { startChat() {}, closeChat() {}, setContextProvider() {} } } } };
    window.dispatchEvent(new CustomEvent("lcw:ready"));`;

test("a widget that opens nothing is given up after 30 s", async ({ page, visit }) => {
    await page.route(SCRIPT_URL, (route) => route.fulfill({ contentType: "text/javascript", body: DEAF }));
    const at = await visit({ clock: true });
    await at.action.click();
    await expect.poll(() => frameOf(page).evaluate(() => "Microsoft" in window)).toBe(true);
    await stillness(page, 500);
    await page.clock.fastForward(31_000);
    await expectCode(at, "start-timeout", "The chat didn't start");
});

test("a widget that asks for signed-in users is told as such", async ({ visit, centre }) => {
    await centre.widget({ authenticationRequired: true });
    const at = await visit();
    await at.action.click();
    await expectCode(at, "widget-requires-authentication", "The chat has a problem");
    expect(await centre.conversations()).toEqual([]);
});

test("a network that goes while the script is on its way is offline, and the chat goes on by itself when it is back", async ({ page, visit, centre, context }) => {
    const at = await visit();
    await page.route(SCRIPT_URL, async (route) => {
        await context.setOffline(true);
        await route.abort("internetdisconnected");
    });
    await at.action.click();
    await expectCode(at, "offline", "You're offline");
    await page.unroute(SCRIPT_URL);
    await context.setOffline(false);
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expect(at.view).toContainText(CHATTING);
});

test("a closed helpdesk is told as such, with what to do instead; a link into the app opens in the app's window", async ({ page, visit, centre }) => {
    await centre.widget({ outOfOperatingHours: true, showWidgetDuringOfflineHours: true });
    await centre.setVariable("cwa_ChatPage", "closedMessage=See /main.aspx?pagetype=dashboard or https://contoso.example/help.");
    const at = await visit();
    await at.action.click();
    await expect(at.view).toContainText("The helpdesk is closed right now");
    await expect(at.view).toContainText("See /main.aspx?pagetype=dashboard or https://contoso.example/help.");
    await at.details.click();
    await expect(at.view.locator("dd").first()).toHaveText("outside-operating-hours");
    await expect(at.view.getByRole("link", { name: "https://contoso.example/help" })).toHaveAttribute("target", "_blank");
    await at.view.getByRole("link", { name: "/main.aspx" }).click();
    await expect(page).toHaveURL(/\/main\.aspx\?pagetype=dashboard$/);
});

interface Notice {
    readonly code: string;
    readonly text: string;
    /** The page's own settings. */
    readonly settings?: string;
    readonly user?: { readonly id: string };
    readonly prepare?: (page: Page) => Promise<unknown>;
    /** Whether the agent gets the address all the same. */
    readonly isKnown: boolean;
}

const NOTICES: readonly Notice[] = [
    { code: "email-missing", text: "The agent won't see who you are", user: USERS.pradeep, isKnown: false },
    { code: "email-lookup-failed", text: "The agent won't see who you are", prepare: (page) => deny(page, USER_ROWS), isKnown: false },
    { code: "contact-missing", text: "add a contact for you", settings: "contactCheck=yes", user: { id: "a1b6c0de-0005-4e5a-9d10-000000000005" }, isKnown: true },
    { code: "context-dropped", text: "Some details can't be passed on", settings: "contextVariables=Grade={user.nosuchcolumn}", isKnown: true },
];
for (const { code, text, settings = "none", user = USERS.alex, prepare, isKnown } of NOTICES) {
    test(`${code} is a notice, and the chat goes on`, async ({ page, visit, centre }) => {
        await centre.setVariable("cwa_ChatPage", settings);
        await prepare?.(page);
        const at = await visit({ user });
        await at.action.click();
        const { customContextData } = await centre.latest();
        expect("Email" in Object(customContextData)).toBe(isKnown);
        await expect(at.view).toContainText(CHATTING);
        await expect(at.view).toContainText(text);
        await at.details.click();
        await expect(at.view.locator("dd").first()).toHaveText(code);
    });
}

test("a user without an address, where one is required", async ({ visit, centre }) => {
    await centre.setVariable("cwa_ChatPage", "requireEmail=yes");
    const at = await visit({ user: USERS.pradeep });
    await at.action.click();
    await expectCode(at, "email-missing", "Your account has no email address");
    expect(await centre.conversations()).toEqual([]);
});
