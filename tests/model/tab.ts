// Owns the windows of a browser with the real session, adapter and marker in each, as the component puts them together.
import { createSession } from "../../ChatWithAgent/chat/session";
import { createMarker } from "../../ChatWithAgent/host/web/marker";
import { createWidget } from "../../ChatWithAgent/widget/widget";
import { Browser } from "./browser";
import { FakePage } from "./page";
import type { Ending } from "./page";
import type { Rules } from "./rules";
import { Widget } from "./widget";

export type Session = ReturnType<typeof createSession>;
type Request = Parameters<Session["start"]>[0];
type Settings = Request["widget"];

const ORG = "26763d6a-d8e4-4f3d-b82d-d7ec27740002";
const APP = "4de22280-0707-4f5f-befc-7d6c4fbbcde6";
const HUB = `https://m-${ORG}.eu.omnichannelengagementhub.com`;
const SCRIPT = "https://oc-cdn-public-eur.azureedge.net/livechatwidget/scripts/LiveChatBootstrapper.js";
const SETTINGS: Settings = {
    appId: APP,
    orgId: ORG,
    orgUrl: HUB,
    scriptUrl: SCRIPT as Settings["scriptUrl"],
    attributes: { v2: "", "data-app-id": APP, "data-org-id": ORG, "data-org-url": HUB, "data-lcw-version": "prod" },
};

/** 26 November 2026; a fake clock begins at 0. */
const EPOCH = 1_795_651_200_000;

/** The browser with our own pages' storage: each window has a copy, and hears of what the others write. */
export class Shared extends Browser {
    readonly tabs = new Set<Tab>();
    /** How far the computer's clock was set back. */
    setBackMs = 0;
    readonly #entries = new Map<string, string>();

    get now(): number {
        return EPOCH + this.clock.now - this.setBackMs;
    }

    add(tab: Tab): void {
        this.tabs.add(tab);
        Object.assign(tab.page.localStorage, Object.fromEntries(this.#entries));
    }

    write(writer: Tab, key: string, value: string | null): void {
        if (value === null) this.#entries.delete(key);
        else this.#entries.set(key, value);
        writer.rules.written(writer, value);
        for (const tab of this.tabs) {
            const copy = tab.page.localStorage as unknown as Record<string, string>;
            if (value === null) Reflect.deleteProperty(copy, key);
            else copy[key] = value;
            if (tab !== writer) tab.page.after(1, () => tab.page.raise("storage", { key, newValue: value }));
        }
    }
}

const ENCODER = new TextEncoder();
const ENDED = new Error("The request was ended.");

/** A body as the adapter reads it: one piece of text. */
function bodyOf(text: string): object {
    const pieces = [ENCODER.encode(text)];
    const read = (): Promise<object> => {
        const value = pieces.pop();
        return Promise.resolve({ value, done: value === undefined });
    };
    return { getReader: () => ({ read }) };
}

export class Tab {
    readonly page: FakePage;
    readonly widget: Widget;
    readonly session: Session;
    /** Stands for an instance of the component. */
    readonly by = {};

    constructor(
        readonly user: string,
        readonly browser: Shared,
        readonly rules: Rules,
        title: string,
    ) {
        const page = new FakePage({
            clock: browser.clock,
            appended: (element) => element.localName === "script" && this.widget.load(element),
            written: (key, value) => browser.write(this, key, value),
            fetch: (url, ending) => this.#fetch(url, ending),
        });
        this.page = page;
        this.widget = new Widget(browser, page, user, title);
        browser.add(this);
        const clock = { after: page.after.bind(page), now: () => browser.now };
        const marker = createMarker(page.window, clock.now);
        this.session = createSession({ widget: createWidget(page.window), marker, clock });
        rules.watch(this);
        // As an instance does: a chat of one's own comes back by itself.
        if (marker.own(SETTINGS, user)) this.session.load(this.request());
    }

    /** What an instance hands over; the context is known after so many milliseconds. */
    request(contextMs = 0): Request {
        const address = `${this.user}@contoso.example`;
        const variables = { Email: { value: address, isDisplayable: true } };
        const known = { variables, lasting: variables, email: { kind: "known", address }, dropped: [] } as const;
        const context = new Promise<typeof known>((resolve) => {
            if (contextMs === 0) resolve(known);
            else this.page.after(contextMs, () => resolve(known));
        });
        return { widget: SETTINGS, userId: this.user, by: this.by, isPress: true, context };
    }

    leave(): void {
        this.page.raise("pagehide");
        this.page.isGone = true;
        this.browser.widgets.delete(this.widget);
        this.browser.tabs.delete(this);
    }

    /** The configuration request; nothing else is asked for. */
    #fetch(url: string, ending: Ending | undefined): Promise<object> {
        const { world, isOnline, isCalm } = this.browser;
        if (!url.startsWith(`${HUB}/livechatconnector/config/${ORG}/${APP}`)) throw new Error(`Nobody expects ${url}.`);
        if (world.configurationMs === -2 || !isOnline) return Promise.reject(new TypeError("Failed to fetch"));
        const text = (is: boolean): string => (is ? "True" : "False");
        const answer = {
            LiveChatConfigAuthSettings: null,
            LiveWSAndLiveChatEngJoin: {
                msdyn_conversationmode: "192350000",
                msdyn_prechatenabled: text(world.surveyBefore),
                msdyn_postconversationsurveyenable: text(world.surveyAfter),
                OutOfOperatingHours: text(world.isClosed && !isCalm),
                ShowWidget: "True",
            },
        };
        const response = { status: 200, headers: { get: () => null }, body: bodyOf(JSON.stringify(answer)) };
        return new Promise((resolve, reject) => {
            ending?.addEventListener("abort", () => reject(ENDED));
            if (world.configurationMs >= 0) this.page.after(world.configurationMs, () => resolve(response));
        });
    }
}
