// Owns the steps of the scenarios about the page in the app's navigation: opening it in the app's frame, and what is looked at and pressed there.
import type { Frame, FrameLocator, Locator, Page } from "@playwright/test";
import { expect, standInTest as base, USERS } from "./fixtures";
import { ADDRESS_PATIENCE, stretch } from "./steps";

export interface ChatPage {
    readonly frame: FrameLocator;
    /** What the page says of the chat. */
    readonly view: Locator;
    readonly action: Locator;
    readonly sendBox: Locator;
    /** The tags of Microsoft's script, and the elements of its widget. */
    readonly microsoft: Locator;
    /** What is said behind the button Details, once it is pressed. */
    readonly details: Locator;
}

interface Visit {
    readonly data?: string;
    /** Whether time is the test's, as for what happens after 30 seconds. */
    readonly clock?: boolean;
    readonly user?: { readonly id: string };
}

const ADDRESS = "/main.aspx?pagetype=webresource&webresourceName=cwa_/chat-with-agent/chat.html&sw=off";

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
        sendBox: frame.locator('textarea[data-testid="send box text area"]'),
        microsoft: frame.locator("#oc-lcw, script[src*=LiveChatBootstrapper]"),
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
export const navigation = (page: Page, name: string): Locator => page.getByRole("navigation", { name: "Sales Hub" }).getByRole("link", { name });

/** Holds all answers to an address until they are released; `asked` says what was asked for. */
export async function hold(page: Page, address: string): Promise<{ readonly asked: string[]; readonly release: () => void }> {
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

export const test = base.extend<{ visit: (options?: Visit) => Promise<ChatPage> }>({
    visit: async ({ page, demo, watch, centre }, use, info) => {
        const errors: string[] = [];
        page.on("pageerror", (error) => errors.push(error.message));
        await use(async ({ data, clock, user = USERS.alex } = {}) => {
            if (clock) await page.clock.install();
            else await stretch(page, { ...ADDRESS_PATIENCE, 30_000: 120_000 });
            await page.context().addCookies([{ name: "demoUser", value: user.id, url: demo }]);
            await page.goto(`${demo}${ADDRESS}${data === undefined ? "" : `&data=${encodeURIComponent(data)}`}`);
            return chatPage(page);
        });
        if (info.status !== info.expectedStatus) await info.attach("console and contact centre", { body: JSON.stringify({ console: watch.console, requests: await centre.requests() }, null, 1), contentType: "application/json" });
        expect(errors).toEqual([]);
    },
});
