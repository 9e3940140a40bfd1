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
    /** Milliseconds, from any moment on. */
    readonly now: () => number;
    /** Resolves after so many milliseconds, or at once when the signal is set. */
    readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
    /** Resolves when the browser believes to be connected, or when the signal is set. */
    readonly online: (signal: AbortSignal) => Promise<void>;
}

export interface Service {
    /**
     * Asks until there is an answer, a refusal (rejects with `Refusal`), or no hope (rejects with `GivenUp`): six
     * times at the most.
     */
    readonly ask: (path: string, signal: AbortSignal, ask?: Ask) => Promise<unknown>;
    /**
     * Resolves when it may be asked again: there is no wait any more, and there is a network. Rejects with `GivenUp`
     * once the signal is set.
     */
    readonly ready: (signal: AbortSignal) => Promise<void>;
    /**
     * Asks once, after whatever wait there is at the moment; a wait that the service asks for is kept by all who ask
     * next.
     */
    readonly askOnce: (path: string, signal: AbortSignal, ask?: Ask, tried?: number) => Promise<unknown>;
}

/** How often a question is asked that gets no answer. */
export const TRIES = 6;

/** Waits between tries double, up to 30 s, as everywhere in this project. */
const waitOf = (tried: number): number => Math.min(1_000 * 2 ** tried, 30_000);

/**
 * The service's answers that ask for patience: too many requests (D, with `Retry-After`), and what gateways say while
 * it is away.
 */
const isBusy = ({ status }: Refusal): boolean => status === 429 || status === 502 || status === 503 || status === 504;

const isForbidden = ({ status, code }: Refusal): boolean => status === 403 || code === "0x80040220";

/** Whether asking again may help. */
export const isPassing = (reason: Reason): boolean => reason.kind === "busy" || reason.kind === "unreachable";

export const reasonOf = (error: unknown): Reason => {
    if (error instanceof GivenUp) return error.reason;
    if (error instanceof Refusal)
        return { kind: isForbidden(error) ? "no-privilege" : "refused", words: error.message };
    const words = error instanceof Error ? error.message : "";
    return words === "signed-out" ? { kind: "signed-out" } : { kind: "unreachable" };
};

export function createService({ ask, now, wait, online }: ServicePorts): Service {
    /**
     * Before this moment nobody asks anything: a request to slow down is meant for all, whoever asked, and whatever
     * has become of the question.
     */
    let notBefore = -Infinity;

    async function ready(signal: AbortSignal): Promise<void> {
        for (let left = notBefore - now(); left > 0 && !signal.aborted; left = notBefore - now())
            await wait(left, signal);
        await online(signal);
        if (signal.aborted) throw new GivenUp({ kind: "cancelled" });
    }

    async function askOnce(path: string, signal: AbortSignal, request?: Ask, tried = 0): Promise<unknown> {
        await ready(signal);
        try {
            return await ask(path, request);
        } catch (error) {
            const isRefusal = error instanceof Refusal;
            if (isRefusal && !isBusy(error)) throw error;
            const reason = isRefusal ? ({ kind: "busy" } as const) : reasonOf(error);
            const asked = isRefusal ? error.waitMs : undefined;
            // Who gives up keeps nobody else waiting, unless the service has asked for it.
            if (isPassing(reason) && (asked !== undefined || tried + 1 < TRIES))
                notBefore = Math.max(notBefore, now() + (asked ?? waitOf(tried)));
            throw new GivenUp(reason);
        }
    }

    return {
        ready,
        askOnce,
        async ask(path, signal, request) {
            for (let tried = 0; ; tried++) {
                try {
                    return await askOnce(path, signal, request, tried);
                } catch (error) {
                    if (!(error instanceof GivenUp && isPassing(error.reason)) || tried + 1 >= TRIES) throw error;
                }
            }
        },
    };
}
