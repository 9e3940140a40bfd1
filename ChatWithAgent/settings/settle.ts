// Owns the decision which widget is meant, whether its settings are right, and whether its organisation and script host are trusted.
import type { Issue, Lookup, Lookups, Place, Problem, RawSettings, SettingsFailureCode, SettingsProperty, SettingsSource, Settled } from "./types";
import { bootstrapScript, engagementHub, httpsUrl, isScriptHost, isScriptUrl, listEntries, parseHostList, scriptUrl } from "./hosts";
import type { Hub } from "./hosts";
import { guid } from "./guid";
import { SECOND_SRC, parseSnippet } from "./snippet";
import type { SnippetAttributes } from "./snippet";

const SNIPPET_VARIABLE = "cwa_ChatWidgetSnippet";

/** The three bound values, and the attribute of a snippet that says the same. */
const ATTRIBUTES = { widgetAppId: "data-app-id", orgId: "data-org-id", orgUrl: "data-org-url" } as const;
type BoundProperty = keyof typeof ATTRIBUTES;
const BOUND = Object.keys(ATTRIBUTES) as BoundProperty[];

/** What else a snippet may say and is handed on as it is: D; `hide-button`, `locale` P. */
const OPTIONS =
    "lcw-version hide-chat-button hide-minimize-button hide-button disable-telemetry render-mobile color-override font-family-override open-in-window suggested-action-layout enable-lcw-autofill custom-close-button-text enable-sso-magic-code locale";
