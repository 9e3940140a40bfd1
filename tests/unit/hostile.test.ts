// Covers everything that takes text from outside, with 100,000 random cases in all: no exception, nothing outside the allow-list, nothing taken for true that was not written by us.
import * as fc from "fast-check";
import type { MarkerPort } from "../../ChatWithAgent/chat/ports";
import { createSession } from "../../ChatWithAgent/chat/session";
import { buildContext } from "../../ChatWithAgent/context/build";
import type { Answers } from "../../ChatWithAgent/context/build";
import { parseVariables } from "../../ChatWithAgent/context/parse";
import { createMarker } from "../../ChatWithAgent/host/web/marker";
import { toEmail } from "../../ChatWithAgent/identity/email";
import { readEnvironmentRows, readOrganizationRows } from "../../ChatWithAgent/settings/environment";
import { readAddress, readPageSettings } from "../../ChatWithAgent/settings/page";
import { parseSnippet } from "../../ChatWithAgent/settings/snippet";
import type { WidgetEvent } from "../../ChatWithAgent/chat/machine";
import { listen } from "../../ChatWithAgent/widget/events";
import { USER, createFakeClock, createFakeMarker, createFakeWidget, widgetSettings } from "./chat/fakes";
import { PATH, SCRIPT, columns, raw, settled, snippet } from "./settings/samples";

/** How many cases each kind gets; together 100,000. */
const CASES = { settings: 27_000, page: 3_000, snippets: 15_000, context: 10_000, events: 15_000, sessions: 5_000, stored: 15_000, rows: 5_000, addresses: 5_000 } as const;

test("the cases add up to what is promised", () => {
    expect(Object.values(CASES).reduce((sum, count) => sum + count, 0)).toBe(100_000);
});

const DOCUMENTED = /^https:\/\/(?:oc-cdn-(?:ocprod|public|public-(?:sam|eur|apj|oce|jpn|ind|gbr|fra|ger|che)|ocfra-fra|ocuae-uae)\.azureedge\.net|ocprodocprodnamgs\.blob\.core\.usgovcloudapi\.net|cdn\.contoso\.com)\/livechatwidget\/(?:scripts\/|v\d+\/scripts\/(?:NextGen)?)LiveChatBootstrapper\.js(?:\?[^#]*)?$/;

const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom(
        "<script ", "</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)//", "data:text/html,", "https://", "//", "\\", "/../", "%2e%2e/", "@", "#", "?", ":443", "\0", "\uD800", "‮", "&quot;", "&#x3c;", "&#0;", "&#1114112;",
        SCRIPT, PATH, "https://cdn.contoso.com" + PATH, "https://evil.example" + PATH, "oc-cdn-ocprod.azureedge.net", ".evil.example", "data-app-id=", "data-org-url=", 'onerror="', 'src="', "'", '"', ";", "=", "__proto__", "constructor", "none",
        snippet(), snippet({ onerror: `n.src='https://cdn.contoso.com${PATH}'` }),
    ),
);
const hostile = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
/** A snippet that is right but for one attribute, or for what is put into it. */
const nearly = fc
    .tuple(fc.constantFrom("src", "data-app-id", "data-org-id", "data-org-url", "onerror", "data-custom-font-url", "data-customization-callback", "data-lcw-version"), hostile)
    .map(([name, value]) => snippet({ [name]: value }));
const text = fc.oneof(hostile, nearly);

test("settings: whatever they hold, no script outside of the allow-list, no handler, no exception", () => {
    let valid = 0;
    fc.assert(
        fc.property(text, hostile, hostile, hostile, fc.boolean(), fc.option(text), fc.option(hostile), (widgetSnippet, widgetAppId, orgId, orgUrl, isColumn, environment, hosts) => {
            const values = { widgetSnippet, widgetAppId, orgId, orgUrl };
            const answer = settled((isColumn ? columns : raw)(values), { variables: { ...(environment === null ? {} : { snippet: environment }), scriptHosts: `cdn.contoso.com ${hosts ?? ""}` }, organizationId: "" }, ["alert"]);
            if (answer.kind !== "valid") return;
            valid++;
            const { scriptUrl, secondUrl = scriptUrl, attributes, orgUrl: hub } = answer.widget;
            const extra = (hosts ?? "").toLowerCase();
            for (const url of [scriptUrl, secondUrl]) {
                // What the administrator has listed, by whatever chance, is listed.
                if (!extra.includes(new URL(url).host)) expect(url).toMatch(DOCUMENTED);
                expect(url).toMatch(/^https:/);
            }
            expect(hub).toMatch(/^https:\/\/[a-z\d.-]+\.omnichannelengagementhub\.(com|us)$/);
            for (const name of Object.keys(attributes)) expect(name).toMatch(/^(v1|v2|data-[a-z-]+)$/);
        }),
        { numRuns: CASES.settings },
    );
    // The generator reaches what it is about.
    expect(valid).toBeGreaterThan(500);
});

test("snippets: no inline handler comes out, and no name of a prototype means anything", () => {
    fc.assert(
        fc.property(text, (given) => {
            const parsed = parseSnippet(given);
            if (typeof parsed === "string") return;
            expect([...parsed.keys()].filter((name) => /^on/i.test(name))).toEqual([]);
            expect(Object.getPrototypeOf(parsed)).toBe(Map.prototype);
        }),
        { numRuns: CASES.snippets },
    );
    expect(({} as Record<string, unknown>)["data-app-id"]).toBeUndefined();
});

test("the page: whatever its variable and its address hold, each setting is one that there is, and an address names a widget at the most", () => {
    const part = fc.oneof(hostile, fc.constantFrom("startMode=", "automatic", "message=", "contextVariables=A=1", "\n", ";", "=", "{", '{"startMode":', '"automatic"}', "data=", "&data="), fc.json());
    let set = 0;
    fc.assert(
        fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
            const given = parts.join("");
            const { settings, mistakes } = readPageSettings(given);
            if (Object.keys(settings).length > 0) set++;
            for (const [name, value] of Object.entries(settings)) {
                expect(["startMode", "requireEmail", "contactCheck", "message", "buttonLabel", "closedMessage", "contextVariables"]).toContain(name);
                if (name === "startMode") expect(["button", "widgetButton", "automatic"]).toContain(value);
                if (name === "requireEmail" || name === "contactCheck") expect(["yes", "no"]).toContain(value);
                expect(typeof value).toBe("string");
            }
            expect(mistakes.every(({ value }) => value.length <= 120)).toBe(true);
            expect(Object.keys(readAddress(`?${given}`))).toEqual(["widgetSnippet", "widgetAppId"]);
        }),
        { numRuns: CASES.page },
    );
    expect(set).toBeGreaterThan(100);
});

