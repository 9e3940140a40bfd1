// Owns the browser context that the tests of one worker share. A fresh one compiles the platform's libraries anew and costs five
// seconds of processor time, a test in a warm one less than two (measured). What a test can leave behind is taken away.
import type { Browser, BrowserContext, Page } from "@playwright/test";

/** With this argument Chromium keeps all pages of a site in one process, which lives as long as one of them. */
export const ONE_PROCESS = "--process-per-site";

/** Playwright's clock has no way back among its public methods; the server's object, which is in this process, has one. */
interface Inner {
    readonly clock?: { uninstall?(progress: { race<T>(work: Promise<T>): Promise<T> }): Promise<void> };
}

interface Connected {
    readonly _connection?: { toImpl?(context: BrowserContext): Inner | undefined };
}

/** Whether a context is rid of its clock: pages that are opened from now on have the real one. */
async function uninstallClock(context: BrowserContext): Promise<boolean> {
    const clock = (context as unknown as Connected)._connection?.toImpl?.(context)?.clock;
    if (clock?.uninstall === undefined) return false;
    await clock.uninstall({ race: (work) => work });
    return true;
}

/** Runs in page and frame. */
async function emptyStorage(): Promise<void> {
    localStorage.clear();
    sessionStorage.clear();
    for (const { name } of await indexedDB.databases()) if (name !== undefined) indexedDB.deleteDatabase(name);
}

export class SharedContext {
    #context: BrowserContext | undefined;
    #keeper: Page | undefined;
    #options = "";
    /** Whether a test has put a clock in charge. */
    #hasClock = false;

    /**
     * @param options the test's context options; where they differ from the last test's, the context is a new one
     * @param places a page of the tested site, and one of the widget's frame: both have processes that are kept
     */
    async take(browser: Browser, options: string, places: readonly [string, string]): Promise<BrowserContext> {
        if (this.#context && this.#options === options) return this.#context;
        await this.#context?.close();
        const context = await browser.newContext();
        this.#options = options;
        this.#watch(context);
        this.#keeper = await context.newPage();
        await this.#keeper.goto(places[0]);
        await this.#keeper.setContent(`<iframe src="${places[1]}"></iframe>`);
        this.#context = context;
        return context;
    }

    #watch({ clock }: BrowserContext): void {
        const install = clock.install.bind(clock);
        clock.install = (...given) => {
            this.#hasClock = true;
            return install(...given);
        };
    }

    async giveBack(context: BrowserContext): Promise<void> {
        const pages = context.pages().filter((page) => page !== this.#keeper);
        await Promise.all(pages.map((page) => page.close()));
        const isReal = !this.#hasClock || (await uninstallClock(context));
        if (!isReal || !this.#keeper || this.#keeper.isClosed()) {
            this.#context = undefined;
            await context.close();
            return;
        }
        await context.unrouteAll();
        await context.setOffline(false);
        await context.clearCookies();
        this.#hasClock = false;
        // From within: a frame's storage belongs to the pair of its site and the page's.
        for (const frame of this.#keeper.frames()) await frame.evaluate(emptyStorage);
    }
}
