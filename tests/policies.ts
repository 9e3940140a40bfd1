// Owns the lines of the content security policy that administrators are told to add, and what a browser refuses by them.
// A test holds the lines and docs/security.md together.
import type { Frame, Page } from "@playwright/test";
import { ORG_URL, SCRIPT_HOST } from "./fixtures";

/** What the chat needs beside the platform's own sources; what else the widget needs is its frame's affair. */
export const CSP_LINES = {
    "script-src": `https://${SCRIPT_HOST}`,
    "frame-src": `https://${SCRIPT_HOST}`,
    "connect-src": ORG_URL,
} as const;

/** A model-driven app's own strict policy (D), but for the platform's hosts, of which the demo has none. */
const PLATFORM = {
    "default-src": "'self'",
    "script-src": "'self' blob: data:",
    "worker-src": "'self' blob: data:",
    "style-src": "'self' 'unsafe-inline'",
    "font-src": "'self' data:",
    "img-src": "'self' blob: data:",
    "connect-src": "'self' blob: data: wss:",
    "frame-src": "'self' blob:",
    "base-uri": "'none'",
} as const;

/** The platform's strict policy with the given lines added, as its settings add them (D). */
export const strict = (lines: Readonly<Record<string, string>>): string =>
    Object.entries(PLATFORM)
        .map(([directive, sources]) => `${directive} ${sources} ${lines[directive] ?? ""}`.trim())
        .join("; ");

/** The strict policy with all lines but one. */
export function strictWithout(directive: keyof typeof CSP_LINES): string {
    return strict(Object.fromEntries(Object.entries(CSP_LINES).filter(([name]) => name !== directive)));
}

declare global {
    interface Window {
        /** Directive and address of what the document's policy has refused. */
        refused: string[];
    }
}

/** Writes down what each document's policy refuses. Called before the page is opened. */
export const recordRefused = (page: Page): Promise<unknown> =>
    page.addInitScript(() => {
        window.refused = [];
        document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
            window.refused.push(`${effectiveDirective} ${blockedURI}`);
        });
    });

export const refused = (host: Page | Frame): Promise<readonly string[]> => host.evaluate(() => window.refused);
