// Owns what the administrator's page says of a value before it is saved: the control's own rules, in the control's own words.
import { listEntries, engagementHub, parseHostList } from "../../ChatWithAgent/settings/hosts";
import { guid } from "../../ChatWithAgent/settings/guid";
import { PAGE_VARIABLE, readPageSettings } from "../../ChatWithAgent/settings/page";
import { settle } from "../../ChatWithAgent/settings/settle";
import type { RawSettings } from "../../ChatWithAgent/settings/types";

/** How much a text variable holds (D). */
export const holds = 2_000;

/** What the control makes of a value: `wrong` is worth a second look, and can be saved all the same, as in Power Apps. */
export interface Verdict {
    readonly kind: "good" | "wrong" | "refused";
    readonly lines: readonly string[];
}

const blank = { text: null, fromColumn: false };
const nothingElse: RawSettings = { widgetSnippet: blank, widgetAppId: blank, orgId: blank, orgUrl: blank };

const isNone = (value: string): boolean => value === "" || value.toLowerCase() === "none";
const quoted = (entry: string): string => `“${entry}”`;

function snippetVerdict(value: string, scriptHosts: string, text: (key: string) => string): Verdict {
    const settled = settle(nothingElse, { variables: { snippet: value, ...(isNone(scriptHosts) ? {} : { scriptHosts }) } }, () => true);
    if (settled.kind === "valid") return { kind: "good", lines: [`Widget ${settled.widget.appId} of organization ${settled.widget.orgId}`, ...settled.notes.map((note) => `${quoted(note.value ?? "")}: ${text(`issue_${note.problem}`)}`)] };
    if (settled.kind === "needs") return { kind: "wrong", lines: ["More has to be known to settle this."] };
    return { kind: "wrong", lines: settled.issues.map((issue) => `${issue.value === undefined ? "The snippet" : quoted(issue.value)}: ${text(`issue_${issue.problem}`)}`) };
}

function listVerdict(value: string, isGood: (entry: string) => boolean, problem: string): Verdict {
    const entries = listEntries(value).filter((entry) => entry !== "");
    const wrong = entries.filter((entry) => !isGood(entry));
    return wrong.length > 0 ? { kind: "wrong", lines: wrong.map((entry) => `${quoted(entry)} ${problem}`) } : { kind: "good", lines: [entries.length === 1 ? "1 entry" : `${entries.length} entries`] };
}

/**
 * Judges the value of one variable; `scriptHosts` is what the variable of that name holds, as a snippet may need it.
 */
export function judge(schemaName: string, typed: string, scriptHosts: string, text: (key: string) => string): Verdict {
    const value = typed.trim();
    if (typed.length > holds) return { kind: "refused", lines: [`A value holds ${holds.toLocaleString("en-US")} characters, and this one has ${typed.length.toLocaleString("en-US")}.`] };
    if (isNone(value)) return { kind: "good", lines: [schemaName === "cwa_ChatWidgetSnippet" ? "No widget: controls without settings of their own say that the chat isn't set up." : "None"] };
    switch (schemaName) {
        case "cwa_ChatWidgetSnippet":
            return snippetVerdict(value, scriptHosts, text);
        case "cwa_ChatOrganizations":
            return listVerdict(value, (entry) => guid(entry) !== undefined || typeof engagementHub(entry) === "object", "is neither an organization ID nor the address of an engagement hub. The control passes it over.");
        case PAGE_VARIABLE: {
            const { settings, mistakes } = readPageSettings(value);
            const lines = mistakes.map((mistake) => `${quoted(mistake.value)}: ${text(`page_wrong_${mistake.problem}`)}`);
            return lines.length > 0 ? { kind: "wrong", lines } : { kind: "good", lines: [Object.keys(settings).join(", ")] };
        }
        default:
            return listVerdict(value, (entry) => parseHostList(entry).length === 1, "is not a host name such as oc-cdn-public-eur.azureedge.net. The control passes it over.");
    }
}
