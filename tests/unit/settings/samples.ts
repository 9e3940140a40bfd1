// Owns the values that the settings' tests share: organisations, addresses, a snippet as the admin centre writes it.
import type { Lookups, RawSettings, SettingsProperty, Settled } from "../../../ChatWithAgent/settings/types";
import { settle } from "../../../ChatWithAgent/settings/settle";

export const APP = "4de22280-0707-4f5f-befc-7d6c4fbbcde6";
export const OTHER_APP = "12495120-70a5-49bb-908d-3f9eb30f72f4";
export const ORG = "26763d6a-d8e4-4f3d-b82d-d7ec27740002";
export const OTHER_ORG = "51758c7f-516c-434b-b9af-f29111fda99f";
export const HUB = `https://m-${ORG}.eu.omnichannelengagementhub.com`;
export const OTHER_HUB = `https://m-${OTHER_ORG}.eu.omnichannelengagementhub.com`;
export const NAMED_HUB = "https://contoso-crm4.omnichannelengagementhub.com";
/** The older form: `unq` and the first 29 digits. */
export const UNIQUE_HUB = "https://unq26763d6ad8e44f3db82dd7ec27740-crm4.omnichannelengagementhub.com";
export const PATH = "/livechatwidget/scripts/LiveChatBootstrapper.js";
export const SCRIPT = "https://oc-cdn-public-eur.azureedge.net" + PATH;

export function snippet(changes: Readonly<Record<string, string | undefined>> = {}): string {
    const attributes: Record<string, string | undefined> = {
        id: "Microsoft_Omnichannel_LCWidget",
        src: SCRIPT,
        "data-app-id": APP,
        "data-lcw-version": "prod",
        "data-org-id": ORG,
        "data-org-url": HUB,
        ...changes,
    };
    const written = Object.entries(attributes).flatMap(([name, value]) =>
        value === undefined ? [] : [`${name}="${value.replace(/&/g, "&amp;").replace(/"/g, "&quot;")}"`],
    );
    return `<script v2 ${written.join(" ")}></script>`;
}

/** Values as a maker types them. */
export function raw(
    texts: Partial<Record<SettingsProperty, string>> = {},
    columns: readonly SettingsProperty[] = [],
): RawSettings {
    const value = (property: SettingsProperty) => ({
        text: texts[property] ?? null,
        fromColumn: columns.includes(property),
    });
    return {
        widgetSnippet: value("widgetSnippet"),
        widgetAppId: value("widgetAppId"),
        orgId: value("orgId"),
        orgUrl: value("orgUrl"),
    };
}

/** The same values, each from a column. */
export function columns(texts: Partial<Record<SettingsProperty, string>>): RawSettings {
    return raw(texts, ["widgetSnippet", "widgetAppId", "orgId", "orgUrl"]);
}

export const bound = { widgetAppId: APP, orgId: ORG, orgUrl: HUB };

export function settled(values: RawSettings, lookups: Lookups = {}, functions: readonly string[] = []): Settled {
    return settle(values, lookups, (name) => functions.includes(name));
}

/** The outcome in short: what is asked for, the code with its issues, or `valid`. */
export function outcome(answer: Settled): string {
    if (answer.kind === "needs") return "needs " + answer.lookups.join("+");
    if (answer.kind === "valid") return "valid";
    return `${answer.code}: ${answer.issues.map(({ place, problem }) => `${place} ${problem}`).join(", ")}`;
}

export function valid(answer: Settled): Extract<Settled, { kind: "valid" }> {
    if (answer.kind !== "valid") throw new Error(`not valid but ${outcome(answer)}`);
    return answer;
}
