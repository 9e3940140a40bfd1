// Owns the part of Power Fx that the demo's pages understand: reading a formula, and working it out. The real language is Microsoft's.

/** A row: values by the names of its columns. */
export interface FxRecord {
    readonly kind: "record";
    readonly fields: ReadonlyMap<string, FxValue>;
}

export interface FxTable {
    readonly kind: "table";
    readonly rows: readonly FxRecord[];
}

export interface FxGuid {
    readonly kind: "guid";
    readonly id: string;
}

/** Null is Power Fx's blank. */
export type FxValue = null | string | number | boolean | Date | FxRecord | FxTable | FxGuid;

/** What a formula can reach besides its own text. */
export interface FxWorld {
    /** What a name of the page stands for: a control, a variable, a table, an enumeration; undefined when nothing has this name. */
    name(name: string): FxValue | undefined;
    readonly user: { readonly name: string; readonly email: string | null };
    /** A value of the page's address. */
    param(name: string): string | null;
    now(): Date;
    set(name: string, value: FxValue): void;
    collect(name: string, rows: readonly FxRecord[]): void;
    notify(message: string, type: string): void;
}

/** Why a formula cannot be read, or not be worked out; its message is for the maker. */
export class FxProblem extends Error {}

type Binary = "Or" | "And" | "=" | "<>" | "<" | "<=" | ">" | ">=" | "&" | "+" | "-" | "*" | "/";

export type Formula =
    | { readonly kind: "literal"; readonly value: string | number | boolean }
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "member"; readonly of: Formula; readonly name: string }
    | { readonly kind: "call"; readonly name: string; readonly given: readonly Formula[] }
    | { readonly kind: "record"; readonly fields: readonly (readonly [string, Formula])[] }
    | { readonly kind: "unary"; readonly operator: "-" | "Not"; readonly of: Formula }
    | { readonly kind: "binary"; readonly operator: Binary; readonly left: Formula; readonly right: Formula }
    | { readonly kind: "chain"; readonly steps: readonly Formula[] };

interface Token {
    readonly kind: "text" | "number" | "name" | "quoted" | "sign" | "end";
    readonly text: string;
}

const TOKEN = /\s+|\/\/[^\n]*|\/\*[^]*?\*\/|"(?<text>(?:[^"]|"")*)"|'(?<quoted>(?:[^']|'')+)'|(?<number>\d+(?:\.\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<sign><>|<=|>=|&&|\|\||[()[\]{},;:.&=<>+\-*/!])/uy;

/** Function names of the platform that only formulas of behaviour may call (D). */
const BEHAVIOUR: readonly string[] = ["Set", "Collect", "Notify"];

function tokens(text: string): readonly Token[] {
    const found: Token[] = [];
    TOKEN.lastIndex = 0;
    let end = 0;
    for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
        end = TOKEN.lastIndex;
        const { text: literal, quoted, number, name, sign } = match.groups ?? {};
        if (literal !== undefined) found.push({ kind: "text", text: literal.replaceAll('""', '"') });
        else if (quoted !== undefined) found.push({ kind: "quoted", text: quoted.replaceAll("''", "'") });
        else if (number !== undefined) found.push({ kind: "number", text: number });
        else if (name !== undefined) found.push({ kind: "name", text: name });
        else if (sign !== undefined) found.push({ kind: "sign", text: sign });
    }
    if (end < text.length) throw new FxProblem(`The demo cannot read from here on: ${text.slice(end, end + 20)}`);
    return [...found, { kind: "end", text: "the end" }];
}

/** Binary operators by how firmly they bind, the loosest first (S: Power Fx's own order). */
const LEVELS: readonly Readonly<Record<string, Binary>>[] = [
    { Or: "Or", "||": "Or" },
    { And: "And", "&&": "And" },
    { "=": "=", "<>": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">=" },
    { "&": "&" },
    { "+": "+", "-": "-" },
    { "*": "*", "/": "/" },
];

