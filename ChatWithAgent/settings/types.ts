// Owns the vocabulary of the settings: what goes into the rules, and the union that comes out.
import type { FailureCode } from "../chat/codes";
import type { WidgetSettings } from "../chat/ports";

/** The properties that can name a widget. */
export type SettingsProperty = "widgetSnippet" | "widgetAppId" | "orgId" | "orgUrl";

/** A property's value as the host hands it over; columns can be edited by people, so they are trusted less. */
export interface RawValue {
    readonly text: string | null;
    readonly fromColumn: boolean;
}

export type RawSettings = Readonly<Record<SettingsProperty, RawValue>>;

/** The environment variables' current values; undefined where a variable has no value or is `none`. */
export interface EnvironmentVariables {
    readonly snippet?: string | undefined;
    readonly organizations?: string | undefined;
    readonly scriptHosts?: string | undefined;
}

/** What has been looked up so far; absent means not asked yet. */
export interface Lookups {
    readonly variables?: EnvironmentVariables | "unreadable";
    /** The id of the environment's own organisation; blank where it could not be read. */
    readonly organizationId?: string;
}

export type Lookup = "variables" | "organization";

/** Where the widget's settings came from. */
export type SettingsSource = "widgetSnippet" | "properties" | "environmentVariable";

/** Where a wrong value stands; the last two are environment variables. */
export type Place = SettingsProperty | "cwa_ChatWidgetSnippet" | "cwa_ChatScriptHosts" | "cwa_ChatOrganizations";

/** What is wrong with a value. Each has a text `issue_<problem>` that says the problem and the mend. */
export type Problem =
    | "missing"
    | "not-a-guid"
    | "not-a-url"
    | "not-an-engagement-hub"
    | "wrong-organization"
    | "unknown-region"
    | "not-a-snippet"
    | "engagement-ruleset"
    | "too-long"
    | "script-host"
    | "script-path"
    | "organization-untrusted"
    | "unreadable"
    | "callback-dropped"
    | "font-dropped";

export interface Issue {
    readonly place: Place;
    readonly problem: Problem;
    /** The part of the value that is wrong, shortened to 120 characters, for showing as text only. */
    readonly value?: string;
}

export type SettingsFailureCode = Extract<FailureCode, "settings-missing" | "settings-invalid" | "settings-unreadable" | "organization-not-trusted" | "script-host-not-trusted">;

/** The answer of the rules: go and look something up first, a valid widget, or a named refusal. */
export type Settled =
    | { readonly kind: "needs"; readonly lookups: readonly Lookup[] }
    | { readonly kind: "valid"; readonly widget: WidgetSettings; readonly source: SettingsSource; readonly notes: readonly Issue[] }
    | { readonly kind: "refused"; readonly code: SettingsFailureCode; readonly issues: readonly Issue[] };
