// Owns the small pieces that the sections share: texts with places, a state in colour and words, a message, and what
// follows a store.
import { Badge, MessageBar, MessageBarBody } from "@fluentui/react-components";
import type { BadgeProps } from "@fluentui/react-components";
import * as React from "react";
import type { Texts } from "../../ChatWithAgent/host/host";
import type { Reason } from "./service";

/** Puts values into the `{places}` of a text; what has no value stays as it is. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
    text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));

export type Tone = "good" | "note" | "attention" | "wrong" | "unknown";

const COLORS: Readonly<Record<Tone, NonNullable<BadgeProps["color"]>>> = {
    good: "success",
    note: "informative",
    attention: "warning",
    wrong: "danger",
    unknown: "subtle",
};

/** The state is in the words, and the colour only repeats it. */
export function State({ tone, children }: { readonly tone: Tone; readonly children: string }): React.ReactElement {
    return (
        <Badge appearance="tint" shape="rounded" color={COLORS[tone]}>
            {children}
        </Badge>
    );
}

/** Why something was given up, and what to do. */
export const reasonText = (texts: Texts, reason: Reason): string =>
    fill(texts(`reason_${reason.kind}`), { words: "words" in reason ? reason.words : "" });

export function Failure({
    texts,
    reason,
    children,
}: {
    readonly texts: Texts;
    readonly reason: Reason;
    readonly children?: React.ReactNode;
}): React.ReactElement {
    return (
        <MessageBar intent={reason.kind === "cancelled" ? "info" : "warning"} layout="multiline">
            <MessageBarBody>
                {reasonText(texts, reason)} {children}
            </MessageBarBody>
        </MessageBar>
    );
}

/** How often changes that may wait are drawn at the most, in milliseconds. */
const PACE = 50;

/** A store's state. Changes are drawn at once, but for those that may wait: they come by the thousand. */
export function useStore<State>(
    store: { readonly state: State; subscribe(changed: () => void): () => void },
    mayWait: (state: State) => boolean,
): State {
    const [state, setState] = React.useState(store.state);
    React.useEffect(() => {
        let timer: ReturnType<typeof setTimeout> | undefined;
        const draw = (): void => {
            clearTimeout(timer);
            timer = undefined;
            setState(store.state);
        };
        const changed = (): void => {
            if (!mayWait(store.state)) draw();
            else timer ??= setTimeout(draw, PACE);
        };
        draw();
        const stop = store.subscribe(changed);
        return () => {
            stop();
            clearTimeout(timer);
        };
    }, [store, mayWait]);
    return state;
}
