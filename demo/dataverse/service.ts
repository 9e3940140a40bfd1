// Owns the demo's Web API: answers /api/data/v9.2 for the signed-in user, and /demo/... to look at it and set it up.
import type { IncomingMessage, ServerResponse } from "node:http";
import { errorOf, Faults, readFault, signInPage } from "./faults";
import { readNewContact } from "./new-contact";
import { firstOf, mostRows, Pages } from "./paging";
import { ODataError, readQuery, type Query } from "./query";
import {
    allUsers,
    defaultUser,
    environmentOrganization,
    environmentVariables,
    languageCookie,
    userCookie,
    type SampleUser,
} from "./seed";
import { defaultStaff, mostStaff, staff, staffContacts } from "./staff";
import {
    businessUnitId,
    contactRow,
    rowsOf,
    tables,
    type Column,
    type ContactRecord,
    type Row,
    type Source,
    type Table,
    type Value,
} from "./tables";

/** One Web API request, as `GET /demo/requests` lists it. */
export interface RecordedRequest {
    readonly method: string;
    /** Logical name of the table, or the name of the function. */
    readonly table: string;
    readonly id: string | null;
    readonly query: string;
    readonly user: string;
    readonly time: string;
    /** Of the answer; 0 when the connection was ended without one. */
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
    response.writeHead(status, {
        "content-type": "application/json; odata.metadata=minimal",
        "odata-version": "4.0",
        "cache-control": "no-store",
        ...headers,
    });
    response.end(body === undefined ? undefined : JSON.stringify(body));
}

const cookieOf = (request: IncomingMessage, name: string): string | undefined =>
    new RegExp(`(?:^|;\\s*)${name}=([^;]*)`).exec(request.headers.cookie ?? "")?.[1];

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

/** The name of the record that a lookup points to. */
type NameOf = (table: string, id: Value) => string | null;

function formatted(column: Column, value: Value, nameOf: NameOf): string | null {
    if (value === null) return null;
    if (column.type === "choice" && typeof value === "number") return column.labels?.[value] ?? null;
    if (column.type === "boolean") return value === true ? "Yes" : "No";
    if (column.type === "int" && typeof value === "number") return value.toLocaleString("en-US");
    if (column.type === "decimal" && typeof value === "number")
        return value.toLocaleString("en-US", { style: "currency", currency: "USD" });
    if (column.type === "date")
        return new Date(`${String(value)}T00:00:00Z`).toLocaleDateString("en-US", { timeZone: "UTC" });
    return column.type === "lookup" && column.target !== undefined ? nameOf(column.target, value) : null;
}

/** Names are looked up once for each answer: many rows point to the same few. */
function namesOf(source: Source): NameOf {
    const names = new Map<string, string | null>();
    return (target, id) => {
        const place = `${target} ${String(id)}`;
        const known = names.get(place);
        if (known !== undefined) return known;
        const table = tables.find((one) => one.name === target);
        const row = table === undefined ? undefined : rowsOf(table.name, source).find((one) => one[table.key] === id);
        const name = row === undefined ? null : String(row.fullname ?? row.name ?? row.schemaname ?? "");
        names.set(place, name);
        return name;
    };
}

/** What the service has in common with the contact centre. */
export interface ContactDirectory {
    contacts: ContactRecord[];
}

/** Rows that a list of a model-driven app shows at once. */
const listRows = 50;

const isGuid = (text: string): boolean => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);

/**
 * What the demo's own pages read to fill lists and forms is none of the control's calls: neither recorded nor
 * disturbed.
 */
const isOwn = (request: IncomingMessage): boolean => request.headers["x-demo-page"] !== undefined;

interface Answer {
    readonly status: number;
    /** Nothing: no content. */
    readonly body?: unknown;
    readonly headers?: Record<string, string>;
}

const annotated = { "preference-applied": 'odata.include-annotations="*"' };

/**
 * Makes the service. The sample users' contacts are asked for at each request, so that they are always the contact
 * centre's own.
 */
