// Owns one instance of the chat on a page: when its settings count, what its start mode does, and what it passes on to the page's session.
import type { ChatRequest } from "../chat/session";
import { atRest } from "../chat/machine";
import type { Code } from "../chat/codes";
import type { Occurrence } from "../chat/machine";
import type { ChatContext, RecordReference } from "../chat/ports";
import { PAUSES, pauseBefore } from "../chat/timing";
import type { View } from "../components/view";
import type { Host } from "../host/host";
import { settle } from "../settings/settle";
import type { Lookups, Settled } from "../settings/types";
import { createPreparer } from "./context";
import { settleWith } from "./lookups";
import { moment } from "./moment";
import type { SettledForGood } from "./lookups";
import type { Services } from "./services";
import { outputsOf, viewOf } from "./view";
import type { Known, Outputs, Standing } from "./view";

/** A value may still be on its way at the first render; after this many milliseconds without a second one it is not. */
const NULL_MEANS_NOT_YET = 1_000;

/** Slow is said after this many milliseconds. */
const SLOW = 8_000;

export interface Instance {
    readonly view: View;
    readonly outputs: Outputs;
    /** The host has rendered, with whatever properties it has now. */
    update(): void;
    /** The user is about to press: looks everything up and connects. */
    readonly intent: () => void;
    readonly press: () => void;
    /** The element that the view stands in; null when it goes. */
    readonly attach: (element: Element | null) => void;
    subscribe(listener: () => void): () => void;
    destroy(): void;
}

type Wish = "load" | "start";

/** What cannot be read without a network. */
const UNREAD: readonly Code[] = ["settings-unreadable", "email-lookup-failed"];

const UNSETTLED: Standing = { kind: "unsettled" };

function standingOf(settled: SettledForGood): Standing {
    return settled.kind === "valid" ? { kind: "valid", settled } : { kind: "refused", refusal: settled };
}

/**
 * Creates an instance; nothing of it is on the page, and nothing is asked, before somebody means it.
 * @param services undefined when another version of the component has the page
 */
export function createInstance(host: Host, services: Services | undefined): Instance {
    return services ? createParticipant(host, services) : createBystander(host);
}

