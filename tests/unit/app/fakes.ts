// Covers nothing itself: a host, a page and the page's services without a browser, around the real session.
import type { Services } from "../../../ChatWithAgent/app/services";
import { createSession } from "../../../ChatWithAgent/chat/session";
import { createShared } from "../../../ChatWithAgent/chat/shared";
import type { Host, Page, Properties, Property } from "../../../ChatWithAgent/host/host";
import { USER, createFakeClock, createFakeMarker, createFakeWidget } from "../chat/fakes";
import type { FakeClock, FakeMarker, FakeWidget } from "../chat/fakes";

const value = (text: string | null): Property => ({ text, fromColumn: false });

export function properties({
    snippet = null,
    ...rest
}: Partial<Properties> & { readonly snippet?: string | null } = {}): Properties {
    return {
        widgetSnippet: value(snippet),
        widgetAppId: value(null),
        orgId: value(null),
        orgUrl: value(null),
        userEmail: null,
        startMode: "button",
        requireEmail: false,
        contextVariables: null,
        shareRecord: false,
        contactCheck: false,
        message: null,
        buttonLabel: null,
        closedMessage: null,
        ...rest,
    };
}

/** A row of the environment variables. */
export const variable = (schemaname: string, text: string): unknown => ({
    schemaname,
    defaultvalue: null,
    environmentvariabledefinition_environmentvariablevalue: [{ value: text }],
});

export interface FakeHost extends Host {
    properties: Properties;
    authoring: Host["authoring"];
    visible: boolean;
    record: Host["record"];
    readonly raised: string[];
    /** How often the outputs were said to have changed. */
    changes: number;
    /** What was asked of the directory, in order. */
    readonly asked: string[];
    /** The user's own row, the open record's, and the environment's rows by table; replaced to fail or to take time. */
    user: (select: string) => Promise<unknown>;
    row: (select: string, table: string) => Promise<unknown>;
    rows: (table: string, query: string) => Promise<readonly unknown[]>;
}

export function createFakeHost(own: Properties = properties()): FakeHost {
    const host: FakeHost = {
        properties: own,
        texts: (key) => key,
        authoring: "no",
        visible: true,
        record: undefined,
        raised: [],
        changes: 0,
        asked: [],
        user: () => Promise.resolve({ internalemailaddress: "alex@contoso.com" }),
        row: () => Promise.resolve({}),
        rows: () => Promise.resolve([]),
        directory: {
            userId: USER,
            retrieveRow(table, id, select) {
                const isUser = table === "systemuser" && id === USER;
                host.asked.push(isUser ? `user ${select}` : `${table} ${id} ${select}`);
                return isUser ? host.user(select) : host.row(select, table);
            },
            retrieveRows(table, query) {
                // The environment's tables have one question each.
                host.asked.push(table === "contact" ? `${table} ${query}` : table);
                return host.rows(table, query);
            },
        },
        raise: (occurrence) => void host.raised.push(occurrence),
        outputsChanged() {
            host.changes++;
        },
    };
    return host;
}

export interface FakePage extends Page {
    readonly clock: FakeClock;
    readonly marker: FakeMarker;
    /** The browser has nothing better to do. */
    idle(): void;
    /** What is waited for is on the screen. */
    see(): void;
    /** How many wait for idleness or for being seen. */
    readonly waiting: number;
    /** The network goes, or comes. */
    connect(online: boolean): void;
    /** How many wait for the network. */
    readonly listening: number;
}

function createFakePage(): FakePage {
    const idlers = new Set<() => void>();
    const seers = new Set<() => void>();
    const connectors = new Set<() => void>();
    let online = true;
    const wait = (those: Set<() => void>, callback: () => void): (() => void) => {
        const once = (): void => {
            those.delete(once);
            callback();
        };
        those.add(once);
        return () => those.delete(once);
    };
    return {
        clock: createFakeClock(),
        marker: createFakeMarker(),
        hasFunction: () => false,
        isOnline: () => online,
        whenOnline: (callback) => wait(connectors, callback),
        connect(now) {
            online = now;
            if (now) [...connectors].forEach((once) => once());
        },
        get listening() {
            return connectors.size;
        },
        whenIdle: (callback) => wait(idlers, callback),
        whenSeen: (_, callback) => wait(seers, callback),
        idle: () => [...idlers].forEach((once) => once()),
        see: () => [...seers].forEach((once) => once()),
        get waiting() {
            return idlers.size + seers.size;
        },
    };
}

export interface FakeServices extends Services {
    readonly page: FakePage;
    readonly widget: FakeWidget;
    isAgentWorkspace: boolean;
}

export function createFakeServices(): FakeServices {
    const page = createFakePage();
    const widget = createFakeWidget();
    const services: FakeServices = {
        page,
        widget,
        session: createSession({ widget, marker: page.marker, clock: page.clock }),
        calls: createShared(),
        columnNames: new Map(),
        hint: (settings) => widget.hint(settings),
        isAgentWorkspace: false,
        inAgentWorkspace: () => services.isAgentWorkspace,
        memory: { contact: undefined, automaticStarted: false },
    };
    return services;
}
