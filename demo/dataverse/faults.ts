// Owns the faults that the demo's Web API is told to have: how they are given, and which one a request meets.

/** One fault. Without `status`, `drop` and the like, only the answer's delay. */
export interface Fault {
    readonly method?: string;
    /** Logical name of a table, or the name of a function. */
    readonly table?: string;
    readonly status?: number;
    readonly code?: string;
    readonly message?: string;
    /** Seconds. */
    readonly retryAfter?: number;
    /** The connection ends without an answer. */
    readonly drop?: boolean;
    /** A PATCH is carried out, and then the connection ends without an answer. */
    readonly commitThenDrop?: boolean;
    readonly delayMs?: number;
    /** A page to sign in on, with status 200. */
    readonly html?: boolean;
    /** The user lacks the privilege for what is asked. */
    readonly privilege?: boolean;
    /** From which matching request on; 1 is the first. */
    readonly after?: number;
    /** How many of them; all when it is left out. */
    readonly times?: number;
}

const kinds: Readonly<Record<keyof Fault, "string" | "number" | "boolean">> = {
    method: "string",
    table: "string",
    status: "number",
    code: "string",
    message: "string",
    retryAfter: "number",
    drop: "boolean",
    commitThenDrop: "boolean",
    delayMs: "number",
    html: "boolean",
    privilege: "boolean",
    after: "number",
    times: "number",
};

/** Reads a fault; the mistake as text when there is one. */
export function readFault(input: unknown): Fault | string {
    if (typeof input !== "object" || input === null || Array.isArray(input)) return "A fault is an object.";
    for (const [name, value] of Object.entries(input)) {
        if (!Object.hasOwn(kinds, name))
            return `${name} is nothing that a fault has. It has: ${Object.keys(kinds).join(", ")}.`;
        const kind = kinds[name as keyof Fault];
        if (typeof value !== kind || (kind === "number" && !(Number.isInteger(value) && value >= 0)))
            return `${name} must be ${kind === "number" ? "a whole number" : `a ${kind}`}.`;
    }
    const fault: Fault = input;
    if (fault.status !== undefined && (fault.status < 400 || fault.status > 599))
        return "status must be from 400 to 599.";
    if (
        fault.status === undefined &&
        !fault.drop &&
        !fault.commitThenDrop &&
        !fault.html &&
        !fault.privilege &&
        fault.delayMs === undefined
    ) {
        return "A fault needs one of status, drop, commitThenDrop, html, privilege, delayMs.";
    }
    return fault;
}

/** Names of privileges are made of the tables' schema names (D); this one is not the logical name with a capital. */
const privilegeNames: Readonly<Record<string, string>> = { systemuser: "User" };

/**
 * The error that a fault answers with, as Dataverse has it (D: codes of service protection and of missing
 * privileges); undefined when it answers truly.
 */
export function errorOf(
    fault: Fault,
    method: string,
    table: string,
    user: string,
): { readonly status: number; readonly code: string; readonly message: string } | undefined {
    if (fault.privilege) {
        const privilege = `prv${method === "PATCH" ? "Create" : "Read"}${privilegeNames[table] ?? table.charAt(0).toUpperCase() + table.slice(1)}`;
        return {
            status: fault.status ?? 403,
            code: fault.code ?? "0x80040220",
            message:
                fault.message ??
                `Principal user (Id=${user}, type=8, roleCount=1, privilegeCount=120, accessMode=0) is missing ${privilege} privilege on entity '${table}'.`,
        };
    }
    if (fault.status === undefined) return undefined;
    const [code, message] =
        fault.status === 429
            ? ["0x80072322", "Number of requests exceeded the limit of 6000 over time window of 300 seconds."]
            : ["0x80040216", "An unexpected error occurred."];
    return { status: fault.status, code: fault.code ?? code, message: fault.message ?? message };
}

/** The faults in force. */
export class Faults {
    #list: { readonly fault: Fault; seen: number }[] = [];

    get list(): readonly Fault[] {
        return this.#list.map(({ fault }) => fault);
    }

    add(fault: Fault): void {
        this.#list.push({ fault, seen: 0 });
    }

    clear(): void {
        this.#list = [];
    }

    /** Counts a request and gives the first fault that it meets. */
    meet(method: string, table: string): Fault | undefined {
        const met = this.#list.filter((entry) => {
            const { fault } = entry;
            if (
                (fault.method?.toUpperCase() ?? method) !== method ||
                (fault.table ?? table) !== table ||
                (fault.commitThenDrop && method !== "PATCH")
            )
                return false;
            entry.seen++;
            const first = fault.after ?? 1;
            return entry.seen >= first && entry.seen < Math.max(first, 1) + (fault.times ?? Infinity);
        });
        return met[0]?.fault;
    }
}

/** What comes instead of an answer when the session has ended. */
export const signInPage = `<!DOCTYPE html><html lang="en"><head><title>Sign in to your account</title></head><body><h1>Sign in</h1><form method="post" action="/common/login"><input name="loginfmt" type="email" aria-label="Email"><button>Next</button></form></body></html>`;
