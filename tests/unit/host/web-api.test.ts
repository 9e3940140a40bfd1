// Covers host/web/web-api: what is asked of Dataverse and how, and which of its silences mean that somebody has to
// sign in or that something is in the way.
import { createWebApi } from "../../../ChatWithAgent/host/web/web-api";
import type { WebApi } from "../../../ChatWithAgent/host/web/web-api";

interface Asked {
    readonly url: string;
    readonly init: RequestInit;
}

/** A page whose network answers as given, and whose clock stands until it is moved. */
function connected(answer: (init: RequestInit) => Promise<Response>) {
    const asked: Asked[] = [];
    const timers = new Map<number, { readonly run: () => void; readonly wait: number }>();
    const page = {
        AbortController,
        setTimeout: (run: () => void, wait: number) => {
            timers.set(timers.size + 1, { run, wait });
            return timers.size;
        },
        clearTimeout: (timer: number) => timers.delete(timer),
        fetch: (url: string, init: RequestInit) => {
            asked.push({ url, init });
            return answer(init);
        },
    } as unknown as Window & typeof globalThis;
    return { api: createWebApi(page), asked, timers };
}

const json = (body: unknown, status = 200, type = "application/json; odata.metadata=minimal"): Response =>
    new Response(JSON.stringify(body), { status, headers: { "content-type": type } });
const html = (status: number): Response =>
    new Response("<title>A page</title>", { status, headers: { "content-type": "text/html; charset=utf-8" } });
/**
 * What a browser makes of a redirect that it was told not to follow (D: Fetch standard, opaque-redirect filtered
 * response).
 */
const redirect = (): Response => Object.defineProperties(Response.error(), { type: { value: "opaqueredirect" } });

const outcome = (api: WebApi, path = "WhoAmI"): Promise<string> =>
    api.ask(path).then(
        () => "answered",
        (error: unknown) => (error as Error).message,
    );

test("a question goes to the page's own origin with the user's cookies, and follows no redirect", async () => {
    const { api, asked, timers } = connected(() => Promise.resolve(json({ UserId: "x" })));
    await expect(api.ask("WhoAmI")).resolves.toEqual({ UserId: "x" });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.url).toBe("/api/data/v9.2/WhoAmI");
    expect(asked[0]?.init).toMatchObject({ credentials: "same-origin", redirect: "manual", cache: "no-store" });
    // Nothing is ever written.
    expect(asked[0]?.init).toMatchObject({ method: "GET" });
    expect(asked[0]?.init).not.toHaveProperty("body");
    // Dataverse itself puts choices, lookups and dates into the user's language and time zone.
    expect(asked[0]?.init.headers).toMatchObject({
        Accept: "application/json",
        Prefer: 'odata.include-annotations="OData.Community.Display.V1.FormattedValue"',
    });
    expect(api.trouble).toBeUndefined();
    expect(timers.size).toBe(0);
});

test.each([
    ["401", () => html(401)],
    ["401 in JSON", () => json({ error: { message: "Unauthorized" } }, 401)],
    ["a redirect", redirect],
    ["a sign-in page in place of an answer", () => html(200)],
])("%s means signed out", async (_name, answer) => {
    const { api, timers } = connected(() => Promise.resolve(answer()));
    await expect(outcome(api)).resolves.toBe("signed-out");
    expect(api.trouble).toBe("signed-out");
    expect(timers.size).toBe(0);
});

test.each([
    ["no network", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["a policy of the page, or a proxy, with a page of its own", () => Promise.resolve(html(403))],
    ["a service that is down", () => Promise.resolve(html(503))],
    [
        "a text that is no page to sign in on",
        () => Promise.resolve(new Response("ok", { headers: { "content-type": "text/plain" } })),
    ],
    ["an answer without a type", () => Promise.resolve(new Response(null, { status: 502 }))],
    [
        "JSON that breaks off",
        () => Promise.resolve(new Response('{"UserId":', { headers: { "content-type": "application/json" } })),
    ],
])("%s means that the Web API is blocked", async (_name, answer) => {
    const { api, timers } = connected(answer);
    await expect(outcome(api)).resolves.toBe("web-api-blocked");
    expect(api.trouble).toBe("web-api-blocked");
    expect(timers.size).toBe(0);
});

test("no answer within 30 seconds is none", async () => {
    const { api, timers } = connected(
        ({ signal }) =>
            new Promise((_resolve, reject) =>
                signal?.addEventListener("abort", () =>
                    reject(new DOMException("The user aborted a request.", "AbortError")),
                ),
            ),
    );
    const asked = outcome(api);
    const [timer] = timers.values();
    expect(timer?.wait).toBe(30_000);
    timer?.run();
    await expect(asked).resolves.toBe("web-api-blocked");
    expect(api.trouble).toBe("web-api-blocked");
});

test.each([
    [
        "its own words",
        json({ error: { message: "Could not find a property named 'x' on type 'systemuser'." } }, 400),
        "Could not find a property named 'x' on type 'systemuser'.",
    ],
    ["no words", json({}, 404), "HTTP 404"],
    ["words that are none", json({ error: { message: 7 } }, 403), "HTTP 403"],
    ["nothing at all", json(null, 500), "HTTP 500"],
])("a refusal of a single question, with %s, is passed on and is no trouble", async (_name, answer, words) => {
    const { api } = connected(() => Promise.resolve(answer));
    await expect(outcome(api)).resolves.toBe(words);
    expect(api.trouble).toBeUndefined();
});

test("an answer ends the trouble of the question before", async () => {
    const answers = [html(401), json({ error: {} }, 403)];
    const { api } = connected(() => Promise.resolve(answers.shift() ?? json({})));
    await outcome(api);
    expect(api.trouble).toBe("signed-out");
    await outcome(api);
    expect(api.trouble).toBeUndefined();
    await expect(outcome(api)).resolves.toBe("answered");
});
