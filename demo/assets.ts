// Owns what the demo's pages are made of: page scripts bundled in memory, style sheets, the platform's libraries from node_modules, HTML shells.
import { build, type Plugin } from "esbuild";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

export interface Asset {
    readonly type: string;
    readonly body: string | Uint8Array;
}

const entries = { app: "pages/app.ts", "custom-page": "pages/custom-page.ts", designer: "pages/designer.ts", admin: "pages/admin.ts", setup: "pages/setup.ts", examples: "pages/script.ts", bare: "pages/bare.ts", gallery: "pages/gallery.ts" } as const;
export type PageName = keyof typeof entries;

/** The control's own views take React and Fluent from the platform, as they do in its bundle. */
const platformLibraries: Plugin = {
    name: "platform-libraries",
    setup(on) {
        const globals: Readonly<Record<string, string>> = { react: "Reactv16", "@fluentui/react-components": "FluentUIReactv940" };
        on.onResolve({ filter: /^(?:react|@fluentui\/react-components)$/ }, ({ path }) => ({ path, namespace: "platform" }));
        on.onLoad({ filter: /.*/, namespace: "platform" }, ({ path }) => ({ contents: `module.exports = globalThis.${globals[path] ?? path};`, loader: "js" }));
    },
};

/** Bundles page scripts, style sheets and the service worker; keys are paths on the server. */
export async function bundlePages(): Promise<Map<string, Asset>> {
    const common = { bundle: true, write: false, target: "es2022", legalComments: "none", logLevel: "silent", absWorkingDir: here } as const;
    const [pages, worker] = await Promise.all([
        build({
            ...common,
            entryPoints: Object.entries(entries).map(([out, path]) => ({ in: join(here, path), out })),
            outdir: join(here, ".out"),
            format: "iife",
            sourcemap: "inline",
            plugins: [platformLibraries],
            // As the control is compiled.
            jsx: "transform",
        }),
        build({ ...common, entryPoints: [join(here, "sw/sw.ts")], outfile: join(here, ".out/sw.js"), format: "iife" }),
    ]);
    const assets = new Map<string, Asset>();
    for (const file of pages.outputFiles) {
        const name = file.path.slice(file.path.lastIndexOf("/.out/") + "/.out/".length);
        assets.set(`/assets/${name}`, { type: name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8", body: file.contents });
    }
    for (const file of worker.outputFiles) {
        assets.set("/sw.js", { type: "text/javascript; charset=utf-8", body: file.contents });
    }
    return assets;
}

const resolvePackage = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/**
 * Where the platform's libraries lie. React 16.14.0 and Fluent are the platform's own builds as Microsoft ships them with the test
 * harness (S); model-driven apps run React 17.0.2 (D), whose UMD builds are React's own.
 */
export function platformFiles(): ReadonlyMap<string, string> {
    const harness = join(resolvePackage("pcf-start"), "lib");
    return new Map([
        ["/platform/react-16.js", join(harness, "react_16_14_0.js")],
        ["/platform/react-17.js", join(resolvePackage("react-17"), "umd/react.production.min.js")],
        ["/platform/react-dom-17.js", join(resolvePackage("react-dom-17"), "umd/react-dom.production.min.js")],
        ["/platform/fluent.js", join(harness, "fluent_9_4_0.js")],
    ]);
}

const titles: Record<PageName, string> = { app: "Sales Hub", "custom-page": "Help desk (custom page)", designer: "Form designer", admin: "Environment variables", setup: "Chat with an agent: set-up", examples: "Form scripts", bare: "Bare host", gallery: "Gallery" };

const favicon =
    "data:image/svg+xml," +
    encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#0f6cbd"/><path d="M4 5h8v5H8l-2.5 2V10H4z" fill="#fff"/></svg>');

/** The HTML of a page: nothing but its script and style sheet; everything else is made by the script. */
export function pageHtml(page: PageName): string {
    return `<!doctype html>
<html lang="en" data-page="${page}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${titles[page]}</title>
<link rel="icon" href="${favicon}">
<link rel="stylesheet" href="/assets/${page}.css">
<script defer src="/assets/${page}.js"></script>
</head>
<body></body>
</html>
`;
}
