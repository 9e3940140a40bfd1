// Owns the way to a chat's context: asks for the user's row and the record's, side by side, and has both put together.
import type { ChatContext, Email, RecordReference } from "../chat/ports";
import { within } from "../chat/within";
import { buildContext } from "../context/build";
import type { Answer } from "../context/build";
import { MAX, columnsOf, parseVariables } from "../context/parse";
import type { Host } from "../host/host";
import { findContact } from "../identity/contact";
import { toEmail } from "../identity/email";
import { readColumns } from "../identity/row";
import { findUser } from "../identity/user";
import type { Services } from "./services";

/** How long a chat waits for the record's row, in milliseconds; as long as for the user's. */
const PATIENCE = 5_000;

/** What was looked up still holds within this many milliseconds, for a press and where only other variables change. */
const FRESH = 30_000;

/** What a chat sends of its own beside the maker's variables: the address, and of a shared record name, table and link. */
const OWN = 1;
const RECORDS_OWN = 3;

/** A context on its way; the address may be known before the rest is. Neither rejects. */
export interface Preparation {
    readonly email: Promise<Email>;
    readonly context: Promise<ChatContext>;
    /** Whether a call was made for it that serves nobody else. */
    readonly isOwn: boolean;
}

/** Prepares contexts for one instance, and keeps the latest for a moment. */
export interface Preparer {
    /** What the context at a record depends on, as a text to compare. */
    occasionOf(record: RecordReference | undefined): string;
    /** The context at this record, asked for a moment ago or now; beside it the contact, if that is wanted. */
    prepare(record: RecordReference | undefined): Preparation;
    /** What was asked for a moment ago counts no more. */
    forget(): void;
}

const NOTHING: Answer = new Map();

type Source = Pick<Host, "properties" | "directory" | "authoring">;

/** Asks for columns of a record's row; never rejects. */
type AskRow = (record: RecordReference, columns: readonly string[]) => Promise<Answer>;

/** In the designer there is no record, but whether its table has the columns can be asked all the same; a row that is not there has them empty. */
async function anyRow({ directory }: Source, table: string, select: string): Promise<unknown> {
    const [row] = await directory.retrieveRows(table, `${select}&$top=1`);
    const names = select.slice(select.indexOf("=") + 1).split(",");
    return row ?? Object.fromEntries(names.map((name) => [name, null]));
}

async function askRecord(source: Source, record: RecordReference, columns: readonly string[], { columnNames, page }: Services): Promise<Answer> {
    const retrieve = (select: string): Promise<unknown> => (record.id ? source.directory.retrieveRow(record.table, record.id, select) : anyRow(source, record.table, select));
    return within<Answer>(page.clock, PATIENCE, readColumns(record.table, columns, [], columnNames, retrieve), "unreadable");
}

/** Begins to put the context together, as the properties are at this moment; nobody is asked for what is not needed. */
function prepareContext(source: Source, record: RecordReference | undefined, services: Services, askRow: AskRow): Preparation {
    const { properties, directory, authoring } = source;
    const parsed = parseVariables(properties.contextVariables ?? "", MAX.variables - OWN - (properties.shareRecord ? RECORDS_OWN : 0));
    const userColumns = columnsOf("user", parsed.variables);
    const recordColumns = columnsOf("record", parsed.variables);

    const given = toEmail(properties.userEmail);
    const isGiven = given.kind === "known";
    const user = isGiven && userColumns.length === 0 ? undefined : findUser(directory, userColumns, services.calls, services.columnNames, services.page.clock);
    const email = !isGiven && user ? user.email : Promise.resolve(given);

    const canAsk = recordColumns.length > 0 && record?.table && (record.id || authoring === "yes");
    const row: Promise<Answer> = canAsk ? askRow(record, recordColumns) : Promise.resolve("no-record");

    const context = Promise.all([email, user?.columns ?? NOTHING, row]).then(([address, columns, answer]) => buildContext(address, parsed, { user: columns, record: answer }, properties.shareRecord ? record : undefined));
    return { email, context, isOwn: !!canAsk };
}

/** @param contactKnown called when the answer about the user's contact has come */
export function createPreparer(host: Source, services: Services, contactKnown: () => void): Preparer {
    let kept: (Preparation & { readonly occasion: string }) | undefined;
    let row: { readonly key: string; readonly answer: Promise<Answer> } | undefined;
    let checked: { readonly userEmail: string | null } | undefined;
    /** Ends the time for which all of them are kept. */
    let stopKeeping: (() => void) | undefined;

    function forget(): void {
        stopKeeping?.();
        stopKeeping = kept = row = checked = undefined;
    }

    /** The row, asked for a moment ago or now. */
    function askRow(record: RecordReference, columns: readonly string[]): Promise<Answer> {
        const key = JSON.stringify([record.table, record.id, columns]);
        if (row?.key !== key) {
            forget();
            row = { key, answer: askRecord(host, record, columns, services) };
        }
        return row.answer;
    }

    function occasionOf(record: RecordReference | undefined): string {
        const { contextVariables, shareRecord, userEmail } = host.properties;
        return JSON.stringify([record, contextVariables, shareRecord, userEmail]);
    }

    async function checkContact(email: Promise<Email>): Promise<void> {
        const answer = await email;
        const of = host.properties.userEmail;
        // Who has been found stays found; who has not may have got a contact since.
        if (answer.kind !== "known" || (services.memory.contact?.of === of && services.memory.contact.answer === "found")) return;
        services.memory.contact = { of, answer: await findContact(answer.address, host.directory) };
        contactKnown();
    }

    /** What has failed is asked for again by whoever comes next. */
    async function forgetFailed({ context }: Preparation): Promise<void> {
        const { email, dropped } = await context;
        if (kept?.context === context && (email.kind === "failed" || dropped.some(({ problem }) => problem === "unreadable"))) forget();
    }

    return {
        occasionOf,
        forget,
        prepare(record) {
            const occasion = occasionOf(record);
            if (kept?.occasion === occasion) return kept;
            const next = prepareContext(host, record, services, askRow);
            const { contactCheck, userEmail } = host.properties;
            const isChecking = contactCheck && host.authoring !== "yes";
            kept = next.isOwn || isChecking ? { ...next, occasion } : undefined;
            if (kept) stopKeeping ??= services.page.clock.after(FRESH, forget);
            void forgetFailed(next);
            if (isChecking && checked?.userEmail !== userEmail) {
                checked = { userEmail };
                void checkContact(next.email);
            }
            return next;
        },
    };
}
