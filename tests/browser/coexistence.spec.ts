// Sharing the page: the agents' own API, Microsoft's tag put there by somebody else, a second widget, a second copy and another version.
import type { Page } from "@playwright/test";
import { destroy, events, expect, expectState, HR_WIDGET, IT_WIDGET, mount, ORG, ORG_URL, outputs, SCRIPT_URL, snippet, test, USERS, widget } from "./fixtures";
import { action, chat, control, emailContext, expectOutputs, scriptTags, stillness } from "../steps";
import { detail, typed } from "../settings-steps";

interface Microsoft {
    Omnichannel: Record<string, unknown>;
}
interface Foreign {
    /** What the page had before us. */
    readonly kept: { readonly microsoft: unknown; readonly omnichannel: unknown; readonly members: Record<string, unknown> };
    readonly writes: string[];
}

/** Puts the agents' API of a Copilot Service workspace on the page, and writes down every change to what was there, and every one by the bundle. */
async function withAgentApi(page: Page): Promise<void> {
    await page.addInitScript(() => {
        const writes: string[] = [];
        const members: Record<string, unknown> = {
            getConversationId: () => Promise.resolve("1"),
            sendMessageToConversation: Object.freeze(() => undefined),
            settings: Object.freeze({ a: Object.freeze({ b: 1 }) }),
        };
        const watched = <T extends object>(target: T, name: string): T => {
            const before = Object.keys(target);
            const note = (change: string, key: PropertyKey): void => {
                const isBundle = (new Error().stack ?? "").includes("/control-bundle/");
                if (isBundle || before.includes(String(key))) writes.push(`${change} ${name}.${String(key)}`);
            };
            return new Proxy(target, {
                defineProperty: (of, key, descriptor) => {
                    note("define", key);
                    return Reflect.defineProperty(of, key, descriptor);
                },
                deleteProperty: (of, key) => {
                    note("delete", key);
                    return Reflect.deleteProperty(of, key);
                },
                setPrototypeOf: () => {
                    note("prototype of", "");
                    return false;
                },
            });
        };
        const omnichannel = watched({ ...members }, "Omnichannel");
        const microsoft = watched({ Omnichannel: omnichannel, Dynamics: Object.freeze({}) }, "Microsoft");
        // Nobody may replace it either.
        Object.defineProperty(window, "Microsoft", { value: microsoft, writable: false, configurable: false });
        Object.assign(window, { kept: { microsoft, omnichannel, members }, writes });
    });
}

/** Whether everything is the very same object as before. */
const isKept = (page: Page): Promise<boolean> =>
    page.evaluate(() => {
        const { kept } = window as unknown as Foreign;
        const { Microsoft: microsoft } = window as unknown as { Microsoft: Microsoft };
        return microsoft === kept.microsoft && microsoft.Omnichannel === kept.omnichannel && Object.entries(kept.members).every(([name, member]) => microsoft.Omnichannel[name] === member);
    });

test("the agents' own API stays as it is: before, during and after a chat, and when the control has gone", async ({ page, open, centre }) => {
    await withAgentApi(page);
    await open();
    const { id, conversation } = await chat(page, centre);
    expect(await isKept(page)).toBe(true);
    await centre.accept(conversation.id);
    await centre.end(conversation.id);
    await expectState(page, id, "ended");
    await destroy(page, id);
    expect(await isKept(page)).toBe(true);
    expect(await page.evaluate(() => (window as unknown as Foreign).writes)).toEqual([]);
    // What is watched is really what Microsoft's own script uses.
    expect(await page.evaluate(() => "LiveChatWidget" in (window as unknown as { Microsoft: Microsoft }).Microsoft.Omnichannel)).toBe(true);
});

test("inside an agent's own workspace, nothing starts by itself", async ({ page, open, watch, centre }) => {
    await page.clock.install();
    await withAgentApi(page);
    await open();
    await mount(page, { properties: { startMode: "automatic" } });
    await stillness(page, 2_500);
    expect(await scriptTags(page)).toBe(0);
    expect(watch.microsoft).toEqual([]);
    expect(await centre.conversations()).toEqual([]);
});

