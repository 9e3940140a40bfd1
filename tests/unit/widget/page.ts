// Covers nothing itself: what jsdom lacks for the widget's tests, and a stand-in for Microsoft's SDK.
import type { ContextVariables } from "../../../ChatWithAgent/chat/ports";

/** Constructed style sheets, as far as they are used. */
export class FakeStyleSheet {
    public text = "";
    public replaceSync(text: string): void {
        this.text = text;
    }
}

/** The page's constructed sheets; a frozen list each time, as browsers had it for long. */
export function installStyleSheets(): () => readonly FakeStyleSheet[] {
    let sheets: readonly FakeStyleSheet[] = Object.freeze([]);
    Object.assign(globalThis, { CSSStyleSheet: FakeStyleSheet });
    Object.defineProperty(document, "adoptedStyleSheets", { configurable: true, get: () => sheets, set: (next: readonly FakeStyleSheet[]) => (sheets = Object.freeze([...next])) });
    return () => sheets;
}

export interface FakeSdk {
    readonly calls: string[];
    readonly started: { inNewWindow: boolean; customContext: ContextVariables }[];
    readonly providers: (() => ContextVariables)[];
}

/** Puts an SDK on the page. */
export function installSdk(): FakeSdk {
    const sdk: FakeSdk = { calls: [], started: [], providers: [] };
    const SDK = {
        startChat(options: FakeSdk["started"][number]) {
            sdk.calls.push("startChat");
            sdk.started.push(options);
        },
        closeChat: () => void sdk.calls.push("closeChat"),
        setContextProvider(provider: () => ContextVariables) {
            sdk.calls.push("setContextProvider");
            sdk.providers.push(provider);
        },
    };
    Object.assign(window, { Microsoft: { Omnichannel: { LiveChatWidget: { SDK } } } });
    return sdk;
}

export function removeSdk(): void {
    Reflect.deleteProperty(window, "Microsoft");
}
