// Owns how people write a GUID.

/**
 * The GUID in lower case without braces, or undefined; forgives capitals, braces, `urn:uuid:` and any white space
 * around or within.
 */
export function guid(text: string): string | undefined {
    return /^(?:urn:uuid:)?\{?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\}?$/.exec(compact(text))?.[1];
}

/** Lower case without white space and the zero-width spaces that chat programs and editors put into copied text. */
export function compact(text: string): string {
    return text.toLowerCase().replace(/[\s\u200B]+/g, "");
}
