// Every language in the browser: at the widths of a phone, a form's column and a wide section, no word of the launcher is cut, and nothing is wider than its place.
import { destroy, expect, mount, test } from "./fixtures";
import { control } from "./steps";

test("no title and no button of the launcher is cut in any language", async ({ page, open }) => {
    await open();
    const languages = await page.evaluate(() => window.demoHost.languages);
    expect(languages.length).toBeGreaterThan(18);
    const cut: string[] = [];
    for (const languageId of languages) {
        for (const width of ["320px", "440px", "520px", "640px"]) {
            const id = await mount(page, { languageId, width });
            await expect(control(page, id).getByRole("button")).toBeVisible();
            const found = await control(page, id).evaluate((place) => {
                const words = [...place.querySelectorAll("[title]")];
                // Widths are rounded to whole pixels.
                const isCut = ({ scrollWidth, clientWidth, scrollHeight, clientHeight }: Element): boolean => scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1;
                return { count: words.length, cut: words.filter(isCut).map((word) => word.getAttribute("title")), isWider: place.scrollWidth > place.clientWidth };
            });
            expect(found.count).toBe(3);
            expect(found.isWider).toBe(false);
            cut.push(...found.cut.map((text) => `${String(languageId)} at ${width}: ${String(text)}`));
            await destroy(page, id);
        }
    }
    expect(cut).toEqual([]);
});
