// Owns a record form's client API in miniature: of Microsoft's documented members those that the example scripts use, and no other.

/** What a column holds, by its kind: a text, yes or no, a choice's number, a date with a time; null is empty. */
export type FormValue = string | boolean | number | Date | null;
export type FormColumnKind = "text" | "yes-no" | "choice" | "date";

/** One place of a column on the form. */
export interface FormCell {
    visible: boolean;
    disabled: boolean;
}

/** A column with its first place on the form. */
export interface FormColumn extends FormCell {
    readonly kind: FormColumnKind;
    value: FormValue;
    /** Further places, such as the form's header: each is a control of its own (D). */
    readonly copies?: readonly FormCell[];
}

export type NotificationLevel = "ERROR" | "WARNING" | "INFO";

export interface FormNotification {
    readonly id: string;
    readonly text: string;
    readonly level: NotificationLevel;
}

/** An entry of what getOutputs returns (P: its form is not documented). */
export interface FormOutput {
    readonly value: unknown;
}

export interface ExecutionContext {
    getFormContext(): FormContext;
}

export type Handler = (context: ExecutionContext) => void;

export interface FormControls {
    forEach(run: (control: FormControl, index: number) => void): void;
}

export interface FormAttribute {
    /** All controls of the column; getControl gives only the first (D). */
    readonly controls: FormControls;
    getValue(): FormValue;
    setValue(value: FormValue): void;
    addOnChange(handler: Handler): void;
}

export interface FormControl {
    getVisible(): boolean;
    setVisible(visible: boolean): void;
    getDisabled(): boolean;
    setDisabled(disabled: boolean): void;
    /** Custom code components only (D). */
    addEventHandler(event: string, handler: Handler): void;
    addOnOutputChange(handler: Handler): void;
    getOutputs(): Readonly<Record<string, unknown>> | undefined;
}

export interface FormUi {
    setFormNotification(text: string, level: NotificationLevel, id: string): boolean;
    clearFormNotification(id: string): boolean;
}

export interface FormContext {
    getAttribute(column: string): FormAttribute | null;
    getControl(column: string): FormControl | null;
    readonly ui: FormUi;
}

export interface FormOptions {
    readonly columns: Readonly<Record<string, FormColumn>>;
    /** The events that a control can raise; one without is a standard control. */
    readonly events: Readonly<Record<string, readonly string[]>>;
    /** What the control last reported, in the form's own shape; that there is always a dictionary is not documented. */
    outputs(control: string): Readonly<Record<string, unknown>> | undefined;
    /** The form is to be drawn anew. */
    changed(): void;
    /** A script has changed something: which one, and what. */
    did(script: string, what: string): void;
    /** A handler has thrown, which the platform shows to the user. */
    failed(script: string, error: unknown): void;
}

/** The form's side of it: what the page shows, and what the user and the controls do. */
export interface RecordForm {
    readonly columns: Readonly<Record<string, FormColumn>>;
    /** The newest first (D). */
    readonly notifications: readonly FormNotification[];
    /** Calls a form's On Load handler; the name stands for the script in what is told. */
    load(script: string, onLoad: Handler): void;
    /** The user changes a column, which raises OnChange (D). */
    change(column: string, value: FormValue): void;
    /** A control raises one of its events. */
    raise(control: string, event: string): void;
    outputsChanged(control: string): void;
}

/** Hands out an object on which a member that is not there throws, whether it is called or only looked at. */
function strict<T extends object>(name: string, members: T): T {
    return new Proxy(members, {
        get(target, key, receiver) {
            if (typeof key === "string" && !Object.hasOwn(target, key)) throw new TypeError(`${name}.${key} is not a function`);
            return Reflect.get(target, key, receiver) as unknown;
        },
    });
}

function fits(kind: FormColumnKind, value: FormValue): boolean {
    // Any column can be empty in Dataverse, one with yes or no too.
    if (value === null) return true;
    switch (kind) {
        case "text":
            return typeof value === "string";
        case "yes-no":
            return typeof value === "boolean";
        case "choice":
            return typeof value === "number";
        case "date":
            return value instanceof Date;
    }
}

const told = (value: FormValue): string => (value instanceof Date ? value.toLocaleTimeString("en-GB") : JSON.stringify(value));

/**
 * The outputs as a form's getOutputs hands them over. Microsoft documents "a dictionary" and no more; keys and entries are those that
 * were seen in the wild and that the published types describe (P).
 */
