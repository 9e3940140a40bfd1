// Owns the "Demo settings" panel: choices on top of the live outputs and the log of events.
import { allUsers } from "../dataverse/seed";
import { currentUser, signIn, type StartedHost } from "../host";
import type { HostInstance } from "../host/types";
import { changeCentre, plainCentre, type CentreSettings } from "./centre";
import { applySource, chooseLanguage, forgetSettings, saveSettings, type DemoSettings } from "./settings";
import { button, field, h, select, textInput, toggle, type Option } from "./ui";

const languageName = new Intl.DisplayNames("en", { type: "language" });

export interface LogEntry {
    readonly time: Date;
    readonly instance: number;
    readonly text: string;
}

/** The live read-outs: outputs of each instance, events, errors. */
export interface Readout {
    readonly element: HTMLElement;
    refresh(): void;
    log(instance: number, text: string): void;
}

const timeText = (time: Date): string => time.toLocaleTimeString("en-GB");

/** Makes the read-outs; `host` may still be missing while the page starts. */
export function createReadout(host: () => { readonly instances: readonly HostInstance[]; readonly errors: readonly string[] } | undefined): Readout {
    const outputs = h("div", { class: "readout" });
    const log = h("ol", { class: "event-log", "aria-label": "Events", tabindex: 0 });
    const empty = h("p", { class: "muted" }, "No events yet.");
    const errors = h("div", { class: "readout-errors", role: "alert" });
    let shown = "";
    const refresh = (): void => {
        const current = host();
        if (current === undefined) return;
        const text = JSON.stringify([current.instances.map((one) => [one.id, one.outputs]), current.errors]);
        if (text === shown) return;
        shown = text;
        outputs.replaceChildren(
            ...current.instances.map((instance) =>
                h(
                    "div",
                    {},
                    current.instances.length > 1 ? h("p", { class: "readout-id" }, `Instance ${instance.id}`) : null,
                    h("dl", {}, ...(["chatState", "unreadCount", "errorCode"] as const).flatMap((name) => [h("dt", {}, name), h("dd", {}, String(instance.outputs[name] ?? "") || "–")])),
                ),
            ),
        );
        errors.replaceChildren(...current.errors.map((line) => h("p", {}, line)));
    };
    return {
        element: h("div", {}, h("h3", {}, "Outputs"), outputs, h("h3", {}, "Events"), empty, log, errors),
        refresh,
        log(instance, text) {
            empty.remove();
            log.prepend(h("li", {}, h("time", {}, timeText(new Date())), h("span", {}, text), h("span", { class: "muted" }, `#${instance}`)));
        },
    };
}

export interface PanelOptions {
    readonly started: StartedHost;
    readonly settings: DemoSettings;
    readonly readout: Readout;
    readonly centre: CentreSettings;
    /** Called after a change that the instances can take while they live. */
    readonly changed: () => void;
}

const centreLabels: readonly (readonly [keyof CentreSettings, string])[] = [
    ["isClosed", "Closed now"],
    ["hasSurveyBefore", "Survey before the chat"],
    ["hasSurveyBehind", "Survey after the chat"],
    ["needsSignIn", "Sign-in needed"],
    ["isFrameBlocked", "Chat window blocked"],
];

function centreToggles(centre: CentreSettings): HTMLElement[] {
    return centreLabels.map(([name, label]) =>
        toggle(label, centre[name], (on) => void changeCentre({ ...centre, [name]: on }).then(() => location.reload())),
    );
}

