// Owns the third part: what the control costs while its user goes through records with an open chat.
import type { Stack, Visit } from "../stack";
import { STAND_INS, standIn } from "../stand-ins";
import type { StandIn } from "../stand-ins";
import { median, summarise } from "../stats";
import { short, spread } from "../table";
import { cell, columns, inRounds } from "../part";
import type { PartResult, Run } from "../part";

const RECORDS = 100;

/** Records of a pass that is profiled, or that only warms up. */
const FEW = 50;

/** The main thread may be kept busy by us for so long at a record, in milliseconds. */
const BUDGET = 2;

type Way = "nothing" | "moves" | "replaced" | "unchanged";

/** Processor time of the main thread for a record, in milliseconds, and counts over all records. */
interface Pass {
    readonly moves: number;
    readonly replaced: number;
    /** When nothing happens but time passing: the page with its chat, and whatever of the control goes on by itself. */
    readonly nothing: number;
    /**
     * Of `moves` and `replaced`, what is spent in the bundle's own functions, without those of React and Fluent that
     * they call.
     */
    readonly movesOwn: number;
    readonly replacedOwn: number;
    readonly movesRenders: number;
    readonly replacedRenders: number;
    readonly unchangedRenders: number;
    readonly userCalls: number;
    readonly calls: number;
}

/**
 * Goes through records in one of the host's ways: nothing happens, one control moves along, or each record has a
 * control of its own.
 * Each is waited for until it has been painted, so that as much time passes in each way, whatever it costs.
 */
function goThrough(visit: Visit, way: Way, records = RECORDS): Promise<void> {
    return visit.page.evaluate(
        async ([how, count]) => {
            const recordOf = (index: number) => ({
                record: {
                    table: "account",
                    id: `00000000-0000-4000-9000-${String(index).padStart(12, "0")}`,
                    name: `Record ${String(index)}`,
                },
            });
            for (let index = 0; index < count; index++) {
                const instance = window.demoHost.instances.at(-1);
                if (how === "moves") instance?.change(recordOf(index));
                else if (how === "unchanged") instance?.update();
                else if (how === "replaced") {
                    window.demoHost.mount(recordOf(index));
                    instance?.destroy();
                }
                // Style, layout and paint come between a frame's callback and the next task.
                await new Promise((over) => requestAnimationFrame(() => setTimeout(over, 0)));
            }
        },
        [way, records] as const,
    );
}

async function workFor(visit: Visit, way: Way): Promise<{ readonly work: number; readonly renders: number }> {
    // What the last pass has left to be collected is not this one's.
    await visit.life();
    const renders = await visit.page.evaluate(() => window.bench.renders);
    const before = await visit.cost();
    await goThrough(visit, way);
    const after = await visit.cost();
    return {
        work: (after.work - before.work) / RECORDS,
        renders: (await visit.page.evaluate(() => window.bench.renders)) - renders,
    };
}

const ownTime = async (visit: Visit, way: Way): Promise<number> =>
    (await visit.profile("/control-bundle/", () => goThrough(visit, way, FEW))) / FEW;

/**
 * Goes through records with an open chat: one that the control has opened, or beside a stand-in one that the bare tag
 * has.
 */
const pass = (stack: Stack, inPlace?: StandIn) => (): Promise<Pass> =>
    stack.visit(
        {},
        async (visit) => {
            await visit.page.evaluate(() => void window.demoHost.mount());
            // The open chat looks after itself in each frame, the more the more moves on the page: so it stands
            // beside all of them.
            if (inPlace) await visit.page.evaluate(() => window.bench.go("bare-tag", 1, true));
            else await visit.press();
            await visit.until("queued");
            await visit.widget.locator('textarea[data-testid="send box text area"]').waitFor();
            // Who goes through records points at something else.
            await visit.page.mouse.move(0, 0);
            await visit.page.waitForTimeout(500);
            const calls = await stack.webApi();
            // Once without being counted: what is done the first time only is not done for each record.
            await goThrough(visit, "replaced", FEW);
            const [nothing, moves, replaced] = [
                await workFor(visit, "nothing"),
                await workFor(visit, "moves"),
                await workFor(visit, "replaced"),
            ];
            const counted = {
                nothing: nothing.work,
                moves: moves.work - nothing.work,
                replaced: replaced.work - nothing.work,
                movesRenders: moves.renders,
                replacedRenders: replaced.renders,
            };
            // The rest is asked of the control only.
            if (inPlace)
                return { ...counted, movesOwn: NaN, replacedOwn: NaN, unchangedRenders: 0, userCalls: 0, calls: 0 };
            const unchanged = await workFor(visit, "unchanged");
            const [movesOwn, replacedOwn] = [await ownTime(visit, "moves"), await ownTime(visit, "replaced")];
            const since = (await stack.webApi()).slice(calls.length);
            return {
                ...counted,
                movesOwn,
                replacedOwn,
                unchangedRenders: unchanged.renders,
                userCalls: since.filter((table) => table === "systemuser").length,
                calls: since.length,
            };
        },
        standIn(inPlace),
    );

