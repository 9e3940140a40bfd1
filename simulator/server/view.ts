// Owns the JSON view of a conversation that the agent's console and the control interface share.
import type { ContactCentre, Conversation } from "./contact-centre.ts";
import type { LinkedRecord, LinkResult } from "./linking.ts";

/** A conversation as told to agents and tests. */
export interface ConversationView {
  readonly id: string;
  readonly orgId: string;
  readonly widgetId: string;
  readonly widgetName: string;
  readonly state: "queued" | "active" | "ended";
  readonly customContextData: unknown;
  readonly preChatResponse: unknown;
  readonly originUrl: string;
  readonly contact: LinkedRecord | null;
  readonly link: LinkResult;
  readonly agent: string | null;
  readonly messages: readonly {
    readonly id: string;
    readonly from: "customer" | "agent" | "system";
    readonly name: string;
    readonly text: string;
    readonly tags: readonly string[];
    readonly time: string;
  }[];
  readonly createdOn: string;
  readonly acceptedOn: string | null;
  readonly endedOn: string | null;
  readonly endedBy: "agent" | "customer" | null;
  readonly customerTyping: boolean;
}

/** The view of a conversation; tokens and internal ids are left out. */
export function viewOf(centre: ContactCentre, c: Conversation): ConversationView {
  return {
    id: c.id,
    orgId: c.orgId,
    widgetId: c.widgetId,
    widgetName: centre.widget(c.orgId, c.widgetId)?.name ?? c.widgetId,
    state: c.state,
    customContextData: c.customContextData,
    preChatResponse: c.preChatResponse,
    originUrl: c.originUrl,
    contact: c.contact,
    link: c.link,
    agent: c.agent,
    messages: c.messages.map(({ id, from, name, text, tags, time }) => ({ id, from, name, text, tags, time })),
    createdOn: c.createdOn,
    acceptedOn: c.acceptedOn,
    endedOn: c.endedOn,
    endedBy: c.endedBy,
    customerTyping: c.state !== "ended" && c.customerTypingUntil > Date.now(),
  };
}
