// Owns the port between the chat and the place it lives in: what a form, a custom page or a web page each has to offer.
import type { Clock, DirectoryPort, MarkerPort, RecordReference } from "../chat/ports";

export interface Property {
    readonly text: string | null;
    /** Whether the value is a column's, which people can edit, and not the maker's own word. */
    readonly fromColumn: boolean;
}

export type StartMode = "button" | "widgetButton" | "automatic";

export interface Properties {
    readonly widgetSnippet: Property;
    readonly widgetAppId: Property;
    readonly orgId: Property;
    readonly orgUrl: Property;
    readonly userEmail: string | null;
    readonly startMode: StartMode;
    readonly requireEmail: boolean;
    readonly contextVariables: string | null;
    readonly shareRecord: boolean;
    readonly contactCheck: boolean;
    readonly message: string | null;
    readonly closedMessage: string | null;
    readonly buttonLabel: string | null;
}

/** Texts by key, in the user's language. */
export type Texts = (key: string) => string;

/** Where one instance of the chat lives; `properties` and the rest are those of the moment. */
export interface Host {
    readonly properties: Properties;
    readonly texts: Texts;
    readonly directory: DirectoryPort;
    /** The record that is open around the chat, where there is one. */
    readonly record: RecordReference | undefined;
    /**
     * Whether this is a designer, in which the control is really rendered; "unsure" where the platform does not tell.
     */
    readonly authoring: "yes" | "no" | "unsure";
    /** Whether the host shows the control. */
    readonly visible: boolean;
    raise(occurrence: string): void;
    outputsChanged(): void;
}

/** The browser page around all instances. */
export interface Page {
    readonly clock: Clock;
    readonly marker: MarkerPort;
    readonly hasFunction: (name: string) => boolean;
    readonly isOnline: () => boolean;
    /** Calls back, once, when the network is back. */
    whenOnline(callback: () => void): () => void;
    /** Calls back when the browser has nothing better to do. */
    whenIdle(callback: () => void): () => void;
    /** Calls back, once, when the element is on the screen of a page that is being looked at. */
    whenSeen(element: Element, callback: () => void): () => void;
}
