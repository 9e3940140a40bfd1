// Owns the settings of the browser tests: the production bundle in the installed Chromium, one demo server for each worker.
import { defineConfig } from "@playwright/test";
import { availableParallelism } from "node:os";
import { findBrowser } from "./tools/browser.mjs";

export default defineConfig({
    testDir: "tests/browser",
    outputDir: "test-results",
    fullyParallel: true,
    // Microsoft's widget alone keeps one and a half processors busy: on two, a second worker gains nothing and makes every wait twice as long (measured).
    workers: availableParallelism() >= 4 ? 2 : 1,
    // Real widget, real clock: what fails on a loaded machine and passes at once again is named as flaky in the output.
    retries: 1,
    // Generous, because a computer may be slow (half of this one's speed was tried); what has to be quick says so itself.
    timeout: 240_000,
    expect: { timeout: 60_000 },
    forbidOnly: true,
    // With FULL in the environment the long runs are taken, too.
    grepInvert: process.env.FULL ? [] : /@full/,
    reporter: [["list"], ["json", { outputFile: "test-results/browser.json" }]],
    use: {
        browserName: "chromium",
        headless: true,
        serviceWorkers: "block",
        screenshot: "only-on-failure",
        launchOptions: {
            ...(findBrowser() === undefined ? {} : { executablePath: findBrowser() }),
            // No sandbox, because in containers the tests run as root; no background services, because there may be no network.
            args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        },
    },
});
