// Every state of the control in the gallery: heights, overflow, direction, contrast, forced colours, motion.
import type { Page } from "@playwright/test";
import type { Gallery, GalleryChoice } from "../../demo/gallery/types";
import { THEMES } from "../../demo/gallery/types";
import { expect, test } from "./fixtures";
import { steadyStyle } from "../steady-font";
import { axe } from "../steps";

declare global {
    interface Window {
        gallery: Gallery;
    }
}

/** From the narrowest to a wide section, with widths just past those at which the looks change. */
const WIDTHS = [160, 220, 261, 320, 400, 520, 641, 800];

/** German has long words, Japanese no spaces, and Arabic is written from the right. */
const LANGUAGES = [1031, 1041, 1025];

/** What a chat that goes well looks like, from beginning to end. */
const GOOD = ["launcher", "connecting", "chatting", "one unread", "ended"];

/** Widths of a letter in parts of its height: as in a narrow font, and in a wide one. Fonts of a machine play no part here. */
const LETTERS = [0.48, 0.58] as const;

/** Has all be written in letters of this width from now on. */
async function write(page: Page, letter: number): Promise<void> {
    const loaded = await page.evaluate(async (css) => {
        document.querySelector("style#letters")?.remove();
        document.head.append(Object.assign(document.createElement("style"), { id: "letters", textContent: css }));
        return (await document.fonts.load("14px Steady")).length;
    }, steadyStyle(letter));
    expect(loaded).toBe(1);
}

async function openGallery(page: Page, demo: string): Promise<void> {
    await page.setViewportSize({ width: 1600, height: 900 });
    await page.goto(`${demo}/gallery?state=launcher`);
    await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
    await write(page, LETTERS[1]);
}

const show = (page: Page, choice: Partial<GalleryChoice>): Promise<void> => page.evaluate((asked) => window.gallery.show(asked), choice);

/** What is wrong with the cells as they are, one line each. */
const faults = (page: Page): Promise<string[]> =>
    page.evaluate(() => {
        const cells = [...document.querySelectorAll<HTMLElement>("[data-cell]")];
        const found: string[] = [];
        for (const cell of cells) {
            const tell = (fault: string): void => void found.push(`${cell.lang} ${String(cell.dataset.cell)} at ${String(cell.dataset.width)}: ${fault}`);
            const place = cell.getBoundingClientRect();
            for (const element of cell.querySelectorAll<HTMLElement>("*")) {
                // The sign with its badge, which is meant to stand over the sign's edge, is for eyes only.
                if (element.closest("[aria-hidden=true]") || (element.children.length > 0 && [...element.children].every((child) => child.ariaHidden === "true"))) continue;
                const { left, right, top, bottom, width } = element.getBoundingClientRect();
                // Positions are fractions of pixels.
                if (width > 0 && (left < place.left - 0.5 || right > place.right + 0.5 || top < place.top - 0.5 || bottom > place.bottom + 0.5)) tell(`${element.tagName} sticks out`);
                // Sizes are whole pixels.
                if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1) tell(`${element.tagName} is wider than its place: ${element.textContent}`);
                if (element.clientHeight > 0 && element.scrollHeight > element.clientHeight + 1) tell(`${element.tagName} is higher than its place: ${element.textContent}`);
            }
            for (const button of cell.querySelectorAll("button")) {
                const { width, height: tall } = button.getBoundingClientRect();
                // WCAG 2.2, 2.5.8: 24 pixels each way at least.
                if (width < 24 || tall < 24) tell(`a target of ${String(width)} × ${String(tall)}`);
            }
        }
        return found;
    });

/** What is wrong in these languages at these widths, in every state. */
async function faultsOf(page: Page, ids: readonly number[], widths: readonly number[]): Promise<string[]> {
    const found: string[] = [];
    for (const languageId of ids) {
        const rtl = await page.evaluate((id) => window.gallery.language(id).rtl, languageId);
        await show(page, { languageId, rtl, states: [], widths, open: false });
        expect(await page.locator("[data-cell]").count()).toBeGreaterThan(40 * widths.length);
        found.push(...(await faults(page)));
    }
    return found;
}

test("in German, Japanese and Arabic nothing is cut or out of its place, in every state", async ({ page, demo }) => {
    await openGallery(page, demo);
    expect(await faultsOf(page, LANGUAGES, [160, 400, 800])).toEqual([]);
});

