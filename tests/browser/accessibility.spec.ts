// Through a whole chat by keyboard alone: what a screen reader is told, where the focus is, and that nothing around
// the control moves.
import type { Locator, Page } from "@playwright/test";
import { expect, expectState, mount, test, widget } from "./fixtures";
import { action, axe, control } from "../steps";

interface Noted {
    /** What the live region has said, one after the other. */
    readonly said: string[];
    /** Where what stands below the control has been, in pixels. */
    readonly places: number[];
}

declare global {
    interface Window {
        noted: Noted;
    }
}

/** Notes at every frame what is said and where the element below the control is. */
async function note(page: Page, id: number): Promise<void> {
    await page.evaluate((wanted) => {
        const place = document.querySelector(`[data-instance="${String(wanted)}"]`);
        const below = document.createElement("p");
        below.textContent = "Below the control.";
        place?.after(below);
        const noted: Noted = { said: [], places: [] };
        window.noted = noted;
        const look = (): void => {
            const region = place?.querySelector("[role=status], [role=alert]");
            const words =
                `${String(region?.getAttribute("role"))}: ${[...(region?.children ?? [])].map(({ textContent }) => textContent).join(" ")}`.trim();
            if (words !== noted.said.at(-1)) noted.said.push(words);
            const { top } = below.getBoundingClientRect();
            if (top + scrollY !== noted.places.at(-1)) noted.places.push(top + scrollY);
            requestAnimationFrame(look);
        };
        look();
    }, id);
}

/** Goes on with Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
        if (await target.evaluate((element) => element === document.activeElement)) return;
        await page.keyboard.press(key);
    }
    await expect(target).toBeFocused();
}

/** The element that has the focus, in short. */
const focus = (page: Page): Promise<string> =>
    page.evaluate(
        () =>
            `${document.activeElement?.tagName ?? ""} ${document.activeElement?.id ?? ""} ${document.activeElement?.getAttribute("aria-label") ?? ""}`,
    );

test("a whole chat by keyboard: each change is said once, the tree is right, the focus is never lost, and from 400 px on nothing moves", async ({
    page,
    open,
    centre,
}) => {
    await open();
    const id = await mount(page, { width: "400px" });
    await note(page, id);
    const group = control(page, id);
    await expect(group).toMatchAriaSnapshot(`
- group "Chat with an agent":
  - status: Questions? Our helpdesk is happy to help. You can go on working while you chat.
  - button "Chat with an agent"
`);
    await tabTo(page, action(page, id));
    await page.keyboard.press("Enter");
    const conversation = await centre.latest();
    await expectState(page, id, "chatting");
    await expect(group).toMatchAriaSnapshot(`
- group "Chat with an agent":
  - status: You're chatting with the helpdesk You can go on working. The chat stays with you.
  - button "Return to chat"
`);
    expect(await focus(page)).not.toMatch(/^BODY/);
    await centre.accept(conversation.id);

    await tabTo(page, widget(page).minimise);
    await page.keyboard.press("Enter");
    await expect(group.getByRole("status")).toContainText("The chat goes on in the background.");
    await tabTo(page, action(page, id));
    await page.keyboard.press("Enter");
    await expect(group.getByRole("status")).toContainText("The chat stays with you.");

    // With the focus in Microsoft's pane it is Microsoft's to keep.
    await tabTo(page, action(page, id), "Shift+Tab");
    await centre.end(conversation.id);
    await expectState(page, id, "ended");
    await expect(group).toMatchAriaSnapshot(`
- group "Chat with an agent":
  - status: This conversation has ended Was there something else?
  - button "Start a new chat"
`);
    await expect(action(page, id)).toBeFocused();

    const { said, places } = await page.evaluate(() => window.noted);
    // On a slow computer more is said of the way: that it takes longer, and that the pane has opened before the
    // conversation has.
    const ways = [
        "status: Connecting… We're getting the chat ready for you.",
        "status: Connecting… This is taking longer than usual. We're still trying.",
        "status: Your chat is open",
    ];
    expect(said[1]).toBe(ways[0]);
    expect(said.filter((words) => !ways.includes(words))).toEqual([
        "status: Questions? Our helpdesk is happy to help. You can go on working while you chat.",
        "status: You're chatting with the helpdesk You can go on working. The chat stays with you.",
        "status: You're chatting with the helpdesk The chat goes on in the background.",
        "status: You're chatting with the helpdesk You can go on working. The chat stays with you.",
        "status: This conversation has ended Was there something else?",
    ]);
    expect(places).toHaveLength(1);
});

test("a failure is said at once, and its details are opened by keyboard", async ({ page, open, centre }) => {
    await centre.setVariable("cwa_ChatWidgetSnippet", "none");
    await open();
    const id = await mount(page, { width: "320px" });
    const group = control(page, id);
    await tabTo(page, action(page, id));
    await page.keyboard.press("Enter");
    await expect(group).toMatchAriaSnapshot(`
- group "Chat with an agent":
  - alert: Chat isn't set up here yet Please tell your administrator. (settings-missing)
  - button "Try again"
  - button "Details"
`);
    // The button that was pressed is the same one still.
    await expect(action(page, id)).toBeFocused();
    await page.keyboard.press("Tab");
    const details = group.getByRole("button", { name: "Details" });
    await expect(details).toBeFocused();
    await page.keyboard.press("Space");
    await expect(details).toHaveAttribute("aria-expanded", "true");
    await expect(group.getByRole("term").first()).toHaveText("Code");
    await expect(group.getByRole("definition").first()).toHaveText("settings-missing");
    expect(await axe(page, `[data-instance="${String(id)}"]`)).toEqual([]);
});

test("at 400 % on a small screen the control is whole, and needs no scrolling to the side", async ({ page, open }) => {
    // 1,280 by 1,024 at 400 % (WCAG 2.2, 1.4.10).
    await page.setViewportSize({ width: 320, height: 256 });
    await open();
    const id = await mount(page, { width: "100%" });
    await expect(action(page, id)).toBeVisible();
    const sizes = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
    ]);
    expect(sizes[0]).toBe(sizes[1]);
    const box = await control(page, id).boundingBox();
    expect(box?.height).toBeLessThan(256);
});

test("in the designer the list is read with its signs", async ({ page, open }) => {
    await open();
    const id = await mount(page, { authoring: true, width: "320px" });
    const group = control(page, id);
    await expect(group.getByText("The environment variable cwa_ChatWidgetSnippet")).toBeVisible();
    await expect(
        group.getByRole("term").filter({ hasText: "Settings come from" }).getByRole("img", { name: "In order" }),
    ).toBeVisible();
    await expect(
        group.getByRole("term").filter({ hasText: "For your administrator" }).getByRole("img", { name: "To check" }),
    ).toBeVisible();
    expect(await axe(page, `[data-instance="${String(id)}"]`)).toEqual([]);
});
