// Owns the picture of a view: what stands on the screen for it, and nothing that happens.
import { Button, CounterBadge, FluentProvider, Link, mergeClasses, useFluent, useThemeClassName, webLightTheme } from "@fluentui/react-components";
import type { Theme } from "@fluentui/react-components";
import * as React from "react";
import { Icon } from "./icons";
import { useStyles } from "./ChatView.styles";
import { linkify } from "./linkify";
import type { View } from "./view";

/** What lies behind the control is the host's. */
const TRANSPARENT = { backgroundColor: "transparent" };

/** An address in the app stays in the app's window. Any other one gets a tab of its own, which learns nothing of this one. */
const linked = (all: string): readonly React.ReactNode[] =>
    linkify(all).map(({ text, href }, index) =>
        href ? (
            <Link key={index} inline dir="ltr" href={href} {...(!href.startsWith("/") && { target: "_blank", rel: "noopener noreferrer" })}>
                {text}
            </Link>
        ) : (
            text
        ),
    );

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

/**
 * In the app's modern look the app's own provider stands above and says the theme (D); a second one would write the whole theme into the page once more for
 * each control. Outside of it, and where the directions differ, there is one here: styles below a provider know its direction.
 */
export function ChatView(props: ChatViewProps): React.ReactElement {
    const dir = props.isRtl ? "rtl" : "ltr";
    const [above, { dir: aboveDir }] = [useThemeClassName(), useFluent()];
    if (props.theme && above && aboveDir === dir) return <Content {...props} />;
    return (
        <FluentProvider theme={props.theme ?? webLightTheme} dir={dir} style={TRANSPARENT}>
            <Content {...props} />
        </FluentProvider>
    );
}

function Content({ view, name, detailsText, attach, onIntent, onPress }: ChatViewProps): React.ReactElement {
    const styles = useStyles();
    const [isOpen, setOpen] = React.useState(false);
    const hasDetails = view.details.length > 0;
    const showsDetails = hasDetails && (isOpen || !!view.caption);
    const isWrong = view.tone === "error" || view.tone === "warning";

    // A button that a state takes away under the user hands the focus on to the other one.
    const buttons = React.useRef<HTMLDivElement>(null);
    const focused = React.useRef<Element>();
    const isHandedOn = React.useRef(false);
    React.useLayoutEffect(() => {
        if (!focused.current || focused.current.isConnected) return;
        focused.current = undefined;
        isHandedOn.current = true;
        buttons.current?.querySelector("button")?.focus();
        isHandedOn.current = false;
    });
    // When the whole window loses the focus, the element in it keeps its own.
    const leave = ({ target }: React.FocusEvent): void => {
        if (target.ownerDocument.activeElement !== target) focused.current = undefined;
    };
    // A focus that the user has not moved is no intent.
    const approach = (): void => {
        if (!isHandedOn.current) onIntent();
    };
    return (
        <div className={styles.container}>
            <div ref={attach} role="group" aria-label={name} className={styles.root} data-tone={view.tone}>
                <div className={styles.row}>
                    <div className={styles.body}>
                        <div className={mergeClasses(styles.symbol, styles[view.tone])}>
                            {view.busy ? <div aria-hidden className={styles.spinner} /> : <Icon name={isWrong ? "wrong" : "chat"} />}
                            {view.unread > 0 && <CounterBadge className={styles.badge} count={view.unread} size="small" color="danger" aria-hidden />}
                        </div>
                        {/* One live region for all states: what changes in it is said, an error at once. */}
                        <div className={styles.words} role={view.tone === "error" ? "alert" : "status"}>
                            <div className={styles.title}>{view.title}</div>
                            <div className={styles.text}>{view.hasLinks ? linked(view.text) : view.text}</div>
                        </div>
                    </div>
                    <div ref={buttons} className={styles.actions} onFocus={({ target }) => void (focused.current = target)} onBlur={leave}>
                        {/* The same element in all states, so that the focus is never lost. */}
                        {view.action && (
                            <Button
                                appearance={view.tone === "live" ? "secondary" : "primary"}
                                className={styles.action}
                                disabledFocusable={view.busy}
                                onClick={onPress}
                                onFocus={approach}
                                onPointerEnter={onIntent}
                                onTouchStart={onIntent}
                                aria-label={view.unreadText ? `${view.action}, ${view.unreadText}` : undefined}
                            >
                                <span className={styles.label}>{view.action}</span>
                            </Button>
                        )}
                        {hasDetails && !view.caption && <Button appearance="subtle" icon={<Icon name="info" />} aria-label={detailsText} aria-expanded={isOpen} title={detailsText} onClick={() => setOpen(!isOpen)} />}
                    </div>
                </div>
                {showsDetails && (
                    <div className={styles.details}>
                        {view.caption && <div className={styles.caption}>{view.caption}</div>}
                        <dl className={styles.list}>
                            {view.details.map(({ term, description, mark }, index) => (
                                <div key={index} className={styles.line}>
                                    <dt className={styles.term}>
                                        {mark && (
                                            <span role="img" aria-label={mark.text} title={mark.text} className={mergeClasses(styles.mark, styles[mark.kind])}>
                                                <Icon name={mark.kind} size={16} />
                                            </span>
                                        )}
                                        {term}
                                    </dt>
                                    <dd className={styles.description}>{description}</dd>
                                </div>
                            ))}
                        </dl>
                    </div>
                )}
            </div>
        </div>
    );
}
