// Owns the marker of a running conversation in localStorage: the one use of web storage, because no store of the
// framework outlives a reload.
import type { MarkerPort, WidgetSettings } from "../../chat/ports";

const PREFIX = "InternalChat.ChatWithAgent.";

/** The entry with the names of all markers: looking through an app's whole storage takes milliseconds. */
const LIST = "InternalChat.ChatWithAgent";

/** The widget keeps a conversation for 15 minutes after its last sign of life (S); the marker lives as long. */
const LIFETIME = 15 * 60_000;

/** A computer's clock may be set back by so much around a reload, in milliseconds. */
const SET_BACK = 5 * 60_000;

/** FNV-1a, 32 bits, from a given start. */
function fnv(text: string, hash: number): string {
    for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
    return (hash >>> 0).toString(36);
}

/** 64 bits of two hashes: no secret, only short, and nothing personal can be read from it. */
const hash = (text: string): string => fnv(text, 0x811c9dc5) + fnv(text, 0x9747b28c);

/** One marker a widget, so that a conversation has one owner: a second user's marker replaces the first's. */
const nameOf = ({ orgId, appId }: WidgetSettings): string => hash(`${orgId}/${appId}`);
const ownerOf = ({ orgId, appId }: WidgetSettings, userId: string): string => hash(`${userId}/${orgId}/${appId}`);

/**
 * The marker in the storage of the page; where storage is refused, no conversation is ever taken for the user's own.
 */
export function createMarker(page: Window, now: () => number = Date.now): MarkerPort {
    let isBlocked = false;
    /** The entry that this window answers for, for each widget. */
    const written = new Map<string, string>();
    function guarded<T>(use: (storage: Storage) => T, otherwise: T): T {
        try {
            return use(page.localStorage);
        } catch {
            isBlocked = true;
            return otherwise;
        }
    }
    /** The entry is untrusted text: `owner expiry`. */
    const owner = (storage: Storage, name: string): string | undefined => {
        const [of, until] = (storage.getItem(PREFIX + name) ?? "").split(" ");
        const left = Number(until) - now();
        // An expiry further off than any marker lives was not written by us.
        return left > 0 && left <= LIFETIME + SET_BACK ? of : undefined;
    };
    /** The names of the markers that live. */
    const listed = (storage: Storage): string[] =>
        (storage.getItem(LIST) ?? "").split(" ").filter((name) => owner(storage, name) !== undefined);
    /** Lists the markers anew, with this one or without it. */
    function list(storage: Storage, name: string, isThere: boolean): void {
        const before = storage.getItem(LIST) ?? "";
        const names = listed(storage).filter((other) => other !== name);
        const after = (isThere ? [...names, name] : names).join(" ");
        if (after !== before) storage[after ? "setItem" : "removeItem"](LIST, after);
    }
    return {
        get isBlocked() {
            return isBlocked;
        },
        any: (widget) =>
            guarded(
                (storage) => (widget ? owner(storage, nameOf(widget)) !== undefined : listed(storage).length > 0),
                false,
            ),
        own: (widget, userId) =>
            userId !== "" && guarded((storage) => owner(storage, nameOf(widget)) === ownerOf(widget, userId), false),
        keep(widget, userId) {
            if (!userId) return;
            guarded((storage) => {
                const entry = `${ownerOf(widget, userId)} ${now() + LIFETIME}`;
                written.set(nameOf(widget), entry);
                storage.setItem(PREFIX + nameOf(widget), entry);
                list(storage, nameOf(widget), true);
            }, undefined);
        },
        claim(widget) {
            guarded((storage) => {
                const entry = storage.getItem(PREFIX + nameOf(widget));
                if (entry !== null) written.set(nameOf(widget), entry);
            }, undefined);
        },
        drop(widget) {
            guarded((storage) => {
                // What another tab has written is another tab's to drop: its conversation may go on.
                if (written.get(nameOf(widget)) !== storage.getItem(PREFIX + nameOf(widget))) return;
                storage.removeItem(PREFIX + nameOf(widget));
                list(storage, nameOf(widget), false);
            }, undefined);
        },
        // No key: all of the storage was cleared.
        onDrop: (dropped) =>
            page.addEventListener(
                "storage",
                ({ key, newValue }) => (key ?? PREFIX).startsWith(PREFIX) && newValue === null && dropped(),
            ),
        onLeave: (leave) => page.addEventListener("pagehide", leave),
    };
}
