// Owns the record form: command bar, header, tabs, sections, and the control in them.
import type { DemoHost, HostInstance, MountOptions } from "../host/types";
import { icon, type IconName } from "./icons";
import { display, isInactive, isTableName, type FieldSpec, type Row, type TableName, type TableSpec } from "./records";
import { optionsOf, type DemoSettings } from "./settings";
import { button, h, menu, newId, notPartOfTheDemo, persona } from "./ui";

export interface FormOptions {
    readonly host: DemoHost;
    readonly settings: DemoSettings;
    readonly spec: TableSpec;
    readonly row: Row;
    /** A form whose main instance lives on in this one, with changed parameters. */
    readonly inherit: Form | null;
    back(): void;
    list(): void;
    open(table: TableName, id: string): void;
}

export interface Form {
    readonly element: HTMLElement;
    readonly title: string;
    /** Initialises the controls; the form is in the page by then. */
    mount(): void;
    settingsChanged(): void;
    /** Destroys the controls that are still this form's. */
    close(): void;
    /** Hands over the main instance. */
    release(): HostInstance | null;
}

/** Makes the form of a record. */
export function createForm(options: FormOptions): Form {
    const { host, settings, spec, row } = options;
    const title = display(row, spec.name);
    const id = String(row[spec.key]);
    const inactive = isInactive(spec, row);
    const extra = new Set<HostInstance>();
    let main: HostInstance | null = options.inherit?.release() ?? null;
    const inherited = main !== null;
    const slot = h("div", { class: "control-slot", "data-slot": "help" });
    const detailsSlot = h("div", { class: "control-slot", "data-slot": "details" });

    const mountOptions = (): MountOptions => ({
        ...optionsOf({ ...settings, values: { contextVariables: spec.context, ...settings.values } }, host.manifest),
        disabled: settings.readOnly || inactive,
        record: { table: spec.table, id, name: title },
        label: "Help",
    });

    const mountExtra = (container: HTMLElement): HostInstance => {
        const instance = host.mount({ ...mountOptions(), container });
        extra.add(instance);
        return instance;
    };

    const fields = h("div", { class: "section-fields" });
    const detailFields = h("div", { class: "section-fields" });
    const renderFields = (): void => {
        const readOnly = settings.readOnly || inactive;
        fields.replaceChildren(...spec.summary.map((one) => formField(one, row, readOnly, options)));
        detailFields.replaceChildren(...spec.details.map((one) => formField(one, row, readOnly, options)));
        banner.hidden = !readOnly;
        banner.replaceChildren(icon("lock", 16), `Read-only: ${inactive ? "this record's status is Inactive" : "you do not have access to edit this record"}.`);
    };
    const banner = h("div", { class: "banner", role: "status" });

    const summary = h(
        "div",
        { class: "columns" },
        section(spec.summaryTitle, fields),
        // In the middle, so that the chat at the bottom right covers the timeline rather than the control.
        h("div", { class: "column" }, section("Help", slot), section("Assistant", assistant(spec, title))),
        section("Timeline", timeline(spec, title)),
    );
    const details = h("div", { class: "columns" }, section(spec.detailsTitle, detailFields), settings.second === "details" ? section("Help", detailsSlot) : null);
    const related = h("div", { class: "columns" }, section("Related", h("p", { class: "muted" }, "No related records.")));
    const strip = tabStrip([
        { label: "Summary", panel: summary },
        {
            label: "Details",
            panel: details,
            opened: () => {
                // The platform renders a tab's controls when the tab is opened for the first time (I).
                if (settings.second === "details" && detailsSlot.dataset.instance === undefined) mountExtra(detailsSlot);
            },
        },
        { label: "Related", panel: related },
    ]);

    const element = h(
        "div",
        { class: "form-page" },
        commandBar(options),
        h(
            "div",
            { class: "card form-head" },
            h(
                "div",
                { class: "form-head-top" },
                spec.table === "contact" ? persona(title, 40) : h("span", { class: "record-icon", "aria-hidden": "true" }, icon(spec.icon, 24)),
                h("div", { class: "form-title" }, h("h1", {}, h("bdi", {}, title), h("span", { class: "saved" }, " - Saved")), h("p", {}, spec.label, h("span", { "aria-hidden": "true" }, " · "), h("button", { type: "button", class: "form-switch", onclick: notPartOfTheDemo }, "Main form", icon("chevronDown", 12)))),
                headerFields(spec, row),
                headerFlyout(spec, row, settings, mountExtra, extra),
            ),
            spec.stages === undefined ? null : stageBar(spec.stages, display(row, "stepname")),
            strip.tabs,
        ),
        banner,
        strip.panels,
    );
    renderFields();

    return {
        element,
        title,
        mount() {
            if (main === null) {
                main = host.mount({ ...mountOptions(), container: slot });
                return;
            }
            if (!inherited || slot.firstChild !== null) return;
            slot.append(main.container);
            main.change(mountOptions());
        },
        settingsChanged() {
            renderFields();
            const changes = mountOptions();
            for (const instance of [...(main === null ? [] : [main]), ...extra]) instance.change(changes);
        },
        close() {
            main?.destroy();
            main = null;
            for (const instance of [...extra]) instance.destroy();
            extra.clear();
        },
        release() {
            const instance = main;
            main = null;
            return instance;
        },
    };
}

