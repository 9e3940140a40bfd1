// Owns the marker of a running conversation in localStorage: the one use of web storage, because no store of the framework outlives a reload.
import type { MarkerPort, WidgetSettings } from "../../chat/ports";

const PREFIX = "InternalChat.ChatWithAgent.";

/** The widget keeps a conversation for 15 minutes after its last sign of life (S); the marker lives as long. */
const LIFETIME = 15 * 60_000;

/** FNV-1a, 32 bits, from a given start. */
function fnv(text: string, hash: number): string {
    for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
    return (hash >>> 0).toString(36);
}

/** 64 bits of two hashes: no secret, only short, and nothing personal can be read from it. */
const hash = (text: string): string => fnv(text, 0x811c9dc5) + fnv(text, 0x9747b28c);

/** One entry a widget, so that a conversation has one owner: a second user's marker replaces the first's. */
const keyOf = ({ orgId, appId }: WidgetSettings): string => PREFIX + hash(`${orgId}/${appId}`);
const ownerOf = ({ orgId, appId }: WidgetSettings, userId: string): string => hash(`${userId}/${orgId}/${appId}`);

/** The marker in the storage of the page; where storage is refused, no conversation is ever taken for the user's own. */
export function createMarker(page: Window, now: () => number = Date.now): MarkerPort {
    let isBlocked = false;
    function guarded<T>(use: (storage: Storage) => T, otherwise: T): T {
        try {
            return use(page.localStorage);
        } catch {
            isBlocked = true;
            return otherwise;
        }
    }
    /** The entry is untrusted text: `owner expiry`. */
    const owner = (storage: Storage, key: string): string | undefined => {
        const [name, until] = (storage.getItem(key) ?? "").split(" ");
        const left = Number(until) - now();
        // An expiry further off than any marker lives was not written by us.
        return left > 0 && left <= LIFETIME ? name : undefined;
    };
    return {
        get isBlocked() {
            return isBlocked;
        },
        any: (widget) => guarded((storage) => Object.keys(storage).some((key) => key.startsWith(widget ? keyOf(widget) : PREFIX) && owner(storage, key) !== undefined), false),
        own: (widget, userId) => userId !== "" && guarded((storage) => owner(storage, keyOf(widget)) === ownerOf(widget, userId), false),
        keep(widget, userId) {
            if (userId) guarded((storage) => storage.setItem(keyOf(widget), `${ownerOf(widget, userId)} ${now() + LIFETIME}`), undefined);
        },
        drop: (widget) => guarded((storage) => storage.removeItem(keyOf(widget)), undefined),
        // No key: all of the storage was cleared.
        onDrop: (dropped) => page.addEventListener("storage", ({ key, newValue }) => (key ?? PREFIX).startsWith(PREFIX) && newValue === null && dropped()),
        onLeave: (leave) => page.addEventListener("pagehide", leave),
    };
}
