// Owns the answer to "is this an e-mail address that a contact could be found by?".
import type { Email } from "../chat/ports";

/** The address in a text, trimmed; what does not look like one is missing, because it could match no contact. */
export function toEmail(text: unknown): Email {
    const address = typeof text === "string" ? text.trim() : "";
    // What exactly an address may be is not ours to decide; a contact's column holds 100 characters (D), and half of
    // one is none.
    return /^[^\s@<>\p{Cs}]+@[^\s@<>\p{Cs}]+$/u.test(address) && address.length <= 100
        ? { kind: "known", address }
        : { kind: "missing" };
}
