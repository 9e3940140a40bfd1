// Covers the views of page/setup: what stands on the screen in every state, its names and roles, and what pressing
// does.
import { act, fireEvent, render, screen, within } from "@testing-library/react";
import axe from "axe-core";
import * as React from "react";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { below, child, parseXml } from "../../tools/pack/xml.mjs";
import type { Check } from "../../page/setup/checks";
import type { Contacts, ContactsState, Run } from "../../page/setup/contacts";
import type { Row, Standing, User } from "../../page/setup/directory";
import { STANDINGS } from "../../page/setup/directory";
import { SetupPage } from "../../page/setup/SetupPage";
import type { SetupPageProps } from "../../page/setup/SetupPage";

const read = (path: string): [string, string][] =>
    below(parseXml(readFileSync(join(__dirname, "../..", path)), path), "data").map((one) => [
        one.getAttribute("name") ?? "",
        child(one, "value")?.textContent ?? "",
    ]);
const TEXTS = new Map([
    ...read("ChatWithAgent/strings/ChatWithAgent.1033.resx").filter(([key]) => /^(?:issue_|page_wrong_)/.test(key)),
    ...read("page/setup/strings/Setup.1033.resx"),
]);
/** As the page has them; a key that has no text fails the test. */
const texts = (key: string): string => {
    const text = TEXTS.get(key);
    if (text === undefined) throw new Error(`There is no text ${key}.`);
    return text;
};

const user = (number: number): User => ({
    id: `u${number}`,
    name: `Name ${number}`,
    firstName: "Name",
    lastName: String(number),
    address: `n${number}@contoso.example`,
});
const row = (standing: Standing, number: number): Row => ({
    user: user(number),
    standing,
    contacts:
        standing === "none" || standing === "unusable"
            ? []
            : [
                  {
                      id: `c${number}`,
                      name: `Contact ${number}`,
                      address: "",
                      isLinkable: standing === "linked" || standing === "several",
                      isActive: standing !== "not-found",
                  },
              ],
});
const ROWS = STANDINGS.map(row);
const BY = { linked: 1, none: 1, "not-found": 1, several: 1, taken: 1, unusable: 1 };
const STATE: ContactsState = {
    list: { kind: "shown", rows: ROWS, hasNext: true },
    page: 1,
    filter: "all",
    search: "",
    selected: new Map(),
    count: { kind: "done", seen: 1_234, by: { ...BY, linked: 1_229 } },
    run: { kind: "none" },
    reading: "all",
};

function storeOf(first: Partial<ContactsState>) {
    let state: ContactsState = { ...STATE, ...first };
    const listeners = new Set<() => void>();
    const store = {
        get state() {
            return state;
        },
        subscribe: (changed: () => void) => {
            listeners.add(changed);
            return () => listeners.delete(changed);
        },
        search: jest.fn(),
        filter: jest.fn(),
        next: jest.fn(),
        previous: jest.fn(),
        reload: jest.fn(() => Promise.resolve()),
        select: jest.fn(),
        clearSelection: jest.fn(),
        readPrivilege: jest.fn(() => Promise.resolve()),
        count: jest.fn(),
        stopCounting: jest.fn(),
        prepare: jest.fn(),
        dismiss: jest.fn(),
        create: jest.fn(),
        stopCreating: jest.fn(),
        end: jest.fn(),
    };
    return {
        store: store satisfies Contacts,
        set: (part: Partial<ContactsState>) =>
            act(() => {
                state = { ...state, ...part };
                for (const listener of listeners) listener();
                jest.advanceTimersByTime(50);
            }),
    };
}

const CHECKS: readonly Check[] = [
    { id: "version", state: "attention", outcome: "other", values: { own: "1.0.0", installed: "1.1.0" } },
    { id: "snippet", state: "wrong", outcome: "invalid", told: [{ key: "issue_not-a-snippet", value: "hello" }] },
    { id: "hosts", state: "good", outcome: "listed", lines: ["a.example", "b.example"] },
    { id: "page", state: "unknown", outcome: "unreadable", reason: { kind: "no-privilege", words: "You may not." } },
    { id: "service", state: "wrong", outcome: "authentication", values: { host: "hub.example" } },
    { id: "service", state: "attention", outcome: "survey", values: { host: "hub.example" } },
    { id: "variable", state: "unknown", outcome: "unreadable", reason: { kind: "unreachable" } },
    { id: "policy", state: "note", outcome: "lines", lines: ["script-src https://a.example"] },
];

const onCheck = jest.fn();
const onCopy = jest.fn();
const onDownload = jest.fn();

