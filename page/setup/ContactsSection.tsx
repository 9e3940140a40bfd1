// Owns the view of users and their contacts: the counts, the list, and what can be selected.
import {
    Button,
    Checkbox,
    Input,
    Link,
    MessageBar,
    MessageBarBody,
    ProgressBar,
    Select,
    Table,
    TableBody,
    TableCell,
    TableHeader,
    TableHeaderCell,
    TableRow,
    makeStyles,
    tokens,
    useRestoreFocusTarget,
} from "@fluentui/react-components";
import * as React from "react";
import type { Texts } from "../../ChatWithAgent/host/host";
import { STANDINGS } from "./directory";
import type { Row, Standing } from "./directory";
import type { Contacts, ContactsState, Filter } from "./contacts";
import { Failure, State, fill } from "./parts";
import type { Tone } from "./parts";
import { useCardStyles } from "./styles";

export const TONES: Readonly<Record<Standing, Tone>> = {
    linked: "good",
    none: "attention",
    "not-found": "attention",
    several: "wrong",
    taken: "attention",
    unusable: "wrong",
};

const FILTERS: readonly Filter[] = ["all", "missing", "attention"];

/** How long nobody types before it is searched, in milliseconds. */
const TYPING = 400;

const useStyles = makeStyles({
    counts: {
        display: "flex",
        flexWrap: "wrap",
        columnGap: tokens.spacingHorizontalXXL,
        rowGap: tokens.spacingVerticalS,
        margin: 0,
        marginBottom: tokens.spacingVerticalS,
    },
    count: { display: "flex", flexDirection: "column-reverse" },
    number: {
        margin: 0,
        fontSize: tokens.fontSizeBase500,
        lineHeight: tokens.lineHeightBase500,
        fontWeight: tokens.fontWeightSemibold,
        fontVariantNumeric: "tabular-nums",
    },
    label: {
        color: tokens.colorNeutralForeground2,
        fontSize: tokens.fontSizeBase200,
        lineHeight: tokens.lineHeightBase200,
    },
    progress: { display: "flex", alignItems: "center", columnGap: tokens.spacingHorizontalM, minHeight: "32px" },
    bar: { flexGrow: 1, maxWidth: "360px" },
    tools: {
        display: "flex",
        flexWrap: "wrap",
        alignItems: "end",
        columnGap: tokens.spacingHorizontalM,
        rowGap: tokens.spacingVerticalS,
        marginTop: tokens.spacingVerticalM,
        marginBottom: tokens.spacingVerticalS,
    },
    field: { display: "flex", flexDirection: "column", rowGap: tokens.spacingVerticalXXS },
    // Wide tables scroll within themselves, and the page never does.
    scroll: { overflowX: "auto" },
    table: { minWidth: "640px" },
    tick: { width: "44px" },
    cell: { overflowWrap: "anywhere" },
    // Addresses are the longest.
    address: { width: "32%" },
    busy: { opacity: 0.5 },
    contacts: { display: "flex", flexDirection: "column" },
});

interface SectionProps {
    readonly texts: Texts;
    readonly state: ContactsState;
    readonly contacts: Contacts;
    /** The locale's numbers. */
    readonly format: (number: number) => string;
}

function Counts({ texts, state: { count }, contacts, format }: SectionProps): React.ReactElement {
    const styles = useStyles();
    return (
        <>
            <dl className={styles.counts}>
                {STANDINGS.map((standing) => (
                    <div key={standing} className={styles.count} data-count={standing}>
                        <dt className={styles.label}>{texts(`standing_${standing}`)}</dt>
                        <dd className={styles.number}>{format(count.by[standing])}</dd>
                    </div>
                ))}
            </dl>
            <div className={styles.progress}>
                {count.kind === "running" && (
                    <>
                        <ProgressBar
                            className={styles.bar}
                            aria-label={texts("count_running")}
                            {...(count.total === undefined ? {} : { value: count.seen, max: Math.max(1, count.total) })}
                        />
                        <span>
                            {fill(texts(count.total === undefined ? "count_seen" : "count_of"), {
                                seen: format(count.seen),
                                total: format(count.total ?? 0),
                            })}
                        </span>
                    </>
                )}
                <span role="status">
                    {count.kind === "done" ? fill(texts("count_done"), { seen: format(count.seen) }) : ""}
                </span>
                {count.kind === "stopped" && (
                    <Failure texts={texts} reason={count.reason ?? { kind: "cancelled" }}>
                        {fill(texts("count_seen"), { seen: format(count.seen) })}
                    </Failure>
                )}
                {/* One button for both, so that it keeps the focus. */}
                <Button size="small" onClick={count.kind === "running" ? contacts.stopCounting : contacts.count}>
                    {texts(count.kind === "running" ? "cancel" : "count_again")}
                </Button>
            </div>
        </>
    );
}

