// Owns a page without a browser: as much of window, document and storage as adapter and marker use.
import type { FakeClock, Run } from "./clock";
import { FakeElement, FakeSheet, Observer, Target } from "./elements";

class FakeDocument extends Target {
    #title = "App";
    readonly visibilityState = "visible";
    readonly hidden = false;
    adoptedStyleSheets: FakeSheet[] = [];
    readonly documentElement: FakeElement;
    readonly head: FakeElement;
    readonly body: FakeElement;

    constructor(readonly appended: (element: FakeElement) => void) {
        super();
        this.documentElement = this.createElement("html");
        this.head = this.createElement("head");
        this.body = this.createElement("body");
        this.documentElement.append(this.head);
        this.documentElement.append(this.body);
    }

    get title(): string {
        return this.#title;
    }

    set title(title: string) {
        this.#title = title;
        this.head.notify({ type: "childList", target: this.head });
    }

    createElement(name: string): FakeElement {
        return new FakeElement(name, this.appended);
    }

    getElementById(id: string): FakeElement | null {
        return [...this.head.children, ...this.body.children].find((element) => element.id === id) ?? null;
    }

    querySelector(selector: string): FakeElement | null {
        return selector.startsWith("#") ? this.getElementById(selector.slice(1)) : null;
    }

    querySelectorAll(): readonly FakeElement[] {
        return [];
    }
}

/** The entries are own properties, as in a browser's storage; every window of a browser has a copy of its own. */
export class FakeStorage {
    constructor(readonly written: (key: string, value: string | null) => void) {
        Object.defineProperty(this, "written", { enumerable: false });
    }
    getItem(key: string): string | null {
        return (this as unknown as Record<string, string | undefined>)[key] ?? null;
    }
    setItem(key: string, value: string): void {
        this.written(key, value);
    }
    removeItem(key: string): void {
        if (Object.hasOwn(this, key)) this.written(key, null);
    }
}

/** Tells that a request is given up; the platform's own is slow to make. */
export type Ending = Pick<Target, "addEventListener">;

class FakeAbortController {
    readonly signal = new Target();
    abort(): void {
        this.signal.raise("abort");
    }
}

/** What the page reaches outside of itself; the model of the widget answers. */
export interface Outside {
    readonly clock: FakeClock;
    appended(element: FakeElement): void;
    written(key: string, value: string | null): void;
    fetch(url: string, ending: Ending | undefined): Promise<object>;
}

export class FakePage extends Target {
    readonly navigator = { onLine: true };
    readonly document: FakeDocument;
    readonly localStorage: FakeStorage;
    readonly parent = this;
    readonly crypto = { randomUUID: (): string => "" };
    readonly AbortController = FakeAbortController;
    readonly CSSStyleSheet = FakeSheet;
    readonly ResizeObserver = Observer;
    readonly MutationObserver = Observer;
    readonly performance = { now: (): number => this.#outside.clock.now };
    readonly fetch: (address: string | URL, options?: { readonly signal?: Ending }) => Promise<object>;
    /** Put there by the widget's script. */
    Microsoft: object | undefined;
    /** A page that was left runs nothing any more. */
    isGone = false;
    readonly #outside: Outside;
    readonly #timers = new Map<number, Run>();
    #lastTimer = 0;

    constructor(outside: Outside) {
        super();
        this.#outside = outside;
        this.document = new FakeDocument((element) => outside.appended(element));
        this.localStorage = new FakeStorage((key, value) => outside.written(key, value));
        this.fetch = (address, options) => outside.fetch(String(address), options?.signal);
    }

    /** The page as the adapter knows it: nothing of a window that is not here is used. */
    get window(): Window & typeof globalThis {
        return this as unknown as Window & typeof globalThis;
    }

    /** Whether the user could see and reach an element. */
    shows(element: FakeElement): boolean {
        const isHidden = this.document.adoptedStyleSheets.some(({ text }) => /visibility:\s*hidden/.test(text));
        return element.isConnected && !isHidden && element.style["visibility"] !== "hidden";
    }

    /** Calls back unless the page was left; the result cancels it. */
    after(milliseconds: number, run: Run): Run {
        return this.#outside.clock.after(milliseconds, () => {
            if (!this.isGone) run();
        });
    }

    setTimeout(run: Run, milliseconds = 0): number {
        this.#timers.set(++this.#lastTimer, this.after(milliseconds, run));
        return this.#lastTimer;
    }

    clearTimeout(timer?: number): void {
        this.#timers.get(timer ?? 0)?.();
    }

    setInterval(run: Run, milliseconds: number): number {
        const timer = ++this.#lastTimer;
        const again = (): void => {
            this.#timers.set(timer, this.after(milliseconds, () => (again(), run())));
        };
        again();
        return timer;
    }

    clearInterval(timer?: number): void {
        this.clearTimeout(timer);
    }
}
