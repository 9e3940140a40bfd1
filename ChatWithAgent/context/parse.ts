// Owns the reading of what a maker writes as context variables: names, values, placeholders, and what cannot be used.
import type { DropProblem } from "../chat/codes";
import type { Dropped } from "../chat/ports";

/** Whose column a placeholder names. */
export type RowName = "user" | "record";

/** A piece of a value: text as it stands, or a column that is filled in. */
export type Piece = string | { readonly row: RowName; readonly column: string };

export interface Variable {
    readonly name: string;
    /** A number or a truth value of the JSON form is handed on as it is. */
    readonly value: number | boolean | readonly Piece[];
}

export interface Parsed {
    readonly variables: readonly Variable[];
    readonly dropped: readonly Dropped[];
}

/** So many of what cannot be used are named: a list of thousands helps nobody, and each change of state would work through it. */
const NAMED = 100;

/** The limits of the widget (D): a longer one would be refused or lost on the way, so it is not sent at all. */
export const MAX = { variables: 100, name: 100, value: 4_000 } as const;

/** Names that could reach an object's prototype, or that the widget or the way to it loses (S, seen), and `null`, which stops a chat (seen). */
const FORBIDDEN: readonly string[] = ["__proto__", "constructor", "prototype", "null"];

/** `{{` is a brace, `{row.column}` a placeholder; a column's logical name is lower case (D), and nothing but such a name ever gets into a query. */
const PIECE = /\{\{|\{(?:(user|record)\.(\w{1,128}))?\}?/gi;

/** The pieces of a value; undefined when a brace begins something that is no placeholder. */
function pieces(text: string): readonly Piece[] | undefined {
    const found: Piece[] = [];
    let end = 0;
    for (const match of text.matchAll(PIECE)) {
        const [whole, row, column] = match;
        found.push(text.slice(end, match.index));
        end = match.index + whole.length;
        if (whole === "{{") found.push("{");
        else if (row && column && whole.endsWith("}") && /^[a-z_]/i.test(column)) found.push({ row: row.toLowerCase() as RowName, column: column.toLowerCase() });
        else return undefined;
    }
    return [...found, text.slice(end)].filter((piece) => piece !== "");
}

/** What a name is in what the maker has written, its raw value beside it. */
type Entry = readonly [name: string, value: unknown];

/** The own keys of a JSON object, in order; what is no object names no variable. */
function readJson(text: string): readonly Entry[] | undefined {
    try {
        // A text in braces that is JSON is an object.
        return Object.entries(JSON.parse(text) as object);
    } catch {
        return undefined;
    }
}

/** `Name=value` lines; `;` separates where there is no line break, as in the classic editor's one-line box. */
function readLines(text: string): readonly (Entry | string)[] {
    const lines = text.split(/[\r\n]/);
    return (lines.length > 1 ? lines : text.split(";"))
        .map((line) => line.trim())
        .filter(Boolean)
        .map((line) => {
            const at = line.indexOf("=");
            return at < 0 ? line : [line.slice(0, at), line.slice(at + 1)];
        });
}

function problemOf(name: string, value: unknown, taken: ReadonlySet<string>): DropProblem | undefined {
    if (!name || FORBIDDEN.includes(name)) return "name";
    if (name.length > MAX.name) return "name-length";
    // However it is written: who writes it means the one that the contact is found by.
    if (name.toLowerCase() === "email") return "email";
    if (taken.has(name)) return "twice";
    if (value === "" || value === null) return "no-value";
    // JSON knows numbers beyond what can be sent on.
    return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value) ? undefined : "value";
}

/**
 * Reads the variables. Never throws, whatever the text holds; what cannot be used is named, and the rest is used.
 * @param text lines or a JSON object, as the property `contextVariables` takes them
 * @param room how many variables may go with the chat besides those that the chat itself sends
 */
export function parseVariables(text: string, room: number = MAX.variables): Parsed {
    const variables: Variable[] = [];
    const dropped: Dropped[] = [];
    const taken = new Set<string>();
    const drop = (name: string, problem: DropProblem): void => {
        if (dropped.length < NAMED) dropped.push({ name: name.slice(0, 60), problem });
    };

    const trimmed = text.trim();
    const entries = trimmed.startsWith("{") ? readJson(trimmed) : readLines(trimmed);
    if (!entries) drop(trimmed, "not-json");
    for (const entry of entries ?? []) {
        if (typeof entry === "string") {
            drop(entry, "not-a-line");
            continue;
        }
        const name = entry[0].trim();
        const raw = typeof entry[1] === "string" ? entry[1].trim() : entry[1];
        const problem = problemOf(name, raw, taken);
        const value = typeof raw === "string" ? pieces(raw) : (raw as number | boolean);
        if (problem) drop(name, problem);
        else if (value === undefined) drop(name, "placeholder");
        else if (taken.size >= room) drop(name, "too-many");
        else {
            taken.add(name);
            variables.push({ name, value });
        }
    }
    return { variables, dropped };
}

/** The columns of a row that the variables name, each once, in a fixed order. */
export function columnsOf(row: RowName, variables: readonly Variable[]): readonly string[] {
    const pieces = variables.flatMap(({ value }) => (typeof value === "object" ? value : []));
    return [...new Set(pieces.flatMap((piece) => (typeof piece !== "string" && piece.row === row ? piece.column : [])))].sort();
}
