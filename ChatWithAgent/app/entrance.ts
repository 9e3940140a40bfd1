// Owns the time before an instance can be: who the user is is still being asked, or Dataverse does not answer. A press is kept, and told why not.
import type { FailureCode } from "../chat/codes";
import { within } from "../chat/within";
import type { View } from "../components/view";
import type { Host } from "../host/host";
import { PAGE_VARIABLE } from "../settings/page";
import type { PageMistake } from "../settings/page";
import type { Instance } from "./instance";
import type { Services } from "./services";
import { moment } from "./moment";
import { outputsOf, viewOf } from "./view";
import type { Known } from "./view";

/** How long entering may take before it has failed, and when slow is said, in milliseconds. */
const PATIENCE = 30_000;
const SLOW = 8_000;

/** Failures of an instance that have a better name when Dataverse did not answer at all. */
const ANSWERLESS: readonly string[] = ["settings-unreadable", "email-lookup-failed"];

export interface Door {
    readonly host: Host;
    readonly clock: Services["page"]["clock"];
    /** Why Dataverse did not answer the latest question, if it did not. */
    readonly trouble: () => FailureCode | undefined;
    /** What of the page's own settings cannot be used. */
    readonly mistakes: () => readonly PageMistake[];
    /** Finds out everything that an instance needs to know at once. Rejects where the user cannot be known. */
    readonly enter: () => Promise<void>;
    readonly open: () => Instance;
}

/** An instance that begins by entering: it shows the same views as the one that it opens, and stands in front of it again when the user has been signed out. */
export function createEntrance({ host, clock, trouble, mistakes, enter, open }: Door): Instance {
    const listeners = new Set<() => void>();
    let inner: Instance | undefined;
    let element: Element | null = null;
    let waiting: Known["waiting"] = "no";
    let refusal: FailureCode | undefined;
    let failedAt = "";
    /** Whether everybody has been waited for so long already that it is said at once. */
    let isSlow = false;
    let entering = false;
    let isPressed = false;
    let isIntended = false;
    let isGone = false;

    const tell = (): void => [...listeners].forEach((listener) => listener());
    const isInFront = (): boolean => !inner || waiting !== "no" || refusal !== undefined;

    function refuse(code: FailureCode | undefined): void {
        refusal = code;
        failedAt = code ? moment() : "";
    }

    function known(): Known {
        const standing: Known["standing"] = refusal ? { kind: "refused", refusal: { code: refusal, issues: [] } } : { kind: "unsettled" };
        return { properties: host.properties, authoring: host.authoring === "yes", standing, waiting, session: { kind: "idle" }, context: undefined, contact: undefined, storageBlocked: false, failedAt };
    }

    /** What the administrator is to know of the page's settings stands with whatever is shown. */
    function withMistakes(view: View): View {
        const told = mistakes().map(({ problem, value }) => ({ term: PAGE_VARIABLE, description: `${host.texts(`page_wrong_${problem}`)} (${value})` }));
        return told.length > 0 ? { ...view, details: [...view.details, ...told] } : view;
    }

    /** An instance that failed because nobody answered hands over to the entrance, which knows why. */
    function watch(): void {
        tell();
        // Its outputs follow its view.
        void Promise.resolve().then(() => {
            if (inner?.outputs.chatState !== "failed" || !ANSWERLESS.includes(inner.outputs.errorCode) || entering) return;
            refuse(trouble());
            tell();
        });
    }

    function begin(): void {
        const before = inner;
        inner ??= open();
        if (!before) {
            inner.subscribe(watch);
            // Twice, because what is not set by now is not set: nothing more is on its way.
            inner.update();
            inner.update();
            inner.attach(element);
            if (isIntended) inner.intent();
        }
        if (isPressed) inner.press();
        isPressed = false;
    }

    async function go(): Promise<void> {
        if (entering) return;
        entering = true;
        isSlow = false;
        const cancel = clock.after(SLOW, () => {
            isSlow = true;
            if (waiting === "yes") waiting = "slow";
            tell();
        });
        const outcome = await within<"in" | "out">(clock, PATIENCE, enter().then(() => "in"), "out");
        cancel();
        entering = false;
        waiting = "no";
        if (isGone) return;
        refuse(outcome === "in" ? undefined : (trouble() ?? "web-api-blocked"));
        if (!refusal) begin();
        isPressed = false;
        tell();
    }

    void go();
    return {
        get view() {
            return withMistakes(inner && !isInFront() ? inner.view : viewOf(known(), host.texts));
        },
        get outputs() {
            return inner && !isInFront() ? inner.outputs : outputsOf(known());
        },
        update() {
            inner?.update();
            tell();
        },
        intent() {
            isIntended = true;
            if (!isInFront()) inner?.intent();
        },
        press() {
            if (!isInFront()) return inner?.press();
            if (host.authoring === "yes") return;
            isPressed = true;
            refuse(undefined);
            waiting = entering && isSlow ? "slow" : "yes";
            tell();
            void go();
        },
        attach(next) {
            element = next;
            inner?.attach(next);
        },
        subscribe(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
        destroy() {
            isGone = true;
            listeners.clear();
            inner?.destroy();
        },
    };
}
