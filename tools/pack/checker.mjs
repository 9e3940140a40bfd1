// Owns what the Power Apps checker would say of a shipped script: Microsoft's ESLint rules, and ESLint's own against code out of text.
import powerApps from "@microsoft/eslint-plugin-power-apps";
import { Linter } from "eslint";
import globals from "globals";

const PLUGIN = "@microsoft/power-apps";

/**
 * What the rules find and what is right all the same.
 * @type {readonly { readonly file: string, readonly rule: string, readonly says: RegExp, readonly reason: string }[]}
 */
export const FALSE_POSITIVES = [
    {
        file: "cwa_/chat-with-agent/setup.js",
        rule: `${PLUGIN}/avoid-window-top`,
        // One letter is a minified variable: `window`, `parent` or `self` in its place stays a breach.
        says: /^\w\.top=`\$\{\w\}px` references/,
        reason:
            "Fluent UI's Tabster sets the style property `top` of an element. The rule knows variables by name alone, " +
            "and elsewhere in the minified script one of the same name holds `window`.",
    },
];

/** @type {import("eslint").Linter.Config} */
const CONFIG = {
    languageOptions: { ecmaVersion: "latest", sourceType: "script", globals: globals.browser },
    // A comment in the script must not turn a rule off.
    linterOptions: { noInlineConfig: true },
    plugins: { [PLUGIN]: powerApps },
    rules: {
        // The same rules as for the sources, see eslint.config.mjs.
        ...powerApps.configs.paCheckerHosted.rules,
        "no-debugger": "error",
        "no-eval": "error",
        "no-implied-eval": "error",
        "no-new-func": "error",
    },
};

const linter = new Linter({ configType: "flat" });

/** Both packages hold the same scripts, and half a megabyte takes seconds. @type {Map<string, readonly Finding[]>} */
const known = new Map();

/** @typedef {{ readonly rule: string, readonly message: string, readonly code: string }} Finding `code` begins there */

/** @param {string} text @returns {readonly Finding[]} */
function findingsOf(text) {
    const before = known.get(text);
    if (before) return before;
    const lines = text.split("\n");
    const findings = linter.verify(text, CONFIG).map(({ ruleId, message, line, column }) => ({
        rule: ruleId ?? "syntax",
        message,
        code: lines[line - 1]?.slice(column - 1, column + 59) ?? "",
    }));
    known.set(text, findings);
    return findings;
}

/**
 * One line for each breach of a shipped script.
 * @param {string} file the name that an administrator knows: the web resource's, or the path in the package
 * @param {string} text
 * @returns {string[]}
 */
export function checkScript(file, text) {
    const listed = FALSE_POSITIVES.filter((entry) => entry.file === file);
    return findingsOf(text)
        .filter(({ rule, message }) => !listed.some((entry) => entry.rule === rule && entry.says.test(message)))
        .map(({ rule, message, code }) => `${file} breaks ${rule}: ${message} It begins with: ${code}`);
}
