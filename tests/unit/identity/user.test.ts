// Covers identity/user: the one call for everybody, what a column that cannot be had costs, and how long a chat waits.
import type { Clock, DirectoryPort } from "../../../ChatWithAgent/chat/ports";
import { createShared } from "../../../ChatWithAgent/chat/shared";
import { findUser } from "../../../ChatWithAgent/identity/user";
import { USER, createFakeClock, flush } from "../chat/fakes";

const ADDRESS = "alex@contoso.com";
const EMAIL = { kind: "known", address: ADDRESS };
const ROW = { internalemailaddress: ` ${ADDRESS} `, jobtitle: "Seller", department: null };

function setUp(answer: (select: string) => Promise<unknown>, userId = USER) {
    const ask = jest.fn((table: string, id: string, select: string) => {
        expect([table, id]).toEqual(["systemuser", userId]);
        return answer(select);
    });
    const directory: DirectoryPort = {
        userId,
        retrieveRow: ask,
        retrieveRows: () => Promise.reject(new Error("not asked for")),
    };
    const clock = createFakeClock();
    const calls = createShared<unknown>();
    const names = new Map<string, string>();
    const find = async (...columns: string[]) => {
        const user = findUser(directory, columns, calls, names, clock);
        return { email: await user.email, columns: await user.columns };
    };
    return {
        asked: () => ask.mock.calls.map(([, , select]) => select),
        clock,
        begin: (...columns: string[]) => findUser(directory, columns, calls, names, clock),
        find,
    };
}

test("asks once for the one column, for all who ask, and leaves no timer", async () => {
    const { asked, clock, find } = setUp(() => Promise.resolve(ROW));
    for (const { email } of [...(await Promise.all([find(), find()])), await find()]) expect(email).toEqual(EMAIL);
    expect(asked()).toEqual(["?$select=internalemailaddress"]);
    expect(clock.running).toBe(0);
});

test("asks for columns in the same call, and for an address that came with them no second time", async () => {
    const { asked, find } = setUp(() => Promise.resolve(ROW));
    const { email, columns } = await find("department", "jobtitle");
    expect(email).toEqual(EMAIL);
    expect(columns).toEqual(
        new Map([
            ["internalemailaddress", ` ${ADDRESS} `],
            ["department", null],
            ["jobtitle", "Seller"],
        ]),
    );
    expect((await find()).email).toEqual(EMAIL);
    expect((await find("jobtitle")).columns).toEqual(
        new Map([
            ["internalemailaddress", ` ${ADDRESS} `],
            ["jobtitle", "Seller"],
        ]),
    );
    expect(asked()).toEqual(["?$select=internalemailaddress,department,jobtitle"]);
    // Another column is another question, even if all its letters are there.
    expect((await find("title")).columns).toEqual(new Map([["internalemailaddress", ` ${ADDRESS} `]]));
    expect(asked()).toHaveLength(2);
});

test.each([[null], [undefined], [{}], [{ internalemailaddress: null }], [{ internalemailaddress: "n/a" }], ["text"]])(
    "a row %j has no address",
    async (row) => {
        const { find } = setUp(() => Promise.resolve(row));
        expect((await find()).email).toEqual({ kind: "missing" });
    },
);

test("a failure is told as such and not remembered", async () => {
    let isOnline = false;
    const { asked, clock, find } = setUp(() => (isOnline ? Promise.resolve(ROW) : Promise.reject(new Error("403"))));
    expect(await find("jobtitle")).toEqual({ email: { kind: "failed" }, columns: "unreadable" });
    // With the column, and once more without it.
    expect(asked()).toEqual(["?$select=internalemailaddress,jobtitle", "?$select=internalemailaddress"]);
    expect(clock.running).toBe(0);
    isOnline = true;
    expect((await find("jobtitle")).email).toEqual(EMAIL);
    expect(asked()).toHaveLength(3);
});

