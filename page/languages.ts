// Owns which language the page speaks: all texts are in its script, because there is no framework that would fetch them.
import texts from "chat-texts";
import { primaryOf } from "../ChatWithAgent/host/web/host";

const ENGLISH = 1033;

/** The languages of Dataverse by locale ID (D), for guesses by the browser's language and for the document's `lang`. */
const TAGS: Readonly<Record<number, string>> = {
    1025: "ar",
    1026: "bg",
    1027: "ca",
    1028: "zh-TW",
    1029: "cs",
    1030: "da",
    1031: "de",
    1032: "el",
    1033: "en",
    1035: "fi",
    1036: "fr",
    1037: "he",
    1038: "hu",
    1040: "it",
    1041: "ja",
    1042: "ko",
    1043: "nl",
    1044: "nb",
    1045: "pl",
    1046: "pt-BR",
    1048: "ro",
    1049: "ru",
    1050: "hr",
    1051: "sk",
    1053: "sv",
    1054: "th",
    1055: "tr",
    1057: "id",
    1058: "uk",
    1060: "sl",
    1061: "et",
    1062: "lv",
    1063: "lt",
    1066: "vi",
    2052: "zh-CN",
    2070: "pt-PT",
    2074: "sr",
    3076: "zh-HK",
    3082: "es",
};

/** The language whose texts a user gets: the very one, else one of the same family, else English. */
export function languageOf(languageId: number): number {
    const known = Object.keys(texts).map(Number);
    return known.find((id) => id === languageId) ?? known.find((id) => primaryOf(id) === primaryOf(languageId)) ?? ENGLISH;
}

/** A language's tag; empty where it has none here. */
export const tagOf = (languageId: number): string => TAGS[languageId] ?? "";

/** A text for a user; the page has its own words where the control's would not be true of it. */
export function textOf(languageId: number, key: string): string {
    const own = texts[languageOf(languageId)] ?? {};
    return own[`page_${key}`] ?? own[key] ?? texts[ENGLISH]?.[`page_${key}`] ?? texts[ENGLISH]?.[key] ?? key;
}

/** The language until the user's settings have answered: as the app says in the address (D: `userlcid`), else the browser's. */
export function guess(search: string, browser: string): number {
    const told = Number(new URLSearchParams(search).get("userlcid"));
    if (told > 0) return told;
    const tag = browser.toLowerCase();
    const all = Object.entries(TAGS);
    const found = all.find(([, one]) => one.toLowerCase() === tag) ?? all.find(([, one]) => one.slice(0, 2) === tag.slice(0, 2));
    return found ? Number(found[0]) : ENGLISH;
}
