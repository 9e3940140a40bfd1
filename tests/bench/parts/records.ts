// Owns the third part: what the control costs while its user goes through records with an open chat.
import type { Stack, Visit } from "../stack";
import { STAND_INS, standIn } from "../stand-ins";
import type { StandIn } from "../stand-ins";
import { median, summarise } from "../stats";
import { short, spread } from "../table";
import { cell, columns, inRounds } from "../part";
import type { PartResult, Run } from "../part";

const RECORDS = 100;

/** Between two records, in milliseconds: what a record has set going is over by then. */
const PAUSE = 5;

/** The main thread may be kept busy by us for so long at a record, in milliseconds. */
const BUDGET = 2;

type Way = "nothing" | "moves" | "replaced" | "unchanged";

/** Processor time of the main thread for a record, in milliseconds, and counts over all records. */
interface Pass {
    readonly moves: number;
    readonly replaced: number;
    /** What is measured when nothing happens, against nothing happening. */
    readonly noise: number;
    /** Of `moves` and `replaced`, what is spent in the bundle's own functions, without those of React and Fluent that they call. */
    readonly movesOwn: number;
    readonly replacedOwn: number;
    readonly movesRenders: number;
    readonly replacedRenders: number;
    readonly unchangedRenders: number;
    readonly userCalls: number;
    readonly calls: number;
}

/** Goes through records in one of the host's ways: nothing happens, one control moves along, or each record has a control of its own. */
function goThrough(visit: Visit, way: Way): Promise<void> {
    return visit.page.evaluate(
        async ([how, count, pause]) => {
            const recordOf = (index: number) => ({ record: { table: "account", id: `00000000-0000-4000-9000-${String(index).padStart(12, "0")}`, name: `Record ${String(index)}` } });
            for (let index = 0; index < count; index++) {
                const instance = window.demoHost.instances.at(-1);
                if (how === "moves") instance?.change(recordOf(index));
                else if (how === "unchanged") instance?.update();
                else if (how === "replaced") {
                    window.demoHost.mount(recordOf(index));
                    instance?.destroy();
                }
                await new Promise((over) => setTimeout(over, pause));
            }
        },
        [way, RECORDS, PAUSE] as const,
    );
}

async function workFor(visit: Visit, way: Way): Promise<{ readonly work: number; readonly renders: number }> {
    // What the last pass has left to be collected is not this one's.
    await visit.life();
    const renders = await visit.page.evaluate(() => window.bench.renders);
    const before = await visit.cost();
    await goThrough(visit, way);
    const after = await visit.cost();
    return { work: (after.work - before.work) / RECORDS, renders: (await visit.page.evaluate(() => window.bench.renders)) - renders };
}

const ownTime = async (visit: Visit, way: Way): Promise<number> => (await visit.profile("/control-bundle/", () => goThrough(visit, way))) / RECORDS;

/** Goes through records with an open chat: one that the control has opened, or beside a stand-in one that the bare tag has. */
const pass = (stack: Stack, inPlace?: StandIn) => (): Promise<Pass> =>
    stack.visit(
        {},
        async (visit) => {
            await visit.page.evaluate(() => void window.demoHost.mount());
            // The open chat looks after itself in each frame, the more the more moves on the page: so it stands beside all of them.
            if (inPlace) await visit.page.evaluate(() => window.bench.go("bare-tag", 1, true));
            else await visit.press();
            await visit.until("queued");
            await visit.page.locator('textarea[data-testid="send box text area"]').waitFor();
            // Who goes through records points at something else.
            await visit.page.mouse.move(0, 0);
            await visit.page.waitForTimeout(500);
            const calls = await stack.webApi();
            // Once without being counted: what is done the first time only is not done for each record.
            await goThrough(visit, "replaced");
            const [nothing, moves, replaced] = [await workFor(visit, "nothing"), await workFor(visit, "moves"), await workFor(visit, "replaced")];
            const counted = { moves: moves.work - nothing.work, replaced: replaced.work - nothing.work, movesRenders: moves.renders, replacedRenders: replaced.renders };
            // The rest is asked of the control only.
            if (inPlace) return { ...counted, noise: NaN, movesOwn: NaN, replacedOwn: NaN, unchangedRenders: 0, userCalls: 0, calls: 0 };
            const [again, unchanged] = [await workFor(visit, "nothing"), await workFor(visit, "unchanged")];
            const [movesOwn, replacedOwn] = [await ownTime(visit, "moves"), await ownTime(visit, "replaced")];
            const since = (await stack.webApi()).slice(calls.length);
            return { ...counted, noise: again.work - nothing.work, movesOwn, replacedOwn, unchangedRenders: unchanged.renders, userCalls: since.filter((table) => table === "systemuser").length, calls: since.length };
        },
        standIn(inPlace),
    );

