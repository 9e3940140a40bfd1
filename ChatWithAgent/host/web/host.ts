// Owns the chat's host where there is no framework: a page of the same origin, with Dataverse's Web API in place of
// the context.
import type { Host, Properties, Texts } from "../host";
import { isInDesigner } from "../designer";
import { createWebApi } from "./web-api";
import type { Trouble } from "./web-api";

/** The names under which the Web API has the tables that the chat reads (D). */
const SETS: Readonly<Record<string, string>> = {
    systemuser: "systemusers",
    contact: "contacts",
    environmentvariabledefinition: "environmentvariabledefinitions",
    organization: "organizations",
};

/**
 * Where the browser does not name who embeds the page (Firefox), it is the app's if all around it is of its own
 * origin.
 */
function authoringOf(page: Window): Host["authoring"] {
    const inDesigner = isInDesigner(page);
    if (inDesigner !== undefined) return inDesigner ? "yes" : "no";
    try {
        // Of another origin's page, not even its address can be read.
        for (let at = page; at !== at.parent; at = at.parent) if (!at.parent.location.href) return "unsure";
        return "no";
    } catch {
        return "unsure";
    }
}

/**
 * Languages that are written from right to left, by the primary part of their locale ID: Arabic, Hebrew, Urdu,
 * Persian (D).
 */
const RIGHT_TO_LEFT: readonly number[] = [0x01, 0x0d, 0x20, 0x29];

/** A locale ID's primary language. */
export const primaryOf = (languageId: number): number => languageId & 0x3ff;

export const isRightToLeft = (languageId: number): boolean => RIGHT_TO_LEFT.includes(primaryOf(languageId));

export interface WebHost extends Host {
    properties: Properties;
    /** Locale ID of the user's language: a guess at first, then what the user's settings say. */
    languageId: number;
    readonly isRtl: boolean;
    /** What stood in the way of the latest question to Dataverse. */
    readonly trouble: Trouble | undefined;
    /** Finds out who is signed in. Rejects where Dataverse does not say. */
    signIn(): Promise<void>;
    /** Reads the user's language; once that is known, `languageId` holds it. Never rejects. */
    readLanguage(): Promise<void>;
}

export interface WebHostParts {
    readonly properties: Properties;
    readonly languageId: number;
    /** A text in a language; in English as long as there is none. */
    readonly textOf: (languageId: number, key: string) => string;
    /** Resolves when a language's texts are there, or known not to come. Never rejects. */
    readonly prepare: (languageId: number) => Promise<void>;
    /** Told of all rows that come, before anybody else is. */
    readonly heard: (table: string, rows: readonly unknown[]) => void;
}

type Answer = Readonly<Record<string, unknown>> | null | undefined;

export function createWebHost(page: Window & typeof globalThis, parts: WebHostParts): WebHost {
    const api = createWebApi(page);
    let userId = "";
    const setOf = (table: string): string => SETS[table] ?? `${table}s`;
    const texts: Texts = (key) => parts.textOf(host.languageId, key);
    const host: WebHost = {
        properties: parts.properties,
        languageId: parts.languageId,
        texts,
        directory: {
            get userId() {
                return userId;
            },
            retrieveRow: (table, id, select) => api.ask(`${setOf(table)}(${id})${select}`),
            async retrieveRows(table, query) {
                const rows = ((await api.ask(setOf(table) + query)) as Answer)?.["value"];
                const found: readonly unknown[] = Array.isArray(rows) ? rows : [];
                parts.heard(table, found);
                return found;
            },
        },
        record: undefined,
        authoring: authoringOf(page),
        visible: true,
        get isRtl() {
            return isRightToLeft(host.languageId);
        },
        get trouble() {
            return api.trouble;
        },
        async signIn() {
            const id = ((await api.ask("WhoAmI")) as Answer)?.["UserId"];
            if (typeof id !== "string") throw new Error("web-api-blocked");
            userId = id.toLowerCase();
        },
        async readLanguage() {
            try {
                // 0 stands for "not chosen" (I): the guess is better.
                const id = ((await api.ask(`usersettingscollection(${userId})?$select=uilanguageid`)) as Answer)?.[
                    "uilanguageid"
                ];
                if (typeof id !== "number" || id <= 0) return;
                // Texts and direction change together, and at once: nothing is mirrored before its words are there.
                await parts.prepare(id);
                host.languageId = id;
            } catch {
                // The guess stays.
            }
        },
        raise: () => undefined,
        outputsChanged: () => undefined,
    };
    return host;
}
