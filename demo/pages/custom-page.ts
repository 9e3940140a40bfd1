// Owns the custom page in miniature: a canvas page with the control, and its properties as formulas beside it.
import { contactCentre, snippet } from "../dataverse/seed";
import { currentUser, failed, ready, startHost, type StartedHost } from "../host";
import type { HostInstance, ManifestProperty, ThemeName, WebApiVariant } from "../host/types";
import "./custom-page.css";
import { evaluate, quoted } from "./formula";
import { icon, type IconName } from "./icons";
import { createReadout } from "./panel";
import { applyLook, loadSettings } from "./settings";
import { button, field, h, newId, persona, select, textInput, toggle, toast } from "./ui";

interface PageState {
    theme: ThemeName;
    rtl: boolean;
    webApi: WebApiVariant;
    visible: boolean;
    disabled: boolean;
    formulas: Record<string, string>;
}

const key = "demo.custom-page";

function loadState(): PageState {
    const defaults: PageState = { theme: "light", rtl: false, webApi: "ok", visible: true, disabled: false, formulas: {} };
    try {
        const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
        return typeof stored === "object" && stored !== null ? { ...defaults, ...stored } : defaults;
    } catch {
        return defaults;
    }
}

const state = loadState();
const user = currentUser();
let started: StartedHost | undefined;
let instance: HostInstance | undefined;

function save(): void {
    try {
        sessionStorage.setItem(key, JSON.stringify(state));
    } catch {
        // Storage switched off: the settings last until the next reload.
    }
}

function look(): void {
    applyLook({ ...loadSettings(), theme: state.theme, rtl: state.rtl });
}
look();

const readout = createReadout(() => started?.host);
const slot = h("div", { class: "canvas-slot" });

/** The formula of a property: what was typed, else the default that Studio writes (D: `pfx-default-value`). */
const formulaOf = (property: ManifestProperty): string => state.formulas[property.name] ?? property.pfxDefault ?? (property.defaultValue === null ? "" : quoted(property.defaultValue));

function valueOf(property: ManifestProperty): unknown {
    const result = evaluate(formulaOf(property), user);
    return result.ok ? result.value : null;
}

const inputs = (): readonly ManifestProperty[] => started?.host.manifest.properties.filter((property) => property.usage !== "output") ?? [];

function formulaField(property: ManifestProperty): HTMLElement {
    const id = newId("formula");
    const result = h("p", { class: "formula-result", id: `${id}-result` });
    const show = (): void => {
        const outcome = evaluate(formulaOf(property), user);
        result.textContent = outcome.ok ? (outcome.value === null ? "blank" : String(outcome.value)) : outcome.problem;
        result.classList.toggle("wrong", !outcome.ok);
    };
    const changed = (formula: string): void => {
        state.formulas[property.name] = formula;
        save();
        show();
        instance?.update({ [property.name]: valueOf(property) });
    };
    show();
    const control =
        property.values.length > 0
            ? select(
                  property.values.map((one) => ({ value: quoted(one.value), label: one.value })),
                  formulaOf(property),
                  changed,
              )
            : textInput(formulaOf(property), changed, { mono: true, multiline: property.type === "Multiple", placeholder: "Blank()" });
    control.id = id;
    control.setAttribute("aria-describedby", result.id);
    return h("div", { class: "formula" }, h("label", { for: id }, property.name), h("div", { class: "formula-row" }, h("span", { class: "fx", "aria-hidden": "true" }, "fx"), control), property.values.length > 0 ? null : result);
}

/** Sets several formulas at once and shows them. */
function useFormulas(formulas: Record<string, string>): void {
    Object.assign(state.formulas, formulas);
    save();
    location.reload();
}

