// Owns the fourth part: what stays after a thousand controls, and how the cost grows with the instances on one page.
import type { Life, Stack, Visit } from "../stack";
import { standIn } from "../stand-ins";
import type { StandIn } from "../stand-ins";
import { lineThrough, median, summarise } from "../stats";
import type { Line } from "../stats";
import { ratio, short, spread, whole } from "../table";
import { countTimers } from "../../timers";
import { cell, columns, inRounds } from "../part";
import type { PartResult, Run } from "../part";

const MOUNTS = 1_000;
const COUNTS = [1, 2, 5, 10, 20, 50] as const;

/** The heap may grow by so many bytes over all the mounts. */
const BUDGET = 1_000_000;

interface Pass {
    readonly heap: number;
    readonly listeners: number;
    readonly timers: number;
    readonly nodes: number;
    /** The heap's growth over the second half: what still grows there grows for ever. */
    readonly secondHalf: number;
    readonly workSlope: number;
    readonly workFit: number;
    readonly workBend: number;
    readonly heapSlope: number;
    readonly heapFit: number;
    readonly heapBend: number;
    readonly listenersSlope: number;
    readonly nodesSlope: number;
}

const timersOf = (visit: Visit): Promise<number> => visit.page.evaluate(() => window.runningTimers());

async function comeAndGo(visit: Visit, count: number): Promise<void> {
    await visit.page.evaluate(async (times) => {
        for (let index = 0; index < times; index++) {
            window.demoHost.mount().destroy();
            if (index % 50 === 0) await new Promise((over) => setTimeout(over, 0));
        }
    }, count);
}

/** Longer than anything waits that is not known to have ended with its control. */
const settle = (visit: Visit): Promise<void> => visit.page.waitForTimeout(1_500);

interface Growth extends Line {
    /**
     * What an instance costs from the 20th to the 50th, against the first ten: above 1, the cost grows with what is
     * there already.
     */
    readonly bend: number;
}

/** Adds instances until there are so many, and tells what the page has come to with each number. */
async function grow(visit: Visit): Promise<Record<"work" | "heap" | "listeners" | "nodes", Growth>> {
    const base: Life = await visit.life();
    const points: { readonly count: number; readonly work: number; readonly life: Life }[] = [];
    let work = 0;
    let count = 0;
    for (const next of COUNTS) {
        const before = await visit.cost();
        await visit.page.evaluate(async (times) => {
            for (let index = 0; index < times; index++) window.demoHost.mount();
            await new Promise((over) => setTimeout(over, 100));
        }, next - count);
        work += (await visit.cost()).work - before.work;
        count = next;
        points.push({ count, work, life: await visit.life() });
    }
    await visit.page.evaluate(() => [...window.demoHost.instances].forEach((instance) => instance.destroy()));
    const line = (pick: (point: (typeof points)[number]) => number): Growth => {
        const at = new Map(points.map((point) => [point.count, pick(point)]));
        const each = (from: number, to: number): number => ((at.get(to) ?? NaN) - (at.get(from) ?? NaN)) / (to - from);
        return { ...lineThrough([...at]), bend: each(20, 50) / each(1, 10) };
    };
    return {
        work: line((point) => point.work),
        heap: line(({ life }) => life.heap - base.heap),
        listeners: line(({ life }) => life.listeners - base.listeners),
        nodes: line(({ life }) => life.nodes - base.nodes),
    };
}

const pass = (stack: Stack, inPlace?: StandIn) => (): Promise<Pass> =>
    stack.visit(
        {},
        async (visit) => {
            await comeAndGo(visit, 50);
            const lines = await grow(visit);
            await comeAndGo(visit, 20);
            await settle(visit);
            const [before, timersBefore] = [await visit.life(), await timersOf(visit)];
            await comeAndGo(visit, MOUNTS / 2);
            await settle(visit);
            const middle = await visit.life();
            await comeAndGo(visit, MOUNTS / 2);
            await settle(visit);
            const [after, timersAfter] = [await visit.life(), await timersOf(visit)];
            return {
                heap: after.heap - before.heap,
                listeners: after.listeners - before.listeners,
                timers: timersAfter - timersBefore,
                nodes: after.nodes - before.nodes,
                secondHalf: after.heap - middle.heap,
                workSlope: lines.work.slope,
                workFit: lines.work.fit,
                workBend: lines.work.bend,
                heapSlope: lines.heap.slope,
                heapFit: lines.heap.fit,
                heapBend: lines.heap.bend,
                listenersSlope: lines.listeners.slope,
                nodesSlope: lines.nodes.slope,
            };
        },
        { ...standIn(inPlace), script: countTimers },
    );

export async function measureMounts(run: Run): Promise<PartResult> {
    const { stack } = run;
    const samples = await inRounds<Pass>(run, { control: pass(stack), "empty control": pass(stack, "empty control") });
    const names = Object.keys(samples);
    const summary = (name: string, member: keyof Pass) =>
        summarise(cell(samples, name).map((sample) => sample[member]));
    const ours = (member: keyof Pass): number[] => cell(samples, "control").map((sample) => sample[member]);
    const most = (member: keyof Pass): number => Math.max(...ours(member));
    return {
        title: `${whole(MOUNTS)} mounts, and many instances`,
        note: `After collection, against the same page before. Instances are added to one page until there are ${COUNTS.join(", ")}; the slope is that of the straight line through these points, the fit the share of the spread that the line explains (R²), and "late ×" what an instance costs from the 20th to the 50th against the first ten. The empty control returns one element and does nothing else: the rest of its cost is the host's and React's.`,
        tables: [
            {
                caption: `What ${whole(MOUNTS)} mounts and unmounts leave, median and quartiles (budget: heap below ${whole(BUDGET)} bytes, all else 0).`,
                columns: ["Subject", "Heap, bytes", "Of it the second half", "Listeners", "Timers", "Elements"],
                rows: names.map((name) => [
                    name,
                    spread(summary(name, "heap"), whole),
                    spread(summary(name, "secondHalf"), whole),
                    ...(["listeners", "timers", "nodes"] as const).map((member) =>
                        spread(summary(name, member), whole),
                    ),
                ]),
            },
            {
                caption: "What one more instance costs: slopes, and how straight the line is.",
                columns: [
                    "Subject",
                    "Main thread, ms",
                    "Fit",
                    "Late ×",
                    "Heap, bytes",
                    "Fit",
                    "Late ×",
                    "Listeners",
                    "Elements",
                ],
                rows: names.map((name) => [
                    name,
                    spread(summary(name, "workSlope")),
                    short(median(cell(samples, name).map(({ workFit }) => workFit))),
                    spread(summary(name, "workBend"), ratio),
                    spread(summary(name, "heapSlope"), whole),
                    short(median(cell(samples, name).map(({ heapFit }) => heapFit))),
                    spread(summary(name, "heapBend"), ratio),
                    spread(summary(name, "listenersSlope")),
                    spread(summary(name, "nodesSlope")),
                ]),
            },
        ],
        goals: [
            {
                text: `Heap after ${whole(MOUNTS)} mounts: less than ${whole(BUDGET)} bytes more`,
                figure: whole(most("heap")),
                isMet: most("heap") < BUDGET,
            },
            { text: "No more listeners", figure: whole(most("listeners")), isMet: most("listeners") <= 0 },
            { text: "No more timers", figure: whole(most("timers")), isMet: most("timers") <= 0 },
        ],
        bars: [],
        samples: columns(samples),
    };
}
