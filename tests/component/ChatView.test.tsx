// Covers components/ChatView: what stands on the screen for every view, for eyes, keyboard and screen reader.
import { FluentProvider, webDarkTheme, webLightTheme } from "@fluentui/react-components";
import { fireEvent, render, screen, within } from "@testing-library/react";
import axe from "axe-core";
import * as React from "react";
import * as ReactDOM from "react-dom";
import { ChatView } from "../../ChatWithAgent/components/ChatView";
import type { ChatViewProps } from "../../ChatWithAgent/components/ChatView";
import type { View } from "../../ChatWithAgent/components/view";
import { VIEWS, text, view } from "./fixtures";

const NAME = text("control_name");
const DETAILS = text("details_action");

const onIntent = jest.fn();
const onPress = jest.fn();
const attach = jest.fn();

const viewOf = (name: string): View => {
    const found = VIEWS[name];
    if (!found) throw new Error(`There is no view "${name}".`);
    return found;
};

const element = (of: View, change: Partial<ChatViewProps> = {}) => <ChatView view={of} theme={webLightTheme} isRtl={false} name={NAME} detailsText={DETAILS} attach={attach} onIntent={onIntent} onPress={onPress} {...change} />;

const show = (of: View | string, change: Partial<ChatViewProps> = {}) => render(element(typeof of === "string" ? viewOf(of) : of, change));
/** The one button that everything is about. */
const button = (): HTMLElement => screen.getAllByRole("button")[0] ?? document.body;

beforeEach(() => jest.clearAllMocks());

test("runs on one of the platform's two Reacts, and not on both at once", () => {
    expect(["16.14.0", "17.0.2"]).toContain(React.version);
    expect(ReactDOM.version).toBe(React.version);
});

/** Those that differ in what stands on the page, and not only in its words. */
const KINDS = ["idle", "starting opening", "chatting minimised 2", "ended", "unavailable outside-operating-hours load", "closed, maker's words", "failed script-unreachable load", "another widget", "preview, wrong"];

test.each(KINDS)("%s has nothing for axe to complain of, with its details open too", async (name) => {
    const { container } = show(name);
    const details = screen.queryByRole("button", { name: DETAILS });
    if (details) fireEvent.click(details);
    // Without a layout there are no colours to compare, and the region is the app's matter.
    const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
    // On a slow computer axe takes seconds.
}, 60_000);

describe.each(Object.entries(VIEWS))("%s", (_, shown) => {
    test("is one named group with its one button, if there is anything to do, and one live region that says title and text", () => {
        show(shown);
        expect(screen.getAllByRole("group", { name: NAME })).toHaveLength(1);
        const region = screen.getByRole(shown.tone === "error" ? "alert" : "status");
        expect(region.textContent).toBe(shown.title + shown.text);
        const details = shown.details.length > 0 && !shown.caption;
        const names = screen.queryAllByRole("button").map((each) => each.getAttribute("aria-label") ?? each.textContent);
        expect(names).toEqual([...(shown.action ? [shown.unreadText ? `${shown.action}, ${shown.unreadText}` : shown.action] : []), ...(details ? [DETAILS] : [])]);
    });
});

