// Owns the generated staff of the demo's Dataverse: users besides the sample users, and their contacts. The same
// index always gives the same person.
import type { ContactRecord } from "./tables";

/** One generated user. `id` is the systemuserid. */
export interface StaffMember {
    readonly id: string;
    readonly number: number;
    readonly name: string;
    readonly firstName: string | null;
    readonly lastName: string;
    readonly email: string | null;
    readonly jobTitle: string;
    readonly department: string;
    readonly disabled: boolean;
    /** Application users stand for programs; null for people (D). */
    readonly applicationId: string | null;
    /** 0 Read-Write, 1 Administrative, 2 Read, 4 Non-interactive (D). */
    readonly accessMode: number;
}

/** How many there are unless the demo is told otherwise, and at most. */
export const defaultStaff = 2_000;
export const mostStaff = 100_000;

/** Names in pairs with their form for addresses. */
const written = (...entries: readonly string[]): readonly (readonly [string, string])[] =>
    entries.map((entry) => {
        const [name = "", slug = name] = entry.split("|");
        return [
            name,
            slug
                .normalize("NFD")
                .toLowerCase()
                .replace(/[^a-z'-]/g, ""),
        ];
    });

/**
 * Names as people write them; after `|` the form for the address where it is not simply the name without its accents.
 */
const firstNames = written(
    "Aaliyah",
    "Adèle",
    "Aïcha",
    "Anna Maria",
    "Åsa|asa",
    "Bjørn|bjorn",
    "Chidi",
    "Ciarán",
    "D'Andre|d'andre",
    "Đặng|dang",
    "Elif",
    "Émile",
    "Fatima",
    "François",
    "Giulia",
    "Hana",
    "Hiroshi",
    "Ingrid",
    "Ivan",
    "Jean-Luc",
    "João",
    "José",
    "Jürgen",
    "Kofi",
    "Leilani",
    "Łukasz|lukasz",
    "Mahmoud",
    "Mei",
    "Nia",
    "Olga",
    "Oluwaseun",
    "Priya",
    "Ravi",
    "Renée",
    "Sanne",
    "Siobhán",
    "Sophie",
    "Søren|soren",
    "Tomáš",
    "Yasmin",
    "Zoë",
    "Дмитрий|dmitriy",
    "Ελένη|eleni",
    "مريم|maryam",
    "राहुल|rahul",
    "太郎|taro",
    "明|ming",
    "지민|jimin",
);
const lastNames = written(
    "Adeyemi",
    "Andersson",
    "Ångström",
    "Baker",
    "Bianchi",
    "Çelik",
    "da Silva",
    "D’Angelo",
    "Dvořák",
    "El-Sayed",
    "Fernández",
    "Fischer",
    "García Márquez",
    "Haddad",
    "Ivanov",
    "Jensen",
    "Kamau",
    "Kaya",
    "Kowalski",
    "Lefèvre",
    "Løkken|lokken",
    "MacDonald",
    "Mbeki",
    "Müller",
    "Nakamura",
    "Nguyễn",
    "Novák",
    "O'Brien|o'brien",
    "O'Neil, Jr.|o'neil",
    "Okafor",
    "Oyelaran",
    "Özdemir",
    "Park",
    "Patel",
    "Popescu",
    "Quispe",
    "Rossi",
    "Sato",
    "Schmidt-Rottluff",
    "Singh",
    "Smith",
    "Tanaka",
    "van den Berg",
    "Weiß|weiss",
    "Wójcik",
    "Петрова|petrova",
    "王|wang",
    "김|kim",
);
const jobs: readonly (readonly [string, string])[] = [
    ["Account Executive", "Sales"],
    ["Accountant", "Finance"],
    ["Engineer", "Manufacturing"],
    ["Paralegal", "Legal"],
    ["Recruiter", "Human Resources"],
    ["Designer", "Marketing"],
    ["Technician", "IT"],
];

/**
 * Spreads numbers over 32 bits; different numbers never meet (the finishing step of MurmurHash3, which can be
 * undone).
 */
function mix(value: number): number {
    let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    return (bits ^ (bits >>> 16)) >>> 0;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

/** A guid that looks like a random one and is another for every seed. */
function guidOf(seed: number, salt: number): string {
    const [first, second, third] = [mix(seed ^ salt), mix(seed ^ (salt + 0x1111)), mix(seed ^ (salt + 0x2222))];
    return `${hex(first, 8)}-${hex(second >>> 16, 4)}-4${hex(second & 0xfff, 3)}-a${hex(third & 0xfff, 3)}-${hex(third >>> 16, 4)}${hex(mix(first), 8)}`;
}

const pick = <T>(list: readonly T[], index: number, salt: number): T => {
    const found = list[mix(index ^ salt) % list.length];
    if (found === undefined) throw new RangeError("An empty list.");
    return found;
};

function member(index: number): StaffMember {
    const [givenName, givenSlug] = pick(firstNames, index, 0x0f1e);
    const [lastName, lastSlug] = pick(lastNames, index, 0x2d3c);
    const [jobTitle, department] = pick(jobs, index, 0x4b5a);
    // Turns of different lengths, without a common divisor: each peculiarity meets each kind of contact some day.
    const [kind, oddity] = [index % 199, index % 997];
    // What a spreadsheet would take for a formula.
    const formula = oddity === 503 ? "=" : oddity === 504 ? "+" : oddity === 505 ? "@" : "";
    const firstName = oddity >= 500 && oddity < 503 ? null : formula + givenName;
    const isApplication = kind === 20 || kind === 120;
    return {
        id: `57aff000-${hex(index >>> 16, 4)}-4c0d-8e00-${hex(index, 12)}`,
        number: index,
        name: firstName === null ? lastName : `${firstName} ${lastName}`,
        firstName,
        lastName,
        email: kind === 40 || kind === 140 ? null : `${givenSlug}.${lastSlug}.${index}@contoso.example`,
        jobTitle,
        department,
        disabled: kind === 60 || kind === 160,
        applicationId: isApplication ? guidOf(index, 0x6978) : null,
        // An application user may or may not be said to be non-interactive: neither column alone tells people from
        // programs.
        accessMode: kind === 80 || kind === 120 ? 4 : oddity === 506 ? 1 : oddity === 507 ? 2 : 0,
    };
}

/** What contacts somebody has; `occupied`: none that counts, but one that has the user's own id. */
export type ContactKind = "one" | "none" | "inactive" | "custom-status" | "two" | "occupied" | "one-and-inactive";

/**
 * Of each 200 users in a row: 70 % one, 20 % none, 3 % inactive, 1 % with a status reason of the customer's own, 3 %
 * two, 1.5 % occupied.
 */
export function contactKind(index: number): ContactKind {
    const place = (index * 77) % 200;
    if (place < 140) return "one";
    if (place < 180) return "none";
    if (place < 186) return "inactive";
    if (place < 188) return "custom-status";
    if (place < 194) return "two";
    return place < 197 ? "occupied" : "one-and-inactive";
}

function contactsOf(one: StaffMember): ContactRecord[] {
    const { email, number: index } = one;
    if (email === null) return [];
    const contact = (id: string, statecode: number, statuscode: number, emailaddress1 = email): ContactRecord => ({
        id,
        name: one.name,
        firstname: one.firstName,
        lastname: one.lastName,
        emailaddress1,
        statecode,
        statuscode,
    });
    const [id, otherId] = [guidOf(2 * index, 0x13579), guidOf(2 * index + 1, 0x13579)];
    switch (contactKind(index)) {
        case "one":
            // Some wrote their address in capitals: letter case does not count (D: SQL collation).
            return [contact(id, 0, 1, index % 50 === 7 ? email.toUpperCase() : email)];
        case "none":
            return [];
        case "inactive":
            return [contact(id, 1, 2)];
        case "custom-status":
            return [contact(id, 0, 100000001)];
        case "two":
            return [contact(id, 0, 1), contact(otherId, 0, 1)];
        case "occupied":
            return [
                index % 2 === 0
                    ? contact(one.id, 1, 2)
                    : contact(one.id, 0, 1, email.replace("@contoso.", "@fabrikam.")),
            ];
        case "one-and-inactive":
            return [contact(id, 0, 1), contact(otherId, 1, 2)];
    }
}

/** The first `count` of the staff. */
export const staff = (count: number = defaultStaff): StaffMember[] =>
    Array.from({ length: count }, (_none, index) => member(index));

/** The contacts of some of them. */
export const staffContacts = (members: readonly StaffMember[]): ContactRecord[] => members.flatMap(contactsOf);
