// Owns the tables of the demo's Dataverse: their columns and types, and how the sample data become rows.
import { VERSION } from "../../ChatWithAgent/app/view";
import { accounts, allUsers, environmentOrganization, opportunities, users, type EnvironmentVariable } from "./seed";
import type { StaffMember } from "./staff";

export type ColumnType = "string" | "guid" | "int" | "decimal" | "boolean" | "choice" | "date" | "lookup";

/** A column. A lookup's name is `_name_value`, as the Web API shows it (D). */
export interface Column {
    readonly type: ColumnType;
    /** Labels of a choice, by number. */
    readonly labels?: Readonly<Record<number, string>>;
    /** The table a lookup points to. */
    readonly target?: string;
}

export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;

export interface Table {
    readonly name: string;
    readonly set: string;
    readonly key: string;
    readonly columns: Readonly<Record<string, Column>>;
    /** Collection-valued navigation properties: table and the lookup column that points back. */
    readonly collections: Readonly<Record<string, { readonly table: string; readonly lookup: string }>>;
}

/** A contact as the contact centre keeps it. */
export interface ContactRecord {
    readonly id: string;
    readonly name: string;
    /** Without these two, they are what the name looks like. */
    readonly firstname?: string | null;
    readonly lastname?: string | null;
    readonly emailaddress1: string;
    readonly statecode: number;
    readonly statuscode: number;
}

/**
 * What rows are made from at each request; contacts of sample users are the contact centre's own, so that both always
 * agree.
 */
export interface Source {
    contacts(): readonly ContactRecord[];
    /** The generated users; the same array as long as it is the same staff. */
    staff(): readonly StaffMember[];
    /** The contacts they come with; the same array as long as it is the same staff. */
    staffContacts(): readonly ContactRecord[];
    /** Contacts that were created for anybody but a sample user. */
    createdContacts(): readonly Row[];
    environmentVariables(): readonly EnvironmentVariable[];
    /** Locale ID of the language in the user's settings, whoever it is. */
    languageId(): number;
}

const text: Column = { type: "string" };
const guid: Column = { type: "guid" };
const int: Column = { type: "int" };
const flag: Column = { type: "boolean" };
const date: Column = { type: "date" };
const decimal: Column = { type: "decimal" };
const lookup = (target: string): Column => ({ type: "lookup", target });
const choice = (labels: Record<number, string>): Column => ({ type: "choice", labels });
const state = choice({ 0: "Active", 1: "Inactive" });
const status = choice({ 1: "Active", 2: "Inactive" });

const table = (
    name: string,
    set: string,
    key: string,
    columns: Record<string, Column>,
    collections: Table["collections"] = {},
): Table => ({
    name,
    set,
    key,
    columns: { [key]: guid, ...columns },
    collections,
});

/** The imported solution; its version is the page's, so that both agree as after an import. */
const solution = {
    id: "501a0001-4444-4d4d-8e8e-000000000001",
    uniqueName: "ChatWithAgent",
    friendlyName: "Chat with an agent",
    version: `${VERSION}.0`,
} as const;

