// Owns what every browser test starts from: a demo of its own worker, Microsoft's hosts answered from it, and eyes on everything that must not happen.
import { test as base, expect } from "@playwright/test";
import type { Page, Route } from "@playwright/test";
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { DemoHost, HostInstance, MountOptions } from "../../demo/host/types";

export { expect };

export const ORG = "5f0d3c1a-7b2e-4c69-9a41-2d8e6b7f1c30";
export const ORG_URL = `https://m-${ORG}.us.omnichannelengagementhub.com`;
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
    readonly contact: { readonly kind: string; readonly id: string; readonly name: string } | null;
    readonly messages: readonly { readonly from: string; readonly text: string }[];
}

/** The contact centre's control interface. */
export interface Centre {
    conversations(): Promise<Conversation[]>;
    /** Waits for so many conversations and hands over the latest. */
    latest(count?: number): Promise<Conversation>;
    accept(id: string): Promise<void>;
    say(id: string, text: string): Promise<void>;
    end(id: string): Promise<void>;
    widget(settings: Record<string, unknown>, id?: string): Promise<void>;
    fault(fault: Record<string, unknown>): Promise<void>;
    clearFaults(): Promise<void>;
    /** Kinds and paths of the requests that have come since the last reset. */
    requests(): Promise<{ readonly kind: string; readonly path: string }[]>;
    setVariable(name: string, value: string): Promise<void>;
    /** Web API requests since the last reset. */
    webApi(): Promise<{ readonly table: string; readonly query: string }[]>;
}

