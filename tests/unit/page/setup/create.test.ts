// Covers page/setup/create, walk and service on the demo's Dataverse: everyone once, nothing twice, nothing lost,
// whatever happens on the way.
import { createContacts } from "../../../../page/setup/create";
import type { Outcome, Result } from "../../../../page/setup/create";
import { Refusal } from "../../../../ChatWithAgent/host/web/web-api";
import type { User } from "../../../../page/setup/directory";
import { createService, reasonOf } from "../../../../page/setup/service";
import { START } from "../../../../page/setup/walk";
import { startCentre, user } from "./fixtures";
import type { Administrator, Centre } from "./fixtures";

// Hundreds of requests over a real wire: on a loaded machine that took more than Jest's five seconds.
jest.setTimeout(60_000);

let centre: Centre;
beforeEach(async () => {
    centre = await startCentre();
});
afterEach(() => centre.close());

const never = new AbortController().signal;

// eslint-disable-next-line @typescript-eslint/require-await -- a source of one group.
async function* these(users: readonly User[]): AsyncGenerator<readonly User[]> {
    yield users;
}

async function run(
    by: Administrator,
    users: readonly User[],
    signal = never,
    each: (result: Result) => void = () => undefined,
) {
    const results: Result[] = [];
    const end = await createContacts(these(users), by.service, by.walk, signal, by.now, (result) => {
        results.push(result);
        each(result);
    });
    const outcomes = new Map<string, Outcome>(results.map(({ user: { id }, outcome }) => [id, outcome]));
    // Everyone is told of exactly once.
    expect(results).toHaveLength(users.length);
    expect(outcomes.size).toBe(users.length);
    const number = (kind: Outcome["kind"]): number => results.filter(({ outcome }) => outcome.kind === kind).length;
    return { end, outcomes, number };
}

const SOME = Array.from({ length: 120 }, (_, index) => user(index + 1));
const ofSome = (): Promise<number> => centre.contacts("startswith(emailaddress1,'user')").then(({ length }) => length);

test("contacts are made with the user's id, names and address; a second run makes none", async () => {
    const by = centre.administrator();
    const first = await run(by, SOME);
    expect(first.end).toEqual({ kind: "done" });
    expect(first.number("created")).toBe(120);
    expect(await centre.contacts("emailaddress1 eq 'user7@contoso.example'")).toEqual([
        expect.objectContaining({ contactid: user(7).id, fullname: "First7 Last7" }),
    ]);
    const second = await run(centre.administrator(), SOME);
    expect(second.number("kept")).toBe(120);
    expect(second.outcomes.get(user(1).id)).toEqual({ kind: "kept", standing: "linked" });
    expect(await ofSome()).toBe(120);
});

test("two administrators at once make each contact once", async () => {
    const [one, other] = await Promise.all([run(centre.administrator(), SOME), run(centre.administrator(), SOME)]);
    expect(one.end).toEqual({ kind: "done" });
    expect(other.end).toEqual({ kind: "done" });
    expect(one.number("created") + other.number("created")).toBe(120);
    expect(one.number("kept") + other.number("kept")).toBe(120);
    expect(await ofSome()).toBe(120);
});

test("users who share an address get one contact between them", async () => {
    const { number, outcomes } = await run(centre.administrator(), [
        user(1),
        user(2, { address: "USER1@contoso.example" }),
        user(3, { address: "user1@contoso.example" }),
    ]);
    expect(number("created")).toBe(1);
    expect(outcomes.get(user(2).id)).toEqual({ kind: "kept", standing: "linked" });
    expect(outcomes.get(user(3).id)).toEqual({ kind: "kept", standing: "linked" });
    expect(await ofSome()).toBe(1);
});

test("too many requests: everybody waits as long as the service says, and nothing is lost", async () => {
    await centre.fault({
        method: "PATCH",
        status: 429,
        retryAfter: 7,
        code: "0x80072322",
        message: "Number of requests exceeded the limit of 6000",
        after: 20,
        times: 5,
    });
    const by = centre.administrator();
    const { end, number } = await run(by, SOME);
    expect(end).toEqual({ kind: "done" });
    expect(number("created")).toBe(120);
    expect(by.waits.length).toBeGreaterThan(0);
    expect(Math.max(...by.waits)).toBe(7_000);
});

