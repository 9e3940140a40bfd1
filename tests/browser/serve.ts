// Owns the server process of one test worker: the demo on a free port, its address on the first line of the output.
import { startDemo } from "../../demo/server";

startDemo({ port: 0 }).then(
    ({ url }) => console.log(url),
    (error: unknown) => {
        console.error(error);
        process.exit(1);
    },
);
// The worker is gone when it no longer holds the other end.
process.stdin.on("end", () => process.exit(0)).resume();
