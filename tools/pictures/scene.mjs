// Owns the stage on which one picture is taken: a browser that has never been there, the pages of users, agents and
// makers, and the steps that pictures share.
/* global document, MutationObserver */
import { moveClock } from "./hour.mjs";

/** How long anything may take to come. */
const PATIENCE_MS = 30_000;
/** So long nothing may change before a page counts as at rest, and so long it is waited for at the most. */
const QUIET_MS = 700;
const LONGEST_MS = 8_000;

/** The widget's frame, which is another document. */
export const frame = (page) => page.frameLocator("#Microsoft_Omnichannel_LCWidget_Chat_Iframe_Window");
export const chatButton = (within) => within.getByRole("button", { name: "Chat with an agent" }).first();
export const minimiseButton = (page) => frame(page).locator("#lcw-header-minimize-button");
export const sendBox = (page) => frame(page).locator('textarea[data-testid="send box text area"]');

/** Waits until nothing changes in a page or a frame any more, so that no picture catches a half-drawn one. */
export async function rest(frame) {
    await frame.evaluate(
        ([quiet, longest]) =>
            new Promise((done, failed) => {
                const end = () => {
                    watch.disconnect();
                    clearTimeout(last);
                    done();
                };
                let timer = setTimeout(end, quiet);
                const watch = new MutationObserver(() => {
                    clearTimeout(timer);
                    timer = setTimeout(end, quiet);
                });
                const last = setTimeout(() => failed(new Error("The page does not come to rest.")), longest);
                watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
            }),
        [QUIET_MS, LONGEST_MS],
    );
    await frame.evaluate(() => document.fonts.ready.then(() => undefined));
}

async function boxOf(locator) {
    const box = await locator.boundingBox();
    if (box === null) throw new Error(`Not on the screen: ${locator}`);
    return box;
}

/** Draws the mouse pointer, which a browser without a window does not show, with its tip on an element. */
export async function pointAt(locator) {
    await locator.hover();
    const { x, y, width, height } = await boxOf(locator);
    await locator.page().evaluate(
        ([left, top]) => {
            const pointer = document.createElement("div");
            pointer.style.cssText = `position:fixed;left:${left}px;top:${top}px;z-index:2147483647;pointer-events:none;filter:drop-shadow(0 1px 2px #0007)`;
            pointer.innerHTML =
                '<svg width="22" height="30" viewBox="0 0 22 30" style="display:block"><path d="M1 1v23l6-5 4 9 4-2-4-9h8z" fill="#fff" stroke="#000" stroke-width="1.6" stroke-linejoin="round"/></svg>';
            document.body.append(pointer);
        },
        [x + width * 0.6, y + height * 0.55],
    );
}

/** The part of a page that holds all of these elements, with a margin. */
export async function around(locators, margin = 12) {
    const boxes = await Promise.all(locators.map(boxOf));
    const x = Math.max(0, Math.min(...boxes.map((box) => box.x)) - margin);
    const y = Math.max(0, Math.min(...boxes.map((box) => box.y)) - margin);
    return {
        x,
        y,
        width: Math.max(...boxes.map((box) => box.x + box.width)) + margin - x,
        height: Math.max(...boxes.map((box) => box.y + box.height)) + margin - y,
    };
}

/**
 * The stage for one picture.
 * @param {import("@playwright/test").Browser} browser
 * @param {{ origin: string, span: number, size: readonly [number, number], onServer: (path: string, method: string)
 * => Promise<void> }} options `origin` as the pictures show it, `span` what the clock is moved by
 */
export async function createScene(browser, { origin, span, size, onServer }) {
    const context = await browser.newContext({
        viewport: { width: size[0], height: size[1] },
        locale: "en-US",
        timezoneId: "UTC",
        colorScheme: "light",
        reducedMotion: "reduce",
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const errors = [];
    context.on("weberror", (error) => errors.push(error.error().message));
    await context.addInitScript(`(${moveClock.toString()})(${span})`);

    async function open(path) {
        const page = await context.newPage();
        await page.goto(origin + path);
        return page;
    }

    return {
        /** What the pages have thrown. */
        errors,
        open,
        close: () => context.close(),

        /** A page of the demo's own, once it says that it is ready. */
        async visit(path = "/") {
            const page = await open(path);
            await page.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
            const state = await page.evaluate(() => document.documentElement.dataset.ready);
            if (state !== "true") throw new Error(`${path} did not start: ${state}`);
            return page;
        },

        /** The agent's console. */
        async console() {
            const agent = await open("/agent");
            await agent.getByText("Connected").waitFor();
            return agent;
        },

        /** The agent takes a user's chat. */
        async accept(agent, name) {
            await agent.bringToFront();
            await agent.getByRole("navigation", { name: "Chats" }).getByRole("button", { name }).click();
            await agent.getByRole("button", { name: "Accept" }).click();
        },

        /** The agent answers. */
        async answer(agent, text) {
            await agent.bringToFront();
            const reply = agent.getByRole("textbox", { name: "Reply" });
            await reply.fill(text);
            await reply.press("Enter");
            await agent.getByRole("log", { name: "Messages" }).getByText(text).waitFor();
        },

        /** The user presses the control, and the chat opens. */
        async start(page) {
            await page.bringToFront();
            await chatButton(page).click();
            await sendBox(page).waitFor();
        },

        /** The user writes. */
        async write(page, text) {
            await sendBox(page).fill(text);
            await sendBox(page).press("Enter");
            await frame(page).getByText(text).first().waitFor();
        },

        /** As an administrator who has not set an environment variable. */
        removeVariable: (name) => onServer(`/demo/environment/${name}`, "DELETE"),
    };
}
