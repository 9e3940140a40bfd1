// Microsoft's own test harness (pcf-start) shows the production bundle: the control appears with its button, and nothing is thrown.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, IT_WIDGET, ORG, ORG_URL, SCRIPT_URL, test } from "./fixtures";

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

test("Microsoft's harness shows the control, hands over what is typed in, and shows the outputs", { tag: "@full" }, async ({ page }) => {
    test.setTimeout(120_000);
    const { foreign, errors } = await serve(page);
    await page.clock.install();
    await page.goto(`${ORIGIN}/`);
    // The harness begins with "val" in every text: a snippet that is none. It reads megabytes of libraries first.
    await expect(page.getByRole("alert")).toContainText("Chat isn't set up here yet", { timeout: 60_000 });
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
    // Nobody answers for Microsoft's hosts here: four pauses, then it is given up.
    await expect.poll(async () => {
        await page.clock.runFor(1_000);
        return field(page, "chatState").inputValue();
    }).toBe("failed");
    await expect(page.getByRole("alert")).toContainText("We couldn't reach the chat service");
    await expect(field(page, "errorCode")).toHaveValue("script-unreachable");
    const scripts = [...new Set(foreign)].filter((url) => url.startsWith(SCRIPT_URL));
    expect(scripts).toHaveLength(5);
    const others = [...new Set(foreign)].filter((url) => !scripts.includes(url)).map((url) => url.replace(/\?.*/, ""));
    expect(others, "the configuration alone").toEqual([`${ORG_URL}/livechatconnector/config/${ORG}/${IT_WIDGET}`]);
    expect(errors).toEqual([]);
});
