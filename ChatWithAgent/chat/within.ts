// Owns the patience with an answer: as long as it is worth waiting for, and not a moment longer.
import type { Clock } from "./ports";

/** The answer, or `otherwise` if it does not come within so many milliseconds, or fails; never rejects. */
export function within<T>(clock: Clock, milliseconds: number, answer: Promise<T>, otherwise: T): Promise<T> {
    return new Promise((resolve) => {
        const cancel = clock.after(milliseconds, () => resolve(otherwise));
        const settle = (value: T): void => {
            cancel();
            resolve(value);
        };
        answer.then(settle, () => settle(otherwise));
    });
}
