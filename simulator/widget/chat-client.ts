// Owns the stand-in for @azure/communication-chat, which refuses plain http: the same REST paths, one EventSource for
// push.
// Only what the chat SDK and its Web Chat adapter call is here (S).

interface Credential {
  getToken(): Promise<{ readonly token: string }>;
}

type Listener = (event: Record<string, unknown>) => void;

/** What arrived by push for a thread, before the widget gets it. */
export interface Arrival {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

const arrivals = new Set<(arrival: Arrival) => void>();

/** Hears of every push, at once, also while the widget holds it back because it is minimised. */
export function onArrival(listener: (arrival: Arrival) => void): void {
  arrivals.add(listener);
}

interface Channel {
  readonly source: EventSource;
  readonly clients: Set<ChatClient>;
}

const channels = new Map<string, Channel>();
const EVENTS = [
  "chatMessageReceived",
  "chatMessageEdited",
  "typingIndicatorReceived",
  "participantsAdded",
  "participantsRemoved",
  "chatThreadDeleted",
] as const;
const DATES = ["createdOn", "receivedOn", "removedOn", "addedOn"] as const;

/** The dates of an event come as text and are handed on as Date, as the original client does (S). */
function withDates(value: Record<string, unknown>): Record<string, unknown> {
  const copy = { ...value };
  for (const key of DATES) if (typeof copy[key] === "string") copy[key] = new Date(copy[key]);
  return copy;
}

function openChannel(url: string, key: string): Channel {
  const source = new EventSource(url);
  const channel: Channel = { source, clients: new Set() };
  for (const name of EVENTS) {
    source.addEventListener(name, (message) => {
      const data = withDates(JSON.parse(String((message as MessageEvent<unknown>).data)) as Record<string, unknown>);
      for (const listener of [...arrivals]) listener({ event: name, data });
      for (const client of [...channel.clients]) client.deliver(name, data);
    });
  }
  source.addEventListener("open", () => {
    for (const client of [...channel.clients]) client.deliver("realTimeNotificationConnected", {});
  });
  source.addEventListener("error", () => {
    for (const client of [...channel.clients]) client.deliver("realTimeNotificationDisconnected", {});
    if (source.readyState === EventSource.CLOSED) channels.delete(key);
  });
  channels.set(key, channel);
  return channel;
}

/** An error in the shape the adapter looks at: `response.status` (S). */
class ServiceError extends Error {
  readonly response: { readonly status: number };
  readonly statusCode: number;
  constructor(status: number) {
    super(`The chat thread service answered ${String(status)}.`);
    this.response = { status };
    this.statusCode = status;
  }
}

/** A paged list, iterable by item and by page. */
function paged<T>(load: () => Promise<readonly T[]>): AsyncGenerator<T> & { byPage(): AsyncGenerator<readonly T[]> } {
  async function* items(): AsyncGenerator<T> {
    yield* await load();
  }
  async function* pages(): AsyncGenerator<readonly T[]> {
    yield await load();
  }
  return Object.assign(items(), { byPage: pages });
}

/** One thread's client: messages, typing, participants. */
export class ChatThreadClient {
  readonly #endpoint: string;
  readonly #credential: Credential;
  readonly threadId: string;

  constructor(endpoint: string, threadId: string, credential: Credential) {
    this.#endpoint = endpoint;
    this.threadId = threadId;
    this.#credential = credential;
  }

  getProperties(): Promise<unknown> {
    return this.#call("GET", "");
  }

  listMessages(
    options: { readonly startTime?: Date } = {},
  ): AsyncGenerator<Record<string, unknown>> & { byPage(): AsyncGenerator<readonly Record<string, unknown>[]> } {
    return paged(async () => {
      const { value } = (await this.#call("GET", "/messages")) as {
        readonly value: readonly Record<string, unknown>[];
      };
      const since = options.startTime?.getTime() ?? 0;
      return value
        .map(withDates)
        .filter((message) => message["createdOn"] instanceof Date && message["createdOn"].getTime() >= since);
    });
  }

  listParticipants(): AsyncGenerator & { byPage(): AsyncGenerator<readonly unknown[]> } {
    return paged(
      async () => ((await this.#call("GET", "/participants")) as { readonly value: readonly unknown[] }).value,
    );
  }

  listReadReceipts(): AsyncGenerator & { byPage(): AsyncGenerator<readonly unknown[]> } {
    return paged(() => Promise.resolve([]));
  }

  sendMessage(
    request: { readonly content: string },
    options: { readonly senderDisplayName?: string; readonly metadata?: Record<string, string> } = {},
  ): Promise<unknown> {
    return this.#call("POST", "/messages", {
      content: request.content,
      senderDisplayName: options.senderDisplayName,
      type: "text",
      metadata: options.metadata,
    });
  }

  async sendTypingNotification(): Promise<boolean> {
    await this.#call("POST", "/typing", {});
    return true;
  }

  async sendReadReceipt(): Promise<void> {
    await this.#call("POST", "/readReceipts", {});
  }

  async removeParticipant(): Promise<void> {
    await this.#call("DELETE", "/participants");
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const { token } = await this.#credential.getToken();
    const response = await fetch(`${this.#endpoint}/chat/threads/${encodeURIComponent(this.threadId)}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new ServiceError(response.status);
    return (await response.json()) as unknown;
  }
}

/** The client of a chat service endpoint. All clients of one thread share one EventSource. */
export class ChatClient {
  readonly #endpoint: string;
  readonly #credential: Credential;
  readonly #listeners = new Map<string, Set<Listener>>();
  #threadId: string | undefined;
  #started = false;
  #channelKey: string | undefined;

  constructor(endpoint: string, credential: Credential) {
    this.#endpoint = endpoint.replace(/\/$/, "");
    this.#credential = credential;
  }

  getChatThreadClient(threadId: string): ChatThreadClient {
    this.#threadId = threadId;
    if (this.#started) void this.#connect();
    return new ChatThreadClient(this.#endpoint, threadId, this.#credential);
  }

  async startRealtimeNotifications(): Promise<void> {
    this.#started = true;
    await this.#connect();
  }

  stopRealtimeNotifications(): Promise<void> {
    this.#started = false;
    this.#leave();
    return Promise.resolve();
  }

  on(event: string, listener: Listener): void {
    const listeners = this.#listeners.get(event) ?? new Set<Listener>();
    this.#listeners.set(event, listeners.add(listener));
  }

  off(event: string, listener: Listener): void {
    this.#listeners.get(event)?.delete(listener);
  }

  /** Hands an event to the client's listeners. */
  deliver(event: string, data: Record<string, unknown>): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(data);
  }

  async #connect(): Promise<void> {
    const threadId = this.#threadId;
    if (threadId === undefined) return;
    const { token } = await this.#credential.getToken();
    const key = `${this.#endpoint} ${threadId}`;
    if (this.#channelKey !== key) this.#leave();
    const url = `${this.#endpoint}/chat/threads/${encodeURIComponent(threadId)}/events?token=${encodeURIComponent(token)}`;
    (channels.get(key) ?? openChannel(url, key)).clients.add(this);
    this.#channelKey = key;
  }

  #leave(): void {
    const channel = this.#channelKey === undefined ? undefined : channels.get(this.#channelKey);
    if (channel === undefined || this.#channelKey === undefined) return;
    channel.clients.delete(this);
    if (channel.clients.size === 0) {
      channel.source.close();
      channels.delete(this.#channelKey);
    }
    this.#channelKey = undefined;
  }
}
