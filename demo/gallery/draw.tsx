// Owns the drawing of the gallery's cells: the control's own view, on the platform's React and Fluent.
import * as fluent from "@fluentui/react-components";
import type { Theme } from "@fluentui/react-components";
import * as React from "react";
import { ChatView } from "../../ChatWithAgent/components/ChatView";
import type { View } from "../../ChatWithAgent/components/view";
import type { Platform } from "../host/platform";
import type { GalleryTheme } from "./types";

/** The theme that the host hands over; none in the classic look. */
const HANDED: Readonly<Record<GalleryTheme, Theme | undefined>> = {
    light: fluent.webLightTheme,
    dark: fluent.webDarkTheme,
    classic: undefined,
    contrast: fluent.teamsHighContrastTheme,
};

/** What lies behind the control: the theme's own page. */
export const backgroundOf = (theme: GalleryTheme): { readonly background: string; readonly text: string } => {
    const { colorNeutralBackground1, colorNeutralForeground1 } = HANDED[theme] ?? fluent.webLightTheme;
    return { background: colorNeutralBackground1, text: colorNeutralForeground1 };
};

export interface Drawn {
    readonly view: View;
    readonly theme: GalleryTheme;
    readonly rtl: boolean;
    readonly texts: (key: string) => string;
}

const nothing = (): void => undefined;

const TRANSPARENT = { background: "transparent" };

/** Draws a view into a place, or draws it anew. */
export function draw(platform: Platform, place: Element, { view, theme, rtl, texts }: Drawn): void {
    const handed = HANDED[theme];
    const cell = (
        <ChatView
            view={view}
            theme={handed}
            isRtl={rtl}
            name={texts("control_name")}
            detailsText={texts("details_action")}
            attach={nothing}
            onIntent={nothing}
            onPress={nothing}
        />
    );
    // As in an app: in its modern look the theme comes from its own provider, in the classic one there is none.
    const inApp = handed ? (
        <fluent.FluentProvider theme={handed} dir={rtl ? "rtl" : "ltr"} style={TRANSPARENT}>
            {cell}
        </fluent.FluentProvider>
    ) : (
        cell
    );
    platform.ReactDOM.render(inApp, place);
}

/** Takes a view off again. */
export const erase = (platform: Platform, place: Element): void => void platform.ReactDOM.unmountComponentAtNode(place);
