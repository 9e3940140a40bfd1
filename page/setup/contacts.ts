// Owns the state of the list of users: what is shown, counted, selected and made, and what the administrator's
// actions do to it.
import { createContacts } from "./create";
import type { End, Result } from "./create";
import type { Row, Standing, User } from "./directory";
import { readingOf } from "./privilege";
import type { Reading } from "./privilege";
import { reasonOf } from "./service";
import type { Reason, Service } from "./service";
import { COUNT_LIMIT, START } from "./walk";
import type { Cursor, Walk } from "./walk";

/** Rows of the list that are shown at once. */
export const ROWS = 50;

/** `missing`: a contact can be made; `attention`: somebody has to look at it. */
export type Filter = "all" | "missing" | "attention";

const WANTED: Readonly<Record<Filter, (row: Row) => boolean>> = {
    all: () => true,
    missing: ({ standing }) => standing === "none",
    attention: ({ standing }) => standing !== "none" && standing !== "linked",
};

export type List =
    | { readonly kind: "loading" }
    | { readonly kind: "failed"; readonly reason: Reason }
    | { readonly kind: "shown"; readonly rows: readonly Row[]; readonly hasNext: boolean };

export interface Count {
    readonly kind: "running" | "done" | "stopped";
    readonly reason?: Reason;
    readonly seen: number;
    /** How many there will be; absent where the service does not count that far. */
    readonly total?: number;
    readonly by: Readonly<Record<Standing, number>>;
}

/**
 * `all`: everybody who has none, or all of them whom a search finds; then the users shown beforehand are the first of
 * them.
 */
export type Run =
    | { readonly kind: "none" }
    | { readonly kind: "preparing" }
    | { readonly kind: "preview"; readonly all: false; readonly users: readonly User[] }
    | { readonly kind: "preview"; readonly all: true; readonly search: string; readonly users: readonly User[] }
    | {
          readonly kind: "running";
          readonly done: number;
          readonly expected?: number;
          readonly created: number;
          readonly isStopping: boolean;
      }
    | { readonly kind: "over"; readonly end: End; readonly sums: Sums; readonly results: readonly Result[] };

/** What came of how many: `linked` have a contact by now, `toCheck` are for somebody to look at. */
export type Sums = Readonly<Record<"created" | "linked" | "toCheck" | "refused" | "notDone", number>>;

function sumUp(results: readonly Result[]): Sums {
    const number = (isCounted: (outcome: Result["outcome"]) => boolean): number =>
        results.filter(({ outcome }) => isCounted(outcome)).length;
    const isLinked = (outcome: Result["outcome"]): boolean => outcome.kind === "kept" && outcome.standing === "linked";
    return {
        created: number(({ kind }) => kind === "created"),
        linked: number(isLinked),
        toCheck: number((outcome) => outcome.kind === "gone" || (outcome.kind === "kept" && !isLinked(outcome))),
        refused: number(({ kind }) => kind === "refused"),
        notDone: number(({ kind }) => kind === "not-done"),
    };
}

export interface ContactsState {
    readonly list: List;
    /** From 1 on. */
    readonly page: number;
    readonly filter: Filter;
    readonly search: string;
    readonly selected: ReadonlyMap<string, User>;
    readonly count: Count;
    readonly run: Run;
    /** Whether contacts can be told to be missing; absent as long as nobody knows. */
    readonly reading?: Reading;
}

export interface Contacts {
    readonly state: ContactsState;
    /** Tells of each change, until what it returns is called. */
    subscribe(changed: () => void): () => void;
    readonly search: (text: string) => void;
    readonly filter: (filter: Filter) => void;
    readonly next: () => void;
    readonly previous: () => void;
    /** Asks for the page of the list again; resolves when it is there, or known not to come. */
    readonly reload: () => Promise<void>;
    readonly select: (rows: readonly Row[], isSelected: boolean) => void;
    readonly clearSelection: () => void;
    readonly count: () => void;
    readonly stopCounting: () => void;
    /** Finds out whether all contacts can be seen. */
    readonly readPrivilege: () => Promise<void>;
    /**
     * Shows what would be made, for those selected or for all; nothing where only a part of the contacts can be seen.
     */
    readonly prepare: (all: boolean) => void;
    readonly dismiss: () => void;
    readonly create: () => void;
    readonly stopCreating: () => void;
    /** Ends whatever is under way. */
    readonly end: () => void;
}

