// Covers all pages in Markdown: links, pictures, and the form of the decision records.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { anchorsOf, linksOf, pathOf, problemsOf, slugOf } from "./pages";
import type { Repository } from "./pages";

const ROOT = join(__dirname, "../../..");
const IMAGES = "docs/images";
/** What is built, installed or left behind by tests. */
const NOT_OURS = new Set(["node_modules", "out", "built", "obj", "bin", "test-results", "playwright-report", "coverage"]);

const fromRoot = (path: string): string => relative(ROOT, path).replaceAll("\\", "/");

function pagesBelow(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return NOT_OURS.has(entry.name) || entry.name.startsWith(".") ? [] : pagesBelow(path);
        return entry.name.endsWith(".md") ? [fromRoot(path)] : [];
    });
}

/** The files as they are, letter case too: what Windows finds, GitHub may not. */
const repository: Repository = {
    has(path) {
        let folder = ROOT;
        for (const name of path.split("/")) {
            if (name !== "." && !(existsSync(folder) && statSync(folder).isDirectory() && readdirSync(folder).includes(name))) return false;
            folder = join(folder, name);
        }
        return true;
    },
    read: (path) => readFileSync(join(ROOT, path), "utf8"),
};

const PAGES = pagesBelow(ROOT);

describe("the pages of this repository", () => {
    test("are found", () => {
        expect(PAGES).toEqual(expect.arrayContaining(["README.md", "CONTRIBUTING.md", "docs/makers.md", "docs/decisions/0019-languages.md", "simulator/README.md"]));
    });

    test.each(PAGES)("%s", (page) => {
        expect(problemsOf(page, repository.read(page), repository)).toEqual([]);
    });

    test("show every picture that is kept for them", () => {
        const shown = new Set(PAGES.flatMap((page) => linksOf(repository.read(page)).flatMap(({ target, isImage }) => (isImage ? [pathOf(page, target)] : []))));
        const left = readdirSync(join(ROOT, IMAGES)).filter((name) => !shown.has(`${IMAGES}/${name}`));
        expect(left).toEqual([]);
    });

    test("have pictures that a clone can carry", () => {
        const big = readdirSync(join(ROOT, IMAGES)).filter((name) => statSync(join(ROOT, IMAGES, name)).size > 120 * 1024);
        expect(big).toEqual([]);
    });
});

describe("the decision records", () => {
    const FOLDER = "docs/decisions";
    const records = readdirSync(join(ROOT, FOLDER));

    test("have a number each that no other has", () => {
        const numbers = records.map((name) => /^\d{4}(?=-)/.exec(name)?.[0]);
        expect(numbers).not.toContain(undefined);
        expect(new Set(numbers).size).toBe(numbers.length);
    });

    test.each(records)("%s begins with its number, and is short", (name) => {
        const text = repository.read(`${FOLDER}/${name}`);
        expect(text).toMatch(new RegExp(`^# ${name.slice(0, 4)}: `));
        expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(20);
        expect(text.split("\n").filter((line) => line.length > 120)).toEqual([]);
    });
});

describe("a heading's anchor", () => {
    test.each([
        ["Ten minutes to the first chat", "ten-minutes-to-the-first-chat"],
        ["How to add …", "how-to-add-"],
        ["Set-up and contacts: the page", "set-up-and-contacts-the-page"],
        ["The context variable `Email`", "the-context-variable-email"],
        ["[0.1.0] - Unreleased", "010---unreleased"],
        ["What an address proves, and what not", "what-an-address-proves-and-what-not"],
        ["A [link](page.md#part) and *emphasis*", "a-link-and-emphasis"],
        ["`snake_case` and _this_", "snake_case-and-this"],
        ["Größe & Gewicht", "größe--gewicht"],
    ])("%s", (heading, slug) => {
        expect(slugOf(heading)).toBe(slug);
    });

    test("has a number from its second time on, and none inside code", () => {
        expect([...anchorsOf("# A\n\n## Same\n\n```sh\n# a comment\n```\n\n## Same ##\n\n### Same\n")]).toEqual(["a", "same", "same-1", "same-2"]);
    });
});

describe("the links of a page", () => {
    test("are found in all their forms", () => {
        const page = [
            "[plain](a.md), [with **bold** and `code`](b.md#part), [title](c.md \"a title\"), [parentheses](https://example.com/x(v=1))",
            "![a picture of it](d.png) and [![a picture inside](e.png)](f.md)",
            '<img src="g.png" alt="a picture as HTML"> <a href="h.md">h</a>',
            "[name]: i.md",
        ].join("\n\n");
        expect(linksOf(page).map(({ target, isImage }) => (isImage ? `!${target}` : target))).toEqual(["a.md", "b.md#part", "c.md", "https://example.com/x(v=1)", "!d.png", "f.md", "!e.png", "i.md", "!g.png", "h.md"]);
    });

    test("are none inside code", () => {
        expect(linksOf("`[a](b.md)` and ``[`c`](d.md)``\n\n```\n[e](f.md)\n```\n")).toEqual([]);
    });
});

describe("what is wrong with a page", () => {
    const files: Readonly<Record<string, string>> = { "README.md": "# Top\n", "docs/a.md": "# A\n\n## Part one\n", "docs/images/a.png": "" };
    const few: Repository = { has: (path) => path in files, read: (path) => files[path] ?? "" };
    const problems = (text: string): string[] => problemsOf("docs/b.md", text, few);

    test.each(["[a](a.md)", "[a](a.md#part-one)", "[top](../README.md#top)", "[top](/README.md)", "[out](https://example.com/)", "[mail](mailto:a@contoso.example)", "![what is on it](images/a.png)"])("nothing: %s", (text) => {
        expect(problems(text)).toEqual([]);
    });

    test.each([
        ["[a](missing.md)", "missing.md: there is no docs/missing.md"],
        ["[a](a.md#part-two)", "a.md#part-two: docs/a.md has no such heading"],
        ["[a](A.md)", "A.md: there is no docs/A.md"],
        ["[a](../../outside.md)", "../../outside.md: there is no ../outside.md"],
        ["![what is on it](images/b.png)", "images/b.png: there is no docs/images/b.png"],
        ["![](images/a.png)", "images/a.png: the picture has no text that says what is on it"],
        ["![picture a.png of it](images/a.png)", "images/a.png: the picture has no text that says what is on it"],
        ['<img src="images/a.png">', "images/a.png: the picture has no text that says what is on it"],
        ["[a](https://github.com/somebody/ChatWithAgent/blob/main/docs/a.md)", "https://github.com/somebody/ChatWithAgent/blob/main/docs/a.md: leads to this repository by its address"],
        ["[a](https://raw.githubusercontent.com/somebody/chat-with-agent/main/a.md)", "https://raw.githubusercontent.com/somebody/chat-with-agent/main/a.md: leads to this repository by its address"],
    ])("%s", (text, problem) => {
        expect(problems(text)).toEqual([problem]);
    });

    test("a heading of the page itself", () => {
        const own: Repository = { has: (path) => path === "docs/b.md", read: () => "# B\n" };
        expect(problemsOf("docs/b.md", "[here](#b) [not here](#c)", own)).toEqual(["#c: docs/b.md has no such heading"]);
    });
});
