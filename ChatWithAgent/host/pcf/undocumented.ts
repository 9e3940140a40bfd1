// Owns everything the control reads that the framework's types do not promise; the control works without each of them.

/** Set by designers (undocumented, widely used). */
interface UndocumentedMode {
    readonly isAuthoringMode?: unknown;
}

/**
 * Whether the control is being rendered by a designer. Form designer and Studio really render it (D), and both live under an
 * origin named make.….
 */
export function authoring(mode: ComponentFramework.Mode, page: Window): "yes" | "no" | "unsure" {
    const flag = (mode as UndocumentedMode).isAuthoringMode;
    const origins = page.location.ancestorOrigins as DOMStringList | undefined;
    if (flag === true || (origins && Array.from(origins).some((origin) => origin.startsWith("https://make.")))) return "yes";
    // Firefox does not tell who embeds the page.
    return flag === undefined && !origins && page.parent !== page ? "unsure" : "no";
}

/** What the component's Web API and `Xrm`'s have in common. */
export interface WebApi {
    retrieveRecord(table: string, id: string, options?: string): Promise<unknown>;
    retrieveMultipleRecords(table: string, options?: string): Promise<{ readonly entities: readonly unknown[] }>;
}

/** `Xrm` inside a control is not supported (D); it is the only way to tables outside the offline profile in offline-first mobile apps (D). */
export function onlineWebApi(): WebApi | undefined {
    const online = (globalThis as { readonly Xrm?: Partial<Xrm.XrmStatic> }).Xrm?.WebApi?.online;
    return (
        online && {
            retrieveRecord: async (...record) => (await online.retrieveRecord(...record)) as unknown,
            retrieveMultipleRecords: async (...rows) => online.retrieveMultipleRecords<unknown>(...rows),
        }
    );
}

/** The logical name of the column that a property is bound to; a static value or a formula has none. */
export function columnOf(property: ComponentFramework.PropertyTypes.Property): string | undefined {
    return (property.attributes as { readonly LogicalName?: string } | undefined)?.LogicalName;
}