test("an answer that is lost on the way, of a contact that was made: it counts as made, once", async () => {
    await centre.fault({ method: "PATCH", table: "contact", commitThenDrop: true, after: 10, times: 3 });
    const { end, number } = await run(centre.administrator(), SOME);
    expect(end).toEqual({ kind: "done" });
    expect(number("created")).toBe(120);
    expect(await ofSome()).toBe(120);
});

test("a connection that does not come back: what is made stays and is told, the rest is done by the next run", async () => {
    await centre.fault({ drop: true, method: "PATCH", after: 31 });
    const by = centre.administrator();
    const first = await run(by, SOME);
    expect(first.end).toEqual({ kind: "unreachable" });
    expect(first.number("created")).toBe(30);
    expect(first.number("not-done")).toBe(90);
    // The others of those at work when it was given up ask no more.
    expect(by.asked.filter((one) => one.startsWith("PATCH")).length).toBeLessThanOrEqual(30 + 2 * 4 * 6);
    await centre.mend();
    const second = await run(centre.administrator(), SOME);
    expect(second.number("created")).toBe(90);
    expect(second.number("kept")).toBe(30);
    expect(await ofSome()).toBe(120);
});

test("a session that ends in the middle stops the run at once", async () => {
    await centre.fault({ html: true, method: "PATCH", after: 5 });
    const by = centre.administrator();
    const { end, number } = await run(by, SOME);
    expect(end).toEqual({ kind: "signed-out" });
    expect(number("created")).toBe(4);
    expect(number("not-done")).toBe(116);
    expect(by.waits).toEqual([]);
});

test("a role that may not create stops the run once that is clear, in the service's own words", async () => {
    await centre.fault({ privilege: true, method: "PATCH", table: "contact" });
    const by = centre.administrator();
    const { end, number } = await run(by, SOME);
    expect(end).toEqual({ kind: "no-privilege", words: expect.stringContaining("privilege") as string });
    expect(number("refused") + number("not-done")).toBe(120);
    expect(by.asked.filter((one) => one.startsWith("PATCH")).length).toBeLessThanOrEqual(6);
});

test("one user whom the service does not let through keeps nobody else from getting a contact", async () => {
    await centre.fault({ privilege: true, method: "PATCH", table: "contact", after: 3, times: 1 });
    const { end, number, outcomes } = await run(centre.administrator(), SOME);
    expect(end).toEqual({ kind: "done" });
    expect(number("created")).toBe(119);
    expect([...outcomes.values()].find(({ kind }) => kind === "refused")).toEqual({
        kind: "refused",
        words: expect.stringContaining("privilege") as string,
    });
});

test("a refusal that only looks like a row of that id has its words told", async () => {
    await centre.fault({ method: "PATCH", status: 412, code: "0x80040265", message: "A plug-in says no.", times: 1 });
    const { outcomes } = await run(centre.administrator(), [user(1)]);
    expect(outcomes.get(user(1).id)).toEqual({ kind: "refused", words: "A plug-in says no." });
});

test("a row of that id that cannot be read is taken, and not called missing", async () => {
    await centre.fault({
        method: "PATCH",
        status: 412,
        code: "0x80060892",
        message: "A record with matching key values already exists.",
        times: 1,
    });
    const { outcomes } = await run(centre.administrator(), [user(1)]);
    expect(outcomes.get(user(1).id)).toEqual({ kind: "kept", standing: "taken" });
});