function properties(): HTMLElement {
    return h(
        "aside",
        { class: "panel", "aria-label": "Properties" },
        h("div", { class: "panel-head" }, h("h2", {}, "ChatWithAgent1")),
        h(
            "div",
            { class: "panel-content" },
            readout.element,
            h("h3", {}, "Properties"),
            h(
                "div",
                { class: "presets" },
                button({ label: "IT helpdesk", class: "outline", onclick: () => useFormulas({ widgetSnippet: quoted(snippet()), widgetAppId: "" }) }),
                button({ label: "HR helpdesk", class: "outline", onclick: () => useFormulas({ widgetSnippet: quoted(snippet(contactCentre.hrWidgetId)), widgetAppId: "" }) }),
                button({ label: "Environment", class: "outline", onclick: () => useFormulas({ widgetSnippet: "", widgetAppId: "" }) }),
            ),
            ...inputs().map(formulaField),
            h("h3", {}, "Behavior"),
            toggle("Visible", state.visible, (on) => {
                state.visible = on;
                save();
                instance?.update({}, { visible: on });
            }),
            toggle("DisplayMode: Edit", !state.disabled, (on) => {
                state.disabled = !on;
                save();
                instance?.update({}, { disabled: !on });
            }),
            field(
                "Where the page runs",
                select<WebApiVariant>(
                    [
                        { value: "ok", label: "Published in the app" },
                        { value: "throws", label: "In Studio: the Web API throws" },
                        { value: "missing", label: "Stand-alone canvas: no Web API" },
                        { value: "rejects", label: "Test harness: the Web API rejects" },
                    ],
                    state.webApi,
                    (webApi) => {
                        state.webApi = webApi;
                        save();
                        location.reload();
                    },
                ),
            ),
            field(
                "Theme",
                select<ThemeName>(
                    [
                        { value: "light", label: "Light" },
                        { value: "dark", label: "Dark" },
                        { value: "none", label: "Modern theming off" },
                    ],
                    state.theme,
                    (theme) => {
                        state.theme = theme;
                        save();
                        look();
                        instance?.change({ theme });
                    },
                ),
            ),
            toggle("Right to left", state.rtl, (rtl) => {
                state.rtl = rtl;
                save();
                look();
                instance?.change({ rtl });
            }),
        ),
    );
}

const topics: readonly (readonly [IconName, string, string])[] = [
    ["lock", "Password and sign-in", "Unlock an account, renew a sign-in method"],
    ["account", "Devices", "Order, return or repair a laptop or phone"],
    ["calendar", "Leave and travel", "Book days off, hand in travel expenses"],
    ["globe", "Network and remote work", "Connect from home, from abroad, in a meeting room"],
];

function page(): HTMLElement {
    return h(
        "main",
        { class: "canvas-page" },
        h("div", { class: "hero" }, h("div", {}, h("h1", {}, `Good to see you, ${user.firstName}`), h("p", {}, "What can the helpdesk do for you?"))),
        h(
            "div",
            { class: "canvas-body" },
            h(
                "ul",
                { class: "tiles" },
                ...topics.map(([glyph, title, text]) =>
                    h("li", {}, h("button", { type: "button", class: "card tile", onclick: () => toast("The articles are not part of the demo: use the chat.") }, h("span", { class: "tile-icon" }, icon(glyph, 24)), h("strong", {}, title), h("span", {}, text))),
                ),
            ),
            h("div", { class: "card canvas-control" }, slot),
        ),
    );
}

async function start(): Promise<void> {
    started = await startHost({ kind: "canvas", mounts: () => slot, changed: () => readout.refresh(), raised: (one, event) => readout.log(one.id, event) });
    document.body.append(
        h("header", { class: "canvas-bar" }, h("span", { class: "canvas-mark", "aria-hidden": "true" }, icon("chat")), h("strong", {}, "Help desk"), h("span", { class: "muted canvas-sub" }, "Custom page"), h("a", { href: "/", class: "canvas-back" }, "Sales Hub"), persona(user.name)),
        h("div", { class: "canvas-frame" }, page(), properties()),
    );
    instance = started.host.mount({
        container: slot,
        kind: "canvas",
        properties: Object.fromEntries(inputs().map((property) => [property.name, valueOf(property)])),
        theme: state.theme,
        rtl: state.rtl,
        webApi: state.webApi,
        visible: state.visible,
        disabled: state.disabled,
    });
    readout.refresh();
}

start().then(ready, failed);
