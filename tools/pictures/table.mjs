// Owns what the pictures of the guides show: for each its name, the size of the window, the steps to it, and the part
// that is kept (all of the window unless a clip is named).
/* global document */
import { around, chatButton, frame, minimiseButton, pointAt } from "./scene.mjs";

const USER = "Alex Wilber";
const QUESTION = "Which discount may I give on 40 machines?";
const ANSWER = "Hello Alex! Up to 12 percent. I see your opportunity: shall I check the margin, too?";
const PAGE = "/main.aspx?pagetype=webresource&webresourceName=cwa_/chat-with-agent/chat.html";

/** The part of a form that the control stands in. */
const helpSection = (page) => page.locator("section", { has: page.locator("[data-slot=help]") });

/** A chat from a record, with one question and its answer. */
async function conversation(scene) {
    const agent = await scene.console();
    const user = await scene.visit("/");
    await scene.start(user);
    await scene.write(user, QUESTION);
    await scene.accept(agent, USER);
    await scene.answer(agent, ANSWER);
    await user.bringToFront();
    await frame(user).getByText(ANSWER).first().waitFor();
    return { agent, user };
}

/** The designer, once the control's preview says nothing any more of being on its way. */
async function designer(scene) {
    const page = await scene.visit("/designer");
    await page.waitForFunction(() => !document.querySelector(".design-slot").textContent.includes("…"));
    return page;
}

/** The pictures of one chat stand side by side, so they have one size. */
const SERIES = [1000, 640];

/**
 * @type {readonly { name: string, size: readonly [number, number], take: (scene: Awaited<ReturnType<typeof
 * import("./scene.mjs").createScene>>) => Promise<{ page: import("@playwright/test").Page, clip?: object }> }[]}
 */
export const PICTURES = [
    {
        name: "chat-1-press",
        size: SERIES,
        async take(scene) {
            const page = await scene.visit("/");
            await pointAt(chatButton(page));
            return { page };
        },
    },
    {
        name: "chat-2-write",
        size: SERIES,
        async take(scene) {
            const page = await scene.visit("/");
            await scene.start(page);
            await scene.write(page, QUESTION);
            return { page };
        },
    },
    {
        name: "chat-3-agent",
        size: SERIES,
        async take(scene) {
            const { agent } = await conversation(scene);
            return { page: agent };
        },
    },
    {
        name: "chat-4-record",
        size: SERIES,
        async take(scene) {
            const { user } = await conversation(scene);
            await user.getByRole("link", { name: "Accounts" }).click();
            await user.getByText("Litware").first().click();
            await user.getByRole("button", { name: "Return to chat" }).waitFor();
            return { page: user };
        },
    },
    {
        name: "minimised",
        size: SERIES,
        async take(scene) {
            const { agent, user } = await conversation(scene);
            await minimiseButton(user).click();
            await frame(user).locator("#oc-lcw-chat-button").waitFor();
            await scene.answer(agent, "The margin is fine.");
            await user.bringToFront();
            await user.locator("[data-slot=help]").getByText("1", { exact: true }).waitFor();
            // Microsoft's button has the focus now; its ring is no part of what is shown.
            await frame(user).locator("html").evaluate(() => document.activeElement.blur());
            const control = await around([helpSection(user)], 8);
            // Down to the window's edge, where Microsoft's button is.
            return { page: user, clip: { ...control, height: SERIES[1] - control.y } };
        },
    },
    {
        name: "failure",
        size: [1000, 1000],
        async take(scene) {
            await scene.removeVariable("cwa_ChatWidgetSnippet");
            const page = await scene.visit("/");
            await chatButton(page).click();
            await page.getByRole("button", { name: "Details" }).click();
            return { page, clip: await around([helpSection(page)], 8) };
        },
    },
    {
        name: "designer",
        size: [1120, 660],
        async take(scene) {
            return { page: await designer(scene) };
        },
    },
    {
        name: "designer-missing",
        size: [1120, 1400],
        async take(scene) {
            await scene.removeVariable("cwa_ChatWidgetSnippet");
            const page = await designer(scene);
            return { page, clip: { ...(await around([page.getByRole("region", { name: "Help" })], 8)), height: 700 } };
        },
    },
    {
        name: "custom-page",
        size: [1180, 660],
        async take(scene) {
            const page = await scene.visit("/custom-page");
            await page.getByLabel("userEmail").evaluate((field) => field.scrollIntoView({ block: "center" }));
            return { page, clip: { x: 0, y: 176, width: 1180, height: 484 } };
        },
    },
    {
        name: "navigation",
        size: [1000, 460],
        async take(scene) {
            const page = await scene.visit(PAGE);
            await chatButton(page.frameLocator("iframe.web-resource")).waitFor();
            return { page };
        },
    },
    {
        name: "variables",
        size: [1480, 700],
        async take(scene) {
            const page = await scene.visit("/admin");
            await page.getByRole("button", { name: "Chat widget snippet" }).click();
            // The caret is at the end, and has scrolled the first line away.
            await page.getByLabel("Current Value").evaluate((area) => {
                area.setSelectionRange(0, 0);
                area.scrollTop = 0;
            });
            return { page };
        },
    },
    {
        name: "setup-check",
        size: [900, 660],
        async take(scene) {
            const page = await scene.open("/setup");
            await page.locator("tr[data-user]").first().waitFor();
            return { page };
        },
    },
    {
        name: "setup-contacts",
        size: [1000, 2200],
        async take(scene) {
            const page = await scene.open("/setup");
            await page.locator("tr[data-user]").first().waitFor();
            await page.getByRole("searchbox").or(page.getByLabel("Search by name or address")).first().fill("Aaliyah");
            await page.getByLabel("Show").selectOption("missing");
            // Until the others have gone, rows move under the hand.
            await page.locator("tr[data-standing=linked]").first().waitFor({ state: "detached" });
            await page.locator("table[aria-busy=false]").waitFor();
            const missing = page.locator("tr[data-user]", { hasText: "Aaliyah" }).getByRole("checkbox");
            for (const index of [0, 1]) await missing.nth(index).check();
            await page.mouse.move(0, 0);
            const { y } = await page.getByRole("heading", { name: "Contacts for users" }).boundingBox();
            return { page, clip: { x: 0, y: y - 30, width: 1000, height: 620 } };
        },
    },
];
