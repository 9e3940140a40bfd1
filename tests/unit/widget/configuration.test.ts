// Covers widget/configuration: what each answer means, hostile ones included, and the call over a real wire.
import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as fc from "fast-check";
import type { WidgetConfiguration } from "../../../ChatWithAgent/chat/ports";
import { createConfigurationRequest, readConfiguration } from "../../../ChatWithAgent/widget/configuration";
import { APP, ORG, OTHER_APP } from "../chat/fakes";

/** The flags as the service sends them (S). */
const FLAGS = {
    msdyn_conversationmode: "192350000",
    msdyn_prechatenabled: "false",
    msdyn_postconversationsurveyenable: "false",
    OutOfOperatingHours: "False",
    ShowWidget: "True",
};
const answer = (flags: object = {}, authentication: unknown = null): object => ({
    LiveChatVersion: 2,
    LiveChatConfigAuthSettings: authentication,
    LiveWSAndLiveChatEngJoin: { ...FLAGS, ...flags },
});
const OPEN: WidgetConfiguration = {
    isFound: true,
    isClosed: false,
    isHidden: false,
    isPersistent: false,
    signIn: "none",
    hasSurveyBefore: false,
    hasSurveyAfter: false,
};
const HIDDEN = { isClosed: true, isHidden: true };