function commandBar(options: FormOptions): HTMLElement {
    const command = (name: IconName, label: string, run: () => void = notPartOfTheDemo): HTMLElement => button({ icon: name, label, onclick: run });
    return h(
        "div",
        { class: "card command-bar", role: "toolbar", "aria-label": "Commands" },
        button({ icon: "back", label: "Back", text: false, onclick: () => options.back() }),
        command("save", "Save"),
        command("saveClose", "Save & Close", () => options.list()),
        command("plus", "New"),
        command("refresh", "Refresh", () => options.open(options.spec.table, String(options.row[options.spec.key]))),
        command("assign", "Assign"),
        command("flow", "Flow"),
        h("span", { class: "spacer" }),
        button({ icon: "share", label: "Share", class: "primary", onclick: notPartOfTheDemo }),
    );
}

function section(title: string, ...content: readonly HTMLElement[]): HTMLElement {
    const id = newId("section");
    return h("section", { class: "card section", "aria-labelledby": id }, h("h2", { id }, title), ...content);
}

function formField(spec: FieldSpec, row: Row, readOnly: boolean, options: FormOptions): HTMLElement {
    const id = newId("column");
    const text = display(row, spec.column);
    const label = h("label", { for: id }, spec.label, spec.required === true ? h("span", { class: "required", "aria-hidden": "true" }, "*") : null, readOnly ? icon("lock", 12) : null);
    const target = row[`${spec.column}@Microsoft.Dynamics.CRM.lookuplogicalname`];
    const value = row[spec.column];
    if (spec.kind === "lookup") {
        const table = typeof target === "string" && isTableName(target) ? target : null;
        return h(
            "div",
            { class: "form-field" },
            h("span", { class: "label", id }, spec.label),
            h(
                "div",
                { class: "lookup", "aria-labelledby": id },
                text === "" ? h("span", { class: "muted" }, "---") : null,
                text !== "" && table !== null && typeof value === "string" ? h("button", { type: "button", class: "lookup-link", onclick: () => options.open(table, value) }, icon("account", 16), text) : null,
                text !== "" && table === null ? h("span", { class: "lookup-link plain" }, persona(text, 20), text) : null,
            ),
        );
    }
    const attributes = { id, class: "form-input", readonly: readOnly, "aria-required": spec.required === true ? "true" : undefined };
    const input = spec.kind === "multiline" ? h("textarea", { ...attributes, rows: 3 }) : h("input", { ...attributes, type: "text", placeholder: "---" });
    input.value = text;
    const end: Partial<Record<NonNullable<FieldSpec["kind"]>, IconName>> = { date: "calendar", phone: "phone", email: "mail" };
    const glyph = spec.kind === undefined ? undefined : end[spec.kind];
    return h("div", { class: "form-field" }, label, h("div", { class: "form-input-box" }, input, glyph === undefined ? null : icon(glyph, 16)));
}

function headerFields(spec: TableSpec, row: Row): HTMLElement {
    return h("dl", { class: "header-fields" }, ...spec.header.map((one) => h("div", {}, h("dd", {}, display(row, one.column) || "---"), h("dt", {}, one.label))));
}

