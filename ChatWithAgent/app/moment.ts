// Owns how a moment is written down for support.

/** This moment in UTC, to the second. */
export function moment(): string {
    return `${new Date().toISOString().slice(0, 19)}Z`;
}
