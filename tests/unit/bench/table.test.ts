// Covers bench/table.ts: how figures and tables are written.
import { between, interval, percent, ratio, short, spread, toMarkdown, toText, whole } from "../../bench/table";

test.each([
    [0, "0"],
    [0.0001, "0"],
    [0.0123, "0.012"],
    [0.5, "0.50"],
    [9.876, "9.88"],
    [12.34, "12.3"],
    [1234.5, "1,235"],
    [-3.21, "-3.21"],
])("%d is written %s", (value, text) => {
    expect(short(value)).toBe(text);
});

test("ratios, shares and whole numbers", () => {
    expect([1, 1.049, 0.0416, 0, 12.3].map(ratio)).toEqual(["1.00", "1.05", "0.042", "0", "12.30"]);
    expect([1, 0, 0.985].map(percent)).toEqual(["100 %", "0 %", "98.5 %"]);
    expect(whole(1234567.8)).toBe("1,234,568");
});

test("spread and interval say one figure where all are the same", () => {
    const summary = { count: 3, median: 2, low: 1.5, high: 2.5, from: 1.75, to: 2.25 };
    expect(spread(summary)).toBe("2.00 (1.50–2.50)");
    expect(interval(summary)).toBe("1.75–2.25");
    const point = { count: 1, median: 2, low: 2, high: 2, from: 2, to: 2 };
    expect([spread(point), interval(point)]).toEqual(["2.00", "2.00"]);
});

const table = {
    caption: "Sizes",
    columns: ["File", "Bytes"],
    rows: [["a|b", "1"], ["long name", "12,345"], ["short"]],
};

test("the terminal's table is in columns, figures to the right", () => {
    expect(toText(table)).toBe(
        ["Sizes", "File        Bytes", "─────────  ──────", "a|b             1", "long name  12,345", "short"].join(
            "\n",
        ),
    );
});

test("the Markdown table has a cell for each column, and nothing in it breaks it", () => {
    expect(toMarkdown(table)).toBe(
        ["Sizes", "", "| File | Bytes |", "|---|---:|", "| a\\|b | 1 |", "| long name | 12,345 |", "| short |  |"].join(
            "\n",
        ),
    );
});

test("only what stands between the markers is replaced", () => {
    const document = "Before\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nAfter\n";
    const next = between(document, "bench", "new");
    expect(next).toBe("Before\n<!-- bench:begin -->\nnew\n<!-- bench:end -->\nAfter\n");
    expect(between(next, "bench", "new")).toBe(next);
    for (const broken of ["", "<!-- bench:begin -->", "<!-- bench:end --><!-- bench:begin -->"])
        expect(() => between(broken, "bench", "new")).toThrow("no place for bench");
});
