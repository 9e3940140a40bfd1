// Owns the steps that look at the widget from outside: which events it has told the page, and when its frame was visible.
import type { Page } from "@playwright/test";
import { FRAME_ID } from "../simulator/widget/messages";
import { expect, widget } from "./fixtures";

declare global {
    interface Window {
        /** How often each event of the widget was told in this page. */
        told: Record<string, number>;
        /** The times of the frames of the browser in which the widget's frame was visible, in milliseconds since 1970. */
        visibleAt: number[];
    }
}

const NAMES = ["closeChat", "chatQueued", "chatRetrieved", "onMessageReceived", "startChat", "threadUpdate"];

/** Counts the events of the widget. Called before the page is opened. */
export const countEvents = (page: Page): Promise<unknown> =>
    page.addInitScript((names) => {
        window.told = {};
        for (const name of names) {
            window.told[name] = 0;
            window.addEventListener(`lcw:${name}`, () => (window.told[name] = (window.told[name] ?? 0) + 1));
        }
    }, NAMES);

/** Waits until an event was told so often: then the product has heard it, too. */
export async function expectTold(page: Page, name: string, count: number): Promise<void> {
    await page.waitForFunction(([event, least]) => (window.told[event] ?? 0) >= least, [name, count] as const).catch(() => undefined);
    expect(await page.evaluate((event) => window.told[event], name), `lcw:${name}`).toBe(count);
}

/** Writes down in each frame of the browser whether the widget's frame is visible. Called before the page is opened. */
export const recordVisibility = (page: Page): Promise<unknown> =>
    page.addInitScript((id) => {
        window.visibleAt = [];
        const look = (): void => {
            const frame = document.getElementById(id);
            const isVisible = frame?.checkVisibility({ visibilityProperty: true, opacityProperty: true }) === true;
            if (isVisible && frame.offsetWidth > 0) window.visibleAt.push(Date.now());
            requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    }, FRAME_ID);

/** Closes with the widget's own ✕, which asks first for some panes. */
export async function closeWithCross(page: Page): Promise<void> {
    await widget(page).closeButton.click();
    await widget(page).confirmClose.or(widget(page).button).first().waitFor();
    if (await widget(page).confirmClose.isVisible()) await widget(page).confirmClose.click();
}