function UserRow({
    texts,
    row,
    isThere,
    isSelected,
    onSelect,
}: {
    readonly texts: Texts;
    readonly row: Row;
    readonly isThere: boolean;
    readonly isSelected: boolean;
    readonly onSelect: (isSelected: boolean) => void;
}): React.ReactElement {
    const styles = useStyles();
    const { user, standing, contacts } = row;
    return (
        <TableRow data-user={user.id} data-standing={standing}>
            <TableCell className={styles.tick}>
                {standing === "none" && (
                    <Checkbox
                        checked={isSelected}
                        disabled={!isThere}
                        aria-label={fill(texts("select_user"), { name: user.name })}
                        onChange={(_event, { checked }) => onSelect(checked === true)}
                    />
                )}
            </TableCell>
            <TableCell className={styles.cell}>
                <bdi>{user.name}</bdi>
            </TableCell>
            <TableCell className={styles.cell}>
                <bdi>{user.address}</bdi>
            </TableCell>
            <TableCell>
                <State tone={TONES[standing]}>{texts(`standing_${standing}`)}</State>
            </TableCell>
            <TableCell className={styles.cell}>
                <span className={styles.contacts}>
                    {contacts.map((contact) => (
                        <Link
                            key={contact.id}
                            href={`/main.aspx?pagetype=entityrecord&etn=contact&id=${contact.id}`}
                            target="_blank"
                            rel="noopener"
                        >
                            <bdi>{contact.name || contact.id}</bdi>
                            {!contact.isLinkable &&
                                ` (${texts(contact.isActive ? "contact_status" : "contact_inactive")})`}
                        </Link>
                    ))}
                    {standing !== "linked" && standing !== "none" && <span>{texts(`mend_${standing}`)}</span>}
                </span>
            </TableCell>
        </TableRow>
    );
}

