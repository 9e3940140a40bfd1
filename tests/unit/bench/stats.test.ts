// Covers bench/stats.ts: figures that are known by hand, and what holds for all samples.
import fc from "fast-check";
import { lineThrough, median, quantile, randomFrom, ratios, shareInterval, summarise } from "../../bench/stats";

const samples = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 });

test.each([
    [[3], 3],
    [[1, 2], 1.5],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
])("the median of %j is %d", (list, middle) => {
    expect(median(list)).toBe(middle);
});

test("quantiles lie on straight lines between neighbours, and leave the samples as they were", () => {
    const list = [40, 10, 30, 20, 50];
    expect([0, 0.25, 0.375, 0.5, 0.75, 1].map((share) => quantile(list, share))).toEqual([10, 20, 25, 30, 40, 50]);
    expect(list).toEqual([40, 10, 30, 20, 50]);
    expect(() => quantile([], 0.5)).toThrow("nothing");
});

test("a summary is in order, inside of the samples, and the same each time", () => {
    fc.assert(
        fc.property(samples, (list) => {
            const summary = summarise(list);
            const { median: middle, low, high, from, to } = summary;
            const [least, most] = [Math.min(...list), Math.max(...list)];
            expect([
                least <= low,
                low <= middle,
                middle <= high,
                high <= most,
                least <= from,
                from <= to,
                to <= most,
            ]).toEqual(Array(7).fill(true));
            expect(summarise(list)).toEqual(summary);
        }),
        { numRuns: 10 },
    );
});

test("the interval of the median holds the true one in about 95 of 100 cases", () => {
    const random = randomFrom(7);
    let held = 0;
    for (let turn = 0; turn < 100; turn++) {
        const { from, to } = summarise(Array.from({ length: 15 }, () => random() ** 2));
        if (from <= 0.25 && 0.25 <= to) held++;
    }
    expect(held).toBeGreaterThan(88);
    expect(held).toBeLessThanOrEqual(100);
});

test("the interval is narrow where the samples agree, and a point where there is one only", () => {
    expect(summarise([2, 2, 2])).toEqual({ count: 3, median: 2, low: 2, high: 2, from: 2, to: 2 });
    expect(summarise([5])).toMatchObject({ from: 5, to: 5 });
});

test("ratios are taken within each round, and never between lists of different lengths", () => {
    expect(ratios([2, 9], [4, 3])).toEqual([0.5, 3]);
    expect(() => ratios([1, 2], [1])).toThrow("2 values cannot be held against 1.");
});

test("a line is found again, its fit is 1, and less where the points stray", () => {
    const line = lineThrough([1, 2, 5, 10].map((x) => [x, 3 * x + 7]));
    expect(line.slope).toBeCloseTo(3);
    expect(line.intercept).toBeCloseTo(7);
    expect(line.fit).toBeCloseTo(1);
    // As far up as down: no slope.
    expect(
        lineThrough([
            [1, 1],
            [2, 4],
            [3, 1],
        ]),
    ).toEqual({ slope: 0, intercept: 2, fit: 0 });
    expect(
        lineThrough([
            [1, 4],
            [2, 4],
        ]).fit,
    ).toBe(1);
    expect(() =>
        lineThrough([
            [1, 1],
            [1, 2],
        ]),
    ).toThrow("two places");
});

test.each([
    // After Wilson, as tables have it.
    [0, 10, 0, 0.278],
    [10, 10, 0.722, 1],
    [5, 10, 0.237, 0.763],
    [200, 200, 0.981, 1],
])("a share of %d in %d lies between %d and %d", (hits, tries, from, to) => {
    const interval = shareInterval(hits, tries);
    expect(interval.from).toBeCloseTo(from, 3);
    expect(interval.to).toBeCloseTo(to, 3);
});

test("there is no share of nothing", () => {
    expect(() => shareInterval(0, 0)).toThrow("nothing");
});

test("random numbers repeat with their seed, and lie evenly from 0 to 1", () => {
    const [one, same, other] = [randomFrom(1), randomFrom(1), randomFrom(2)];
    const list = Array.from({ length: 10_000 }, () => one());
    expect(list.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => same()));
    expect(list[0]).not.toBe(other());
    expect(Math.min(...list)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...list)).toBeLessThan(1);
    for (let tenth = 0; tenth < 10; tenth++)
        expect(list.filter((value) => Math.floor(value * 10) === tenth).length).toBeGreaterThan(900);
});
