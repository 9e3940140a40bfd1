// Owns the model-driven app in miniature: frame, navigation and the control's life from record to record.
import { allUsers, opportunities } from "../dataverse/seed";
import { currentUser, failed, ready, signIn, startHost, type StartedHost } from "../host";
import { appId } from "../host/web-api";
import "./app.css";
import { readCentre } from "./centre";
import { createForm, type Form } from "./form";
import { icon, type IconName } from "./icons";
import { createList } from "./list";
import { createPanel, createReadout } from "./panel";
import { isTableName, readRow, readRows, tableSpecs, type TableName } from "./records";
import { applyLook, loadSettings, saveSettings } from "./settings";
import { button, h, menu, notPartOfTheDemo, persona } from "./ui";

interface TablePlace {
    readonly table: TableName;
    /** Null: the table's list. */
    readonly id: string | null;
}

/** A web resource in the navigation, with the parameter that its subarea passes on. */
interface PagePlace {
    readonly page: string;
    readonly data: string;
}

type Place = TablePlace | PagePlace;

const chatPage: PagePlace = { page: "cwa_/chat-with-agent/chat.html", data: "" };

const settings = loadSettings();
applyLook(settings);

/** The address of a place, in the form model-driven apps have (D: appid, pagetype, etn, id, webresourceName); test switches are kept. */
function addressOf(place: Place): string {
    const address = new URLSearchParams({ appid: appId });
    if ("page" in place) {
        address.set("pagetype", "webresource");
        address.set("webresourceName", place.page);
        if (place.data !== "") address.set("data", place.data);
    } else {
        address.set("pagetype", place.id === null ? "entitylist" : "entityrecord");
        address.set("etn", place.table);
        if (place.id !== null) address.set("id", place.id);
    }
    const now = new URLSearchParams(location.search);
    for (const name of ["react", "sw"]) {
        const value = now.get(name);
        if (value !== null) address.set(name, value);
    }
    return `/main.aspx?${address.toString()}`;
}

/** The place the address names; without any, the first opportunity: the demo is about a form. */
function placeNow(): Place {
    const address = new URLSearchParams(location.search);
    if (address.get("pagetype") === "webresource") return { page: chatPage.page, data: address.get("data") ?? "" };
    const table = address.get("etn");
    if (!isTableName(table)) return { table: "opportunity", id: opportunities[0].id };
    const id = address.get("id")?.replace(/[{}]/g, "") ?? null;
    return { table, id: address.get("pagetype") === "entitylist" ? null : id };
}

const main = h("main", { id: "main", tabindex: -1 });
const loading = h("div", { class: "progress", hidden: true, role: "progressbar", "aria-label": "Loading" });
let started: StartedHost | undefined;
let form: Form | null = null;
let visit = 0;

const readout = createReadout(() => started?.host);

/** Goes to a place without a page load, as the app does. */
async function show(place: Place): Promise<void> {
    if (started === undefined) return;
    const mine = ++visit;
    loading.hidden = false;
    try {
        if ("page" in place) {
            form?.close();
            form = null;
            main.replaceChildren(frameOf(place));
            document.title = "Chat with an agent – Sales Hub";
            markNavigation("chat");
            return;
        }
        const spec = tableSpecs[place.table];
        if (place.id === null) {
            const rows = await readRows(spec);
            if (mine !== visit) return;
            form?.close();
            form = null;
            main.replaceChildren(createList(spec, rows, (id) => go({ table: place.table, id }), () => void show(place)));
            document.title = `${spec.plural} ${spec.view} – Sales Hub`;
        } else {
            const row = await readRow(spec, place.id);
            if (mine !== visit) return;
            const create = (inherit: Form | null): Form =>
                createForm({ host: started === undefined ? failNow() : started.host, settings, spec, row, inherit, back: () => history.back(), list: () => go({ table: place.table, id: null }), open: (table, id) => go({ table, id }) });
            const old = form;
            if (settings.navigation === "same-instance" && old !== null) {
                form = create(old);
                main.replaceChildren(form.element);
                old.close();
            } else if (settings.navigation === "init-first" && old !== null) {
                // The old form stays in the page, unseen, until the new one has its controls.
                old.element.hidden = true;
                form = create(null);
                main.append(form.element);
                form.mount();
                old.close();
                old.element.remove();
            } else {
                old?.close();
                form = create(null);
                main.replaceChildren(form.element);
            }
            form.mount();
            document.title = `${spec.label}: ${form.title} – Sales Hub`;
        }
        main.scrollTop = 0;
        markNavigation(place.table);
    } catch (error) {
        form?.close();
        form = null;
        main.replaceChildren(h("div", { class: "card empty" }, h("h1", {}, "Record is unavailable"), h("p", {}, error instanceof Error ? error.message : String(error))));
    } finally {
        if (mine === visit) loading.hidden = true;
    }
}

/** A web resource as the platform shows it: a document of its own in a frame of the same origin, without `Xrm` (D). */
function frameOf({ page, data }: PagePlace): HTMLElement {
    const query = new URLSearchParams(data === "" ? {} : { data });
    return h("iframe", { class: "web-resource", title: "Chat with an agent", src: `/WebResources/${page}${data === "" ? "" : `?${query.toString()}`}` });
}

function failNow(): never {
    throw new Error("The host has not started.");
}

