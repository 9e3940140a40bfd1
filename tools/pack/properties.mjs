// Owns the table of the control's properties and events, and the rule of what a later version may change in it.
import { readFileSync } from "node:fs";
import { child, children, PackError } from "./xml.mjs";

/**
 * @typedef {{ readonly name: string, readonly usage: string, readonly types: readonly string[], readonly required:
 * boolean, readonly values: readonly string[] }} Property
 * @typedef {{ readonly properties: readonly Property[], readonly events: readonly string[] }} Table
 * @typedef {Table & { readonly version: string }} Release
 */

/**
 * The table as the built manifest has it; a property's types are those of its type or type group.
 * @param {import("@xmldom/xmldom").Document} manifest
 * @returns {Table}
 */
export function tableOf(manifest) {
    const control = child(manifest, "manifest", "control");
    const groups = new Map(
        children(control, "type-group").map((group) => [
            group.getAttribute("name"),
            children(group, "type").map((type) => (type.textContent ?? "").trim()),
        ]),
    );
    const properties = children(control, "property").map((property) => {
        const type = property.getAttribute("of-type");
        return {
            name: property.getAttribute("name") ?? "",
            usage: property.getAttribute("usage") ?? "",
            types: type ? [type] : [...(groups.get(property.getAttribute("of-type-group")) ?? [])].sort(),
            required: property.getAttribute("required") === "true",
            values: children(property, "value").map((value) => (value.textContent ?? "").trim()),
        };
    });
    return { properties, events: children(control, "event").map((event) => event.getAttribute("name") ?? "") };
}

/**
 * What a version takes away from, or changes in, a released one: forms and formulas in tenants hold these names for
 * ever (D).
 * @param {Release} released
 * @param {Table} current
 * @returns {string[]}
 */
export function breaches(released, current) {
    const was = `Version ${released.version} was released with`;
    const problems = [];
    for (const before of released.properties) {
        const now = current.properties.find(({ name }) => name === before.name);
        if (!now) {
            problems.push(`${was} the property ${before.name}: it can never be removed or renamed.`);
            continue;
        }
        if (now.usage !== before.usage)
            problems.push(`${was} ${before.name} as ${before.usage}: it cannot become ${now.usage}.`);
        for (const type of before.types)
            if (!now.types.includes(type))
                problems.push(`${was} the type ${type} for ${before.name}: types are only added.`);
        for (const value of before.values)
            if (!now.values.includes(value))
                problems.push(`${was} the value ${value} of ${before.name}: values are only added.`);
        if (now.required && !before.required)
            problems.push(`${was} ${before.name} as optional: it cannot become required.`);
    }
    for (const now of current.properties) {
        if (now.required && !released.properties.some(({ name }) => name === now.name))
            problems.push(
                `${now.name} is new since ${released.version} and required: a required property can never be added.`,
            );
    }
    for (const event of released.events)
        if (!current.events.includes(event))
            problems.push(`${was} the event ${event}: it can never be removed or renamed.`);
    return problems;
}

const texts = (value) => Array.isArray(value) && value.every((one) => typeof one === "string");
const isProperty = (value) =>
    typeof value?.name === "string" &&
    typeof value.usage === "string" &&
    texts(value.types) &&
    typeof value.required === "boolean" &&
    texts(value.values);
const isRelease = (value) =>
    typeof value?.version === "string" &&
    Array.isArray(value.properties) &&
    value.properties.every(isProperty) &&
    texts(value.events);

/**
 * The record of released tables, oldest first; an empty list before the first release.
 * @param {string} path
 * @returns {Release[]}
 */
export function readReleases(path) {
    let releases;
    try {
        releases = JSON.parse(readFileSync(path, "utf8"));
    } catch (error) {
        throw new PackError(
            `The record of released properties, solution/released-properties.json, cannot be read: ${error.message.split("\n")[0]}`,
        );
    }
    if (!Array.isArray(releases) || !releases.every(isRelease))
        throw new PackError(
            "solution/released-properties.json is not a list of releases with version, properties and events. It is written by npm version; take it back from version control.",
        );
    return releases;
}

/**
 * The record with one more release; the same version again takes the place of the last one.
 * @param {readonly Release[]} releases
 * @param {string} version
 * @param {Table} table
 * @returns {Release[]}
 */
export const withRelease = (releases, version, table) => [
    ...releases.filter((one) => one.version !== version),
    { version, ...table },
];
