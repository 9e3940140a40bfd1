// Owns the service named by data-org-url: widget configuration, start, details, token, end, typing, availability,
// surveys.
import { randomUUID } from "node:crypto";
import type { Conversation, ContactCentre } from "./contact-centre.ts";
import type { RequestKind } from "./faults.ts";
import { isObject, readJson, sendJson, type Exchange } from "./http.ts";
import type { Widget } from "./seed.ts";

/** A sample pre-chat survey: an adaptive card, as the widget's configuration carries it (S). */
export const SAMPLE_PRE_CHAT_SURVEY = JSON.stringify({
  type: "AdaptiveCard",
  $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
  version: "1.1",
  body: [
    { type: "TextBlock", weight: "bolder", text: "Before we begin", wrap: true },
    { type: "TextBlock", text: "What is it about?", wrap: true },
    {
      type: "Input.Text",
      id: JSON.stringify({
        Id: "topic",
        Name: "Topic",
        IsOption: false,
        Order: 1,
        IsRequired: false,
        QuestionText: "What is it about?",
      }),
      maxLength: 250,
    },
  ],
  actions: [{ type: "Action.Submit", title: "Submit", data: { Type: "InputSubmit" } }],
});

/** The kind of a request to the service and the ids in its path; undefined when the path is none of the service's. */
export interface ServiceRequest {
  readonly kind: RequestKind;
  readonly orgId: string;
  readonly widgetId: string;
  readonly requestId: string;
}

/** Reads a path by the request table; paths come with and without `v2`…`v4` and `auth` (S). */
export function readServicePath(parts: readonly string[]): ServiceRequest | undefined {
  if (parts[0] === "inbound") {
    return parts[1] === "typingindicator"
      ? { kind: "typing", orgId: "", widgetId: "", requestId: parts.at(-1) ?? "" }
      : undefined;
  }
  if (parts[0] !== "livechatconnector") return undefined;
  const rest = parts.slice(1).filter((part, index) => !(index < 2 && (/^v\d$/.test(part) || part === "auth")));
  const [name = "", orgId = "", second = "", third = ""] = rest;
  const of = (kind: RequestKind, widgetId = second, requestId = third): ServiceRequest => ({
    kind,
    orgId,
    widgetId,
    requestId,
  });
  switch (name) {
    case "lcwfcsdetails":
      return of("location", "", "");
    case "config":
      return of("config");
    case "organization":
      return rest[4] === "conversation" ? of("start", third, "") : undefined;
    case "sessioninit":
      return of("start");
    case "getliveworkitemdetails":
      return of("details");
    case "getchattoken":
      return of("token");
    case "sessionclose":
      return of("end");
    case "getagentavailability":
      return of("availability");
    case "getsurveyinvite":
      return of("survey", "", "");
    case "reconnectablechats":
    case "reconnect":
      return of("reconnect");
    default:
      return undefined;
  }
}

const text = (flag: boolean): "true" | "false" => (flag ? "true" : "false");
const pascal = (flag: boolean): "True" | "False" => (flag ? "True" : "False");

/**
 * The configuration answer (seen), with the simulator's own settings beside it under `Simulator`, so that our script
 * layer
 * needs no further request.
 */
export function configuration(widget: Widget): Record<string, unknown> {
  const settings = widget.settings;
  const survey =
    settings.preChatSurvey === true
      ? SAMPLE_PRE_CHAT_SURVEY
      : settings.preChatSurvey === false
        ? ""
        : settings.preChatSurvey;
  const agentSurvey = settings.postChatSurvey
    ? { msfp_sourcesurveyidentifier: "simulated-survey", postConversationSurveyOwnerId: randomUUID() }
    : {};
  return {
    LiveChatVersion: 2,
    LiveChatConfigAuthSettings: settings.authenticationRequired
      ? { msdyn_javascriptclientfunction: "chatWithAgentSimulatedAuth" }
      : null,
    DataMaskingInfo: { setting: { msdyn_maskforcustomer: false }, dataMaskingRules: {} },
    ChatWidgetLanguage: { msdyn_localeid: "1033" },
    LiveWSAndLiveChatEngJoin: {
      msdyn_widgetappid: widget.id,
      msdyn_conversationmode: "192350000",
      msdyn_callingoptions: "192350000",
      msdyn_prechatenabled: text(survey !== ""),
      PreChatSurvey: survey,
      msdyn_postconversationsurveyenable: text(settings.postChatSurvey),
      msdyn_postconversationsurveymode: "192350000",
      msdyn_postconversationsurveybotsurveymode: "192350000",
      msdyn_surveyprovider: "600990000",
      ...agentSurvey,
      msdyn_enablechatreconnect: text(settings.reconnect),
      OutOfOperatingHours: pascal(settings.outOfOperatingHours),
      ShowWidget: pascal(!settings.outOfOperatingHours || settings.showWidgetDuringOfflineHours),
    },
    Simulator: {
      layer: settings.layer,
      messageEvents: settings.messageEvents,
      duplicateEvents: settings.duplicateEvents,
      eventDetail: settings.eventDetail,
      closeEvent: settings.closeEvent,
      widgetErrors: settings.widgetErrors,
      allowedSites: settings.allowedSites,
      reconnect: settings.reconnect,
    },
  };
}

