// Owns what the app shows of each table: views, forms, and how rows are read from the Web API.
import type { IconName } from "./icons";

export type TableName = "opportunity" | "account" | "contact";

export interface FieldSpec {
    readonly label: string;
    readonly column: string;
    readonly kind?: "lookup" | "date" | "multiline" | "phone" | "email";
    readonly required?: boolean;
}

export interface TableSpec {
    readonly table: TableName;
    readonly set: string;
    readonly key: string;
    readonly name: string;
    readonly label: string;
    readonly plural: string;
    readonly view: string;
    readonly icon: IconName;
    /** What the control on this table's form tells the agent besides the address, as a maker would write it. */
    readonly context: string;
    readonly columns: readonly FieldSpec[];
    readonly header: readonly FieldSpec[];
    readonly summaryTitle: string;
    readonly summary: readonly FieldSpec[];
    readonly detailsTitle: string;
    readonly details: readonly FieldSpec[];
    readonly stages?: readonly string[];
}

export const tableSpecs: Readonly<Record<TableName, TableSpec>> = {
    opportunity: {
        table: "opportunity",
        set: "opportunities",
        key: "opportunityid",
        name: "name",
        label: "Opportunity",
        plural: "Opportunities",
        view: "My Open Opportunities",
        icon: "opportunity",
        context: "Title={user.jobtitle}\nManager={user.parentsystemuserid}\nAccount={record.parentaccountid}\nRevenue={record.estimatedvalue}\nRating={record.opportunityratingcode}",
        columns: [
            { label: "Topic", column: "name" },
            { label: "Account", column: "_parentaccountid_value", kind: "lookup" },
            { label: "Est. close date", column: "estimatedclosedate", kind: "date" },
            { label: "Est. revenue", column: "estimatedvalue" },
            { label: "Probability", column: "closeprobability" },
            { label: "Rating", column: "opportunityratingcode" },
        ],
        header: [
            { label: "Est. close date", column: "estimatedclosedate", kind: "date" },
            { label: "Est. revenue", column: "estimatedvalue" },
            { label: "Status", column: "statuscode" },
            { label: "Owner", column: "_ownerid_value", kind: "lookup" },
        ],
        summaryTitle: "Opportunity information",
        summary: [
            { label: "Topic", column: "name", required: true },
            { label: "Account", column: "_parentaccountid_value", kind: "lookup" },
            { label: "Est. close date", column: "estimatedclosedate", kind: "date" },
            { label: "Est. revenue", column: "estimatedvalue" },
            { label: "Probability", column: "closeprobability" },
            { label: "Rating", column: "opportunityratingcode" },
        ],
        detailsTitle: "Situation",
        details: [
            { label: "Current situation", column: "currentsituation", kind: "multiline" },
            { label: "Customer need", column: "customerneed", kind: "multiline" },
        ],
        stages: ["Qualify", "Develop", "Propose", "Close"],
    },
    account: {
        table: "account",
        set: "accounts",
        key: "accountid",
        name: "name",
        label: "Account",
        plural: "Accounts",
        view: "My Active Accounts",
        icon: "account",
        context: "Title={user.jobtitle}\nManager={user.parentsystemuserid}\nCity={record.address1_city}\nIndustry={record.industry}",
        columns: [
            { label: "Account name", column: "name" },
            { label: "Main phone", column: "telephone1", kind: "phone" },
            { label: "City", column: "address1_city" },
            { label: "Industry", column: "industry" },
            { label: "Annual revenue", column: "revenue" },
        ],
        header: [
            { label: "Annual revenue", column: "revenue" },
            { label: "Number of employees", column: "numberofemployees" },
            { label: "Owner", column: "_ownerid_value", kind: "lookup" },
        ],
        summaryTitle: "Account information",
        summary: [
            { label: "Account name", column: "name", required: true },
            { label: "Phone", column: "telephone1", kind: "phone" },
            { label: "City", column: "address1_city" },
            { label: "Industry", column: "industry" },
        ],
        detailsTitle: "Company profile",
        details: [
            { label: "Industry", column: "industry" },
            { label: "Annual revenue", column: "revenue" },
            { label: "Number of employees", column: "numberofemployees" },
        ],
    },
    contact: {
        table: "contact",
        set: "contacts",
        key: "contactid",
        name: "fullname",
        label: "Contact",
        plural: "Contacts",
        view: "All Contacts",
        icon: "contact",
        context: "Title={user.jobtitle}\nManager={user.parentsystemuserid}\nJob title of the contact={record.jobtitle}",
        columns: [
            { label: "Full name", column: "fullname" },
            { label: "Email", column: "emailaddress1", kind: "email" },
            { label: "Job title", column: "jobtitle" },
            { label: "Business phone", column: "telephone1", kind: "phone" },
            { label: "Status", column: "statecode" },
        ],
        header: [
            { label: "Status", column: "statecode" },
            { label: "Owner", column: "_ownerid_value", kind: "lookup" },
        ],
        summaryTitle: "Contact information",
        summary: [
            { label: "First name", column: "firstname" },
            { label: "Last name", column: "lastname", required: true },
            { label: "Job title", column: "jobtitle" },
            { label: "Email", column: "emailaddress1", kind: "email" },
            { label: "Business phone", column: "telephone1", kind: "phone" },
        ],
        detailsTitle: "Personal information",
        details: [
            { label: "Status", column: "statuscode" },
            { label: "Owner", column: "_ownerid_value", kind: "lookup" },
        ],
    },
};

export const isTableName = (text: string | null): text is TableName => text !== null && Object.hasOwn(tableSpecs, text);

export type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null;

async function read(path: string): Promise<Row> {
    const response = await fetch(`/api/data/v9.2/${path}`, { headers: { accept: "application/json", prefer: 'odata.include-annotations="*"', "x-demo-page": "1" } });
    const body: unknown = await response.json();
    if (!response.ok || !isRow(body)) throw new Error(`The record could not be read (${response.status}).`);
    return body;
}

export async function readRows(spec: TableSpec): Promise<readonly Row[]> {
    const { value } = await read(spec.set);
    return Array.isArray(value) ? value.filter(isRow) : [];
}

export const readRow = (spec: TableSpec, id: string): Promise<Row> => read(`${spec.set}(${encodeURIComponent(id)})`);

/** What a user sees of a column: its formatted value where there is one. */
export function display(row: Row, column: string): string {
    const value = row[`${column}@OData.Community.Display.V1.FormattedValue`] ?? row[column];
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** The form a record's inactive state asks for: read only. */
export const isInactive = (spec: TableSpec, row: Row): boolean => row.statecode !== 0 && spec.table === "contact";
