// Owns the first part: what a page pays before anybody wants to chat.
import type { Subject } from "../recorder";
import type { Stack, Visit } from "../stack";
import { standIn } from "../stand-ins";
import type { StandIn } from "../stand-ins";
import { median, ratios, summarise } from "../stats";
import type { Table } from "../table";
import { ratio, short, spread, whole } from "../table";
import { cell, columns, inRounds } from "../part";
import type { Bar, Goal, PartResult, Run } from "../part";

/** How many instances stand on the page. */
const COUNTS = [1, 5, 20] as const;
type Count = (typeof COUNTS)[number];

interface Cost {
    readonly requests: number;
    readonly bytes: number;
    /** Processor time of the main thread, in milliseconds. */
    readonly work: number;
    readonly listeners: number;
    readonly heap: number;
}

type Member = `${keyof Cost} ×${Count}`;
/** The page with each number of instances, and when the widget was ready, where one is loaded. */
type Sample = Readonly<Partial<Record<Member | "ready", number>>>;

/** After the last thing that is known to happen, so long, in milliseconds: what still goes on is counted. */
const AFTERWARDS = 700;

/** What this costs on a page where the platform's libraries have done their own work. */
async function costOf(visit: Visit, act: () => Promise<unknown>): Promise<Cost> {
    const lifeBefore = await visit.life();
    const before = await visit.cost();
    await act();
    await visit.page.waitForTimeout(AFTERWARDS);
    // Collection is work as well, and it is ours.
    const after = await visit.cost();
    const life = await visit.life();
    return {
        requests: after.requests - before.requests,
        bytes: after.bytes - before.bytes,
        work: after.work - before.work,
        listeners: life.listeners - lifeBefore.listeners,
        heap: life.heap - lifeBefore.heap,
    };
}

/** Adds instances until there are 1, 5 and 20, and adds their costs up. */
async function costsOf(visit: Visit, add: (count: number) => Promise<unknown>): Promise<Sample> {
    const sample: Partial<Record<Member, number>> = {};
    let standing = 0;
    for (const count of COUNTS) {
        const cost = await costOf(visit, () => add(count - standing));
        for (const [name, value] of Object.entries(cost) as [keyof Cost, number][])
            sample[`${name} ×${count}`] =
                value + (standing === 0 ? 0 : (sample[`${name} ×${standing as Count}`] ?? NaN));
        standing = count;
    }
    return sample;
}

const only = (cost: Cost): Sample =>
    Object.fromEntries(Object.entries(cost).map(([name, value]) => [`${name} ×1`, value]));

const control = (stack: Stack, inPlace?: StandIn) => (): Promise<Sample> =>
    stack.visit(
        {},
        (visit) =>
            costsOf(visit, (count) =>
                visit.page.evaluate((times) => {
                    for (let index = 0; index < times; index++) window.demoHost.mount();
                }, count),
            ),
        standIn(inPlace),
    );

async function goUntilReady(visit: Visit, subject: Subject, count: number): Promise<void> {
    await visit.page.evaluate(([name, times]) => window.bench.go(name, times), [subject, count] as const);
    await visit.until("ready");
}

const readyOf = async (visit: Visit): Promise<number> => {
    const { begun, ready } = await visit.until("ready");
    return ready - begun;
};

/** One for a page, however many would like to have it. */
const single = (stack: Stack, subject: Subject) => (): Promise<Sample> =>
    stack.visit({}, async (visit) => ({
        ...only(await costOf(visit, () => goUntilReady(visit, subject, 1))),
        ready: await readyOf(visit),
    }));

/**
 * The bare tag is there once however often it is asked for, and then stands for what the widget does by itself in as
 * long a time.
 */
const several = (stack: Stack, subject: Subject) => (): Promise<Sample> =>
    stack.visit({}, async (visit) => ({
        ...(await costsOf(visit, (count) => goUntilReady(visit, subject, count))),
        ready: await readyOf(visit),
    }));

/**
 * The bundle itself, which the platform loads whether or not a control is on the page: fetched and run a second time.
 */
const bundle = (stack: Stack) => (): Promise<Sample> =>
    stack.visit({}, async (visit) =>
        only(
            await costOf(visit, () =>
                visit.page.evaluate(
                    () =>
                        new Promise((loaded, failed) => {
                            const script = document.createElement("script");
                            script.src = "/control-bundle/bundle.js?again";
                            script.onload = loaded;
                            script.onerror = failed;
                            document.head.append(script);
                        }),
                ),
            ),
        ),
    );