test("after a long wait it is looked anew whether a contact is still missing", async () => {
    let isFirst = true;
    const by: Administrator = centre.administrator(async (_path, ask) => {
        if (ask?.method !== "PATCH" || !isFirst) return;
        isFirst = false;
        // Meanwhile somebody makes one by hand, with an id of its own; and the service asks for a pause.
        await centre
            .administrator()
            .api.ask(`contacts(${user(900).id})`, {
                method: "PATCH",
                headers: { "If-None-Match": "*" },
                body: { firstname: "By", lastname: "Hand", emailaddress1: user(1).address },
            });
        await Promise.reject(new Refusal("Too many requests.", 429, "0x80072322", 300_000));
    });
    const { outcomes } = await run(by, [user(1)]);
    expect(by.waits).toContain(300_000);
    expect(outcomes.get(user(1).id)).toEqual({ kind: "kept", standing: "linked" });
    expect(await centre.contacts(`emailaddress1 eq '${user(1).address}'`)).toHaveLength(1);
});

test("a contact that the service refuses is told with its words, and the others are made", async () => {
    await centre.fault({
        method: "PATCH",
        status: 400,
        code: "0x80040265",
        message: "A plug-in wants a phone number.",
        after: 3,
        times: 1,
    });
    const { end, number, outcomes } = await run(centre.administrator(), SOME);
    expect(end).toEqual({ kind: "done" });
    expect(number("created")).toBe(119);
    expect([...outcomes.values()].find(({ kind }) => kind === "refused")).toEqual({
        kind: "refused",
        words: "A plug-in wants a phone number.",
    });
});

test("cancelled: what has begun is finished and told, no further request is made", async () => {
    const cancelling = new AbortController();
    const by = centre.administrator();
    let seen = 0;
    const { end, number } = await run(by, SOME, cancelling.signal, () => {
        if (++seen === 10) cancelling.abort();
    });
    expect(end).toEqual({ kind: "cancelled" });
    const created = number("created");
    expect(created).toBeGreaterThanOrEqual(10);
    expect(created).toBeLessThanOrEqual(14);
    expect(number("not-done")).toBe(120 - created);
    expect(await ofSome()).toBe(created);
    expect(by.asked.filter((one) => one.startsWith("PATCH"))).toHaveLength(created);
});

test("who has one by now, several, or an id that is taken, is kept as he is", async () => {
    await run(centre.administrator(), [user(1), user(2)]);
    const taken = user(2, { address: "somebody.new@contoso.example" });
    const { outcomes } = await run(centre.administrator(), [user(1), taken, user(3, { address: "no address" })]);
    expect(outcomes.get(user(1).id)).toEqual({ kind: "kept", standing: "linked" });
    expect(outcomes.get(taken.id)).toEqual({ kind: "kept", standing: "taken" });
    expect(outcomes.get(user(3).id)).toEqual({ kind: "kept", standing: "unusable" });
    expect(await centre.contacts("emailaddress1 eq 'somebody.new@contoso.example'")).toEqual([]);
});

test("an id that somebody takes between the look and the making is told, not overwritten", async () => {
    let isFirst = true;
    const by = centre.administrator(async (path, ask) => {
        if (ask?.method !== "PATCH" || !isFirst) return;
        isFirst = false;
        await centre
            .administrator()
            .api.ask(path, {
                method: "PATCH",
                headers: { "If-None-Match": "*" },
                body: { firstname: "Other", lastname: "Person", emailaddress1: "other@contoso.example" },
            });
    });
    const { outcomes } = await run(by, [user(1)]);
    expect(outcomes.get(user(1).id)).toEqual({ kind: "kept", standing: "taken" });
    expect(await centre.contacts("emailaddress1 eq 'other@contoso.example'")).toHaveLength(1);
});

test("a pause that one is told to make holds for all, and after it all are looked at anew", async () => {
    const users = SOME.slice(0, 12);
    let isFirst = true;
    let imported: Promise<void> | undefined;
    const importAll = async (): Promise<void> => {
        const other = centre.administrator().api;
        for (const [index, { address }] of users.entries())
            await other.ask(`contacts(${user(900 + index).id})`, {
                method: "PATCH",
                headers: { "If-None-Match": "*" },
                body: { lastname: "Import", emailaddress1: address },
            });
    };
    const by: Administrator = centre.administrator(async (_path, ask) => {
        if (ask?.method === "PATCH" && isFirst) {
            isFirst = false;
            throw new Refusal("Too many requests.", 429, "0x80072322", 300_000);
        }
        // While the service wants to be left alone, somebody imports contacts for everybody.
        if (by.now() >= 300_000) await (imported ??= importAll());
    });
    const { end, number } = await run(by, users);
    expect(end).toEqual({ kind: "done" });
    // Those that were on their way with the first were sent before anybody knew.
    expect(number("created")).toBeLessThanOrEqual(3);
    expect(number("created") + number("kept")).toBe(12);
    expect(await centre.contacts("startswith(emailaddress1,'user')")).toHaveLength(12 + number("created"));
});

