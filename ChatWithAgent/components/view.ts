// Owns the model of what stands on the screen, whatever the reason for it.

/** How it stands with a line of the maker's list; `todo` is what somebody has to see to. */
export type MarkKind = "good" | "wrong" | "todo";

export interface Detail {
    readonly term: string;
    readonly description: string;
    /** `text` says in words what the sign shows. */
    readonly mark?: { readonly kind: MarkKind; readonly text: string };
}

/** What is said, and what there is to press. */
export interface Words {
    readonly title: string;
    readonly text: string;
    /** The one button; while busy it keeps the focus and does nothing. */
    readonly action: string;
}

/** What stands on the screen. */
export interface View extends Words {
    /** Whether addresses in the text become links: only where the maker may have written some. */
    readonly hasLinks?: boolean;
    readonly tone: "rest" | "busy" | "live" | "warning" | "error";
    readonly busy: boolean;
    readonly unread: number;
    readonly unreadText: string;
    readonly details: readonly Detail[];
    /** The heading of the details. Where there is one, they stand open from the start: in the designer they are what the maker came for. */
    readonly caption: string;
}
