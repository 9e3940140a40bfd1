// Owns the few Power Fx formulas the custom page understands: literals, Blank() and User().
import type { SampleUser } from "../dataverse/seed";

export type FormulaResult = { readonly ok: true; readonly value: string | number | boolean | null } | { readonly ok: false; readonly problem: string };

/** Evaluates a formula. `User().Email` is the signed-in user's address (D), blank when there is none. */
export function evaluate(formula: string, user: SampleUser): FormulaResult {
    const text = formula.trim();
    if (text === "" || text === "Blank()") return { ok: true, value: null };
    if (text === "User().Email") return { ok: true, value: user.email };
    if (text === "User().FullName") return { ok: true, value: user.name };
    if (text === "true" || text === "false") return { ok: true, value: text === "true" };
    if (/^-?\d+(\.\d+)?$/.test(text)) return { ok: true, value: Number(text) };
    const literal = /^"((?:[^"]|"")*)"$/.exec(text)?.[1];
    if (literal !== undefined) return { ok: true, value: literal.replaceAll('""', '"') };
    return { ok: false, problem: 'The demo knows "text", numbers, true, false, Blank(), User().Email and User().FullName.' };
}

/** A value as a formula. */
export const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
