// Owns the words of the host emulation: what pages and tests hand in and what they get back.
import type { ReactElement } from "react";

/** Which host is emulated: it decides on React's version, the undocumented members and the form of the user's id. */
export type HostKind = "model-driven" | "canvas";

export type WebApiVariant = "ok" | "missing" | "throws" | "rejects";
export type ThemeName = "light" | "dark" | "none";

export interface HostUser {
    readonly id: string;
    readonly name: string;
}

/** The open record, as the undocumented `mode.contextInfo` tells it. */
export interface RecordReference {
    readonly table: string;
    readonly id: string;
    readonly name: string;
}

/** A property that comes from a column, as bound properties on forms do. */
export interface ColumnValue {
    readonly value: unknown;
    readonly column: string;
}

export interface MountOptions {
    container?: HTMLElement;
    width?: string;
    /** Raw values, or `ColumnValue` for a value that comes from a column. */
    properties?: Record<string, unknown>;
    /** The first updateView carries null raw values; a second one with the values follows 50 ms later, or never with "stays". */
    firstRenderNull?: boolean | "stays";
    user?: HostUser;
    authoring?: boolean | undefined;
    webApi?: WebApiVariant;
    /** Milliseconds by which each Web API answer is late. */
    webApiDelay?: number;
    xrm?: boolean;
    theme?: ThemeName;
    rtl?: boolean;
    languageId?: number;
    disabled?: boolean;
    visible?: boolean;
    record?: RecordReference | null;
    kind?: HostKind;
    label?: string;
}

export interface HostOutputs {
    chatState?: string;
    unreadCount?: number;
    errorCode?: string;
    [name: string]: unknown;
}

export interface HostInstance {
    readonly id: number;
    readonly container: HTMLElement;
    readonly outputs: HostOutputs;
    /** Names of the events the control has raised, in order. */
    readonly events: readonly string[];
    readonly updateViews: number;
    readonly destroyed: boolean;
    /** Changes properties (null clears one) and mode, then calls updateView. */
    update(properties?: Record<string, unknown>, mode?: { visible?: boolean; disabled?: boolean }): void;
    /** Changes anything of the options (the same instance with changed parameters, as when a form moves to another record). */
    change(options: Partial<Omit<MountOptions, "container">>): void;
    destroy(): void;
}

export interface DemoHost {
    mount(options?: MountOptions): HostInstance;
    readonly instances: HostInstance[];
    /** Anything the control threw, unhandled rejections, window errors. */
    readonly errors: string[];
    /** Keys asked of resources.getString which no resx has. */
    readonly missingStrings: string[];
    readonly react: "16" | "17";
    readonly manifest: Manifest;
    /** Languages there are resx files for. */
    readonly languages: readonly number[];
}

export interface ManifestProperty {
    readonly name: string;
    readonly displayNameKey: string;
    readonly descriptionKey: string;
    readonly usage: "bound" | "input" | "output";
    /** `of-type`, or the first type of the group. */
    readonly type: string;
    readonly required: boolean;
    readonly defaultValue: string | null;
    /** Default formula in Power Apps Studio (D: `pfx-default-value`). */
    readonly pfxDefault: string | null;
    readonly values: readonly { readonly name: string; readonly value: string; readonly displayNameKey: string }[];
}

export interface Manifest {
    readonly constructorName: string;
    readonly version: string;
    readonly displayNameKey: string;
    readonly descriptionKey: string;
    readonly properties: readonly ManifestProperty[];
    readonly events: readonly string[];
    readonly resources: readonly string[];
}

/** A code component of the virtual kind, as the bundle registers it (D). */
export interface Control {
    init(context: unknown, notifyOutputChanged: () => void, state: unknown): void;
    updateView(context: unknown): ReactElement;
    getOutputs?(): Record<string, unknown>;
    destroy(): void;
}

export type ControlConstructor = new () => Control;
