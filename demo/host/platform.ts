// Owns the platform's libraries in the page: loads React and Fluent as globals, and the control's production bundle.
import type * as React from "react";
import type { ComponentType, ReactNode } from "react";
import type { ControlConstructor } from "./types";

export interface Platform {
    readonly version: "16" | "17";
    readonly React: typeof React;
    readonly ReactDOM: { render(element: React.ReactElement, container: Element): void; unmountComponentAtNode(container: Element): boolean };
    readonly fluent: FluentLibrary;
}

export type Theme = Readonly<Record<string, string | number>>;

export interface FluentLibrary {
    readonly FluentProvider: ComponentType<{ theme?: Theme; dir?: "ltr" | "rtl"; style?: Record<string, string>; children?: ReactNode }>;
    readonly webLightTheme: Theme;
    readonly webDarkTheme: Theme;
}

interface PlatformGlobals {
    React?: typeof React;
    ReactDOM?: Platform["ReactDOM"];
    Reactv16?: typeof React;
    ReactDOMv16?: Platform["ReactDOM"];
    FluentUIReactv940?: FluentLibrary;
    ComponentFramework?: { registerControl(name: string, control: ControlConstructor): void };
}

const globals = globalThis as unknown as PlatformGlobals;

function loadScript(src: string): Promise<void> {
    return new Promise((loaded, failed) => {
        const script = document.createElement("script");
        script.src = src;
        script.async = false;
        script.onload = () => {
            script.remove();
            loaded();
        };
        script.onerror = () => failed(new Error(`${src} could not be loaded.`));
        document.head.append(script);
    });
}

/**
 * Loads React (16.14.0 in canvas, 17.0.2 in model-driven apps, D) and Fluent. Bundles see both under the names of the declared
 * versions, `Reactv16` and `FluentUIReactv940`, whatever the run time is (S); nothing else is left behind on window.
 */
export async function loadPlatform(version: "16" | "17"): Promise<Platform> {
    const react = version === "16" ? ["/platform/react-16.js"] : ["/platform/react-17.js", "/platform/react-dom-17.js"];
    await Promise.all(react.map(loadScript));
    if (version === "16") {
        globals.React = requireGlobal("Reactv16");
        globals.ReactDOM = requireGlobal("ReactDOMv16");
    } else {
        globals.Reactv16 = requireGlobal("React");
        globals.ReactDOMv16 = requireGlobal("ReactDOM");
    }
    await loadScript("/platform/fluent.js");
    delete globals.React;
    delete globals.ReactDOM;
    return { version, React: requireGlobal("Reactv16"), ReactDOM: requireGlobal("ReactDOMv16"), fluent: requireGlobal("FluentUIReactv940") };
}

function requireGlobal<Name extends keyof PlatformGlobals>(name: Name): NonNullable<PlatformGlobals[Name]> {
    const value = globals[name];
    if (value === undefined) throw new Error(`The platform library ${name} is missing.`);
    return value;
}

/** Loads the production bundle, which registers its control with the framework (S: the end of every bundle). */
export async function loadControl(): Promise<ControlConstructor> {
    let registered: ControlConstructor | undefined;
    globals.ComponentFramework = {
        registerControl(_name, control) {
            registered = control;
        },
    };
    await loadScript("/control-bundle/bundle.js");
    if (registered === undefined) throw new Error("The bundle registered no control: run npm run build.");
    return registered;
}
