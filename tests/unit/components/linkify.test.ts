// Covers components/linkify: which parts of a maker's words are addresses, and that nothing else becomes one.
import * as fc from "fast-check";
import { linkify } from "../../../ChatWithAgent/components/linkify";

const linksOf = (text: string): readonly string[] => linkify(text).flatMap(({ href }) => href ?? []);

test("a text is split in order, and each link leads to what stands there", () => {
    expect(linkify("Write to mailto:help@contoso.com or call tel:+1-555-0100.")).toEqual([
        { text: "Write to " },
        { text: "mailto:help@contoso.com", href: "mailto:help@contoso.com" },
        { text: " or call " },
        { text: "tel:+1-555-0100", href: "tel:+1-555-0100" },
        { text: "." },
    ]);
    expect(linkify("Come back tomorrow.")).toEqual([{ text: "Come back tomorrow." }]);
    expect(linkify("")).toEqual([]);
});

test.each<[string, string, ...string[]]>([
    ["a page", "See https://contoso.com/help?a=1&b=%20#c for more", "https://contoso.com/help?a=1&b=%20#c"],
    ["upper case", "HTTPS://Contoso.com/Help", "HTTPS://Contoso.com/Help"],
    ["a port, and a host in numbers", "https://[::1]:8443/x", "https://[::1]:8443/x"],
    ["letters beyond ASCII", "https://bücher.example/straße/помощь", "https://bücher.example/straße/помощь"],
    [
        "no space before or behind it, as in Japanese",
        "詳細はhttps://contoso.com/helpをご覧ください。",
        "https://contoso.com/help",
    ],
    ["the end of a sentence", "See https://contoso.com/help.", "https://contoso.com/help"],
    ["many signs behind it", "Really: https://contoso.com/help?!...", "https://contoso.com/help"],
    ["brackets around it", "(see https://contoso.com/help)", "https://contoso.com/help"],
    ["brackets in it", "(see https://contoso.com/a_(b)_c)", "https://contoso.com/a_(b)_c"],
    ["quotes around it", 'Open "https://contoso.com".', "https://contoso.com"],
    ["a mark of direction behind it", "https://contoso.com/\u202emoc.live", "https://contoso.com/"],
    ["a mail with a subject", "mailto:help@contoso.com?subject=Help%20me", "mailto:help@contoso.com?subject=Help%20me"],
    ["several addresses", "https://a.example, mailto:a@b.c; tel:112", "https://a.example", "mailto:a@b.c", "tel:112"],
    ["a number in brackets", "tel:(555)010-0100", "tel:(555)010-0100"],
    ["a number at the end of a sentence", "Call tel:555-0100. 24 hours a day.", "tel:555-0100"],
    ["a page of the app", "See /main.aspx?appid=1&pagetype=custom.", "/main.aspx?appid=1&pagetype=custom"],
    ["a page of the app, in brackets", "(/main.aspx?pagetype=dashboard)", "/main.aspx?pagetype=dashboard"],
])("%s", (_name, text, ...expected) => {
    expect(linksOf(text)).toEqual(expected);
});

test.each([
    "http://contoso.com",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x blob:x file:///etc/passwd ftp://contoso.com sms:112",
    "//evil.example/main.aspx?a=b",
    "/\\evil.example/main.aspx?a=b",
    "\\\\evil.example/main.aspx?a=b",
    "//main.aspx?a=b",
    "../main.aspx?a=b and x/main.aspx?a=b",
    "/main.aspx and /main.aspx? and /main.aspxx?a=b and /WebResources/x",
    "https:",
    "https://",
    "https://.",
    "https:\\\\contoso.com",
    "https://contoso.com:99999/",
    "https://contoso.com@evil.example/",
    "https://user:password@evil.example/",
    "https://:password@evil.example/",
    "xhttps://contoso.com and x-https://contoso.com and hotel:112",
    "mailto: mailto:help mailto:@contoso.com mailto:help@",
    "tel: tel:+ tel:abc tel:089 123456",
])("is text and nothing else: %j", (text) => {
    expect(linkify(text)).toEqual([{ text }]);
});

const PIECES = [
    ...["https://contoso.com", "https://", "HTTPS://", "mailto:a@", "mailto:", "tel:1", "tel:"],
    ...[
        "/main.aspx?a",
        "/main.aspx?",
        "javascript:",
        "data:",
        "vbscript:",
        "//",
        "/\\",
        "\\",
        "/",
        "@",
        ":",
        "(",
        ")",
        ".",
    ],
    ...[
        "1",
        "evil.example",
        "user:password@",
        "<a href=x>",
        "&#106;",
        "%0a",
        "\0",
        "\t",
        "\n",
        "\u202e",
        "\u200b",
        "\ud800",
        "\uff11",
    ],
];
const piece = fc.oneof(
    { arbitrary: fc.constantFrom(...PIECES), weight: 4 },
    { arbitrary: fc.string({ unit: "binary", maxLength: 20 }), weight: 1 },
);

test("joined, the parts are the text; a link has one of the four forms and leads nowhere else than it says", () => {
    let links = 0;
    fc.assert(
        fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
            const text = pieces.join("");
            const parts = linkify(text);
            expect(parts.map((part) => part.text).join("")).toBe(text);
            for (const part of parts) {
                if (part.href === undefined) continue;
                links++;
                expect(part.href).toBe(part.text);
                expect(part.href).toMatch(/^(https:\/\/|mailto:[^@\s]+@|tel:\+?[\d().-]+$|\/main\.aspx\?)/i);
                // Neither space nor control character nor mark of direction.
                expect(part.href).not.toMatch(/[\s\\<>"\p{C}]/u);
                const url = new URL(part.href, "https://app.example");
                expect(["https:", "mailto:", "tel:"]).toContain(url.protocol);
                expect([url.username, url.password]).toEqual(["", ""]);
                if (part.href.startsWith("/")) expect(url.origin).toBe("https://app.example");
            }
        }),
        { numRuns: 2_000 },
    );
    expect(links).toBeGreaterThan(300);
});

test.each([
    ["opening brackets", "https://a" + "(".repeat(4_000)],
    ["closing brackets", "https://a" + ")".repeat(4_000)],
    ["pairs of brackets", "https://a" + "()".repeat(2_000)],
    ["beginnings", "https://a(".repeat(400)],
    ["beginnings of mails", "mailto:".repeat(600)],
    ["a mail without an end", "mailto:" + "a".repeat(4_000)],
    ["ends of sentences", "https://a" + ".".repeat(4_000)],
    ["numbers", "tel:1 ".repeat(700)],
    ["a number", "tel:" + "1-".repeat(2_000)],
    ["brackets in a number", "tel:1" + "(.".repeat(2_000)],
    ["pages", "/main.aspx?(".repeat(330)],
])("4,000 characters of %s are read through once, not once for each of them", (_name, text) => {
    const started = performance.now();
    const parts = linkify(text);
    expect(parts.map((part) => part.text).join("")).toBe(text);
    // Measured: 3 ms and less. What would try every end for every beginning takes seconds or longer.
    expect(performance.now() - started).toBeLessThan(1_000);
});