export interface Watch {
    /** Requests to hosts that nobody is allowed to talk to; they are refused. */
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

interface Fixtures {
    /** Hosts that a test lets the product ask, which are refused all the same; every other one fails the test. */
    refused: readonly string[];
    centre: Centre;
    watch: Watch;
    /** Opens the bare test page for a user and waits until it can be driven. */
    open: (options?: { readonly react?: "16" | "17"; readonly user?: { readonly id: string }; readonly page?: Page }) => Promise<void>;
}

/** Answers Microsoft's hosts from the simulator, over the real wire of the loopback, and refuses all others. */
export async function route(page: Page, url: string, watch: Watch): Promise<void> {
    await page.context().route(/^https?:\/\/(?!127\.0\.0\.1)/, async (at: Route) => {
        const asked = new URL(at.request().url());
        const isOurs = asked.protocol === "https:" && (asked.host === SCRIPT_HOST || asked.host === new URL(ORG_URL).host);
        if (!isOurs) {
            watch.foreign.push(asked.href);
            await at.abort();
            return;
        }
        watch.microsoft.push(asked.href);
        try {
            await at.fulfill({ response: await at.fetch({ url: `${url}${asked.pathname}${asked.search}` }) });
        } catch {
            // The page or the server has gone, or is meant to be: a network error is the truth.
            await at.abort().catch(() => undefined);
        }
    });
}

async function json<T>(url: string, method = "GET", body?: unknown): Promise<T> {
    const answer = await fetch(url, { method, ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
    const text = await answer.text();
    return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** What the agent has written in the running test. */
const said: string[] = [];

export const test = base.extend<Fixtures, { demo: string }>({
    demo: [
        // Playwright reads the fixtures that a fixture uses from this pattern.
        async ({}, use) => {
            const server = spawn(process.execPath, ["--import", "tsx", join(__dirname, "serve.ts")], { stdio: ["pipe", "pipe", "inherit"] });
            const url = await new Promise<string>((resolve, reject) => {
                server.stdout.once("data", (line: Buffer) => resolve(line.toString().trim()));
                server.once("exit", (code) => reject(new Error(`The demo ended with ${String(code)}.`)));
            });
            await use(url);
            server.kill();
        },
        { scope: "worker" },
    ],

    centre: async ({ demo }, use) => {
        await json(`${demo}/control/reset`, "POST");
        await json(`${demo}/demo/reset`, "POST");
        said.length = 0;
        const conversations = (): Promise<Conversation[]> => json(`${demo}/control/conversations`);
        await use({
            conversations,
            async latest(count = 1) {
                await expect.poll(async () => (await conversations()).length, { message: "conversations at the contact centre" }).toBe(count);
                const last = (await conversations()).at(-1);
                if (!last) throw new Error("No conversation.");
                return last;
            },
            accept: (id) => json(`${demo}/control/conversations/${id}/accept`, "POST", {}),
            say: (id, text) => {
                said.push(text);
                return json(`${demo}/control/conversations/${id}/say`, "POST", { text });
            },
            end: (id) => json(`${demo}/control/conversations/${id}/end`, "POST", {}),
            widget: (settings, id = IT_WIDGET) => json(`${demo}/control/widgets/${id}`, "PATCH", settings),
            fault: (fault) => json(`${demo}/control/faults`, "POST", fault),
            clearFaults: () => json(`${demo}/control/faults`, "DELETE"),
            requests: () => json(`${demo}/control/requests`),
            setVariable: (name, value) => json(`${demo}/demo/environment/${name}`, "PUT", value),
            webApi: () => json(`${demo}/demo/requests`),
        });
    },

    refused: [[], { option: true }],

    watch: async ({ page, demo, refused }, use) => {
        const watch: Watch = { foreign: [], microsoft: [], console: [] };
        const ours: string[] = [];
        page.on("console", (message) => {
            watch.console.push(`${message.type()}: ${message.text()}`);
            // Microsoft's own SDK logs each message that comes (seen).
            if (!message.location().url.includes("/livechatwidget/")) ours.push(message.text());
        });
        await route(page, demo, watch);
        await use(watch);
        const foreign = watch.foreign.filter((url) => !refused.includes(new URL(url).host));
        expect(foreign, "requests to hosts that nobody may talk to").toEqual([]);
        // Addresses, and what people have written to each other in this test.
        const personal = ours.filter((line) => /@contoso\.example/i.test(line) || said.some((text) => line.includes(text)));
        expect(personal, "personal matter in the console").toEqual([]);
    },

    open: async ({ page, demo, centre, watch }, use, info) => {
        await use(async (options = {}) => {
            const target = options.page ?? page;
            const user = options.user ?? USERS.alex;
            await target.context().addCookies([{ name: "demoUser", value: user.id, url: demo }]);
            await target.goto(`${demo}/bare?sw=off&react=${options.react ?? "17"}`);
            await target.waitForFunction(() => document.documentElement.dataset["ready"] !== undefined);
            expect(await target.evaluate(() => document.documentElement.dataset["ready"] ?? ""), await target.evaluate(() => document.body.innerText)).toBe("true");
        });
        // What a failed run is understood by.
        if (info.status !== info.expectedStatus) await info.attach("console and contact centre", { body: JSON.stringify({ console: watch.console, requests: await centre.requests() }, null, 1), contentType: "application/json" });
        for (const each of page.context().pages()) expect(await each.evaluate(() => (window as Partial<Window>).demoHost?.errors ?? [])).toEqual([]);
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

export const outputs = (page: Page, id: number): Promise<HostInstance["outputs"]> => withInstance(page, id, (instance) => ({ ...instance.outputs }));
export const events = (page: Page, id: number): Promise<string[]> => withInstance(page, id, (instance) => [...instance.events]);
export const destroy = (page: Page, id: number): Promise<void> => withInstance(page, id, (instance) => instance.destroy());

/** Waits until an instance reports a state. */
export async function expectState(page: Page, id: number, state: string): Promise<void> {
    await expect.poll(async () => (await outputs(page, id)).chatState, { message: "chatState" }).toBe(state);
}

/** The elements of Microsoft's widget that tests look at and press. */
export const widget = (page: Page) => ({
    button: page.locator("#oc-lcw-chat-button"),
    header: page.locator("#oc-lcw-header"),
    minimise: page.locator("#lcw-header-minimize-button"),
    closeButton: page.locator("#lcw-header-close-button"),
    confirmClose: page.locator("#oc-lcw-confirmation-pane-confirmbutton"),
    sendBox: page.locator('textarea[data-testid="send box text area"]'),
    survey: page.locator("#oc-lcw-prechatsurvey-pane"),
});
