// Owns the ports: what the chat needs from the world, named here and filled by the adapters.
import type { DropProblem } from "./codes";
import type { WidgetEvent } from "./machine";

/** The address of Microsoft's bootstrap script after the check against the trusted hosts; made only by `settings/hosts`. */
export type ScriptUrl = string & { readonly __brand: "ScriptUrl" };

/** A widget that may be loaded: complete, consistent and trusted. */
export interface WidgetSettings {
    /** Lower-case GUIDs without braces. */
    readonly appId: string;
    readonly orgId: string;
    /** Origin of the engagement hub, without a trailing slash. */
    readonly orgUrl: string;
    readonly scriptUrl: ScriptUrl;
    /** Where else the script is to be had: the host that the snippet's own `onerror` names, if it is trusted. */
    readonly secondUrl?: ScriptUrl;
    /** All attributes for the script tag but `id` and `src`: `v2` (empty value), `data-app-id` and the rest that is known. */
    readonly attributes: Readonly<Record<string, string>>;
}

/** The variables that go to the agent with a conversation, in the widget's own shape (D). */
export type ContextVariables = Readonly<Record<string, { readonly value: string | number | boolean; readonly isDisplayable: boolean }>>;

/** A variable that is not sent. */
export interface Dropped {
    /** The variable's name, or the piece of text that names none, shortened for showing. */
    readonly name: string;
    readonly problem: DropProblem;
}

/** What goes to the agent with a conversation, and what is to be told of it. */
export interface ChatContext {
    readonly variables: ContextVariables;
    /** What of it still holds away from the record, and away from the control: what is the user's own. */
    readonly lasting: ContextVariables;
    readonly email: Email;
    readonly dropped: readonly Dropped[];
}

/** The open record, as far as the platform tells of it. */
export interface RecordReference {
    readonly table: string;
    /** Lower-case GUID without braces; empty for a record that is not saved yet. */
    readonly id: string;
    readonly name: string;
    /** A link that opens the record in the app; empty where the platform offers none. */
    readonly url: string;
}

/** Microsoft's widget. Nothing is on the page before `hint` or `load`. */
export interface WidgetPort {
    /** Lets the browser connect to the hosts and fetch the script, without running it. */
    hint(settings: WidgetSettings): void;
    /**
     * What the contact centre says of the widget; undefined where it does not answer. Never rejects.
     * @param isAnew asks again, although an answer is known
     */
    configuration(settings: WidgetSettings, isAnew: boolean): Promise<WidgetConfiguration | undefined>;
    /** Puts the script on the page, or takes over the one that stands there; everything further comes as events. */
    load(settings: WidgetSettings): void;
    /** Removes the hidden frame and the script, then loads the widget anew. */
    reload(settings: WidgetSettings): void;
    /** Gives the context for conversations that are started with Microsoft's own button; the same again changes nothing. */
    provide(context: ContextVariables): void;
    /** Starts a conversation with this context, or brings the running one to the front. */
    start(context: ContextVariables): void;
    /** Ends the conversation and clears what the widget keeps of it. */
    close(): void;
    /** Hides the widget's frame, or shows it. */
    hide(on: boolean): void;
    /** Whether the chat window is open, by the frame's size; undefined where the size does not tell. */
    isOpen(): boolean | undefined;
    /** Where events go; called before the first `load`. */
    listen(tell: (event: WidgetEvent) => void): void;
}

/**
 * Remembers across reloads that a conversation in the widget's cache is this user's. The cache is kept by organisation and
 * widget, not by user (S), so the next user of a shared browser would inherit it.
 */
export interface MarkerPort {
    /** Whether the browser has refused to keep something. */
    readonly isBlocked: boolean;
    /** Whether there is a marker of anybody, for this widget or any. */
    any(widget?: WidgetSettings): boolean;
    own(widget: WidgetSettings, userId: string): boolean;
    /** Writes or renews the marker; it expires with the widget's cache. */
    keep(widget: WidgetSettings, userId: string): void;
    /** This window answers for the marker that stands, although it has not written it. */
    claim(widget: WidgetSettings): void;
    /** Drops the marker that this window answers for; what another tab has written since stays. */
    drop(widget: WidgetSettings): void;
    /** Calls back whenever another tab of the browser has dropped one. */
    onDrop(dropped: () => void): void;
    /** Calls back whenever the page is being left. */
    onLeave(leave: () => void): void;
}

export interface Clock {
    /** Calls back after so many milliseconds; the result cancels it. */
    after(milliseconds: number, callback: () => void): () => void;
}

/** What is known of the user's e-mail address. */
export type Email = { readonly kind: "known"; readonly address: string } | { readonly kind: "missing" } | { readonly kind: "failed" };

/** The directory of the environment, read with the rights of the user. */
export interface DirectoryPort {
    /** Lower-case GUID without braces; empty when the platform does not tell. */
    readonly userId: string;
    /** One row with the columns asked for. Rejects when it cannot be read. */
    retrieveRow(table: string, id: string, select: string): Promise<unknown>;
    /** The rows of a table. Rejects when they cannot be read. */
    retrieveRows(table: string, query: string): Promise<readonly unknown[]>;
}

/** What the contact centre says of a widget before it is loaded (S: the chat SDK asks for it). */
export interface WidgetConfiguration {
    /** False: the contact centre knows no such widget; the rest is at its harmless default. */
    readonly isFound: boolean;
    /** It is outside of the operating hours. */
    readonly isClosed: boolean;
    /** The widget hides itself and is never ready. */
    readonly isHidden: boolean;
    /** A persistent chat: it takes messages outside of the hours, too, and the user cannot end it (D). */
    readonly isPersistent: boolean;
    readonly signIn: "none" | "optional" | "required";
    /** A survey comes before the conversation. */
    readonly hasSurveyBefore: boolean;
    /** A survey follows the conversation. */
    readonly hasSurveyAfter: boolean;
}
