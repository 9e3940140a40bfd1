// Owns `npm run docs:pictures`: takes the pictures of the guides from the running demo. `npm run docs:pictures -- setup-check designer` takes only those that are named.
import { chromium } from "@playwright/test";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { tsImport } from "tsx/esm/api";
import { ensureSimulator } from "../simulator/setup.mjs";
import { ensureBrowser } from "./browser.mjs";
import { moveClock, spanToHour } from "./pictures/hour.mjs";
import { createScene, rest } from "./pictures/scene.mjs";
import { PICTURES } from "./pictures/table.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(root, "docs/images");
/** More in a picture is better cropped away than kept by every clone of the repository for ever. */
const MOST_BYTES = 120 * 1024;
/** The address that the pictures show: that of `npm run demo`, whatever port was free. */
const SHOWN = "127.0.0.1:4300";
/** The frame's address beside it: its other name, so another site. */
const FRAME = "localhost:4300";

const say = (line) => console.log(line);

function fail(line) {
    console.error(line);
    process.exit(1);
}

const named = process.argv.slice(2);
const unknown = named.filter((name) => !PICTURES.some((picture) => picture.name === name));
if (unknown.length > 0) fail(`There is no picture named ${unknown.join(", ")}. The pictures: ${PICTURES.map(({ name }) => name).join(", ")}.`);
const wanted = PICTURES.filter(({ name }) => named.length === 0 || named.includes(name));

if (!existsSync(join(root, "out/controls/ChatWithAgent/bundle.js")) || !existsSync(join(root, "out/page/chat.js"))) {
    say("Building the control ...");
    if (spawnSync(process.execPath, [join(root, "tools/build.mjs")], { cwd: root, stdio: ["ignore", "ignore", "inherit"] }).status !== 0) fail("The control could not be built: npm run build says why.");
}
await ensureSimulator(say);
const executablePath = ensureBrowser(say);
const { startDemo } = await tsImport("../demo/server.ts", import.meta.url);
const demo = await startDemo({ port: 0 });
const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--hide-scrollbars", "--font-render-hinting=none",
        // In place of Playwright's own list, which gives frames of other sites no storage of their own: the widget complains of that.
        "--disable-features=LocalNetworkAccessChecks,HttpsUpgrades,PaintHolding,Translate",
        `--host-resolver-rules=${[SHOWN, FRAME].map((host) => `MAP ${host} ${new URL(demo.url).host}`).join(",")}`],
});

async function onServer(path, method) {
    const answer = await fetch(demo.url + path, { method });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
}

/** The picture as PNG, from the demo as shipped. */
async function take(picture) {
    const span = spanToHour();
    const putBack = moveClock(span);
    let scene;
    try {
        await onServer("/control/reset", "POST");
        await onServer("/demo/reset", "POST");
        scene = await createScene(browser, { origin: `http://${SHOWN}`, span, size: picture.size, onServer });
        const { page, clip } = await picture.take(scene);
        await page.bringToFront();
        for (const each of page.frames()) await rest(each);
        const png = await page.screenshot({ animations: "disabled", caret: "hide", ...(clip === undefined ? {} : { clip }) });
        if (scene.errors.length > 0) throw new Error(`The page threw: ${scene.errors.join("; ")}`);
        if (png.length > MOST_BYTES) throw new Error(`${png.length} bytes are more than ${MOST_BYTES}: crop it, or make its window smaller.`);
        return png;
    } finally {
        putBack();
        await scene?.close();
    }
}

mkdirSync(folder, { recursive: true });
const failures = [];
for (const picture of wanted) {
    const path = join(folder, `${picture.name}.png`);
    try {
        const png = await take(picture);
        writeFileSync(path, png);
        say(`${relative(root, path).replaceAll("\\", "/")} ${(png.length / 1024).toFixed(0)} KB`);
    } catch (error) {
        failures.push(picture.name);
        console.error(`${picture.name} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
}
await browser.close();
await demo.close();
if (failures.length > 0) fail(`Not taken: ${failures.join(", ")}.`);
say(`${wanted.length} pictures.`);
