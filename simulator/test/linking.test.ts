// Owns the tests of the linking rule, as a table. Evidence: D (rule, status reason, several), I (letter case).
import assert from "node:assert/strict";
import { test } from "node:test";
import { contextValue, linkRecord } from "../server/linking.ts";
import { ACCOUNTS, CONTACTS, type DirectoryRecord } from "../server/seed.ts";

const email = (value: unknown, key = "Email"): unknown => ({ [key]: { value, isDisplayable: true } });
const adventure = ACCOUNTS[0];

const table: readonly (readonly [name: string, context: unknown, outcome: string, record?: string])[] = [
  ["one active contact", email("alex.wilber@contoso.example"), "linked", "Alex Wilber"],
  ["other letter case", email("ALEX.Wilber@Contoso.example"), "linked", "Alex Wilber"],
  ["two active contacts", email("lee.gu@contoso.example"), "several"],
  ["an inactive contact", email("diego.siciliani@contoso.example"), "no-match"],
  ["nobody", email("joni.sherman@contoso.example"), "no-match"],
  ["an account", email("info@fabrikam.example"), "linked", "Fabrikam"],
  ["key in other letters", email("alex.wilber@contoso.example", "email"), "no-email"],
  ["empty value", email(""), "no-email"],
  ["a number", email(5), "no-email"],
  ["no context", {}, "no-email"],
  ["no object", "Email", "no-email"],
  ["null", null, "no-email"],
  ["a bare string", { Email: "alex.wilber@contoso.example" }, "no-email"],
];
for (const [name, context, outcome, record] of table) {
  test(`linking: ${name}`, () => {
    const result = linkRecord(context, CONTACTS, ACCOUNTS);
    assert.equal(result.outcome, outcome);
    assert.equal(result.outcome === "linked" ? result.record.name : undefined, record);
  });
}

test("linking: a contact is preferred to an account", () => {
  const contact: DirectoryRecord = {
    id: "c",
    name: "Person",
    emailaddress1: adventure?.emailaddress1 ?? "",
    statecode: 0,
    statuscode: 1,
  };
  const result = linkRecord(email(adventure?.emailaddress1), [contact], ACCOUNTS);
  assert.deepEqual(result, { outcome: "linked", record: { kind: "contact", id: "c", name: "Person" } });
});

test("linking: a custom status reason is not found", () => {
  const contact: DirectoryRecord = {
    id: "c",
    name: "Person",
    emailaddress1: "p@contoso.example",
    statecode: 0,
    statuscode: 100000001,
  };
  assert.equal(linkRecord(email("p@contoso.example"), [contact], []).outcome, "no-match");
});

test("context: inherited keys are no variables", () => {
  assert.equal(contextValue({}, "toString"), undefined);
  assert.equal(contextValue({ n: { value: 0 } }, "n"), 0);
  assert.equal(contextValue({ n: { value: false } }, "n"), false);
});
