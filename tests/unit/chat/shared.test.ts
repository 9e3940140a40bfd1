// Covers chat/shared: one call for everybody who asks, and failures that are not remembered.
import { createShared } from "../../../ChatWithAgent/chat/shared";

test("one call answers those who ask meanwhile and those who ask later", async () => {
    const shared = createShared<number>();
    const call = jest.fn(() => Promise.resolve(7));
    expect(await Promise.all([shared(["a"], call), shared(["a"], call)])).toEqual([7, 7]);
    expect(await shared(["a"], call)).toBe(7);
    expect(call).toHaveBeenCalledTimes(1);
});

test("another question is another call", async () => {
    const shared = createShared<string>();
    const call = (answer: string) => jest.fn(() => Promise.resolve(answer));
    expect(await Promise.all([shared(["a"], call("a")), shared(["b"], call("b"))])).toEqual(["a", "b"]);
});

test("a failure reaches all who asked meanwhile, and the next who asks gets a new call", async () => {
    const shared = createShared<number>();
    const call = jest.fn<Promise<number>, []>().mockRejectedValueOnce(new Error("offline")).mockResolvedValueOnce(7);
    const asked = await Promise.allSettled([shared(["a"], call), shared(["a"], call)]);
    expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await shared(["a"], call)).toBe(7);
    expect(await shared(["a"], call)).toBe(7);
    expect(call).toHaveBeenCalledTimes(2);
});

test("what was forgotten is asked anew, once, and not before", async () => {
    const shared = createShared<number>();
    const call = jest.fn<Promise<number>, []>().mockResolvedValueOnce(1).mockResolvedValueOnce(2);
    expect(await shared(["a"], call)).toBe(1);
    shared.forget();
    expect(call).toHaveBeenCalledTimes(1);
    expect(await Promise.all([shared(["a"], call), shared(["a"], call)])).toEqual([2, 2]);
    expect(call).toHaveBeenCalledTimes(2);
});

test("who waits for an answer gets it, even if it is forgotten meanwhile", async () => {
    const shared = createShared<number>();
    let answer: (value: number) => void = () => undefined;
    const first = shared(["a"], () => new Promise((resolve) => (answer = resolve)));
    shared.forget();
    const second = shared(["a"], () => Promise.resolve(2));
    answer(1);
    expect(await Promise.all([first, second])).toEqual([1, 2]);
    expect(await shared(["a"], () => Promise.resolve(3))).toBe(2);
});

test("a forgotten call that fails later does not take the newer answer with it", async () => {
    const shared = createShared<number>();
    let fail: (error: Error) => void = () => undefined;
    const first = shared(["a"], () => new Promise((_, reject) => (fail = reject)));
    shared.forget();
    expect(await shared(["a"], () => Promise.resolve(2))).toBe(2);
    fail(new Error("offline"));
    await expect(first).rejects.toThrow("offline");
    expect(await shared(["a"], () => Promise.resolve(3))).toBe(2);
});

test("an answer serves whoever asks for no more than it has, in whatever order", async () => {
    const shared = createShared<string>();
    const call = jest.fn((answer: string) => Promise.resolve(answer));
    expect(await shared(["user", "title", "city"], () => call("both"))).toBe("both");
    for (const key of [["user"], ["user", "city"], ["user", "city", "title"]]) expect(await shared(key, () => call("again"))).toBe("both");
    expect(await shared(["user", "phone"], () => call("phone"))).toBe("phone");
    expect(await shared(["city"], () => call("another question"))).toBe("another question");
    expect(call).toHaveBeenCalledTimes(3);
});

test("pages do not share with one another", async () => {
    const call = jest.fn(() => Promise.resolve(1));
    await createShared<number>()(["a"], call);
    await createShared<number>()(["a"], call);
    expect(call).toHaveBeenCalledTimes(2);
});
