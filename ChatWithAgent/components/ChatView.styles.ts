// Owns the looks of the view: theme tokens only, one row that wraps, and space reserved so that no change of state moves the host.
import { makeStyles, tokens } from "@fluentui/react-components";

// The prefixed properties are the only ones that every browser cuts lines by; the standard one is not there yet.
const CLAMP = { display: "-webkit-box", overflow: "hidden", WebkitLineClamp: 2, WebkitBoxOrient: "vertical" } as const;

/** Below this width the button stands under the words: decided by the width alone, because labels differ from state to state. */
const NARROW = "@container (max-width: 500px)";

export const useStyles = makeStyles({
    // A container has no width of its own to offer, so a host that asks for it would get none.
    container: { containerType: "inline-size", minWidth: "160px" },
    root: { paddingTop: tokens.spacingVerticalXS, paddingBottom: tokens.spacingVerticalXS },
    row: { display: "flex", alignItems: "center", columnGap: tokens.spacingHorizontalM, rowGap: tokens.spacingVerticalS, [NARROW]: { flexDirection: "column", alignItems: "stretch" } },
    // Two lines of title and two of text fit, whatever the state says; more is cut.
    body: { display: "flex", alignItems: "center", columnGap: tokens.spacingHorizontalM, flexGrow: 1, flexBasis: 0, minWidth: "45%", minHeight: "72px", [NARROW]: { flexBasis: "auto" } },
    symbol: { position: "relative", display: "flex", alignItems: "center", justifyContent: "center", flexShrink: 0, width: "32px", height: "32px", borderRadius: tokens.borderRadiusCircular, color: tokens.colorBrandForeground1, backgroundColor: tokens.colorBrandBackground2 },
    warning: { color: tokens.colorPaletteDarkOrangeForeground1, backgroundColor: tokens.colorPaletteDarkOrangeBackground1 },
    error: { color: tokens.colorPaletteRedForeground1, backgroundColor: tokens.colorPaletteRedBackground1 },
    badge: { position: "absolute", top: "-6px", insetInlineEnd: "-8px" },
    words: { minWidth: 0, flexGrow: 1, overflowWrap: "anywhere" },
    title: { ...CLAMP, color: tokens.colorNeutralForeground1, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
    text: { ...CLAMP, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
    actions: { display: "flex", columnGap: tokens.spacingHorizontalXS, minWidth: 0 },
    action: { flexGrow: 1, minWidth: 0 },
    label: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
    details: { marginTop: tokens.spacingVerticalXS, marginBottom: 0, paddingTop: tokens.spacingVerticalS, borderTop: `1px solid ${tokens.colorNeutralStroke2}`, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, overflowWrap: "anywhere" },
    term: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightSemibold },
    description: { color: tokens.colorNeutralForeground1, marginInlineStart: 0, marginBottom: tokens.spacingVerticalXS },
});
