// Three suites: pure rules on plain Node, the views on the two Reacts that the platform supplies (16.14 in canvas, 17.0.2 in model-driven apps).
const transform = {
    "^.+\\.(?:tsx?|mjs)$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript", tsx: true } }, module: { type: "commonjs" } }],
};

/** Mutation testing (`npm run mutation`) works on a copy of the project, in there. */
const modulePathIgnorePatterns = ["<rootDir>/.stryker/"];

/** @param {string} version @param {Record<string, string>} moduleNameMapper @param {string[]} others tests of what brings its own React */
const views = (version, moduleNameMapper, others = []) => ({
    displayName: `component React ${version}`,
    testEnvironment: "jsdom",
    testMatch: ["<rootDir>/tests/component/**/*.test.tsx"],
    transform,
    modulePathIgnorePatterns,
    moduleNameMapper,
    testPathIgnorePatterns: ["/node_modules/", ...others],
    setupFilesAfterEnv: ["<rootDir>/tests/component/setup.ts"],
});

module.exports = {
    // Jest's own choice leaves a processor free, which is half of a computer with two.
    maxWorkers: "100%",
    projects: [
        { displayName: "unit", testEnvironment: "node", testMatch: ["<rootDir>/tests/unit/**/*.test.ts"], transform, modulePathIgnorePatterns },
        {
            displayName: "model",
            testEnvironment: "node",
            testMatch: ["<rootDir>/tests/model/**/*.test.ts"],
            transform,
            modulePathIgnorePatterns,
            // Jest's sandbox makes global names slow, and the marker's hash asks for `Math` at every letter.
            sandboxInjectedGlobals: ["Math", "Object", "Map", "Promise"],
        },
        views("16.14", {}),
        views(
            "17.0",
            { "^react$": require.resolve("react-17"), "^react-dom$": require.resolve("react-dom-17"), "^react-dom/test-utils$": require.resolve("react-dom-17/test-utils") },
            // The administrator's page is built with React 16.14.
            ["/SetupPage\\.test"],
        ),
    ],
};
