// The page in the app's navigation with the real widget: a chat of the right contact, and a frame that fills a phone.
import { expect, frameElement, test, USERS, widget } from "./fixtures";
import { CHATTING, visitPage } from "../page-steps";
import { stretch } from "../steps";

test("a press on the page, on a phone: a chat of the right contact fills the view", async ({ page, demo, centre }) => {
    await page.setViewportSize({ width: 360, height: 640 });
    await stretch(page, { 30_000: 120_000 });
    const at = await visitPage(page, demo);
    await at.action.click();
    const conversation = await centre.latest();
    expect(conversation.customContextData).toEqual({ Email: { value: USERS.alex.email, isDisplayable: true } });
    expect(conversation.contact?.name).toBe(USERS.alex.name);
    await expect(at.view).toContainText(CHATTING);
    await expect(at.sendBox).toBeVisible();
    const box = await frameElement(at.frame).boundingBox();
    expect(box).toEqual({ x: 0, y: 0, width: 360, height: 640 });
    await centre.accept(conversation.id);
    await centre.say(conversation.id, "Hello Alex");
    await expect(widget(at.frame).transcript("Hello Alex")).toBeVisible();
});
