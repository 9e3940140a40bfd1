// Owns the answer to "which e-mail address does this user have": what counts as one, and how long a chat waits for it.
import type { Clock, DirectoryPort, Email } from "../chat/ports";
import type { Shared } from "../chat/shared";

/** How long a chat waits for the address, in milliseconds. */
const PATIENCE = 5_000;

/** The column of the user's own row with the user's address (D). */
const COLUMN = "internalemailaddress";

/** The address in a text, trimmed; what does not look like one is missing, because it could match no contact. */
export function toEmail(text: unknown): Email {
    const address = typeof text === "string" ? text.trim() : "";
    // What exactly an address may be is not ours to decide; a contact's column holds 100 characters (D).
    return /^[^\s@<>]+@[^\s@<>]+$/.test(address) && address.length <= 100 ? { kind: "known", address } : { kind: "missing" };
}

/**
 * Looks the user's address up, once for all who share the calls.
 * @returns never rejects, and settles after 5 s at the latest; a call that comes later still serves the next who asks
 */
export function findEmail(directory: DirectoryPort, calls: Shared<unknown>, clock: Clock): Promise<Email> {
    return new Promise((resolve) => {
        const cancel = clock.after(PATIENCE, () => resolve({ kind: "failed" }));
        const answer = (email: Email): void => {
            cancel();
            resolve(email);
        };
        calls(`user ${directory.userId}`, () => directory.retrieveUser(`?$select=${COLUMN}`)).then(
            (row) => answer(toEmail((row as Partial<Record<string, unknown>> | null)?.[COLUMN])),
            () => answer({ kind: "failed" }),
        );
    });
}