/** The tables, as far as the demo has them. */
export const tables: readonly Table[] = [
    table("systemuser", "systemusers", "systemuserid", {
        fullname: text,
        firstname: text,
        lastname: text,
        internalemailaddress: text,
        domainname: text,
        jobtitle: text,
        title: text,
        address1_telephone1: text,
        mobilephone: text,
        isdisabled: flag,
        employeeid: text,
        department: text,
        _businessunitid_value: lookup("businessunit"),
        _parentsystemuserid_value: lookup("systemuser"),
        azureactivedirectoryobjectid: guid,
        applicationid: guid,
        accessmode: choice({ 0: "Read-Write", 1: "Administrative", 2: "Read", 4: "Non-interactive" }),
    }),
    table("contact", "contacts", "contactid", {
        fullname: text,
        firstname: text,
        lastname: text,
        emailaddress1: text,
        jobtitle: text,
        telephone1: text,
        statecode: state,
        statuscode: choice({ 1: "Active", 2: "Inactive", 100000001: "On leave" }),
        _parentcustomerid_value: lookup("account"),
        _ownerid_value: lookup("systemuser"),
    }),
    table("account", "accounts", "accountid", {
        name: text,
        address1_city: text,
        telephone1: text,
        industry: text,
        revenue: decimal,
        numberofemployees: int,
        statecode: state,
        statuscode: status,
        _ownerid_value: lookup("systemuser"),
    }),
    table("opportunity", "opportunities", "opportunityid", {
        name: text,
        estimatedclosedate: date,
        estimatedvalue: decimal,
        closeprobability: int,
        stepname: text,
        opportunityratingcode: choice({ 1: "Hot", 2: "Warm", 3: "Cold" }),
        customerneed: text,
        currentsituation: text,
        statecode: choice({ 0: "Open", 1: "Won", 2: "Lost" }),
        statuscode: choice({ 1: "In Progress", 2: "On Hold" }),
        _parentaccountid_value: lookup("account"),
        _ownerid_value: lookup("systemuser"),
    }),
    table(
        "environmentvariabledefinition",
        "environmentvariabledefinitions",
        "environmentvariabledefinitionid",
        {
            schemaname: text,
            displayname: text,
            defaultvalue: text,
            description: text,
            type: choice({ 100000000: "String" }),
            statecode: state,
        },
        {
            environmentvariabledefinition_environmentvariablevalue: {
                table: "environmentvariablevalue",
                lookup: "_environmentvariabledefinitionid_value",
            },
        },
    ),
    table("environmentvariablevalue", "environmentvariablevalues", "environmentvariablevalueid", {
        value: text,
        schemaname: text,
        statecode: state,
        _environmentvariabledefinitionid_value: lookup("environmentvariabledefinition"),
    }),
    table("usersettings", "usersettingscollection", "systemuserid", { uilanguageid: int }),
    table("solution", "solutions", "solutionid", {
        uniquename: text,
        friendlyname: text,
        version: text,
        ismanaged: flag,
    }),
    table("organization", "organizations", "organizationid", { name: text, friendlyname: text, languagecode: int }),
];

export const businessUnitId = "b0b0b0b0-3333-4c4c-8d8d-000000000001";

const firstName = (name: string): string => name.split(" ")[0] ?? name;
const lastName = (name: string): string => name.split(" ").slice(1).join(" ");
const rating: Record<string, number> = { Hot: 1, Warm: 2, Cold: 3 };

/** Makes rows once for each list: a large one is asked for with every page. */
function once<Item>(make: (item: Item) => Row): (list: readonly Item[]) => readonly Row[] {
    const made = new WeakMap<readonly Item[], readonly Row[]>();
    return (list) => {
        const rows = made.get(list) ?? list.map(make);
        made.set(list, rows);
        return rows;
    };
}

/** The row of a contact. */
export function contactRow(contact: ContactRecord): Row {
    const user = allUsers.find((one) => one.email === contact.emailaddress1);
    return {
        contactid: contact.id,
        fullname: contact.name || null,
        firstname: contact.firstname === undefined ? firstName(contact.name) : contact.firstname,
        lastname: contact.lastname === undefined ? lastName(contact.name) : contact.lastname,
        emailaddress1: contact.emailaddress1 || null,
        jobtitle: user?.jobTitle ?? null,
        telephone1: user?.phone ?? null,
        statecode: contact.statecode,
        statuscode: contact.statuscode,
        _parentcustomerid_value: null,
        _ownerid_value: users.alex.id,
    };
}

