// Owns the page of examples: the guide's form scripts on a case form in miniature.
import { contactCentre, snippet } from "../dataverse/seed";
import { currentUser, failed, ready, startHost, type StartedHost } from "../host";
import { createRecordForm, dictionary, type FormColumn, type Handler, type RecordForm } from "../host/form-context";
import type { HostInstance, HostOutputs, ThemeName } from "../host/types";
import { exampleFiles, scripts } from "./examples";
import { icon, type IconName } from "./icons";
import "./script.css";
import { applyLook, loadSettings, saveSettings } from "./settings";
import { button, field, h, newId, persona, select, toggle } from "./ui";

type Desk = "open" | "closed" | "not-set-up";

const asked = new URLSearchParams(location.search);
const settings = loadSettings();
const user = currentUser();
const theme = (): ThemeName => (settings.theme === "dark" ? "dark" : "light");
applyLook({ ...settings, theme: theme(), rtl: false });

const theCase = { id: "ca5e0001-3333-4c4c-8d8d-000000000001", number: "CAS-01042-K7P2", title: "Espresso machine leaks since Monday" } as const;
const widgetAddress = `/control/widgets/${contactCentre.itWidgetId}`;

/** How the helpdesk is now: its hours are the contact centre's, a wrong snippet is this address's. */
async function readDesk(): Promise<Desk> {
    if (asked.get("desk") === "not-set-up") return "not-set-up";
    const { settings: now } = (await (await fetch(widgetAddress)).json()) as { readonly settings: { readonly outOfOperatingHours: boolean } };
    return now.outOfOperatingHours ? "closed" : "open";
}

async function chooseDesk(desk: Desk): Promise<void> {
    // A widget that hides itself outside its hours could not say that it is closed.
    await fetch(widgetAddress, { method: "PATCH", body: JSON.stringify({ outOfOperatingHours: desk === "closed", showWidgetDuringOfflineHours: desk === "closed" }) });
    if (desk === "not-set-up") asked.set("desk", desk);
    else asked.delete("desk");
    const search = asked.size === 0 ? "" : `?${asked.toString()}`;
    if (search === location.search) location.reload();
    else location.href = `${location.pathname}${search}`;
}

const widgetSnippet = (desk: Desk): string => (desk === "not-set-up" ? snippet("no-widget") : snippet());

interface Shown {
    readonly element: HTMLElement;
    /** Adds a line on what the example has done. */
    did(what: string, isWrong?: boolean): void;
}

function showExample(title: string, place: string, code: string, isOpen: boolean): Shown {
    const log = h("ol", { class: "event-log", "aria-label": `What “${title}” has done`, tabindex: 0 });
    const count = h("span", { class: "example-count", hidden: true });
    return {
        element: h("details", { class: "example", open: isOpen }, h("summary", {}, icon("chevronRight", 16), h("span", {}, title), count), h("p", { class: "example-place" }, place), h("pre", { class: "example-code mono", tabindex: 0 }, h("code", {}, code)), log),
        did(what, isWrong = false) {
            log.prepend(h("li", { class: isWrong ? "wrong" : "" }, h("time", {}, new Date().toLocaleTimeString("en-GB")), h("span", {}, what)));
            count.hidden = false;
            count.textContent = String(log.childElementCount);
        },
    };
}

async function readFile(file: string): Promise<string> {
    const response = await fetch(`${exampleFiles}${file}`);
    if (!response.ok) throw new Error(`${file} is not there.`);
    return response.text();
}

/** Loads a script as a form does with its libraries. */
function loadLibrary(file: string): Promise<void> {
    return new Promise((loaded, broken) => {
        document.head.append(h("script", { src: `${exampleFiles}${file}`, onload: () => loaded(), onerror: () => broken(new Error(`${file} could not be loaded.`)) }));
    });
}

/** A function of the namespace that the scripts share. */
function handlerOf(name: string): Handler {
    const namespace: unknown = Reflect.get(globalThis, "Contoso");
    const found: unknown = typeof namespace === "object" && namespace !== null ? Reflect.get(namespace, name) : undefined;
    if (typeof found !== "function") throw new TypeError(`Contoso.${name} is not a function.`);
    return (context) => void Reflect.apply(found, undefined, [context]);
}

