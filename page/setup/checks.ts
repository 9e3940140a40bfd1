// Owns what must be right before users can chat: reads the answers of Dataverse and of the contact centre, and says
// of each thing how it stands; pure.
import type { WidgetConfiguration } from "../../ChatWithAgent/chat/ports";
import { readEnvironmentRows, readVariable } from "../../ChatWithAgent/settings/environment";
import { guid } from "../../ChatWithAgent/settings/guid";
import { engagementHub, listEntries, parseHostList } from "../../ChatWithAgent/settings/hosts";
import { PAGE_VARIABLE, readPageSettings } from "../../ChatWithAgent/settings/page";
import { settle } from "../../ChatWithAgent/settings/settle";
import type { RawSettings, Settled } from "../../ChatWithAgent/settings/types";
import type { Reason } from "./service";

/** `note`: nothing is wrong, and there is something to know. */
export type State = "good" | "note" | "attention" | "wrong" | "unknown";

/**
 * One thing and how it stands. Its texts are `check_<id>` and `check_<id>_why`, and of the outcome
 * `check_<id>_<outcome>`; `values` fill its places; `lines` stand below it as they are;
 * `told` are keys of further texts with the value that each is about.
 */
export interface Check {
    readonly id: "version" | "snippet" | "organizations" | "hosts" | "page" | "service" | "variable" | "policy";
    readonly state: State;
    readonly outcome: string;
    readonly values?: Readonly<Record<string, string>>;
    /** Why nothing can be said; it has the place `words` in the outcome's text. */
    readonly reason?: Reason;
    readonly lines?: readonly string[];
    readonly told?: readonly { readonly key: string; readonly value: string }[];
}

/** What a question came to. */
export type Answer<T = unknown> =
    { readonly kind: "answered"; readonly value: T } | { readonly kind: "refused"; readonly reason: Reason };

const blank = { text: null, fromColumn: false };
const NOTHING_ELSE: RawSettings = { widgetSnippet: blank, widgetAppId: blank, orgId: blank, orgUrl: blank };

/** What the environment's variables name by themselves, as for a control on which nothing is set. */
export function settleEnvironment(rows: unknown): Settled {
    return settle(NOTHING_ELSE, { variables: readEnvironmentRows(rows) }, () => true);
}

/** @param rows of the table `solution` (D: `version`) @param own the version of this page */
export function checkVersion(rows: Answer, own: string): Check {
    if (rows.kind === "refused")
        return { id: "version", state: "unknown", outcome: "unreadable", values: { own }, reason: rows.reason };
    const version = ((rows.value as { readonly value?: readonly { readonly version?: unknown }[] } | null)?.value ??
        [])[0]?.version;
    const installed = typeof version === "string" ? version.replace(/^(\d+\.\d+\.\d+)\.0$/, "$1") : "";
    if (!installed) return { id: "version", state: "unknown", outcome: "missing", values: { own } };
    return installed === own
        ? { id: "version", state: "good", outcome: "same", values: { own } }
        : { id: "version", state: "attention", outcome: "other", values: { own, installed } };
}

export function checkSnippet(rows: Answer<unknown[]>, settled: Settled): Check {
    if (rows.kind === "refused") return { id: "snippet", state: "unknown", outcome: "unreadable", reason: rows.reason };
    if (!rows.value.length) return { id: "snippet", state: "wrong", outcome: "absent" };
    if (settled.kind !== "valid") {
        const issues = settled.kind === "refused" ? settled.issues : [];
        if (issues.every(({ problem, value }) => problem === "missing" && !value))
            return { id: "snippet", state: "wrong", outcome: "missing" };
        return {
            id: "snippet",
            state: "wrong",
            outcome: "invalid",
            told: issues.map(({ problem, value = "" }) => ({
                key: problem === "missing" ? "issue_attribute-missing" : `issue_${problem}`,
                value,
            })),
        };
    }
    const { appId, orgId, orgUrl, scriptUrl, secondUrl } = settled.widget;
    return {
        id: "snippet",
        state: settled.notes.length ? "attention" : "good",
        outcome: "valid",
        lines: [
            `data-app-id: ${appId}`,
            `data-org-id: ${orgId}`,
            `data-org-url: ${orgUrl}`,
            `src: ${scriptUrl}`,
            ...(secondUrl ? [`onerror: ${secondUrl}`] : []),
        ],
        told: settled.notes.map(({ problem, value = "" }) => ({ key: `issue_${problem}`, value })),
    };
}

