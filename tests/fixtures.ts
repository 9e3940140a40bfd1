// Owns what every browser test starts from: the demo's server, Microsoft's hosts answered on this machine, and eyes on
// everything that must not happen. `standInTest` has the stand-in for the widget, `realTest` the real widget.
import { test as base, expect as baseExpect } from "@playwright/test";
import type { FrameLocator, LaunchOptions, Locator, Page, Request, TestInfo } from "@playwright/test";
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { DemoHost, HostInstance, HostOutputs, MountOptions } from "../demo/host/types";
import { FRAME_ID } from "../simulator/widget/messages";
import { findBrowser } from "../tools/browser.mjs";
import { EMPTY_PAGE } from "./empty-page";
import { StandIn } from "./stand-in/driver";
import { ONE_PROCESS, SharedContext } from "./shared-context";
import { startStandIn } from "./stand-in/server";
import type { Fault, StandInServer } from "./stand-in/server";
import type { Settings } from "./stand-in/types";

/** Polls more often than Playwright's own, which soon waits a second between two looks. */
const poll: typeof baseExpect.poll = (actual, options) =>
    baseExpect.poll(actual, { intervals: [20, 50, 100], ...(typeof options === "string" ? { message: options } : options) });

export const expect = new Proxy(baseExpect, {
    get: (target, name) => (name === "poll" ? poll : Reflect.get(target, name) as unknown),
});

export const ORG = "5f0d3c1a-7b2e-4c69-9a41-2d8e6b7f1c30";
export const ORG_HOST = `m-${ORG}.us.omnichannelengagementhub.com`;
export const ORG_URL = `https://${ORG_HOST}`;
export const IT_WIDGET = "c8a5f2e4-3d17-4b90-8e6a-91f04d2b7c55";
export const HR_WIDGET = "27e9b8d3-60f4-4a1c-b5d2-e3f81a7c9046";
export const SCRIPT_HOST = "oc-cdn-ocprod.azureedge.net";
export const SCRIPT_URL = `https://${SCRIPT_HOST}/livechatwidget/scripts/LiveChatBootstrapper.js`;

export const USERS = {
    alex: { id: "a1b6c0de-0001-4e5a-9d10-000000000001", name: "Alex Wilber", email: "alex.wilber@contoso.example" },
    megan: { id: "a1b6c0de-0002-4e5a-9d10-000000000002", name: "Megan Bowen", email: "megan.bowen@contoso.example" },
    pradeep: { id: "a1b6c0de-0006-4e5a-9d10-000000000006", name: "Pradeep Gupta", email: undefined },
} as const;

/** The snippet as an administrator copies it. */
export const snippet = (widget: string = IT_WIDGET, more = ""): string =>
    `<script v2 id="Microsoft_Omnichannel_LCWidget" src="${SCRIPT_URL}" data-app-id="${widget}" data-lcw-version="prod" data-org-id="${ORG}" data-org-url="${ORG_URL}"${more}></script>`;

export interface Conversation {
    readonly id: string;
    readonly widgetId: string;
    readonly state: "queued" | "active" | "ended";
    readonly customContextData: unknown;
    /** Only the real contact centre looks for one. */
    readonly contact?: { readonly kind: string; readonly id: string; readonly name: string } | null;
    readonly messages: readonly { readonly from: string; readonly text: string }[];
}

/** The contact centre, the same for both layers. */
export interface Centre {
    conversations(): Promise<readonly Conversation[]>;
    /** Waits for so many conversations and hands over the latest. */
    latest(count?: number): Promise<Conversation>;
    accept(id: string): Promise<void>;
    say(id: string, text: string): Promise<void>;
    end(id: string): Promise<void>;
    /** Changes a widget's settings for what loads from now on. */
    widget(settings: Record<string, unknown>, id?: string): Promise<void>;
    fault(fault: Record<string, unknown>): Promise<void>;
    clearFaults(): Promise<void>;
    /** Kinds and paths of the requests that have come since the last reset. */
    requests(): Promise<readonly { readonly kind: string; readonly path: string }[]>;
    /** How often a widget has begun to listen for messages; before that it hears of nothing that is said. */
    readonly listening: () => Promise<number>;
    setVariable(name: string, value: string): Promise<void>;
    /** Web API requests since the last reset. */
    webApi(): Promise<{ readonly table: string; readonly query: string }[]>;
}

export interface Watch {
    /** Requests to hosts that nobody is allowed to talk to; they come to nothing. */
    readonly foreign: string[];
    /** Requests for Microsoft's hosts, in order. */
    readonly microsoft: string[];
    readonly console: string[];
}

declare global {
    interface Window {
        demoHost: DemoHost;
    }
}

interface OpenOptions {
    readonly react?: "16" | "17";
    readonly user?: { readonly id: string };
    readonly page?: Page;
}