function go(place: Place): void {
    history.pushState(null, "", addressOf(place));
    void show(place).then(() => main.focus({ preventScroll: true }));
}

window.addEventListener("popstate", () => void show(placeNow()));

type NavigationName = TableName | "chat";

const navigationLinks = new Map<NavigationName, HTMLAnchorElement>();

function markNavigation(current: NavigationName): void {
    for (const [name, link] of navigationLinks) {
        if (name === current) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
    }
    document.body.classList.remove("nav-open");
}

function navigationItem(name: IconName, label: string, place: Place | null): HTMLElement {
    if (place === null) return h("button", { type: "button", class: "nav-item", title: label, onclick: notPartOfTheDemo }, icon(name), h("span", {}, label));
    const link = h(
        "a",
        {
            class: "nav-item",
            title: label,
            href: addressOf(place),
            onclick: (event) => {
                event.preventDefault();
                go(place);
            },
        },
        icon(name),
        h("span", {}, label),
    );
    navigationLinks.set("page" in place ? "chat" : place.table, link);
    return link;
}

function navigation(): HTMLElement {
    return h(
        "nav",
        { class: "sitemap", "aria-label": "Sales Hub" },
        button({ icon: "menu", label: "Collapse or expand the navigation", text: false, class: "nav-toggle", onclick: () => document.body.classList.toggle("nav-collapsed") }),
        navigationItem("home", "Home", null),
        navigationItem("clock", "Recent", null),
        navigationItem("pin", "Pinned", null),
        navigationItem("chat", "Chat with an agent", chatPage),
        h("h2", {}, "Customers"),
        navigationItem("account", "Accounts", { table: "account", id: null }),
        navigationItem("contact", "Contacts", { table: "contact", id: null }),
        h("h2", {}, "Sales"),
        navigationItem("opportunity", "Opportunities", { table: "opportunity", id: null }),
    );
}

function userMenu(): HTMLElement {
    const user = currentUser();
    const trigger = h("button", { type: "button", class: "user-button", "aria-label": `Account of ${user.name}`, title: user.name }, persona(user.name));
    return menu(
        trigger,
        () => [
            h("div", { class: "user-card" }, persona(user.name, 56), h("div", {}, h("strong", {}, user.name), h("span", {}, user.email ?? "No e-mail address"), h("span", {}, user.jobTitle))),
            h("p", { class: "popup-title" }, "Sign in as"),
            ...allUsers
                .filter((one) => one.id !== user.id)
                .map((one) => h("button", { type: "button", class: "popup-item", onclick: () => signIn(one) }, persona(one.name, 28), h("span", {}, one.name, h("small", {}, one.note)))),
        ],
        "Account",
    );
}

const panel = h("aside", { class: "panel", "aria-label": "Demo settings", hidden: !settings.panel });

const settingsButton = button({ icon: "flask", label: "Demo settings", class: "demo-button", expanded: settings.panel, onclick: () => togglePanel() });
settingsButton.setAttribute("aria-label", "Demo settings");

function togglePanel(): void {
    settings.panel = !settings.panel;
    saveSettings(settings);
    panel.hidden = !settings.panel;
    settingsButton.setAttribute("aria-expanded", String(settings.panel));
    if (settings.panel) panel.querySelector<HTMLElement>("button")?.focus();
    else settingsButton.focus();
}

document.body.append(
    h("a", { class: "skip", href: "#main" }, "Skip to main content"),
    h(
        "header",
        { class: "appbar" },
        button({ icon: "menu", label: "Navigation", text: false, class: "nav-open-button", onclick: () => document.body.classList.toggle("nav-open") }),
        button({ icon: "waffle", label: "Apps", text: false, class: "waffle", onclick: notPartOfTheDemo }),
        h("a", { class: "app-name", href: "/" }, "Sales Hub"),
        h("div", { class: "search" }, icon("search", 16), h("input", { type: "search", placeholder: "Search", "aria-label": "Search", onkeydown: (event) => event instanceof KeyboardEvent && event.key === "Enter" && notPartOfTheDemo() })),
        h(
            "div",
            { class: "appbar-end" },
            settingsButton,
            button({ icon: "plus", label: "New", text: false, class: "wide-only", onclick: notPartOfTheDemo }),
            button({ icon: "gear", label: "Settings", text: false, class: "wide-only", onclick: notPartOfTheDemo }),
            button({ icon: "help", label: "Help", text: false, class: "wide-only", onclick: notPartOfTheDemo }),
            userMenu(),
        ),
    ),
    h("div", { class: "frame" }, navigation(), h("div", { class: "content" }, loading, main), panel),
);

async function start(): Promise<void> {
    started = await startHost({
        kind: "model-driven",
        mounts: () => main,
        changed: () => readout.refresh(),
        raised: (instance, event) => readout.log(instance.id, event),
    });
    const centre = await readCentre();
    panel.append(
        h("div", { class: "panel-head" }, h("h2", {}, "Demo settings"), button({ icon: "close", label: "Close demo settings", text: false, onclick: togglePanel })),
        createPanel({
            started,
            settings,
            readout,
            centre,
            changed: () => {
                applyLook(settings);
                form?.settingsChanged();
            },
        }),
    );
    await show(placeNow());
    readout.refresh();
}

start().then(ready, failed);
