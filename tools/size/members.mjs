// Owns the reading of a built bundle: which members of the platform's React and Fluent it can ask for. TypeScript's
// own resolution of names is used, for in minified code the same letter stands for many things.
import ts from "typescript";

/** The globals under which a code component finds the platform's libraries (S). */
export const PLATFORM = { react: "Reactv16", fluent: "FluentUIReactv940" };

/**
 * @typedef {object} Members
 * @property {readonly string[]} names those that are read, in alphabetical order
 * @property {number} unknown uses of the library as a whole, or by a name that only run time knows: where there are
 * some, the names are not all
 */

/**
 * Reads off a bundle's text which members of the platform's libraries it names.
 * @param {string} bundle
 * @returns {Record<"react" | "fluent", Members>}
 */
export function membersOf(bundle) {
    const path = "bundle.js";
    const source = ts.createSourceFile(path, bundle, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
    const program = ts.createProgram(
        [path],
        { allowJs: true, noLib: true, noResolve: true, types: [] },
        {
            ...ts.createCompilerHost({}),
            getSourceFile: (name) => (name === path ? source : undefined),
            fileExists: (name) => name === path,
            readFile: () => undefined,
        },
    );
    const checker = program.getTypeChecker();

    const identifiers = [];
    const collect = (node) => {
        if (ts.isIdentifier(node)) identifiers.push(node);
        ts.forEachChild(node, collect);
    };
    collect(source);

    const read = (global) => {
        const names = new Set();
        let unknown = 0;
        const aliases = new Set();
        const use = (node) => {
            const { parent } = node;
            if (ts.isPropertyAccessExpression(parent) && parent.expression === node) names.add(parent.name.text);
            else if (
                ts.isElementAccessExpression(parent) &&
                parent.expression === node &&
                ts.isStringLiteral(parent.argumentExpression)
            )
                names.add(parent.argumentExpression.text);
            else if (ts.isVariableDeclaration(parent) && parent.initializer === node && ts.isIdentifier(parent.name)) {
                const symbol = checker.getSymbolAtLocation(parent.name);
                if (symbol) aliases.add(symbol);
                else unknown++;
            } else unknown++;
        };
        identifiers
            .filter(
                (node) =>
                    node.text === global && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node),
            )
            .forEach(use);
        for (const alias of aliases) {
            // A set hands out what is added to it on the way, so that an alias of an alias is followed, too.
            identifiers
                .filter(
                    (node) =>
                        checker.getSymbolAtLocation(node) === alias &&
                        !(ts.isVariableDeclaration(node.parent) && node.parent.name === node),
                )
                .forEach(use);
        }
        return { names: [...names].sort(), unknown };
    };
    return { react: read(PLATFORM.react), fluent: read(PLATFORM.fluent) };
}
