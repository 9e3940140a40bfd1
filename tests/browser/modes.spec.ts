// The start modes that need no press on the control: Microsoft's own button, and the chat that opens by itself.
import type { Page } from "@playwright/test";
import { FRAME_ID } from "../../simulator/widget/messages";
import { destroy, expect, expectState, frameElement, mount, ORG, outputs, snippet, test, USERS, widget, withInstance } from "./fixtures";
import { action, ADDRESS_PATIENCE, emailContext, expectOutputs, raised, scriptTags, stillness, stretch } from "../steps";

const AUTOMATIC = { properties: { startMode: "automatic" } };
const WIDGET_BUTTON = { properties: { startMode: "widgetButton" } };

declare global {
    interface Window {
        /** When the widget's frame could first be seen, in milliseconds of the page. */
        seenAt: number | undefined;
    }
}

test("widget button: Microsoft's button comes by itself, and a conversation it starts carries the address", async ({ page, open, centre }) => {
    await open();
    const id = await mount(page, WIDGET_BUTTON);
    await expect(widget(page).button).toBeVisible();
    await expectState(page, id, "ready");
    expect(await centre.conversations()).toEqual([]);
    await widget(page).button.click();
    const conversation = await centre.latest();
    // The context provider is all that such a conversation has (D).
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, id, "chatting");
    expect(await raised(page, id, "ChatStarted")).toBe(1);
    expect((await centre.webApi()).map(({ table }) => table).sort()).toEqual(["environmentvariabledefinition", "systemuser"]);
});

test("widget button: the frame cannot be seen or reached before the address is set", async ({ page, open, centre, standIn }) => {
    await page.addInitScript((id) => {
        const look = (): void => {
            const frame = document.getElementById(id);
            if (frame?.checkVisibility({ visibilityProperty: true, opacityProperty: true })) window.seenAt ??= performance.now();
            requestAnimationFrame(look);
        };
        look();
    }, FRAME_ID);
    // The widget itself may take longer than that to come.
    await stretch(page, ADDRESS_PATIENCE);
    await open();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/api/data/**/systemusers*", async (route) => {
        await held;
        await route.continue();
    });
    await mount(page, WIDGET_BUTTON);
    await expect(widget(page).button).toBeAttached();
    // It stands there, ready, and is out of sight, of reach and of the keyboard's order.
    expect(await page.evaluate(() => window.seenAt)).toBeUndefined();
    await frameElement(page).evaluate((frame) => (frame as HTMLElement).focus());
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe("IFRAME");
    expect(standIn.callsOf("setContextProvider")).toEqual([]);
    release();
    await expect(frameElement(page)).toBeVisible();
    const [seenAt, knownAt] = await page.evaluate(() => {
        const row = performance.getEntriesByType("resource").find(({ name }) => name.includes("systemusers")) as PerformanceResourceTiming | undefined;
        return [window.seenAt ?? 0, row?.responseEnd ?? Infinity];
    });
    expect(seenAt).toBeGreaterThan(knownAt);
    await widget(page).button.click();
    expect((await centre.latest()).customContextData).toEqual(emailContext(USERS.alex.email));
});

test("automatic: the chat starts by itself, once; what the user closed is not opened again on the next record", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    const first = await mount(page, AUTOMATIC);
    const conversation = await centre.latest();
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    await expectState(page, first, "chatting");
    expect(await raised(page, first, "ChatStarted")).toBe(1);

    await widget(page).closeButton.click();
    await widget(page).confirmClose.click();
    await expectState(page, first, "ready");
    await destroy(page, first);
    const second = await mount(page, AUTOMATIC);
    await expectState(page, second, "ready");
    await withInstance(page, second, (instance) => instance.change({ record: { table: "account", id: "2", name: "Another" } }));
    await stillness(page, 2_500);
    expect((await centre.conversations()).length).toBe(1);
    expect(await outputs(page, second)).toMatchObject({ chatState: "ready" });

    // The user still can.
    await action(page, second).click();
    await centre.latest(2);
});

test("automatic: two controls on a page start one chat", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    const first = await mount(page, AUTOMATIC);
    const second = await mount(page, AUTOMATIC);
    await expectState(page, first, "chatting");
    await expectState(page, second, "chatting");
    await stillness(page, 1_000);
    expect((await centre.conversations()).length).toBe(1);
});

