// A frame that is blocked, with the real widget behind it.
import { expect, frameElement, mount, test, widget } from "./fixtures";
import { action, expectOutputs } from "../steps";

test("a frame that is blocked is told after 30 s, and a retry is a real one", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    await centre.fault({ kind: "frame", blocked: true });
    const id = await mount(page);
    await action(page, id).click();
    await expect(frameElement(page)).toHaveCount(1);
    await page.clock.fastForward(31_000);
    await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-timeout" });
    await centre.clearFaults();
    await action(page, id).click();
    await centre.latest();
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
    await expect(frameElement(page)).toHaveCount(1);
    await expect(widget(page).sendBox).toBeVisible();
});