function show(first: Partial<ContactsState> = {}, more: Partial<SetupPageProps> = {}) {
    const made = storeOf(first);
    const { container } = render(
        <SetupPage
            texts={texts}
            isRtl={false}
            checks={CHECKS}
            isChecking={false}
            onCheck={onCheck}
            onCopy={onCopy}
            copied=""
            contacts={made.store}
            onDownload={onDownload}
            {...more}
        />,
    );
    act(() => {
        jest.advanceTimersByTime(50);
    });
    return { ...made, container };
}

beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
});
afterEach(() => jest.useRealTimers());

const RUNS: readonly [string, Run][] = [
    ["preparing", { kind: "preparing" }],
    ["a preview of those selected", { kind: "preview", all: false, users: [user(1), user(2)] }],
    ["a preview of all", { kind: "preview", all: true, search: "", users: [user(1)] }],
    ["a preview of nobody", { kind: "preview", all: true, search: "x", users: [] }],
    ["a run", { kind: "running", done: 3, expected: 10, created: 2, isStopping: false }],
    ["a run that is stopping", { kind: "running", done: 3, created: 2, isStopping: true }],
    [
        "a result",
        {
            kind: "over",
            end: { kind: "done" },
            sums: { created: 1, linked: 1, toCheck: 0, refused: 1, notDone: 0 },
            results: [
                { user: user(1), outcome: { kind: "created" } },
                { user: user(2), outcome: { kind: "kept", standing: "linked" } },
                { user: user(3), outcome: { kind: "refused", words: "A plug-in says no." } },
            ],
        },
    ],
    [
        "a result of a run that stopped",
        {
            kind: "over",
            end: { kind: "signed-out" },
            sums: { created: 0, linked: 0, toCheck: 0, refused: 0, notDone: 1 },
            results: [{ user: user(1), outcome: { kind: "not-done" } }],
        },
    ],
    [
        "a run that never began",
        {
            kind: "over",
            end: { kind: "unreachable" },
            sums: { created: 0, linked: 0, toCheck: 0, refused: 0, notDone: 0 },
            results: [],
        },
    ],
];
const PARTS: readonly [string, Partial<ContactsState>, Partial<SetupPageProps>][] = [
    ["everything there", {}, {}],
    [
        "everything on its way",
        { list: { kind: "loading" }, count: { kind: "running", seen: 0, by: BY } },
        { checks: [], isChecking: true },
    ],
    ["counting", { count: { kind: "running", seen: 100, total: 1_935, by: BY } }, {}],
    ["counting stopped", { count: { kind: "stopped", reason: { kind: "cancelled" }, seen: 100, by: BY } }, {}],
    [
        "failures",
        {
            list: { kind: "failed", reason: { kind: "no-privilege", words: "prvReadContact" } },
            count: { kind: "stopped", reason: { kind: "busy" }, seen: 0, by: BY },
        },
        {},
    ],
    ["nobody", { list: { kind: "shown", rows: [], hasNext: false } }, {}],
    ["right to left", {}, { isRtl: true, copied: "Copied" }],
    ...RUNS.map(([name, run]): [string, Partial<ContactsState>, Partial<SetupPageProps>] => [name, { run }, {}]),
];

test.each(PARTS)("%s: every text is there, and every place in it is filled", (_name, state, props) => {
    const { container } = show(state, props);
    expect(document.body.textContent).not.toMatch(/\{\w+\}/);
    expect(container.querySelector("main")).toBeTruthy();
});

// In a real browser, all states are looked through; here it takes its time, without a layout.
test.each(["everything there", "a preview of those selected", "failures"])(
    "%s has nothing for axe to complain of",
    async (wanted) => {
        const [, state, props] = PARTS.find(([name]) => name === wanted) ?? [];
        show(state, props);
        jest.useRealTimers();
        const { violations } = await axe.run(document.body, {
            rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
        });
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
    },
    120_000,
);

test("each check is told with its state, what was found, the service's words or ours, and why it matters", () => {
    const { container } = show();
    const check = (id: string): string =>
        [...container.querySelectorAll(`[data-check="${id}"]`)].map((one) => one.textContent).join("|");
    expect(check("version")).toContain("To check");
    expect(check("version")).toContain("The solution is version 1.1.0, and this page is version 1.0.0.");
    expect(check("snippet")).toContain("hello");
    expect(check("snippet")).toContain("Is not a widget snippet.");
    expect(check("hosts")).toContain("a.example\nb.example");
    expect(check("page")).toContain("You may not.");
    expect(check("variable")).toContain("Dataverse could not be reached. Check the connection.");
    expect(check("service").split("|")).toHaveLength(2);
    expect(container.textContent).not.toMatch(/\{\w+\}/);
    fireEvent.click(screen.getByRole("button", { name: "Check again" }));
    fireEvent.click(screen.getByRole("button", { name: "Copy a report for support" }));
    expect(onCheck).toHaveBeenCalledTimes(1);
    expect(onCopy).toHaveBeenCalledTimes(1);
});

