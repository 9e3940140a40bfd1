// Covers the version: stamped into the files as they really are, refused where it cannot be, and the notes of a
// release.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkVersion, notesOf, STAMPED } from "../../../tools/pack/stamp.mjs";

const real = (path: string): string => readFileSync(join(__dirname, "../../..", path), "utf8");
const stampOf = (path: string) => {
    const found = STAMPED.find((one) => one.path === path);
    if (!found) throw new Error(`${path} is not stamped.`);
    return (text: string) => found.stamp(text, "7.8.9", "2030-01-02");
};

test("only three numbers are a version", () => {
    for (const version of ["0.1.0", "10.20.30"]) expect(() => checkVersion(version)).not.toThrow();
    for (const version of ["1.0", "1.0.0.0", "1.0.0-beta.1", "v1.0.0", ""])
        expect(() => checkVersion(version)).toThrow("A version has three numbers");
});

test("the control's manifest: the control and each resx, nothing else", () => {
    const path = "ChatWithAgent/ControlManifest.Input.xml";
    const before = real(path);
    const after = stampOf(path)(before);
    expect(
        [...after.matchAll(/version="([^"]*)"/g)]
            .map(([, version]) => version)
            .filter((version) => version === "7.8.9"),
    ).toHaveLength(1 + [...before.matchAll(/<resx /g)].length);
    expect(after).toContain('<platform-library name="React" version="16.14.0" />');
    expect(after).toContain('<?xml version="1.0"');
});

test("two languages get the version, too", () => {
    const two = stampOf("ChatWithAgent/ControlManifest.Input.xml")(
        '<control constructor="C" version="0.1.0"><resx path="a" version="0.1.0" /><resx path="b" version="0.1.0" /></control>',
    );
    expect(two).toBe(
        '<control constructor="C" version="7.8.9"><resx path="a" version="7.8.9" /><resx path="b" version="7.8.9" /></control>',
    );
});

test("the solution has four numbers, the code three", () => {
    expect(stampOf("solution/src/Other/Solution.xml")(real("solution/src/Other/Solution.xml"))).toContain(
        "<Version>7.8.9.0</Version>",
    );
    expect(stampOf("ChatWithAgent/app/view.ts")(real("ChatWithAgent/app/view.ts"))).toContain(
        'export const VERSION = "7.8.9";',
    );
});

test("the changelog's unreleased heading becomes the release's", () => {
    const stamp = stampOf("CHANGELOG.md");
    expect(stamp("# Log\n\n## [0.1.0] - Unreleased\n\n### Added\n\n## [0.0.1] - 2020-01-01\n")).toBe(
        "# Log\n\n## [7.8.9] - 2030-01-02\n\n### Added\n\n## [0.0.1] - 2020-01-01\n",
    );
    expect(stamp("## [Unreleased]\n")).toBe("## [7.8.9] - 2030-01-02\n");
    expect(() => stamp("## [0.0.1] - 2020-01-01\n")).toThrow('A heading "## [Unreleased]"');
    expect(() => stamp("## [Unreleased]\n## [0.1.0] - Unreleased\n")).toThrow("was found 2 times");
});

test("a place that has gone is told, and not passed over", () => {
    expect(() => stampOf("ChatWithAgent/app/view.ts")("export const version = 1;")).toThrow(
        "VERSION in ChatWithAgent/app/view.ts was found 0 times",
    );
    expect(() => stampOf("solution/src/Other/Solution.xml")("<Version>1</Version><Version>2</Version>")).toThrow(
        "was found 2 times",
    );
});

const LOG =
    "# Changelog\n\n## [1.1.0] - Unreleased\n\n- soon\n\n## [1.0.0] - 2026-01-01\n\n### Added\n\n- all of it\n\n## [0.9.0] - 2025-01-01\n\n[1.0.0]: https://contoso.example/1.0.0\n";

test("the notes are what stands under the version's heading", () => {
    expect(notesOf(LOG, "1.0.0")).toBe("### Added\n\n- all of it");
    expect(notesOf(LOG.replaceAll("\n", "\r\n"), "1.0.0")).toBe("### Added\n\n- all of it");
    expect(() => notesOf(LOG, "2.0.0")).toThrow("no heading for version 2.0.0");
    expect(() => notesOf(LOG, "1.1.0")).toThrow("calls version 1.1.0 unreleased");
    expect(() => notesOf(LOG, "0.9.0")).toThrow("says nothing of version 0.9.0");
});