describe("the button", () => {
    test("is the same element from state to state, and keeps the focus", () => {
        const { rerender } = show("idle");
        const first = button();
        first.focus();
        for (const shown of Object.values(VIEWS)) {
            // Where there is nothing to do, there is none.
            if (!shown.action) continue;
            rerender(element(shown));
            expect(button()).toBe(first);
            expect(document.activeElement).toBe(first);
        }
    });

    test.each(["conflict", "another widget"])("is not there with %s: only the details are, which say the code", (name) => {
        show(name);
        expect(screen.getAllByRole("button")).toEqual([screen.getByRole("button", { name: DETAILS })]);
        expect(screen.getByRole("alert").textContent).toContain("(widget-conflict)");
        fireEvent.click(screen.getByRole("button", { name: DETAILS }));
        expect(screen.getAllByRole("definition")[0]?.textContent).toBe("widget-conflict");
        expect(onPress).not.toHaveBeenCalled();
    });

    test("comes again with what there is to do", () => {
        const { rerender } = show("another widget");
        rerender(element(viewOf("idle")));
        expect(button().textContent).toBe(text("launcher_action"));
        fireEvent.click(button());
        expect(onPress).toHaveBeenCalledTimes(1);
    });

    test("is pressed once a click", () => {
        show("idle");
        fireEvent.click(button());
        expect(onPress).toHaveBeenCalledTimes(1);
    });

    test("while busy stays focusable, says that it is disabled, and does nothing", () => {
        show("starting opening");
        button().focus();
        expect(document.activeElement).toBe(button());
        expect(button().getAttribute("aria-disabled")).toBe("true");
        expect(button().hasAttribute("disabled")).toBe(false);
        fireEvent.click(button());
        fireEvent.keyDown(button(), { key: "Enter" });
        fireEvent.keyDown(button(), { key: " " });
        expect(onPress).not.toHaveBeenCalled();
    });

    test("is not disabled when it is not busy", () => {
        show("failed script-unreachable load");
        expect(button().getAttribute("aria-disabled")).not.toBe("true");
        fireEvent.click(button());
        expect(onPress).toHaveBeenCalledTimes(1);
    });

    test.each([
        ["the pointer", () => fireEvent.pointerEnter(button())],
        ["the keyboard", () => button().focus()],
        ["a finger", () => fireEvent.touchStart(button())],
    ])("tells intent by %s, without a press", (_, approach) => {
        show("idle");
        expect(onIntent).not.toHaveBeenCalled();
        approach();
        expect(onIntent).toHaveBeenCalled();
        expect(onPress).not.toHaveBeenCalled();
    });
});

describe("the focus", () => {
    test("goes from the button to the details when there is nothing left to do, and back from the details when they go", () => {
        const { rerender } = show("idle");
        button().focus();
        rerender(element(viewOf("another widget")));
        expect(document.activeElement).toBe(screen.getByRole("button", { name: DETAILS }));
        onIntent.mockClear();
        rerender(element(viewOf("chatting")));
        expect(document.activeElement).toBe(button());
        // The user has not moved it, and so means nothing by it.
        expect(onIntent).not.toHaveBeenCalled();
    });

    test("is handed on as well while the whole window is without it", () => {
        const { rerender } = show("idle");
        button().focus();
        // As a browser does when its window loses the focus: the element stays the active one.
        fireEvent.blur(button());
        rerender(element(viewOf("another widget")));
        expect(document.activeElement).toBe(screen.getByRole("button", { name: DETAILS }));
    });

    test("is left where the user has put it", () => {
        const { rerender } = show("not set up");
        const elsewhere = document.body.appendChild(document.createElement("button"));
        screen.getByRole("button", { name: DETAILS }).focus();
        elsewhere.focus();
        rerender(element(viewOf("chatting")));
        expect(document.activeElement).toBe(elsewhere);
        elsewhere.remove();
    });
});

describe("unread messages", () => {
    test.each([
        ["one unread", "Return to chat, 1 unread message", "1"],
        ["chatting minimised 2", "Return to chat, 2 unread messages", "2"],
        ["many unread", "Return to chat, 140 unread messages", "99+"],
    ])("%s: the button says it in words, the badge in digits, for eyes only", (name, label, digits) => {
        const { container } = show(name);
        expect(screen.getByRole("button", { name: label })).toBe(button());
        const badge = within(container).getByText(digits);
        expect(badge.closest("[aria-hidden=true]")).not.toBeNull();
    });

    test("none: there is no badge, and the button's text is its name", () => {
        const { container } = show("chatting");
        expect(container.querySelector(".fui-CounterBadge")).toBeNull();
        expect(button().hasAttribute("aria-label")).toBe(false);
    });
});

