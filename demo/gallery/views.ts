// Owns the list of what the gallery shows: one view for each thing that the control can say, made by the control's
// own rules.
import { viewOf, type Known } from "../../ChatWithAgent/app/view";
import type { View } from "../../ChatWithAgent/components/view";
import type { Texts } from "../../ChatWithAgent/host/host";
import { properties } from "../../tests/unit/app/fakes";
import { AVAILABILITIES, FAILURES, NOTICES, known, noticed, refused, valid } from "../../tests/unit/app/samples";
import { contextOf, widgetSettings } from "../../tests/unit/chat/fakes";

/** Failures that come from the settings, and not from the session. */
const SETTINGS: readonly string[] = [
    "settings-missing",
    "settings-invalid",
    "settings-unreadable",
    "organization-not-trusted",
    "script-host-not-trusted",
];

/** Failures where an address is required, and notices elsewhere. */
const ADDRESS: readonly string[] = ["email-missing", "email-lookup-failed"];

const failedAt = "2026-01-02T03:04:05Z";
const chatting = (unread: number): Partial<Known> => ({
    session: { kind: "chatting", minimised: true, heard: 0, unread },
});
const context = contextOf({ kind: "known", address: "alex@contoso.com" });

/** What a designer shows; open lists. */
const previews: Readonly<Record<string, Partial<Known>>> = {
    preview: { authoring: true, standing: valid("environmentVariable"), context },
    "preview, reading": { authoring: true, standing: { kind: "unsettled" } },
    "preview, snippet": {
        authoring: true,
        standing: {
            kind: "valid",
            settled: {
                kind: "valid",
                source: "widgetSnippet",
                notes: [{ place: "widgetSnippet", problem: "font-dropped", value: "https://fonts.contoso.com/x.css" }],
                widget: {
                    ...widgetSettings(),
                    attributes: { ...widgetSettings().attributes, "data-color-override": "#0f6cbd" },
                },
            },
        },
        context: contextOf(
            { kind: "missing" },
            {
                dropped: [{ name: "Departmnt", problem: "column-unknown" }],
                variables: {
                    Email: { value: "alex@contoso.com", isDisplayable: true },
                    Phone: { value: "1", isDisplayable: true },
                },
            },
        ),
        properties: properties({
            snippet: "<script>",
            contextVariables: "Phone=1",
            userEmail: "alex",
            message: "Chats are recorded.",
            shareRecord: true,
        }),
    },
    "preview, wrong": {
        authoring: true,
        standing: refused("settings-invalid", [
            { place: "orgId", problem: "not-a-guid", value: "x" },
            { place: "cwa_ChatScriptHosts", problem: "unreadable" },
        ]),
    },
};

/** What users see. */
const states: Readonly<Record<string, Partial<Known>>> = {
    launcher: {},
    connecting: { session: { kind: "starting", step: "opening", slow: false } },
    "connecting, slow": { waiting: "slow" },
    opened: { session: { kind: "starting", step: "opened", slow: false } },
    "your turn": { session: { kind: "user-action", then: "start", at: "end" } },
    chatting: { session: { kind: "chatting", minimised: false, heard: 0, unread: 0 } },
    "chatting, minimised": chatting(0),
    "one unread": chatting(1),
    "many unread": chatting(140),
    "opened, notice": { ...noticed("email-missing"), session: { kind: "starting", step: "opened", slow: false } },
    ended: { session: { kind: "ended" } },
    ...Object.fromEntries(
        AVAILABILITIES.map((reason) => [
            reason,
            { session: { kind: "unavailable", reason, resume: "load" }, failedAt } satisfies Partial<Known>,
        ]),
    ),
    ...Object.fromEntries(
        NOTICES.flatMap((code) => [
            [`notice ${code}`, noticed(code)] as const,
            [`notice ${code}, chatting`, { ...noticed(code), ...chatting(3) }] as const,
        ]),
    ),
    ...Object.fromEntries(
        FAILURES.map((code) => [
            `failure ${code}`,
            SETTINGS.includes(code)
                ? { standing: refused(code), failedAt }
                : ({
                      ...(ADDRESS.includes(code) && { properties: properties({ requireEmail: true }) }),
                      session: {
                          kind: "failed",
                          code,
                          detail: "oc-cdn-public-eur.azureedge.net",
                          resume: "load",
                          then: "start",
                      },
                      failedAt,
                  } satisfies Partial<Known>),
        ]),
    ),
    "closed, maker's words": {
        properties: properties({
            closedMessage: "Please write to mailto:help@contoso.example, or call tel:+1-555-0100.",
        }),
        session: { kind: "unavailable", reason: "outside-operating-hours", resume: "load" },
        failedAt,
    },
    "another widget": { standing: { kind: "conflict" } },
    // What fits a column of the usual size, or one line in the classic editor.
    "maker's words": {
        properties: properties({
            message:
                "Chats are recorded. Please do not enter customers' data; for emergencies call the helpdesk on extension 4711, day or night. Thank you for your help today.",
            buttonLabel: "Ask the helpdesk now",
        }),
    },
};

export interface GalleryView {
    readonly name: string;
    readonly view: View;
    /** Shown by a designer only. */
    readonly isPreview: boolean;
}

/** Every view, in the language of the texts. */
export const galleryViews = (texts: Texts): readonly GalleryView[] => [
    ...Object.entries(states).map(([name, change]) => ({ name, view: viewOf(known(change), texts), isPreview: false })),
    ...Object.entries(previews).map(([name, change]) => ({
        name,
        view: viewOf(known(change), texts),
        isPreview: true,
    })),
];
