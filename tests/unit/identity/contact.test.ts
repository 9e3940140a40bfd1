// Covers identity/contact: what is asked, what it means, and that it never fails anybody.
import { findContact } from "../../../ChatWithAgent/identity/contact";

function setUp(answer: () => Promise<readonly unknown[]>) {
    const ask = jest.fn<Promise<readonly unknown[]>, [table: string, query: string]>(answer);
    const directory = { userId: "", retrieveRow: () => Promise.reject(new Error("not asked for")), retrieveRows: ask };
    return { ask, find: (address = "alex@contoso.com") => findContact(address, directory) };
}

test.each([
    [0, "contact-missing"],
    [1, "found"],
    [2, "contact-ambiguous"],
])("%i contacts: %s", async (count, answer) => {
    const { ask, find } = setUp(() => Promise.resolve(Array.from({ length: count }, () => ({}))));
    expect(await find()).toBe(answer);
    expect(ask.mock.calls).toEqual([
        ["contact", "?$select=contactid&$filter=emailaddress1 eq 'alex%40contoso.com' and statuscode eq 1&$top=2"],
    ]);
});

test("of who may not read contacts nothing is known", async () => {
    expect(await setUp(() => Promise.reject(new Error("403"))).find()).toBe("unknown");
});

test("of half a character nothing can be asked, and nobody is failed", async () => {
    expect(await setUp(() => Promise.resolve([{}])).find("a\ud800@contoso.com")).toBe("unknown");
});

test.each(["o'neil@contoso.com", "a&$top=1@b", "a+b#c%d@e", "x' or statuscode eq 2 or emailaddress1 eq 'y@z"])(
    "the address %j stays an address in the query",
    async (address) => {
        const { ask, find } = setUp(() => Promise.resolve([{}]));
        await find(address);
        const options = new URLSearchParams((ask.mock.calls[0]?.[1] ?? "").slice(1));
        expect([...options.keys()]).toEqual(["$select", "$filter", "$top"]);
        const literal = /^emailaddress1 eq '((?:[^']|'')*)' and statuscode eq 1$/.exec(
            options.get("$filter") ?? "",
        )?.[1];
        expect(literal?.replace(/''/g, "'")).toBe(address);
    },
);
