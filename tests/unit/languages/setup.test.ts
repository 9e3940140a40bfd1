// Covers page/setup/strings language by language: complete, with the same placeholders and code words as English, in
// its own script, and nothing left in English.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { below, child, parseXml } from "../../../tools/pack/xml.mjs";
import { STANDINGS } from "../../../page/setup/directory";

const FOLDER = join(__dirname, "../../../page/setup/strings");
const CONTROL = join(__dirname, "../../../ChatWithAgent/strings");
const read = (folder: string, name: string): Map<string, string> =>
    new Map(
        below(parseXml(readFileSync(join(folder, name)), name), "data").map((one) => [
            one.getAttribute("name") ?? "",
            child(one, "value")?.textContent ?? "",
        ]),
    );
const idsIn = (folder: string): string[] => readdirSync(folder).map((name) => name.split(".").at(-2) ?? name);
const english = read(FOLDER, "Setup.1033.resx");
const others = idsIn(FOLDER).filter((id) => id !== "1033");

const CODE =
    /cwa_\w+|\bHTTP\b|script-host-not-trusted|oc-cdn-public-eur\.azureedge\.net|ChatWithAgent|Copilot Service/g;
const SCRIPTS: Readonly<Record<string, RegExp>> = {
    "1025": /\p{Script=Arabic}/u,
    "1037": /\p{Script=Hebrew}/u,
    "1041": /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
    "1042": /\p{Script=Hangul}/u,
    "2052": /\p{Script=Han}/u,
};
/** Words that another language has from the same source. */
const SAME = /^(?:Page \{page\}|Note|Version \{own\}.*)$/;
const ENGLISH_WORDS = /\b(?:the|you|your|this|which|cannot|isn't|doesn't|won't|couldn't)\b/i;
const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

test("there is a file for every language of the control", () => {
    expect(idsIn(FOLDER).sort()).toEqual(idsIn(CONTROL).sort());
});

test.each(others)("%s has every text, in the order of English, with the same places and code words", (id) => {
    const own = read(FOLDER, `Setup.${id}.resx`);
    expect([...own.keys()]).toEqual([...english.keys()]);
    for (const [key, text] of own) {
        const model = english.get(key) ?? "";
        expect([key, places(text)]).toEqual([key, places(model)]);
        for (const code of [
            ...(model.match(CODE) ?? []),
            ...(key.startsWith("check_variable") && model.includes("Email") ? ["Email"] : []),
        ])
            expect(`${key}: ${text}`).toContain(code);
        expect([key, text === text.trim() && text !== ""]).toEqual([key, true]);
    }
    expect(own.get("language")).toBe(read(CONTROL, `ChatWithAgent.${id}.resx`).get("language"));
});

test.each(others)("%s leaves nothing in English", (id) => {
    const left = [...read(FOLDER, `Setup.${id}.resx`)].filter(([key, text]) => {
        if (key === "language" || key === "check_variable") return false;
        const script = SCRIPTS[id];
        return (
            (script !== undefined && !script.test(text.replace(/\{\w+\}/g, "")) && key !== "page_number") ||
            ENGLISH_WORDS.test(text.replace(/\([^)]*\)/g, "")) ||
            (text === english.get(key) && text.length > 6 && !SAME.test(text))
        );
    });
    expect(left).toEqual([]);
});

test("every standing, state, filter, reason and answer of the contact centre has its words", () => {
    for (const standing of STANDINGS) expect(english.has(`standing_${standing}`)).toBe(true);
    for (const key of [
        "state_good",
        "state_note",
        "state_attention",
        "state_wrong",
        "state_unknown",
        "filter_all",
        "filter_missing",
        "filter_attention",
    ])
        expect(english.has(key)).toBe(true);
    const outcomes = [
        "not-asked",
        "unreachable",
        "unknown-widget",
        "authentication",
        "survey",
        "survey-after",
        "hidden",
        "closed",
        "open",
    ];
    for (const outcome of outcomes) expect([outcome, english.has(`check_service_${outcome}`)]).toEqual([outcome, true]);
    for (const reason of ["signed-out", "unreachable", "busy", "cancelled", "no-privilege", "refused"])
        expect(english.has(`reason_${reason}`)).toBe(true);
});
