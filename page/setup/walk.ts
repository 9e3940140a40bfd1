// Owns the way through all users, page by page as the service hands them out: nothing but the page at hand is kept.
import { contactsPath, judge, toContacts, toUsers, usersPath } from "./directory";
import type { Row, User } from "./directory";
import type { Service } from "./service";

/** Users to a page: their addresses and ids nearly always fit into the address of one question about contacts. */
export const PAGE_SIZE = 100;

/** Characters of a question's path: an address of the web holds 32,768 at Dataverse (D). */
const LONGEST = 32_000;

/** Dataverse counts no further (D). */
export const COUNT_LIMIT = 5_000;

/** Where a page of the list begins: a page of the service (blank: the first), and how many of its rows are left out. */
export interface Cursor {
    readonly link: string;
    readonly skip: number;
}

export const START: Cursor = { link: "", skip: 0 };

export interface UsersPage {
    readonly rows: readonly Row[];
    /** The next page of the service; absent on the last. */
    readonly next?: string;
    /** How many users there are; `COUNT_LIMIT` stands for that many or more. Known from the first page only. */
    readonly count?: number;
}

export interface Walk {
    /** A page of users with how they stand. */
    page(search: string, link: string, signal: AbortSignal): Promise<UsersPage>;
    /** The rows that are asked for, from a cursor on: so many of them, or fewer at the end. */
    fill(search: string, from: Cursor, isWanted: (row: Row) => boolean, size: number, signal: AbortSignal): Promise<{ readonly rows: readonly Row[]; readonly next?: Cursor; readonly count?: number }>;
    /** How these users stand now. */
    judge(users: readonly User[], signal: AbortSignal): Promise<readonly Row[]>;
}

const member = (answer: unknown, name: string): unknown => (answer as Readonly<Record<string, unknown>> | null | undefined)?.[name];

/** @param root the address below which the service's pages have to lie, so that an answer sends nobody elsewhere */
export function createWalk(service: Service, root: string): Walk {
    async function judgeAll(users: readonly User[], signal: AbortSignal): Promise<readonly Row[]> {
        const path = contactsPath(users);
        if (path && path.length > LONGEST && users.length > 1) {
            const half = Math.ceil(users.length / 2);
            return [...(await judgeAll(users.slice(0, half), signal)), ...(await judgeAll(users.slice(half), signal))];
        }
        const contacts = path ? toContacts(await service.ask(path, signal)) : [];
        return users.map((user) => judge(user, contacts));
    }

    async function page(search: string, link: string, signal: AbortSignal): Promise<UsersPage> {
        const answer = await service.ask(link || usersPath(search), signal, { headers: { Prefer: `odata.maxpagesize=${PAGE_SIZE}` } });
        const next = member(answer, "@odata.nextLink");
        const count = member(answer, "@odata.count");
        const rows = await judgeAll(toUsers(answer), signal);
        return { rows, ...(typeof next === "string" && next.startsWith(root) ? { next: next.slice(root.length) } : {}), ...(typeof count === "number" ? { count } : {}) };
    }

    return {
        page,
        judge: judgeAll,
        async fill(search, from, isWanted, size, signal) {
            const rows: Row[] = [];
            let at: Cursor | undefined = from;
            let counted: number | undefined;
            while (at) {
                const { link, skip }: Cursor = at;
                const { rows: all, next, count } = await page(search, link, signal);
                counted ??= count;
                for (let index = skip; index < all.length; index++) {
                    const row = all[index];
                    if (!row || !isWanted(row)) continue;
                    // One more than asked for: there is a further page.
                    if (rows.length === size) return { rows, next: { link, skip: index }, ...(counted === undefined ? {} : { count: counted }) };
                    rows.push(row);
                }
                at = next === undefined ? undefined : { link: next, skip: 0 };
            }
            return { rows, ...(counted === undefined ? {} : { count: counted }) };
        },
    };
}
