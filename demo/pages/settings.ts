// Owns the demo's settings: what the panel can change, where it is kept, and the properties of the control that follow from it.
import { contactCentre, languageCookie, snippet } from "../dataverse/seed";
import type { Manifest, MountOptions, ThemeName } from "../host/types";

/** Where the widget's settings come from. */
export type Source = "environment" | "snippet" | "columns" | "guid" | "foreign" | "nothing";

/** What happens to the control when the user goes from record to record: hosts differ (I), and all orders must work. */
export type Navigation = "destroy-first" | "init-first" | "same-instance";

export type Second = "none" | "header" | "details";

export interface DemoSettings {
    theme: ThemeName;
    languageId: number;
    rtl: boolean;
    source: Source;
    navigation: Navigation;
    second: Second;
    readOnly: boolean;
    webApiDelay: number;
    panel: boolean;
    /** Values of the control's input properties, as set in the panel. */
    values: Record<string, string>;
}

const defaults: DemoSettings = {
    theme: "light",
    languageId: 1033,
    rtl: false,
    source: "environment",
    navigation: "destroy-first",
    second: "none",
    readOnly: false,
    webApiDelay: 0,
    panel: false,
    // The demo shows what can be shown.
    values: { shareRecord: "yes", contactCheck: "yes" },
};

const key = "demo.settings";

/** Reads the settings of this tab; what is broken or missing falls back to the defaults. */
export function loadSettings(): DemoSettings {
    try {
        const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
        return typeof stored === "object" && stored !== null ? { ...defaults, ...stored } : { ...defaults };
    } catch {
        return { ...defaults };
    }
}

export function saveSettings(settings: DemoSettings): void {
    try {
        sessionStorage.setItem(key, JSON.stringify(settings));
    } catch {
        // Storage switched off: the settings last until the next reload.
    }
}

/** Tells Dataverse the user's language, too: the page in the navigation asks for it there. */
export function chooseLanguage(languageId: number): void {
    document.cookie = `${languageCookie}=${languageId}; path=/; samesite=lax`;
}

export function forgetSettings(): void {
    chooseLanguage(defaults.languageId);
    try {
        sessionStorage.removeItem(key);
    } catch {
        // Nothing was kept.
    }
}

/** Puts the environment's variable as the source asks for it. */
export async function applySource(source: Source): Promise<void> {
    const address = "/demo/environment/cwa_ChatWidgetSnippet";
    await (source === "nothing" ? fetch(address, { method: "DELETE" }) : fetch(address, { method: "PUT", body: snippet() }));
}

/** The column the control is attached to on the demo's forms; it is empty unless the source is a column. */
const ownColumn = "contoso_help";

function sourceProperties(source: Source): Record<string, unknown> {
    switch (source) {
        case "snippet":
            return { widgetAppId: { value: null, column: ownColumn }, widgetSnippet: snippet() };
        case "columns":
            return {
                widgetAppId: { value: contactCentre.itWidgetId, column: ownColumn },
                orgId: { value: contactCentre.orgId, column: "cwa_chatorgid" },
                orgUrl: { value: contactCentre.orgUrl, column: "cwa_chatorgurl" },
            };
        case "guid":
            return { widgetAppId: { value: contactCentre.hrWidgetId, column: ownColumn } };
        case "foreign":
            return {
                widgetAppId: { value: contactCentre.itWidgetId, column: ownColumn },
                orgId: { value: "11111111-2222-4333-8444-555555555555", column: "cwa_chatorgid" },
                orgUrl: { value: "https://m-11111111-2222-4333-8444-555555555555.us.omnichannelengagementhub.com", column: "cwa_chatorgurl" },
            };
        case "environment":
        case "nothing":
            return { widgetAppId: { value: null, column: ownColumn } };
    }
}

/** The properties of the control that follow from the settings; an empty text is a property that nobody has set. */
export function propertiesOf(settings: DemoSettings, manifest: Manifest): Record<string, unknown> {
    const values = Object.fromEntries(
        manifest.properties.filter((property) => property.usage === "input" && property.name !== "widgetSnippet").map((property) => [property.name, settings.values[property.name] === "" ? null : (settings.values[property.name] ?? null)]),
    );
    return { orgId: null, orgUrl: null, widgetSnippet: null, ...values, ...sourceProperties(settings.source) };
}

/** The mount options that follow from the settings. */
export function optionsOf(settings: DemoSettings, manifest: Manifest): MountOptions {
    return {
        properties: propertiesOf(settings, manifest),
        theme: settings.theme,
        rtl: settings.rtl,
        languageId: settings.languageId,
        disabled: settings.readOnly,
        webApiDelay: settings.webApiDelay,
        xrm: true,
    };
}

/** Puts the look of the page itself in line with the settings. */
export function applyLook(settings: DemoSettings): void {
    document.documentElement.dataset.theme = settings.theme === "dark" ? "dark" : "light";
    document.documentElement.dataset.look = settings.theme === "none" ? "classic" : "new";
    document.documentElement.dir = settings.rtl ? "rtl" : "ltr";
}
