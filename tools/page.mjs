// Owns the build of the web resources' pages, the chat's and the administrator's: one script each with React, the Fluent members it uses and the English texts; beside it HTML and style sheet as they are, and one script for each other language's texts.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { below, child, parseXml } from "./pack/xml.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
export const PAGE_OUT = join(root, "out/page");
export const PAGE_FILES = ["chat.html", "chat.css", "chat.js"];
export const SETUP_FILES = ["setup.html", "chat.css", "setup.js"];

const ENGLISH = "1033";

/** Where a language's texts are, as a page asks for them: see page/load.ts. @param {string} languageId @param {string} [prefix] */
export const textsFile = (languageId, prefix = "") => `texts/${prefix}${languageId}.js`;

/** Names and descriptions of properties, choices and events, and the maker's list: of the designers alone, but for the places that a message names. */
const isForDesigners = (key) => (/_(?:name|description)$/.test(key) && !/^(?:page_|drop_|control_name|(?:widgetSnippet|widgetAppId|orgId|orgUrl)_name$)/.test(key)) || /^(?:preview|mark|source|startMode)_/.test(key);

/** What the administrator's page says in the control's own words: what is wrong with a setting. */
const isForSetup = (key) => /^(?:issue_|page_wrong_)/.test(key);

/** Every language's texts by locale ID. @param {string} folder @param {(key: string) => boolean} isWanted @returns {Record<string, Record<string, string>>} */
function readFolder(folder, isWanted) {
    return Object.fromEntries(
        readdirSync(join(root, folder))
            .filter((name) => name.endsWith(".resx"))
            .map((name) => {
                const document = parseXml(readFileSync(join(root, folder, name)), name);
                const texts = below(document, "data").map((one) => [one.getAttribute("name") ?? "", child(one, "value")?.textContent ?? ""]);
                return [name.split(".").at(-2), Object.fromEntries(texts.filter(([key]) => isWanted(key)))];
            }),
    );
}

/** The chat page's texts. */
export const readTexts = () => readFolder("ChatWithAgent/strings", (key) => !isForDesigners(key));

/** The administrator's page's own texts, and those of the control's that it says. */
export function readSetupTexts() {
    const shared = readFolder("ChatWithAgent/strings", isForSetup);
    return Object.fromEntries(Object.entries(readFolder("page/setup/strings", () => true)).map(([languageId, texts]) => [languageId, { ...shared[languageId], ...texts }]));
}

/** A script that leaves the texts at its own element. @param {Record<string, string>} texts */
export const textsScript = (texts) => `Object.assign(document.currentScript,{texts:${JSON.stringify(texts)}});\n`;

/** The licences of what is bundled ask for it. */
const NOTICE = "/*! Contains React, Copyright (c) Facebook, Inc. and its affiliates, and Fluent UI, Copyright (c) Microsoft Corporation, both under the MIT licence: https://opensource.org/license/mit */";

/**
 * Bundles one page; throws with esbuild's own message.
 * @param {string} entry @param {string} out @param {string} module the texts' name @param {Record<string, Record<string, string>>} texts @param {string} prefix of the texts' files
 */
async function buildScript(entry, out, module, { [ENGLISH]: english, ...others }, prefix) {
    for (const [languageId, texts] of Object.entries(others)) writeFileSync(join(PAGE_OUT, textsFile(languageId, prefix)), textsScript(texts));
    await build({
        entryPoints: [join(root, entry)],
        outfile: join(PAGE_OUT, out),
        bundle: true,
        minify: true,
        format: "iife",
        target: "es2020",
        // Only the modules' own form can be shaken down to what is used.
        mainFields: ["module", "browser", "main"],
        define: { "process.env.NODE_ENV": '"production"' },
        tsconfig: join(root, "page/tsconfig.json"),
        legalComments: "none",
        banner: { js: NOTICE },
        logLevel: "silent",
        plugins: [
            {
                name: module,
                setup(on) {
                    on.onResolve({ filter: new RegExp(`^${module}$`) }, () => ({ path: module, namespace: module }));
                    on.onLoad({ filter: /.*/, namespace: module }, () => ({ contents: JSON.stringify({ english, others: Object.keys(others).map(Number) }), loader: "json" }));
                },
            },
        ],
    });
}

/** Builds into out/page; throws with esbuild's own message. */
export async function buildPage() {
    rmSync(PAGE_OUT, { recursive: true, force: true });
    mkdirSync(join(PAGE_OUT, "texts"), { recursive: true });
    await buildScript("page/main.tsx", "chat.js", "chat-texts", readTexts(), "");
    await buildScript("page/setup/main.tsx", "setup.js", "setup-texts", readSetupTexts(), "setup.");
    for (const name of ["chat.html", "chat.css", "setup.html"]) copyFileSync(join(root, "page", name), join(PAGE_OUT, name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    try {
        await buildPage();
        console.log("Built out/page");
    } catch (error) {
        console.error(error.message);
        process.exit(1);
    }
}
