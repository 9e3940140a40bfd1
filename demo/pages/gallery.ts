// Owns the gallery: every state of the control in every theme, direction, width and language, side by side.
import { failed, ready } from "../host";
import { loadManifest, loadTexts, textOf } from "../host/manifest";
import { loadPlatform } from "../host/platform";
import { THEMES, WIDTHS, type Gallery, type GalleryChoice, type GalleryTheme } from "../gallery/types";
import "./gallery.css";
import { h, newId } from "./ui";

declare global {
    interface Window {
        gallery: Gallery;
    }
}

const THEME_NAMES: Readonly<Record<GalleryTheme, string>> = { light: "Light", dark: "Dark", classic: "Classic look, no theme", contrast: "High contrast (Teams)" };
const all = "all";

function select(label: string, value: string, options: readonly (readonly [string, string])[], chosen: (value: string) => void): HTMLElement {
    const id = newId("choice");
    const element = h("select", { id }, ...options.map(([name, text]) => h("option", { value: name }, text)));
    element.value = value;
    element.addEventListener("change", () => chosen(element.value));
    return h("div", { class: "choice" }, h("label", { for: id }, label), element);
}

async function start(): Promise<void> {
    const asked = new URLSearchParams(location.search);
    const [platform, manifest] = await Promise.all([loadPlatform(asked.get("react") === "16" ? "16" : "17"), loadManifest()]);
    const texts = await loadTexts(manifest);
    // The views take React and Fluent from the platform, which has to be there first.
    const { backgroundOf, draw, erase } = await import("../gallery/draw");
    const { galleryViews } = await import("../gallery/views");

    const english = (key: string): string => textOf(texts, 1033, key) ?? key;
    const names = galleryViews(english).map(({ name }) => name);
    const languages = [...texts.keys()].sort((one, other) => one - other);
    const language = (id: number): { tag: string; rtl: boolean } => {
        const tag = textOf(texts, id, "language") ?? "en";
        return { tag, rtl: ["ar", "he"].includes(tag) };
    };
    const languageNames = new Intl.DisplayNames("en", { type: "language" });

    const theme = THEMES.find((one) => one === asked.get("theme"));
    const state = asked.get("state");
    const width = Number(asked.get("width"));
    let choice: GalleryChoice = {
        theme: theme ?? "light",
        rtl: asked.get("dir") === "rtl",
        languageId: languages.find((id) => id === Number(asked.get("language"))) ?? 1033,
        widths: width > 0 ? [width] : [...WIDTHS],
        states: state !== null && names.includes(state) ? [state] : [],
        open: asked.get("open") === "yes",
    };

    const bar = h("header", { class: "gallery-bar" });
    const grid = h("main", { class: "gallery" });
    document.body.append(bar, grid);
    let places: readonly HTMLElement[] = [];

    function drawBar(): void {
        bar.replaceChildren(
            h("h1", {}, "Gallery"),
            select("Theme", choice.theme, THEMES.map((one) => [one, THEME_NAMES[one]] as const), (value) => show({ theme: THEMES.find((one) => one === value) ?? "light" })),
            select("Direction", choice.rtl ? "rtl" : "ltr", [["ltr", "From the left"], ["rtl", "From the right"]], (value) => show({ rtl: value === "rtl" })),
            select("Language", String(choice.languageId), languages.map((id) => [String(id), languageNames.of(language(id).tag) ?? String(id)] as const), (value) => show({ languageId: Number(value), rtl: language(Number(value)).rtl })),
            select("Width", choice.widths.length === 1 ? String(choice.widths[0]) : all, [[all, "All"], ...WIDTHS.map((one) => [String(one), `${String(one)} px`] as const)], (value) => show({ widths: value === all ? [...WIDTHS] : [Number(value)] })),
            select("State", choice.states.length === 1 ? (choice.states[0] ?? all) : all, [[all, "All"], ...names.map((name) => [name, name] as const)], (value) => show({ states: value === all ? [] : [value] })),
            select("Details", choice.open ? "open" : "closed", [["closed", "Closed"], ["open", "Open"]], (value) => show({ open: value === "open" })),
        );
    }

    function show(change: Partial<GalleryChoice>): void {
        choice = { ...choice, ...change };
        for (const place of places) erase(platform, place);
        const words = (key: string): string => textOf(texts, choice.languageId, key) ?? key;
        const { background, text } = backgroundOf(choice.theme);
        const drawn: HTMLElement[] = [];
        const shown = galleryViews(words).filter(({ name }) => choice.states.length === 0 || choice.states.includes(name));
        grid.replaceChildren(
            ...shown.map(({ name, view, isPreview }) =>
                h(
                    "section",
                    { class: "gallery-state", "data-state": name, "aria-label": name },
                    h("h2", {}, name),
                    h(
                        "div",
                        { class: "gallery-row" },
                        ...choice.widths.map((one) => {
                            const place = h("div", { class: "gallery-cell", "data-cell": name, "data-width": one, "data-preview": isPreview ? "true" : undefined, lang: language(choice.languageId).tag });
                            place.style.width = `${String(one)}px`;
                            place.style.background = background;
                            place.style.color = text;
                            draw(platform, place, { view, theme: choice.theme, rtl: choice.rtl, texts: words });
                            drawn.push(place);
                            return place;
                        }),
                    ),
                ),
            ),
        );
        places = drawn;
        if (choice.open) for (const button of grid.querySelectorAll<HTMLElement>("button[aria-expanded=false]")) button.click();
        drawBar();
    }

    window.gallery = { languages, language, show };
    show({});
}

start().then(ready, failed);
