// Owns the administrator's page: the solution's environment variables, as Power Apps shows them, to look at and to set.
import { environmentVariables } from "../dataverse/seed";
import { failed, ready } from "../host";
import { loadManifest, loadTexts, textOf, type Texts } from "../host/manifest";
import "./admin.css";
import { icon, type IconName } from "./icons";
import { button, field, h, newId, notPartOfTheDemo, toast } from "./ui";
import { holds, judge } from "./variables";

document.documentElement.dataset.theme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";

interface Variable {
    readonly schemaName: string;
    readonly displayName: string;
    readonly description: string;
    readonly defaultValue: string | null;
    readonly value: string | null;
}

let variables: readonly Variable[] = [];
let texts: Texts = new Map();
let version = "";
const main = h("main", { class: "admin-main" });
const pane = h("aside", { class: "admin-pane", "aria-label": "Environment variable", hidden: true });

const text = (key: string): string => textOf(texts, 1033, key) ?? key;
const valueOf = (schemaName: string): string => {
    const variable = variables.find((one) => one.schemaName === schemaName);
    return variable?.value ?? variable?.defaultValue ?? "";
};

async function read(): Promise<void> {
    variables = await Promise.all(
        environmentVariables().map(async ({ schemaName }) => {
            const answer = await fetch(`/demo/environment/${schemaName}`);
            if (!answer.ok) throw new Error(`The environment variable ${schemaName} could not be read.`);
            return (await answer.json()) as Variable;
        }),
    );
}

/** Saves, or takes the value away so that the default counts again; a refusal is shown with the server's words. */
async function write(schemaName: string, value: string | null): Promise<string | null> {
    const address = `/demo/environment/${schemaName}`;
    const answer = await fetch(address, value === null ? { method: "DELETE" } : { method: "PUT", body: value });
    if (answer.ok) return null;
    const body = (await answer.json()) as { readonly error?: { readonly message?: string } };
    return body.error?.message ?? "The value could not be saved.";
}

function readOnly(label: string, value: string, multiline = false): HTMLElement {
    const control = multiline ? h("textarea", { class: "input", readonly: true, rows: 8 }) : h("input", { class: "input", readonly: true, type: "text" });
    control.value = value;
    return field(label, control);
}

function close(): void {
    const chosen = document.querySelector<HTMLElement>(`[data-variable="${pane.dataset.variable ?? ""}"]`);
    pane.hidden = true;
    pane.replaceChildren();
    chosen?.focus();
}

function edit(variable: Variable): void {
    const area = h("textarea", { class: "input mono", rows: 9, spellcheck: "false", autocomplete: "off", id: newId("value") });
    area.value = variable.value ?? "";
    const verdict = h("div", { class: "verdict", id: `${area.id}-verdict`, "aria-live": "polite" });
    const count = h("p", { class: "field-note" });
    const problem = h("p", { class: "verdict wrong", role: "alert", hidden: true });
    const save = button({ label: "Save", class: "primary", onclick: () => void store(area.value.trim() === "" ? null : area.value) });
    const store = async (value: string | null): Promise<void> => {
        save.disabled = true;
        const refusal = await write(variable.schemaName, value).catch(() => "The demo's server does not answer: is npm run demo still running?");
        save.disabled = false;
        problem.hidden = refusal === null;
        problem.textContent = refusal ?? "";
        if (refusal !== null) return;
        await read();
        show();
        close();
        toast(value === null ? `${variable.displayName}: no current value. The default counts.` : `${variable.displayName} is saved. Forms use it from their next load.`);
    };
    const refresh = (): void => {
        const effective = area.value.trim() === "" ? (variable.defaultValue ?? "") : area.value;
        const { kind, lines } = judge(variable.schemaName, effective, variable.schemaName === "cwa_ChatScriptHosts" ? area.value : valueOf("cwa_ChatScriptHosts"), text);
        verdict.className = `verdict ${kind === "good" ? "good" : "wrong"}`;
        verdict.replaceChildren(...lines.map((line) => h("p", {}, line)));
        count.textContent = `${area.value.length.toLocaleString("en-US")} of ${holds.toLocaleString("en-US")} characters`;
        area.setAttribute("aria-invalid", String(kind !== "good"));
        save.disabled = kind === "refused";
    };
    area.addEventListener("input", refresh);
    const current = field("Current Value", area);
    area.setAttribute("aria-describedby", verdict.id);
    current.append(count, verdict, problem);
    pane.dataset.variable = variable.schemaName;
    pane.replaceChildren(
        h("div", { class: "admin-pane-head" }, h("h2", {}, `Edit ${variable.displayName}`), button({ icon: "close", label: "Close", text: false, onclick: close })),
        h(
            "div",
            { class: "admin-pane-body" },
            readOnly("Display name", variable.displayName),
            readOnly("Name", variable.schemaName),
            readOnly("Description", variable.description, true),
            readOnly("Data Type", "Text"),
            readOnly("Default Value", variable.defaultValue ?? ""),
            current,
        ),
        h("div", { class: "admin-pane-foot" }, save, button({ label: "Cancel", class: "outline", onclick: close }), variable.value === null ? null : button({ label: "Remove value", onclick: () => void store(null) })),
    );
    pane.hidden = false;
    refresh();
    area.focus();
}