/** How many of all are shown beforehand. */
const FIRST = 10;

const NOBODY: Readonly<Record<Standing, number>> = {
    linked: 0,
    none: 0,
    "not-found": 0,
    several: 0,
    taken: 0,
    unusable: 0,
};

/** @param now milliseconds by the time of day */
export function createList(service: Service, walk: Walk, now: () => number): Contacts {
    const listeners = new Set<() => void>();
    let state: ContactsState = {
        list: { kind: "loading" },
        page: 1,
        filter: "all",
        search: "",
        selected: new Map(),
        count: { kind: "running", seen: 0, by: NOBODY },
        run: { kind: "none" },
    };
    /** Where each page of the list begins that has been shown so far, and the one after. */
    let cursors: Cursor[] = [START];
    let listing = new AbortController();
    let counting = new AbortController();
    let creating = new AbortController();
    let hasEnded = false;

    function set(part: Partial<ContactsState>): void {
        state = { ...state, ...part };
        for (const listener of listeners) listener();
    }

    /** Ends what went before of a kind, and begins anew. */
    function renew(before: AbortController): AbortSignal {
        before.abort();
        const own = new AbortController();
        if (hasEnded) own.abort();
        if (before === listing) listing = own;
        else if (before === counting) counting = own;
        else creating = own;
        return own.signal;
    }

    async function show(page: number): Promise<void> {
        const signal = renew(listing);
        set({ page, list: { kind: "loading" } });
        try {
            const { rows, next } = await walk.fill(
                state.search,
                cursors[page - 1] ?? START,
                WANTED[state.filter],
                ROWS,
                signal,
            );
            if (signal.aborted) return;
            cursors = [...cursors.slice(0, page), ...(next ? [next] : [])];
            // Who has got a contact meanwhile, or has come to need a look, is no longer selected.
            const other = rows.filter(({ standing }) => standing !== "none");
            if (other.some(({ user }) => state.selected.has(user.id))) select(other, false);
            set({ list: { kind: "shown", rows, hasNext: !!next } });
        } catch (error) {
            if (!signal.aborted) set({ list: { kind: "failed", reason: reasonOf(error) } });
        }
    }

    function restart(part: Partial<ContactsState>): void {
        cursors = [START];
        set(part);
        void show(1);
    }

    async function count(): Promise<void> {
        const signal = renew(counting);
        let { seen, by }: { seen: number; by: Record<Standing, number> } = { seen: 0, by: { ...NOBODY } };
        let total: number | undefined;
        const told = (kind: Count["kind"], reason?: Reason): void =>
            set({
                count: { kind, seen, by, ...(reason ? { reason } : {}), ...(total === undefined ? {} : { total }) },
            });
        told("running");
        try {
            for (let link: string | undefined = ""; link !== undefined;) {
                const page = await walk.page("", link, signal);
                if (signal.aborted) return;
                if (page.count !== undefined && page.count < COUNT_LIMIT) total = page.count;
                by = { ...by };
                for (const { standing } of page.rows) by[standing]++;
                seen += page.rows.length;
                link = page.next;
                told(link === undefined ? "done" : "running");
            }
        } catch (error) {
            if (!signal.aborted) told("stopped", reasonOf(error));
        }
    }

    function select(rows: readonly Row[], isSelected: boolean): void {
        const selected = new Map(state.selected);
        for (const { user, standing } of rows) {
            if (isSelected && standing === "none") selected.set(user.id, user);
            else selected.delete(user.id);
        }
        set({ selected });
    }

    /** Those who have none, as a walk through all finds them. */
    async function* everybody(search: string, signal: AbortSignal): AsyncGenerator<readonly User[]> {
        for (let link: string | undefined = ""; link !== undefined;) {
            const { rows, next } = await walk.page(search, link, signal);
            yield rows.filter(WANTED.missing).map(({ user }) => user);
            link = next;
        }
    }

    /** Those selected, as they are now: they may have been selected long ago. */
    async function* these(
        users: readonly User[],
        tell: (result: Result) => void,
        signal: AbortSignal,
    ): AsyncGenerator<readonly User[]> {
        const found = await walk.again(users, signal);
        const ids = new Set(found.map(({ id }) => id));
        for (const user of users) if (!ids.has(user.id)) tell({ user, outcome: { kind: "gone" } });
        yield found;
    }

    async function readPrivilege(): Promise<void> {
        const reading = await readingOf(service, new AbortController().signal);
        // What is known is not lost to a later failure.
        if (reading !== "unknown" || state.reading === undefined) set({ reading });
    }

    async function prepareAll(): Promise<void> {
        const signal = renew(creating);
        const { search } = state;
        set({ run: { kind: "preparing" } });
        try {
            const { rows } = await walk.fill(search, START, WANTED.missing, FIRST, signal);
            if (!signal.aborted)
                set({ run: { kind: "preview", all: true, search, users: rows.map(({ user }) => user) } });
        } catch (error) {
            if (!signal.aborted) set({ run: { kind: "over", end: reasonOf(error), sums: sumUp([]), results: [] } });
        }
    }

    async function create(preview: Extract<Run, { readonly kind: "preview" }>): Promise<void> {
        const signal = renew(creating);
        const results: Result[] = [];
        let created = 0;
        const expected = !preview.all
            ? preview.users.length
            : state.count.kind === "done" && !preview.search
              ? state.count.by.none
              : undefined;
        const told = (): void =>
            set({
                run: {
                    kind: "running",
                    done: results.length,
                    created,
                    isStopping: signal.aborted,
                    ...(expected === undefined ? {} : { expected }),
                },
            });
        told();
        const tell = (result: Result): void => {
            results.push(result);
            if (result.outcome.kind === "created") created++;
            told();
        };
        const end = await createContacts(
            preview.all ? everybody(preview.search, signal) : these(preview.users, tell, signal),
            service,
            walk,
            signal,
            now,
            tell,
        );
        // Who was not reached stays selected, for the next run.
        const selected = new Map(state.selected);
        for (const { user, outcome } of results) if (outcome.kind !== "not-done") selected.delete(user.id);
        set({ selected, run: { kind: "over", end, sums: sumUp(results), results } });
        await show(state.page);
        void count();
    }

    return {
        get state() {
            return state;
        },
        subscribe(changed) {
            listeners.add(changed);
            return () => listeners.delete(changed);
        },
        search: (search) => restart({ search }),
        filter: (filter) => restart({ filter }),
        next: () => void show(state.page + 1),
        previous: () => void show(Math.max(1, state.page - 1)),
        reload: () => show(state.page),
        select,
        clearSelection: () => set({ selected: new Map() }),
        count: () => void count(),
        stopCounting() {
            counting.abort();
            set({ count: { ...state.count, kind: "stopped", reason: { kind: "cancelled" } } });
        },
        readPrivilege,
        prepare(all) {
            if (state.reading === "limited") return;
            if (state.reading === "unknown") void readPrivilege();
            if (all) void prepareAll();
            else if (state.selected.size)
                set({ run: { kind: "preview", all: false, users: [...state.selected.values()] } });
        },
        dismiss() {
            if (state.run.kind === "running") return;
            creating.abort();
            set({ run: { kind: "none" } });
        },
        create() {
            if (state.run.kind === "preview" && state.reading !== "limited") void create(state.run);
        },
        stopCreating() {
            creating.abort();
            if (state.run.kind === "running") set({ run: { ...state.run, isStopping: true } });
        },
        end() {
            hasEnded = true;
            for (const one of [listing, counting, creating]) one.abort();
        },
    };
}