export function createDataverse(centre: ContactDirectory): Dataverse {
    let variables = environmentVariables();
    let requests: RecordedRequest[] = [];
    /** How deep the signed-in user's role lets contacts be read: Basic, Local, Deep or Global (D). */
    let depth = "Global";
    let size = defaultStaff;
    let people = staff(size);
    let peopleContacts = staffContacts(people);
    let createdRows: Row[] = [];
    // Those of them that are in the contact centre.
    const createdThere = new Set<ContactRecord>();
    const faults = new Faults();
    const pages = new Pages();
    // That of whoever asks; an answer is put together in one go.
    let languageId = 1033;
    const source: Source = {
        contacts: () => centre.contacts,
        staff: () => people,
        staffContacts: () => peopleContacts,
        createdContacts: () => createdRows,
        environmentVariables: () => variables,
        languageId: () => languageId,
    };
    const tableByName = (name: string): Table => {
        const table = tables.find((one) => one.name === name);
        if (table === undefined)
            throw new ODataError(404, "0x80060888", `Resource not found for the segment '${name}'.`);
        return table;
    };

    function project(
        table: Table,
        row: Row,
        query: Pick<Query, "select" | "expand">,
        nameOf: NameOf | null,
    ): Record<string, unknown> {
        const result: Record<string, unknown> = { "@odata.etag": 'W/"1000001"' };
        const names = query.select === null ? Object.keys(table.columns) : [...query.select];
        if (!names.includes(table.key)) names.push(table.key);
        for (const name of names) {
            const value = row[name] ?? null;
            result[name] = value;
            const column = table.columns[name];
            if (nameOf !== null && column !== undefined) {
                const label = formatted(column, value, nameOf);
                if (label !== null) result[`${name}@OData.Community.Display.V1.FormattedValue`] = label;
                if (column.type === "lookup" && value !== null && column.target !== undefined)
                    result[`${name}@Microsoft.Dynamics.CRM.lookuplogicalname`] = column.target;
            }
        }
        for (const expand of query.expand) {
            const collection = table.collections[expand.collection];
            if (collection === undefined) continue;
            const target = tableByName(collection.table);
            result[expand.collection] = rowsOf(target.name, source)
                .filter((one) => one[collection.lookup] === row[table.key])
                .map((one) => project(target, one, { select: expand.select, expand: [] }, nameOf));
        }
        return result;
    }

    /**
     * Creates a contact under an id that its creator has chosen; whoever signs in as a sample user is linked to
     * theirs in the next chat.
     */
    function create(id: string, body: string, address: string): Answer {
        const contact = readNewContact(id.toLowerCase(), body);
        if (rowsOf("contact", source).some((row) => String(row.contactid).toLowerCase() === contact.id)) {
            throw new ODataError(412, "0x80060892", "A record with matching key values already exists.");
        }
        if (
            allUsers.some(({ email }) => email !== null && email.toLowerCase() === contact.emailaddress1.toLowerCase())
        ) {
            centre.contacts = [...centre.contacts, contact];
            createdThere.add(contact);
        } else createdRows.push(contactRow(contact));
        return { status: 204, headers: { "odata-entityid": `${address}(${contact.id})` } };
    }

    function answerSet(
        request: IncomingMessage,
        url: URL,
        table: Table,
        query: Query,
        nameOf: NameOf | null,
        here: string,
    ): Answer {
        const find = (): readonly Row[] => {
            const rows = rowsOf(table.name, source).filter(query.filter ?? (() => true));
            return query.order?.(rows) ?? rows;
        };
        // A page size above the most is ignored (D).
        const asked = Number(/odata\.maxpagesize\s*=\s*"?(\d+)/i.exec(String(request.headers.prefer ?? ""))?.[1] ?? 0);
        const wanted = asked > 0 && asked <= mostRows ? asked : null;
        const size = wanted ?? (isOwn(request) ? listRows : mostRows);
        // With $top, nothing more is to come.
        const page =
            query.top === null
                ? pages.page(query.skipToken, size, find)
                : firstOf(find(), Math.min(query.top, mostRows));
        // The query is repeated as it came.
        const rest = url.search
            .slice(1)
            .split("&")
            .filter((option) => option !== "" && !/^(?:\$|%24)skiptoken=/i.test(option));
        const body = {
            "@odata.context": `${here}/$metadata#${table.set}`,
            ...(query.count ? { "@odata.count": Math.min(page.total, mostRows) } : {}),
            value: page.rows.map((row) => project(table, row, query, nameOf)),
            ...(page.next === null
                ? {}
                : { "@odata.nextLink": `${here}/${table.set}?${[...rest, `$skiptoken=${page.next}`].join("&")}` }),
        };
        return {
            status: 200,
            body,
            headers:
                wanted === null
                    ? annotated
                    : { "preference-applied": `${annotated["preference-applied"]},odata.maxpagesize=${wanted}` },
        };
    }

    function answer(request: IncomingMessage, url: URL, sent: string): Answer {
        const here = `http://${request.headers.host ?? "127.0.0.1"}${root}`;
        languageId = Number(cookieOf(request, languageCookie)) || 1033;
        const nameOf = /include-annotations\s*=\s*"?[^"]*(\*|FormattedValue)/i.test(
            String(request.headers.prefer ?? ""),
        )
            ? namesOf(source)
            : null;
        const path = decodeURIComponent(url.pathname.slice(root.length + 1));
        const context = `${here}/$metadata#`;
        const match = /^(\w+)(?:\(([^)]*)\))?$/.exec(path);
        const id = match?.[2];
        // Nothing that exists is ever changed: a contact can be created, and not even that where one is.
        const isCreation =
            request.method === "PATCH" &&
            request.headers["if-none-match"] === "*" &&
            match?.[1] === "contacts" &&
            id !== undefined;
        if (request.method !== "GET" && !isCreation)
            throw new ODataError(
                405,
                "0x80060888",
                `The requested resource does not support http method '${request.method ?? ""}'.`,
            );

        if (/^WhoAmI(\(\))?$/.test(path)) {
            return {
                status: 200,
                headers: annotated,
                body: {
                    "@odata.context": `${context}Microsoft.Dynamics.CRM.WhoAmIResponse`,
                    BusinessUnitId: businessUnitId,
                    UserId: signedInUser(request).id,
                    OrganizationId: environmentOrganization.id,
                },
            };
        }
        const privilege =
            /^systemusers\(([^)]+)\)\/Microsoft\.Dynamics\.CRM\.RetrieveUserPrivilegeByPrivilegeName\(PrivilegeName='(\w+)'\)$/.exec(
                path,
            );
        if (privilege !== null) {
            // As Dataverse answers: one entry for each role that grants it (D).
            const body = {
                "@odata.context": `${context}Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeNameResponse`,
                RolePrivileges: [
                    {
                        Depth: depth,
                        PrivilegeId: businessUnitId,
                        BusinessUnitId: businessUnitId,
                        PrivilegeName: privilege[2],
                        RecordFilterId: null,
                        RecordFilterUniqueName: "",
                    },
                ],
            };
            return { status: 200, headers: annotated, body };
        }
        const variable = /^RetrieveEnvironmentVariableValue\(DefinitionSchemaName=(.+)\)$/.exec(path)?.[1];
        if (variable !== undefined) {
            const literal = variable.startsWith("@") ? (url.searchParams.get(variable) ?? "") : variable;
            const name = /^'(.*)'$/.exec(literal)?.[1];
            const found = variables.find((one) => one.schemaName === name);
            if (found === undefined)
                throw new ODataError(
                    404,
                    "0x80040217",
                    `environmentvariabledefinition With schemaname = ${name ?? literal} Does Not Exist`,
                );
            return {
                status: 200,
                headers: annotated,
                body: {
                    "@odata.context": `${context}Microsoft.Dynamics.CRM.RetrieveEnvironmentVariableValueResponse`,
                    Value: found.value ?? found.defaultValue,
                },
            };
        }

        const table = tables.find((one) => one.set === match?.[1]);
        if (match === null || table === undefined)
            throw new ODataError(
                404,
                "0x80060888",
                `Resource not found for the segment '${path.split(/[(/]/)[0] ?? path}'.`,
            );
        if (id !== undefined && !isGuid(id))
            throw new ODataError(400, "0x80060888", `Error in query syntax: '${id}' is not a key of type 'Edm.Guid'.`);
        if (id !== undefined && isCreation) return create(id, sent, `${here}/${table.set}`);
        const query = readQuery(table, url.searchParams, id !== undefined, tableByName);
        if (id === undefined) return answerSet(request, url, table, query, nameOf, here);
        const row = rowsOf(table.name, source).find((one) => String(one[table.key]).toLowerCase() === id.toLowerCase());
        if (row === undefined) throw new ODataError(404, "0x80040217", `${table.name} With Id = ${id} Does Not Exist`);
        return {
            status: 200,
            headers: annotated,
            body: { "@odata.context": `${context}${table.set}/$entity`, ...project(table, row, query, nameOf) },
        };
    }

    async function handleApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
        const method = request.method ?? "GET";
        const [, set = "", key] =
            /^(\w+)(?:\(([^)]*)\))?/.exec(decodeURIComponent(url.pathname.slice(root.length + 1))) ?? [];
        const known = tables.find((one) => one.set === set);
        const [table, id] = known === undefined ? [set, null] : [known.name, key ?? null];
        const user = signedInUser(request).id;
        const record = (status: number): void => {
            if (!isOwn(request))
                requests.push({
                    method,
                    table,
                    id,
                    query: decodeURIComponent(url.search),
                    user,
                    time: new Date().toISOString(),
                    status,
                });
        };
        const fault = isOwn(request) ? undefined : faults.meet(method, table);
        if (fault?.delayMs !== undefined) await new Promise((over) => setTimeout(over, fault.delayMs).unref());
        if (fault?.drop) {
            record(0);
            response.destroy();
            return;
        }
        if (fault?.html) {
            record(200);
            response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
            response.end(signInPage);
            return;
        }
        const failure = fault === undefined ? undefined : errorOf(fault, method, table, user);
        if (failure !== undefined) {
            record(failure.status);
            return sendJson(
                response,
                failure.status,
                { error: { code: failure.code, message: failure.message } },
                fault?.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) },
            );
        }
        const sent = method === "PATCH" ? await readText(request) : "";
        let result: Answer;
        try {
            result = answer(request, url, sent);
        } catch (error) {
            const { status, code, message } =
                error instanceof ODataError
                    ? error
                    : new ODataError(500, "0x80040216", "An unexpected error occurred.");
            result = { status, body: { error: { code, message } } };
        }
        record(result.status);
        if (fault?.commitThenDrop) response.destroy();
        else sendJson(response, result.status, result.body, result.headers);
    }

    /** Another staff: lists that were begun are no longer true. */
    function employ(count: number): void {
        pages.clear();
        if (count === size) return;
        size = count;
        people = staff(size);
        peopleContacts = staffContacts(people);
    }

    function reset(): void {
        variables = environmentVariables();
        requests = [];
        faults.clear();
        depth = "Global";
        createdRows = [];
        centre.contacts = centre.contacts.filter((contact) => !createdThere.has(contact));
        createdThere.clear();
        employ(defaultStaff);
    }

    async function handleStaff(request: IncomingMessage, response: ServerResponse): Promise<void> {
        if (request.method === "PUT") {
            const count = (await readText(request)).trim();
            if (!/^\d{1,6}$/.test(count) || Number(count) > mostStaff)
                return sendJson(response, 400, {
                    error: { message: `The size of the staff is a number from 0 to ${mostStaff}.` },
                });
            employ(Number(count));
        } else if (request.method !== "GET") return sendJson(response, 405, { error: { message: "Use GET or PUT." } });
        sendJson(response, 200, { staff: size });
    }

    async function handleFaults(request: IncomingMessage, response: ServerResponse): Promise<void> {
        if (request.method === "POST") {
            let fault: ReturnType<typeof readFault>;
            try {
                fault = readFault(JSON.parse(await readText(request)));
            } catch {
                fault = "This is no JSON.";
            }
            if (typeof fault === "string") return sendJson(response, 400, { error: { message: fault } });
            faults.add(fault);
        } else if (request.method === "DELETE") faults.clear();
        else if (request.method !== "GET")
            return sendJson(response, 405, { error: { message: "Use GET, POST or DELETE." } });
        sendJson(response, 200, faults.list);
    }

    async function handleDemo(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
        const variable = /^environment\/(\w+)$/.exec(path)?.[1];
        if (variable !== undefined) {
            const found = variables.find((one) => one.schemaName === variable);
            if (found === undefined)
                return sendJson(response, 404, {
                    error: { message: `There is no environment variable '${variable}'.` },
                });
            if (request.method === "PUT") {
                const value = await readText(request);
                // As Dataverse does: a value holds 2,000 characters (D).
                if (value.length > variableHolds)
                    return sendJson(response, 400, {
                        error: {
                            message: `A validation error occurred. The length of the 'value' attribute of the 'environmentvariablevalue' entity exceeded the maximum allowed length of '${String(variableHolds)}'.`,
                        },
                    });
                found.value = value;
            } else if (request.method === "DELETE") found.value = null;
            else if (request.method !== "GET")
                return sendJson(response, 405, { error: { message: "Use GET, PUT or DELETE." } });
            return sendJson(response, 200, {
                schemaName: found.schemaName,
                displayName: found.displayName,
                description: found.description,
                defaultValue: found.defaultValue,
                value: found.value,
            });
        }
        if (path === "depth" && request.method === "PUT") {
            depth = (await readText(request)).replace(/"/g, "");
            return sendJson(response, 200, { depth });
        }
        if (path === "staff") return handleStaff(request, response);
        if (path === "faults") return handleFaults(request, response);
        if (path === "requests" && request.method === "GET") return sendJson(response, 200, requests);
        if (path === "reset" && request.method === "POST") {
            reset();
            return sendJson(response, 200, { reset: true });
        }
        return sendJson(response, 404, {
            error: {
                message:
                    "Known: PUT|GET|DELETE /demo/environment/{schemaname}, GET|PUT /demo/staff, PUT /demo/depth, GET|POST|DELETE /demo/faults, GET /demo/requests, POST /demo/reset.",
            },
        });
    }

    return {
        handle(request, response) {
            const url = new URL(request.url ?? "/", "http://127.0.0.1");
            if (url.pathname.startsWith(`${root}/`)) {
                handleApi(request, response, url).catch(() => {
                    if (response.headersSent || response.destroyed) response.destroy();
                    else sendJson(response, 400, { error: { code: "0x80060888", message: "Bad request." } });
                });
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
