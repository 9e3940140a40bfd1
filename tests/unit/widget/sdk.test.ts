// Covers widget/sdk: finding the SDK and the agents' workspace without touching what belongs to Microsoft.
import { inAgentWorkspace, sdkOf } from "../../../ChatWithAgent/widget/sdk";

/** A page, in a frame of another one or in none. */
function page(Microsoft?: unknown, parent?: Window): Window {
    const made: { Microsoft?: unknown; parent?: unknown } = Microsoft === undefined ? {} : { Microsoft };
    made.parent = parent ?? made;
    return made as unknown as Window;
}

describe("the SDK", () => {
    test.each([[undefined], [{}], [{ Omnichannel: {} }], [{ Omnichannel: { LiveChatWidget: {} } }]])("is not there with %j", (microsoft) => {
        expect(sdkOf(page(microsoft))).toBeUndefined();
    });

    test("is the page's own object", () => {
        const SDK = {};
        expect(sdkOf(page({ Omnichannel: { LiveChatWidget: { SDK } } }))).toBe(SDK);
    });
});

describe("an agent's workspace", () => {
    test.each<[unknown, boolean]>([
        [undefined, false],
        [{}, false],
        // The widget itself makes no workspace.
        [{ Omnichannel: { LiveChatWidget: { SDK: {} } } }, false],
        [{ Apm: {} }, true],
        [{ Omnichannel: { getConversationId: () => "" } }, true],
    ])("%j: %s", (microsoft, expected) => {
        expect(inAgentWorkspace(page(microsoft))).toBe(expected);
        // As for the page in the navigation, whose own frame carries nothing.
        expect(inAgentWorkspace(page(undefined, page(microsoft)))).toBe(expected);
    });

    test("of another origin cannot be seen", () => {
        const closed = new Proxy({}, { get: () => { throw new DOMException("Blocked", "SecurityError"); } }) as unknown as Window;
        expect(inAgentWorkspace(page(undefined, closed))).toBe(false);
    });
});

test("nothing is written, above or inside", () => {
    const locked = Object.freeze({ Omnichannel: Object.freeze({ LiveChatWidget: Object.freeze({ SDK: Object.freeze({}) }) }) });
    const window = Object.freeze(page(locked));
    expect(() => [sdkOf(window), inAgentWorkspace(window)]).not.toThrow();
});
