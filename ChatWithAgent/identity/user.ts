// Owns what is asked of the user's own row: the e-mail address and whatever columns go to the agent, in one call for the whole page.
import type { Clock, DirectoryPort, Email } from "../chat/ports";
import type { Shared } from "../chat/shared";
import { within } from "../chat/within";
import { toEmail } from "./email";
import { readColumns } from "./row";
import type { ColumnNames, Columns } from "./row";

/** How long a chat waits for the user's row, in milliseconds. */
const PATIENCE = 5_000;

const TABLE = "systemuser";

/** The column of the user's own row with the user's address (D). */
const ADDRESS = "internalemailaddress";

export interface User {
    readonly email: Email;
    readonly columns: Columns | "unreadable";
}

/**
 * Looks the user up, once for all who share the calls. A column that cannot be had does not cost the address: that is asked for alone then.
 * @param columns logical names, already checked to be nothing else
 * @returns never rejects, and settles after 5 s at the latest; a call that comes later still serves the next who asks
 */
export function findUser(directory: DirectoryPort, columns: readonly string[], calls: Shared<unknown>, names: ColumnNames, clock: Clock): Promise<User> {
    const { userId } = directory;
    const ask = (wanted: readonly string[]): Promise<Columns> =>
        calls([`${TABLE} ${userId}`, ...wanted], () => readColumns(TABLE, wanted, [ADDRESS], names, (select) => directory.retrieveRow(TABLE, userId, select))) as Promise<Columns>;
    const answer = ask(columns)
        .catch((error: unknown) => (columns.length > 0 ? ask([]) : Promise.reject(error as Error)))
        .then((found): User => ({ email: toEmail(found.get(ADDRESS)), columns: found }));
    return within(clock, PATIENCE, answer, { email: { kind: "failed" }, columns: "unreadable" });
}
