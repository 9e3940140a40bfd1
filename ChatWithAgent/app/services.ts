// Owns what all instances on a page share, under a key that two copies of the bundle agree on.
import type { ChatState } from "../chat/machine";
import { createSession } from "../chat/session";
import type { Session } from "../chat/session";
import { createShared } from "../chat/shared";
import type { Shared } from "../chat/shared";
import type { WidgetSettings } from "../chat/ports";
import type { Page } from "../host/host";
import type { ContactAnswer } from "../identity/contact";
import type { ColumnNames } from "../identity/row";
import { createPage } from "../host/web/page";
import { inAgentWorkspace } from "../widget/sdk";
import { createWidget } from "../widget/widget";

type PageWindow = Window & typeof globalThis;

export interface Services {
    readonly session: Session;
    readonly page: Page;
    /** The calls to the environment that one answer serves for the whole page. */
    readonly calls: Shared<unknown>;
    /** What has been learnt of the tables' columns. */
    readonly columnNames: ColumnNames;
    /** What instances leave to each other; an object of its own, so that it stays one where the calls are another's. */
    readonly memory: {
        /** Whether the user's contact would be found, once somebody has asked; `of` is the address that the maker had set for it, if any. */
        contact: { readonly of: string | null; readonly answer: ContactAnswer } | undefined;
        /** The automatic start, once a page load, whichever instance it was. */
        automaticStarted: boolean;
    };
    hint(widget: WidgetSettings): void;
    inAgentWorkspace(): boolean;
}

const PREFIX = "InternalChat.ChatWithAgent/";

/** Raised whenever copies of the bundle could not share the object any more. */
const KEY = Symbol.for(`${PREFIX}1`);

/** The page's services, made by whoever comes first; undefined when another version of the component has the page. */
export function servicesOf(page: PageWindow): Services | undefined {
    const holder = page as unknown as Record<symbol, Services | undefined>;
    if (Object.getOwnPropertySymbols(page).some((symbol) => symbol !== KEY && Symbol.keyFor(symbol)?.startsWith(PREFIX))) return undefined;
    return (holder[KEY] ??= createServices(page));
}

/** States in which a document has the widget, and perhaps a conversation. */
const LIVE: readonly ChatState["kind"][] = ["loading", "expelling", "ready", "starting", "user-action", "chatting", "elsewhere", "ended"];

/** The services of the document that embeds this one, if it is of the same origin and has a chat; a page in a frame is a second realm. */
export function liveServicesOf(frame: Window): Services | undefined {
    try {
        const around = frame.parent === frame ? undefined : (frame.parent as unknown as Record<symbol, Services | undefined>)[KEY];
        return around && LIVE.includes(around.session.state.kind) ? around : undefined;
    } catch {
        // Another origin's document keeps everything to itself.
        return undefined;
    }
}

function createServices(window: PageWindow): Services {
    const page = createPage(window);
    const widget = createWidget(window);
    return {
        session: createSession({ widget, marker: page.marker, clock: page.clock }),
        page,
        calls: createShared(),
        columnNames: new Map(),
        memory: { contact: undefined, automaticStarted: false },
        hint(settings) {
            widget.hint(settings);
            // The answer is kept for the press.
            void widget.configuration(settings, false);
        },
        inAgentWorkspace: () => inAgentWorkspace(window),
    };
}
