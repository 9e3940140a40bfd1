// Owns everything the control reads that the framework's types do not promise; the control works without each of them.

import type { RecordReference } from "../../chat/ports";
import { isInDesigner } from "../designer";

/** Set by designers, and by forms (undocumented, widely used). */
interface UndocumentedMode {
    readonly isAuthoringMode?: unknown;
    readonly contextInfo?: Readonly<Record<"entityTypeName" | "entityId" | "entityRecordName", unknown>>;
}

/** What model-driven apps hang on the context beside it (undocumented). */
interface UndocumentedPage {
    readonly entityTypeName?: unknown;
    readonly entityId?: unknown;
    readonly appId?: unknown;
    readonly getClientUrl?: () => unknown;
}

/** Whether the control is being rendered by a designer. Form designer and Studio really render it (D). */
export function authoring(mode: ComponentFramework.Mode, page: Window): "yes" | "no" | "unsure" {
    const flag = (mode as UndocumentedMode).isAuthoringMode;
    const inDesigner = isInDesigner(page);
    if (flag === true || inDesigner) return "yes";
    return flag === undefined && inDesigner === undefined && page.parent !== page ? "unsure" : "no";
}

/** What the component's Web API and `Xrm`'s have in common. */
export interface WebApi {
    retrieveRecord(table: string, id: string, options?: string): PromiseLike<unknown>;
    retrieveMultipleRecords(table: string, options?: string): PromiseLike<{ readonly entities: readonly unknown[] }>;
}

/** `Xrm` inside a control is not supported (D). */
const xrm = (): Partial<Xrm.XrmStatic> | undefined => (globalThis as { readonly Xrm?: Partial<Xrm.XrmStatic> }).Xrm;

/** The only way to tables outside the offline profile in offline-first mobile apps (D). */
export const onlineWebApi = (): WebApi | undefined => xrm()?.WebApi?.online as WebApi | undefined;

const textOf = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

/** A record's link, of the documented form (D), under the app's own address: the context's, or `Xrm`'s where it has none. */
function linkTo(etn: string, id: string, page: UndocumentedPage): string {
    try {
        const client = textOf(page.getClientUrl?.());
        const appId = textOf(page.appId);
        const current = (): string => xrm()?.Utility?.getGlobalContext().getCurrentAppUrl() ?? "";
        const url = new URL(client && appId ? `${client}/main.aspx?appid=${appId}` : current());
        for (const entry of Object.entries({ pagetype: "entityrecord", etn, id })) url.searchParams.set(...entry);
        return url.protocol.startsWith("http") ? url.href : "";
    } catch {
        return "";
    }
}

/** The open record, as far as the context tells; undefined where there is none. */
export function recordOf(context: { readonly mode: ComponentFramework.Mode }): RecordReference | undefined {
    const page = (context as { readonly page?: UndocumentedPage }).page ?? {};
    const info = (context.mode as UndocumentedMode).contextInfo;
    // One of them whole: in a dialog over a form, the two may speak of two records (I).
    const about: UndocumentedMode["contextInfo"] | UndocumentedPage = textOf(info?.entityTypeName) ? info : page;
    const table = textOf(about?.entityTypeName);
    if (!/^\w+$/.test(table)) return undefined;
    // A record that is not saved yet has no id, or one of zeros; some hosts hand ids over in braces (D).
    const id = textOf(about?.entityId).replace(/[{}]/g, "").toLowerCase();
    if (!/^(?!0{8}-)[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)) return { table, id: "", name: "", url: "" };
    return { table, id, name: about === info ? textOf(info?.entityRecordName) : "", url: linkTo(table, id, page) };
}

/** The logical name of the column that a property is bound to; a static value or a formula has none. */
export function columnOf(property: ComponentFramework.PropertyTypes.Property): string | undefined {
    return (property.attributes as { readonly LogicalName?: string } | undefined)?.LogicalName;
}
