// Covers context/parse: what holds for every text, whatever a maker, a formula or a column has put there.
import fc from "fast-check";
import { columnsOf, parseVariables } from "../../../ChatWithAgent/context/parse";

const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.json(),
    fc
        .array(
            fc.oneof(
                fc.constantFrom(
                    "=",
                    ";",
                    "\n",
                    "{",
                    "}",
                    "{{",
                    "{user.",
                    "{record.",
                    "jobtitle}",
                    "__proto__",
                    "Email",
                    "null",
                    '"',
                    ",",
                    "$select",
                ),
                fc.string({ maxLength: 5 }),
            ),
            { maxLength: 40 },
        )
        .map((parts) => parts.join("")),
    fc
        .dictionary(fc.string(), fc.anything())
        .map((object) =>
            JSON.stringify(object, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
        ),
);

test("nothing is thrown, names and values keep to the limits, and only plain names get to be columns", () => {
    fc.assert(
        fc.property(hostile, (text) => {
            const { variables, dropped } = parseVariables(text);
            expect(variables.length).toBeLessThanOrEqual(100);
            expect(new Set(variables.map(({ name }) => name)).size).toBe(variables.length);
            for (const { name, value } of variables) {
                expect(name.length).toBeGreaterThan(0);
                expect(name.length).toBeLessThanOrEqual(100);
                expect(["__proto__", "constructor", "prototype", "null"]).not.toContain(name);
                expect(name.toLowerCase()).not.toBe("email");
                if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
            }
            for (const row of ["user", "record"] as const)
                for (const column of columnsOf(row, variables)) expect(column).toMatch(/^[a-z_][a-z0-9_]{0,127}$/);
            for (const { name } of dropped) expect(name.length).toBeLessThanOrEqual(60);
        }),
        { numRuns: 500 },
    );
});

test("plain lines are read as they are written", () => {
    const word = fc
        .stringMatching(/^[A-Za-z][A-Za-z0-9 ]{0,20}[A-Za-z0-9]$/)
        .filter(
            (name) =>
                name.toLowerCase() !== "email" && name !== "null" && name !== "constructor" && name !== "prototype",
        );
    fc.assert(
        fc.property(fc.dictionary(word, word, { minKeys: 1, maxKeys: 20 }), (given) => {
            const entries = Object.entries(given);
            const written = entries.map(([name, value]) => `${name}=${value}`);
            for (const text of [written.join("\n"), written.join(";"), JSON.stringify(given)])
                expect(parseVariables(text).variables).toEqual(
                    entries.map(([name, value]) => ({ name, value: [value] })),
                );
        }),
    );
});

test("long texts are read in time that grows with their length", () => {
    for (const piece of ["{", "{{", "{user.", "{user.a}", "=", ";", "a=b;", "\n"]) {
        const begun = performance.now();
        parseVariables(piece.repeat(50_000));
        expect(performance.now() - begun).toBeLessThan(1_000);
    }
});
