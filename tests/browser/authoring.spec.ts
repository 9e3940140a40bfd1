// In the designer the control shows itself and what it would use: it never loads, connects or starts anything.
import type { Page } from "@playwright/test";
import { events, expect, HR_WIDGET, IT_WIDGET, mount, ORG, ORG_URL, outputs, snippet, test, USERS, withInstance } from "./fixtures";
import type { Centre, Watch } from "./fixtures";
import { action, control, emailContext, scriptTags, stillness } from "../steps";
import { column, deny, detail, details, inColumns, typed, VARIABLES } from "../settings-steps";

const SOURCE = "Settings come from";

async function expectNothing(page: Page, watch: Watch, centre: Centre, id: number): Promise<void> {
    expect(await scriptTags(page)).toBe(0);
    await expect(page.locator("link[rel=preconnect], link[rel=preload], link[rel=dns-prefetch], iframe")).toHaveCount(0);
    expect(watch.microsoft).toEqual([]);
    expect(await centre.conversations()).toEqual([]);
    expect(await events(page, id)).toEqual([]);
    expect(await outputs(page, id)).toMatchObject({ chatState: "idle", unreadCount: 0, errorCode: "" });
}

test("no start mode, hover or press loads or starts anything in the designer", async ({ page, open, watch, centre }) => {
    await page.clock.install();
    await open();
    const ids: number[] = [];
    for (const startMode of ["button", "widgetButton", "automatic"]) ids.push(await mount(page, { authoring: true, record: null, properties: { startMode, widgetSnippet: snippet() } }));
    for (const id of ids) {
        await action(page, id).hover();
        await action(page, id).focus();
        await action(page, id).click();
        await action(page, id).press("Enter");
    }
    // Widget button waits 3 s for an idle moment at the most.
    await stillness(page, 3_500);
    for (const id of ids) await expectNothing(page, watch, centre, id);
});

test("a control that a designer shows a second time, with other values, still starts nothing", async ({ page, open, watch, centre }) => {
    await page.clock.install();
    await open();
    const id = await mount(page, { authoring: true, properties: { startMode: "automatic" } });
    await withInstance(page, id, (instance) => instance.update({ buttonLabel: "Ask us" }));
    await expect(action(page, id)).toHaveText("Ask us");
    await withInstance(page, id, (instance) => instance.update({ message: "Chats are recorded." }));
    await expect(control(page, id)).toContainText("Chats are recorded.");
    await stillness(page, 1_500);
    await expectNothing(page, watch, centre, id);
});

/** What the preview has to say under each name. */
const PREVIEWS = [
    {
        name: "the environment variable",
        properties: { widgetAppId: column("Some text") },
        source: "The environment variable cwa_ChatWidgetSnippet",
        told: { "Widget app ID": new RegExp(`^From the environment variable.*${IT_WIDGET}`), "Organization ID": new RegExp(`^From the environment variable.*${ORG}`), "Organization URL": new RegExp(`^From the environment variable.*${ORG_URL}`) },
    },
    {
        name: "another widget of the environment's organisation",
        properties: { widgetAppId: column(HR_WIDGET) },
        source: "The properties of this control",
        told: { "Widget app ID": new RegExp(`^Set.*${HR_WIDGET}`), "Organization ID": new RegExp(`^From the environment variable.*${ORG}`), "Organization URL": new RegExp(`^From the environment variable.*${ORG_URL}`) },
    },
    {
        name: "three columns",
        properties: inColumns(HR_WIDGET),
        source: "The properties of this control",
        told: { "Widget app ID": new RegExp(`^Set.*${HR_WIDGET}`), "Organization ID": new RegExp(`^Set.*${ORG}`), "Organization URL": new RegExp(`^Set.*${ORG_URL}`) },
    },
    {
        name: "the snippet before the three values",
        properties: { ...typed(HR_WIDGET), widgetSnippet: snippet() },
        source: "The widget snippet of this control",
        told: { "Widget snippet": /^Set/, "Widget app ID": /^Set, but not used/, "Organization ID": /^Set, but not used/, "Organization URL": /^Set, but not used/ },
    },
    { name: "the snippet alone", properties: { widgetSnippet: snippet() }, source: "The widget snippet of this control", told: { "Widget snippet": /^Set/, "Widget app ID": new RegExp(`^(?!Not set).*${IT_WIDGET}`) } },
];

