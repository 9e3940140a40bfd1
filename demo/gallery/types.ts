// Owns what the gallery can be asked to show.

/** `classic`: the app's look without a theme; `contrast`: Fluent's own dark theme of high contrast. */
export const THEMES = ["light", "dark", "classic", "contrast"] as const;
export type GalleryTheme = (typeof THEMES)[number];

/** From a narrow section to a wide one; 320 is a phone, and 1,280 at 400 %. */
export const WIDTHS = [160, 200, 260, 320, 400, 520, 800] as const;

export interface GalleryChoice {
    readonly theme: GalleryTheme;
    readonly rtl: boolean;
    readonly languageId: number;
    readonly widths: readonly number[];
    /** Names of views; all when empty. */
    readonly states: readonly string[];
    /** Whether details are open. */
    readonly open: boolean;
}

export interface Gallery {
    readonly languages: readonly number[];
    /** The tag of a language, and whether it is written from the right. */
    language(id: number): { readonly tag: string; readonly rtl: boolean };
    /** Shows another choice; everything is drawn when it returns. */
    show(choice: Partial<GalleryChoice>): void;
}
