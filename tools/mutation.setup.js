// Owns how properties run against mutants: the same cases in every run, so that the figure is the same, and no search for the smallest case that fails.
require("fast-check").configureGlobal({ seed: 1, endOnFailure: true });