describe("an answer", () => {
    test.each<[string, unknown, Partial<WidgetConfiguration>]>([
        ["of a widget that is open", answer(), {}],
        ["of a closed one", answer({ OutOfOperatingHours: "True" }), { isClosed: true }],
        ["of one that hides itself", answer({ ShowWidget: "False" }), { isHidden: true }],
        ["with a survey before", answer({ msdyn_prechatenabled: "true" }), { hasSurveyBefore: true }],
        ["with a survey after", answer({ msdyn_postconversationsurveyenable: "true" }), { hasSurveyAfter: true }],
        ["of a persistent chat", answer({ msdyn_conversationmode: "192350001" }), { isPersistent: true }],
        ["of a persistent chat, as a number", answer({ msdyn_conversationmode: 192350001 }), { isPersistent: true }],
        ["that asks for a sign-in", answer({}, { msdyn_javascriptclientfunction: "auth" }), { signIn: "required" }],
        ["that offers one", answer({ msdyn_authenticatedsigninoptional: "true" }, {}), { signIn: "optional" }],
        ["whose offer is about nothing", answer({ msdyn_authenticatedsigninoptional: "true" }), {}],
        ["with truth values", answer({ OutOfOperatingHours: true, ShowWidget: false }), HIDDEN],
        ["with numbers", answer({ OutOfOperatingHours: 1, ShowWidget: 0 }), HIDDEN],
        ["in upper case, with space", answer({ OutOfOperatingHours: " TRUE ", ShowWidget: "FALSE" }), HIDDEN],
        ["with nothing for what is not set", answer({ msdyn_prechatenabled: null, ShowWidget: "" }), {}],
        ["with one flag only", { LiveWSAndLiveChatEngJoin: { OutOfOperatingHours: "True" } }, { isClosed: true }],
    ])("%s", (_name, body, expected) => {
        expect(readConfiguration(200, null, body)).toEqual({ ...OPEN, ...expected });
    });

    test.each<[string, number, string | null, unknown]>([
        ["404", 404, null, undefined],
        ["404, whatever comes with it", 404, null, answer()],
        ["its error code", 400, "701", undefined],
        ["its error code, with another status", 200, " 701 ", answer()],
    ])("that there is no such widget: %s", (_name, status, errorcode, body) => {
        expect(readConfiguration(status, errorcode, body)).toEqual({ ...OPEN, isFound: false });
    });

    test.each<[string, number, unknown]>([
        ["500", 500, answer()],
        ["400", 400, answer()],
        ["204", 204, undefined],
        ["a text", 200, "<!doctype html>"],
        ["nothing", 200, undefined],
        ["null", 200, null],
        ["an array", 200, [answer()]],
        ["an empty object", 200, {}],
        ["no flag", 200, { LiveWSAndLiveChatEngJoin: {} }],
        ["flags in an array", 200, { LiveWSAndLiveChatEngJoin: [FLAGS] }],
        ["flags in a text", 200, { LiveWSAndLiveChatEngJoin: JSON.stringify(FLAGS) }],
        ["a flag that is an object", 200, answer({ OutOfOperatingHours: {} })],
        ["a flag that is an array", 200, answer({ OutOfOperatingHours: ["True"] })],
        ["a flag that is another word", 200, answer({ OutOfOperatingHours: "maybe" })],
        ["a flag that is another number", 200, answer({ ShowWidget: 7 })],
        ["a mode that is an object", 200, answer({ msdyn_conversationmode: {} })],
        ["a sign-in that is no object", 200, answer({}, "none")],
        ["a sign-in in an array", 200, answer({}, [{}])],
    ])("of which nothing is known: %s", (_name, status, body) => {
        expect(readConfiguration(status, null, body)).toBeUndefined();
    });

    const YES: readonly unknown[] = [true, 1, "1", "True", "true", "TRUE"];
    const NO: readonly unknown[] = [false, 0, "0", "False", "false", "FALSE"];
    const flag = fc.boolean().chain((is) => fc.tuple(fc.constant(is), fc.constantFrom(...(is ? YES : NO))));

    test("is read in every notation of its flags", () => {
        fc.assert(
            fc.property(fc.tuple(flag, flag, flag, flag, flag), fc.boolean(), ([closed, shown, before, after, mid], signsIn) => {
                const flags = {
                    OutOfOperatingHours: closed[1],
                    ShowWidget: shown[1],
                    msdyn_prechatenabled: before[1],
                    msdyn_postconversationsurveyenable: after[1],
                    msdyn_authenticatedsigninoptional: mid[1],
                };
                const body = answer(flags, signsIn ? {} : null);
                expect(readConfiguration(200, null, JSON.parse(JSON.stringify(body)))).toEqual({
                    ...OPEN,
                    isClosed: closed[0],
                    isHidden: !shown[0],
                    hasSurveyBefore: before[0],
                    hasSurveyAfter: after[0],
                    signIn: !signsIn ? "none" : mid[0] ? "optional" : "required",
                });
            }),
        );
    });

    test("that is anything at all is read or unknown, changes nothing, and never throws", () => {
        const getter = {
            get(): never {
                throw new Error("hostile");
            },
        };
        const anything = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, maxDepth: 6 });
        const names = ["toString", "LiveWSAndLiveChatEngJoin"];
        const throwing = fc.constantFrom(...names).map((name) => Object.defineProperty({}, name, getter));
        const value = fc.oneof(anything, throwing, fc.constantFrom<unknown>("__proto__", Symbol("x")));
        const usual = fc.constantFrom<unknown>("True", "False", true, 0, "", null);
        const flags = fc.dictionary(
            fc.constantFrom(...Object.keys(FLAGS), "__proto__", "msdyn_authenticatedsigninoptional"),
            fc.oneof({ arbitrary: usual, weight: 9 }, { arbitrary: value, weight: 1 }),
        );
        const object = fc.record(
            { LiveWSAndLiveChatEngJoin: fc.oneof(value, flags), LiveChatConfigAuthSettings: value },
            { requiredKeys: [] },
        );
        const POLLUTING = '{"__proto__":{"LiveWSAndLiveChatEngJoin":{"OutOfOperatingHours":"True"}},"constructor":';
        const polluted = fc.json().map((text) => JSON.parse(`${POLLUTING}${text}}`) as unknown);
        const body = fc.oneof(object, value, polluted);
        const status = fc.constantFrom(200, 200, 200, 404, 500, NaN);
        const outcomes = new Set<string>();
        fc.assert(
            fc.property(status, fc.option(fc.string()), body, (given, errorcode, hostile) => {
                const read = readConfiguration(given, errorcode, hostile);
                outcomes.add(String(read?.isFound));
                if (!read) return;
                expect(Object.keys(read)).toEqual(Object.keys(OPEN));
                expect(["none", "optional", "required"]).toContain(read.signIn);
                for (const [name, is] of Object.entries(read)) if (name !== "signIn") expect(typeof is).toBe("boolean");
            }),
            { numRuns: 5_000 },
        );
        // The generator reaches what it is about.
        expect([...outcomes].sort()).toEqual(["false", "true", "undefined"]);
        expect(({} as Record<string, unknown>)["OutOfOperatingHours"]).toBeUndefined();
    });
});

