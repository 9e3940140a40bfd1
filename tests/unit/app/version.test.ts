// Covers the version: package, manifest, texts and code name the same one, so that what an administrator reads is
// what was imported.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { VERSION } from "../../../ChatWithAgent/app/view";

const read = (path: string): string => readFileSync(join(__dirname, "../../..", path), "utf8");
const versions = (text: string, tag: string): string[] =>
    [...text.matchAll(new RegExp(`<${tag}\\s[^>]*?\\bversion="([^"]*)"`, "g"))].map(([, version = ""]) => version);

const manifest = read("ChatWithAgent/ControlManifest.Input.xml");

test("the code's has three numbers, as the manifest wants them", () => {
    expect(VERSION).toMatch(/^\d+\.\d+\.\d+$/);
});

test("the control's in the manifest is the code's", () => {
    expect(versions(manifest, "control")).toEqual([VERSION]);
});

test("that of every language's texts in the manifest is the code's", () => {
    const listed = versions(manifest, "resx");
    expect(listed.length).toBeGreaterThan(0);
    expect(new Set(listed)).toEqual(new Set([VERSION]));
    expect(listed).toHaveLength([...manifest.matchAll(/<resx\s/g)].length);
});

test("the package's is the code's, in its lock file too", () => {
    const lock = JSON.parse(read("package-lock.json")) as {
        readonly version: string;
        readonly packages: Readonly<Record<string, { readonly version?: string }>>;
    };
    expect((JSON.parse(read("package.json")) as { readonly version: string }).version).toBe(VERSION);
    expect([lock.version, lock.packages[""]?.version]).toEqual([VERSION, VERSION]);
});
