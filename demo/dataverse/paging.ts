// Owns paging: which rows come now, and the token that names those still to come.
import { randomUUID } from "node:crypto";
import { ODataError } from "./query";
import type { Row } from "./tables";

/** Rows of an answer, and of a count, at most (D). */
export const mostRows = 5_000;

/** Lists that are remembered; whoever comes later has his list made anew. */
const mostLists = 8;

export interface Page {
    readonly rows: readonly Row[];
    /** Of all rows, not of the page's. */
    readonly total: number;
    /** The token of the next page; null on the last. */
    readonly next: string | null;
}

/** A page after which none is to come. */
export const firstOf = (rows: readonly Row[], size: number): Page => ({
    rows: rows.slice(0, size),
    total: rows.length,
    next: null,
});

function readToken(token: string): { readonly list: string; readonly skip: number } {
    const [, list, skip] = /^([0-9a-f-]{36}) (\d+)$/.exec(Buffer.from(token, "base64url").toString("utf8")) ?? [];
    if (list === undefined || skip === undefined)
        throw new ODataError(400, "0x80060888", "The value of the query parameter $skiptoken is not valid.");
    return { list, skip: Number(skip) };
}

/** Remembers what a first page has found, so that further ones neither search again nor shift when rows are added. */
export class Pages {
    readonly #lists = new Map<string, readonly Row[]>();

    /** One page; `find` makes the whole list. */
    page(token: string | null, size: number, find: () => readonly Row[]): Page {
        const { list, skip } = token === null ? { list: randomUUID(), skip: 0 } : readToken(token);
        const rows = this.#lists.get(list) ?? find();
        const end = skip + size;
        if (end >= rows.length) return { rows: rows.slice(skip), total: rows.length, next: null };
        this.#lists.delete(list);
        this.#lists.set(list, rows);
        for (const oldest of this.#lists.keys()) {
            if (this.#lists.size <= mostLists) break;
            this.#lists.delete(oldest);
        }
        return {
            rows: rows.slice(skip, end),
            total: rows.length,
            next: Buffer.from(`${list} ${end}`).toString("base64url"),
        };
    }

    clear(): void {
        this.#lists.clear();
    }
}