/** Puts Microsoft's tag on the page, as a web resource of somebody else's does. */
const addTag = (page: Page, appId: string): Promise<void> =>
    page.evaluate(
        ({ src, attributes }) => {
            addEventListener("lcw:ready", () => (document.documentElement.dataset["theirs"] = "ready"));
            const tag = document.createElement("script");
            tag.id = "Microsoft_Omnichannel_LCWidget";
            for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
            tag.setAttribute("data-theirs", "yes");
            tag.src = src;
            document.head.append(tag);
        },
        { src: SCRIPT_URL, attributes: { v2: "", "data-app-id": appId, "data-lcw-version": "prod", "data-org-id": ORG, "data-org-url": ORG_URL } },
    );

const theirTag = (page: Page) => page.locator("script#Microsoft_Omnichannel_LCWidget[data-theirs=yes]");

test("Microsoft's tag that somebody else has put on the page is taken over", async ({ page, open, centre, watch }) => {
    await open();
    await addTag(page, IT_WIDGET.toUpperCase());
    await page.waitForFunction(() => document.documentElement.dataset["theirs"] === "ready");
    const { id, conversation } = await chat(page, centre);
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    await expect(theirTag(page)).toHaveCount(1);
    expect(await scriptTags(page)).toBe(1);
    expect(watch.microsoft.filter((url) => url === SCRIPT_URL)).toHaveLength(1);
    expect(await events(page, id)).toEqual(["ChatStarted"]);
});

test("Microsoft's tag that is still on its way is waited for, not loaded a second time", async ({ page, open, centre, watch }) => {
    await open();
    await centre.fault({ kind: "script", delayMs: 1_500, times: 1 });
    await addTag(page, IT_WIDGET);
    const { conversation } = await chat(page, centre);
    expect(conversation.customContextData).toEqual(emailContext(USERS.alex.email));
    await expect(theirTag(page)).toHaveCount(1);
    expect(await scriptTags(page)).toBe(1);
    expect(watch.microsoft.filter((url) => url === SCRIPT_URL)).toHaveLength(1);
});

test("Microsoft's tag for another widget is left alone, and the conflict is told", async ({ page, open, centre }) => {
    await open();
    await addTag(page, HR_WIDGET);
    await page.waitForFunction(() => document.documentElement.dataset["theirs"] === "ready");
    const id = await mount(page);
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "conflict", errorCode: "widget-conflict" });
    await expect(control(page, id).getByRole("alert")).toContainText("Another chat is open on this page");
    expect(await detail(page, id, "Code")).toBe("widget-conflict");
    expect(await events(page, id)).toEqual(["ChatFailed"]);
    await expect(theirTag(page)).toHaveAttribute("data-app-id", HR_WIDGET);
    expect(await scriptTags(page)).toBe(1);
    await expect(widget(page).button).toBeVisible();
    expect(await centre.conversations()).toEqual([]);
});

test("a second widget is refused while the first one lives, and the first chat goes on", async ({ page, open, centre }) => {
    await page.clock.install();
    await open();
    const { id: first, conversation } = await chat(page, centre);
    await centre.accept(conversation.id);
    const second = await mount(page, { properties: typed(HR_WIDGET) });
    await action(page, second).click();
    await expectOutputs(page, second, { chatState: "conflict", errorCode: "widget-conflict" });
    expect(await events(page, second)).toEqual(["ChatFailed"]);
    expect(await outputs(page, first)).toMatchObject({ chatState: "chatting", errorCode: "" });
    await centre.say(conversation.id, "Still here?");
    await expect.poll(() => events(page, first)).toEqual(["ChatStarted", "MessageReceived"]);
    expect(await events(page, second)).toEqual(["ChatFailed"]);
    await expect(control(page, second)).not.toContainText("You're chatting");
    await action(page, second).click();
    await stillness(page, 700);
    expect(await centre.conversations()).toHaveLength(1);
    expect((await centre.conversations())[0]?.state).toBe("active");
    expect(await scriptTags(page)).toBe(1);
});

