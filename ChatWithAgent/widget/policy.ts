// Owns the page's content security policy as far as it meets the widget: hears what it refuses, and takes script addresses the way it asks for.
import type { WidgetSettings } from "../chat/ports";

/** The name under which an administrator allows the addresses of this component in `trusted-types`. */
const NAME = "InternalChat.ChatWithAgent";

/** Trusted types, which the language's own types do not know yet. */
interface Policy {
    createScriptURL(url: string): string;
}
interface PageWithPolicies extends Window {
    readonly trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
}

export interface PagePolicy {
    /** Tells directive and host of what is refused to the widget's script or service, from now until `rest`. */
    heed(settings: WidgetSettings, refused: (detail: string) => void): void;
    readonly rest: () => void;
    /** Sets a checked address; false, and told, where the page's policy does not let it. */
    setSource(script: HTMLScriptElement, url: string): boolean;
}

export function createPolicy(page: PageWithPolicies): PagePolicy {
    let origins: readonly string[] = [];
    let tell: ((detail: string) => void) | undefined;
    let policy: Policy | undefined;

    function heard({ isTrusted, disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void {
        // A picture or a style that is refused costs looks, not the chat. Anybody can dispatch such an event.
        const host = origins.find((origin) => blockedURI === origin || blockedURI.startsWith(`${origin}/`));
        if (isTrusted && host && disposition === "enforce" && /^(script|connect)-src/.test(effectiveDirective)) refuse(`${effectiveDirective} ${host}`);
    }

    function rest(): void {
        page.document.removeEventListener("securitypolicyviolation", heard);
    }

    function refuse(detail: string): void {
        rest();
        tell?.(detail);
    }

    return {
        heed({ scriptUrl, secondUrl = scriptUrl, orgUrl }, refused) {
            origins = [scriptUrl, secondUrl, orgUrl].map((url) => new URL(url).origin);
            tell = refused;
            page.document.addEventListener("securitypolicyviolation", heard);
        },
        rest,
        setSource(script, url) {
            try {
                // Never handed out: it passes on what `settings/hosts` has checked.
                policy ??= page.trustedTypes?.createPolicy(NAME, { createScriptURL: (checked) => checked });
            } catch {
                // The page allows no policy of this name; whether it asks for one shows in a moment.
            }
            try {
                script.src = policy?.createScriptURL(url) ?? url;
                return true;
            } catch {
                refuse(`trusted-types ${NAME}`);
                return false;
            }
        },
    };
}
