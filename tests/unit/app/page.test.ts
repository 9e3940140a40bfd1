// Covers app/page: in which session the page takes part, what counts of its variable and its address, and what
// leaving it takes back.
import { createChatPage } from "../../../ChatWithAgent/app/page";
import { contextOf, flush, OTHER_APP, widgetSettings } from "../chat/fakes";
import { APP, snippet } from "../settings/samples";
import { createFakeServices, variable } from "./fakes";
import type { FakeServices } from "./fakes";

const KEY = Symbol.for("InternalChat.ChatWithAgent/1");
const USER = "a1b6c0de-0001-4e5a-9d10-000000000001";

/** The page's document as far as the limits of the widget need it. */
const limited = {
    CSSStyleSheet: function (): object {
        return { replaceSync: () => undefined };
    },
    MutationObserver: function (): object {
        return { observe: () => undefined };
    },
    document: { adoptedStyleSheets: [] },
};

/** Lets answers come, which take more than one turn. */
async function settle(): Promise<void> {
    for (let turn = 0; turn < 10; turn++) await flush();
}

/** The app's own document, in which a control has had this widget loaded; without one it has a session, and no chat. */
function documentWith(appId?: string): { readonly app: object; readonly services: FakeServices } {
    const services = createFakeServices();
    if (appId)
        services.session.load({
            widget: widgetSettings(appId),
            userId: USER,
            context: Promise.resolve(contextOf({ kind: "failed" })),
        });
    return { app: { [KEY]: services }, services };
}

const SET = [variable("cwa_ChatWidgetSnippet", snippet())];

/** A page in a document of its own whose Dataverse knows the user and these rows of variables. */
async function open(
    rows: readonly unknown[],
    { search = "", parent }: { readonly search?: string; readonly parent?: unknown } = {},
) {
    const leaving: (() => void)[] = [];
    const asked: string[] = [];
    const own = createFakeServices();
    const page = {
        [KEY]: own,
        AbortController,
        location: { search, ancestorOrigins: [] },
        ...limited,
        setTimeout: () => 0,
        clearTimeout: () => undefined,
        addEventListener: (type: string, listener: () => void) => type === "pagehide" && leaving.push(listener),
        fetch(url: string) {
            const table = /v9\.2\/([a-z]+)/i.exec(url)?.[1] ?? "";
            asked.push(table);
            const answers: Readonly<Record<string, unknown>> = {
                WhoAmI: { UserId: USER },
                environmentvariabledefinitions: { value: rows },
                systemusers: { internalemailaddress: "alex@contoso.com" },
            };
            return Promise.resolve(Response.json(answers[table] ?? {}));
        },
    };
    const changed = jest.fn();
    const window = Object.assign(page, { parent: parent ?? page }) as unknown as Parameters<typeof createChatPage>[0];
    const { host, instance } = createChatPage(
        window,
        1033,
        { textOf: (_language, key) => key, prepare: () => Promise.resolve() },
        changed,
    );
    await settle();
    return { host, instance, asked, changed, own, leave: () => leaving.forEach((listener) => listener()) };
}

test("asks who the user is and for the variables at once, for the language after that, and for the user's row at intent", async () => {
    const { asked, changed, instance } = await open(SET);
    expect(asked).toEqual(["environmentvariabledefinitions", "WhoAmI", "usersettingscollection"]);
    expect(changed).toHaveBeenCalled();
    instance.intent();
    await settle();
    instance.press();
    await settle();
    expect(asked.slice(3)).toEqual(["systemusers"]);
});

describe("a press starts the chat", () => {
    async function pressed(parent: unknown, search = ""): Promise<string> {
        const { instance, own } = await open(SET, { parent, search });
        instance.press();
        await settle();
        return own.session.state.kind;
    }

    const foreign = new Proxy(
        {},
        {
            get() {
                throw new Error("Blocked a frame with an origin from accessing a cross-origin frame.");
            },
        },
    );
    test.each([
        ["nobody embeds the page", undefined],
        ["the app's document has no chat", documentWith().app],
        ["the app's document has no session", {}],
        ["what embeds the page is of another origin", foreign],
        ["the app's document has another widget", documentWith(OTHER_APP).app],
    ])("in the page's own document where %s", async (_name, parent) => {
        expect(await pressed(parent)).toBe("loading");
    });

    test.each([
        ["its own widget", APP, ""],
        ["the widget that the address names", OTHER_APP, `?data=${OTHER_APP}`],
    ])("in the app's document where that has %s", async (_name, appId, search) => {
        const { app, services } = documentWith(appId);
        expect(await pressed(app, search)).toBe("idle");
        expect(services.session.state).toMatchObject({ kind: "loading", then: "start" });
        // The app's own controls know, too, that there has been a chat.
        expect(services.memory.automaticStarted).toBe(true);
    });
});

test("settings are the variable's; the address names a widget at the most, and is trusted like a column", async () => {
    const { host } = await open(
        [
            ...SET,
            variable("cwa_ChatPage", "startMode=widgetButton\nmessage=Hello\nclosedMessage=Mail us\nrequireEmail=yes"),
        ],
        { search: `?data=${OTHER_APP}&message=Bad&startMode=automatic` },
    );
    expect(host.properties).toMatchObject({
        startMode: "widgetButton",
        message: "Hello",
        closedMessage: "Mail us",
        buttonLabel: null,
        requireEmail: true,
        contactCheck: false,
        shareRecord: false,
        userEmail: null,
    });
    expect(host.properties).toMatchObject({
        widgetAppId: { text: OTHER_APP, fromColumn: true },
        widgetSnippet: { text: null },
    });
});

test.each([`?data=${OTHER_APP}`, `?data=${encodeURIComponent(`data-app-id=${OTHER_APP}`)}`])(
    "an address that names a widget (%s) waits for a press where the page's own would start by itself",
    async (search) => {
        const addressed = await open([...SET, variable("cwa_ChatPage", "startMode=automatic")], { search });
        expect(addressed.host.properties.startMode).toBe("button");
        const own = await open([...SET, variable("cwa_ChatPage", "startMode=automatic")]);
        expect(own.host.properties.startMode).toBe("automatic");
    },
);

test("what cannot be used of the variable stands in the details", async () => {
    const { instance } = await open([...SET, variable("cwa_ChatPage", "start=automatic")]);
    expect(instance.view.details).toContainEqual({ term: "cwa_ChatPage", description: "page_wrong_name (start)" });
});

test("a page that is left takes back what it offered for Microsoft's button in the app's document, and leaves the widget alone", async () => {
    const { app, services } = documentWith(APP);
    const { instance, leave } = await open(SET, { parent: app });
    services.widget.tell("ready");
    await services.page.clock.advance(4_000);
    expect(services.session.state.kind).toBe("ready");
    instance.update();
    await settle();
    expect(services.session.offerer).toBeDefined();
    leave();
    expect(services.session.offerer).toBeUndefined();
    expect(services.session.state.kind).toBe("ready");
});
