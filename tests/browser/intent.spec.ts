// What the control costs before anybody means it, and what happens from the first sign of intent to the click.
import type { Page } from "@playwright/test";
import {
    destroy,
    expect,
    expectState,
    mount,
    ORG_URL,
    outputs,
    SCRIPT_URL,
    test,
    USERS,
    withInstance,
} from "./fixtures";
import { action, control, emailContext, scriptTags, stillness, userCalls } from "../steps";

/** What the control's own bundle has asked of the page. */
interface Ledger {
    /** Listeners that the bundle has added to window or document, less those it has removed. */
    listeners: string[];
    timers: string[];
    /** Listeners on window, whoever added them. */
    onWindow: number;
    /** How often the view's function has run. */
    renders: number;
}

declare global {
    interface Window {
        ledger: Ledger;
    }
}

/** Writes down who listens and who waits: by the caller, because React and Fluent listen for everybody on the page. */
async function keepLedger(page: Page): Promise<void> {
    await page.addInitScript(() => {
        const ledger: Ledger = { listeners: [], timers: [], onWindow: 0, renders: 0 };
        window.ledger = ledger;
        /**
         * Whether the code that called the wrapped function stands in the bundle: the line after the error's, this
         * function's and the wrapper's.
         */
        const isBundle = (): boolean => (new Error().stack ?? "").split("\n")[3]?.includes("/control-bundle/") ?? false;
        for (const target of [window, document]) {
            const add = target.addEventListener.bind(target) as EventTarget["addEventListener"];
            const remove = target.removeEventListener.bind(target) as EventTarget["removeEventListener"];
            target.addEventListener = (...call: Parameters<typeof add>): void => {
                if (isBundle()) ledger.listeners.push(call[0]);
                if (target === window) ledger.onWindow++;
                add(...call);
            };
            target.removeEventListener = (...call: Parameters<typeof remove>): void => {
                const at = ledger.listeners.indexOf(call[0]);
                if (isBundle() && at >= 0) ledger.listeners.splice(at, 1);
                if (target === window) ledger.onWindow--;
                remove(...call);
            };
        }
        for (const name of ["setTimeout", "setInterval", "requestIdleCallback", "requestAnimationFrame"] as const) {
            const original = window[name].bind(window) as (...call: unknown[]) => number;
            Object.assign(window, {
                [name](...call: unknown[]): number {
                    if (isBundle()) ledger.timers.push(name);
                    return original(...call);
                },
            });
        }
    });
}

interface Platform {
    readonly Reactv16: {
        createElement(type: unknown, props: Record<string, unknown> | null, ...children: unknown[]): unknown;
    };
    readonly ReactDOMv16: { render(element: unknown, container: Element): void };
    readonly FluentUIReactv940: Record<"FluentProvider" | "Button" | "webLightTheme", unknown>;
}

/**
 * Counts how often the view's function runs, and renders Fluent once without the control: what Fluent does for a page
 * is not the control's.
 */
async function countRenders(page: Page): Promise<void> {
    await page.evaluate(() => {
        const { Reactv16: react, ReactDOMv16: dom, FluentUIReactv940: fluent } = window as unknown as Platform;
        const create = react.createElement.bind(react);
        react.createElement = (type, props, ...children) => {
            if (props?.["role"] === "group" && "data-tone" in props) window.ledger.renders++;
            return create(type, props, ...children);
        };
        const other = document.body.appendChild(document.createElement("div"));
        dom.render(
            create(fluent.FluentProvider, { theme: fluent.webLightTheme }, create(fluent.Button, null, "Other")),
            other,
        );
    });
}

const ledger = (page: Page): Promise<Ledger> => page.evaluate(() => ({ ...window.ledger }));

