// Owns the list of results to download: a table that spreadsheets open, and in which no cell is ever a formula.
import { unparse } from "papaparse";
import type { Result } from "./create";

/** What spreadsheets take for a formula. The library's own pattern overlooks texts of several lines. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** @returns the text of a CSV file, with the mark by which spreadsheets know UTF-8 */
export function toCsv(results: readonly Result[], titles: readonly string[], tellOutcome: (result: Result) => string): string {
    const rows = results.map((result) => [result.user.name, result.user.address, result.user.id, tellOutcome(result), result.outcome.kind === "refused" ? result.outcome.words : ""]);
    return `\uFEFF${unparse([[...titles], ...rows], { escapeFormulae: FORMULA, newline: "\r\n" })}`;
}