/**
 * Work item states of the SDK (S): nobody has accepted: Open; accepted: Active; ended by the agent: WrapUp; by the
 * customer: Closed.
 */
function workItemState(conversation: Conversation): string {
  if (conversation.state === "queued") return "Open";
  if (conversation.state === "active") return "Active";
  return conversation.endedBy === "agent" ? "WrapUp" : "Closed";
}

/** Names that are not loopback's are asked over TLS. From an https page, loopback counts as trustworthy. */
function originOf(host = "127.0.0.1"): string {
  return `${/^(?:127\.0\.0\.1|localhost|\[::1\])(?::|$)/.test(host) ? "http" : "https"}://${host}`;
}

function chatToken(conversation: Conversation, { request, response }: Exchange): Record<string, unknown> {
  response.setHeader("oc-sessionid", conversation.id);
  return {
    ChatId: conversation.threadId,
    Token: conversation.token,
    RegionGtms: "{}",
    ExpiresIn: String(24 * 3600),
    VisitorId: conversation.visitorId,
    ACSEndpoint: `${originOf(request.headers.host)}/acs`,
    AttachmentConfiguration: {},
    VoiceVideoCallToken: null,
    ReconnectId: conversation.reconnectId,
  };
}

/** Answers a request to the service. */
export async function answerService(centre: ContactCentre, named: ServiceRequest, at: Exchange): Promise<void> {
  const { response, request } = at;
  const header = (name: string): string => String(request.headers[name] ?? "");
  response.setHeader("transaction-id", randomUUID());
  if (named.kind === "location") return sendJson(response, 200, { isFcsEnabled: false, lcwVersion: "v2" });
  if (named.kind === "survey") {
    // The widget shows surveys of Microsoft's own hosts only (S); our script layer puts a local one in its place.
    return sendJson(response, 200, {
      inviteList: [{ invitationLink: `${originOf(request.headers.host)}/livechatconnector/survey?id=simulated` }],
      formsProLocaleCode: "en-us",
    });
  }
  if (named.kind === "typing") {
    const typing = centre.conversation(named.requestId);
    if (typing !== undefined) centre.customerTypes(typing);
    return sendJson(response, 200, {});
  }
  const widget = centre.widget(named.orgId, named.widgetId);
  if (widget === undefined) {
    response.setHeader("errorcode", "1005");
    return sendJson(response, 404, { message: "No such widget in this organisation." });
  }
  if (named.kind === "config") return sendJson(response, 200, configuration(widget));
  if (named.kind === "availability") {
    const a = widget.settings.availability;
    return sendJson(response, 200, {
      QueueId: a.queueId,
      QueueName: a.queueName,
      QueuePosition: a.positionInQueue,
      IsQueueAvailable: a.isQueueAvailable,
      AgentAvailability: a.isAgentAvailable,
      AverageWaitTime: a.averageWaitTime,
      AvailableUntil: a.availableUntil,
      AvailableNext: a.availableNext,
    });
  }
  if (named.kind === "reconnect") {
    const conversation = centre.running(widget.id);
    if (at.parts.includes("reconnectablechats")) {
      return conversation === undefined || !widget.settings.reconnect
        ? sendJson(response, 204, undefined)
        : sendJson(response, 200, { reconnectid: conversation.reconnectId });
    }
    return sendJson(response, 200, { isReconnectAvailable: conversation !== undefined });
  }
  if (named.kind === "start") {
    const body = await readJson(request);
    const input = isObject(body) ? body : {};
    const requestId = header("request-id") || named.requestId;
    if (requestId === "") return sendJson(response, 400, { message: "Request-Id is missing." });
    if (widget.settings.authenticationRequired && header("authenticatedusertoken") === "")
      return sendJson(response, 401, { message: "This widget asks for sign-in." });
    if (widget.settings.outOfOperatingHours) {
      response.setHeader("errorcode", "705");
      return sendJson(response, 400, { message: "Out of operating hours." });
    }
    const conversation = centre.start({
      orgId: widget.orgId,
      widgetId: widget.id,
      requestId,
      customContextData: input["customContextData"] ?? {},
      preChatResponse: input["preChatResponse"],
      originUrl: typeof input["originurl"] === "string" ? input["originurl"] : "",
      reconnectId: typeof input["reconnectId"] === "string" ? input["reconnectId"] : "",
    });
    return sendJson(response, 200, chatToken(conversation, at));
  }
  const reconnectId = at.parts.at(-1) ?? "";
  const conversation =
    centre.conversation(named.requestId) ??
    centre.conversations.find((c) => c.reconnectId === reconnectId || c.reconnectId === named.requestId);
  if (conversation === undefined)
    return sendJson(response, named.kind === "end" ? 200 : 204, named.kind === "end" ? {} : undefined);
  if (named.kind === "details") {
    return sendJson(response, 200, {
      State: workItemState(conversation),
      ConversationId: conversation.id,
      ...(conversation.acceptedOn === null ? {} : { AgentAcceptedOn: conversation.acceptedOn }),
      CanRenderPostChat: pascal(widget.settings.postChatSurvey && conversation.acceptedOn !== null),
      ParticipantType: "User",
    });
  }
  if (named.kind === "token") return sendJson(response, 200, chatToken(conversation, at));
  centre.end(conversation, "customer");
  return sendJson(response, 200, {});
}
