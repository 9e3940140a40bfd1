// Covers page/setup/contacts: what an administrator does and sees, step by step, on the demo's Dataverse.
import { createList, ROWS } from "../../../../page/setup/contacts";
import type { Contacts, ContactsState } from "../../../../page/setup/contacts";
import { toCsv } from "../../../../page/setup/csv";
import { readingOf } from "../../../../page/setup/privilege";
import { toReport } from "../../../../page/setup/report";
import { startCentre } from "./fixtures";
import type { Administrator, Centre } from "./fixtures";

// Hundreds of requests over a real wire: on a loaded machine that took more than Jest's five seconds.
jest.setTimeout(60_000);

let centre: Centre;
let by: Administrator;
let list: Contacts;
beforeEach(async () => {
    centre = await startCentre();
    await centre.staff(400);
    by = centre.administrator();
    list = createList(by.service, by.walk, by.now);
});
afterEach(async () => {
    list.end();
    await centre.close();
});

const until = (isSo: (state: ContactsState) => boolean): Promise<void> =>
    new Promise((resolve) => {
        if (isSo(list.state)) return resolve();
        const stop = list.subscribe(() => {
            if (!isSo(list.state)) return;
            stop();
            resolve();
        });
    });
const shown = (): Promise<void> => until(({ list: { kind } }) => kind === "shown");
const rows = () => (list.state.list.kind === "shown" ? list.state.list.rows : []);

test("pages go forth and back, and end", async () => {
    await list.reload();
    const first = rows().map(({ user: { id } }) => id);
    expect(first).toHaveLength(ROWS);
    list.next();
    await shown();
    const second = rows().map(({ user: { id } }) => id);
    expect(second.filter((id) => first.includes(id))).toEqual([]);
    expect(list.state.page).toBe(2);
    list.previous();
    await shown();
    expect(rows().map(({ user: { id } }) => id)).toEqual(first);
    const all = new Set(first);
    for (let more = true; more;) {
        list.next();
        await shown();
        for (const {
            user: { id },
        } of rows())
            all.add(id);
        more = list.state.list.kind === "shown" && list.state.list.hasNext;
    }
    list.count();
    await until(({ count: { kind } }) => kind === "done");
    expect(all.size).toBe(list.state.count.seen);
});

test("counts grow as a progress, and add up", async () => {
    const seen: number[] = [];
    list.subscribe(() => seen.push(list.state.count.seen));
    list.count();
    await until(({ count: { kind } }) => kind === "done");
    const { count } = list.state;
    expect(seen).toContain(100);
    expect(count.total).toBe(count.seen);
    expect(Object.values(count.by).reduce((sum, number) => sum + number, 0)).toBe(count.seen);
    for (const standing of ["linked", "none", "not-found", "several", "taken"] as const)
        expect([standing, count.by[standing] > 0]).toEqual([standing, true]);
});

test("counting is stopped, and begun anew", async () => {
    list.count();
    await until(({ count: { seen } }) => seen >= 100);
    list.stopCounting();
    expect(list.state.count).toMatchObject({ kind: "stopped", reason: { kind: "cancelled" } });
    const { seen } = list.state.count;
    await new Promise((later) => setTimeout(later, 100));
    expect(list.state.count.seen).toBe(seen);
    list.count();
    await until(({ count: { kind } }) => kind === "done");
});

test("a filter and a search start over on page 1", async () => {
    await list.reload();
    list.next();
    await shown();
    list.filter("missing");
    await shown();
    expect(list.state.page).toBe(1);
    expect(new Set(rows().map(({ standing }) => standing))).toEqual(new Set(["none"]));
    list.filter("attention");
    await shown();
    expect(rows().every(({ standing }) => standing !== "none" && standing !== "linked")).toBe(true);
    list.search("nobody is called this");
    await shown();
    expect(rows()).toEqual([]);
});

test("a list that cannot be read says why, and is there once it can be", async () => {
    await centre.fault({ privilege: true, table: "contact" });
    await list.reload();
    expect(list.state.list).toMatchObject({ kind: "failed", reason: { kind: "no-privilege" } });
    await centre.mend();
    await list.reload();
    expect(rows()).toHaveLength(ROWS);
});

