// Owns the page's content security policy as far as it meets the widget: hears what it refuses.
import type { WidgetSettings } from "../chat/ports";

export interface PagePolicy {
    /** Tells directive and host of what is refused to the widget's script or frame, from now until `rest`. */
    heed(settings: WidgetSettings, refused: (detail: string) => void): void;
    readonly rest: () => void;
}

export function createPolicy({ document }: Window): PagePolicy {
    let origins: readonly string[] = [];
    let tell: ((detail: string) => void) | undefined;

    function heard({ isTrusted, disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void {
        const host = origins.find((origin) => blockedURI === origin || blockedURI.startsWith(`${origin}/`));
        // Anybody can dispatch such an event. A refused `connect-src` costs the configuration, not the chat.
        if (!isTrusted || !host || disposition !== "enforce" || !/^(script|frame)-src/.test(effectiveDirective)) return;
        rest();
        tell?.(`${effectiveDirective} ${host}`);
    }

    function rest(): void {
        document.removeEventListener("securitypolicyviolation", heard);
    }

    return {
        heed({ scriptUrl, secondUrl = scriptUrl }, refused) {
            origins = [scriptUrl, secondUrl].map((url) => new URL(url).origin);
            tell = refused;
            document.addEventListener("securitypolicyviolation", heard);
        },
        rest,
    };
}
