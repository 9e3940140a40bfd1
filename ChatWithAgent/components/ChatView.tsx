// Owns the picture of a view: what stands on the screen for it, and nothing that happens.
import { Button, CounterBadge, FluentProvider, Spinner, mergeClasses, webLightTheme } from "@fluentui/react-components";
import type { Theme } from "@fluentui/react-components";
import * as React from "react";
import { Icon } from "./icons";
import { useStyles } from "./ChatView.styles";
import type { View } from "./view";

/** What lies behind the control is the host's. */
const TRANSPARENT = { backgroundColor: "transparent" };

export interface ChatViewProps {
    readonly view: View;
    /** The host's theme; without one (the app's classic look), Fluent's light theme. */
    readonly theme: Theme | undefined;
    readonly isRtl: boolean;
    readonly name: string;
    readonly detailsText: string;
    readonly attach: (element: HTMLElement | null) => void;
    readonly onIntent: () => void;
    readonly onPress: () => void;
}

/** Outside of the app's modern look there is no provider above, so there is always one here; styles below it know its direction. */
export function ChatView(props: ChatViewProps): React.ReactElement {
    return (
        <FluentProvider theme={props.theme ?? webLightTheme} dir={props.isRtl ? "rtl" : "ltr"} style={TRANSPARENT}>
            <Content {...props} />
        </FluentProvider>
    );
}

function Content({ view, name, detailsText, attach, onIntent, onPress }: ChatViewProps): React.ReactElement {
    const styles = useStyles();
    const [isOpen, setOpen] = React.useState(false);
    const hasDetails = view.details.length > 0;
    const showsDetails = hasDetails && (isOpen || view.preview);
    const isWrong = view.tone === "error" || view.tone === "warning";
    return (
        <div className={styles.container}>
            <div ref={attach} role="group" aria-label={name} className={styles.root} data-tone={view.tone}>
                <div className={styles.row}>
                    <div className={styles.body}>
                        <div className={mergeClasses(styles.symbol, view.tone === "warning" && styles.warning, view.tone === "error" && styles.error)}>
                            {view.busy ? <Spinner size="tiny" aria-hidden /> : <Icon name={isWrong ? "warning" : "chat"} />}
                            {view.unread > 0 && <CounterBadge className={styles.badge} count={view.unread} size="small" color="danger" aria-hidden />}
                        </div>
                        {/* One live region for all states: what changes in it is said, an error at once. */}
                        <div className={styles.words} role={view.tone === "error" ? "alert" : "status"}>
                            <div className={styles.title} title={view.title}>
                                {view.title}
                            </div>
                            <div className={styles.text} title={view.text}>
                                {view.text}
                            </div>
                        </div>
                    </div>
                    <div className={styles.actions}>
                        {/* The same element in all states, so that the focus is never lost. */}
                        {view.action && (
                            <Button
                                appearance={view.tone === "live" ? "secondary" : "primary"}
                                className={styles.action}
                                disabledFocusable={view.busy}
                                onClick={onPress}
                                onFocus={onIntent}
                                onPointerEnter={onIntent}
                                onTouchStart={onIntent}
                                aria-label={view.unreadText ? `${view.action}, ${view.unreadText}` : undefined}
                            >
                                <span className={styles.label} title={view.action}>{view.action}</span>
                            </Button>
                        )}
                        {hasDetails && !view.preview && <Button appearance="subtle" icon={<Icon name="info" />} aria-label={detailsText} aria-expanded={isOpen} title={detailsText} onClick={() => setOpen(!isOpen)} />}
                    </div>
                </div>
                {showsDetails && (
                    <dl className={styles.details}>
                        {view.details.map(({ term, description }, index) => (
                            <React.Fragment key={index}>
                                <dt className={styles.term}>{term}</dt>
                                <dd className={styles.description}>{description}</dd>
                            </React.Fragment>
                        ))}
                    </dl>
                )}
            </div>
        </div>
    );
}
