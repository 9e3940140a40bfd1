/**
 * Covers widget/elements: hiding the widget's elements, and what is read from them (ids S, B).
 * @jest-environment jsdom
 */
import { createElements } from "../../../ChatWithAgent/widget/elements";
import { installStyleSheets } from "./page";

const sheets = installStyleSheets();
const show = (html: string): void => void (document.body.innerHTML = html);

afterEach(() => {
    document.body.innerHTML = "";
    document.adoptedStyleSheets = [];
});

describe("the veil", () => {
    test("is one sheet, put on once, taken off without a trace", () => {
        const { veil } = createElements(document);
        veil(true);
        veil(true);
        expect(sheets()).toHaveLength(1);
        veil(false);
        veil(false);
        expect(sheets()).toHaveLength(0);
    });

    test("leaves the sheets of others alone, in their order", () => {
        const [first, second] = [new CSSStyleSheet(), new CSSStyleSheet()];
        document.adoptedStyleSheets = [first, second];
        const { veil } = createElements(document);
        veil(true);
        expect(sheets()).toHaveLength(3);
        expect(sheets()[0]).toBe(first);
        expect(sheets()[1]).toBe(second);
        veil(false);
        expect(sheets()).toHaveLength(2);
        expect(sheets()[1]).toBe(second);
    });

    test("touches nothing before it is asked for", () => {
        createElements(document);
        expect(sheets()).toEqual([]);
    });

    test("hides the widget and what is in it, and nothing else of the app", () => {
        createElements(document).veil(true);
        const [, selectors = "", declarations = ""] = /^(.*)\{(.*)\}$/.exec(sheets()[0]?.text ?? "") ?? [];
        // Out of reach of keyboard and screen readers too, not only of the eye.
        expect(declarations).toBe("visibility:hidden!important");
        show(`
            <div id="oc-lcw-container"><button id="oc-lcw-chat-button"><b>2</b></button></div>
            <div id="lcw-components-reconnect-chat-pane"></div>
            <div class="webchat__live-region"></div>
            <iframe id="Microsoft_Omnichannel_LCWidget_Chat_Iframe_Window"></iframe>
            <main id="app"><button id="shell">Save</button></main>`);
        const hidden = (id: string): boolean => document.getElementById(id)?.matches(selectors) ?? false;
        expect(["oc-lcw-container", "oc-lcw-chat-button", "lcw-components-reconnect-chat-pane", "Microsoft_Omnichannel_LCWidget_Chat_Iframe_Window"].map(hidden)).toEqual([true, true, true, true]);
        expect(document.querySelector("b")?.matches(selectors)).toBe(true);
        expect(document.querySelector(".webchat__live-region")?.matches(selectors)).toBe(true);
        expect(["app", "shell"].map(hidden)).toEqual([false, false]);
        expect(document.body.matches(selectors)).toBe(false);
    });
});

test.each<[string, string | undefined]>([
    [`<div id="oc-lcw-prechatsurvey-pane"></div>`, "survey"],
    [`<div id="oc-lcw-postchatsurvey-pane"></div>`, "survey-after"],
    [`<div id="oc-lcw-reconnect-chat-pane"></div>`, "survey"],
    [`<div id="oc-lcw-outofofficehours-pane"></div>`, "closed-hours"],
    [`<div id="oc-lcw-webchat"></div>`, undefined],
    ["", undefined],
])("the pane in %s is %s", (html, expected) => {
    show(html);
    expect(createElements(document).pane()).toBe(expected);
});

test.each<[string, boolean | undefined]>([
    [`<div id="oc-lcw-header"></div>`, false],
    [`<button id="oc-lcw-chat-button"></button>`, true],
    [`<div id="oc-lcw-header"></div><button id="oc-lcw-chat-button"></button>`, false],
    ["", undefined],
])("minimised in %s: %s", (html, expected) => {
    show(html);
    expect(createElements(document).minimised()).toBe(expected);
});

test.each([
    ["2", 2],
    ["2<span>unread messages</span>", 2],
    ["99+", 99],
    ["", 0],
    ["new", 0],
])("the count in %j is %d", (text, expected) => {
    show(`<div id="oc-lcw-chat-button-notification-bubble">${text}</div>`);
    expect(createElements(document).unread()).toBe(expected);
});

test("without a bubble there is nothing unread", () => {
    expect(createElements(document).unread()).toBe(0);
});

test("a survey is left by the widget's own buttons: its ✕, then yes if it asks; where neither is there, nothing is pressed", () => {
    const { dismiss } = createElements(document);
    const pressed: string[] = [];
    const listen = (): void => document.querySelectorAll("button").forEach((button) => button.addEventListener("click", () => pressed.push(button.id)));
    show('<button id="lcw-header-minimize-button"></button>');
    listen();
    dismiss();
    show('<button id="lcw-header-close-button"></button>');
    listen();
    dismiss();
    show('<button id="lcw-header-close-button"></button><button id="oc-lcw-confirmation-pane-cancelbutton"></button><button id="oc-lcw-confirmation-pane-confirmbutton"></button>');
    listen();
    dismiss();
    expect(pressed).toEqual(["lcw-header-close-button", "oc-lcw-confirmation-pane-confirmbutton"]);
});

test("Web Chat speaks as long as a line stands in its live region", () => {
    const { speaks } = createElements(document);
    show("<div>Said elsewhere</div>");
    expect(speaks()).toBe(false);
    show('<div class="webchat__live-region"></div>');
    expect(speaks()).toBe(false);
    show('<div class="webchat__live-region"><div>The agent said: Hello</div></div>');
    expect(speaks()).toBe(true);
});
