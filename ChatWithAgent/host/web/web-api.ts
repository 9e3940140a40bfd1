// Owns the Web API of the page's own origin, asked with the user's cookies: the page has no framework that would ask
// for it.

/** Why Dataverse did not answer at all; a refusal of a single question is none of these. */
export type Trouble = "signed-out" | "web-api-blocked";

/** The service's own answer that it will not do what it was asked, in its own words where it has any. */
export class Refusal extends Error {
    /**
     * @param status of HTTP
     * @param code Dataverse's own, such as `0x80040220`; blank where it gave none
     * @param waitMs how long it asks to be left alone (D: `Retry-After`), in milliseconds
     */
    constructor(
        message: string,
        readonly status: number,
        readonly code: string,
        readonly waitMs: number | undefined,
    ) {
        super(message);
    }
}

/** What a request is other than a plain question. */
export interface Ask {
    readonly method?: "GET" | "PATCH";
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
}

export interface WebApi {
    /** What stood in the way of the latest question, if anything did. */
    readonly trouble: Trouble | undefined;
    /**
     * Asks for a path below the Web API's root. Rejects with a `Refusal`, or with an `Error` whose message is the
     * trouble.
     */
    ask(path: string, ask?: Ask): Promise<unknown>;
}

/** Absolute: web resources are served from several depths (D). */
export const ROOT = "/api/data/v9.2/";

/** How long an answer may take, in milliseconds. */
const PATIENCE = 30_000;

const HEADERS = {
    Accept: "application/json",
    "OData-MaxVersion": "4.0",
    "OData-Version": "4.0",
    Prefer: 'odata.include-annotations="OData.Community.Display.V1.FormattedValue"',
};

function refusalOf(response: Response, body: unknown): Refusal {
    const error = (body as { readonly error?: Readonly<Record<string, unknown>> | null } | null | undefined)?.error;
    const textOf = (name: string): string => (typeof error?.[name] === "string" ? error[name] : "");
    const seconds = Number(response.headers.get("retry-after") ?? NaN);
    return new Refusal(
        textOf("message") || `HTTP ${response.status}`,
        response.status,
        textOf("code"),
        seconds >= 0 ? seconds * 1000 : undefined,
    );
}

export function createWebApi(page: Window & typeof globalThis): WebApi {
    let trouble: Trouble | undefined;

    async function ask(path: string, { method = "GET", headers, body: sent }: Ask = {}): Promise<unknown> {
        const ending = new page.AbortController();
        const timer = page.setTimeout(() => ending.abort(), PATIENCE);
        try {
            // A sign-in page lives on another origin: the redirect to it is noticed, not followed.
            const response = await page.fetch(ROOT + path, {
                method,
                headers: {
                    ...HEADERS,
                    ...(sent === undefined ? {} : { "Content-Type": "application/json" }),
                    ...headers,
                },
                ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
                credentials: "same-origin",
                redirect: "manual",
                cache: "no-store",
                signal: ending.signal,
            });
            const type = response.headers.get("content-type") ?? "";
            const isJson = /\bjson\b/i.test(type);
            // Where JSON was asked for, a whole page in HTML is one to sign in on (I).
            if (
                response.type === "opaqueredirect" ||
                response.status === 401 ||
                (response.ok && /\bhtml\b/i.test(type))
            ) {
                trouble = "signed-out";
            } else if (response.status === 204) {
                trouble = undefined;
                return undefined;
            } else if (response.status === 429 && !isJson) {
                // Too many requests, said by a gateway on the way (D).
                throw refusalOf(response, undefined);
            } else if (!isJson) {
                // Whatever this is, it does not come from Dataverse: a proxy, a firewall, a service that is down.
                trouble = "web-api-blocked";
            } else {
                const body: unknown = await response.json();
                trouble = undefined;
                if (response.ok) return body;
                throw refusalOf(response, body);
            }
        } catch (error) {
            if (error instanceof Refusal) throw error;
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
