// Owns which tests mutants are tried against: the tables of the pure code. Files of properties alone run thousands of cases each, which is too slow for every mutant.
module.exports = {
    ...require("../jest.config.js").projects[0],
    rootDir: "..",
    testMatch: ["<rootDir>/tests/unit/{chat,context,identity,settings}/**/*.test.ts", "<rootDir>/tests/unit/app/view.test.ts"],
    testPathIgnorePatterns: ["properties\\.test"],
    setupFiles: ["<rootDir>/tools/mutation.setup.js"],
};
