// Covers app/view: what stands on the screen and what is reported, for everything that can be known; the texts appear by their keys.
import { checklist } from "../../../ChatWithAgent/app/checklist";
import { VERSION, outputsOf, viewOf } from "../../../ChatWithAgent/app/view";
import type { Known } from "../../../ChatWithAgent/app/view";
import type { ChatState } from "../../../ChatWithAgent/chat/machine";
import { contextOf } from "../chat/fakes";
import { STATES } from "../chat/samples";
import { properties } from "./fakes";
import { DROPS, FAILURES, NOTICES, known, noticed, refused } from "./samples";

const view = (change: Partial<Known>, texts: (key: string) => string = (key) => key) => viewOf(known(change), texts);
const stateOf = (name: string): ChatState => STATES[name] ?? { kind: "idle" };

/** Title, text, action, tone, and whether it is busy. */
test.each<[string, string, string, string, string, boolean]>([
    ["idle", "launcher_title", "launcher_text", "launcher_action", "rest", false],
    ["ready", "launcher_title", "launcher_text", "launcher_action", "rest", false],
    // Nobody waits for what loads on its own, or is closed on its own.
    ["loading fetching rest", "launcher_title", "launcher_text", "launcher_action", "rest", false],
    ["expelling quiet rest prepared", "launcher_title", "launcher_text", "launcher_action", "rest", false],
    ["loading checking start prepared", "connecting_title", "connecting_text", "launcher_action", "busy", true],
    ["expelling closing start prepared", "connecting_title", "connecting_text", "launcher_action", "busy", true],
    ["starting opening", "connecting_title", "connecting_text", "launcher_action", "busy", true],
    ["starting closing", "connecting_title", "connecting_text", "launcher_action", "busy", true],
    ["starting opened", "connecting_title", "connecting_text", "launcher_action", "busy", true],
    ["user-action start rest", "user_action_title", "user_action_text", "chatting_action", "live", false],
    ["user-action end start", "user_action_title", "user_action_text", "chatting_action", "live", false],
    ["chatting", "chatting_title", "chatting_text", "chatting_action", "live", false],
    ["chatting minimised 2", "chatting_title", "chatting_minimised", "chatting_action", "live", false],
    ["ended", "ended_title", "ended_text", "ended_action", "rest", false],
    ["unavailable outside-operating-hours load", "outside-operating-hours_title", "outside-operating-hours_text", "retry_action", "warning", false],
    ["failed script-unreachable load", "script-unreachable_title", "script-unreachable_text (script-unreachable)", "retry_action", "error", false],
    ["failed start-timeout reload", "start-timeout_title", "start-timeout_text (start-timeout)", "retry_action", "error", false],
    ["conflict", "widget-conflict_title", "widget-conflict_text (widget-conflict)", "", "error", false],
])("%s says %s, %s", (name, title, text, action, tone, busy) => {
    expect(Object.keys(STATES)).toContain(name);
    expect(view({ session: stateOf(name) })).toMatchObject({ title, text, action, tone, busy, caption: "" });
});

describe("waiting", () => {
    test.each([
        ["yes", "connecting_text"],
        ["slow", "connecting_slow"],
    ] as const)("for settings (%s) is busy", (waiting, text) => {
        expect(view({ waiting, standing: { kind: "unsettled" } })).toMatchObject({ busy: true, tone: "busy", text });
        // A new attempt covers what was wrong before.
        expect(view({ waiting, standing: refused("settings-unreadable") })).toMatchObject({ busy: true, text });
    });

    test("does not cover a running chat", () => {
        expect(view({ waiting: "yes", session: stateOf("chatting") }).title).toBe("chatting_title");
    });

    test("is said to be slow in the session too", () => {
        expect(view({ session: { kind: "loading", step: "fetching", pauses: 0, prepared: false, then: "start", slow: true } }).text).toBe("connecting_slow");
        expect(view({ session: { kind: "starting", step: "opening", slow: true } }).text).toBe("connecting_slow");
    });
});

