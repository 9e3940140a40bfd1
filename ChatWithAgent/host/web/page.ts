// Owns the browser's side of the page: clock, idle time, and what is really on the screen.
import type { Page } from "../host";
import { createMarker } from "./marker";

/** An idle moment is waited for this long at the most, in milliseconds. */
const IDLE = 3_000;

export function createPage(page: Window): Page {
    const after = (milliseconds: number, callback: () => void): (() => void) => {
        const timer = page.setTimeout(callback, milliseconds);
        return () => page.clearTimeout(timer);
    };
    return {
        clock: { after },
        marker: createMarker(page),
        hasFunction: (name) => typeof (page as unknown as Record<string, unknown>)[name] === "function",
        isOnline: () => page.navigator.onLine,
        whenOnline(callback) {
            page.addEventListener("online", callback, { once: true });
            return () => page.removeEventListener("online", callback);
        },
        whenIdle(callback) {
            // Safari has no idle callback.
            if (!("requestIdleCallback" in page)) return after(IDLE, callback);
            const handle = page.requestIdleCallback(callback, { timeout: IDLE });
            return () => page.cancelIdleCallback(handle);
        },
        whenSeen(element, callback) {
            let inView = false;
            const stop = (): void => {
                observer.disconnect();
                page.document.removeEventListener("visibilitychange", check);
            };
            const check = (): void => {
                if (!inView || page.document.visibilityState !== "visible") return;
                stop();
                callback();
            };
            const observer = new IntersectionObserver((entries) => {
                inView = entries[entries.length - 1]?.isIntersecting ?? false;
                check();
            });
            observer.observe(element);
            page.document.addEventListener("visibilitychange", check);
            return stop;
        },
    };
}
