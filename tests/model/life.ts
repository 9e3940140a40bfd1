// Owns a life: what people, agents, network and forgers do, one after another, in windows with the real session, adapter and marker.
import { createSession } from "../../ChatWithAgent/chat/session";
import { createMarker } from "../../ChatWithAgent/host/web/marker";
import { createWidget } from "../../ChatWithAgent/widget/widget";
import { Browser } from "./browser";
import type { Log, World } from "./browser";
import { FakeClock, settle } from "./clock";
import { heal } from "./heal";
import { FakePage } from "./page";
import { RuleBroken, Rules } from "./rules";
import { Widget } from "./widget";

export { RuleBroken };

export type Session = ReturnType<typeof createSession>;
export type Request = Parameters<Session["start"]>[0];

/** By whoever uses the session, the user in the widget, the agent, the network. */
export type Simple = "wait" | "load" | "bring back" | "offer" | "leave" | "minimise" | "maximise" | "✕" | "submit" | "Microsoft's button" | "agent writes" | "agent ends" | "offline" | "online";

/** What happens; `window` 1 is a second tab of the same user's. */
export type Act =
    /** The page is opened anew, by whom, and in which window; meanwhile the computer's clock may have been set back. */
    | { readonly act: "open"; readonly user: "ann" | "ben"; readonly window: 0 | 1; readonly setBackMs?: number }
    /** The component's button; the context takes so many milliseconds. */
    | { readonly act: "press"; readonly contextMs?: number }
    | { readonly act: Simple }
    | { readonly act: "script unreachable" | "frame dead" | "start refused"; readonly times: number }
    | { readonly act: "forge"; readonly name: string; readonly detail?: object };

export interface Step {
    /** Time that passes before, in milliseconds. */
    readonly after: number;
    readonly window?: 0 | 1;
    readonly does: Act;
}

export interface Life {
    readonly world: World;
    readonly steps: readonly Step[];
}

const ORG = "26763d6a-d8e4-4f3d-b82d-d7ec27740002";
const APP = "4de22280-0707-4f5f-befc-7d6c4fbbcde6";
const HUB = `https://m-${ORG}.eu.omnichannelengagementhub.com`;
const WIDGET: Request["widget"] = {
    appId: APP,
    orgId: ORG,
    orgUrl: HUB,
    scriptUrl: "https://oc-cdn-public-eur.azureedge.net/livechatwidget/scripts/LiveChatBootstrapper.js" as Request["widget"]["scriptUrl"],
    attributes: { v2: "", "data-app-id": APP, "data-org-id": ORG, "data-org-url": HUB, "data-lcw-version": "prod" },
};

/** 26 November 2026; a fake clock begins at 0. */
const EPOCH = 1_795_651_200_000;

/** A window: page, widget, and the component's parts as `window/` puts them together. */
export class Tab {
    readonly page: FakePage;
    readonly widget: Widget;
    readonly session: Session;
    readonly by = {};

    constructor(
        readonly user: string,
        readonly browser: Shared,
        readonly rules: Rules,
        title: string,
    ) {
        this.page = new FakePage({
            clock: browser.clock,
            appended: (element) => element.localName === "script" && this.widget.load(element),
            written: (key, value) => browser.write(this, key, value),
            fetch: (url) => this.#fetch(url),
        });
        Object.assign(this.page.localStorage, Object.fromEntries(browser.entries));
        this.widget = new Widget(browser, this.page, user, title);
        const { page } = this;
        const clock = { after: (milliseconds: number, run: () => void) => page.after(milliseconds, run), now: () => browser.now };
        const marker = createMarker(page.window, () => browser.now);
        this.session = createSession({ widget: createWidget(page.window), marker, clock });
        rules.watch(this);
        // As an instance does: a chat of one's own comes back by itself.
        if (marker.own(WIDGET, user)) this.session.load(this.request());
    }

    request(contextMs = 0): Request {
        const variables = { Email: { value: `${this.user}@contoso.example`, isDisplayable: true } };
        const context = { variables, lasting: variables, email: { kind: "known" as const, address: variables.Email.value }, dropped: [] };
        const late = new Promise<typeof context>((resolve) => (contextMs > 0 ? this.page.after(contextMs, () => resolve(context)) : resolve(context)));
        return { widget: WIDGET, userId: this.user, by: this.by, context: late };
    }

    leave(): void {
        this.page.raise("pagehide");
        this.page.isGone = true;
        this.browser.widgets.delete(this.widget);
        this.browser.tabs.delete(this);
    }

    #fetch(url: string): Promise<object> {
        const { world, isOnline } = this.browser;
        if (!url.includes(`/livechatconnector/config/${ORG}/${APP}`)) return Promise.reject(new TypeError(`No such address: ${url}`));
        if (world.configurationMs === -2 || !isOnline) return Promise.reject(new TypeError("Failed to fetch"));
        const text = (is: boolean): string => (is ? "True" : "False");
        const answer = {
            LiveChatConfigAuthSettings: null,
            LiveWSAndLiveChatEngJoin: {
                msdyn_conversationmode: "192350000",
                msdyn_prechatenabled: text(world.surveyBefore),
                msdyn_postconversationsurveyenable: text(world.surveyAfter),
                OutOfOperatingHours: text(world.isClosed && !this.browser.isCalm),
                ShowWidget: "True",
            },
        };
        const response = { ok: true, status: 200, headers: { get: () => null }, json: () => Promise.resolve(answer), text: () => Promise.resolve(JSON.stringify(answer)) };
        return new Promise((resolve) => world.configurationMs >= 0 && this.page.after(world.configurationMs, () => resolve(response)));
    }
}

