// Owns the way to settled settings: asks the rules, looks up what they need, and asks again.
import type { Clock, DirectoryPort } from "../chat/ports";
import type { Shared } from "../chat/shared";
import { within } from "../chat/within";
import { organizationQuery, readEnvironmentRows, readOrganizationRows, variablesQuery } from "../settings/environment";
import type { Query } from "../settings/environment";
import type { Lookup, Lookups, Settled } from "../settings/types";

/** How long a look-up may take, in milliseconds. */
const PATIENCE = 30_000;

export type Rules = (lookups: Lookups) => Settled;
export type SettledForGood = Exclude<Settled, { kind: "needs" }>;

/** Carries the look-ups out, each once a page. */
export async function settleWith(rules: Rules, directory: DirectoryPort, calls: Shared<unknown>, clock: Clock): Promise<SettledForGood> {
    const rows = <T>({ table, options }: Query, read: (rows: unknown) => T, otherwise: T): Promise<T> =>
        within(
            clock,
            PATIENCE,
            calls([table], () => directory.retrieveRows(table, options)).then(read),
            otherwise,
        );
    const lookUp = async (lookup: Lookup): Promise<Lookups> =>
        lookup === "variables"
            ? { variables: await rows<NonNullable<Lookups["variables"]>>(variablesQuery, readEnvironmentRows, "unreadable") }
            : { organizationId: await rows(organizationQuery, readOrganizationRows, "") };

    let lookups: Lookups = {};
    for (;;) {
        const settled = rules(lookups);
        if (settled.kind !== "needs") return settled;
        lookups = Object.assign({}, lookups, ...(await Promise.all(settled.lookups.map(lookUp)))) as Lookups;
    }
}