/** Reads a formula. Throws an FxProblem when it is none that the demo understands. */
export function readFormula(text: string): Formula {
    const all = tokens(text);
    let at = 0;
    const next = (): Token => all[at] ?? { kind: "end", text: "the end" };
    const isSign = (sign: string): boolean => next().kind === "sign" && next().text === sign;
    const took = (sign: string): boolean => {
        if (!isSign(sign)) return false;
        at++;
        return true;
    };
    const need = (sign: string): void => {
        if (!took(sign)) throw new FxProblem(`“${sign}” is expected, not “${next().text}”.`);
    };
    const anyName = (): string => {
        const { kind, text: name } = next();
        if (kind !== "name" && kind !== "quoted") throw new FxProblem(`A name is expected, not “${name}”.`);
        at++;
        return name;
    };
    const list = <Item>(item: () => Item, end: string): Item[] => {
        const items: Item[] = [];
        if (took(end)) return items;
        do items.push(item());
        while (took(","));
        need(end);
        return items;
    };

    function primary(): Formula {
        const { kind, text: word } = next();
        if (kind === "text" || kind === "number") {
            at++;
            return { kind: "literal", value: kind === "text" ? word : Number(word) };
        }
        if (took("(")) {
            const inner = chain();
            need(")");
            return inner;
        }
        if (took("{")) {
            return {
                kind: "record",
                fields: list(() => {
                    const name = anyName();
                    need(":");
                    return [name, binary(0)] as const;
                }, "}"),
            };
        }
        const name = anyName();
        if (kind === "name" && (name === "true" || name === "false")) return { kind: "literal", value: name === "true" };
        return kind === "name" && took("(") ? { kind: "call", name, given: list(chain, ")") } : { kind: "name", name };
    }

    function member(): Formula {
        let formula = primary();
        while (took(".")) formula = { kind: "member", of: formula, name: anyName() };
        return formula;
    }

    function unary(): Formula {
        if (took("-")) return { kind: "unary", operator: "-", of: unary() };
        const isNot = next().kind === "name" && next().text === "Not" && all[at + 1]?.text !== "(";
        if (!isNot && !isSign("!")) return member();
        at++;
        return { kind: "unary", operator: "Not", of: unary() };
    }

    function binary(level: number): Formula {
        const operators = LEVELS[level];
        if (operators === undefined) return unary();
        let left = binary(level + 1);
        for (;;) {
            const { kind, text: word } = next();
            const operator = (kind === "sign" || kind === "name") && Object.hasOwn(operators, word) ? operators[word] : undefined;
            if (operator === undefined) return left;
            at++;
            left = { kind: "binary", operator, left, right: binary(level + 1) };
        }
    }

    function chain(): Formula {
        const steps = [binary(0)];
        while (took(";")) if (!isSign(")") && next().kind !== "end") steps.push(binary(0));
        const [only] = steps;
        return steps.length === 1 && only !== undefined ? only : { kind: "chain", steps };
    }

    const formula = chain();
    if (next().kind !== "end") throw new FxProblem(`“${next().text}” is not expected here.`);
    return formula;
}

const parts = (formula: Formula): readonly Formula[] => {
    switch (formula.kind) {
        case "literal":
        case "name":
            return [];
        case "member":
        case "unary":
            return [formula.of];
        case "call":
            return formula.given;
        case "record":
            return formula.fields.map(([, value]) => value);
        case "binary":
            return [formula.left, formula.right];
        case "chain":
            return formula.steps;
    }
};

/** The variables and collections that a formula brings into the app: the whole app knows them, blank until then (D). */
export function namesMade(formula: Formula): readonly { readonly name: string; readonly kind: "variable" | "collection" }[] {
    const [first] = formula.kind === "call" ? formula.given : [];
    const own = formula.kind === "call" && first?.kind === "name" && (formula.name === "Set" || formula.name === "Collect") ? [{ name: first.name, kind: formula.name === "Set" ? ("variable" as const) : ("collection" as const) }] : [];
    return [...own, ...parts(formula).flatMap(namesMade)];
}

/** Makes a row of an object's entries. */
export const record = (fields: Readonly<Record<string, FxValue>>): FxRecord => ({ kind: "record", fields: new Map(Object.entries(fields)) });

export const table = (rows: readonly FxRecord[]): FxTable => ({ kind: "table", rows });

export function guid(text: string): FxGuid {
    const id = text.replace(/[{}]/g, "").toLowerCase();
    if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)) throw new FxProblem(`“${text}” is no GUID.`);
    return { kind: "guid", id };
}

const isA = <Kind extends "record" | "table" | "guid">(value: FxValue, kind: Kind): value is Extract<FxValue, { kind: Kind }> => typeof value === "object" && value !== null && "kind" in value && value.kind === kind;