describe("the maker's own words", () => {
    const own = properties({ message: "  Chats are recorded. ", buttonLabel: " Ask us " });
    test("replace the shipped ones, trimmed", () => {
        // In place of the standard text they stand alone.
        expect(view({ properties: own })).toMatchObject({ title: "Chats are recorded.", text: "", action: "Ask us" });
        expect(view({ properties: own, session: stateOf("starting opening") }).action).toBe("Ask us");
    });

    test("that are blank do not", () => {
        expect(view({ properties: properties({ message: "  ", buttonLabel: "" }) })).toMatchObject({ title: "launcher_title", action: "launcher_action" });
    });
});

describe("closed hours", () => {
    const session = stateOf("unavailable outside-operating-hours load");
    test("say what the maker wants said, with links; else the shipped text, without", () => {
        const own = properties({ closedMessage: " See https://contoso.example. " });
        expect(view({ session, properties: own })).toMatchObject({ title: "outside-operating-hours_title", text: "See https://contoso.example.", hasLinks: true });
        expect(view({ session, properties: properties({ closedMessage: "  " }) })).toMatchObject({ text: "outside-operating-hours_text", hasLinks: false });
        // The words are for closed hours alone.
        expect(view({ properties: own }).text).toBe("launcher_text");
        expect(view({ properties: own }).hasLinks).toBeUndefined();
    });
});

describe("a survey of which the contact centre tells", () => {
    const configuration = { isFound: true, isClosed: false, isHidden: false, isPersistent: false, signIn: "none", hasSurveyBefore: false, hasSurveyAfter: false } as const;
    test("before the chat is announced while it is being connected", () => {
        const ahead = { ...configuration, hasSurveyBefore: true };
        expect(view({ session: stateOf("starting opening"), configuration: ahead }).text).toBe("connecting_survey");
        expect(view({ waiting: "yes", configuration: ahead }).text).toBe("connecting_survey");
        expect(view({ waiting: "slow", configuration: ahead }).text).toBe("connecting_slow");
        expect(view({ session: stateOf("ended"), configuration: ahead }).text).toBe("ended_text");
    });

    test("after the chat is announced once it has ended", () => {
        const behind = { ...configuration, hasSurveyAfter: true };
        expect(view({ session: stateOf("ended"), configuration: behind }).text).toBe("ended_survey");
        expect(view({ session: stateOf("starting opening"), configuration: behind }).text).toBe("connecting_text");
    });
});

describe("unread messages", () => {
    const POLISH = { language: "pl", unread_one: "{0} wiadomość", unread_few: "{0} wiadomości", unread_many: "{0} wiadomości!", unread_other: "{0} wiadomości?" };
    const said = (unread: number, known: Readonly<Record<string, string>>, unknown = (key: string): string => key): string =>
        view({ session: { kind: "chatting", minimised: true, heard: 0, unread } }, (key) => known[key] ?? unknown(key)).unreadText;

    test.each([
        [0, ""],
        [1, "1 message"],
        [2, "2 messages, {1}"],
        [140, "140 messages, {1}"],
    ])("%d are said in words: %j", (unread, unreadText) => {
        expect(said(unread, { language: "en", unread_one: "{0} message", unread_other: "{0} messages, {1}" })).toBe(unreadText);
    });

    test.each([
        [1, "1 wiadomość"],
        [3, "3 wiadomości"],
        [5, "5 wiadomości!"],
        [21, "21 wiadomości!"],
        [22, "22 wiadomości"],
    ])("%d are said in the language's own plural form: %j", (unread, unreadText) => {
        expect(said(unread, POLISH)).toBe(unreadText);
    });

    test.each([
        ["is empty", { language: "" }, "2 in all"],
        ["is a tag that nobody knows: as in English", { language: "xx" }, "2 in all"],
        ["has a form that has no text", { language: "ar" }, "2 in all"],
    ])("a language that %s gets the form for all others", (_name, { language }, unreadText) => {
        const known = { language, unread_one: "{0} alone", unread_other: "{0} in all" };
        // A host answers a key that it does not know with the key, or with nothing.
        expect(said(2, known)).toBe(unreadText);
        expect(said(2, known, () => "")).toBe(unreadText);
    });

    test("a host that lacks even the language is answered as in English", () => {
        expect([1, 2].map((unread) => said(unread, { unread_one: "{0} alone", unread_other: "{0} in all" }))).toEqual(["1 alone", "2 in all"]);
    });
});

