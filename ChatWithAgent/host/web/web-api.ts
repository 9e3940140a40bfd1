// Owns the Web API of the page's own origin, asked with the user's cookies: the page has no framework that would ask for it.

/** Why Dataverse did not answer at all; a refusal of a single question is none of these. */
export type Trouble = "signed-out" | "web-api-blocked";

export interface WebApi {
    /** What stood in the way of the latest question, if anything did. */
    readonly trouble: Trouble | undefined;
    /** Asks for a path below the Web API's root. Rejects with an `Error` in the service's own words where it has any. */
    ask(path: string): Promise<unknown>;
}

/** Absolute: web resources are served from several depths (D). */
const ROOT = "/api/data/v9.2/";

/** How long an answer may take, in milliseconds. */
const PATIENCE = 30_000;

const HEADERS = { Accept: "application/json", "OData-MaxVersion": "4.0", "OData-Version": "4.0", Prefer: 'odata.include-annotations="OData.Community.Display.V1.FormattedValue"' };

function wordsOf(body: unknown): string {
    const message = (body as { readonly error?: { readonly message?: unknown } | null } | null | undefined)?.error?.message;
    return typeof message === "string" ? message : "";
}

export function createWebApi(page: Window & typeof globalThis): WebApi {
    let trouble: Trouble | undefined;

    async function ask(path: string): Promise<unknown> {
        const ending = new page.AbortController();
        const timer = page.setTimeout(() => ending.abort(), PATIENCE);
        try {
            // A sign-in page lives on another origin: the redirect to it is noticed, not followed.
            const response = await page.fetch(ROOT + path, { headers: HEADERS, credentials: "same-origin", redirect: "manual", cache: "no-store", signal: ending.signal });
            const type = response.headers.get("content-type") ?? "";
            const isJson = /\bjson\b/i.test(type);
            // Where JSON was asked for, a whole page in HTML is one to sign in on (I).
            if (response.type === "opaqueredirect" || response.status === 401 || (response.ok && /\bhtml\b/i.test(type))) {
                trouble = "signed-out";
            } else if (!isJson) {
                // Whatever this is, it does not come from Dataverse: a proxy, a firewall, a service that is down.
                trouble = "web-api-blocked";
            } else {
                const body: unknown = await response.json();
                trouble = undefined;
                if (response.ok) return body;
                throw new Error(wordsOf(body) || `HTTP ${response.status}`);
            }
        } catch (error) {
            if (error instanceof Error && error.name === "Error") throw error;
            trouble = "web-api-blocked";
        } finally {
            page.clearTimeout(timer);
        }
        throw new Error(trouble);
    }

    return {
        get trouble() {
            return trouble;
        },
        ask,
    };
}
