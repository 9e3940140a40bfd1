// Owns the browser context that the tests of one worker share. A fresh process compiles the platform's libraries anew, which
// takes longer than most tests: 2.2 s in place of 0.6 s for a page (measured). What a test can leave behind is taken away.
import type { Browser, BrowserContext, Page } from "@playwright/test";

/** With this argument Chromium keeps all pages of a site in one process, which lives as long as one of them. */
export const ONE_PROCESS = "--process-per-site";

export class SharedContext {
    #context: BrowserContext | undefined;
    #keeper: Page | undefined;
    #options = "";
    /** Whether a test has changed what only a new context is rid of. */
    #isChanged = false;

    /**
     * @param options the test's context options; where they differ from the last test's, the context is a new one
     * @param address a page of the tested site
     */
    async take(browser: Browser, options: string, address: string): Promise<BrowserContext> {
        if (this.#context && this.#options === options) return this.#context;
        await this.#context?.close();
        const context = await browser.newContext();
        this.#options = options;
        this.#isChanged = false;
        this.#watch(context);
        this.#keeper = await context.newPage();
        await this.#keeper.goto(address);
        this.#context = context;
        return context;
    }

    /** Notices a clock and scripts for each page: neither can be taken back. */
    #watch(context: BrowserContext): void {
        const { clock } = context;
        const [install, addInitScript] = [clock.install.bind(clock), context.addInitScript.bind(context)];
        clock.install = (...given) => {
            this.#isChanged = true;
            return install(...given);
        };
        context.addInitScript = (...given: Parameters<typeof addInitScript>) => {
            this.#isChanged = true;
            return addInitScript(...given);
        };
    }

    async giveBack(context: BrowserContext): Promise<void> {
        const pages = context.pages().filter((page) => page !== this.#keeper);
        await Promise.all(pages.map((page) => page.close()));
        if (this.#isChanged || !this.#keeper || this.#keeper.isClosed()) {
            this.#context = undefined;
            await context.close();
            return;
        }
        await context.unrouteAll();
        await context.setOffline(false);
        await context.clearCookies();
        await this.#keeper.evaluate(() => {
            localStorage.clear();
            sessionStorage.clear();
        });
    }
}
