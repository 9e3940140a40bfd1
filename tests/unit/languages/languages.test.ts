// Covers strings/ language by language: complete, in plural forms of its own, with the same placeholders and code
// words as English, and nothing left in English.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { guess } from "../../../page/languages";
import { below, child, parseXml } from "../../../tools/pack/xml.mjs";
import { SAME_AS_ENGLISH } from "./allowed";

jest.mock("chat-texts", () => ({ __esModule: true, default: { english: {}, others: [] } }), { virtual: true });

const CONTROL = join(__dirname, "../../../ChatWithAgent");
const ENGLISH = "1033";
type Texts = ReadonlyMap<string, string>;

const idOf = (file: string): string => /^ChatWithAgent\.(\d+)\.resx$/.exec(file)?.[1] ?? file;
const entriesOf = (id: string): readonly (readonly [string, string])[] => {
    const name = `ChatWithAgent.${id}.resx`;
    return below(parseXml(readFileSync(join(CONTROL, "strings", name)), name), "data").map((one) => [
        one.getAttribute("name") ?? "",
        child(one, "value")?.textContent ?? "",
    ]);
};

const ids = readdirSync(join(CONTROL, "strings")).map(idOf);
const texts = new Map<string, Texts>(ids.map((id) => [id, new Map(entriesOf(id))]));
const textsOf = (id: string): Texts => texts.get(id) ?? new Map<string, string>();
const english = textsOf(ENGLISH);
const tagOf = (id: string): string => textsOf(id).get("language") ?? "";
const others = ids.filter((id) => id !== ENGLISH);

const isForm = (key: string): boolean => key.startsWith("unread_");
/** What a text is held against: its own English, for a plural form the form that all languages have. */
const englishOf = (key: string): string => english.get(isForm(key) ? "unread_other" : key) ?? "";
const formsOf = (id: string): string[] =>
    new Intl.PluralRules(tagOf(id))
        .resolvedOptions()
        .pluralCategories.map((category) => `unread_${category}`)
        .sort();

/** The texts for which something holds, one line each: what a translator has to look at. */
const found = (id: string, holds: (value: string, key: string) => boolean): string[] =>
    [...textsOf(id)]
        .filter(([key, value]) => key !== "language" && holds(value, key))
        .map(([key, value]) => `${key}: ${value}`);

