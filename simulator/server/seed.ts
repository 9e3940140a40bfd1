// Owns the sample data a fresh contact centre starts with, and the types of its records.

/** An organisation with a contact centre. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly orgUrl: string;
  readonly scriptHost: string;
}

/** A contact or an account, as far as linking looks at it. */
export interface DirectoryRecord {
  readonly id: string;
  readonly name: string;
  readonly emailaddress1: string;
  /** 0 active, 1 inactive. */
  readonly statecode: number;
  /** 1 is the shipped "Active" status reason, the only one the shipped rule accepts (D). */
  readonly statuscode: number;
}

/** What `lcw:getAgentAvailability` is made of. */
export interface Availability {
  readonly queueId: string;
  readonly queueName: string;
  readonly positionInQueue: number;
  readonly isQueueAvailable: boolean;
  readonly isAgentAvailable: boolean;
  readonly averageWaitTime: number;
  readonly availableUntil: string | null;
  readonly availableNext: string | null;
}

/** Everything about a widget that the control interface may change. */
export interface WidgetSettings {
  /** `false`: none; `true`: a small sample card; a string: your own adaptive card JSON. */
  preChatSurvey: boolean | string;
  postChatSurvey: boolean;
  /** The reconnect pane, when the widget has a running conversation. */
  reconnect: boolean;
  outOfOperatingHours: boolean;
  showWidgetDuringOfflineHours: boolean;
  authenticationRequired: boolean;
  availability: Availability;
  /**
   * When `lcw:onMessageReceived` comes while the chat is minimised: with the message (D), or when it is opened again
   * (S, seen).
   */
  messageEvents: "atOnce" | "whenOpened";
  /** Each `lcw:*` event is delivered again about 500 ms later (seen). */
  duplicateEvents: boolean;
  layer: "modern" | "classic";
  /** Message events with the documented members only (D), or with all that the widget tells its bus (S). */
  eventDetail: "documented" | "full";
  /**
   * `lcw:closeChat` when the chat is closed, or as soon as closing begins (the widget posts `CloseChat` before the
   * end, S).
   */
  closeEvent: "whenClosed" | "atOnce";
  /**
   * Whether the widget's own error messages (`OnWidgetError` on its bus, S) come as `lcw:error` (I), also harmless
   * ones.
   */
  widgetErrors: "told" | "silent";
  /** Host names the widget may show on; empty: everywhere (D: "widget location"). */
  allowedSites: readonly string[];
}

/** A widget (chat channel) of an organisation. */
export interface Widget {
  readonly id: string;
  readonly orgId: string;
  readonly name: string;
  settings: WidgetSettings;
}

/** The whole sample data. */
export interface Seed {
  readonly organisations: readonly Organisation[];
  readonly widgets: readonly {
    readonly id: string;
    readonly orgId: string;
    readonly name: string;
    readonly settings?: Partial<WidgetSettings>;
  }[];
  readonly contacts: readonly DirectoryRecord[];
  readonly accounts: readonly DirectoryRecord[];
  readonly agents: readonly string[];
}

export const ORG_ID = "5f0d3c1a-7b2e-4c69-9a41-2d8e6b7f1c30";
export const ORG_URL = "https://m-5f0d3c1a-7b2e-4c69-9a41-2d8e6b7f1c30.us.omnichannelengagementhub.com";
export const SCRIPT_HOST = "oc-cdn-ocprod.azureedge.net";
export const IT_WIDGET_ID = "c8a5f2e4-3d17-4b90-8e6a-91f04d2b7c55";
export const HR_WIDGET_ID = "27e9b8d3-60f4-4a1c-b5d2-e3f81a7c9046";

const contact = (id: string, name: string, emailaddress1: string, active = true): DirectoryRecord => ({
  id,
  name,
  emailaddress1,
  statecode: active ? 0 : 1,
  statuscode: active ? 1 : 2,
});

export const CONTACTS: readonly DirectoryRecord[] = [
  contact("0a1f6f0e-52c1-4e0a-8a35-6f1d1c5f7a01", "Alex Wilber", "alex.wilber@contoso.example"),
  contact("1b2e7d1f-63d2-4f1b-9b46-7a2e2d6a8b02", "Megan Bowen", "megan.bowen@contoso.example"),
  contact("2c3d8e2a-74e3-4a2c-8c57-8b3f3e7b9c03", "Lee Gu", "lee.gu@contoso.example"),
  contact("3d4c9f3b-85f4-4b3d-9d68-9c4a4f8c0d04", "Lee Gu", "lee.gu@contoso.example"),
  contact("4e5b0a4c-96a5-4c4e-8e79-0d5b5a9d1e05", "Diego Siciliani", "diego.siciliani@contoso.example", false),
];

export const ACCOUNTS: readonly DirectoryRecord[] = [
  contact("5f6a1b5d-07b6-4d5f-9f80-1e6c6b0e2f06", "Adventure Works", "info@adventure-works.example"),
  contact("6a7b2c6e-18c7-4e6a-8a91-2f7d7c1f3a07", "Fabrikam", "info@fabrikam.example"),
];

export const AGENTS: readonly string[] = ["Isaiah Langer", "Grady Archie"];

/** The plain case: no survey, open hours, no sign-in. */
export const DEFAULT_SETTINGS: WidgetSettings = {
  preChatSurvey: false,
  postChatSurvey: false,
  reconnect: false,
  outOfOperatingHours: false,
  showWidgetDuringOfflineHours: false,
  authenticationRequired: false,
  availability: {
    queueId: "7b8c3d7f-29d8-4f7b-9ba2-3a8e8d2a4b08",
    queueName: "Default messaging queue",
    positionInQueue: 1,
    isQueueAvailable: true,
    isAgentAvailable: true,
    averageWaitTime: 0,
    availableUntil: null,
    availableNext: null,
  },
  messageEvents: "whenOpened",
  duplicateEvents: false,
  layer: "modern",
  eventDetail: "documented",
  closeEvent: "whenClosed",
  widgetErrors: "told",
  allowedSites: [],
};

/** The sample data as shipped. */
export const SEED: Seed = {
  organisations: [{ id: ORG_ID, name: "Contoso", orgUrl: ORG_URL, scriptHost: SCRIPT_HOST }],
  widgets: [
    { id: IT_WIDGET_ID, orgId: ORG_ID, name: "IT helpdesk" },
    { id: HR_WIDGET_ID, orgId: ORG_ID, name: "HR helpdesk" },
  ],
  contacts: CONTACTS,
  accounts: ACCOUNTS,
  agents: AGENTS,
};

/** The script snippet for a widget, in the form the admin centre gives it (D). */
export function snippet(
  organisation: Organisation,
  widgetId: string,
  scriptOrigin = `https://${organisation.scriptHost}`,
  orgUrl = organisation.orgUrl,
): string {
  return `<script v2 id="Microsoft_Omnichannel_LCWidget" src="${scriptOrigin}/livechatwidget/scripts/LiveChatBootstrapper.js" data-app-id="${widgetId}" data-lcw-version="prod" data-org-id="${organisation.id}" data-org-url="${orgUrl}"></script>`;
}
