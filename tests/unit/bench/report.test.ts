// Covers bench/report.ts: what the documentation and the terminal get of the results.
import { PART_NAMES } from "../../bench/options";
import { chartOf, documentOf, goalsOf, merged, missingOf } from "../../bench/report";
import type { Measured, Results } from "../../bench/report";

const part = (title: string, isMet: boolean): Measured => ({
    title,
    note: `How ${title} is measured.`,
    tables: [{ caption: `Table of ${title}.`, columns: ["Row", "Figure"], rows: [["one", "1.00"]] }],
    goals: [{ text: `Goal of ${title}`, figure: "1.00", isMet }],
    bars: [{ group: title, label: "one", median: 1, low: 1, high: 1 }],
    samples: {},
    date: "2026-11-26T05:00:00.000Z",
    commit: "abc1234",
    rounds: 15,
    seconds: 75,
});

const results = (mode: Results["mode"]): Results => ({
    mode,
    bundle: "0123456789ab",
    machine: {
        processor: "Some processor",
        cores: 2,
        memory: 24,
        system: "linux 6",
        node: "v20.0.0",
        browser: "140.0",
    },
    parts: { ready: part("Ready", false), bundle: part("Bundle", true) },
});

test("the documentation names date, runs, machine, goals, and every part with its note, tables and time", () => {
    const text = documentOf(results("full"));
    for (const piece of [
        "**2026-11-26**, bundle 0123456789ab.",
        "Some processor, 2 cores, 24 GiB",
        "Chromium 140.0",
        "| Goal of Ready | 1.00 | no |",
        "| Goal of Bundle | 1.00 | yes |",
        "### Ready",
        "How Bundle is measured.",
        "| one | 1.00 |",
        "Measured on 2026-11-26 with 15 rounds, in 75 s, at commit abc1234.",
        "Measured on 2026-11-26 once, in 75 s, at commit abc1234.",
        "(images/performance.svg)",
    ])
        expect(text).toContain(piece);
});

test("a quick look is never called a measurement", () => {
    expect(documentOf(results("quick"))).toContain("a quick look, no measurement");
    expect(chartOf(results("quick"))).toContain("a quick look and no measurement");
    expect(documentOf(results("full")) + chartOf(results("full"))).not.toContain("no measurement");
});

test("every goal of every part is listed", () => {
    expect(goalsOf(results("full")).rows).toEqual([
        ["Goal of Ready", "1.00", "no"],
        ["Goal of Bundle", "1.00", "yes"],
    ]);
});

test("the chart has the bars of all parts", () => {
    const svg = chartOf(results("full"));
    for (const group of ["Ready", "Bundle"]) expect(svg).toContain(`>${group}</text>`);
});

describe("parts of an earlier run", () => {
    const earlier = results("full");
    const now: Results = { ...earlier, parts: { bundle: part("New bundle", true) } };

    test("stay beside those of this one, in the usual order", () => {
        const both = merged(earlier, now);
        expect(Object.keys(both.parts)).toEqual(["ready", "bundle"]);
        expect(both.parts.bundle?.title).toBe("New bundle");
        expect(both.parts.ready).toBe(earlier.parts.ready);
        expect(missingOf(both)).toEqual(PART_NAMES.filter((name) => name !== "ready" && name !== "bundle"));
    });

    test("measured with too few rounds or conversations count as missing", () => {
        const parts = Object.fromEntries(
            PART_NAMES.map((name) => [name, { ...part(name, true), rounds: name === "context" ? 200 : 15 }]),
        );
        expect(missingOf({ ...earlier, parts })).toEqual([]);
        const fewer = Object.fromEntries(
            PART_NAMES.map((name) => [name, { ...part(name, true), rounds: name === "context" ? 199 : 14 }]),
        );
        // What is counted once needs no rounds.
        expect(missingOf({ ...earlier, parts: fewer })).toEqual(PART_NAMES.filter((name) => name !== "bundle"));
    });

    test.each<[string, Results | undefined, Results]>([
        ["there are none", undefined, now],
        ["another bundle", { ...earlier, bundle: "ba9876543210" }, now],
        ["another machine", { ...earlier, machine: { ...earlier.machine, cores: 8 } }, now],
        ["a quick look before", { ...earlier, mode: "quick" }, now],
        ["a quick look now", earlier, { ...now, mode: "quick" }],
    ])("do not count: %s", (_, before, after) => {
        expect(Object.keys(merged(before, after).parts)).toEqual(["bundle"]);
    });
});
