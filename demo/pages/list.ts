// Owns the list view of a table.
import { icon } from "./icons";
import { display, type Row, type TableSpec } from "./records";
import { button, h, notPartOfTheDemo } from "./ui";

/** A table's view as a grid; a row opens its record. */
export function createList(spec: TableSpec, rows: readonly Row[], open: (id: string) => void, refresh: () => void): HTMLElement {
    return h(
        "div",
        { class: "list-page" },
        h(
            "div",
            { class: "card command-bar", role: "toolbar", "aria-label": "Commands" },
            button({ icon: "chart", label: "Show Chart", onclick: notPartOfTheDemo }),
            button({ icon: "plus", label: "New", onclick: notPartOfTheDemo }),
            button({ icon: "delete", label: "Delete", onclick: notPartOfTheDemo }),
            button({ icon: "refresh", label: "Refresh", onclick: refresh }),
            button({ icon: "flow", label: "Flow", onclick: notPartOfTheDemo }),
            button({ icon: "more", label: "More commands", text: false, onclick: notPartOfTheDemo }),
        ),
        h(
            "div",
            { class: "card list" },
            h(
                "div",
                { class: "list-head" },
                h("h1", {}, spec.view, icon("chevronDown", 16)),
                h(
                    "div",
                    { class: "list-tools" },
                    button({ icon: "columns", label: "Edit columns", onclick: notPartOfTheDemo }),
                    button({ icon: "filter", label: "Edit filters", onclick: notPartOfTheDemo }),
                    h("div", { class: "list-search" }, icon("search", 16), h("input", { type: "search", placeholder: "Filter by keyword", "aria-label": "Filter by keyword", oninput: filter })),
                ),
            ),
            h(
                "div",
                { class: "grid-scroll", tabindex: 0, role: "region", "aria-label": spec.view },
                h(
                    "table",
                    { class: "grid" },
                    h("thead", {}, h("tr", {}, ...spec.columns.map((column) => h("th", { scope: "col" }, h("span", {}, column.label, icon("chevronDown", 12)))))),
                    h("tbody", {}, ...rows.map((row) => gridRow(spec, row, open))),
                ),
            ),
            h("div", { class: "list-foot" }, `Rows: ${rows.length}`),
        ),
    );
}

function filter(event: Event): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    const wanted = event.target.value.toLowerCase();
    for (const row of document.querySelectorAll<HTMLElement>(".grid tbody tr")) {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
    }
}

function gridRow(spec: TableSpec, row: Row, open: (id: string) => void): HTMLElement {
    const id = String(row[spec.key]);
    return h(
        "tr",
        { ondblclick: () => open(id) },
        ...spec.columns.map((column, index) => {
            const text = display(row, column.column) || "---";
            if (index > 0) return h("td", {}, h("span", { class: column.kind === "lookup" || column.kind === "email" ? "link-like" : "" }, text));
            const link = h("a", { href: `/main.aspx?pagetype=entityrecord&etn=${spec.table}&id=${id}` }, text);
            link.addEventListener("click", (event) => {
                event.preventDefault();
                open(id);
            });
            return h("td", {}, link);
        }),
    );
}
