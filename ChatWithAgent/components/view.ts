// Owns the model of what stands on the screen, whatever the reason for it.

export interface Detail {
    readonly term: string;
    readonly description: string;
}

/** What stands on the screen. */
export interface View {
    readonly tone: "rest" | "busy" | "live" | "warning" | "error";
    readonly title: string;
    readonly text: string;
    /** The one button; while busy it keeps the focus and does nothing. */
    readonly action: string;
    readonly busy: boolean;
    readonly unread: number;
    readonly unreadText: string;
    readonly details: readonly Detail[];
    /** Details stand open from the start: in the designer they are what the maker came for. */
    readonly preview: boolean;
}
