// Owns the frame's line to the page around it, and what the frame's address says.
import type { FrameMessage, PageMessage } from "./messages.ts";

const query = new URLSearchParams(location.search);

/** A `data-*` attribute of the page's tag, or `hostname`; trimmed, empty counts as missing. */
export function attribute(name: string): string | undefined {
  const value = query.get(name)?.trim();
  return value === "" ? undefined : value;
}

/** An attribute that says yes. */
export function says(name: string): boolean {
  return attribute(name)?.toLowerCase() === "true";
}

/** Details pass through JSON: of an `Error` nothing is left. */
export function tell(message: FrameMessage): void {
  window.parent.postMessage(JSON.parse(JSON.stringify(message)), "*");
}

/** Raises an event in the page; with `duplicate` once more after 500 ms (seen). */
export function raise(name: string, detail: unknown, duplicate: boolean): void {
  const event: FrameMessage = { lcw: "event", name, ...(detail === undefined ? {} : { detail }) };
  tell(event);
  if (duplicate) setTimeout(() => tell(event), 500);
}

/** Hears what the page says. */
export function listen(listener: (message: PageMessage) => void): void {
  window.addEventListener("message", ({ source, data }: MessageEvent<PageMessage>) => {
    if (source === window.parent && typeof data === "object") listener(data);
  });
}
