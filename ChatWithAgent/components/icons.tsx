// Owns the three small drawings of the view; drawn here, because the platform's icon package cannot be built with React 16.
import * as React from "react";

const PATHS = {
    chat: "M10 2.5a7.5 7.5 0 1 1-3.4 14.2l-3.5.9a.6.6 0 0 1-.7-.7l.9-3.5A7.5 7.5 0 0 1 10 2.5Zm0 1.2a6.3 6.3 0 0 0-5.5 9.3l.1.5-.7 2.6 2.6-.7.5.1A6.3 6.3 0 1 0 10 3.7ZM7.1 11h3.8a.6.6 0 0 1 0 1.2H7.1a.6.6 0 0 1 0-1.2Zm0-3h5.8a.6.6 0 0 1 0 1.2H7.1a.6.6 0 0 1 0-1.2Z",
    warning: "M8.7 3.1a1.5 1.5 0 0 1 2.6 0l6.3 11.7a1.5 1.5 0 0 1-1.3 2.2H3.7a1.5 1.5 0 0 1-1.3-2.2L8.7 3.1Zm1.5.6a.3.3 0 0 0-.4 0L3.5 15.4c-.1.2 0 .4.2.4h12.6c.2 0 .3-.2.2-.4L10.2 3.7ZM10 13a.8.8 0 1 1 0 1.6.8.8 0 0 1 0-1.6Zm0-6c.3 0 .6.3.6.6v4a.6.6 0 0 1-1.2 0v-4c0-.3.3-.6.6-.6Z",
    info: "M10 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16Zm0 1.2a6.8 6.8 0 1 0 0 13.6 6.8 6.8 0 0 0 0-13.6Zm0 5.6c.3 0 .6.3.6.6v4a.6.6 0 0 1-1.2 0v-4c0-.3.3-.6.6-.6ZM10 6a.8.8 0 1 1 0 1.6A.8.8 0 0 1 10 6Z",
} as const;

/** A decoration: what it says is always said in words too. */
export function Icon({ name, size = 20 }: { readonly name: keyof typeof PATHS; readonly size?: number }): React.ReactElement {
    return (
        <svg aria-hidden="true" focusable="false" fill="currentColor" width={size} height={size} viewBox="0 0 20 20">
            <path d={PATHS[name]} />
        </svg>
    );
}
