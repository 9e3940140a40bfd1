// Covers app/checklist: what the maker is told in the designer, line by line; the texts appear by their keys.
import { checklist } from "../../../ChatWithAgent/app/checklist";
import type { Known } from "../../../ChatWithAgent/app/view";
import type { Detail } from "../../../ChatWithAgent/components/view";
import { APP, ORG, contextOf, widgetSettings } from "../chat/fakes";
import { properties } from "./fakes";
import { FAILURES, PLACES, SOURCES, known, refused, valid } from "./samples";

const list = (change: Partial<Known>): readonly Detail[] => checklist(known({ authoring: true, ...change }), (key) => key);
/** A line in short: its mark, its term, its words. */
const short = ({ mark, term, description }: Detail): string => `${mark?.kind ?? "-"} ${term}: ${description}`;
const lines = (change: Partial<Known>): readonly string[] => list(change).map(short);
const starts = (change: Partial<Known>): readonly string[] => lines(change).slice(0, lines(change).findIndex((line) => line.includes("userEmail_name")));
/** What is said of the agent's side. */
const agent = (change: Partial<Known>): readonly string[] => {
    const all = lines(change);
    return all.slice(
        all.findIndex((line) => line.includes("preview_context")),
        all.findIndex((line) => line.includes("preview_tasks")),
    );
};
const text = (value: string) => ({ text: value, fromColumn: false });
const { appId, orgId, orgUrl } = widgetSettings();
const SCRIPT = "good details_script: oc-cdn-public-eur.azureedge.net (prod)";

test("a mark is said in words too", () => {
    expect(list({}).filter(({ mark }) => mark).map(({ mark }) => mark?.text)).toEqual(expect.arrayContaining(["mark_good", "mark_todo"]));
    for (const { mark } of list({ standing: refused("settings-missing") })) if (mark) expect(mark.text).toBe(`mark_${mark.kind}`);
});