test("counts are in the language's numbers, and each row says how its user stands and what to do", () => {
    const { container } = show();
    expect(container.querySelector("[data-count=linked]")?.textContent).toBe("Exactly one contact1,229");
    expect(screen.getByText("All users counted: 1,234")).toBeTruthy();
    const line = (standing: Standing): string =>
        container.querySelector(`tr[data-standing="${standing}"]`)?.textContent ?? "";
    expect(line("linked")).toBe("Name 0n0@contoso.exampleExactly one contactContact 0");
    expect(line("none")).toBe("Name 1n1@contoso.exampleNo contact");
    expect(line("not-found")).toContain("Contact 2 (inactive)Activate the contact");
    expect(line("several")).toContain("Merge them");
    expect(line("taken")).toContain("Contact 4 (custom status reason)A contact with this user's ID exists.");
    expect(line("unusable")).toContain("Correct it at the user.");
    expect(container.querySelector('tr[data-standing="several"] a')?.getAttribute("href")).toBe(
        "/main.aspx?pagetype=entityrecord&etn=contact&id=c3",
    );
});

test("only who has none can be selected, one by one and all of the page", () => {
    const { store, set } = show();
    const boxes = screen.getAllByRole("checkbox");
    expect(boxes.map((box) => box.getAttribute("aria-label"))).toEqual([
        "Select all without a contact on this page",
        "Select Name 1",
    ]);
    fireEvent.click(boxes[1] ?? document.body);
    expect(store.select).toHaveBeenLastCalledWith([ROWS[1]], true);
    fireEvent.click(boxes[0] ?? document.body);
    expect(store.select).toHaveBeenLastCalledWith([ROWS[1]], true);
    expect(screen.getByRole("button", { name: "Create for selected (0)…" }).getAttribute("aria-disabled")).toBe("true");
    set({ selected: new Map([["u1", user(1)]]) });
    fireEvent.click(screen.getByRole("button", { name: "Create for selected (1)…" }));
    expect(store.prepare).toHaveBeenLastCalledWith(false);
    fireEvent.click(screen.getByRole("button", { name: "Create for all without one…" }));
    expect(store.prepare).toHaveBeenLastCalledWith(true);
});

test("what is typed is searched for once nobody types any more; a filter at once", () => {
    const { store } = show();
    const search = screen.getByLabelText("Search by name or address");
    fireEvent.change(search, { target: { value: "o'b" } });
    fireEvent.change(search, { target: { value: "o'brien" } });
    expect(store.search).not.toHaveBeenCalled();
    act(() => {
        jest.advanceTimersByTime(400);
    });
    expect(store.search.mock.calls).toEqual([["o'brien"]]);
    fireEvent.change(screen.getByLabelText("Show"), { target: { value: "attention" } });
    expect(store.filter).toHaveBeenCalledWith("attention");
});

test("pages go where there are any, and the rows stay until the next are there", () => {
    const { store, set, container } = show();
    const previous = screen.getByRole("button", { name: "Previous" });
    const next = screen.getByRole("button", { name: "Next" });
    expect(previous.getAttribute("aria-disabled")).toBe("true");
    fireEvent.click(previous);
    expect(store.previous).not.toHaveBeenCalled();
    fireEvent.click(next);
    expect(store.next).toHaveBeenCalledTimes(1);
    set({ list: { kind: "loading" }, page: 2 });
    expect(container.querySelectorAll("tr[data-user]")).toHaveLength(ROWS.length);
    expect(next.getAttribute("aria-disabled")).toBe("true");
    set({ list: { kind: "shown", rows: [row("linked", 9)], hasNext: false } });
    expect(container.querySelectorAll("tr[data-user]")).toHaveLength(1);
    expect(next.getAttribute("aria-disabled")).toBe("true");
    fireEvent.click(previous);
    expect(store.previous).toHaveBeenCalledTimes(1);
});

