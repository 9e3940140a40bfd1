// Owns the demo's Web API: answers /api/data/v9.2 for the signed-in user, and /demo/... to look at it and set it up.
import type { IncomingMessage, ServerResponse } from "node:http";
import { ODataError, readQuery, type Query } from "./query";
import { allUsers, defaultUser, environmentOrganization, environmentVariables, languageCookie, userCookie, type SampleUser } from "./seed";
import { businessUnitId, rowsOf, tables, type Column, type ContactRecord, type Row, type Source, type Table, type Value } from "./tables";

/** One Web API request, as `GET /demo/requests` lists it. */
export interface RecordedRequest {
    readonly method: string;
    /** Logical name of the table, or the name of the function. */
    readonly table: string;
    readonly id: string | null;
    readonly query: string;
    readonly user: string;
    readonly time: string;
    readonly status: number;
}

export interface Dataverse {
    /** Answers requests below /api/data/ and /demo/; returns false for all others. */
    handle(request: IncomingMessage, response: ServerResponse): boolean;
    /** Everything asked since the last reset. */
    readonly requests: readonly RecordedRequest[];
    reset(): void;
}

const root = "/api/data/v9.2";

/** Characters that the value of an environment variable holds (D). */
const variableHolds = 2_000;

function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
    response.writeHead(status, { "content-type": "application/json; odata.metadata=minimal", "odata-version": "4.0", "cache-control": "no-store", ...headers });
    response.end(JSON.stringify(body));
}

const cookieOf = (request: IncomingMessage, name: string): string | undefined => new RegExp(`(?:^|;\\s*)${name}=([^;]*)`).exec(request.headers.cookie ?? "")?.[1];

/** Who is signed in, by the demo's cookie. */
export function signedInUser(request: IncomingMessage): SampleUser {
    const cookie = cookieOf(request, userCookie);
    return allUsers.find((user) => user.id === cookie?.toLowerCase()) ?? defaultUser;
}

async function readText(request: IncomingMessage): Promise<string> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    return Buffer.concat(chunks).toString("utf8");
}

function formatted(column: Column, value: Value, source: Source): string | null {
    if (value === null) return null;
    if (column.type === "choice" && typeof value === "number") return column.labels?.[value] ?? null;
    if (column.type === "boolean") return value === true ? "Yes" : "No";
    if (column.type === "int" && typeof value === "number") return value.toLocaleString("en-US");
    if (column.type === "decimal" && typeof value === "number") return value.toLocaleString("en-US", { style: "currency", currency: "USD" });
    if (column.type === "date") return new Date(`${String(value)}T00:00:00Z`).toLocaleDateString("en-US", { timeZone: "UTC" });
    if (column.type === "lookup" && column.target !== undefined) {
        const table = tables.find((one) => one.name === column.target);
        const row = table === undefined ? undefined : rowsOf(table.name, source).find((one) => one[table.key] === value);
        return row === undefined ? null : String(row.fullname ?? row.name ?? row.schemaname ?? "");
    }
    return null;
}

/**
 * Makes the service. Contacts are asked for at each request, so that they are always the contact centre's own.
 */