describe("the widget", () => {
    test("is being read", () => {
        expect(starts({ standing: { kind: "unsettled" } })).toEqual(["- preview_source: preview_reading"]);
    });

    test.each(SOURCES)("comes from %s", (source) => {
        expect(starts({ standing: valid(source) })[0]).toBe(`good preview_source: source_${source}`);
    });

    test("that the environment names has all its values from there", () => {
        expect(starts({ standing: valid("environmentVariable") }).slice(1)).toEqual([
            "good widgetSnippet_name: place_environment",
            `good widgetAppId_name: place_environment (${appId})`,
            `good orgId_name: place_environment (${orgId})`,
            `good orgUrl_name: place_environment (${orgUrl})`,
            SCRIPT,
        ]);
    });

    test("is read out of a pasted snippet, with everything else that it says", () => {
        const settled = { kind: "valid", source: "widgetSnippet", notes: [], widget: { ...widgetSettings(), attributes: { ...widgetSettings().attributes, "data-color-override": "#0f6cbd", "data-hide-chat-button": "true" } } } as const;
        expect(starts({ standing: { kind: "valid", settled }, properties: properties({ snippet: "<script>", orgId: text("x") }) })).toEqual([
            "good preview_source: source_widgetSnippet",
            "good widgetSnippet_name: place_set",
            `good widgetAppId_name: source_widgetSnippet (${appId})`,
            // Its value does not count, and is not shown as if it did.
            "todo orgId_name: place_unused",
            `good orgUrl_name: source_widgetSnippet (${orgUrl})`,
            SCRIPT,
            "good preview_attributes: data-color-override, data-hide-chat-button",
        ]);
    });

    test("is named by the three values", () => {
        expect(starts({ standing: valid("properties"), properties: properties({ widgetAppId: { text: APP, fromColumn: true }, orgId: text(ORG), orgUrl: text("x") }) })).toEqual([
            "good preview_source: source_properties",
            "- widgetSnippet_name: place_not-set",
            `good widgetAppId_name: place_set (${appId})`,
            `good orgId_name: place_set (${orgId})`,
            `good orgUrl_name: place_set (${orgUrl})`,
            SCRIPT,
        ]);
    });

    test.each(FAILURES)("that is refused for %s says what to do first, and whose turn it is", (code) => {
        expect(starts({ standing: refused(code) })[0]).toBe(`${["settings-unreadable", "offline"].includes(code) ? "todo" : "wrong"} preview_wrong: ${code}_help`);
    });

    test("that nobody has named is one thing to fix, and not one at each place that could name it", () => {
        expect(starts({ standing: refused("settings-missing", [{ place: "widgetSnippet", problem: "missing" }, { place: "cwa_ChatWidgetSnippet", problem: "missing" }]) }).filter((line) => line.startsWith("wrong"))).toEqual(["wrong preview_wrong: settings-missing_help"]);
    });

    test("that could not be looked up is nothing for the maker to fix", () => {
        expect(starts({ standing: refused("settings-unreadable", [{ place: "cwa_ChatWidgetSnippet", problem: "unreadable" }]) })).toContain("todo cwa_ChatWidgetSnippet: issue_unreadable");
    });

    test("that comes from columns is not judged without a record", () => {
        const column = { text: null, fromColumn: true };
        const change = { properties: properties({ widgetAppId: column, orgId: column, orgUrl: column }) };
        expect(starts({ ...change, standing: refused("settings-missing") })).toEqual(["todo preview_wrong: settings-missing_help", "- widgetSnippet_name: place_not-set", "- widgetAppId_name: place_not-set", "todo orgId_name: place_column", "todo orgUrl_name: place_column"]);
        expect(starts({ ...change, standing: valid("environmentVariable") })).toEqual(expect.arrayContaining([`good widgetAppId_name: place_environment (${appId})`, "todo orgId_name: place_column"]));
    });

    test("that a typed text does not name, though it is in the place of an ID, is told; a column's text is not", () => {
        const typed = (fromColumn: boolean) => starts({ standing: valid("environmentVariable"), properties: properties({ widgetAppId: { text: " 4de22280-0707 ", fromColumn } }) });
        expect(typed(false)).toContain("todo widgetAppId_name: issue_not-a-guid (4de22280-0707)");
        expect(typed(true)).toContain(`good widgetAppId_name: place_environment (${appId})`);
    });

    test.each(PLACES)("says what is wrong with %s", (place) => {
        expect(starts({ standing: refused("settings-invalid", [{ place, problem: "missing" }]) })).toContain(`wrong ${place.startsWith("cwa_") ? place : `${place}_name`}: issue_missing`);
    });

    test("says nothing good of what stands beside something wrong", () => {
        expect(starts({ standing: refused("settings-invalid", [{ place: "orgId", problem: "not-a-guid", value: "x" }]), properties: properties({ orgId: text("x") }) })).toEqual([
            "wrong preview_wrong: settings-invalid_help",
            "- widgetSnippet_name: place_not-set",
            "- widgetAppId_name: place_not-set",
            "wrong orgId_name: issue_not-a-guid (x)",
            "- orgUrl_name: place_not-set",
        ]);
    });

    test("that works without a part of what is set says so, and that it is no failure", () => {
        expect(starts({ standing: valid("widgetSnippet", [{ place: "widgetSnippet", problem: "font-dropped", value: "x" }]) })).toContain("todo widgetSnippet_name: issue_font-dropped (x)");
    });

    test("says so where another one has the page", () => {
        expect(starts({ standing: { kind: "conflict" } })).toEqual(["todo preview_source: widget-conflict_help"]);
    });
});

