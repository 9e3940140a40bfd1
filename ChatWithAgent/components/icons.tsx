// Owns the small drawings of the view; drawn here, because the platform's icon package cannot be built with React 16.
import * as React from "react";

const PATHS = {
    chat: "M3 17l1-3.5a7 7 0 1 1 2.6 2.5zM7.5 8.5h5M7.5 11.5h3",
    wrong: "M10 3l7.5 13.5h-15zM10 8v4M10 14.2v.1",
    good: "M10 2.7a7.3 7.3 0 1 0 .1 0zM6.8 10.3l2.2 2.2 4.2-4.6",
    todo: "M10 2.7a7.3 7.3 0 1 0 .1 0z",
    info: "M10 2.7a7.3 7.3 0 1 0 .1 0zM10 9v5M10 6.4v.1",
} as const;

/** A decoration: what it says is always said in words too. */
export function Icon({ name, size = 20 }: { readonly name: keyof typeof PATHS; readonly size?: number }): React.ReactElement {
    return (
        <svg aria-hidden fill="none" stroke="currentColor" strokeWidth={1.3} strokeLinecap="round" strokeLinejoin="round" width={size} height={size} viewBox="0 0 20 20">
            <path d={PATHS[name]} />
        </svg>
    );
}
