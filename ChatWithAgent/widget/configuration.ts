// Owns the configuration request: what the contact centre says of a widget before it is loaded.
import type { WidgetConfiguration, WidgetSettings } from "../chat/ports";

/** How long a request may take, in milliseconds. No start waits that long; a late answer serves the next press. */
const TIME_LIMIT = 10_000;

/** How long an answer is kept, in milliseconds. */
const MAX_AGE = 60_000;

/** The longest answer that is read, in characters: far more than a widget's texts and survey need (I). */
const MAX_LENGTH = 1_000_000;

/** The error code of a widget that does not exist, in the header `errorcode` (S). */
const WIDGET_NOT_FOUND = "701";

/** The conversation mode of a persistent chat (D). */
const PERSISTENT = "192350001";

const NOT_FOUND: WidgetConfiguration = {
    isFound: false,
    isClosed: false,
    isHidden: false,
    isPersistent: false,
    signIn: "none",
    hasSurveyBefore: false,
    hasSurveyAfter: false,
};

type PageWindow = Window & typeof globalThis;

/** Undefined: nothing is known. */
type Answer = WidgetConfiguration | undefined;

type Known = Pick<WidgetSettings, "appId" | "orgId" | "orgUrl">;

/** A value in words: it comes as a string, number or boolean, in upper or lower case (S). Throws for anything else. */
function wordOf(value: unknown): string {
    if (value === undefined || value === null) return "";
    const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    if (isPlain) return String(value).trim().toLowerCase();
    throw new TypeError();
}

/** A value as a truth value; `missing` stands for one that is not there. Throws where it is something else. */
function flagOf(value: unknown, missing = false): boolean {
    const word = wordOf(value);
    if (word === "") return missing;
    if (word === "true" || word === "1") return true;
    if (word === "false" || word === "0") return false;
    throw new TypeError();
}

/** An object, or undefined where there is none. Throws where it is something else. */
function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "object" || Array.isArray(value)) throw new TypeError();
    return value as Readonly<Record<string, unknown>>;
}

function readBody(body: unknown): Answer {
    const { LiveWSAndLiveChatEngJoin: joined, LiveChatConfigAuthSettings: authentication } = objectOf(body) ?? {};
    const {
        OutOfOperatingHours: closed,
        ShowWidget: shown,
        msdyn_conversationmode: mode,
        msdyn_authenticatedsigninoptional: optional,
        msdyn_prechatenabled: before,
        msdyn_postconversationsurveyenable: after,
    } = objectOf(joined) ?? {};
    // Of an answer that has none of these, nothing is known.
    if ([closed, shown, mode, before, after].every((value) => wordOf(value) === "")) return undefined;
    return {
        isFound: true,
        isClosed: flagOf(closed),
        isHidden: !flagOf(shown, true),
        isPersistent: wordOf(mode) === PERSISTENT,
        signIn: !objectOf(authentication) ? "none" : flagOf(optional) ? "optional" : "required",
        hasSurveyBefore: flagOf(before),
        hasSurveyAfter: flagOf(after),
    };
}

/**
 * Reads an answer; undefined means that nothing is known. Never throws.
 * @param status of HTTP
 * @param errorcode the header of this name
 * @param body the answer's JSON, which may be anything
 */
export function readConfiguration(status: number, errorcode: string | null, body: unknown): Answer {
    if (status === 404 || errorcode?.trim() === WIDGET_NOT_FOUND) return NOT_FOUND;
    try {
        return status === 200 ? readBody(body) : undefined;
    } catch {
        return undefined;
    }
}

/** The answer's JSON. Rejects where there is none, or too much. */
async function bodyOf(response: Response): Promise<unknown> {
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let text = "";
    while (reader) {
        const { done, value } = await reader.read();
        if (done) break;
        text += decoder.decode(value, { stream: true });
        if (text.length > MAX_LENGTH) throw new RangeError();
    }
    return JSON.parse(text);
}

/** Asks once; never rejects. */
async function ask(page: PageWindow, address: string): Promise<Answer> {
    const ending = new page.AbortController();
    const timer = page.setTimeout(() => ending.abort(), TIME_LIMIT);
    try {
        // No headers of its own, so that the browser asks nothing beforehand; a redirect would leave the trusted host.
        const response = await page.fetch(`${address}?requestId=${page.crypto.randomUUID()}&channelId=lcw`, {
            credentials: "omit",
            cache: "no-store",
            redirect: "error",
            signal: ending.signal,
        });
        const errorcode = response.headers.get("errorcode");
        const read = (body?: unknown): Answer => readConfiguration(response.status, errorcode, body);
        return read() ?? read(await bodyOf(response));
    } catch {
        // No network, a blocker, CORS, a policy, no JSON: nothing is known, and that is no failure.
        return undefined;
    } finally {
        page.clearTimeout(timer);
        // Ends what is still being received.
        ending.abort();
    }
}

/** Asks what the contact centre says of a trusted widget. Undefined means that nothing is known. Never rejects. */
export type ConfigurationRequest = (settings: Known, maxAgeMs?: number) => Promise<Answer>;

/**
 * Makes the request for one window: one call for each widget, whose answer is kept. Failures are not kept.
 * @param now milliseconds, from any moment on
 */
export function createConfigurationRequest(page: PageWindow, now: () => number = Date.now): ConfigurationRequest {
    /** `at`: when the answer came; undefined while it is waited for. */
    const calls = new Map<string, { readonly answer: Promise<Answer>; at?: number }>();

    async function askAndKeep(address: string): Promise<Answer> {
        const configuration = await ask(page, address);
        const call = calls.get(address);
        if (!configuration || !call) calls.delete(address);
        else call.at = now();
        return configuration;
    }

    return ({ appId, orgId, orgUrl }, maxAgeMs = MAX_AGE) => {
        const address = `${orgUrl}/livechatconnector/config/${orgId}/${appId}`;
        const known = calls.get(address);
        // The clock may have been set back meanwhile.
        if (known && (known.at === undefined || Math.abs(now() - known.at) < maxAgeMs)) return known.answer;
        const call = { answer: askAndKeep(address) };
        calls.set(address, call);
        return call.answer;
    };
}
