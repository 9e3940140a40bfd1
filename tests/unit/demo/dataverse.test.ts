// Covers the demo's Dataverse: queries, pages, the creation of contacts, faults and the generated staff, all by its
// Web API.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { users } from "../../../demo/dataverse/seed";
import { createDataverse } from "../../../demo/dataverse/service";
import { contactKind, defaultStaff, staff, staffContacts, type ContactKind } from "../../../demo/dataverse/staff";
import { linkRecord } from "../../../simulator/server/linking";
import { CONTACTS, type DirectoryRecord } from "../../../simulator/server/seed";

interface Body {
    readonly value: readonly Readonly<Record<string, unknown>>[];
    readonly "@odata.count"?: number;
    readonly "@odata.nextLink"?: string;
    readonly error?: { readonly code: string; readonly message: string };
}

const centre: { contacts: DirectoryRecord[] } = { contacts: [...CONTACTS] };
const dataverse = createDataverse(centre);
let server: Server;
let origin = "";

beforeAll(async () => {
    server = createServer((request, response) => void dataverse.handle(request, response));
    await new Promise<void>((started) => server.listen(0, "127.0.0.1", started));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
});
beforeEach(() => {
    centre.contacts = [...CONTACTS];
    dataverse.reset();
});

const api = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(new URL(path, `${origin}/api/data/v9.2/`), init);
const rows = async (path: string, headers: Record<string, string> = {}): Promise<Body> =>
    (await (await api(path, { headers })).json()) as Body;
const column = async (path: string, name: string): Promise<unknown[]> =>
    (await rows(path)).value.map((row) => row[name]);
const size = (count: number | string): Promise<Response> =>
    fetch(`${origin}/demo/staff`, { method: "PUT", body: String(count) });
const fault = (given: object): Promise<Response> =>
    fetch(`${origin}/demo/faults`, { method: "POST", body: JSON.stringify(given) });
