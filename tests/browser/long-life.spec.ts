// A day in one page: a thousand controls, two hundred records with an open chat, eight hours of it. Heap, listeners, timers, elements and tags stay what they were.
import type { CDPSession, Page } from "@playwright/test";
import { destroy, events, expect, expectState, mount, outputs, test, widget, withInstance } from "./fixtures";
import { chat, scriptTags } from "../steps";
import { countTimers } from "../timers";

interface Life {
    /** In bytes, after collection. */
    readonly heap: number;
    readonly listeners: number;
    readonly nodes: number;
    /** Timers that are running. */
    readonly timers: number;
}

async function lifeOf(page: Page, session: CDPSession): Promise<Life> {
    // Twice: what only the first collection lets go is collected by the second.
    for (let turn = 0; turn < 2; turn++) await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    const { jsEventListeners, nodes } = await session.send("Memory.getDOMCounters");
    return { heap: usedSize, listeners: jsEventListeners, nodes, timers: await page.evaluate(() => window.runningTimers()) };
}

/** Mounts and unmounts so many controls, in turns that leave React and the host their time. */
const pass = (page: Page, count: number): Promise<void> =>
    page.evaluate(async (times) => {
        for (let index = 0; index < times; index++) {
            window.demoHost.mount({ record: { table: "account", id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`, name: `Record ${String(index)}` } }).destroy();
            if (index % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
        }
        // Longer than anything waits that is not known to have ended with its control.
        await new Promise((resolve) => setTimeout(resolve, 2_000));
    }, count);

const note = (type: string, figures: Readonly<Record<string, Life>>): void => void test.info().annotations.push({ type, description: JSON.stringify(figures) });

test("a thousand controls leave nothing behind, and two hundred records with an open chat neither", async ({ page, open, centre, context }) => {
    test.setTimeout(480_000);
    await page.addInitScript(countTimers);
    await open();
    const session = await context.newCDPSession(page);
    await pass(page, 50);
    const before = await lifeOf(page, session);
    await pass(page, 1_000);
    const after = await lifeOf(page, session);
    note("1,000 mounts", { before, after });
    expect(after.heap - before.heap).toBeLessThan(1_000_000);
    expect(after.listeners).toBeLessThanOrEqual(before.listeners);
    expect(after.timers).toBeLessThanOrEqual(before.timers);
    expect(after.nodes).toBeLessThanOrEqual(before.nodes + 50);
    expect(await scriptTags(page)).toBe(0);

    const { id, conversation } = await chat(page, centre);
    await centre.accept(conversation.id);
    await expect(widget(page).sendBox).toBeVisible();
    await destroy(page, id);
    await pass(page, 20);
    const early = await lifeOf(page, session);
    await pass(page, 200);
    const late = await lifeOf(page, session);
    note("200 records, each with a control of its own, beside an open chat", { early, late });
    // Microsoft's widget lives beside it, and its own heap and timers move.
    expect(late.heap - early.heap).toBeLessThan(2_000_000);
    expect(late.listeners).toBeLessThanOrEqual(early.listeners + 10);
    expect(late.timers).toBeLessThanOrEqual(early.timers + 10);

    const last = await mount(page);
    await expectState(page, last, "chatting");
    const moved = await lifeOf(page, session);
    await withInstance(page, last, async (instance) => {
        for (let index = 0; index < 200; index++) {
            instance.change({ record: { table: "account", id: `00000000-0000-4000-9000-${String(index).padStart(12, "0")}`, name: `Record ${String(index)}` } });
            if (index % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
        }
    });
    const end = await lifeOf(page, session);
    note("one control that moves through 200 records", { moved, end });
    expect(end.heap - moved.heap).toBeLessThan(2_000_000);
    expect(end.listeners).toBeLessThanOrEqual(moved.listeners + 10);
    expect(end.timers).toBeLessThanOrEqual(moved.timers + 10);

    await centre.say(conversation.id, "Still with you");
    await expect.poll(() => events(page, last)).toEqual(["MessageReceived"]);
    expect((await centre.conversations()).map(({ state }) => state)).toEqual(["active"]);
    expect(await scriptTags(page)).toBe(1);
});

test("eight hours of a chat: each message is told once, the marker lives as long as the widget's cache and is renewed by every sign of life", async ({ page, open, centre }) => {
    test.setTimeout(480_000);
    await page.clock.install();
    await open();
    const { id, conversation } = await chat(page, centre);
    await centre.accept(conversation.id);
    await expect(widget(page).sendBox).toBeVisible();
    /** How long the marker still lives, in milliseconds. */
    const left = (): Promise<number> =>
        page.evaluate(() => {
            const key = Object.keys(localStorage).find((name) => name.startsWith("InternalChat.ChatWithAgent.")) ?? "";
            return Number((localStorage.getItem(key) ?? "").split(" ")[1]) - Date.now();
        });
    for (let hour = 1; hour <= 8; hour++) {
        await page.clock.fastForward(3_600_000);
        // Nothing was heard for an hour: the widget has forgotten by now, and so does the marker.
        expect(await left()).toBeLessThanOrEqual(0);
        await centre.say(conversation.id, `Hour ${hour}`);
        await expect.poll(async () => (await events(page, id)).filter((event) => event === "MessageReceived").length).toBe(hour);
        const lifetime = await left();
        expect(lifetime).toBeGreaterThan(14 * 60_000);
        expect(lifetime).toBeLessThanOrEqual(15 * 60_000);
    }
    expect(await outputs(page, id)).toMatchObject({ chatState: "chatting", unreadCount: 0, errorCode: "" });
    expect(await centre.conversations()).toHaveLength(1);
});