function checkList(
    id: "organizations" | "hosts",
    rows: Answer<unknown[]>,
    name: string,
    isGood: (entry: string) => boolean,
): Check {
    if (rows.kind === "refused") return { id, state: "unknown", outcome: "unreadable", reason: rows.reason };
    const entries = listEntries(readVariable(rows.value, name) ?? "").filter(Boolean);
    const wrong = entries.filter((entry) => !isGood(entry));
    if (wrong.length) return { id, state: "attention", outcome: "wrong", lines: wrong };
    return entries.length
        ? { id, state: "good", outcome: "listed", lines: entries }
        : { id, state: "good", outcome: "none" };
}

export const checkOrganizations = (rows: Answer<unknown[]>): Check =>
    checkList(
        "organizations",
        rows,
        "cwa_ChatOrganizations",
        (entry) => guid(entry) !== undefined || typeof engagementHub(entry) === "object",
    );

export const checkHosts = (rows: Answer<unknown[]>): Check =>
    checkList("hosts", rows, "cwa_ChatScriptHosts", (entry) => parseHostList(entry).length === 1);

export function checkPage(rows: Answer<unknown[]>): Check {
    if (rows.kind === "refused") return { id: "page", state: "unknown", outcome: "unreadable", reason: rows.reason };
    const { settings, mistakes } = readPageSettings(readVariable(rows.value, PAGE_VARIABLE) ?? "");
    if (mistakes.length)
        return {
            id: "page",
            state: "attention",
            outcome: "wrong",
            told: mistakes.map(({ problem, value }) => ({ key: `page_wrong_${problem}`, value })),
        };
    const names = Object.keys(settings);
    return names.length
        ? { id: "page", state: "good", outcome: "set", lines: names }
        : { id: "page", state: "good", outcome: "none" };
}

/** @param configuration undefined: the contact centre could not be asked */
export function checkService(configuration: WidgetConfiguration | undefined, settled: Settled): readonly Check[] {
    if (settled.kind !== "valid") return [{ id: "service", state: "unknown", outcome: "not-asked" }];
    const host = new URL(settled.widget.orgUrl).host;
    const found = (state: State, outcome: string): Check => ({ id: "service", state, outcome, values: { host } });
    // Microsoft documents the question nowhere (S), so silence is no fault of the set-up.
    if (!configuration) return [found("attention", "unreachable")];
    const { isFound, isClosed, isHidden, signIn, hasSurveyBefore, hasSurveyAfter } = configuration;
    if (!isFound) return [found("wrong", "unknown-widget")];
    const told = [
        ...(signIn === "required" ? [found("wrong", "authentication")] : []),
        ...(hasSurveyBefore ? [found("attention", "survey")] : []),
        ...(hasSurveyAfter ? [found("note", "survey-after")] : []),
        ...(isHidden ? [found("attention", "hidden")] : isClosed ? [found("note", "closed")] : []),
    ];
    return told.length ? told : [found("good", "open")];
}

/**
 * @param names of the workstream's context variables, as far as they can be read where the contact centre is in this
 * environment
 */
export function checkVariable(names: Answer<readonly string[] | undefined>, settled: Settled): Check {
    if (settled.kind !== "valid") return { id: "variable", state: "unknown", outcome: "not-asked" };
    if (names.kind === "refused")
        return { id: "variable", state: "unknown", outcome: "unreadable", reason: names.reason };
    if (!names.value) return { id: "variable", state: "unknown", outcome: "elsewhere" };
    if (names.value.includes("Email")) return { id: "variable", state: "good", outcome: "there" };
    const like = names.value.find((name) => /^e-?mail$/i.test(name));
    return like === undefined
        ? { id: "variable", state: "note", outcome: "absent" }
        : { id: "variable", state: "attention", outcome: "other-name", values: { name: like } };
}

/** The lines that a strict policy needs, as docs/security.md has them. */
export function checkPolicy(settled: Settled): Check {
    if (settled.kind !== "valid") return { id: "policy", state: "unknown", outcome: "not-asked" };
    const { scriptUrl, secondUrl = scriptUrl, orgUrl } = settled.widget;
    const hosts = [...new Set([scriptUrl, secondUrl].map((url) => new URL(url).origin))].join(" ");
    const lines = [`script-src ${hosts}`, `frame-src ${hosts}`, `connect-src ${new URL(orgUrl).origin}`];
    return { id: "policy", state: "note", outcome: "lines", lines };
}
