// Owns the life of the control's instances: init, updateView, getOutputs and destroy in the platform's order.
import type { Component, ReactElement, ReactNode } from "react";
import { createContext } from "./context";
import type { Texts } from "./manifest";
import type { Platform } from "./platform";
import type { ControlConstructor, DemoHost, HostInstance, HostKind, HostOutputs, HostUser, Manifest, MountOptions } from "./types";
import { createWebApi, installXrm } from "./web-api";

export interface HostParts {
    readonly platform: Platform;
    readonly Control: ControlConstructor;
    readonly manifest: Manifest;
    readonly texts: Texts;
    readonly kind: HostKind;
    readonly user: HostUser;
    /** Where instances go that name no container. */
    readonly mounts: () => HTMLElement;
    /** Called after anything about an instance changed: outputs, events, errors. */
    readonly changed?: (instance: HostInstance | null) => void;
    readonly raised?: (instance: HostInstance, event: string) => void;
}

const describe = (error: unknown): string => {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
    try {
        return typeof error === "string" ? error : JSON.stringify(error);
    } catch {
        return String(error);
    }
};

/** How long notifyOutputChanged is collected before getOutputs is called (S: the harness). */
const outputDelay = 100;

/** How long the platform lets a control wait for its values in the demo. */
const firstValuesDelay = 50;

