// Owns the question whether the contact centre will find the user's contact, asked beforehand and never in anybody's
// way.
import type { DirectoryPort } from "../chat/ports";

/** `unknown`: contacts cannot be read, so nothing can be said. */
export type ContactAnswer = "found" | "contact-missing" | "contact-ambiguous" | "unknown";

/**
 * Looks for the contacts with an address that the shipped linking rule would find: those with `statuscode` 1, and
 * exactly one (D). The rule reads with
 * the contact centre's rights and this with the user's, so it may know more.
 * @returns never rejects
 */
export async function findContact(address: string, directory: DirectoryPort): Promise<ContactAnswer> {
    try {
        // A quote in a literal is doubled (D, OData); addresses may hold anything that means something in an address
        // of the web, too.
        const literal = encodeURIComponent(address.replace(/'/g, "''"));
        const { length } = await directory.retrieveRows(
            "contact",
            `?$select=contactid&$filter=emailaddress1 eq '${literal}' and statuscode eq 1&$top=2`,
        );
        return length === 1 ? "found" : length === 0 ? "contact-missing" : "contact-ambiguous";
    } catch {
        return "unknown";
    }
}
