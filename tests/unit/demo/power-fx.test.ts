// Covers the demo's part of Power Fx: reading, working out, what blank counts as, and what is refused with which words.
import { evaluate } from "../../../demo/pages/formula";
import { users } from "../../../demo/dataverse/seed";
import { evaluateFormula, functionNames, FxProblem, guid, namesMade, readFormula, record, table, type FxRecord, type FxValue, type FxWorld } from "../../../demo/pages/power-fx";

const ID = "ca5e0001-3333-4c4c-8d8d-000000000001";
const notified: string[] = [];
const variables = new Map<string, FxValue>();

beforeEach(() => {
    notified.length = 0;
    variables.clear();
    variables.set("Nothing", null);
    variables.set("Chat", record({ chatState: "chatting", unreadCount: 2, errorCode: null }));
    variables.set("Cases", table([record({ Case: guid("ca5e0001-3333-4c4c-8d8d-00000000000f"), "Case Number": "1" }), record({ Case: guid(ID), "Case Number": "2" })]));
});

const world: FxWorld = {
    name: (name) => variables.get(name),
    user: { name: "Alex Wilber", email: null },
    param: (name) => (name === "recordId" ? `{${ID.toUpperCase()}}` : null),
    now: () => new Date(0),
    set: (name, value) => void variables.set(name, value),
    collect(name, rows) {
        const before = variables.get(name);
        const old: readonly FxRecord[] = typeof before === "object" && before !== null && "rows" in before ? before.rows : [];
        variables.set(name, table([...old, ...rows]));
    },
    notify: (message, type) => void notified.push(`${type}: ${message}`),
};
const run = (text: string, isBehaviour = false): FxValue => evaluateFormula(readFormula(text), world, isBehaviour);

test.each<[string, FxValue]>([
    ['"a ""quoted"" text"', 'a "quoted" text'],
    ["1 + 2 * 3 - 4 / 2", 5],
    ["(1 + 2) * -3", -9],
    ['1 + 2 & "x" & 3 * 2', "3x6"],
    ['"a" & "b" = "ab"', true],
    ['"a" = "A"', false],
    ["1 < 2 And 2 >= 2 And Not(3 <= 2)", true],
    ["1 > 2 Or 1 <> 1 || true && true", true],
    // And binds more firmly than Or, and Not more firmly than a comparison.
    ["true Or false And false", true],
    ["Not false = true", true],
    ["!true", false],
    ["Or(false, 1 = 1)", true],
    ["And(true, Nothing)", false],
    ['If(false, 1, 2 > 1, "second", "else")', "second"],
    ['If(false, "then")', null],
    ['Switch(3, 1, "one", 3, "three", "else")', "three"],
    ['Switch(4, 1, "one", 3, "three", "else")', "else"],
    ['Switch(4, 1, "one", 3, "three")', null],
    ["Coalesce(Nothing, \"\", 7)", 7],
    ['IsBlank("") And IsBlank(Nothing) And IsBlank(Blank()) And Not(IsBlank(0))', true],
    ["Text(12) & Text(true)", "12true"],
    // A comment, and one over two lines.
    ["/* 1\n */ 2 // 3", 2],
    ["Chat.unreadCount", 2],
    ["CountRows(Cases)", 2],
    ["LookUp(Cases, Case = GUID(Param(\"recordId\"))).'Case Number'", "2"],
    ["LookUp(Cases, 'Case Number' = \"none\").'Case Number'", null],
    ["User().FullName", "Alex Wilber"],
    ["IsBlank(User().Email)", true],
    // Quotes and line breaks in a value stay in it.
    ['JSON({Title: "a ""b""\n=c", Count: 2, None: Blank()})', '{"Title":"a \\"b\\"\\n=c","Count":2,"None":null}'],
])("%s", (text, expected) => {
    expect(run(text)).toEqual(expected);
});

test("blank counts as nothing in a sum, in a text, and where true or false is asked", () => {
    expect([run("Nothing + 1"), run('Nothing & "x"'), run("If(Nothing, 1, 2)"), run("Nothing > 0"), run("Nothing = Blank()"), run('Nothing = ""')]).toEqual([1, "x", 2, false, true, false]);
});

