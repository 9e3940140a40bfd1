// Owns the joint between an instance and its view: renders anew when the instance says so.
import type { Theme } from "@fluentui/react-components";
import * as React from "react";
import { ChatView } from "../components/ChatView";
import type { View } from "../components/view";
import type { Texts } from "../host/host";
import type { Instance } from "./instance";

export interface RootProps {
    readonly instance: Instance;
    /** The view as of this render by the host; a different one makes a different element, the same one costs nothing. */
    readonly view: View;
    readonly theme: Theme | undefined;
    readonly isRtl: boolean;
    readonly texts: Texts;
}

export function Root({ instance, theme, isRtl, texts }: RootProps): React.ReactElement {
    const [, rerender] = React.useReducer((count: number) => count + 1, 0);
    React.useLayoutEffect(() => {
        // However much happens at once, a flood of forged events say, it is drawn at its beginning and at its end.
        let isBusy = false;
        let isDue = false;
        const stop = instance.subscribe(() => {
            isDue = isBusy;
            if (isBusy) return;
            isBusy = true;
            rerender();
            void Promise.resolve().then(() => {
                isBusy = false;
                if (isDue) rerender();
                isDue = false;
            });
        });
        return () => {
            stop();
            isDue = false;
        };
    }, [instance]);
    return (
        <ChatView
            view={instance.view}
            theme={theme}
            isRtl={isRtl}
            name={texts("control_name")}
            detailsText={texts("details_action")}
            attach={instance.attach}
            onIntent={instance.intent}
            onPress={instance.press}
        />
    );
}
