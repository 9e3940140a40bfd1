// Covers the case form in miniature: it has the documented members and no other, and its events come as the
// platform's do.
import {
    createRecordForm,
    dictionary,
    type FormColumn,
    type FormContext,
    type RecordForm,
} from "../../../demo/host/form-context";

const told: string[] = [];
const failures: string[] = [];
let outputs: Record<string, unknown> = {};

function makeForm(): RecordForm {
    const column = (kind: FormColumn["kind"], value: FormColumn["value"]): FormColumn => ({
        kind,
        value,
        visible: true,
        disabled: false,
    });
    told.length = 0;
    failures.length = 0;
    outputs = {};
    return createRecordForm({
        columns: {
            title: column("text", "a"),
            isescalated: column("yes-no", false),
            prioritycode: { ...column("choice", 1), copies: [{ visible: true, disabled: true }] },
            started: column("date", null),
            help: column("text", null),
        },
        events: { help: ["ChatStarted"] },
        outputs: (control) => (control === "help" ? outputs : {}),
        changed: () => undefined,
        did: (script, what) => void told.push(`${script}: ${what}`),
        failed: (script, error) => void failures.push(`${script}: ${String(error)}`),
    });
}

/** What a script has of the form; what it throws is the test's. */
function contextOf(form: RecordForm): FormContext {
    let found: FormContext | undefined;
    form.load("test", (executionContext) => void (found = executionContext.getFormContext()));
    if (!found) throw new Error("No form context.");
    return found;
}

/**
 * Names that do not compile if Microsoft's client API has no such member; addEventHandler is documented and not in
 * the types.
 */
const attributeMembers: readonly (keyof Xrm.Attributes.Attribute)[] = [
    "addOnChange",
    "controls",
    "getValue",
    "setValue",
];
const controlMembers: readonly (keyof Xrm.Controls.StandardControl | "addEventHandler")[] = [
    "addEventHandler",
    "addOnOutputChange",
    "getDisabled",
    "getOutputs",
    "getVisible",
    "setDisabled",
    "setVisible",
];
const controlsMembers: readonly (keyof Xrm.Attributes.Attribute["controls"])[] = ["forEach"];
const uiMembers: readonly (keyof Xrm.Ui)[] = ["clearFormNotification", "setFormNotification"];
const formMembers: readonly (keyof Xrm.FormContext)[] = ["getAttribute", "getControl", "ui"];

test("the members are the client API's own, and there are no others", () => {
    const formContext = contextOf(makeForm());
    const keys = (members: object | null): string[] => Object.keys(members ?? {}).sort();
    expect(keys(formContext)).toEqual(formMembers);
    expect(keys(formContext.ui)).toEqual(uiMembers);
    expect(keys(formContext.getControl("help"))).toEqual(controlMembers);
    expect(keys(formContext.getAttribute("help"))).toEqual(attributeMembers);
    expect(keys(formContext.getAttribute("help")?.controls ?? null)).toEqual(controlsMembers);
});

test("a member that is not there throws, a column that is not there is null", () => {
    const formContext = contextOf(makeForm());
    for (const [name, at] of [
        ["formContext", formContext],
        ["ui", formContext.ui],
        ["control", formContext.getControl("help")],
        ["attribute", formContext.getAttribute("help")],
        ["controls", formContext.getAttribute("help")?.controls],
    ] as const) {
        expect(() => Reflect.get(at ?? {}, "startChat") as unknown).toThrow(`${name}.startChat is not a function`);
    }
    expect([formContext.getControl("toString"), formContext.getAttribute("nothing")]).toEqual([null, null]);
});

test("OnChange comes when the user changes a column, not when a script does", () => {
    const form = makeForm();
    const attribute = contextOf(form).getAttribute("isescalated");
    const seen: unknown[] = [];
    attribute?.addOnChange(
        (executionContext) => void seen.push(executionContext.getFormContext().getAttribute("isescalated")?.getValue()),
    );
    attribute?.setValue(true);
    expect(seen).toEqual([]);
    form.change("isescalated", false);
    form.change("title", "b");
    expect(seen).toEqual([false]);
    expect(told).toEqual(["test: isescalated = true"]);
});

