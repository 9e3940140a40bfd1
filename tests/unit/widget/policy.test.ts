/**
 * Covers widget/policy: which violations of a content security policy are the widget's, and trusted types, as far as jsdom can stand in for them.
 * @jest-environment jsdom
 */
import type { ScriptUrl } from "../../../ChatWithAgent/chat/ports";
import { createPolicy } from "../../../ChatWithAgent/widget/policy";
import type { PagePolicy } from "../../../ChatWithAgent/widget/policy";
import { widgetSettings } from "../chat/fakes";

const SETTINGS = { ...widgetSettings(), secondUrl: "https://second.contoso.com/livechatwidget/scripts/LiveChatBootstrapper.js" as ScriptUrl };
const HOST = new URL(SETTINGS.scriptUrl).origin;

interface Violation {
    readonly isTrusted?: boolean;
    readonly disposition?: string;
    readonly effectiveDirective?: string;
    readonly blockedURI?: string;
}

/** Only the browser can make a trusted event, so the listener is caught and handed one that claims to be. */
let heard: ((event: unknown) => void)[];
let told: string[];
let policy: PagePolicy;

const violate = (violation: Violation): void => heard.forEach((listener) => listener({ isTrusted: true, disposition: "enforce", effectiveDirective: "script-src-elem", blockedURI: SETTINGS.scriptUrl, ...violation }));

beforeEach(() => {
    heard = [];
    told = [];
    jest.spyOn(document, "addEventListener").mockImplementation((_, listener) => {
        const known = listener as (event: unknown) => void;
        if (!heard.includes(known)) heard.push(known);
    });
    jest.spyOn(document, "removeEventListener").mockImplementation((_, listener) => void (heard = heard.filter((known) => known !== listener)));
    policy = createPolicy(window);
});

afterEach(() => {
    jest.restoreAllMocks();
    Reflect.deleteProperty(window, "trustedTypes");
});

test("nothing is listened to before the widget is loaded, and nothing after it has come to rest", () => {
    expect(heard).toEqual([]);
    policy.heed(SETTINGS, (detail) => told.push(detail));
    policy.heed(SETTINGS, (detail) => told.push(detail));
    expect(heard).toHaveLength(1);
    policy.rest();
    expect(heard).toEqual([]);
});

test.each<[string, Violation, string]>([
    ["the script", {}, `script-src-elem ${HOST}`],
    ["the script, by an older name of the directive", { effectiveDirective: "script-src" }, `script-src ${HOST}`],
    ["its second stage", { blockedURI: `${HOST}/livechatwidget/stage2.js` }, `script-src-elem ${HOST}`],
    ["the second host", { blockedURI: SETTINGS.secondUrl }, "script-src-elem https://second.contoso.com"],
    ["the service", { effectiveDirective: "connect-src", blockedURI: `${SETTINGS.orgUrl}/livechatconnector/config` }, `connect-src ${SETTINGS.orgUrl}`],
    ["the service, without a path", { effectiveDirective: "connect-src", blockedURI: SETTINGS.orgUrl }, `connect-src ${SETTINGS.orgUrl}`],
])("%s that is refused is told once, with directive and host", (_, violation, expected) => {
    policy.heed(SETTINGS, (detail) => told.push(detail));
    violate(violation);
    violate(violation);
    expect(told).toEqual([expected]);
});

test.each<[string, Violation]>([
    ["was dispatched by somebody", { isTrusted: false }],
    ["is only reported", { disposition: "report" }],
    ["costs a picture", { effectiveDirective: "img-src" }],
    ["costs a style", { effectiveDirective: "style-src-elem", blockedURI: "inline" }],
    ["is another script's", { blockedURI: "https://cdn.contoso.com/x.js" }],
    ["only begins like the host", { blockedURI: `${HOST}.evil.example/x.js` }],
])("a violation that %s is none", (_, violation) => {
    policy.heed(SETTINGS, (detail) => told.push(detail));
    violate(violation);
    expect(told).toEqual([]);
});

describe("trusted types", () => {
    /** A script that takes no mere text. */
    const demanding = (): HTMLScriptElement =>
        Object.defineProperty(document.createElement("script"), "src", {
            set(this: { taken: string }, value: unknown) {
                if (typeof value === "string") throw new TypeError("This document requires 'TrustedScriptURL' assignment.");
                this.taken = String(value);
            },
        });
    const offer = (createPolicyOf: (name: string, rules: { createScriptURL(url: string): string }) => unknown): void => void Object.assign(window, { trustedTypes: { createPolicy: createPolicyOf } });

    test("addresses go through one policy, under its own name", () => {
        const names: string[] = [];
        offer((name, rules) => {
            names.push(name);
            return { createScriptURL: (url: string) => ({ toString: () => rules.createScriptURL(url) }) };
        });
        const script = demanding();
        expect(policy.setSource(script, SETTINGS.scriptUrl)).toBe(true);
        expect(policy.setSource(demanding(), SETTINGS.secondUrl)).toBe(true);
        expect((script as unknown as { taken: string }).taken).toBe(SETTINGS.scriptUrl);
        expect(names).toEqual(["InternalChat.ChatWithAgent"]);
    });

    test("a page that asks for them and does not allow the name refuses the script, and that is told", () => {
        offer(() => {
            throw new TypeError("Policy disallowed.");
        });
        policy.heed(SETTINGS, (detail) => told.push(detail));
        expect(policy.setSource(demanding(), SETTINGS.scriptUrl)).toBe(false);
        expect(told).toEqual(["trusted-types InternalChat.ChatWithAgent"]);
    });

    test("a page that allows no such name and does not ask for it gets the address as it is", () => {
        offer(() => {
            throw new TypeError("Policy disallowed.");
        });
        const script = document.createElement("script");
        expect(policy.setSource(script, SETTINGS.scriptUrl)).toBe(true);
        expect(script.src).toBe(SETTINGS.scriptUrl);
    });
});