/** An option from a column: words, numbers, a colour; nothing that means something in an address or a style sheet. */
const PLAIN = /^[\p{L}\p{M}\p{N} ,#'"!?_-]*$/u;
const FONT = "data-custom-font-url";
const CALLBACK = "data-customization-callback";

/** A widget that is named completely and without contradiction; nothing is said of trust yet. */
interface Named {
    /** Where its organisation and its script are written. */
    readonly place: Place;
    readonly appId: string;
    readonly orgId: string;
    readonly hub: Hub;
    readonly attributes: SnippetAttributes;
}

function issue(place: Place, problem: Problem, value?: string): Issue {
    return { place, problem, ...(value && { value: value.slice(0, 120) }) };
}

/** Checks what names the widget; a snippet's mistakes stand at the snippet, bound values' at their property. */
function check(attributes: SnippetAttributes, snippet?: Place): Named | Issue[] {
    const issues: Issue[] = [];
    const text = (property: BoundProperty) => attributes.get(ATTRIBUTES[property])?.trim() ?? "";
    const wrong = (property: BoundProperty, problem: Problem) => {
        const value = text(property);
        issues.push(issue(snippet ?? property, value ? problem : "missing", value || (snippet && ATTRIBUTES[property])));
    };
    const digits = (id: string) => id.replace(/-/g, "");

    const hub = engagementHub(text("orgUrl"));
    const appId = guid(text("widgetAppId"));
    const orgId = guid(text("orgId") || (typeof hub === "object" ? hub.id : ""));
    if (!appId) wrong("widgetAppId", "not-a-guid");
    if (!orgId) wrong("orgId", "not-a-guid");
    if (typeof hub === "string") wrong("orgUrl", hub);
    else if (orgId && !digits(orgId).startsWith(digits(hub.id))) wrong("orgUrl", "wrong-organization");
    else if (appId && orgId) return { place: snippet ?? "orgUrl", appId, orgId, hub, attributes };
    return issues;
}

function checkSnippet(text: string, place: Place): Named | Issue[] {
    const parsed = parseSnippet(text);
    return typeof parsed === "string" ? [issue(place, parsed, text)] : check(parsed, place);
}

/**
 * Words go where the hub's address points. So the address itself must be listed, or carry a listed organisation's whole id in its name (the newer
 * form); an organisation id beside an older address proves nothing, and whoever names an environment may have a say in the older names (I).
 */
function isTrusted(hub: Hub, trusted: readonly string[]): boolean {
    return trusted.some((entry) => {
        const id = guid(entry);
        const listed = engagementHub(entry);
        return id ? id === hub.id : typeof listed === "object" && listed.origin === hub.origin;
    });
}

/** JSON is data (NextGen, P). A name (V2, D) lets the widget run code of the page: a function that is there. */
function isCallback(text: string, hasGlobalFunction: (name: string) => boolean): boolean {
    if (!text.trim().startsWith("{")) return /^[a-z_$][\w$]*(?:\.[a-z_$][\w$]*)*$/i.test(text) && hasGlobalFunction(text);
    try {
        return !!JSON.parse(text);
    } catch {
        return false;
    }
}

/**
 * The one answer of the settings. Sources in order, the first that names a widget counts and is validated whole: the snippet property, the three
 * bound values, the environment variable. Asks for lookups only if the answer depends on them. Never throws, whatever the texts hold.
 */
export function settle(raw: RawSettings, { variables, organizationId }: Lookups, hasGlobalFunction: (name: string) => boolean): Settled {
    const text = (property: SettingsProperty) => raw[property].text?.trim() ?? "";
    const { snippet, organizations = "", scriptHosts = "" } = variables === "unreadable" ? {} : (variables ?? {});

    const environment = snippet ? checkSnippet(snippet, SNIPPET_VARIABLE) : undefined;
    const environmentWidget = Array.isArray(environment) ? undefined : environment;
    const ownAppId = guid(text("widgetAppId"));
    let source: SettingsSource = "properties";
    let named: Named | Issue[] | undefined;
    if (text("widgetSnippet")) named = checkSnippet(text((source = "widgetSnippet")), source);
    else if (text("orgId") || text("orgUrl")) named = check(new Map(BOUND.map((property) => [ATTRIBUTES[property], text(property)])));
    else if (ownAppId) named = environmentWidget ? { ...environmentWidget, appId: ownAppId } : environment;
    else [named, source] = [environment, "environmentVariable"];

    /** `variable` is the one that could have changed the answer: where it could not be read, that is told too. */
    const refused = (code: SettingsFailureCode, issues: Issue[], variable?: Place): Settled => ({
        kind: "refused",
        code,
        issues: variable && variables === "unreadable" ? [...issues, issue(variable, "unreadable")] : issues,
    });
    const lacking = new Set<Lookup>();
    const needs = (): Settled => ({ kind: "needs", lookups: [...lacking] });
    /** Whether the variables are still to be asked for, which is noted. */
    const lacksVariables = () => !variables && lacking.add("variables");

    if (!named) {
        if (lacksVariables()) return needs();
        if (variables === "unreadable") return refused("settings-unreadable", [], SNIPPET_VARIABLE);
        const places: Place[] = ownAppId ? ["orgId", "orgUrl", SNIPPET_VARIABLE] : [SNIPPET_VARIABLE];
        named = places.map((place) => issue(place, "missing"));
    }
    if (Array.isArray(named)) return refused(named.every(({ problem }) => problem === "missing") ? "settings-missing" : "settings-invalid", named);

    const { place, appId, orgId, hub, attributes } = named;
    const orgUrl = hub.origin;
    const extraHosts = parseHostList(scriptHosts);
    // Trust belongs to the place: what the environment's snippet says is the administrator's word, whatever a column holds beside it.
    const places: readonly SettingsProperty[] = place === SNIPPET_VARIABLE ? [] : place === "widgetSnippet" ? [place] : BOUND;
    const fromColumn = places.some((property) => raw[property].fromColumn && text(property));

    // The region decides about the host; where Microsoft's host for it is not known, the administrator's own snippet for the same hub knows.
    const src = attributes.get("src") || bootstrapScript(hub.geo) || (environmentWidget?.hub.origin === orgUrl && environmentWidget.attributes.get("src"));
    const script = src ? scriptUrl(src, extraHosts) : "unknown-region";
    if (!isScriptUrl(script)) {
        const variable: Place | undefined = script === "script-host" ? "cwa_ChatScriptHosts" : src ? undefined : SNIPPET_VARIABLE;
        if (!variable || !lacksVariables()) {
            const code = script === "script-host" ? "script-host-not-trusted" : variable && variables === "unreadable" ? "settings-unreadable" : "settings-invalid";
            return refused(code, [issue(place, script, src || orgUrl)], variable);
        }
    }

    if (fromColumn && !isTrusted(hub, [organizationId ?? "", environmentWidget?.orgId ?? "", environmentWidget?.hub.origin ?? "", ...listEntries(organizations)])) {
        lacksVariables();
        if (organizationId === undefined) lacking.add("organization");
        if (!lacking.size) return refused("organization-not-trusted", [issue(place, "organization-untrusted", orgUrl)], "cwa_ChatOrganizations");
    }

    const second = attributes.get(SECOND_SRC);
    const secondUrl = second ? scriptUrl(second, extraHosts) : undefined;
    // A second host is only a help: what is not listed is left out.
    if (secondUrl === "script-host") lacksVariables();

    const kept: Record<string, string> = {};
    for (const option of OPTIONS.split(" ")) {
        const value = attributes.get("data-" + option);
        if (value !== undefined && (!fromColumn || PLAIN.test(value))) kept["data-" + option] = value;
    }
    const notes: Issue[] = [];
    // A column's own text means nothing; what a maker has typed was meant for an ID.
    if (source === "environmentVariable" && text("widgetAppId") && !raw.widgetAppId.fromColumn) notes.push(issue("widgetAppId", "not-a-guid", text("widgetAppId")));
    const font = attributes.get(FONT);
    if (font) {
        const url = httpsUrl(font);
        if (url && isScriptHost(url.hostname, extraHosts)) kept[FONT] = url.href;
        else if (!url || !lacksVariables()) notes.push(issue(place, "font-dropped", font));
    }
    const callback = attributes.get(CALLBACK);
    if (callback) {
        if (!fromColumn && isCallback(callback, hasGlobalFunction)) kept[CALLBACK] = callback;
        else notes.push(issue(place, "callback-dropped", callback));
    }
    if (lacking.size || !isScriptUrl(script)) return needs();

    // Without `v2` or `v1` the script asks the service which layer to load: one round trip more (B).
    kept[attributes.has("v1") && !attributes.has("v2") ? "v1" : "v2"] = "";
    return {
        kind: "valid",
        widget: {
            appId,
            orgId,
            orgUrl,
            scriptUrl: script,
            ...(secondUrl && isScriptUrl(secondUrl) && { secondUrl }),
            attributes: { ...kept, "data-app-id": appId, "data-org-id": orgId, "data-org-url": orgUrl, "data-lcw-version": kept["data-lcw-version"] || "prod" },
        },
        source,
        notes,
    };
}
