// Owns the translation of the component framework's context into the chat's host.
import type { IInputs } from "../../generated/ManifestTypes";
import type { Host, Properties, Property, StartMode } from "../host";
import { authoring, columnOf, onlineWebApi, recordOf } from "./undocumented";
import type { WebApi } from "./undocumented";

/** The context as it may really come: hosts differ in what they supply. */
interface Context extends Pick<ComponentFramework.Context<IInputs>, "mode" | "resources" | "webAPI"> {
    readonly parameters: Partial<IInputs>;
    readonly userSettings?: Partial<ComponentFramework.UserSettings>;
    readonly events?: Partial<ComponentFramework.IEventBag>;
}

/** A host whose context is that of the latest `updateView`. */
export interface PcfHost extends Host {
    context: Context;
    readonly isRtl: boolean;
}

const START_MODES: readonly StartMode[] = ["button", "widgetButton", "automatic"];

/** A maker's handler that throws is reported, and keeps nothing of ours from going on. */
function guarded(call: () => void): void {
    try {
        call();
    } catch (error) {
        console.error("ChatWithAgent: a handler of the host failed.", error);
    }
}

/** A column that the user may not read comes without a value. */
const textOf = (property: ComponentFramework.PropertyTypes.StringProperty | undefined): string | null => {
    const raw: unknown = property?.raw;
    return typeof raw === "string" ? raw : null;
};

const property = (of: ComponentFramework.PropertyTypes.StringProperty | undefined): Property => ({
    text: textOf(of),
    fromColumn: of !== undefined && columnOf(of) !== undefined,
});

const isYes = (choice: { readonly raw: "no" | "yes" } | undefined): boolean => choice?.raw === "yes";

function propertiesOf({ parameters }: Context): Properties {
    return {
        widgetSnippet: property(parameters.widgetSnippet),
        widgetAppId: property(parameters.widgetAppId),
        orgId: property(parameters.orgId),
        orgUrl: property(parameters.orgUrl),
        userEmail: textOf(parameters.userEmail),
        startMode: START_MODES.find((mode) => mode === parameters.startMode?.raw) ?? "button",
        requireEmail: isYes(parameters.requireEmail),
        contextVariables: textOf(parameters.contextVariables),
        shareRecord: isYes(parameters.shareRecord),
        contactCheck: isYes(parameters.contactCheck),
        message: textOf(parameters.message),
        closedMessage: textOf(parameters.closedMessage),
        buttonLabel: textOf(parameters.buttonLabel),
    };
}

export function createPcfHost(first: Context, outputsChanged: () => void, page: Window): PcfHost {
    /** The component's own Web API, and where that fails, `Xrm`'s. In Studio the first throws at once, in the harness it rejects (D, S). */
    async function ask<T>(call: (webApi: WebApi) => PromiseLike<T>): Promise<T> {
        try {
            return await call(host.context.webAPI);
        } catch (error) {
            const online = onlineWebApi();
            if (!online) throw error;
            return call(online);
        }
    }
    const host: PcfHost = {
        context: first,
        get properties() {
            return propertiesOf(host.context);
        },
        texts: (key) => host.context.resources.getString(key),
        directory: {
            // Some hosts hand it over in braces (D).
            userId: (first.userSettings?.userId ?? "").replace(/[{}]/g, "").toLowerCase(),
            retrieveRow: (table, id, select) => ask((webApi) => webApi.retrieveRecord(table, id, select)),
            retrieveRows: async (table, query) => (await ask((webApi) => webApi.retrieveMultipleRecords(table, query))).entities,
        },
        get record() {
            return recordOf(host.context);
        },
        get authoring() {
            return authoring(host.context.mode, page);
        },
        get isRtl() {
            return host.context.userSettings?.isRTL ?? false;
        },
        get visible() {
            return host.context.mode.isVisible;
        },
        raise: (occurrence) => guarded(() => host.context.events?.[occurrence]?.()),
        outputsChanged: () => guarded(outputsChanged),
    };
    return host;
}
