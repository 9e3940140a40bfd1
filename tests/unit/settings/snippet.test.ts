import * as fc from "fast-check";
import { parseSnippet } from "../../../ChatWithAgent/settings/snippet";
import { APP, HUB, ORG, SCRIPT, snippet } from "./samples";

const parsed = (text: string) => {
    const attributes = parseSnippet(text);
    return typeof attributes === "string" ? attributes : Object.fromEntries(attributes);
};
const NAMING = { "data-app-id": APP, "data-org-id": ORG, "data-org-url": HUB };
const WIDGET = { v2: "", id: "Microsoft_Omnichannel_LCWidget", src: SCRIPT, "data-lcw-version": "prod", ...NAMING };

/** As the admin centre writes it in 2025/26 (P): an inline handler that holds quotes, `>` and `=>`. */
const WITH_FALLBACK = snippet().replace(
    "></script>",
    ` onerror="(() => { const s = this; this.remove(); const n = document.createElement('script'); [...s.attributes].forEach((a) => n.setAttribute(a.name, a.value)); if (1 > 0) n.src = 'https://ocprodocprodnamgs.blob.core.windows.net/x.js'; document.body.append(n); })()"></script>`,
);
const escaped = (html: string) =>
    html.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

describe("what people paste", () => {
    test.each([
        ["the admin centre's HTML", snippet()],
        [
            "with an onerror that writes a script tag",
            snippet().replace("<script", `<script onerror='document.write("<script data-app-id=evil>")'`),
        ],
        ["in capitals", snippet().replace(/<script| [\w-]+(?=[= ])/g, (name) => name.toUpperCase())],
        ["single quotes", snippet().replace(/"/g, "'")],
        ["typographic quotes", snippet().replace(/"([^"]*)"/g, "“$1”")],
        ["German quotes", snippet().replace(/"([^"]*)"/g, "„$1“")],
        ["single typographic quotes", snippet().replace(/"([^"]*)"/g, "‘$1’")],
        ["no quotes", snippet().replace(/"/g, "")],
        ["line breaks, spaces about the equal signs", snippet().replace(/ /g, "\r\n\t").replace(/=/g, " =\n ")],
        ["escaped as a whole", escaped(snippet())],
        ["escaped by innerHTML, quotes left", escaped(snippet()).replace(/&quot;/g, '"')],
        ["entities in values", snippet().replace(HUB, HUB.replace("https://", "https&#58;&#x2F;&#X2f;"))],
        ["text around it", `Hi, it's "this" one = “here”:\n${snippet()}\nRegards, data-app-id=1`],
        [
            "other tags before and after it",
            `<script src="https://cdn.example/jquery.js" async></script><script>var a = "data-app-id=2";</script>${snippet()}<script data-app-id="3"></script>`,
        ],
        ["a tag of another name before it", `<scripted data-app-id="6">x</scripted>${snippet()}`],
        ["a noscript before it", `<noscript data-app-id="4">Enable scripts</noscript>${snippet()}`],
        ["twice the same attribute: the first counts", snippet().replace("></script>", ' data-app-id="5"></script>')],
        ["no closing tag", snippet().replace("></script>", "")],
        ["self-closed", snippet().replace("></script>", "/>")],
        ["cut off before the tag's name", snippet().replace("<script ", "").replace("</script>", "")],
    ])("%s", (_name, text) => {
        expect(parsed(text)).toEqual(WIDGET);
    });

    test.each([
        ["with an inline onerror", WITH_FALLBACK],
        ["with the onerror first", WITH_FALLBACK.replace(/<script (.*?) (onerror=".*?")>/, "<script $2 $1>")],
        ["escaped with an onerror", escaped(WITH_FALLBACK)],
    ])("%s: the address in its code comes out, the code does not", (_name, text) => {
        expect(parsed(text)).toEqual({
            ...WIDGET,
            "second-src": "https://ocprodocprodnamgs.blob.core.windows.net/x.js",
        });
    });

    test.each([
        ["lines", `data-app-id=${APP}\ndata-org-id=${ORG}\ndata-org-url=${HUB}`],
        ["spaces", `data-app-id="${APP}" data-org-id='${ORG}' data-org-url=${HUB}`],
        ["semicolons", `data-app-id=${APP};data-org-id=${ORG};data-org-url=${HUB};`],
        ["semicolons and spaces", `DATA-APP-ID = ${APP} ; data-org-id = ${ORG} ; data-org-url = ${HUB}`],
        ["bullets", `> data-app-id=${APP}\n> data-org-id=${ORG}\n> data-org-url=${HUB}`],
        [
            "escaped quotes",
            `data-app-id=&quot;${APP}&quot; data-org-id=&#34;${ORG}&#34; data-org-url=&quot;${HUB}&quot;`,
        ],
    ])("attributes alone, separated by %s", (_name, text) => {
        expect(parsed(text)).toEqual(NAMING);
    });

    test("static text of 160 characters in one line holds app id and address", () => {
        const text = `data-app-id=${APP};data-org-url=${HUB}`;
        expect(text.length).toBeLessThanOrEqual(160);
        expect(parsed(text)).toMatchObject({ "data-app-id": APP, "data-org-url": HUB });
    });

    test.each([
        ["entities", 'data-x="&lt;&gt;&amp;&quot;&apos;&#8217;&#128172;&#x10ffff;&nbsp;"', "<>&\"'’💬\u{10ffff} "],
        [
            "what is no entity",
            'data-x="&constructor; &; &#; &#x110000; &#99999999; & b"',
            "&constructor; &; &#; &#x110000; &#99999999; & b",
        ],
        ["only one layer", 'data-x="&amp;lt;"', "&lt;"],
        ["apostrophes in double quotes", 'data-x="Don\'t ’close‘"', "Don't ’close‘"],
        ["JSON in single quotes", `data-x='{"a": "b > c; d=e"}'`, '{"a": "b > c; d=e"}'],
        ["JSON with entities", `data-x="{&quot;a&quot;:&quot;=&quot;}"`, '{"a":"="}'],
        ["an empty value", 'data-x=""', ""],
        ["no value", "data-x", ""],
        ["an entity in a bare value", "data-x=https://a.example/?b=1&amp;c=2", "https://a.example/?b=1&c=2"],
    ])("a value with %s", (_name, attribute, value) => {
        expect(parsed(snippet().replace("v2", attribute))).toMatchObject({ ...NAMING, "data-x": value });
    });

    test("prototype names are names like any other", () => {
        const attributes = parseSnippet(`data-app-id=${APP} __proto__="a" constructor="b" hasownproperty="c"`);
        expect(attributes).toEqual(
            new Map([
                ["data-app-id", APP],
                ["__proto__", "a"],
                ["constructor", "b"],
                ["hasownproperty", "c"],
            ]),
        );
        expect(Object.keys(Object.prototype)).toEqual([]);
    });
});

describe("what names no widget", () => {
    test.each([
        ["", "not-a-snippet"],
        ["hello", "not-a-snippet"],
        ["<script></script>", "not-a-snippet"],
        [`<script src="${SCRIPT}" id="Microsoft_Omnichannel_LCWidget"></script>`, "not-a-snippet"],
        [`<noscript data-app-id="${APP}">x</noscript><script src="x"></script>`, "not-a-snippet"],
        [`<script>data-app-id="${APP}"</script >`, "not-a-snippet"],
        [snippet({ "data-app-id": undefined, "data-ruleset-id": APP }), "engagement-ruleset"],
        [`data-ruleset-id=${APP}`, "engagement-ruleset"],
    ])("%s", (text, problem) => {
        expect(parseSnippet(text)).toBe(problem);
    });

    test("a snippet without its app id is still the widget's, so that what is missing can be told", () => {
        expect(parsed(snippet({ "data-app-id": undefined }))).toMatchObject({ "data-org-id": ORG });
        expect(parsed(`data-org-url=${HUB}`)).toEqual({ "data-org-url": HUB });
    });

    test("10,000 characters are read, one more is too long", () => {
        expect(parsed(snippet() + " ".repeat(10_000 - snippet().length))).toEqual(WIDGET);
        expect(parseSnippet(snippet() + " ".repeat(10_001 - snippet().length))).toBe("too-long");
    });
});

describe("properties", () => {
    const encode = (value: string, quote: string) =>
        Array.from(value)
            .map((char) =>
                quote.includes(char) || "&<>".includes(char) || (!quote && /[\s;=/"'“”„‘’‚]/.test(char))
                    ? `&#${String(char.codePointAt(0))};`
                    : char,
            )
            .join("");
    const STYLES: readonly (readonly [string, string, string])[] = [
        ['"', '"', '"'],
        ["'", "'", "'"],
        ["“", "”", "“”„"],
        ["„", "“", "“”„"],
        ["‘", "’", "‘’‚"],
        ["", "", ""],
    ];
    const attributes = fc.dictionary(
        fc.stringMatching(/^data-[a-z][a-z0-9-]{0,12}$/).filter((name) => name !== "data-ruleset-id"),
        fc.oneof(
            fc.string({ maxLength: 40, unit: "grapheme" }),
            fc.string({ maxLength: 20, unit: fc.constantFrom(...Array.from("<>\"'=;&“”„‘’/ #x3a\n")) }),
        ),
        { maxKeys: 8, noNullPrototype: true },
    );
    const style = fc.record({
        quotes: fc.constantFrom(...STYLES),
        before: fc.constantFrom("=", " = ", "\n="),
        between: fc.constantFrom(" ", "\n", "\t "),
    });

    test("what is written in any quoting style is read again", () => {
        fc.assert(
            fc.property(
                attributes,
                fc.array(style, { minLength: 1 }),
                fc.constantFrom("tag", "escaped", "alone"),
                (values, styles, form) => {
                    const all = { ...values, "data-app-id": APP };
                    const written = Object.entries(all)
                        .map(([name, value], index) => {
                            const { quotes, before, between } = styles[index % styles.length] ?? {
                                quotes: ['"', '"', '"'] as const,
                                before: "=",
                                between: " ",
                            };
                            // A bare value cannot be empty, and directly behind it the separator must stand.
                            const [open, close, inside] = value ? quotes : (['"', '"', '"'] as const);
                            return `${name}${before}${open}${encode(value, inside)}${close}${between}`;
                        })
                        .join("");
                    const html = `<script ${written}></script>`;
                    const text = form === "tag" ? html : form === "escaped" ? escaped(html) : written;
                    // Alone, a list may look as if it were escaped as a whole; quotes then need the tag around them.
                    fc.pre(form !== "alone" || !/=\s*&(?:quot|#)|&lt;script/i.test(written));
                    expect(parsed(text)).toEqual(all);
                },
            ),
            { numRuns: 500 },
        );
    });

    test("any text gives attributes in lower case without handlers, or a problem; never an exception", () => {
        const soup = fc.array(
            fc.oneof(
                fc.constantFrom(
                    "<script ",
                    ">",
                    "data-app-id",
                    "=",
                    '"',
                    "'",
                    "“",
                    "onclick",
                    "ONERROR=",
                    "&quot;",
                    "&#",
                    ";",
                    "</script>",
                    " ",
                ),
                fc.string(),
            ),
            { maxLength: 40 },
        );
        fc.assert(
            fc.property(soup, (pieces) => {
                const result = parsed(pieces.join(""));
                if (typeof result === "string")
                    expect(["too-long", "not-a-snippet", "engagement-ruleset"]).toContain(result);
                else for (const name of Object.keys(result)) expect(name).toMatch(/^(?!on)[^A-Z]*$/);
            }),
            { numRuns: 500 },
        );
    });
});
