// What the agent gets: every variable at the contact centre exactly as specified, from the right record, and nothing
// of another.
import type { Page } from "@playwright/test";
import {
    destroy,
    events,
    expect,
    expectState,
    mount,
    outputs,
    snippet,
    test,
    USERS,
    widget,
    withInstance,
} from "./fixtures";
import type { Centre } from "./fixtures";
import { action, chat, control, expectOutputs } from "../steps";
import { column, deny, detail, details, USER_ROWS } from "../settings-steps";

const DEALS = [
    {
        id: "0bb00001-2222-4b4b-9c9c-000000000001",
        name: "40 espresso machines for the west coast",
        revenue: "$186,500.00",
        rating: "Hot",
        account: "Fourth Coffee",
        close: "3/27/2026",
    },
    {
        id: "0bb00002-2222-4b4b-9c9c-000000000002",
        name: "Mountain bikes for the summer season",
        revenue: "$92,300.00",
        rating: "Warm",
        account: "Adventure Works",
        close: "4/10/2026",
    },
    {
        id: "0bb00003-2222-4b4b-9c9c-000000000003",
        name: "Support plan and onboarding",
        revenue: "$48,000.00",
        rating: "Hot",
        account: "Litware",
        close: "2/27/2026",
    },
] as const;
type Deal = (typeof DEALS)[number];
const [FIRST, SECOND, THIRD] = DEALS;

const VARIABLES =
    "Title={user.jobtitle}\nManager={user.parentsystemuserid}\nDeal={record.name}\nRevenue={record.estimatedvalue}\nRating={record.opportunityratingcode}\nAccount={record.parentaccountid}\nClose={record.estimatedclosedate}\nSource=App {{x}";
const FORM = { contextVariables: VARIABLES, shareRecord: "yes" } as const;
const DEAL_ROWS = /\/api\/data\/v9\.2\/opportunities/;
const CONTACT_ROWS = /\/api\/data\/v9\.2\/contacts/;

const at = ({ id, name }: Deal) => ({ record: { table: "opportunity", id, name } });

const shown = (values: Record<string, string | number | boolean>): unknown =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, isDisplayable: true }]));
const LASTING = { Title: "Account Executive", Manager: "Lee Gu", Email: USERS.alex.email };

/** All that the form's variables say of a deal. */
const full = (page: Page, { id, name, revenue, rating, account, close }: Deal): unknown => {
    const url = new URL("/main.aspx", page.url());
    url.search = new URLSearchParams({
        appid: "5a1e5a1e-7777-4d4d-9e9e-000000000001",
        pagetype: "entityrecord",
        etn: "opportunity",
        id,
    }).toString();
    return shown({
        ...LASTING,
        Source: "App {x}",
        Deal: name,
        Revenue: revenue,
        Rating: rating,
        Account: account,
        Close: close,
        RecordName: name,
        RecordTable: "opportunity",
        RecordUrl: url.href,
    });
};

const calls = async (centre: Centre, table: string): Promise<string[]> =>
    (await centre.webApi()).filter((call) => call.table === table).map(({ query }) => query);

/** The variables that the details name as left out. */
const dropped = async (page: Page, id: number): Promise<string[]> =>
    (await details(page, id))
        .filter(({ description }) => /^(?:Is left out|Stands there twice)/.test(description))
        .map(({ term }) => term);

/** Closes the chat in Microsoft's pane. */
async function close(page: Page, id: number): Promise<void> {
    await widget(page).closeButton.click();
    await widget(page).confirmClose.click();
    await expectState(page, id, "ready");
}

test("every variable goes with the first chat as specified, for two calls", async ({ page, open, centre, standIn }) => {
    await open();
    const { conversation } = await chat(page, centre, { ...at(FIRST), properties: FORM });
    expect(conversation.customContextData).toEqual(full(page, FIRST));
    expect(standIn.callsOf("startChat")).toEqual([[{ inNewWindow: false, customContext: full(page, FIRST) }]]);
    expect(await calls(centre, "systemuser")).toEqual([
        "?$select=internalemailaddress,jobtitle,_parentsystemuserid_value",
    ]);
    expect(await calls(centre, "opportunity")).toHaveLength(1);
});

