// Owns the maker's list in the designer: the settings' source, what is wrong and how to fix it, what the agent gets.
import type { DropProblem, FailureCode } from "../chat/codes";
import type { Detail, MarkKind } from "../components/view";
import type { Texts } from "../host/host";
import { toEmail } from "../identity/email";
import type { Issue, SettingsProperty } from "../settings/types";
import { droppedDetail, issueDetail } from "./details";
import type { Known } from "./view";

/** Failures that are not the maker's to mend, and may be over in the app. */
const PASSING: readonly FailureCode[] = ["settings-unreadable", "offline"];

/** What names a widget in a column of its own; the column of the app ID is often there for the control alone. */
const COLUMNS: readonly SettingsProperty[] = ["widgetSnippet", "orgId", "orgUrl"];

/** That no saved record is open is no mistake, and a row that could not be read is not the maker's. */
function kindOf(problem: DropProblem): MarkKind | undefined {
    if (problem === "no-record") return undefined;
    return problem === "unreadable" ? "todo" : "wrong";
}

/** `known` is what the instance knows, `texts` are the user's language. */
export function checklist({ properties, standing, context }: Known, texts: Texts): readonly Detail[] {
    const marked = (detail: Detail, kind?: MarkKind): Detail =>
        kind ? { ...detail, mark: { kind, text: texts(`mark_${kind}`) } } : detail;
    const line = (key: string, description: string, kind?: MarkKind): Detail =>
        marked({ term: texts(key), description }, kind);

    function widget(): Detail[] {
        const source = (key: string, kind?: MarkKind): Detail => line("preview_source", texts(key), kind);
        if (standing.kind === "unsettled") return [source("preview_reading")];
        if (standing.kind === "conflict") return [source("widget-conflict_help", "todo")];
        // A designer has no record, and so no column's value.
        const isHidden = COLUMNS.some((name) => properties[name].fromColumn && !properties[name].text?.trim());
        const told = (issues: readonly Issue[], kind: MarkKind): Detail[] =>
            issues.map((issue) => marked(issueDetail(issue, texts), kind));
        if (standing.kind === "valid") {
            const { source: from, notes } = standing.settled;
            if (isHidden && from === "environmentVariable") return [source("preview_column", "todo")];
            return [source(`source_${from}`, "good"), ...told(notes, "todo")];
        }
        const { code, issues } = standing.refusal;
        if (isHidden && code === "settings-missing") return [source("preview_column", "todo")];
        const kind = PASSING.includes(code) ? "todo" : "wrong";
        return [line("preview_wrong", texts(`${code}_help`), kind), ...told(issues, kind)];
    }

    function email(): Detail[] {
        const typed = properties.userEmail?.trim();
        if (!typed || toEmail(typed).kind === "known") return [];
        return [line("userEmail_name", `${texts("preview_email_wrong")} (${typed.slice(0, 120)})`, "wrong")];
    }

    const own = properties.shareRecord ? ["Email", "RecordName", "RecordTable", "RecordUrl"] : ["Email"];
    const names = new Set([...own, ...Object.keys(context?.variables ?? {})]);
    return [
        ...widget(),
        ...email(),
        line("preview_context", [...names].join(", "), "good"),
        ...(context?.dropped ?? []).map((dropped) => marked(droppedDetail(dropped, texts), kindOf(dropped.problem))),
        line("details_help", texts("preview_administrator"), "todo"),
    ];
}
