// Owns the way to the administrator's page: it is opened once the worker answers for the contact centre, and in a document of its own, as from a link.
import { failed, ready } from "../host";
import { startWorker } from "../host/worker-client";
import "./bare.css";

async function start(): Promise<void> {
    await startWorker();
    location.replace(`/WebResources/cwa_/chat-with-agent/setup.html${location.search}`);
}

start().then(ready, failed);
