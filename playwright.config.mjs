// Owns the settings of the browser tests: the production bundle in the installed Chromium, one demo server for each worker.
// The servers, the browser's arguments and all checks are in tests/fixtures.ts.
import { defineConfig } from "@playwright/test";

/** What takes long carries this tag and runs in `npm run test:all` only. */
const isFull = process.env.FULL === "1";

export default defineConfig({
    outputDir: "test-results",
    fullyParallel: true,
    workers: 2,
    // A flaky test is a defect.
    retries: 0,
    forbidOnly: true,
    ...(isFull ? {} : { grepInvert: /@full/ }),
    reporter: [["list"], ["json", { outputFile: process.env.REPORT ?? "test-results/browser.json" }]],
    use: { browserName: "chromium", headless: true, serviceWorkers: "block", screenshot: "only-on-failure" },
    projects: [
        { name: "browser", testDir: "tests/browser", timeout: 45_000, expect: { timeout: 10_000 }, use: { actionTimeout: 10_000 } },
        // Generous, because a computer may be slow; the real widget takes two seconds of processor time to start.
        { name: "contract", testDir: "tests/contract", timeout: 120_000, expect: { timeout: 45_000 }, use: { actionTimeout: 45_000 } },
        { name: "real", testDir: "tests/real", timeout: 120_000, expect: { timeout: 45_000 }, use: { actionTimeout: 45_000 } },
    ],
});