const placeholdersOf = (text: string): string[] => (text.match(/\{\{|\{[^{}]*\}/g) ?? []).sort();

/** What formulas, settings and Microsoft's own screens know by exactly this name. */
const CODE =
    /cwa_\w+|data-[a-z]+-[a-z]+|https?:\/\/[^\s,;)"]*[\w/]|\b[a-z]+[A-Z]\w*|\b(?:Name|name)=value|User\(\)\.Email|\bEmail\b|Record(?:Name|Table|Url)|<\/?script|omnichannelengagementhub\.com|\/api\/data|\bJSON\b|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|Copilot Service|Dynamics 365|Microsoft/g;
/** Words of plain English that are code in these texts only. */
const CODE_IN: Readonly<Record<string, readonly string[]>> = {
    chatState_description: [
        "idle",
        "loading",
        "ready",
        "starting",
        "user-action",
        "chatting",
        "ended",
        "failed",
        "unavailable",
        "conflict",
        "not-set-up",
    ],
    page_wrong_name: ["message"],
    page_wrong_value: ["button", "automatic", "yes", "no"],
    "drop_not-json": ['{"Name": "value"}'],
};
/** A column's display name, which Dataverse has in the user's language: no code. */
const DISPLAYED_IN: Readonly<Record<string, string>> = { "contact-missing_help": "Email" };
const codeOf = (key: string, text: string): string[] => [
    ...(text.match(CODE) ?? []).filter((code) => code !== DISPLAYED_IN[key]),
    ...(CODE_IN[key] ?? []),
];

/** Numbers without the signs that group their digits, and without those that are part of code. */
const numbersOf = (text: string): string[] =>
    (
        text
            .replace(CODE, " ")
            .replace(/\{[^{}]*\}/g, " ")
            .replace(/(\d)[.,\s'’٬](?=\d{3})/g, "$1")
            .match(/\d+/g) ?? []
    ).sort();

/** The script that a language is written in, where it is not Latin: a text without a letter of it is not translated. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
    ar: /\p{Script=Arabic}/u,
    he: /\p{Script=Hebrew}/u,
    ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
    ko: /\p{Script=Hangul}/u,
    "zh-CN": /\p{Script=Han}/u,
};

/** Short words that make up English and none of the other languages here. */
const ENGLISH_WORDS = /\b(?:the|you|your|this|which|cannot|isn't|doesn't|won't|couldn't)\b/i;

/** How long a text may be: buttons and titles stand in narrow places. */
function limitOf(key: string): number {
    if (key.endsWith("_action")) return 40;
    if (key.endsWith("_title")) return 80;
    // What a designer lists; the same ending stands for what is wrong with a name.
    if (/^(?!drop_|page_wrong_).*_name$/.test(key)) return 60;
    return englishOf(key).length * 2 + 20;
}

/** Descriptions that name something by the word that stands on it. */
const NAMED_IN: readonly (readonly [string, string])[] = [
    ["buttonLabel_description", "launcher_action"],
    ["email-missing_help", "requireEmail_name"],
    ["startMode_description", "startMode_button"],
    ["startMode_description", "startMode_widgetButton"],
    ["startMode_description", "startMode_automatic"],
    ...["requireEmail", "shareRecord", "contactCheck"].map((name) => [`${name}_description`, "yes"] as const),
    ["requireEmail_description", "no"],
];

test("the files are those of the manifest, and of nothing else", () => {
    const manifest = readFileSync(join(CONTROL, "ControlManifest.Input.xml"), "utf8");
    const listed = [...manifest.matchAll(/<resx path="strings\/ChatWithAgent\.(\d+)\.resx"/g)].flatMap(
        ([, id]) => id ?? [],
    );
    expect([...ids].sort()).toEqual([...listed].sort());
    expect(ids).toContain(ENGLISH);
});

test("English is English, and has its own forms", () => {
    expect(tagOf(ENGLISH)).toBe("en");
    expect([...english.keys()].filter(isForm).sort()).toEqual(formsOf(ENGLISH));
});

describe.each(ids.map((id) => [id, tagOf(id)]))("%s (%s)", (id) => {
    test("has each key once, and no text that is empty or has stray space", () => {
        const keys = entriesOf(id).map(([key]) => key);
        expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
        expect(found(id, (value) => value === "" || value !== value.trim() || /[ \t]{2}|[\r\n]/.test(value))).toEqual(
            [],
        );
    });

    test("names itself by a tag that browsers and Dataverse know for it", () => {
        const tag = tagOf(id);
        expect(Intl.getCanonicalLocales(tag)).toEqual([tag]);
        expect(Intl.PluralRules.supportedLocalesOf(tag)).toEqual([tag]);
        expect(String(guess("", tag))).toBe(id);
    });

    test("calls by its own name what it speaks of", () => {
        const own = textsOf(id);
        const word = (key: string): string => (own.get(key) ?? key).toLowerCase();
        expect(NAMED_IN.filter(([key, named]) => !word(key).includes(word(named)))).toEqual([]);
    });

    test("keeps buttons, titles and names short, and says no more than twice as much", () => {
        expect(found(id, (value, key) => value.length > limitOf(key))).toEqual([]);
    });
});

describe.each(others.map((id) => [id, tagOf(id)]))("%s (%s) against English", (id, tag) => {
    test("has every text, the plural forms that the language has, and no other", () => {
        const wanted = [...[...english.keys()].filter((key) => !isForm(key)), ...formsOf(id)].sort();
        expect([...textsOf(id).keys()].sort()).toEqual(wanted);
    });

    test("has the same placeholders", () => {
        expect(
            found(id, (value, key) => placeholdersOf(value).join() !== placeholdersOf(englishOf(key)).join()),
        ).toEqual([]);
    });

    test("has the same code words, names and numbers", () => {
        expect(found(id, (value, key) => codeOf(key, englishOf(key)).some((code) => !value.includes(code)))).toEqual(
            [],
        );
        expect(found(id, (value, key) => numbersOf(value).join() !== numbersOf(englishOf(key)).join())).toEqual([]);
    });

    test("leaves nothing in English, but for what is the same word", () => {
        const allowed = Object.keys(SAME_AS_ENGLISH[tag] ?? {});
        const same = [...textsOf(id)].filter(([key, value]) => value === englishOf(key)).map(([key]) => key);
        expect(same.filter((key) => !allowed.includes(key))).toEqual([]);
        expect(allowed.filter((key) => !same.includes(key))).toEqual([]);
        expect(found(id, (value) => ENGLISH_WORDS.test(value.replace(/https?:\S+|"[^"]*"/g, " ")))).toEqual([]);
        const script = SCRIPTS[tag];
        if (script) expect(found(id, (value, key) => !script.test(value) && !allowed.includes(key))).toEqual([]);
    });

    test("ends a sentence where English does", () => {
        const ends = (text: string): boolean => /[.…!?。؟！？]["”»」]?$/.test(text);
        expect(found(id, (value, key) => ends(value) !== ends(englishOf(key)))).toEqual([]);
    });

    test("has no sign that nobody sees, but for those that keep words in order", () => {
        expect(found(id, (value) => /[\u00ad\u200b\u202a-\u202e\u2060\ufeff]/.test(value))).toEqual([]);
    });
});

test("the list of what is the same as in English names no language that is not there", () => {
    expect(Object.keys(SAME_AS_ENGLISH).filter((tag) => !others.some((id) => tagOf(id) === tag))).toEqual([]);
});

test("the page carries every text that it may show: what is left out is the designers' alone", () => {
    // A process of its own: the builder's module is none that can be loaded into these tests.
    const builder = JSON.stringify(pathToFileURL(join(__dirname, "../../../tools/page.mjs")).href);
    const told = execFileSync(
        process.execPath,
        [
            "--input-type=module",
            "-e",
            `import { readTexts } from ${builder}; console.log(JSON.stringify(Object.keys(readTexts()["1033"])));`,
        ],
        { encoding: "utf8" },
    );
    const carried = JSON.parse(told) as string[];
    expect(carried).toEqual(
        expect.arrayContaining([
            "drop_name",
            "drop_name-length",
            "page_wrong_name",
            "widgetSnippet_name",
            "launcher_title",
            "language",
        ]),
    );
    expect(carried).not.toContain("startMode_description");
});
