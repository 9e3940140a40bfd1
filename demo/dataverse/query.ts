// Owns the reading of OData query options: a strict subset; what it does not know is an error, as a silent guess
// would hide mistakes.
import type { Column, Row, Table, Value } from "./tables";

/** A mistake in a request, told as Dataverse tells it. */
export class ODataError extends Error {
    constructor(
        readonly status: number,
        readonly code: string,
        message: string,
    ) {
        super(message);
    }
}

export interface Expand {
    readonly collection: string;
    readonly select: readonly string[] | null;
}

export interface Query {
    readonly select: readonly string[] | null;
    readonly filter: ((row: Row) => boolean) | null;
    readonly expand: readonly Expand[];
    readonly order: ((rows: readonly Row[]) => readonly Row[]) | null;
    readonly top: number | null;
    readonly count: boolean;
    readonly skipToken: string | null;
}

const typeName = (table: Table): string => `Microsoft.Dynamics.CRM.${table.name}`;

function columnOf(table: Table, name: string): Column {
    const column = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined;
    if (column === undefined) {
        throw new ODataError(
            400,
            "0x80060888",
            `Could not find a property named '${name}' on type '${typeName(table)}'.`,
        );
    }
    return column;
}

function readSelect(table: Table, text: string): string[] {
    const names = text.split(",").map((name) => name.trim());
    for (const name of names) {
        columnOf(table, name);
    }
    return names;
}

/** Texts in the order of a dictionary, whatever their letter case (D: SQL collation). */
const dictionary = new Intl.Collator("en", { sensitivity: "accent" });

type Key = (value: Value) => number | string;

/**
 * What rows are ordered by in place of a column's values; where there is no value, it is less than any (D: SQL).
 * Texts get their rank among all, as comparing them is slow and many are the same.
 */
function keyOf(column: Column, values: readonly Value[]): Key {
    if (column.type === "guid" || column.type === "lookup")
        return (value) => (value === null ? "" : String(value).toLowerCase());
    if (column.type !== "string" && column.type !== "date")
        return (value) => (value === null ? -Infinity : Number(value));
    const ranks = new Map<Value, number>();
    let rank = 0;
    let last = "";
    for (const text of [...new Set(values)].filter((value) => typeof value === "string").sort(dictionary.compare)) {
        if (dictionary.compare(last, text) !== 0) rank++;
        last = text;
        ranks.set(text, rank);
    }
    return (value) => ranks.get(value) ?? -Infinity;
}

/** `column [asc|desc], ...` (D). */
function readOrder(table: Table, text: string): (rows: readonly Row[]) => Row[] {
    const orders = text.split(",").map((part) => {
        const [, name, direction] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/.exec(part) ?? [];
        if (name === undefined) throw new ODataError(400, "0x80060888", `Syntax error in '${part}' of $orderby.`);
        return { name, column: columnOf(table, name), sign: direction === "desc" ? -1 : 1 };
    });
    return (rows) => {
        const keys = orders.map(({ name, column, sign }) => ({
            name,
            sign,
            key: keyOf(
                column,
                rows.map((row) => row[name] ?? null),
            ),
        }));
        const keyed = rows.map((row) => ({ row, at: keys.map(({ name, key }) => key(row[name] ?? null)) }));
        keyed.sort((left, right) => {
            for (const [index, { sign }] of keys.entries()) {
                const [first = 0, second = 0] = [left.at[index], right.at[index]];
                if (first !== second) return first < second ? -sign : sign;
            }
            return 0;
        });
        return keyed.map(({ row }) => row);
    };
}

/** Splits at commas that are not inside parentheses. */
function splitTopLevel(text: string): string[] {
    const parts: string[] = [];
    let depth = 0;
    let start = 0;
    for (let index = 0; index < text.length; index++) {
        const character = text[index];
        if (character === "(") depth++;
        else if (character === ")") depth--;
        else if (character === "," && depth === 0) {
            parts.push(text.slice(start, index));
            start = index + 1;
        }
    }
    parts.push(text.slice(start));
    return parts;
}

