// Covers the administrator's page in the browser: set-up check and contacts, from the first look to the chat that is linked because of it, and what can go wrong on the way.
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { expect, HR_WIDGET, snippet, test as base } from "./fixtures";
import type { Centre } from "./fixtures";
import { CSP_LINES, strict } from "../policies";
import { withPolicy } from "../settings-steps";
import { axe, chat, emailContext } from "../steps";

const DOCUMENT = "**/WebResources/**/setup.html*";
const JONI = { id: "a1b6c0de-0005-4e5a-9d10-000000000005", name: "Joni Sherman" };
const EMAIL = "joni.sherman@contoso.example";

interface Setup {
    /** Opens the page, and waits for the first rows; hands over how long they took, in milliseconds from the document's start. */
    readonly visit: (on?: Page, search?: string) => Promise<number>;
    /** What the demo's Dataverse does wrong from now on. */
    readonly fault: (fault: object) => Promise<void>;
    readonly mend: () => Promise<void>;
    /** How deep contacts can be read. */
    readonly depth: (depth: string) => Promise<void>;
    readonly staff: (count: number) => Promise<void>;
    /** Contacts that hold a condition. */
    readonly contacts: (filter: string) => Promise<{ readonly emailaddress1: string }[]>;
}

const test = base.extend<{ setup: Setup }>({
    // The watch on hosts and console comes with it.
    setup: async ({ page, demo, centre, watch }, use) => {
        const errors: string[] = [];
        const listen = (on: Page): void => void on.on("pageerror", (error) => errors.push(error.message));
        listen(page);
        const send = async (path: string, method: string, body?: unknown): Promise<void> => {
            const answer = await fetch(`${demo}/demo/${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
            expect(answer.ok).toBe(true);
        };
        await centre.clearFaults();
        await use({
            async visit(on = page, search = "") {
                if (on !== page) listen(on);
                await on.addInitScript(() => {
                    const watch = new MutationObserver(() => {
                        if (!document.querySelector("tr[data-user]")) return;
                        performance.mark("first rows");
                        watch.disconnect();
                    });
                    watch.observe(document, { childList: true, subtree: true });
                });
                await on.goto(`${demo}/WebResources/cwa_/chat-with-agent/setup.html${search}`);
                await expect(rows(on).first()).toBeVisible();
                return on.evaluate(() => performance.getEntriesByName("first rows")[0]?.startTime ?? NaN);
            },
            fault: (fault) => send("faults", "POST", fault),
            mend: () => send("faults", "DELETE"),
            depth: (depth) => send("depth", "PUT", depth),
            staff: (count) => send("staff", "PUT", count),
            async contacts(filter) {
                const answer = await fetch(`${demo}/api/data/v9.2/contacts?$select=emailaddress1&$filter=${encodeURIComponent(filter)}`);
                return ((await answer.json()) as { value: { emailaddress1: string }[] }).value;
            },
        });
        expect(errors).toEqual([]);
        expect(watch.foreign).toEqual([]);
    },
});

const rows = (page: Page): Locator => page.locator("tr[data-user]");
const check = (page: Page, id: string): Locator => page.locator(`[data-check="${id}"]`);
const dialog = (page: Page): Locator => page.locator('[role="dialog"], [role="alertdialog"]');
const figure = (page: Page, name: string): Locator => page.locator(`[data-figure="${name}"] dd`);
const count = (page: Page, standing: string): Locator => page.locator(`[data-count="${standing}"] dd`);
const createSelected = (page: Page): Locator => page.getByRole("button", { name: /^Create for selected/ });
const create = (page: Page): Locator => dialog(page).getByRole("button", { name: "Create", exact: true });

/** Shows who has none, selects the first page of them, and opens the preview. */
async function selectMissing(page: Page): Promise<number> {
    await page.getByLabel("Show").selectOption("missing");
    await expect(page.locator('tr[data-standing="linked"]')).toHaveCount(0);
    await expect(page.locator("table[aria-busy=false]")).toBeVisible();
    await page.getByLabel("Select all without a contact on this page").check();
    await createSelected(page).click();
    return rows(page).count();
}

/** What was to be written, and how each was answered. */
async function patches(centre: Centre): Promise<readonly { readonly status: number }[]> {
    const asked = (await centre.webApi()) as unknown as readonly { readonly method: string; readonly status: number }[];
    return asked.filter(({ method }) => method === "PATCH");
}

/** Lets time run in steps until a run has come to its end; an answer on its way needs real time between them. */
async function runOut(page: Page, step: number): Promise<void> {
    const isDone = async (): Promise<boolean> => {
        if (!(await figure(page, "created").isVisible())) await page.clock.fastForward(step);
        return figure(page, "created").isVisible();
    };
    await expect.poll(isDone, { intervals: [300] }).toBe(true);
}

test("a user without a contact: found, made, and linked in the next chat", async ({ page, setup, open, centre }, info) => {
    const took = await setup.visit();
    // A figure to be read, not asserted: it is the computer's as much as the page's.
    info.annotations.push({ type: "first rows of 2,000 users", description: `${Math.round(took)} ms` });
    await expect(page.getByRole("heading", { name: "Chat with an agent: set-up" })).toBeVisible();
    await expect(page.getByText("All users counted: 1,935")).toBeVisible();
    await expect(count(page, "none")).toHaveText("386");
    await page.getByLabel("Search by name or address").fill("joni.sh");
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toHaveAttribute("data-standing", "none");
    await page.getByLabel(`Select ${JONI.name}`).check();
    await createSelected(page).click();
    await expect(dialog(page)).toContainText("Contacts to be created: 1");
    await expect(dialog(page).getByRole("row").last()).toHaveText("JoniShermanjoni.sherman@contoso.example");
    expect(await setup.contacts("emailaddress1 eq 'joni.sherman@contoso.example'"), "nothing before it is said").toEqual([]);
    await create(page).click();
    await expect(figure(page, "created")).toHaveText("1");
    await dialog(page).getByRole("button", { name: "Close" }).click();
    await expect(rows(page)).toHaveAttribute("data-standing", "linked");
    await expect(count(page, "none")).toHaveText("385");

    await open({ user: JONI });
    const { conversation } = await chat(page, centre);
    expect(conversation.customContextData).toEqual(emailContext(EMAIL));
    // One active contact with this address is what the contact centre links (D).
    expect(await setup.contacts(`emailaddress1 eq '${EMAIL}'`)).toHaveLength(1);
});

test("two administrators at once, and each once more: nobody gets two", async ({ page, context, setup }) => {
    const other = await context.newPage();
    await setup.visit();
    await setup.visit(other);
    const missing = await selectMissing(page);
    expect(await selectMissing(other)).toBe(missing);
    // Both lists are from before.
    await Promise.all([create(page).click(), create(other).click()]);
    await Promise.all([page, other].map((each) => expect(figure(each, "created")).toBeVisible()));
    const made = Number(await figure(page, "created").textContent()) + Number(await figure(other, "created").textContent());
    const kept = Number(await figure(page, "linked").textContent()) + Number(await figure(other, "linked").textContent());
    expect([made, kept]).toEqual([missing, missing]);
    await dialog(page).getByRole("button", { name: "Close" }).click();
    await expect(page.locator("table[aria-busy=false]")).toBeVisible();
    await expect(count(page, "none")).toHaveText(String(386 - missing));
    await expect(count(page, "several")).toHaveText("60");
});

test("too many requests, a lost answer and a lost connection: nothing is lost, nothing doubled, and the next run does the rest", async ({ page, setup, centre }) => {
    await page.clock.install();
    await setup.visit();
    const missing = await selectMissing(page);
    await setup.fault({ method: "PATCH", status: 429, retryAfter: 20, times: 2, after: 5 });
    await setup.fault({ method: "PATCH", commitThenDrop: true, times: 2, after: 12 });
    await create(page).click();
    await expect(page.getByText(/Users done: \d+\. Contacts created: \d+\./)).toBeVisible();
    // It waits as long as the service has asked for.
    await expect.poll(async () => (await patches(centre)).filter(({ status }) => status === 429).length).toBe(2);
    const before = await patches(centre);
    await page.clock.fastForward(15_000);
    expect(await patches(centre)).toEqual(before);
    await page.clock.fastForward(6_000);
    await runOut(page, 3_000);
    // A browser asks by itself a second time where a used connection breaks: then the page cannot know that its own first question was carried out.
    await expect(figure(page, "created")).toBeVisible();
    expect(Number(await figure(page, "created").textContent()) + Number(await figure(page, "linked").textContent())).toBe(missing);
    await expect(figure(page, "notDone")).toHaveText("0");
    await dialog(page).getByRole("button", { name: "Close" }).click();
    await setup.mend();

    const next = await selectMissing(page);
    await setup.fault({ method: "PATCH", drop: true, after: 11 });
    await create(page).click();
    await runOut(page, 31_000);
    const made = Number(await figure(page, "created").textContent());
    // Time runs so fast here that an answer may be given up that was on its way: then it is not said to be done, and the next run finds it.
    expect(made).toBeLessThanOrEqual(10);
    await expect(figure(page, "notDone")).toHaveText(String(next - made));
    await expect(dialog(page)).toContainText("Dataverse could not be reached. Check the connection.");
    await dialog(page).getByRole("button", { name: "Close" }).click();
    await setup.mend();
    await selectMissing(page);
    await create(page).click();
    await expect(figure(page, "notDone")).toHaveText("0");
    await dialog(page).getByRole("button", { name: "Close" }).click();
    await expect(page.getByText("All users counted: 1,935")).toBeVisible();
    const written = (await patches(centre)).filter(({ status }) => status === 204).length;
    expect(written).toBeGreaterThan(missing + 10);
    await expect(count(page, "none")).toHaveText(String(386 - written));
    await expect(count(page, "several")).toHaveText("60");
});

test("everyone without a contact, with progress, cancel, and a list to download", async ({ page, setup }) => {
    await setup.staff(400);
    await setup.visit();
    await expect(page.getByText(/^All users counted/)).toBeVisible();
    const missing = Number(await count(page, "none").textContent());
    await setup.fault({ method: "PATCH", delayMs: 60 });
    await page.getByRole("button", { name: "Create for all without one…" }).click();
    await expect(dialog(page)).toContainText("Start of the list (10):");
    await create(page).click();
    await expect(dialog(page).getByRole("progressbar")).toHaveAttribute("aria-valuemax", String(missing));
    await expect(page.locator("[data-progress]")).toContainText(/Contacts created: [1-9]/);
    // While it runs, nothing closes it by accident: no key, and leaving the page is asked about.
    await page.keyboard.press("Escape");
    const asked = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    const question = await asked;
    expect(question.type()).toBe("beforeunload");
    await question.dismiss();
    await dialog(page).getByRole("button", { name: "Cancel" }).click();
    await expect(dialog(page)).toContainText("The run stopped before the end.");
    const first = Number(await figure(page, "created").textContent());
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(missing);
    const downloading = page.waitForEvent("download");
    await dialog(page).getByRole("button", { name: "Download the list" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe("chat-with-agent-contacts.csv");
    const lines = (await readFile(await download.path(), "utf8")).split("\r\n");
    expect(lines[0]).toBe('\uFEFF"User","Email","User ID","Result","The service\'s words"');
    expect(lines.filter((line) => line.endsWith(',"Created",""'))).toHaveLength(first);
    for (const line of lines.slice(1)) expect(line).not.toMatch(/(?:^|[",;])[=+@-]/);
    await dialog(page).getByRole("button", { name: "Close" }).click();
    await setup.mend();

    await page.getByRole("button", { name: "Create for all without one…" }).click();
    await create(page).click();
    await expect(figure(page, "created")).toHaveText(String(missing - first));
    await dialog(page).getByRole("button", { name: "Close" }).click();
    await expect(page.getByText(/^All users counted/)).toBeVisible();
    await expect(count(page, "none")).toHaveText("0");
});

test("what a user may not see is told by section, and the rest goes on", async ({ page, setup, demo }) => {
    await setup.fault({ privilege: true, table: "contact" });
    await page.goto(`${demo}/WebResources/cwa_/chat-with-agent/setup.html`);
    await expect(page.getByText(/Your security role does not allow this: .*prvReadContact/).first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Count again" })).toBeVisible();
    await expect(check(page, "snippet")).toHaveAttribute("data-state", "good");
    await setup.mend();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(rows(page)).toHaveCount(50);
    await page.getByRole("button", { name: "Count again" }).click();
    await expect(page.getByText("All users counted: 1,935")).toBeVisible();

    // Who may read and not create.
    await selectMissing(page);
    await setup.fault({ privilege: true, table: "contact", method: "PATCH" });
    await create(page).click();
    await expect(dialog(page)).toContainText(/Your security role does not allow this: .*prvCreateContact/);
    await expect(figure(page, "created")).toHaveText("0");
    await dialog(page).getByRole("button", { name: "Close" }).click();
    await setup.mend();

    // Who sees a part of the contacts only would take others' for missing.
    await setup.depth("Local");
    await page.reload();
    await expect(page.getByText(/lets you read only a part of the contacts/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Create for all without one…" })).toHaveAttribute("aria-disabled", "true");
});

test("a session that has ended is told, and nothing is asked for ever", async ({ page, setup, demo }) => {
    await setup.fault({ html: true });
    await page.goto(`${demo}/WebResources/cwa_/chat-with-agent/setup.html`);
    await expect(page.getByText("You are signed out. Reload the page to sign in.").first()).toBeVisible();
    await expect(check(page, "snippet")).toHaveAttribute("data-state", "unknown");
    await setup.mend();
    await setup.visit();
});

test("the set-up check reads out the snippet and asks the contact centre", async ({ page, setup, centre }) => {
    await setup.visit();
    const state = (id: string, state: string): Promise<void> => expect(check(page, id)).toHaveAttribute("data-state", state);
    await state("snippet", "good");
    await expect(check(page, "snippet")).toContainText("data-app-id: c8a5f2e4-3d17-4b90-8e6a-91f04d2b7c55");
    await state("version", "good");
    await state("service", "good");
    await expect(check(page, "service")).toContainText("The widget is there and open");
    for (const [directive, sources] of Object.entries(CSP_LINES)) await expect(check(page, "policy")).toContainText(`${directive} ${sources}`);

    const again = async (): Promise<void> => {
        await page.getByRole("button", { name: "Check again" }).click();
        await expect(page.locator("section[aria-busy=false]").first()).toBeVisible();
    };
    await centre.widget({ preChatSurvey: true, outOfOperatingHours: true, showWidgetDuringOfflineHours: false });
    await again();
    await expect(check(page, "service")).toHaveCount(2);
    await expect(check(page, "service").first()).toContainText("A survey before the chat is on.");
    await expect(check(page, "service").last()).toContainText("the widget hides itself");
    await centre.setVariable("cwa_ChatWidgetSnippet", snippet("00000000-0000-4000-8000-000000000000"));
    await centre.fault({ kind: "config", status: 404 });
    await again();
    await expect(check(page, "service")).toContainText("does not know this widget.");
    await centre.clearFaults();
    await centre.setVariable("cwa_ChatWidgetSnippet", "<b>no snippet</b>");
    await centre.setVariable("cwa_ChatPage", "startMode=now");
    await again();
    await state("snippet", "wrong");
    await expect(check(page, "snippet")).toContainText("Is not a widget snippet.");
    await expect(page.locator("b", { hasText: "no snippet" }), "text is never markup").toHaveCount(0);
    await state("page", "attention");
    await expect(check(page, "service")).toContainText("Not asked");
    await centre.setVariable("cwa_ChatWidgetSnippet", snippet(HR_WIDGET));
    await page.route("**/livechatconnector/config/**", (at) => at.abort());
    await again();
    await expect(check(page, "service")).toContainText("No usable answer came from");
});

test("the report for support names nobody", async ({ page, setup, context, demo }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: demo });
    await setup.visit();
    await expect(page.getByText("All users counted: 1,935")).toBeVisible();
    await page.getByRole("button", { name: "Copy a report for support" }).click();
    await expect(page.getByText("Copied. The report names no people.")).toBeVisible();
    const report = await page.evaluate(() => navigator.clipboard.readText());
    expect(report).toContain("users: 1935 (done) linked=1383 none=386 not-found=77 several=60 taken=29 unusable=0");
    expect(report).toContain("snippet: good (valid)");
    expect(report).not.toContain("@");
});

test("50,000 users: the first rows are there at once, and going through pages and counting keeps nothing", { tag: "@full" }, async ({ page, setup }, info) => {
    await setup.staff(50_000);
    const took = await setup.visit();
    const cdp = await page.context().newCDPSession(page);
    const heap = async (): Promise<number> => {
        await cdp.send("HeapProfiler.collectGarbage");
        return (await cdp.send("Runtime.getHeapUsage")).usedSize / 1_000_000;
    };
    await expect(page.locator("[data-count]").first()).toBeVisible();
    const seen = async (): Promise<number> => Number((await page.getByText(/^Users counted: /).textContent())?.replace(/\D/g, ""));
    // Where the service counts no further, no end is promised.
    await expect(page.getByText(/^Users counted: [\d,]+$/)).toBeVisible();
    await expect.poll(seen).toBeGreaterThan(1_000);
    const early = await heap();
    await expect.poll(seen, { timeout: 120_000 }).toBeGreaterThan(15_000);
    for (let number = 2; number <= 12; number++) {
        await page.getByRole("button", { name: "Next" }).click();
        await expect(page.getByText(`Page ${number}`, { exact: true })).toBeVisible();
        await expect(page.locator("table[aria-busy=false]")).toBeVisible();
    }
    const late = await heap();
    info.annotations.push({ type: "50,000 users", description: `first rows ${Math.round(took)} ms; heap ${early.toFixed(2)} MB at 1,000 counted, ${late.toFixed(2)} MB at 15,000 and page 12` });
    expect(late - early).toBeLessThan(1);
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByText(/^Stopped\./)).toBeVisible();
});

test("by keyboard alone: search, select, look, create, close; the focus comes back", async ({ page, setup }) => {
    await setup.visit();
    await page.getByLabel("Search by name or address").focus();
    await page.keyboard.type("joni.sh");
    await expect(rows(page)).toHaveCount(1);
    await page.getByLabel(`Select ${JONI.name}`).focus();
    await page.keyboard.press("Space");
    await createSelected(page).focus();
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toBeVisible();
    expect(await page.evaluate(() => document.activeElement?.closest("[role=dialog], [role=alertdialog]") !== null), "the focus is in the dialog").toBe(true);
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toHaveCount(0);
    await expect(createSelected(page)).toBeFocused();
    await page.keyboard.press("Enter");
    await create(page).focus();
    await page.keyboard.press("Enter");
    await expect(figure(page, "created")).toHaveText("1");
    expect(await page.evaluate(() => document.activeElement?.closest("[role=dialog], [role=alertdialog]") !== null), "the focus is never lost").toBe(true);
    // A result is not lost by a key.
    await page.keyboard.press("Escape");
    await dialog(page).getByRole("button", { name: "Close" }).focus();
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toHaveCount(0);
    await expect(rows(page)).toHaveAttribute("data-standing", "linked");
});

/** A dialog fades in, and buttons change their colours slowly: words are pale until then. */
async function settled(page: Page): Promise<void> {
    await expect(page.locator("table[aria-busy=false]")).toBeVisible();
    const moving = (): number => document.getAnimations().filter(({ playState }) => playState === "running").length;
    await expect.poll(() => page.evaluate(moving)).toBe(0);
}

test("nothing for axe to complain of, with a dialog and without; narrow pages do not scroll sideways", async ({ page, setup }) => {
    await setup.visit();
    await expect(page.getByText("All users counted: 1,935")).toBeVisible();
    expect(await axe(page)).toEqual([]);
    await selectMissing(page);
    await settled(page);
    expect(await axe(page)).toEqual([]);
    await create(page).click();
    await expect(figure(page, "created")).toBeVisible();
    await settled(page);
    expect(await axe(page)).toEqual([]);
    await dialog(page).getByRole("button", { name: "Close" }).click();
    for (const width of [1280, 640, 320]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${width} px`).toBe(0);
    }
});

test("in the user's language, mirrored where it is written from right to left", async ({ page, setup, context, demo }) => {
    await context.addCookies([{ name: "demoLanguage", value: "1031", url: demo }]);
    await setup.visit();
    await expect(page.locator("html")).toHaveAttribute("lang", "de");
    await expect(page.getByText("1.935")).toBeVisible();
    await context.addCookies([{ name: "demoLanguage", value: "1037", url: demo }]);
    await setup.visit();
    await expect(page.locator("html")).toHaveAttribute("lang", "he");
    const box = await page.locator("thead input").boundingBox();
    expect((box?.x ?? 0) > 700, "the boxes to select with stand at the right").toBe(true);
});

test("under a strict policy with the documented lines, everything works", async ({ page, setup }) => {
    await withPolicy(page, strict(CSP_LINES), DOCUMENT);
    await setup.visit();
    await expect(check(page, "service")).toHaveAttribute("data-state", "good");
    await selectMissing(page);
    await create(page).click();
    await expect(figure(page, "created")).not.toHaveText("0");
});

test("contacts are created, and nothing else is written", async ({ page, setup, centre }) => {
    await setup.visit();
    await selectMissing(page);
    await create(page).click();
    await expect(figure(page, "created")).toBeVisible();
    const asked = (await centre.webApi()) as unknown as readonly { readonly method: string; readonly table: string; readonly status: number }[];
    const writing = asked.filter(({ method }) => method !== "GET");
    expect(writing.length).toBeGreaterThan(0);
    // The demo's Dataverse refuses whatever would update; here nothing even tried.
    expect(writing.every(({ method, table, status }) => method === "PATCH" && table === "contact" && status === 204)).toBe(true);
});