test("a JSON object keeps its types, and what cannot be sent is named by one notice while the rest goes", async ({
    page,
    open,
    centre,
}) => {
    await open();
    const contextVariables = JSON.stringify({
        Zero: 0,
        No: false,
        Yes: true,
        Number: 2.5,
        Text: "a",
        toString: "own",
        Title: "{user.jobtitle}",
        Long: "x".repeat(4_001),
        Full: "x".repeat(4_000),
        Email: "kim@contoso.example",
        Object: {},
        Empty: "",
    }).replace("{", '{"__proto__":1,"constructor":2,');
    const { id, conversation } = await chat(page, centre, { properties: { contextVariables } });
    expect(conversation.customContextData).toEqual(
        shown({
            Zero: 0,
            No: false,
            Yes: true,
            Number: 2.5,
            Text: "a",
            toString: "own",
            Title: "Account Executive",
            Full: "x".repeat(4_000),
            Email: USERS.alex.email,
        }),
    );
    await expectOutputs(page, id, { chatState: "chatting", errorCode: "context-dropped" });
    await expect(control(page, id)).toContainText("Some details can't be passed on to the agent.");
    expect((await dropped(page, id)).sort()).toEqual(
        ["Email", "Empty", "Long", "Object", "__proto__", "constructor"].sort(),
    );
    expect(await events(page, id)).toEqual(["ChatStarted"]);
});

test("a hundred variables arrive, and the hundred and first is named", async ({ page, open, centre }) => {
    await open();
    const { id, conversation } = await chat(page, centre, {
        properties: { contextVariables: Array.from({ length: 100 }, (_, index) => `V${index}=${index}`).join(";") },
    });
    expect(Object.keys(conversation.customContextData as object)).toHaveLength(100);
    expect(await dropped(page, id)).toEqual(["V99"]);
});

test("calls of 2 s each and an impatient click: the first conversation has it all", async ({ page, open, centre }) => {
    await open();
    const id = await mount(page, { ...at(FIRST), properties: { ...FORM, contactCheck: "yes" }, webApiDelay: 2_000 });
    await action(page, id).click();
    expect((await centre.latest()).customContextData).toEqual(full(page, FIRST));
    await expectState(page, id, "chatting");
    // The contact is looked for beside the chat, which does not wait for it.
    await expect.poll(() => calls(centre, "contact")).toHaveLength(1);
    for (const table of ["systemuser", "opportunity", "environmentvariabledefinition"])
        expect(await calls(centre, table)).toHaveLength(1);
});

test("after three records the chat has the third's, the user is asked for once, and Microsoft's button follows the records", async ({
    page,
    open,
    centre,
}) => {
    await open();
    for (const deal of [FIRST, SECOND]) {
        const before = await mount(page, { ...at(deal), properties: FORM });
        await action(page, before).hover();
        await destroy(page, before);
    }
    const { id, conversation } = await chat(page, centre, { ...at(THIRD), properties: FORM });
    expect(conversation.customContextData).toEqual(full(page, THIRD));
    expect(await calls(centre, "systemuser")).toHaveLength(1);

    // The same control goes on to the first record and the second one's comes over it, while the widget is at rest.
    await close(page, id);
    await withInstance(page, id, (instance) =>
        instance.change({
            record: {
                table: "opportunity",
                id: "0bb00001-2222-4b4b-9c9c-000000000001",
                name: "40 espresso machines for the west coast",
            },
        }),
    );
    await expect.poll(async () => (await calls(centre, "opportunity")).length).toBe(4);
    await widget(page).button.click();
    expect((await centre.latest(2)).customContextData).toEqual(full(page, FIRST));
    await expectState(page, id, "chatting");

    const next = await mount(page, { ...at(SECOND), properties: FORM });
    await close(page, id);
    await expect.poll(async () => (await calls(centre, "opportunity")).length).toBe(5);
    await widget(page).button.click();
    expect((await centre.latest(3)).customContextData).toEqual(full(page, SECOND));
    await expectState(page, next, "chatting");
    await close(page, next);

    // Without a control there is no record.
    await destroy(page, id);
    await destroy(page, next);
    await widget(page).button.click();
    expect((await centre.latest(4)).customContextData).toEqual(shown(LASTING));
    expect(await calls(centre, "systemuser")).toHaveLength(1);
});

