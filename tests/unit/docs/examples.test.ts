// Covers the guide's examples: guide, files and demo have the same ones, the scripts do what they say on a form, and the formulas name what there is.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext, type Context } from "node:vm";
import { createRecordForm, dictionary, type FormColumn, type Handler, type RecordForm } from "../../../demo/host/form-context";
import { scripts } from "../../../demo/pages/examples";

const DOCS = join(__dirname, "../../../docs");
const files = readdirSync(join(DOCS, "examples")).sort();
const textOf = (file: string): string => readFileSync(join(DOCS, "examples", file), "utf8");
const guide = readFileSync(join(DOCS, "scripting.md"), "utf8");

test("the guide shows each file, word for word, under its name, and no other code", () => {
    const shown = [...guide.matchAll(/\[([\w-]+\.(?:js|fx))\]\(examples\/([\w-]+\.(?:js|fx))\)[^\n]*\n\n```(\w+)\n([^]*?\n)```\n/g)].map(([, name, link, language, code]) => ({ name, link, language, code }));
    expect(shown.map(({ name }) => name).sort()).toEqual(files);
    for (const { name = "", link, language, code } of shown) {
        expect(link).toBe(name);
        expect(language).toBe(name.endsWith(".js") ? "js" : "powerfx");
        expect(code).toBe(textOf(name));
    }
    expect(guide.match(/^```/gm)).toHaveLength(2 * files.length);
});

test("the demo runs each script", () => {
    expect(scripts.map(({ file }) => file).sort()).toEqual(files.filter((file) => file.endsWith(".js")));
});

interface Loaded {
    readonly form: RecordForm;
    readonly failures: string[];
    /** The control reports, in the shape that the form hands on. */
    report(outputs: Outputs): void;
}

type Outputs = Readonly<Record<string, unknown>>;
type Shape = (outputs: Outputs) => Record<string, unknown> | undefined;
const asSeen: Shape = (outputs) => dictionary("contoso_help", outputs);

/** The scripts as a form loads them: one realm for all, each file by itself, then the On Load handlers. */
const realm: Context = createContext({ Date });
for (const { file } of scripts) runInContext(textOf(file), realm, { filename: file });

function handlerOf(file: string): Handler {
    const handler = scripts.find((script) => script.file === file)?.handler ?? "";
    const found: unknown = runInContext(`Contoso.${handler}`, realm);
    if (typeof found !== "function") throw new Error(`${file} has no ${handler}.`);
    return found as Handler;
}

function load(file: string, { shape = asSeen, without = "", columns: given = {}, reported = {} }: { readonly shape?: Shape; readonly without?: string; readonly reported?: Outputs; readonly columns?: Record<string, Partial<FormColumn>> } = {}): Loaded {
    const failures: string[] = [];
    let outputs = reported;
    const column = (kind: FormColumn["kind"], value: FormColumn["value"], more: Partial<FormColumn> = {}): FormColumn => ({ kind, value, visible: true, disabled: false, ...more });
    const all: Record<string, FormColumn> = {
        isescalated: column("yes-no", false),
        prioritycode: column("choice", 2, given["prioritycode"]),
        contoso_chatstarted: column("date", null),
        contoso_help: column("text", null, { visible: false }),
    };
    const form = createRecordForm({
        columns: Object.fromEntries(Object.entries(all).filter(([name]) => name !== without)),
        events: { contoso_help: ["ChatStarted", "ChatEnded", "MessageReceived", "ChatFailed"] },
        outputs: () => shape(outputs),
        changed: () => undefined,
        did: () => undefined,
        failed: (_script, error) => void failures.push(String(error)),
    });
    form.load(file, handlerOf(file));
    return {
        form,
        failures,
        report(next) {
            outputs = next;
            form.outputsChanged("contoso_help");
        },
    };
}

const CHATTING = { chatState: "chatting", unreadCount: 0, errorCode: "" };
const FAILED = { chatState: "failed", unreadCount: 0, errorCode: "script-unreachable" };
const texts = ({ form }: Loaded): string[] => form.notifications.map(({ text, level }) => `${level}: ${text}`);

test.each(scripts.flatMap(({ file }) => ["isescalated", "prioritycode", "contoso_chatstarted", "contoso_help"].map((without) => [file, without] as const)))("%s keeps still on a form without %s", (file, without) => {
    const loaded = load(file, { without });
    loaded.report(CHATTING);
    loaded.form.raise("contoso_help", "ChatStarted");
    loaded.form.raise("contoso_help", "ChatFailed");
    if (without !== "isescalated") loaded.form.change("isescalated", true);
    expect(loaded.failures).toEqual([]);
});

test("escalating shows the control, taking it back or emptying the column hides it, loading does neither", () => {
    const { form } = load("open-when-escalated.js");
    const isVisible = (): unknown => form.columns["contoso_help"]?.visible;
    expect(isVisible()).toBe(false);
    form.change("isescalated", true);
    expect(isVisible()).toBe(true);
    form.change("isescalated", false);
    expect(isVisible()).toBe(false);
    form.change("isescalated", true);
    form.change("isescalated", null);
    expect(isVisible()).toBe(false);
});

// As published types and blogs have it (P), with another name before, and as plain values: Microsoft documents none of them.
const shapes: readonly (readonly [string, Shape])[] = [
    ["objects under long keys", asSeen],
    ["objects under plain keys", (outputs) => Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }]))],
    ["plain values", (outputs) => ({ ...outputs })],
];

test.each(shapes)("unread is told on the form while there is any: outputs as %s", (_name, shape) => {
    const loaded = load("unread-notification.js", { shape });
    loaded.report({});
    expect(texts(loaded)).toEqual([]);
    loaded.report({ ...CHATTING, unreadCount: 1 });
    expect(texts(loaded)).toEqual(["INFO: New messages from the helpdesk: 1"]);
    loaded.report({ ...CHATTING, unreadCount: 2 });
    expect(texts(loaded)).toEqual(["INFO: New messages from the helpdesk: 2"]);
    loaded.report(CHATTING);
    expect([texts(loaded), loaded.failures]).toEqual([[], []]);
});

test.each(shapes)("what the control reported before the script ran counts as well: outputs as %s", (_name, shape) => {
    const unread = load("unread-notification.js", { shape, reported: { ...CHATTING, unreadCount: 2 } });
    expect(texts(unread)).toEqual(["INFO: New messages from the helpdesk: 2"]);
    unread.report(CHATTING);
    expect(texts(unread)).toEqual([]);

    const locked = load("lock-while-chatting.js", { shape, reported: CHATTING });
    expect(locked.form.columns["prioritycode"]?.disabled).toBe(true);
    locked.report({ ...CHATTING, chatState: "ended" });
    expect(locked.form.columns["prioritycode"]?.disabled).toBe(false);

    const failed = load("failure-notification.js", { shape, reported: FAILED });
    // Nobody has pressed yet.
    expect(texts(failed)).toEqual([]);
    failed.form.raise("contoso_help", "ChatFailed");
    expect(texts(failed)).toEqual([call]);
    expect([unread, locked, failed].flatMap(({ failures }) => failures)).toEqual([]);
});

test.each(["unread-notification.js", "failure-notification.js", "lock-while-chatting.js"])("%s bears a form without a dictionary of outputs", (file) => {
    const loaded = load(file, { shape: () => undefined });
    loaded.report(CHATTING);
    loaded.form.raise("contoso_help", "ChatFailed");
    expect([loaded.failures, texts(loaded), loaded.form.columns["prioritycode"]?.disabled]).toEqual([[], [], false]);
});

const call = "ERROR: The chat could not start (script-unreachable). Please call extension 4357.";

test.each(shapes)("a failure is told whichever comes first, event or outputs: outputs as %s", (_name, shape) => {
    const eventFirst = load("failure-notification.js", { shape });
    eventFirst.form.raise("contoso_help", "ChatFailed");
    expect(texts(eventFirst)).toEqual([]);
    eventFirst.report(FAILED);
    expect(texts(eventFirst)).toEqual([call]);
    eventFirst.report({ ...FAILED, errorCode: "offline" });
    expect(texts(eventFirst)).toEqual(["ERROR: You are offline. The chat goes on by itself when the network is back."]);
    eventFirst.report(CHATTING);
    expect([texts(eventFirst), eventFirst.failures]).toEqual([[], []]);

    const outputsFirst = load("failure-notification.js", { shape });
    outputsFirst.report(FAILED);
    // Nobody has been failed yet: with the start mode Button, the event comes after a press only.
    expect(texts(outputsFirst)).toEqual([]);
    outputsFirst.form.raise("contoso_help", "ChatFailed");
    expect(texts(outputsFirst)).toEqual([call]);
});

const offline = "ERROR: You are offline. The chat goes on by itself when the network is back.";
const noAddress = "ERROR: Your account has no e-mail address. Please ask your administrator for one.";

test.each(["failed", "conflict", "not-set-up"].flatMap((chatState) => [["script-unreachable", call], ["offline", offline], ["email-missing", noAddress]].map(([errorCode, text]) => [chatState, errorCode, text])))("a chat that is %s with %s is told as %p", (chatState, errorCode, text) => {
    const loaded = load("failure-notification.js");
    loaded.report({ chatState, unreadCount: 0, errorCode });
    loaded.form.raise("contoso_help", "ChatFailed");
    expect([texts(loaded), loaded.failures]).toEqual([[text], []]);
});

test("a notice that goes with a chat is no failure", () => {
    const loaded = load("failure-notification.js");
    loaded.form.raise("contoso_help", "ChatFailed");
    loaded.report({ ...CHATTING, errorCode: "email-missing" });
    loaded.report({ chatState: "unavailable", unreadCount: 0, errorCode: "outside-operating-hours" });
    expect(texts(loaded)).toEqual([]);
});

test("the time of a chat's start is written when it has begun", () => {
    const { form } = load("write-start-time.js");
    const before = Date.now();
    form.raise("contoso_help", "MessageReceived");
    expect(form.columns["contoso_chatstarted"]?.value).toBeNull();
    form.raise("contoso_help", "ChatStarted");
    const value = form.columns["contoso_chatstarted"]?.value;
    expect(Number(value)).toBeGreaterThanOrEqual(before);
    expect(Number(value)).toBeLessThanOrEqual(Date.now());
});

test.each(shapes)("the priority is locked during the chat only: outputs as %s", (_name, shape) => {
    const loaded = load("lock-while-chatting.js", { shape });
    const isLocked = (): unknown => loaded.form.columns["prioritycode"]?.disabled;
    loaded.report({ ...CHATTING, chatState: "starting" });
    expect(isLocked()).toBe(false);
    loaded.report(CHATTING);
    expect(isLocked()).toBe(true);
    loaded.report({ ...CHATTING, chatState: "ended" });
    expect([isLocked(), loaded.failures]).toEqual([false, []]);
});

test("all places of the column are locked; what was locked for another reason is not unlocked", () => {
    const loaded = load("lock-while-chatting.js", { columns: { prioritycode: { disabled: true, copies: [{ visible: true, disabled: false }, { visible: true, disabled: true }] } } });
    const locked = (): unknown => [loaded.form.columns["prioritycode"], ...(loaded.form.columns["prioritycode"]?.copies ?? [])].map((cell) => cell?.disabled);
    expect(locked()).toEqual([true, false, true]);
    loaded.report(CHATTING);
    expect(locked()).toEqual([true, true, true]);
    loaded.report({ ...CHATTING, chatState: "ended" });
    expect(locked()).toEqual([true, false, true]);
});