test("in every language, state and width nothing is cut or out of its place @full", async ({ page, demo }) => {
    // Some 7,000 cells: a slow computer takes its time.
    test.setTimeout(600_000);
    await openGallery(page, demo);
    const languages = await page.evaluate(() => window.gallery.languages);
    expect(languages.length).toBeGreaterThan(18);
    expect(await faultsOf(page, languages, WIDTHS)).toEqual([]);
});

/** Heights by language, width and letters, where the states of a chat that goes well differ. */
async function unequal(page: Page, ids: readonly number[], widths: readonly number[]): Promise<string[]> {
    const found: string[] = [];
    for (const letter of LETTERS) {
        await write(page, letter);
        for (const languageId of ids) {
            await show(page, { languageId, states: GOOD, widths, open: false });
            // The line to spare: a title of two lines.
            const titles = page.locator("[data-cell=ended] [role=status] > :first-child");
            await titles.evaluateAll((found) => found.forEach((title) => (title.innerHTML = "1<br>2")));
            for (const width of widths) {
                const cells = page.locator(`[data-width="${String(width)}"]`);
                const heights = await cells.evaluateAll((all) => all.map((cell) => cell.getBoundingClientRect().height));
                expect(heights).toHaveLength(GOOD.length);
                const where = `${String(languageId)} at ${String(width)} with letters of ${String(letter)}`;
                if (new Set(heights).size > 1) found.push(`${where}: ${heights.join(", ")}`);
            }
        }
    }
    return found;
}

test("from 400 px on a chat that goes well keeps its height, in narrow letters and in wide ones", async ({ page, demo }) => {
    await openGallery(page, demo);
    expect(await unequal(page, LANGUAGES, [400, 800])).toEqual([]);
});

test("from 400 px on a chat that goes well keeps its height, in any language and width @full", async ({ page, demo }) => {
    await openGallery(page, demo);
    const languages = await page.evaluate(() => window.gallery.languages);
    expect(await unequal(page, languages, [400, 450, 520, 640, 641, 680, 800])).toEqual([]);
});

/** Where the parts of each cell are, from the side that a language begins at. */
const parts = (page: Page, rtl: boolean): Promise<Record<string, number[]>> =>
    page.evaluate((fromRight) => {
        const found: Record<string, number[]> = {};
        for (const cell of document.querySelectorAll<HTMLElement>("[data-cell]")) {
            const place = cell.getBoundingClientRect();
            const numbers = [...cell.querySelectorAll("svg, button, dt, dd, [role=status], [role=alert]")].flatMap((part) => {
                const { left, right, top, width, height } = part.getBoundingClientRect();
                return [fromRight ? place.right - right : left - place.left, top - place.top, width, height];
            });
            found[`${String(cell.dataset.cell)} at ${String(cell.dataset.width)}`] = numbers.map(Math.round);
        }
        return found;
    }, rtl);

for (const theme of THEMES) {
    const tag = theme === "light" ? [] : "@full";
    test(`the theme ${theme} keeps all words readable, and from the right everything is mirrored`, { tag }, async ({ page, demo }) => {
        await openGallery(page, demo);
        await show(page, { theme, states: [], widths: [160, 320, 800], open: true });
        const left = await parts(page, false);
        await show(page, { theme, rtl: true, states: [], widths: [160, 320, 800], open: true });
        const right = await parts(page, true);
        expect(Object.keys(left).length).toBeGreaterThan(120);
        for (const [cell, numbers] of Object.entries(left)) {
            expect(numbers.length, cell).toBeGreaterThan(4);
            // A pixel apart at the most: rounding goes the other way.
            const other = right[cell] ?? [];
            expect(other.length, cell).toBe(numbers.length);
            expect(numbers.filter((number, index) => Math.abs(number - (other[index] ?? Infinity)) > 1), cell).toEqual([]);
        }
        await show(page, { theme, rtl: false, widths: [320] });
        expect(await axe(page)).toEqual([]);
    });
}