/** Makes the host of a page. */
export function createHost(parts: HostParts): DemoHost {
    const { platform, manifest } = parts;
    const { React, ReactDOM, fluent } = platform;
    const instances: HostInstance[] = [];
    const errors: string[] = [];
    const missingStrings: string[] = [];
    const controlStates = new Map<string, Record<string, unknown>>();
    let nextId = 1;

    const record = (where: string, error: unknown): void => {
        errors.push(`${where}: ${describe(error)}`);
        console.error(`[host] ${where}:`, error);
        parts.changed?.(null);
    };
    window.addEventListener("error", (event) => {
        // Browsers report this harmless loop of any ResizeObserver as an error.
        if (!event.message.includes("ResizeObserver loop")) record("window", event.error ?? event.message);
    });
    window.addEventListener("unhandledrejection", (event) => record("unhandled rejection", event.reason));

    const boundary = (where: string) =>
        class Boundary extends React.Component<{ children?: ReactNode }, { failed: boolean }> implements Component<{ children?: ReactNode }, { failed: boolean }> {
            override state = { failed: false };
            static getDerivedStateFromError(): { failed: boolean } {
                return { failed: true };
            }
            override componentDidCatch(error: Error): void {
                record(where, error);
            }
            override render(): ReactNode {
                return this.state.failed ? "Error loading control" : this.props.children;
            }
        };

    function mount(given: MountOptions = {}): HostInstance {
        const id = nextId++;
        let options: MountOptions = { ...given };
        const ownContainer = options.container === undefined;
        const container = options.container ?? parts.mounts().appendChild(document.createElement("div"));
        container.dataset.instance = String(id);
        const kind = options.kind ?? parts.kind;
        const control = new parts.Control();
        const Guard = boundary(`render of instance ${id}`);
        const events: string[] = [];
        let outputs: HostOutputs = {};
        let updateViews = 0;
        let initialised = false;
        let destroyed = false;
        let empty = options.firstRenderNull === true || options.firstRenderNull === "stays";
        let outputTimer: ReturnType<typeof setTimeout> | undefined;
        let valuesTimer: ReturnType<typeof setTimeout> | undefined;
        const user = (): HostUser => options.user ?? parts.user;
        const webApi = createWebApi(() => options.webApiDelay ?? 0);

        const guarded = <Result>(step: string, action: () => Result): Result | undefined => {
            try {
                return action();
            } catch (error) {
                record(`${step} of instance ${id}`, error);
                return undefined;
            }
        };

        const context = (updatedProperties: readonly string[]): Record<string, unknown> =>
            createContext({
                options,
                kind,
                manifest,
                texts: parts.texts,
                fluent,
                user: user(),
                braces: kind === "model-driven" && id % 2 === 1,
                webApi,
                empty,
                updatedProperties,
                size: { width: kind === "canvas" ? container.clientWidth : -1, height: kind === "canvas" ? container.clientHeight : -1 },
                raise(event) {
                    events.push(event);
                    parts.raised?.(instance, event);
                    parts.changed?.(instance);
                },
                setControlState(state) {
                    controlStates.set("control", state);
                    return true;
                },
                missingString(key) {
                    if (!missingStrings.includes(key)) missingStrings.push(key);
                },
                called(name) {
                    console.debug(`[host] instance ${id} called ${name}`);
                },
            });

        /** The platform wraps what updateView returned in a full-width container (S); the theme comes from the app's own provider (D). */
        const wrap = (element: ReactElement): ReactElement => {
            const box = React.createElement("div", { id: `pcf-container-${id}`, style: { width: "100%" } }, React.createElement(Guard, null, element));
            const theme = options.theme ?? "light";
            if (theme === "none") return box;
            const dir = options.rtl === true ? "rtl" : "ltr";
            return React.createElement(fluent.FluentProvider, { theme: theme === "dark" ? fluent.webDarkTheme : fluent.webLightTheme, dir, style: { background: "transparent", width: "100%", height: "100%" } }, box);
        };

        const updateView = (updatedProperties: readonly string[]): void => {
            if (destroyed || !initialised) return;
            const visible = options.visible ?? true;
            container.hidden = !visible;
            container.dir = options.rtl === true ? "rtl" : "ltr";
            if (options.width !== undefined) container.style.width = options.width;
            updateViews++;
            const element = guarded("updateView", () => control.updateView(context(updatedProperties)));
            if (element === undefined) return;
            if (!React.isValidElement(element)) return record(`updateView of instance ${id}`, "no React element was returned");
            guarded("render", () => ReactDOM.render(wrap(element), container));
            parts.changed?.(instance);
        };

        const readOutputs = (): void => {
            if (destroyed) return;
            const read = guarded("getOutputs", () => control.getOutputs?.() ?? {});
            if (read !== undefined) {
                for (const name of Object.keys(read)) {
                    const usage = manifest.properties.find((property) => property.name === name)?.usage;
                    if (usage === undefined) record(`getOutputs of instance ${id}`, `${name} is no property of the manifest`);
                    if (usage === "bound") record(`getOutputs of instance ${id}`, `${name} is bound: the form would turn dirty`);
                }
                outputs = { ...read };
            }
            updateView([]);
        };

        const instance: HostInstance = {
            id,
            container,
            get outputs() {
                return outputs;
            },
            events,
            get updateViews() {
                return updateViews;
            },
            get destroyed() {
                return destroyed;
            },
            update(properties = {}, mode = {}) {
                options = {
                    ...options,
                    properties: { ...options.properties, ...properties },
                    ...(mode.visible === undefined ? {} : { visible: mode.visible }),
                    ...(mode.disabled === undefined ? {} : { disabled: mode.disabled }),
                };
                updateView([...Object.keys(properties), ...(Object.keys(properties).length > 0 ? ["parameters"] : [])]);
            },
            change(changes) {
                options = { ...options, ...changes, ...(options.container === undefined ? {} : { container: options.container }) };
                updateView(["parameters", ...Object.keys(changes.properties ?? {})]);
            },
            destroy() {
                if (destroyed) return;
                clearTimeout(outputTimer);
                clearTimeout(valuesTimer);
                // A control whose init threw is never destroyed (S). The host's own component is above the control's elements, and React
                // unmounts from above: destroy comes before the elements' effects are cleaned up (I).
                if (initialised) guarded("destroy", () => control.destroy());
                destroyed = true;
                guarded("unmount", () => ReactDOM.unmountComponentAtNode(container));
                const index = instances.indexOf(instance);
                if (index >= 0) instances.splice(index, 1);
                if (ownContainer) container.remove();
                else delete container.dataset.instance;
                parts.changed?.(instance);
            },
        };

        const notifyOutputChanged = (): void => {
            if (destroyed) return;
            clearTimeout(outputTimer);
            outputTimer = setTimeout(readOutputs, outputDelay);
        };

        if (options.xrm !== undefined) installXrm(options.xrm, createWebApi(() => options.webApiDelay ?? 0), { ...user(), languageId: options.languageId ?? 1033 }, (line) => record("Xrm", line));
        instances.push(instance);
        initialised =
            guarded("init", () => {
                control.init(context(manifest.properties.map((property) => property.name)), notifyOutputChanged, controlStates.get("control") ?? {});
                return true;
            }) ?? false;
        updateView(manifest.properties.map((property) => property.name));
        if (empty && options.firstRenderNull === true) {
            valuesTimer = setTimeout(() => {
                empty = false;
                updateView(manifest.properties.map((property) => property.name));
            }, firstValuesDelay);
        }
        return instance;
    }

    return { mount, instances, errors, missingStrings, react: platform.version, manifest, languages: [...parts.texts.keys()].sort((a, b) => a - b) };
}
