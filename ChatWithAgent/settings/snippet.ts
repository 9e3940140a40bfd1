// Owns the reading of the widget's snippet in every shape in which people paste it.
import type { Problem } from "./types";

/** A script tag's attributes by lower-case name; a Map, so that no name can reach a prototype. */
export type SnippetAttributes = ReadonlyMap<string, string>;

/**
 * Far above any real snippet (about 600 characters; some 3,000 with a fallback script and branding), far below what
 * could keep a browser busy.
 */
const MAX_LENGTH = 10_000;

/**
 * An attribute (name; value in double, single or typographic quotes, or bare), or the end of a tag. No part can match
 * in two ways and nothing
 * follows the optional value, so the time is linear. A bare value ends at `;`, which separates attributes on one
 * line, unless it ends an entity.
 */
const TOKEN =
    /([^\s=;<>/"'“”„‘’‚]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|[“”„]([^“”„]*)[“”„]|[‘’‚]([^‘’‚]*)[‘’‚]|((?:&[#\w]+;|[^\s;<>"'“”„‘’‚])+)))?|[<>]/g;

const ENTITIES = new Map(Object.entries({ lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " " }));

function decodeEntities(text: string): string {
    return text.replace(/&(?:#(x?[\da-f]+)|(\w+));/gi, (entity, code: string | undefined, name: string) => {
        // As a literal of the language: `0x27` or `039`. Anything that is no character stays as it is.
        const point = code ? Number("0" + code) : NaN;
        return point <= 0x10ffff ? String.fromCodePoint(point) : (ENTITIES.get(name) ?? entity);
    });
}

/**
 * The name under which the second script's address is handed on: it stands in the code of the snippet's own `onerror`
 * (P), which is read and never run.
 */
export const SECOND_SRC = "second-src";

const ADDRESS = /https:\/\/[^\s"'`]+\.js/i;

/**
 * Reads attributes up to the tag's end, or of the whole text where there is no tag. As in HTML, the first of a name
 * counts.
 */
function readAttributes(html: string, inTag: boolean): SnippetAttributes {
    const attributes = new Map<string, string>();
    for (const [, written, ...values] of html.matchAll(TOKEN)) {
        const name = written?.toLowerCase();
        if (!name && inTag) break;
        const value = decodeEntities(values.join(""));
        const second = name === "onerror" && ADDRESS.exec(value);
        if (second) attributes.set(SECOND_SRC, second[0]);
        // Inline handlers are code: they never come out.
        if (name && !name.startsWith("on") && !attributes.has(name)) attributes.set(name, value);
    }
    return attributes;
}

/**
 * The attributes of the widget's own script tag, or of a bare list of attributes, without `on*`; nothing is validated
 * here. Forms of the snippet:
 * D, with inline `onerror` and NextGen attributes P. A snippet of an engagement ruleset names no widget (P).
 */
export function parseSnippet(text: string): SnippetAttributes | Problem {
    if (text.length > MAX_LENGTH) return "too-long";
    // Rich text fields and exports hand over the whole snippet escaped.
    const html = !/<script/i.test(text) && /&lt;script|=\s*&(?:quot|#)/i.test(text) ? decodeEntities(text) : text;
    const starts = [...html.matchAll(/<script(?=[\s/>])/gi)].map(({ index }) => index + 7);
    for (const start of starts.length ? starts : [0]) {
        const attributes = readAttributes(html.slice(start), start > 0);
        if (attributes.has("data-app-id")) return attributes;
        if (attributes.has("data-ruleset-id")) return "engagement-ruleset";
        if (attributes.has("data-org-id") || attributes.has("data-org-url")) return attributes;
    }
    return "not-a-snippet";
}
