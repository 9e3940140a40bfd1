// The codes by their real causes that no other spec makes: policies, sign-in, no network, no storage, a second host, and a service that answers wrongly.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { chromium } from "@playwright/test";
import { findBrowser } from "../../tools/browser.mjs";
import { destroy, events, expect, expectState, HR_WIDGET, IT_WIDGET, mount, ORG, ORG_HOST, SCRIPT_HOST, SCRIPT_URL, snippet, test, USERS } from "./fixtures";
import type { Centre } from "./fixtures";
import type { Fault } from "../stand-in/server";
import { StandIn } from "../stand-in/driver";
import { strictWithout } from "../policies";
import { action, chat, control, emailContext, expectOutputs, scriptTags, stillness } from "../steps";
import { detail, details, expectGivenUp, typed, withPolicy } from "../settings-steps";

/** What support is told: code, time and version always, the script's host where a widget was found; nothing of the user, and nothing that names the widget. */
async function expectDetails(page: Page, id: number, code: string, cause = ""): Promise<void> {
    const told = Object.fromEntries((await details(page, id)).map(({ term, description }) => [term, description]));
    expect(told).toMatchObject({ Code: code, "Widget script": `${SCRIPT_HOST} (prod)`, Version: "0.1.0" });
    expect(told["Time"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(told["Cause"] ?? "").toBe(cause);
    // The address that a policy lacks is what the administrator has to add, and holds the organisation's id.
    delete told["Cause"];
    expect((told["For your administrator"] ?? "").length).toBeGreaterThan(40);
    for (const value of [USERS.alex.email, USERS.alex.id, USERS.alex.name, IT_WIDGET, ORG]) expect(JSON.stringify(told)).not.toContain(value);
}

/** Presses again and expects one chat with the user's address. */
async function expectRetry(page: Page, centre: Centre, id: number): Promise<void> {
    await action(page, id).click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
}

for (const [directive, cause] of [
    ["script-src", `script-src-elem https://${SCRIPT_HOST}`],
    ["frame-src", `frame-src https://${SCRIPT_HOST}`],
] as const) {
    test(`a policy without the line for ${directive} is told at once, and not tried again by itself`, async ({ page, open, watch }) => {
        await page.clock.install();
        await withPolicy(page, strictWithout(directive));
        await open();
        const id = await mount(page, { properties: { widgetSnippet: snippet() } });
        await action(page, id).click();
        await expectOutputs(page, id, { chatState: "failed", errorCode: "script-blocked-by-csp" });
        await expect(control(page, id).getByRole("alert")).toContainText("We couldn't reach the chat service");
        await expectDetails(page, id, "script-blocked-by-csp", cause);
        const asked = watch.microsoft.length;
        await page.clock.runFor(60_000);
        expect(watch.microsoft).toHaveLength(asked);
        expect(await events(page, id)).toEqual(["ChatFailed"]);
    });
}

test("a policy that lets nobody ask the organization costs the configuration, not the chat", async ({ page, open, standIn }) => {
    await withPolicy(page, strictWithout("connect-src"));
    await open();
    const id = await mount(page);
    await action(page, id).click();
    await standIn.latest();
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
    expect(standIn.requests.filter(({ kind }) => kind === "config")).toEqual([]);
});

/** What the organization may answer in place of a configuration: nothing is known then, and the chat goes on. */
const UNKNOWN: Record<string, Omit<Fault, "kind">> = {
    "an error": { status: 500 },
    "a page": { body: "<!doctype html><title>Sign in</title>", type: "text/html" },
    "nothing": { body: "" },
    "a number": { body: "0" },
    "null": { body: "null" },
    "half an object": { body: '{"LiveWSAndLiveChatEngJoin": {"OutOfOperatingHours": "Tr' },
    "wrong types": { body: '{"LiveWSAndLiveChatEngJoin": {"OutOfOperatingHours": ["True"], "ShowWidget": {}}, "LiveChatConfigAuthSettings": 7}' },
    "a closed connection": { blocked: true },
    "nothing for 3 s": { hang: true },
};

for (const [name, fault] of Object.entries(UNKNOWN)) {
    test(`a configuration answer that is ${name} never keeps a chat from starting`, async ({ page, open, standIn }) => {
        standIn.fault({ kind: "config", ...fault });
        await open();
        const id = await mount(page);
        await action(page, id).click();
        await standIn.latest();
        await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
    });
}

test("a widget that nobody knows is told, and no chat of it is started", async ({ page, open, standIn, watch }) => {
    await open();
    standIn.fault({ kind: "config", status: 404, times: 1 });
    const id = await mount(page, { properties: typed("00000000-0000-4000-8000-000000000001") });
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-not-found" });
    await expectDetails(page, id, "widget-not-found");
    expect(await events(page, id)).toEqual(["ChatFailed"]);
    expect(standIn.callsOf("startChat")).toEqual([]);
    expect(watch.microsoft.filter((url) => url.includes("/config/"))).toHaveLength(1);
});

test("a closed contact centre is told with the maker's words, and asked again by a press", async ({ page, open, standIn }) => {
    standIn.change(IT_WIDGET, { outOfOperatingHours: true });
    await open();
    const id = await mount(page, { properties: { closedMessage: "Call 555-0100 or write to https://help.contoso.example/new" } });
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "unavailable", errorCode: "outside-operating-hours" });
    await expect(control(page, id)).toContainText("Call 555-0100");
    await expect(control(page, id).getByRole("link")).toHaveAttribute("href", "https://help.contoso.example/new");
    await expectDetails(page, id, "outside-operating-hours");
    expect(await events(page, id)).toEqual([]);
    expect(standIn.calls).toEqual([]);
    standIn.change(IT_WIDGET, { outOfOperatingHours: false });
    await action(page, id).click();
    await standIn.latest();
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
});