describe("notices", () => {
    test.each(NOTICES)("%s stands where the chat can go on", (code) => {
        const cause = noticed(code);
        for (const name of ["ready", "chatting", "chatting minimised 2"]) {
            const { text, details } = view({ ...cause, session: stateOf(name) });
            expect(text).toBe(`notice_${code}`);
            expect(details).toEqual([
                { term: "details_code", description: code },
                { term: "details_help", description: `${code}_help` },
                { term: "details_script", description: "oc-cdn-public-eur.azureedge.net (prod)" },
                { term: "details_version", description: VERSION },
                ...(code === "context-dropped" ? DROPS.map((problem) => ({ term: `A ${problem}`, description: `drop_${problem}` })) : []),
            ]);
        }
        for (const name of ["user-action start rest", "ended", "unavailable outside-operating-hours load", "failed start-timeout reload", "starting opening"]) {
            const { text, details } = view({ ...cause, session: stateOf(name) });
            expect([text, details[0]?.description]).not.toContain(code);
            expect(text).not.toContain("notice");
        }
    });

    test("there is none for a known address, and none in a designer", () => {
        expect(view({ context: contextOf({ kind: "known", address: "alex@contoso.com" }) }).text).toBe("launcher_text");
        expect(view({ context: contextOf({ kind: "missing" }), authoring: true }).text).toBe("launcher_text");
    });
});

describe("failures", () => {
    const SETUP = ["settings-missing", "settings-invalid", "organization-not-trusted", "script-host-not-trusted"];

    test.each(FAILURES)("%s is told alike, whether settings or session failed, with its code, help, time and version", (code) => {
        const key = SETUP.includes(code) ? "not_set_up" : code;
        const failedAt = "2026-01-02T03:04:05Z";
        const expected = (script: readonly unknown[]): unknown => ({
            tone: "error",
            title: `${key}_title`,
            // The code is read out over the telephone, without the details being opened.
            text: `${key}_text (${code})`,
            // A page holds one widget until it is loaded anew: there is nothing to press.
            action: code === "widget-conflict" ? "" : "retry_action",
            details: [
                { term: "details_code", description: code },
                { term: "details_help", description: `${code}_help` },
                ...script,
                { term: "details_time", description: failedAt },
                { term: "details_version", description: VERSION },
            ],
        });
        expect(view({ standing: refused(code), failedAt })).toMatchObject(expected([]) as object);
        const script = { term: "details_script", description: "oc-cdn-public-eur.azureedge.net (prod)" };
        expect(view({ session: { kind: "failed", code, detail: "", resume: "load", then: "start" }, failedAt })).toMatchObject(expected([script]) as object);
    });

    test("name the cause, and every issue by the place that the maker knows", () => {
        expect(view({ session: { kind: "failed", code: "script-unreachable", detail: "cdn.contoso.com", resume: "load", then: "start" } }).details).toContainEqual({ term: "details_cause", description: "cdn.contoso.com" });
        const details = view({ standing: refused("settings-invalid", [{ place: "orgId", problem: "not-a-guid", value: "x" }, { place: "cwa_ChatScriptHosts", problem: "unreadable" }]) }).details;
        expect(details.slice(2, 4)).toEqual([
            { term: "orgId_name", description: "issue_not-a-guid (x)" },
            { term: "cwa_ChatScriptHosts", description: "issue_unreadable" },
        ]);
    });

    test("name what a snippet lacks, and say only of what is empty that it is not set", () => {
        const issues = [{ place: "widgetSnippet", problem: "missing", value: "data-org-id" }, { place: "orgId", problem: "missing" }, { place: "orgUrl", problem: "missing", value: "" }] as const;
        expect(view({ standing: refused("settings-invalid", issues) }).details.slice(2, 5)).toEqual([
            { term: "widgetSnippet_name", description: "issue_attribute-missing (data-org-id)" },
            { term: "orgId_name", description: "issue_missing" },
            { term: "orgUrl_name", description: "issue_missing" },
        ]);
    });

    test.each(Object.entries(STATES).filter(([, { kind }]) => kind !== "chatting" && kind !== "elsewhere"))("of the settings come before what the session does: %s", (_, session) => {
        expect(view({ standing: refused("settings-missing"), session })).toEqual(view({ standing: refused("settings-missing") }));
    });

    test.each(Object.entries(STATES).filter(([, { kind }]) => kind === "chatting" || kind === "elsewhere"))("of the settings do not take the way back to a running chat: %s", (_, session) => {
        for (const code of FAILURES) expect(view({ standing: refused(code), session })).toEqual(view({ session }));
    });

    test("of the settings take another widget's chat for no chat of one's own", () => {
        expect(view({ standing: { kind: "conflict" }, session: stateOf("chatting") }).title).toBe("widget-conflict_title");
    });
});

