// Owns the tables of the demo's Dataverse: their columns and types, and how the sample data become rows.
import { accounts, allUsers, environmentOrganization, opportunities, users, type EnvironmentVariable } from "./seed";

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
    readonly emailaddress1: string;
    readonly statecode: number;
    readonly statuscode: number;
}

/** What rows are made from at each request; contacts are the contact centre's own, so that both always agree. */
export interface Source {
    contacts(): readonly ContactRecord[];
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

const table = (name: string, set: string, key: string, columns: Record<string, Column>, collections: Table["collections"] = {}): Table => ({
    name,
    set,
    key,
    columns: { [key]: guid, ...columns },
    collections,
});

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
    }),
    table("contact", "contacts", "contactid", {
        fullname: text,
        firstname: text,
        lastname: text,
        emailaddress1: text,
        jobtitle: text,
        telephone1: text,
        statecode: state,
        statuscode: status,
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
        { schemaname: text, displayname: text, defaultvalue: text, description: text, type: choice({ 100000000: "String" }), statecode: state },
        { environmentvariabledefinition_environmentvariablevalue: { table: "environmentvariablevalue", lookup: "_environmentvariabledefinitionid_value" } },
    ),
    table("environmentvariablevalue", "environmentvariablevalues", "environmentvariablevalueid", {
        value: text,
        schemaname: text,
        statecode: state,
        _environmentvariabledefinitionid_value: lookup("environmentvariabledefinition"),
    }),
    table("usersettings", "usersettingscollection", "systemuserid", { uilanguageid: int }),
    table("organization", "organizations", "organizationid", { name: text, friendlyname: text, languagecode: int }),
];

export const businessUnitId = "b0b0b0b0-3333-4c4c-8d8d-000000000001";

const firstName = (name: string): string => name.split(" ")[0] ?? name;
const lastName = (name: string): string => name.split(" ").slice(1).join(" ");
const rating: Record<string, number> = { Hot: 1, Warm: 2, Cold: 3 };

/** All rows of a table, as they are now. */
export function rowsOf(name: string, source: Source): Row[] {
    switch (name) {
        case "systemuser":
            return allUsers.map((user, index) => ({
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
                employeeid: `E-10${String(index + 1).padStart(2, "0")}`,
                department: user.department,
                _businessunitid_value: businessUnitId,
                _parentsystemuserid_value: user.id === users.lee.id ? null : users.lee.id,
                azureactivedirectoryobjectid: user.id.replace(/^a1b6c0de/, "0b1ec7ed"),
            }));
        case "usersettings":
            return allUsers.map((user) => ({ systemuserid: user.id, uilanguageid: source.languageId() }));
        case "contact":
            return source.contacts().map((contact) => {
                const user = allUsers.find((one) => one.email === contact.emailaddress1);
                return {
                    contactid: contact.id,
                    fullname: contact.name,
                    firstname: firstName(contact.name),
                    lastname: lastName(contact.name),
                    emailaddress1: contact.emailaddress1,
                    jobtitle: user?.jobTitle ?? null,
                    telephone1: user?.phone ?? null,
                    statecode: contact.statecode,
                    statuscode: contact.statuscode,
                    _parentcustomerid_value: null,
                    _ownerid_value: users.alex.id,
                };
            });
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
        case "organization":
            return [{ organizationid: environmentOrganization.id, name: environmentOrganization.name, friendlyname: environmentOrganization.friendlyName, languagecode: 1033 }];
        default:
            return [];
    }
}