export function dictionary(control: string, outputs: Readonly<Record<string, unknown>>): Record<string, FormOutput> {
    return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [`${control}.fieldControl.${name}`, { value }]));
}

/** Makes the form of a record. */
export function createRecordForm(options: FormOptions): RecordForm {
    const { columns } = options;
    const notifications: FormNotification[] = [];
    const listeners: { readonly script: string; readonly at: string; readonly handler: Handler }[] = [];

    const columnOf = (name: string): FormColumn | undefined => (Object.hasOwn(columns, name) ? columns[name] : undefined);

    function contextFor(script: string): ExecutionContext {
        const did = (what: string): void => {
            options.did(script, what);
            options.changed();
        };
        const listen = (at: string, handler: Handler): void => {
            if (typeof handler !== "function") throw new TypeError("A handler is a function.");
            listeners.push({ script, at, handler });
        };

        function attribute(name: string): FormAttribute | null {
            const column = columnOf(name);
            if (column === undefined) return null;
            return strict<FormAttribute>("attribute", {
                // The second is named after the column with a 1, and so on (D).
                controls: strict<FormControls>("controls", { forEach: (run) => [column, ...(column.copies ?? [])].forEach((cell, index) => run(controlAt(cell, name, index === 0 ? name : `${name}${index}`), index)) }),
                getValue: () => column.value,
                // Raises no OnChange (D).
                setValue(value: FormValue) {
                    if (!fits(column.kind, value)) throw new TypeError(`${name} does not take ${told(value)}.`);
                    column.value = value;
                    did(`${name} = ${told(value)}`);
                },
                addOnChange: (handler: Handler) => listen(`change ${name}`, handler),
            });
        }

        function control(name: string): FormControl | null {
            const column = columnOf(name);
            return column === undefined ? null : controlAt(column, name, name);
        }

        function controlAt(cell: FormCell, column: string, name: string): FormControl {
            const events = Object.hasOwn(options.events, column) ? options.events[column] : undefined;
            return strict<FormControl>("control", {
                getVisible: () => cell.visible,
                setVisible(visible: boolean) {
                    const isNews = cell.visible !== visible;
                    cell.visible = visible;
                    if (isNews) did(visible ? `shows ${name}` : `hides ${name}`);
                },
                getDisabled: () => cell.disabled,
                setDisabled(disabled: boolean) {
                    const isNews = cell.disabled !== disabled;
                    cell.disabled = disabled;
                    if (isNews) did(disabled ? `locks ${name}` : `unlocks ${name}`);
                },
                addEventHandler(event: string, handler: Handler) {
                    if (events?.includes(event) !== true) throw new TypeError(`${name} has no event ${event}.`);
                    listen(`event ${column} ${event}`, handler);
                },
                addOnOutputChange: (handler: Handler) => listen(`outputs ${column}`, handler),
                getOutputs: () => options.outputs(column),
            });
        }

        const ui = strict<FormUi>("ui", {
            setFormNotification(text, level, id) {
                const index = notifications.findIndex((one) => one.id === id);
                const before = notifications[index];
                if (index >= 0) notifications.splice(index, 1);
                notifications.unshift({ id, text, level });
                if (before?.text !== text || before.level !== level) did(`notification: ${text}`);
                return true;
            },
            clearFormNotification(id) {
                const index = notifications.findIndex((one) => one.id === id);
                if (index < 0) return false;
                notifications.splice(index, 1);
                did("notification cleared");
                return true;
            },
        });
        const formContext = strict<FormContext>("formContext", { getAttribute: attribute, getControl: control, ui });
        return strict<ExecutionContext>("executionContext", { getFormContext: () => formContext });
    }

    function guarded(script: string, run: () => void): void {
        try {
            run();
        } catch (error) {
            options.failed(script, error);
        }
    }

    function raise(at: string): void {
        for (const one of listeners.filter((listener) => listener.at === at)) guarded(one.script, () => one.handler(contextFor(one.script)));
    }

    return {
        columns,
        notifications,
        load: (script, onLoad) => guarded(script, () => onLoad(contextFor(script))),
        change(name, value) {
            const column = columnOf(name);
            if (column === undefined || !fits(column.kind, value)) throw new TypeError(`${name} does not take ${told(value)}.`);
            column.value = value;
            raise(`change ${name}`);
            options.changed();
        },
        raise: (control, event) => raise(`event ${control} ${event}`),
        outputsChanged: (control) => raise(`outputs ${control}`),
    };
}