/** What a value is called in a message. */
function typeName(value: FxValue): string {
    if (value === null) return "blank";
    if (value instanceof Date) return "a date";
    if (typeof value === "object") return value.kind === "guid" ? "a GUID" : `a ${value.kind}`;
    return { string: "a text", number: "a number", boolean: "true or false" }[typeof value as "string" | "number" | "boolean"];
}

/** Blank counts as an empty text (D). */
export function asText(value: FxValue): string {
    if (value === null) return "";
    if (typeof value === "string") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    if (value instanceof Date) return value.toLocaleString("en-GB");
    if (value.kind === "guid") return value.id;
    throw new FxProblem(`A text is needed here, not ${typeName(value)}.`);
}

/** Blank counts as zero (D). */
function asNumber(value: FxValue): number {
    if (value === null) return 0;
    if (typeof value === "number") return value;
    throw new FxProblem(`A number is needed here, not ${typeName(value)}.`);
}

/** Blank counts as false (D). */
export function asBoolean(value: FxValue): boolean {
    if (value === null) return false;
    if (typeof value === "boolean") return value;
    throw new FxProblem(`True or false is needed here, not ${typeName(value)}.`);
}

/** An empty text is blank, too (D). */
const isBlank = (value: FxValue): boolean => value === null || value === "";

function isEqual(left: FxValue, right: FxValue): boolean {
    if (left === null || right === null) return left === right;
    if (isA(left, "guid") && isA(right, "guid")) return left.id === right.id;
    if (left instanceof Date && right instanceof Date) return left.getTime() === right.getTime();
    if (typeof left !== typeof right || typeof left === "object") throw new FxProblem(`${typeName(left)} cannot be compared with ${typeName(right)}.`);
    return left === right;
}

function asJson(value: FxValue): unknown {
    if (isA(value, "record")) return Object.fromEntries([...value.fields].map(([name, field]) => [name, asJson(field)]));
    if (isA(value, "table")) return value.rows.map(asJson);
    if (isA(value, "guid")) return value.id;
    return value instanceof Date ? value.toISOString() : value;
}

/** Works a formula out. Throws an FxProblem when it cannot be; `Set`, `Collect` and `Notify` work in formulas of behaviour only. */
export function evaluateFormula(formula: Formula, world: FxWorld, isBehaviour = false): FxValue {
    const run = (part: Formula, inside: FxWorld = world): FxValue => evaluateFormula(part, inside, isBehaviour);
    switch (formula.kind) {
        case "literal":
            return formula.value;
        case "name": {
            const value = world.name(formula.name);
            if (value === undefined) throw new FxProblem(`Nothing here has the name “${formula.name}”.`);
            return value;
        }
        case "member": {
            const of = run(formula.of);
            if (of === null) return null;
            const value = isA(of, "record") ? of.fields.get(formula.name) : undefined;
            if (value === undefined) throw new FxProblem(`There is no “${formula.name}” here.`);
            return value;
        }
        case "record":
            return { kind: "record", fields: new Map(formula.fields.map(([name, field]) => [name, run(field)])) };
        case "unary":
            return formula.operator === "-" ? -asNumber(run(formula.of)) : !asBoolean(run(formula.of));
        case "binary":
            return combine(formula.operator, () => run(formula.left), () => run(formula.right));
        case "chain":
            return formula.steps.map((step) => run(step)).at(-1) ?? null;
        case "call": {
            if (BEHAVIOUR.includes(formula.name) && !isBehaviour) throw new FxProblem(`${formula.name} works in formulas of behaviour only, such as an event's.`);
            return call(formula.name, formula.given, world, run);
        }
    }
}

function combine(operator: Binary, left: () => FxValue, right: () => FxValue): FxValue {
    switch (operator) {
        case "Or":
            return asBoolean(left()) || asBoolean(right());
        case "And":
            return asBoolean(left()) && asBoolean(right());
        case "=":
            return isEqual(left(), right());
        case "<>":
            return !isEqual(left(), right());
        case "<":
            return asNumber(left()) < asNumber(right());
        case "<=":
            return asNumber(left()) <= asNumber(right());
        case ">":
            return asNumber(left()) > asNumber(right());
        case ">=":
            return asNumber(left()) >= asNumber(right());
        case "&":
            return asText(left()) + asText(right());
        case "+":
            return asNumber(left()) + asNumber(right());
        case "-":
            return asNumber(left()) - asNumber(right());
        case "*":
            return asNumber(left()) * asNumber(right());
        case "/": {
            const by = asNumber(right());
            if (by === 0) throw new FxProblem("Division by zero.");
            return asNumber(left()) / by;
        }
    }
}

