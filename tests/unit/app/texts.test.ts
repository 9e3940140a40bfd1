// Covers strings/ and the manifest: every text that the code or the manifest can ask for is there in English, and no other. tests/unit/languages holds the others against it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { viewOf } from "../../../ChatWithAgent/app/view";
import type { Known } from "../../../ChatWithAgent/app/view";
import type { ChatState } from "../../../ChatWithAgent/chat/machine";
import { contextOf } from "../chat/fakes";
import { STATES } from "../chat/samples";
import { properties } from "./fakes";
import { AVAILABILITIES, DROPS, FAILURES, NOTICES, PLACES, PROBLEMS, SOURCES, known, noticed, refused, valid } from "./samples";

const CONTROL = join(__dirname, "../../../ChatWithAgent");
const read = (path: string): string => readFileSync(join(CONTROL, path), "utf8");
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);
const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort();

const manifest = read("ControlManifest.Input.xml");
const textsOf = (file: string): Map<string, string> =>
    new Map([...read(`strings/${file}`).matchAll(/<data name="([^"]+)"[^>]*><value>([\s\S]*?)<\/value>/g)].map(([, key = "", value = ""]) => [key, value]));
const english = textsOf("ChatWithAgent.1033.resx");

const SURVEYS = { isFound: true, isClosed: false, isHidden: false, isPersistent: false, signIn: "none", hasSurveyBefore: true, hasSurveyAfter: true } as const;

/** Everything that an instance may know, one thing after the other. */
function* everything(): Generator<Known> {
    const sessions: ChatState[] = [
        ...Object.values(STATES),
        { kind: "starting", step: "opening", slow: true },
        { kind: "chatting", minimised: true, heard: 0, unread: 1 },
        ...FAILURES.map((code): ChatState => ({ kind: "failed", code, detail: "x", resume: "load", then: "start" })),
        ...AVAILABILITIES.map((reason): ChatState => ({ kind: "unavailable", reason, resume: "load" })),
    ];
    for (const session of sessions) for (const change of [{}, { configuration: SURVEYS }, ...NOTICES.map(noticed)]) yield known({ session, ...change });
    const variables = { Name: { value: "Alex", isDisplayable: true } };
    yield known({ authoring: true, context: contextOf({ kind: "missing" }, { variables, dropped: DROPS.map((problem) => ({ name: "x", problem })) }) });
    yield known({ authoring: true, standing: valid("environmentVariable"), properties: properties({ userEmail: "no address", orgId: { text: null, fromColumn: true } }) });
    yield known({ storageBlocked: true, failedAt: "2026-01-01T00:00:00Z" });
    for (const waiting of ["no", "yes", "slow"] as const) yield known({ waiting });
    const filled = properties({ snippet: "x", orgUrl: { text: "x", fromColumn: false } });
    const issues = PLACES.flatMap((place) => PROBLEMS.flatMap((problem) => [{ place, problem }, { place, problem, value: "x" }]));
    for (const authoring of [true, false]) {
        for (const standing of [...FAILURES.map((code) => refused(code)), refused("settings-invalid", issues), ...SOURCES.map((source) => valid(source)), { kind: "unsettled" } as const, { kind: "conflict" } as const]) {
            yield known({ authoring, standing });
            yield known({ authoring, standing, properties: filled });
        }
    }
}

/** What the code asks for. */
const asked = new Set(all(read("app/Root.tsx"), /texts\("([^"]+)"\)/g));
for (const each of everything()) {
    viewOf(each, (key) => {
        asked.add(key);
        return key;
    });
}

// The page asks for its own words, and has some in place of the control's.
for (const key of [...all(read("../page/PageView.tsx") + read("../page/main.tsx"), /texts\("([^"]+)"\)/g), "page_wrong_name", "page_wrong_value"]) asked.add(key);
for (const key of [...asked]) if (english.has(`page_${key}`)) asked.add(`page_${key}`);

/** What the manifest asks for. */
const declared = all(manifest, /-key="([^"]+)"/g);

test("the code asks for no text that is not there", () => {
    expect(sorted(asked).filter((key) => !english.has(key))).toEqual([]);
});

test("the manifest asks for no text that is not there", () => {
    expect(sorted(declared).filter((key) => !english.has(key))).toEqual([]);
});

test("there is no text that nobody asks for", () => {
    const wanted = new Set([...asked, ...declared]);
    expect([...english.keys()].filter((key) => !wanted.has(key))).toEqual([]);
});

test("every property and event has a name and a description, every choice a name, under its own name", () => {
    const named = [...manifest.matchAll(/<(property|event) name="(\w+)" display-name-key="(\w+)" description-key="(\w+)"/g)];
    expect(named).toHaveLength(all(manifest, /<(property|event) /g).length);
    for (const [, , name = "", display, description] of named) expect([display, description]).toEqual([`${name}_name`, `${name}_description`]);
    expect(all(manifest, /<value (?!name="\w+" display-name-key="\w+")/g)).toEqual([]);
});

test("every problem with a setting has a text that says it and the mend", () => {
    for (const problem of PROBLEMS) expect((english.get(`issue_${problem}`) ?? "").length).toBeGreaterThan(10);
});

test("every code has a title, a text and a help for the administrator", () => {
    for (const code of FAILURES) {
        const { title, text, details } = viewOf(known({ standing: refused(code) }), (key) => english.get(key) ?? "");
        expect([title, text, details[1]?.description].filter((words) => !words)).toEqual([]);
        expect(details[0]?.description).toBe(code);
    }
});

test("only the texts that count hold a placeholder, and exactly one", () => {
    const holding = [...english].filter(([, value]) => /\{\d/.test(value)).map(([key]) => key);
    expect(sorted(holding)).toEqual(["unread_one", "unread_other"]);
    for (const key of holding) expect(all(english.get(key) ?? "", /(\{\d[^}]*\})/g)).toEqual(["{0}"]);
});
