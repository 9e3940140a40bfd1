// Owns the form designer in miniature: the control in authoring mode, and the property pane its maker sees.
import { contactCentre, snippet, users } from "../dataverse/seed";
import { failed, ready, startHost, type StartedHost } from "../host";
import type { HostInstance, ManifestProperty } from "../host/types";
import "./designer.css";
import { icon, type IconName } from "./icons";
import { button, field, h, notPartOfTheDemo, select, textInput, toast } from "./ui";

document.documentElement.dataset.theme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";

interface Setting {
    /** True: the property takes a column's value. */
    column: boolean;
    value: string;
}

const settings = new Map<string, Setting>();
let started: StartedHost | undefined;
let instance: HostInstance | undefined;
const slot = h("div", { class: "design-slot" });
const log = h("output", { class: "muted" });

/** In the designer a bound property has a column but no record, so no value; static values are there (I). */
function propertyValue(property: ManifestProperty): unknown {
    const setting = settings.get(property.name);
    if (setting === undefined) return property.usage === "bound" && property.name === "widgetAppId" ? { value: null, column: "contoso_help" } : null;
    if (setting.column) return { value: null, column: setting.value === "" ? `cwa_${property.name.toLowerCase()}` : setting.value };
    return setting.value === "" ? null : setting.value;
}

const inputs = (): readonly ManifestProperty[] => started?.host.manifest.properties.filter((property) => property.usage !== "output") ?? [];

function refresh(): void {
    instance?.change({ properties: Object.fromEntries(inputs().map((property) => [property.name, propertyValue(property)])) });
}

/** A text of the control, or the plain name when no resx has it. */
function textOr(textKey: string, fallback: string): string {
    const text = started?.text(textKey) ?? textKey;
    return text === textKey ? fallback : text;
}

function propertyEditor(property: ManifestProperty): HTMLElement {
    const name = textOr(property.displayNameKey, property.name);
    const description = textOr(property.descriptionKey, "");
    const current = (): Setting => settings.get(property.name) ?? { column: property.usage === "bound", value: "" };
    const set = (change: Partial<Setting>): void => {
        settings.set(property.name, { ...current(), ...change });
        refresh();
    };
    if (property.values.length > 0) {
        const options = property.values.map((one) => ({ value: one.value, label: textOr(one.displayNameKey, one.value) }));
        return field(name, select(options, property.defaultValue ?? "", (value) => set({ value })), description);
    }
    if (property.usage === "bound") {
        const columns = ["", "contoso_help", "cwa_chatwidgetid", "cwa_chatorgid", "cwa_chatorgurl", "description"];
        return field(
            name,
            select<string>(
                columns.map((column) => ({ value: column, label: column === "" ? "Select a table column" : column })),
                property.name === "widgetAppId" ? "contoso_help" : "",
                (value) => {
                    if (value === "") settings.delete(property.name);
                    else settings.set(property.name, { column: true, value });
                    refresh();
                },
            ),
            description,
        );
    }
    return field(name, textInput("", (value) => set({ column: false, value }), { multiline: property.type === "Multiple", placeholder: "Static value" }), description);
}

function pane(): HTMLElement {
    const manifest = started?.host.manifest;
    return h(
        "aside",
        { class: "panel", "aria-label": "Properties" },
        h("div", { class: "pane-head" }, h("span", { class: "pane-kind" }, "Component"), h("h2", {}, textOr(manifest?.displayNameKey ?? "", "ChatWithAgent")), h("p", { class: "muted" }, textOr(manifest?.descriptionKey ?? "", ""))),
        h(
            "div",
            { class: "panel-content" },
            h("div", { class: "presets" }, button({ label: "Paste the sample snippet", class: "outline", onclick: () => pasteSnippet(snippet()) }), button({ label: "A wrong snippet", class: "outline", onclick: () => pasteSnippet(`<script data-app-id="not-a-guid" data-org-id="${contactCentre.orgId}"></script>`) })),
            ...inputs().map(propertyEditor),
            h("p", { class: "muted pane-version" }, `InternalChat.ChatWithAgent ${manifest?.version ?? ""}`),
        ),
    );
}

