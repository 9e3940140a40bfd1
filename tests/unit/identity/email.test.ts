// Covers identity/email: what counts as an address, the one call for everybody, and how long a chat waits for it.
import type { DirectoryPort } from "../../../ChatWithAgent/chat/ports";
import { createShared } from "../../../ChatWithAgent/chat/shared";
import { findEmail, toEmail } from "../../../ChatWithAgent/identity/email";
import { USER, createFakeClock, flush } from "../chat/fakes";

const ADDRESS = "alex@contoso.com";

describe("what counts as an address", () => {
    test.each([
        [ADDRESS, ADDRESS],
        ["  alex@contoso.com\n", ADDRESS],
        ["Alex.O'Neil+chat@sub.contoso.co.uk", "Alex.O'Neil+chat@sub.contoso.co.uk"],
        ["björn@exämple.de", "björn@exämple.de"],
        ["root@intranet", "root@intranet"],
        [`${"a".repeat(88)}@contoso.com`, `${"a".repeat(88)}@contoso.com`],
    ])("%j is one", (text, address) => {
        expect(toEmail(text)).toEqual({ kind: "known", address });
    });

    test.each(["", "   ", "alex", "@contoso.com", "alex@", "a@b@c", "alex smith@contoso.com", "Alex <alex@contoso.com>", "alex@contoso.com; kim@contoso.com", "alex@con\ntoso.com", `${"a".repeat(89)}@contoso.com`])("%j is none", (text) => {
        expect(toEmail(text)).toEqual({ kind: "missing" });
    });

    test.each([null, undefined, 7, true, {}, [ADDRESS], { toString: () => ADDRESS }])("what is no text is none: %p", (value) => {
        expect(toEmail(value)).toEqual({ kind: "missing" });
    });
});

describe("looking the address up", () => {
    const setUp = (retrieveUser: DirectoryPort["retrieveUser"], userId = USER) => {
        const ask = jest.fn(retrieveUser);
        const directory: DirectoryPort = { userId, retrieveUser: ask, retrieveRows: () => Promise.reject(new Error("not asked for")) };
        const clock = createFakeClock();
        const calls = createShared<unknown>();
        return { ask, clock, find: () => findEmail(directory, calls, clock) };
    };

    test("asks once for the one column, for all who ask, and leaves no timer", async () => {
        const { ask, clock, find } = setUp(() => Promise.resolve({ internalemailaddress: ` ${ADDRESS} ` }));
        expect(await Promise.all([find(), find()])).toEqual([
            { kind: "known", address: ADDRESS },
            { kind: "known", address: ADDRESS },
        ]);
        expect(await find()).toEqual({ kind: "known", address: ADDRESS });
        expect(ask.mock.calls).toEqual([["?$select=internalemailaddress"]]);
        expect(clock.running).toBe(0);
    });

    test.each([[null], [undefined], [{}], [{ internalemailaddress: null }], [{ internalemailaddress: "n/a" }], ["text"]])("a row %j has no address", async (row) => {
        const { find } = setUp(() => Promise.resolve(row));
        expect(await find()).toEqual({ kind: "missing" });
    });

    test("a failure is told as such and not remembered", async () => {
        let isOnline = false;
        const { ask, clock, find } = setUp(() => (isOnline ? Promise.resolve({ internalemailaddress: ADDRESS }) : Promise.reject(new Error("403"))));
        expect(await find()).toEqual({ kind: "failed" });
        expect(clock.running).toBe(0);
        isOnline = true;
        expect(await find()).toEqual({ kind: "known", address: ADDRESS });
        expect(ask).toHaveBeenCalledTimes(2);
    });

    test("is given up after 5 s, and the late answer serves the next who asks", async () => {
        let answer: (row: unknown) => void = () => undefined;
        const { ask, clock, find } = setUp(() => new Promise((resolve) => (answer = resolve)));
        const settled = jest.fn();
        void find().then(settled);
        await clock.advance(4_999);
        expect(settled).not.toHaveBeenCalled();
        await clock.advance(1);
        expect(settled).toHaveBeenCalledWith({ kind: "failed" });
        answer({ internalemailaddress: ADDRESS });
        await flush();
        expect(settled).toHaveBeenCalledTimes(1);
        expect(await find()).toEqual({ kind: "known", address: ADDRESS });
        expect(ask).toHaveBeenCalledTimes(1);
    });

    test("another user is another question", async () => {
        const calls = createShared<unknown>();
        const clock = createFakeClock();
        const of = (userId: string): DirectoryPort => ({ userId, retrieveUser: () => Promise.resolve({ internalemailaddress: `${userId}@contoso.com` }), retrieveRows: () => Promise.resolve([]) });
        expect(await findEmail(of("a"), calls, clock)).toEqual({ kind: "known", address: "a@contoso.com" });
        expect(await findEmail(of("b"), calls, clock)).toEqual({ kind: "known", address: "b@contoso.com" });
    });
});
