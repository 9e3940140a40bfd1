// Owns sign-in as the frame sees it: it asks the page for a token, and tells the documented errors.
import { listen, tell } from "./host.ts";
import type { PageMessage } from "./messages.ts";

type Answer = Extract<PageMessage, { readonly lcw: "token" }>;

/** The token must come within 10 s (D). */
const LIMIT = 10_000;

const DESCRIPTIONS = {
  2: "The authentication provider failed.",
  8: "The authentication function was not found.",
} as const;

/**
 * Makes the function that the widget asks for a token. `name`: the global function that the widget's record names
 * (D).
 */
export function tokenSource(
  fail: (errorCode: number, errorDescription: string) => void,
): (name?: string) => Promise<string | null> {
  const waiting = new Map<number, (answer: Answer | undefined) => void>();
  let last = 0;
  listen((message) => {
    // The first answer counts.
    if (message.lcw === "token") waiting.get(message.id)?.(message);
  });
  return async (name) => {
    const id = ++last;
    const answer = await new Promise<Answer | undefined>((resolve) => {
      setTimeout(resolve, LIMIT);
      waiting.set(id, resolve);
      tell({ lcw: "token", id, ...(name === undefined ? {} : { name }) });
    });
    waiting.delete(id);
    if (typeof answer?.token === "string" && answer.token !== "") return answer.token;
    // Code 3: no token (D).
    if (answer?.error === undefined) fail(3, "No token was delivered.");
    else fail(answer.error, DESCRIPTIONS[answer.error]);
    return null;
  };
}
