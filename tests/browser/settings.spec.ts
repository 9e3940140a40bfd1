// Where the widget's settings come from: each source works, their order holds, and the script's tag is exactly what it should be.
import type { Page } from "@playwright/test";
import { destroy, events, expect, expectState, HR_WIDGET, IT_WIDGET, mount, ORG, ORG_URL, outputs, SCRIPT_URL, snippet, test, USERS, widget, withInstance } from "./fixtures";
import { action, chat, emailContext, expectOutputs, stillness } from "../steps";
import { breakScript, column, details, inColumns, tagAttributes, typed } from "../settings-steps";

const NOTHING = "none";

/** The tag for a widget when the maker's snippet says nothing more. */
const tagOf = (appId: string, more: Record<string, string> = {}): Record<string, string> => ({
    async: "",
    id: "Microsoft_Omnichannel_LCWidget",
    src: SCRIPT_URL,
    v2: "",
    "data-app-id": appId,
    "data-lcw-version": "prod",
    "data-org-id": ORG,
    "data-org-url": ORG_URL,
    ...more,
});

interface Source {
    readonly name: string;
    readonly properties: Record<string, unknown>;
    readonly variables: Record<string, string>;
    readonly widgetId: string;
}

const CHATS: readonly Source[] = [
    { name: "the environment variable, on a column with an ordinary text", properties: { widgetAppId: column("Call back on Monday; see c8a5f2e4") }, variables: {}, widgetId: IT_WIDGET },
    { name: "a widget's id alone: another widget of the environment variable's organisation", properties: { widgetAppId: column(` {${HR_WIDGET.toUpperCase()}} `) }, variables: {}, widgetId: HR_WIDGET },
    { name: "three columns of the organisation that the environment variable names", properties: inColumns(HR_WIDGET), variables: {}, widgetId: HR_WIDGET },
    { name: "the snippet property before columns and environment variable", properties: { ...inColumns(IT_WIDGET), widgetSnippet: snippet(HR_WIDGET) }, variables: {}, widgetId: HR_WIDGET },
];

for (const { name, properties, widgetId } of CHATS) {
    test(`the widget comes from ${name}`, async ({ page, open, centre }) => {
        await open();
        const { id, conversation } = await chat(page, centre, { properties });
        expect(conversation.widgetId).toBe(widgetId);
        expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
        expect(await tagAttributes(page)).toEqual(tagOf(widgetId));
        expect(await outputs(page, id)).toEqual({ chatState: "chatting", unreadCount: 0, errorCode: "" });
    });
}

/** Told by the script's tag: what comes after it is the same for all. */
const TAGS: readonly Source[] = [
    { name: "the snippet property", properties: { widgetSnippet: snippet(HR_WIDGET) }, variables: { cwa_ChatWidgetSnippet: NOTHING }, widgetId: HR_WIDGET },
    { name: "the snippet property before a widget's id", properties: { widgetAppId: column(HR_WIDGET), widgetSnippet: snippet(IT_WIDGET) }, variables: { cwa_ChatWidgetSnippet: snippet(HR_WIDGET) }, widgetId: IT_WIDGET },
    { name: "three columns of an organisation that is listed by its id", properties: inColumns(HR_WIDGET), variables: { cwa_ChatWidgetSnippet: NOTHING, cwa_ChatOrganizations: `11111111-2222-3333-4444-555555555555, {${ORG.toUpperCase()}}` }, widgetId: HR_WIDGET },
    { name: "three columns of an organisation that is listed by its address", properties: inColumns(HR_WIDGET), variables: { cwa_ChatWidgetSnippet: NOTHING, cwa_ChatOrganizations: `${ORG_URL}/` }, widgetId: HR_WIDGET },
    { name: "a snippet in a column of an organisation that is listed", properties: { widgetSnippet: column(snippet(HR_WIDGET)) }, variables: { cwa_ChatWidgetSnippet: NOTHING, cwa_ChatOrganizations: ORG }, widgetId: HR_WIDGET },
    { name: "the environment variable, on an empty column", properties: { widgetAppId: column(null) }, variables: {}, widgetId: IT_WIDGET },
    { name: "columns before the environment variable", properties: inColumns(IT_WIDGET), variables: { cwa_ChatWidgetSnippet: snippet(HR_WIDGET) }, widgetId: IT_WIDGET },
    { name: "three values that the maker has typed in", properties: typed(HR_WIDGET), variables: { cwa_ChatWidgetSnippet: NOTHING }, widgetId: HR_WIDGET },
    { name: "two values that the maker has typed in: the address names the organisation", properties: typed(HR_WIDGET, ""), variables: { cwa_ChatWidgetSnippet: NOTHING }, widgetId: HR_WIDGET },
];