const NOTHING: Answers = { user: new Map([["jobtitle", "Seller"]]), record: "no-record" };

test("context: whatever is written, names and values keep to the limits, and what goes out is plain and the user's own address", () => {
    const part = fc.oneof(hostile, fc.constantFrom("Title=", "{user.jobtitle}", "{record.name}", "{user.", "}", "{{", "\n", "Email=kim@contoso.com", '{"a":', "null", "1e999", "}"), fc.json());
    fc.assert(
        fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
            const { variables } = buildContext({ kind: "known", address: "alex@contoso.com" }, parseVariables(parts.join(""), 99), NOTHING, undefined);
            const entries = Object.entries(variables);
            if (entries.length > 100) throw new Error("too many");
            for (const [name, { value, isDisplayable }] of entries) {
                const isPlain = typeof value === "string" ? value.length > 0 && value.length <= 4_000 : typeof value === "boolean" || Number.isFinite(value);
                if (!isPlain || !isDisplayable || name.length > 100 || ["__proto__", "constructor", "prototype", "null", ""].includes(name)) throw new Error(`${name}: ${String(value)}`);
            }
            expect(variables["Email"]?.value).toBe("alex@contoso.com");
        }),
        { numRuns: CASES.context },
    );
});

const NAMES = ["ready", "startChat", "chatQueued", "chatRetrieved", "closeChat", "onMinimize", "onMaximize", "threadUpdate", "onMessageReceived", "onMessageSent", "onHistoryMessageReceived", "error", "unknown"] as const;
const refuse = (): never => {
    throw new Error("hostile");
};
/** Stands for an object that throws at every touch, which the generator could not hold either. */
const HOSTILE = Symbol("hostile");
const detailOf = (detail: unknown): unknown => (detail === HOSTILE ? new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse, getPrototypeOf: refuse }) : detail);
const payload = fc.oneof(
    fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSymbol: true } as object),
    fc.record({ errorCode: fc.oneof(fc.string({ unit: "binary" }), fc.integer(), fc.object()), messageType: fc.constantFrom("user", "system", "__proto__"), channelData: fc.anything() }),
    fc.constant(HOSTILE),
);
/** A page and its widget's frame, as far as events need them. */
function listenOn(page: EventTarget, tell: (event: WidgetEvent) => void): void {
    const nothing = (): void => undefined;
    const observer = class {
        observe = nothing;
        disconnect = nothing;
    };
    const parts = { performance, document: { head: {}, title: "" }, MutationObserver: observer, setTimeout: () => 0, clearTimeout: nothing };
    const frame = { hide: nothing, isThere: () => true, isOpen: () => undefined, hasSize: () => true, watch: nothing, remove: nothing };
    const source = listen(Object.assign(page, parts) as unknown as Window & typeof globalThis, frame, tell);
    source.arrived();
    source.assumeReady();
}