test("an address that was refused without any column is not asked for twice", async () => {
    const { asked, find } = setUp(() => Promise.reject(new Error("403")));
    expect((await find()).email).toEqual({ kind: "failed" });
    expect(asked()).toEqual(["?$select=internalemailaddress"]);
});

test("a column that cannot be had does not cost the address", async () => {
    const { asked, find } = setUp((select) =>
        select.includes("jobtitle") ? Promise.reject(new Error("An error that names nothing")) : Promise.resolve(ROW),
    );
    const { email, columns } = await find("jobtitle");
    expect(email).toEqual(EMAIL);
    expect(columns).toBe("unreadable");
    expect(asked()).toEqual(["?$select=internalemailaddress,jobtitle", "?$select=internalemailaddress"]);
});

test("a wrong column does not keep the address waiting, however slow the calls are", async () => {
    const slow = (clock: Clock, row: () => Promise<unknown>): Promise<unknown> =>
        new Promise<void>((resolve) => clock.after(2_000, resolve)).then(row);
    const { asked, clock, begin } = setUp((select): Promise<unknown> => {
        const wrong = /_?jobtittle(?:_value)?/.exec(select)?.[0];
        return slow(clock, () =>
            wrong
                ? Promise.reject(new Error(`Could not find a property named '${wrong}' on type 'x'.`))
                : Promise.resolve(ROW),
        );
    });
    const user = begin("department", "jobtittle");
    const email = jest.fn();
    void user.email.then(email);
    await clock.advance(4_000);
    expect(email).toHaveBeenCalledWith(EMAIL);
    await clock.advance(1_000);
    expect(await user.columns).toBe("unreadable");
    // What is learnt meanwhile serves the next who asks.
    await clock.advance(1_000);
    expect(asked()).toEqual([
        "?$select=internalemailaddress,department,jobtittle",
        "?$select=internalemailaddress,department,_jobtittle_value",
        "?$select=internalemailaddress",
        "?$select=internalemailaddress,department",
    ]);
    expect(await begin("department", "jobtittle").columns).toEqual(
        new Map([
            ["internalemailaddress", ` ${ADDRESS} `],
            ["department", null],
        ]),
    );
    expect(asked()).toHaveLength(4);
});

test("an address that the page has already is not waited for again with another column", async () => {
    const { clock, begin, find } = setUp((select) =>
        select.includes("city") ? new Promise(() => undefined) : Promise.resolve(ROW),
    );
    await find("jobtitle");
    const user = begin("city");
    expect(await user.email).toEqual(EMAIL);
    await clock.advance(5_000);
    expect(await user.columns).toBe("unreadable");
});

test("is given up after 5 s, and the late answer serves the next who asks", async () => {
    let answer: (row: unknown) => void = () => undefined;
    const { asked, clock, find } = setUp(() => new Promise((resolve) => (answer = resolve)));
    const settled = jest.fn();
    void find().then(settled);
    await clock.advance(4_999);
    expect(settled).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(settled).toHaveBeenCalledWith({ email: { kind: "failed" }, columns: "unreadable" });
    answer(ROW);
    await flush();
    expect(settled).toHaveBeenCalledTimes(1);
    expect((await find()).email).toEqual(EMAIL);
    expect(asked()).toHaveLength(1);
});

test.each([["without a column"], ["with a column that cannot be had", "jobtitle"]])(
    "another user is another question, %s",
    async (_, ...columns) => {
        const calls = createShared<unknown>();
        const clock = createFakeClock();
        const of = (userId: string): DirectoryPort => ({
            userId,
            retrieveRow: (_table, id, select) =>
                select.includes("jobtitle")
                    ? Promise.reject(new Error("403"))
                    : Promise.resolve({ internalemailaddress: `${id}@contoso.com` }),
            retrieveRows: () => Promise.resolve([]),
        });
        for (const id of ["a", "b"])
            expect(await findUser(of(id), columns, calls, new Map(), clock).email).toEqual({
                kind: "known",
                address: `${id}@contoso.com`,
            });
    },
);
