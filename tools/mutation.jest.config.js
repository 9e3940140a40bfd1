// Owns which tests mutants are tried against: the tables of the pure code. Files of properties alone run thousands of cases each, which is too slow for every mutant; limits of time do not hold on a computer that is busy with this.
module.exports = {
    ...require("../jest.config.js").projects[0],
    rootDir: "..",
    testMatch: ["<rootDir>/tests/unit/{chat,context,identity,settings}/**/*.test.ts", "<rootDir>/tests/unit/app/view.test.ts"],
    testPathIgnorePatterns: ["(?:properties|quick)\\.test"],
    setupFiles: ["<rootDir>/tools/mutation.setup.js"],
};
