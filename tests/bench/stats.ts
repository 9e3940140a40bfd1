// Owns the statistics of the benchmark: medians, spread, intervals and straight lines. Pure; the same samples always
// give the same figures.

/** A source of numbers from 0 to below 1 that is the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
    let state = seed | 0;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
}

/** The value below which this share of the samples lies, with straight lines between neighbours. */
export function quantile(samples: readonly number[], share: number): number {
    if (samples.length === 0) throw new Error("There is no quantile of nothing.");
    const sorted = [...samples].sort((one, other) => one - other);
    const at = share * (sorted.length - 1);
    const below = sorted[Math.floor(at)] ?? NaN;
    const above = sorted[Math.ceil(at)] ?? NaN;
    return below + (above - below) * (at - Math.floor(at));
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** What a set of samples comes to. */
export interface Summary {
    readonly count: number;
    readonly median: number;
    /** The quartiles: half of the samples lie between them. */
    readonly low: number;
    readonly high: number;
    /** The 95 % interval of the median. */
    readonly from: number;
    readonly to: number;
}

const RESAMPLES = 2_000;

/**
 * Summarises samples; the interval of the median comes from bootstrap resampling, which asks nothing of how the
 * samples are distributed.
 */
export function summarise(samples: readonly number[]): Summary {
    const random = randomFrom(samples.length);
    const medians = Array.from({ length: RESAMPLES }, () =>
        median(samples.map(() => samples[Math.floor(random() * samples.length)] ?? NaN)),
    );
    return {
        count: samples.length,
        median: median(samples),
        low: quantile(samples, 0.25),
        high: quantile(samples, 0.75),
        from: quantile(medians, 0.025),
        to: quantile(medians, 0.975),
    };
}

/** Ratios within each round: what disturbs a round disturbs both of its sides. */
export function ratios(values: readonly number[], references: readonly number[]): number[] {
    if (values.length !== references.length)
        throw new Error(`${values.length} values cannot be held against ${references.length}.`);
    return values.map((value, round) => value / (references[round] ?? NaN));
}

/** A straight line through points by least squares; `fit` is the share of the spread that it explains (R²). */
export interface Line {
    readonly slope: number;
    readonly intercept: number;
    readonly fit: number;
}

export function lineThrough(points: readonly (readonly [x: number, y: number])[]): Line {
    const mean = (pick: (point: readonly [number, number]) => number): number =>
        points.reduce((sum, point) => sum + pick(point), 0) / points.length;
    const [meanX, meanY] = [mean(([x]) => x), mean(([, y]) => y)];
    const spreadX = mean(([x]) => (x - meanX) ** 2);
    if (!(spreadX > 0)) throw new Error("A line needs points at two places or more.");
    const spreadY = mean(([, y]) => (y - meanY) ** 2);
    const slope = mean(([x, y]) => (x - meanX) * (y - meanY)) / spreadX;
    return { slope, intercept: meanY - slope * meanX, fit: spreadY === 0 ? 1 : (slope ** 2 * spreadX) / spreadY };
}

/** The 95 % interval of a share, after Wilson: it is right near 0 and 1, too. */
export function shareInterval(hits: number, tries: number): { readonly from: number; readonly to: number } {
    if (tries === 0) throw new Error("There is no share of nothing.");
    const z = 1.959964;
    const share = hits / tries;
    const centre = share + z ** 2 / (2 * tries);
    const half = z * Math.sqrt((share * (1 - share)) / tries + z ** 2 / (4 * tries ** 2));
    const whole = 1 + z ** 2 / tries;
    return { from: Math.max(0, (centre - half) / whole), to: Math.min(1, (centre + half) / whole) };
}
