// Covers page/languages: which language a user reads, the page's own words before the control's, and English until
// texts come and where they do not.
import { createLanguages, guess, inTime, languageOf } from "../../../page/languages";

const TEXTS = {
    english: {
        launcher_text: "control",
        page_launcher_text: "page",
        only_english: "English",
        retry_action: "Try again",
    },
    others: [1031, 2052, 2070],
};

const GERMAN = { launcher_text: "Steuerelement", page_launcher_text: "Seite", retry_action: "Nochmal" };
const PORTUGUESE = { retry_action: "Tentar novamente" };

/** Languages whose files are these; what has none does not come. */
function languagesWith(files: Readonly<Record<number, unknown>>) {
    const asked: number[] = [];
    const languages = createLanguages(TEXTS, (id) => {
        asked.push(id);
        return id in files ? Promise.resolve(files[id]) : Promise.reject(new Error("404"));
    });
    return { ...languages, asked };
}

test.each([
    ["the very language", 1031, 1031],
    ["one of the same family: Austrian", 3079, 1031],
    ["one of the same family: Brazilian", 1046, 2070],
    ["English", 1033, 1033],
    ["British as English", 2057, 1033],
    ["one of the same family: Chinese in Singapore", 4100, 2052],
    ["English for traditional Chinese, which the simplified one is not", 1028, 1033],
    ["English where there is none", 1041, 1033],
    ["English for what is no language", 0, 1033],
    ["English for a number that is none", NaN, 1033],
])("texts are in %s", (_name, languageId, expected) => {
    expect(languageOf(TEXTS, languageId)).toBe(expected);
});

test("the page's own words come first, then the control's, then English, then the key", async () => {
    const { textOf, prepare } = languagesWith({ 1031: GERMAN, 2070: PORTUGUESE });
    await prepare(3079);
    await prepare(1046);
    expect(["launcher_text", "retry_action", "only_english", "nothing"].map((key) => textOf(3079, key))).toEqual([
        "Seite",
        "Nochmal",
        "English",
        "nothing",
    ]);
    expect(textOf(1046, "launcher_text")).toBe("page");
});

test("English speaks until a language's texts are there, and needs nothing", async () => {
    const { textOf, prepare, asked } = languagesWith({ 1031: GERMAN });
    await prepare(1033);
    await prepare(1041);
    expect(asked).toEqual([]);
    const coming = prepare(1031);
    expect([1031, 1033, 1041].map((id) => textOf(id, "retry_action"))).toEqual(["Try again", "Try again", "Try again"]);
    await coming;
    expect([1031, 1033, 1041].map((id) => textOf(id, "retry_action"))).toEqual(["Nochmal", "Try again", "Try again"]);
});

test("a language is asked for once, however often it is wanted", async () => {
    const { prepare, asked } = languagesWith({ 1031: GERMAN });
    await Promise.all([prepare(1031), prepare(3079)]);
    await prepare(1031);
    expect(asked).toEqual([1031]);
});

test("a language that does not come is English, and is asked for anew when it is wanted again", async () => {
    const files: Record<number, unknown> = {};
    const { textOf, prepare, asked } = languagesWith(files);
    await prepare(1031);
    expect(textOf(1031, "retry_action")).toBe("Try again");
    files[1031] = GERMAN;
    await prepare(1031);
    expect([asked, textOf(1031, "retry_action")]).toEqual([[1031, 1031], "Nochmal"]);
});

test.each([[undefined], [null], ["x"], [7], [[]], [{ retry_action: 7, launcher_text: null }]])(
    "what comes and is no texts is English: %j",
    async (answer) => {
        const { textOf, prepare } = languagesWith({ 1031: answer });
        await prepare(1031);
        expect(["retry_action", "launcher_text"].map((key) => textOf(1031, key))).toEqual(["Try again", "page"]);
    },
);

test.each([
    ["the address says", "?userlcid=1036&data=x", "de-DE", 1036],
    ["the browser's very tag", "", "pt-PT", 2070],
    ["the browser's language", "", "de-CH", 1031],
    ["the browser's language, in capitals", "", "DE", 1031],
    ["a language with a script", "", "zh-Hans-CN", 1028],
    ["Norwegian by its other names", "", "no", 1044],
    ["Norwegian by its other names", "", "nn-NO", 1044],
    ["Filipino is not Finnish", "", "fil-PH", 1033],
    ["what the address says is no number", "?userlcid=abc", "fr", 1036],
    ["nobody knows", "", "xx", 1033],
    ["the browser says nothing", "", "", 1033],
])("until the user's settings have answered: %s", (_name, search, browser, expected) => {
    expect(guess(search, browser)).toBe(expected);
});

test("a page waits for its texts, and not longer than 0.4 seconds", async () => {
    jest.useFakeTimers();
    let isShown = false;
    void inTime(new Promise(() => undefined)).then(() => (isShown = true));
    await jest.advanceTimersByTimeAsync(399);
    expect(isShown).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(isShown).toBe(true);
    await inTime(Promise.resolve());
    jest.useRealTimers();
});
