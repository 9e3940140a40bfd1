// Owns the lines of the content security policy that administrators are told to add, as docs/security.md has them; a test holds the two together.
import { ORG_URL, SCRIPT_HOST } from "./fixtures";

/** What the widget needs beside the app's own sources. */
export const CSP_LINES = {
    "script-src": `https://${SCRIPT_HOST}`,
    "style-src": `https://${SCRIPT_HOST} 'unsafe-inline'`,
    "img-src": `https://${SCRIPT_HOST} data: blob:`,
    "font-src": `https://${SCRIPT_HOST} data:`,
    "media-src": `https://${SCRIPT_HOST} data:`,
    "worker-src": "blob:",
    "frame-src": `https://${SCRIPT_HOST}`,
    "connect-src": ORG_URL,
} as const;

/** A strict policy: the page's own sources and the given lines, nothing else. */
export const strict = (lines: Readonly<Record<string, string>>): string => ["default-src 'self'", "base-uri 'self'", "object-src 'none'", ...Object.entries(lines).map(([directive, sources]) => `${directive} 'self' ${sources}`)].join("; ");
