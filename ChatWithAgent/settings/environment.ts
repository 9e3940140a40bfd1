// Owns the questions to Dataverse that the settings may need, and the reading of the answers.
import type { EnvironmentVariables } from "./types";
import { guid } from "./guid";

const NAMES = { snippet: "cwa_ChatWidgetSnippet", organizations: "cwa_ChatOrganizations", scriptHosts: "cwa_ChatScriptHosts" } as const;

const VALUES = "environmentvariabledefinition_environmentvariablevalue";

/** A query as `retrieveMultipleRecords` takes it. */
export interface Query {
    readonly table: string;
    readonly options: string;
}

/** All three environment variables in one call (D: definitions hold the default, a related row the environment's own value). */
export const variablesQuery: Query = {
    table: "environmentvariabledefinition",
    options: `?$select=schemaname,defaultvalue&$filter=startswith(schemaname,'cwa_Chat')&$expand=${VALUES}($select=value)`,
};

/** The environment's own organisation: the table has this one row (D). */
export const organizationQuery: Query = { table: "organization", options: "?$select=organizationid" };

/** A member of an answer, whose shape nobody vouches for. */
function member(of: unknown, name: string | number): unknown {
    return (of as Readonly<Record<string | number, unknown>> | null | undefined)?.[name];
}

function textOf(value: unknown): string {
    return typeof value === "string" ? value.trim() : "";
}

/** A variable's text: the environment's own value before the default. `none` stands for empty, as the import wizard accepts no blank. */
export function readVariable(rows: unknown, name: string): string | undefined {
    for (const row of Array.isArray(rows) ? rows : []) {
        const text = textOf(member(member(member(row, VALUES), 0), "value")) || textOf(member(row, "defaultvalue"));
        if (member(row, "schemaname") === name && text && text.toLowerCase() !== "none") return text;
    }
    return undefined;
}

/** The variables with a value. */
export function readEnvironmentRows(rows: unknown): EnvironmentVariables {
    const found: { -readonly [name in keyof EnvironmentVariables]: string } = {};
    for (const key of Object.keys(NAMES) as (keyof typeof NAMES)[]) {
        const text = readVariable(rows, NAMES[key]);
        if (text) found[key] = text;
    }
    return found;
}

/** The organisation's id, or undefined where the answer does not hold one. */
export function readOrganizationRows(rows: unknown): string | undefined {
    return guid(textOf(member(member(rows, 0), "organizationid")));
}
