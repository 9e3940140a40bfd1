// Owns the way to settled settings: asks the rules, looks up what they need, and asks again.
import type { Clock, DirectoryPort } from "../chat/ports";
import type { Shared } from "../chat/shared";
import { organizationQuery, readEnvironmentRows, readOrganizationRows, variablesQuery } from "../settings/environment";
import type { Query } from "../settings/environment";
import type { Lookup, Lookups, Settled } from "../settings/types";

/** How long a look-up may take, in milliseconds. */
const PATIENCE = 30_000;

export type Rules = (lookups: Lookups) => Settled;
export type SettledForGood = Exclude<Settled, { kind: "needs" }>;

/** Carries the look-ups out, each once a page. */
export async function settleWith(rules: Rules, directory: DirectoryPort, calls: Shared<unknown>, clock: Clock): Promise<SettledForGood> {
    const rows = ({ table, options }: Query): Promise<unknown> =>
        new Promise((resolve, reject) => {
            const cancel = clock.after(PATIENCE, () => reject(new Error("timeout")));
            calls(table, () => directory.retrieveRows(table, options))
                .then(resolve, reject)
                .finally(cancel);
        });
    const lookUp = async (lookup: Lookup): Promise<Lookups> => {
        if (lookup === "variables") return { variables: await rows(variablesQuery).then(readEnvironmentRows, () => "unreadable") };
        const organizationId = await rows(organizationQuery).then(readOrganizationRows, () => undefined);
        return organizationId === undefined ? { organizationUnreadable: true } : { organizationId };
    };

    let lookups: Lookups = {};
    for (;;) {
        const settled = rules(lookups);
        if (settled.kind !== "needs") return settled;
        lookups = Object.assign({}, lookups, ...(await Promise.all(settled.lookups.map(lookUp)))) as Lookups;
    }
}
