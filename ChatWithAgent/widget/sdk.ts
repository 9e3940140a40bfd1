// Owns the calls to `window.Microsoft.Omnichannel.LiveChatWidget.SDK`. The objects above it also carry the agents' own API: they are looked at, never written.
import type { ContextVariables } from "../chat/ports";

/** The part of the SDK that the chat uses; every method answers by events only (D). */
export interface LiveChatWidgetSdk {
    startChat(options: { inNewWindow: boolean; customContext: ContextVariables }): void;
    closeChat(): void;
    setContextProvider(provider: () => ContextVariables): void;
}

interface MicrosoftGlobal {
    readonly Omnichannel?: { readonly LiveChatWidget?: { readonly SDK?: LiveChatWidgetSdk }; readonly getConversationId?: unknown };
    readonly Apm?: unknown;
}

function microsoft(page: Window): MicrosoftGlobal | undefined {
    return (page as Window & { readonly Microsoft?: MicrosoftGlobal }).Microsoft;
}

/** The SDK when it is there; its presence does not mean that the widget is ready (B). */
export function sdkOf(page: Window): LiveChatWidgetSdk | undefined {
    return microsoft(page)?.Omnichannel?.LiveChatWidget?.SDK;
}

/** Whether this page, or one around it, is an agent's workspace: it carries the app profile manager's or the agents' conversation API (D). */
export function inAgentWorkspace(page: Window): boolean {
    try {
        const found = microsoft(page);
        if (found?.Apm !== undefined || found?.Omnichannel?.getConversationId !== undefined) return true;
        return page.parent !== page && inAgentWorkspace(page.parent);
    } catch {
        // Another origin's page keeps everything to itself.
        return false;
    }
}
