// Covers host/pcf: the component framework's context as it really comes, whole, poor or hostile.
import type { IInputs } from "../../../ChatWithAgent/generated/ManifestTypes";
import { createPcfHost } from "../../../ChatWithAgent/host/pcf/host";
import { authoring } from "../../../ChatWithAgent/host/pcf/undocumented";

type Context = Parameters<typeof createPcfHost>[0];
type Values = Partial<Record<keyof IInputs, unknown>>;

const ID = "7B8F5A1E-33A5-4C0E-9D55-0C8F0B8D1F01";

const notImplemented = (): never => {
    throw new Error("Method not implemented.");
};

/** A page at the top of its window, with the origins that it stands in. */
const page = (origins?: readonly string[], isTop = true): Window => {
    const self: Record<string, unknown> = { location: { ancestorOrigins: origins } };
    self["parent"] = isTop ? self : {};
    return self as unknown as Window;
};

function context(values: Values = {}, more: object = {}): Context {
    const parameters = Object.fromEntries(Object.entries(values).map(([name, raw]) => [name, { raw }]));
    const resources = { getString: (key: string) => `text of ${key}` };
    return {
        parameters,
        mode: { isVisible: true },
        resources,
        webAPI: { retrieveRecord: notImplemented, retrieveMultipleRecords: notImplemented },
        ...more,
    } as unknown as Context;
}

const hostOf = (first: Context, at = page()) => createPcfHost(first, () => undefined, at);

afterEach(() => Reflect.deleteProperty(globalThis, "Xrm"));

describe("properties", () => {
    test("are read from the latest context", () => {
        const host = hostOf(context({ widgetSnippet: "first" }));
        host.context = context({
            widgetSnippet: "second",
            userEmail: "alex@contoso.com",
            startMode: "automatic",
            requireEmail: "yes",
            contextVariables: "A=b",
            shareRecord: "yes",
            contactCheck: "yes",
            message: "m",
            buttonLabel: "b",
            closedMessage: "c",
        });
        expect(host.properties).toEqual({
            widgetSnippet: { text: "second", fromColumn: false },
            widgetAppId: { text: null, fromColumn: false },
            orgId: { text: null, fromColumn: false },
            orgUrl: { text: null, fromColumn: false },
            userEmail: "alex@contoso.com",
            startMode: "automatic",
            requireEmail: true,
            contextVariables: "A=b",
            shareRecord: true,
            contactCheck: true,
            message: "m",
            closedMessage: "c",
            buttonLabel: "b",
        });
    });

    test("that are missing altogether are as if they were not set", () => {
        const { properties } = hostOf(context());
        expect(properties).toMatchObject({
            widgetSnippet: { text: null, fromColumn: false },
            userEmail: null,
            startMode: "button",
            requireEmail: false,
            message: null,
            buttonLabel: null,
            closedMessage: null,
        });
    });

    test.each([[null], [undefined], [7], [{}], [["text"]]])(
        "with a value that is no text (%j) are as if they were not set",
        (raw) => {
            const { properties } = hostOf(context({ widgetSnippet: raw, userEmail: raw, message: raw }));
            expect([properties.widgetSnippet.text, properties.userEmail, properties.message]).toEqual([
                null,
                null,
                null,
            ]);
        },
    );

    test.each([["Automatic"], ["automatic "], ["1"], [1], [""], [null], [undefined], [{}], ["constructor"]])(
        "with a start mode that there is none of (%j) have that of the button",
        (startMode) => {
            expect(hostOf(context({ startMode })).properties.startMode).toBe("button");
        },
    );

    test.each(["button", "widgetButton", "automatic"])("with the start mode %s have it", (startMode) => {
        expect(hostOf(context({ startMode })).properties.startMode).toBe(startMode);
    });

    test("are a column's if they name one, and the maker's own word otherwise", () => {
        const of = (property: unknown) => hostOf(context({}, { parameters: { orgUrl: property } })).properties.orgUrl;
        expect(of({ raw: "x", attributes: { LogicalName: "new_url" } })).toEqual({ text: "x", fromColumn: true });
        // A column that the user may not read comes without a value, and is a column all the same.
        expect(of({ raw: null, attributes: { LogicalName: "new_url" }, security: { readable: false } })).toEqual({
            text: null,
            fromColumn: true,
        });
        expect(of({ raw: "x", attributes: {} })).toEqual({ text: "x", fromColumn: false });
        expect(of({ raw: "x", attributes: undefined })).toEqual({ text: "x", fromColumn: false });
        expect(of({ raw: "x" })).toEqual({ text: "x", fromColumn: false });
    });
});