for (const react of ["16", "17"] as const) {
    test(`before intent, a control costs one render and nothing else (React ${react})`, async ({
        page,
        open,
        centre,
        watch,
    }) => {
        await keepLedger(page);
        await open({ react });
        await countRenders(page);
        const requests: string[] = [];
        page.on("request", (request) => requests.push(request.url()));
        const { onWindow } = await ledger(page);
        const elements = await page.evaluate(() => document.querySelectorAll("script,link").length);

        const id = await mount(page);
        await expect(action(page, id)).toHaveText("Chat with an agent");
        expect((await ledger(page)).renders).toBe(1);
        await stillness(page, 2_500);

        expect(await ledger(page)).toEqual({ listeners: [], timers: [], onWindow, renders: 1 });
        expect(requests).toEqual([]);
        expect(watch.microsoft).toEqual([]);
        expect(await centre.webApi()).toEqual([]);
        expect(await page.evaluate(() => document.querySelectorAll("script,link").length)).toBe(elements);
        expect(await outputs(page, id)).toMatchObject({ chatState: "idle", unreadCount: 0, errorCode: "" });

        // The host renders again with the same inputs, as forms do at any time: nothing is asked, and the view is not
        // rendered.
        await withInstance(page, id, (instance) => instance.update());
        await withInstance(page, id, (instance) => instance.update());
        await stillness(page, 300);
        expect(await ledger(page)).toEqual({ listeners: [], timers: [], onWindow, renders: 1 });
        expect(await centre.webApi()).toEqual([]);

        await destroy(page, id);
        expect(await ledger(page)).toMatchObject({ listeners: [], timers: [], onWindow });

        // What was counted would have been seen: a lookup waits with a timer.
        const next = await mount(page);
        await action(page, next).hover();
        await expect.poll(async () => (await ledger(page)).timers).toContain("setTimeout");
    });
}

for (const [sign, show] of [
    ["pointing at it", (page: Page, id: number) => action(page, id).hover()],
    ["focusing it", (page: Page, id: number) => action(page, id).focus()],
    ["touching it", (page: Page, id: number) => action(page, id).dispatchEvent("touchstart")],
] as const) {
    test(`${sign} connects, fetches and looks up once, and starts nothing`, async ({ page, open, centre, standIn }) => {
        await open();
        const id = await mount(page);
        await show(page, id);
        await expect(page.locator(`link[rel=preload][as=script][href="${SCRIPT_URL}"]`)).toHaveCount(1);
        await expect(page.locator(`link[rel=preconnect][crossorigin=anonymous][href="${ORG_URL}"]`)).toHaveCount(1);
        // Beside the script, the configuration is asked for.
        const asked = (): string[] => standIn.requests.map(({ kind }) => kind).sort();
        await expect.poll(asked).toEqual(["config", "script"]);
        const lookups = (await centre.webApi()).map(({ table }) => table).sort();
        expect(lookups).toEqual(["environmentvariabledefinition", "systemuser"]);

        // Again and again: nothing is done twice.
        await page.mouse.move(0, 0);
        await show(page, id);
        await action(page, id).blur();
        await show(page, id);
        await stillness(page, 1_000);
        expect(await page.locator("head link[rel=preload], head link[rel=preconnect]").count()).toBe(2);
        expect((await centre.webApi()).length).toBe(lookups.length);
        expect(asked()).toEqual(["config", "script"]);
        expect(await scriptTags(page)).toBe(0);
        expect(await page.evaluate(() => "Microsoft" in window)).toBe(false);
        expect(await centre.conversations()).toEqual([]);
        expect(await outputs(page, id)).toMatchObject({ chatState: "idle" });
    });
}

test("the user is looked up once a page, whatever is mounted, pointed at and pressed", async ({
    page,
    open,
    centre,
    watch,
}) => {
    await open();
    const record = (id: string) => ({ record: { table: "account", id, name: `Account ${id}` } });
    const first = await mount(page, record("1"));
    const second = await mount(page, record("2"));
    await action(page, first).hover();
    await action(page, second).hover();
    await action(page, second).click();
    const conversation = await centre.latest();
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, first, "chatting");
    await expectState(page, second, "chatting");
    // On to the third record, and a press there.
    await destroy(page, first);
    await destroy(page, second);
    const third = await mount(page, record("3"));
    await expectState(page, third, "chatting");
    await action(page, third).click();
    await expect(control(page, third)).toContainText("You're chatting");
    expect(await userCalls(centre)).toBe(1);
    expect((await centre.webApi()).map(({ table }) => table).sort()).toEqual([
        "environmentvariabledefinition",
        "systemuser",
    ]);
    expect(await scriptTags(page)).toBe(1);
    expect(watch.microsoft.filter((url) => url === SCRIPT_URL).length).toBeLessThanOrEqual(2);
    expect((await centre.conversations()).length).toBe(1);
});