test("each other source, by the script's tag", async ({ page, open, centre }) => {
    await breakScript(page);
    for (const { name, properties, variables, widgetId } of TAGS) {
        await test.step(name, async () => {
            for (const variable of ["cwa_ChatWidgetSnippet", "cwa_ChatOrganizations"]) await centre.setVariable(variable, variables[variable] ?? (variable === "cwa_ChatWidgetSnippet" ? snippet() : NOTHING));
            await open();
            const tags = await catchTags(page);
            const id = await mount(page, { properties });
            await action(page, id).click();
            await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-error" });
            expect(await tags()).toEqual([tagOf(widgetId)]);
            expect(await page.evaluate(() => window.demoHost.errors)).toEqual([]);
        });
    }
});

/** Snippets as people really have them, and what more than the bare tag they have to lead to. */
const FORMS: readonly { readonly name: string; readonly text: string; readonly tag: Record<string, string> }[] = [
    { name: "the admin centre's", text: snippet(HR_WIDGET), tag: tagOf(HR_WIDGET) },
    {
        name: "several lines in single quotes, with an inline handler and attributes that nobody knows",
        text: `<script
            id='Microsoft_Omnichannel_LCWidget'
            src='${SCRIPT_URL}'
            data-app-id='${HR_WIDGET}'
            data-lcw-version='prod'
            data-org-id='${ORG}'
            data-org-url='${ORG_URL}'
            data-color-override='#112233'
            data-unknown='1' nonce='abc' crossorigin integrity='sha384-x' type='module' style='color:red'
            onerror='window.handled = "onerror"; this.remove()' OnLoad='window.handled = "onload"' onreadystatechange=window.handled=3
        ></script>`,
        tag: tagOf(HR_WIDGET, { "data-color-override": "#112233" }),
    },
    { name: "only attributes in one line", text: `data-app-id=${HR_WIDGET};data-org-id=${ORG};data-org-url=${ORG_URL}`, tag: tagOf(HR_WIDGET) },
    { name: "only attributes in lines", text: `data-app-id = "${HR_WIDGET}"\r\ndata-org-id = "${ORG}"\r\ndata-org-url = "${ORG_URL}"`, tag: tagOf(HR_WIDGET) },
    { name: "escaped, out of a rich text field", text: `<p>${snippet(HR_WIDGET).replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;")}</p>`, tag: tagOf(HR_WIDGET) },
    { name: "typographic quotes", text: snippet(HR_WIDGET).replace(/"([^"]*)"/g, "“$1”"), tag: tagOf(HR_WIDGET) },
    { name: "capitals, braces and a slash at the end", text: `<SCRIPT SRC="${SCRIPT_URL}" DATA-APP-ID="{${HR_WIDGET.toUpperCase()}}" DATA-ORG-ID="${ORG.toUpperCase()}" DATA-ORG-URL="${ORG_URL.toUpperCase()}/"></SCRIPT>`, tag: tagOf(HR_WIDGET) },
    { name: "the older layer", text: snippet(HR_WIDGET).replace(" v2 ", " v1 "), tag: { ...Object.fromEntries(Object.entries(tagOf(HR_WIDGET)).filter(([key]) => key !== "v2")), v1: "" } },
    { name: "neither layer", text: snippet(HR_WIDGET).replace(" v2 ", " "), tag: tagOf(HR_WIDGET) },
    {
        name: "options that are documented",
        text: snippet(HR_WIDGET, ` data-hide-chat-button="true" data-render-mobile="true" data-custom-close-button-text="&quot;Close&quot; &amp; go"`),
        tag: tagOf(HR_WIDGET, { "data-hide-chat-button": "true", "data-render-mobile": "true", "data-custom-close-button-text": '"Close" & go' }),
    },
    {
        name: "NextGen",
        text: `<script id="Microsoft_Omnichannel_LCWidget" src="https://oc-cdn-ocprod.azureedge.net/livechatwidget/v3/scripts/NextGenLiveChatBootstrapper.js" data-app-id="${HR_WIDGET}" data-org-id="${ORG}" data-org-url="${ORG_URL}" data-hide-button="false" data-locale="de-DE" data-customization-callback='{"a":1}'></script>`,
        tag: tagOf(HR_WIDGET, {
            src: "https://oc-cdn-ocprod.azureedge.net/livechatwidget/v3/scripts/NextGenLiveChatBootstrapper.js",
            "data-hide-button": "false",
            "data-locale": "de-DE",
            "data-customization-callback": '{"a":1}',
        }),
    },
    { name: "another script before it", text: `<script>var a = "<script";</script><script src="https://evil.example/a.js" onload="b()"></script>\n${snippet(HR_WIDGET)}`, tag: tagOf(HR_WIDGET) },
];

