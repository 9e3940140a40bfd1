// Owns the build of the page in the app's navigation: one script with React, the Fluent members it uses and the English texts; beside it HTML and style sheet as they are, and one script for each other language's texts.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { below, child, parseXml } from "./pack/xml.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
export const PAGE_OUT = join(root, "out/page");
export const PAGE_FILES = ["chat.html", "chat.css", "chat.js"];

const ENGLISH = "1033";

/** Where a language's texts are, as the page asks for them: see page/load.ts. @param {string} languageId */
export const textsFile = (languageId) => `texts/${languageId}.js`;

/** Names and descriptions of properties, choices and events: of the designers alone, but for the places that a message names. */
const isForDesigners = (key) => /_(?:name|description)$/.test(key) && !/^(?:page_|drop_|control_name|(?:widgetSnippet|widgetAppId|orgId|orgUrl)_name$)/.test(key);

/** Every language's texts by locale ID. @returns {Record<string, Record<string, string>>} */
export function readTexts() {
    const folder = join(root, "ChatWithAgent/strings");
    return Object.fromEntries(
        readdirSync(folder)
            .filter((name) => name.endsWith(".resx"))
            .map((name) => {
                const document = parseXml(readFileSync(join(folder, name)), name);
                const texts = below(document, "data").map((one) => [one.getAttribute("name") ?? "", child(one, "value")?.textContent ?? ""]);
                return [name.split(".").at(-2), Object.fromEntries(texts.filter(([key]) => !isForDesigners(key)))];
            }),
    );
}

/** A script that leaves the texts at its own element. @param {Record<string, string>} texts */
export const textsScript = (texts) => `Object.assign(document.currentScript,{texts:${JSON.stringify(texts)}});\n`;

/** The licences of what is bundled ask for it. */
const NOTICE = "/*! Contains React, Copyright (c) Facebook, Inc. and its affiliates, and Fluent UI, Copyright (c) Microsoft Corporation, both under the MIT licence: https://opensource.org/license/mit */";

/** Builds into out/page; throws with esbuild's own message. */
export async function buildPage() {
    rmSync(PAGE_OUT, { recursive: true, force: true });
    mkdirSync(join(PAGE_OUT, "texts"), { recursive: true });
    const { [ENGLISH]: english, ...others } = readTexts();
    for (const [languageId, texts] of Object.entries(others)) writeFileSync(join(PAGE_OUT, textsFile(languageId)), textsScript(texts));
    await build({
        entryPoints: [join(root, "page/main.tsx")],
        outfile: join(PAGE_OUT, "chat.js"),
        bundle: true,
        minify: true,
        format: "iife",
        target: "es2020",
        // Only the modules' own form can be shaken down to what is used.
        mainFields: ["module", "main"],
        define: { "process.env.NODE_ENV": '"production"' },
        tsconfig: join(root, "page/tsconfig.json"),
        legalComments: "none",
        banner: { js: NOTICE },
        logLevel: "silent",
        plugins: [
            {
                name: "chat-texts",
                setup(on) {
                    on.onResolve({ filter: /^chat-texts$/ }, () => ({ path: "chat-texts", namespace: "chat-texts" }));
                    on.onLoad({ filter: /.*/, namespace: "chat-texts" }, () => ({ contents: JSON.stringify({ english, others: Object.keys(others).map(Number) }), loader: "json" }));
                },
            },
        ],
    });
    for (const name of PAGE_FILES.slice(0, 2)) copyFileSync(join(root, "page", name), join(PAGE_OUT, name));
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
