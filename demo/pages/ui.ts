// Owns the small building blocks of the demo's pages: elements, fields, menus, toasts.
import { icon, type IconName } from "./icons";

type Listener = (event: Event) => void;
export type Attributes = Readonly<Record<string, string | number | boolean | undefined | Listener>>;
export type Child = Node | string | null | undefined | false;

/** Makes an element: attributes by name, `onclick` and the like as listeners, true and false for attributes without a value. */
export function h<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[Tag] {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value === undefined || value === false) continue;
        if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
        else element.setAttribute(name, value === true ? "" : String(value));
    }
    element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
    return element;
}

let nextId = 1;
export const newId = (prefix: string): string => `${prefix}-${nextId++}`;

/** A button with an icon and, unless it is told otherwise, a label. */
export function button(options: { icon?: IconName; label: string; text?: boolean; class?: string; onclick: Listener; expanded?: boolean; hasPopup?: string; disabled?: boolean }): HTMLButtonElement {
    const withText = options.text ?? true;
    return h(
        "button",
        {
            type: "button",
            class: `button ${withText ? "" : "icon-only"} ${options.class ?? ""}`,
            "aria-label": withText ? undefined : options.label,
            title: withText ? undefined : options.label,
            "aria-haspopup": options.hasPopup,
            "aria-expanded": options.expanded === undefined ? undefined : String(options.expanded),
            disabled: options.disabled,
            onclick: options.onclick,
        },
        options.icon === undefined ? null : icon(options.icon),
        withText ? h("span", {}, options.label) : null,
    );
}

/** A label above a field, with a description below it when there is one. */
export function field(label: string, control: HTMLElement, description?: string): HTMLElement {
    const id = control.id === "" ? newId("field") : control.id;
    control.id = id;
    const note = description === undefined || description === "" ? null : h("p", { class: "field-note", id: `${id}-note` }, description);
    if (note !== null) control.setAttribute("aria-describedby", note.id);
    return h("div", { class: "field" }, h("label", { for: id }, label), control, note);
}

export interface Option<Value extends string> {
    readonly value: Value;
    readonly label: string;
}

export function select<Value extends string>(options: readonly Option<Value>[], value: Value, changed: (value: Value) => void): HTMLSelectElement {
    const element = h("select", { class: "input" }, ...options.map((option) => h("option", { value: option.value, selected: option.value === value }, option.label)));
    element.addEventListener("change", () => {
        const chosen = options.find((option) => option.value === element.value);
        if (chosen !== undefined) changed(chosen.value);
    });
    return element;
}

export function textInput(value: string, changed: (value: string) => void, options: { multiline?: boolean; placeholder?: string; mono?: boolean } = {}): HTMLInputElement | HTMLTextAreaElement {
    const attributes = { class: `input ${options.mono === true ? "mono" : ""}`, placeholder: options.placeholder, spellcheck: "false", autocomplete: "off" };
    const element = options.multiline === true ? h("textarea", { ...attributes, rows: 3 }) : h("input", { ...attributes, type: "text" });
    element.value = value;
    element.addEventListener("change", () => changed(element.value));
    return element;
}

export function toggle(label: string, on: boolean, changed: (on: boolean) => void): HTMLElement {
    const input = h("input", { type: "checkbox", role: "switch", id: newId("toggle"), checked: on });
    input.addEventListener("change", () => changed(input.checked));
    return h("div", { class: "toggle" }, h("label", { for: input.id }, label), input);
}

/** A menu below its button; Escape, a click elsewhere and leaving it by keyboard close it. */
export function menu(trigger: HTMLButtonElement, content: () => readonly Node[], name: string): HTMLElement {
    const popup = h("div", { class: "popup", role: "dialog", "aria-label": name, hidden: true });
    const wrapper = h("div", { class: "popup-anchor" }, trigger, popup);
    const close = (focus: boolean): void => {
        if (popup.hidden) return;
        popup.hidden = true;
        trigger.setAttribute("aria-expanded", "false");
        document.removeEventListener("pointerdown", outside, true);
        if (focus) trigger.focus();
    };
    const outside = (event: Event): void => {
        if (event.target instanceof Node && !wrapper.contains(event.target)) close(false);
    };
    trigger.setAttribute("aria-haspopup", "dialog");
    trigger.setAttribute("aria-expanded", "false");
    trigger.addEventListener("click", () => {
        if (!popup.hidden) return close(true);
        popup.replaceChildren(...content());
        popup.hidden = false;
        trigger.setAttribute("aria-expanded", "true");
        document.addEventListener("pointerdown", outside, true);
        popup.querySelector<HTMLElement>("button, a, input, select")?.focus();
    });
    wrapper.addEventListener("keydown", (event) => {
        if (event.key === "Escape") close(true);
    });
    wrapper.addEventListener("focusout", (event) => {
        if (event.relatedTarget instanceof Node && !wrapper.contains(event.relatedTarget)) close(false);
    });
    return wrapper;
}

let toastTimer: ReturnType<typeof setTimeout> | undefined;

/** A short line at the top, gone after a while. */
export function toast(text: string): void {
    const existing = document.querySelector(".toast");
    const element = existing ?? document.body.appendChild(h("div", { class: "toast", role: "status" }));
    element.textContent = text;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => element.remove(), 2500);
}

/** For the commands that stand there only because they do in the real app. */
export const notPartOfTheDemo = (): void => toast("This command is not part of the demo.");

const colours = ["#a4262c", "#8764b8", "#0b6a0b", "#ca5010", "#005b70", "#4f6bed", "#881798", "#69797e"];

/** Initials on a coloured disc. */
export function persona(name: string, size = 32): HTMLElement {
    const initials = name.split(/\s+/).map((part) => part.charAt(0)).slice(0, 2).join("").toUpperCase();
    const colour = colours[Array.from(name).reduce((sum, character) => sum + character.charCodeAt(0), 0) % colours.length] ?? "#4f6bed";
    return h("span", { class: "persona", "aria-hidden": "true", style: `--size:${size}px;background:${colour}` }, initials);
}
