// What can go wrong on the page in the app's navigation, by its real causes: the page's own two codes, and the control's.
import type { Page, Route } from "@playwright/test";
import { expect, frameElement, IT_WIDGET, ORG_URL, SCRIPT_HOST, SCRIPT_URL, snippet, USERS } from "./fixtures";
import type { Centre } from "./fixtures";
import { CHATTING, DOCUMENT, test, WHO } from "../page-steps";
import type { ChatPage } from "../page-steps";
import { deny, USER_ROWS, VARIABLES, withPolicy } from "../settings-steps";
import { emailContext } from "../steps";

/** The code is told to the user, and in the details for support. */
async function expectCode(at: ChatPage, code: string, title: string): Promise<void> {
    await expect(at.view).toContainText(title);
    await expect(at.view).toContainText(`(${code})`);
    if ((await at.view.locator("dl").count()) === 0) await at.details.click();
    await expect(at.view.locator("dd").first()).toHaveText(code);
}

const SIGN_IN = "https://login.microsoftonline.com/common/oauth2/authorize";

/** Presses again, now that the cause is gone. */
async function expectRetry(at: ChatPage, centre: Centre): Promise<void> {
    await expect(at.action).toHaveText("Try again");
    await at.action.click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expect(at.view).toContainText(CHATTING);
}

type Answer = (route: Route) => Promise<void>;

type Unheard = readonly [code: string, title: string, answer: Answer];

const signedOut = (answer: Answer): Unheard => ["signed-out", "You've been signed out", answer];
const blocked = (answer: Answer): Unheard => ["web-api-blocked", "We couldn't reach Dynamics 365", answer];

/** What may come before the page knows the user, one after the other: each code takes the other's place. */
const UNHEARD = [
    signedOut((route) => route.fulfill({ status: 401, body: "" })),
    // No network.
    blocked((route) => route.abort()),
    signedOut((route) => route.fulfill({ status: 302, headers: { location: SIGN_IN } })),
    // A proxy's own page.
    blocked((route) => route.fulfill({ status: 403, contentType: "text/html", body: "<title>Blocked</title>" })),
    // A sign-in page in place of an answer.
    signedOut((route) => route.fulfill({ contentType: "text/html", body: "<title>Sign in</title>" })),
    // Nobody.
    blocked((route) => route.fulfill({ json: {} })),
];

test("a Web API that does not say who the user is: told at once, and a retry works", async ({ page, visit, centre }) => {
    const given = { at: 0 };
    await page.route(WHO, (route) => UNHEARD[given.at]?.[2](route) ?? route.continue());
    const at = await visit();
    for (const [code, title] of UNHEARD) {
        // The first without a press.
        await expectCode(at, code, title);
        await expect(at.microsoft).toHaveCount(0);
        given.at++;
        if (given.at < UNHEARD.length) await at.action.click();
    }
    await expectRetry(at, centre);
});

test("signed out while the page was open: the press says so", async ({ page, visit, centre }) => {
    const signOut = (route: Route): Promise<void> => route.fulfill({ status: 401, body: "" });
    await page.route(VARIABLES, signOut);
    const at = await visit();
    await expect(at.view).toContainText("Questions?");
    await at.action.click();
    await expectCode(at, "signed-out", "You've been signed out");
    await page.unroute(VARIABLES);
    await expectRetry(at, centre);
});

test("what fails on the way to a chat is told in turn", async ({ page, visit, centre, standIn, watch }) => {
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

    standIn.fault({ kind: "script", blocked: true });
    await at.action.click();
    const told = async (): Promise<string | null> => {
        await page.clock.runFor(1_000);
        return at.view.textContent();
    };
    await expect.poll(told, { message: "given up", intervals: [20] }).toContain("(script-unreachable)");
    await expectCode(at, "script-unreachable", "We couldn't reach the chat service");
    standIn.clearFaults();
    standIn.change(IT_WIDGET, { ready: "error" });
    await at.action.click();
    await expectCode(at, "widget-error", "The chat has a problem");
    expect(await centre.conversations()).toEqual([]);
    standIn.change(IT_WIDGET, { ready: "yes" });
    await expectRetry(at, centre);
});

test("a policy without the script's host: told at once, with directive and host", async ({ page, visit, centre }) => {
    await withPolicy(page, "script-src 'self'", DOCUMENT);
    const at = await visit();
    await at.action.click();
    await expectCode(at, "script-blocked-by-csp", "We couldn't reach the chat service");
    await expect(at.view).toContainText(`script-src-elem https://${SCRIPT_HOST}`);
    expect(await centre.conversations()).toEqual([]);
});

test("a frame that never answers is told after 30 s, and can be tried again", async ({ page, visit, centre, standIn }) => {
    standIn.fault({ kind: "frame", hang: true });
    const at = await visit({ clock: true });
    await at.action.click();
    await expect(frameElement(at.frame)).toBeAttached();
    await page.clock.fastForward(31_000);
    await expectCode(at, "widget-timeout", "The chat didn't get ready");
    standIn.clearFaults();
    await expectRetry(at, centre);
});

test("a network that goes while the script is on its way: offline, and the chat comes with it", async ({ page, visit, centre, context }) => {
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

test("a closed helpdesk: what to do instead, and a link into the app opens in its window", async ({ page, visit, centre }) => {
    await centre.widget({ outOfOperatingHours: true, showWidgetDuringOfflineHours: true });
    const closed = "See /main.aspx?pagetype=dashboard or https://contoso.example/help.";
    await centre.setVariable("cwa_ChatPage", `closedMessage=${closed}`);
    const at = await visit();
    await at.action.click();
    await expect(at.view).toContainText("The helpdesk is closed right now");
    await expect(at.view).toContainText(closed);
    await at.details.click();
    await expect(at.view.locator("dd").first()).toHaveText("outside-operating-hours");
    await expect(at.view.getByRole("link", { name: "https:" })).toHaveAttribute("target", "_blank");
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

const UNSEEN = "The agent won't see who you are";
const denyUsers: Notice["prepare"] = (page) => deny(page, USER_ROWS);
/** A user whose address no contact has. */
const STRANGER = { id: "a1b6c0de-0005-4e5a-9d10-000000000005" };
const UNKNOWN_COLUMN = "contextVariables=Grade={user.nosuchcolumn}";

const NOTICES: readonly Notice[] = [
    { code: "email-missing", text: UNSEEN, user: USERS.pradeep, isKnown: false },
    { code: "email-lookup-failed", text: UNSEEN, prepare: denyUsers, isKnown: false },
    { code: "contact-missing", text: "add a contact for you", settings: "contactCheck=yes", user: STRANGER, isKnown: true },
    { code: "context-dropped", text: "Some details can't be passed on", settings: UNKNOWN_COLUMN, isKnown: true },
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