test.describe("in forced colours", () => {
    test.use({ contextOptions: { forcedColors: "active" } });

    test("words, signs and edges are in the user's own colours, and the focus can be seen", async ({ page, demo }) => {
        await openGallery(page, demo);
        await show(page, { states: [], widths: [320], open: true });
        const found = await page.evaluate(() => {
            const probe = document.body.appendChild(document.createElement("div"));
            const colour = (name: string): string => {
                probe.style.color = name;
                return getComputedStyle(probe).color;
            };
            const [canvas, ...own] = ["Canvas", "CanvasText", "ButtonText", "ButtonFace", "GrayText", "LinkText", "Highlight", "HighlightText", "ButtonBorder"].map(colour);
            const wrong: string[] = [];
            for (const cell of document.querySelectorAll<HTMLElement>("[data-cell]")) {
                const tell = (fault: string): void => void wrong.push(`${String(cell.dataset.cell)}: ${fault}`);
                for (const element of cell.querySelectorAll("button, dt, dd, a, [role=status] > div, [role=alert] > div")) {
                    const { color } = getComputedStyle(element);
                    if (!own.includes(color)) tell(`${element.textContent} is ${color}`);
                }
                for (const path of cell.querySelectorAll("svg[fill=none] path")) if (getComputedStyle(path).stroke === canvas) tell("a sign that cannot be seen");
                const action = cell.querySelector("[role=group] button:not([aria-expanded])");
                // Fluent fills the main button with the user's colour for what is selected.
                if (action && [getComputedStyle(action).borderTopColor, getComputedStyle(action).backgroundColor].every((one) => one === canvas)) tell("a button that cannot be told from what is around it");
            }
            return wrong;
        });
        expect(found).toEqual([]);
        await show(page, { states: ["launcher"], open: false });
        const button = page.locator("[data-cell] button").first();
        const before = await button.screenshot();
        await page.keyboard.press("Tab");
        for (let presses = 0; presses < 20 && !(await button.evaluate((one) => one === document.activeElement)); presses++) await page.keyboard.press("Tab");
        await expect(button).toBeFocused();
        expect((await button.screenshot()).equals(before)).toBe(false);
    });

    test("the sign of waiting can be seen to turn", async ({ page, demo }) => {
        await openGallery(page, demo);
        await show(page, { states: ["connecting"], widths: [320] });
        const colours = await page.evaluate(() =>
            document.getAnimations().flatMap(({ effect }) => {
                const { target } = effect as KeyframeEffect;
                if (!target) return [];
                const { borderTopColor, borderRightColor } = getComputedStyle(target);
                return [borderTopColor, borderRightColor];
            }),
        );
        expect(colours).toHaveLength(2);
        expect(colours[0]).not.toBe(colours[1]);
    });
});

test("the sign of waiting is only turned, so that it goes on while a script keeps the page busy", async ({ page, demo }) => {
    await openGallery(page, demo);
    await show(page, { states: ["connecting"], widths: [320] });
    const moved = await page.evaluate(() =>
        document.getAnimations().map(({ playState, effect }) => [playState, ...new Set((effect as KeyframeEffect).getKeyframes().flatMap((frame) => Object.keys(frame).filter((name) => !["offset", "computedOffset", "easing", "composite"].includes(name))))].join(" ")),
    );
    expect(moved).toEqual(["running transform"]);
});

test.describe("with less motion", () => {
    test.use({ contextOptions: { reducedMotion: "reduce" } });

    test("nothing goes on moving", async ({ page, demo }) => {
        await openGallery(page, demo);
        await show(page, { states: ["connecting", "connecting, slow"], widths: [320] });
        await expect.poll(() => page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === "running").length), { message: "running animations", timeout: 5_000 }).toBe(0);
    });
});

test("with the user's own text spacing nothing is cut or lies over another", async ({ page, demo }) => {
    await openGallery(page, demo);
    // WCAG 2.2, 1.4.12.
    await page.addStyleTag({ content: "[data-cell] * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }" });
    await show(page, { states: [], widths: [160, 320, 800] });
    expect(await faults(page)).toEqual([]);
});

test("the gallery itself shows what is chosen, by its bar and by its address", async ({ page, demo }) => {
    await page.goto(`${demo}/gallery?state=ended&theme=dark&dir=rtl&language=1025&width=260`);
    await expect(page.locator("html")).toHaveAttribute("data-ready", "true");
    const cells = page.locator("[data-cell]");
    await expect(cells).toHaveCount(1);
    await expect(cells).toHaveAttribute("lang", "ar");
    await expect(cells.locator("[dir=rtl]")).toHaveCount(1);
    await page.getByLabel("State").selectOption("launcher");
    await page.getByLabel("Language").selectOption("1031");
    await page.getByLabel("Width").selectOption("all");
    await expect(cells).toHaveCount(7);
    await expect(cells.first()).toHaveAttribute("lang", "de");
    await expect(cells.first().locator("[dir=ltr]")).toHaveCount(1);
    expect(await axe(page)).toEqual([]);
});
