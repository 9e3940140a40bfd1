// Owns the service worker: answers the contact centre's host names from this machine, and lets nothing else out.
import { contactCentre } from "../dataverse/seed";

interface WorkerScope {
    readonly location: Location;
    readonly clients: { claim(): Promise<void> };
    skipWaiting(): Promise<void>;
    addEventListener(
        type: "install" | "activate" | "message",
        listener: (event: Event & { waitUntil(work: Promise<unknown>): void; readonly data?: unknown }) => void,
    ): void;
    addEventListener(
        type: "fetch",
        listener: (
            event: Event & { readonly request: Request; respondWith(answer: Promise<Response> | Response): void },
        ) => void,
    ): void;
}

const worker = globalThis as unknown as WorkerScope;
const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** The same path on our own origin, or null for a host that the demo does not answer. */
function localAddress(url: URL): string | null {
    const answered =
        url.protocol === "https:" &&
        (url.host === contactCentre.orgHost ||
            (url.host === contactCentre.scriptHost && url.pathname.startsWith("/livechatwidget/")));
    return answered ? `${worker.location.origin}${url.pathname}${url.search}` : null;
}

async function answerFromHere(request: Request, address: string): Promise<Response> {
    const headers = new Headers(request.headers);
    const init: RequestInit = {
        method: request.method,
        headers,
        signal: request.signal,
        cache: "no-store",
        redirect: "follow",
    };
    if (request.method !== "GET" && request.method !== "HEAD") {
        init.body = await request.arrayBuffer();
    }
    try {
        return await fetch(address, init);
    } catch {
        return Response.error();
    }
}

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("message", (event) => {
    if (event.data === "claim") event.waitUntil(worker.clients.claim());
});
worker.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (!url.protocol.startsWith("http") || url.origin === worker.location.origin || loopback.has(url.hostname)) return;
    const address = localAddress(url);
    event.respondWith(address === null ? Response.error() : answerFromHere(event.request, address));
});
