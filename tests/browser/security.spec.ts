// What the page and the people on it may try: strict policies, poisoned storage, a conversation that will not go.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { events, expect, expectState, inFrame, mount, ORG, outputs, SCRIPT_HOST, test, USERS, widget } from "./fixtures";
import { CSP_LINES, recordRefused, refused, strict } from "../policies";
import { action, chat, control, emailContext, scriptTags, stretch } from "../steps";
import { withPolicy } from "../settings-steps";
import { watchLine } from "../widget-steps";

/** The sources of a table in the documentation, by directive, with the test's own hosts in their places. */
function linesOf(page: string): Record<string, string> {
    const rows = [...page.matchAll(/^\| `([a-z]+-src)` \| `(\S.*?)` \|$/gm)];
    const filled = (source: string): string =>
        source.replace("<script host>", SCRIPT_HOST).replace(/<organi[sz]ation id>/i, ORG).replace("<region>", "us");
    return Object.fromEntries(rows.map(([, directive = "", source = ""]) => [directive, filled(source)]));
}

test("the lines that administrators are told to add are those of the tests", async () => {
    for (const guide of ["security.md", "administrators.md"]) {
        expect(linesOf(await readFile(join(__dirname, "../../docs", guide), "utf8")), guide).toEqual(CSP_LINES);
    }
});

test("under a strict policy with these lines the whole chat works, and nothing is refused", async ({ page, open, centre, standIn }) => {
    await withPolicy(page, strict(CSP_LINES));
    await recordRefused(page);
    await open();
    const { id, conversation } = await chat(page, centre);
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    expect(standIn.requests.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["script", "frame", "config"]));
    await centre.say(conversation.id, "Good morning");
    await expect(widget(page).transcript("Good morning")).toBeVisible();
    await expect.poll(() => events(page, id)).toEqual(["ChatStarted", "MessageReceived"]);
    expect(await refused(page)).toEqual([]);
});

const LIST = "InternalChat.ChatWithAgent";

/** What somebody may have written in place of a marker, `owner expiry`. */
const POISON = [
    "", "null", "<img src=x onerror=window.pwned=1>", "a b c", "x Infinity", "__proto__ 1e3", `${"x".repeat(100_000)} 1`,
    // Further off than any marker lives.
    "x 99999999999999",
];

test("a poisoned marker loads nothing, starts nothing, and lets nobody in", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    await chat(page, centre);
    const name = await page.evaluate((list) => localStorage.getItem(list) ?? "", LIST);
    expect(await page.evaluate((key) => localStorage.getItem(key), `${LIST}.${name}`)).toMatch(/^\S+ \d+$/);
    await open();
    for (const poison of POISON) {
        await page.evaluate(([key = "", value = ""]) => localStorage.setItem(key, value), [`${LIST}.${name}`, poison]);
        const id = await mount(page);
        await page.clock.fastForward(4_000);
        expect(await outputs(page, id), poison.slice(0, 40)).toMatchObject({ chatState: "idle", errorCode: "" });
    }
    expect(await scriptTags(page)).toBe(0);
    expect(await page.evaluate(() => "pwned" in window)).toBe(false);
    // The chat that comes back with the widget has no owner, so it is closed, and the press gets one of its own.
    const id = await mount(page);
    await action(page, id).click();
    expect((await centre.latest(2)).customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
    expect((await centre.conversations())[0]?.state).toBe("ended");
});

declare global {
    interface Window {
        /** Tells the test that closing was asked for. */
        readonly refuseToClose: () => void;
        readonly Microsoft: { readonly Omnichannel: { readonly LiveChatWidget: { readonly SDK: { closeChat: () => void } } } };
    }
}

/** In place of 30 s. */
const LIMIT = 600_000;
const SECRET = "the secret of Alex";

/** Has closing do nothing, in each frame. A script for `addInitScript`. */
function ignoreClosing(): void {
    window.addEventListener("lcw:ready", () => {
        window.Microsoft.Omnichannel.LiveChatWidget.SDK.closeChat = window.refuseToClose;
    });
}

test("a foreign chat that cannot be closed stays unseen, is told, and no chat starts beside it", async ({ page, open, centre, standIn }) => {
    await page.clock.install();
    const watch = await watchLine(page, SECRET);
    await open();
    const { conversation } = await chat(page, centre);
    await centre.say(conversation.id, SECRET);
    await expect(inFrame(page).getByText(SECRET)).toBeVisible();
    // The limit comes when the test says so, however long the frames take to load.
    await stretch(page, { 30_000: LIMIT });
    let refusals = 0;
    await page.exposeFunction("refuseToClose", () => refusals++);
    await page.addInitScript(ignoreClosing);
    await open({ user: USERS.megan });
    const id = await mount(page);
    await action(page, id).click();
    // Closed once, and once more in a frame that is loaded anew; then its time is over.
    for (const [times, wait] of [[1, 4_100], [2, LIMIT]] as const) {
        await expect.poll(() => refusals).toBe(times);
        await page.clock.fastForward(wait);
    }
    await expectState(page, id, "failed");
    await expect(control(page, id).getByRole("alert")).toBeVisible();
    expect(watch.count(), "it came back twice").toBe(3);
    expect(await watch.seen()).toEqual([]);
    expect(standIn.callsOf("startChat")).toHaveLength(1);
    expect(await centre.conversations()).toHaveLength(1);
});