function section(title: string, ...content: readonly (Node | string | null)[]): HTMLElement {
    const id = newId("section");
    return h("section", { class: "card section", "aria-labelledby": id }, h("h2", { id }, title), ...content);
}

function formHead(glyph: IconName, title: string, kind: string): HTMLElement {
    return h("div", { class: "card form-head" }, h("div", { class: "form-head-top" }, h("span", { class: "record-icon", "aria-hidden": "true" }, icon(glyph, 24)), h("div", { class: "form-title" }, h("h1", {}, title), h("p", {}, kind))));
}

interface Part {
    readonly main: HTMLElement;
    readonly examples: readonly Shown[];
    /** Mounts the control; the page is in the document by then. */
    begin(host: StartedHost["host"]): void;
    outputsChanged(outputs: HostOutputs): void;
    raised(event: string): void;
}

const helpColumn = "contoso_help";
const labels: Readonly<Record<string, string>> = { title: "Case Title", ticketnumber: "Case Number", prioritycode: "Priority", isescalated: "Is Escalated", contoso_chatstarted: "Chat started", [helpColumn]: "Help" };
const priorities: readonly string[] = ["", "High", "Normal", "Low"];

async function scriptPart(desk: Desk): Promise<Part> {
    const files = await Promise.all(scripts.map(({ file }) => readFile(file)));
    for (const { file } of scripts) await loadLibrary(file);
    const examples = scripts.map(({ title, handler }, index) => showExample(title, `On Load: Contoso.${handler}`, files[index] ?? "", index === 0));
    const exampleOf = (handler: string): Shown | undefined => examples[scripts.findIndex((one) => one.handler === handler)];

    const column = (kind: FormColumn["kind"], value: FormColumn["value"], more: Partial<FormColumn> = {}): FormColumn => ({ kind, value, visible: true, disabled: false, ...more });
    const columns: Readonly<Record<string, FormColumn>> = {
        title: column("text", theCase.title),
        ticketnumber: column("text", theCase.number, { disabled: true }),
        prioritycode: column("choice", 2),
        isescalated: column("yes-no", false),
        contoso_chatstarted: column("date", null, { disabled: true }),
        // Hidden in the form designer, as the first example asks for.
        [helpColumn]: column("text", null, { visible: false }),
    };

    let instance: HostInstance | undefined;
    let outputs: HostOutputs = {};
    const slot = h("div", { class: "control-slot" });
    const help = section("Help", slot);
    const fields = h("div", { class: "section-fields" });
    const notices = h("div", { class: "form-notifications", role: "status" });
    const escalateLabel = h("span", {});
    const escalate = h("button", { type: "button", class: "button", onclick: () => form.change("isescalated", columns.isescalated?.value !== true) }, icon("flow"), escalateLabel);

    function fieldOf(name: string, { kind, value, disabled, visible }: FormColumn): HTMLElement | null {
        if (!visible || name === helpColumn) return null;
        const id = newId("column");
        const text = value instanceof Date ? value.toLocaleString("en-GB") : typeof value === "boolean" ? (value ? "Yes" : "No") : kind === "choice" ? (priorities[Number(value)] ?? "") : (value ?? "");
        const input = kind === "choice" && !disabled ? h("select", { id, class: "form-input", onchange: (event) => event.target instanceof HTMLSelectElement && form.change(name, event.target.selectedIndex + 1) }, ...priorities.slice(1).map((one) => h("option", { selected: one === text }, one))) : h("input", { id, class: "form-input", type: "text", readonly: disabled || kind !== "text", placeholder: "---", value: text });
        return h("div", { class: "form-field", "data-column": name }, h("label", { for: id }, labels[name] ?? name, disabled ? icon("lock", 12) : null), h("div", { class: "form-input-box" }, input));
    }

    function draw(): void {
        fields.replaceChildren(...Object.entries(columns).flatMap(([name, one]) => fieldOf(name, one) ?? []));
        const levels: Readonly<Record<string, IconName>> = { ERROR: "close", WARNING: "help", INFO: "note" };
        notices.replaceChildren(...form.notifications.map(({ text, level }) => h("p", { class: `banner ${level.toLowerCase()}` }, icon(levels[level] ?? "note", 16), text)));
        escalateLabel.textContent = columns.isescalated?.value === true ? "Take back the escalation" : "Escalate";
        const visible = columns[helpColumn]?.visible === true;
        help.hidden = !visible;
        instance?.update({}, { visible });
    }

    const form: RecordForm = createRecordForm({
        columns,
        events: { [helpColumn]: ["ChatStarted", "ChatEnded", "MessageReceived", "ChatFailed"] },
        outputs: (control) => (control === helpColumn ? dictionary(control, outputs) : {}),
        changed: draw,
        did: (handler, what) => exampleOf(handler)?.did(what),
        failed(handler, error) {
            console.error(error);
            exampleOf(handler)?.did(error instanceof Error ? `Script error: ${error.message}` : "Script error", true);
        },
    });

    return {
        main: h(
            "div",
            { class: "form-page" },
            h("div", { class: "card command-bar", role: "toolbar", "aria-label": "Commands" }, escalate, button({ icon: "refresh", label: "Start over", onclick: () => location.reload() })),
            formHead("note", theCase.title, "Case"),
            notices,
            // Above, because the chat opens by itself only where the control can be seen.
            help,
            section("Case details", fields),
        ),
        examples,
        begin(host) {
            // First the form with its scripts, then its controls: an early event is not to be missed.
            for (const { handler } of scripts) form.load(handler, handlerOf(handler));
            instance = host.mount({
                container: slot,
                kind: "model-driven",
                properties: { widgetAppId: { value: null, column: helpColumn }, widgetSnippet: widgetSnippet(desk), startMode: "automatic" },
                record: { table: "incident", id: theCase.id, name: theCase.title },
                theme: theme(),
                xrm: true,
                visible: false,
            });
            draw();
        },
        outputsChanged(now) {
            outputs = now;
            form.outputsChanged(helpColumn);
        },
        raised: (event) => form.raise(helpColumn, event),
    };
}

