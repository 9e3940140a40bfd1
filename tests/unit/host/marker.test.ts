/**
 * Covers host/web/marker: whose conversation it is, for how long, and what of the storage's content is believed.
 * @jest-environment jsdom
 */
import { createMarker } from "../../../ChatWithAgent/host/web/marker";
import { APP, ORG, OTHER_APP, OTHER_USER, USER, widgetSettings } from "../chat/fakes";

const MINUTES = 60_000;
const A = widgetSettings();
const B = widgetSettings(OTHER_APP);

let time = 1_800_000_000_000;
const marker = createMarker(window, () => time);

/** The keys of all markers; the list of them is an entry beside them. */
const markers = (): string[] =>
    Object.keys(localStorage).filter((key) => key.startsWith("InternalChat.ChatWithAgent."));

/** The one marker that there is. */
function entry(): { key: string; value: string } {
    const [key = ""] = markers();
    expect(markers()).toHaveLength(1);
    return { key, value: localStorage.getItem(key) ?? "" };
}

beforeEach(() => localStorage.clear());

test("nothing is anybody's before it was kept", () => {
    expect(marker.any()).toBe(false);
    expect(marker.own(A, USER)).toBe(false);
    marker.drop(A);
    expect(localStorage).toHaveLength(0);
});

test("what was kept is this user's in this widget of this organisation, and in none else", () => {
    marker.keep(A, USER);
    expect(marker.any()).toBe(true);
    expect(marker.own(A, USER)).toBe(true);
    expect(marker.own(A, OTHER_USER)).toBe(false);
    expect(marker.own(A, "")).toBe(false);
    expect(marker.own(B, USER)).toBe(false);
    expect(marker.own(widgetSettings(APP, OTHER_USER), USER)).toBe(false);
});

test("another bundle on the page, and the next page, know it too", () => {
    marker.keep(A, USER);
    expect(createMarker(window, () => time).own(A, USER)).toBe(true);
});

test("a conversation has one owner: the next user's marker replaces the first's", () => {
    marker.keep(A, USER);
    marker.keep(A, OTHER_USER);
    expect(markers()).toHaveLength(1);
    expect(marker.own(A, USER)).toBe(false);
    expect(marker.own(A, OTHER_USER)).toBe(true);
});

test("two widgets have two markers, dropped one by one", () => {
    marker.keep(A, USER);
    marker.keep(B, USER);
    marker.drop(A);
    expect(marker.own(A, USER)).toBe(false);
    expect(marker.own(B, USER)).toBe(true);
    expect(marker.any()).toBe(true);
    marker.drop(B);
    expect(localStorage).toHaveLength(0);
});

test("lives 15 minutes from the last renewal", () => {
    marker.keep(A, USER);
    time += 10 * MINUTES;
    marker.keep(A, USER);
    time += 15 * MINUTES - 1;
    expect(marker.own(A, USER)).toBe(true);
    expect(marker.any()).toBe(true);
    time += 1;
    expect(marker.own(A, USER)).toBe(false);
    expect(marker.any()).toBe(false);
});

test.each([2_000, 5 * MINUTES])("a clock that was set back by %i ms around a reload takes nothing away", (back) => {
    marker.keep(A, USER);
    time -= back;
    expect(marker.own(A, USER)).toBe(true);
    expect(marker.any()).toBe(true);
    time += back;
});

describe("whether there is any", () => {
    test("is known from single entries, however many the app has", () => {
        for (let count = 0; count < 100; count++) localStorage.setItem(`app.${count}`, "x");
        marker.keep(A, USER);
        const read = jest.fn((key: string) => localStorage.getItem(key));
        // Only single entries can be read here.
        const narrow = createMarker({ localStorage: { getItem: read } } as unknown as Window, () => time);
        expect(narrow.any()).toBe(true);
        expect(narrow.any(A)).toBe(true);
        expect(narrow.any(B)).toBe(false);
        expect(narrow.isBlocked).toBe(false);
        expect(read.mock.calls.length).toBeLessThan(6);
    });

    test.each(["", "   ", "{}", "x y z", "somebody.else"])(
        "is not told by a list that somebody has written: %j",
        (text) => {
            localStorage.setItem("somebody.else", `x ${time + MINUTES}`);
            localStorage.setItem("InternalChat.ChatWithAgent", text);
            expect(marker.any()).toBe(false);
            marker.keep(A, USER);
            expect(marker.any()).toBe(true);
        },
    );

    test("is known again when a list was lost, from the next renewal on", () => {
        marker.keep(A, USER);
        localStorage.removeItem("InternalChat.ChatWithAgent");
        marker.keep(A, USER);
        expect(marker.any()).toBe(true);
    });

    test("is asked of a list that holds no markers of old", () => {
        for (let count = 0; count < 100; count++) {
            marker.keep(widgetSettings(`${String(count).padStart(8, "0")}${APP.slice(8)}`), USER);
            time += 16 * MINUTES;
        }
        expect(localStorage.getItem("InternalChat.ChatWithAgent")?.split(" ")).toHaveLength(1);
    });
});