export function createDataverse(contacts: () => readonly ContactRecord[]): Dataverse {
    let variables = environmentVariables();
    let requests: RecordedRequest[] = [];
    // That of whoever asks; an answer is put together in one go.
    let languageId = 1033;
    const source: Source = { contacts, environmentVariables: () => variables, languageId: () => languageId };
    const tableByName = (name: string): Table => {
        const table = tables.find((one) => one.name === name);
        if (table === undefined) throw new ODataError(404, "0x80060888", `Resource not found for the segment '${name}'.`);
        return table;
    };

    function project(table: Table, row: Row, query: Query, annotate: boolean): Record<string, unknown> {
        const result: Record<string, unknown> = { "@odata.etag": 'W/"1000001"' };
        const names = query.select === null ? Object.keys(table.columns) : [...query.select];
        if (!names.includes(table.key)) names.push(table.key);
        for (const name of names) {
            const value = row[name] ?? null;
            result[name] = value;
            const column = table.columns[name];
            if (annotate && column !== undefined) {
                const label = formatted(column, value, source);
                if (label !== null) result[`${name}@OData.Community.Display.V1.FormattedValue`] = label;
                if (column.type === "lookup" && value !== null && column.target !== undefined) result[`${name}@Microsoft.Dynamics.CRM.lookuplogicalname`] = column.target;
            }
        }
        for (const expand of query.expand) {
            const collection = table.collections[expand.collection];
            if (collection === undefined) continue;
            const target = tableByName(collection.table);
            result[expand.collection] = rowsOf(target.name, source)
                .filter((one) => one[collection.lookup] === row[table.key])
                .map((one) => project(target, one, { select: expand.select, filter: null, expand: [], top: null }, annotate));
        }
        return result;
    }

    function answer(request: IncomingMessage, url: URL): { table: string; id: string | null; status: number; body: unknown } {
        const origin = `http://${request.headers.host ?? "127.0.0.1"}`;
        languageId = Number(cookieOf(request, languageCookie)) || 1033;
        const annotate = /include-annotations\s*=\s*"?[^"]*(\*|FormattedValue)/i.test(String(request.headers.prefer ?? ""));
        const path = decodeURIComponent(url.pathname.slice(root.length + 1));
        const context = `${origin}${root}/$metadata#`;
        if (request.method !== "GET") throw new ODataError(405, "0x80060888", `The requested resource does not support http method '${request.method ?? ""}'.`);

        if (/^WhoAmI(\(\))?$/.test(path)) {
            const body = { "@odata.context": `${context}Microsoft.Dynamics.CRM.WhoAmIResponse`, BusinessUnitId: businessUnitId, UserId: signedInUser(request).id, OrganizationId: environmentOrganization.id };
            return { table: "WhoAmI", id: null, status: 200, body };
        }
        const variable = /^RetrieveEnvironmentVariableValue\(DefinitionSchemaName=(.+)\)$/.exec(path)?.[1];
        if (variable !== undefined) {
            const literal = variable.startsWith("@") ? (url.searchParams.get(variable) ?? "") : variable;
            const name = /^'(.*)'$/.exec(literal)?.[1];
            const found = variables.find((one) => one.schemaName === name);
            if (found === undefined) throw new ODataError(404, "0x80040217", `environmentvariabledefinition With schemaname = ${name ?? literal} Does Not Exist`);
            const body = { "@odata.context": `${context}Microsoft.Dynamics.CRM.RetrieveEnvironmentVariableValueResponse`, Value: found.value ?? found.defaultValue };
            return { table: "RetrieveEnvironmentVariableValue", id: null, status: 200, body };
        }

        const match = /^(\w+)(?:\(([^)]*)\))?$/.exec(path);
        const table = tables.find((one) => one.set === match?.[1]);
        if (match === null || table === undefined) throw new ODataError(404, "0x80060888", `Resource not found for the segment '${path.split(/[(/]/)[0] ?? path}'.`);
        const id = match[2];
        const query = readQuery(table, url.searchParams, id !== undefined, tableByName);
        if (id !== undefined) {
            if (!/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(id)) {
                throw new ODataError(400, "0x80060888", `Error in query syntax: '${id}' is not a key of type 'Edm.Guid'.`);
            }
            const row = rowsOf(table.name, source).find((one) => String(one[table.key]).toLowerCase() === id.toLowerCase());
            if (row === undefined) throw new ODataError(404, "0x80040217", `${table.name} With Id = ${id} Does Not Exist`);
            return { table: table.name, id, status: 200, body: { "@odata.context": `${context}${table.set}/$entity`, ...project(table, row, query, annotate) } };
        }
        let rows = rowsOf(table.name, source);
        if (query.filter !== null) rows = rows.filter(query.filter);
        if (query.top !== null) rows = rows.slice(0, query.top);
        return { table: table.name, id: null, status: 200, body: { "@odata.context": `${context}${table.set}`, value: rows.map((row) => project(table, row, query, annotate)) } };
    }

    function handleApi(request: IncomingMessage, response: ServerResponse, url: URL): void {
        // What the demo's own pages read to fill lists and forms is none of the control's calls.
        const own = request.headers["x-demo-page"] !== undefined;
        const record = (table: string, id: string | null, status: number): void => {
            if (own) return;
            requests.push({ method: request.method ?? "GET", table, id, query: decodeURIComponent(url.search), user: signedInUser(request).id, time: new Date().toISOString(), status });
        };
        try {
            const result = answer(request, url);
            record(result.table, result.id, result.status);
            sendJson(response, result.status, result.body, { "preference-applied": 'odata.include-annotations="*"' });
        } catch (error) {
            const known = error instanceof ODataError ? error : new ODataError(500, "0x80040216", "An unexpected error occurred.");
            const set = /^(\w+)/.exec(url.pathname.slice(root.length + 1))?.[1] ?? "";
            record(tables.find((one) => one.set === set)?.name ?? set, null, known.status);
            sendJson(response, known.status, { error: { code: known.code, message: known.message } });
        }
    }

    function reset(): void {
        variables = environmentVariables();
        requests = [];
    }

    async function handleDemo(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
        const variable = /^environment\/(\w+)$/.exec(path)?.[1];
        if (variable !== undefined) {
            const found = variables.find((one) => one.schemaName === variable);
            if (found === undefined) return sendJson(response, 404, { error: { message: `There is no environment variable '${variable}'.` } });
            if (request.method === "PUT") {
                const value = await readText(request);
                // As Dataverse does: a value holds 2,000 characters (D).
                if (value.length > variableHolds) return sendJson(response, 400, { error: { message: `A validation error occurred. The length of the 'value' attribute of the 'environmentvariablevalue' entity exceeded the maximum allowed length of '${String(variableHolds)}'.` } });
                found.value = value;
            } else if (request.method === "DELETE") found.value = null;
            else if (request.method !== "GET") return sendJson(response, 405, { error: { message: "Use GET, PUT or DELETE." } });
            return sendJson(response, 200, { schemaName: found.schemaName, displayName: found.displayName, description: found.description, defaultValue: found.defaultValue, value: found.value });
        }
        if (path === "requests" && request.method === "GET") return sendJson(response, 200, requests);
        if (path === "reset" && request.method === "POST") {
            reset();
            return sendJson(response, 200, { reset: true });
        }
        return sendJson(response, 404, { error: { message: "Known: PUT|GET|DELETE /demo/environment/{schemaname}, GET /demo/requests, POST /demo/reset." } });
    }

    return {
        handle(request, response) {
            const url = new URL(request.url ?? "/", "http://127.0.0.1");
            if (url.pathname.startsWith(`${root}/`)) {
                handleApi(request, response, url);
                return true;
            }
            if (url.pathname.startsWith("/demo/")) {
                handleDemo(request, response, url.pathname.slice("/demo/".length)).catch(() => response.destroy());
                return true;
            }
            return false;
        },
        get requests() {
            return requests;
        },
        reset,
    };
}
