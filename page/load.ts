// Owns the way to a language's texts: a script in the page's own folder, which strict policies let in. Web resources
// have no type for JSON (D).

/** What such a script leaves at its own element, so that the page gets no further global name. */
interface TextsElement extends HTMLScriptElement {
    readonly texts?: unknown;
}

/**
 * Loads the texts of one language, which has to be one that there is a file for.
 * @param prefix of the files' names, where they are another page's than the chat's
 */
export function createLoader({ document }: Window, prefix = ""): (languageId: number) => Promise<unknown> {
    return (languageId) =>
        new Promise((resolve, reject) => {
            const script: TextsElement = document.createElement("script");
            script.onload = () => resolve(script.texts);
            script.onerror = () => reject(new Error(`The texts ${languageId} did not come.`));
            script.src = `texts/${prefix}${languageId}.js`;
            document.head.append(script);
        });
}
