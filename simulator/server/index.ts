// Owns the simulator as others use it: one request handler that mounts on any Node http server, and a standalone start.
import type { IncomingMessage, ServerResponse } from "node:http";
import { AgentConsole } from "./agent.ts";
import { ContactCentre } from "./contact-centre.ts";
import { answerControl } from "./control.ts";
import type { RequestKind } from "./faults.ts";
import { allowCrossOrigin, exchange, send, sendJson, type Exchange } from "./http.ts";
import { listenOnLoopback } from "./loopback.ts";
import { samplePage } from "./sample-page.ts";
import { answerScriptHost, scriptKind } from "./script-host.ts";
import type { Seed } from "./seed.ts";
import { answerService, readServicePath } from "./service.ts";
import { ThreadService } from "./thread.ts";

export { listenOnLoopback, type LoopbackServer } from "./loopback.ts";
export { ensureSimulator, ensureWidgetBundle } from "../setup.mjs";
export type { ContactCentre, Conversation, Message, RecordedRequest } from "./contact-centre.ts";
export type { Fault, FaultInput, RequestKind } from "./faults.ts";
export type { LinkedRecord, LinkResult } from "./linking.ts";
export type { ConversationView } from "./view.ts";
export * from "./seed.ts";

/** How a simulator is to be made. */
export interface SimulatorOptions {
  /** Replaces parts of the sample data. */
  readonly seed?: Partial<Seed>;
  /** Gets one line per request. */
  readonly log?: (line: string) => void;
}

/** A contact centre that answers requests. */
export interface Simulator {
  /**
   * Answers the request if it is one of the simulator's; returns false (and does nothing) otherwise. Mounts on any
   * node http server.
   */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** In-process access: organisations, widgets, conversations, contacts, accounts, faults. */
  readonly state: ContactCentre;
  /** Ends all event streams, timers and hanging answers. */
  close(): Promise<void>;
}

const FOLDERS = new Set(["livechatwidget", "livechatconnector", "inbound", "acs", "agent", "control"]);

/** What a fault's body is, where it is no JSON. */
const TYPES: Partial<Record<RequestKind, string>> = {
  script: "text/javascript",
  "second-stage": "text/javascript",
  frame: "text/html",
};

/**
 * Makes a contact centre with the sample data. It opens no port: mount `handle` on a server, or use `startSimulator`.
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const centre = new ContactCentre(options.seed);
  const threads = new ThreadService(centre);
  const agents = new AgentConsole(centre);
  const hanging = new Set<ServerResponse>();
  const timers = new Set<NodeJS.Timeout>();

  const answer = async (at: Exchange, kind: RequestKind | undefined): Promise<void> => {
    const { parts, response } = at;
    const service = readServicePath(parts);
    if (kind !== undefined) {
      const fault = centre.faults.take(kind, service?.widgetId);
      if (fault?.delayMs !== undefined && fault.delayMs > 0) {
        const ms = fault.delayMs;
        hanging.add(response);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(() => {
            timers.delete(timer);
            resolve();
          }, ms);
          timers.add(timer);
        });
        hanging.delete(response);
      }
      if (fault?.hang === true) {
        hanging.add(response);
        response.on("close", () => hanging.delete(response));
        return;
      }
      if (fault?.blocked === true) return void response.destroy();
      if (fault?.body !== undefined)
        return send(response, fault.status ?? 200, TYPES[kind] ?? "application/json; charset=utf-8", fault.body);
      if (fault?.status !== undefined)
        return sendJson(response, fault.status, { message: "A fault set by the control interface." });
    }
    switch (parts[0]) {
      case "livechatwidget":
        return answerScriptHost(at);
      case "acs":
        return threads.answer(at);
      case "agent":
        return agents.answer(at);
      case "control":
        return answerControl(centre, at);
      default:
        return service === undefined
          ? sendJson(response, 404, { message: "Not simulated." })
          : answerService(centre, service, at);
    }
  };

  return {
    state: centre,
    handle(request, response) {
      if (!FOLDERS.has(/^\/([^/?]*)/.exec(request.url ?? "")?.[1] ?? "")) return false;
      const at = exchange(request, response);
      allowCrossOrigin(at);
      if (at.method === "OPTIONS") {
        send(response, 204, "text/plain", "");
        return true;
      }
      const kind = kindOf(at);
      if (at.parts[0] !== "control" && at.parts[0] !== "agent") {
        centre.record(kind ?? "other", at.method, at.url.pathname);
        options.log?.(`${at.method} ${at.url.pathname}`);
      }
      answer(at, kind).catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        options.log?.(`failed: ${message}`);
        sendJson(response, 503, { message });
      });
      return true;
    },
    close() {
      threads.close();
      agents.close();
      for (const timer of timers) clearTimeout(timer);
      for (const response of hanging) response.destroy();
      return Promise.resolve();
    },
  };
}

function kindOf({ parts }: Exchange): RequestKind | undefined {
  if (parts[0] === "livechatwidget") return scriptKind(parts);
  if (parts[0] === "acs")
    return ThreadService.isPush(parts)
      ? "push"
      : parts[4] === "messages"
        ? "messages"
        : parts[4] === "typing"
          ? "typing"
          : undefined;
  return readServicePath(parts)?.kind;
}

/** Starts a simulator on a port of both loopback addresses (0: any free one), with a sample page at `/`. */
export async function startSimulator(
  options: SimulatorOptions & { readonly port: number },
): Promise<{ url: string; simulator: Simulator; close(): Promise<void> }> {
  const simulator = createSimulator(options);
  const server = await listenOnLoopback((request, response) => {
    if (simulator.handle(request, response)) return;
    const path = (request.url ?? "/").split("?")[0];
    if (path === "/")
      return send(
        response,
        200,
        "text/html; charset=utf-8",
        samplePage(simulator.state, request.headers.host ?? "", request.url ?? "/"),
      );
    return sendJson(response, 404, { message: "Not found." });
  }, options.port);
  return {
    url: `http://127.0.0.1:${String(server.port)}`,
    simulator,
    async close() {
      await simulator.close();
      await server.close();
    },
  };
}
