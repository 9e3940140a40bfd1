// Owns how figures are written: numbers, tables for the terminal and for Markdown. Pure.
import type { Summary } from "./stats";

export interface Table {
    readonly caption: string;
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
}

/** A whole number with thousands set off. */
export const whole = (value: number): string => Math.round(value).toLocaleString("en-GB");

/** A number with three figures that count, never with an exponent. */
export function short(value: number): string {
    const size = Math.abs(value);
    if (size >= 100) return whole(value);
    const text = value.toFixed(size >= 10 ? 1 : size >= 0.1 ? 2 : 3);
    return Number(text) === 0 ? "0" : text;
}

/** A ratio: two places, three below a tenth. */
export const ratio = (value: number): string =>
    Math.abs(value) < 0.1 ? value.toFixed(value === 0 ? 0 : 3) : value.toFixed(2);

export const percent = (share: number): string => `${(share * 100).toFixed(share === 0 || share === 1 ? 0 : 1)} %`;

/** Median and quartiles. */
export const spread = ({ median, low, high }: Summary, write: (value: number) => string = short): string =>
    write(low) === write(high) ? write(median) : `${write(median)} (${write(low)}–${write(high)})`;

/** The 95 % interval of the median. */
export const interval = ({ from, to }: Summary, write: (value: number) => string = short): string =>
    write(from) === write(to) ? write(from) : `${write(from)}–${write(to)}`;

const cell = (row: readonly string[], column: number): string => row[column] ?? "";

/** The first column to the left, all others, which hold figures, to the right. */
export function toText({ caption, columns, rows }: Table): string {
    const widths = columns.map((name, column) => Math.max(name.length, ...rows.map((row) => cell(row, column).length)));
    const line = (row: readonly string[]): string =>
        widths
            .map((width, column) =>
                column === 0 ? cell(row, column).padEnd(width) : cell(row, column).padStart(width),
            )
            .join("  ")
            .trimEnd();
    return [caption, line(columns), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

const escaped = (text: string): string => text.replace(/\|/g, "\\|");

export function toMarkdown({ caption, columns, rows }: Table): string {
    const line = (row: readonly string[]): string =>
        `| ${columns.map((_, column) => escaped(cell(row, column))).join(" | ")} |`;
    return [
        caption,
        "",
        line(columns),
        `|${columns.map((_, column) => (column === 0 ? "---" : "---:")).join("|")}|`,
        ...rows.map(line),
    ].join("\n");
}

/** Puts text between the document's markers, and leaves all else as it is. */
export function between(document: string, name: string, text: string): string {
    const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
    const [from, to] = [document.indexOf(begin), document.indexOf(end)];
    if (from < 0 || to < from)
        throw new Error(`The document has no place for ${name}: ${begin} and ${end} are expected.`);
    return `${document.slice(0, from + begin.length)}\n${text}\n${document.slice(to)}`;
}