function pasteSnippet(text: string): void {
    settings.set("widgetSnippet", { column: false, value: text });
    const label = [...document.querySelectorAll("label")].find((one) => one.textContent === textOr("widgetSnippet_name", "widgetSnippet"));
    const area = label?.parentElement?.querySelector("textarea");
    if (area instanceof HTMLTextAreaElement) area.value = text;
    refresh();
}

function placeholder(label: string, wide = false): HTMLElement {
    return h("div", { class: `ghost ${wide ? "wide" : ""}` }, h("span", {}, label), h("i", {}));
}

function designSection(title: string, ...content: readonly HTMLElement[]): HTMLElement {
    return h("section", { class: "design-section", "aria-label": title }, h("h2", {}, title), ...content);
}

function treeItem(name: IconName, label: string, level: number, selected = false): HTMLElement {
    return h("li", { class: selected ? "selected" : "", style: `--level:${level}`, "aria-current": selected ? "true" : undefined }, icon(name, 16), h("span", {}, label));
}

async function start(): Promise<void> {
    started = await startHost({
        kind: "model-driven",
        mounts: () => slot,
        changed: () => {
            log.textContent = started === undefined || started.host.errors.length === 0 ? "" : started.host.errors.join("\n");
        },
    });
    document.body.append(
        h(
            "header",
            { class: "design-top" },
            h("div", { class: "design-bar" }, h("strong", {}, "Opportunity"), h("span", { class: "muted" }, "Main form"), h("a", { href: "/", class: "design-close" }, "Sales Hub")),
            h(
                "div",
                { class: "design-commands", role: "toolbar", "aria-label": "Commands" },
                button({ icon: "back", label: "Back to the app", text: false, onclick: () => (location.href = "/") }),
                button({ icon: "plus", label: "Form field", onclick: notPartOfTheDemo }),
                button({ icon: "section", label: "Component", onclick: notPartOfTheDemo }),
                button({ icon: "undo", label: "Undo", text: false, onclick: notPartOfTheDemo }),
                h("span", { class: "spacer" }),
                button({ icon: "publish", label: "Save and publish", class: "primary", onclick: () => toast("In the real designer, this would publish the form.") }),
            ),
        ),
        h(
            "div",
            { class: "design-frame" },
            h(
                "nav",
                { class: "design-tree", "aria-label": "Tree view" },
                h("h2", {}, "Tree view"),
                h("ul", {}, treeItem("section", "Header", 0), treeItem("section", "Summary", 0), treeItem("columns", "Opportunity information", 1), treeItem("text", "Topic", 2), treeItem("text", "Account", 2), treeItem("columns", "Timeline", 1), treeItem("columns", "Help", 1), treeItem("chat", "contoso_help", 2, true), treeItem("section", "Details", 0)),
            ),
            h(
                "main",
                { class: "design-canvas" },
                h(
                    "div",
                    { class: "card design-form" },
                    h("div", { class: "design-head" }, h("h1", {}, "New Opportunity"), h("p", { class: "muted" }, "Opportunity")),
                    h("div", { class: "design-tabs", "aria-hidden": "true" }, h("span", { class: "active" }, "Summary"), h("span", {}, "Details"), h("span", {}, "Related")),
                    h(
                        "div",
                        { class: "design-columns" },
                        designSection("Opportunity information", placeholder("Topic"), placeholder("Account"), placeholder("Est. close date"), placeholder("Est. revenue")),
                        designSection("Timeline", placeholder("", true)),
                        designSection("Help", h("div", { class: "selected-control" }, h("span", { class: "selected-tag" }, "contoso_help"), slot)),
                    ),
                ),
                log,
            ),
            pane(),
        ),
    );
    instance = started.host.mount({
        container: slot,
        authoring: true,
        disabled: true,
        theme: document.documentElement.dataset.theme === "dark" ? "dark" : "light",
        user: { id: users.alex.id, name: users.alex.name },
        properties: Object.fromEntries(inputs().map((property) => [property.name, propertyValue(property)])),
        record: { table: "opportunity", id: "", name: "" },
        xrm: false,
    });
}

start().then(ready, failed);
