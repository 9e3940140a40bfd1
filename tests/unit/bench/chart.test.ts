// Covers bench/chart.ts: the drawing is well formed, says what it shows, and its lengths are the figures.
import { parseXml } from "../../../tools/pack/xml.mjs";
import { drawChart } from "../../bench/chart";
import type { Bar } from "../../bench/part";

const bars: Bar[] = [
    { group: "Time <ready>", label: "control & co", median: 1, low: 0.9, high: 1.1, limit: 1.05 },
    { group: "Time <ready>", label: "twice as long", median: 2, low: 1.9, high: 2.1, limit: 1.05 },
    { group: "Share", label: "all", median: 1, low: 1, high: 1 },
];

const widths = (svg: string): number[] =>
    [...svg.matchAll(/class="bar"[^>]* width="([\d.]+)"/g)].map(([, width]) => Number(width));

test("it is XML with title and description, and holds every text escaped", () => {
    const svg = drawChart("Title & more", "What <it> shows", bars);
    expect(parseXml(Buffer.from(svg), "chart.svg").documentElement?.tagName).toBe("svg");
    for (const text of [
        "Title &amp; more",
        "What &lt;it&gt; shows",
        "Time &lt;ready&gt;",
        "control &amp; co",
        "2.00 (1.90–2.10)",
    ])
        expect(svg).toContain(text);
    expect(svg).toContain('aria-labelledby="t d"');
    expect(svg).toContain("prefers-color-scheme: dark");
});

test("bars of a group have one scale, each group its own", () => {
    const [one, two, all] = widths(drawChart("t", "d", bars));
    expect((two ?? 0) / (one ?? 1)).toBeCloseTo(2, 2);
    expect(all).toBeGreaterThan(two ?? Infinity);
});

test("a group has a line for its budget only if it has one", () => {
    const limits = (list: Bar[]): number => drawChart("t", "d", list).split('class="limit"').length - 1;
    expect(limits(bars)).toBe(1);
    expect(limits(bars.slice(2))).toBe(0);
});

test("what is below 0, or all 0, is drawn as nothing", () => {
    expect(widths(drawChart("t", "d", [{ group: "g", label: "l", median: -0.5, low: -1, high: 0.5 }]))).toEqual([0]);
    const nothing = drawChart("t", "d", [{ group: "g", label: "l", median: 0, low: 0, high: 0 }]);
    expect(widths(nothing)).toEqual([0]);
    expect(nothing).not.toMatch(/NaN|Infinity/);
});
