/**
 * Covers host/web/page: the clock, idle moments, and when an element is really being looked at.
 * @jest-environment jsdom
 */
import { createPage } from "../../../ChatWithAgent/host/web/page";

const setHidden = (isHidden: boolean): void => {
    Object.defineProperty(document, "visibilityState", { value: isHidden ? "hidden" : "visible", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
};

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("the clock", () => {
    test("calls back once, unless it is cancelled", () => {
        const { clock } = createPage(window);
        const kept = jest.fn();
        const cancelled = jest.fn();
        clock.after(100, kept);
        clock.after(100, cancelled)();
        jest.advanceTimersByTime(99);
        expect(kept).not.toHaveBeenCalled();
        jest.advanceTimersByTime(1_000);
        expect(kept).toHaveBeenCalledTimes(1);
        expect(cancelled).not.toHaveBeenCalled();
    });
});

test("a function is one that the page has under its name", () => {
    Object.assign(window, { contosoContext: () => ({}), contosoText: "no function" });
    const { hasFunction } = createPage(window);
    expect([hasFunction("contosoContext"), hasFunction("contosoText"), hasFunction("contosoNothing")]).toEqual([
        true,
        false,
        false,
    ]);
});

describe("an idle moment", () => {
    test("is the browser's own, waited for 3 s at the most", () => {
        const request = jest.fn<number, [() => void, { timeout: number }]>(() => 7);
        const cancel = jest.fn();
        const page = {
            setTimeout: jest.fn(),
            requestIdleCallback: request,
            cancelIdleCallback: cancel,
        } as unknown as Window;
        const callback = jest.fn();
        const stop = createPage(page).whenIdle(callback);
        expect(request).toHaveBeenCalledWith(callback, { timeout: 3_000 });
        stop();
        expect(cancel).toHaveBeenCalledWith(7);
    });

    test("is three seconds where the browser knows none, as in Safari", () => {
        expect("requestIdleCallback" in window).toBe(false);
        const kept = jest.fn();
        const cancelled = jest.fn();
        const page = createPage(window);
        page.whenIdle(kept);
        page.whenIdle(cancelled)();
        jest.advanceTimersByTime(3_000);
        expect(kept).toHaveBeenCalledTimes(1);
        expect(cancelled).not.toHaveBeenCalled();
    });
});

describe("seen", () => {
    interface Observing {
        readonly elements: Element[];
        tell(...isIntersecting: boolean[]): void;
    }
    let observing: Observing[] = [];

    class FakeIntersectionObserver {
        private readonly observed: Observing;
        public constructor(callback: (entries: readonly { isIntersecting: boolean }[]) => void) {
            this.observed = {
                elements: [],
                tell: (...flags) => callback(flags.map((isIntersecting) => ({ isIntersecting }))),
            };
            observing.push(this.observed);
        }
        public observe(element: Element): void {
            this.observed.elements.push(element);
        }
        public disconnect(): void {
            observing = observing.filter((each) => each !== this.observed);
        }
    }

    const element = document.createElement("div");
    const tell = (...flags: boolean[]): void => observing.forEach((each) => each.tell(...flags));
    let seen: jest.Mock;
    let stop: () => void;

    beforeEach(() => {
        Object.assign(globalThis, { IntersectionObserver: FakeIntersectionObserver });
        observing = [];
        setHidden(false);
        seen = jest.fn();
        stop = createPage(window).whenSeen(element, seen);
    });

    test("is the element on the screen, told once, and nothing is watched any more", () => {
        expect(observing[0]?.elements).toEqual([element]);
        tell(false);
        expect(seen).not.toHaveBeenCalled();
        tell(true);
        expect(seen).toHaveBeenCalledTimes(1);
        expect(observing).toEqual([]);
        setHidden(false);
        expect(seen).toHaveBeenCalledTimes(1);
    });

    test("is nothing before the browser has said so", () => {
        setHidden(false);
        tell();
        expect(seen).not.toHaveBeenCalled();
    });

    test("waits for a page in the background to be looked at", () => {
        setHidden(true);
        tell(true);
        expect(seen).not.toHaveBeenCalled();
        setHidden(false);
        expect(seen).toHaveBeenCalledTimes(1);
    });

    test("does not count what has left the screen again by then", () => {
        setHidden(true);
        tell(true);
        tell(false);
        setHidden(false);
        tell(true, false);
        expect(seen).not.toHaveBeenCalled();
    });

    test("is no longer waited for once it is stopped", () => {
        stop();
        expect(observing).toEqual([]);
        setHidden(false);
        expect(seen).not.toHaveBeenCalled();
    });
});