test("a choice is not worked out where it is not taken", () => {
    expect(run("If(true, 1, 1 / 0)")).toBe(1);
    expect(run("false And 1 / 0 = 1")).toBe(false);
    expect(run('Switch(1, 1, "one", 1 / 0, "two")')).toBe("one");
});

test("formulas of behaviour set, collect and notify, one step after the other", () => {
    expect(run('Set(Count, Nothing + 1); Set(Count, Count + 1); Collect(Log, {At: Now(), What: "a"}); Collect(Log, "b"); Notify("Done: " & Count, "Success"); Notify("x")', true)).toBe(true);
    expect(variables.get("Count")).toBe(2);
    expect(variables.get("Log")).toEqual(table([record({ At: new Date(0), What: "a" }), record({ Value: "b" })]));
    expect(notified).toEqual(["Success: Done: 2", "Information: x"]);
});

test("what a formula makes is known beforehand", () => {
    expect(namesMade(readFormula('If(true, Set(A, 1)); Collect(B, {C: Set(D, 2)}); Notify("E")'))).toEqual([
        { name: "A", kind: "variable" },
        { name: "B", kind: "collection" },
        { name: "D", kind: "variable" },
    ]);
});

test.each([
    ["Chat.unread", "There is no “unread” here."],
    ["Chats.unreadCount", "Nothing here has the name “Chats”."],
    ["Set(A, 1)", "Set works in formulas of behaviour only"],
    ["If(1, 2)", "True or false is needed here, not a number."],
    ['1 + "1"', "A number is needed here, not a text."],
    ['1 = "1"', "a number cannot be compared with a text."],
    ["1 / 0", "Division by zero."],
    ["Chat & \"x\"", "A text is needed here, not a record."],
    ["CountRows(1)", "A table is needed here, not a number."],
    ["Filter(Cases, true)", "The demo does not know Filter; it knows And, Blank"],
    ["constructor()", "The demo does not know constructor"],
    ["If(true)", "If has 1 arguments"],
    ['GUID("x")', "“x” is no GUID."],
    ["1 2", "“2” is not expected here."],
    ["If(true, 1", "“)” is expected, not “the end”."],
    ['"open', "The demo cannot read from here on: \"open"],
    ["1 +", "A name is expected, not “the end”."],
    ["{1: 2}", "A name is expected, not “1”."],
])("%s is refused", (text, words) => {
    expect(() => run(text)).toThrow(FxProblem);
    expect(() => run(text)).toThrow(words);
});

test("Set and Collect need a name", () => {
    expect(() => run("Set(1, 2)", true)).toThrow("Set begins with the name of what it fills.");
    expect(() => run('Collect("x", 2)', true)).toThrow("Collect begins with the name");
});

test.each<[string, ReturnType<typeof evaluate>]>([
    ["", { ok: true, value: null }],
    ["Blank()", { ok: true, value: null }],
    ["User().Email", { ok: true, value: users.alex.email }],
    ['"Ref=" & 1 + 1', { ok: true, value: "Ref=2" }],
    ["User()", { ok: false, problem: "A property takes a text, a number, or true or false." }],
    ["Chat.unreadCount", { ok: false, problem: "Nothing here has the name “Chat”." }],
    ["Set(A, 1)", { ok: false, problem: "Set works in formulas of behaviour only, such as an event's." }],
])("the custom page's property %s", (formula, expected) => {
    expect(evaluate(formula, users.alex)).toEqual(expected);
});

test("each function that the demo names works", () => {
    const called: Readonly<Record<string, string>> = { Now: "Now()", Blank: "Blank()", User: "User()", Set: "Set(A, 1)", Collect: "Collect(A, 1)", Notify: 'Notify("x")', CountRows: "CountRows(Cases)", LookUp: "LookUp(Cases, true)", GUID: `GUID("${ID}")`, If: "If(true, 1)", Switch: "Switch(1, 1, 1)", And: "And(true)", Or: "Or(true)", Not: "Not(true)" };
    for (const name of functionNames) expect(run(called[name] ?? `${name}("x")`, true)).not.toBeUndefined();
});