test("those selected are shown first, made, told, and no longer missing", async () => {
    list.filter("missing");
    await shown();
    const two = rows().slice(0, 2);
    list.select(two, true);
    // Who has a contact cannot be selected.
    list.select([{ ...two[0], standing: "linked", user: { ...two[0]?.user, id: "other" } } as never], true);
    expect(list.state.selected.size).toBe(2);
    list.prepare(false);
    expect(list.state.run).toMatchObject({ kind: "preview", all: false, users: two.map(({ user }) => user) });
    list.create();
    await until(({ run: { kind } }) => kind === "over");
    expect(list.state.run).toMatchObject({
        kind: "over",
        end: { kind: "done" },
        sums: { created: 2, linked: 0, toCheck: 0, refused: 0, notDone: 0 },
    });
    expect(list.state.selected.size).toBe(0);
    list.dismiss();
    expect(list.state.run).toEqual({ kind: "none" });
    await shown();
    expect(rows().map(({ user: { id } }) => id)).not.toContain(two[0]?.user.id);
});

test("all who have none get one, wherever they stand; whoever needs a look is left alone", async () => {
    list.count();
    await until(({ count: { kind } }) => kind === "done");
    const before = list.state.count.by;
    list.prepare(true);
    await until(({ run: { kind } }) => kind === "preview");
    expect(list.state.run).toMatchObject({ all: true, users: { length: 10 } });
    list.create();
    const expected: (number | undefined)[] = [];
    list.subscribe(() => list.state.run.kind === "running" && expected.push(list.state.run.expected));
    await until(({ run: { kind } }) => kind === "over");
    expect(expected[0]).toBe(before.none);
    expect(list.state.run).toMatchObject({
        end: { kind: "done" },
        sums: { created: before.none, linked: 0, toCheck: 0 },
    });
    await until(({ count: { kind } }) => kind === "running");
    await until(({ count: { kind } }) => kind === "done");
    expect(list.state.count.by).toEqual({ ...before, none: 0, linked: before.linked + before.none });
    list.prepare(true);
    await until(({ run: { kind } }) => kind === "preview");
    expect(list.state.run).toMatchObject({ users: [] });
});

test("a run for all is cancelled: what is made stays, and the next one does the rest", async () => {
    list.prepare(true);
    await until(({ run: { kind } }) => kind === "preview");
    list.create();
    await until(({ run }) => run.kind === "running" && run.created >= 5);
    list.stopCreating();
    expect(list.state.run).toMatchObject({ kind: "running", isStopping: true });
    // A running dialog cannot be closed.
    list.dismiss();
    expect(list.state.run.kind).toBe("running");
    await until(({ run: { kind } }) => kind === "over");
    const { run } = list.state;
    if (run.kind !== "over") throw new Error("It is over.");
    expect(run.end).toEqual({ kind: "cancelled" });
    expect(run.sums.created).toBeGreaterThanOrEqual(5);
    expect(run.sums.created + run.sums.notDone).toBe(run.results.length);
    await until(({ count: { kind } }) => kind === "running");
    await until(({ count: { kind } }) => kind === "done");
    const { none } = list.state.count.by;
    list.prepare(true);
    await until(({ run: { kind } }) => kind === "preview");
    list.create();
    await until(({ run: { kind } }) => kind === "over");
    expect(list.state.run).toMatchObject({ end: { kind: "done" }, sums: { created: none, notDone: 0 } });
});

test("all is all that a search finds, where there is one", async () => {
    list.search("ciarán");
    await shown();
    list.prepare(true);
    await until(({ run: { kind } }) => kind === "preview");
    expect(list.state.run).toMatchObject({ all: true, search: "ciarán" });
    list.create();
    await until(({ run: { kind } }) => kind === "over");
    const { run } = list.state;
    if (run.kind !== "over") throw new Error("It is over.");
    expect(run.sums.created).toBeGreaterThan(0);
    expect(run.results.every(({ user: { name, address } }) => /ciar[aá]n/i.test(name + address))).toBe(true);
});