for (const startMode of ["widgetButton", "automatic"] as const) {
    test(`with ${startMode} the first chat has it all, however slow the calls are`, async ({ page, open, centre }) => {
        await open();
        const id = await mount(page, { ...at(SECOND), properties: { ...FORM, startMode }, webApiDelay: 1_000 });
        if (startMode === "widgetButton") await widget(page).button.click();
        expect((await centre.latest()).customContextData).toEqual(full(page, SECOND));
        await expectState(page, id, "chatting");
    });
}

test("what was pressed on one record is about that record, though the user has moved on", async ({
    page,
    open,
    centre,
}) => {
    await open();
    const id = await mount(page, { ...at(FIRST), properties: FORM, webApiDelay: 1_000 });
    await action(page, id).click();
    await destroy(page, id);
    const next = await mount(page, { ...at(SECOND), properties: FORM });
    expect((await centre.latest()).customContextData).toEqual(full(page, FIRST));
    await expectState(page, next, "chatting");
});

test.describe("what cannot be had is left out, and the chat starts without it:", () => {
    test("columns that do not exist, of user and record", async ({ page, open, centre }) => {
        await open();
        const contextVariables = "A={user.jobtitel}\nB={user.department}\nC={record.nmae}\nD={record.name}";
        const { id, conversation } = await chat(page, centre, { ...at(FIRST), properties: { contextVariables } });
        expect(conversation.customContextData).toEqual(shown({ B: "Sales", D: FIRST.name, Email: USERS.alex.email }));
        await expectOutputs(page, id, { errorCode: "context-dropped" });
        expect(await dropped(page, id)).toEqual(["A", "C"]);
        for (const term of ["A", "C"])
            expect(await detail(page, id, term)).toBe(
                "Is left out, because it names a column that the table does not have. Use the column's logical name.",
            );
    });

    test("a record that the user may not read", async ({ page, open, centre }) => {
        await open();
        await deny(page, DEAL_ROWS);
        const { id, conversation } = await chat(page, centre, {
            ...at(FIRST),
            properties: { contextVariables: "D={record.name}\nT={user.jobtitle}" },
        });
        expect(conversation.customContextData).toEqual(shown({ T: "Account Executive", Email: USERS.alex.email }));
        await expectOutputs(page, id, { errorCode: "context-dropped" });
        expect(await detail(page, id, "D")).toContain("could not be read");
    });

    test("a record that is not saved yet, without a word", async ({ page, open, centre }) => {
        await open();
        const { id, conversation } = await chat(page, centre, {
            record: { table: "opportunity", id: "", name: "New Opportunity" },
            properties: FORM,
        });
        expect(conversation.customContextData).toEqual(
            shown({ ...LASTING, Source: "App {x}", RecordTable: "opportunity" }),
        );
        await expectOutputs(page, id, { errorCode: "" });
        expect(await calls(centre, "opportunity")).toEqual([]);
    });

    test("everything that is looked up, where there is no Web API", async ({ page, open, centre }) => {
        await open({ react: "16" });
        const { id, conversation } = await chat(page, centre, {
            kind: "canvas",
            webApi: "throws",
            properties: {
                widgetSnippet: snippet(),
                userEmail: USERS.alex.email,
                contextVariables: "T={user.jobtitle}\nR={record.name}\nS=Page",
            },
        });
        expect(conversation.customContextData).toEqual(shown({ S: "Page", Email: USERS.alex.email }));
        await expectOutputs(page, id, { errorCode: "context-dropped" });
    });

    test("and the address is not lost with the user's columns", async ({ page, open, centre }) => {
        await open();
        // A column that the service refuses without saying which.
        await page.route(USER_ROWS, (route) =>
            route.request().url().includes("jobtitle")
                ? route.fulfill({
                      status: 400,
                      contentType: "application/json",
                      body: JSON.stringify({ error: { code: "0x0", message: "Bad request." } }),
                  })
                : route.fallback(),
        );
        const { conversation } = await chat(page, centre, { properties: { contextVariables: "T={user.jobtitle}" } });
        expect(conversation.customContextData).toEqual(shown({ Email: USERS.alex.email }));
    });
});

