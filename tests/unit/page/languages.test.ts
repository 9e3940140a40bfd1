// Covers page/languages: which language a user reads, and the page's own words before the control's.
import { guess, languageOf, tagOf, textOf } from "../../../page/languages";

jest.mock(
    "chat-texts",
    () => ({
        __esModule: true,
        default: {
            1033: { launcher_text: "control", page_launcher_text: "page", only_english: "English", retry_action: "Try again" },
            1031: { launcher_text: "Steuerelement", page_launcher_text: "Seite", retry_action: "Nochmal" },
            2070: { retry_action: "Tentar novamente" },
        },
    }),
    { virtual: true },
);

test.each([
    ["the very language", 1031, 1031],
    ["one of the same family: Austrian", 3079, 1031],
    ["one of the same family: Brazilian", 1046, 2070],
    ["English where there is none", 1041, 1033],
    ["English for what is no language", 0, 1033],
])("texts are in %s", (_name, languageId, expected) => {
    expect(languageOf(languageId)).toBe(expected);
});

test("the page's own words come first, then the control's, then English, then the key", () => {
    expect(["launcher_text", "retry_action", "only_english", "nothing"].map((key) => textOf(3079, key))).toEqual(["Seite", "Nochmal", "English", "nothing"]);
    expect(textOf(1046, "launcher_text")).toBe("page");
});

test.each([
    ["the address says", "?userlcid=1036&data=x", "de-DE", 1036],
    ["the browser's very tag", "", "pt-PT", 2070],
    ["the browser's language", "", "de-CH", 1031],
    ["what the address says is no number", "?userlcid=abc", "fr", 1036],
    ["nobody knows", "", "xx", 1033],
    ["the browser says nothing", "", "", 1033],
])("until the user's settings have answered: %s", (_name, search, browser, expected) => {
    expect(guess(search, browser)).toBe(expected);
});

test("a document is marked with its language", () => {
    expect([tagOf(1031), tagOf(2052), tagOf(9999)]).toEqual(["de", "zh-CN", ""]);
});
