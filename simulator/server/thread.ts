// Owns the chat thread service under /acs: messages, typing, participants, and the event stream that pushes to the
// widget.
import type { ContactCentre, Conversation, Message } from "./contact-centre.ts";
import { isObject, openEventStream, readJson, sendJson, type EventStream, type Exchange } from "./http.ts";

const AGENT_USER = "8:acs:simulator-agent";
const SYSTEM_USER = "8:acs:simulator-system";

const senderOf = (conversation: Conversation, message: Message): { kind: string; communicationUserId: string } => ({
  kind: "communicationUser",
  communicationUserId:
    message.from === "customer" ? conversation.visitorId : message.from === "agent" ? AGENT_USER : SYSTEM_USER,
});

/** A message in the shape of the thread service's list (seen). */
function listed(conversation: Conversation, message: Message): Record<string, unknown> {
  return {
    id: message.id,
    type: "text",
    sequenceId: String(message.sequence),
    version: message.id,
    content: { message: message.text },
    sender: senderOf(conversation, message),
    senderDisplayName: message.name,
    createdOn: message.time,
    metadata: message.metadata,
  };
}

/** A message in the shape of the client's `chatMessageReceived` event (S). */
function pushed(conversation: Conversation, message: Message): Record<string, unknown> {
  return {
    threadId: conversation.threadId,
    id: message.id,
    type: "Text",
    version: message.id,
    message: message.text,
    createdOn: message.time,
    sender: senderOf(conversation, message),
    senderDisplayName: message.name,
    recipient: { kind: "communicationUser", communicationUserId: conversation.visitorId },
    metadata: message.metadata,
  };
}

/** The thread service of one contact centre. */
export class ThreadService {
  readonly #centre: ContactCentre;
  readonly #streams = new Map<string, Set<EventStream>>();
  readonly #stopListening: () => void;

  constructor(centre: ContactCentre) {
    this.#centre = centre;
    this.#stopListening = centre.listen((change) => {
      if (change.type === "message")
        this.#push(change.conversation, "chatMessageReceived", pushed(change.conversation, change.message));
      if (change.type === "agent-typing") {
        this.#push(change.conversation, "typingIndicatorReceived", {
          threadId: change.conversation.threadId,
          version: String(Date.now()),
          receivedOn: new Date().toISOString(),
          senderDisplayName: change.conversation.agent ?? "Agent",
          sender: { kind: "communicationUser", communicationUserId: AGENT_USER },
          recipient: { kind: "communicationUser", communicationUserId: change.conversation.visitorId },
        });
      }
      if (change.type === "agent-left") {
        this.#push(change.conversation, "participantsRemoved", {
          threadId: change.conversation.threadId,
          version: String(Date.now()),
          removedOn: new Date().toISOString(),
          removedBy: { id: { kind: "communicationUser", communicationUserId: SYSTEM_USER }, displayName: "system" },
          participantsRemoved: [
            {
              id: { kind: "communicationUser", communicationUserId: AGENT_USER },
              displayName: change.conversation.agent ?? "Agent",
            },
          ],
        });
      }
    });
  }

  /** Whether a path of the thread service is the push stream. */
  static isPush(parts: readonly string[]): boolean {
    return parts[4] === "events";
  }

  /** Answers a request under /acs/chat/threads. */
  async answer(at: Exchange): Promise<void> {
    const { parts, response, request, method, url } = at;
    const conversation = this.#centre.conversation(parts[3] ?? "");
    if (conversation === undefined)
      return sendJson(response, 404, { error: { code: "NotFound", message: "No such thread." } });
    const token = ThreadService.isPush(parts)
      ? url.searchParams.get("token")
      : request.headers.authorization?.replace(/^Bearer /i, "");
    if (token !== conversation.token)
      return sendJson(response, 401, { error: { code: "Unauthorized", message: "The token is for another thread." } });
    const what = parts[4] ?? "";
    if (what === "events" && method === "GET") {
      const streams = this.#streams.get(conversation.threadId) ?? new Set<EventStream>();
      this.#streams.set(conversation.threadId, streams);
      const stream = openEventStream(response, () => void streams.delete(stream));
      streams.add(stream);
      return;
    }
    if (what === "messages" && method === "POST") {
      const body = await readJson(request);
      const content = isObject(body) && typeof body["content"] === "string" ? body["content"] : "";
      if (conversation.state === "ended")
        return sendJson(response, 403, { error: { code: "Forbidden", message: "The conversation has ended." } });
      const given = isObject(body) && isObject(body["metadata"]) ? body["metadata"] : {};
      const metadata = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
      return sendJson(response, 201, { id: this.#centre.customerSays(conversation, content, metadata).id });
    }
    if (what === "messages" && method === "GET") {
      return sendJson(response, 200, {
        value: [...conversation.messages].reverse().map((message) => listed(conversation, message)),
      });
    }
    if (what === "typing" && method === "POST") {
      this.#centre.customerTypes(conversation);
      return sendJson(response, 200, {});
    }
    if (what === "participants") {
      return sendJson(response, 200, {
        value: [
          { id: { kind: "communicationUser", communicationUserId: conversation.visitorId }, displayName: "Customer" },
        ],
      });
    }
    if (what === "readReceipts") return sendJson(response, 200, { value: [] });
    if (what === "" && method === "GET")
      return sendJson(response, 200, { id: conversation.threadId, topic: "Chat", createdOn: conversation.createdOn });
    return sendJson(response, 404, { error: { code: "NotFound", message: "Not simulated." } });
  }

  /** Ends all streams. */
  close(): void {
    this.#stopListening();
    for (const streams of this.#streams.values()) for (const stream of streams) stream.close();
    this.#streams.clear();
  }

  #push(conversation: Conversation, event: string, data: unknown): void {
    for (const stream of this.#streams.get(conversation.threadId) ?? []) stream.send(event, data);
  }
}
