// Owns the time of a life: everything that waits, waits for this clock.

export type Run = () => void;

/** Promise callbacks that one event may set off in a row; the longest chain is the configuration request's. */
const TURNS = 12;
const DONE = Promise.resolve();

/** Stands still until told; timers of windows, of the session and of the model share it. */
export class FakeClock {
    now = 0;
    readonly #due: { readonly at: number; run: Run | undefined }[] = [];

    after(milliseconds: number, run: Run): Run {
        const timer: { readonly at: number; run: Run | undefined } = { at: this.now + Math.max(0, milliseconds), run };
        let place = this.#due.length;
        while (place > 0 && (this.#due[place - 1]?.at ?? 0) > timer.at) place--;
        this.#due.splice(place, 0, timer);
        return () => (timer.run = undefined);
    }

    /** Lets time pass, event by event; each is followed by its promises, and by `then`. */
    async pass(milliseconds: number, then: Run): Promise<void> {
        const until = this.now + milliseconds;
        for (let next = this.#due[0]; next && next.at <= until; next = this.#due[0]) {
            this.#due.shift();
            if (!next.run) continue;
            this.now = next.at;
            next.run();
            await settle();
            then();
        }
        this.now = until;
    }
}

/** Lets everything run that waits for promises only. */
export async function settle(): Promise<void> {
    for (let turn = 0; turn < TURNS; turn++) await DONE;
}