function panel(part: Part, desk: Desk): HTMLElement {
    return h(
        "aside",
        { class: "panel examples", "aria-label": "Examples" },
        h("div", { class: "panel-head" }, h("h2", {}, "Scripts of this form")),
        h(
            "div",
            { class: "panel-content" },
            h("p", { class: "muted" }, "All are registered for On Load. Press Escalate, chat, minimize; below each code stands what it has done. Close a chat before you start over: a running one comes back."),
            ...part.examples.map(({ element }) => element),
            field(
                "The helpdesk is",
                select<Desk>(
                    [
                        { value: "open", label: "open" },
                        { value: "closed", label: "closed now" },
                        { value: "not-set-up", label: "not set up: a wrong snippet" },
                    ],
                    desk,
                    (chosen) => void chooseDesk(chosen),
                ),
            ),
            toggle("Dark", theme() === "dark", (isDark) => {
                settings.theme = isDark ? "dark" : "light";
                saveSettings(settings);
                location.reload();
            }),
        ),
    );
}

async function start(): Promise<void> {
    const desk = await readDesk();
    const part = await scriptPart(desk);
    let reported = "";
    const started = await startHost({
        kind: "model-driven",
        mounts: () => document.body,
        changed(instance) {
            const now = JSON.stringify(instance?.outputs ?? {});
            if (instance === null || now === reported || now === "{}") return;
            reported = now;
            part.outputsChanged(instance.outputs);
        },
        raised: (_instance, event) => part.raised(event),
    });
    document.body.append(
        h(
            "header",
            { class: "appbar" },
            h("a", { class: "app-name", href: "/" }, "Sales Hub"),
            h("strong", {}, "Form scripts"),
            h("div", { class: "appbar-end" }, persona(user.name)),
        ),
        h("div", { class: "frame" }, h("main", { id: "main" }, part.main), panel(part, desk)),
    );
    part.begin(started.host);
}

start().then(ready, failed);
