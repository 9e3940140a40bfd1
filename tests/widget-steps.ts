// Owns the steps that look at the widget from outside: which events it has told the page, and when its frame was visible.
import type { Frame, Page } from "@playwright/test";
import { FRAME_ID } from "../simulator/widget/messages";
import { expect, widget } from "./fixtures";

declare global {
    interface Window {
        /** When each event of the widget was told in this page, in milliseconds since 1970. */
        told: Record<string, number[]>;
        /** The times of the frames of the browser in which the widget's frame was visible, in milliseconds since 1970. */
        visibleAt: number[];
    }
}

const NAMES = ["closeChat", "chatQueued", "chatRetrieved", "onMessageReceived", "startChat", "threadUpdate"];

/** Writes down the events of the widget. Called before the page is opened. */
export const recordEvents = (page: Page): Promise<unknown> =>
    page.addInitScript((names) => {
        window.told = {};
        for (const name of names) {
            const times: number[] = (window.told[name] = []);
            window.addEventListener(`lcw:${name}`, () => times.push(Date.now()));
        }
    }, NAMES);

/** Waits until an event was told so often: then the product has heard it, too. */
export async function expectTold(page: Page, name: string, count: number): Promise<void> {
    await page.waitForFunction(([event, least]) => (window.told[event]?.length ?? 0) >= least, [name, count] as const).catch(() => undefined);
    expect(await page.evaluate((event) => window.told[event]?.length, name), `lcw:${name}`).toBe(count);
}

/** How long after an event's first telling the widget's frame was visible first, in milliseconds. */
export const visibleAfter = (page: Page, name: string): Promise<number> =>
    page.evaluate((event) => (window.visibleAt[0] ?? Infinity) - (window.told[event]?.[0] ?? Infinity), name);

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

/** From when to when a line was in a frame's document, in milliseconds since 1970. */
interface Span {
    readonly frame: Frame;
    readonly from: number;
    to: number;
}

let watches = 0;

export interface LineWatch {
    /** The times since the page was opened at which the widget's frame was visible while the line was in it. */
    seen(): Promise<number[]>;
    /** What is known so far, for whoever wants to look at it. */
    recording(): Promise<{ readonly lines: readonly (readonly [number, number])[]; readonly visibleAt: readonly number[] }>;
    /** How often the line has come into a frame so far. */
    count(): number;
}

/**
 * Watches a line that nobody else may see, in text and in attributes. Called before the page is opened.
 * @param host the document in which the widget's frame stands
 */
export async function watchLine(page: Page, line: string, host: () => Page | Frame = () => page): Promise<LineWatch> {
    const spans: Span[] = [];
    // Tells since when the line is, or is not, in the document of a frame.
    const name = `lineIs${String(++watches)}`;
    const end = (frame: Frame, at: number): void => {
        for (const span of spans) if (span.frame === frame && span.to === Infinity) span.to = at;
    };
    await page.exposeBinding(name, ({ frame }, isThere: boolean, at: number) => {
        if (isThere) spans.push({ frame, from: at, to: Infinity });
        else end(frame, at);
    });
    // A frame that has gone shows nothing any more.
    page.on("framedetached", (frame) => end(frame, Date.now()));
    await recordVisibility(page);
    await page.addInitScript(([wanted, binding]) => {
        const tell = (window as unknown as Record<string, (isThere: boolean, at: number) => void>)[binding];
        if (window === window.top) return;
        let wasThere = false;
        const holds = (node: Node): boolean => node.textContent?.includes(wanted) === true;
        const names = (element: Element): boolean => [...element.attributes].some(({ value }) => value.includes(wanted));
        const isIn = (element: Element): boolean => holds(element) || names(element) || [...element.querySelectorAll("*")].some(names);
        // What is new decides whether to look at all: the real widget changes its document hundreds of times.
        const isNew = ({ type, target, addedNodes }: MutationRecord): boolean =>
            type === "childList" ? [...addedNodes].some((node) => (node instanceof Element ? isIn(node) : holds(node))) : holds(target) || (target instanceof Element && names(target));
        new MutationObserver((changes) => {
            if (!wasThere && !changes.some(isNew)) return;
            // The body alone: a frame's scripts are no lines.
            const body = document.querySelector("body");
            const isThere = body !== null && isIn(body);
            if (isThere !== wasThere) tell?.(isThere, Date.now());
            wasThere = isThere;
        }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["id", "aria-label", "title"] });
    }, [line, name] as const);
    const visibleAt = (): Promise<number[]> => host().evaluate(() => window.visibleAt);
    return {
        count: () => spans.length,
        recording: async () => ({ lines: spans.map(({ from, to }) => [from, to]), visibleAt: await visibleAt() }),
        async seen() {
            return (await visibleAt()).filter((at) => spans.some(({ from, to }) => at >= from && at <= to));
        },
    };
}

/** Closes with the widget's own ✕, which asks first for some panes. */
export async function closeWithCross(page: Page): Promise<void> {
    await widget(page).closeButton.click();
    await widget(page).confirmClose.or(widget(page).button).first().waitFor();
    if (await widget(page).confirmClose.isVisible()) await widget(page).confirmClose.click();
}
