// Owns the page around the chat's view: a heading, what will happen, and room for the widget.
import { FluentProvider, makeStyles, tokens, webLightTheme } from "@fluentui/react-components";
import * as React from "react";
import { Root } from "../ChatWithAgent/app/Root";
import type { Instance } from "../ChatWithAgent/app/instance";
import type { Texts } from "../ChatWithAgent/host/host";

const NARROW = "@media (max-width: 600px)";

const useStyles = makeStyles({
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
    // To the start, because Microsoft's widget opens at the other side.
    card: {
        boxSizing: "border-box",
        maxWidth: "640px",
        paddingTop: tokens.spacingVerticalL,
        paddingBottom: tokens.spacingVerticalM,
        paddingInlineStart: tokens.spacingHorizontalXL,
        paddingInlineEnd: tokens.spacingHorizontalXL,
        backgroundColor: tokens.colorNeutralBackground1,
        borderRadius: tokens.borderRadiusMedium,
        boxShadow: tokens.shadow2,
    },
    title: {
        marginTop: 0,
        marginBottom: tokens.spacingVerticalXS,
        fontSize: tokens.fontSizeBase500,
        lineHeight: tokens.lineHeightBase500,
        fontWeight: tokens.fontWeightSemibold,
        color: tokens.colorNeutralForeground1,
    },
    intro: { marginTop: 0, marginBottom: tokens.spacingVerticalM, color: tokens.colorNeutralForeground2 },
});

export interface PageViewProps {
    readonly instance: Instance;
    readonly texts: Texts;
    readonly isRtl: boolean;
}

export function PageView(props: PageViewProps): React.ReactElement {
    return (
        <FluentProvider theme={webLightTheme} dir={props.isRtl ? "rtl" : "ltr"}>
            <Content {...props} />
        </FluentProvider>
    );
}

function Content({ instance, texts, isRtl }: PageViewProps): React.ReactElement {
    const styles = useStyles();
    return (
        <main className={styles.page}>
            <div className={styles.card}>
                <h1 className={styles.title}>{texts("page_title")}</h1>
                <p className={styles.intro}>{texts("page_intro")}</p>
                <Root instance={instance} view={instance.view} theme={undefined} isRtl={isRtl} texts={texts} />
            </div>
        </main>
    );
}