test("a closed widget's code is its own: another widget on the page is not told so", async ({ page, open, standIn }) => {
    standIn.change(IT_WIDGET, { outOfOperatingHours: true });
    await open({ user: USERS.pradeep });
    const id = await mount(page);
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "unavailable", errorCode: "outside-operating-hours" });
    const other = await mount(page, { properties: typed(HR_WIDGET) });
    await expectOutputs(page, other, { errorCode: "widget-conflict" });
});

for (const [name, prepare] of [
    ["by its configuration", () => undefined],
    ["by its error, where nothing is known beforehand", (standIn: StandIn) => standIn.fault({ kind: "config", status: 500 })],
] as const) {
    test(`a widget that asks for signed-in users is told as such, once: ${name}`, async ({ page, open, standIn }) => {
        standIn.change(IT_WIDGET, { authenticationRequired: true });
        prepare(standIn);
        await open();
        const id = await mount(page);
        await action(page, id).click();
        await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-requires-authentication" });
        expect(await detail(page, id, "Code")).toBe("widget-requires-authentication");
        expect(await events(page, id)).toEqual(["ChatFailed"]);
        expect(standIn.conversations).toEqual([]);
    });
}

test("a start that the service refuses is the widget's error, and the next press asks again", async ({ page, open, centre, standIn }) => {
    await open();
    const id = await mount(page, { properties: { startMode: "widgetButton" } });
    await expectState(page, id, "ready");
    await standIn.hold();
    await action(page, id).click();
    await standIn.call("startChat");
    await standIn.raise("lcw:error", { errorDescription: "The conversation could not be started." });
    await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-error" });
    expect(await events(page, id)).toEqual(["ChatFailed"]);
    await standIn.release();
    await expectRetry(page, centre, id);
});

test("a cold start that takes 20 s is told as slow at 8 s, and still succeeds", async ({ page, open, standIn }) => {
    await page.clock.install();
    await open();
    standIn.fault({ kind: "script", hang: true });
    const id = await mount(page);
    await action(page, id).click();
    await page.waitForSelector("script#Microsoft_Omnichannel_LCWidget", { state: "attached" });
    await page.clock.fastForward(8_500);
    await expect(control(page, id)).toContainText("We're still trying.");
    await page.clock.fastForward(11_000);
    await expectOutputs(page, id, { chatState: "loading", errorCode: "" });
    standIn.answerHanging();
    await standIn.latest();
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
    expect(await events(page, id)).toEqual(["ChatStarted"]);
});

const SECOND_HOST = "ocprodocprodnamgs.blob.core.windows.net";
const SECOND_URL = SCRIPT_URL.replace(SCRIPT_HOST, SECOND_HOST);
/** As the admin centre writes it since 2025 (P). */
const WITH_SECOND = snippet(IT_WIDGET, ` onerror="(() => { const s = this; s.remove(); const n = document.createElement('script'); n.src = '${SECOND_URL}'; document.head.append(n); })()"`);

/** The hosts of which the widget's script or frame was asked, in order. */
const hostsOf = (standIn: StandIn, wanted: "script" | "frame"): string[] => standIn.requests.filter(({ kind }) => kind === wanted).map(({ host }) => host);

test.describe("a second host that the snippet names", () => {
    test.use({ asked: [SECOND_HOST] });

    test("is asked when the first is not there, if it is listed", async ({ page, open, centre, standIn }) => {
        standIn.cutOff(SCRIPT_HOST);
        standIn.answerFor(SECOND_HOST);
        await centre.setVariable("cwa_ChatScriptHosts", SECOND_HOST);
        await open();
        const { id, conversation } = await chat(page, centre, { properties: { widgetSnippet: WITH_SECOND } });
        expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
        expect(await events(page, id)).toEqual(["ChatStarted"]);
        expect(await scriptTags(page)).toBe(1);
        expect(hostsOf(standIn, "script").at(-1)).toBe(SECOND_HOST);
        // The frame comes from there, too (B).
        expect(hostsOf(standIn, "frame")).toEqual([SECOND_HOST]);
    });
});

