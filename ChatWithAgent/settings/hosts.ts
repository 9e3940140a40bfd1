// Owns the hosts: where the widget's script may come from, and where the words of a chat may go.
import type { ScriptUrl } from "../chat/ports";
import type { Problem } from "./types";
import { compact } from "./guid";

/**
 * In the order of the numbers in `-crmN`: a region's geo code and the middle of its script host's name, where known
 * (D; `de` S). The hosts are
 * compared exactly, for anyone can register others under the same suffix.
 */
const REGIONS =
    "us ocprod,br public-sam,ca public,eu public-eur,as public-apj,au public-oce,jp public-jpn,in public-ind,gov,,uk public-gbr,fr public-fra,,za,ae ocuae-uae,de public-ger,ch public-che,,no,sg,kr,se"
        .split(",")
        .map((region) => region.split(" "));

const SCRIPT_HOSTS = new Map(REGIONS.map(([geo, name]) => [geo, name && `oc-cdn-${name}.azureedge.net`])).set(
    "gov",
    "ocprodocprodnamgs.blob.core.usgovcloudapi.net",
);

/** France has a second host (S), allowed in snippets. */
const BUILT_IN = new Set(SCRIPT_HOSTS.values()).add("oc-cdn-ocfra-fra.azureedge.net");

const SCRIPT_PATH = /^\/livechatwidget\/(?:scripts\/|v\d+\/scripts\/(?:NextGen)?)LiveChatBootstrapper\.js$/;

/**
 * The newer form with the whole organisation id and the geo code; the older one named `unq` and the id's first 29
 * digits (S: every public snippet of
 * that form; 32 are allowed for); the older one with a name of its own.
 */
const HUB =
    /^(?:m-([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.([a-z]+)|(?:unq([\da-f]{29,32})|[a-z\d-]+)-crm([2-9]|[12]\d)?)\.omnichannelengagementhub\.(com|us)$/;

/** An engagement hub: the place that a chat's words go to. */
export interface Hub {
    readonly origin: string;
    /** Blank where the region is not known. */
    readonly geo: string;
    /**
     * What the name repeats of the organisation id: all of it in the newer form, the leading digits without hyphens
     * in the older one, or nothing.
     */
    readonly id: string;
}

/**
 * An https address without user info and port; the URL parser has by then folded case, `..`, backslashes and other
 * ways to write one host or path.
 */
export function httpsUrl(text: string): URL | undefined {
    try {
        const url = new URL(text);
        return url.protocol === "https:" && !(url.username || url.password || url.port) ? url : undefined;
    } catch {
        return undefined;
    }
}

export function isScriptHost(host: string, extraHosts: readonly string[]): boolean {
    return BUILT_IN.has(host) || extraHosts.includes(host);
}

/** The entries of a list that people keep in an environment variable, in lower case. */
export function listEntries(text: string): readonly string[] {
    return text.toLowerCase().split(/[\s,;]+/);
}

/**
 * The hosts of `cwa_ChatScriptHosts`: bare names or https addresses. Anything else, `none` and wildcards too, is no
 * host and ignored.
 */
export function parseHostList(text: string): readonly string[] {
    return listEntries(text).flatMap(
        (entry) => /^(?:https:\/\/)?((?:[a-z\d-]+\.)+[a-z\d-]+)(?:[/?#].*)?$/.exec(entry)?.[1] ?? [],
    );
}

/** Microsoft's bootstrap script for a geo code (D). */
export function bootstrapScript(geo: string): string | undefined {
    const host = SCRIPT_HOSTS.get(geo);
    return host && `https://${host}/livechatwidget/scripts/LiveChatBootstrapper.js`;
}

/**
 * The one place that mints a `ScriptUrl`: https, an exact host, a known path (D; `v3/…/NextGen…` P; other versions I:
 * the hosts serve nothing but
 * Microsoft's files). It is put together anew from what was checked, so that nothing unchecked is left; the query
 * string stays (B: it survives).
 */
export function scriptUrl(raw: string, extraHosts: readonly string[]): ScriptUrl | Problem {
    const url = httpsUrl(raw);
    if (!url) return "not-a-url";
    if (!isScriptHost(url.hostname, extraHosts)) return "script-host";
    if (!SCRIPT_PATH.test(url.pathname + url.hash)) return "script-path";
    return (url.origin + url.pathname + url.search) as ScriptUrl;
}

export function isScriptUrl(checked: ScriptUrl | Problem): checked is ScriptUrl {
    return checked.startsWith("https:");
}

/** The engagement hub that an org URL names, however it was typed (D for the forms). The Dataverse URL is none. */
export function engagementHub(text: string): Hub | Problem {
    const typed = compact(text);
    const url = httpsUrl(typed.includes("://") ? typed : "https://" + typed);
    if (!url) return "not-a-url";
    const [, whole, region, digits = "", crm = 1, domain] = HUB.exec(url.hostname) ?? [];
    const geo = region ?? REGIONS[+crm - 1]?.[0] ?? "";
    // GCC alone has the domain `.us`.
    return domain && (domain === "com" || geo === "gov")
        ? { origin: url.origin, geo, id: whole ?? digits }
        : "not-an-engagement-hub";
}
