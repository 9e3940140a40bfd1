// Microsoft's own test harness (pcf-start) shows the production bundle: the control appears with its button, and nothing is thrown.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "@playwright/test";
import { IT_WIDGET, ORG, ORG_URL, SCRIPT_URL } from "./fixtures";

const root = join(__dirname, "../..");
/** As `pcf-scripts start` serves them: the harness first, then the folder of the control. */
const FOLDERS = [join(root, "node_modules/pcf-start"), process.env["BUNDLE_DIR"] ?? join(root, "out/controls/ChatWithAgent")];
const ORIGIN = "http://localhost:8181";
const TYPES: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript", xml: "text/xml", resx: "text/xml", css: "text/css" };

/** Answers the harness from the disk, and the CDN that it has React from with React's own builds; hands over what else was asked for, and what was thrown. */
async function serve(page: Page): Promise<{ readonly foreign: string[]; readonly errors: string[] }> {
    const foreign: string[] = [];
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.context().route(/^https?:/, async (at) => {
        const url = new URL(at.request().url());
        const react = url.host === "unpkg.com" ? /^\/(react(?:-dom)?)@16\.14\.0\/umd\/([\w.-]+\.js)$/.exec(url.pathname) : undefined;
        const candidates = react ? [join(root, "node_modules", react[1] ?? "", "umd", react[2] ?? "")] : url.origin === ORIGIN ? FOLDERS.map((folder) => join(folder, url.pathname === "/" ? "index.html" : url.pathname)) : [];
        for (const candidate of candidates) {
            // The harness knows no user's language: it reads all texts, and shows the last. Here all are English.
            const file = candidate.replace(/ChatWithAgent\.\d+\.resx$/, "ChatWithAgent.1033.resx");
            const body = await readFile(file).catch(() => undefined);
            if (body) return at.fulfill({ body, contentType: TYPES[file.slice(file.lastIndexOf(".") + 1)] ?? "application/octet-stream" });
        }
        // The older Fluent in the harness asks for its fonts.
        if (url.origin !== ORIGIN && url.host !== "res-1.cdn.office.net") foreign.push(url.href);
        return url.origin === ORIGIN ? at.fulfill({ status: 404, body: "" }) : at.abort();
    });
    return { foreign, errors };
}

/** The field in which the harness takes a property's value. */
const field = (page: Page, property: string) => page.locator(`xpath=//*[normalize-space(text())="${property}"]/following::input[1]`);

test("Microsoft's harness shows the control, hands over what is typed in, and shows the outputs", async ({ page }) => {
    const { foreign, errors } = await serve(page);
    await page.clock.install();
    await page.goto(`${ORIGIN}/`);
    // The harness begins with "val" in every text: a snippet that is none.
    await expect(page.getByRole("alert")).toContainText("Chat isn't set up here yet");
    await page.getByRole("button", { name: "Details" }).click();
    await expect(page.getByRole("group").getByText("settings-invalid", { exact: true })).toBeVisible();
    await field(page, "widgetSnippet").fill(`data-app-id=${IT_WIDGET};data-org-id=${ORG};data-org-url=${ORG_URL}`);
    await field(page, "buttonLabel").fill("Ask the helpdesk");
    await field(page, "message").fill("Chats are recorded.");
    const button = page.getByRole("button", { name: "Ask the helpdesk" });
    await expect(button).toBeVisible();
    await expect(page.getByRole("status").getByText("Chats are recorded.")).toBeVisible();
    expect(foreign).toEqual([]);
    await button.click();
    await expect(page.getByRole("status")).toContainText("We're still trying.");
    for (const pause of [1_000, 2_000, 4_000, 8_000]) {
        await page.waitForTimeout(200);
        await page.clock.runFor(pause);
    }
    // Nobody answers for Microsoft's hosts here.
    await expect(page.getByRole("alert")).toContainText("We couldn't reach the chat service");
    await expect(field(page, "errorCode")).toHaveValue("script-unreachable");
    await expect(field(page, "chatState")).toHaveValue("failed");
    expect(foreign.filter((url, index) => foreign.indexOf(url) === index).map((url) => url.replace(/\?.*/, ""))).toEqual(Array(5).fill(SCRIPT_URL));
    expect(errors).toEqual([]);
});