function headerFlyout(spec: TableSpec, row: Row, settings: DemoSettings, mount: (container: HTMLElement) => HostInstance, extra: Set<HostInstance>): HTMLElement {
    const trigger = button({ icon: "chevronDown", label: "More header fields", text: false, onclick: () => undefined });
    let instance: HostInstance | null = null;
    const anchor = menu(
        trigger,
        () => {
            const slot = h("div", { class: "control-slot", "data-slot": "header" });
            const content = [h("dl", { class: "flyout-fields" }, ...spec.header.flatMap((one) => [h("dt", {}, one.label), h("dd", {}, display(row, one.column) || "---")])), ...(settings.second === "header" ? [slot] : [])];
            if (settings.second === "header") queueMicrotask(() => (instance = mount(slot)));
            return content;
        },
        "Header fields",
    );
    const popup = anchor.querySelector(".popup");
    if (popup !== null) {
        // A flyout's controls live as long as it is open (I).
        new MutationObserver(() => {
            if (popup instanceof HTMLElement && popup.hidden && instance !== null) {
                extra.delete(instance);
                instance.destroy();
                instance = null;
            }
        }).observe(popup, { attributes: true, attributeFilter: ["hidden"] });
    }
    return anchor;
}

function stageBar(stages: readonly string[], active: string): HTMLElement {
    const current = stages.indexOf(active);
    return h(
        "ol",
        { class: "stages", "aria-label": "Sales process" },
        ...stages.map((stage, index) =>
            h("li", { class: index < current ? "done" : index === current ? "active" : "", "aria-current": index === current ? "step" : undefined }, h("span", { class: "stage-mark" }, index < current ? icon("check", 12) : null), h("span", {}, stage, index === current ? h("small", {}, "(12 D)") : null)),
        ),
    );
}

interface Tab {
    readonly label: string;
    readonly panel: HTMLElement;
    readonly opened?: () => void;
}

/** Tabs by the keyboard rules of the ARIA practices: arrows move, the panel follows. */
function tabStrip(tabs: readonly Tab[]): { tabs: HTMLElement; panels: HTMLElement } {
    const buttons = tabs.map((tab, index) => {
        const panelId = newId("tabpanel");
        tab.panel.id = panelId;
        tab.panel.setAttribute("role", "tabpanel");
        tab.panel.hidden = index > 0;
        const element = h("button", { type: "button", role: "tab", id: `${panelId}-tab`, "aria-controls": panelId, "aria-selected": String(index === 0), tabindex: index === 0 ? 0 : -1, onclick: () => choose(index) }, tab.label);
        tab.panel.setAttribute("aria-labelledby", element.id);
        return element;
    });
    const choose = (chosen: number): void => {
        tabs.forEach((tab, index) => {
            tab.panel.hidden = index !== chosen;
            buttons[index]?.setAttribute("aria-selected", String(index === chosen));
            buttons[index]?.setAttribute("tabindex", index === chosen ? "0" : "-1");
        });
        buttons[chosen]?.focus();
        tabs[chosen]?.opened?.();
    };
    const strip = h("div", { class: "tabs", role: "tablist", "aria-label": "Form tabs" }, ...buttons);
    strip.addEventListener("keydown", (event) => {
        const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
        if (step === 0) return;
        const now = buttons.findIndex((one) => one.getAttribute("aria-selected") === "true");
        choose((now + (document.documentElement.dir === "rtl" ? -step : step) + tabs.length) % tabs.length);
        event.preventDefault();
    });
    return { tabs: strip, panels: h("div", { class: "tab-panels" }, ...tabs.map((tab) => tab.panel)) };
}

function timeline(spec: TableSpec, title: string): HTMLElement {
    const entry = (glyph: IconName, heading: string, text: string, when: string): HTMLElement =>
        h("li", {}, h("span", { class: "timeline-mark", "aria-hidden": "true" }, icon(glyph, 16)), h("div", {}, h("strong", {}, heading), h("p", {}, text), h("time", {}, when)));
    return h(
        "div",
        { class: "timeline" },
        h("div", { class: "timeline-search" }, icon("search", 16), h("input", { type: "search", placeholder: "Search timeline", "aria-label": "Search timeline" })),
        h("button", { type: "button", class: "timeline-note", onclick: notPartOfTheDemo }, icon("note", 16), "Enter a note..."),
        h(
            "ol",
            {},
            entry("phone", "Phone call from Alex Wilber", spec.table === "opportunity" ? `Went through the offer for “${title}”; two open questions on delivery.` : `Yearly review with ${title}.`, "Yesterday, 3:40 PM"),
            entry("mail", "E-mail from Megan Bowen", "The new price list is attached. It is valid from next month.", "Monday, 9:12 AM"),
            entry("note", "Note modified by Lee Gu", "Prefers to be called in the morning.", "Last week"),
        ),
    );
}

function assistant(spec: TableSpec, title: string): HTMLElement {
    return h("div", { class: "assistant" }, h("strong", {}, "Keep in touch"), h("p", {}, `There has been no activity on ${spec.table === "opportunity" ? "this opportunity" : title} for a day. Plan the next step.`));
}
