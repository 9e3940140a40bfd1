// Owns the looks that the page's sections share.
import { makeStyles, tokens } from "@fluentui/react-components";

const NARROW = "@media (max-width: 600px)";

export const useCardStyles = makeStyles({
    page: {
        boxSizing: "border-box",
        minHeight: "100vh",
        paddingTop: tokens.spacingVerticalXXL,
        paddingBottom: tokens.spacingVerticalXXL,
        paddingInlineStart: tokens.spacingHorizontalXXL,
        paddingInlineEnd: tokens.spacingHorizontalXXL,
        backgroundColor: tokens.colorNeutralBackground2,
        [NARROW]: {
            paddingInlineStart: tokens.spacingHorizontalM,
            paddingInlineEnd: tokens.spacingHorizontalM,
            paddingTop: tokens.spacingVerticalM,
        },
    },
    inner: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalXL, maxWidth: "1080px" },
    heading: {
        marginTop: 0,
        marginBottom: tokens.spacingVerticalXS,
        fontSize: tokens.fontSizeBase600,
        lineHeight: tokens.lineHeightBase600,
        fontWeight: tokens.fontWeightSemibold,
    },
    card: {
        boxSizing: "border-box",
        paddingTop: tokens.spacingVerticalL,
        paddingBottom: tokens.spacingVerticalL,
        paddingInlineStart: tokens.spacingHorizontalXL,
        paddingInlineEnd: tokens.spacingHorizontalXL,
        backgroundColor: tokens.colorNeutralBackground1,
        borderRadius: tokens.borderRadiusMedium,
        boxShadow: tokens.shadow2,
        [NARROW]: { paddingInlineStart: tokens.spacingHorizontalM, paddingInlineEnd: tokens.spacingHorizontalM },
    },
    title: {
        marginTop: 0,
        marginBottom: tokens.spacingVerticalXS,
        fontSize: tokens.fontSizeBase500,
        lineHeight: tokens.lineHeightBase500,
        fontWeight: tokens.fontWeightSemibold,
    },
    intro: {
        marginTop: 0,
        marginBottom: tokens.spacingVerticalM,
        maxWidth: "80ch",
        color: tokens.colorNeutralForeground2,
    },
    actions: {
        display: "flex",
        flexWrap: "wrap",
        alignItems: "center",
        columnGap: tokens.spacingHorizontalS,
        rowGap: tokens.spacingVerticalS,
        marginTop: tokens.spacingVerticalM,
    },
});
