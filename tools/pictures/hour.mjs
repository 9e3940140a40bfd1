// Owns the hour at which all pictures are taken, so that the times in them are the same each time: one clock, moved
// by the same span in the demo's process and in the browser.

/** A Tuesday, a few seconds after ten: a picture takes less than a minute. */
const BEGIN = Date.UTC(2025, 10, 25, 10, 0, 2);

/** From now to the hour of the pictures, in milliseconds. */
export const spanToHour = () => BEGIN - Date.now();

/**
 * Moves `Date` in the realm that it runs in; time goes on from there. It is sent to the browser as text, so it uses
 * nothing from around it.
 * @param {number} span milliseconds
 * @returns {() => void} puts the true time back
 */
export function moveClock(span) {
    const True = globalThis.Date;
    globalThis.Date = class extends True {
        constructor(...given) {
            if (given.length === 0) super(True.now() + span);
            else super(...given);
        }
        static now() {
            return True.now() + span;
        }
    };
    return () => {
        globalThis.Date = True;
    };
}
