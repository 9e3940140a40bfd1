// Owns the types of browser.mjs.
/** The path of an installed browser. */
export function findBrowser(): string | undefined;
/** The path of a browser, which is installed where that is possible. */
export function ensureBrowser(report: (line: string) => void): string;
