// Owns the drawing of the gallery's cells: the control's own view, on the platform's React and Fluent.
import * as fluent from "@fluentui/react-components";
import type { Theme } from "@fluentui/react-components";
import * as React from "react";
import { ChatView } from "../../ChatWithAgent/components/ChatView";
import type { View } from "../../ChatWithAgent/components/view";
import type { Platform } from "../host/platform";
import type { GalleryTheme } from "./types";

/** The theme that the host hands over; none in the classic look. */
const HANDED: Readonly<Record<GalleryTheme, Theme | undefined>> = { light: fluent.webLightTheme, dark: fluent.webDarkTheme, classic: undefined, contrast: fluent.teamsHighContrastTheme };

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

/** Draws a view into a place, or draws it anew. */
export function draw(platform: Platform, place: Element, { view, theme, rtl, texts }: Drawn): void {
    platform.ReactDOM.render(<ChatView view={view} theme={HANDED[theme]} isRtl={rtl} name={texts("control_name")} detailsText={texts("details_action")} attach={nothing} onIntent={nothing} onPress={nothing} />, place);
}

/** Takes a view off again. */
export const erase = (platform: Platform, place: Element): void => void platform.ReactDOM.unmountComponentAtNode(place);
