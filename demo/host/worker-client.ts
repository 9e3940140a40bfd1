// Owns the page's side of the service worker: it is in charge of the page before any script of the control is loaded.

/** Whether the contact centre's host names are answered here: by the worker, by the test's own routing, or not at all. */
export type WorkerState = "in-charge" | "switched-off" | "bypassed" | "unsupported";

const controlled = (): boolean => navigator.serviceWorker.controller !== null;

function takeover(milliseconds: number): Promise<boolean> {
    if (controlled()) return Promise.resolve(true);
    return new Promise((done) => {
        const timer = setTimeout(() => done(controlled()), milliseconds);
        navigator.serviceWorker.addEventListener("controllerchange", () => {
            clearTimeout(timer);
            done(true);
        }, { once: true });
    });
}

/** Takes away a worker that an earlier visit has left, too: else it would go on answering. */
async function switchOff(): Promise<WorkerState> {
    if ("serviceWorker" in navigator && controlled()) {
        for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
        location.reload();
        await new Promise(() => undefined);
    }
    return "switched-off";
}

/** Registers the worker and waits until it controls this page. A forced reload bypasses it: then it is asked to claim the page again. */
export async function startWorker(): Promise<WorkerState> {
    if (new URLSearchParams(location.search).get("sw") === "off") return switchOff();
    if (!("serviceWorker" in navigator)) return "unsupported";
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    const registration = await navigator.serviceWorker.ready;
    if (controlled()) return "in-charge";
    const taken = takeover(2000);
    registration.active?.postMessage("claim");
    return (await taken) ? "in-charge" : "bypassed";
}
