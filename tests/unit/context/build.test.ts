// Covers context/build: what goes to the agent, what of it lasts away from the record, and what is left out for which
// reason.
import type { Email, RecordReference } from "../../../ChatWithAgent/chat/ports";
import { buildContext } from "../../../ChatWithAgent/context/build";
import type { Answers } from "../../../ChatWithAgent/context/build";
import { parseVariables } from "../../../ChatWithAgent/context/parse";

const KNOWN: Email = { kind: "known", address: "alex@contoso.com" };
const RECORD: RecordReference = {
    table: "account",
    id: "7b8f5a1e-33a5-4c0e-9d55-0c8f0b8d1f01",
    name: "Fourth Coffee",
    url: "https://contoso.crm.dynamics.com/main.aspx?id=7",
};
const ANSWERS: Answers = {
    user: new Map([
        ["jobtitle", "Seller"],
        ["department", null],
    ]),
    record: new Map([
        ["name", "Fourth Coffee"],
        ["city", null],
    ]),
};

const build = (text: string, answers = ANSWERS, record?: RecordReference, email: Email = KNOWN) =>
    buildContext(email, parseVariables(text), answers, record);
const plain = (variables: object): Record<string, unknown> =>
    Object.fromEntries(
        Object.entries(variables).map(([name, { value }]: [string, { value: unknown }]) => [name, value]),
    );

test("without anything more there is the address, under exactly the name that the contact is found by", () => {
    expect(build("").variables).toEqual({ Email: { value: "alex@contoso.com", isDisplayable: true } });
    for (const kind of ["missing", "failed"] as const)
        expect(build("", ANSWERS, undefined, { kind })).toEqual({
            variables: {},
            lasting: {},
            email: { kind },
            dropped: [],
        });
});

test("everything is displayable, and has its type", () => {
    const { variables, lasting } = build('{"A": 0, "B": false, "C": "x", "D": "{user.jobtitle}"}');
    for (const { isDisplayable } of [...Object.values(variables), ...Object.values(lasting)])
        expect(isDisplayable).toBe(true);
    expect(plain(variables)).toEqual({ Email: "alex@contoso.com", A: 0, B: false, C: "x", D: "Seller" });
});

test("placeholders are filled in, and what is empty is left out without a word", () => {
    const { variables, dropped } = build(
        "A={user.jobtitle} at {record.name}\nB={user.department}\nC={user.department}{record.city}!\nD={user.department} {record.city}",
    );
    expect(plain(variables)).toEqual({ Email: "alex@contoso.com", A: "Seller at Fourth Coffee", C: "!" });
    expect(dropped).toEqual([]);
});

test("a value is text, whatever stands in the column", () => {
    const { variables } = build("A={user.jobtitle}", {
        ...ANSWERS,
        user: new Map([["jobtitle", "{record.name} <b>x</b>; B=1"]]),
    });
    expect(plain(variables)).toEqual({ Email: "alex@contoso.com", A: "{record.name} <b>x</b>; B=1" });
});

test.each<[string, Partial<Answers>, string]>([
    ["A={user.nothing}", {}, "column-unknown"],
    ["A=x {user.jobtitle}", { user: "unreadable" }, "unreadable"],
    ["A={record.name}", { record: "unreadable" }, "unreadable"],
    ["A={record.name}", { record: "no-record" }, "no-record"],
])("%s is left out with %j: %s", (text, answers, problem) => {
    const { variables, dropped } = build(`${text}\nB=1`, { ...ANSWERS, ...answers });
    expect(plain(variables)).toEqual({ Email: "alex@contoso.com", B: "1" });
    expect(dropped).toEqual([{ name: "A", problem }]);
});

test("a value of more than 4,000 characters is left out, not cut", () => {
    const long = { ...ANSWERS, user: new Map([["jobtitle", "x".repeat(4_000)]]) };
    expect(plain(build("A={user.jobtitle}", long).variables).A).toHaveLength(4_000);
    expect(build("A={user.jobtitle}!", long).dropped).toEqual([{ name: "A", problem: "value-length" }]);
    expect(build(`A=${"x".repeat(4_001)}`).dropped).toEqual([{ name: "A", problem: "value-length" }]);
});

test("what was unusable from the start is told as well", () => {
    expect(build("nonsense").dropped).toEqual([{ name: "nonsense", problem: "not-a-line" }]);
});

describe("a record that is shared", () => {
    test("goes along with name, table and link", () => {
        expect(plain(build("", ANSWERS, RECORD).variables)).toEqual({
            RecordName: "Fourth Coffee",
            RecordTable: "account",
            RecordUrl: RECORD.url,
            Email: "alex@contoso.com",
        });
    });

    test("has what the platform offers of it, and no more", () => {
        expect(plain(build("", ANSWERS, { table: "account", id: "", name: "", url: "" }).variables)).toEqual({
            RecordTable: "account",
            Email: "alex@contoso.com",
        });
    });

    test("has a name of as many characters as the widget takes", () => {
        expect(plain(build("", ANSWERS, { ...RECORD, name: "n".repeat(4_001) }).variables).RecordName).toBe(
            "n".repeat(4_000),
        );
    });

    test("does not last away from the record, nor does anything that might be of it: words may come from a formula or a column", () => {
        const { lasting } = build(
            "A={record.name}\nB={user.jobtitle}\nC={user.jobtitle} {record.name}\nD=Fourth Coffee\nE={user.jobtitle} - {user.jobtitle}!\nF={user.jobtitle} 7",
            ANSWERS,
            RECORD,
        );
        expect(plain(lasting)).toEqual({ B: "Seller", E: "Seller - Seller!", Email: "alex@contoso.com" });
        expect(plain(build('{"A": 1, "B": true}').lasting)).toEqual({ Email: "alex@contoso.com" });
    });

    test("is the platform's word: a maker's variable of the same name does not stand in for it", () => {
        expect(plain(build("RecordUrl=https://example.com", ANSWERS, RECORD).variables).RecordUrl).toBe(RECORD.url);
        // A maker's own word stays where the record has none.
        expect(plain(build("RecordUrl=https://example.com").variables).RecordUrl).toBe("https://example.com");
    });
});
