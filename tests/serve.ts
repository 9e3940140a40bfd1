// Owns the server process of one test worker: the demo, and for the real widget Microsoft's host names over TLS.
// BUNDLE_DIR names another build than the last.
import { createServer } from "node:https";
import { startDemo } from "../demo/server";
import type { Demo } from "../demo/server";
import { ensureSimulator } from "../simulator/server/index";
import { createCertificate } from "./certificate";
import { sendEmptyPage } from "./empty-page";

/** Puts script host and organization's host over TLS in front of the demo's contact centre. */
async function serveMicrosoft(demo: Demo): Promise<{ readonly tlsPort: number; readonly fingerprint: string }> {
    // The first start installs Microsoft's widget. The first line of stdout belongs to the worker.
    await ensureSimulator((line) => console.error(line));
    const { key, cert, fingerprint } = createCertificate(["*.azureedge.net", "*.omnichannelengagementhub.com"]);
    const front = createServer({ key, cert }, (request, response) => {
        if (sendEmptyPage(request.url, response)) return;
        // The service names the place of its messages by this header, and they go over plain http.
        if (!request.url?.startsWith("/livechatwidget/")) request.headers.host = new URL(demo.url).host;
        if (!demo.simulator.handle(request, response)) response.writeHead(404).end();
    });
    await new Promise<void>((listening) => front.listen(0, "127.0.0.1", listening));
    const address = front.address();
    return { tlsPort: typeof address === "object" && address !== null ? address.port : 0, fingerprint };
}

async function main(isReal: boolean): Promise<void> {
    const bundleDir = process.env["BUNDLE_DIR"];
    const demo = await startDemo({ port: 0, ...(bundleDir === undefined ? {} : { bundleDir }) });
    console.log(JSON.stringify({ url: demo.url, ...(isReal ? await serveMicrosoft(demo) : {}) }));
}

main(process.argv[2] === "real").catch((error: unknown) => {
    console.error(error);
    process.exit(1);
});
// The worker is gone when it no longer holds the other end.
process.stdin.on("end", () => process.exit(0)).resume();
