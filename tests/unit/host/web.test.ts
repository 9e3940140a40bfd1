// Covers host/web/host: who the user is, in which language and direction the page speaks, and which rows come from
// where.
import { createWebHost, primaryOf } from "../../../ChatWithAgent/host/web/host";
import type { WebHost } from "../../../ChatWithAgent/host/web/host";
import { properties } from "../app/fakes";

const ID = "A1B6C0DE-0001-4E5A-9D10-000000000001";

/** A host whose Dataverse gives an answer for each path below its root; what has none is refused. */
function hosted(
    answers: Readonly<Record<string, unknown>>,
    languageId = 1033,
    origins?: readonly string[],
    prepare: (id: number) => Promise<void> = () => Promise.resolve(),
    parent?: Partial<Record<string, unknown>>,
) {
    const asked: string[] = [];
    const heard: unknown[] = [];
    const page = {
        AbortController,
        setTimeout: () => 0,
        clearTimeout: () => undefined,
        location: { ancestorOrigins: origins },
        fetch: (url: string) => {
            const path = url.slice("/api/data/v9.2/".length);
            asked.push(path);
            return Promise.resolve(
                path in answers
                    ? Response.json(answers[path])
                    : Response.json({ error: { message: "Refused." } }, { status: 403 }),
            );
        },
    } as unknown as Window & typeof globalThis;
    const around = parent ?? page;
    Object.assign(around, { parent: around });
    Object.assign(page, { parent: around });
    const host: WebHost = createWebHost(page, {
        properties: properties(),
        languageId,
        textOf: (id, key) => `${key} in ${id}`,
        prepare,
        heard: (table, rows) => void heard.push([table, rows]),
    });
    return { host, asked, heard };
}

describe("the user", () => {
    test("is the one whom Dataverse names, in small letters as everywhere", async () => {
        const { host } = hosted({ WhoAmI: { BusinessUnitId: "b", UserId: ID, OrganizationId: "o" } });
        expect(host.directory.userId).toBe("");
        await host.signIn();
        expect(host.directory.userId).toBe(ID.toLowerCase());
        expect(host.trouble).toBeUndefined();
    });

    test.each([[{}], [null], [{ UserId: 7 }], ["x"], [[]]])("is nobody where the answer is %j", async (answer) => {
        const { host } = hosted({ WhoAmI: answer });
        await expect(host.signIn()).rejects.toThrow("web-api-blocked");
        expect(host.directory.userId).toBe("");
    });

    test("is nobody where the question is refused", async () => {
        const { host } = hosted({});
        await expect(host.signIn()).rejects.toThrow("Refused.");
        expect(host.directory.userId).toBe("");
    });
});

describe("the language", () => {
    const SETTINGS = `usersettingscollection(${ID.toLowerCase()})?$select=uilanguageid`;

    async function languageWith(answers: Readonly<Record<string, unknown>>): Promise<WebHost> {
        const { host } = hosted({ WhoAmI: { UserId: ID }, ...answers }, 1031);
        await host.signIn();
        await host.readLanguage();
        return host;
    }

    test("is a guess until the user's settings say", async () => {
        const { host } = hosted({}, 1031);
        expect([host.languageId, host.texts("page_title")]).toEqual([1031, "page_title in 1031"]);
        const known = await languageWith({ [SETTINGS]: { uilanguageid: 1036 } });
        expect([known.languageId, known.texts("page_title")]).toEqual([1036, "page_title in 1036"]);
    });

    test("and its direction are the only things that the user's settings are asked for: no time of the page is in a time zone", async () => {
        const { host, asked } = hosted({ WhoAmI: { UserId: ID }, [SETTINGS]: { uilanguageid: 1037 } });
        await host.signIn();
        await host.readLanguage();
        expect(asked).toEqual(["WhoAmI", SETTINGS]);
        expect(host.isRtl).toBe(true);
    });

    test("changes with its direction when its texts are there, not before", async () => {
        const wanted: number[] = [];
        let arrive = (): void => undefined;
        const { host } = hosted(
            { WhoAmI: { UserId: ID }, [SETTINGS]: { uilanguageid: 1037 } },
            1031,
            undefined,
            (id) => {
                wanted.push(id);
                return new Promise((resolve) => (arrive = resolve));
            },
        );
        await host.signIn();
        const reading = host.readLanguage();
        for (let turn = 0; turn < 10; turn++) await Promise.resolve().then(() => new Promise(setImmediate));
        expect([wanted, host.languageId, host.isRtl]).toEqual([[1037], 1031, false]);
        arrive();
        await reading;
        expect([host.languageId, host.isRtl]).toEqual([1037, true]);
    });

    test.each([[0], [-1], ["1036"], [null], [undefined]])(
        "stays the guess where the settings say %p",
        async (uilanguageid) => {
            expect((await languageWith({ [SETTINGS]: { uilanguageid } })).languageId).toBe(1031);
        },
    );

    test("stays the guess where the settings cannot be read", async () => {
        expect((await languageWith({})).languageId).toBe(1031);
        expect((await languageWith({ [SETTINGS]: null })).languageId).toBe(1031);
    });

    test.each([
        ["Arabic", 1025, true],
        ["Arabic of Egypt", 3073, true],
        ["Hebrew", 1037, true],
        ["Urdu", 1056, true],
        ["Persian", 1065, true],
        ["English", 1033, false],
        ["German", 1031, false],
        ["Japanese", 1041, false],
    ])("%s (%d) runs from the right: %p", (_name, languageId, isRtl) => {
        expect(hosted({}, languageId).host.isRtl).toBe(isRtl);
    });

    test("has a family: Swiss German is German, Brazilian Portuguese Portuguese", () => {
        expect([primaryOf(2055), primaryOf(1046)]).toEqual([primaryOf(1031), primaryOf(2070)]);
        expect(primaryOf(1033)).not.toBe(primaryOf(1031));
    });
});

