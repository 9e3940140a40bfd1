// Owns the report for a support case: how things stand, and nothing about anybody.
import { STANDINGS } from "./directory";
import type { Check } from "./checks";
import type { Count } from "./contacts";

/**
 * What a service's words may tell of people: addresses, and the ids of rows in sentences. Each word is looked at
 * once.
 */
const nameless = (text: string): string => text.replace(/[^\s<>"']+/g, (word) => (/[^@]@[^@]/.test(word) ? "…" : word));
const idless = (text: string): string => nameless(text).replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, "…");

/** Plain text, in English codes as support needs them; numbers of people, and never a name or an address. */
export function toReport(checks: readonly Check[], count: Count, version: string, host: string, time: string): string {
    return [
        `Chat with an agent ${version}, ${host}, ${time}`,
        ...checks.flatMap(({ id, state, outcome, values = {}, reason, lines = [], told = [] }) => [
            `${id}: ${state} (${outcome})${Object.entries(values)
                .map(([name, value]) => ` ${name}=${idless(value)}`)
                .join("")}${reason ? ` ${reason.kind}${"words" in reason ? `: ${idless(reason.words)}` : ""}` : ""}`,
            ...lines.map((line) => `  ${nameless(line)}`),
            ...told.map(({ key, value }) => `  ${key}${value ? `: ${nameless(value)}` : ""}`),
        ]),
        `users: ${count.seen} (${count.kind}${count.reason ? `, ${count.reason.kind}` : ""}) ${STANDINGS.map((standing) => `${standing}=${count.by[standing]}`).join(" ")}`,
    ].join("\n");
}
