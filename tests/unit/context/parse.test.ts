// Covers context/parse: every form in which variables are written, and everything that cannot be used.
import { MAX, columnsOf, parseVariables } from "../../../ChatWithAgent/context/parse";
import type { Parsed, Piece } from "../../../ChatWithAgent/context/parse";

/** Name and value, as text where it has no placeholders. */
const values = ({ variables }: Parsed): Record<string, unknown> =>
    Object.fromEntries(
        variables.map(({ name, value }) => [
            name,
            typeof value === "object"
                ? value.every((piece) => typeof piece === "string")
                    ? value.join("")
                    : value
                : value,
        ]),
    );
const drops = ({ dropped }: Parsed): string[] => dropped.map(({ name, problem }) => `${name}: ${problem}`);

test("of many wrong lines a hundred are named, and what comes after them is used", () => {
    const { variables, dropped } = parseVariables(`${"wrong\n".repeat(100_000)}A=1`);
    expect(dropped).toHaveLength(100);
    expect(variables).toEqual([{ name: "A", value: ["1"] }]);
});

describe("lines", () => {
    test.each<[string, string, Record<string, string>]>([
        ["one", "Department=Sales", { Department: "Sales" }],
        ["two", "Department=Sales\nSource=Case form", { Department: "Sales", Source: "Case form" }],
        ["Windows' line breaks", "A=1\r\nB=2\r\n", { A: "1", B: "2" }],
        ["old line breaks", "A=1\rB=2", { A: "1", B: "2" }],
        ["one line, separated by ;", "A=1; B=2;C=3;", { A: "1", B: "2", C: "3" }],
        ["a ; in a value of several lines", "A=1;2\nB=3", { A: "1;2", B: "3" }],
        ["an = in a value", "Query=a=b&c=d", { Query: "a=b&c=d" }],
        ["white space around everything", "  A =  x y  \n\n \n\t B=2", { A: "x y", B: "2" }],
        [
            "texts that look like something else",
            "A=0\nB=false\nC=null\nD=[1]",
            { A: "0", B: "false", C: "null", D: "[1]" },
        ],
        [
            "names of every kind",
            "Größe=L\ntoString=x\ncase number=7\nE-mail=x",
            { Größe: "L", toString: "x", "case number": "7", "E-mail": "x" },
        ],
        ["nothing", "  \n ", {}],
    ])("%s", (_, text, expected) => {
        const parsed = parseVariables(text);
        expect(values(parsed)).toEqual(expected);
        expect(drops(parsed)).toEqual([]);
    });

    test("names that mean something to the contact centre are sent", () => {
        expect(values(parseVariables("Name=Alex;Phone=1;CaseNumber=2"))).toEqual({
            Name: "Alex",
            Phone: "1",
            CaseNumber: "2",
        });
    });
});

describe("a JSON object", () => {
    test("keeps its types, 0 and false among them", () => {
        const parsed = parseVariables(' { "A": "text", "B": 3.5, "C": 0, "D": false, "E": true, " F ": " x " } ');
        expect(values(parsed)).toEqual({ A: "text", B: 3.5, C: 0, D: false, E: true, F: "x" });
        expect(drops(parsed)).toEqual([]);
    });

    test.each(['{"A": 1', "{A: 1}", "{}x", "{user.jobtitle}", "{"])("%s is none", (text) => {
        expect(parseVariables(text)).toEqual({ variables: [], dropped: [{ name: text, problem: "not-json" }] });
    });

    test("names what it cannot use, and hands over the rest", () => {
        const parsed = parseVariables(
            '{"__proto__": 1, "constructor": 1, "prototype": 1, "null": 1, "": 1, "N": null, "O": {}, "L": [1], "I": 1e999, "E": "", "W": " ", "Email": "x@y", "A": 1}',
        );
        expect(values(parsed)).toEqual({ A: 1 });
        expect(drops(parsed)).toEqual([
            "__proto__: name",
            "constructor: name",
            "prototype: name",
            "null: name",
            ": name",
            "N: no-value",
            "O: value",
            "L: value",
            "I: value",
            "E: no-value",
            "W: no-value",
            "Email: email",
        ]);
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    });
});