describe("details", () => {
    test("are closed at first, open and close with their button, which says so", () => {
        show("not set up");
        const details = screen.getByRole("button", { name: DETAILS });
        expect(details.getAttribute("aria-expanded")).toBe("false");
        expect(screen.queryByText("settings-invalid")).toBeNull();
        fireEvent.click(details);
        expect(details.getAttribute("aria-expanded")).toBe("true");
        const { details: expected } = viewOf("not set up");
        expect(screen.getAllByRole("term").map(({ textContent }) => textContent)).toEqual(expected.map(({ term }) => term));
        expect(screen.getAllByRole("definition").map(({ textContent }) => textContent)).toEqual(expected.map(({ description }) => description));
        fireEvent.click(details);
        expect(details.getAttribute("aria-expanded")).toBe("false");
        expect(screen.queryByText("settings-invalid")).toBeNull();
        expect(onPress).not.toHaveBeenCalled();
    });

    test("stand open in a designer, without a button, under their heading", () => {
        show("preview, wrong");
        expect(screen.queryByRole("button", { name: DETAILS })).toBeNull();
        expect(screen.getAllByRole("term")).toHaveLength(viewOf("preview, wrong").details.length);
        expect(screen.getByText(text("preview_text"))).toBeTruthy();
    });

    test("say in words what a sign in a designer's list shows, and nothing where there is none", () => {
        show("preview, wrong");
        const marks = viewOf("preview, wrong").details.flatMap(({ mark }) => mark?.text ?? []);
        expect(new Set(marks)).toEqual(new Set(["good", "wrong", "todo"].map((kind) => text(`mark_${kind}`))));
        expect(screen.getAllByRole("img").map((each) => each.getAttribute("aria-label"))).toEqual(marks);
    });

    test("of a message have no signs", () => {
        show("not set up");
        fireEvent.click(screen.getByRole("button", { name: DETAILS }));
        expect(screen.queryAllByRole("img")).toEqual([]);
    });

    test("go when there are none", () => {
        const { rerender } = show("not set up");
        fireEvent.click(screen.getByRole("button", { name: DETAILS }));
        rerender(element(viewOf("chatting")));
        expect(screen.queryByRole("button", { name: DETAILS })).toBeNull();
        expect(screen.queryAllByRole("term")).toEqual([]);
    });
});

describe("text", () => {
    const MARKUP = `<img src=x onerror="alert(1)"><b>bold</b>`;

    test("is shown as text, whoever wrote it", () => {
        const hostile: View = { ...view(), title: MARKUP, text: MARKUP, action: MARKUP, details: [{ term: MARKUP, description: MARKUP, mark: { kind: "wrong", text: MARKUP } }], caption: MARKUP };
        const { container } = show(hostile);
        expect(container.querySelector("img, b")).toBeNull();
        expect(screen.getAllByText(MARKUP, { exact: false })).toHaveLength(6);
        expect(screen.getByRole("img", { name: MARKUP })).toBeTruthy();
    });
});

describe("the words for closed hours", () => {
    test("hold links: to another site in a tab of its own, into the app in this window; the rest stays text", () => {
        show("closed, maker's words");
        const links = screen.getAllByRole("link").map((link) => ["href", "target", "rel"].map((name) => link.getAttribute(name)));
        expect(links).toEqual([
            ["mailto:help@contoso.example", "_blank", "noopener noreferrer"],
            ["https://contoso.example/help", "_blank", "noopener noreferrer"],
            ["/main.aspx?pagetype=dashboard", null, null],
        ]);
        const { title, text: words } = viewOf("closed, maker's words");
        expect(screen.getByRole("status").textContent).toBe(title + words);
    });

    test("are never markup, and no other text has links", () => {
        const words = `<img src=x onerror="alert(1)"><a href="javascript:alert(1)">x</a> javascript:alert(1) https://contoso.example`;
        const { container, rerender } = show({ ...viewOf("idle"), text: words, hasLinks: true });
        expect(container.querySelector("img")).toBeNull();
        expect(screen.getAllByRole("link").map(({ textContent }) => textContent)).toEqual(["https://contoso.example"]);
        rerender(element({ ...viewOf("idle"), title: words, text: words }));
        expect(screen.queryAllByRole("link")).toEqual([]);
    });
});

