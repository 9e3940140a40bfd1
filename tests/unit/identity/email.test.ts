// Covers identity/email: what counts as an address.
import { toEmail } from "../../../ChatWithAgent/identity/email";

const ADDRESS = "alex@contoso.com";

describe("what counts as an address", () => {
    test.each([
        [ADDRESS, ADDRESS],
        ["  alex@contoso.com\n", ADDRESS],
        ["Alex.O'Neil+chat@sub.contoso.co.uk", "Alex.O'Neil+chat@sub.contoso.co.uk"],
        ["björn@exämple.de", "björn@exämple.de"],
        ["root@intranet", "root@intranet"],
        ["🙂@contoso.com", "🙂@contoso.com"],
        [`${"a".repeat(88)}@contoso.com`, `${"a".repeat(88)}@contoso.com`],
    ])("%j is one", (text, address) => {
        expect(toEmail(text)).toEqual({ kind: "known", address });
    });

    test.each([
        "",
        "   ",
        "alex",
        "@contoso.com",
        "alex@",
        "a@b@c",
        "alex smith@contoso.com",
        "Alex <alex@contoso.com>",
        "alex@contoso.com; kim@contoso.com",
        "alex@con\ntoso.com",
        "a\ud800@contoso.com",
        "a@contoso\udc00.com",
        `${"a".repeat(89)}@contoso.com`,
    ])("%j is none", (text) => {
        expect(toEmail(text)).toEqual({ kind: "missing" });
    });

    test.each([null, undefined, 7, true, {}, [ADDRESS], { toString: () => ADDRESS }])(
        "what is no text is none: %p",
        (value) => {
            expect(toEmail(value)).toEqual({ kind: "missing" });
        },
    );
});
