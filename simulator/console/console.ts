// Owns the agent's console in the browser: draws the chats it is told of and sends the agent's actions. All text is
// set as text.
import type { ConversationView } from "../server/view.ts";

interface ConsoleState {
  readonly agents: readonly string[];
  readonly organisations: readonly string[];
  readonly conversations: readonly ConversationView[];
}

type Child = Node | string | undefined;

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child): child is Node | string => child !== undefined));
  return made;
}

function part<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`#${id} is missing.`);
  return found;
}

const list = part("list", HTMLElement);
const chat = part("chat", HTMLElement);
const details = part("details", HTMLElement);
const desk = part("desk", HTMLElement);
const agentSelect = part("agent", HTMLSelectElement);
const announce = part("announce", HTMLElement);
const connection = part("connection", HTMLElement);

let state: ConsoleState = { agents: [], organisations: [], conversations: [] };
let selected: string | undefined;
let drawn: string | undefined;
let loaded = false;
const read = new Map<string, number>();
const drafts = new Map<string, string>();

const clock = (time: string): string => new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

/** The name an agent sees: the linked contact's, or that there is none. */
function nameOf(c: ConversationView): string {
  return c.contact?.name ?? "No contact linked";
}

/** Why nothing is linked, in a sentence. */
function whyNot(c: ConversationView): string {
  switch (c.link.outcome) {
    case "linked":
      return "";
    case "no-email":
      return "The chat brought no e-mail address.";
    case "no-match":
      return `No active contact or account has ${c.link.email}.`;
    case "several":
      return `${String(c.link.matches)} active records have ${c.link.email}, so none is linked.`;
  }
}

/** Context variables that may be shown to the agent (D: isDisplayable). */
function variables(c: ConversationView): { key: string; value: string }[] {
  if (typeof c.customContextData !== "object" || c.customContextData === null) return [];
  return Object.entries(c.customContextData).flatMap(([key, entry]: [string, unknown]) => {
    if (typeof entry !== "object" || entry === null) return [];
    const { value, isDisplayable } = entry as { value?: unknown; isDisplayable?: unknown };
    return isDisplayable === false || value === undefined || value === null
      ? []
      : [{ key, value: typeof value === "string" ? value : JSON.stringify(value) }];
  });
}

/** Text, or a link when all of it is a web address. */
function textOrLink(value: string): Child {
  if (!/^https?:\/\/\S+$/i.test(value)) return value;
  try {
    return element("a", { href: new URL(value).href, target: "_blank", rel: "noopener noreferrer" }, value);
  } catch {
    return value;
  }
}