test("nothing that stands in the variables changes a query", async ({ page, open, centre }) => {
    await open();
    const contextVariables = column(
        "A={user.jobtitle&$expand=x}\nB={user.a,b}\nC={record.name'}\nD={record.$filter}\nE={user.jobtitle/x}\nF={record.name}",
    );
    const { conversation } = await chat(page, centre, { ...at(FIRST), properties: { contextVariables } });
    expect(conversation.customContextData).toEqual(shown({ F: FIRST.name, Email: USERS.alex.email }));
    expect(await calls(centre, "systemuser")).toEqual(["?$select=internalemailaddress"]);
    expect(await calls(centre, "opportunity")).toEqual(["?$select=name"]);
});

test("the designer says what the agent gets and what is wrong, and loads nothing", async ({
    page,
    open,
    watch,
    centre,
}) => {
    await open();
    const contextVariables =
        "Name={user.fullname}\nA={user.jobtitel}\nB={record.nmae}\nC={record.name}\nnonsense\nEmail=x@y";
    const id = await mount(page, {
        authoring: true,
        record: { table: "opportunity", id: "", name: "" },
        properties: { contextVariables, shareRecord: "yes" },
    });
    await expect
        .poll(async () => (await detail(page, id, "The agent gets"))?.split(", ").sort())
        .toEqual(["C", "Email", "Name", "RecordName", "RecordTable", "RecordUrl"]);
    for (const term of ["A", "B"])
        expect(await detail(page, id, term)).toContain("a column that the table does not have");
    expect(await detail(page, id, "nonsense")).toContain("Write Name=value");
    expect(await detail(page, id, "Email")).toContain("always the user's own address");
    expect(watch.microsoft).toEqual([]);

    const studio = await mount(page, {
        authoring: true,
        kind: "canvas",
        webApi: "throws",
        properties: { contextVariables: "A={user.jobtitle}\nB={record.name}" },
    });
    await expect.poll(() => detail(page, studio, "A")).toContain("could not be read");
    expect(await detail(page, studio, "B")).toContain("no saved record is open");
    expect(await centre.conversations()).toEqual([]);
});

/** The sample users and what is told of their contacts. */
const CONTACTS = [
    { who: "one", user: USERS.alex, code: "" },
    { who: "two", user: { id: "a1b6c0de-0003-4e5a-9d10-000000000003" }, code: "contact-ambiguous" },
    { who: "an inactive one", user: { id: "a1b6c0de-0004-4e5a-9d10-000000000004" }, code: "contact-missing" },
    { who: "none", user: { id: "a1b6c0de-0005-4e5a-9d10-000000000005" }, code: "contact-missing" },
] as const;

for (const { who, user, code } of CONTACTS) {
    test(`a user with ${who} for a contact is told so beforehand, and chats all the same`, async ({
        page,
        open,
        centre,
    }) => {
        await open({ user });
        const id = await mount(page, { properties: { contactCheck: "yes" } });
        await action(page, id).hover();
        await expect.poll(async () => (await calls(centre, "contact")).length).toBe(1);
        await expectOutputs(page, id, { chatState: "idle", errorCode: code });
        const words =
            code === "" ? "Questions?" : code === "contact-missing" ? "add a contact for you" : "merge your contacts";
        await expect(control(page, id)).toContainText(words);
        await action(page, id).click();
        await centre.latest();
        await expectOutputs(page, id, { chatState: "chatting", errorCode: code });
        expect(await events(page, id)).toEqual(["ChatStarted"]);
        expect(await calls(centre, "contact")).toHaveLength(1);
    });
}

test("who may not read contacts is told nothing, and a check that takes long keeps nobody waiting", async ({
    page,
    open,
    centre,
}) => {
    await open({ user: { id: "a1b6c0de-0005-4e5a-9d10-000000000005" } });
    const allow = await deny(page, CONTACT_ROWS);
    const { id } = await chat(page, centre, { properties: { contactCheck: "yes" } });
    expect((await outputs(page, id)).errorCode).toBe("");
    await close(page, id);
    await allow();
    await page.route(CONTACT_ROWS, () => new Promise(() => undefined));
    await action(page, id).click();
    await centre.latest(2);
    await expectState(page, id, "chatting");
});
