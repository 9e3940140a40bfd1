// What must hold for any text at all, and for whatever lookups say.
import * as fc from "fast-check";
import type { EnvironmentVariables, Lookups, SettingsProperty } from "../../../ChatWithAgent/settings/types";
import { APP, HUB, NAMED_HUB, ORG, OTHER_APP, OTHER_HUB, OTHER_ORG, PATH, SCRIPT, UNIQUE_HUB, columns, outcome, raw, settled, snippet } from "./samples";

const PROPERTIES: readonly SettingsProperty[] = ["widgetSnippet", "widgetAppId", "orgId", "orgUrl"];
const HUB_HOST = /^https:\/\/(?:m-[0-9a-f-]{36}\.[a-z]+|[a-z0-9-]+-crm\d*)\.omnichannelengagementhub\.(?:com|us)$/;
const ALLOWED = new Set(["oc-cdn-public-eur.azureedge.net", "oc-cdn-ocprod.azureedge.net", "oc-cdn-public-gbr.azureedge.net"]);

const app = fc.constantFrom(APP, OTHER_APP, `{${APP.toUpperCase()}}`);
const org = fc.constantFrom(ORG, OTHER_ORG, ` ${ORG}`);
const hub = fc.constantFrom(HUB, OTHER_HUB, NAMED_HUB, UNIQUE_HUB, HUB.slice(8) + "/x", HUB.replace(".eu.", ".za."), HUB + ".evil.com", NAMED_HUB.replace("crm4", "crm11"));
const src = fc.constantFrom(SCRIPT, "https://cdn.contoso.com" + PATH, SCRIPT + "?a=b", SCRIPT.replace("https", "http"), "https://evil.com" + PATH, "");
const wild = fc.oneof(fc.string(), fc.constantFrom("", "none", "<script ", "javascript:alert(1)", "https://", "https://[::1]", "https://%", "data-app-id=", "\uD800"));
const option = fc.tuple(
    fc.constantFrom("data-custom-font-url", "data-customization-callback", "data-lcw-version", "data-locale", "onerror", "data-unknown", "__proto__", "data-color-override"),
    fc.oneof(fc.string(), fc.constantFrom("https://cdn.contoso.com/a.css", "https://evil.com/a.css", "style", '{"a":1}')),
);
const anySnippet = fc
    .record({ app: fc.option(app, { nil: undefined }), org: fc.option(org, { nil: undefined }), hub, src: fc.option(src, { nil: undefined }), options: fc.array(option, { maxLength: 3 }) })
    .map((one) => snippet({ "data-app-id": one.app, "data-org-id": one.org, "data-org-url": one.hub, src: one.src, ...Object.fromEntries(one.options) }));

const texts = fc.record(
    { widgetSnippet: fc.oneof(anySnippet, wild), widgetAppId: fc.oneof(app, wild), orgId: fc.oneof(org, wild), orgUrl: fc.oneof(hub, wild) },
    { requiredKeys: [] },
);
const values = fc.tuple(texts, fc.subarray([...PROPERTIES])).map(([record, from]) => raw(record, from));
const variables: fc.Arbitrary<EnvironmentVariables> = fc.record(
    { snippet: fc.oneof(anySnippet, wild), organizations: fc.oneof(fc.array(fc.oneof(org, hub)).map((entries) => entries.join(", ")), wild), scriptHosts: fc.oneof(fc.constant("cdn.contoso.com"), wild) },
    { requiredKeys: [] },
);
const lookups: fc.Arbitrary<Lookups> = fc.record(
    { variables: fc.oneof(variables, fc.constant("unreadable" as const)), organizationId: fc.oneof(org, wild) },
    { requiredKeys: [] },
);
const RUNS = { numRuns: 2_000 };

test("any text in any place gives one of the three answers, never an exception", () => {
    const seen = new Set<string>();
    fc.assert(
        fc.property(values, lookups, (settings, asked) => {
            const answer = settled(settings, asked, ["style"]);
            seen.add(answer.kind === "refused" ? answer.code : answer.kind);
            if (answer.kind === "needs") {
                expect(answer.lookups.length).toBeGreaterThan(0);
                for (const lookup of answer.lookups) expect(lookup === "variables" ? asked.variables : asked.organizationId).toBe(undefined);
            }
            if (answer.kind === "refused") {
                expect(answer.issues.length).toBeGreaterThan(0);
                for (const { value } of answer.issues) expect((value ?? "").length).toBeLessThanOrEqual(120);
            }
        }),
        RUNS,
    );
    // The generator reaches every answer, so that the properties below are not empty.
    expect([...seen].sort()).toEqual(["needs", "organization-not-trusted", "script-host-not-trusted", "settings-invalid", "settings-missing", "settings-unreadable", "valid"]);
});

