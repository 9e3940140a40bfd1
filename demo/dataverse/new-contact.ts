// Owns the check of a contact that is to be created: what Dataverse refuses of its columns, the demo refuses in the
// same words.
import { ODataError } from "./query";
import type { ContactRecord } from "./tables";

/** The columns that can be given, and how many characters they hold (D). */
const holds: Readonly<Record<string, number>> = { emailaddress1: 100, firstname: 50, lastname: 50 };

const invalid = (message: string): ODataError =>
    new ODataError(
        400,
        "0x80048d19",
        `Error identified in Payload provided by the user for Entity :'contacts' ----> InnerException : Microsoft.OData.ODataException: ${message}`,
    );

function parse(body: string): object {
    try {
        const parsed: unknown = JSON.parse(body);
        if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed;
    } catch {
        // Told below, as anything else that is no object.
    }
    throw invalid("The payload is not a JSON object.");
}

/** Reads the body of a request that creates the contact with this id. */
export function readNewContact(id: string, body: string): ContactRecord {
    const values: Record<string, string> = {};
    for (const [name, value] of Object.entries(parse(body))) {
        // The key may be repeated as long as it says the same.
        if (name === "contactid" && String(value).toLowerCase() === id) continue;
        const most = Object.hasOwn(holds, name) ? holds[name] : undefined;
        if (most === undefined)
            throw invalid(`Invalid property '${name}' was found in entity 'Microsoft.Dynamics.CRM.contact'.`);
        if (value === null) continue;
        if (typeof value !== "string")
            throw invalid(`Cannot convert the literal '${JSON.stringify(value)}' to the expected type 'Edm.String'.`);
        if (value.length > most)
            throw new ODataError(
                400,
                "0x80044331",
                `A validation error occurred.  The length of the '${name}' attribute of the 'contact' entity exceeded the maximum allowed length of '${most}'.`,
            );
        values[name] = value;
    }
    const { emailaddress1 = "", firstname = null, lastname = null } = values;
    return {
        id,
        name: [firstname, lastname].filter(Boolean).join(" "),
        firstname,
        lastname,
        emailaddress1,
        statecode: 0,
        statuscode: 1,
    };
}
