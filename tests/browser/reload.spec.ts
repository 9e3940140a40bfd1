// Reloads: a running chat comes back by itself, and nothing else is loaded for a chat that is not there.
import type { Page } from "@playwright/test";
import { events, expect, expectEvents, expectState, frameElement, mount, test, widget } from "./fixtures";
import { action, chat, expectOutputs, scriptTags } from "../steps";
import { closeWithCross, expectTold, recordEvents, recordVisibility, visibleAfter } from "../widget-steps";

const PREFIX = "InternalChat.ChatWithAgent.";

/** The markers in the page's storage. */
const markers = (page: Page): Promise<[string, string][]> =>
    page.evaluate(
        (prefix) => Object.entries(localStorage as Record<string, string>).filter(([key]) => key.startsWith(prefix)),
        PREFIX,
    );

/** Mounts a control and finds that nothing is loaded, in half a minute by the clock that is installed here. */
async function expectNothingLoaded(page: Page): Promise<void> {
    const id = await mount(page);
    await expectState(page, id, "idle");
    await page.clock.fastForward(30_000);
    await expectOutputs(page, id, { chatState: "idle", errorCode: "" });
    expect(await scriptTags(page)).toBe(0);
    await expect(frameElement(page)).toHaveCount(0);
}

test("a running chat comes back at the next load of the page, without a press and without a second conversation", async ({
    page,
    open,
    centre,
    standIn,
}) => {
    await recordEvents(page);
    await recordVisibility(page);
    await open();
    const { conversation } = await chat(page, centre);
    await centre.say(conversation.id, "Let me look that up.");
    await expect(widget(page).transcript("Let me look that up.")).toBeVisible();
    // Neither address nor ids are stored.
    const [marker] = await markers(page);
    expect(marker?.join(" ")).not.toMatch(/alex|contoso|a1b6c0de|5f0d3c1a|c8a5f2e4/i);

    await open();
    const id = await mount(page);
    await expectState(page, id, "chatting");
    await expect(widget(page).transcript("Let me look that up.")).toBeVisible();
    await expect(frameElement(page)).toBeVisible();
    await expect.poll(() => visibleAfter(page, "chatRetrieved")).toBeGreaterThanOrEqual(0);
    // Finding a running chat is no news, and neither is its history.
    expect(await events(page, id)).toEqual([]);
    await centre.say(conversation.id, "Found it.");
    await expectEvents(page, id, ["MessageReceived"]);
    expect(await events(page, id)).toEqual(["MessageReceived"]);
    const before = standIn.callsOf("startChat").length;
    await action(page, id).click();
    await standIn.call("startChat", before + 1);
    expect((await centre.conversations()).map(({ state }) => state)).toEqual(["active"]);
    await expectState(page, id, "chatting");
});

for (const duplicateEvents of [false, true]) {
    test(`a chat that came back, the agent's end and a press: a new chat${duplicateEvents ? " (each event twice)" : ""}`, async ({
        page,
        open,
        centre,
    }) => {
        await centre.widget({ duplicateEvents });
        await recordEvents(page);
        await open();
        const { conversation } = await chat(page, centre);
        await open();
        const id = await mount(page);
        await expectState(page, id, "chatting");
        await expectTold(page, "chatRetrieved", duplicateEvents ? 2 : 1);
        await expectState(page, id, "chatting");
        await centre.end(conversation.id);
        await expectState(page, id, "ended");
        await expectEvents(page, id, ["ChatEnded"]);
        await action(page, id).click();
        await centre.latest(2);
        await expectState(page, id, "chatting");
        await expectEvents(page, id, ["ChatEnded", "ChatStarted"]);
    });
}

test("a running chat that comes back late is found as well", async ({ page, open, centre }) => {
    await centre.widget({ restoreDelay: 3_000 });
    await page.clock.install();
    await open();
    await chat(page, centre);
    await open();
    const id = await mount(page);
    await expect(widget(page).button).toBeAttached();
    await page.clock.fastForward(3_000);
    await expectState(page, id, "chatting");
    expect(await centre.conversations()).toHaveLength(1);
});

