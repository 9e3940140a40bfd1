// Owns the view of making contacts: what will be made, how far it is, and what came of it.
import {
    Button,
    Dialog,
    DialogActions,
    DialogBody,
    DialogContent,
    DialogSurface,
    DialogTitle,
    ProgressBar,
    Spinner,
    Table,
    TableBody,
    TableCell,
    TableHeader,
    TableHeaderCell,
    TableRow,
    makeStyles,
    tokens,
    useRestoreFocusSource,
} from "@fluentui/react-components";
import * as React from "react";
import type { Texts } from "../../ChatWithAgent/host/host";
import type { Contacts, Run, Sums } from "./contacts";
import type { Result } from "./create";
import { toContact } from "./directory";
import type { User } from "./directory";
import { fill, reasonText } from "./parts";
import type { Reading } from "./privilege";

const useStyles = makeStyles({
    content: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalM },
    text: { margin: 0 },
    surface: { maxWidth: "760px" },
    cell: { overflowWrap: "anywhere" },
    list: { maxHeight: "40vh", overflowY: "auto" },
    figures: {
        display: "flex",
        flexWrap: "wrap",
        columnGap: tokens.spacingHorizontalXXL,
        rowGap: tokens.spacingVerticalXS,
        margin: 0,
    },
    figure: { display: "flex", columnGap: tokens.spacingHorizontalXS },
    number: { margin: 0, fontWeight: tokens.fontWeightSemibold },
});

/** Rows that a dialog shows of a long list; all are in the file. */
const SHOWN = 50;

const FIGURES: readonly (readonly [keyof Sums, string])[] = [
    ["created", "results_created"],
    ["linked", "results_linked"],
    ["toCheck", "results_kept"],
    ["refused", "results_refused"],
    ["notDone", "results_notDone"],
];

export interface RunDialogProps {
    readonly texts: Texts;
    readonly run: Run;
    /** How many have no contact, once that is counted. */
    readonly missing: number | undefined;
    readonly reading: Reading | undefined;
    readonly contacts: Contacts;
    readonly format: (number: number) => string;
    readonly onDownload: (results: readonly Result[]) => void;
}

/** What came of a user, in words. */
export const outcomeText = (texts: Texts, { outcome }: Result): string =>
    outcome.kind === "kept"
        ? fill(texts("outcome_kept"), { standing: texts(`standing_${outcome.standing}`) })
        : texts(`outcome_${outcome.kind}`);

function Users({ texts, users }: { readonly texts: Texts; readonly users: readonly User[] }): React.ReactElement {
    const styles = useStyles();
    return (
        <div className={styles.list} tabIndex={0} role="group" aria-label={texts("preview_title")}>
            <Table size="extra-small" aria-label={texts("preview_title")}>
                <TableHeader>
                    <TableRow>
                        <TableHeaderCell>{texts("column_first-name")}</TableHeaderCell>
                        <TableHeaderCell>{texts("column_last-name")}</TableHeaderCell>
                        <TableHeaderCell>{texts("column_address")}</TableHeaderCell>
                    </TableRow>
                </TableHeader>
                <TableBody>
                    {users.slice(0, SHOWN).map((user) => {
                        const { firstname, lastname, emailaddress1 } = toContact(user);
                        return (
                            <TableRow key={user.id}>
                                <TableCell className={styles.cell}>{firstname}</TableCell>
                                <TableCell className={styles.cell}>{lastname}</TableCell>
                                <TableCell className={styles.cell}>{emailaddress1}</TableCell>
                            </TableRow>
                        );
                    })}
                </TableBody>
            </Table>
        </div>
    );
}

function Results({
    texts,
    results,
}: {
    readonly texts: Texts;
    readonly results: readonly Result[];
}): React.ReactElement {
    const styles = useStyles();
    return (
        <div className={styles.list} tabIndex={0} role="group" aria-label={texts("results_title")}>
            <Table size="extra-small" aria-label={texts("results_title")}>
                <TableHeader>
                    <TableRow>
                        <TableHeaderCell>{texts("column_user")}</TableHeaderCell>
                        <TableHeaderCell>{texts("column_result")}</TableHeaderCell>
                    </TableRow>
                </TableHeader>
                <TableBody>
                    {results.slice(0, SHOWN).map((result) => (
                        <TableRow key={result.user.id} data-outcome={result.outcome.kind}>
                            <TableCell className={styles.cell}>
                                <bdi>{result.user.name}</bdi>
                            </TableCell>
                            <TableCell className={styles.cell}>
                                {outcomeText(texts, result)}
                                {result.outcome.kind === "refused" && <div>{result.outcome.words}</div>}
                            </TableCell>
                        </TableRow>
                    ))}
                </TableBody>
            </Table>
        </div>
    );
}

