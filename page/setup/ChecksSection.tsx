// Owns the view of the set-up check: each thing with its state, why it matters, what was found, and the mend.
import { Button, Spinner, makeStyles, tokens } from "@fluentui/react-components";
import * as React from "react";
import type { Texts } from "../../ChatWithAgent/host/host";
import type { Check } from "./checks";
import { State, fill, reasonText } from "./parts";
import { useCardStyles } from "./styles";

const useStyles = makeStyles({
    list: { listStyleType: "none", margin: 0, padding: 0 },
    item: {
        paddingTop: tokens.spacingVerticalM,
        paddingBottom: tokens.spacingVerticalM,
        borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    },
    head: {
        display: "flex",
        flexWrap: "wrap",
        alignItems: "center",
        columnGap: tokens.spacingHorizontalS,
        rowGap: tokens.spacingVerticalXS,
    },
    name: {
        margin: 0,
        fontSize: tokens.fontSizeBase300,
        lineHeight: tokens.lineHeightBase300,
        fontWeight: tokens.fontWeightSemibold,
    },
    text: { marginTop: tokens.spacingVerticalXS, marginBottom: 0, maxWidth: "80ch" },
    value: {
        display: "block",
        overflowWrap: "anywhere",
        fontFamily: tokens.fontFamilyMonospace,
        fontSize: tokens.fontSizeBase200,
        lineHeight: tokens.lineHeightBase200,
    },
    why: {
        marginTop: tokens.spacingVerticalXXS,
        marginBottom: 0,
        maxWidth: "80ch",
        color: tokens.colorNeutralForeground2,
        fontSize: tokens.fontSizeBase200,
        lineHeight: tokens.lineHeightBase200,
    },
    lines: {
        marginTop: tokens.spacingVerticalXS,
        marginBottom: 0,
        whiteSpace: "pre-wrap",
        overflowWrap: "anywhere",
        fontFamily: tokens.fontFamilyMonospace,
        fontSize: tokens.fontSizeBase200,
        lineHeight: tokens.lineHeightBase200,
    },
});

/** The service's own words where it has any. */
const wordsOf = (texts: Texts, { reason }: Check): string =>
    !reason ? "" : "words" in reason ? reason.words : reasonText(texts, reason);

export interface ChecksSectionProps {
    readonly texts: Texts;
    readonly checks: readonly Check[];
    readonly isRunning: boolean;
    readonly onAgain: () => void;
    readonly onCopy: () => void;
    /** What became of copying; blank before. */
    readonly copied: string;
}

export function ChecksSection({
    texts,
    checks,
    isRunning,
    onAgain,
    onCopy,
    copied,
}: ChecksSectionProps): React.ReactElement {
    const card = useCardStyles();
    const styles = useStyles();
    return (
        <section className={card.card} aria-labelledby="checks-title" aria-busy={isRunning}>
            <h2 id="checks-title" className={card.title}>
                {texts("checks_title")}
            </h2>
            <p className={card.intro}>{texts("checks_intro")}</p>
            <ul className={styles.list}>
                {checks.map((check) => (
                    <li
                        key={`${check.id} ${check.outcome}`}
                        className={styles.item}
                        data-check={check.id}
                        data-state={check.state}
                    >
                        <div className={styles.head}>
                            <h3 className={styles.name}>{texts(`check_${check.id}`)}</h3>
                            <State tone={check.state}>{texts(`state_${check.state}`)}</State>
                        </div>
                        <p className={styles.text}>
                            {fill(texts(`check_${check.id}_${check.outcome}`), {
                                ...check.values,
                                words: wordsOf(texts, check),
                            })}
                        </p>
                        {check.told?.map(({ key, value }) => (
                            <p key={key + value} className={styles.text}>
                                {value && <bdi className={styles.value}>{value}</bdi>}
                                {texts(key)}
                            </p>
                        ))}
                        {check.lines && (
                            <pre className={styles.lines} dir="ltr">
                                {check.lines.join("\n")}
                            </pre>
                        )}
                        <p className={styles.why}>{texts(`check_${check.id}_why`)}</p>
                    </li>
                ))}
            </ul>
            {isRunning && <Spinner size="tiny" labelPosition="after" label={texts("checks_running")} />}
            <div className={card.actions}>
                <Button onClick={onCopy} disabledFocusable={isRunning}>
                    {texts("report_copy")}
                </Button>
                <Button onClick={onAgain} disabledFocusable={isRunning}>
                    {texts("checks_again")}
                </Button>
                <span role="status">{copied}</span>
            </div>
        </section>
    );
}
