// Owns what the custom page's property pane understands: plain values, and the signed-in user. Power Fx itself is Microsoft's.
import type { SampleUser } from "../dataverse/seed";

export type FormulaResult = { readonly ok: true; readonly value: string | number | boolean | null } | { readonly ok: false; readonly problem: string };

const NAMED: Readonly<Record<string, (user: SampleUser) => string | boolean | null>> = {
    "": () => null,
    "Blank()": () => null,
    "true": () => true,
    "false": () => false,
    "User().Email": ({ email }) => email,
    "User().FullName": ({ name }) => name,
};

/** `User().Email` is the signed-in user's address (D), blank when there is none. */
export function evaluate(formula: string, user: SampleUser): FormulaResult {
    const text = formula.trim();
    if (Object.hasOwn(NAMED, text)) return { ok: true, value: NAMED[text]?.(user) ?? null };
    if (/^-?\d+(?:\.\d+)?$/.test(text)) return { ok: true, value: Number(text) };
    const quoted = /^"(?<inner>(?:[^"]|"")*)"$/.exec(text)?.groups?.["inner"];
    if (quoted !== undefined) return { ok: true, value: quoted.replaceAll('""', '"') };
    return { ok: false, problem: 'The demo understands "text", numbers, true, false, Blank(), User().Email and User().FullName.' };
}

/** A value as a formula. */
export const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