describe("the other properties", () => {
    const said = (change: Parameters<typeof properties>[0], name: string): string | undefined => lines({ properties: properties(change) }).find((line) => line.includes(`${name}_name:`));

    test.each([
        [null, "good userEmail_name: preview_email"],
        ["  ", "good userEmail_name: preview_email"],
        ["alex@contoso.com", "todo userEmail_name: preview_email_set (alex@contoso.com)"],
        ["x".repeat(130), `wrong userEmail_name: preview_email_wrong (${"x".repeat(120)})`],
        ["alex", "wrong userEmail_name: preview_email_wrong (alex)"],
    ])("the address %j is told as it will be used", (userEmail, line) => {
        expect(said({ userEmail }, "userEmail")).toBe(line);
    });

    test.each(["button", "widgetButton", "automatic"] as const)("the start mode %s is told by its name", (startMode) => {
        expect(said({ startMode }, "startMode")).toBe(`good startMode_name: startMode_${startMode}`);
    });

    test.each(["requireEmail", "shareRecord", "contactCheck"] as const)("%s is told as yes or no", (name) => {
        expect(said({ [name]: true }, name)).toBe(`good ${name}_name: yes`);
        expect(said({}, name)).toBe(`good ${name}_name: no`);
    });

    test.each(["message", "buttonLabel", "closedMessage"] as const)("%s is told as set or not", (name) => {
        expect(said({ [name]: " x " }, name)).toBe(`good ${name}_name: place_set`);
        expect(said({ [name]: "  " }, name)).toBe(`- ${name}_name: place_not-set`);
    });

    test.each([
        ["while they are being looked at", undefined, "-"],
        ["when all are sent", [], "good"],
        ["when only a record is missing", ["no-record"], "good"],
        ["when a row could not be read", ["unreadable"], "good"],
        ["when one is left out", ["no-record", "twice"], "wrong"],
    ] as const)("the context variables %s", (_, problems, mark) => {
        const context = problems && contextOf({ kind: "missing" }, { dropped: problems.map((problem) => ({ name: "A", problem })) });
        const of = (contextVariables: string) => lines({ context, properties: properties({ contextVariables }) });
        expect(of("A=b")).toContain(`${mark} contextVariables_name: place_set`);
        expect(of("  ")).toContain("- contextVariables_name: place_not-set");
        expect(of("A=b")).toContain(`${problems ? "good" : "-"} preview_context: Email`);
    });
});

describe("the context", () => {
    const variables = Object.fromEntries(["Email", "Phone", "Department", "CaseNumber", "Name"].map((name) => [name, { value: "1", isDisplayable: true }]));

    test("is told by the names that the agent gets, each once, and by those by which contacts and cases are found", () => {
        const context = contextOf({ kind: "missing" }, { variables });
        expect(agent({ properties: properties({ shareRecord: true }), context })).toEqual([
            "good preview_context: Email, RecordName, RecordTable, RecordUrl, Phone, Department, CaseNumber, Name",
            ...["Phone", "CaseNumber", "Name"].map((name) => `todo ${name}: preview_identifying`),
        ]);
        expect(agent({ context })[0]).toBe("good preview_context: Email, Phone, Department, CaseNumber, Name");
    });

    test("is told with what is left out of it, and why; that no record is open is no fault", () => {
        const context = contextOf({ kind: "missing" }, { dropped: [{ name: "A", problem: "twice" }, { name: "B", problem: "no-record" }, { name: "C", problem: "unreadable" }] });
        expect(agent({ context })).toEqual(["good preview_context: Email", "wrong A: drop_twice", "- B: drop_no-record", "todo C: drop_unreadable"]);
    });

    test("that is not known yet is told as far as it is sure", () => {
        expect(agent({ properties: properties({ shareRecord: true }) })).toEqual(["good preview_context: Email, RecordName, RecordTable, RecordUrl"]);
        expect(agent({})).toEqual(["good preview_context: Email"]);
    });
});

test("the administrator's part ends the list, each task with a guide of its own", () => {
    const tasks = list({ standing: refused("settings-missing") }).slice(-4);
    expect(tasks.map(short)).toEqual(["- preview_tasks: preview_tasks_text", "todo preview_setup: preview_setup_text", "todo preview_domains: preview_domains_text", "todo preview_hours: preview_hours_text"]);
    const links = tasks.slice(1).map(({ link }) => link);
    expect(links.map((link) => link?.text)).toEqual(["preview_guide", "preview_guide", "preview_guide"]);
    expect(links.map((link) => link?.href)).toEqual(["record-identification-rule", "add-chat-widget", "create-operating-hours"].map((page) => `https://learn.microsoft.com/dynamics365/customer-service/administer/${page}`));
    expect(list({}).slice(0, -3).some(({ link }) => link)).toBe(false);
});