const create = (
    id: string,
    body: unknown,
    headers: Record<string, string> = { "if-none-match": "*" },
): Promise<Response> =>
    api(`contacts(${id})`, {
        method: "PATCH",
        headers: { "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
    });
const errorOf = async (response: Response): Promise<string> => {
    const { error } = (await response.json()) as Body;
    return `${response.status} ${error?.code} ${error?.message}`;
};
const calls = async (): Promise<string[]> =>
    (
        (await (await fetch(`${origin}/demo/requests`)).json()) as Record<
            "method" | "table" | "status",
            string | number
        >[]
    ).map(({ method, table, status }) => `${method} ${table} ${status}`);

async function allPages(path: string, pageSize: number): Promise<{ readonly pages: Body[]; readonly ids: unknown[] }> {
    const pages: Body[] = [];
    for (let next: string | undefined = path; next !== undefined; next = pages.at(-1)?.["@odata.nextLink"])
        pages.push(await rows(next, { prefer: `odata.include-annotations="*", odata.maxpagesize=${pageSize}` }));
    return { pages, ids: pages.flatMap(({ value }) => value.map((row) => row.systemuserid ?? row.contactid)) };
}

test("pages give everyone exactly once, with the query repeated in an absolute address", async () => {
    const { pages, ids } = await allPages(
        "systemusers?$select=fullname&$orderby=fullname%20asc,systemuserid%20asc&$count=true",
        300,
    );
    expect(pages.map(({ value }) => value.length)).toEqual([300, 300, 300, 300, 300, 300, 206]);
    expect(new Set(ids).size).toBe(defaultStaff + 6);
    expect(pages.every((page) => page["@odata.count"] === 2_006)).toBe(true);
    expect(pages[0]?.["@odata.nextLink"]).toMatch(
        new RegExp(
            `^${origin}/api/data/v9\\.2/systemusers\\?\\$select=fullname&\\$orderby=fullname%20asc,systemuserid%20asc&\\$count=true&\\$skiptoken=[\\w-]+$`,
        ),
    );
    expect(pages[1]?.["@odata.nextLink"]?.match(/skiptoken/g)).toHaveLength(1);
    const names = pages.flatMap(({ value }) => value.map(({ fullname }) => String(fullname)));
    expect(names).toEqual([...names].sort(new Intl.Collator("en", { sensitivity: "accent" }).compare));
});

test("a last page that is just full names no further one; what is asked in between shifts nothing", async () => {
    const first = await rows("contacts?$filter=statecode%20eq%200", { prefer: "odata.maxpagesize=2" });
    for (let index = 0; index < 10; index++) await rows(`accounts?$top=${index + 1}`);
    for (let index = 0; index < 10; index++)
        await rows("contacts?$filter=statecode%20eq%201", { prefer: "odata.maxpagesize=1" });
    const second = await rows(first["@odata.nextLink"] ?? "", { prefer: "odata.maxpagesize=2" });
    expect([...first.value, ...second.value].map(({ contactid }) => contactid)).toEqual(
        await column("contacts?$filter=statecode%20eq%200&$top=4", "contactid"),
    );
    expect((await allPages("accounts", 5)).pages).toHaveLength(1);
    expect(await errorOf(await api("accounts?$skiptoken=abc"))).toContain("400 0x80060888");
});

test("without a page size, and with one that is too large, 5000 rows come; a count never says more", async () => {
    await size(7_000);
    for (const prefer of ["", "odata.maxpagesize=5001"]) {
        const page = await rows("systemusers?$select=fullname&$count=true", prefer === "" ? {} : { prefer });
        expect([page.value.length, page["@odata.count"], typeof page["@odata.nextLink"]]).toEqual([
            5_000,
            5_000,
            "string",
        ]);
    }
    const few = await rows("systemusers?$top=3&$count=true");
    expect([few.value.length, few["@odata.count"], few["@odata.nextLink"]]).toEqual([3, 5_000, undefined]);
    expect(
        (await api("systemusers?$top=1", { headers: { prefer: "odata.maxpagesize=7" } })).headers.get(
            "preference-applied",
        ),
    ).toContain("odata.maxpagesize=7");
    // The demo's own list of contacts shows what a list shows.
    expect((await rows("contacts", { "x-demo-page": "1" })).value).toHaveLength(50);
});

test("50,000 users are sorted, counted and paged in reasonable time", async () => {
    await size(50_000);
    const start = performance.now();
    const { ids } = await allPages(
        "systemusers?$select=fullname&$filter=isdisabled%20eq%20false&$orderby=fullname%20asc,systemuserid%20asc&$count=true",
        5_000,
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(49_000);
    expect(performance.now() - start).toBeLessThan(15_000);
}, 30_000);

test.each([
    ["fullname desc", ["Pradeep Gupta", "Megan Bowen", "Lee Gu", "Joni Sherman", "Diego Siciliani", "Alex Wilber"]],
    [
        "department,fullname",
        ["Pradeep Gupta", "Diego Siciliani", "Joni Sherman", "Lee Gu", "Megan Bowen", "Alex Wilber"],
    ],
    [
        "isdisabled asc,internalemailaddress asc",
        ["Pradeep Gupta", "Alex Wilber", "Diego Siciliani", "Joni Sherman", "Lee Gu", "Megan Bowen"],
    ],
])("ordered by %s", async (order, expected) => {
    await size(0);
    expect(await column(`systemusers?$orderby=${order}`, "fullname")).toEqual(expected);
});

test.each([
    ["fullname ne 'alex wilber'", 5],
    ["internalemailaddress ne null", 5],
    ["internalemailaddress eq null", 1],
    ["internalemailaddress ne 'lee.gu@contoso.example'", 5],
    ["not contains(fullname,'GU')", 4],
    ["contains(fullname,'gu') or startswith(fullname,'Al')", 3],
    ["not (contains(fullname,'gu') or startswith(fullname,'Al')) and jobtitle ne 'Paralegal'", 2],
    ["applicationid eq null and accessmode ne 4 and isdisabled eq false", 6],
    [
        `Microsoft.Dynamics.CRM.In(PropertyName='systemuserid',PropertyValues=['${users.lee.id.toUpperCase()}','${users.joni.id}'])`,
        2,
    ],
    [
        "Microsoft.Dynamics.CRM.In(PropertyName='internalemailaddress',PropertyValues=['LEE.GU@contoso.example','nobody''s@contoso.example'])",
        1,
    ],
])("filtered by %s", async (filter, expected) => {
    await size(0);
    expect((await rows(`systemusers?$filter=${encodeURIComponent(filter)}`)).value).toHaveLength(expected);
});

test.each([
    "$filter=fullname gt 'a'",
    "$filter=not",
    "$filter=contains(isdisabled,'x')",
    "$orderby=nothing",
    "$orderby=fullname up",
    "$count=yes",
    "$filter=Microsoft.Dynamics.CRM.In(PropertyName='systemuserid',PropertyValues=['x'])",
])("%s is refused", async (options) => {
    expect((await api(`systemusers?${options}`)).status).toBe(400);
});

test("a contact is created once under its user's id, and never changed", async () => {
    const { id, firstName, lastName, email } = users.joni;
    const body = { emailaddress1: email, firstname: firstName, lastname: lastName };
    const created = await create(id.toUpperCase(), body);
    expect([created.status, created.headers.get("odata-entityid"), await created.text()]).toEqual([
        204,
        `${origin}/api/data/v9.2/contacts(${id})`,
        "",
    ]);
    const linked = (): unknown => linkRecord({ Email: { value: email } }, centre.contacts, []);
    expect(linked()).toEqual({ outcome: "linked", record: { kind: "contact", id, name: "Joni Sherman" } });
    expect(await (await api(`contacts(${id})`)).json()).toMatchObject({
        ...body,
        fullname: "Joni Sherman",
        statecode: 0,
        statuscode: 1,
    });
    expect(await errorOf(await create(id, { firstname: "Other" }))).toBe(
        "412 0x80060892 A record with matching key values already exists.",
    );
    expect(await errorOf(await create(id, { firstname: "Other" }, {}))).toContain(
        "405 0x80060888 The requested resource does not support http method 'PATCH'.",
    );
    expect(await calls()).toEqual(["PATCH contact 204", "GET contact 200", "PATCH contact 412", "PATCH contact 405"]);
    expect(
        (await api(`accounts(${id})`, { method: "PATCH", headers: { "if-none-match": "*" }, body: "{}" })).status,
    ).toBe(405);
    expect((await api("contacts", { method: "POST", body: "{}" })).status).toBe(405);
    await fetch(`${origin}/demo/reset`, { method: "POST" });
    expect([centre.contacts, linked(), (await api(`contacts(${id})`)).status]).toEqual([
        CONTACTS,
        { outcome: "no-match", email },
        404,
    ]);
});

test("somebody else's contact stays out of the contact centre, and is there all the same until the reset", async () => {
    const id = staff(3)[2]?.id ?? "";
    expect(
        (await create(id, { emailaddress1: "x@contoso.example", firstname: "Anna Maria", lastname: null })).status,
    ).toBe(204);
    expect(centre.contacts).toEqual(CONTACTS);
    expect((await rows("contacts?$filter=emailaddress1%20eq%20'X@contoso.example'")).value).toMatchObject([
        {
            contactid: id,
            fullname: "Anna Maria",
            firstname: "Anna Maria",
            lastname: null,
            emailaddress1: "x@contoso.example",
        },
    ]);
    expect((await create(id, {})).status).toBe(412);
    dataverse.reset();
    expect((await api(`contacts(${id})`)).status).toBe(404);
});

test.each<[string, unknown, string]>([
    ["an unknown column", { nickname: "x" }, "400 0x80048d19 .*Invalid property 'nickname'"],
    ["a column of everybody's prototype", { toString: "x" }, "400 0x80048d19 .*Invalid property 'toString'"],
    ["a number for a text", { firstname: 1 }, "400 0x80048d19 .*Edm.String"],
    [
        "an address that is too long",
        { emailaddress1: "x".repeat(101) },
        "400 0x80044331 .*'emailaddress1' attribute .* maximum allowed length of '100'",
    ],
    [
        "a first name that is too long",
        { firstname: "x".repeat(51) },
        "400 0x80044331 .*'firstname' attribute .* maximum allowed length of '50'",
    ],
    [
        "a last name that is too long",
        { lastname: "x".repeat(51) },
        "400 0x80044331 .*'lastname' attribute .* maximum allowed length of '50'",
    ],
    ["another key", { contactid: users.lee.id }, "400 0x80048d19 .*Invalid property 'contactid'"],
    ["no JSON", "{", "400 0x80048d19 .*not a JSON object"],
    ["a list", [], "400 0x80048d19 .*not a JSON object"],
])("%s creates no contact", async (_name, body, expected) => {
    expect(await errorOf(await create(users.joni.id, body))).toMatch(new RegExp(expected));
    expect((await api(`contacts(${users.joni.id})`)).status).toBe(404);
});

test("a key that is none is refused, texts of the full length and the repeated key are not", async () => {
    expect((await create("1", {})).status).toBe(400);
    const body = {
        contactid: users.joni.id,
        emailaddress1: "x".repeat(100),
        firstname: "y".repeat(50),
        lastname: "z".repeat(50),
    };
    expect((await create(users.joni.id, body)).status).toBe(204);
});

test.each<[string, object, string]>([
    ["a status", { status: 503 }, "503 0x80040216 An unexpected error occurred."],
    ["a status with words", { status: 400, code: "0x1", message: "No." }, "400 0x1 No."],
    [
        "too many requests",
        { status: 429, retryAfter: 2 },
        "429 0x80072322 Number of requests exceeded the limit of 6000 over time window of 300 seconds.",
    ],
    [
        "a missing privilege",
        { privilege: true, table: "contact" },
        "403 0x80040220 .* is missing prvReadContact privilege",
    ],
    [
        "a missing privilege to create",
        { privilege: true, table: "contact", method: "PATCH" },
        "403 0x80040220 .* is missing prvCreateContact privilege",
    ],
    [
        "a missing privilege on users",
        { privilege: true, table: "systemuser" },
        "403 0x80040220 .* is missing prvReadUser privilege",
    ],
])("%s as a fault", async (_name, given, expected) => {
    expect((await fault(given)).status).toBe(200);
    const { table = "contact", method = "GET" } = given as { table?: string; method?: string };
    const response = method === "PATCH" ? await create(users.joni.id, {}) : await api(`${table}s?$top=1`);
    expect(response.headers.get("retry-after")).toBe("retryAfter" in given ? "2" : null);
    expect(await errorOf(response)).toMatch(new RegExp(expected));
    expect(await calls()).toEqual([`${method} ${table} ${response.status}`]);
    expect((await api("accounts?$top=1")).status).toBe("table" in given ? 200 : response.status);
    expect((await api("accounts?$top=1", { headers: { "x-demo-page": "1" } })).status).toBe(200);
    await fetch(`${origin}/demo/faults`, { method: "DELETE" });
    expect((await api(`${table}s?$top=1`)).status).toBe(200);
});

test("a fault meets the requests of its method and table, from one on and for some times", async () => {
    await fault({ method: "get", table: "account", status: 500, after: 2, times: 2 });
    const statuses: number[] = [];
    for (let index = 0; index < 5; index++) {
        statuses.push((await api("accounts?$top=1")).status);
        expect((await api("contacts?$top=1")).status).toBe(200);
    }
    expect(statuses).toEqual([200, 500, 500, 200, 200]);
});

test("a connection is ended without an answer; what was to be created then is not", async () => {
    await fault({ drop: true, times: 1 });
    await expect(create(users.joni.id, {})).rejects.toThrow();
    expect(await calls()).toEqual(["PATCH contact 0"]);
    expect((await api(`contacts(${users.joni.id})`)).status).toBe(404);
});

test("a connection is ended once the contact is there; reading is not concerned", async () => {
    await fault({ commitThenDrop: true });
    expect((await api("contacts?$top=1")).status).toBe(200);
    await expect(create(users.joni.id, {})).rejects.toThrow();
    expect((await api(`contacts(${users.joni.id})`)).status).toBe(200);
    expect(await calls()).toEqual(["GET contact 200", "PATCH contact 204", "GET contact 200"]);
});

test("a page to sign in on comes in place of rows", async () => {
    await fault({ html: true });
    const response = await api("WhoAmI");
    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
        200,
        "text/html; charset=utf-8",
        expect.stringContaining("Sign in"),
    ]);
    expect(await calls()).toEqual(["GET WhoAmI 200"]);
});

