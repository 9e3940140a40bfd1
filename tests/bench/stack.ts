// Owns what a measurement runs on: the server in a process of its own, the browser, and one fresh context for each visit of a page.
import { chromium } from "@playwright/test";
import type { Browser, BrowserContext, CDPSession, FrameLocator, Page } from "@playwright/test";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { FRAME_ID } from "../../simulator/widget/messages";
import { findBrowser } from "../../tools/browser.mjs";
import { ORG, ORG_HOST, SCRIPT_HOST, SCRIPT_URL, SECOND_STAGE_URL, USER, WIDGET } from "./hosts";
import { installRecorder } from "./recorder";
import type { Marks, RecorderSettings } from "./recorder";

const SETTINGS: RecorderSettings = { scriptUrl: SCRIPT_URL, secondStageUrl: SECOND_STAGE_URL, widget: WIDGET, org: ORG, orgUrl: `https://${ORG_HOST}`, userId: USER.id };

/** How late answers are, in milliseconds. */
export interface Delays {
    /** The user's row, with the address. */
    readonly email?: number;
    /** The bootstrap script. */
    readonly script?: number;
}

export interface Conversation {
    readonly customContextData: Readonly<Record<string, { readonly value: unknown } | undefined>> | null;
}

/** What the page has cost so far. */
export interface Cost {
    /** Time that the main thread was at work, in milliseconds of processor time. */
    readonly work: number;
    readonly requests: number;
    /** As they came over the wire, with headers. */
    readonly bytes: number;
}

/** What lives in the page, after collection. */
export interface Life {
    /** Bytes of JavaScript's heap. */
    readonly heap: number;
    readonly listeners: number;
    readonly nodes: number;
}

/** One page in a context of its own. */
export class Visit {
    private requests = 0;
    private bytes = 0;

    private constructor(
        readonly page: Page,
        private readonly session: CDPSession,
    ) {}

    static async begin(context: BrowserContext): Promise<Visit> {
        const page = await context.newPage();
        const session = await context.newCDPSession(page);
        const visit = new Visit(page, session);
        session.on("Network.requestWillBeSent", ({ request }) => {
            if (request.url.startsWith("http")) visit.requests++;
        });
        session.on("Network.loadingFinished", ({ encodedDataLength }) => (visit.bytes += encodedDataLength));
        await session.send("Network.enable");
        await session.send("Performance.enable", { timeDomain: "threadTicks" });
        return visit;
    }

    /** What is in the widget's frame. */
    get widget(): FrameLocator {
        return this.page.frameLocator(`#${FRAME_ID}`);
    }

    async cost(): Promise<Cost> {
        const { metrics } = await this.session.send("Performance.getMetrics");
        const work = metrics.find(({ name }) => name === "TaskDuration")?.value;
        if (work === undefined) throw new Error("The browser does not tell how long its main thread worked.");
        return { work: work * 1_000, requests: this.requests, bytes: this.bytes };
    }

    async life(): Promise<Life> {
        // Twice: what only the first collection lets go is collected by the second.
        for (let turn = 0; turn < 2; turn++) await this.session.send("HeapProfiler.collectGarbage");
        const { usedSize } = await this.session.send("Runtime.getHeapUsage");
        const { jsEventListeners, nodes } = await this.session.send("Memory.getDOMCounters");
        return { heap: usedSize, listeners: jsEventListeners, nodes };
    }

    /** How long was spent in the functions of scripts with such an address while something was done, in milliseconds; what they call elsewhere does not count. */
    async profile(address: string, act: () => Promise<unknown>): Promise<number> {
        await this.session.send("Profiler.enable");
        await this.session.send("Profiler.setSamplingInterval", { interval: 100 });
        await this.session.send("Profiler.start");
        await act();
        const { profile } = await this.session.send("Profiler.stop");
        await this.session.send("Profiler.disable");
        const own = new Set(profile.nodes.filter(({ callFrame }) => callFrame.url.includes(address)).map(({ id }) => id));
        const { samples = [], timeDeltas = [] } = profile;
        // A sample stands for the time until the next one.
        const microseconds = samples.reduce((sum, id, index) => (own.has(id) ? sum + (timeDeltas[index + 1] ?? 0) : sum), 0);
        return microseconds / 1_000;
    }

    marks(): Promise<Marks> {
        return this.page.evaluate(() => ({ ...window.bench.marks }));
    }

    /** Waits for something to have happened, and tells all moments by then. */
    async until(mark: keyof Marks): Promise<Required<Marks>> {
        await this.page.waitForFunction((name) => window.bench.marks[name] !== undefined, mark, { polling: 50, timeout: 45_000 });
        return { begun: NaN, pressed: NaN, ready: NaN, started: NaN, queued: NaN, ...(await this.marks()) };
    }

