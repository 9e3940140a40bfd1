// Owns the page without anything on the widget's hosts, which keeps the process of their frames alive between two tests.
import type { ServerResponse } from "node:http";

export const EMPTY_PAGE = "/empty";

/** Answers a request for it. */
export function sendEmptyPage(path: string | undefined, response: ServerResponse): boolean {
    if (path !== EMPTY_PAGE) return false;
    response.writeHead(200, { "content-type": "text/html", "cache-control": "no-store" }).end("<!doctype html>");
    return true;
}