interface Fixtures {
    /** Hosts beyond script host and organization that a test lets the product ask; a request to any other fails the test. */
    asked: readonly string[];
    /** What the agent has written in this test. */
    said: string[];
    watch: Watch;
    /** Opens the bare test page for a user and waits until it can be driven. */
    open: (options?: OpenOptions) => Promise<void>;
    centre: Centre;
}

/** The demo in a process of its own; with the real widget, Microsoft's hosts over TLS as well. */
interface Served {
    readonly url: string;
    readonly tlsPort?: number;
    readonly fingerprint?: string;
}

async function json<T>(url: string, method = "GET", body?: unknown): Promise<T> {
    const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    const answer = await fetch(url, { method, ...sent });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
    const text = await answer.text();
    return (text === "" ? undefined : JSON.parse(text)) as T;
}

async function serve(layer: "stand-in" | "real", use: (served: Served) => Promise<void>): Promise<void> {
    const file = join(__dirname, "serve.ts");
    const server = spawn(process.execPath, ["--import", "tsx", file, layer], { stdio: ["pipe", "pipe", "inherit"] });
    const served = await new Promise<Served>((resolve, reject) => {
        server.stdout.once("data", (line: Buffer) => resolve(JSON.parse(line.toString()) as Served));
        server.once("exit", (code) => reject(new Error(`The demo ended with ${String(code)}.`)));
    });
    await use(served);
    server.kill();
}

/** Playwright's own list but for storage that is not partitioned, and what keeps https pages from this machine. */
const DISABLED_FEATURES = [
    "LocalNetworkAccessChecks", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "MediaRouter", "PaintHolding",
    "BlockOriginHeaderModificationOnRedirect", "AvoidCorsURLLoaderRestartOnRedirect", "Translate", "OptimizationHints",
    // Pages of the browser's own that it loads beside the first page of each context: a second of processor time (measured).
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
];

/** Script hosts, their second hosts, organizations. */
const MICROSOFT = ["*.azureedge.net", "*.blob.core.windows.net", "*.omnichannelengagementhub.com"];

/** Chromium in which Microsoft's names lead to a port here and every other name leads nowhere. */
function launch(port = 0, fingerprint = "", ...more: readonly string[]): LaunchOptions {
    const to = `127.0.0.1:${port}`;
    const executablePath = findBrowser();
    return {
        ...(executablePath === undefined ? {} : { executablePath }),
        args: [
            // In containers the tests run as root.
            "--no-sandbox",
            "--disable-sync",
            `--disable-features=${DISABLED_FEATURES.join(",")}`,
            // The key is trusted rather than its faults overlooked: else nothing would be cached.
            `--ignore-certificate-errors-spki-list=${fingerprint}`,
            `--host-resolver-rules=${MICROSOFT.map((host) => `MAP ${host}:443 ${to}`).join(",")},` +
                "MAP * ~NOTFOUND,EXCLUDE 127.0.0.1,EXCLUDE localhost",
            ...more,
        ],
    };
}

/** Everything of all instances that a failed test is understood by. */
async function describePages(page: Page): Promise<unknown[]> {
    const tell = (): unknown => ({
        address: location.pathname,
        instances: (window as Partial<Window>).demoHost?.instances.map(({ id, outputs, events, container }) => ({ id, outputs, events, text: container.innerText })),
    });
    return Promise.all(page.context().pages().map((each) => each.evaluate(tell).catch((error: unknown) => String(error))));
}

/** Prints and attaches what a failed test is understood by. */
async function explain(info: TestInfo, page: Page, watch: Watch, centre: Centre): Promise<void> {
    const known = { pages: await describePages(page), console: watch.console, requests: await centre.requests() };
    const text = JSON.stringify(known, null, 1);
    console.log(`${info.titlePath.join(" › ")}\n${text.slice(0, 6_000)}`);
    await info.attach("outputs, events, console, contact centre", { body: text, contentType: "application/json" });
}

