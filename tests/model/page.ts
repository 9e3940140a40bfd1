// Owns a page without a browser: as much of window, document and storage as adapter and marker use.

import type { FakeClock, Run } from "./clock";

type Listener = (event: never) => void;

class Target {
    readonly #listeners = new Map<string, Set<Listener>>();

    addEventListener(type: string, listener: Listener): void {
        this.#listeners.set(type, (this.#listeners.get(type) ?? new Set()).add(listener));
    }

    removeEventListener(type: string, listener: Listener): void {
        this.#listeners.get(type)?.delete(listener);
    }

    raise(type: string, more: object = {}): void {
        for (const listener of [...(this.#listeners.get(type) ?? [])]) listener({ type, isTrusted: true, ...more } as never);
    }
}

/** A browser calls observers back before it draws; here they are called before the rules are checked. */
class Observer {
    constructor(public notify: (records: readonly object[]) => void) {}
    observe(element: FakeElement): void {
        element.observers.add(this);
    }
    disconnect(): void {
        this.notify = () => undefined;
    }
}

export class FakeElement extends Target {
    id = "";
    onload: Run | undefined;
    onerror: Run | undefined;
    parentNode: FakeElement | undefined;
    offsetWidth = 0;
    offsetHeight = 0;
    readonly style: Record<string, string> = {};
    readonly children: FakeElement[] = [];
    readonly observers = new Set<Observer>();
    readonly #attributes = new Map<string, string>();
    readonly #classes = new Set<string>();
    readonly classList = { contains: (name: string): boolean => this.#classes.has(name) };

    constructor(
        readonly localName: string,
        readonly appended: (element: FakeElement) => void,
    ) {
        super();
    }

    get isConnected(): boolean {
        return this.localName === "html" || this.parentNode?.isConnected === true;
    }

    append(child: FakeElement): void {
        child.parentNode = this;
        this.children.push(child);
        this.#notify({ type: "childList", addedNodes: [child], removedNodes: [] });
        this.appended(child);
    }

    remove(): void {
        const parent = this.parentNode;
        parent?.children.splice(parent.children.indexOf(this), 1);
        this.parentNode = undefined;
        if (parent) parent.#notify({ type: "childList", addedNodes: [], removedNodes: [this] });
    }

    getAttribute(name: string): string | null {
        return this.#attributes.get(name) ?? null;
    }

    setAttribute(name: string, value: string): void {
        this.#attributes.set(name, value);
    }

    getBoundingClientRect(): object {
        return { width: this.offsetWidth, height: this.offsetHeight };
    }

    /** What the widget's script does to its frame: the size in the modern layer, a class in the classic one. */
    shape(width: number, height: number, classes: readonly string[]): void {
        Object.assign(this, { offsetWidth: width, offsetHeight: height });
        this.#classes.clear();
        for (const name of classes) this.#classes.add(name);
        this.#notify({ type: "attributes", target: this });
    }

    #notify(record: object): void {
        for (const observer of this.observers) queueMicrotask(() => observer.notify([record]));
    }
}

/** A constructed style sheet; an element counts as hidden while one that hides is adopted. */
class FakeSheet {
    text = "";
    replaceSync(text: string): void {
        this.text = text;
    }
}

Object.assign(globalThis, { CSSStyleSheet: FakeSheet, ResizeObserver: Observer, MutationObserver: Observer });

class FakeDocument extends Target {
    title = "App";
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

/** What the page reaches outside of itself; the model of the widget answers. */
export interface Outside {
    readonly clock: FakeClock;
    appended(element: FakeElement): void;
    written(key: string, value: string | null): void;
    fetch(url: string): Promise<object>;
}

export class FakePage extends Target {
    readonly navigator = { onLine: true };
    readonly document: FakeDocument;
    readonly localStorage: FakeStorage;
    readonly parent = this;
    readonly CSSStyleSheet = FakeSheet;
    readonly ResizeObserver = Observer;
    readonly MutationObserver = Observer;
    readonly performance = { now: (): number => this.#outside.clock.now };
    readonly fetch: (address: string | URL) => Promise<object>;
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
        this.fetch = (address) => outside.fetch(String(address));
    }

    /** The page as the adapter knows it: nothing of a window that is not here is used. */
    get window(): Window {
        return this as unknown as Window;
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