test("selected long ago: who is no enabled user with an address any more gets nothing, and who is not reached stays selected", async () => {
    list.filter("missing");
    await shown();
    const [one, other] = rows();
    list.select(
        [one, { ...other, user: { ...other?.user, id: "00000000-0000-4000-8000-000000000999" } }] as never,
        true,
    );
    list.prepare(false);
    list.create();
    await until(({ run: { kind } }) => kind === "over");
    expect(list.state.run).toMatchObject({ sums: { created: 1, toCheck: 1 } });
    expect(list.state.selected.size).toBe(0);
    list.dismiss();
    await shown();
    list.select(rows().slice(0, 3), true);
    await centre.fault({ html: true, method: "PATCH" });
    list.prepare(false);
    list.create();
    await until(({ run: { kind } }) => kind === "over");
    expect(list.state.run).toMatchObject({ end: { kind: "signed-out" }, sums: { created: 0, notDone: 3 } });
    expect(list.state.selected.size).toBe(3);
    list.clearSelection();
    expect(list.state.selected.size).toBe(0);
});

test.each([
    ["Global", "all"],
    ["Deep", "limited"],
    ["Basic", "limited"],
])("who may read contacts at the depth %s sees %s", async (depth, reading) => {
    await centre.depth(depth);
    await list.readPrivilege();
    expect(list.state.reading).toBe(reading);
    list.prepare(true);
    expect(list.state.run.kind).toBe(reading === "all" ? "preparing" : "none");
});

test("a role that turns out to be limited while the preview stands makes nothing", async () => {
    await centre.depth("Local");
    list.prepare(true);
    await until(({ run: { kind } }) => kind === "preview");
    await list.readPrivilege();
    list.create();
    expect(list.state.run.kind).toBe("preview");
    expect(by.asked.filter((one) => one.startsWith("PATCH"))).toEqual([]);
});

test("a depth that cannot be found out is unknown", async () => {
    await centre.fault({ status: 404, table: "WhoAmI" });
    await list.readPrivilege();
    expect(list.state.reading).toBe("unknown");
    // It is asked again when it matters.
    await centre.mend();
    list.prepare(true);
    await until(({ reading }) => reading === "all");
});

test("who has got a contact meanwhile is no longer selected", async () => {
    list.filter("missing");
    await shown();
    const [one] = rows();
    list.select(rows().slice(0, 2), true);
    await centre
        .administrator()
        .api.ask(`contacts(${one?.user.id ?? ""})`, {
            method: "PATCH",
            headers: { "If-None-Match": "*" },
            body: { lastname: "By hand", emailaddress1: one?.user.address },
        });
    list.filter("all");
    await shown();
    list.search(one?.user.address ?? "");
    await shown();
    expect(rows().map(({ standing }) => standing)).toEqual(["linked"]);
    expect([...list.state.selected.keys()]).not.toContain(one?.user.id);
    expect(list.state.selected.size).toBe(1);
});

test("where the service counts no further, no end is told", async () => {
    await centre.staff(5_200);
    list.count();
    await until(({ count: { seen } }) => seen >= 200);
    expect(list.state.count.total).toBeUndefined();
    list.stopCounting();
});

test.each([
    [3, "all"],
    [2, "limited"],
    [undefined, "limited"],
])("a depth that is told as the number %s means %s", async (Depth, reading) => {
    const ask = (path: string): Promise<unknown> =>
        Promise.resolve(path === "WhoAmI" ? { UserId: "u" } : { RolePrivileges: [{ Depth }] });
    expect(await readingOf({ ...by.service, ask }, new AbortController().signal)).toBe(reading);
});

test("once the page is left, nothing is asked any more", async () => {
    list.end();
    const asked = by.asked.length;
    await list.reload();
    list.count();
    await new Promise((later) => setTimeout(later, 50));
    expect(by.asked).toHaveLength(asked);
});

test("a preparation that fails says why", async () => {
    await centre.fault({ html: true });
    list.prepare(true);
    await until(({ run: { kind } }) => kind === "over");
    expect(list.state.run).toMatchObject({ end: { kind: "signed-out" }, results: [] });
});

