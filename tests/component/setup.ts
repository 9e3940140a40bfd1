// Covers nothing itself: gives every component test a clean page, and makes what React or Fluent complain of a failure.
import { cleanup, configure } from "@testing-library/react";

// Looking through all styles for what is hidden costs most of the time; axe looks, and the tests that are about it
// say so.
configure({ defaultHidden: true });

let complaints: unknown[] = [];

beforeEach(() => {
    complaints = [];
    jest.spyOn(console, "error").mockImplementation((...words: unknown[]) => {
        // jsdom does not know container queries.
        if (!String(words[0]).includes("@container")) complaints.push(words);
    });
});

afterEach(() => {
    cleanup();
    expect(complaints).toEqual([]);
});

/** jsdom lays nothing out, so nobody is told of a size; the widget's events have it looked at as well. */
Object.assign(window, { ResizeObserver: class { observe = (): void => undefined; disconnect = (): void => undefined } });