async function post(id: string, action: string, body: unknown = {}): Promise<boolean> {
  const response = await fetch(`/agent/conversations/${encodeURIComponent(id)}/${action}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  if (response?.ok !== true) announce.textContent = "That did not work. Is the simulator running?";
  return response?.ok === true;
}

function unread(c: ConversationView): number {
  return c.messages.filter((m) => m.from === "customer").length - (read.get(c.id) ?? 0);
}

function markRead(c: ConversationView): void {
  read.set(c.id, c.messages.filter((m) => m.from === "customer").length);
}

function drawList(): void {
  const groups: readonly (readonly [string, readonly ConversationView[]])[] = [
    ["Waiting", state.conversations.filter((c) => c.state === "queued")],
    ["Running", state.conversations.filter((c) => c.state === "active")],
    ["Ended", state.conversations.filter((c) => c.state === "ended").slice(0, 30)],
  ];
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["id"] : undefined;
  list.replaceChildren(
    ...groups.flatMap(([title, conversations]) => {
      if (conversations.length === 0)
        return title === "Ended"
          ? []
          : [
              element("h2", {}, title),
              element(
                "p",
                { class: "item", style: "cursor:default;color:var(--quiet)" },
                title === "Waiting" ? "Nobody is waiting." : "No running chat.",
              ),
            ];
      return [
        element("h2", {}, `${title} (${String(conversations.length)})`),
        element(
          "ul",
          {},
          ...conversations.map((c) => {
            const last = c.messages.at(-1);
            const count = unread(c);
            const button = element(
              "button",
              { class: "item", type: "button", "data-id": c.id, "aria-current": String(c.id === selected) },
              element("b", c.contact === null ? { class: "nobody" } : {}, nameOf(c)),
              element("time", { datetime: c.createdOn }, clock(c.createdOn)),
              element(
                "span",
                { class: "last" },
                c.customerTyping
                  ? "typing…"
                  : (last?.text ??
                      (c.link.outcome === "linked" || c.link.outcome === "no-email" ? c.widgetName : c.link.email)),
              ),
              count > 0 && c.state !== "ended"
                ? element("span", { class: "badge" }, String(count), element("span", { class: "hidden" }, " unread"))
                : undefined,
            );
            button.addEventListener("click", () => select(c.id));
            return element("li", {}, button);
          }),
        ),
      ];
    }),
  );
  if (focused !== undefined) list.querySelector<HTMLElement>(`[data-id="${CSS.escape(focused)}"]`)?.focus();
}

function select(id: string | undefined): void {
  selected = id;
  desk.classList.toggle("reading", id !== undefined);
  draw();
  if (id !== undefined) (chat.querySelector("textarea") ?? chat).focus();
}

function drawChat(c: ConversationView | undefined): void {
  if (c === undefined) {
    drawn = undefined;
    chat.replaceChildren(
      element(
        "div",
        { class: "empty" },
        element("b", {}, "No chat selected"),
        state.conversations.length === 0
          ? "Chats appear here as soon as somebody starts one."
          : "Choose a chat in the list.",
      ),
    );
    return;
  }
  const log = chat.querySelector<HTMLElement>(".lines");
  const atEnd = log === null || log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  const frame = `${c.id} ${c.state}`;
  if (drawn !== frame) {
    drawn = frame;
    const back = element("button", { class: "button back", type: "button" }, "← Chats");
    back.addEventListener("click", () => select(undefined));
    const accept = element("button", { class: "button main", type: "button" }, "Accept");
    accept.addEventListener("click", () => void post(c.id, "accept", { agent: agentSelect.value }));
    const end = element("button", { class: "button end", type: "button" }, "End conversation");
    end.addEventListener("click", () => void post(c.id, "end"));
    chat.replaceChildren(
      element(
        "header",
        {},
        back,
        element("div", {}, element("h2", {}, nameOf(c)), element("p", {})),
        c.state === "queued" ? accept : undefined,
        c.state === "ended" ? undefined : end,
      ),
      element("div", { class: "lines", role: "log", "aria-label": "Messages", tabindex: "0" }),
      element("p", { class: "typing", "aria-live": "off" }),
      c.state === "ended"
        ? element(
            "p",
            { class: "ended" },
            `Ended by the ${c.endedBy ?? "agent"}${c.endedOn === null ? "" : ` at ${clock(c.endedOn)}`}.`,
          )
        : replyBox(c),
    );
  }
  const about = chat.querySelector("header p");
  if (about !== null)
    about.textContent = `${c.widgetName} · ${c.state === "queued" ? "waiting since" : "since"} ${clock(c.createdOn)}${c.agent === null ? "" : ` · ${c.agent}`}`;
  const lines = chat.querySelector<HTMLElement>(".lines");
  if (lines !== null) {
    for (const m of c.messages.slice(lines.querySelectorAll(".line").length)) {
      lines.append(
        element(
          "div",
          { class: `line ${m.from}` },
          m.from === "system"
            ? undefined
            : element(
                "p",
                { class: "meta" },
                `${m.from === "agent" ? m.name : (c.contact?.name ?? "Customer")} · ${clock(m.time)}`,
              ),
          element("p", { class: "bubble" }, m.text),
        ),
      );
    }
    if (atEnd) lines.scrollTop = lines.scrollHeight;
  }
  const typing = chat.querySelector(".typing");
  if (typing !== null) typing.textContent = c.customerTyping ? `${c.contact?.name ?? "The customer"} is typing…` : "";
}

function replyBox(c: ConversationView): HTMLElement {
  const box = element("textarea", {
    rows: "1",
    "aria-label": "Reply",
    placeholder:
      c.state === "queued"
        ? "Write to accept the chat and reply (Enter sends)"
        : "Reply (Enter sends, Shift+Enter: new line)",
  });
  box.value = drafts.get(c.id) ?? "";
  let told = 0;
  const send = async (): Promise<void> => {
    const text = box.value.trim();
    if (text === "") return;
    box.value = "";
    drafts.delete(c.id);
    if (c.state === "queued") await post(c.id, "accept", { agent: agentSelect.value });
    if (!(await post(c.id, "say", { text }))) box.value = text;
    chat.querySelector("textarea")?.focus();
  };
  box.addEventListener("input", () => {
    drafts.set(c.id, box.value);
    if (c.state === "active" && Date.now() - told > 3_000) {
      told = Date.now();
      void post(c.id, "typing");
    }
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  });
  const button = element("button", { class: "button main", type: "submit" }, "Send");
  const form = element("form", { class: "reply" }, box, button);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });
  return form;
}

function drawDetails(c: ConversationView | undefined): void {
  if (c === undefined) return details.replaceChildren();
  const fact = (name: string, value: Child): HTMLElement =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value));
  const shown = variables(c);
  details.replaceChildren(
    element("h2", {}, c.contact?.kind === "account" ? "Account" : "Contact"),
    c.contact === null
      ? element("div", { class: "card warn" }, element("b", {}, "No contact linked"), whyNot(c))
      : element(
          "div",
          { class: "card" },
          element("b", {}, c.contact.name),
          element("span", { style: "color:var(--quiet);font-size:.8rem" }, c.contact.id),
        ),
    element("h2", {}, "Additional details"),
    shown.length === 0
      ? element("p", { style: "color:var(--quiet)" }, "None.")
      : element("dl", { class: "facts" }, ...shown.map(({ key, value }) => fact(key, textOrLink(value)))),
    element("h2", {}, "Conversation"),
    element(
      "dl",
      { class: "facts" },
      fact("Widget", c.widgetName),
      fact("Page", textOrLink(c.originUrl === "" ? "unknown" : c.originUrl)),
      fact("Id", c.id),
      c.preChatResponse === null
        ? undefined
        : fact(
            "Survey answers",
            typeof c.preChatResponse === "string" ? c.preChatResponse : JSON.stringify(c.preChatResponse),
          ),
    ),
  );
}

function draw(): void {
  const current = state.conversations.find((c) => c.id === selected);
  if (current !== undefined && document.visibilityState === "visible") markRead(current);
  drawList();
  drawChat(current);
  drawDetails(current);
  const waiting = state.conversations.filter((c) => c.state === "queued").length;
  document.title = `${waiting > 0 ? `(${String(waiting)}) ` : ""}Agent's console`;
}

function take(next: ConsoleState): void {
  const before = state;
  state = next;
  if (agentSelect.options.length !== next.agents.length)
    agentSelect.replaceChildren(...next.agents.map((name) => element("option", {}, name)));
  part("organisation", HTMLElement).textContent = next.organisations.join(", ");
  if (selected !== undefined && !next.conversations.some((c) => c.id === selected)) select(undefined);
  if (!loaded) {
    loaded = true;
    for (const c of next.conversations) markRead(c);
  }
  for (const c of next.conversations) {
    const old = before.conversations.find((o) => o.id === c.id);
    if (before.conversations.length + before.agents.length > 0 && old === undefined)
      announce.textContent = `New chat: ${nameOf(c)}.`;
    const line = c.messages.at(-1);
    if (old !== undefined && line?.from === "customer" && c.messages.length > old.messages.length)
      announce.textContent = `${nameOf(c)} says: ${line.text}`;
  }
  draw();
}

const source = new EventSource("/agent/events");
source.addEventListener("state", (event) =>
  take(JSON.parse(String((event as MessageEvent<unknown>).data)) as ConsoleState),
);
source.addEventListener("open", () => {
  connection.textContent = "Connected";
  connection.classList.remove("lost");
});
source.addEventListener("error", () => {
  connection.textContent = "Reconnecting…";
  connection.classList.add("lost");
});
document.addEventListener("visibilitychange", draw);
draw();