export async function measureRecords(run: Run): Promise<PartResult> {
    const { stack } = run;
    const standIns = (Object.keys(STAND_INS) as StandIn[]).filter((name) => !run.quick || name === "empty control").map((name) => [name, pass(stack, name)] as const);
    const samples = await inRounds<Pass>(run, { control: pass(stack), ...Object.fromEntries(standIns) });
    const ours = cell(samples, "control");
    const most = (member: keyof Pass): number => Math.max(...ours.map((sample) => sample[member]));
    const times = (name: string, member: keyof Pass): number[] => cell(samples, name).map((sample) => sample[member]);
    /** What the control costs beyond the empty one, in the same round. */
    const share = (way: "moves" | "replaced"): number[] => ours.map((sample, round) => sample[way] - (cell(samples, "empty control")[round]?.[way] ?? NaN));
    const ways = [
        ["the same control moves on", "moves", "movesOwn", "movesRenders"],
        ["each record has its own control", "replaced", "replacedOwn", "replacedRenders"],
    ] as const;
    const noise = summarise(times("control", "noise"));
    return {
        title: `Through ${RECORDS} records with an open chat`,
        note: `Processor time of the main thread for a record, less what the page needs in the same time when nothing happens. Each pass has ${RECORDS} records, ${PAUSE} ms apart. The empty control returns one element, the plain Fluent button a provider with one button in it: what they cost is the platform's, beside a chat that the bare tag has opened. Our share is what is left of the control's time after the empty control's; the bundle's own code is what a profile finds in its functions, without those of React and Fluent that they call.`,
        tables: [
            {
                caption: `Main thread at a record, ms, median and quartiles (budget of our share: below ${BUDGET} ms).`,
                columns: ["Way", "Control", "Empty control", "Plain Fluent button", "Our share", "Of the budget ×", "The bundle's own code", "Renders for a record"],
                rows: [
                    ...ways.map(([label, way, own, renders]) => [
                        label,
                        ...["control", "empty control", "plain Fluent button"].map((name) => (name in samples ? spread(summarise(times(name, way))) : "–")),
                        spread(summarise(share(way))),
                        spread(summarise(share(way).map((time) => time / BUDGET))),
                        spread(summarise(times("control", own))),
                        short(median(times("control", renders)) / RECORDS),
                    ]),
                    ["A/A: nothing happens, once more", spread(noise), "–", "–", "–", "–", "–", "–"],
                ],
            },
            {
                caption: "Counts over all passes, the highest of all rounds.",
                columns: ["Count", "Most"],
                rows: [
                    ["Web API calls for the user", String(most("userCalls"))],
                    ["Web API calls in all", String(most("calls"))],
                    [`Renders at ${RECORDS} updateViews with unchanged inputs`, String(most("unchangedRenders"))],
                    [`Renders while one control moves through ${RECORDS} records`, String(most("movesRenders"))],
                ],
            },
        ],
        goals: [
            ...ways.map(([label, way]) => ({ text: `Our share at a record, ${label}: below ${BUDGET} ms`, figure: `${short(median(share(way)))} ms`, isMet: median(share(way)) < BUDGET })),
            { text: "No more Web API calls for the user", figure: String(most("userCalls")), isMet: most("userCalls") === 0 },
            { text: "No render at updateView with unchanged inputs", figure: String(most("unchangedRenders")), isMet: most("unchangedRenders") === 0 },
        ],
        bars: ways.map(([label, way]) => {
            const { median: middle, low, high } = summarise(share(way).map((time) => time / BUDGET));
            return { group: `Our main-thread time at a record, budget of ${BUDGET} ms = 1`, label, median: middle, low, high, limit: 1 };
        }),
        samples: columns(samples),
    };
}
