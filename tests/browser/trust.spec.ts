// Where a colleague's words may go: an organisation that only a column names is refused unless it is listed; the
// maker's own word is tried.
import type { Page } from "@playwright/test";
import {
    expect,
    expectState,
    HR_WIDGET,
    IT_WIDGET,
    mount,
    ORG,
    snippet,
    test,
    withInstance,
    destroy,
} from "./fixtures";
import { action, expectOutputs, raised, scriptTags } from "../steps";
import {
    column,
    deny,
    detail,
    details,
    FOREIGN_HOST,
    FOREIGN_ORG,
    inColumns,
    ORGANIZATIONS,
    typed,
    VARIABLES,
} from "../settings-steps";

const foreignUrl = `https://${FOREIGN_HOST}`;
const foreignSnippet = snippet(IT_WIDGET).replaceAll(ORG, FOREIGN_ORG);

/** Nothing of Microsoft's or of anybody else is on the page, not even a hint to connect. */
async function expectUntouched(page: Page): Promise<void> {
    expect(await scriptTags(page)).toBe(0);
    await expect(page.locator("link[rel=preconnect], link[rel=preload], iframe")).toHaveCount(0);
}

const UNTRUSTED: readonly {
    readonly name: string;
    readonly properties: Record<string, unknown>;
    readonly place: string;
    readonly shown: string;
}[] = [
    {
        name: "three columns of a foreign organisation",
        properties: inColumns(IT_WIDGET, FOREIGN_ORG, foreignUrl),
        place: "Organization URL",
        shown: `https://m-${FOREIGN_ORG}.`,
    },
    {
        name: "the address alone from a column",
        properties: { ...typed(IT_WIDGET, FOREIGN_ORG), orgUrl: column(foreignUrl) },
        place: "Organization URL",
        shown: `https://m-${FOREIGN_ORG}.`,
    },
    {
        name: "the widget's id alone from a column, the rest typed in",
        properties: { ...typed(IT_WIDGET, FOREIGN_ORG, foreignUrl), widgetAppId: column(IT_WIDGET) },
        place: "Organization URL",
        shown: `https://m-${FOREIGN_ORG}.`,
    },
    {
        name: "a snippet in a column",
        properties: { widgetSnippet: column(foreignSnippet) },
        place: "Widget snippet",
        shown: `https://m-${FOREIGN_ORG}.`,
    },
    {
        name: "an address of the older form beside a trusted id",
        properties: inColumns(IT_WIDGET, ORG, "https://contoso-crm4.omnichannelengagementhub.com"),
        place: "Organization URL",
        shown: "https://contoso-crm4.omnichannelengagementhub.com",
    },
    {
        name: "an address with the trusted id's digits",
        properties: inColumns(
            IT_WIDGET,
            ORG,
            `https://unq${ORG.replaceAll("-", "").slice(0, 29)}-crm4.omnichannelengagementhub.com`,
        ),
        place: "Organization URL",
        shown: "https://unq",
    },
    {
        name: "the trusted id in another region",
        properties: { widgetSnippet: column(snippet().replaceAll(ORG, FOREIGN_ORG).replace(".us.omni", ".eu.omni")) },
        place: "Widget snippet",
        shown: `m-${FOREIGN_ORG}.eu.`,
    },
];

test("an organisation that only a column names is refused before anything is asked of it", async ({
    page,
    open,
    watch,
    centre,
}) => {
    await open();
    for (const { name, properties, place, shown } of UNTRUSTED) {
        await test.step(name, async () => {
            const id = await mount(page, { properties });
            await action(page, id).hover();
            await action(page, id).click();
            await expectOutputs(page, id, { chatState: "not-set-up", errorCode: "organization-not-trusted" });
            expect(await detail(page, id, "Code")).toBe("organization-not-trusted");
            expect(await detail(page, id, place)).toContain(shown);
            await action(page, id).click();
            await expect
                .poll(() => raised(page, id, "ChatFailed"), { message: "a told failure for each press" })
                .toBe(2);
            await expectUntouched(page);
            await destroy(page, id);
        });
    }
    expect(watch.microsoft).toEqual([]);
    expect(await centre.conversations()).toEqual([]);
});

test("while the lists cannot be read, a column's organisation is refused; once they can, it is tried", async ({
    page,
    open,
    centre,
    watch,
}) => {
    await open();
    const readable = [await deny(page, VARIABLES), await deny(page, ORGANIZATIONS)];
    const id = await mount(page, { properties: inColumns(HR_WIDGET) });
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "not-set-up", errorCode: "organization-not-trusted" });
    const told = await details(page, id);
    expect(told.find(({ term }) => term === "Organization URL")?.description).toContain(`https://m-${ORG}.`);
    expect(told.find(({ term }) => term === "cwa_ChatOrganizations")?.description).toBe("Could not be read.");
    await expectUntouched(page);
    expect(watch.microsoft).toEqual([]);
    for (const allow of readable) await allow();
    await action(page, id).click();
    expect((await centre.latest()).widgetId).toBe(HR_WIDGET);
    await expectState(page, id, "chatting");
});

test("while the lists cannot be read, three values that the maker has typed in still work", async ({
    page,
    open,
    centre,
}) => {
    await open();
    await deny(page, VARIABLES);
    await deny(page, ORGANIZATIONS);
    const id = await mount(page, { properties: typed(HR_WIDGET) });
    await action(page, id).click();
    expect((await centre.latest()).widgetId).toBe(HR_WIDGET);
    await expectState(page, id, "chatting");
});

test("a record whose column names a foreign organisation is refused, also after one that did not", async ({
    page,
    open,
    watch,
}) => {
    await open();
    const id = await mount(page, { properties: inColumns(IT_WIDGET) });
    await withInstance(page, id, (instance) =>
        instance.update({ widgetAppId: { value: "c8a5f2e4-3d17-4b90-8e6a-91f04d2b7c55", column: "cwa_widget" } }),
    );
    await page.evaluate(
        ({ wanted, properties }) =>
            window.demoHost.instances.find((instance) => instance.id === wanted)?.update(properties),
        { wanted: id, properties: inColumns(IT_WIDGET, FOREIGN_ORG, foreignUrl) },
    );
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "not-set-up", errorCode: "organization-not-trusted" });
    await expectUntouched(page);
    expect(watch.microsoft).toEqual([]);
});

test.describe("what the maker has typed in", () => {
    test.use({ asked: [FOREIGN_HOST] });

    test("another organisation is the maker's own word, and is tried", async ({ page, open, watch, standIn }) => {
        standIn.answerFor(FOREIGN_HOST);
        await open();
        const id = await mount(page, { properties: typed(IT_WIDGET, FOREIGN_ORG, foreignUrl) });
        await action(page, id).click();
        await standIn.latest();
        await expect(page.locator("script#Microsoft_Omnichannel_LCWidget")).toHaveAttribute("data-org-url", foreignUrl);
        // What the organization says beforehand is asked of it, too.
        expect(new Set(watch.foreign.map((url) => new URL(url).host))).toEqual(new Set([FOREIGN_HOST]));
    });
});