/** Makes the content of the panel. What lasts as long as the page (user, language, source, contact centre) reloads it; all else changes at once. */
export function createPanel({ started, settings, readout, centre, changed }: PanelOptions): HTMLElement {
    const { host } = started;
    const set = <Key extends keyof DemoSettings>(name: Key, value: DemoSettings[Key], reload = false): void => {
        settings[name] = value;
        saveSettings(settings);
        if (reload) location.reload();
        else changed();
    };
    const user = currentUser();
    const users: Option<string>[] = allUsers.map((one) => ({ value: one.id, label: `${one.name} – ${one.note}` }));
    const languages: Option<string>[] = host.languages.map((id) => ({ value: String(id), label: `${languageName.of(started.text("language", id)) ?? "Language"} (${id})` }));
    const inputs = host.manifest.properties.filter((property) => property.usage === "input" && property.name !== "widgetSnippet" && property.name !== "userEmail");
    const setValue = (name: string, value: string): void => set("values", { ...settings.values, [name]: value });

    return h(
        "div",
        { class: "panel-content" },
        readout.element,
        h("h3", {}, "Who and where"),
        field(
            "Signed-in user",
            select(users, user.id, (id) => {
                const chosen = allUsers.find((one) => one.id === id);
                if (chosen !== undefined) signIn(chosen);
            }),
        ),
        field(
            "Chat settings come from",
            select<DemoSettings["source"]>(
                [
                    { value: "environment", label: "Environment variable (default)" },
                    { value: "snippet", label: "Snippet on the control" },
                    { value: "columns", label: "Three bound columns" },
                    { value: "guid", label: "GUID column alone: HR's widget" },
                    { value: "foreign", label: "Columns naming a foreign organization" },
                    { value: "nothing", label: "Nothing is set" },
                ],
                settings.source,
                (source) => void applySource(source).then(() => set("source", source, true)),
            ),
        ),
        h("h3", {}, "Contact centre"),
        ...centreToggles(centre),
        h("h3", {}, "Control"),
        ...inputs.map((property) => {
            const label = started.text(property.displayNameKey);
            const value = settings.values[property.name] ?? "";
            return field(
                label === property.displayNameKey ? property.name : label,
                property.values.length > 0
                    ? select(
                          property.values.map((one) => ({ value: one.value, label: started.text(one.displayNameKey) === one.displayNameKey ? one.value : started.text(one.displayNameKey) })),
                          value === "" ? (property.defaultValue ?? "") : value,
                          (chosen) => setValue(property.name, chosen),
                      )
                    : textInput(value, (text) => setValue(property.name, text), { multiline: property.type === "Multiple", placeholder: property.name === "contextVariables" ? "as the form of the table sets it" : "not set" }),
            );
        }),
        h("h3", {}, "Look"),
        field(
            "Theme",
            select<DemoSettings["theme"]>(
                [
                    { value: "light", label: "Light" },
                    { value: "dark", label: "Dark" },
                    { value: "none", label: "Classic look, no theme" },
                ],
                settings.theme,
                (theme) => set("theme", theme),
            ),
        ),
        field(
            "Language",
            select(languages, String(settings.languageId), (language) => {
                chooseLanguage(Number(language));
                // An app is mirrored as a whole, by its language.
                settings.rtl = ["ar", "he"].includes(started.text("language", Number(language)));
                set("languageId", Number(language), true);
            }),
        ),
        toggle("Right to left", settings.rtl, (on) => set("rtl", on)),
        h("h3", {}, "Host"),
        field(
            "Going to another record",
            select<DemoSettings["navigation"]>(
                [
                    { value: "destroy-first", label: "destroy, then init" },
                    { value: "init-first", label: "init, then destroy" },
                    { value: "same-instance", label: "same instance, other parameters" },
                ],
                settings.navigation,
                (navigation) => set("navigation", navigation),
            ),
        ),
        field(
            "Second control on the form",
            select<DemoSettings["second"]>(
                [
                    { value: "none", label: "None" },
                    { value: "header", label: "In the header's flyout" },
                    { value: "details", label: "On the Details tab" },
                ],
                settings.second,
                (second) => set("second", second, true),
            ),
        ),
        toggle("Read-only form", settings.readOnly, (on) => set("readOnly", on)),
        field(
            "Web API answers after",
            select<string>(
                ["0", "1", "3", "10"].map((seconds) => ({ value: seconds, label: seconds === "0" ? "no delay" : `${seconds} s` })),
                String(settings.webApiDelay / 1000),
                (seconds) => set("webApiDelay", Number(seconds) * 1000),
            ),
        ),
        button({
            label: "Reset the demo",
            icon: "undo",
            class: "outline",
            onclick: () => {
                forgetSettings();
                const resetting = [fetch("/demo/reset", { method: "POST" }), changeCentre(plainCentre)];
                void Promise.all(resetting).then(() => location.reload());
            },
        }),
    );
}