describe("the open record", () => {
    const info = { entityTypeName: "account", entityId: `{${ID}}`, entityRecordName: "Fourth Coffee" };
    const page = {
        appId: "5a1e5a1e-7777-4d4d-9e9e-000000000001",
        getClientUrl: () => "https://contoso.crm.dynamics.com",
    };
    const recordOf = (mode: object, rest: object = {}) =>
        hostOf(context({}, { mode: { isVisible: true, ...mode }, ...rest })).record;
    const URL_OF = `https://contoso.crm.dynamics.com/main.aspx?appid=${page.appId}&pagetype=entityrecord&etn=account&id=${ID.toLowerCase()}`;

    test("is told with its link", () => {
        expect(recordOf({ contextInfo: info }, { page })).toEqual({
            table: "account",
            id: ID.toLowerCase(),
            name: "Fourth Coffee",
            url: URL_OF,
        });
    });

    test("is never one record's table with another one's id: a dialog over a form", () => {
        expect(
            recordOf(
                { contextInfo: { entityTypeName: "contact", entityId: "" } },
                { page: { ...page, entityTypeName: "account", entityId: ID } },
            ),
        ).toEqual({ table: "contact", id: "", name: "", url: "" });
    });

    test("may be the page's where the mode does not tell", () => {
        expect(recordOf({}, { page: { ...page, entityTypeName: "account", entityId: ID } })).toEqual({
            table: "account",
            id: ID.toLowerCase(),
            name: "",
            url: URL_OF,
        });
    });

    test("has Xrm's link where the context has none", () => {
        Object.assign(globalThis, {
            Xrm: {
                Utility: {
                    getGlobalContext: () => ({
                        getCurrentAppUrl: () => `https://contoso.crm.dynamics.com/main.aspx?appid=${page.appId}`,
                    }),
                },
            },
        });
        expect(recordOf({ contextInfo: info })?.url).toBe(URL_OF);
    });

    test.each([
        ["nothing on the page", {}],
        ["no app's id", { ...page, appId: undefined }],
        ["an address that is none", { ...page, getClientUrl: () => "contoso" }],
        ["a script in place of an address", { ...page, getClientUrl: () => "javascript:alert(1)//" }],
        ["a call that fails", { ...page, getClientUrl: notImplemented }],
    ])("has no link with %s", (_, given) => {
        expect(recordOf({ contextInfo: info }, { page: given })).toEqual({
            table: "account",
            id: ID.toLowerCase(),
            name: "Fourth Coffee",
            url: "",
        });
    });

    test.each([undefined, "", "00000000-0000-0000-0000-000000000000", "x", 7])(
        "is not saved yet with the id %j: only its table is known",
        (entityId) => {
            expect(recordOf({ contextInfo: { ...info, entityId, entityRecordName: "New Account" } }, { page })).toEqual(
                { table: "account", id: "", name: "", url: "" },
            );
        },
    );

    test.each([[undefined], [{}], [{ ...info, entityTypeName: 7 }], [{ ...info, entityTypeName: "../x" }]])(
        "is none with %j",
        (contextInfo) => {
            expect(recordOf({ contextInfo })).toBeUndefined();
        },
    );
});

describe("the user", () => {
    test.each([
        [`{${ID}}`, ID.toLowerCase()],
        [ID, ID.toLowerCase()],
        ["", ""],
        [undefined, ""],
    ])("%j is %j", (userId, expected) => {
        expect(hostOf(context({}, { userSettings: { userId } })).directory.userId).toBe(expected);
    });

    test("is not known where there are no user settings", () => {
        expect(hostOf(context()).directory.userId).toBe("");
    });
});

describe("the directory", () => {
    const asked: unknown[][] = [];
    const answering = {
        retrieveRecord: (...record: unknown[]) => {
            asked.push(record);
            return Promise.resolve({ internalemailaddress: "alex@contoso.com" });
        },
        retrieveMultipleRecords: (...rows: unknown[]) => {
            asked.push(rows);
            return Promise.resolve({ entities: [{ a: 1 }] });
        },
    };
    const rejecting = {
        retrieveRecord: () => Promise.reject(new Error("403")),
        retrieveMultipleRecords: () => Promise.reject(new Error("403")),
    };
    const throwing = { retrieveRecord: notImplemented, retrieveMultipleRecords: notImplemented };
    const directoryWith = (webAPI: unknown) =>
        hostOf(context({}, { webAPI, userSettings: { userId: `{${ID}}` } })).directory;

    beforeEach(() => asked.splice(0));

    test("asks the component's own Web API, of the latest context", async () => {
        const directory = directoryWith(answering);
        expect(await directory.retrieveRow("systemuser", ID.toLowerCase(), "?$select=x")).toEqual({
            internalemailaddress: "alex@contoso.com",
        });
        expect(await directory.retrieveRows("organization", "?$select=y")).toEqual([{ a: 1 }]);
        expect(asked).toEqual([
            ["systemuser", ID.toLowerCase(), "?$select=x"],
            ["organization", "?$select=y"],
        ]);
    });

    describe.each([
        ["throws at once", throwing],
        ["rejects", rejecting],
        ["is not there", undefined],
    ])("where that %s", (_, webAPI) => {
        test("asks Xrm's instead", async () => {
            Object.assign(globalThis, { Xrm: { WebApi: { online: answering } } });
            const directory = directoryWith(webAPI);
            expect(await directory.retrieveRow("systemuser", ID.toLowerCase(), "?$select=x")).toEqual({
                internalemailaddress: "alex@contoso.com",
            });
            expect(await directory.retrieveRows("organization", "?$select=y")).toEqual([{ a: 1 }]);
            expect(asked[0]).toEqual(["systemuser", ID.toLowerCase(), "?$select=x"]);
        });

        test.each([
            [undefined],
            [{}],
            [{ WebApi: {} }],
            [{ WebApi: { online: throwing } }],
            [{ WebApi: { online: rejecting } }],
        ])("rejects where Xrm is %p", async (Xrm) => {
            if (Xrm) Object.assign(globalThis, { Xrm });
            const directory = directoryWith(webAPI);
            await expect(directory.retrieveRow("systemuser", ID.toLowerCase(), "?$select=x")).rejects.toThrow();
            await expect(directory.retrieveRows("organization", "?$select=y")).rejects.toThrow();
        });
    });
});

