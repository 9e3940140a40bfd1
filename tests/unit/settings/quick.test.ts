// Covers settings/snippet: no text keeps a browser busy.
import { parseSnippet } from "../../../ChatWithAgent/settings/snippet";

// Shapes that make a backtracking expression or a quadratic scan slow, at the longest length that is read.
test.each([
    "<script ",
    '<script a="',
    "<script a='<script b=\"",
    "a=",
    'a="',
    "a='",
    "a=“",
    "a ",
    "= ",
    " ",
    "&",
    "&#",
    "&lt;script ",
    "a=&",
    "<",
    "a=b;",
    "“",
    "onerror=\"'>",
])("10,000 characters of %j are quick", (piece) => {
    const text = piece.repeat(10_000).slice(0, 10_000);
    const start = performance.now();
    parseSnippet(text);
    parseSnippet("data-x=" + text.slice(7));
    expect(performance.now() - start).toBeLessThan(250);
});
