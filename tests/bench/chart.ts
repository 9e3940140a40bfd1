// Owns the chart: bars with their quartiles, by groups, as an SVG that is readable on light and dark grounds. Pure.
import type { Bar } from "./part";
import { ratio } from "./table";

const WIDTH = 880;
const LABELS = 290;
const FIGURES = 130;
const ROW = 22;
const HEADING = 44;

const escaped = (text: string): string =>
    text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
const at = (value: number): string => value.toFixed(1).replace(/\.0$/, "");

/** Draws the bars; each group has a scale of its own, beginning at 0, and a line where its budget lies. */
export function drawChart(title: string, description: string, bars: readonly Bar[]): string {
    const groups = new Map<string, Bar[]>();
    for (const bar of bars) groups.set(bar.group, [...(groups.get(bar.group) ?? []), bar]);
    const space = WIDTH - LABELS - FIGURES;
    const parts: string[] = [];
    let y = 12;
    for (const [group, members] of groups) {
        const scale =
            space / (Math.max(0, ...members.flatMap(({ high, median, limit = 0 }) => [high, median, limit])) || 1);
        parts.push(`<text class="group" x="16" y="${y + 22}">${escaped(group)}</text>`);
        y += HEADING;
        const top = y - 6;
        for (const { label, median, low, high } of members) {
            const middle = y + ROW / 2 - 4;
            parts.push(`<text x="${LABELS - 10}" y="${middle + 4}" text-anchor="end">${escaped(label)}</text>`);
            parts.push(
                `<rect class="bar" x="${LABELS}" y="${middle - 6}" width="${at(Math.max(0, median * scale))}" height="12" rx="2"/>`,
            );
            const [from, to] = [LABELS + Math.max(0, low) * scale, LABELS + Math.max(0, high) * scale];
            parts.push(
                `<path class="spread" d="M${at(from)} ${middle}H${at(to)}M${at(from)} ${middle - 4}v8M${at(to)} ${middle - 4}v8"/>`,
            );
            parts.push(
                `<text class="figure" x="${WIDTH - 16}" y="${middle + 4}" text-anchor="end">${ratio(median)} (${ratio(low)}–${ratio(high)})</text>`,
            );
            y += ROW;
        }
        const [limit] = members.flatMap((bar) => bar.limit ?? []);
        if (limit !== undefined) parts.push(`<path class="limit" d="M${at(LABELS + limit * scale)} ${top}V${y - 4}"/>`);
        y += 8;
    }
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 8}" width="${WIDTH}" height="${y + 8}" role="img" aria-labelledby="t d" font-family="'Segoe UI', system-ui, -apple-system, Roboto, Helvetica, Arial, sans-serif" font-size="12">
<title id="t">${escaped(title)}</title>
<desc id="d">${escaped(description)}</desc>
<style>
svg { color: #1b1f24; background: #ffffff }
text { fill: currentColor }
.group { font-size: 13.5px; font-weight: 600 }
.figure { font-variant-numeric: tabular-nums }
.bar { fill: #7fb0e6 }
.spread { stroke: currentColor; stroke-width: 1.4; fill: none }
.limit { stroke: #c4314b; stroke-width: 1.4; stroke-dasharray: 4 3; fill: none }
@media (prefers-color-scheme: dark) {
svg { color: #e6e9ed; background: #1b1f24 }
.bar { fill: #2f6db3 }
.limit { stroke: #ff8f9f }
}
</style>
${parts.join("\n")}
</svg>
`;
}
