// Owns the settings of the page in the app's navigation: what its environment variable says, and which widget its
// address names.
import { guid } from "./guid";

/** The environment variable with the page's settings. */
export const PAGE_VARIABLE = "cwa_ChatPage";

const CHOICES = {
    startMode: ["button", "widgetButton", "automatic"],
    requireEmail: ["no", "yes"],
    contactCheck: ["no", "yes"],
} as const;
const TEXTS = ["message", "buttonLabel", "closedMessage", "contextVariables"] as const;

export type PageSettings = { readonly [name in keyof typeof CHOICES]?: (typeof CHOICES)[name][number] } & Partial<
    Readonly<Record<(typeof TEXTS)[number], string>>
>;

/** What of the variable cannot be used: a name that is no setting's, or a value that the setting does not have. */
export interface PageMistake {
    readonly problem: "name" | "value";
    /** The part of the text that is wrong, shortened for showing as text only. */
    readonly value: string;
}

type Entry = readonly [name: string, value: string];

/** The own keys of a JSON object; objects within, such as the context variables, as JSON again. */
function readJson(text: string): readonly Entry[] | undefined {
    try {
        const entries: readonly (readonly [string, unknown])[] = Object.entries(JSON.parse(text) as object);
        // What is null is not set.
        return entries
            .filter(([, value]) => value !== null)
            .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
    } catch {
        return undefined;
    }
}

/** `name=value` lines; `;` separates where there is no line break. */
function readLines(text: string): readonly Entry[] {
    const lines = text.split(/[\r\n]+/);
    return (lines.length > 1 ? lines : text.split(";"))
        .map((line) => line.trim())
        .filter(Boolean)
        .map((line) => {
            const at = line.indexOf("=");
            return at < 0 ? [line, ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
        });
}

/**
 * Reads the variable: `name=value` lines, or a JSON object. Names and values are those of the control's properties,
 * in any case; a further line
 * `contextVariables=…` adds a variable. What cannot be used is left out and told.
 */
export function readPageSettings(text: string): {
    readonly settings: PageSettings;
    readonly mistakes: readonly PageMistake[];
} {
    const entries = text.startsWith("{") ? readJson(text) : readLines(text);
    if (!entries) return { settings: {}, mistakes: [{ problem: "name", value: text.slice(0, 120) }] };
    const settings: Record<string, string> = {};
    const mistakes: PageMistake[] = [];
    const same = (one: string) => (other: string) => one.toLowerCase() === other.toLowerCase();
    for (const [name, value] of entries) {
        const choice = (Object.keys(CHOICES) as (keyof typeof CHOICES)[]).find(same(name));
        const words = TEXTS.find(same(name));
        const chosen = choice && (CHOICES[choice] as readonly string[]).find(same(value));
        if (choice && chosen) settings[choice] = chosen;
        else if (words)
            settings[words] = words === "contextVariables" && settings[words] ? `${settings[words]}\n${value}` : value;
        else
            mistakes.push({
                problem: choice ? "value" : "name",
                value: (choice ? `${name}=${value}` : name).slice(0, 120),
            });
    }
    return { settings, mistakes };
}

/** What names a widget in a snippet; its other attributes change how the widget looks and what it says. */
const NAMING = /(?<=^|[\s;])(?:data-app-id|data-org-id|data-org-url|src)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s;"'<>]+)/gi;

/**
 * What the page's address may say, in the parameter that the platform passes on (D: `data`): the attributes that name
 * a widget in its snippet, or the app
 * id of another widget of the environment's own organisation. Nothing else in an address counts: anybody can write
 * one. Where it names none, it is handed
 * on as it is, to be told as no snippet.
 */
export function readAddress(search: string): {
    readonly widgetSnippet: string | null;
    readonly widgetAppId: string | null;
} {
    const data = new URLSearchParams(search).get("data")?.trim() || null;
    return data && guid(data)
        ? { widgetSnippet: null, widgetAppId: data }
        : { widgetSnippet: data && (data.match(NAMING)?.join(";") ?? data.slice(0, 40)), widgetAppId: null };
}
