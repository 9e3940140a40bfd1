// Covers app/room: what room is kept for. That it is enough, in pixels and in every language, is the gallery's to show.
import { wordiest } from "../../../ChatWithAgent/app/room";
import { properties } from "./fakes";
import { FAILURES } from "./samples";

/** Texts that are their keys, but for those that are given. */
const room = (change: Parameters<typeof properties>[0] = {}, given: Readonly<Record<string, string>> = {}) => wordiest(properties(change), (key) => given[key] ?? "x").words;
const LONG = "a ".repeat(100);

describe.each(["email-missing", "email-lookup-failed", "storage-blocked", "context-dropped"])("is kept for the notice %s", (code) => {
    test("on the launcher and in a chat", () => {
        const said = room({}, { [`notice_${code}`]: LONG, launcher_title: "launcher", chatting_title: "chatting" }).filter(({ text }) => text === LONG);
        expect(said.map(({ title }) => title).sort()).toEqual(["chatting", "launcher"]);
    });
});

test.each(["contact-missing", "contact-ambiguous"])("is kept for the notice %s only where the contact is checked", (code) => {
    const said = { [`notice_${code}`]: LONG };
    expect(room({ contactCheck: true }, said).map(({ text }) => text)).toContain(LONG);
    expect(room({}, said).map(({ text }) => text)).not.toContain(LONG);
});

test.each(FAILURES)("is kept for the failure %s, with its code", (code) => {
    const key = ["settings-missing", "settings-invalid", "organization-not-trusted", "script-host-not-trusted"].includes(code) ? "not_set_up" : code;
    const said = (requireEmail: boolean) => room({ requireEmail }, { [`${key}_text`]: LONG, [`${key}_title`]: LONG }).some(({ title, text }) => title === LONG && text.startsWith(LONG) && text.endsWith(")"));
    expect(said(true)).toBe(true);
    // Without the address being required these two are notices.
    expect(said(false)).toBe(!["email-missing", "email-lookup-failed"].includes(code));
});

test.each(["launcher", "user_action", "ended", "outside-operating-hours", "chatting"])("is kept for %s", (key) => {
    expect(room({}, { [`${key}_title`]: LONG, [`${key}_text`]: `${LONG}!` })).toContainEqual(expect.objectContaining({ title: LONG, text: `${LONG}!` }));
});

test.each(["connecting_slow", "chatting_minimised"])("is kept for %s", (key) => {
    expect(room({}, { [key]: LONG }).map(({ text }) => text)).toContain(LONG);
});

test("is kept for the maker's own words", () => {
    expect(room({ message: LONG }).map(({ title }) => title)).toContain(LONG.trim());
});

test("is kept for a long title with little text, and for a long text under a short title", () => {
    const title = "t".repeat(60);
    const said = room({}, { ended_title: title, ...Object.fromEntries(["chatting_text", "user_action_text", "notice_storage-blocked", "connecting_slow", "chatting_minimised", "launcher_text"].map((key) => [key, "y".repeat(150)])) });
    expect(said.map((words) => words.title)).toContain(title);
    expect(said.map(({ text }) => text.length)).toContain(150);
});

test.each(["chatting", "ended", "retry", "launcher"])("is kept for the longest label, beside each: %s", (key) => {
    const label = "Label ".repeat(5);
    expect(wordiest(properties(), (each) => (each === `${key}_action` ? label : "x"))).toMatchObject({ action: label });
});

test("tries few, each once", () => {
    const said = room({ contactCheck: true, shareRecord: true });
    expect(said.length).toBeLessThanOrEqual(15);
    expect(new Set(said).size).toBe(said.length);
});

test("leaves out what is clearly shorter than another in title and text, and nothing else", () => {
    const said = (title: string, text: string) => room({}, { ended_title: "t".repeat(60), ended_text: "y".repeat(120), user_action_title: title, user_action_text: text }).some((words) => words.title === title && words.text === text);
    expect(said("u".repeat(50), "z".repeat(100))).toBe(false);
    expect(said("u".repeat(58), "z".repeat(100))).toBe(true);
    expect(said("u".repeat(50), "z".repeat(115))).toBe(true);
    // One that is longer in one and shorter in the other.
    expect(said("u".repeat(20), "z".repeat(160))).toBe(true);
});

test("is worked out anew when something of it changes, and only then", () => {
    const texts = jest.fn((key: string) => key);
    const first = wordiest(properties(), texts);
    const asked = texts.mock.calls.length;
    expect(wordiest(properties({ userEmail: "another@contoso.com" }), texts)).toBe(first);
    expect(texts).toHaveBeenCalledTimes(asked);
    for (const change of [{ message: LONG }, { buttonLabel: LONG }, { contactCheck: true }, { requireEmail: true }]) {
        const before = wordiest(properties(), texts);
        expect(wordiest(properties(change), texts)).not.toBe(before);
    }
    expect(wordiest(properties({ message: LONG }), texts).words.map(({ title }) => title)).toContain(LONG.trim());
});
