// Covers nothing itself: views as the control makes them with its English texts, and a context as the component
// framework hands it over.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { viewOf } from "../../ChatWithAgent/app/view";
import type { Known } from "../../ChatWithAgent/app/view";
import type { View } from "../../ChatWithAgent/components/view";
import type { IInputs } from "../../ChatWithAgent/generated/ManifestTypes";
import { refused, known } from "../unit/app/samples";
import { properties } from "../unit/app/fakes";
import { contextOf } from "../unit/chat/fakes";
import { STATES } from "../unit/chat/samples";

const resx = readFileSync(join(__dirname, "../../ChatWithAgent/strings/ChatWithAgent.1033.resx"), "utf8");
const TEXTS = new Map(
    [...resx.matchAll(/<data name="([^"]+)"[^>]*><value>([\s\S]*?)<\/value>/g)].map(([, key = "", value = ""]) => [
        key,
        value.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&"),
    ]),
);

export const text = (key: string): string => TEXTS.get(key) ?? "";

export const view = (change: Partial<Known> = {}): View => viewOf(known(change), text);

const ISSUES = [
    { place: "orgId", problem: "not-a-guid", value: "<b>x</b>" },
    { place: "cwa_ChatScriptHosts", problem: "unreadable" },
] as const;

/** One view of every kind that there is. */
export const VIEWS: Readonly<Record<string, View>> = {
    ...Object.fromEntries(Object.entries(STATES).map(([name, session]) => [name, view({ session })])),
    "not set up": view({ standing: refused("settings-invalid", ISSUES) }),
    "another widget": view({ standing: { kind: "conflict" } }),
    "waiting, slow": view({ waiting: "slow" }),
    "with a notice": view({ context: contextOf({ kind: "missing" }) }),
    "closed, maker's words": view({
        properties: properties({
            closedMessage:
                "Write to mailto:help@contoso.example, see https://contoso.example/help, or /main.aspx?pagetype=dashboard.",
        }),
        session: { kind: "unavailable", reason: "outside-operating-hours", resume: "load" },
    }),
    "one unread": view({ session: { kind: "chatting", minimised: true, heard: 0, unread: 1 } }),
    "many unread": view({ session: { kind: "chatting", minimised: true, heard: 0, unread: 140 } }),
    preview: view({ authoring: true }),
    "preview, reading": view({ authoring: true, standing: { kind: "unsettled" } }),
    "preview, wrong": view({ authoring: true, standing: refused("settings-invalid", ISSUES) }),
};

export type Context = ComponentFramework.Context<IInputs>;

export interface MockContext {
    readonly context: Context;
    /** What was asked of the Web API, and the events that were raised. */
    readonly asked: string[];
    readonly raised: string[];
}

/** A context with these raw values and these members in place of its own. */
export function mockContext(
    values: Partial<Record<keyof IInputs, string | null>> = {},
    members: object = {},
): MockContext {
    const asked: string[] = [];
    const raised: string[] = [];
    const names: (keyof IInputs)[] = [
        "widgetAppId",
        "orgId",
        "orgUrl",
        "widgetSnippet",
        "userEmail",
        "startMode",
        "requireEmail",
        "message",
        "buttonLabel",
        "closedMessage",
    ];
    const defaults: Partial<Record<keyof IInputs, string>> = { startMode: "button", requireEmail: "no" };
    const raise = (name: string) => () => void raised.push(name);
    const context = {
        parameters: Object.fromEntries(names.map((name) => [name, { raw: values[name] ?? defaults[name] ?? null }])),
        mode: { isVisible: true, isControlDisabled: false, isAuthoringMode: false },
        userSettings: { userId: "{7B8F5A1E-33A5-4C0E-9D55-0C8F0B8D1F01}", isRTL: false },
        resources: { getString: text },
        webAPI: {
            retrieveRecord(table: string) {
                asked.push(table);
                return Promise.resolve({ internalemailaddress: "alex@contoso.com" });
            },
            retrieveMultipleRecords(table: string) {
                asked.push(table);
                return Promise.resolve({ entities: [] });
            },
        },
        events: Object.fromEntries(
            ["ChatStarted", "ChatEnded", "MessageReceived", "ChatFailed"].map((name) => [name, raise(name)]),
        ),
        ...members,
    };
    return { context: context as unknown as Context, asked, raised };
}
