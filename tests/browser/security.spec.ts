// What the page and the people on it may try: strict policies, poisoned storage, a conversation that will not go.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { events, expect, expectState, inFrame, mount, ORG, outputs, SCRIPT_HOST, test, USERS, widget } from "./fixtures";
import { CSP_LINES, recordRefused, refused, strict } from "../policies";
import { action, chat, control, emailContext, scriptTags } from "../steps";
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
        /** How often closing was asked for and did nothing. */
        refusals: number;
        readonly Microsoft: { readonly Omnichannel: { readonly LiveChatWidget: { readonly SDK: { closeChat: () => void } } } };
    }
}

const SECRET = "the secret of Alex";

/** Has closing do nothing, in whichever frame and however often. A script for `addInitScript`. */
function refuseToClose(): void {
    window.refusals = 0;
    window.addEventListener("lcw:ready", () => {
        window.Microsoft.Omnichannel.LiveChatWidget.SDK.closeChat = () => window.refusals++;
    });
}

test("a foreign chat that cannot be closed stays unseen, is told, and no chat starts beside it", async ({ page, open, centre, standIn }) => {
    await page.clock.install();
    const watch = await watchLine(page, SECRET);
    await open();
    const { conversation } = await chat(page, centre);
    await centre.say(conversation.id, SECRET);
    await expect(inFrame(page).getByText(SECRET)).toBeVisible();
    await page.addInitScript(refuseToClose);
    await open({ user: USERS.megan });
    const id = await mount(page);
    await action(page, id).click();
    const state = async (): Promise<unknown> => {
        await page.clock.fastForward(2_000);
        return (await outputs(page, id)).chatState;
    };
    await expect.poll(state, { intervals: [100], message: "given up" }).toBe("failed");
    expect(await page.evaluate(() => window.refusals)).toBeGreaterThan(0);
    await expect(control(page, id).getByRole("alert")).toBeVisible();
    expect(watch.count(), "it came back").toBeGreaterThan(1);
    expect(await watch.seen()).toEqual([]);
    expect(standIn.callsOf("startChat")).toHaveLength(1);
    expect(await centre.conversations()).toHaveLength(1);
});
