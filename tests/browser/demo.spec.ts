// The demo's pages: where the chat stands on them, the custom page, the designer, the administrator's page.
import type { Page } from "@playwright/test";
import { expect, frameElement, HR_WIDGET, IT_WIDGET, snippet, test as base, USERS } from "./fixtures";
import { axe, stillness } from "../steps";

const test = base.extend<{ visit: (path: string) => Promise<void> }>({
    visit: async ({ page, demo, centre }, use) => {
        expect(await centre.conversations()).toEqual([]);
        await use(async (path) => {
            await page.goto(`${demo}${path}${path.includes("?") ? "&" : "?"}sw=off`);
            await page.waitForFunction(() => document.documentElement.dataset["ready"] !== undefined);
            expect(await page.evaluate(() => document.documentElement.dataset["ready"])).toBe("true");
        });
        // Nothing that the control threw, and no text that it asked for in vain.
        const host = (): unknown => {
            const { demoHost } = window as Partial<Window>;
            return [demoHost?.errors ?? [], demoHost?.missingStrings ?? []];
        };
        expect(await page.evaluate(host)).toEqual([[], []]);
    },
});

const startButton = (page: Page) => page.getByRole("button", { name: "Chat with an agent" });
const settingsButton = (page: Page) => page.getByRole("banner").getByRole("button", { name: "Demo settings" });

/** What lies at the top of a grid of points over the frame: the frame itself, or whatever covers it. */
const coversOfFrame = (page: Page): Promise<string[]> =>
    frameElement(page).evaluate((frame) => {
        const { left, top, width, height } = frame.getBoundingClientRect();
        const parts = [0.02, 0.25, 0.5, 0.75, 0.98];
        const at = parts.flatMap((x) => parts.map((y) => document.elementFromPoint(left + width * x, top + height * y)));
        return at.filter((element) => element !== frame).map((element) => element?.outerHTML.slice(0, 80) ?? "outside the window");
    });

const frameSize = (page: Page): Promise<readonly [number, number]> =>
    frameElement(page).evaluate((frame) => [frame.clientWidth, frame.clientHeight] as const);

for (const [width, height] of [[1280, 800], [720, 450], [360, 740]] as const) {
    test.describe(`${width} x ${height}`, () => {
        test.use({ viewport: { width, height } });

        test("nothing covers the chat, and its button leaves the page usable", async ({ page, visit, standIn, centre }) => {
            await visit("/");
            await startButton(page).click();
            await centre.latest();
            await expect.poll(() => frameSize(page)).toEqual([Math.min(width, 380), Math.min(height, 620)]);
            expect(await coversOfFrame(page)).toEqual([]);

            await standIn.userMinimizes();
            await expect.poll(async () => (await frameSize(page))[0]).toBeLessThan(250);
            expect((await frameSize(page))[1]).toBeLessThan(120);
            expect(await coversOfFrame(page)).toEqual([]);

            await settingsButton(page).click();
            expect(await coversOfFrame(page)).toEqual([]);
            // The last of the panel can be scrolled from under the chat's button: a click needs that.
            const loaded = page.waitForEvent("load");
            await page.getByRole("button", { name: "Reset the demo" }).click();
            await loaded;
        });
    });
}

test("an open panel and an open chat stand side by side, from right to left as well", async ({ page, visit, centre }) => {
    await visit("/");
    await startButton(page).click();
    await centre.latest();
    await expect.poll(() => frameSize(page)).toEqual([380, 620]);
    await settingsButton(page).click();
    const panel = page.getByRole("complementary", { name: "Demo settings" });
    for (const direction of ["ltr", "rtl"]) {
        await expect(page.locator("html")).toHaveAttribute("dir", direction);
        expect(await panel.evaluate((element) => element.getBoundingClientRect().left)).toBe(0);
        expect(await coversOfFrame(page)).toEqual([]);
        await panel.getByLabel("Right to left").click();
    }
});

test("no page of the demo asks for something that is not there", async ({ page, demo, visit }) => {
    const missing: string[] = [];
    page.on("response", (response) => (response.status() >= 400 ? missing.push(response.url()) : undefined));
    for (const path of ["/", "/custom-page", "/designer", "/admin", "/examples", "/gallery"]) await visit(path);
    // It leads to the administrator's page, once its own has been read.
    await page.goto(`${demo}/setup?sw=off`);
    await page.waitForURL("**/setup.html*");
    expect(missing).toEqual([]);
});

test("a chat from the custom page carries the address of its formula", async ({ page, visit, centre }) => {
    await visit("/custom-page");
    await startButton(page).click();
    expect((await centre.latest()).customContextData).toMatchObject({ Email: { value: USERS.alex.email } });
});

test("the designer shows the control's preview, and loads nothing of Microsoft's", async ({ page, visit, watch }) => {
    await visit("/designer");
    await expect(page.getByText("Settings come from").first()).toBeVisible();
    await startButton(page).first().click();
    await stillness(page, 1_000);
    expect(watch.microsoft).toEqual([]);
    await expect(page.locator("script#Microsoft_Omnichannel_LCWidget")).toHaveCount(0);
});

test("what an administrator sets is what a form uses from its next load", async ({ page, visit, centre }) => {
    const open = async (): Promise<void> => {
        await visit("/admin");
        await page.getByRole("button", { name: "Chat widget snippet" }).click();
    };
    const value = page.getByLabel("Current Value");
    await open();
    await expect(page.getByRole("complementary", { name: "Environment variable" })).toContainText(`Widget ${IT_WIDGET}`);
    await page.getByRole("button", { name: "Remove value" }).click();
    await expect(page.getByRole("row", { name: /cwa_ChatWidgetSnippet/ })).toContainText("Needs a value");
    await visit("/");
    await startButton(page).click();
    await expect(page.getByText("Chat isn't set up here yet")).toBeVisible();

    await open();
    await value.fill(snippet("not-a-guid"));
    await expect(page.getByText("“not-a-guid”: Is not an ID.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Save" })).toBeEnabled();
    await value.fill("x".repeat(2_001));
    await expect(page.getByText("A value holds 2,000 characters, and this one has 2,001.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Save" })).toBeDisabled();
    expect(await axe(page)).toEqual([]);
    await value.fill(snippet(HR_WIDGET));
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("status")).toContainText("Chat widget snippet is saved.");
    await visit("/");
    await startButton(page).click();
    expect((await centre.latest()).widgetId).toBe(HR_WIDGET);
});

test("a value that does not fit is refused by the demo's Dataverse, too", async ({ demo, centre }) => {
    const tooLong = centre.setVariable("cwa_ChatWidgetSnippet", "x".repeat(2_001));
    await expect(tooLong).rejects.toThrow(`PUT ${demo}/demo/environment/cwa_ChatWidgetSnippet: 400`);
});