describe("in a designer", () => {
    const preview = (change: Partial<Known>) => view({ authoring: true, ...change });

    test("the launcher is shown as users will see it, above an open list, whatever the session does", () => {
        for (const session of Object.values(STATES)) expect(preview({ session, waiting: "yes" })).toMatchObject({ title: "launcher_title", text: "launcher_text", action: "launcher_action", caption: "preview_text", busy: false, tone: "rest" });
        expect(preview({ properties: properties({ message: "Chats are recorded.", buttonLabel: "Ask us" }) })).toMatchObject({ title: "Chats are recorded.", text: "", action: "Ask us", caption: "preview_text" });
        for (const code of FAILURES) expect(preview({ standing: refused(code) })).toMatchObject({ title: "launcher_title", caption: "preview_text" });
    });

    test("the list is the maker's checklist", () => {
        expect(preview({}).details).toEqual(checklist(known({ authoring: true }), (key) => key));
    });
});

describe("outputs", () => {
    const outputs = (change: Partial<Known>) => outputsOf(known(change));
    const context = contextOf({ kind: "missing" });

    test("a conversation in another tab is reported, and shown, as one in the background", () => {
        expect(outputs({ session: { kind: "elsewhere" } })).toEqual({ chatState: "chatting", unreadCount: 0, errorCode: "" });
        expect(view({ session: { kind: "elsewhere" } })).toEqual(view({ session: { kind: "chatting", minimised: true, heard: 0, unread: 0 } }));
    });

    test("another user's conversation that has to go first is reported as loading", () => {
        expect(outputs({ session: stateOf("expelling closing start prepared") }).chatState).toBe("loading");
    });

    const named = Object.entries(STATES).filter(([, { kind }]) => kind !== "elsewhere" && kind !== "expelling");
    test.each(named)("%s is reported by its name", (_, session) => {
        expect(outputs({ session })).toMatchObject({ chatState: session.kind, unreadCount: session.kind === "chatting" ? session.unread : 0 });
    });

    test("a failure comes before availability, and availability before a notice", () => {
        expect(outputs({ context }).errorCode).toBe("email-missing");
        expect(outputs({ context: contextOf({ kind: "failed" }) }).errorCode).toBe("email-lookup-failed");
        expect(outputs({ context: contextOf({ kind: "known", address: "a@b" }) }).errorCode).toBe("");
        const session: ChatState = { kind: "unavailable", reason: "outside-operating-hours", resume: "load" };
        expect(outputs({ context, session })).toEqual({ chatState: "unavailable", unreadCount: 0, errorCode: "outside-operating-hours" });
        expect(outputs({ context, session, standing: refused("settings-unreadable") })).toEqual({ chatState: "failed", unreadCount: 0, errorCode: "settings-unreadable" });
        expect(outputs({ context, session: stateOf("failed start-timeout reload") })).toEqual({ chatState: "failed", unreadCount: 0, errorCode: "start-timeout" });
        expect(outputs({ context, session: stateOf("conflict") })).toEqual({ chatState: "conflict", unreadCount: 0, errorCode: "widget-conflict" });
    });

    test.each(FAILURES)("%s is told as what only maker or administrator can mend, or as a failure", (code) => {
        const isSetUp = ["settings-missing", "settings-invalid", "organization-not-trusted", "script-host-not-trusted"].includes(code);
        expect(outputs({ standing: refused(code) })).toEqual({ chatState: isSetUp ? "not-set-up" : "failed", unreadCount: 0, errorCode: code });
    });

    test.each(FAILURES)("%s of the settings does not hide a running chat", (code) => {
        expect(outputs({ standing: refused(code), session: stateOf("chatting minimised 2") })).toEqual({ chatState: "chatting", unreadCount: 2, errorCode: "" });
    });

    test("a conflict is one, and none of the other widget's numbers are reported", () => {
        expect(outputs({ standing: { kind: "conflict" }, session: stateOf("chatting minimised 2") })).toEqual({ chatState: "conflict", unreadCount: 0, errorCode: "widget-conflict" });
    });

    test("waiting is loading, but not while a chat runs", () => {
        expect(outputs({ waiting: "yes", standing: refused("settings-unreadable") })).toEqual({ chatState: "loading", unreadCount: 0, errorCode: "" });
        expect(outputs({ waiting: "slow", session: stateOf("chatting minimised 2") })).toMatchObject({ chatState: "chatting", unreadCount: 2 });
    });

    test("a designer reports rest, whatever is wrong", () => {
        for (const session of Object.values(STATES)) expect(outputs({ authoring: true, session, context, standing: refused("settings-missing") })).toEqual({ chatState: "idle", unreadCount: 0, errorCode: "" });
    });
});