    /** Points at the control's button for so long, and presses it. */
    async press(hover = 0): Promise<void> {
        const box = await this.page.locator("[data-instance]").getByRole("button").first().boundingBox();
        if (!box) throw new Error("The control has no button.");
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        await this.page.mouse.move(x, y);
        if (hover > 0) {
            // By the page's clock: from its first sign of the pointer on.
            await this.page.waitForFunction((least) => performance.now() - (window.bench.marks.begun ?? Infinity) >= least, hover, { polling: 10 });
        }
        await this.page.mouse.down();
        await this.page.mouse.up();
    }
}

/** What the server says when it has started. */
interface Served {
    readonly url: string;
    readonly tlsPort: number;
    readonly fingerprint: string;
}

export interface Extras {
    /** A bundle in the control's place. */
    readonly bundle?: string;
    /** Runs in the page before everything else. */
    readonly script?: () => void;
}

export class Stack {
    private constructor(
        private readonly server: ChildProcess,
        readonly browser: Browser,
        readonly url: string,
    ) {}

    /** @param bundleDir the build that is measured */
    static async start(bundleDir: string): Promise<Stack> {
        const server = spawn(process.execPath, ["--import", "tsx", join(__dirname, "serve.ts")], { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, BUNDLE_DIR: bundleDir } });
        const { url, tlsPort, fingerprint } = await new Promise<Served>((resolve, reject) => {
            server.stdout.once("data", (line: Buffer) => resolve(JSON.parse(line.toString()) as Served));
            server.once("exit", (code) => reject(new Error(`The server ended with ${String(code)}.`)));
        });
        const executablePath = findBrowser();
        const to = `127.0.0.1:${tlsPort}`;
        const browser = await chromium.launch({
            ...(executablePath === undefined ? {} : { executablePath }),
            // The settings of the browser tests; and Microsoft's names lead here, everything else nowhere. The key is trusted rather than its faults overlooked: else nothing would be cached.
            args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-features=LocalNetworkAccessChecks,HttpsUpgrades,PaintHolding,Translate", `--ignore-certificate-errors-spki-list=${fingerprint}`, `--host-resolver-rules=MAP ${SCRIPT_HOST}:443 ${to},MAP ${ORG_HOST}:443 ${to},MAP * ~NOTFOUND,EXCLUDE 127.0.0.1`],
        });
        return new Stack(server, browser, url);
    }

    async close(): Promise<void> {
        await this.browser.close();
        this.server.stdin?.end();
    }

    async json<T>(path: string, method = "GET", body?: unknown): Promise<T> {
        const answer = await fetch(`${this.url}${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
        const text = await answer.text();
        return (text === "" ? undefined : JSON.parse(text)) as T;
    }

    /** Everything at the contact centre and in Dataverse as it was, but that answers are late. */
    async reset({ email = 0, script = 0 }: Delays = {}): Promise<void> {
        await this.json("/control/reset", "POST");
        await this.json("/demo/reset", "POST");
        if (email > 0) await this.json("/demo/faults", "POST", { table: "systemuser", delayMs: email });
        if (script > 0) await this.json("/control/faults", "POST", { kind: "script", delayMs: script });
    }

    conversations(): Promise<Conversation[]> {
        return this.json("/control/conversations");
    }

    /** Requests to the Web API since the last reset, by table. */
    async webApi(): Promise<string[]> {
        return (await this.json<{ readonly table: string }[]>("/demo/requests")).map(({ table }) => table);
    }

    async newContext(): Promise<BrowserContext> {
        const context = await this.browser.newContext({ serviceWorkers: "block" });
        await context.addCookies([{ name: "demoUser", value: USER.id, url: this.url }]);
        // tsx has functions keep their names with a helper that the page does not have.
        await context.addInitScript({ content: "globalThis.__name = (value) => value;" });
        await context.addInitScript(installRecorder, SETTINGS);
        return context;
    }

    /** Opens the bare host page, with an empty cache, until its libraries and the control's bundle are there. */
    async visit<T>(delays: Delays, use: (visit: Visit) => Promise<T>, { bundle, script }: Extras = {}): Promise<T> {
        await this.reset(delays);
        const context = await this.newContext();
        try {
            if (script) await context.addInitScript(script);
            if (bundle !== undefined) await context.route("**/control-bundle/bundle.js", (route) => route.fulfill({ contentType: "text/javascript", body: bundle }));
            const visit = await Visit.begin(context);
            await this.open(visit.page);
            return await use(visit);
        } finally {
            await context.close();
        }
    }

    async open(page: Page): Promise<void> {
        await page.goto(`${this.url}/bare?sw=off&react=17`);
        await page.waitForFunction(() => document.documentElement.dataset["ready"] !== undefined);
        const state = await page.evaluate(() => document.documentElement.dataset["ready"]);
        if (state !== "true") throw new Error(`The host page did not start: ${await page.evaluate(() => document.body.innerText)}`);
        await page.evaluate(() => window.bench.prepare());
    }
}
