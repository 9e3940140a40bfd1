// Covers page/setup/directory: which contacts the linking rule would find, what is asked of Dataverse, and what is
// written for a user.
import {
    contactsPath,
    judge,
    toContact,
    toContacts,
    toUsers,
    usersByIdPath,
    usersPath,
} from "../../../../page/setup/directory";
import type { Contact } from "../../../../page/setup/directory";
import { user } from "./fixtures";

const ALEX = user(1, { address: "Alex.Wilber@contoso.example" });
const contact = (more: Partial<Contact> = {}): Contact => ({
    id: "c1",
    name: "Alex",
    address: "alex.wilber@contoso.example",
    isLinkable: true,
    isActive: true,
    ...more,
});

test.each<[string, Partial<typeof ALEX>, readonly Contact[], string, number]>([
    ["exactly one, in any case", {}, [contact()], "linked", 1],
    ["one with blanks around its address", {}, [contact({ address: " ALEX.WILBER@CONTOSO.EXAMPLE " })], "linked", 1],
    [
        "one with an accent, where the database has found it",
        {},
        [contact({ address: "aléx.wilber@contoso.example" })],
        "linked",
        1,
    ],
    [
        "one that counts beside an inactive one",
        {},
        [contact(), contact({ id: "c2", isLinkable: false, isActive: false })],
        "linked",
        1,
    ],
    ["two", {}, [contact(), contact({ id: "c2" })], "several", 2],
    ["an inactive one", {}, [contact({ isLinkable: false, isActive: false })], "not-found", 1],
    ["an active one with a status reason of the company's own", {}, [contact({ isLinkable: false })], "not-found", 1],
    ["nobody's", {}, [], "none", 0],
    ["somebody else's", {}, [contact({ address: "megan@contoso.example" })], "none", 0],
    [
        "one with the user's own id and another address",
        {},
        [contact({ id: ALEX.id, address: "old@contoso.example" })],
        "taken",
        1,
    ],
    [
        "an inactive one with the user's own id",
        {},
        [contact({ id: ALEX.id, isLinkable: false, isActive: false })],
        "taken",
        1,
    ],
    ["one with the user's own id and address", {}, [contact({ id: ALEX.id })], "linked", 1],
    ["none possible: what is no address", { address: "alex" }, [], "unusable", 0],
    [
        "none possible: an address that no contact can hold",
        { address: `${"a".repeat(90)}@contoso.example` },
        [],
        "unusable",
        0,
    ],
])("a user's contacts: %s", (_name, more, contacts, standing, about) => {
    const row = judge({ ...ALEX, ...more }, contacts);
    expect(row.standing).toBe(standing);
    expect(row.contacts).toHaveLength(about);
});

test("only enabled people with an address are asked for, sorted so that pages never overlap", () => {
    const path = decodeURIComponent(usersPath(""));
    for (const condition of [
        "isdisabled eq false",
        "applicationid eq null",
        "(accessmode eq 0 or accessmode eq 1 or accessmode eq 2)",
        "internalemailaddress ne null",
    ])
        expect(path).toContain(condition);
    expect(path).toContain("$orderby=fullname asc,systemuserid asc");
    expect(path).not.toContain("contains");
});

test.each(["O'Brien", "a&$filter=1 eq 1", "50%", "x') or (1 eq 1"])("what is searched for stays a text: %s", (text) => {
    const filter = new URL(usersPath(text), "https://contoso.example/").searchParams.get("$filter");
    expect(
        filter?.endsWith(
            ` and (contains(fullname,'${text.replaceAll("'", "''")}') or contains(internalemailaddress,'${text.replaceAll("'", "''")}'))`,
        ),
    ).toBe(true);
});

test("half a character in a search, an address or an ID stops no question", () => {
    expect(decodeURIComponent(usersPath("a\ud800"))).toContain("contains(fullname,'a\ufffd')");
    expect(decodeURIComponent(usersPath("🙂"))).toContain("contains(fullname,'🙂')");
    expect(contactsPath([user(1, { address: "a\ud800@contoso.example" })])).toBeUndefined();
    expect(decodeURIComponent(usersByIdPath(["a\udc00"]))).toContain('PropertyValues=["a\ufffd"]');
});

test("contacts are asked for by address and by id in one question; an address with a quote stands as a text by itself", () => {
    const path =
        contactsPath([
            user(1),
            user(2, { address: "o'brien@contoso.example" }),
            user(3, { address: "a+b&c@contoso.example" }),
            user(4, { address: "none" }),
        ]) ?? "";
    const filter = new URL(path, "https://contoso.example/").searchParams.get("$filter");
    expect(filter).toBe(
        `Microsoft.Dynamics.CRM.In(PropertyName='contactid',PropertyValues=["${user(1).id}","${user(2).id}","${user(3).id}"])` +
            ` or Microsoft.Dynamics.CRM.In(PropertyName='emailaddress1',PropertyValues=["user1@contoso.example","a+b&c@contoso.example"])` +
            ` or emailaddress1 eq 'o''brien@contoso.example'`,
    );
    expect(contactsPath([user(4, { address: "none" })])).toBeUndefined();
    expect(contactsPath([user(2, { address: "o'brien@contoso.example" })])).not.toContain("'emailaddress1'");
});

test.each([
    ["both names", {}, { firstname: "First1", lastname: "Last1" }],
    ["no last name", { lastName: " " }, { firstname: "", lastname: "First1 Last1" }],
    [
        "no names but the whole one",
        { firstName: "", lastName: "", name: "Reception" },
        { firstname: "", lastname: "Reception" },
    ],
    ["no name at all", { firstName: "", lastName: "", name: "" }, { firstname: "", lastname: "user1@contoso.example" }],
    [
        "longer, with a character of two halves at the end",
        { firstName: `${"f".repeat(49)}🙂`, lastName: `${"l".repeat(48)}🙂🙂` },
        { firstname: "f".repeat(49), lastname: `${"l".repeat(48)}🙂` },
    ],
    [
        "longer than a contact's columns",
        { firstName: "f".repeat(64), lastName: "l".repeat(64) },
        { firstname: "f".repeat(50), lastname: "l".repeat(50) },
    ],
])("what is written: %s", (_name, more, expected) => {
    expect(toContact(user(1, more))).toEqual({ ...expected, emailaddress1: "user1@contoso.example" });
});

test("rows of any shape become users and contacts, or nothing", () => {
    expect(
        toUsers({
            value: [
                {
                    systemuserid: "A1",
                    fullname: "A",
                    firstname: null,
                    lastname: 3,
                    internalemailaddress: " a@b.example ",
                },
                {},
                null,
            ],
        }),
    ).toEqual([{ id: "a1", name: "A", firstName: "", lastName: "", address: "a@b.example" }]);
    expect(
        toContacts({
            value: [
                { contactid: "C1", fullname: "C", emailaddress1: "a@b.example", statecode: 0, statuscode: 1 },
                { contactid: "c2", statecode: 1, statuscode: 2 },
            ],
        }),
    ).toEqual([
        { id: "c1", name: "C", address: "a@b.example", isLinkable: true, isActive: true },
        { id: "c2", name: "", address: "", isLinkable: false, isActive: false },
    ]);
    for (const answer of [undefined, null, {}, { value: "x" }]) {
        expect(toUsers(answer)).toEqual([]);
        expect(toContacts(answer)).toEqual([]);
    }
});
