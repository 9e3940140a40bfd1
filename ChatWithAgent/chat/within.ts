// Owns the patience with an answer: as long as it is worth waiting for, and not a moment longer.
import type { Clock } from "./ports";

/** The last part of the waiting, in milliseconds. */
const LAST = 250;

/** The answer, or `otherwise` if it does not come within so many milliseconds, or fails; never rejects. */
export function within<T>(clock: Clock, milliseconds: number, answer: Promise<T>, otherwise: T): Promise<T> {
    return new Promise((resolve) => {
        // In two steps: where the page was too busy to hear an answer that has come in time (seen while the widget boots), the last one lets it be heard.
        let cancel = clock.after(milliseconds - LAST, () => (cancel = clock.after(LAST, () => resolve(otherwise))));
        const settle = (value: T): void => {
            cancel();
            resolve(value);
        };
        answer.then(settle, () => settle(otherwise));
    });
}