function readExpand(table: Table, text: string, tableByName: (name: string) => Table): Expand[] {
    return splitTopLevel(text).map((part) => {
        const match = /^\s*(\w+)\s*(?:\(\s*\$select=([^()]*)\))?\s*$/.exec(part);
        if (match === null) {
            throw new ODataError(400, "0x80060888", `Term '${part}' is not valid in a $select or $expand expression.`);
        }
        const collection = match[1] ?? "";
        const target = Object.hasOwn(table.collections, collection) ? table.collections[collection] : undefined;
        if (target === undefined) {
            throw new ODataError(
                400,
                "0x80060888",
                `Could not find a property named '${collection}' on type '${typeName(table)}'.`,
            );
        }
        return { collection, select: match[2] === undefined ? null : readSelect(tableByName(target.table), match[2]) };
    });
}

interface Token {
    readonly kind: "word" | "string" | "symbol";
    readonly text: string;
}

function tokenize(text: string): Token[] {
    const tokens: Token[] = [];
    const pattern = /\s*(?:'((?:[^']|'')*)'|([()[\],=])|("(?:[^"\\]|\\.)*")|([^\s()[\],='"]+))/gy;
    let end = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
        end = pattern.lastIndex;
        if (match[1] !== undefined) tokens.push({ kind: "string", text: match[1].replaceAll("''", "'") });
        else if (match[2] !== undefined) tokens.push({ kind: "symbol", text: match[2] });
        else if (match[3] !== undefined) tokens.push({ kind: "string", text: String(JSON.parse(match[3])) });
        else if (match[4] !== undefined) tokens.push({ kind: "word", text: match[4] });
    }
    if (text.slice(end).trim() !== "") {
        throw new ODataError(400, "0x80060888", `Syntax error at position ${end} in '${text}'.`);
    }
    return tokens;
}

const isGuid = (text: string): boolean => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);

/**
 * What is compared in place of a value: Dataverse compares text without regard to letter case (D: SQL collation) and,
 * in `eq`, exactly otherwise.
 */
const folded = (value: Value | undefined): Value => (typeof value === "string" ? value.toLowerCase() : (value ?? null));

class FilterParser {
    readonly #tokens: Token[];
    #at = 0;

    constructor(
        private readonly table: Table,
        private readonly text: string,
    ) {
        this.#tokens = tokenize(text);
    }

    parse(): (row: Row) => boolean {
        const result = this.#or();
        if (this.#at < this.#tokens.length) this.#fail();
        return result;
    }

    #fail(): never {
        throw new ODataError(
            400,
            "0x80060888",
            `Syntax error at token ${this.#at + 1} in '${this.text}'. The demo's Dataverse knows eq, ne, and, or, not, parentheses, startswith, contains and Microsoft.Dynamics.CRM.In.`,
        );
    }