test("failures are told where they are, with a way on", () => {
    const { store } = show({
        list: { kind: "failed", reason: { kind: "no-privilege", words: "prvReadContact" } },
        count: { kind: "stopped", reason: { kind: "signed-out" }, seen: 100, by: BY },
    });
    expect(screen.getByText(/Your security role does not allow this: prvReadContact/)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(store.reload).toHaveBeenCalledTimes(1);
    fireEvent.click(screen.getByRole("button", { name: "Count again" }));
    expect(store.count).toHaveBeenCalledTimes(1);
});

test("a preview says what will be written, and is carried out or left", () => {
    const { store } = show({
        run: {
            kind: "preview",
            all: false,
            users: [user(1), { ...user(2), lastName: "", name: "Reception", firstName: "" }],
        },
    });
    const dialog = screen.getByRole("dialog");
    expect(within(dialog).getByText("Contacts to be created: 2")).toBeTruthy();
    expect(
        within(dialog)
            .getAllByRole("row")
            .map((one) => one.textContent),
    ).toEqual(["First nameLast nameEmail", "Name1n1@contoso.example", "Receptionn2@contoso.example"]);
    fireEvent.click(within(dialog).getByRole("button", { name: "Create" }));
    expect(store.create).toHaveBeenCalledTimes(1);
    fireEvent.click(within(dialog).getByRole("button", { name: "Cancel" }));
    expect(store.dismiss).toHaveBeenCalled();
});

test("a run shows how far it is, and can be stopped once", () => {
    const { store, set } = show({ run: { kind: "running", done: 3, expected: 10, created: 2, isStopping: false } });
    expect(screen.getByText("Users done: 3. Contacts created: 2.")).toBeTruthy();
    expect(within(screen.getByRole("alertdialog")).getByRole("progressbar").getAttribute("aria-valuenow")).toBe("3");
    const cancel = within(screen.getByRole("alertdialog")).getByRole("button", { name: "Cancel" });
    fireEvent.click(cancel);
    expect(store.stopCreating).toHaveBeenCalledTimes(1);
    set({ run: { kind: "running", done: 4, expected: 10, created: 2, isStopping: true } });
    expect(screen.getByText("Stopping. What has begun will be completed.")).toBeTruthy();
    expect(cancel.getAttribute("aria-disabled")).toBe("true");
});

test("a result tells of everyone, and can be downloaded", () => {
    const run = RUNS.find(([name]) => name === "a result")?.[1];
    const { store } = show({ run: run ?? { kind: "none" } });
    const dialog = screen.getByRole("alertdialog");
    expect(within(dialog).getByRole("status").textContent).toBe("Everyone was looked at.");
    expect(
        within(dialog)
            .getAllByRole("row")
            .map((one) => one.textContent),
    ).toEqual([
        "UserResult",
        "Name 1Created",
        "Name 2Nothing created: Exactly one contact",
        "Name 3RefusedA plug-in says no.",
    ]);
    expect([...dialog.querySelectorAll("[data-figure]")].map((one) => one.textContent)).toEqual([
        "Created:1",
        "Have one by now:1",
        "To check:0",
        "Refused:1",
        "Not done:0",
    ]);
    fireEvent.click(within(dialog).getByRole("button", { name: "Download the list" }));
    expect(onDownload).toHaveBeenCalledWith(run?.kind === "over" ? run.results : []);
    fireEvent.click(within(dialog).getByRole("button", { name: "Close" }));
    expect(store.dismiss).toHaveBeenCalled();
});

test("who sees a part of the contacts only can create none, and is told why; who may see a part is asked to be sure", () => {
    const { set } = show({ reading: "limited", selected: new Map([["u1", user(1)]]) });
    expect(screen.getByText(/lets you read only a part of the contacts/)).toBeTruthy();
    for (const name of ["Create for selected (1)…", "Create for all without one…"])
        expect(screen.getByRole("button", { name }).getAttribute("aria-disabled")).toBe("true");
    set({ reading: "unknown", run: { kind: "preview", all: true, search: "smith", users: [user(1)] } });
    expect(screen.getByText(/Create only if you are sure/)).toBeTruthy();
    expect(screen.getByText(/found by the search “smith”/)).toBeTruthy();
});

test("as long as nobody knows whether all contacts can be seen, nothing is created", () => {
    const { store, set } = show({ run: { kind: "preview", all: false, users: [user(1)] } });
    set({ reading: "limited" });
    const create = within(screen.getByRole("dialog")).getByRole("button", { name: "Create" });
    fireEvent.click(create);
    expect(store.create).not.toHaveBeenCalled();
    expect(within(screen.getByRole("dialog")).getByText(/only a part of the contacts/)).toBeTruthy();
});

test("a selection can be cleared", () => {
    const { store } = show({ selected: new Map([["u1", user(1)]]) });
    fireEvent.click(screen.getByRole("button", { name: "Clear selection" }));
    expect(store.clearSelection).toHaveBeenCalledTimes(1);
});

test("a run that stopped says why, and what to do", () => {
    show({ run: RUNS.find(([name]) => name === "a result of a run that stopped")?.[1] ?? { kind: "none" } });
    expect(within(screen.getByRole("alertdialog")).getByRole("status").textContent).toBe(
        "The run stopped before the end. What is created stays; start again, and the rest is done. You are signed out. Reload the page to sign in.",
    );
});
