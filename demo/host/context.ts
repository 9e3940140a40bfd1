// Owns the context object a control gets: a new one for every updateView.
import { textOf, type Texts } from "./manifest";
import type { FluentLibrary } from "./platform";
import type { ColumnValue, HostKind, HostUser, Manifest, ManifestProperty, MountOptions } from "./types";
import { appId, webApiVariant, type WebApi } from "./web-api";

export interface ContextSource {
    readonly options: MountOptions;
    readonly kind: HostKind;
    readonly manifest: Manifest;
    readonly texts: Texts;
    readonly fluent: FluentLibrary;
    readonly user: HostUser;
    /** The user's id in braces and capitals: some hosts give it so. */
    readonly braces: boolean;
    readonly webApi: WebApi;
    readonly empty: boolean;
    readonly updatedProperties: readonly string[];
    readonly size: { readonly width: number; readonly height: number };
    raise(event: string): void;
    setControlState(state: Record<string, unknown>): boolean;
    missingString(key: string): void;
    called(name: string): void;
}

const isColumnValue = (value: unknown): value is ColumnValue =>
    typeof value === "object" && value !== null && "value" in value && "column" in value && typeof value.column === "string";

function parameter(property: ManifestProperty, source: ContextSource): Record<string, unknown> {
    const given = source.options.properties?.[property.name];
    const column = isColumnValue(given) ? given.column : undefined;
    const value = isColumnValue(given) ? given.value : given;
    const raw = source.empty ? null : (value ?? property.defaultValue);
    return {
        raw,
        type: property.type,
        error: false,
        errorMessage: "",
        security: { editable: true, readable: true, secured: false },
        ...(typeof raw === "string" ? { formatted: raw } : {}),
        // Only a value that comes from a column has attributes (D).
        ...(column === undefined ? {} : { attributes: { LogicalName: column, DisplayName: column, Type: "string", RequiredLevel: 0, IsSecured: false } }),
    };
}

/** Makes the context for one call. What the types do not list is undocumented, and only there when the options ask for it. */
export function createContext(source: ContextSource): Record<string, unknown> {
    const { options, manifest } = source;
    const languageId = options.languageId ?? 1033;
    const theme = options.theme ?? "light";
    const record = options.record ?? null;
    const webApi = webApiVariant(options.webApi ?? "ok", source.webApi);
    const act = (name: string) => () => source.called(name);
    return {
        parameters: Object.fromEntries(manifest.properties.filter((property) => property.usage !== "output").map((property) => [property.name, parameter(property, source)])),
        updatedProperties: [...source.updatedProperties],
        mode: {
            allocatedHeight: source.size.height,
            allocatedWidth: source.size.width,
            isControlDisabled: options.disabled ?? false,
            isVisible: options.visible ?? true,
            label: options.label ?? "Chat with an agent",
            setControlState: (state: Record<string, unknown>) => source.setControlState(state),
            setFullScreen: act("setFullScreen"),
            trackContainerResize: act("trackContainerResize"),
            ...(options.authoring === undefined ? {} : { isAuthoringMode: options.authoring }),
            ...(record === null ? {} : { contextInfo: { entityTypeName: record.table, entityId: record.id, entityRecordName: record.name } }),
        },
        ...(record === null || source.kind !== "model-driven"
            ? {}
            : { page: { appId, entityId: record.id, entityTypeName: record.table, isPageReadOnly: options.disabled ?? false, getClientUrl: () => location.origin } }),
        userSettings: {
            userId: source.braces ? `{${source.user.id.toUpperCase()}}` : source.user.id,
            userName: source.user.name,
            languageId,
            isRTL: options.rtl ?? false,
            securityRoles: [],
            getTimeZoneOffsetMinutes: () => -new Date().getTimezoneOffset(),
            dateFormattingInfo: {},
            numberFormattingInfo: {},
        },
        ...(webApi === undefined ? {} : { webAPI: webApi }),
        resources: {
            getString: (key: string) => {
                const text = textOf(source.texts, languageId, key);
                if (text === undefined) source.missingString(key);
                return text ?? key;
            },
            getResource: act("getResource"),
        },
        events: Object.fromEntries(manifest.events.map((event) => [event, () => source.raise(event)])),
        client: {
            disableScroll: false,
            getClient: () => "Web",
            getFormFactor: () => (window.innerWidth < 640 ? 3 : 1),
            isOffline: () => !navigator.onLine,
            isNetworkAvailable: () => navigator.onLine,
        },
        device: {},
        factory: { requestRender: act("requestRender"), getPopupService: act("getPopupService") },
        formatting: {},
        navigation: {},
        utils: { hasEntityPrivilege: () => true },
        ...(theme === "none"
            ? {}
            : { fluentDesignLanguage: { isDarkTheme: theme === "dark", tokenTheme: theme === "dark" ? source.fluent.webDarkTheme : source.fluent.webLightTheme, brand: {} } }),
    };
}
