// Owns the question whether the page around is a designer's.

/**
 * Form designer, app designer and Studio live under an origin named make.… (D); undefined where the browser does not
 * tell who embeds the page (Firefox).
 */
export function isInDesigner(page: Window): boolean | undefined {
    const origins = page.location.ancestorOrigins as DOMStringList | undefined;
    return origins && Array.from(origins).some((origin) => origin.startsWith("https://make."));
}