test("the list to download holds no formula, whatever people are called, and wherever a spreadsheet cuts", () => {
    const user = {
        id: "1",
        firstName: "",
        lastName: "",
        name: '=HYPERLINK("https://x")',
        address: "+1@contoso.example",
    };
    const results = [
        { user, outcome: { kind: "refused", words: '-1, "no"\nnever' } },
        { user: { ...user, name: "Foo;=1+1" }, outcome: { kind: "created" } },
    ] as const;
    const tell = ({ outcome }: (typeof results)[number]): string => outcome.kind;
    const csv = (language: string): string[] =>
        toCsv(results, ["User", "Email", "ID", "Result", "Words"], tell as never, language).split("\r\n");
    expect(csv("en")).toEqual([
        '\uFEFF"User","Email","ID","Result","Words"',
        `"'=HYPERLINK(""https://x"")","'+1@contoso.example","1","refused","'-1, ""no""\nnever"`,
        `"Foo;'=1+1","'+1@contoso.example","1","created",""`,
    ]);
    const wild = { ...user, name: "\t=1", address: 'a,"=1+1,b', id: "\r\n@x" };
    expect(
        toCsv([{ user: wild, outcome: { kind: "created" } }], ["User"], tell as never, "de").split('"User"\r\n')[1],
    ).toBe(`"\t'=1";"a,""'=1+1,b";"\r\n'@x";"created";""`);
    const cellOf = (name: string): string | undefined =>
        toCsv([{ user: { ...user, name }, outcome: { kind: "created" } }], ["User"], tell as never, "en")
            .split('\r\n"')[1]
            ?.split('","')[0];
    for (const before of ["", "\0", "\v", "\f", "\u3000", "\u00a0", "\u0085", "\u200b", "\ufeff", " \0\u3000 "])
        for (const sign of "=+-@＝＋－＠") expect(cellOf(`${before}${sign}1`)).toBe(`${before}'${sign}1`);
    for (const name of ["a=1", "Anne-Marie", "a ＝ b", "\u3000Yamada"]) expect(cellOf(name)).toBe(name);
    // In time that grows with the length: a minute and more otherwise.
    for (const long of ["\n", " ", "\u3000", ";", "\0"])
        expect(cellOf(`a${long.repeat(400_000)}`)).toHaveLength(400_001);
    expect(csv("de")[0]).toBe('\uFEFF"User";"Email";"ID";"Result";"Words"');
});

test("the report tells how things stand, and of nobody", () => {
    const report = toReport(
        [
            {
                id: "snippet",
                state: "good",
                outcome: "valid",
                lines: ["data-app-id: c8a5f2e4-3d17-4b90-8e6a-91f04d2b7c55"],
            },
            {
                id: "version",
                state: "unknown",
                outcome: "unreadable",
                reason: {
                    kind: "no-privilege",
                    words: "Principal user (Id=a1b6c0de-0001-4e5a-9d10-000000000001, alex.wilber@contoso.example) is missing prvReadSolution privilege",
                },
            },
            {
                id: "page",
                state: "attention",
                outcome: "wrong",
                told: [{ key: "page_wrong_name", value: "mail=alex.wilber@contoso.example" }],
            },
        ],
        { ...list.state.count, kind: "stopped", reason: { kind: "busy" } },
        "1.2.3",
        "contoso.crm.dynamics.com",
        "2026-11-26T00:00:00Z",
    );
    expect(report).toContain("Chat with an agent 1.2.3, contoso.crm.dynamics.com, 2026-11-26T00:00:00Z");
    expect(report).toContain("data-app-id: c8a5f2e4-3d17-4b90-8e6a-91f04d2b7c55");
    expect(report).toContain("users: 0 (stopped, busy) linked=0 none=0");
    expect(report).not.toMatch(/@|a1b6c0de/);
    // In time that grows with the length: minutes otherwise.
    const long = `${"a".repeat(400_000)} x@${"b".repeat(400_000)}`;
    const told = toReport(
        [{ id: "page", state: "attention", outcome: "wrong", lines: [long, "a@b@c <a@b>,'c@d'"] }],
        list.state.count,
        "1",
        "",
        "",
    );
    expect(told.split("\n").slice(2, 4)).toEqual([`  ${"a".repeat(400_000)} …`, "  … <…>,'…'"]);
});