describe("what cannot be used", () => {
    test.each([
        ["Sales", "Sales: not-a-line"],
        ["=Sales", ": name"],
        ["__proto__=x", "__proto__: name"],
        ["null=x", "null: name"],
        ["Department=", "Department: no-value"],
        ["Email=kim@contoso.com", "Email: email"],
        ["email=kim@contoso.com", "email: email"],
        ["A=1\nA=2", "A: twice"],
        [`${"n".repeat(101)}=x`, `${"n".repeat(60)}: name-length`],
        ["T={user}", "T: placeholder"],
        ["T={user.}", "T: placeholder"],
        ["T={user.job title}", "T: placeholder"],
        ["T={user.jobtitle", "T: placeholder"],
        ["T={account.name}", "T: placeholder"],
        ["T={user.1st}", "T: placeholder"],
        ["T={user.a,b}", "T: placeholder"],
        ["T={user.name'}", "T: placeholder"],
        ["T={user.name&$expand=x}", "T: placeholder"],
        [`T={user.${"a".repeat(129)}}`, "T: placeholder"],
        ["T=a { b", "T: placeholder"],
    ])("%s", (text, drop) => {
        const parsed = parseVariables(text);
        expect(drops(parsed)).toEqual([drop]);
        expect(parsed.variables).toHaveLength(text.startsWith("A=1") ? 1 : 0);
    });

    test("is the rest after so many, longer names than so many letters, and neither is shortened", () => {
        const parsed = parseVariables(Array.from({ length: 103 }, (_, index) => `V${index}=x`).join("\n"));
        expect(parsed.variables).toHaveLength(MAX.variables);
        expect(drops(parsed)).toEqual(["V100: too-many", "V101: too-many", "V102: too-many"]);
        expect(parseVariables("A=1;B=2;C=3", 2).variables.map(({ name }) => name)).toEqual(["A", "B"]);
        expect(parseVariables(`${"n".repeat(100)}=x`).variables[0]?.name).toHaveLength(100);
    });
});

describe("placeholders", () => {
    const pieces = (text: string): unknown => parseVariables(`T=${text}`).variables[0]?.value;
    const user = (column: string): Piece => ({ row: "user", column });

    test.each<[string, Piece[]]>([
        ["{user.jobtitle}", [user("jobtitle")]],
        ["{User.JobTitle}", [user("jobtitle")]],
        ["{record._ownerid_value}", [{ row: "record", column: "_ownerid_value" }]],
        ["{user.a}{user.b} x", [user("a"), user("b"), " x"]],
        [
            "Deal {record.name} ({record.estimatedvalue})",
            ["Deal ", { row: "record", column: "name" }, " (", { row: "record", column: "estimatedvalue" }, ")"],
        ],
        ["{{user.jobtitle}", ["{", "user.jobtitle}"]],
        ["{{{user.jobtitle}", ["{", user("jobtitle")]],
        ["{{{{", ["{", "{"]],
        ["}", ["}"]],
    ])("%s", (text, expected) => {
        expect(pieces(text)).toEqual(expected);
    });

    test("work in JSON as well", () => {
        expect(parseVariables('{"T": "{user.jobtitle}"}').variables).toEqual([
            { name: "T", value: [user("jobtitle")] },
        ]);
    });

    test("name each column once, by row, in a fixed order", () => {
        const { variables } = parseVariables("A={user.b}{user.a}\nB={user.a} {record.c}\nC=x");
        expect(columnsOf("user", variables)).toEqual(["a", "b"]);
        expect(columnsOf("record", variables)).toEqual(["c"]);
        expect(columnsOf("user", parseVariables('{"A": 1, "B": "x"}').variables)).toEqual([]);
    });
});