const common = base.extend<Fixtures, { demo: string; shared: SharedContext }>({
    demo: ["", { scope: "worker" }],
    shared: [async ({}, use) => use(new SharedContext()), { scope: "worker" }],
    context: async ({ browser, shared, demo, contextOptions, locale, viewport, hasTouch, isMobile, serviceWorkers, timezoneId }, use) => {
        const options = JSON.stringify({ contextOptions, locale, viewport, hasTouch, isMobile, serviceWorkers, timezoneId });
        const context = await shared.take(browser, options, [`${demo}/nothing`, `https://${SCRIPT_HOST}${EMPTY_PAGE}`]);
        await use(context);
        await shared.giveBack(context);
    },
    page: async ({ context }, use) => use(await context.newPage()),
    asked: [[], { option: true }],
    said: async ({}, use) => use([]),

    watch: async ({ page, asked, said }, use) => {
        const watch: Watch = { foreign: [], microsoft: [], console: [] };
        const ours: string[] = [];
        page.on("console", (message) => {
            watch.console.push(`${message.type()}: ${message.text()}`);
            // Microsoft's own SDK logs each message that comes (seen).
            if (!message.location().url.includes("/livechatwidget/")) ours.push(message.text());
        });
        const note = (request: Request): void => {
            const { protocol, host, hostname, href } = new URL(request.url());
            if (!protocol.startsWith("http") || hostname === "127.0.0.1") return;
            (protocol === "https:" && (host === SCRIPT_HOST || host === ORG_HOST) ? watch.microsoft : watch.foreign).push(href);
        };
        const context = page.context().on("request", note);
        await use(watch);
        context.off("request", note);
        const foreign = watch.foreign.filter((url) => !asked.includes(new URL(url).host));
        expect(foreign, "requests to hosts that nobody may talk to").toEqual([]);
        // Addresses, and what people have written to each other in this test.
        const personal = ours.filter((line) => /@contoso\.example/i.test(line) || said.some((text) => line.includes(text)));
        expect(personal, "personal matter in the console").toEqual([]);
    },

    open: async ({ page, demo, watch, centre }, use, info) => {
        await use(async (options = {}) => {
            const target = options.page ?? page;
            const user = options.user ?? USERS.alex;
            await target.context().addCookies([{ name: "demoUser", value: user.id, url: demo }]);
            await target.goto(`${demo}/bare?sw=off&react=${options.react ?? "17"}`);
            await target.waitForFunction(() => document.documentElement.dataset["ready"] !== undefined);
            const ready = await target.evaluate(() => document.documentElement.dataset["ready"] ?? "");
            expect(ready, await target.evaluate(() => document.body.innerText)).toBe("true");
        });
        if (info.status !== info.expectedStatus) await explain(info, page, watch, centre);
        const errors = (): string[] => [...((window as Partial<Window>).demoHost?.errors ?? [])];
        for (const each of page.context().pages()) expect(await each.evaluate(errors), "errors in the page").toEqual([]);
    },
});

/** What the demo's server itself is asked; the same on both layers. */
async function resetDemo(demo: string): Promise<Pick<Centre, "setVariable" | "webApi">> {
    await json(`${demo}/control/reset`, "POST");
    await json(`${demo}/demo/reset`, "POST");
    return {
        setVariable: (name, value) => json(`${demo}/demo/environment/${name}`, "PUT", value),
        webApi: () => json(`${demo}/demo/requests`),
    };
}

/** For tests/browser: the stand-in for the widget. */
export const standInTest = common.extend<{ standIn: StandIn }, { served: Served; server: StandInServer }>({
    served: [async ({}, use) => serve("stand-in", use), { scope: "worker" }],
    demo: [async ({ served }, use) => use(served.url), { scope: "worker" }],
    server: [
        async ({}, use) => {
            const server = await startStandIn();
            await use(server);
            await server.close();
        },
        { scope: "worker" },
    ],
    launchOptions: [async ({ server }, use) => use(launch(server.port, server.fingerprint, ONE_PROCESS)), { scope: "worker" }],

    standIn: async ({ page, server }, use) => {
        server.reset([SCRIPT_HOST, ORG_HOST]);
        await use(await StandIn.begin(server, page));
    },

    centre: async ({ demo, standIn, said }, use) => {
        await use({
            ...(await resetDemo(demo)),
            conversations: () => Promise.resolve(standIn.conversations),
            latest: (count) => standIn.latest(count),
            accept: () => Promise.resolve(),
            async say(id, text) {
                said.push(text);
                await standIn.agentSays(text, await standIn.hostOf(id));
            },
            end: async (id) => standIn.agentEnds(await standIn.hostOf(id)),
            widget: (settings, id = IT_WIDGET) => Promise.resolve(standIn.change(id, settings as Partial<Settings>)),
            fault: (fault) => Promise.resolve(standIn.fault(fault as unknown as Fault)),
            clearFaults: () => Promise.resolve(standIn.clearFaults()),
            requests: () => Promise.resolve(standIn.requests),
            listening: () => Promise.resolve(standIn.conversations.length),
        });
    },
});

