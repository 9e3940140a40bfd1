// Owns the server process of one test worker: the demo, and before its contact centre Microsoft's host names over TLS.
// BUNDLE_DIR names another build than the last.
import { createServer } from "node:https";
import { startDemo } from "../demo/server";
import { createCertificate } from "./certificate";

async function main(): Promise<void> {
    const bundleDir = process.env["BUNDLE_DIR"];
    const demo = await startDemo({ port: 0, ...(bundleDir === undefined ? {} : { bundleDir }) });
    const certificate = createCertificate(["oc-cdn-ocprod.azureedge.net", "*.omnichannelengagementhub.com"]);
    const front = createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
        // The contact centre names the place of its messages by this header, and they go over plain http.
        request.headers.host = new URL(demo.url).host;
        if (!demo.simulator.handle(request, response)) response.writeHead(404).end();
    });
    await new Promise<void>((listening) => front.listen(0, "127.0.0.1", listening));
    const address = front.address();
    const tlsPort = typeof address === "object" ? address?.port : undefined;
    console.log(JSON.stringify({ url: demo.url, tlsPort, fingerprint: certificate.fingerprint }));
}

main().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
});
// The worker is gone when it no longer holds the other end.
process.stdin.on("end", () => process.exit(0)).resume();