test("the preview says where the settings come from, and what they are", async ({ page, open, watch, centre }) => {
    await open();
    for (const { name, properties, source, told } of PREVIEWS) {
        await test.step(name, async () => {
            const id = await mount(page, { authoring: true, properties });
            await expect.poll(() => detail(page, id, SOURCE)).toBe(source);
            const said = await details(page, id);
            for (const [term, words] of Object.entries(told)) expect(said.find((one) => one.term === term)?.description).toMatch(words);
            await expectNothing(page, watch, centre, id);
        });
    }
});

test("the preview says what is missing or wrong, and where", async ({ page, open, watch, centre }) => {
    await centre.setVariable("cwa_ChatWidgetSnippet", "none");
    await open();
    const nothing = await mount(page, { authoring: true });
    await expect.poll(async () => (await details(page, nothing)).filter(({ description }) => description.startsWith("Is not set")).map(({ term }) => term)).toContain("cwa_ChatWidgetSnippet");
    const wrong = await mount(page, { authoring: true, properties: typed("no guid", ORG, "https://contoso.crm4.dynamics.com") });
    await expect.poll(() => detail(page, wrong, "Widget app ID")).toContain("Is not an ID.");
    expect(await detail(page, wrong, "Widget app ID")).toContain("(no guid)");
    expect(await detail(page, wrong, "Organization URL")).toContain("Is not the address of an engagement hub.");
    const snippetWrong = await mount(page, { authoring: true, properties: { widgetSnippet: "<b id='markup'>text</b>" } });
    await expect.poll(() => detail(page, snippetWrong, "Widget snippet")).toContain("<b id='markup'>text</b>");
    await expect(page.locator("#markup")).toHaveCount(0);
    for (const id of [nothing, wrong, snippetWrong]) await expectNothing(page, watch, centre, id);
});

for (const webApi of ["throws", "rejects", "missing"] as const) {
    test(`a Web API that ${webApi === "missing" ? "is missing" : webApi} is told in the preview, and breaks nothing`, async ({ page, open, watch, centre }) => {
        await page.clock.install();
        await open();
        const id = await mount(page, { authoring: true, webApi, kind: "canvas" });
        await expect.poll(() => detail(page, id, "cwa_ChatWidgetSnippet")).toBe("Could not be read.");
        await action(page, id).click();
        const filled = await mount(page, { authoring: true, webApi, properties: { widgetSnippet: snippet() } });
        await expect.poll(() => detail(page, filled, SOURCE)).toBe("The widget snippet of this control");
        await stillness(page, 500);
        for (const one of [id, filled]) await expectNothing(page, watch, centre, one);
        expect(await centre.webApi()).toEqual([]);
    });
}

test("a Web API that fails outside of the designer is told, and the page's own is asked instead", async ({ page, open, centre }) => {
    await open();
    const told = await mount(page, { webApi: "throws" });
    await action(page, told).click();
    await expect.poll(() => outputs(page, told)).toMatchObject({ chatState: "failed", errorCode: "settings-unreadable" });
    const id = await mount(page, { webApi: "throws", xrm: true });
    await action(page, id).click();
    await expect.poll(() => outputs(page, id)).toMatchObject({ chatState: "chatting", errorCode: "" });
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
});

test("variables that cannot be read are told in the preview", async ({ page, open, watch, centre }) => {
    await open();
    await deny(page, VARIABLES);
    const id = await mount(page, { authoring: true });
    await expect.poll(() => detail(page, id, "What to fix")).toContain("could not be read");
    expect(await detail(page, id, "cwa_ChatWidgetSnippet")).toBe("Could not be read.");
    await expectNothing(page, watch, centre, id);
});