const sampleRows = once((user: (typeof allUsers)[number]) => ({
    systemuserid: user.id,
    fullname: user.name,
    firstname: user.firstName,
    lastname: user.lastName,
    internalemailaddress: user.email,
    domainname: user.email ?? `${user.firstName.toLowerCase()}.${user.lastName.toLowerCase()}@contoso.example`,
    jobtitle: user.jobTitle,
    title: null,
    address1_telephone1: user.phone,
    mobilephone: null,
    isdisabled: false,
    employeeid: `E-10${String(allUsers.indexOf(user) + 1).padStart(2, "0")}`,
    department: user.department,
    _businessunitid_value: businessUnitId,
    _parentsystemuserid_value: user.id === users.lee.id ? null : users.lee.id,
    azureactivedirectoryobjectid: user.id.replace(/^a1b6c0de/, "0b1ec7ed"),
    applicationid: null,
    accessmode: 0,
}));

const staffRows = once((one: StaffMember) => ({
    systemuserid: one.id,
    fullname: one.name,
    firstname: one.firstName,
    lastname: one.lastName,
    internalemailaddress: one.email,
    domainname: one.email ?? `user.${one.number}@contoso.example`,
    jobtitle: one.jobTitle,
    title: null,
    address1_telephone1: null,
    mobilephone: null,
    isdisabled: one.disabled,
    employeeid: one.applicationId === null ? `E-${20_000 + one.number}` : null,
    department: one.department,
    _businessunitid_value: businessUnitId,
    _parentsystemuserid_value: one.applicationId === null ? users.lee.id : null,
    azureactivedirectoryobjectid: one.id.replace(/^57aff000/, "0b1ec7ed"),
    applicationid: one.applicationId,
    accessmode: one.accessMode,
}));

const staffContactRows = once(contactRow);

/** All rows of a table, as they are now. */
export function rowsOf(name: string, source: Source): Row[] {
    switch (name) {
        case "systemuser":
            return [...sampleRows(allUsers), ...staffRows(source.staff())];
        case "usersettings":
            return allUsers.map((user) => ({ systemuserid: user.id, uilanguageid: source.languageId() }));
        case "contact":
            return [
                ...source.contacts().map(contactRow),
                ...staffContactRows(source.staffContacts()),
                ...source.createdContacts(),
            ];
        case "account":
            return accounts.map((account) => ({
                accountid: account.id,
                name: account.name,
                address1_city: account.city,
                telephone1: account.phone,
                industry: account.industry,
                revenue: account.revenue,
                numberofemployees: account.employees,
                statecode: 0,
                statuscode: 1,
                _ownerid_value: users.alex.id,
            }));
        case "opportunity":
            return opportunities.map((one) => ({
                opportunityid: one.id,
                name: one.name,
                estimatedclosedate: one.close,
                estimatedvalue: one.value,
                closeprobability: one.probability,
                stepname: one.stage,
                opportunityratingcode: rating[one.rating] ?? null,
                customerneed: one.need,
                currentsituation: one.situation,
                statecode: 0,
                statuscode: 1,
                _parentaccountid_value: one.accountId,
                _ownerid_value: users.alex.id,
            }));
        case "environmentvariabledefinition":
            return source.environmentVariables().map((variable) => ({
                environmentvariabledefinitionid: variable.definitionId,
                schemaname: variable.schemaName,
                displayname: variable.displayName,
                defaultvalue: variable.defaultValue,
                description: variable.description,
                type: 100000000,
                statecode: 0,
            }));
        case "environmentvariablevalue":
            return source
                .environmentVariables()
                .filter((variable) => variable.value !== null)
                .map((variable) => ({
                    environmentvariablevalueid: variable.valueId,
                    value: variable.value,
                    schemaname: variable.valueId,
                    statecode: 0,
                    _environmentvariabledefinitionid_value: variable.definitionId,
                }));
        case "solution":
            return [
                {
                    solutionid: solution.id,
                    uniquename: solution.uniqueName,
                    friendlyname: solution.friendlyName,
                    version: solution.version,
                    ismanaged: true,
                },
            ];
        case "organization":
            return [
                {
                    organizationid: environmentOrganization.id,
                    name: environmentOrganization.name,
                    friendlyname: environmentOrganization.friendlyName,
                    languagecode: 1033,
                },
            ];
        default:
            return [];
    }
}