test("a valid widget loads a known script over https and sends words to an engagement hub", () => {
    fc.assert(
        fc.property(values, lookups, (settings, asked) => {
            const answer = settled(settings, asked, ["style"]);
            if (answer.kind !== "valid") return;
            const { widget } = answer;
            const url = new URL(widget.scriptUrl);
            const listed = typeof asked.variables === "object" ? (asked.variables.scriptHosts ?? "").split(/[\s,;]+/) : [];
            expect([url.protocol, url.pathname, url.username, url.port, url.hash]).toEqual(["https:", PATH, "", "", ""]);
            expect(ALLOWED.has(url.hostname) || listed.includes(url.hostname)).toBe(true);
            expect(widget.orgUrl).toMatch(HUB_HOST);
            for (const id of [widget.appId, widget.orgId]) expect(id).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
            const whole = /m-([0-9a-f-]{36})\./.exec(widget.orgUrl)?.[1];
            expect(whole ?? widget.orgId).toBe(widget.orgId);
            for (const name of Object.keys(widget.attributes)) expect(name).toMatch(/^(?:v[12]|data-(?!unknown)[a-z-]+)$/);
            expect(widget.attributes).toMatchObject({ "data-app-id": widget.appId, "data-org-id": widget.orgId, "data-org-url": widget.orgUrl });
        }),
        RUNS,
    );
});

test("what a column names is trusted by a list, the environment's snippet or its own organisation", () => {
    let tried = 0;
    fc.assert(
        fc.property(texts, lookups, (record, asked) => {
            const answer = settled(columns(record), asked);
            if (answer.kind !== "valid" || answer.source === "environmentVariable") return;
            tried += 1;
            const known = typeof asked.variables === "object" ? asked.variables : {};
            // An independent, coarse reading: somewhere in what is trusted stands the very address, or the id that the address holds.
            const trusted = [known.snippet, known.organizations, asked.organizationId].join("\n").toLowerCase();
            const { host } = new URL(answer.widget.orgUrl);
            expect(trusted.includes(host) || (host.includes(answer.widget.orgId) && trusted.includes(answer.widget.orgId))).toBe(true);
        }),
        RUNS,
    );
    expect(tried).toBeGreaterThan(20);
});

test("a maker's own word is never refused for its organisation", () => {
    fc.assert(fc.property(texts, lookups, (record, asked) => expect(outcome(settled(raw(record), asked))).not.toMatch(/^organization-not-trusted/)), RUNS);
});

test("asking ends: two rounds are enough, whatever comes back", () => {
    fc.assert(
        fc.property(values, fc.oneof(variables, fc.constant("unreadable" as const)), fc.option(org), (settings, known, organizationId) => {
            let asked: Lookups = {};
            for (let round = 0; round < 2; round++) {
                const answer = settled(settings, asked);
                if (answer.kind !== "needs") return;
                if (answer.lookups.includes("variables")) asked = { ...asked, variables: known };
                if (answer.lookups.includes("organization")) asked = { ...asked, organizationId: organizationId ?? "" };
            }
            expect(settled(settings, asked).kind).not.toBe("needs");
        }),
        RUNS,
    );
});

test("more lookups than were asked for do not change a valid answer to the maker's own values", () => {
    fc.assert(
        fc.property(texts, lookups, (record, asked) => {
            const answer = settled(raw(record), {});
            if (answer.kind === "valid") expect(settled(raw(record), asked)).toEqual(answer);
        }),
        RUNS,
    );
});

test("a valid widget written as a snippet is the same widget", () => {
    fc.assert(
        fc.property(values, lookups, (settings, asked) => {
            const answer = settled(settings, asked, ["style"]);
            if (answer.kind !== "valid") return;
            const { v2, v1, ...attributes } = answer.widget.attributes;
            const text = snippet({ ...attributes, src: answer.widget.scriptUrl }).replace("v2", v1 === undefined ? "v2" : "v1");
            const again = settled(raw({ widgetSnippet: text }), asked.variables ? asked : { ...asked, variables: {} }, ["style"]);
            expect(again).toEqual({ ...answer, source: "widgetSnippet", notes: [] });
            expect(v2 ?? v1).toBe("");
        }),
        RUNS,
    );
});

test.each(["x", "<script ", '"', "&", "-crm4", "https://", "m-", " ", "\n", ";", ".", "data-app-id=", "{"])("100 KB of %j anywhere are quick", (piece) => {
    const text = piece.repeat(100_000 / piece.length);
    const start = performance.now();
    for (const property of PROPERTIES) settled(columns({ widgetAppId: APP, orgId: ORG, orgUrl: HUB, [property]: text }), { variables: { snippet: text, organizations: text, scriptHosts: text }, organizationId: text });
    expect(performance.now() - start).toBeLessThan(1_500);
});
