// Owns the server process of one test worker: the demo on a free port, its address on the first line of the output. BUNDLE_DIR names another build than the last.
import { startDemo } from "../../demo/server";

const bundleDir = process.env["BUNDLE_DIR"];

startDemo({ port: 0, ...(bundleDir === undefined ? {} : { bundleDir }) }).then(
    ({ url }) => console.log(url),
    (error: unknown) => {
        console.error(error);
        process.exit(1);
    },
);
// The worker is gone when it no longer holds the other end.
process.stdin.on("end", () => process.exit(0)).resume();
