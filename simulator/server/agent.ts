// Owns the agent's console on the server: its page, its event stream and its actions.
import type { ContactCentre } from "./contact-centre.ts";
import { isObject, openEventStream, readJson, send, sendJson, type EventStream, type Exchange } from "./http.ts";
import { readAsset, readBuilt } from "./files.ts";
import { viewOf } from "./view.ts";

/** The console of one contact centre. */
export class AgentConsole {
  readonly #centre: ContactCentre;
  readonly #streams = new Set<EventStream>();
  readonly #stopListening: () => void;
  #scheduled = false;
  #typingTimer: NodeJS.Timeout | undefined;

  constructor(centre: ContactCentre) {
    this.#centre = centre;
    this.#stopListening = centre.listen(() => this.#schedule());
  }

  /** Answers a request under /agent. */
  async answer(at: Exchange): Promise<void> {
    const { parts, response, request, method } = at;
    const [, what = "", id = "", action = ""] = parts;
    if (method === "GET" || method === "HEAD") {
      switch (what) {
        case "":
          return asset(at, "console/index.html", "text/html; charset=utf-8");
        case "console.css":
          return asset(at, "console/console.css", "text/css; charset=utf-8");
        case "console.js":
          return send(response, 200, "text/javascript; charset=utf-8", await readBuilt("console.js"));
        case "state":
          return sendJson(response, 200, this.#state());
        case "events": {
          const stream = openEventStream(response, () => void this.#streams.delete(stream));
          this.#streams.add(stream);
          return stream.send("state", this.#state());
        }
        default:
          return sendJson(response, 404, { message: "Not found." });
      }
    }
    if (what !== "conversations" || method !== "POST") return sendJson(response, 404, { message: "Not found." });
    return act(this.#centre, id, action, await readJson(request), at);
  }

  /** Ends all streams. */
  close(): void {
    this.#stopListening();
    clearTimeout(this.#typingTimer);
    for (const stream of this.#streams) stream.close();
    this.#streams.clear();
  }

  #state(): unknown {
    return {
      agents: this.#centre.agents,
      organisations: this.#centre.organisations.map(({ name }) => name),
      conversations: [...this.#centre.conversations].reverse().map((c) => viewOf(this.#centre, c)),
    };
  }

  #schedule(): void {
    if (this.#scheduled || this.#streams.size === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const state = this.#state();
      for (const stream of this.#streams) stream.send("state", state);
    });
    const typing = this.#centre.conversations.some((c) => c.state !== "ended" && c.customerTypingUntil > Date.now());
    if (typing) {
      clearTimeout(this.#typingTimer);
      this.#typingTimer = setTimeout(() => this.#schedule(), 5_100);
      this.#typingTimer.unref();
    }
  }
}

async function asset(at: Exchange, path: string, type: string): Promise<void> {
  send(at.response, 200, type, await readAsset(path));
}

/** Carries out an agent's action: accept, say, typing, end. Used by the console and the control interface. */
export function act(centre: ContactCentre, id: string, action: string, body: unknown, { response }: Exchange): void {
  const conversation = centre.conversation(id);
  if (conversation === undefined) return sendJson(response, 404, { message: "No such conversation." });
  const input = isObject(body) ? body : {};
  if (conversation.state === "ended" && action !== "end")
    return sendJson(response, 409, { message: "The conversation has ended." });
  switch (action) {
    case "accept":
      centre.accept(conversation, typeof input["agent"] === "string" ? input["agent"] : undefined);
      break;
    case "say": {
      const text = input["text"];
      if (typeof text !== "string" || text.trim() === "")
        return sendJson(response, 400, { message: "text is missing." });
      centre.agentSays(conversation, text);
      break;
    }
    case "typing":
      centre.agentTypes(conversation);
      break;
    case "end":
      centre.end(conversation, "agent");
      break;
    default:
      return sendJson(response, 404, { message: "Actions: accept, say, typing, end." });
  }
  return sendJson(response, 200, viewOf(centre, conversation));
}