test.each([
    ["contacts that are made", (index: number) => (index % 5 ? undefined : 403)],
    ["refusals of other kinds", (index: number) => (index % 2 ? 400 : 403)],
])("users without permission, with %s in between, end no run", async (_name, statusOf) => {
    const users = SOME.slice(0, 16);
    const by = centre.administrator(async (path, ask) => {
        const status = ask?.method === "PATCH" ? statusOf(users.findIndex(({ id }) => path.includes(id))) : undefined;
        if (status) await Promise.reject(new Refusal("No.", status, "", undefined));
    });
    const { end, number } = await run(by, users);
    expect(end).toEqual({ kind: "done" });
    expect(number("not-done")).toBe(0);
});

test("a service that refuses everybody ends the run; refusals between failures do not make them many", async () => {
    await centre.fault({ method: "PATCH", status: 500, code: "0x80044150", message: "SQL error" });
    const by = centre.administrator();
    const { end, number } = await run(by, SOME);
    expect(end).toEqual({ kind: "refused", words: "SQL error" });
    expect(number("refused")).toBeGreaterThanOrEqual(20);
    expect(number("refused")).toBeLessThanOrEqual(23);
    expect(number("refused") + number("not-done")).toBe(120);
});

test("what is being looked at when the service fails is not done, and told so", async () => {
    await centre.fault({ table: "contact", method: "GET", status: 503 });
    const { end, number } = await run(centre.administrator(), [user(1), user(2)]);
    expect(end).toEqual({ kind: "busy" });
    expect(number("not-done")).toBe(2);
});

test("a source that fails ends the run with its reason", async () => {
    async function* failing(): AsyncGenerator<readonly User[]> {
        yield [user(1)];
        await Promise.reject(new Refusal("No.", 403, "", undefined));
    }
    const results: Result[] = [];
    const by = centre.administrator();
    const end = await createContacts(failing(), by.service, by.walk, never, by.now, (result) => results.push(result));
    expect(end).toEqual({ kind: "no-privilege", words: "No." });
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(["created"]);
});