/** Writes down each script tag that is added to the page, with its attributes. */
async function catchTags(page: Page): Promise<() => Promise<Record<string, string>[]>> {
    await page.evaluate(() => {
        const caught: Record<string, string>[] = [];
        Object.assign(window, { caught });
        new MutationObserver((changes) => {
            for (const node of changes.flatMap((change) => [...change.addedNodes])) {
                if (node instanceof HTMLScriptElement) caught.push(Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value])));
            }
        }).observe(document, { childList: true, subtree: true });
    });
    return () => page.evaluate(() => (window as unknown as { caught: Record<string, string>[] }).caught.splice(0));
}

test("every form of the snippet leads to the same tag, and no inline handler is ever on it", async ({ page, open }) => {
    await open();
    await breakScript(page);
    const tags = await catchTags(page);
    for (const { name, text, tag } of FORMS) {
        await test.step(name, async () => {
            const id = await mount(page, { properties: { widgetSnippet: text } });
            await action(page, id).click();
            await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-error" });
            // Each attempt on a page after the first has its number in the address.
            expect((await tags()).map((found) => ({ ...found, src: found["src"]?.replace(/\?attempt=\d+$/, "") }))).toEqual([tag]);
            await destroy(page, id);
        });
    }
    expect(await page.evaluate(() => (window as unknown as { handled?: unknown }).handled)).toBeUndefined();
});

test("a snippet that hides Microsoft's button is respected, and the control is the way back", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    const { id, conversation } = await chat(page, centre, { properties: { widgetSnippet: snippet(IT_WIDGET, ' data-hide-chat-button="true"') } });
    await centre.accept(conversation.id);
    await expect(widget(page).header).toBeVisible();
    await widget(page).minimise.click();
    await expect(widget(page).header).toBeHidden();
    await stillness(page, 700);
    await expect(widget(page).button).toHaveCount(0);
    expect(await outputs(page, id)).toMatchObject({ chatState: "chatting" });
    await action(page, id).click();
    await expect(widget(page).header).toBeVisible();
    expect(await centre.conversations()).toHaveLength(1);
});

test("values that come after a first render without any are the ones that count", async ({ page, open, centre }) => {
    await open();
    const tags = await catchTags(page);
    await mount(page, { firstRenderNull: true, properties: { ...inColumns(HR_WIDGET), startMode: "automatic" } });
    expect((await centre.latest()).widgetId).toBe(HR_WIDGET);
    expect((await tags()).filter(({ id }) => id === "Microsoft_Omnichannel_LCWidget")).toEqual([tagOf(HR_WIDGET)]);
});

test("a press before the values have come is carried out with the values", async ({ page, open }) => {
    await open();
    await breakScript(page);
    const tags = await catchTags(page);
    // Pressed before the host's second call, 50 ms after the first; the settings' look-up takes longer.
    const id = await page.evaluate((widgetSnippet) => {
        const instance = window.demoHost.mount({ firstRenderNull: true, webApiDelay: 400, properties: { widgetSnippet } });
        instance.container.querySelector("button")?.click();
        return instance.id;
    }, snippet(HR_WIDGET));
    await expectOutputs(page, id, { chatState: "failed", errorCode: "widget-error" });
    expect(await tags()).toEqual([tagOf(HR_WIDGET)]);
    expect(await events(page, id)).toEqual(["ChatFailed"]);
});

test("where no values ever come, a press has the environment variable's widget", async ({ page, open }) => {
    await open();
    await breakScript(page);
    const tags = await catchTags(page);
    const id = await mount(page, { firstRenderNull: "stays", properties: typed(HR_WIDGET) });
    await action(page, id).click();
    await expectOutputs(page, id, { errorCode: "widget-error" });
    expect(await tags()).toEqual([tagOf(IT_WIDGET)]);
});

test("values that change after a failure are tried with the next press", async ({ page, open, centre }) => {
    await open();
    const id = await mount(page, { properties: { widgetSnippet: "not a snippet" } });
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "not-set-up", errorCode: "settings-invalid" });
    expect((await details(page, id)).map(({ term }) => term)).toContain("Widget snippet");
    await withInstance(page, id, (instance) => instance.update({ widgetSnippet: null }));
    await expectOutputs(page, id, { chatState: "idle", errorCode: "" });
    await action(page, id).click();
    expect((await centre.latest()).widgetId).toBe(IT_WIDGET);
    await expectState(page, id, "chatting");
    expect(await events(page, id)).toEqual(["ChatFailed", "ChatStarted"]);
});
