// Owns the faults: which requests are to be delayed, refused, left hanging or answered with rubbish, and how often.

/** The kinds of request a fault can hit. */
export const REQUEST_KINDS = [
  "script",
  "frame",
  "second-stage",
  "font",
  "location",
  "config",
  "start",
  "details",
  "token",
  "end",
  "typing",
  "availability",
  "survey",
  "reconnect",
  "messages",
  "push",
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** A fault to add. Without `status`, `hang`, `blocked` and `body` the request is only delayed. */
export interface FaultInput {
  readonly kind: RequestKind;
  readonly delayMs?: number;
  readonly status?: number;
  /** The request is never answered. */
  readonly hang?: boolean;
  /** The connection is cut, as a blocker or a proxy does it. */
  readonly blocked?: boolean;
  /** Sent in place of the real answer; with status 200 unless `status` is given. */
  readonly body?: string;
  /** After so many requests the fault is over; without it, it stays until it is cleared. */
  readonly times?: number;
  /** Only for this widget (requests that name one). */
  readonly widgetId?: string;
}

/** A fault that was added. */
export interface Fault extends FaultInput {
  readonly id: number;
  /** How many requests it has hit. */
  readonly hits: number;
}

/** True for the name of a request kind. */
export function isRequestKind(value: unknown): value is RequestKind {
  return typeof value === "string" && (REQUEST_KINDS as readonly string[]).includes(value);
}

/** Reads a fault from JSON; returns the mistake as text when it is none. */
export function readFault(input: unknown): FaultInput | string {
  if (typeof input !== "object" || input === null) return "A fault is an object with a kind.";
  const { kind, delayMs, status, hang, blocked, body, times, widgetId } = input as Record<string, unknown>;
  if (!isRequestKind(kind)) return `kind must be one of ${REQUEST_KINDS.join(", ")}.`;
  const whole = (value: unknown, least: number): value is number =>
    typeof value === "number" && Number.isInteger(value) && value >= least;
  if (delayMs !== undefined && !whole(delayMs, 0)) return "delayMs must be a whole number of milliseconds.";
  if (status !== undefined && (!whole(status, 200) || status > 599))
    return "status must be an HTTP status code from 200 to 599.";
  if (hang !== undefined && typeof hang !== "boolean") return "hang must be true or false.";
  if (blocked !== undefined && typeof blocked !== "boolean") return "blocked must be true or false.";
  if (body !== undefined && typeof body !== "string") return "body must be a string.";
  if (times !== undefined && !whole(times, 1)) return "times must be a whole number above 0.";
  if (widgetId !== undefined && typeof widgetId !== "string") return "widgetId must be a string.";
  return {
    kind,
    ...(delayMs === undefined ? {} : { delayMs }),
    ...(status === undefined ? {} : { status }),
    ...(hang === undefined ? {} : { hang }),
    ...(blocked === undefined ? {} : { blocked }),
    ...(body === undefined ? {} : { body }),
    ...(times === undefined ? {} : { times }),
    ...(widgetId === undefined ? {} : { widgetId }),
  };
}

/** The faults in force. */
export class Faults {
  #next = 1;
  #faults: Fault[] = [];

  /** Adds a fault and returns it. */
  add(input: FaultInput): Fault {
    const fault: Fault = { ...input, id: this.#next++, hits: 0 };
    this.#faults.push(fault);
    return fault;
  }

  /** The faults in force, with their hits. */
  list(): readonly Fault[] {
    return this.#faults;
  }

  /** Removes one fault, or all; returns how many went. */
  clear(id?: number): number {
    const before = this.#faults.length;
    this.#faults = id === undefined ? [] : this.#faults.filter((fault) => fault.id !== id);
    return before - this.#faults.length;
  }

  /** The first fault that hits a request; counts it, and drops it when it is used up. */
  take(kind: RequestKind, widgetId?: string): Fault | undefined {
    const index = this.#faults.findIndex(
      (fault) =>
        fault.kind === kind &&
        (fault.widgetId === undefined || fault.widgetId.toLowerCase() === widgetId?.toLowerCase()),
    );
    const fault = this.#faults[index];
    if (fault === undefined) return undefined;
    const hit: Fault = { ...fault, hits: fault.hits + 1 };
    if (hit.times !== undefined && hit.hits >= hit.times) this.#faults.splice(index, 1);
    else this.#faults[index] = hit;
    return hit;
  }
}
