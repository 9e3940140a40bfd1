// Owns the questions to Dataverse that the settings may need, and the reading of the answers.
import type { EnvironmentVariables } from "./types";
import { guid } from "./guid";

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

/** A row of an answer, whose shape nobody vouches for. */
type Row = Readonly<Record<string, unknown>> | null | undefined;

const rowsOf = (answer: unknown): readonly Row[] => (Array.isArray(answer) ? (answer as Row[]) : []);
const textOf = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

/** A variable's text: the environment's own value before the default. `none` stands for empty, as the import wizard accepts no blank. */
export function readVariable(rows: unknown, name: string): string | undefined {
    return rowsOf(rows)
        .filter((row) => row?.schemaname === name)
        .map((row) => textOf(rowsOf(row?.[VALUES])[0]?.value) || textOf(row?.defaultvalue))
        .find((text) => text && text.toLowerCase() !== "none");
}

/** The variables' values. */
export const readEnvironmentRows = (rows: unknown): EnvironmentVariables => ({
    snippet: readVariable(rows, "cwa_ChatWidgetSnippet"),
    organizations: readVariable(rows, "cwa_ChatOrganizations"),
    scriptHosts: readVariable(rows, "cwa_ChatScriptHosts"),
});

/** The organisation's id, blank where the answer does not hold one. */
export const readOrganizationRows = (rows: unknown): string => guid(textOf(rowsOf(rows)[0]?.organizationid)) ?? "";
