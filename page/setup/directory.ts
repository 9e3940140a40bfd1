// Owns the judgement whether the contact centre would find a user's contact, and what stands in the way of making
// one; pure.
import { toEmail } from "../../ChatWithAgent/identity/email";

/** An enabled person with an address. */
export interface User {
    readonly id: string;
    readonly name: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly address: string;
}

export interface Contact {
    readonly id: string;
    readonly name: string;
    readonly address: string;
    /** Whether the shipped linking rule looks at it: `statuscode` 1 (D). */
    readonly isLinkable: boolean;
    /**
     * Whether it is active (`statecode` 0): one that is, and is not linkable, has a status reason of the company's
     * own.
     */
    readonly isActive: boolean;
}

/**
 * How a user stands. `linked`: exactly one contact would be found; `none`: there is none; `not-found`: there are
 * some, and the rule looks at none of them; `several`: it finds
 * more than one, and links nothing (D); `taken`: there is none, and a contact with the user's own id is somebody
 * else's, or inactive; `unusable`: no contact can hold this address.
 */
export type Standing = "linked" | "none" | "not-found" | "several" | "taken" | "unusable";

export const STANDINGS: readonly Standing[] = ["linked", "none", "not-found", "several", "taken", "unusable"];

export interface Row {
    readonly user: User;
    readonly standing: Standing;
    /** The contacts that this is about, for looking at by hand. */
    readonly contacts: readonly Contact[];
}

/**
 * An address as the database compares it: without regard to letter case (D) and, in environments that were set up so,
 * to accents (I). What it has answered with is compared in
 * the wider way, so that no contact is overlooked that the rule would find.
 */
export const comparable = (address: string): string =>
    address.trim().normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** @param contacts at least all that have the user's address or id */
export function judge(user: User, contacts: readonly Contact[]): Row {
    if (toEmail(user.address).kind !== "known") return { user, standing: "unusable", contacts: [] };
    const wanted = comparable(user.address);
    const own = contacts.filter(({ address }) => comparable(address) === wanted);
    const found = own.filter(({ isLinkable }) => isLinkable);
    if (found.length) return { user, standing: found.length === 1 ? "linked" : "several", contacts: found };
    const taken = contacts.filter(({ id }) => id === user.id);
    if (taken.length) return { user, standing: "taken", contacts: taken };
    return { user, standing: own.length ? "not-found" : "none", contacts: own };
}

/** A column's text; what is no text is none. */
function text(row: unknown, column: string): string {
    const value = (row as Readonly<Record<string, unknown>> | null)?.[column];
    return typeof value === "string" ? value : "";
}

const rowsOf = (answer: unknown): readonly unknown[] => {
    const rows = (answer as { readonly value?: unknown } | null | undefined)?.value;
    return Array.isArray(rows) ? rows : [];
};

export function toUsers(answer: unknown): readonly User[] {
    return rowsOf(answer)
        .map((row) => ({
            id: text(row, "systemuserid").toLowerCase(),
            name: text(row, "fullname"),
            firstName: text(row, "firstname"),
            lastName: text(row, "lastname"),
            address: text(row, "internalemailaddress").trim(),
        }))
        .filter(({ id }) => id);
}

export function toContacts(answer: unknown): readonly Contact[] {
    return rowsOf(answer).map((row) => {
        const { statecode, statuscode } = row as Readonly<Record<string, unknown>>;
        return {
            id: text(row, "contactid").toLowerCase(),
            name: text(row, "fullname"),
            address: text(row, "emailaddress1"),
            isLinkable: statuscode === 1,
            isActive: statecode === 0,
        };
    });
}

/** For an address of the web, which cannot hold half a character. */
const encode = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd"));

const isAny = (column: string, values: readonly string[]): string =>
    `Microsoft.Dynamics.CRM.In(PropertyName='${column}',PropertyValues=[${encode(values.map((value) => `"${value}"`).join(","))}])`;

const COLUMNS = "fullname,firstname,lastname,internalemailaddress";

const literal = (value: string): string => encode(value.replace(/'/g, "''"));

/**
 * Enabled people with an address: neither application users nor those that only programs and Microsoft's support sign
 * in as (D: `applicationid`, `accessmode`).
 */
const PEOPLE =
    "isdisabled eq false and applicationid eq null and (accessmode eq 0 or accessmode eq 1 or accessmode eq 2) and internalemailaddress ne null";

/** The path of the first page of users whose name or address holds a text. */
export function usersPath(search: string): string {
    const wanted = literal(search.trim());
    const narrowed = wanted && ` and (contains(fullname,'${wanted}') or contains(internalemailaddress,'${wanted}'))`;
    return `systemusers?$select=${COLUMNS}&$filter=${PEOPLE}${narrowed}&$orderby=fullname asc,systemuserid asc&$count=true`;
}

/** The path of those of these users who are still enabled people with an address. */
export const usersByIdPath = (ids: readonly string[]): string =>
    `systemusers?$select=${COLUMNS}&$filter=${PEOPLE} and ${isAny("systemuserid", ids)}`;

/** The path of all contacts that a judgement about these users needs, or undefined where it needs none. */
export function contactsPath(users: readonly User[]): string | undefined {
    const usable = users.filter(({ address }) => toEmail(address).kind === "known");
    if (!usable.length) return undefined;
    const addresses = usable.map(({ address }) => address);
    // How quotes are written within a list of values is documented nowhere; how they are in a text by itself, is.
    const plain = addresses.filter((address) => !/['"\\]/.test(address));
    const quoted = addresses.filter((address) => !plain.includes(address));
    const terms = [
        isAny(
            "contactid",
            usable.map(({ id }) => id),
        ),
        ...(plain.length ? [isAny("emailaddress1", plain)] : []),
        ...quoted.map((address) => `emailaddress1 eq '${literal(address)}'`),
    ];
    return `contacts?$select=fullname,emailaddress1,statecode,statuscode&$filter=${terms.join(" or ")}`;
}

/** A contact's columns hold 50 characters (D); one of two halves is not cut in the middle. */
const cut = (name: string): string => name.slice(0, 50).replace(/\p{Cs}$/u, "");

/**
 * What is written for a user: nothing that is not on the user's own row. A contact's last name is its one name that
 * must not be blank (D: business required).
 */
export function toContact(user: User): Readonly<Record<string, string>> {
    const last = user.lastName.trim();
    // Without a last name, the whole name is it: a first name beside it would be said twice.
    const [firstname, lastname] = last
        ? [user.firstName.trim(), last]
        : ["", user.name.trim() || user.firstName.trim() || user.address];
    return { firstname: cut(firstname), lastname: cut(lastname), emailaddress1: user.address };
}