type Given = readonly Formula[];
type Run = (part: Formula, inside?: FxWorld) => FxValue;

/** How many arguments a function takes, at the least and at the most; the functions that the demo knows. */
const ARITY = {
    And: [1, 99],
    Blank: [0, 0],
    Coalesce: [1, 99],
    Collect: [2, 2],
    CountRows: [1, 1],
    GUID: [1, 1],
    If: [2, 99],
    IsBlank: [1, 1],
    JSON: [1, 1],
    LookUp: [2, 2],
    Not: [1, 1],
    Notify: [1, 2],
    Now: [0, 0],
    Or: [1, 99],
    Param: [1, 1],
    Set: [2, 2],
    Switch: [3, 99],
    Text: [1, 1],
    User: [0, 0],
} as const satisfies Record<string, readonly [number, number]>;

/** The functions that the demo knows, for its message and the guide. */
export const functionNames: readonly string[] = Object.keys(ARITY);

const isKnown = (name: string): name is keyof typeof ARITY => Object.hasOwn(ARITY, name);

function call(name: string, given: Given, world: FxWorld, run: Run): FxValue {
    if (!isKnown(name)) throw new FxProblem(`The demo does not know ${name}; it knows ${functionNames.join(", ")}.`);
    const [least, most] = ARITY[name];
    if (given.length < least || given.length > most) throw new FxProblem(`${name} has ${given.length} arguments, which is not right.`);
    /** The value of an argument; blank when there is none. */
    const value = (index: number, inside?: FxWorld): FxValue => {
        const part = given[index];
        return part === undefined ? null : run(part, inside);
    };
    const rows = (index: number): readonly FxRecord[] => {
        const found = value(index);
        if (found === null) return [];
        if (isA(found, "table")) return found.rows;
        throw new FxProblem(`A table is needed here, not ${typeName(found)}.`);
    };
    const newName = (): string => {
        const [first] = given;
        if (first?.kind !== "name") throw new FxProblem(`${name} begins with the name of what it fills.`);
        return first.name;
    };
    switch (name) {
        case "And":
            return given.every((part) => asBoolean(run(part)));
        case "Or":
            return given.some((part) => asBoolean(run(part)));
        case "Not":
            return !asBoolean(value(0));
        case "If": {
            for (let index = 0; index + 1 < given.length; index += 2) if (asBoolean(value(index))) return value(index + 1);
            return given.length % 2 === 1 ? value(given.length - 1) : null;
        }
        case "Switch": {
            const sought = value(0);
            for (let index = 1; index + 1 < given.length; index += 2) if (isEqual(sought, value(index))) return value(index + 1);
            return given.length % 2 === 0 ? value(given.length - 1) : null;
        }
        case "Coalesce":
            for (const part of given) {
                const found = run(part);
                if (!isBlank(found)) return found;
            }
            return null;
        case "IsBlank":
            return isBlank(value(0));
        case "CountRows":
            return rows(0).length;
        case "LookUp":
            return rows(0).find((row) => asBoolean(value(1, { ...world, name: (one) => (row.fields.has(one) ? row.fields.get(one) : world.name(one)) }))) ?? null;
        case "GUID":
            return isBlank(value(0)) ? null : guid(asText(value(0)));
        case "JSON":
            return JSON.stringify(asJson(value(0)));
        case "Text":
            return asText(value(0));
        case "Param":
            return world.param(asText(value(0)));
        case "Now":
            return world.now();
        case "User":
            return record({ Email: world.user.email, FullName: world.user.name });
        case "Set":
            world.set(newName(), value(1));
            return true;
        case "Collect": {
            const added = value(1);
            const target = newName();
            if (isA(added, "record")) world.collect(target, [added]);
            else if (isA(added, "table")) world.collect(target, added.rows);
            else world.collect(target, [record({ Value: added })]);
            return added;
        }
        case "Notify": {
            const type = given.length > 1 ? asText(value(1)) : "Information";
            world.notify(asText(value(0)), type);
            return true;
        }
        case "Blank":
            return null;
    }
}
