// Covers nothing itself: everything that can be known of an instance, complete by the compiler's word.
import type { Known, Standing } from "../../../ChatWithAgent/app/view";
import type { AvailabilityCode, DropProblem, FailureCode, NoticeCode } from "../../../ChatWithAgent/chat/codes";
import type { Issue, Place, Problem, SettingsSource } from "../../../ChatWithAgent/settings/types";
import { contextOf, widgetSettings } from "../chat/fakes";
import { properties } from "./fakes";

const keys = <K extends string>(of: Readonly<Record<K, true>>): readonly K[] => Object.keys(of) as K[];

export const FAILURES = keys<FailureCode>({
    "settings-missing": true,
    "settings-invalid": true,
    "settings-unreadable": true,
    "organization-not-trusted": true,
    "script-host-not-trusted": true,
    "script-unreachable": true,
    "script-blocked-by-csp": true,
    "widget-not-found": true,
    "widget-timeout": true,
    "widget-error": true,
    "widget-requires-authentication": true,
    "widget-conflict": true,
    "start-timeout": true,
    offline: true,
    "email-missing": true,
    "email-lookup-failed": true,
    "signed-out": true,
    "web-api-blocked": true,
});

export const NOTICES = keys<NoticeCode>({
    "email-missing": true,
    "email-lookup-failed": true,
    "contact-missing": true,
    "contact-ambiguous": true,
    "context-dropped": true,
    "storage-blocked": true,
});

export const DROPS = keys<DropProblem>({
    "not-a-line": true,
    "not-json": true,
    name: true,
    "name-length": true,
    email: true,
    twice: true,
    value: true,
    "value-length": true,
    "no-value": true,
    "too-many": true,
    placeholder: true,
    "column-unknown": true,
    unreadable: true,
    "no-record": true,
});
const KNOWN = { kind: "known", address: "alex@contoso.com" } as const;

/** What has to be known for a notice to be given. */
export function noticed(code: NoticeCode): Partial<Known> {
    switch (code) {
        case "email-missing":
            return { context: contextOf({ kind: "missing" }) };
        case "email-lookup-failed":
            return { context: contextOf({ kind: "failed" }) };
        case "contact-missing":
        case "contact-ambiguous":
            return { context: contextOf(KNOWN), contact: code, properties: properties({ contactCheck: true }) };
        case "context-dropped":
            return {
                context: contextOf(KNOWN, { dropped: DROPS.map((problem) => ({ name: `A ${problem}`, problem })) }),
            };
        case "storage-blocked":
            return { storageBlocked: true };
    }
}

export const AVAILABILITIES = keys<AvailabilityCode>({ "outside-operating-hours": true });

export const PROBLEMS = keys<Problem>({
    missing: true,
    "not-a-guid": true,
    "not-a-url": true,
    "not-an-engagement-hub": true,
    "wrong-organization": true,
    "unknown-region": true,
    "not-a-snippet": true,
    "engagement-ruleset": true,
    "too-long": true,
    "script-host": true,
    "script-path": true,
    "organization-untrusted": true,
    unreadable: true,
    "callback-dropped": true,
    "font-dropped": true,
});

export const PLACES = keys<Place>({
    widgetSnippet: true,
    widgetAppId: true,
    orgId: true,
    orgUrl: true,
    cwa_ChatWidgetSnippet: true,
    cwa_ChatScriptHosts: true,
    cwa_ChatOrganizations: true,
});
export const SOURCES = keys<SettingsSource>({ widgetSnippet: true, properties: true, environmentVariable: true });

export const refused = (code: FailureCode, issues: readonly Issue[] = []): Standing => ({
    kind: "refused",
    refusal: { code, issues },
});

export const valid = (source: SettingsSource = "widgetSnippet", notes: readonly Issue[] = []): Standing => ({
    kind: "valid",
    settled: { kind: "valid", widget: widgetSettings(), source, notes },
});

export function known(change: Partial<Known> = {}): Known {
    return {
        properties: properties(),
        authoring: false,
        standing: valid(),
        waiting: "no",
        session: { kind: "idle" },
        context: undefined,
        contact: undefined,
        storageBlocked: false,
        failedAt: "",
        ...change,
    };
}
