// The space that the widget's frame takes on the page: within the view, and all of it below 480 px while a chat is open.
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { build } from "esbuild";
import { FRAME_ID as FRAME } from "../../simulator/widget/messages";
import { expect, test } from "./fixtures";

let code = "";

test.beforeAll(async () => {
    const contents = 'import { limitWidget } from "./limits"; limitWidget(window);';
    const stdin = { contents, resolveDir: join(__dirname, "../../ChatWithAgent/widget") };
    const { outputFiles } = await build({ stdin, bundle: true, write: false, format: "iife" });
    code = outputFiles[0]?.text ?? "";
});

/** A document with the limits, under a policy that refuses inline styles; the frame comes later. */
async function open(page: Page, width: number, height: number): Promise<void> {
    await page.setViewportSize({ width, height });
    const body = '<!doctype html><script defer src="/limits.js"></script><main>Page</main>';
    const headers = { "content-type": "text/html", "content-security-policy": "default-src 'self'" };
    await page.route("https://page.example/", (at) => at.fulfill({ headers, body }));
    const script = { contentType: "text/javascript", body: code };
    await page.route("https://page.example/limits.js", (at) => at.fulfill(script));
    await page.goto("https://page.example/");
    await page.evaluate((id) => {
        const frame = document.createElement("iframe");
        frame.id = id;
        frame.style.cssText = "position: fixed; right: 20px; bottom: 20px; width: 0; height: 0; border: 0";
        document.body.append(frame);
    }, FRAME);
}

/** Gives the frame a size, and tells where it is then. */
const size = (page: Page, width: string, height: string): Promise<readonly number[]> =>
    page.evaluate(
        async ([id, wide, high]) => {
            const frame = document.getElementById(id ?? "");
            if (!frame) throw new Error("There is no frame.");
            Object.assign(frame.style, { width: wide, height: high });
            await new Promise((seen) => requestAnimationFrame(seen));
            const { x, y, width: w, height: h } = frame.getBoundingClientRect();
            return [x, y, w, h];
        },
        [FRAME, width, height],
    );

const BUTTON = ["240px", "120px"] as const;
const CHAT = ["380px", "620px"] as const;

for (const [width, height] of [
    [320, 480],
    [260, 400],
    [479, 800],
] as const) {
    test(`${width} × ${height}: an open chat fills the view, the button covers no more than itself`, async ({ page }) => {
        await open(page, width, height);
        const buttonWidth = Math.min(240, width - 40);
        const button = [width - 20 - buttonWidth, height - 140, buttonWidth, 120];
        expect(await size(page, ...BUTTON)).toEqual(button);
        expect(await size(page, ...CHAT)).toEqual([0, 0, width, height]);
        // Put aside, and opened again.
        expect(await size(page, ...BUTTON)).toEqual(button);
        expect(await size(page, ...CHAT)).toEqual([0, 0, width, height]);
    });
}

for (const [name, width, height, expected] of [
    ["a chat keeps its own size and place", 1_000, 800, [600, 160, 380, 620]],
    ["a low view limits its height", 740, 340, [340, 20, 380, 300]],
    ["just wide enough for both", 480, 900, [80, 260, 380, 620]],
] as const) {
    test(`${width} × ${height}: ${name}`, async ({ page }) => {
        await open(page, width, height);
        expect(await size(page, ...CHAT)).toEqual(expected);
    });
}

test("a frame that takes the place of another one is followed as well; a class may tell the size", async ({ page }) => {
    await open(page, 320, 480);
    await size(page, ...CHAT);
    await page.evaluate((id) => {
        document.getElementById(id)?.remove();
        const frame = document.createElement("iframe");
        frame.id = id;
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(".web_chat_panel { width: 380px; height: 620px; }");
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        document.body.append(frame);
    }, FRAME);
    const widthWith = (name: string): Promise<number> =>
        page.evaluate(
            async ([id, className]) => {
                const frame = document.getElementById(id ?? "") as HTMLIFrameElement;
                Object.assign(frame.style, { border: "0" });
                frame.className = className ?? "";
                await new Promise((seen) => requestAnimationFrame(seen));
                return frame.getBoundingClientRect().width;
            },
            [FRAME, name],
        );
    expect(await widthWith("web_chat_panel")).toBe(320);
    // An inline frame's own width, which is more than a button's, is limited.
    await page.evaluate((id) => document.getElementById(id)?.style.setProperty("width", "60px"), FRAME);
    expect(await widthWith("")).toBe(60);
});