export function RunDialog({
    texts,
    run,
    missing,
    reading,
    contacts,
    format,
    onDownload,
}: RunDialogProps): React.ReactElement {
    const styles = useStyles();
    // Focus goes back to what opened the dialog.
    const focus = useRestoreFocusSource();
    const title = run.kind === "running" ? "running_title" : run.kind === "over" ? "results_title" : "preview_title";
    // The button that was pressed goes when the dialog changes: focus goes on to the one that comes.
    const next = "run-next";
    React.useEffect(() => {
        if (run.kind === "running" || run.kind === "over") document.getElementById(next)?.focus();
    }, [run.kind]);
    // Results go only by their own button.
    const holdsResults = run.kind === "over" && run.results.length > 0;
    return (
        <Dialog
            open={run.kind !== "none"}
            modalType={run.kind === "running" || holdsResults ? "alert" : "modal"}
            onOpenChange={(_event, { open }) => !open && !holdsResults && contacts.dismiss()}
        >
            <DialogSurface className={styles.surface} {...focus}>
                <DialogBody>
                    <DialogTitle>{texts(title)}</DialogTitle>
                    <DialogContent className={styles.content}>
                        {run.kind === "preparing" && (
                            <Spinner size="tiny" label={texts("list_loading")} labelPosition="after" />
                        )}
                        {run.kind === "preview" && (
                            <>
                                <p className={styles.text}>
                                    {run.users.length === 0
                                        ? texts("preview_none")
                                        : run.all
                                          ? fill(texts(run.search ? "preview_search" : "preview_all"), {
                                                shown: format(run.users.length),
                                                search: run.search,
                                            })
                                          : fill(texts("preview_selected"), { number: format(run.users.length) })}
                                </p>
                                {run.all && missing !== undefined && !run.search && (
                                    <p className={styles.text}>{`${texts("standing_none")}: ${format(missing)}`}</p>
                                )}
                                {reading === "limited" && <p className={styles.text}>{texts("reading_limited")}</p>}
                                {reading === "unknown" && <p className={styles.text}>{texts("reading_unknown")}</p>}
                                {run.users.length > 0 && <Users texts={texts} users={run.users} />}
                                {!run.all && run.users.length > SHOWN && (
                                    <p className={styles.text}>
                                        {fill(texts("first_shown"), {
                                            shown: format(SHOWN),
                                            number: format(run.users.length),
                                        })}
                                    </p>
                                )}
                                <p className={styles.text}>{texts("preview_note")}</p>
                            </>
                        )}
                        {run.kind === "running" && (
                            <>
                                <ProgressBar
                                    aria-label={texts("running_title")}
                                    {...(run.expected === undefined
                                        ? {}
                                        : { value: Math.min(run.done, run.expected), max: Math.max(1, run.expected) })}
                                />
                                <p className={styles.text} data-progress={run.done}>
                                    {run.isStopping
                                        ? texts("running_stopping")
                                        : fill(texts("running_done"), {
                                              done: format(run.done),
                                              created: format(run.created),
                                          })}
                                </p>
                            </>
                        )}
                        {run.kind === "over" && (
                            <>
                                <p className={styles.text} role="status">
                                    {run.end.kind === "done"
                                        ? texts("results_done")
                                        : `${texts(run.results.length ? "results_stopped" : "results_nothing")} ${reasonText(texts, run.end)}`}
                                </p>
                                <dl className={styles.figures}>
                                    {FIGURES.map(([name, key]) => (
                                        <div key={name} className={styles.figure} data-figure={name}>
                                            <dt>{texts(key)}</dt>
                                            <dd className={styles.number}>{format(run.sums[name])}</dd>
                                        </div>
                                    ))}
                                </dl>
                                {run.results.length > 0 && <Results texts={texts} results={run.results} />}
                                {run.results.length > SHOWN && (
                                    <p className={styles.text}>
                                        {fill(texts("first_shown"), {
                                            shown: format(SHOWN),
                                            number: format(run.results.length),
                                        })}
                                    </p>
                                )}
                            </>
                        )}
                    </DialogContent>
                    <DialogActions fluid>
                        {run.kind === "preview" && run.users.length > 0 && (
                            <Button
                                appearance="primary"
                                disabledFocusable={reading === undefined || reading === "limited"}
                                onClick={contacts.create}
                            >
                                {texts("create")}
                            </Button>
                        )}
                        {run.kind === "running" && (
                            <Button id={next} onClick={contacts.stopCreating} disabledFocusable={run.isStopping}>
                                {texts("cancel")}
                            </Button>
                        )}
                        {run.kind === "over" && run.results.length > 0 && (
                            <Button onClick={() => onDownload(run.results)}>{texts("download")}</Button>
                        )}
                        {run.kind !== "running" && (
                            <Button {...(run.kind === "over" ? { id: next } : {})} onClick={contacts.dismiss}>
                                {texts(run.kind === "over" ? "close" : "cancel")}
                            </Button>
                        )}
                    </DialogActions>
                </DialogBody>
            </DialogSurface>
        </Dialog>
    );
}
