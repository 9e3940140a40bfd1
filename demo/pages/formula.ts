// Owns what the formulas of the custom page's property pane come to: values that a property of the control can take.
import type { SampleUser } from "../dataverse/seed";
import { evaluateFormula, FxProblem, readFormula, type FxWorld } from "./power-fx";

export type FormulaResult = { readonly ok: true; readonly value: string | number | boolean | null } | { readonly ok: false; readonly problem: string };

/** A page that has nothing but its user: its formulas are the properties' own. */
const emptyPage = (user: SampleUser): FxWorld => ({
    name: () => undefined,
    user,
    param: () => null,
    now: () => new Date(),
    set: () => undefined,
    collect: () => undefined,
    notify: () => undefined,
});

/** Evaluates a formula. `User().Email` is the signed-in user's address (D), blank when there is none. */
export function evaluate(formula: string, user: SampleUser): FormulaResult {
    if (formula.trim() === "") return { ok: true, value: null };
    try {
        const value = evaluateFormula(readFormula(formula), emptyPage(user));
        return typeof value === "object" && value !== null ? { ok: false, problem: "A property takes a text, a number, or true or false." } : { ok: true, value };
    } catch (error) {
        if (error instanceof FxProblem) return { ok: false, problem: error.message };
        throw error;
    }
}

/** A value as a formula. */
export const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
