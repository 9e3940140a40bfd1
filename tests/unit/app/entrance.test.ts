// Covers the entrance: shown before anybody has answered, a press is kept, and whoever is locked out is told why and
// can try again.
import { createEntrance } from "../../../ChatWithAgent/app/entrance";
import { createInstance } from "../../../ChatWithAgent/app/instance";
import type { FailureCode } from "../../../ChatWithAgent/chat/codes";
import { snippet } from "../settings/samples";
import { createFakeHost, createFakeServices, properties } from "./fakes";

const flush = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

function door(own = properties({ snippet: snippet() })) {
    const host = createFakeHost(own);
    const services = createFakeServices();
    const tries: { readonly settle: () => void; readonly fail: () => void }[] = [];
    const at = { trouble: undefined as FailureCode | undefined };
    const opened: unknown[] = [];
    const entrance = createEntrance({
        host,
        clock: services.page.clock,
        trouble: () => at.trouble,
        mistakes: () => [],
        enter: () =>
            new Promise<void>((resolve, reject) => tries.push({ settle: resolve, fail: () => reject(new Error()) })),
        open() {
            opened.push(1);
            return createInstance(host, services);
        },
    });
    entrance.attach({} as Element);
    return { host, services, tries, at, opened, entrance };
}

test("the launcher stands there while it is being asked who the user is", async () => {
    const { entrance, opened } = door();
    await flush();
    expect(entrance.view).toMatchObject({ title: "launcher_title", busy: false });
    expect(opened).toEqual([]);
});

test("a press in that time is kept, and starts one chat", async () => {
    const { entrance, tries, opened, services } = door();
    entrance.press();
    entrance.press();
    expect(entrance.view.busy).toBe(true);
    expect(entrance.outputs.chatState).toBe("loading");
    await services.page.clock.advance(8_000);
    expect(entrance.view.text).toBe("connecting_slow");
    expect(tries).toHaveLength(1);
    tries[0]?.settle();
    await flush();
    expect(opened).toHaveLength(1);
    expect(services.session.state).toMatchObject({ kind: "loading", then: "start" });
});

test("a press that comes when everybody has been slow already is told so at once; after a failure the time begins anew", async () => {
    const { entrance, tries, at, services } = door();
    await services.page.clock.advance(9_000);
    expect(entrance.view.busy).toBe(false);
    entrance.press();
    expect(entrance.view.text).toBe("connecting_slow");
    at.trouble = "web-api-blocked";
    tries[0]?.fail();
    await flush();
    entrance.press();
    expect(entrance.view.text).toBe("connecting_text");
});

test("a chat that starts by itself waits for nothing more once everybody has answered", async () => {
    const { tries, services } = door(properties({ snippet: snippet(), startMode: "automatic" }));
    tries[0]?.settle();
    await flush();
    services.page.see();
    await flush();
    expect(services.session.state).toMatchObject({ kind: "loading", then: "start" });
});

test.each([["signed-out"], ["web-api-blocked"]] as const)("%s is told, and a press tries again", async (code) => {
    const { entrance, tries, at, services } = door();
    at.trouble = code;
    tries[0]?.fail();
    await flush();
    expect(entrance.outputs).toMatchObject({ chatState: "failed", errorCode: code });
    entrance.press();
    tries[1]?.settle();
    await flush();
    expect(services.session.state.kind).toBe("loading");
});

test("who gets no answer in 30 seconds is told that it is blocked", async () => {
    const { entrance, services } = door();
    await services.page.clock.advance(30_000);
    await flush();
    expect(entrance.outputs.errorCode).toBe("web-api-blocked");
});

test("an instance that got no answer hands over to the entrance, which knows why", async () => {
    const { entrance, host, tries, at, services } = door(properties());
    host.rows = () => Promise.reject(new Error("signed-out"));
    tries[0]?.settle();
    await flush();
    at.trouble = "signed-out";
    entrance.press();
    await flush();
    expect(entrance.outputs.errorCode).toBe("signed-out");
    at.trouble = undefined;
    host.properties = properties({ snippet: snippet() });
    entrance.press();
    tries[1]?.settle();
    await flush();
    expect(services.session.state.kind).toBe("loading");
});

test("what has been left by then opens nothing", async () => {
    const { entrance, tries, opened } = door();
    entrance.press();
    entrance.destroy();
    tries[0]?.settle();
    await flush();
    expect(opened).toEqual([]);
});
