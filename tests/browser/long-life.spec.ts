// A day in one page: a thousand controls, then hundreds of records beside an open chat. Nothing of them stays.
import type { CDPSession, Page } from "@playwright/test";
import { destroy, events, expect, expectEvents, expectState, mount, test, withInstance } from "./fixtures";
import { chat, scriptTags } from "../steps";
import { countTimers } from "../timers";

/** What the page holds, in numbers: growth beyond these is a leak. */
interface Life {
    readonly listeners: number;
    readonly nodes: number;
    /** Timers that are running. */
    readonly timers: number;
}

async function collect(session: CDPSession): Promise<void> {
    // Twice: what only the first collection lets go is collected by the second.
    for (let turn = 0; turn < 2; turn++) await session.send("HeapProfiler.collectGarbage");
}

async function lifeOf(page: Page, session: CDPSession): Promise<Life> {
    await collect(session);
    const { jsEventListeners: listeners, nodes } = await session.send("Memory.getDOMCounters");
    return { listeners, nodes, timers: await page.evaluate(() => window.runningTimers()) };
}

/** In bytes, after collection. */
async function heapOf(session: CDPSession): Promise<number> {
    await collect(session);
    return (await session.send("Runtime.getHeapUsage")).usedSize;
}

/** Waits until the page holds no more than before; a few nodes of React's are reused, and never given back. */
async function expectNothingLeft(page: Page, session: CDPSession, before: Life): Promise<void> {
    const more = async (): Promise<string[]> => {
        const now = await lifeOf(page, session);
        const isMore = (name: keyof Life): boolean => now[name] > before[name] + (name === "nodes" ? 50 : 0);
        const names = (["listeners", "nodes", "timers"] as const).filter(isMore);
        return names.map((name) => `${name}: ${before[name]}, now ${now[name]}`);
    };
    await expect.poll(more).toEqual([]);
}

const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
const record = (index: number) => ({ table: "account", id: idOf(index), name: "A record" });
const records = (count: number) => Array.from({ length: count }, (_, index) => record(index));

/** Mounts and unmounts a control for each of so many records, in turns that leave React and the host their time. */
const comeAndGo = (page: Page, count: number): Promise<void> =>
    page.evaluate(async (all) => {
        for (const [index, each] of all.entries()) {
            window.demoHost.mount({ record: each }).destroy();
            if (index % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
        }
    }, records(count));

test("a thousand controls leave nothing behind", { tag: "@full" }, async ({ page, open, context }) => {
    test.setTimeout(240_000);
    await page.addInitScript(countTimers);
    await open();
    const session = await context.newCDPSession(page);
    await comeAndGo(page, 50);
    const [before, heap] = [await lifeOf(page, session), await heapOf(session)];
    await comeAndGo(page, 1_000);
    await expectNothingLeft(page, session, before);
    expect((await heapOf(session)) - heap).toBeLessThan(1_000_000);
    expect(await scriptTags(page)).toBe(0);
});

test("hundreds of records beside an open chat leave nothing behind", { tag: "@full" }, async ({ page, open, centre, context }) => {
    test.setTimeout(240_000);
    await page.addInitScript(countTimers);
    await open();
    const session = await context.newCDPSession(page);
    const { id, conversation } = await chat(page, centre);
    await destroy(page, id);
    await comeAndGo(page, 20);
    const [before, heap] = [await lifeOf(page, session), await heapOf(session)];
    await comeAndGo(page, 200);
    await expectNothingLeft(page, session, before);

    // One control that moves through as many.
    const last = await mount(page, { record: record(0) });
    await expectState(page, last, "chatting");
    const moved = await lifeOf(page, session);
    await withInstance(page, last, async (instance) => {
        for (let index = 0; index < 200; index++) {
            const number = String(index).padStart(12, "0");
            instance.change({ record: { table: "account", id: `00000000-0000-4000-9000-${number}`, name: "A record" } });
            if (index % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
        }
    });
    await expectNothingLeft(page, session, moved);
    expect((await heapOf(session)) - heap).toBeLessThan(1_000_000);

    await centre.say(conversation.id, "Still with you");
    await expectEvents(page, last, ["MessageReceived"]);
    expect(await events(page, last)).toEqual(["MessageReceived"]);
    expect((await centre.conversations()).map(({ state }) => state)).toEqual(["active"]);
    expect(await scriptTags(page)).toBe(1);
});
