/**
 * Covers widget/policy: which violations of a content security policy cost the chat.
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
    ["the frame", { effectiveDirective: "frame-src", blockedURI: `${HOST}/livechatwidget/v2public/htmls/chatv2.html?a=1` }, `frame-src ${HOST}`],
    ["the frame, without a path", { effectiveDirective: "frame-src", blockedURI: HOST }, `frame-src ${HOST}`],
])("%s that is refused is told once, with directive and host", (_, violation, expected) => {
    policy.heed(SETTINGS, (detail) => told.push(detail));
    violate(violation);
    violate(violation);
    expect(told).toEqual([expected]);
});

test.each<[string, Violation]>([
    ["was dispatched by somebody", { isTrusted: false }],
    ["is only reported", { disposition: "report" }],
    ["costs the configuration", { effectiveDirective: "connect-src", blockedURI: `${SETTINGS.orgUrl}/livechatconnector/config` }],
    ["costs a request to the script's host", { effectiveDirective: "connect-src" }],
    ["costs another frame", { effectiveDirective: "frame-src", blockedURI: SETTINGS.orgUrl }],
    ["costs a picture", { effectiveDirective: "img-src" }],
    ["costs a style", { effectiveDirective: "style-src-elem", blockedURI: "inline" }],
    ["is another script's", { blockedURI: "https://cdn.contoso.com/x.js" }],
    ["only begins like the host", { blockedURI: `${HOST}.evil.example/x.js` }],
])("a violation that %s is none", (_, violation) => {
    policy.heed(SETTINGS, (detail) => told.push(detail));
    violate(violation);
    expect(told).toEqual([]);
});
