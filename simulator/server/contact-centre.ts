// Owns the state of the contact centre: organisations, widgets, people, conversations, faults and the record of
// requests.
import { createHash, randomUUID } from "node:crypto";
import { Faults, type RequestKind } from "./faults.ts";
import { linkRecord, type LinkedRecord, type LinkResult } from "./linking.ts";
import {
  DEFAULT_SETTINGS,
  SEED,
  type DirectoryRecord,
  type Organisation,
  type Seed,
  type Widget,
  type WidgetSettings,
} from "./seed.ts";

/** A line of a conversation. */
export interface Message {
  /** Epoch milliseconds: the widget tells history from new by it (S). */
  readonly id: string;
  readonly sequence: number;
  readonly from: "customer" | "agent" | "system";
  readonly name: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly time: string;
}

/** A conversation between a visitor and the agents. */
export interface Conversation {
  readonly id: string;
  readonly orgId: string;
  readonly widgetId: string;
  /** The chat SDK's request id: names the conversation in all later requests (S). */
  readonly requestId: string;
  readonly threadId: string;
  readonly visitorId: string;
  readonly token: string;
  readonly reconnectId: string;
  state: "queued" | "active" | "ended";
  /** As received, untouched. */
  readonly customContextData: unknown;
  readonly preChatResponse: unknown;
  readonly originUrl: string;
  readonly link: LinkResult;
  readonly contact: LinkedRecord | null;
  agent: string | null;
  readonly messages: Message[];
  readonly createdOn: string;
  acceptedOn: string | null;
  endedOn: string | null;
  endedBy: "agent" | "customer" | null;
  /** Until when the customer is shown as typing (epoch milliseconds). */
  customerTypingUntil: number;
}

/** A request the simulator has answered (or left hanging). */
export interface RecordedRequest {
  readonly kind: RequestKind | "other";
  readonly method: string;
  readonly path: string;
  readonly time: string;
}

/** What the contact centre tells its listeners. */
export type Change =
  | { readonly type: "conversations" }
  | { readonly type: "message"; readonly conversation: Conversation; readonly message: Message }
  | { readonly type: "agent-typing"; readonly conversation: Conversation }
  | { readonly type: "agent-left"; readonly conversation: Conversation };

/** What a start request carries. */
export interface StartInput {
  readonly orgId: string;
  readonly widgetId: string;
  readonly requestId: string;
  readonly customContextData: unknown;
  readonly preChatResponse?: unknown;
  readonly originUrl?: string;
  readonly reconnectId?: string;
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** An access token in the shape the chat client insists on: three parts, with `exp` (S: it decodes it). */
function accessToken(visitorId: string): string {
  const payload = { skypeid: visitorId, scp: 1792, exp: Math.floor(Date.now() / 1000) + 24 * 3600, jti: randomUUID() };
  const head = `${base64url({ alg: "none", typ: "JWT" })}.${base64url(payload)}`;
  return `${head}.${createHash("sha256").update(head).digest("base64url")}`;
}

/** The contact centre. All changes go through its methods, so that listeners hear of them. */
export class ContactCentre {
  readonly faults = new Faults();
  readonly requests: RecordedRequest[] = [];
  organisations: Organisation[] = [];
  widgets: Widget[] = [];
  contacts: DirectoryRecord[] = [];
  accounts: DirectoryRecord[] = [];
  agents: string[] = [];
  conversations: Conversation[] = [];
  readonly #seed: Seed;
  readonly #listeners = new Set<(change: Change) => void>();
  #lastMessageId = 0;

  constructor(seed: Partial<Seed> = {}) {
    this.#seed = { ...SEED, ...seed };
    this.reset();
  }

