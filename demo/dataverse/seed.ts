// Owns the sample rows and ids of the demo's Dataverse: data only, so that server, pages and tests can all import it.

/** One sample user. `id` is the systemuserid. */
export interface SampleUser {
    readonly id: string;
    readonly name: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly email: string | null;
    readonly jobTitle: string;
    readonly department: string;
    readonly phone: string;
    /** What the demo shows about this user: which case of contact linking they stand for. */
    readonly note: string;
}

/** The sample users, by a short name. Ids are fixed: tests and cookies may hold them. */
export const users = {
    alex: {
        id: "a1b6c0de-0001-4e5a-9d10-000000000001",
        name: "Alex Wilber",
        firstName: "Alex",
        lastName: "Wilber",
        email: "alex.wilber@contoso.example",
        jobTitle: "Account Executive",
        department: "Sales",
        phone: "+1 858 555 0110",
        note: "one active contact",
    },
    megan: {
        id: "a1b6c0de-0002-4e5a-9d10-000000000002",
        name: "Megan Bowen",
        firstName: "Megan",
        lastName: "Bowen",
        email: "megan.bowen@contoso.example",
        jobTitle: "Marketing Manager",
        department: "Marketing",
        phone: "+1 412 555 0109",
        note: "one active contact",
    },
    lee: {
        id: "a1b6c0de-0003-4e5a-9d10-000000000003",
        name: "Lee Gu",
        firstName: "Lee",
        lastName: "Gu",
        email: "lee.gu@contoso.example",
        jobTitle: "Director",
        department: "Manufacturing",
        phone: "+1 913 555 0101",
        note: "two active contacts",
    },
    diego: {
        id: "a1b6c0de-0004-4e5a-9d10-000000000004",
        name: "Diego Siciliani",
        firstName: "Diego",
        lastName: "Siciliani",
        email: "diego.siciliani@contoso.example",
        jobTitle: "HR Manager",
        department: "Human Resources",
        phone: "+1 205 555 0108",
        note: "an inactive contact",
    },
    joni: {
        id: "a1b6c0de-0005-4e5a-9d10-000000000005",
        name: "Joni Sherman",
        firstName: "Joni",
        lastName: "Sherman",
        email: "joni.sherman@contoso.example",
        jobTitle: "Paralegal",
        department: "Legal",
        phone: "+1 980 555 0101",
        note: "no contact",
    },
    pradeep: {
        id: "a1b6c0de-0006-4e5a-9d10-000000000006",
        name: "Pradeep Gupta",
        firstName: "Pradeep",
        lastName: "Gupta",
        email: null,
        jobTitle: "Accountant",
        department: "Finance",
        phone: "+1 425 555 0122",
        note: "no e-mail address",
    },
} as const satisfies Record<string, SampleUser>;

/** All sample users in the order in which the user switch shows them. */
export const allUsers: readonly SampleUser[] = Object.values(users);

/** Who is signed in when no cookie says otherwise. */
export const defaultUser: SampleUser = users.alex;

/** The cookie that names the signed-in user by systemuserid. */
export const userCookie = "demoUser";

/** The cookie that holds the locale ID of the language that users have chosen; English without it. */
export const languageCookie = "demoLanguage";

/**
 * This environment's own organisation: on purpose another one than the contact centre's, so that trust is really
 * exercised.
 */
export const environmentOrganization = {
    id: "9e2c7f10-4b6d-4d0e-8f3a-1c5b7a9d2e44",
    name: "Contoso Sales",
    friendlyName: "Contoso Sales (demo)",
} as const;

/** The contact centre's ids: the widgets of the simulator's IT helpdesk and HR desk. */
export const contactCentre = {
    orgId: "5f0d3c1a-7b2e-4c69-9a41-2d8e6b7f1c30",
    orgUrl: "https://m-5f0d3c1a-7b2e-4c69-9a41-2d8e6b7f1c30.us.omnichannelengagementhub.com",
    orgHost: "m-5f0d3c1a-7b2e-4c69-9a41-2d8e6b7f1c30.us.omnichannelengagementhub.com",
    scriptHost: "oc-cdn-ocprod.azureedge.net",
    itWidgetId: "c8a5f2e4-3d17-4b90-8e6a-91f04d2b7c55",
    hrWidgetId: "27e9b8d3-60f4-4a1c-b5d2-e3f81a7c9046",
} as const;

/** The snippet as an administrator copies it from the admin centre (form: documented by Microsoft). */
export function snippet(widgetId: string = contactCentre.itWidgetId): string {
    return [
        `<script v2 id="Microsoft_Omnichannel_LCWidget"`,
        `src="https://${contactCentre.scriptHost}/livechatwidget/scripts/LiveChatBootstrapper.js"`,
        `data-app-id="${widgetId}"`,
        `data-lcw-version="prod"`,
        `data-org-id="${contactCentre.orgId}"`,
        `data-org-url="${contactCentre.orgUrl}"></script>`,
    ].join(" ");
}

/** One environment variable: its definition's default and, if set, its value. */
export interface EnvironmentVariable {
    readonly schemaName: string;
    readonly displayName: string;
    readonly description: string;
    readonly definitionId: string;
    readonly valueId: string;
    readonly defaultValue: string | null;
    value: string | null;
}

