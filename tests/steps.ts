// Owns the steps that several browser scenarios share: pressing the control, getting into a chat, and looking at what is really on the screen.
import type { Locator, Page } from "@playwright/test";
import { events, expect, expectState, mount } from "./fixtures";
import type { Centre, Conversation } from "./fixtures";
import type { MountOptions } from "../demo/host/types";

export { expectOutputs } from "./fixtures";

/** The place of an instance on the page. */
export const control = (page: Page, id: number): Locator => page.locator(`[data-instance="${id}"]`);

/** The one button of an instance that does something. */
export const action = (page: Page, id: number): Locator => control(page, id).getByRole("button").first();

/** The context that goes to the agent for an address, in the widget's own shape (D). */
export const emailContext = (value: string): unknown => ({ Email: { value, isDisplayable: true } });

/** How often an instance has raised an event. */
export const raised = async (page: Page, id: number, name: string): Promise<number> => (await events(page, id)).filter((event) => event === name).length;

/** How many tags of Microsoft's bootstrap script stand in the page. */
export const scriptTags = (page: Page): Promise<number> => page.locator("script[src*=LiveChatBootstrapper], script#Microsoft_Omnichannel_LCWidget").count();

/** Mounts an instance, presses it, and waits for its chat. */
export async function chat(page: Page, centre: Centre, options: Omit<MountOptions, "container"> = {}): Promise<{ readonly id: number; readonly conversation: Conversation }> {
    const [before, listening] = [(await centre.conversations()).length, await centre.listening()];
    const id = await mount(page, options);
    await action(page, id).click();
    const conversation = await centre.latest(before + 1);
    await expectState(page, id, "chatting");
    // What the agent does before the widget listens reaches it only when it is loaded anew (S).
    await expect.poll(() => centre.listening(), { message: "the widget listens for what comes" }).toBeGreaterThan(listening);
    return { id, conversation };
}

/** Lets requests of the page be answered: those that were made before come back before these. */
const answered = (page: Page): Promise<void> =>
    page.evaluate(async () => {
        for (let round = 0; round < 2; round++) await fetch("/nothing").catch(() => undefined);
    });

/**
 * Lets so much time pass in which something must not happen. Where the test has installed Playwright's clock before the page
 * was opened, it is the clock's time, in steps between which requests are answered.
 */
export async function stillness(page: Page, milliseconds = 2_000): Promise<void> {
    const isFaked = await page.evaluate(() => "__pwClock" in window);
    if (!isFaked) return page.waitForTimeout(milliseconds);
    for (let step = 0; step < 4; step++) {
        await page.clock.runFor(milliseconds / 4);
        await answered(page);
    }
}

/** The rows of users that were asked for. */
export const userCalls = async (centre: Centre): Promise<number> => (await centre.webApi()).filter(({ table }) => table === "systemuser").length;

/** Has timers of exactly so many milliseconds run longer: for a limit of our own that has tests of its own, and that a slow computer would reach elsewhere. */
export async function stretch(page: Page, limits: Readonly<Record<number, number>>): Promise<void> {
    await page.addInitScript((longer) => {
        const set = window.setTimeout.bind(window);
        window.setTimeout = ((run: () => void, wait = 0, ...rest: []) => set(run, longer[wait] ?? wait, ...rest)) as typeof window.setTimeout;
    }, limits);
}

/** How long an address is waited for: 5 s, in steps of 4.75 and 0.25. */
export const ADDRESS_PATIENCE = { 4_750: 60_000 } as const;

/** What axe complains of on the page as it is, or in one part of it. */
export async function axe(page: Page, part = "html"): Promise<string[]> {
    await page.addScriptTag({ path: require.resolve("axe-core/axe.min.js") });
    return page.evaluate(async (include) => {
        const { violations } = await (window as unknown as { axe: { run(context: { include: string[]; exclude: string[] }): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run(
            // Fluent's own marks at the ends of the page, which take focus only to hand it on.
            { include: [include], exclude: ["[data-tabster-dummy]"] },
        );
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    }, part);
}