test("a second host that is not listed is never asked, and five attempts are made at the first", async ({ page, open, centre, standIn }) => {
    await page.clock.install();
    await centre.setVariable("cwa_ChatScriptHosts", "none");
    await open();
    standIn.fault({ kind: "script", blocked: true });
    const id = await mount(page, { properties: { widgetSnippet: WITH_SECOND } });
    await action(page, id).click();
    await expectGivenUp(page, id);
    await expectDetails(page, id, "script-unreachable", SCRIPT_HOST);
    const attempts = (): Set<string | null> => new Set(standIn.requests.filter(({ kind }) => kind === "script").map(({ path }) => new URL(path, SCRIPT_URL).searchParams.get("attempt")));
    expect(attempts()).toEqual(new Set([null, "2", "3", "4", "5"]));
    expect(await events(page, id)).toEqual(["ChatFailed"]);
    // Given up is given up.
    const before = standIn.requests.length;
    await page.clock.runFor(120_000);
    expect(standIn.requests).toHaveLength(before);
});

test("nothing is tried again once the control has gone", async ({ page, open, standIn }) => {
    await page.clock.install();
    await open();
    standIn.fault({ kind: "script", blocked: true });
    const id = await mount(page);
    await action(page, id).click();
    await expect(control(page, id)).toContainText("We're still trying.");
    await destroy(page, id);
    const before = standIn.requests.length;
    await page.clock.runFor(120_000);
    expect(standIn.requests).toHaveLength(before);
    expect(await scriptTags(page)).toBe(0);
});

test("without a network a press is told as offline, and carried out by itself when the network is back", async ({ page, open, centre, context }) => {
    await open();
    const id = await mount(page);
    await context.setOffline(true);
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "failed", errorCode: "offline" });
    await expect(control(page, id).getByRole("alert")).toContainText("You're offline");
    expect(await detail(page, id, "Code")).toBe("offline");
    expect(await events(page, id)).toEqual(["ChatFailed"]);
    expect(await scriptTags(page)).toBe(0);
    await context.setOffline(false);
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
    expect(await events(page, id)).toEqual(["ChatFailed", "ChatStarted"]);
});

test("a network that goes while the script is on its way is offline; a control that has gone does not come back to it", async ({ page, open, centre, context, standIn }) => {
    await open();
    await page.route(SCRIPT_URL, async (at) => {
        await context.setOffline(true);
        await at.abort("internetdisconnected");
    });
    const id = await mount(page, { properties: { widgetSnippet: snippet(), userEmail: USERS.alex.email } });
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "failed", errorCode: "offline" });
    await expectDetails(page, id, "offline");
    await destroy(page, id);
    await page.unroute(SCRIPT_URL);
    await context.setOffline(false);
    await stillness(page, 500);
    expect(await scriptTags(page)).toBe(0);
    expect(standIn.conversations).toEqual([]);
    // Whoever comes next finds it as it was left, and a press works.
    const next = await mount(page);
    await expectOutputs(page, next, { errorCode: "offline" });
    await expectRetry(page, centre, next);
});

test("web storage that the browser denies is a notice, and the chat goes on", async ({ demo, server, launchOptions }) => {
    const folder = await mkdtemp(join(tmpdir(), "storage-"));
    await mkdir(join(folder, "Default"));
    // As in the browser's settings: sites may store nothing.
    await writeFile(join(folder, "Default/Preferences"), JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }));
    server.reset([SCRIPT_HOST, ORG_HOST]);
    const executablePath = findBrowser(true);
    const context = await chromium.launchPersistentContext(folder, {
        ...launchOptions, headless: true, serviceWorkers: "block", ...(executablePath === undefined ? {} : { executablePath }),
    });
    try {
        const page = await context.newPage();
        const standIn = await StandIn.begin(server, page);
        await page.goto(`${demo}/bare?sw=off&react=17`);
        await page.waitForFunction(() => document.documentElement.dataset["ready"] === "true");
        expect(await page.evaluate(() => {
            try {
                return typeof localStorage;
            } catch (error) {
                return (error as Error).name;
            }
        })).toBe("SecurityError");
        const id = await mount(page, { properties: { userEmail: USERS.alex.email } });
        await expectOutputs(page, id, { chatState: "idle", errorCode: "" });
        await action(page, id).click();
        expect((await standIn.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
        await expectOutputs(page, id, { chatState: "chatting", errorCode: "storage-blocked" });
        await expect(control(page, id)).toContainText("a reload of the page ends the chat");
        await expectDetails(page, id, "storage-blocked");
        expect(await events(page, id)).toEqual(["ChatStarted"]);
    } finally {
        await context.close();
        await rm(folder, { recursive: true, force: true });
    }
});

test("a blocker that lets the widget through at the third attempt: one chat, and no failure is told", async ({ page, open, standIn }) => {
    await page.clock.install();
    await open();
    // The hint and the first two attempts are refused.
    await page.route(/\/livechatwidget\/scripts\//, (at) => (Number(new URL(at.request().url()).searchParams.get("attempt") ?? 1) < 3 ? at.abort("blockedbyclient") : at.fallback()));
    const id = await mount(page);
    await action(page, id).click();
    const conversations = async (): Promise<number> => {
        await page.clock.runFor(500);
        return standIn.conversations.length;
    };
    await expect.poll(conversations, { intervals: [200] }).toBe(1);
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
    expect(await events(page, id)).toEqual(["ChatStarted"]);
    expect(await scriptTags(page)).toBe(1);
});