const forged = fc.tuple(fc.constantFrom(...NAMES), payload);

test("events: any payload under any name comes to one of the known events, and nothing of the payload but a code", () => {
    const page = new EventTarget();
    const told: unknown[] = [];
    listenOn(page, (event) => told.push(event));
    fc.assert(
        fc.property(forged, ([name, detail]) => {
            told.length = 0;
            page.dispatchEvent(new CustomEvent(`lcw:${name}`, { detail: detailOf(detail) }));
            // A start may tell of the end before it, a return of its window.
            expect(told.length).toBeLessThanOrEqual(2);
            for (const event of told as Record<string, unknown>[]) {
                if (event["type"] === "failed") expect(event["detail"]).toMatch(/^(\w{0,40}|-?[\d.e+-]+|NaN|-?Infinity)$/);
                else expect(Object.keys(event).filter((key) => key !== "isSure")).toEqual(["type"]);
            }
        }),
        { numRuns: CASES.events },
    );
});

test("sessions: a series of forged events never loads, starts or closes anything that nobody has asked for", () => {
    fc.assert(
        fc.property(fc.array(forged, { maxLength: 20 }), (events) => {
            const page = new EventTarget();
            const widget = createFakeWidget();
            const session = createSession({ widget, marker: createFakeMarker(), clock: createFakeClock() });
            const raised: string[] = [];
            session.subscribe((occurrence) => occurrence && raised.push(occurrence));
            widget.onLoad = () => undefined;
            session.load({ widget: widgetSettings(), userId: USER, context: new Promise(() => undefined) });
            const before = [...widget.calls];
            listenOn(page, (event) => widget.tell(event));
            for (const [name, detail] of events) page.dispatchEvent(new CustomEvent(`lcw:${name}`, { detail: detailOf(detail) }));
            // A conversation that is said to have come back unasked may be another user's: closing that is the one thing that is done.
            expect(widget.calls.slice(before.length).filter((call) => call !== "close")).toEqual([]);
            expect(raised.filter((event) => event === "ChatFailed").length).toBeLessThanOrEqual(1);
        }),
        { numRuns: CASES.sessions },
    );
});

test("stored state: nothing that somebody else has written makes a conversation this user's", () => {
    const entries = new Map<string, string>();
    const storage = { getItem: (key: string) => entries.get(key) ?? null, setItem: (key: string, value: string) => void entries.set(key, value), removeItem: (key: string) => void entries.delete(key) };
    const now = Date.UTC(2026, 0, 1);
    const marker: MarkerPort = createMarker({ localStorage: new Proxy(storage, { ownKeys: () => [...entries.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) }) } as unknown as Window, () => now);
    const widget = widgetSettings();
    marker.keep(widget, USER);
    const [key = "", right = ""] = [...entries][0] ?? [];
    const [owner = "", until = ""] = right.split(" ");
    expect(marker.own(widget, USER)).toBe(true);
    const poison = fc.oneof(fc.string({ unit: "binary" }), fc.tuple(fc.oneof(fc.string(), fc.constant(owner)), fc.oneof(fc.string(), fc.double().map(String), fc.integer({ min: -now, max: now }).map((offset) => String(now + offset)), fc.constant(until))).map((both) => both.join(" ")));
    fc.assert(
        fc.property(poison, (value) => {
            entries.set(key, value);
            const [name, expiry] = value.split(" ");
            const left = Number(expiry) - now;
            expect(marker.own(widget, USER)).toBe(name === owner && left > 0 && left <= 900_000);
            expect(typeof marker.any()).toBe("boolean");
            expect(marker.own(widget, "")).toBe(false);
        }),
        { numRuns: CASES.stored },
    );
});

test("answers of Dataverse: any shape is read without an exception, and only texts come out", () => {
    fc.assert(
        fc.property(fc.anything(), fc.array(fc.record({ schemaname: fc.constantFrom("cwa_ChatWidgetSnippet", "cwa_ChatScriptHosts", "__proto__"), defaultvalue: fc.anything() })), (any, rows) => {
            for (const given of [any, rows]) {
                for (const value of Object.values(readEnvironmentRows(given))) expect(["string", "undefined"]).toContain(typeof value);
                expect(readOrganizationRows(given)).toMatch(/^([\da-f-]{36})?$/);
            }
        }),
        { numRuns: CASES.rows },
    );
});

test("addresses: what goes out is one address without white space or markup, or none", () => {
    fc.assert(
        fc.property(fc.oneof(fc.anything(), hostile, hostile.map((one) => `a@${one}`), fc.emailAddress()), (given) => {
            const email = toEmail(given);
            if (email.kind === "known") expect(email.address).toMatch(/^[^\s@<>]+@[^\s@<>]+$/);
        }),
        { numRuns: CASES.addresses },
    );
});