/** The browser with the storage of our own pages: each window has a copy, and hears of what the others write. */
export class Shared extends Browser {
    readonly entries = new Map<string, string>();
    readonly tabs = new Set<Tab>();
    shift = 0;
    get now(): number {
        return EPOCH + this.clock.now + this.shift;
    }
    write(writer: Tab, key: string, value: string | null): void {
        if (value === null) this.entries.delete(key);
        else this.entries.set(key, value);
        writer.rules.written(writer, value);
        for (const tab of this.tabs) {
            const copy = tab.page.localStorage as unknown as Record<string, string>;
            if (value === null) Reflect.deleteProperty(copy, key);
            else copy[key] = value;
            if (tab !== writer) tab.page.after(1, () => tab.page.raise("storage", { key, newValue: value }));
        }
    }
}

/** Runs a life; rejects with the first rule that is broken. `until`: the check for dead ends is made after so many events. */
export async function live({ world, steps }: Life, log?: (line: string) => void, until = Infinity): Promise<number> {
    const clock = new FakeClock();
    const say: Log = (line) => log?.(`${(clock.now / 1000).toFixed(3).padStart(9)} s  ${line()}`);
    const browser = new Shared(world, clock, say);
    const rules = new Rules(browser, { world, steps }, say);
    const windows: (Tab | undefined)[] = [];
    let last: 0 | 1 = 0;
    let events = 0;
    const check = (): void => {
        events++;
        rules.check();
        if (events >= until) throw new Enough();
    };
    try {
        await clock.pass(0, check);
        windows[0] = open(browser, rules, "ann", 0);
        for (const step of steps) {
            await clock.pass(step.after, check);
            const at = step.window === 1 && windows[1] ? 1 : 0;
            last = at;
            say(() => describe(step.does, at));
            if (step.does.act === "open") last = reopen(windows, browser, rules, step.does);
            else if (windows[at]) perform(step.does, windows[at], browser);
            await settle();
            check();
        }
    } catch (error) {
        if (!(error instanceof Enough)) throw error;
    }
    for (const at of [last, last === 0 ? 1 : 0]) {
        const tab = windows[at];
        if (tab) await heal(tab, rules, (milliseconds) => clock.pass(milliseconds, () => rules.check()));
    }
    rules.tellAll();
    return events;
}

const TITLES = ["", "[second tab] "] as const;

class Enough extends Error {}

function open(browser: Shared, rules: Rules, user: string, at: 0 | 1): Tab {
    const tab = new Tab(user, browser, rules, TITLES[at]);
    browser.tabs.add(tab);
    return tab;
}

/** One person sits at a browser: whoever opens the page as somebody else has left all windows. */
function reopen(windows: (Tab | undefined)[], browser: Shared, rules: Rules, { user, window, setBackMs = 0 }: Extract<Act, { act: "open" }>): 0 | 1 {
    const isSame = windows[0]?.user === user;
    const at = isSame ? window : 0;
    windows.forEach((tab, index) => {
        if (tab && (!isSame || index === at)) {
            tab.leave();
            windows[index] = undefined;
        }
    });
    browser.shift -= setBackMs;
    windows[at] = open(browser, rules, user, at);
    return at;
}

function perform(does: Exclude<Act, { act: "open" }>, tab: Tab, browser: Shared): void {
    const { session, widget, page, rules } = tab;
    switch (does.act) {
        case "press":
            return rules.press(tab, () => session.start(tab.request(does.contextMs)));
        case "bring back":
            return rules.press(tab, () => session.bringBack());
        case "wait":
            return;
        case "load":
            return session.load(tab.request());
        case "offer":
            return session.offer(tab.request());
        case "leave":
            return session.leave(tab.by);
        case "minimise":
            return widget.isVisible ? widget.minimise() : undefined;
        case "maximise":
        case "Microsoft's button":
            return widget.isVisible ? widget.pressButton() : undefined;
        case "✕":
            return widget.isVisible ? widget.pressClose() : undefined;
        case "submit":
            return widget.isVisible ? widget.submit() : undefined;
        case "agent writes":
            return browser.agentWrites();
        case "agent ends":
            return browser.agentEnds();
        case "script unreachable":
            browser.unreachable = does.times;
            return;
        case "frame dead":
            browser.deadFrames = does.times;
            return;
        case "start refused":
            browser.refusals = does.times;
            return;
        case "offline":
        case "online":
            browser.isOnline = does.act === "online";
            for (const other of browser.tabs) {
                other.page.navigator.onLine = browser.isOnline;
                other.page.raise(does.act);
            }
            return;
        case "forge":
            return page.raise(does.name, { detail: does.detail, isTrusted: false, timeStamp: browser.clock.now });
    }
}

function describe(does: Act, at: 0 | 1): string {
    const { act, ...more } = does;
    return `${TITLES[at]}>>> ${act} ${Object.values(more).map((value) => (typeof value === "object" ? JSON.stringify(value) : String(value))).join(" ")}`;
}
