// Covers widget/sdk: finding the SDK and the agents' workspace without touching what belongs to Microsoft.
import { inAgentWorkspace, sdkOf } from "../../../ChatWithAgent/widget/sdk";

const page = (Microsoft?: unknown): Window => (Microsoft === undefined ? {} : { Microsoft }) as unknown as Window;

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
    });
});

test("nothing is written, above or inside", () => {
    const locked = Object.freeze({ Omnichannel: Object.freeze({ LiveChatWidget: Object.freeze({ SDK: Object.freeze({}) }) }) });
    const window = Object.freeze(page(locked));
    expect(() => [sdkOf(window), inAgentWorkspace(window)]).not.toThrow();
});