/** The environment variables as the solution's import leaves them; a new array each time. */
export function environmentVariables(): EnvironmentVariable[] {
    return [
        {
            schemaName: "cwa_ChatWidgetSnippet",
            displayName: "Chat widget snippet",
            description:
                "The script of your chat widget, whole and unchanged: Copilot Service admin center, Channels, Chat, your chat channel, Edit, Chat widget, Copy. Every control in this environment uses it. To import without a chat for now, enter: none",
            definitionId: "e7d00001-5c11-4f7e-a001-0000000000a1",
            valueId: "e7d00001-5c11-4f7e-a001-0000000000b1",
            defaultValue: null,
            value: snippet(),
        },
        {
            schemaName: "cwa_ChatOrganizations",
            displayName: "Further trusted chat organizations",
            description:
                "Only if widgets are chosen by values in columns: organization IDs (GUIDs, data-org-id in the snippet), or older organization URLs, of further contact centres that users may be connected with, separated by commas. The organization of the chat widget snippet and this environment's own need not be listed. none: no others.",
            definitionId: "e7d00002-5c11-4f7e-a001-0000000000a2",
            valueId: "e7d00002-5c11-4f7e-a001-0000000000b2",
            defaultValue: "none",
            value: null,
        },
        {
            schemaName: "cwa_ChatScriptHosts",
            displayName: "Further chat script hosts",
            description:
                "Only if the control says script-host-not-trusted: hosts that the widget's script may come from besides those Microsoft documents, as they stand in the snippet after https://, separated by commas. none: no others.",
            definitionId: "e7d00003-5c11-4f7e-a001-0000000000a3",
            valueId: "e7d00003-5c11-4f7e-a001-0000000000b3",
            defaultValue: "none",
            value: null,
        },
        {
            schemaName: "cwa_ChatPage",
            displayName: "Chat page settings",
            description:
                "Only for the page Chat with an agent in an app's navigation: its settings, one per line as name=value. startMode: button, widgetButton or automatic. message, buttonLabel, closedMessage: texts of your own. requireEmail, contactCheck: yes or no. contextVariables: Name=value for the agent. none: the standard.",
            definitionId: "e7d00004-5c11-4f7e-a001-0000000000a4",
            valueId: "e7d00004-5c11-4f7e-a001-0000000000b4",
            defaultValue: "none",
            value: null,
        },
    ];
}

/** Accounts and opportunities: the records between which the demo navigates. */
export const accounts = [
    {
        id: "5f6a1b5d-07b6-4d5f-9f80-1e6c6b0e2f06",
        name: "Adventure Works",
        city: "Santa Cruz",
        phone: "+1 555 0152",
        industry: "Consumer goods",
        revenue: 60000000,
        employees: 4300,
    },
    {
        id: "acc00002-1111-4a4a-8b8b-000000000002",
        name: "Fourth Coffee",
        city: "Renton",
        phone: "+1 555 0150",
        industry: "Food and beverage",
        revenue: 14500000,
        employees: 620,
    },
    {
        id: "acc00003-1111-4a4a-8b8b-000000000003",
        name: "Litware",
        city: "Dallas",
        phone: "+1 555 0151",
        industry: "Technology",
        revenue: 20000000,
        employees: 950,
    },
    {
        id: "acc00004-1111-4a4a-8b8b-000000000004",
        name: "Trey Research",
        city: "Phoenix",
        phone: "+1 555 0156",
        industry: "Life sciences",
        revenue: 32800000,
        employees: 1240,
    },
    {
        id: "acc00005-1111-4a4a-8b8b-000000000005",
        name: "Alpine Ski House",
        city: "Missoula",
        phone: "+1 555 0157",
        industry: "Hospitality",
        revenue: 9100000,
        employees: 310,
    },
] as const;

export const opportunities = [
    {
        id: "0bb00001-2222-4b4b-9c9c-000000000001",
        name: "40 espresso machines for the west coast",
        accountId: accounts[1].id,
        close: "2026-03-27",
        value: 186500,
        probability: 70,
        stage: "Propose",
        rating: "Hot",
        need: "Machines and five years of service for forty shops.",
        situation: "The lease of the present machines ends in June; repairs take eleven days on average.",
    },
    {
        id: "0bb00002-2222-4b4b-9c9c-000000000002",
        name: "Mountain bikes for the summer season",
        accountId: accounts[0].id,
        close: "2026-04-10",
        value: 92300,
        probability: 45,
        stage: "Develop",
        rating: "Warm",
        need: "220 rental bikes before May.",
        situation: "Two suppliers were invited to an offer.",
    },
    {
        id: "0bb00003-2222-4b4b-9c9c-000000000003",
        name: "Support plan and onboarding",
        accountId: accounts[2].id,
        close: "2026-02-27",
        value: 48000,
        probability: 85,
        stage: "Close",
        rating: "Hot",
        need: "Support in two languages, around the clock.",
        situation: "Contract is with the customer's legal department.",
    },
    {
        id: "0bb00004-2222-4b4b-9c9c-000000000004",
        name: "Laboratory refrigerators",
        accountId: accounts[3].id,
        close: "2026-06-30",
        value: 231000,
        probability: 25,
        stage: "Qualify",
        rating: "Cold",
        need: "Twelve units with remote monitoring.",
        situation: "Budget is expected in the second quarter.",
    },
    {
        id: "0bb00005-2222-4b4b-9c9c-000000000005",
        name: "Lift tickets and loyalty app",
        accountId: accounts[4].id,
        close: "2026-05-15",
        value: 74900,
        probability: 55,
        stage: "Develop",
        rating: "Warm",
        need: "One ticket for three resorts.",
        situation: "A pilot with 400 guests is running.",
    },
] as const;
