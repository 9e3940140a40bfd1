// Owns the mutation test of the pure code: `npm run mutation` changes it in some two thousand ways, one at a time, and counts how many the tests notice.
// Pure is what the lint rules keep from browser and timers (`no-restricted-globals`) and what gets everything from outside as arguments or through ports:
// the folders chat, context, identity and settings, and of app what leads from what is known to what is shown. It takes long, so it is no part of `npm test`.
export default {
    mutate: ["ChatWithAgent/{chat,context,identity,settings}/**/*.ts", "ChatWithAgent/app/{view,words,details,checklist}.ts"],
    testRunner: "jest",
    jest: { projectType: "custom", configFile: "tools/mutation.jest.config.js" },
    coverageAnalysis: "perTest",
    // A mutant that makes an impossible state may throw where nobody waits for it: that is the failure of its test, not the end of the runner.
    testRunnerNodeArgs: ["--unhandled-rejections=warn"],
    concurrency: 1,
    timeoutMS: 5_000,
    // Only what the tests of the pure code read is copied.
    ignorePatterns: ["**", "!ChatWithAgent/**", "!tests/unit/**", "!tools/*.js", "!jest.config.js", "!package.json"],
    tempDirName: ".stryker/sandbox",
    incremental: true,
    incrementalFile: ".stryker/incremental.json",
    reporters: ["progress-append-only", "clear-text", "json"],
    jsonReporter: { fileName: ".stryker/report.json" },
    clearTextReporter: { allowColor: false, allowEmojis: false, reportTests: false },
    thresholds: { high: 95, low: 85, break: 85 },
};
