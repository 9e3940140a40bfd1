// Owns the server process of the benchmark: the demo with the build in BUNDLE_DIR, and in front of its contact centre
// Microsoft's host names over TLS, so that connections cost what they are.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { startDemo } from "../../demo/server";
import { createCertificate } from "../certificate";
import { ORG_HOST, SCRIPT_HOST } from "./hosts";

/** The second stage, compressed as a script host's network delivers it. */
const secondStage = gzipSync(readFileSync(join(__dirname, "../../simulator/built/second-stage.js")));

async function main(): Promise<void> {
    const bundleDir = process.env["BUNDLE_DIR"];
    const demo = await startDemo({ port: 0, ...(bundleDir === undefined ? {} : { bundleDir }) });
    const certificate = createCertificate([SCRIPT_HOST, ORG_HOST]);
    const front = createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
        if (request.url?.endsWith("/stage2/LiveChatWidget.js")) {
            demo.simulator.state.record("second-stage", "GET", request.url);
            response.writeHead(200, {
                "content-type": "text/javascript; charset=utf-8",
                "content-encoding": "gzip",
                "content-length": secondStage.length,
                "cache-control": "max-age=3600",
                "access-control-allow-origin": "*",
            });
            response.end(secondStage);
            return;
        }
        // The contact centre names the place of its messages by this header, and they go over plain http. The script host is itself.
        if (!request.url?.startsWith("/livechatwidget/")) request.headers.host = new URL(demo.url).host;
        if (demo.simulator.handle(request, response)) return;
        response.writeHead(404);
        response.end();
    });
    await new Promise<void>((listening) => front.listen(0, "127.0.0.1", listening));
    const address = front.address();
    console.log(
        JSON.stringify({
            url: demo.url,
            tlsPort: typeof address === "object" ? address?.port : undefined,
            fingerprint: certificate.fingerprint,
        }),
    );
}

main().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
});
// The benchmark is gone when it no longer holds the other end.
process.stdin.on("end", () => process.exit(0)).resume();
