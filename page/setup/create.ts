// Owns the making of contacts: a few at a time, each only if it is still needed, so that no second run and no second
// administrator makes one twice.
import { Refusal } from "../../ChatWithAgent/host/web/web-api";
import { comparable, toContact } from "./directory";
import type { Standing, User } from "./directory";
import { GivenUp, isPassing, reasonOf, TRIES } from "./service";
import type { Reason, Service } from "./service";
import type { Walk } from "./walk";

/**
 * What came of a user. `created`: a contact was made; `kept`: nothing was, because by now the user stands like this;
 * `gone`: it is no enabled user with an address any more;
 * `refused`: the service did not want it, in its own words; `not-done`: no answer came, or the run ended before.
 */
export type Outcome =
    | { readonly kind: "created" | "gone" | "not-done" }
    | { readonly kind: "kept"; readonly standing: Standing }
    | { readonly kind: "refused"; readonly words: string };

export interface Result {
    readonly user: User;
    readonly outcome: Outcome;
}

/** How a run ended: at its end, or for a reason. */
export type End = Reason | { readonly kind: "done" };

/** Users whose contacts are looked at anew together, just before they are made. */
const GROUP = 50;

/** Requests at once: the service allows 52 (D), and other people work, too. */
const AT_ONCE = 4;

/**
 * How long a look at a user's contacts holds, in milliseconds: the service may ask for a pause of minutes, and a
 * computer may sleep.
 */
const FRESH = 10_000;

/** So many users in a row without an answer mean that every further one would fare alike: it is not their own fault. */
const ENOUGH = 3;

/** So many refusals with no contact made in between are no longer about the users. */
const MANY = 20;

/** Creates, and never updates: an existing row of that id is answered with 412 (D). */
const CREATE_ONLY = { "If-None-Match": "*" };

/** Dataverse's own words for "there is such a row" (D); a plug-in may answer 412 for reasons of its own. */
const EXISTS: readonly string[] = ["0x80060892", "0x80040237"];

/**
 * Makes contacts for users that have none. Never rejects; results come one by one, each user exactly once.
 * @param source users in groups of any size, as somebody selected them or as a walk through all finds them; it may
 * reject
 * @param now milliseconds by the time of day, which a computer's sleep does not stop
 */
export async function createContacts(
    source: AsyncIterable<readonly User[]>,
    service: Service,
    walk: Walk,
    signal: AbortSignal,
    now: () => number,
    tell: (result: Result) => void,
): Promise<End> {
    let end: End = { kind: "done" };
    const isOver = (): boolean => end.kind !== "done";
    let failuresInARow = 0;
    let refusalsInARow = 0;

    /** What stands in the way of a contact for this user by now, if anything does. */
    async function look(user: User, wasAsked: boolean): Promise<Outcome | undefined> {
        const [row] = await walk.judge([user], signal);
        if (!row || row.standing === "none") return undefined;
        // The answer to an earlier try was lost, not the contact.
        if (wasAsked && row.standing === "linked" && row.contacts[0]?.id === user.id) return { kind: "created" };
        return { kind: "kept", standing: row.standing };
    }

    async function create(user: User, judgedAt: number): Promise<Outcome> {
        let lookedAt = judgedAt;
        for (let tried = 0; ; tried++) {
            let isDue = tried > 0;
            // The wait first, and then the look: what was seen before a pause of minutes holds no longer. A clock
            // that was set back is no proof of freshness.
            for (
                await service.ready(signal);
                isDue || Math.abs(now() - lookedAt) > FRESH;
                await service.ready(signal)
            ) {
                const found = await look(user, tried > 0);
                if (found) return found;
                [lookedAt, isDue] = [now(), false];
            }
            try {
                await service.askOnce(
                    `contacts(${user.id})`,
                    signal,
                    { method: "PATCH", headers: CREATE_ONLY, body: toContact(user) },
                    tried,
                );
                return { kind: "created" };
            } catch (error) {
                if (error instanceof Refusal && error.status === 412) {
                    const found = await look(user, tried > 0);
                    if (found) return found;
                    // It is there, and cannot be read.
                    if (EXISTS.includes(error.code)) return { kind: "kept", standing: "taken" };
                }
                if (!(error instanceof GivenUp && isPassing(error.reason)) || tried + 1 >= TRIES) throw error;
            }
        }
    }

    async function one(user: User, judgedAt: number): Promise<Outcome> {
        if (isOver()) return { kind: "not-done" };
        try {
            const outcome = await create(user, judgedAt);
            [failuresInARow, refusalsInARow] = [0, 0];
            return outcome;
        } catch (error) {
            const reason = reasonOf(error);
            if (reason.kind === "refused") {
                // It is an answer: what failed before was not everybody's.
                failuresInARow = 0;
                if (++refusalsInARow >= MANY && !isOver()) end = reason;
                return { kind: "refused", words: reason.words };
            }
            failuresInARow++;
            if (reason.kind === "signed-out" || reason.kind === "cancelled" || failuresInARow >= ENOUGH) end = reason;
            return "words" in reason && !isOver() ? { kind: "refused", words: reason.words } : { kind: "not-done" };
        }
    }

    async function group(users: readonly User[]): Promise<void> {
        const judgedAt = now();
        const rows = await walk.judge(users, signal);
        const due = new Map<string, User>();
        // Of users with one address, the first gets the contact, which serves the others.
        const later: User[] = [];
        for (const { user, standing } of rows) {
            const address = comparable(user.address);
            if (standing !== "none") tell({ user, outcome: { kind: "kept", standing } });
            else if (due.has(address)) later.push(user);
            else due.set(address, user);
        }
        const queue = due.values();
        const work = async (): Promise<void> => {
            for (const user of queue) tell({ user, outcome: await one(user, judgedAt) });
        };
        await Promise.all(Array.from({ length: AT_ONCE }, work));
        if (later.length) await step(later);
    }

    /** Never rejects. */
    async function step(users: readonly User[]): Promise<void> {
        if (!isOver()) {
            try {
                await group(users);
                return;
            } catch (error) {
                end = reasonOf(error);
            }
        }
        for (const user of users) tell({ user, outcome: { kind: "not-done" } });
    }

    try {
        for await (const users of source) {
            for (let start = 0; start < users.length; start += GROUP) await step(users.slice(start, start + GROUP));
            // What a stopped run has not looked at, it does not list.
            if (isOver()) break;
        }
    } catch (error) {
        end = reasonOf(error);
    }
    return end;
}