test.each([
    ["title", 1],
    ["isescalated", 1],
    ["isescalated", "yes"],
    ["prioritycode", "High"],
    ["started", "today"],
] as const)("%s does not take %s", (name, value) => {
    const form = makeForm();
    expect(() => contextOf(form).getAttribute(name)?.setValue(value)).toThrow("does not take");
    expect(() => form.change(name, value)).toThrow("does not take");
    form.load("test", () => contextOf(form).getAttribute("started")?.setValue(new Date(0)));
    expect([form.columns["started"]?.value, failures]).toEqual([new Date(0), []]);
});

test("a notification is replaced and cleared by its id, the newest stands first", () => {
    const form = makeForm();
    const { ui } = contextOf(form);
    ui.setFormNotification("one", "INFO", "a");
    ui.setFormNotification("two", "ERROR", "b");
    ui.setFormNotification("three", "INFO", "a");
    ui.setFormNotification("three", "INFO", "a");
    expect(form.notifications).toEqual([
        { id: "a", text: "three", level: "INFO" },
        { id: "b", text: "two", level: "ERROR" },
    ]);
    expect([ui.clearFormNotification("a"), ui.clearFormNotification("a")]).toEqual([true, false]);
    expect(form.notifications).toEqual([{ id: "b", text: "two", level: "ERROR" }]);
    expect(told).toEqual([
        "test: notification: one",
        "test: notification: two",
        "test: notification: three",
        "test: notification cleared",
    ]);
});

test("what is locked or shown already is not told again", () => {
    const form = makeForm();
    const control = contextOf(form).getControl("help");
    for (const is of [true, true, false, false]) {
        control?.setDisabled(is);
        control?.setVisible(!is);
    }
    expect(told).toEqual(["locks help", "hides help", "unlocks help", "shows help"].map((what) => `test: ${what}`));
    expect([control?.getDisabled(), control?.getVisible()]).toEqual([false, true]);
});

test("each place of a column is a control of its own, and getControl gives the first", () => {
    const form = makeForm();
    const formContext = contextOf(form);
    const seen: unknown[] = [];
    formContext.getAttribute("prioritycode")?.controls.forEach((control, index) => {
        seen.push([index, control.getDisabled()]);
        control.setDisabled(index === 0);
    });
    expect(seen).toEqual([
        [0, false],
        [1, true],
    ]);
    expect(told).toEqual(["test: locks prioritycode", "test: unlocks prioritycode1"]);
    expect([formContext.getControl("prioritycode")?.getDisabled(), form.columns["prioritycode"]?.copies]).toEqual([
        true,
        [{ visible: true, disabled: false }],
    ]);
    formContext.getAttribute("help")?.controls.forEach((_control, index) => void seen.push(index));
    expect(seen).toHaveLength(3);
});

test("a column can be emptied, one with yes or no too", () => {
    const form = makeForm();
    for (const name of Object.keys(form.columns)) form.change(name, null);
    expect(Object.values(form.columns).map(({ value }) => value)).toEqual([null, null, null, null, null]);
});

test("a control raises its own events only, and a standard control none", () => {
    const form = makeForm();
    const formContext = contextOf(form);
    const heard: string[] = [];
    formContext.getControl("help")?.addEventHandler("ChatStarted", () => void heard.push("started"));
    formContext.getControl("help")?.addOnOutputChange(() => void heard.push("outputs"));
    form.raise("help", "ChatStarted");
    form.raise("title", "ChatStarted");
    form.outputsChanged("help");
    form.outputsChanged("title");
    expect(heard).toEqual(["started", "outputs"]);
    expect(() => formContext.getControl("help")?.addEventHandler("OnStarted", () => undefined)).toThrow(
        "help has no event OnStarted.",
    );
    expect(() => formContext.getControl("title")?.addEventHandler("ChatStarted", () => undefined)).toThrow(
        "title has no event ChatStarted.",
    );
});

test("a handler that throws keeps no other from running", () => {
    const form = makeForm();
    const control = contextOf(form).getControl("help");
    const heard: string[] = [];
    control?.addOnOutputChange(() => {
        throw new Error("mine");
    });
    control?.addOnOutputChange(() => void heard.push("second"));
    form.outputsChanged("help");
    expect([heard, failures]).toEqual([["second"], ["test: Error: mine"]]);
});

test("outputs have the control's name before theirs, and their value in an object", () => {
    expect(dictionary("help", { chatState: "idle", unreadCount: 0 })).toEqual({
        "help.fieldControl.chatState": { value: "idle" },
        "help.fieldControl.unreadCount": { value: 0 },
    });
});
