// Owns the making of contacts: a few at a time, each only if it is still needed, so that no second run and no second administrator ever makes one twice.
import { Refusal } from "../../ChatWithAgent/host/web/web-api";
import { toContact } from "./directory";
import type { Standing, User } from "./directory";
import { reasonOf } from "./service";
import type { Reason, Service } from "./service";
import type { Walk } from "./walk";

/**
 * What came of a user. `created`: a contact was made; `kept`: nothing was, because by now the user stands like this; `refused`: the service did not want it, in its own
 * words; `not-done`: the run ended before.
 */
export type Outcome =
    | { readonly kind: "created" | "not-done" }
    | { readonly kind: "kept"; readonly standing: Standing }
    | { readonly kind: "refused"; readonly words: string };

export interface Result {
    readonly user: User;
    readonly outcome: Outcome;
}

/** How a run ended: at its end, or for a reason. */
export type End = Reason | { readonly kind: "done" };

/** Users whose contacts are looked at anew just before they are made. */
const GROUP = 50;

/** Requests at once: the service allows 52 (D), and other people work, too. */
const AT_ONCE = 4;

/** Creates, and never updates: an existing row of that id is answered with 412 (D). */
const CREATE_ONLY = { "If-None-Match": "*" };

/** Only these two mean that every further user would fare the same. */
const endsAll = (reason: Reason): boolean => reason.kind !== "refused";

/**
 * Makes contacts for users that have none. Never rejects; results come one by one, each user exactly once.
 * @param source users in groups of any size, as somebody selected them or as a walk through all finds them; it may reject
 */
export async function createContacts(source: AsyncIterable<readonly User[]>, service: Service, walk: Walk, signal: AbortSignal, tell: (result: Result) => void): Promise<End> {
    let end: End = { kind: "done" };
    const isOver = (): boolean => end.kind !== "done";

    async function create(user: User): Promise<Outcome> {
        const tries = { isRetry: false };
        try {
            await service.ask(`contacts(${user.id})`, signal, { method: "PATCH", headers: CREATE_ONLY, body: toContact(user) }, () => (tries.isRetry = true));
            return { kind: "created" };
        } catch (error) {
            if (!(error instanceof Refusal) || error.status !== 412) throw error;
            const [row] = await walk.judge([user], signal);
            const standing = row?.standing ?? "taken";
            // The answer to an earlier try was lost, not the contact.
            if (tries.isRetry && standing === "linked" && row?.contacts[0]?.id === user.id) return { kind: "created" };
            return { kind: "kept", standing };
        }
    }

    async function one(user: User): Promise<Outcome> {
        if (isOver()) return { kind: "not-done" };
        try {
            return await create(user);
        } catch (error) {
            const reason = reasonOf(error);
            if (!endsAll(reason)) return { kind: "refused", words: "words" in reason ? reason.words : "" };
            end = reason;
            return { kind: "not-done" };
        }
    }

    async function group(users: readonly User[]): Promise<void> {
        const rows = await walk.judge(users, signal);
        const due = new Map<string, User>();
        // Of users with one address, the first gets the contact, which serves the others.
        const later: User[] = [];
        for (const { user, standing } of rows) {
            const address = user.address.toLowerCase();
            if (standing !== "none") tell({ user, outcome: { kind: "kept", standing } });
            else if (due.has(address)) later.push(user);
            else due.set(address, user);
        }
        const queue = due.values();
        const work = async (): Promise<void> => {
            for (const user of queue) tell({ user, outcome: await one(user) });
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