test("a delayed answer is the true one", async () => {
    await fault({ delayMs: 150, times: 1 });
    const start = performance.now();
    expect((await create(users.joni.id, { firstname: "Joni" })).status).toBe(204);
    expect(performance.now() - start).toBeGreaterThan(140);
});

test.each<[unknown, string]>([
    [[], "A fault is an object."],
    [{}, "needs one of"],
    [{ statuses: 500 }, "statuses is nothing that a fault has"],
    [{ status: "500" }, "status must be a whole number"],
    [{ status: 200 }, "status must be from 400 to 599"],
    [{ drop: "yes" }, "drop must be a boolean"],
])("the fault %j is refused", async (given, expected) => {
    const response = await fault(given as object);
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(expected)]);
    expect(await (await fetch(`${origin}/demo/faults`)).json()).toEqual([]);
});

test("the staff can have any size up to 100,000; the reset gives the usual one back and clears faults", async () => {
    expect(await (await size(3)).json()).toEqual({ staff: 3 });
    expect((await rows("systemusers?$count=true"))["@odata.count"]).toBe(9);
    for (const wrong of ["", "-1", "100001", "many"]) expect((await size(wrong)).status).toBe(400);
    await fault({ status: 500 });
    await fetch(`${origin}/demo/reset`, { method: "POST" });
    expect((await rows("systemusers?$count=true"))["@odata.count"]).toBe(2_006);
    expect(await (await fetch(`${origin}/demo/staff`)).json()).toEqual({ staff: defaultStaff });
});

