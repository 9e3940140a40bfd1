// Reloads: a running chat comes back by itself, and nothing else is loaded for a chat that is not there.
import type { Page } from "@playwright/test";
import { events, expect, expectState, mount, outputs, test, widget } from "./fixtures";
import { action, chat, expectOutputs, scriptTags, stillness } from "../steps";

const PREFIX = "InternalChat.ChatWithAgent.";

/** The markers in the page's storage. */
const markers = (page: Page): Promise<[string, string][]> => page.evaluate((prefix) => Object.entries(localStorage as Record<string, string>).filter(([key]) => key.startsWith(prefix)), PREFIX);

test("a running chat comes back at the next load of the page, without a press and without a second conversation", async ({ page, open, centre }) => {
    await open();
    const { conversation } = await chat(page, centre);
    await centre.say(conversation.id, "Let me look that up.");
    await expect(page.getByText("Let me look that up.").first()).toBeVisible();
    // Nothing personal is stored (§3.7 of the design): neither address nor ids.
    const [marker] = await markers(page);
    expect(marker?.join(" ")).not.toMatch(/alex|contoso|a1b6c0de|5f0d3c1a|c8a5f2e4/i);

    await open();
    const id = await mount(page);
    await expectState(page, id, "chatting");
    await expect(page.getByText("Let me look that up.").first()).toBeVisible();
    expect((await centre.conversations()).map(({ state }) => state)).toEqual(["active"]);
    // Finding a running chat is no news, and neither is its history.
    await stillness(page, 500);
    expect(await events(page, id)).toEqual([]);
    await centre.say(conversation.id, "Found it.");
    await expect.poll(() => events(page, id)).toEqual(["MessageReceived"]);
    await action(page, id).click();
    expect((await centre.conversations()).length).toBe(1);
});

test("a running chat comes back on a slow computer, too", async ({ page, open, centre, context }) => {
    await open();
    const { conversation } = await chat(page, centre);
    await centre.say(conversation.id, "Let me look that up.");
    await expect(page.getByText("Let me look that up.").first()).toBeVisible();
    await open();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 6 });
    const id = await mount(page);
    await expectState(page, id, "chatting");
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    await expect(page.getByText("Let me look that up.").first()).toBeVisible();
    await stillness(page, 1_000);
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
    await stillness(page, 1_000);
    expect((await centre.conversations()).length).toBe(1);
});

test("without a chat, a reload loads nothing", async ({ page, open, centre, watch }) => {
    await open();
    const { conversation, id } = await chat(page, centre);
    await centre.end(conversation.id);
    await expectState(page, id, "ended");
    await expect(widget(page).sendBox).toBeHidden();
    await widget(page).closeButton.click();
    await expect.poll(async () => {
        // The widget asks first, or not, by how far it is with the agent's end.
        if (await widget(page).confirmClose.isVisible()) await widget(page).confirmClose.click();
        return (await outputs(page, id)).chatState;
    }).toBe("ready");
    expect(await markers(page)).toEqual([]);

    await open();
    watch.microsoft.length = 0;
    const next = await mount(page);
    await stillness(page);
    expect(await scriptTags(page)).toBe(0);
    expect(watch.microsoft).toEqual([]);
    expect(await outputs(page, next)).toMatchObject({ chatState: "idle" });
});

test("the marker is dropped when nothing came back, and the widget is not loaded for it again", async ({ page, open, centre }) => {
    await open();
    await chat(page, centre);
    expect(await markers(page)).toHaveLength(1);
    // The widget has forgotten, as after its 15 minutes (S); the page is left first, because leaving it renews the marker.
    await page.goto("about:blank");
    await open();
    await page.evaluate(() => {
        for (const key of Object.keys(localStorage)) if (!key.startsWith("InternalChat.")) localStorage.removeItem(key);
    });
    const id = await mount(page);
    await expectState(page, id, "ready");
    expect(await markers(page)).toEqual([]);
    expect((await centre.conversations()).length).toBe(1);

    await open();
    await mount(page);
    await stillness(page);
    expect(await scriptTags(page)).toBe(0);
});

for (const [name, expiry] of [
    ["has run out", (now: number) => now - 1_000],
    ["claims to live longer than any", (now: number) => now + 24 * 60 * 60_000],
    ["is no number", () => "soon"],
] as const) {
    test(`a marker that ${name} counts for nothing`, async ({ page, open, centre }) => {
        await open();
        await chat(page, centre);
        await page.goto("about:blank");
        await open();
        const [found] = await markers(page);
        expect(found).toBeDefined();
        const [key = "", value = ""] = found ?? [];
        // What keeps the chat, kept: with it, the control would load the widget.
        expect(Number(value.split(" ")[1]) - Date.now()).toBeLessThanOrEqual(15 * 60_000);
        expect(Number(value.split(" ")[1]) - Date.now()).toBeGreaterThan(14 * 60_000);
        await page.evaluate(([at, text]) => localStorage.setItem(at, text), [key, `${value.split(" ")[0] ?? ""} ${String(expiry(Date.now()))}`] as const);
        const id = await mount(page);
        await stillness(page);
        expect(await scriptTags(page)).toBe(0);
        expect(await outputs(page, id)).toMatchObject({ chatState: "idle" });
    });
}

test("a chat in another tab keeps its marker while it is used, and a reload there finds it", async ({ page, open, centre, context }) => {
    await open();
    const { conversation } = await chat(page, centre);
    const [before] = await markers(page);
    await page.waitForTimeout(50);
    await centre.say(conversation.id, "A sign of life");
    await expect.poll(async () => (await markers(page))[0]?.[1]).not.toBe(before?.[1]);
    const other = await context.newPage();
    await open({ page: other });
    const id = await mount(other);
    await expectOutputs(other, id, { chatState: "chatting" });
    expect((await centre.conversations()).length).toBe(1);
});
