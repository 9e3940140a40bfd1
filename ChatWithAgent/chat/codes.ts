// Owns the codes under which everything that can go wrong is known: to users, administrators, outputs and the documentation.

/** Failures: the chat cannot go on. Codes are added, never renamed: administrators search for them. */
export type FailureCode =
    | "settings-missing"
    | "settings-invalid"
    | "settings-unreadable"
    | "organization-not-trusted"
    | "script-host-not-trusted"
    | "script-unreachable"
    | "script-blocked-by-csp"
    /** The contact centre knows no such widget: deleted, or a wrong ID. A retry helps once that is mended. */
    | "widget-not-found"
    | "widget-timeout"
    | "widget-error"
    | "widget-requires-authentication"
    | "widget-conflict"
    | "start-timeout"
    | "offline"
    | "email-missing"
    | "email-lookup-failed"
    /** On the page only: the control is never without the app's own session. */
    | "signed-out"
    | "web-api-blocked";

/** Notices: the chat goes on, and the user is told what is less than it could be. */
export type NoticeCode = "email-missing" | "email-lookup-failed" | "contact-missing" | "contact-ambiguous" | "context-dropped" | "storage-blocked";

/** Availability: nothing is wrong, the contact centre is just not there now. */
export type AvailabilityCode = "outside-operating-hours";

export type Code = FailureCode | NoticeCode | AvailabilityCode;

/** Why a context variable is not sent. Each has a text `drop_<problem>` that says the problem and the mend. */
export type DropProblem =
    | "not-a-line"
    | "not-json"
    | "name"
    | "name-length"
    | "email"
    | "twice"
    | "value"
    | "value-length"
    | "no-value"
    | "too-many"
    | "placeholder"
    | "column-unknown"
    | "unreadable"
    /** There is no open record, or it is not saved yet. */
    | "no-record";