test("without Xrm the component's own failure is handed on", async () => {
    const failing = { retrieveRecord: () => Promise.reject(new Error("403")) };
    await expect(hostOf(context({}, { webAPI: failing })).directory.retrieveRow("systemuser", "", "")).rejects.toThrow(
        "403",
    );
});

test.each([
    [{ isRTL: true }, true],
    [{ isRTL: false }, false],
    [{}, false],
    [undefined, false],
])("the direction with the user settings %j: right to left %s", (userSettings, expected) => {
    expect(hostOf(context({}, { userSettings })).isRtl).toBe(expected);
});

describe("the designer", () => {
    const MAKE = "https://make.powerapps.com";
    const APP = "https://contoso.crm4.dynamics.com";
    test.each([
        ["says so itself", { isAuthoringMode: true }, page([]), "yes"],
        [
            "says so itself, in a browser that tells no origins",
            { isAuthoringMode: true },
            page(undefined, false),
            "yes",
        ],
        ["embeds the page", {}, page([MAKE], false), "yes"],
        ["embeds the page further up", { isAuthoringMode: false }, page([APP, MAKE], false), "yes"],
        ["of a sovereign cloud embeds the page", {}, page(["https://make.gov.powerapps.us"], false), "yes"],
        ["is not there", { isAuthoringMode: false }, page(undefined, false), "no"],
        ["is not there, at the top of the window", {}, page(undefined), "no"],
        ["is not there, in an app that embeds the page", {}, page([APP], false), "no"],
        [
            "is not there, with an origin that only looks like it",
            {},
            page(["https://contoso.make.example", "http://make.powerapps.com"], false),
            "no",
        ],
        ["may be there: nobody tells who embeds the page", {}, page(undefined, false), "unsure"],
        ["is not told by something that is only true-ish", { isAuthoringMode: "true" }, page([]), "no"],
    ])("%s", (_, mode, at, expected) => {
        expect(authoring(mode as ComponentFramework.Mode, at)).toBe(expected);
        expect(hostOf(context({}, { mode: { isVisible: true, ...mode } }), at).authoring).toBe(expected);
    });
});

describe("the rest", () => {
    test("texts, visibility and outputs are the framework's", () => {
        const changed = jest.fn();
        const host = createPcfHost(context(), changed, page());
        expect(host.texts("launcher_title")).toBe("text of launcher_title");
        expect(host.visible).toBe(true);
        host.context = context({}, { mode: { isVisible: false } });
        expect(host.visible).toBe(false);
        host.outputsChanged();
        expect(changed).toHaveBeenCalledTimes(1);
    });

    test("an event is raised if somebody has asked for it, and only that one", () => {
        const ChatStarted = jest.fn();
        const host = hostOf(context({}, { events: { ChatStarted } }));
        host.raise("ChatEnded");
        expect(ChatStarted).not.toHaveBeenCalled();
        host.raise("ChatStarted");
        expect(ChatStarted).toHaveBeenCalledTimes(1);
        expect(() => hostOf(context()).raise("ChatStarted")).not.toThrow();
    });

    describe("that throws", () => {
        const hostile = new Error("a maker's script");
        const fail = (): never => {
            throw hostile;
        };
        let complaints: jest.SpyInstance;

        beforeEach(() => (complaints = jest.spyOn(console, "error").mockImplementation(() => undefined)));
        afterEach(() => complaints.mockRestore());

        test("in a handler is reported, and nothing comes of it", () => {
            const host = hostOf(context({}, { events: { ChatFailed: fail } }));
            expect(() => host.raise("ChatFailed")).not.toThrow();
            expect(complaints.mock.calls).toEqual([[expect.stringContaining("ChatWithAgent"), hostile]]);
        });

        test("when it is told of outputs is reported, and may be told again", () => {
            const changed = jest.fn(fail);
            const host = createPcfHost(context(), changed, page());
            expect(() => {
                host.outputsChanged();
                host.outputsChanged();
            }).not.toThrow();
            expect(changed).toHaveBeenCalledTimes(2);
            expect(complaints).toHaveBeenCalledTimes(2);
        });
    });

    test("nothing is asked, raised or read by being created", () => {
        const touched = jest.fn<undefined, []>();
        const bare = new Proxy({}, { get: () => touched() });
        createPcfHost(context({}, { webAPI: bare, resources: bare, events: bare }), touched, page());
        expect(touched).not.toHaveBeenCalled();
    });
});
