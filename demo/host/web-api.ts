// Owns context.webAPI and the page's Xrm: both ask the demo's Dataverse over http, as the platform's do.
import type { WebApiVariant } from "./types";

/** Entity set names, as far as the demo's Dataverse has the tables. */
const sets: Readonly<Record<string, string>> = {
    systemuser: "systemusers",
    contact: "contacts",
    account: "accounts",
    opportunity: "opportunities",
    environmentvariabledefinition: "environmentvariabledefinitions",
    environmentvariablevalue: "environmentvariablevalues",
    organization: "organizations",
};

export interface WebApi {
    retrieveRecord(table: string, id: string, options?: string): Promise<Record<string, unknown>>;
    retrieveMultipleRecords(table: string, options?: string, maxPageSize?: number): Promise<{ entities: unknown[]; nextLink?: string }>;
}

const wait = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

async function ask(path: string, delay: number): Promise<Record<string, unknown>> {
    if (delay > 0) await wait(delay);
    const response = await fetch(`/api/data/v9.2/${path}`, {
        headers: { accept: "application/json", prefer: 'odata.include-annotations="*"', "odata-version": "4.0" },
    });
    const body: unknown = await response.json().catch(() => null);
    if (response.ok && isObject(body)) return body;
    // The framework rejects with an object of this form, not with an Error (D: errorCode and message).
    const error = isObject(body) && isObject(body.error) ? body.error : {};
    const rejection: unknown = { errorCode: Number(error.code ?? 0), message: typeof error.message === "string" ? error.message : "An error occurred." };
    throw rejection;
}

/** A Web API that asks the demo's Dataverse. Braces around an id are not taken off: stricter than some platforms, and the safe side. */
export function createWebApi(delay: () => number): WebApi {
    const setOf = (table: string): string => sets[table] ?? `${table}s`;
    return {
        retrieveRecord: (table, id, options = "") => ask(`${setOf(table)}(${encodeURIComponent(id)})${options}`, delay()),
        async retrieveMultipleRecords(table, options = "") {
            const body = await ask(`${setOf(table)}${options}`, delay());
            const rows: unknown = body.value;
            return { entities: Array.isArray(rows) ? rows : [] };
        },
    };
}

/** The Web API as the hosts differ in it: there, missing, throwing at once as in Studio (S), or rejecting as in the harness (S). */
export function webApiVariant(variant: WebApiVariant, ok: WebApi): WebApi | undefined {
    switch (variant) {
        case "ok":
            return ok;
        case "missing":
            return undefined;
        case "throws": {
            const notImplemented = (): never => {
                throw new Error("Method not implemented.");
            };
            return { retrieveRecord: notImplemented, retrieveMultipleRecords: notImplemented };
        }
        case "rejects": {
            const rejected = (): Promise<never> => Promise.reject(new Error("webAPI is not available in this host."));
            return { retrieveRecord: rejected, retrieveMultipleRecords: rejected };
        }
    }
}

/**
 * Puts the page's client API (`Xrm`) in place, as model-driven apps have it, or takes it away. Only what a guarded fallback may use;
 * touching the deprecated `Xrm.Page` is reported.
 */
export function installXrm(present: boolean, api: WebApi, user: { id: string; name: string; languageId: number }, report: (line: string) => void): void {
    const page = globalThis as unknown as Record<string, unknown>;
    if (!present) {
        delete page.Xrm;
        return;
    }
    const clientUrl = location.origin;
    const xrm = {
        WebApi: { ...api, online: api, offline: api },
        Utility: {
            getGlobalContext: () => ({
                getClientUrl: () => clientUrl,
                getCurrentAppUrl: () => `${clientUrl}/main.aspx?appid=${appId}`,
                getVersion: () => "9.2.25000.00100",
                userSettings: { userId: `{${user.id.toUpperCase()}}`, userName: user.name, languageId: user.languageId },
                client: { getClient: () => "Web", getClientState: () => "Online", isOffline: () => !navigator.onLine },
            }),
        },
        get Page(): undefined {
            report("Xrm.Page was used: it is deprecated.");
            return undefined;
        },
    };
    page.Xrm = xrm;
}

/** The app's id, as it stands in the addresses of model-driven apps. */
export const appId = "5a1e5a1e-7777-4d4d-9e9e-000000000001";
