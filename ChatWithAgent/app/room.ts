// Owns the answer to how much may come to stand in a view: room is kept for it, so that no change of state moves the page around.
import type { FailureCode, NoticeCode } from "../chat/codes";
import type { Room } from "../components/view";
import type { Properties, Texts } from "../host/host";
import { failureWords, launcherWords } from "./words";

/** All of them: a test holds the list complete. */
const FAILURES: readonly FailureCode[] = [
    "settings-missing",
    "settings-invalid",
    "settings-unreadable",
    "organization-not-trusted",
    "script-host-not-trusted",
    "script-unreachable",
    "script-blocked-by-csp",
    "widget-not-found",
    "widget-timeout",
    "widget-error",
    "widget-requires-authentication",
    "widget-conflict",
    "start-timeout",
    "offline",
    "email-missing",
    "email-lookup-failed",
    "signed-out",
    "web-api-blocked",
];

/**
 * Which of the wordiest is the tallest is the browser's to say, so some are laid out: by the room of all words, where a letter of a title counts more
 * (14 px bold on lines of 20 px, against 12 px on 16 px), and by that of the title above all, because a line begun is a whole line. Notices are chosen
 * by themselves, because each stands under two titles and would crowd out the rest. What is clearly shorter than another one in title and text is left out:
 * laying words out costs each new view its time. The gallery's test holds every state in every language to the room that comes of it.
 */
const BY_ALL = 1.6;
const BY_TITLE = 4;
const CLEARLY = 1.05;

type Said = Room["words"][number];

/** What the room depends on, beside the texts. */
type RoomProperties = Pick<Properties, "message" | "buttonLabel" | "contactCheck" | "requireEmail">;

function most(all: readonly Said[], factor: number, count: number): readonly Said[] {
    const weight = ({ title, text }: Said): number => title.length * factor + text.length;
    return [...all].sort((one, other) => weight(other) - weight(one)).slice(0, count);
}

/** Those that can come: the context is the page's, and another control's properties may bring them; the check of the contact is each control's own. */
const noticesOf = ({ contactCheck }: RoomProperties): readonly NoticeCode[] => ["storage-blocked", "email-missing", "email-lookup-failed", "context-dropped", ...(contactCheck ? (["contact-missing", "contact-ambiguous"] as const) : [])];

/** Failures of this control only where an address is required. */
const WITHOUT_ADDRESS: readonly FailureCode[] = ["email-missing", "email-lookup-failed"];

const covers = (one: Said, other: Said): boolean => one.title.length >= CLEARLY * other.title.length && one.text.length >= CLEARLY * other.text.length;

/** The latest room of each control, by its texts: a view is worked out far more often than anything of this changes. */
const rooms = new WeakMap<Texts, { readonly by: string; readonly room: Room }>();

/** The wordiest of what may come to stand in place of the launcher, and the longest label. */
export function wordiest(properties: Properties, texts: Texts): Room {
    const { message, buttonLabel, contactCheck, requireEmail } = properties;
    const by = JSON.stringify([message, buttonLabel, contactCheck, requireEmail]);
    const latest = rooms.get(texts);
    if (latest?.by === by) return latest.room;
    const room = workOut(properties, texts);
    rooms.set(texts, { by, room });
    return room;
}

function workOut(properties: RoomProperties, texts: Texts): Room {
    const { action: start, ...launcher } = launcherWords(properties, texts);
    const action = ["chatting", "ended", "retry"].map((key) => texts(`${key}_action`)).reduce((one, other) => (other.length > one.length ? other : one), start);
    const titled = (key: string, text: string): Said => ({ title: texts(`${key}_title`), text: texts(text) });
    const notices = noticesOf(properties).flatMap((code) => [{ ...launcher, text: texts(`notice_${code}`) }, titled("chatting", `notice_${code}`)]);
    const others: readonly Said[] = [
        launcher,
        ...FAILURES.filter((code) => properties.requireEmail || !WITHOUT_ADDRESS.includes(code)).map((code) => failureWords(code, texts)),
        ...["user_action", "ended", "outside-operating-hours", "chatting"].map((key) => titled(key, `${key}_text`)),
        titled("connecting", "connecting_slow"),
        titled("chatting", "chatting_minimised"),
    ];
    const tried = [...new Set([...most(notices, BY_ALL, 6), ...most(others, BY_ALL, 5), ...most(others, BY_TITLE, 4)])];
    return { words: tried.filter((one) => !tried.some((other) => covers(other, one))).map(({ title, text }) => ({ title, text })), action };
}
