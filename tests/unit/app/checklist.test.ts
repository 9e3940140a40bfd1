// Covers app/checklist: what the maker is told in the designer, line by line; the texts appear by their keys.
import { checklist } from "../../../ChatWithAgent/app/checklist";
import type { Known } from "../../../ChatWithAgent/app/view";
import type { Detail } from "../../../ChatWithAgent/components/view";
import { contextOf } from "../chat/fakes";
import { properties } from "./fakes";
import { FAILURES, PLACES, SOURCES, known, refused, valid } from "./samples";

const list = (change: Partial<Known>): readonly Detail[] => checklist(known({ authoring: true, ...change }), (key) => key);
/** A line in short: its mark, its term, its words. */
const lines = (change: Partial<Known>): readonly string[] => list(change).map(({ mark, term, description }) => `${mark?.kind ?? "-"} ${term}: ${description}`);

const AGENT = "good preview_context: Email";
const ADMINISTRATOR = "todo details_help: preview_administrator";
/** What is said of the widget, where nothing else is to be said. */
const widget = (change: Partial<Known>): readonly string[] => {
    const all = lines(change);
    expect(all.slice(-2)).toEqual([AGENT, ADMINISTRATOR]);
    return all.slice(0, -2);
};
const text = (value: string) => ({ text: value, fromColumn: false });

test("a mark is said in words too", () => {
    for (const standing of [valid(), refused("settings-missing"), refused("offline")]) for (const { mark } of list({ standing })) expect(mark?.text).toBe(`mark_${mark?.kind}`);
});

describe("the widget", () => {
    test("is being read", () => {
        expect(widget({ standing: { kind: "unsettled" } })).toEqual(["- preview_source: preview_reading"]);
    });

    test.each(SOURCES)("comes from %s: that is one line, however many properties are set or not", (source) => {
        expect(widget({ standing: valid(source) })).toEqual([`good preview_source: source_${source}`]);
        expect(widget({ standing: valid(source), properties: properties({ snippet: "<script>", orgId: text("x"), message: "x", closedMessage: "x", buttonLabel: "x", requireEmail: true, contactCheck: true }) })).toEqual([`good preview_source: source_${source}`]);
    });

    test.each(FAILURES)("that is refused for %s says what to do first, and whose turn it is", (code) => {
        const mark = ["settings-unreadable", "offline"].includes(code) ? "todo" : "wrong";
        expect(widget({ standing: refused(code) })).toEqual([`${mark} preview_wrong: ${code}_help`]);
    });

    test("that could not be looked up is nothing for the maker to fix", () => {
        expect(widget({ standing: refused("settings-unreadable", [{ place: "cwa_ChatWidgetSnippet", problem: "unreadable" }]) })).toEqual(["todo preview_wrong: settings-unreadable_help", "todo cwa_ChatWidgetSnippet: issue_unreadable"]);
    });

    test.each(PLACES)("says what is wrong with %s", (place) => {
        expect(widget({ standing: refused("settings-invalid", [{ place, problem: "too-long", value: "x" }]) })).toEqual(["wrong preview_wrong: settings-invalid_help", `wrong ${place.startsWith("cwa_") ? place : `${place}_name`}: issue_too-long (x)`]);
    });

    test("that works without a part of what is set says so, and that it is no failure", () => {
        expect(widget({ standing: valid("widgetSnippet", [{ place: "widgetSnippet", problem: "font-dropped", value: "x" }]) })).toEqual(["good preview_source: source_widgetSnippet", "todo widgetSnippet_name: issue_font-dropped (x)"]);
    });

    test("says so where another one has the page", () => {
        expect(widget({ standing: { kind: "conflict" } })).toEqual(["todo preview_source: widget-conflict_help"]);
    });
});

describe("columns, of which a designer has no values", () => {
    const column = (value: string | null) => ({ text: value, fromColumn: true });
    const COLUMN = ["todo preview_source: preview_column"];

    test.each(["widgetSnippet", "orgId", "orgUrl"] as const)("may name the widget: %s", (name) => {
        for (const value of [null, " "]) {
            const change = { properties: { ...properties(), [name]: column(value) } };
            expect(widget({ ...change, standing: refused("settings-missing", [{ place: name, problem: "missing" }]) })).toEqual(COLUMN);
            expect(widget({ ...change, standing: valid("environmentVariable") })).toEqual(COLUMN);
        }
    });

    test("do not hide what is sure", () => {
        const change = { properties: properties({ orgUrl: column(null) }) };
        expect(widget({ ...change, standing: valid("widgetSnippet") })).toEqual(["good preview_source: source_widgetSnippet"]);
        expect(widget({ ...change, standing: valid("properties") })).toEqual(["good preview_source: source_properties"]);
        expect(widget({ ...change, standing: refused("settings-invalid") })).toEqual(["wrong preview_wrong: settings-invalid_help"]);
    });

    test("have a value all the same where a designer shows one, and the control's own column may be there for it alone", () => {
        expect(widget({ properties: properties({ orgUrl: column("x") }), standing: refused("settings-missing") })).toEqual(["wrong preview_wrong: settings-missing_help"]);
        expect(widget({ properties: properties({ widgetAppId: column(null) }), standing: valid("environmentVariable") })).toEqual(["good preview_source: source_environmentVariable"]);
        expect(widget({ properties: properties({ orgUrl: { text: null, fromColumn: false } }), standing: refused("settings-missing") })).toEqual(["wrong preview_wrong: settings-missing_help"]);
    });
});

test.each([
    [null, undefined],
    ["  ", undefined],
    [" alex@contoso.com ", undefined],
    ["x".repeat(130), `wrong userEmail_name: preview_email_wrong (${"x".repeat(120)})`],
    ["alex", "wrong userEmail_name: preview_email_wrong (alex)"],
])("the address %j is told where it is none", (userEmail, line) => {
    expect(lines({ properties: properties({ userEmail }) }).slice(1)).toEqual([...(line ? [line] : []), AGENT, ADMINISTRATOR]);
});

describe("the context", () => {
    const agent = (change: Partial<Known>): readonly string[] => lines(change).slice(1, -1);

    test("is told by the names that the agent gets, each once", () => {
        const variables = Object.fromEntries(["Email", "Department", "Name"].map((name) => [name, { value: "1", isDisplayable: true }]));
        const context = contextOf({ kind: "missing" }, { variables });
        expect(agent({ properties: properties({ shareRecord: true }), context })).toEqual(["good preview_context: Email, RecordName, RecordTable, RecordUrl, Department, Name"]);
        expect(agent({ context })).toEqual(["good preview_context: Email, Department, Name"]);
    });

    test("is told with what is left out of it, and why; that no record is open is no fault", () => {
        const context = contextOf({ kind: "missing" }, { dropped: [{ name: "A", problem: "twice" }, { name: "B", problem: "no-record" }, { name: "C", problem: "unreadable" }] });
        expect(agent({ context })).toEqual([AGENT, "wrong A: drop_twice", "- B: drop_no-record", "todo C: drop_unreadable"]);
    });

    test("that is not known yet is told as far as it is sure", () => {
        expect(agent({ properties: properties({ shareRecord: true }) })).toEqual(["good preview_context: Email, RecordName, RecordTable, RecordUrl"]);
        expect(agent({})).toEqual([AGENT]);
    });
});

test("the administrator's part ends the list, once", () => {
    expect(lines({ standing: refused("settings-missing") }).filter((line) => line.includes("details_help"))).toEqual([ADMINISTRATOR]);
    expect(lines({ standing: refused("settings-missing") }).at(-1)).toBe(ADMINISTRATOR);
});