describe("looks", () => {
    const provider = (container: Element): Element => container.querySelector(".fui-FluentProvider") ?? container;

    test.each([
        [false, "ltr"],
        [true, "rtl"],
    ])("right to left %s is %s", (isRtl, dir) => {
        const { container } = show("idle", { isRtl });
        expect(provider(container).getAttribute("dir")).toBe(dir);
    });

    test("without a theme it is Fluent's light one, with one the host's", () => {
        const rules = (): string => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map(({ cssText }) => cssText)).join("");
        const { rerender } = show("idle", { theme: undefined });
        expect(rules()).toContain(webLightTheme.colorNeutralForeground1);
        rerender(element(viewOf("idle"), { theme: { ...webDarkTheme, colorNeutralForeground1: "#123456" } }));
        expect(rules()).toContain("#123456");
    });

    test("font, weight and alignment are its own, whatever stands around", () => {
        const { container } = render(
            <div style={{ fontFamily: "serif", fontWeight: "bold", textAlign: "right" }}>
                <FluentProvider theme={webLightTheme}>{element(viewOf("idle"))}</FluentProvider>
            </div>,
        );
        const own = container.querySelector("[role=group]")?.parentElement ?? document.body;
        expect(getComputedStyle(own)).toMatchObject({ fontFamily: "var(--fontFamilyBase)", fontWeight: "var(--fontWeightRegular)", textAlign: "start" });
    });

    test("a change of theme below the app's own provider keeps what the user has opened", () => {
        const inApp = (theme: ChatViewProps["theme"]) => (
            <FluentProvider theme={theme ?? webLightTheme} dir="ltr">
                {element(viewOf("failed script-unreachable load"), { theme })}
            </FluentProvider>
        );
        const { rerender } = render(inApp(webLightTheme));
        fireEvent.click(screen.getByRole("button", { name: DETAILS }));
        rerender(inApp(webDarkTheme));
        expect(screen.getByRole("button", { name: DETAILS }).getAttribute("aria-expanded")).toBe("true");
    });

    describe("below the app's own provider", () => {
        const providers = (theme: ChatViewProps["theme"], dir: "ltr" | "rtl", isRtl: boolean): number => {
            const { container } = render(
                <FluentProvider theme={webDarkTheme} dir={dir}>
                    {element(viewOf("idle"), { theme, isRtl })}
                </FluentProvider>,
            );
            return container.querySelectorAll(".fui-FluentProvider").length;
        };

        test("there is no second one in the app's modern look, left to right or right to left", () => {
            expect(providers(webDarkTheme, "ltr", false)).toBe(1);
            expect(providers(webDarkTheme, "rtl", true)).toBe(1);
        });

        test("there is one where the app tells no theme, or reads the other way", () => {
            expect(providers(undefined, "ltr", false)).toBe(2);
            expect(providers(webDarkTheme, "ltr", true)).toBe(2);
            expect(providers(webDarkTheme, "rtl", false)).toBe(2);
        });
    });

    test("the tone is told to style sheets of tests and hosts", () => {
        const { container } = show("failed script-unreachable load");
        expect(container.querySelector("[data-tone=error]")).toBe(screen.getByRole("group"));
    });
});

test("the element is handed over when it comes and when it goes, and only then", () => {
    const { rerender, unmount } = show("idle");
    expect(attach.mock.calls).toEqual([[screen.getByRole("group")]]);
    rerender(element(viewOf("chatting")));
    expect(attach).toHaveBeenCalledTimes(1);
    unmount();
    expect(attach).toHaveBeenLastCalledWith(null);
});