interface Copies {
    /** The constructors that the copies of the bundle have registered. */
    readonly copies: (new () => Record<string, (...given: unknown[]) => unknown>)[];
    /** Which of them the next instance is made of. */
    useCopy: number;
}

/** Lets the host make its instances of any copy of the bundle that has registered itself. */
async function withCopies(page: Page): Promise<void> {
    await page.addInitScript(() => {
        const shared: Copies = { copies: [], useCopy: 0 };
        Object.assign(window, shared);
        const here = window as unknown as Copies;
        class Chosen {
            readonly inner: Record<string, (...given: unknown[]) => unknown>;
            constructor() {
                const Copy = here.copies[here.useCopy];
                if (!Copy) throw new Error("There is no such copy.");
                this.inner = new Copy();
            }
            init(...given: unknown[]): void {
                this.inner["init"]?.(...given);
            }
            updateView(...given: unknown[]): unknown {
                return this.inner["updateView"]?.(...given);
            }
            getOutputs(): unknown {
                return this.inner["getOutputs"]?.();
            }
            destroy(): void {
                this.inner["destroy"]?.();
            }
        }
        let framework: unknown;
        Object.defineProperty(window, "ComponentFramework", {
            get: () => framework,
            set(given: { registerControl(name: string, control: unknown): void }) {
                framework = {
                    registerControl(name: string, control: Copies["copies"][number]): void {
                        here.copies.push(control);
                        given.registerControl(name, Chosen);
                    },
                };
            },
        });
    });
}

test("two copies of the bundle on one page share one chat", async ({ page, open, centre, demo }) => {
    await withCopies(page);
    await open();
    await page.addScriptTag({ url: `${demo}/control-bundle/bundle.js?copy=2` });
    expect(await page.evaluate(() => (window as unknown as Copies).copies.length)).toBe(2);
    expect(await page.evaluate(() => new Set((window as unknown as Copies).copies).size)).toBe(2);
    const { id: first, conversation } = await chat(page, centre);
    await page.evaluate(() => ((window as unknown as Copies).useCopy = 1));
    const second = await mount(page);
    await expectState(page, second, "chatting");
    await centre.accept(conversation.id);
    await centre.say(conversation.id, "Hello both");
    for (const id of [first, second]) await expect.poll(() => events(page, id)).toContain("MessageReceived");
    await destroy(page, first);
    await widget(page).minimise.click();
    await expect(widget(page).header).toBeHidden();
    await action(page, second).click();
    await expect(widget(page).header).toBeVisible();
    expect(await centre.conversations()).toHaveLength(1);
    expect(await scriptTags(page)).toBe(1);
    expect((await centre.webApi()).filter(({ table }) => table === "systemuser")).toHaveLength(1);
});

test("another version of the component on the page is told, not fought", async ({ page, open, watch, centre }) => {
    await page.clock.install();
    await page.addInitScript(() => Object.assign(window, { [Symbol.for("InternalChat.ChatWithAgent/0")]: Object.freeze({}) }));
    await open();
    const id = await mount(page, { properties: { widgetSnippet: snippet(), startMode: "automatic" } });
    await expectOutputs(page, id, { chatState: "conflict", errorCode: "widget-conflict" });
    await action(page, id).click();
    await stillness(page, 1_500);
    expect(await detail(page, id, "Code")).toBe("widget-conflict");
    expect(await scriptTags(page)).toBe(0);
    expect(watch.microsoft).toEqual([]);
    expect(await centre.webApi()).toEqual([]);
    expect(await page.evaluate(() => Object.getOwnPropertySymbols(window).flatMap((symbol) => Symbol.keyFor(symbol)?.startsWith("InternalChat.") === true ? [Symbol.keyFor(symbol)] : []))).toEqual(["InternalChat.ChatWithAgent/0"]);
    await destroy(page, id);
});
