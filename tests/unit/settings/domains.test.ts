// Covers the manifest's list of domains against settings/hosts: what the control may talk to is declared, all of it
// and nothing else.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bootstrapScript, engagementHub, isScriptHost } from "../../../ChatWithAgent/settings/hosts";
import { ORG } from "./samples";

const manifest = readFileSync(join(__dirname, "../../../ChatWithAgent/ControlManifest.Input.xml"), "utf8");
const domains = [...manifest.matchAll(/<domain>([^<]*)<\/domain>/g)].map(([, domain = ""]) => domain);

/** Where the words of a chat go, whatever the organisation. */
const HUBS = ["omnichannelengagementhub.com", "omnichannelengagementhub.us"];

/** Allowed in snippets, and no region's own. */
const FURTHER = ["oc-cdn-ocfra-fra.azureedge.net"];

const LETTERS = Array.from("abcdefghijklmnopqrstuvwxyz");
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

/** The hosts of all geo codes that there could be, so that a new one is not overlooked here. */
const hosts = [...PAIRS, ...PAIRS.flatMap((pair) => LETTERS.map((third) => pair + third))].flatMap((geo) => {
    const script = bootstrapScript(geo);
    return script ? [new URL(script).hostname] : [];
});

test("the search has found the hosts", () => {
    expect(hosts.length).toBeGreaterThanOrEqual(14);
    expect(hosts).toContain("oc-cdn-ocprod.azureedge.net");
    expect(hosts).toContain("ocprodocprodnamgs.blob.core.usgovcloudapi.net");
});

test("the use of outside services is declared, each domain once", () => {
    expect(manifest).toContain(`<external-service-usage enabled="true">`);
    expect(domains).toEqual([...new Set(domains)]);
});

test.each(domains)("%s is declared and is a script host of Microsoft's or an engagement hub", (domain) => {
    expect([isScriptHost(domain, []), HUBS.includes(domain)]).toContain(true);
});

test.each([...new Set([...hosts, ...FURTHER])])("the script host %s is declared", (host) => {
    expect(isScriptHost(host, [])).toBe(true);
    expect(domains).toContain(host);
});

test("nothing else is declared", () => {
    expect([...domains].sort()).toEqual([...new Set([...hosts, ...FURTHER, ...HUBS])].sort());
});

test.each([
    ["eu", "com"],
    ["gov", "us"],
])("the engagement hub of %s is declared by its domain", (geo, end) => {
    const hub = engagementHub(`https://m-${ORG}.${geo}.omnichannelengagementhub.${end}`);
    if (typeof hub === "string") throw new Error(`no hub: ${hub}`);
    expect(domains.filter((domain) => new URL(hub.origin).hostname.endsWith(`.${domain}`))).toHaveLength(1);
});
