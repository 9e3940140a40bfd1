// Owns the maker's checklist in the designer: where the widget comes from, how each property stands, and what is left to the administrator.
import type { DropProblem, FailureCode } from "../chat/codes";
import type { Detail, MarkKind } from "../components/view";
import type { Texts } from "../host/host";
import { toEmail } from "../identity/email";
import { describe } from "../settings/describe";
import type { Place, SettingsProperty } from "../settings/types";
import { droppedDetail, issueDetail, nameOf, scriptOf } from "./details";
import type { Known } from "./view";

/** The keys by which contacts and cases are found (D); several of them are combined with AND (D). */
const IDENTIFYING: readonly string[] = ["Name", "Phone", "CaseNumber"];

/** What every snippet has; the rest of its attributes is what somebody has chosen. */
const STANDARD: readonly string[] = ["v1", "v2", "data-app-id", "data-org-id", "data-org-url", "data-lcw-version"];

/** Microsoft's own guides (D): this project's are files, and have no address that every maker can reach. */
const GUIDES = "https://learn.microsoft.com/dynamics365/customer-service/administer/";

/** The maker's own words, of which only their being there is told. */
type Own = "message" | "buttonLabel" | "closedMessage" | "contextVariables";

/** Those that say something when they are bound to a column of their own. */
const PROPERTIES: readonly Place[] = ["widgetSnippet", "orgId", "orgUrl"];

/** Failures that are not the maker's to mend, and may be over in the app. */
const PASSING: readonly FailureCode[] = ["settings-unreadable", "offline"];

/** What no designer can see for itself, with the guide to it. */
const TASKS = [
    ["preview_setup", "record-identification-rule"],
    ["preview_domains", "add-chat-widget"],
    ["preview_hours", "create-operating-hours"],
] as const;

/**
 * The list that the maker sees: a mark says how it stands with each line; one without a mark is left as it is shipped, or only says something.
 * `known` is what the instance knows, `texts` are the user's language.
 */