    #peek(text: string): boolean {
        const token = this.#tokens[this.#at];
        return token !== undefined && token.kind !== "string" && token.text === text;
    }

    #take(text: string): boolean {
        const found = this.#peek(text);
        if (found) this.#at++;
        return found;
    }

    #expect(text: string): void {
        if (!this.#take(text)) this.#fail();
    }

    #next(): Token {
        const token = this.#tokens[this.#at++];
        if (token === undefined) this.#fail();
        return token;
    }

    #or(): (row: Row) => boolean {
        let left = this.#and();
        while (this.#take("or")) {
            const [first, second] = [left, this.#and()];
            left = (row) => first(row) || second(row);
        }
        return left;
    }

    #and(): (row: Row) => boolean {
        let left = this.#term();
        while (this.#take("and")) {
            const [first, second] = [left, this.#term()];
            left = (row) => first(row) && second(row);
        }
        return left;
    }

    #term(): (row: Row) => boolean {
        if (this.#take("(")) {
            const inner = this.#or();
            this.#expect(")");
            return inner;
        }
        if (this.#take("not")) {
            const inner = this.#term();
            return (row) => !inner(row);
        }
        if (this.#take("Microsoft.Dynamics.CRM.In")) return this.#in();
        if (this.#take("startswith")) return this.#textFunction((text, part) => text.startsWith(part));
        if (this.#take("contains")) return this.#textFunction((text, part) => text.includes(part));
        const name = this.#next();
        if (name.kind !== "word") this.#fail();
        const column = columnOf(this.table, name.text);
        // Rows without a value are unequal to any value.
        const isUnequal = this.#take("ne");
        if (!isUnequal) this.#expect("eq");
        const value = folded(this.#literal(column, name.text));
        return (row) => (folded(row[name.text]) === value) !== isUnequal;
    }

    /** `Microsoft.Dynamics.CRM.In(PropertyName='x',PropertyValues=['a','b'])` (D). */
    #in(): (row: Row) => boolean {
        this.#expect("(");
        this.#expect("PropertyName");
        this.#expect("=");
        const name = this.#next();
        if (name.kind !== "string") this.#fail();
        const column = columnOf(this.table, name.text);
        this.#expect(",");
        this.#expect("PropertyValues");
        this.#expect("=");
        this.#expect("[");
        const values = new Set<Value>();
        do {
            const token = this.#next();
            if (token.kind !== "string") this.#fail();
            if ((column.type === "guid" || column.type === "lookup") && !isGuid(token.text)) {
                throw new ODataError(
                    400,
                    "0x80040203",
                    `'${token.text}' is not a value of type 'Edm.Guid' for the property '${name.text}'.`,
                );
            }
            values.add(
                column.type === "int" || column.type === "choice" || column.type === "decimal"
                    ? Number(token.text)
                    : folded(token.text),
            );
        } while (this.#take(","));
        this.#expect("]");
        this.#expect(")");
        return (row) => values.has(folded(row[name.text]));
    }

    /** `startswith(column,'text')`, `contains(column,'text')` (D). */
    #textFunction(holds: (text: string, part: string) => boolean): (row: Row) => boolean {
        this.#expect("(");
        const name = this.#next();
        if (name.kind !== "word" || columnOf(this.table, name.text).type !== "string") this.#fail();
        this.#expect(",");
        const argument = this.#next();
        if (argument.kind !== "string") this.#fail();
        this.#expect(")");
        const part = argument.text.toLowerCase();
        return (row) => holds(String(row[name.text] ?? "").toLowerCase(), part);
    }

    #literal(column: Column, name: string): Value {
        const token = this.#next();
        if (token.kind === "word" && token.text === "null") return null;
        const isText = column.type === "string";
        const isNumber = column.type === "int" || column.type === "choice" || column.type === "decimal";
        const fits =
            token.kind === "string"
                ? isText
                : token.kind === "word" &&
                  ((isNumber && /^-?\d+(\.\d+)?$/.test(token.text)) ||
                      (column.type === "boolean" && /^(true|false)$/.test(token.text)) ||
                      ((column.type === "guid" || column.type === "lookup") && isGuid(token.text)) ||
                      (column.type === "date" && /^\d{4}-\d\d-\d\d/.test(token.text)));
        if (!fits) {
            throw new ODataError(
                400,
                "0x80060888",
                `A binary operator with incompatible types was detected. Found operand '${token.text}' for the property '${name}'.`,
            );
        }
        if (isNumber) return Number(token.text);
        return column.type === "boolean" ? token.text === "true" : token.text;
    }
}

/** Reads the query options of a request for one row (`forRow`) or a set. */
export function readQuery(
    table: Table,
    options: URLSearchParams,
    forRow: boolean,
    tableByName: (name: string) => Table,
): Query {
    let select: string[] | null = null;
    let filter: ((row: Row) => boolean) | null = null;
    let expand: Expand[] = [];
    let order: Query["order"] = null;
    let top: number | null = null;
    let count = false;
    let skipToken: string | null = null;
    for (const [name, value] of options) {
        if (name === "$select") select = readSelect(table, value);
        else if (name === "$expand") expand = readExpand(table, value, tableByName);
        else if (name === "$filter" && !forRow) filter = new FilterParser(table, value).parse();
        else if (name === "$orderby" && !forRow) order = readOrder(table, value);
        else if (name === "$count" && !forRow && /^(?:true|false)$/.test(value)) count = value === "true";
        else if (name === "$skiptoken" && !forRow) skipToken = value;
        else if (name === "$top" && !forRow && /^[1-9]\d*$/.test(value)) top = Number(value);
        else throw new ODataError(400, "0x80060888", `The query parameter ${name} is not supported.`);
    }
    return { select, filter, expand, order, top, count, skipToken };
}