test.describe("automatic: nothing starts unseen", () => {
    const nothing = async (page: Page): Promise<void> => {
        await stillness(page, 2_500);
        expect(await scriptTags(page)).toBe(0);
    };

    test("in a tab in the background, until it is looked at", async ({ page, open, centre }) => {
        await page.clock.install();
        await page.addInitScript(() => {
            Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" });
            Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
        });
        await open();
        await mount(page, AUTOMATIC);
        await nothing(page);
        await page.evaluate(() => {
            Reflect.deleteProperty(document, "visibilityState");
            Reflect.deleteProperty(document, "hidden");
            document.dispatchEvent(new Event("visibilitychange"));
        });
        await centre.latest();
    });

    test("below what is scrolled to, until it is", async ({ page, open, centre }) => {
        await page.clock.install();
        await open();
        await page.evaluate(() => {
            const spacer = document.createElement("div");
            spacer.style.height = "4000px";
            document.querySelector("#mounts")?.prepend(spacer);
        });
        await mount(page, AUTOMATIC);
        await nothing(page);
        await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
        await centre.latest();
    });

    test("in a control that the host hides, until it shows it", async ({ page, open, centre }) => {
        await page.clock.install();
        await open();
        const id = await mount(page, { ...AUTOMATIC, visible: false });
        await nothing(page);
        await withInstance(page, id, (instance) => instance.update({}, { visible: true }));
        await centre.latest();
    });

    test("in a control that goes before it was seen", async ({ page, open, centre }) => {
        await page.clock.install();
        await open();
        const id = await mount(page, { ...AUTOMATIC, visible: false });
        await stillness(page, 1_200);
        await destroy(page, id);
        await nothing(page);
        expect(await centre.conversations()).toEqual([]);
    });
});

for (const sign of ["Omnichannel.getConversationId", "Apm"] as const) {
    test(`automatic: not in an agent's own workspace (${sign}), whose interface is left alone`, async ({ page, open, centre }) => {
        await page.clock.install();
        await page.addInitScript((given) => {
            const members = { getConversationId: () => "agent", getConversations: () => [] };
            const microsoft = given === "Apm" ? { Apm: members, Omnichannel: { ...members } } : { Omnichannel: members };
            if (given === "Apm") Reflect.deleteProperty(microsoft.Omnichannel, "getConversationId");
            Object.assign(window, { Microsoft: microsoft, theirs: { microsoft, omnichannel: microsoft.Omnichannel, descriptors: Object.getOwnPropertyDescriptors(microsoft.Omnichannel) } });
        }, sign);
        await open();
        const id = await mount(page, AUTOMATIC);
        await stillness(page, 2_500);
        expect(await scriptTags(page)).toBe(0);
        expect(await outputs(page, id)).toMatchObject({ chatState: "idle", errorCode: "" });

        // A press is the user's own will.
        await action(page, id).click();
        await centre.latest();
        await expectState(page, id, "chatting");
        await destroy(page, id);
        const untouched = await page.evaluate(() => {
            interface Theirs {
                readonly microsoft: object;
                readonly omnichannel: Record<string, unknown>;
                readonly descriptors: Record<string, PropertyDescriptor>;
            }
            const { Microsoft: microsoft, theirs } = window as unknown as { readonly Microsoft: { readonly Omnichannel: unknown }; readonly theirs: Theirs };
            const same = Object.entries(theirs.descriptors).every(([name, { value }]) => theirs.omnichannel[name] === value);
            return theirs.microsoft === microsoft && theirs.omnichannel === microsoft.Omnichannel && same;
        });
        expect(untouched).toBe(true);
    });
}

test.describe("values that come with the second render", () => {
    test("decide, and the first render's emptiness is no mistake: automatic", async ({ page, open, centre }) => {
        // Nothing in the environment: what is concluded too early is wrong.
        await centre.setVariable("cwa_ChatWidgetSnippet", "");
        await open();
        const id = await mount(page, { firstRenderNull: true, properties: { startMode: "automatic", widgetSnippet: snippet() } });
        const conversation = await centre.latest();
        expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
        await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
        expect(await raised(page, id, "ChatFailed")).toBe(0);
    });

    test("decide about a press that came before them", async ({ page, open, centre }) => {
        await centre.setVariable("cwa_ChatWidgetSnippet", "");
        await centre.setVariable("cwa_ChatOrganizations", ORG);
        await open();
        const id = await mount(page, { firstRenderNull: true, properties: { widgetSnippet: { value: snippet(), column: "description" } }, webApiDelay: 300 });
        // Before the 50 ms are over, as a test can hardly press with a mouse.
        await action(page, id).dispatchEvent("click");
        await centre.latest();
        await expectOutputs(page, id, { chatState: "chatting", errorCode: "" });
        expect(await raised(page, id, "ChatFailed")).toBe(0);
    });
});
