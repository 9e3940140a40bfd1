// The project's rules: strict types, Power Apps checker, and the direction of dependencies (docs/architecture.md).
import powerApps from "@microsoft/eslint-plugin-power-apps";
import globals from "globals";
import tseslint from "typescript-eslint";

/** Which folders of the control a folder may import from, itself aside. Inner folders know nothing of outer ones. */
const MAY_IMPORT = {
    chat: [],
    identity: ["chat"],
    context: ["chat", "identity"],
    settings: ["chat"],
    widget: ["chat"],
    host: ["chat", "generated"],
    components: [],
    app: ["chat", "identity", "context", "settings", "widget", "host", "components"],
};
const FOLDERS = [...Object.keys(MAY_IMPORT), "generated"];

const directions = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
    files: [`ChatWithAgent/${folder}/**/*.{ts,tsx}`],
    rules: {
        "no-restricted-imports": [
            "error",
            {
                patterns: [
                    {
                        group: FOLDERS.filter((other) => other !== folder && !allowed.includes(other)).map(
                            (other) => `**/../${other}/**`,
                        ),
                        message: `${folder}/ may import from ${allowed.join(", ") || "nothing else"} only.`,
                    },
                    {
                        group: ["react-dom", "react-dom/*"],
                        message: "The platform renders; react-dom would be bundled a second time.",
                    },
                    ...(folder === "components" || folder === "app"
                        ? []
                        : [{ group: ["react", "@fluentui/*"], message: "Views live in components/." }]),
                ],
            },
        ],
        // The widget's elements and window.Microsoft belong to widget/ alone; pure folders know no browser at all.
        ...(folder === "widget" || folder === "host"
            ? {}
            : {
                  "no-restricted-globals": [
                      "error",
                      "window",
                      "document",
                      "localStorage",
                      "sessionStorage",
                      "navigator",
                      "location",
                      ...(folder === "app" ? [] : ["setTimeout", "setInterval", "fetch"]),
                  ],
              }),
        ...(folder === "widget"
            ? {}
            : {
                  "no-restricted-syntax": [
                      "error",
                      {
                          selector: "MemberExpression[property.name='Microsoft']",
                          message: "window.Microsoft is read in widget/ only.",
                      },
                  ],
              }),
    },
}));

export default tseslint.config(
    {
        ignores: [
            "**/node_modules/**",
            "out/**",
            "**/generated/**",
            "simulator/built/**",
            "test-results/**",
            "playwright-report/**",
            ".stryker/**",
            "tests/bench/out/**",
        ],
    },
    {
        files: ["**/*.{ts,tsx}"],
        extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        rules: {
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
            "@typescript-eslint/no-confusing-void-expression": "off",
            // An empty text means as little as none.
            "@typescript-eslint/prefer-nullish-coalescing": ["error", { ignorePrimitives: { string: true } }],
            "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
            // Node's test runner keeps the promises of its own tests.
            "@typescript-eslint/no-floating-promises": [
                "error",
                {
                    allowForKnownSafeCalls: [
                        { from: "package", name: ["test", "describe", "it"], package: "node:test" },
                    ],
                },
            ],
            "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],
            "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "separate-type-imports" }],
        },
    },
    {
        files: ["ChatWithAgent/**/*.{ts,tsx}"],
        plugins: { "@microsoft/power-apps": powerApps },
        rules: powerApps.configs.paCheckerHosted.rules,
    },
    ...directions,
    {
        files: ["page/**/*.{ts,tsx}"],
        rules: {
            "no-restricted-imports": [
                "error",
                {
                    patterns: [
                        {
                            group: ["**/host/pcf/**", "**/generated/**", "**/widget/**", "!**/widget/configuration"],
                            message: "The page is put together in app/page, without the component framework.",
                        },
                    ],
                },
            ],
            "no-restricted-syntax": [
                "error",
                {
                    selector: "MemberExpression[property.name='Microsoft']",
                    message: "window.Microsoft is read in widget/ only.",
                },
            ],
        },
    },
    {
        files: ["**/*.{js,mjs}"],
        extends: [tseslint.configs.base],
        languageOptions: { globals: globals.node },
        rules: { "no-undef": "error", "no-unused-vars": "error" },
    },
);
