// Owns the tests of set-up's stamps: when something is to be done again, and when not.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { bundleFits, dependenciesFit, inputsHash } from "../setup.mjs";

const root = mkdtempSync(join(tmpdir(), "simulator-"));
after(() => rmSync(root, { recursive: true, force: true }));
const put = (path: string, text: string): void => {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeEach(() => {
  put("package-lock.json", "{}");
  put("widget/a.ts", "1");
  for (const name of ["page-script.js", "second-stage.js", "console.js"]) put(`built/${name}`, "");
  put("built/stamp", inputsHash(root));
});

test("the bundle fits as long as nothing changes", () => {
  assert.equal(bundleFits(root), true);
});

test("a changed source, a new source, another lockfile or a missing output make it unfit", () => {
  put("widget/a.ts", "2");
  assert.equal(bundleFits(root), false);
  put("widget/a.ts", "1");
  assert.equal(bundleFits(root), true);
  put("widget/b.ts", "");
  assert.equal(bundleFits(root), false);
  rmSync(join(root, "widget/b.ts"));
  put("package-lock.json", "{ }");
  assert.equal(bundleFits(root), false);
  put("package-lock.json", "{}");
  rmSync(join(root, "built/console.js"));
  assert.equal(bundleFits(root), false);
});

test("dependencies without a stamp, or with an old one, do not fit", () => {
  assert.equal(dependenciesFit(root), false);
  put("node_modules/.simulator-stamp", "old");
  assert.equal(dependenciesFit(root), false);
});