  /** Back to the sample data: no conversations, no faults, no recorded requests. */
  reset(): void {
    this.organisations = [...this.#seed.organisations];
    this.widgets = this.#seed.widgets.map(({ id, orgId, name, settings }) => ({
      id,
      orgId,
      name,
      settings: { ...DEFAULT_SETTINGS, ...settings },
    }));
    this.contacts = [...this.#seed.contacts];
    this.accounts = [...this.#seed.accounts];
    this.agents = [...this.#seed.agents];
    this.conversations = [];
    this.faults.clear();
    this.requests.length = 0;
    this.#tell({ type: "conversations" });
  }

  /** Hears of every change until the returned function is called. */
  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The widget of an organisation, by ids in any letter case. */
  widget(orgId: string, widgetId: string): Widget | undefined {
    return this.widgets.find((w) => same(w.id, widgetId) && same(w.orgId, orgId));
  }

  /** Changes some settings of a widget. */
  changeSettings(widget: Widget, settings: Partial<WidgetSettings>): void {
    const availability = { ...widget.settings.availability, ...settings.availability };
    widget.settings = { ...widget.settings, ...settings, availability };
    this.#tell({ type: "conversations" });
  }

  /** A conversation by its own id, its request id or its thread's id. */
  conversation(id: string): Conversation | undefined {
    return this.conversations.find((c) => c.id === id || c.requestId === id || c.threadId === id);
  }

  /** The newest running conversation of a widget: what the reconnect pane offers. */
  running(widgetId: string): Conversation | undefined {
    return [...this.conversations].reverse().find((c) => same(c.widgetId, widgetId) && c.state !== "ended");
  }

  /**
   * Starts a conversation; a repeated request id or a reconnect id gives the one that is there. The SDK repeats a
   * failed start with the same request id (S).
   */
  start(input: StartInput): Conversation {
    const existing =
      this.conversations.find((c) => c.requestId === input.requestId) ??
      (input.reconnectId
        ? this.conversations.find((c) => c.reconnectId === input.reconnectId && c.state !== "ended")
        : undefined);
    if (existing !== undefined) return existing;
    const link = linkRecord(input.customContextData, this.contacts, this.accounts);
    const visitorId = `8:acs:${input.orgId}_${randomUUID()}`;
    const conversation: Conversation = {
      id: randomUUID(),
      orgId: input.orgId,
      widgetId: input.widgetId,
      requestId: input.requestId,
      threadId: `19:acsV1_${randomUUID().replaceAll("-", "")}@thread.v2`,
      visitorId,
      token: accessToken(visitorId),
      reconnectId: randomUUID(),
      state: "queued",
      customContextData: input.customContextData,
      preChatResponse: input.preChatResponse ?? null,
      originUrl: input.originUrl ?? "",
      link,
      contact: link.outcome === "linked" ? link.record : null,
      agent: null,
      messages: [],
      createdOn: new Date().toISOString(),
      acceptedOn: null,
      endedOn: null,
      endedBy: null,
      customerTypingUntil: 0,
    };
    this.conversations.push(conversation);
    this.#tell({ type: "conversations" });
    return conversation;
  }

  /** An agent takes the conversation; without a name, the first of the sample agents. */
  accept(conversation: Conversation, agent?: string): void {
    if (conversation.state === "ended") return;
    conversation.agent = agent ?? conversation.agent ?? this.agents[0] ?? "Agent";
    conversation.state = "active";
    conversation.acceptedOn ??= new Date().toISOString();
    this.#tell({ type: "conversations" });
  }

  /** The agent writes a line; takes the conversation first when nobody has. Returns undefined when it has ended. */
  agentSays(conversation: Conversation, text: string): Message | undefined {
    if (conversation.state === "ended") return undefined;
    if (conversation.state === "queued") this.accept(conversation);
    return this.#add(conversation, {
      from: "agent",
      name: conversation.agent ?? "Agent",
      text,
      tags: ["public", "FromAgent"],
      metadata: {},
    });
  }

  /** The agent is typing. */
  agentTypes(conversation: Conversation): void {
    if (conversation.state !== "ended") this.#tell({ type: "agent-typing", conversation });
  }

  /** The customer writes a line. */
  customerSays(conversation: Conversation, text: string, metadata: Record<string, string>): Message {
    conversation.customerTypingUntil = 0;
    return this.#add(conversation, {
      from: "customer",
      name: "Customer",
      text,
      tags: splitTags(metadata["tags"]),
      metadata,
    });
  }

  /** The customer is typing. */
  customerTypes(conversation: Conversation): void {
    conversation.customerTypingUntil = Date.now() + 5_000;
    this.#tell({ type: "conversations" });
  }

  /**
   * Ends a conversation. When the agent ends it, a system message with the tags `system,agentendconversation` makes the
   * widget inactive (S, seen), and the agent leaves the thread.
   */
  end(conversation: Conversation, by: "agent" | "customer"): void {
    if (conversation.state === "ended") return;
    if (by === "agent") {
      const name = conversation.agent ?? this.agents[0] ?? "Agent";
      conversation.agent = name;
      this.#add(conversation, {
        from: "system",
        name: "__agent__",
        text: `${name} has ended the conversation.`,
        tags: ["system", "agentendconversation"],
        metadata: {},
      });
      this.#tell({ type: "agent-left", conversation });
    }
    conversation.state = "ended";
    conversation.endedBy = by;
    conversation.endedOn = new Date().toISOString();
    this.#tell({ type: "conversations" });
  }

  /** Remembers a request. */
  record(kind: RequestKind | "other", method: string, path: string): void {
    this.requests.push({ kind, method, path, time: new Date().toISOString() });
    if (this.requests.length > 5_000) this.requests.splice(0, 1_000);
  }

  #add(conversation: Conversation, line: Omit<Message, "id" | "sequence" | "time">): Message {
    this.#lastMessageId = Math.max(Date.now(), this.#lastMessageId + 1);
    const message: Message = {
      ...line,
      metadata: { ...line.metadata, tags: line.tags.join(",") },
      id: String(this.#lastMessageId),
      sequence: conversation.messages.length + 1,
      time: new Date(this.#lastMessageId).toISOString(),
    };
    conversation.messages.push(message);
    this.#tell({ type: "message", conversation, message });
    return message;
  }

  #tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}

function splitTags(tags: string | undefined): string[] {
  return (tags ?? "")
    .replaceAll('"', "")
    .split(",")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
}