function createParticipant(host: Host, services: Services): Instance {
    const { session, page, calls, memory } = services;
    const listeners = new Set<() => void>();
    const endings = new Set<() => void>();

    let standing: Standing = UNSETTLED;
    let waiting: Known["waiting"] = "no";
    /** What has happened since the properties became unsettled. */
    let pending: Occurrence[] = [];
    /** Ends the waiting for idleness, or for being seen. */
    let stopWaiting = (): void => undefined;
    let wish: Wish | undefined;
    let pursuing = false;
    const isPursuing = (): boolean => pursuing;
    let element: Element | null = null;
    /** The record on which a chat was asked for. */
    let asked: RecordReference | undefined;
    /** What was offered for Microsoft's own button, or goes with what is under way. */
    let offered = "";
    /** In the designer: what a chat would send. */
    let previewed: ChatContext | undefined;
    const by = {};
    /** The properties that decide, as of the latest render; a change makes everything that was concluded from them void. */
    let signature = "";
    let renders = 0;
    let isFinal = false;
    let isAwaiting = false;
    /** An update that only answers our own outputs says nothing about the properties. */
    let isEcho = false;
    let acted = "";
    let intended = "";
    let destroyed = false;
    const isDestroyed = (): boolean => destroyed;
    /** Whether the user's press is among what is pursued: that outlives the control. */
    let outlives = false;
    let view: View;
    let outputs: Outputs | undefined;
    let failedAt = "";
    let lastCode = "";
    /** A press that waits for the network, with the record on which it came. */
    let postponed: Pick<Host, "record"> | undefined;
    /** Ends the waiting for the network. */
    let stopListening: (() => void) | undefined;

    const rules = (lookups: Lookups): Settled => settle(host.properties, lookups, page.hasFunction);
    const settled = (): Promise<SettledForGood> => settleWith(rules, host.directory, calls, page.clock);

    const preparer = createPreparer(host, services, () => refresh());

    /** Hands the context of this record over for Microsoft's own button, unless that has been done. */
    function offer(): void {
        if (host.authoring !== "no" || !atRest(session.state)) return;
        const here = withConflict(standing);
        const occasion = preparer.occasionOf(host.record);
        const isDone = offered === occasion && session.offerer !== undefined;
        if (isDone || here.kind !== "valid") return;
        offered = occasion;
        session.offer({ widget: here.settled.widget, userId: host.directory.userId, by, context: preparer.prepare(host.record).context });
    }

    function known(): Known {
        return { properties: host.properties, authoring: host.authoring === "yes", standing: withConflict(standing), waiting, session: session.state, context: previewed ?? session.context, configuration: session.configuration, contact: memory.contact?.of === host.properties.userEmail ? memory.contact.answer : undefined, storageBlocked: session.state.kind !== "idle" && page.marker.isBlocked, failedAt };
    }

    /** Whether what needs the network can be read now. */
    async function isReadable(record: RecordReference | undefined): Promise<boolean> {
        calls.forget();
        preparer.forget();
        const [outcome, email] = await Promise.all([settled(), preparer.prepare(record).email]);
        return email.kind !== "failed" && !(outcome.kind !== "valid" && UNREAD.includes(outcome.code));
    }

    /**
     * Goes on where the want of a network has ended it; everything is asked for anew.
     * @param pauses how often it was waited already: a network that comes back may carry its first requests nowhere (seen)
     */
    async function resume(pauses = 0): Promise<void> {
        if (postponed && pauses < PAUSES && !(await isReadable(postponed.record))) {
            const next = pauses + 1;
            if (page.isOnline()) stopListening = page.clock.after(pauseBefore(next), () => void resume(next));
            else stopListening = page.whenOnline(() => void resume());
            return;
        }
        if (isDestroyed()) return;
        const { state } = session;
        acted = "";
        stopListening = undefined;
        if (postponed) void pursue("start", true, postponed);
        else if (standing.kind === "valid" && state.kind === "failed") void pursue(state.then === "start" ? "start" : "load", false, { record: asked });
        else void act();
    }

    /** Notes when a code has come, and listens for the network while it is missing or a press waits for it. */
    function heed(code: Outputs["errorCode"]): void {
        if (code !== lastCode) failedAt = code && moment();
        lastCode = code;
        if (code === "offline" || postponed) {
            stopListening ??= page.whenOnline(() => void resume());
        } else {
            stopListening?.();
            stopListening = undefined;
        }
    }

    /** Brings view and outputs up to date; those who watch hear of it only if they changed, and not while the host is rendering anyway. */
    function refresh(isRendering = false): void {
        if (destroyed) return;
        heed(outputsOf(known()).errorCode);
        const next = viewOf(known(), host.texts);
        if (JSON.stringify(next) !== JSON.stringify(view)) {
            view = next;
            if (!isRendering) listeners.forEach((listener) => listener());
        }
        // Before the view is on the page, nobody can read outputs yet.
        if (!element) return;
        const reported = outputsOf(known());
        if (JSON.stringify(reported) !== JSON.stringify(outputs)) {
            outputs = reported;
            isEcho = true;
            host.outputsChanged();
        }
    }

    function conclude(next: Standing, isAttempt = false): void {
        const failed = next.kind === "refused" || next.kind === "conflict";
        const isNews = isAttempt || JSON.stringify(next) !== JSON.stringify(standing);
        standing = next;
        // What happened while the settings were still being read is told now, if it is this widget's.
        const missed = next.kind === "valid" ? pending : [];
        pending = [];
        missed.forEach(raise);
        // Who has not asked for a chat has not been failed.
        if (failed && isNews && !destroyed && (isAttempt || host.properties.startMode !== "button")) raise("ChatFailed");
    }

    function raise(occurrence: Occurrence): void {
        if (host.authoring !== "yes") host.raise(occurrence);
    }

    /** A valid widget cannot be had while another one is on the page. */
    function withConflict(next: Standing): Standing {
        return next.kind === "valid" && session.conflicts(next.settled.widget) ? { kind: "conflict" } : next;
    }

    /** Without a network, what could not be read could not be read for that. */
    function unlessOffline(next: Standing): Standing {
        return next.kind === "refused" && UNREAD.includes(next.refusal.code) && !page.isOnline() ? { kind: "refused", refusal: { code: "offline", issues: [] } } : next;
    }

    /** Settles everything, then has the session carry out what is wished for by then: a press in between is not lost. */
    async function pursue(next: Wish, isPressed = false, at: Pick<Host, "record"> = host): Promise<void> {
        // The chat is about the record on which it was asked for, whatever stands there by the time that it starts.
        if (isPressed || !isPursuing()) asked = at.record;
        if (isPressed) postponed = undefined;
        if (wish !== "start") wish = next;
        if (wish === "start" && waiting === "no") waiting = "yes";
        refresh();
        outlives ||= isPressed;
        // Another try is a real one: what was wrong may have been mended meanwhile.
        if (isPressed && standing.kind === "refused") {
            calls.forget();
            preparer.forget();
        }
        if (isPursuing()) return;
        pursuing = true;
        const cancel = page.clock.after(SLOW, () => {
            waiting = waiting === "no" ? "no" : "slow";
            refresh();
        });
        let basis: string;
        let about: RecordReference | undefined;
        let outcome: Standing;
        let request: ChatRequest | undefined;
        do {
            basis = signature;
            about = asked;
            request = undefined;
            const { email, context } = preparer.prepare(about);
            outcome = withConflict(standingOf(await settled()));
            if (outcome.kind === "valid") {
                request = { widget: outcome.settled.widget, userId: host.directory.userId, context, isPress: outlives };
                const answer = host.properties.requireEmail ? await email : undefined;
                if (answer && answer.kind !== "known") {
                    outcome = { kind: "refused", refusal: { code: answer.kind === "missing" ? "email-missing" : "email-lookup-failed", issues: [] } };
                }
            }
        } while ((basis !== signature || about !== asked) && !isDestroyed());
        cancel();
        // Another widget may have come while the address was waited for.
        outcome = unlessOffline(withConflict(outcome));
        if (outlives && outcome.kind === "refused" && outcome.refusal.code === "offline") postponed = { record: about };
        const carried = wish;
        wish = undefined;
        pursuing = false;
        waiting = "no";
        conclude(outcome, carried === "start");
        // Who pressed still means it when the control is gone by now; a start mode does not.
        if (outcome.kind === "valid" && request && (!isDestroyed() || outlives)) {
            if (carried === "start") memory.automaticStarted = true;
            offered = preparer.occasionOf(about);
            session[carried](isDestroyed() ? request : { ...request, by });
        }
        outlives = false;
        refresh();
    }

    /** Does what is due without the user: the designer's list, a conversation to come back, the start modes. */
    async function act(): Promise<void> {
        const { authoring, visible, properties } = host;
        const occasion = `${signature} ${visible} ${session.state.kind === "idle"} ${authoring === "yes" && preparer.occasionOf(host.record)}`;
        if (acted === occasion || isPursuing()) return;
        acted = occasion;
        const at = signature;
        if (authoring === "yes") void preview(occasion);
        const outcome = unlessOffline(withConflict(standingOf(await settled())));
        if (isDestroyed() || at !== signature || isPursuing()) return;
        conclude(outcome);
        refresh();
        offer();
        if (outcome.kind !== "valid" || authoring !== "no") return;
        const { kind } = session.state;
        stopWaiting();
        if (kind === "idle" && page.marker.own(outcome.settled.widget, host.directory.userId)) {
            memory.automaticStarted = true;
            void pursue("load");
        } else if (properties.startMode === "widgetButton" && kind === "idle") {
            stopWaiting = page.whenIdle(() => void pursue("load"));
        } else if (properties.startMode === "automatic" && visible && element && !memory.automaticStarted && !services.inAgentWorkspace()) {
            stopWaiting = page.whenSeen(element, () => {
                // A chat that was there in the meantime is not opened again.
                if (!memory.automaticStarted && (session.state.kind === "idle" || session.state.kind === "ready")) void pursue("start");
            });
        }
    }

    /** In the designer: finds out what a chat would send, and what is wrong with it. */
    async function preview(occasion: string): Promise<void> {
        // Where nothing is written there is nothing to be asked.
        const context = host.properties.contextVariables?.trim() ? await preparer.prepare(host.record).context : undefined;
        if (acted !== occasion) return;
        previewed = context;
        refresh();
    }

    /** Whether anything is due without the user; if not, the control costs its one render and nothing else. */
    const isDue = (): boolean => host.authoring === "yes" || (host.authoring === "no" && (host.properties.startMode !== "button" || session.state.kind !== "idle" || page.marker.any()));

    /** Acts as soon as what is not set is known to be not set. */
    function actInTime(): void {
        if (isFinal) void act();
        else if (renders === 1 && !isAwaiting) {
            isAwaiting = true;
            endings.add(page.clock.after(NULL_MEANS_NOT_YET, finalise));
        }
    }

    /** From here on, what is not set is not set. */
    function finalise(): void {
        isFinal = true;
        if (standing.kind === "unsettled" && !pursuing) {
            // What can be told without asking anybody is told at once.
            const result = rules({});
            if (result.kind !== "needs") conclude(withConflict(standingOf(result)));
        }
        if (isDue()) void act();
    }

    endings.add(
        session.subscribe((occurrence) => {
            refresh();
            // What the user closed is not opened again.
            if (session.state.kind === "chatting" || session.state.kind === "elsewhere") memory.automaticStarted = true;
            // What another widget does is none of this instance's business.
            if (occurrence && standing.kind === "unsettled") {
                if (isDue()) pending.push(occurrence);
            } else if (occurrence && withConflict(standing).kind === "valid") raise(occurrence);
            if (standing.kind === "unsettled" && isDue()) actInTime();
            offer();
        }),
    );

    return {
        get view() {
            return view;
        },
        get outputs() {
            return outputs ?? outputsOf(known());
        },
        update() {
            const now = JSON.stringify({ ...host.properties, message: "", buttonLabel: "", contextVariables: "", shareRecord: "", contactCheck: "" });
            if (now !== signature) {
                signature = now;
                standing = UNSETTLED;
                stopWaiting();
                renders++;
            } else if (!isEcho) renders++;
            isEcho = false;
            if (offered && offered !== preparer.occasionOf(host.record)) session.leave(by);
            if (renders > 1) finalise();
            else if (isDue()) actInTime();
            offer();
            refresh(true);
        },
        intent() {
            const isIdle = session.state.kind === "idle";
            if (host.authoring === "yes" || !(isIdle || atRest(session.state))) return;
            preparer.prepare(host.record);
            if (intended === signature || !isIdle) return;
            intended = signature;
            void settled().then((outcome) => {
                if (outcome.kind === "valid") services.hint(outcome.widget);
            });
        },
        press() {
            if (host.authoring === "yes") return;
            const { kind } = session.state;
            if (standing.kind === "refused" && (kind === "chatting" || kind === "elsewhere")) session.bringBack();
            else void pursue("start", true);
        },
        attach(next) {
            element = next;
            if (!next) return;
            refresh();
            if (isFinal && isDue()) void act();
        },
        subscribe(listener) {
            listeners.add(listener);
            return () => listeners.delete(listener);
        },
        destroy() {
            destroyed = true;
            stopWaiting();
            preparer.forget();
            stopListening?.();
            endings.forEach((end) => end());
            endings.clear();
            listeners.clear();
            session.leave(by);
        },
    };
}

/** An instance beside another version of the component: it says so and does nothing. */
function createBystander(host: Host): Instance {
    const known = (): Known => ({ properties: host.properties, authoring: host.authoring === "yes", standing: { kind: "conflict" }, waiting: "no", session: { kind: "idle" }, context: undefined, contact: undefined, storageBlocked: false, failedAt: "" });
    const nothing = (): void => undefined;
    let view: View | undefined;
    return {
        get view() {
            return (view ??= viewOf(known(), host.texts));
        },
        get outputs() {
            return outputsOf(known());
        },
        update: nothing,
        intent: nothing,
        press: nothing,
        attach: (element) => element && host.outputsChanged(),
        subscribe: () => nothing,
        destroy: nothing,
    };
}