export async function measureRecords(run: Run): Promise<PartResult> {
    const { stack } = run;
    const standIns = (Object.keys(STAND_INS) as StandIn[])
        .filter((name) => !run.quick || name === "empty control")
        .map((name) => [name, pass(stack, name)] as const);
    const samples = await inRounds<Pass>(run, {
        control: pass(stack),
        ...Object.fromEntries(standIns),
        ...(run.quick ? {} : { "empty control again": pass(stack, "empty control") }),
    });
    const ours = cell(samples, "control");
    const most = (member: keyof Pass): number => Math.max(...ours.map((sample) => sample[member]));
    const times = (name: string, member: keyof Pass): number[] => cell(samples, name).map((sample) => sample[member]);
    /** What a subject costs beyond the empty control, in the same round. */
    const beyond = (name: string, way: "moves" | "replaced" | "nothing"): number[] =>
        cell(samples, name).map((sample, round) => sample[way] - (cell(samples, "empty control")[round]?.[way] ?? NaN));
    const share = (way: "moves" | "replaced"): number[] => beyond("control", way);
    const isMeasured = (name: string): boolean => name in samples;
    const ways = [
        ["the same control moves on", "moves", "movesOwn", "movesRenders"],
        ["each record has its own control", "replaced", "replacedOwn", "replacedRenders"],
    ] as const;
    return {
        title: `Through ${RECORDS} records with an open chat`,
        note: `Processor time of the main thread for a record, less what the page needs when nothing happens for as long. Each pass has ${RECORDS} records; the next one comes when the last has been painted, which is sooner than anybody turns pages, so what a control does after 100 ms (its outputs) or 1 s (who stays on a record) is not in these times. The Web API calls of records on which a user stays are counted in \`npm test\`. The empty control returns one element, the plain Fluent button is one Button in the host's provider: what they cost is the platform's, beside a chat that the bare tag has opened. Our share is what is left of the control's time after the empty control's in the same round; the bundle's own code is what a profile of ${FEW} records finds in its functions, without those of React and Fluent that they call. Milliseconds are this machine's.`,
        tables: [
            {
                caption: `Main thread at a record, ms, median and quartiles (budget of our share: below ${BUDGET} ms). A/A: the empty control against itself, measured as if it were two.`,
                columns: [
                    "Way",
                    "Control",
                    "Empty control",
                    "Plain Fluent button",
                    "Our share",
                    "Of the budget ×",
                    "A/A",
                    "The bundle's own code",
                    "Renders for a record",
                ],
                rows: [
                    ...ways.map(([label, way, own, renders]) => [
                        label,
                        ...["control", "empty control", "plain Fluent button"].map((name) =>
                            isMeasured(name) ? spread(summarise(times(name, way))) : "–",
                        ),
                        spread(summarise(share(way))),
                        spread(summarise(share(way).map((time) => time / BUDGET))),
                        isMeasured("empty control again") ? spread(summarise(beyond("empty control again", way))) : "–",
                        spread(summarise(times("control", own))),
                        short(median(times("control", renders)) / RECORDS),
                    ]),
                    [
                        "nothing happens, for as long",
                        ...["control", "empty control", "plain Fluent button"].map((name) =>
                            isMeasured(name) ? spread(summarise(times(name, "nothing"))) : "–",
                        ),
                        spread(summarise(beyond("control", "nothing"))),
                        "–",
                        isMeasured("empty control again")
                            ? spread(summarise(beyond("empty control again", "nothing")))
                            : "–",
                        "–",
                        "–",
                    ],
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
            ...ways.map(([label, way]) => ({
                text: `Our share at a record, ${label}: below ${BUDGET} ms`,
                figure: `${short(median(share(way)))} ms`,
                isMet: median(share(way)) < BUDGET,
            })),
            {
                text: "No more Web API calls, for the user or else (within a frame; calls after 1 s on a record are counted in npm test)",
                figure: String(most("calls")),
                isMet: most("calls") === 0,
            },
            {
                text: "No render at updateView with unchanged inputs",
                figure: String(most("unchangedRenders")),
                isMet: most("unchangedRenders") === 0,
            },
        ],
        bars: ways.map(([label, way]) => {
            const { median: middle, low, high } = summarise(share(way).map((time) => time / BUDGET));
            return {
                group: `Our main-thread time at a record, budget of ${BUDGET} ms = 1`,
                label,
                median: middle,
                low,
                high,
                limit: 1,
            };
        }),
        samples: columns(samples),
    };
}
