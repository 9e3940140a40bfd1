// The codes by their real causes that no other spec makes: policies, sign-in, no network, no storage, a second host, and a service that answers wrongly.
import type { Page } from "@playwright/test";
import { destroy, events, expect, expectState, HR_WIDGET, IT_WIDGET, mount, ORG, ORG_URL, outputs, SCRIPT_HOST, SCRIPT_URL, snippet, test, USERS } from "./fixtures";
import type { Centre } from "./fixtures";
import { action, chat, control, emailContext, expectOutputs, raised, scriptTags, stillness } from "../steps";
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

for (const [name, policy, cause] of [
    ["does not name the script's host", "script-src 'self'", `script-src-elem https://${SCRIPT_HOST}`],
    ["does not name the service", `script-src 'self' https://${SCRIPT_HOST}; connect-src 'self'`, `connect-src ${ORG_URL}`],
] as const) {
    test(`a content security policy that ${name} is told at once, with directive and host, and not tried again by itself`, async ({ page, open, watch }) => {
        await page.clock.install();
        await withPolicy(page, policy);
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

test("a service that answers with an error, or not at all, is told, and tried again by a press", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    // A widget that nobody knows: its app id is wrong.
    const wrong = await mount(page, { properties: typed("00000000-0000-4000-8000-000000000001") });
    await action(page, wrong).click();
    await expectOutputs(page, wrong, { chatState: "failed", errorCode: "widget-error" });
    expect(await events(page, wrong)).toEqual(["ChatFailed"]);
    await destroy(page, wrong);

    // The widget asks again for a minute by itself (seen), which is longer than anybody waits.
    const id = await mount(page);
    for (const [count, fault] of [{ status: 500 }, { hang: true }].entries()) {
        await centre.clearFaults();
        await centre.fault({ kind: "config", ...fault });
        const asked = page.waitForRequest(/\/livechatconnector\//);
        await action(page, id).click();
        await asked;
        await expectState(page, id, "loading");
        await page.clock.fastForward(31_000);
        await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-timeout" });
        await expectDetails(page, id, "widget-timeout");
        expect(await raised(page, id, "ChatFailed")).toBe(count + 1);
    }
});

for (const [name, settings] of [
    ["hides itself outside its hours", { outOfOperatingHours: true, showWidgetDuringOfflineHours: false }],
    ["may not be shown on this domain", { allowedSites: ["contoso.crm.dynamics.com"] }],
] as const) {
    test(`a widget that ${name} says nothing, and is a timeout after 30 s`, async ({ page, open, centre }) => {
        await page.clock.install();
        await centre.widget(settings);
        await open();
        const id = await mount(page);
        const answered = page.waitForResponse(/\/livechatconnector\/.*config/);
        await action(page, id).click();
        await answered;
        await stillness(page, 500);
        await expectState(page, id, "loading");
        await page.clock.fastForward(31_000);
        await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-timeout" });
        expect(await events(page, id)).toEqual(["ChatFailed"]);
        await expectDetails(page, id, "widget-timeout");
    });
}

test("a widget that asks for signed-in users is told as such, once", async ({ page, open, centre }) => {
    await centre.widget({ authenticationRequired: true });
    await open();
    const id = await mount(page);
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-requires-authentication" });
    await expectDetails(page, id, "widget-requires-authentication", "8");
    await stillness(page, 1_500);
    expect(await events(page, id)).toEqual(["ChatFailed"]);
    expect(await centre.conversations()).toEqual([]);
});

test("a start that the service refuses is the widget's error, and the next press asks again", async ({ page, open, centre }) => {
    await open();
    await centre.fault({ kind: "start", status: 500 });
    const id = await mount(page);
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-error" });
    await stillness(page, 1_000);
    expect(await events(page, id)).toEqual(["ChatFailed"]);
    await centre.clearFaults();
    await expectRetry(page, centre, id);
});

test("a cold start that takes 20 s is told as slow at 8 s, and still succeeds", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route(SCRIPT_URL, async (at) => {
        await held;
        await at.fallback();
    });
    const id = await mount(page);
    const asked = page.waitForRequest(SCRIPT_URL);
    await action(page, id).click();
    await asked;
    await page.clock.fastForward(8_500);
    await expect(control(page, id)).toContainText("We're still trying.");
    await page.clock.fastForward(11_500);
    await expectOutputs(page, id, { chatState: "loading", errorCode: "" });
    answer();
    await centre.latest();
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
    expect(await events(page, id)).toEqual(["ChatStarted"]);
});

const SECOND_HOST = "ocprodocprodnamgs.blob.core.windows.net";
const SECOND_URL = SCRIPT_URL.replace(SCRIPT_HOST, SECOND_HOST);
/** As the admin centre writes it since 2025 (P). */
const WITH_SECOND = snippet(IT_WIDGET, ` onerror="(() => { const s = this; s.remove(); const n = document.createElement('script'); n.src = '${SECOND_URL}'; document.head.append(n); })()"`);

test("the second host that the snippet names is asked when the first is not there, if it is listed", async ({ page, open, centre, demo }) => {
    const asked: string[] = [];
    // No such name.
    await page.route(`https://${SCRIPT_HOST}/**`, (at) => {
        asked.push(at.request().url());
        return at.abort("namenotresolved");
    });
    await page.route(`https://${SECOND_HOST}/**`, async (at) => {
        asked.push(at.request().url());
        const { pathname, search } = new URL(at.request().url());
        await at.fulfill({ response: await at.fetch({ url: `${demo}${pathname}${search}` }) });
    });
    await centre.setVariable("cwa_ChatScriptHosts", SECOND_HOST);
    await open();
    const { id, conversation } = await chat(page, centre, { properties: { widgetSnippet: WITH_SECOND } });
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    expect(await events(page, id)).toEqual(["ChatStarted"]);
    expect(await scriptTags(page)).toBe(1);
    expect(asked.filter((url) => url.includes("Bootstrapper")).map((url) => new URL(url).host)).toContain(SECOND_HOST);
    // Everything further comes from there, too (B).
    expect(asked.find((url) => url.includes("stage2"))).toContain(SECOND_HOST);
});

test("a second host that is not listed is never asked, and five attempts are made at the first", async ({ page, open, centre, watch }) => {
    await page.clock.install();
    await centre.setVariable("cwa_ChatScriptHosts", "none");
    await open();
    const asked: string[] = [];
    await page.route(`https://${SCRIPT_HOST}/**`, (at) => {
        asked.push(at.request().url());
        return at.abort("namenotresolved");
    });
    const id = await mount(page, { properties: { widgetSnippet: WITH_SECOND } });
    await action(page, id).click();
    await expectGivenUp(page, id);
    await expectDetails(page, id, "script-unreachable", SCRIPT_HOST);
    expect(new Set(asked.map((url) => new URL(url).searchParams.get("attempt")))).toEqual(new Set([null, "2", "3", "4", "5"]));
    expect(await events(page, id)).toEqual(["ChatFailed"]);
    expect(watch.foreign).toEqual([]);
    // Given up is given up.
    const before = asked.length;
    await page.clock.runFor(120_000);
    expect(asked).toHaveLength(before);
});

test("nothing is tried again once the control has gone", async ({ page, open }) => {
    await page.clock.install();
    await open();
    const asked: string[] = [];
    await page.route(`https://${SCRIPT_HOST}/**`, (at) => {
        asked.push(at.request().url());
        return at.abort("connectionreset");
    });
    const id = await mount(page);
    await action(page, id).click();
    await expect(control(page, id)).toContainText("We're still trying.");
    await destroy(page, id);
    const before = asked.length;
    await page.clock.runFor(120_000);
    await stillness(page, 300);
    expect(asked).toHaveLength(before);
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
    await stillness(page, 1_500);
    expect(await events(page, id)).toEqual(["ChatFailed"]);
    expect(await scriptTags(page)).toBe(0);
    await context.setOffline(false);
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
    expect(await events(page, id)).toEqual(["ChatFailed", "ChatStarted"]);
});

test("a network that goes while the script is on its way is offline; a control that has gone does not come back to it", async ({ page, open, centre, context }) => {
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
    await stillness(page, 1_500);
    expect(await scriptTags(page)).toBe(0);
    expect(await centre.conversations()).toEqual([]);
    // Whoever comes next finds it as it was left, and a press works.
    const next = await mount(page);
    await expectOutputs(page, next, { errorCode: "offline" });
    await expectRetry(page, centre, next);
});

test("a notice and a closed helpdesk have their details, too, and raise no failure", async ({ page, open, centre }) => {
    await centre.widget({ outOfOperatingHours: true, showWidgetDuringOfflineHours: true });
    await open({ user: USERS.pradeep });
    const id = await mount(page);
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "unavailable", errorCode: "outside-operating-hours" });
    await expectDetails(page, id, "outside-operating-hours");
    expect(await events(page, id)).toEqual([]);
    const other = await mount(page, { properties: typed(HR_WIDGET) });
    expect((await outputs(page, other)).errorCode).not.toBe("outside-operating-hours");
});

test("a blocker that lets the widget through at the third attempt: one chat, and no failure is told", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    // The hint and the first two attempts are refused.
    await page.route(/\/livechatwidget\/scripts\//, (at) => (Number(new URL(at.request().url()).searchParams.get("attempt") ?? 1) < 3 ? at.abort("blockedbyclient") : at.fallback()));
    const id = await mount(page);
    await action(page, id).click();
    const conversations = async (): Promise<number> => {
        await page.clock.runFor(500);
        return (await centre.conversations()).length;
    };
    await expect.poll(conversations, { intervals: [200] }).toBe(1);
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
    expect(await events(page, id)).toEqual(["ChatStarted"]);
    expect(await scriptTags(page)).toBe(1);
});
