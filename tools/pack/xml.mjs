// Owns the reading and writing of XML for the solution package; its order and case are what an import checks.
import { DOMParser, MIME_TYPE, XMLSerializer, onWarningStopParsing } from "@xmldom/xmldom";

/** A mistake in what the package is made of: its message is one line that says what to do. */
export class PackError extends Error {}

const ELEMENT = 1;
const TEXT = 3;

/**
 * Parses a document, or throws one line that names the file and the place.
 * @param {string | Uint8Array} source
 * @param {string} name the file, as people know it
 * @returns {import("@xmldom/xmldom").Document}
 */
export function parseXml(source, name) {
    const text = (typeof source === "string" ? source : Buffer.from(source).toString("utf8")).replace(/^\uFEFF/, "");
    let problem = "";
    try {
        const parser = new DOMParser({
            onError: (_level, message) => {
                problem ||= String(message).split("\n")[0] ?? "";
                onWarningStopParsing();
            },
        });
        return parser.parseFromString(text, MIME_TYPE.XML_TEXT);
    } catch (error) {
        const place = typeof error.locator?.lineNumber === "number" ? ` (line ${error.locator.lineNumber})` : "";
        throw new PackError(
            `${name} is not well-formed XML${place}: ${problem || String(error.message).split("\n")[0]}`,
        );
    }
}

/**
 * The child elements, in order; all, or those of one name.
 * @param {import("@xmldom/xmldom").Node | null | undefined} parent
 * @param {string} [name]
 * @returns {import("@xmldom/xmldom").Element[]}
 */
export function children(parent, name) {
    return Array.from(parent?.childNodes ?? []).filter(
        (node) => node.nodeType === ELEMENT && (name === undefined || node.nodeName === name),
    );
}

/**
 * The first child element at the end of a way of names.
 * @param {import("@xmldom/xmldom").Node | null | undefined} from
 * @param {...string} names
 * @returns {import("@xmldom/xmldom").Element | undefined}
 */
export function child(from, ...names) {
    return names.reduce((parent, name) => parent && children(parent, name)[0], from);
}

/**
 * The text of the child element at the end of a way of names; empty where there is none.
 * @param {import("@xmldom/xmldom").Node | null | undefined} from
 * @param {...string} names
 */
export function textAt(from, ...names) {
    return (child(from, ...names)?.textContent ?? "").trim();
}

/**
 * All elements below with one name.
 * @param {import("@xmldom/xmldom").Document | import("@xmldom/xmldom").Element} from
 * @param {string} name
 * @returns {import("@xmldom/xmldom").Element[]}
 */
export function below(from, name) {
    return Array.from(from.getElementsByTagName(name));
}

/**
 * Appends an element with attributes and, where given, a text.
 * @param {import("@xmldom/xmldom").Element} parent
 * @param {string} name
 * @param {Readonly<Record<string, string>>} [attributes]
 * @param {string} [text]
 */
export function append(parent, name, attributes = {}, text) {
    const document = parent.ownerDocument;
    const element = document.createElementNS(parent.namespaceURI, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.appendChild(document.createTextNode(text));
    parent.appendChild(element);
    return element;
}

/**
 * Takes comments out and indents anew, so that the bytes follow from the content and not from how a source was typed.
 */
function tidy(element, depth) {
    const document = element.ownerDocument;
    const kept = Array.from(element.childNodes).filter(
        (node) => node.nodeType === ELEMENT || (node.nodeType === TEXT && (node.nodeValue ?? "").trim() !== ""),
    );
    const isText = kept.some((node) => node.nodeType === TEXT);
    for (const node of Array.from(element.childNodes)) if (!kept.includes(node)) element.removeChild(node);
    if (isText || kept.length === 0) return;
    for (const node of kept) {
        element.insertBefore(document.createTextNode(`\n${"  ".repeat(depth + 1)}`), node);
        tidy(node, depth + 1);
    }
    element.appendChild(document.createTextNode(`\n${"  ".repeat(depth)}`));
}

/**
 * The document as bytes: UTF-8 without a mark, comments taken out, indented by two.
 * @param {import("@xmldom/xmldom").Document} document
 * @returns {Uint8Array}
 */
export function writeXml(document) {
    const copy = document.cloneNode(true);
    tidy(copy.documentElement, 0);
    return Buffer.from(
        `<?xml version="1.0" encoding="utf-8"?>\n${new XMLSerializer().serializeToString(copy.documentElement)}\n`,
        "utf8",
    );
}
