// Owns the steps of the scenarios about the page in the app's navigation: opening it in a frame, and what is looked at there.
import type { Frame, FrameLocator, Locator, Page } from "@playwright/test";
import { expect, frameElement, standInTest as base, USERS, widget } from "./fixtures";
import { ADDRESS_PATIENCE, stretch } from "./steps";

export interface ChatPage {
    readonly frame: FrameLocator;
    /** What the page says of the chat. */
    readonly view: Locator;
    readonly action: Locator;
    readonly sendBox: Locator;
    /** The tags of Microsoft's script, and the frame of its widget. */
    readonly microsoft: Locator;
    /** What is said behind the button Details, once it is pressed. */
    readonly details: Locator;
}

interface Visit {
    readonly data?: string;
    /** Whether time is the test's, as for what happens after 30 seconds. */
    readonly clock?: boolean;
    /** Whether the page stands in the demo's whole app, not in a frame alone, which is there sooner. */
    readonly inApp?: boolean;
    readonly user?: { readonly id: string };
}

const NAME = "cwa_/chat-with-agent/chat.html";

/** Stands for the app: a document of the same origin with nothing but the frame. */
const SHELL = (address: string): string => `<!doctype html>
    <style>html, body, iframe { display: block; width: 100%; height: 100%; margin: 0; border: 0 }</style>
    <iframe class="web-resource" src="${address.replaceAll("&", "&amp;")}"></iframe>`;

/** The page's own document, for routes. */
export const DOCUMENT = "**/WebResources/**/chat.html*";
export const WHO = "**/api/data/**/WhoAmI";

export const CHATTING = "You're chatting with the helpdesk";

export function chatPage(page: Page): ChatPage {
    const frame = page.frameLocator("iframe.web-resource");
    const view = frame.locator("main [data-tone]");
    return {
        frame,
        view,
        action: view.getByRole("button").first(),
        sendBox: widget(frame).sendBox,
        microsoft: frameElement(frame).or(frame.locator("script[src*=LiveChatBootstrapper]")),
        details: view.getByRole("button", { name: "Details" }),
    };
}

/** The page's document, for what only its own script can tell. */
export function frameOf(page: Page): Frame {
    const found = page.frames().find((frame) => frame.url().includes("/WebResources/"));
    if (!found) throw new Error("The page is not open.");
    return found;
}

/** An entry of the app's navigation. */
export const navigation = (page: Page, name: string): Locator =>
    page.getByRole("navigation", { name: "Sales Hub" }).getByRole("link", { name });

interface Held {
    readonly asked: string[];
    readonly release: () => void;
}

/** Holds all answers to an address until they are released; `asked` says what was asked for. */
export async function hold(page: Page, address: string): Promise<Held> {
    const asked: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(address, async (route) => {
        asked.push(new URL(route.request().url()).pathname.split("/").at(-1) ?? "");
        await held;
        await route.continue();
    });
    return { asked, release };
}

/** Opens the page for a user. */
export async function visitPage(page: Page, demo: string, { data, inApp = false, user = USERS.alex }: Visit = {}): Promise<ChatPage> {
    await page.context().addCookies([{ name: "demoUser", value: user.id, url: demo }]);
    const query = new URLSearchParams(data === undefined ? {} : { data });
    const shell = `${demo}/shell`;
    if (inApp) await page.goto(`${demo}/main.aspx?pagetype=webresource&webresourceName=${NAME}&sw=off&${query.toString()}`);
    else {
        const body = SHELL(`/WebResources/${NAME}?${query.toString()}`);
        await page.unroute(shell);
        await page.route(shell, (route) => route.fulfill({ contentType: "text/html", body }));
        await page.goto(shell);
    }
    return chatPage(page);
}

export const test = base.extend<{ visit: (options?: Visit) => Promise<ChatPage> }>({
    visit: async ({ page, demo, watch, centre }, use, info) => {
        const errors: string[] = [];
        page.on("pageerror", (error) => errors.push(error.message));
        await use(async (options = {}) => {
            if (options.clock) await page.clock.install();
            else await stretch(page, { ...ADDRESS_PATIENCE, 30_000: 120_000 });
            return visitPage(page, demo, options);
        });
        if (info.status !== info.expectedStatus) {
            const body = JSON.stringify({ console: watch.console, requests: await centre.requests() }, null, 1);
            await info.attach("console and contact centre", { body, contentType: "application/json" });
        }
        expect(errors, "errors in the page").toEqual([]);
    },
});
