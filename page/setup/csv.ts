// Owns the list of results to download: a table that spreadsheets open, and in which no cell is ever a formula.
import { unparse } from "papaparse";
import type { Result } from "./create";

/**
 * A sign that a spreadsheet takes for a formula's (full-width ones, too), where a cell may begin: at the start, and
 * wherever a spreadsheet of another
 * language may cut. Blanks and signs without a width before it do not count; none of them separates cells, so the
 * time is linear.
 */
const FORMULA = /(^|[;,\t\r\n])((?:(?![\t\r\n])[\s"\p{Cc}\p{Cf}])*)(?=[=+\-@＝＋－＠])/gu;

/** Lists are separated by what is not the decimal sign of a language, and spreadsheets expect it so. */
const delimiterOf = (language: string): string =>
    new Intl.NumberFormat(language).formatToParts(0.5).some(({ type, value }) => type === "decimal" && value === ",")
        ? ";"
        : ",";

/** @returns the text of a CSV file, with the mark by which spreadsheets know UTF-8 */
export function toCsv(
    results: readonly Result[],
    titles: readonly string[],
    tellOutcome: (result: Result) => string,
    language: string,
): string {
    const rows = results.map((result) => [
        result.user.name,
        result.user.address,
        result.user.id,
        tellOutcome(result),
        result.outcome.kind === "refused" ? result.outcome.words : "",
    ]);
    const cells = [[...titles], ...rows].map((row) => row.map((cell) => cell.replace(FORMULA, "$1$2'")));
    return `\uFEFF${unparse(cells, { quotes: true, delimiter: delimiterOf(language), newline: "\r\n" })}`;
}