describe("the usual staff", () => {
    const everyone = staff();
    const contacts = staffContacts(everyone);
    const have = (test: (one: (typeof everyone)[number]) => boolean): number => everyone.filter(test).length;

    test("is of all kinds", () => {
        const kinds = {
            all: everyone.length,
            disabled: have(({ disabled }) => disabled),
            applications: have(({ applicationId }) => applicationId !== null),
            nonInteractive: have(({ accessMode, applicationId }) => accessMode === 4 && applicationId === null),
            withoutAddress: have(({ email }) => email === null),
            withoutFirstName: have(({ firstName }) => firstName === null),
            formulas: have(({ name }) => /^[=+@]/.test(name)),
            people: have(
                ({ disabled, applicationId, accessMode, email }) =>
                    !disabled && applicationId === null && accessMode !== 4 && email !== null,
            ),
        };
        expect(kinds).toEqual({
            all: 2_000,
            disabled: 20,
            applications: 20,
            nonInteractive: 10,
            withoutAddress: 20,
            withoutFirstName: 6,
            formulas: 6,
            people: 1_930,
        });
        for (const pattern of [/'/, /,/, /[éüøŁ]/, /\p{Script=Cyrillic}/u, /\p{Script=Han}/u, /\p{Script=Arabic}/u])
            expect(have(({ name }) => pattern.test(name))).toBeGreaterThan(10);
    });

    test("has an id and an address each, and the same ones in any size", () => {
        expect(new Set(everyone.map(({ id }) => id)).size).toBe(2_000);
        const addresses = everyone.flatMap(({ email }) => email ?? []);
        expect(new Set(addresses).size).toBe(addresses.length);
        expect(addresses.filter((address) => !/^[a-z'-]+\.[a-z'-]+\.\d+@contoso\.example$/.test(address))).toEqual([]);
        expect(staff(5)).toEqual(everyone.slice(0, 5));
        const many = staffContacts(staff(100_000)).map(({ id }) => id);
        expect(new Set(many).size).toBe(many.length);
        expect(
            many.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89a][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
        ).toEqual([]);
    });

    test("has contacts as they are said to be", () => {
        const shares: Partial<Record<ContactKind, number>> = {};
        const taken = new Set(contacts.map(({ id }) => id));
        const byAddress = new Map<string, DirectoryRecord[]>();
        for (const contact of contacts)
            byAddress.set(contact.emailaddress1.toLowerCase(), [
                ...(byAddress.get(contact.emailaddress1.toLowerCase()) ?? []),
                contact,
            ]);
        const people = everyone.filter(
            ({ disabled, applicationId, accessMode, email }) =>
                !disabled && applicationId === null && accessMode !== 4 && email !== null,
        );
        for (const { id, email, number } of people) {
            const kind = contactKind(number);
            shares[kind] = (shares[kind] ?? 0) + 1;
            const { outcome } = linkRecord({ Email: { value: email } }, byAddress.get(email ?? "") ?? [], []);
            expect(`${kind}: ${outcome}`).toBe(
                `${kind}: ${{ one: "linked", "one-and-inactive": "linked", two: "several", none: "no-match", inactive: "no-match", "custom-status": "no-match", occupied: "no-match" }[kind]}`,
            );
            expect(taken.has(id)).toBe(kind === "occupied");
        }
        expect(shares).toEqual({
            one: 1_351,
            none: 385,
            inactive: 58,
            "custom-status": 18,
            two: 59,
            occupied: 29,
            "one-and-inactive": 30,
        });
    });
});
