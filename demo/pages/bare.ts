// Owns the bare test page: the host and an empty #mounts, nothing else.
import { failed, ready, startHost } from "../host";
import "./bare.css";

const mounts = document.createElement("main");
mounts.id = "mounts";
document.body.append(mounts);

// English alone, as the platform hands out one language: to read all takes longer than the rest of the page.
startHost({ kind: "model-driven", mounts: () => mounts, languages: [1033] }).then(ready, failed);
