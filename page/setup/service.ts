// Owns the patience with Dataverse: what is asked again, after which wait, and what is a reason to give up.
import { Refusal } from "../../ChatWithAgent/host/web/web-api";
import type { Ask } from "../../ChatWithAgent/host/web/web-api";

/** Why a question was given up. `refused` has the service's own words. */
export type Reason =
    | { readonly kind: "signed-out" | "unreachable" | "busy" | "cancelled" }
    | { readonly kind: "no-privilege" | "refused"; readonly words: string };

/** What was given up, as an exception. */
export class GivenUp extends Error {
    constructor(readonly reason: Reason) {
        super(reason.kind);
    }
}

export interface ServicePorts {
    /** Asks Dataverse's Web API once: see host/web/web-api. */
    readonly ask: (path: string, ask?: Ask) => Promise<unknown>;
    /** Resolves after so many milliseconds, or at once when the signal is set. */
    readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
    /** Resolves when the browser believes to be connected, or when the signal is set. */
    readonly online: (signal: AbortSignal) => Promise<void>;
}

export interface Service {
    /** Asks until there is an answer, a refusal (rejects with `Refusal`), or no hope (rejects with `GivenUp`). `retried` is called before each further try. */
    ask(path: string, signal: AbortSignal, ask?: Ask, retried?: () => void): Promise<unknown>;
}

/** How often a question is asked that gets no answer. */
const TRIES = 6;

/** Waits between tries double, up to 30 s, as everywhere in this project. */
const waitOf = (tried: number): number => Math.min(1_000 * 2 ** tried, 30_000);

/** The service's answers that ask for patience: too many requests (D, with `Retry-After`), and what gateways say while it is away. */
const isBusy = ({ status }: Refusal): boolean => status === 429 || status === 502 || status === 503 || status === 504;

const isForbidden = ({ status, code }: Refusal): boolean => status === 403 || code === "0x80040220";

/** What somebody did not allow, or anything else that asking again would not change. */
export const reasonOf = (error: unknown): Reason => {
    if (error instanceof GivenUp) return error.reason;
    if (error instanceof Refusal) return { kind: isForbidden(error) ? "no-privilege" : "refused", words: error.message };
    const words = error instanceof Error ? error.message : "";
    return words === "signed-out" ? { kind: "signed-out" } : { kind: "unreachable" };
};

export function createService({ ask, wait, online }: ServicePorts): Service {
    /** Until when nobody asks, in counts of running waits: a request to slow down is meant for all. */
    let pause: Promise<void> | undefined;

    async function hold(milliseconds: number, signal: AbortSignal): Promise<void> {
        const own = wait(milliseconds, signal).then(() => {
            if (pause === own) pause = undefined;
        });
        pause = own;
        await own;
    }

    return {
        async ask(path, signal, request, retried) {
            for (let tried = 0; ; tried++) {
                while (pause && !signal.aborted) await pause;
                await online(signal);
                if (signal.aborted) throw new GivenUp({ kind: "cancelled" });
                if (tried) retried?.();
                try {
                    return await ask(path, request);
                } catch (error) {
                    const isRefusal = error instanceof Refusal;
                    if (isRefusal && !isBusy(error)) throw error;
                    const reason = isRefusal ? ({ kind: "busy" } as const) : reasonOf(error);
                    if (reason.kind === "signed-out" || tried + 1 >= TRIES) throw new GivenUp(reason);
                    await hold((isRefusal ? error.waitMs : undefined) ?? waitOf(tried), signal);
                }
            }
        },
    };
}
