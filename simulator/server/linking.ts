// Owns the rule that links a conversation to a contact or an account.
import type { DirectoryRecord } from "./seed.ts";

/** The record a conversation is linked to. */
export interface LinkedRecord {
  readonly kind: "contact" | "account";
  readonly id: string;
  readonly name: string;
}

/** The outcome, with the reason when there is no link. */
export type LinkResult =
  | { readonly outcome: "linked"; readonly record: LinkedRecord }
  | { readonly outcome: "no-email" }
  | { readonly outcome: "no-match"; readonly email: string }
  | { readonly outcome: "several"; readonly email: string; readonly matches: number };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value of a context variable as the service gets it: `{key: {value, isDisplayable}}` (S). */
export function contextValue(context: unknown, key: string): string | number | boolean | undefined {
  if (!isRecord(context) || !Object.hasOwn(context, key)) return undefined;
  const entry = context[key];
  const value = isRecord(entry) ? entry["value"] : undefined;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
}

/**
 * Links by the shipped rule: key exactly `Email` against `emailaddress1`, active records with `statuscode` 1,
 * exactly one match in a table, contacts preferred to accounts (D). Letter case does not count: Dataverse compares so
 * (I).
 * That more than one contact is "none", even when one account matches, is inferred (I).
 */
export function linkRecord(
  context: unknown,
  contacts: readonly DirectoryRecord[],
  accounts: readonly DirectoryRecord[],
): LinkResult {
  const value = contextValue(context, "Email");
  const email = typeof value === "string" ? value.trim() : "";
  if (email === "") return { outcome: "no-email" };
  const matching = (records: readonly DirectoryRecord[]): DirectoryRecord[] =>
    records.filter(
      (r) => r.statecode === 0 && r.statuscode === 1 && r.emailaddress1.toLowerCase() === email.toLowerCase(),
    );
  for (const [kind, records] of [
    ["contact", matching(contacts)],
    ["account", matching(accounts)],
  ] as const) {
    const first = records[0];
    if (first === undefined) continue;
    if (records.length > 1) return { outcome: "several", email, matches: records.length };
    return { outcome: "linked", record: { kind, id: first.id, name: first.name } };
  }
  return { outcome: "no-match", email };
}
