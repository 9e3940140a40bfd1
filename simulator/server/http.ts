// Owns the small helpers around Node's http that all parts of the server use.
import type { IncomingMessage, ServerResponse } from "node:http";

/** One request on its way through the simulator. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly url: URL;
  /** Decoded path parts. */
  readonly parts: readonly string[];
}

/** Reads the exchange out of a request. */
export function exchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const target = request.url ?? "/";
  const url = target.startsWith("/") ? new URL(`http://127.0.0.1${target}`) : new URL(target, "http://127.0.0.1");
  const parts = url.pathname
    .split("/")
    .slice(1)
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
  return { request, response, method: request.method ?? "GET", url, parts };
}

/**
 * The CORS headers; the exposed ones are those the chat SDK reads (seen). The control interface and the agent's
 * console get none: no other
 * site that is open in the browser shall steer them.
 */
export function allowCrossOrigin({ request, response, parts }: Exchange): void {
  if (parts[0] === "control" || parts[0] === "agent") return;
  response.setHeader("access-control-allow-origin", request.headers.origin ?? "*");
  response.setHeader("vary", "Origin");
  response.setHeader("access-control-allow-methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  response.setHeader("access-control-allow-headers", request.headers["access-control-request-headers"] ?? "*");
  response.setHeader("access-control-expose-headers", "date, errorcode, transaction-id, oc-sessionid, authcodenonce");
  response.setHeader("access-control-allow-private-network", "true");
  response.setHeader("access-control-max-age", "600");
}

/** Answers with JSON; undefined is an empty body. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(
    response,
    status,
    "application/json; charset=utf-8",
    status === 204 || body === undefined ? "" : JSON.stringify(body),
  );
}

/** Answers with a body of a type. */
export function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "content-length": Buffer.byteLength(body),
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

/** The request's body as text, at most 5 MB. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += buffer.length;
    if (size > 5_000_000) throw new Error("The body is too large.");
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The request's body as JSON; undefined when it is empty or none. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request);
  try {
    return text.trim() === "" ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** True for a plain object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An open event stream to a browser. */
export interface EventStream {
  send(event: string, data: unknown): void;
  close(): void;
}

/** Opens an event stream; `onClose` is called once, whoever ends it. */
export function openEventStream(response: ServerResponse, onClose: () => void): EventStream {
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    connection: "keep-alive",
  });
  response.write("retry: 1000\n\n");
  response.on("close", onClose);
  return {
    send: (event, data) => void response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    close: () => void response.end(),
  };
}
