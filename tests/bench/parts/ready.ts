// Owns the second part: how long it takes from the first sign of intent to the widget being ready, and to the conversation.
import type { Delays, Stack } from "../stack";
import { median, ratios, summarise } from "../stats";
import type { Summary } from "../stats";
import type { Table } from "../table";
import { interval, ratio, short, spread } from "../table";
import { cell, columns, inRounds } from "../part";
import type { Bar, Goal, PartResult, Run } from "../part";

export interface Times {
    /** Until the widget is ready, and the address is there. */
    readonly ready: number;
    /** Until the chat is asked for. */
    readonly started: number;
    /** Until the conversation exists. */
    readonly queued: number;
    /** Look-ups, as they took in this very visit. */
    readonly settings: number;
    readonly email: number;
    /** From the first sign of intent to the press. */
    readonly ahead: number;
    /** How often the chat was asked for, by the bare tag. */
    readonly calls: number;
}

const HOVER = 300;

/** Every delay of the address with every delay of the script. */
const CELLS: readonly Required<Delays>[] = [200, 1_000, 3_000].flatMap((script) => [0, 200, 800, 3_000].map((email) => ({ email, script })));
/** A pointer that rests on the button helps only where the script is what is waited for. */
const HOVERED: readonly Required<Delays>[] = [
    { email: 0, script: 200 },
    { email: 800, script: 200 },
    { email: 0, script: 3_000 },
];
const QUICK: readonly Required<Delays>[] = CELLS.filter(({ email, script }) => script === 200 && (email === 0 || email === 3_000));

const nameOf = (subject: string, { email, script }: Required<Delays>): string => `${subject}, address ${email} ms, script ${script} ms`;
const bareOf = (script: number): string => `bare tag, script ${script} ms`;

const bare = (stack: Stack, script: number) => (): Promise<Times> =>
    stack.visit({ script }, async (visit) => {
        await visit.page.evaluate(() => window.bench.go("bare-tag", 1, true));
        const { begun, ready, started, queued } = await visit.until("queued");
        return { ready: ready - begun, started: started - begun, queued: queued - begun, settings: 0, email: 0, ahead: 0, calls: await visit.page.evaluate(() => window.bench.startCalls) };
    });

/** From the first sign of the pointer on; with hovering, from the press on. */
const control = (stack: Stack, delays: Required<Delays>, hover: number) => (): Promise<Times> =>
    stack.visit(delays, async (visit) => {
        await visit.page.evaluate(() => void window.demoHost.mount());
        await visit.press(hover);
        const { begun, pressed, ready, started, queued } = await visit.until("queued");
        const [settings, email] = await visit.page.evaluate(() => [window.bench.lookup("environmentvariable"), window.bench.lookup("systemusers")] as const);
        const from = hover > 0 ? pressed : begun;
        return { ready: Math.max(ready, email.end) - from, started: started - from, queued: queued - from, settings: settings.duration, email: email.duration, ahead: pressed - begun, calls: 1 };
    });

function cellsOf({ quick }: Pick<Run, "quick">): { readonly plain: readonly Required<Delays>[]; readonly hovered: readonly Required<Delays>[]; readonly scripts: readonly number[]; readonly first: number } {
    const plain = quick ? QUICK : CELLS;
    const scripts = [...new Set(plain.map(({ script }) => script))];
    return { plain, hovered: quick ? HOVERED.slice(0, 1) : HOVERED, scripts, first: scripts[0] ?? 0 };
}

export async function measureReady(run: Run): Promise<PartResult> {
    const { stack } = run;
    const { plain, hovered, scripts, first } = cellsOf(run);
    const samples = await inRounds<Times>(run, {
        ...Object.fromEntries(scripts.map((script) => [bareOf(script), bare(stack, script)])),
        ...Object.fromEntries(plain.map((delays) => [nameOf("control", delays), control(stack, delays, 0)])),
        "bare tag again": bare(stack, first),
        ...Object.fromEntries(hovered.map((delays) => [nameOf("hovered", delays), control(stack, delays, HOVER)])),
    });
    return tellReady(run, samples);
}

