// Owns the chat as a page of its own: puts host, settings, session and instance together where there is no framework to do it.
import { createShared } from "../chat/shared";
import type { Properties, Property } from "../host/host";
import { createWebHost } from "../host/web/host";
import type { WebHost, WebHostParts } from "../host/web/host";
import { createPage } from "../host/web/page";
import { variablesQuery, readVariable } from "../settings/environment";
import { PAGE_VARIABLE, readAddress, readPageSettings } from "../settings/page";
import type { PageMistake, PageSettings } from "../settings/page";
import { settle } from "../settings/settle";
import { limitWidget } from "../widget/limits";
import { createEntrance } from "./entrance";
import { createInstance } from "./instance";
import type { Instance } from "./instance";
import { settleWith } from "./lookups";
import { liveServicesOf, servicesOf } from "./services";
import type { Services } from "./services";

type PageWindow = Window & typeof globalThis;

const fixed: Property = { text: null, fromColumn: false };
/** What an address says is trusted no more than a column: anybody can write one. */
const written = (text: string | null): Property => (text ? { text, fromColumn: true } : fixed);

function propertiesOf(address: ReturnType<typeof readAddress>, { startMode = "button", ...settings }: PageSettings): Properties {
    const { requireEmail, contactCheck, message, buttonLabel, closedMessage, contextVariables } = settings;
    const isAddressed = address.widgetSnippet !== null || address.widgetAppId !== null;
    return {
        widgetSnippet: written(address.widgetSnippet),
        widgetAppId: written(address.widgetAppId),
        orgId: fixed,
        orgUrl: fixed,
        userEmail: null,
        // A link must not open a chat of its writer's choice by itself.
        startMode: isAddressed && startMode === "automatic" ? "button" : startMode,
        requireEmail: requireEmail === "yes",
        contactCheck: contactCheck === "yes",
        contextVariables: contextVariables ?? null,
        shareRecord: false,
        message: message ?? null,
        buttonLabel: buttonLabel ?? null,
        closedMessage: closedMessage ?? null,
    };
}

export interface ChatPage {
    readonly host: WebHost;
    readonly instance: Instance;
}

/**
 * Puts the page's chat together; it begins to find out at once who the user is.
 * @param languageId a guess, until the user's settings say
 * @param changed called when language or settings have become known
 */
export function createChatPage(page: PageWindow, languageId: number, languages: Pick<WebHostParts, "textOf" | "prepare">, changed: () => void): ChatPage {
    const address = readAddress(page.location.search);
    const own = servicesOf(page);
    const { clock, hasFunction } = createPage(page);
    // The page's own in any case: an answer that a whole app shared would never come once the page is gone.
    const calls = own?.calls ?? createShared<unknown>();
    let mistakes: readonly PageMistake[] = [];
    const host = createWebHost(page, {
        properties: propertiesOf(address, {}),
        languageId,
        ...languages,
        heard(table, rows) {
            if (table !== variablesQuery.table) return;
            const read = readPageSettings(readVariable(rows, PAGE_VARIABLE) ?? "");
            mistakes = read.mistakes;
            host.properties = propertiesOf(address, read.settings);
            void Promise.resolve().then(changed);
        },
    });
    /** Where the app's own document has this widget already, the page is a further view of it: one user, one conversation, one widget on the screen. */
    async function choose(): Promise<Services | undefined> {
        const around = liveServicesOf(page);
        if (!around) return own;
        const settled = await settleWith((lookups) => settle(host.properties, lookups, hasFunction), host.directory, calls, clock);
        return settled.kind === "valid" && !around.session.conflicts(settled.widget) ? around : own;
    }
    let services = own;
    const instance = createEntrance({
        host,
        clock,
        trouble: () => host.trouble,
        mistakes: () => mistakes,
        async enter() {
            // The settings need no user, so both are asked for at once; whoever settles them later finds the answer among the calls.
            const settings = calls([variablesQuery.table], () => host.directory.retrieveRows(variablesQuery.table, variablesQuery.options)).catch(() => undefined);
            await host.signIn();
            void host.readLanguage().then(changed);
            await settings;
            services = await choose();
        },
        open: () => createInstance(host, services && { ...services, calls }),
    });
    limitWidget(page);
    // What the app's document holds of this page would outlive it.
    page.addEventListener("pagehide", () => instance.destroy());
    return { host, instance };
}