test("a running chat comes back on a slow computer, too @full", async ({ page, open, centre, context }) => {
    await open();
    await chat(page, centre);
    await open();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 6 });
    const id = await mount(page);
    await expectState(page, id, "chatting");
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    await expect(widget(page).sendBox).toBeVisible();
    expect((await centre.conversations()).map(({ state }) => state)).toEqual(["active"]);
});

test("a press during the reload brings the same chat back", async ({ page, open, centre }) => {
    await open();
    await chat(page, centre);
    await open();
    const id = await mount(page);
    await action(page, id).click();
    await expectState(page, id, "chatting");
    await expect(widget(page).header).toBeVisible();
    await expect(frameElement(page)).toBeVisible();
    expect(await centre.conversations()).toHaveLength(1);
    expect(await events(page, id)).toEqual([]);
});

test("a running chat comes back outside the hours, too", async ({ page, open, centre }) => {
    await open();
    await chat(page, centre);
    await centre.widget({ outOfOperatingHours: true, showWidgetDuringOfflineHours: true });
    await open();
    const id = await mount(page);
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
    await expect(widget(page).sendBox).toBeVisible();
});

for (const by of ["the user", "agent and user"] as const) {
    test(`a chat that ${by} ended leaves no marker, and a reload loads nothing`, async ({
        page,
        open,
        centre,
        watch,
    }) => {
        await page.clock.install();
        await open();
        const { conversation, id } = await chat(page, centre);
        expect(await markers(page)).toHaveLength(1);
        if (by === "agent and user") {
            await centre.end(conversation.id);
            await expectState(page, id, "ended");
        }
        await closeWithCross(page);
        await expectState(page, id, "ready");
        expect(await markers(page)).toEqual([]);
        await open();
        watch.microsoft.length = 0;
        await expectNothingLoaded(page);
        expect(watch.microsoft).toEqual([]);
    });
}

test("the marker is kept when the page is left", async ({ page, open, centre }) => {
    await open();
    await chat(page, centre);
    await page.evaluate(() => localStorage.clear());
    await page.goto("about:blank");
    await open();
    expect(await markers(page)).toHaveLength(1);
});

test("the marker is dropped when nothing came back, and the widget is not loaded for it again", async ({
    page,
    open,
    centre,
    standIn,
}) => {
    await page.clock.install();
    await open();
    await chat(page, centre);
    // The widget has forgotten, as after its 15 minutes (S).
    await (await standIn.frame()).evaluate(() => localStorage.clear());
    await open();
    expect(await markers(page)).toHaveLength(1);
    const id = await mount(page);
    await expect(widget(page).button).toBeAttached();
    await page.clock.fastForward(5_000);
    await expectState(page, id, "ready");
    expect(await markers(page)).toEqual([]);
    expect(await centre.conversations()).toHaveLength(1);
    await open();
    await expectNothingLoaded(page);
});

for (const [name, expiry] of [
    ["has run out", (now: number) => now - 1_000],
    ["claims to live longer than any", (now: number) => now + 24 * 60 * 60_000],
    ["is no number", () => "soon"],
] as const) {
    test(`a marker that ${name} counts for nothing`, async ({ page, open, centre }) => {
        await page.clock.install();
        await open();
        await chat(page, centre);
        await page.goto("about:blank");
        await open();
        const [[key, value] = ["", ""]] = await markers(page);
        const [owner = "", until] = value.split(" ");
        const left = Number(until) - (await page.evaluate(() => Date.now()));
        expect(left).toBeLessThanOrEqual(15 * 60_000);
        expect(left).toBeGreaterThan(14 * 60_000);
        // What keeps the chat, kept: with it, the control would load the widget.
        await page.evaluate(([at, text]) => localStorage.setItem(at, text), [
            key,
            `${owner} ${String(expiry(await page.evaluate(() => Date.now())))}`,
        ] as const);
        await expectNothingLoaded(page);
    });
}

test("each sign of life lengthens the marker", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    const { conversation } = await chat(page, centre);
    const [before] = await markers(page);
    await page.clock.fastForward(60_000);
    await centre.say(conversation.id, "A sign of life");
    await expect
        .poll(async () => Number((await markers(page))[0]?.[1].split(" ")[1]))
        .toBeGreaterThanOrEqual(Number(before?.[1].split(" ")[1]) + 60_000);
});