function List({ texts, state, contacts, format }: SectionProps): React.ReactElement {
    const styles = useStyles();
    const card = useCardStyles();
    // What was shown stays until the next is there, so that nothing jumps.
    const [rows, setRows] = React.useState<readonly Row[]>([]);
    const { list } = state;
    const scroll = React.useRef<HTMLDivElement>(null);
    // The link goes with the failure: focus goes on to the list.
    const again = (): void => {
        scroll.current?.focus();
        void contacts.reload();
    };
    React.useEffect(() => {
        if (list.kind === "shown") setRows(list.rows);
        if (list.kind === "failed") setRows([]);
    }, [list]);
    const isThere = list.kind === "shown";
    const creatable = rows.filter(({ standing }) => standing === "none");
    const selected = creatable.filter(({ user }) => state.selected.has(user.id));
    const tick = selected.length === 0 ? false : selected.length === creatable.length ? true : "mixed";
    return (
        <>
            {list.kind === "failed" && (
                <Failure texts={texts} reason={list.reason}>
                    <Link as="button" onClick={again}>
                        {texts("try_again")}
                    </Link>
                </Failure>
            )}
            <div ref={scroll} className={styles.scroll} role="group" aria-label={texts("contacts_title")} tabIndex={0}>
                <Table
                    className={styles.table}
                    size="small"
                    aria-busy={list.kind === "loading"}
                    aria-label={texts("contacts_title")}
                >
                    <TableHeader>
                        <TableRow>
                            <TableHeaderCell className={styles.tick}>
                                <Checkbox
                                    checked={tick}
                                    disabled={!creatable.length || !isThere}
                                    aria-label={texts("select_page")}
                                    onChange={() => contacts.select(creatable, tick !== true)}
                                />
                            </TableHeaderCell>
                            <TableHeaderCell>{texts("column_user")}</TableHeaderCell>
                            <TableHeaderCell className={styles.address}>{texts("column_address")}</TableHeaderCell>
                            <TableHeaderCell>{texts("column_standing")}</TableHeaderCell>
                            <TableHeaderCell>{texts("column_contacts")}</TableHeaderCell>
                        </TableRow>
                    </TableHeader>
                    <TableBody className={list.kind === "loading" ? styles.busy : undefined}>
                        {rows.map((row) => (
                            <UserRow
                                key={row.user.id}
                                texts={texts}
                                row={row}
                                isThere={isThere}
                                isSelected={state.selected.has(row.user.id)}
                                onSelect={(isSelected) => contacts.select([row], isSelected)}
                            />
                        ))}
                    </TableBody>
                </Table>
            </div>
            <p role="status">
                {list.kind === "loading"
                    ? texts("list_loading")
                    : list.kind === "shown"
                      ? list.rows.length
                          ? fill(texts("list_shown"), { number: format(list.rows.length) })
                          : texts("list_empty")
                      : ""}
            </p>
            <div className={card.actions}>
                <Button disabledFocusable={state.page === 1 || list.kind === "loading"} onClick={contacts.previous}>
                    {texts("previous_page")}
                </Button>
                <span>{fill(texts("page_number"), { page: format(state.page) })}</span>
                <Button disabledFocusable={list.kind !== "shown" || !list.hasNext} onClick={contacts.next}>
                    {texts("next_page")}
                </Button>
            </div>
        </>
    );
}

export function ContactsSection(props: SectionProps): React.ReactElement {
    const { texts, state, contacts, format } = props;
    const card = useCardStyles();
    const styles = useStyles();
    const [typed, setTyped] = React.useState(state.search);
    React.useEffect(() => {
        if (typed === contacts.state.search) return undefined;
        const timer = setTimeout(() => contacts.search(typed), TYPING);
        return () => clearTimeout(timer);
    }, [typed, contacts]);
    const focus = useRestoreFocusTarget();
    const isBusy = state.run.kind !== "none";
    const isLimited = state.reading === "limited";
    return (
        <section className={card.card} aria-labelledby="contacts-title">
            <h2 id="contacts-title" className={card.title}>
                {texts("contacts_title")}
            </h2>
            <p className={card.intro}>{texts("contacts_intro")}</p>
            {isLimited && (
                <MessageBar intent="warning" layout="multiline">
                    <MessageBarBody>{texts("reading_limited")}</MessageBarBody>
                </MessageBar>
            )}
            <Counts {...props} />
            <div className={styles.tools}>
                <div className={styles.field}>
                    <label htmlFor="search">{texts("search")}</label>
                    <Input
                        id="search"
                        type="search"
                        value={typed}
                        maxLength={100}
                        onChange={(_event, { value }) => setTyped(value)}
                    />
                </div>
                <div className={styles.field}>
                    <label htmlFor="filter">{texts("filter")}</label>
                    <Select
                        id="filter"
                        value={state.filter}
                        onChange={(_event, { value }) => contacts.filter(FILTERS.find((one) => one === value) ?? "all")}
                    >
                        {FILTERS.map((one) => (
                            <option key={one} value={one}>
                                {texts(`filter_${one}`)}
                            </option>
                        ))}
                    </Select>
                </div>
                <Button
                    {...focus}
                    appearance="primary"
                    disabledFocusable={!state.selected.size || isBusy || isLimited}
                    onClick={() => contacts.prepare(false)}
                >
                    {fill(texts("create_selected"), { number: format(state.selected.size) })}
                </Button>
                <Button disabledFocusable={!state.selected.size} onClick={contacts.clearSelection}>
                    {texts("clear_selection")}
                </Button>
                <Button {...focus} disabledFocusable={isBusy || isLimited} onClick={() => contacts.prepare(true)}>
                    {texts("create_all")}
                </Button>
            </div>
            <List {...props} />
        </section>
    );
}
