// Owns the looks of the view: theme tokens only, and one row that wraps.
import { makeStyles, tokens, typographyStyles } from "@fluentui/react-components";

/** Below this width the button stands under the words: decided by the width alone, because labels differ from state to state. */
const NARROW = "@container (max-width: 640px)";

/** From this width on, the states of a chat that goes well have the same height. */
const ROOMY = "@container (min-width: 400px)";

/** Below this width symbol and label are smaller. */
const TINY = "@container (max-width: 260px)";

/** Nothing turns then; the words say that something goes on. */
const LESS_MOTION = "@media (prefers-reduced-motion: reduce)";

/** A line of title, a line of text, and a line to spare: enough for every language, also in wide fonts (0023). */
const LINES = `calc(2 * ${tokens.lineHeightBase300} + ${tokens.lineHeightBase200})`;

export const useStyles = makeStyles({
    // A container has no width of its own to offer, so a host that asks for it would get none.
    // Font, colour and alignment are said here, because what is around may have its own.
    container: { containerType: "inline-size", minWidth: "160px", textAlign: "start", overflowWrap: "anywhere", color: tokens.colorNeutralForeground1, ...typographyStyles.caption1 },
    root: { paddingBlock: tokens.spacingVerticalXS },
    row: { display: "flex", alignItems: "center", columnGap: tokens.spacingHorizontalM, rowGap: tokens.spacingVerticalS, [NARROW]: { flexDirection: "column", alignItems: "stretch" } },
    body: { display: "flex", alignItems: "center", columnGap: tokens.spacingHorizontalM, flexGrow: 1, flexBasis: 0, minWidth: "45%", [NARROW]: { flexBasis: "auto" }, [ROOMY]: { minHeight: LINES } },
    symbol: { position: "relative", display: "flex", alignItems: "center", justifyContent: "center", flexShrink: 0, width: "32px", height: "32px", borderRadius: tokens.borderRadiusCircular, color: tokens.colorBrandForeground1, backgroundColor: tokens.colorBrandBackground2, [TINY]: { width: "24px", height: "24px" } },
    // Only turned, in steps of a twentieth of a second: the page's own thread has nothing to do with it, so that it goes on while the widget's script keeps that busy. Fluent's is drawn anew in each frame (0022).
    spinner: {
        boxSizing: "border-box",
        width: "20px",
        height: "20px",
        border: `2px solid ${tokens.colorBrandStroke2}`,
        borderTopColor: tokens.colorBrandStroke1,
        borderRadius: tokens.borderRadiusCircular,
        willChange: "transform",
        animationName: { to: { transform: "rotate(360deg)" } },
        animationDuration: "1.5s",
        animationTimingFunction: "steps(30)",
        animationIterationCount: "infinite",
        [LESS_MOTION]: { animationName: "none" },
        "@media (forced-colors: active)": { borderTopColor: "Highlight" },
    },
    rest: {},
    busy: {},
    live: {},
    warning: { color: tokens.colorPaletteDarkOrangeForeground1, backgroundColor: tokens.colorPaletteDarkOrangeBackground1 },
    error: { color: tokens.colorPaletteRedForeground1, backgroundColor: tokens.colorPaletteRedBackground1 },
    badge: { position: "absolute", top: "-6px", insetInlineEnd: "-8px" },
    words: { flexGrow: 1, minWidth: 0 },
    title: typographyStyles.body1Strong,
    text: { color: tokens.colorNeutralForeground2 },
    actions: { display: "flex", alignItems: "center", columnGap: tokens.spacingHorizontalXS, minWidth: 0 },
    action: { flexGrow: 1, minWidth: 0, [TINY]: { paddingLeft: tokens.spacingHorizontalXS, paddingRight: tokens.spacingHorizontalXS, ...typographyStyles.caption1Strong } },
    label: { minWidth: 0 },
    details: { marginTop: tokens.spacingVerticalXS, paddingTop: tokens.spacingVerticalS, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
    caption: { marginBottom: tokens.spacingVerticalS, fontStyle: "italic" },
    list: { margin: 0 },
    line: { display: "grid", gridTemplateColumns: "30% 1fr", columnGap: tokens.spacingHorizontalM, marginBottom: tokens.spacingVerticalXS, [NARROW]: { display: "block" } },
    term: { display: "flex", columnGap: tokens.spacingHorizontalXS, color: tokens.colorNeutralForeground2, ...typographyStyles.caption1Strong },
    description: { margin: 0 },
    mark: { display: "flex", flexShrink: 0 },
    todo: {},
    good: { color: tokens.colorPaletteGreenForeground1 },
    wrong: { color: tokens.colorPaletteRedForeground1 },
});