describe("rows", () => {
    test("come from the sets that the Web API knows each table by", async () => {
        const { host, asked } = hosted({ "systemusers(1)?$select=a": { a: 1 }, "annotations(3)?$select=c": { c: 3 } });
        await expect(host.directory.retrieveRow("systemuser", "1", "?$select=a")).resolves.toEqual({ a: 1 });
        await expect(host.directory.retrieveRow("annotation", "3", "?$select=c")).resolves.toEqual({ c: 3 });
        await expect(host.directory.retrieveRow("organization", "2", "?$select=b")).rejects.toThrow("Refused.");
        expect(asked).toEqual(["systemusers(1)?$select=a", "annotations(3)?$select=c", "organizations(2)?$select=b"]);
    });

    test("are told of before whoever asked has them", async () => {
        const { host, heard } = hosted({ "environmentvariabledefinitions?$x": { value: [{ a: 1 }] } });
        await expect(host.directory.retrieveRows("environmentvariabledefinition", "?$x")).resolves.toEqual([{ a: 1 }]);
        expect(heard).toEqual([["environmentvariabledefinition", [{ a: 1 }]]]);
    });

    test.each([[{}], [{ value: "x" }], [null]])("are none where the answer is %j", async (answer) => {
        const { host, heard } = hosted({ "contacts?$x": answer });
        await expect(host.directory.retrieveRows("contact", "?$x")).resolves.toEqual([]);
        expect(heard).toEqual([["contact", []]]);
    });
});

describe("a designer", () => {
    test.each([
        ["the app's own page", ["https://contoso.crm.dynamics.com"], "no"],
        ["the app designer", ["https://contoso.crm.dynamics.com", "https://make.powerapps.com"], "yes"],
    ])("%s", (_name, origins, expected) => {
        expect(hosted({}, 1033, origins).host.authoring).toBe(expected);
    });

    test.each([
        ["nobody's frame", undefined, "no"],
        ["a frame of the app's own origin", { location: { href: "https://contoso.crm.dynamics.com/main.aspx" } }, "no"],
        [
            "a frame of another origin",
            {
                location: new Proxy(
                    {},
                    {
                        get: () => {
                            throw new DOMException("Blocked", "SecurityError");
                        },
                    },
                ),
            },
            "unsure",
        ],
    ])("cannot be told by a browser without a list of who embeds the page: %s", (_name, parent, expected) => {
        expect(hosted({}, 1033, undefined, undefined, parent).host.authoring).toBe(expected);
    });
});

test("there is no record around the page, and nobody who listens for events or outputs", () => {
    const { host } = hosted({});
    expect(host.record).toBeUndefined();
    expect(host.visible).toBe(true);
    expect([host.raise("ChatStarted"), host.outputsChanged()]).toEqual([undefined, undefined]);
});
