// Owns the bare test page: the host and an empty #mounts, nothing else.
import { failed, ready, startHost } from "../host";
import "./bare.css";

const mounts = document.createElement("main");
mounts.id = "mounts";
document.body.append(mounts);

startHost({ kind: "model-driven", mounts: () => mounts }).then(ready, failed);
