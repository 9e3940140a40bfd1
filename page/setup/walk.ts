// Owns the way through all users, page by page as the service hands them out: nothing but the page at hand is kept.
import { Refusal } from "../../ChatWithAgent/host/web/web-api";
import { contactsPath, judge, toContacts, toUsers, usersByIdPath, usersPath } from "./directory";
import type { Contact, Row, User } from "./directory";
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
    readonly page: (search: string, link: string, signal: AbortSignal) => Promise<UsersPage>;
    /** The rows that are asked for, from a cursor on: so many of them, or fewer at the end. */
    fill(
        search: string,
        from: Cursor,
        isWanted: (row: Row) => boolean,
        size: number,
        signal: AbortSignal,
    ): Promise<{ readonly rows: readonly Row[]; readonly next?: Cursor }>;
    /** Those of these users who are still enabled people with an address, as they are now. */
    again(users: readonly User[], signal: AbortSignal): Promise<readonly User[]>;
    /** How these users stand now. */
    judge(users: readonly User[], signal: AbortSignal): Promise<readonly Row[]>;
}

const member = (answer: unknown, name: string): unknown =>
    (answer as Readonly<Record<string, unknown>> | null | undefined)?.[name];

/** @param root the address of the Web API, for links that are told in full */
export function createWalk(service: Service, root: string): Walk {
    /**
     * The path of a next page; which name the service calls itself by does not matter, because it is asked at this
     * page's own origin.
     */
    function pathOf(link: string): string {
        const [base, next] = [new URL(root), new URL(link, root)];
        // To leave it out would be to say that there is no more.
        if (!next.pathname.startsWith(base.pathname))
            throw new Refusal(`@odata.nextLink: ${next.pathname}`, 0, "", undefined);
        return next.pathname.slice(base.pathname.length) + next.search;
    }

    function nextOf(answer: unknown, asked: string): string | undefined {
        const link = member(answer, "@odata.nextLink");
        const next = typeof link === "string" && link ? pathOf(link) : undefined;
        // The page that was just asked for would be asked for without end.
        if (next === asked) throw new Refusal(`@odata.nextLink: ${next}`, 0, "", undefined);
        return next;
    }

    async function contactsOf(path: string, signal: AbortSignal): Promise<readonly Contact[]> {
        const contacts: Contact[] = [];
        for (let at: string | undefined = path; at !== undefined;) {
            const answer = await service.ask(at, signal);
            contacts.push(...toContacts(answer));
            at = nextOf(answer, at);
        }
        return contacts;
    }

    async function judgeAll(users: readonly User[], signal: AbortSignal): Promise<readonly Row[]> {
        const path = contactsPath(users);
        if (path && path.length > LONGEST && users.length > 1) {
            const half = Math.ceil(users.length / 2);
            return [...(await judgeAll(users.slice(0, half), signal)), ...(await judgeAll(users.slice(half), signal))];
        }
        const contacts = path ? await contactsOf(path, signal) : [];
        return users.map((user) => judge(user, contacts));
    }

    async function page(search: string, link: string, signal: AbortSignal): Promise<UsersPage> {
        const answer = await service.ask(link || usersPath(search), signal, {
            headers: { Prefer: `odata.maxpagesize=${PAGE_SIZE}` },
        });
        const next = nextOf(answer, link);
        const count = member(answer, "@odata.count");
        const rows = await judgeAll(toUsers(answer), signal);
        return { rows, ...(next === undefined ? {} : { next }), ...(typeof count === "number" ? { count } : {}) };
    }

    return {
        page,
        judge: judgeAll,
        async again(users, signal) {
            const found: User[] = [];
            for (let start = 0; start < users.length; start += PAGE_SIZE)
                found.push(
                    ...toUsers(
                        await service.ask(
                            usersByIdPath(users.slice(start, start + PAGE_SIZE).map(({ id }) => id)),
                            signal,
                        ),
                    ),
                );
            return found;
        },
        async fill(search, from, isWanted, size, signal) {
            const rows: Row[] = [];
            let at: Cursor | undefined = from;
            while (at) {
                const { link, skip }: Cursor = at;
                const { rows: all, next } = await page(search, link, signal);
                for (let index = skip; index < all.length; index++) {
                    const row = all[index];
                    if (!row || !isWanted(row)) continue;
                    // One more than asked for: there is a further page.
                    if (rows.length === size) return { rows, next: { link, skip: index } };
                    rows.push(row);
                }
                at = next === undefined ? undefined : { link: next, skip: 0 };
            }
            return { rows };
        },
    };
}