test("holds nothing from which user, organisation or widget could be read", () => {
    marker.keep(A, USER);
    const written = JSON.stringify(localStorage).toLowerCase();
    for (const secret of [USER, ORG, APP, ...USER.split("-"), ...ORG.split("-"), ...APP.split("-")].filter(
        ({ length }) => length > 3,
    ))
        expect(written).not.toContain(secret);
});

test("a user who is not known leaves no marker", () => {
    marker.keep(A, "");
    expect(localStorage).toHaveLength(0);
    expect(marker.own(A, "")).toBe(false);
});

describe("an entry that somebody else has written", () => {
    beforeEach(() => marker.keep(A, USER));

    const EXPIRIES: Readonly<Record<string, () => string>> = {
        none: () => "",
        "no number": () => " soon",
        NaN: () => " NaN",
        Infinity: () => " Infinity",
        "far in the future": () => ` ${time + 20 * MINUTES + 1}`,
        "in the past": () => ` ${time - 1}`,
        now: () => ` ${time}`,
        negative: () => " -1",
    };

    test.each(Object.keys(EXPIRIES))("with an expiry of: %s, is worth nothing", (name) => {
        const { key, value } = entry();
        localStorage.setItem(key, (value.split(" ")[0] ?? "") + (EXPIRIES[name]?.() ?? ""));
        expect(marker.own(A, USER)).toBe(false);
        expect(marker.any()).toBe(false);
    });

    test.each(["", "   ", "{}", "null", "undefined", "__proto__"])("as %j, is worth nothing", (text) => {
        localStorage.setItem(entry().key, text);
        expect(marker.own(A, USER)).toBe(false);
        expect(marker.any()).toBe(false);
        marker.keep(A, USER);
        expect(marker.own(A, USER)).toBe(true);
    });

    test("with another owner, belongs to nobody here, and the widget is loaded to find out", () => {
        const { key, value } = entry();
        localStorage.setItem(key, `xyz ${value.split(" ")[1] ?? ""}`);
        expect(marker.own(A, USER)).toBe(false);
        expect(marker.any()).toBe(true);
    });
});

test("other entries of the app do not matter", () => {
    localStorage.setItem("somebody.else", `x ${time + MINUTES}`);
    expect(marker.any()).toBe(false);
});

describe("a storage that is refused", () => {
    const refuse = (): never => {
        throw new DOMException("denied", "SecurityError");
    };
    const pages: readonly [string, object][] = [
        ["at the first touch", Object.defineProperty({}, "localStorage", { get: refuse })],
        ["at every use", { localStorage: new Proxy({}, { get: () => refuse, ownKeys: refuse }) }],
        ["because there is none", {}],
    ];

    test.each(pages)("%s, means that no conversation is ever taken for the user's own", (_, page) => {
        const blind = createMarker(page as Window, () => time);
        blind.keep(A, USER);
        blind.drop(A);
        expect(blind.own(A, USER)).toBe(false);
        expect(blind.any()).toBe(false);
    });
});

test("leaving the page is heard each time", () => {
    const leave = jest.fn();
    marker.onLeave(leave);
    window.dispatchEvent(new Event("pagehide"));
    window.dispatchEvent(new Event("pagehide"));
    expect(leave).toHaveBeenCalledTimes(2);
});

test("there is one for a widget, whoever's it is, as long as it lives", () => {
    marker.keep(A, OTHER_USER);
    expect(marker.any(A)).toBe(true);
    expect(marker.any(B)).toBe(false);
    time += 16 * MINUTES;
    expect(marker.any(A)).toBe(false);
});

test.each<[string, StorageEventInit, number]>([
    ["a marker that is dropped", { key: "InternalChat.ChatWithAgent.x", newValue: null }, 1],
    ["a storage that is cleared", { key: null, newValue: null }, 1],
    ["a marker that is written", { key: "InternalChat.ChatWithAgent.x", newValue: "owner 1" }, 0],
    ["what others drop", { key: "somebody's", newValue: null }, 0],
    ["the list of markers that is gone", { key: "InternalChat.ChatWithAgent", newValue: null }, 0],
])("another tab tells of %s: %j", (_, event, times) => {
    const dropped = jest.fn();
    createMarker(window).onDrop(dropped);
    window.dispatchEvent(new StorageEvent("storage", event));
    expect(dropped).toHaveBeenCalledTimes(times);
});
