// Owns which language the page speaks: English is in its script, each other language in a file of its own, asked for
// once it is known who reads.
import { primaryOf } from "../ChatWithAgent/host/web/host";
import type { WebHostParts } from "../ChatWithAgent/host/web/host";

const ENGLISH = 1033;

/** The languages of Dataverse by locale ID (D), for guesses by the browser's language. */
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

type Table = Readonly<Record<string, string>>;

/** A page's texts as the build has them: see tools/page.mjs. */
export interface BuiltTexts {
    readonly english: Table;
    readonly others: readonly number[];
}

/** Brings a language's texts, as far as anybody knows; rejects where they do not come. */
export type Loader = (languageId: number) => Promise<unknown>;

/** Texts by key, and nothing else of what came: the file may be another version's. */
function tableOf(answer: unknown): Table {
    if (typeof answer !== "object" || answer === null) throw new Error("These are no texts.");
    return Object.fromEntries(
        Object.entries(answer).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
}

/**
 * Chinese in Taiwan, Hong Kong and Macao, written otherwise than the simplified one: as in the control, they are
 * English where there is no file of theirs.
 */
const TRADITIONAL: readonly number[] = [1028, 3076, 5124];

/** The language whose texts a user gets: the very one, else one of the same family, else English. */
export function languageOf({ others }: Pick<BuiltTexts, "others">, languageId: number): number {
    const family = TRADITIONAL.includes(languageId) ? undefined : primaryOf(languageId);
    const known = [ENGLISH, ...others];
    return known.find((id) => id === languageId) ?? known.find((id) => primaryOf(id) === family) ?? ENGLISH;
}

/** All languages that there are texts for; English speaks until another one has come, and where it does not come. */
export function createLanguages(texts: BuiltTexts, load: Loader): Pick<WebHostParts, "textOf" | "prepare"> {
    const tables = new Map<number, Table>([[ENGLISH, texts.english]]);
    const calls = new Map<number, Promise<void>>();

    async function call(id: number): Promise<void> {
        try {
            tables.set(id, tableOf(await load(id)));
        } catch {
            // Whoever wants it next asks anew.
            calls.delete(id);
        }
    }

    return {
        textOf(languageId, key) {
            const own = tables.get(languageOf(texts, languageId));
            // The page has its own words where the control's would not be true of it.
            return own?.[`page_${key}`] ?? own?.[key] ?? texts.english[`page_${key}`] ?? texts.english[key] ?? key;
        },
        async prepare(languageId) {
            const id = languageOf(texts, languageId);
            if (tables.has(id)) return;
            const running = calls.get(id) ?? call(id);
            calls.set(id, running);
            await running;
        },
    };
}

/**
 * How long the texts of the probable language are waited for before English is shown, in milliseconds: a file of a
 * few kilobytes, kept by the browser.
 */
const PATIENCE = 400;

/** Resolves when a page may be shown: its texts are there, or have kept it waiting long enough. */
export const inTime = (prepared: Promise<void>): Promise<void> =>
    Promise.race([prepared, new Promise<void>((resolve) => setTimeout(resolve, PATIENCE))]);

/**
 * The language until the user's settings have answered: as the app says in the address (D: `userlcid`), else the
 * browser's.
 */
export function guess(search: string, browser: string): number {
    const told = Number(new URLSearchParams(search).get("userlcid"));
    if (told > 0) return told;
    const familyOf = (tag: string): string => tag.split("-", 1)[0] ?? "";
    // Norwegian goes by three names, of which Dataverse knows one.
    const tag = browser.toLowerCase().replace(/^n[on]\b/, "nb");
    const all = Object.entries(TAGS);
    const found =
        all.find(([, one]) => one.toLowerCase() === tag) ?? all.find(([, one]) => familyOf(one) === familyOf(tag));
    return found ? Number(found[0]) : ENGLISH;
}
