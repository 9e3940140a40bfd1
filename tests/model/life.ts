// Owns a life: what people, agents, network and forgers do, one after another.
import type { Log, World } from "./browser";
import { FakeClock, settle } from "./clock";
import { heal } from "./heal";
import { Rules } from "./rules";
import { Shared, Tab } from "./tab";

/** By whoever uses the session, by the user in the widget, by the agent, by the network. */
export type Simple =
    | ("wait" | "load" | "bring back" | "offer" | "leave")
    | ("minimise" | "maximise" | "✕" | "submit" | "Microsoft's button")
    | ("agent writes" | "agent ends")
    | ("offline" | "online");

interface Opening {
    readonly act: "open";
    readonly user: "ann" | "ben";
    /** 1 is a second tab of the same user's. */
    readonly window: 0 | 1;
    /** The computer's clock was set back just before. */
    readonly setBackMs?: number;
}

export type Act =
    | { readonly act: Simple }
    | Opening
    /** The component's button; the context is known after so many milliseconds. */
    | { readonly act: "press"; readonly contextMs?: number }
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

/** The life has come to the event after which dead ends are looked for. */
class Enough extends Error {}

const TITLES = ["", "[second tab] "] as const;

/**
 * Runs a life; rejects with the first rule that is broken.
 * @param until after how many events the life stops, to be asked for dead ends there; else that is done at its end
 * @returns how many events it had
 */
export async function live(life: Life, log?: (line: string) => void, until = Infinity): Promise<number> {
    const clock = new FakeClock();
    const say: Log = (line) => log?.(`${(clock.now / 1000).toFixed(3).padStart(9)} s  ${line()}`);
    const browser = new Shared(life.world, clock, say);
    // The configuration request asks the computer's clock.
    Date.now = () => browser.now;
    const rules = new Rules(browser, life, say);
    const windows: (Tab | undefined)[] = [new Tab("ann", browser, rules, TITLES[0])];
    let last: 0 | 1 = 0;
    let events = 0;
    const check = (): void => {
        rules.check();
        if (++events >= until) throw new Enough();
    };
    try {
        for (const { after, window, does } of life.steps) {
            await clock.pass(after, check);
            last = window === 1 && windows[1] ? 1 : 0;
            say(() => describe(does, last));
            const tab = windows[last];
            if (does.act === "open") last = open(windows, browser, rules, does);
            else if (tab) perform(does, tab, browser);
            await settle();
            check();
        }
    } catch (error) {
        if (!(error instanceof Enough)) throw error;
    }
    for (const tab of last === 0 ? windows : windows.reverse()) {
        if (tab) await heal(tab, rules, (milliseconds) => clock.pass(milliseconds, () => rules.check()));
    }
    rules.tellAll();
    return events;
}

/** One person sits at a browser: whoever opens the page as somebody else has left all windows. */
function open(windows: (Tab | undefined)[], browser: Shared, rules: Rules, opening: Opening): 0 | 1 {
    const isSame = windows[0]?.user === opening.user;
    const at = isSame ? opening.window : 0;
    for (const index of [0, 1]) {
        if (isSame && index !== at) continue;
        windows[index]?.leave();
        windows[index] = undefined;
    }
    browser.setBackMs += opening.setBackMs ?? 0;
    windows[at] = new Tab(opening.user, browser, rules, TITLES[at]);
    return at;
}

function perform(does: Exclude<Act, Opening>, tab: Tab, browser: Shared): void {
    switch (does.act) {
        case "press":
            return tab.rules.press(tab, () => tab.session.start(tab.request(does.contextMs)));
        case "script unreachable":
            browser.unreachable = does.times;
            return;
        case "frame dead":
            browser.deadFrames = does.times;
            return;
        case "start refused":
            browser.refusals = does.times;
            return;
        case "forge":
            return tab.page.raise(does.name, { detail: does.detail, isTrusted: false, timeStamp: browser.clock.now });
        case "agent writes":
            return browser.agentWrites();
        case "agent ends":
            return browser.agentEnds();
        case "offline":
        case "online":
            browser.isOnline = does.act === "online";
            for (const { page } of browser.tabs) {
                page.navigator.onLine = browser.isOnline;
                page.raise(does.act);
            }
            return;
        default:
            return use(does.act, tab);
    }
}

/** What the component's instances and the user do in a window. */
function use(act: Exclude<Simple, "agent writes" | "agent ends" | "offline" | "online">, tab: Tab): void {
    const { session, widget, rules } = tab;
    switch (act) {
        case "wait":
            return;
        case "load":
            return session.load(tab.request());
        case "bring back":
            return rules.press(tab, () => session.bringBack());
        case "offer":
            return session.offer(tab.request());
        case "leave":
            return session.leave(tab.by);
        default:
            // A user cannot press what is hidden.
            if (widget.isVisible) widget.use(act);
    }
}

function describe(does: Act, at: 0 | 1): string {
    const { act, ...more } = does;
    const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
    return `${TITLES[at]}>>> ${[act, ...Object.values(more).map(text)].join(" ")}`;
}
