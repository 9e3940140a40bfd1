// Owns what a page without a browser is made of: what can be listened to, elements, observers, style sheets.
import type { Run } from "./clock";

type Listener = (event: never) => void;

export class Target {
    readonly #listeners = new Map<string, Set<Listener>>();

    addEventListener(type: string, listener: Listener): void {
        this.#listeners.set(type, (this.#listeners.get(type) ?? new Set()).add(listener));
    }

    removeEventListener(type: string, listener: Listener): void {
        this.#listeners.get(type)?.delete(listener);
    }

    raise(type: string, more: object = {}): void {
        const event = { type, isTrusted: true, ...more } as never;
        for (const listener of [...(this.#listeners.get(type) ?? [])]) listener(event);
    }
}

/** A browser calls observers back before it draws; here they are called before the rules are checked. */
export class Observer {
    readonly #observed = new Set<FakeElement>();
    constructor(readonly notify: (records: readonly object[]) => void) {}
    observe(element: FakeElement): void {
        this.#observed.add(element);
        element.observers.add(this);
        this.#observed.add(element);
    }
    disconnect(): void {
        for (const element of this.#observed) element.observers.delete(this);
        this.#observed.clear();
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
        this.notify({ type: "childList", addedNodes: [child], removedNodes: [] });
        this.appended(child);
    }

    remove(): void {
        const parent = this.parentNode;
        parent?.children.splice(parent.children.indexOf(this), 1);
        this.parentNode = undefined;
        if (parent) parent.notify({ type: "childList", addedNodes: [], removedNodes: [this] });
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
        this.notify({ type: "attributes", target: this });
    }

    /** Calls the observers back. */
    notify(record: object): void {
        for (const observer of this.observers) queueMicrotask(() => observer.notify([record]));
    }
}

/** A constructed style sheet; an element counts as hidden while one that hides is adopted. */
export class FakeSheet {
    text = "";
    replaceSync(text: string): void {
        this.text = text;
    }
}

Object.assign(globalThis, { CSSStyleSheet: FakeSheet, ResizeObserver: Observer, MutationObserver: Observer });
