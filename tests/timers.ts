// Owns the count of a page's running timers, for tests and benchmark.

declare global {
    interface Window {
        /** How many timers are running. */
        runningTimers: () => number;
    }
}

/** Keeps count of the timers that run in the page, from the first script on: a script for `addInitScript`, which must name no function, because what compiles it for Node marks named ones. */
export function countTimers(): void {
    const running = new Set<number>();
    const [set, clear] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)];
    const [repeat, stop] = [window.setInterval.bind(window), window.clearInterval.bind(window)];
    Object.assign(window, {
        runningTimers: () => running.size,
        setTimeout(run: TimerHandler, wait?: number, ...rest: unknown[]): number {
            const id: number = set(() => {
                running.delete(id);
                if (typeof run === "function") (run as (...given: unknown[]) => void)(...rest);
            }, wait);
            running.add(id);
            return id;
        },
        clearTimeout(id?: number): void {
            running.delete(id ?? 0);
            clear(id);
        },
        setInterval(run: () => void, wait?: number): number {
            const id = repeat(run, wait);
            running.add(id);
            return id;
        },
        clearInterval(id?: number): void {
            running.delete(id ?? 0);
            stop(id);
        },
    });
}
