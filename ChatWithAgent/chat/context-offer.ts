// The context for conversations that are started with Microsoft's own button: who offered it, and what still holds when they have left.
import type { ChatContext, ContextVariables } from "./ports";
import type { ChatRequest } from "./session";

export interface ContextOffer {
    /** The latest context, for whoever shows it. */
    readonly context: ChatContext | undefined;
    /** Who offered; undefined once they have left. */
    readonly offerer: object | undefined;
    /** Somebody offers; until the context is known, only the user's own variables of the one before hold. */
    offer(request: ChatRequest): void;
    /** Takes the offer back; false where somebody else has offered since. */
    withdraw(by: object): boolean;
    /** The context of a request is known. */
    settle(request: ChatRequest, context: ChatContext): void;
    /** Whether a request's context may still be wanted. */
    isCurrent(request: ChatRequest): boolean;
    /** What Microsoft's button sends now; undefined before any context is known. */
    readonly variables: ContextVariables | undefined;
}

export function createContextOffer(): ContextOffer {
    let offered: ChatRequest | undefined;
    let latest: { readonly request: ChatRequest; readonly context: ChatContext } | undefined;
    return {
        get context() {
            return latest?.context;
        },
        get offerer() {
            return offered?.by;
        },
        get variables() {
            return latest && (latest.request === offered ? latest.context.variables : latest.context.lasting);
        },
        offer(request) {
            offered = request.by && request;
        },
        withdraw(by) {
            if (offered?.by !== by) return false;
            offered = undefined;
            return true;
        },
        settle(request, context) {
            latest = { request, context };
        },
        isCurrent: (request) => offered === request,
    };
}