/** For tests/real: Microsoft's open-source widget in its frame, and the simulated contact centre. */
export const realTest = common.extend<object, { served: Served }>({
    // The first run on a machine installs the widget.
    served: [async ({}, use) => serve("real", use), { scope: "worker", timeout: 600_000 }],
    demo: [async ({ served }, use) => use(served.url), { scope: "worker" }],
    launchOptions: [async ({ served }, use) => use(launch(served.tlsPort, served.fingerprint, ONE_PROCESS)), { scope: "worker" }],

    centre: async ({ demo, said }, use) => {
        const own = await resetDemo(demo);
        const conversations = (): Promise<Conversation[]> => json(`${demo}/control/conversations`);
        const requests = (): Promise<{ kind: string; path: string }[]> => json(`${demo}/control/requests`);
        const act = (id: string, what: string, body: object = {}): Promise<void> => json(`${demo}/control/conversations/${id}/${what}`, "POST", body);
        await use({
            ...own,
            conversations,
            async latest(count = 1) {
                await expect.poll(async () => (await conversations()).length, { message: "conversations", intervals: [50] }).toBe(count);
                const last = (await conversations()).at(-1);
                if (!last) throw new Error("No conversation.");
                return last;
            },
            accept: (id) => act(id, "accept"),
            say: (id, text) => {
                said.push(text);
                return act(id, "say", { text });
            },
            end: (id) => act(id, "end"),
            widget: (settings, id = IT_WIDGET) => json(`${demo}/control/widgets/${id}`, "PATCH", settings),
            fault: (fault) => json(`${demo}/control/faults`, "POST", fault),
            clearFaults: () => json(`${demo}/control/faults`, "DELETE"),
            requests,
            listening: async () => (await requests()).filter(({ kind }) => kind === "push").length,
        });
    },
});

/** Mounts an instance; its number, and its container as a locator through `control`. */
export async function mount(page: Page, options: Omit<MountOptions, "container"> = {}): Promise<number> {
    return page.evaluate((given) => window.demoHost.mount(given).id, options);
}

/** Does something with a mounted instance inside the page. */
export async function withInstance<T>(page: Page, id: number, use: (instance: HostInstance) => T): Promise<T> {
    const handle = await page.evaluateHandle((wanted) => {
        const found = window.demoHost.instances.find((instance) => instance.id === wanted);
        if (!found) throw new Error(`No instance ${wanted}.`);
        return found;
    }, id);
    return handle.evaluate(use);
}

export const outputs = (page: Page, id: number): Promise<HostOutputs> => withInstance(page, id, (instance) => ({ ...instance.outputs }));
export const events = (page: Page, id: number): Promise<string[]> => withInstance(page, id, (instance) => [...instance.events]);
export const destroy = (page: Page, id: number): Promise<void> => withInstance(page, id, (instance) => instance.destroy());

/** Runs inside the page: whether an instance reports all of these outputs, and has raised all of these events. */
function reports([id, wanted, raised]: readonly [number, HostOutputs, readonly string[]]): boolean {
    const instance = window.demoHost.instances.find((each) => each.id === id);
    if (!instance) return false;
    const left = [...instance.events];
    const has = (name: string): boolean => {
        const at = left.indexOf(name);
        if (at >= 0) left.splice(at, 1);
        return at >= 0;
    };
    return Object.entries(wanted).every(([name, value]) => instance.outputs[name] === value) && raised.every(has);
}

/** Waits inside the page until an instance reports all of these. */
export async function expectOutputs(page: Page, id: number, wanted: HostOutputs): Promise<void> {
    await page.waitForFunction(reports, [id, wanted, []] as const).catch(() => undefined);
    expect(await outputs(page, id), "outputs").toMatchObject(wanted);
}

/** Waits inside the page until an instance reports a state. */
export const expectState = (page: Page, id: number, state: string): Promise<void> => expectOutputs(page, id, { chatState: state });

/** Waits inside the page until an instance has raised these events, each as often as it is named. */
export async function expectEvents(page: Page, id: number, names: readonly string[]): Promise<void> {
    await page.waitForFunction(reports, [id, {}, names] as const).catch(() => undefined);
    expect((await events(page, id)).sort(), "events").toEqual(expect.arrayContaining([...names].sort()));
}

/** Where the widget's frame stands: in a page, or in a frame of it as that of a web resource. */
type Host = Page | FrameLocator;

/** The widget's frame: in its host an element, inside another document. */
export const frameElement = (host: Host): Locator => host.locator(`#${FRAME_ID}`);
export const inFrame = (host: Host): FrameLocator => host.frameLocator(`#${FRAME_ID}`);

/** The elements of Microsoft's widget that tests look at and press. */
export const widget = (host: Host) => ({
    button: inFrame(host).locator("#oc-lcw-chat-button"),
    header: inFrame(host).locator("#oc-lcw-header"),
    minimise: inFrame(host).locator("#lcw-header-minimize-button"),
    closeButton: inFrame(host).locator("#lcw-header-close-button"),
    confirmClose: inFrame(host).locator("#oc-lcw-confirmation-pane-confirmbutton"),
    sendBox: inFrame(host).locator('textarea[data-testid="send box text area"]'),
    survey: inFrame(host).locator("#oc-lcw-prechatsurvey-pane"),
    surveyBehind: inFrame(host).locator("#oc-lcw-postchatsurvey-pane"),
    transcript: (text: string): Locator => inFrame(host).getByText(text).first(),
});