function row(variable: Variable): HTMLElement {
    const value = variable.value ?? variable.defaultValue;
    const { kind } = judge(variable.schemaName, value ?? "", valueOf("cwa_ChatScriptHosts"), text);
    const state = value === null ? "Needs a value" : kind === "good" ? "" : "Look at the value";
    return h(
        "tr",
        {},
        h("td", {}, h("button", { type: "button", class: "row-link", "data-variable": variable.schemaName, onclick: () => edit(variable) }, variable.displayName), state === "" ? null : h("span", { class: "row-state" }, state)),
        h("td", { class: "muted" }, variable.schemaName),
        h("td", {}, h("div", { class: "value" }, variable.value ?? h("span", { class: "muted" }, "none set"))),
        h("td", { class: "muted" }, variable.defaultValue ?? "–"),
    );
}

function show(): void {
    main.replaceChildren(
        h("nav", { class: "crumbs", "aria-label": "Breadcrumb" }, h("span", {}, "Solutions"), icon("chevronRight", 12), h("span", {}, "Default Solution"), icon("chevronRight", 12), h("strong", { "aria-current": "page" }, "Environment variables")),
        h(
            "div",
            { class: "card admin-card" },
            h("h1", {}, "Environment variables"),
            h("p", { class: "muted" }, `They came with the solution Chat with an agent ${version}. A value counts before its default. `, h("a", { href: "/" }, "Open the app"), " to see what a form makes of them, or ", h("a", { href: "/setup" }, "check set-up and contacts"), "."),
            h(
                "div",
                { class: "table-scroll" },
                h("table", {}, h("thead", {}, h("tr", {}, ...["Display name", "Name", "Current Value", "Default Value"].map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, ...variables.map(row))),
            ),
        ),
    );
}

function navigation(name: IconName, label: string, current = false): HTMLElement {
    return h("li", {}, h("button", { type: "button", "aria-current": current ? "page" : undefined, onclick: current ? () => close() : notPartOfTheDemo }, icon(name), h("span", {}, label)));
}

async function start(): Promise<void> {
    const manifest = await loadManifest();
    version = manifest.version;
    [texts] = await Promise.all([loadTexts(manifest), read()]);
    pane.addEventListener("keydown", (event) => {
        if (event.key === "Escape") close();
    });
    document.body.append(
        h("header", { class: "admin-bar" }, icon("waffle"), h("strong", {}, "Power Apps"), h("span", { class: "admin-environment" }, h("small", {}, "Environment"), "Contoso Sales (demo)"), h("a", { href: "/" }, "Sales Hub")),
        h(
            "div",
            { class: "admin-frame" },
            h("nav", { class: "admin-nav", "aria-label": "Power Apps" }, h("ul", {}, navigation("home", "Home"), navigation("plus", "Create"), navigation("columns", "Tables"), navigation("phone", "Apps"), navigation("flow", "Flows"), navigation("section", "Solutions", true))),
            main,
            pane,
        ),
    );
    show();
}

start().then(ready, failed);