export async function measureBeforeIntent(run: Run): Promise<PartResult> {
    const { stack } = run;
    const samples = await inRounds<Sample>(run, {
        control: control(stack),
        "bare tag": several(stack, "bare-tag"),
        "empty control": control(stack, "empty control"),
        ...(run.quick
            ? {}
            : { "original page": several(stack, "original"), "bundled packages": single(stack, "chat-control") }),
        "bare tag again": single(stack, "bare-tag"),
        "the control's bundle": bundle(stack),
    });
    const values = (name: string, member: Member | "ready"): number[] =>
        cell(samples, name).map((sample) => sample[member] ?? NaN);
    const works = values("bare tag", "work ×1");
    /** The bare tag's work by the same moment: with each step the original page's widget has been there for longer. */
    const worksBy = (name: string, count: Count): number[] =>
        name === "original page" ? values("bare tag", `work ×${count}`) : works;
    const readies = values("bare tag", "ready");
    const isMeasured = (name: string): boolean => name in samples;
    const row = (label: string, name: string, count: Count): string[] => {
        const middle = (member: keyof Cost): number => median(values(name, `${member} ×${count}`));
        const isBoot = count === 1 && Number.isFinite(values(name, "ready")[0]);
        return [
            label,
            whole(middle("requests")),
            whole(middle("bytes")),
            spread(summarise(ratios(values(name, `work ×${count}`), worksBy(name, count))), ratio),
            whole(middle("listeners")),
            whole(middle("heap") / 1_024),
            isBoot ? spread(summarise(ratios(values(name, "ready"), readies)), ratio) : "–",
        ];
    };
    const each = (name: string): [label: string, name: string, count: Count][] =>
        COUNTS.map((count) => [`${name}, ${count} ${count === 1 ? "instance" : "instances"}`, name, count]);
    const rows = [
        ...each("control"),
        ...each("empty control"),
        ["the control's bundle, loaded by the platform", "the control's bundle", 1],
        ["bare tag (one for a page)", "bare tag", 1],
        ...each("original page"),
        ["packages bundled into the component", "bundled packages", 1],
        ["A/A: bare tag once more", "bare tag again", 1],
    ].filter((entry): entry is [string, string, Count] => isMeasured(String(entry[1])));
    const table: Table = {
        caption:
            "Cost before intent. Main thread: processor time against the bare tag's in the same round; to ready: time until lcw:ready against the bare tag's; both medians and quartiles, all else medians.",
        columns: ["Subject", "Requests", "Bytes", "Main thread ×", "Listeners", "Heap, KiB", "To ready ×"],
        rows: rows.map(([label, name, count]) => row(label, name, count)),
    };
    const most = (member: keyof Cost): number =>
        Math.max(...COUNTS.flatMap((count) => values("control", `${member} ×${count}`)));
    const goals: Goal[] = [
        {
            text: "Before intent, no request of the control",
            figure: whole(most("requests")),
            isMet: most("requests") === 0,
        },
    ];
    const bars: Bar[] = rows
        .filter(([, name]) => name !== "bare tag" && name !== "empty control")
        .map(([label, name, count]) => {
            const {
                median: middle,
                low,
                high,
            } = summarise(ratios(values(name, `work ×${count}`), worksBy(name, count)));
            return {
                group: "Main-thread time before intent, bare tag = 1",
                label,
                median: middle,
                low,
                high,
                limit: 1,
            };
        });
    return {
        title: "Cost before intent",
        note: `A page with React and Fluent, on which one Fluent button has been rendered; instances are added until there are ${COUNTS.join(", ")}. The bare tag's median of main-thread time: ${short(median(works))} ms. The control's rows begin when its bundle is there, which the platform loads with the form; what that costs stands in a row of its own, while the bundled packages' row holds their fetching and running: they would be in the bundle. The control fetches the same packages after the press. Bytes are as they came over the wire; the second stage is compressed, the rest is not. Several instances of the original page each look the address up, and the tag is there once; they are held against a bare tag whose widget has been there for as long. The bundle's row is a second fetch of it under another address, for which the browser may keep what it has compiled. The empty control returns one element: what it costs is the host's and React's, which listens for every kind of event at each control's place. The control itself has no listener on window (tested).`,
        tables: [table],
        goals,
        bars,
        samples: columns(samples),
    };
}