/** What is told of the samples. Pure, so that the same measurement can be told anew. */
export function tellReady(run: Pick<Run, "quick">, samples: Readonly<Record<string, Times[]>>): PartResult {
    const { plain, hovered, scripts, first } = cellsOf(run);
    /** What the goal is held against: the settings, and then the slower of script and address; for the conversation what the widget takes for it on top. */
    const limits = (name: string, script: number, until: "ready" | "queued"): number[] => {
        const bares = cell(samples, bareOf(script));
        return cell(samples, name).map(({ settings, email }, round) => {
            const { ready = NaN, queued = NaN } = bares[round] ?? {};
            return settings + Math.max(ready, email) + (until === "queued" ? queued - ready : 0);
        });
    };
    const against = (name: string, script: number, until: "ready" | "queued"): Summary => summarise(ratios(cell(samples, name).map((times) => times[until]), limits(name, script, until)));
    const againstBare = (name: string, script: number, until: "ready" | "queued"): Summary => summarise(ratios(cell(samples, name).map((times) => times[until]), cell(samples, bareOf(script)).map((times) => times[until])));
    /** What nobody can beat without a head start: settings and script come one after the other, and the address beside them. */
    const floors = (name: string, script: number): number[] => cell(samples, name).map(({ settings, email }, round) => Math.max(settings + (cell(samples, bareOf(script))[round]?.ready ?? NaN), email));
    const againstFloor = (name: string, script: number): Summary => summarise(ratios(cell(samples, name).map(({ ready }) => ready), floors(name, script)));
    const guard = (name: string): string => short(median(cell(samples, name).map(({ ready, started }) => started - ready)));

    const plainTable: Table = {
        caption: "From the first sign of intent, against the settings look-up plus the slower of the bare tag and the address look-up; to the conversation, plus what the bare tag takes from ready to its conversation, too (goal: at most 1.05; of the conversation it is our reading). Median, quartiles and the median's 95 % interval.",
        columns: ["Address, ms", "Script, ms", "To ready ×", "95 %", "To conversation ×", "95 %", "To ready, of the floor ×", "Ready to start, ms"],
        rows: plain.map((delays) => {
            const name = nameOf("control", delays);
            const [ready, queued] = [against(name, delays.script, "ready"), against(name, delays.script, "queued")];
            return [String(delays.email), String(delays.script), spread(ready, ratio), interval(ready, ratio), spread(queued, ratio), interval(queued, ratio), spread(againstFloor(name, delays.script), ratio), guard(name)];
        }),
    };
    const hoverTable: Table = {
        caption: `From the press, after ${HOVER} ms of hovering, against the bare tag's time (goal: below 1.0).`,
        columns: ["Address, ms", "Script, ms", "To ready ×", "95 %", "To conversation ×", "95 %", "Ready to start, ms"],
        rows: hovered.map((delays) => {
            const name = nameOf("hovered", delays);
            const [ready, queued] = [againstBare(name, delays.script, "ready"), againstBare(name, delays.script, "queued")];
            return [String(delays.email), String(delays.script), spread(ready, ratio), interval(ready, ratio), spread(queued, ratio), interval(queued, ratio), guard(name)];
        }),
    };
    const [noiseReady, noiseQueued] = [againstBare("bare tag again", first, "ready"), againstBare("bare tag again", first, "queued")];
    const noise: Table = {
        caption: "A/A: the bare tag against itself, measured as if it were two. What is smaller than this is noise.",
        columns: ["Script, ms", "To ready ×", "95 %", "To conversation ×", "95 %"],
        rows: [[String(first), spread(noiseReady, ratio), interval(noiseReady, ratio), spread(noiseQueued, ratio), interval(noiseQueued, ratio)]],
    };
    const goals: Goal[] = [
        ...plain.map((delays): Goal => {
            const { median: middle } = against(nameOf("control", delays), delays.script, "ready");
            return { text: `Ready, address ${delays.email} ms, script ${delays.script} ms: at most 1.05`, figure: middle.toFixed(3), isMet: middle <= 1.05 };
        }),
        ...plain.map((delays): Goal => {
            const { median: middle } = against(nameOf("control", delays), delays.script, "queued");
            return { text: `Conversation, address ${delays.email} ms, script ${delays.script} ms: at most 1.05`, figure: middle.toFixed(3), isMet: middle <= 1.05 };
        }),
        ...hovered.map((delays): Goal => {
            const { median: middle } = againstBare(nameOf("hovered", delays), delays.script, "ready");
            return { text: `Ready after ${HOVER} ms of hovering, address ${delays.email} ms, script ${delays.script} ms: below 1.0`, figure: middle.toFixed(3), isMet: middle < 1 };
        }),
        ...hovered.map((delays): Goal => {
            const { median: middle } = againstBare(nameOf("hovered", delays), delays.script, "queued");
            return { text: `Conversation after ${HOVER} ms of hovering, address ${delays.email} ms, script ${delays.script} ms: below 1.0`, figure: middle.toFixed(3), isMet: middle < 1 };
        }),
    ];
    const bar = (group: string, label: string, { median: middle, low, high }: Summary, limit: number): Bar => ({ group, label, median: middle, low, high, limit });
    const label = ({ email, script }: Required<Delays>): string => `address ${email}, script ${script} ms`;
    const plainGroup = (until: string): string => `Intent to ${until}, the goal's reference = 1 (goal 1.05)`;
    const hoverGroup = (until: string): string => `Press to ${until} after ${HOVER} ms of hovering, bare tag = 1 (goal below 1)`;
    return {
        title: "Intent to ready, intent to conversation",
        note: `Ready means: the widget has said lcw:ready, and the address is there. The conversation exists when the widget says lcw:chatQueued; the bare tag starts its chat at lcw:ready, at once. Look-ups are measured in each visit and not taken from their nominal delay. Where the address is the slowest, the reference is above what is possible, because settings and address are looked up side by side: the floor is the slower of settings and script, one after the other, and address. One visit of the bare tag stands for all cells of its script in a round, so these are not independent of one another. The bare tag's median is ${short(median(cell(samples, bareOf(first)).map(({ ready }) => ready)))} ms to ready with a script of ${first} ms; in ${scripts.flatMap((script) => cell(samples, bareOf(script))).filter(({ calls }) => calls > 1).length} of its ${scripts.flatMap((script) => cell(samples, bareOf(script))).length} visits it had to ask for the chat more than once. Hovering lasted ${short(median(hovered.flatMap((delays) => cell(samples, nameOf("hovered", delays)).map(({ ahead }) => ahead))))} ms by the page's clock; it is measured where the script is waited for, because no head start of ${HOVER} ms beats a bare tag that asks nobody when the address takes 3,000 ms. The browser opens no connection ahead in these visits, which are private contexts: that part of the hint is in no figure. From the pointer on the button to the press ${short(median(plain.flatMap((delays) => cell(samples, nameOf("control", delays)).map(({ ahead }) => ahead))))} ms go by in the other visits. "Ready to start" is the control's wait for a conversation that may be another user's (300 ms, see decision 0024).`,
        tables: [plainTable, hoverTable, noise],
        goals,
        bars: [
            ...plain.map((delays) => bar(plainGroup("ready"), label(delays), against(nameOf("control", delays), delays.script, "ready"), 1.05)),
            bar(plainGroup("ready"), "A/A: bare tag once more", noiseReady, 1.05),
            ...hovered.map((delays) => bar(hoverGroup("ready"), label(delays), againstBare(nameOf("hovered", delays), delays.script, "ready"), 1)),
            ...plain.map((delays) => bar(plainGroup("conversation"), label(delays), against(nameOf("control", delays), delays.script, "queued"), 1.05)),
            bar(plainGroup("conversation"), "A/A: bare tag once more", noiseQueued, 1.05),
            ...hovered.map((delays) => bar(hoverGroup("conversation"), label(delays), againstBare(nameOf("hovered", delays), delays.script, "queued"), 1)),
        ],
        samples: columns(samples),
    };
}
