// Owns the demo's http server: puts together the pages, the production bundle, the in-memory Dataverse and the contact centre.
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dirname, extname, join, normalize, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { createSimulator, listenOnLoopback, type Simulator } from "../simulator/server/index";
import { bundlePages, pageHtml, platformFiles, type PageName } from "./assets";
import { createDataverse, type Dataverse } from "./dataverse/service";
import { exampleFiles } from "./pages/examples";

/** A running demo. */
export interface Demo {
    readonly url: string;
    readonly simulator: Simulator;
    readonly dataverse: Dataverse;
    close(): Promise<void>;
}

export interface DemoOptions {
    /** 0: any free port. */
    readonly port: number;
    /** Folder of the production build; by default out/controls/ChatWithAgent. */
    readonly bundleDir?: string;
}

const here = dirname(fileURLToPath(import.meta.url));

/** `/main.aspx` is the address model-driven apps have for their records (D), so that a record's link can be opened here, too. */
const pages: Readonly<Record<string, PageName>> = {
    "/": "app",
    "/main.aspx": "app",
    "/custom-page": "custom-page",
    "/designer": "designer",
    "/admin": "admin",
    "/setup": "setup",
    "/examples": "examples",
    "/bare": "bare",
    "/gallery": "gallery",
};

const types: Readonly<Record<string, string>> = {
    ".js": "text/javascript; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".xml": "text/xml; charset=utf-8",
    ".resx": "text/xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
};

function send(response: ServerResponse, status: number, type: string, body: string | Uint8Array, cache = "no-store"): void {
    response.writeHead(status, { "content-type": type, "cache-control": cache, "content-length": typeof body === "string" ? Buffer.byteLength(body) : body.byteLength });
    response.end(body);
}

const notFound = (response: ServerResponse): void => send(response, 404, "text/plain; charset=utf-8", "Not found.");

/** Where the platform serves web resources from (D), and what the solution brings of them. */
const webResources = "/WebResources/cwa_/chat-with-agent/";

/** Starts the demo on both loopback addresses. Rejects with one clear line when the port is taken. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
    const bundleDir = resolve(options.bundleDir ?? join(here, "../out/controls/ChatWithAgent"));
    const simulator = createSimulator();
    const dataverse = createDataverse(simulator.state);
    const assets = await bundlePages();
    const platform = platformFiles();

    async function sendFile(response: ServerResponse, path: string, cache?: string): Promise<void> {
        const body = await readFile(path).catch(() => null);
        if (body === null) return notFound(response);
        send(response, 200, types[extname(path)] ?? "application/octet-stream", body, cache);
    }

    function answer(request: IncomingMessage, response: ServerResponse): void {
        if (simulator.handle(request, response) || dataverse.handle(request, response)) return;
        const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
        const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
        if (page !== undefined) return send(response, 200, "text/html; charset=utf-8", pageHtml(page));
        const asset = assets.get(path);
        if (asset !== undefined) return send(response, 200, asset.type, asset.body);
        const library = platform.get(path);
        if (library !== undefined) return void sendFile(response, library, "max-age=3600");
        if (path.startsWith("/control-bundle/")) {
            const file = normalize(join(bundleDir, decodeURIComponent(path.slice("/control-bundle/".length))));
            return file.startsWith(bundleDir + sep) ? void sendFile(response, file) : notFound(response);
        }
        if (path.startsWith(webResources)) {
            const name = path.slice(webResources.length);
            return /^(?:(?:chat|setup)\.\w+|texts\/(?:setup\.)?\d+\.js)$/.test(name) ? void sendFile(response, join(here, "../out/page", name)) : notFound(response);
        }
        if (path.startsWith(exampleFiles)) {
            const name = path.slice(exampleFiles.length);
            return /^[\w-]+\.js$/.test(name) ? void sendFile(response, join(here, "../docs/examples", name)) : notFound(response);
        }
        notFound(response);
    }

    // The chat's frame is asked for at `localhost`, which may be IPv6.
    const server = await listenOnLoopback((request, response) => {
        try {
            answer(request, response);
        } catch {
            if (response.headersSent) response.destroy();
            else send(response, 400, "text/plain; charset=utf-8", "Bad request.");
        }
    }, options.port);
    return {
        url: `http://127.0.0.1:${String(server.port)}`,
        simulator,
        dataverse,
        async close() {
            await simulator.close();
            await server.close();
        },
    };
}
