// Owns what is known of a page in Markdown: its links, its pictures, the anchors of its headings by GitHub's rules,
// and what is wrong with them.
import { posix } from "node:path";

export interface Link {
    /** What stands in the brackets: of a picture, what is read out in its place. */
    readonly text: string;
    readonly target: string;
    readonly isImage: boolean;
}

/** The files around a page; paths from the repository's root, with `/`. */
export interface Repository {
    has(path: string): boolean;
    read(path: string): string;
}

/** Without what only shows how something is written. */
const withoutFences = (text: string): string =>
    text.replace(/^([ \t]*)(`{3,}|~{3,})[^\n]*\n[\s\S]*?^[ \t]*\2[`~]*[ \t]*$/gm, "");
const withoutCode = (text: string): string => withoutFences(text).replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, "");

const INLINE =
    /(!?)\[((?:[^[\]]|\[[^[\]]*\](?:\([^()]*\))?)*)\]\(\s*<?((?:[^()\s<>]|\([^()]*\))*)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g;
const DEFINITION = /^ {0,3}\[([^\]]+)\]:\s*<?(\S+?)>?(?:\s+["'(].*)?$/gm;
const TAG = /<(img|a)\b([^>]*)>/gi;

const attribute = (tag: string, name: string): string | undefined =>
    new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`, "i").exec(tag)?.[1];

/** All links and pictures of a page, also a picture inside a link, and those written as HTML. */
export function linksOf(page: string): Link[] {
    const text = withoutCode(page);
    const found: Link[] = [];
    for (const [, mark = "", label = "", target = ""] of text.matchAll(INLINE)) {
        found.push({ text: label, target, isImage: mark === "!" });
        if (mark === "") found.push(...linksOf(label));
    }
    for (const [, label = "", target = ""] of text.matchAll(DEFINITION))
        found.push({ text: label, target, isImage: false });
    for (const [, name = "", rest = ""] of text.matchAll(TAG)) {
        const isImage = name.toLowerCase() === "img";
        const target = attribute(rest, isImage ? "src" : "href");
        if (target !== undefined) found.push({ text: attribute(rest, "alt") ?? "", target, isImage });
    }
    return found;
}

/** What a heading shows: without the marks of links, code and emphasis. */
const shown = (heading: string): string =>
    heading
        .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
        .replace(/<[^>]+>/g, "")
        .replace(/[`*]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "");

/** GitHub's anchor of a heading: small letters, no punctuation, a hyphen for each space. */
export const slugOf = (heading: string): string =>
    shown(heading)
        .trim()
        .toLowerCase()
        .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
        .replaceAll(" ", "-");

/** The anchors of a page; a heading that comes again has a number. */
export function anchorsOf(page: string): Set<string> {
    const anchors = new Set<string>();
    const counts = new Map<string, number>();
    for (const [, heading = ""] of withoutFences(page).matchAll(/^ {0,3}#{1,6}[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$/gm)) {
        const slug = slugOf(heading);
        const count = counts.get(slug) ?? 0;
        counts.set(slug, count + 1);
        anchors.add(count === 0 ? slug : `${slug}-${count}`);
    }
    return anchors;
}

/** Where a relative target leads, from the repository's root. */
export const pathOf = (page: string, target: string): string => {
    const path = decodeURIComponent(target.replace(/[?#].*$/, ""));
    return path === ""
        ? page
        : posix
              .normalize(path.startsWith("/") ? path.slice(1) : posix.join(posix.dirname(page), path))
              .replace(/\/$/, "");
};

const isElsewhere = (target: string): boolean => /^[a-z][a-z\d+.-]*:|^\/\//i.test(target);
/** A link that leaves a clone and comes back to somebody's copy of it. */
const isOwnByAddress = (target: string): boolean =>
    /^(?:https?:)?\/\/(?:www\.|raw\.)?github(?:usercontent)?\.com\/[^/]+\/chat-?with-?agent(?:[/#?.]|$)/i.test(target);

/** What is said of a picture in its place has to say something: more than a word, and not a file's name. */
const saysSomething = (text: string): boolean =>
    text.trim().split(/\s+/).length >= 3 && !/\.(?:png|svg|gif|jpe?g)\b/i.test(text);

/** What is wrong with the links and pictures of a page; empty when all is well. */
export function problemsOf(page: string, text: string, repository: Repository): string[] {
    return linksOf(text).flatMap(({ text: label, target, isImage }) => {
        const problems: string[] = [];
        if (isImage && !saysSomething(label))
            problems.push(`${target}: the picture has no text that says what is on it`);
        if (isOwnByAddress(target)) return [...problems, `${target}: leads to this repository by its address`];
        if (isElsewhere(target)) return problems;
        const path = pathOf(page, target);
        if (path.startsWith("..") || !repository.has(path)) return [...problems, `${target}: there is no ${path}`];
        const anchor = /#(.*)$/.exec(target)?.[1];
        if (
            anchor !== undefined &&
            path.endsWith(".md") &&
            !anchorsOf(repository.read(path)).has(decodeURIComponent(anchor))
        )
            problems.push(`${target}: ${path} has no such heading`);
        return problems;
    });
}