describe("the walk", () => {
    test("goes through everyone once, page by page, and judges all", async () => {
        const by = centre.administrator();
        const ids = new Set<string>();
        let pages = 0;
        let total = 0;
        for (let link: string | undefined = ""; link !== undefined; pages++) {
            const page = await by.walk.page("", link, never);
            total = page.count ?? total;
            for (const { user: one } of page.rows) ids.add(one.id);
            link = page.next;
        }
        expect(pages).toBe(Math.ceil(total / 100));
        expect(ids.size).toBe(total);
        expect(total).toBeGreaterThan(1_900);
        // Two questions to a page.
        expect(by.asked).toHaveLength(2 * pages);
    });

    test("fills a page of the list from as many pages of the service as it needs, and goes on where it ended", async () => {
        const by = centre.administrator();
        const seen: string[] = [];
        for (let at = START as typeof START | undefined; at;) {
            const { rows, next } = await by.walk.fill("", at, ({ standing }) => standing === "several", 20, never);
            expect(rows.length).toBeLessThanOrEqual(20);
            if (next) expect(rows).toHaveLength(20);
            seen.push(...rows.map(({ user: { id } }) => id));
            at = next;
        }
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.length).toBeGreaterThan(40);
    });

    test("a next page is asked for at this page's own origin, whatever name the service calls itself by", async () => {
        const by = centre.administrator();
        const { createWalk } = await import("../../../../page/setup/walk");
        const page = await createWalk(by.service, "https://alias.example/api/data/v9.2/").page("", "", never);
        expect(page.next).toMatch(/^systemusers\?/);
        expect((await by.walk.page("", page.next ?? "", never)).rows).toHaveLength(100);
    });

    test("a next page that is no page of the service's is told, and not taken for the end", async () => {
        const { createWalk } = await import("../../../../page/setup/walk");
        const service = {
            ask: () => Promise.resolve({ value: [], "@odata.nextLink": "https://alias.example/elsewhere?x" }),
            askOnce: () => Promise.resolve(undefined),
            ready: () => Promise.resolve(),
        };
        await expect(createWalk(service, "https://alias.example/api/data/v9.2/").page("", "", never)).rejects.toThrow(
            "@odata.nextLink: /elsewhere",
        );
    });

    test("a next page that is the same page once more is told, and not asked for without end", async () => {
        const { createWalk } = await import("../../../../page/setup/walk");
        const answer = { value: [], "@odata.nextLink": "https://alias.example/api/data/v9.2/contacts?more" };
        let asked = 0;
        // Without an end the test would have none either.
        const ask = (): Promise<unknown> =>
            ++asked > 9 ? Promise.reject(new Error("asked without end")) : Promise.resolve(answer);
        const walk = createWalk(
            { ask, askOnce: ask, ready: () => Promise.resolve() },
            "https://alias.example/api/data/v9.2/",
        );
        await expect(walk.judge([user(1)], never)).rejects.toThrow("@odata.nextLink: contacts?more");
        await expect(walk.fill("", { link: "", skip: 0 }, () => true, 9, never)).rejects.toThrow(
            "@odata.nextLink: contacts?more",
        );
    });

    test("contacts that come in several pages are all looked at", async () => {
        const { createWalk } = await import("../../../../page/setup/walk");
        const asked: string[] = [];
        const contact = (id: string) => ({
            contactid: id,
            fullname: id,
            emailaddress1: user(1).address,
            statecode: 0,
            statuscode: 1,
        });
        const service = {
            ask: (path: string) => {
                asked.push(path);
                return Promise.resolve(
                    path.endsWith("more")
                        ? { value: [contact("c2")] }
                        : { value: [contact("c1")], "@odata.nextLink": "/api/data/v9.2/contacts?more" },
                );
            },
            askOnce: () => Promise.resolve(undefined),
            ready: () => Promise.resolve(),
        };
        const [row] = await createWalk(service, "https://alias.example/api/data/v9.2/").judge([user(1)], never);
        expect(row?.standing).toBe("several");
        expect(asked).toHaveLength(2);
    });

    test("addresses that are too long for one question are asked for in several", async () => {
        const by = centre.administrator();
        const users = Array.from({ length: 100 }, (_, index) =>
            user(index + 1, { address: `${"é".repeat(60)}${index}@contoso.example` }),
        );
        const rows = await by.walk.judge(users, never);
        expect(rows.map(({ user: { id } }) => id)).toEqual(users.map(({ id }) => id));
        expect(by.asked).toHaveLength(2);
        for (const path of by.asked) expect(path.length).toBeLessThan(32_768);
    });

    test("a search narrows, by name and by address", async () => {
        const { walk } = centre.administrator();
        const { rows, count } = await walk.page("o'brien", "", never);
        expect(rows.length).toBeGreaterThan(0);
        expect(count).toBe(rows.length);
        for (const { user: one } of rows) expect(`${one.name} ${one.address}`.toLowerCase()).toContain("o'brien");
    });
});

