// Owns the start of every page: service worker, platform libraries, bundle, and window.demoHost.
import { allUsers, defaultUser, userCookie, type SampleUser } from "../dataverse/seed";
import { createHost, type HostParts } from "./host";
import { loadManifest, loadTexts, textOf, type Texts } from "./manifest";
import { loadControl, loadPlatform } from "./platform";
import type { DemoHost, HostInstance, HostKind } from "./types";
import { startWorker, type WorkerState } from "./worker-client";

declare global {
    interface Window {
        demoHost: DemoHost;
    }
}

export interface StartOptions {
    readonly kind: HostKind;
    readonly mounts: () => HTMLElement;
    /** The languages that can be chosen; all when it is left out. */
    readonly languages?: readonly number[];
    readonly changed?: (instance: HostInstance | null) => void;
    readonly raised?: (instance: HostInstance, event: string) => void;
}

export interface StartedHost {
    readonly host: DemoHost;
    readonly worker: WorkerState;
    readonly texts: Texts;
    /** A text of the control in a language, as designers show names and descriptions. */
    text(key: string, languageId?: number): string;
}

/** Who is signed in, by the demo's cookie. */
export function currentUser(): SampleUser {
    const id = new RegExp(`(?:^|;\\s*)${userCookie}=([^;]*)`).exec(document.cookie)?.[1]?.toLowerCase();
    return allUsers.find((user) => user.id === id) ?? defaultUser;
}

/** Signs in as somebody else: on a shared browser, that is a new page load with another cookie. */
export function signIn(user: SampleUser): void {
    document.cookie = `${userCookie}=${user.id}; path=/; samesite=lax`;
    location.reload();
}

/** Shows a line across the page; for what a person must do before the demo can go on. */
export function showNotice(text: string, action?: { label: string; run: () => void }): void {
    const notice = document.createElement("div");
    notice.setAttribute("role", "alert");
    notice.style.cssText =
        "position:fixed;inset:auto 0 24px 0;margin:auto;width:max-content;max-width:calc(100vw - 32px);box-sizing:border-box;display:flex;gap:16px;align-items:center;padding:12px 16px;border-radius:6px;background:#fff;color:#242424;font:14px/20px 'Segoe UI',sans-serif;box-shadow:0 8px 16px rgba(0,0,0,.24);z-index:100000";
    notice.append(text);
    if (action !== undefined) {
        const button = document.createElement("button");
        button.textContent = action.label;
        button.style.cssText = "font:600 14px/20px 'Segoe UI',sans-serif;padding:5px 12px;border:0;border-radius:4px;background:#0f6cbd;color:#fff;cursor:pointer";
        button.addEventListener("click", action.run);
        notice.append(button);
    }
    document.body.append(notice);
}

/**
 * Starts the host of a page. With the service worker bypassed (a forced reload), the bundle is not loaded at all:
 * nothing may leave the machine.
 */
export async function startHost(options: StartOptions): Promise<StartedHost> {
    const worker = await startWorker();
    if (worker === "bypassed" || worker === "unsupported") {
        showNotice(worker === "bypassed" ? "The forced reload went past the demo's service worker." : "This browser has no service workers here: open the demo at 127.0.0.1 or localhost.", {
            label: "Reload",
            run: () => location.reload(),
        });
        throw new Error("The demo's service worker is not in charge of this page.");
    }
    const asked = new URLSearchParams(location.search).get("react");
    const version = asked === "16" || asked === "17" ? asked : options.kind === "canvas" ? "16" : "17";
    const [platform, manifest] = await Promise.all([loadPlatform(version), loadManifest()]);
    const [Control, texts] = await Promise.all([loadControl(), loadTexts(manifest, options.languages)]);
    const user = currentUser();
    const parts: HostParts = {
        platform,
        Control,
        manifest,
        texts,
        kind: options.kind,
        user: { id: user.id, name: user.name },
        mounts: options.mounts,
        ...(options.changed === undefined ? {} : { changed: options.changed }),
        ...(options.raised === undefined ? {} : { raised: options.raised }),
    };
    const host = createHost(parts);
    window.demoHost = host;
    return { host, worker, texts, text: (key, languageId = 1033) => textOf(texts, languageId, key) ?? key };
}

/** Tells tests that the page can be driven. */
export function ready(): void {
    document.documentElement.dataset.ready = "true";
}

/** Shows why a page could not start. */
export function failed(error: unknown): void {
    console.error(error);
    document.documentElement.dataset.ready = "failed";
    const message = error instanceof Error ? error.message : String(error);
    if (document.querySelector("[role=alert]") === null) showNotice(message);
}
