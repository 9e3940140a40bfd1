// Owns the reading of ControlManifest.xml and of the resx files.
import type { Manifest, ManifestProperty } from "./types";

async function fetchXml(path: string): Promise<Document | null> {
    const response = await fetch(path);
    if (!response.ok) return null;
    return new DOMParser().parseFromString(await response.text(), "text/xml");
}

const textIn = (element: Element | null): string => element?.textContent.trim() ?? "";
const attribute = (element: Element, name: string): string => element.getAttribute(name) ?? "";

function readProperty(element: Element, groups: ReadonlyMap<string, string>): ManifestProperty {
    const usage = attribute(element, "usage");
    const isEnum = attribute(element, "of-type") === "Enum";
    const values = [...element.querySelectorAll(":scope > value")].map((value) => ({
        name: attribute(value, "name"),
        value: textIn(value),
        displayNameKey: attribute(value, "display-name-key"),
        isDefault: value.getAttribute("default") === "true",
    }));
    const defaultValue = element.getAttribute("default-value") ?? (isEnum ? (values.find((value) => value.isDefault)?.value ?? values[0]?.value ?? null) : null);
    return {
        name: attribute(element, "name"),
        displayNameKey: attribute(element, "display-name-key"),
        descriptionKey: attribute(element, "description-key"),
        usage: usage === "bound" || usage === "output" ? usage : "input",
        type: element.getAttribute("of-type") ?? groups.get(attribute(element, "of-type-group")) ?? "SingleLine.Text",
        required: element.getAttribute("required") === "true",
        defaultValue,
        pfxDefault: element.getAttribute("pfx-default-value"),
        values: values.map(({ name, value, displayNameKey }) => ({ name, value, displayNameKey })),
    };
}

/** Reads the built manifest: what a designer knows of a control, it knows from here. */
export async function loadManifest(): Promise<Manifest> {
    const xml = await fetchXml("/control-bundle/ControlManifest.xml");
    const control = xml?.querySelector("manifest > control");
    if (xml === null || control === null || control === undefined) throw new Error("The built control is missing, or being built at the moment: run npm run build, then reload.");
    const groups = new Map([...control.querySelectorAll(":scope > type-group")].map((group) => [attribute(group, "name"), textIn(group.querySelector("type"))]));
    return {
        constructorName: attribute(control, "constructor"),
        version: attribute(control, "version"),
        displayNameKey: attribute(control, "display-name-key"),
        descriptionKey: attribute(control, "description-key"),
        properties: [...control.querySelectorAll(":scope > property")].map((property) => readProperty(property, groups)),
        events: [...control.querySelectorAll(":scope > event")].map((event) => attribute(event, "name")),
        resources: [...control.querySelectorAll(":scope > resources > resx")].map((resx) => attribute(resx, "path")),
    };
}

/** The texts of all languages: resx names end in the language's id (D). */
export type Texts = ReadonlyMap<number, ReadonlyMap<string, string>>;

const languageOf = (path: string): number => Number(/\.(\d+)\.resx$/.exec(path)?.[1] ?? "1033");

/** @param only the languages that are wanted; all when it is left out */
export async function loadTexts(manifest: Manifest, only?: readonly number[]): Promise<Texts> {
    const paths = manifest.resources.filter((path) => only === undefined || only.includes(languageOf(path)));
    const languages = await Promise.all(
        paths.map(async (path): Promise<readonly [number, ReadonlyMap<string, string>]> => {
            const xml = await fetchXml(`/control-bundle/${path}`);
            const entries = xml === null ? [] : [...xml.querySelectorAll("root > data")];
            return [languageOf(path), new Map(entries.map((data) => [attribute(data, "name"), data.querySelector("value")?.textContent ?? ""]))];
        }),
    );
    return new Map(languages);
}

/** The text for a key: the language's, else English (D: 1033 is the fallback); undefined when neither has it. */
export function textOf(texts: Texts, language: number, key: string): string | undefined {
    return texts.get(language)?.get(key) ?? texts.get(1033)?.get(key);
}