describe("patience", () => {
    const refusal = (status: number, waitMs?: number): Refusal => new Refusal(`HTTP ${status}`, status, "", waitMs);
    function failing(...errors: Error[]) {
        const waits: number[] = [];
        let asked = 0;
        let time = 0;
        const service = createService({
            ask: () => {
                const error = errors[asked++];
                return error ? Promise.reject(error) : Promise.resolve("answer");
            },
            now: () => time,
            wait: (milliseconds) => {
                waits.push(milliseconds);
                time += milliseconds;
                return Promise.resolve();
            },
            online: () => Promise.resolve(),
        });
        return { service, waits, asked: () => asked };
    }

    test.each([429, 502, 503, 504])("HTTP %d is asked again after waits that double", async (status) => {
        const { service, waits } = failing(refusal(status), refusal(status), refusal(status));
        await expect(service.ask("x", never)).resolves.toBe("answer");
        expect(waits).toEqual([1_000, 2_000, 4_000]);
    });

    test("it is given up after six tries", async () => {
        const { service, waits, asked } = failing(...Array.from({ length: 9 }, () => new Error("web-api-blocked")));
        const error: unknown = await service.ask("x", never).catch((one: unknown) => one);
        expect(reasonOf(error)).toEqual({ kind: "unreachable" });
        expect(asked()).toBe(6);
        expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
        // Who asks next waits for nothing.
        await service.ready(never);
        expect(waits).toHaveLength(5);
    });

    test.each([400, 403, 404, 412, 500])("HTTP %d is an answer: not asked again", async (status) => {
        const { service, asked } = failing(refusal(status));
        await expect(service.ask("x", never)).rejects.toBeInstanceOf(Refusal);
        expect(asked()).toBe(1);
    });

    test("without a network nothing is asked until there is one", async () => {
        const asked: string[] = [];
        let connect = (): void => undefined;
        const service = createService({
            ask: (path) => {
                asked.push(path);
                return Promise.resolve("answer");
            },
            now: () => 0,
            wait: () => Promise.resolve(),
            online: () => new Promise((resolve) => (connect = resolve)),
        });
        const answer = service.ask("x", never);
        await new Promise(setImmediate);
        expect(asked).toEqual([]);
        connect();
        await expect(answer).resolves.toBe("answer");
    });

    /** A service whose first answers are these refusals; time stands until it is moved. */
    function waiting(...refusals: Refusal[]) {
        let time = 0;
        const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
        const asked: string[] = [];
        const service = createService({
            ask: (path) => {
                asked.push(path);
                const error = refusals.shift();
                return error ? Promise.reject(error) : Promise.resolve("answer");
            },
            now: () => time,
            wait: (milliseconds, signal) =>
                new Promise((wake) => {
                    sleepers.push({ until: time + milliseconds, wake });
                    signal.addEventListener("abort", () => wake());
                }),
            online: () => Promise.resolve(),
        });
        const settle = (): Promise<void> => new Promise(setImmediate);
        return {
            service,
            asked,
            settle,
            advance: async (milliseconds: number): Promise<void> => {
                time += milliseconds;
                for (const { until, wake } of sleepers) if (until <= time) wake();
                await settle();
            },
        };
    }

    test("nobody asks while one has been told to wait, and a shorter wait does not end a longer one", async () => {
        const { service, asked, settle, advance } = waiting(refusal(429, 300_000), refusal(503));
        void service.ask("first", never);
        void service.ask("second", never);
        await settle();
        expect(asked).toEqual(["first", "second"]);
        void service.ask("third", never);
        await advance(299_000);
        expect(asked).toHaveLength(2);
        await advance(1_000);
        expect(asked.slice(2).sort()).toEqual(["first", "second", "third"]);
    });

    test("the wait holds for all, even if who was told to wait has given up", async () => {
        const { service, asked, settle, advance } = waiting(refusal(429, 60_000));
        const cancelling = new AbortController();
        const first = service.ask("first", cancelling.signal).catch((error: unknown) => reasonOf(error));
        await settle();
        cancelling.abort();
        expect(await first).toEqual({ kind: "cancelled" });
        void service.ask("second", never);
        await advance(59_000);
        expect(asked).toEqual(["first"]);
        await advance(1_000);
        expect(asked).toEqual(["first", "second"]);
    });

    test("who is cancelled while waiting for another's pause goes at once, and asks nothing", async () => {
        const { service, asked, settle } = waiting(refusal(429, 60_000));
        void service.ask("first", never);
        await settle();
        const cancelling = new AbortController();
        const second = service.ask("second", cancelling.signal).catch((error: unknown) => reasonOf(error));
        await settle();
        cancelling.abort();
        expect(await second).toEqual({ kind: "cancelled" });
        expect(asked).toEqual(["first"]);
    });
});
