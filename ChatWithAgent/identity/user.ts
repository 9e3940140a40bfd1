// Owns what is asked of the user's own row: the e-mail address and whatever columns go to the agent, in one call for
// the whole page.
import type { Clock, DirectoryPort, Email } from "../chat/ports";
import type { Shared } from "../chat/shared";
import { within } from "../chat/within";
import { toEmail } from "./email";
import { SELECT, readColumns, textOf } from "./row";
import type { ColumnNames, Columns } from "./row";

/** How long a chat waits for the user's row, in milliseconds. */
const PATIENCE = 5_000;

const TABLE = "systemuser";

/** The column of the user's own row with the user's address (D). */
const ADDRESS = "internalemailaddress";

/** What the user's row says; neither rejects, and both settle after 5 s at the latest. */
export interface User {
    readonly email: Promise<Email>;
    readonly columns: Promise<Columns | "unreadable">;
}

/**
 * Looks the user up, once for all who share the calls; a call that comes later than is waited for still serves the
 * next who asks. A column that cannot be
 * had does not cost the address: at the first refusal that is asked for alone, beside whatever is tried for the
 * columns.
 * @param columns logical names, already checked to be nothing else
 */
export function findUser(
    directory: DirectoryPort,
    columns: readonly string[],
    calls: Shared<unknown>,
    names: ColumnNames,
    clock: Clock,
): User {
    const { userId } = directory;
    const retrieve = (select: string): Promise<unknown> => directory.retrieveRow(TABLE, userId, select);
    /** An answer with more columns serves as well. */
    const share = (select: string): Promise<unknown> =>
        calls([`${TABLE} ${userId}`, ...select.slice(SELECT.length).split(",")], () => retrieve(select));

    const found = readColumns(TABLE, columns, [ADDRESS], names, share);
    const alone = SELECT + ADDRESS;
    const email = share(alone)
        .catch((error: unknown) =>
            columns.length > 0
                ? calls([`${ADDRESS} ${userId}`], () => retrieve(alone))
                : Promise.reject(error as Error),
        )
        .then((row) => toEmail(textOf(row, ADDRESS)));
    return {
        email: within<Email>(clock, PATIENCE, email, { kind: "failed" }),
        columns: within<Columns | "unreadable">(clock, PATIENCE, found, "unreadable"),
    };
}
