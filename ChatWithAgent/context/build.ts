// Owns what goes to the agent with a conversation: the user's address, the maker's variables with their placeholders filled in, and the record.
import type { DropProblem } from "../chat/codes";
import type { ChatContext, ContextVariables, Dropped, Email, RecordReference } from "../chat/ports";
import type { Columns } from "../identity/row";
import { MAX } from "./parse";
import type { Parsed, Piece, RowName } from "./parse";

/** What asking for a row has brought: its columns, or why there are none. */
export type Answer = Columns | "unreadable" | "no-record";

export type Answers = Readonly<Record<RowName, Answer>>;

/** A value with its columns filled in, or why that cannot be. */
function fill(pieces: readonly Piece[], answers: Answers): { readonly text: string } | DropProblem {
    let text = "";
    for (const piece of pieces) {
        if (typeof piece === "string") text += piece;
        else {
            const answer = answers[piece.row];
            if (typeof answer === "string") return answer;
            const value = answer.get(piece.column);
            if (value === undefined) return "column-unknown";
            text += value ?? "";
        }
    }
    return { text: text.trim() };
}

/** Whether a piece says nothing but of the user. Words of the maker's may come from a formula or a column, and so from a record. */
const isUsers = (piece: Piece): boolean => (typeof piece === "string" ? !/[\p{L}\p{N}]/u.test(piece) : piece.row === "user");

/**
 * Puts the context together. All of it is displayable (D: shown to the agent under the additional details); an empty text is left out, as the widget
 * would drop it (S); `0` and `false` are values like any other.
 * @param record the open record, if it is to be shared
 */
export function buildContext(email: Email, { variables, dropped: unusable }: Parsed, answers: Answers, record: RecordReference | undefined): ChatContext {
    const all: Record<string, ContextVariables[string]> = {};
    const lasting: Record<string, ContextVariables[string]> = {};
    const dropped: Dropped[] = [...unusable];
    const add = (name: string, value: string | number | boolean, isUsers = false): void => {
        if (value === "") return;
        all[name] = { value, isDisplayable: true };
        if (isUsers) lasting[name] = all[name];
    };

    for (const { name, value } of variables) {
        if (typeof value !== "object") add(name, value);
        else {
            const filled = fill(value, answers);
            if (typeof filled === "string") dropped.push({ name, problem: filled });
            else if (filled.text.length > MAX.value) dropped.push({ name, problem: "value-length" });
            else
                add(name, filled.text, value.every(isUsers));
        }
    }
    if (record) {
        add("RecordName", record.name.slice(0, MAX.value));
        add("RecordTable", record.table);
        add("RecordUrl", record.url);
    }
    // Last, so that nothing can stand in for the user's own address, by which the contact is found (D: exactly this name).
    if (email.kind === "known") add("Email", email.address, true);
    return { variables: all, lasting, email, dropped };
}
