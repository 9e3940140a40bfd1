// Owns the reading of single columns of one row, by names that a maker has written.

/**
 * What is known of a row's columns: the text to show, null for an empty one; a column that is not in it could not be
 * had.
 */
export type Columns = ReadonlyMap<string, string | null>;

/**
 * Under which name the Web API knows each column, by `table.column`; blank for one that it does not know. Kept for
 * the page.
 */
export type ColumnNames = Map<string, string>;

/**
 * How often a row is asked for at the most: each refusal names one column only, and each column has two names to try.
 */
const ATTEMPTS = 10;

/** The text that people see for choices, lookups, money and dates (D). */
const FORMATTED = "@OData.Community.Display.V1.FormattedValue";

/** How a query begins that names columns. */
export const SELECT = "?$select=";

const lookup = (column: string): string => `_${column}_value`;

/**
 * The Web API knows a lookup as `_column_value` (D), and only the table's definition tells which column is one.
 * Nearly all that end like this
 * are; where the guess is wrong, the refusal names it and the other name is tried.
 */
function guess(table: string, column: string): string {
    const isKey = column === `${table}id` || column === "activityid";
    return !isKey && /(?:id|by)$|^owning/.test(column) ? lookup(column) : column;
}

/** The words of a refusal; hosts reject with objects of their own (D). */
function wordsOf(error: unknown): string {
    const message = (error as { readonly message?: unknown } | null | undefined)?.message;
    return typeof message === "string" ? message : "";
}

/** The text of a column in a row that nobody vouches for; undefined where it is not there. */
export function textOf(row: unknown, name: string): string | null | undefined {
    const values = (row ?? {}) as Readonly<Record<string, unknown>>;
    const value = values[name + FORMATTED] ?? values[name];
    return value === null
        ? null
        : typeof value === "string" || typeof value === "number" || typeof value === "boolean"
          ? String(value)
          : undefined;
}

/**
 * Reads columns of one row in as few calls as possible: one, unless a column is not known under the name that was
 * tried first.
 * @param columns logical names, already checked to be nothing else: they go into the query as they are
 * @param always names that are asked for besides, as they are
 * @param retrieve asks for the row with a `$select`
 * @returns the columns that could be had; rejects as the last call did
 */
export async function readColumns(
    table: string,
    columns: readonly string[],
    always: readonly string[],
    names: ColumnNames,
    retrieve: (select: string) => Promise<unknown>,
): Promise<Columns> {
    const nameOf = (column: string): string => names.get(`${table}.${column}`) ?? guess(table, column);
    for (let attempt = 1; ; attempt++) {
        const known = columns.filter(nameOf);
        if (always.length + known.length === 0) return new Map();
        try {
            const row = await retrieve(SELECT + [...always, ...known.map(nameOf)].join());
            const found = new Map<string, string | null>();
            for (const column of [...always, ...known]) {
                const text = textOf(row, always.includes(column) ? column : nameOf(column));
                if (text !== undefined) found.set(column, text);
            }
            return found;
        } catch (error) {
            // "Could not find a property named 'x' on type …" (seen): the first that is wrong.
            const wrong = known.find((column) => wordsOf(error).includes(`'${nameOf(column)}'`));
            if (wrong === undefined) throw error;
            const first = guess(table, wrong);
            names.set(`${table}.${wrong}`, nameOf(wrong) !== first ? "" : first === wrong ? lookup(wrong) : wrong);
            if (attempt === ATTEMPTS) throw error;
        }
    }
}