describe("the call", () => {
    let server: Server;
    let orgUrl: string;
    let asked: { readonly url: string; readonly headers: Readonly<Record<string, unknown>> }[];
    let respond: RequestListener;
    /** Milliseconds; moved by the tests. */
    let time: number;
    let timers: (() => void)[];

    beforeAll(async () => {
        server = createServer((request, response) => {
            asked.push({ url: request.url ?? "", headers: request.headers });
            respond(request, response);
        });
        await new Promise<void>((started) => server.listen(0, "127.0.0.1", started));
        orgUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(async () => {
        server.closeAllConnections();
        await new Promise<void>((closed) => server.close(() => closed()));
    });
    beforeEach(() => {
        asked = [];
        time = 0;
        timers = [];
        respond = (_request, response) => void response.end(JSON.stringify(answer()));
    });

    const page = (change: object = {}): Window & typeof globalThis => {
        const setTimeout = (callback: () => void): number => timers.push(callback);
        const clearTimeout = (timer: number): void => void (timers[timer - 1] = () => undefined);
        const members = { AbortController, crypto, setTimeout, clearTimeout, fetch, ...change };
        return members as unknown as Window & typeof globalThis;
    };
    const create = (change?: object) => createConfigurationRequest(page(change), () => time);
    const widget = (appId = APP) => ({ appId, orgId: ORG, orgUrl });

    test("asks as the widget does, with a new request ID each time, and without cookies", async () => {
        const init: RequestInit[] = [];
        const request = create({ fetch: (url: string, own: RequestInit) => (init.push(own), fetch(url, own)) });
        expect(await request(widget())).toEqual(OPEN);
        await request(widget(), 0);
        const [first, second] = asked.map(({ url }) => new URL(url, orgUrl));
        expect(first?.pathname).toBe(`/livechatconnector/config/${ORG}/${APP}`);
        expect([...(first?.searchParams.keys() ?? [])]).toEqual(["requestId", "channelId"]);
        expect(first?.searchParams.get("channelId")).toBe("lcw");
        expect(first?.searchParams.get("requestId")).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
        expect(second?.search).not.toBe(first?.search);
        expect(init[0]).toMatchObject({ credentials: "omit", cache: "no-store", redirect: "error" });
        expect(init[0]?.headers).toBeUndefined();
    });

    test("is one for all who ask at once, and for the next 60 seconds; who wants to know it anew says so", async () => {
        const request = create();
        const answers = await Promise.all([request(widget()), request(widget()), request(widget(), 0)]);
        expect(answers).toEqual([OPEN, OPEN, OPEN]);
        expect(asked).toHaveLength(1);
        time = 59_999;
        respond = (_request, response) => void response.end(JSON.stringify(answer({ OutOfOperatingHours: "True" })));
        expect(await request(widget())).toEqual(OPEN);
        expect(await request(widget(), 10_000)).toMatchObject({ isClosed: true });
        expect(asked).toHaveLength(2);
        // From the renewed answer on.
        time += 59_999;
        await request(widget());
        expect(asked).toHaveLength(2);
        time += 1;
        await request(widget());
        expect(asked).toHaveLength(3);
        // A clock that has been set back by a day.
        time -= 86_400_000;
        await request(widget());
        expect(asked).toHaveLength(4);
    });

    test("is another one for another widget", async () => {
        const request = create();
        await Promise.all([request(widget()), request(widget(OTHER_APP))]);
        expect(asked.map(({ url }) => url.split(/[/?]/)[4])).toEqual([APP, OTHER_APP]);
    });

    test.each<[string, number, string, string]>([
        ["an error", 500, "application/json", JSON.stringify(answer())],
        ["a page in HTML", 200, "text/html", "<!doctype html><title>Sign in</title>"],
        ["an empty answer", 200, "application/json", ""],
        ["half an answer", 200, "application/json", JSON.stringify(answer()).slice(0, -1)],
        ["a deep one", 200, "application/json", "[".repeat(200_000)],
        ["one in another form", 200, "application/json", "[]"],
    ])("that brings %s is unknown, and is made again by the next who asks", async (_name, status, type, body) => {
        const request = create();
        respond = (_request, response) => void response.writeHead(status, { "content-type": type }).end(body);
        expect(await request(widget())).toBeUndefined();
        respond = (_request, response) => void response.end(JSON.stringify(answer()));
        expect(await request(widget())).toEqual(OPEN);
        expect(asked).toHaveLength(2);
    });

    test("that finds no widget says so, by the status or by the header, and that is kept", async () => {
        const request = create();
        respond = (_request, response) => void response.writeHead(404).end("Not found");
        expect(await request(widget())).toMatchObject({ isFound: false });
        respond = (_request, response) => void response.writeHead(400, { errorcode: "701" }).end();
        expect(await request(widget(OTHER_APP))).toMatchObject({ isFound: false });
        expect(await request(widget())).toMatchObject({ isFound: false });
        expect(asked).toHaveLength(2);
    });

    test("that is sent elsewhere is unknown: the other host is not asked", async () => {
        respond = (_request, response) => void response.writeHead(302, { location: "/elsewhere" }).end();
        expect(await create()(widget())).toBeUndefined();
        expect(asked).toHaveLength(1);
    });

    test("whose answer has no end is given up, and the connection with it", async () => {
        let closed: () => void = () => undefined;
        const isClosed = new Promise<void>((resolve) => (closed = resolve));
        respond = (_request, response) => {
            response.on("close", closed);
            const pour = (): void => {
                while (!response.destroyed && response.write(" ".repeat(65_536)));
            };
            response.on("drain", pour);
            pour();
        };
        expect(await create()(widget())).toBeUndefined();
        await isClosed;
    });

    test.each<[string, RequestListener]>([
        ["no answer comes", () => undefined],
        ["an answer stops in the middle", (_request, response) => void response.writeHead(200).write('{"LiveChat')],
    ])("is given up after its time where %s", async (_name, hanging) => {
        let reached: () => void = () => undefined;
        const isReached = new Promise<void>((resolve) => (reached = resolve));
        respond = (request, response) => {
            hanging(request, response);
            reached();
        };
        const request = create();
        const coming = request(widget());
        await isReached;
        timers.forEach((fire) => fire());
        expect(await coming).toBeUndefined();
    });

    test.each<[string, object]>([
        ["CORS, a policy or the network refuses it", { fetch: () => Promise.reject(new TypeError("Failed to fetch")) }],
        ["it cannot be made", { fetch: undefined }],
        ["there are no request IDs, for want of a secure context", { crypto: {} }],
    ])("where %s is unknown", async (_name, change) => {
        expect(await create(change)(widget())).toBeUndefined();
    });

    test("leaves no timer behind", async () => {
        const cleared: number[] = [];
        await create({ clearTimeout: (timer: number) => cleared.push(timer) })(widget());
        expect(cleared).toEqual([1]);
    });
});