export function checklist(known: Known, texts: Texts): readonly Detail[] {
    const { properties, standing, context } = known;
    const line = (term: string, description: string, kind?: MarkKind, guide?: string): Detail => ({
        term,
        description,
        ...(kind && { mark: { kind, text: texts(`mark_${kind}`) } }),
        ...(guide && { link: { text: texts("preview_guide"), href: GUIDES + guide } }),
    });
    const isSet = (name: Own): boolean => !!properties[name]?.trim();
    // That no saved record is open says nothing against a variable, and a row that could not be read is not the property's fault.
    const kindOf = (problem: DropProblem): MarkKind | undefined => (problem === "no-record" ? undefined : problem === "unreadable" ? "todo" : "wrong");
    const named = (key: string, description: string, kind?: MarkKind): Detail => line(texts(key), description, kind);
    const marked = ({ term, description }: Detail, kind?: MarkKind): Detail => line(term, description, kind);

    // A designer has no record, and so no column's value. The column that the control sits on is mostly there for that alone.
    const isBlindFor = (place: Place): boolean => PROPERTIES.includes(place) && properties[place as SettingsProperty].fromColumn && !properties[place as SettingsProperty].text?.trim();

    function widget(): Detail[] {
        if (standing.kind === "unsettled") return [named("preview_source", texts("preview_reading"))];
        if (standing.kind === "conflict") return [named("preview_source", texts("widget-conflict_help"), "todo")];
        const found = standing.kind === "valid" ? standing.settled.widget : undefined;
        const outcome = standing.kind === "valid" ? standing.settled : { ...standing.refusal, kind: standing.kind };
        const values: Partial<Record<Place, string>> = found ? { widgetAppId: found.appId, orgId: found.orgId, orgUrl: found.orgUrl } : {};
        const more = Object.keys(found?.attributes ?? {}).filter((name) => !STANDARD.includes(name));
        return [
            outcome.kind === "valid" ? named("preview_source", texts(`source_${outcome.source}`), "good") : named("preview_wrong", texts(`${outcome.code}_help`), PASSING.includes(outcome.code) || PROPERTIES.some(isBlindFor) ? "todo" : "wrong"),
            ...describe(properties, outcome).flatMap(({ place, state, issues }) => {
                const property = place.startsWith("cwa_") ? undefined : properties[place as SettingsProperty];
                const typed = property?.text?.trim();
                if (isBlindFor(place)) return [line(nameOf(place, texts), texts("place_column"), "todo")];
                // A column's own text means nothing; what a maker has typed was meant for an ID.
                if (place === "widgetAppId" && state === "environment" && typed && !property?.fromColumn) return [marked(issueDetail({ place, problem: "not-a-guid", value: typed }, texts), "todo")];
                // Where nothing at all is set, one of several is enough: the first line says which.
                const isOpen = outcome.kind !== "valid" && outcome.code === "settings-missing";
                if (issues.length > 0) return issues.map((issue) => marked(issueDetail(issue, texts), isOpen ? undefined : found || issue.problem === "unreadable" ? "todo" : "wrong"));
                const value = state === "unused" ? undefined : values[place];
                // What is not set itself and has a value all the same has it from the snippet.
                const text = texts(state === "not-set" && value ? "source_widgetSnippet" : `place_${state}`) + (value ? ` (${value})` : "");
                return [line(nameOf(place, texts), text, state === "unused" ? "todo" : found && (value || state !== "not-set") ? "good" : undefined)];
            }),
            ...(found ? [named("details_script", scriptOf(found), "good")] : []),
            ...(more.length > 0 ? [named("preview_attributes", more.join(", "), "good")] : []),
        ];
    }

    function email(): Detail {
        const { userEmail } = properties;
        if (!userEmail?.trim()) return named("userEmail_name", texts("preview_email"), "good");
        const isAddress = toEmail(userEmail).kind === "known";
        // Whether it is a formula's answer or one user's address, typed in for all, no designer tells.
        return named("userEmail_name", `${texts(isAddress ? "preview_email_set" : "preview_email_wrong")} (${userEmail.slice(0, 120)})`, isAddress ? "todo" : "wrong");
    }

    function agent(): Detail[] {
        const own = ["Email", ...(properties.shareRecord ? ["RecordName", "RecordTable", "RecordUrl"] : [])];
        const names = [...own, ...Object.keys(context?.variables ?? {}).filter((name) => !own.includes(name))];
        return [
            named("preview_context", names.join(", "), context || !isSet("contextVariables") ? "good" : undefined),
            ...names.filter((name) => IDENTIFYING.includes(name)).map((name) => line(name, texts("preview_identifying"), "todo")),
            ...(context?.dropped ?? []).map((dropped) => marked(droppedDetail(dropped, texts), kindOf(dropped.problem))),
        ];
    }

    const isWrong = context?.dropped.some(({ problem }) => kindOf(problem) === "wrong");
    const own = (name: Own, kind: MarkKind | undefined): Detail => (isSet(name) ? named(`${name}_name`, texts("place_set"), kind) : named(`${name}_name`, texts("place_not-set")));
    const choices = (["requireEmail", "shareRecord", "contactCheck"] as const).map((name) => named(`${name}_name`, texts(properties[name] ? "yes" : "no"), "good"));
    return [
        ...widget(),
        email(),
        named("startMode_name", texts(`startMode_${properties.startMode}`), "good"),
        ...choices,
        own("message", "good"),
        own("buttonLabel", "good"),
        own("closedMessage", "good"),
        // What is wrong with them stands below, each by its name.
        own("contextVariables", context && (isWrong ? "wrong" : "good")),
        ...agent(),
        named("preview_tasks", texts("preview_tasks_text")),
        ...TASKS.map(([key, guide]) => line(texts(key), texts(`${key}_text`), "todo", guide)),
    ];
}