describe("notices", () => {
    test("are given one at a time, the one that weighs most first", () => {
        const everything = { ...noticed("context-dropped"), ...noticed("contact-missing") };
        const dropped = noticed("context-dropped").context?.dropped ?? [];
        const of = (change: Partial<Known>) => outputsOf(known({ session: stateOf("chatting"), ...change })).errorCode;
        expect(of({ ...everything, context: contextOf({ kind: "missing" }, { dropped }) })).toBe("email-missing");
        expect(of({ ...everything, context: contextOf({ kind: "known", address: "a@b" }, { dropped }) })).toBe("contact-missing");
        expect(of({ ...everything, contact: "found", context: contextOf({ kind: "known", address: "a@b" }, { dropped }) })).toBe("context-dropped");
    });

    test("say nothing of a contact that nobody wants checked, nor of a record that is not open", () => {
        const of = (change: Partial<Known>) => outputsOf(known({ session: stateOf("chatting"), ...change })).errorCode;
        expect(of({ contact: "contact-missing" })).toBe("");
        expect(of({ context: contextOf({ kind: "known", address: "a@b" }, { dropped: [{ name: "A", problem: "no-record" }] }) })).toBe("");
    });

    test("that weigh more say nothing of what was dropped", () => {
        const context = contextOf({ kind: "missing" }, { dropped: [{ name: "A", problem: "email" }] });
        expect(view({ context, session: stateOf("chatting") }).details.map(({ term }) => term)).not.toContain("A");
    });
});
