// Owns the administrator's page: the set-up check, and the contacts of the users.
import { AriaLiveAnnouncer, FluentProvider, webLightTheme } from "@fluentui/react-components";
import * as React from "react";
import type { Texts } from "../../ChatWithAgent/host/host";
import type { Check } from "./checks";
import { ChecksSection } from "./ChecksSection";
import type { Contacts, ContactsState } from "./contacts";
import { ContactsSection } from "./ContactsSection";
import type { Result } from "./create";
import { useStore } from "./parts";
import { RunDialog } from "./RunDialog";
import { useCardStyles } from "./styles";

export interface SetupPageProps {
    readonly texts: Texts;
    readonly isRtl: boolean;
    readonly checks: readonly Check[];
    readonly isChecking: boolean;
    readonly onCheck: () => void;
    readonly onCopy: () => void;
    readonly copied: string;
    readonly contacts: Contacts;
    readonly onDownload: (results: readonly Result[]) => void;
}

export function SetupPage(props: SetupPageProps): React.ReactElement {
    return (
        <FluentProvider theme={webLightTheme} dir={props.isRtl ? "rtl" : "ltr"}>
            <AriaLiveAnnouncer>
                <Content {...props} />
            </AriaLiveAnnouncer>
        </FluentProvider>
    );
}

/** A run tells of every user. */
const isRunning = ({ run }: ContactsState): boolean => run.kind === "running";

function Content({
    texts,
    checks,
    isChecking,
    onCheck,
    onCopy,
    copied,
    contacts,
    onDownload,
}: SetupPageProps): React.ReactElement {
    const card = useCardStyles();
    const state = useStore(contacts, isRunning);
    const language = texts("language");
    const format = React.useMemo(() => {
        const numbers = new Intl.NumberFormat(language);
        return (number: number): string => numbers.format(number);
    }, [language]);
    return (
        <main className={card.page}>
            <div className={card.inner}>
                <div>
                    <h1 className={card.heading}>{texts("title")}</h1>
                    <p className={card.intro}>{texts("intro")}</p>
                </div>
                <ChecksSection
                    texts={texts}
                    checks={checks}
                    isRunning={isChecking}
                    onAgain={onCheck}
                    onCopy={onCopy}
                    copied={copied}
                />
                <ContactsSection texts={texts} state={state} contacts={contacts} format={format} />
                <RunDialog
                    texts={texts}
                    run={state.run}
                    missing={state.count.kind === "done" ? state.count.by.none : undefined}
                    reading={state.reading}
                    contacts={contacts}
                    format={format}
                    onDownload={onDownload}
                />
            </div>
        </main>
    );
}
