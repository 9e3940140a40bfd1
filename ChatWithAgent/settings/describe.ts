// Owns the maker's checklist: how each place stands at which the widget can be set.
import type { Issue, Place, RawSettings, SettingsProperty, SettingsSource } from "./types";

/** `unused`: filled, but another source counts; `environment`: the value comes from the environment's own snippet. */
export type PlaceState = "set" | "unused" | "environment" | "not-set" | "wrong";

export interface Described {
    readonly place: Place;
    readonly state: PlaceState;
    readonly issues: readonly Issue[];
}

/** The part of a settled answer that matters here. */
export type Outcome =
    | { readonly kind: "valid"; readonly source: SettingsSource; readonly notes: readonly Issue[] }
    | { readonly kind: "refused"; readonly source?: SettingsSource; readonly issues: readonly Issue[] };

const PROPERTIES: readonly SettingsProperty[] = ["widgetSnippet", "widgetAppId", "orgId", "orgUrl"];
const VARIABLES: readonly Place[] = ["cwa_ChatWidgetSnippet", "cwa_ChatOrganizations", "cwa_ChatScriptHosts"];

function stateOf(property: SettingsProperty, raw: RawSettings, settled: Outcome): PlaceState {
    const isSet = (name: SettingsProperty) => !!raw[name].text?.trim();
    const { source } = settled;
    if (source === "widgetSnippet" && property !== source) return isSet(property) ? "unused" : "not-set";
    // Without an address of its own, a valid widget has it from the environment; a column's text that is no app id is then just the column's text.
    if (settled.kind === "valid" && !isSet("orgUrl") && (source === "environmentVariable" || !isSet(property))) return "environment";
    return isSet(property) ? "set" : "not-set";
}

/** One entry per property, and one per environment variable of which something is to be told. */
export function describe(raw: RawSettings, settled: Outcome): readonly Described[] {
    const told = settled.kind === "valid" ? settled.notes : settled.issues;
    const entry = (place: Place, state: PlaceState): Described => {
        const issues = told.filter((issue) => issue.place === place);
        const isWrong = settled.kind === "refused" && issues.some(({ problem, value }) => problem !== "missing" || value);
        return { place, state: isWrong ? "wrong" : state, issues };
    };
    return [
        ...PROPERTIES.map((property) => entry(property, stateOf(property, raw, settled))),
        ...VARIABLES.map((variable) => entry(variable, settled.kind === "valid" ? "set" : "not-set")).filter(({ issues }) => issues.length),
    ];
}
