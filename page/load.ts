// Owns the way to a language's texts: a script in the page's own folder, which strict policies let in. Web resources have no type for JSON (D).

/** The name under which an administrator allows the addresses of these scripts in `trusted-types`. */
const NAME = "InternalChat.ChatWithAgent.texts";

/** Trusted types, which the language's own types do not know yet. */
interface Policy {
    createScriptURL(url: string): string;
}
interface PageWithPolicies extends Window {
    readonly trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
}

/** What such a script leaves at its own element, so that the page gets no further global name. */
interface TextsElement extends HTMLScriptElement {
    readonly texts?: unknown;
}

/**
 * Loads the texts of one language, which has to be one that there is a file for.
 * @param prefix of the files' names, where they are another page's than the chat's
 */
export function createLoader(page: PageWithPolicies, prefix = ""): (languageId: number) => Promise<unknown> {
    let policy: Policy | undefined;

    function sourceOf(languageId: number): string {
        const url = `texts/${prefix}${languageId}.js`;
        try {
            policy ??= page.trustedTypes?.createPolicy(NAME, { createScriptURL: (own) => own });
        } catch {
            // The page allows no policy of this name; whether it asks for one shows in a moment.
        }
        return policy?.createScriptURL(url) ?? url;
    }

    return (languageId) =>
        new Promise((resolve, reject) => {
            const script: TextsElement = page.document.createElement("script");
            script.onload = () => resolve(script.texts);
            script.onerror = () => reject(new Error(`The texts ${languageId} did not come.`));
            script.src = sourceOf(languageId);
            page.document.head.append(script);
        });
}
