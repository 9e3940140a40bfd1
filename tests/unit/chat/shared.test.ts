// Covers chat/shared: one call for everybody who asks, and failures that are not remembered.
import { createShared } from "../../../ChatWithAgent/chat/shared";

test("one call answers those who ask meanwhile and those who ask later", async () => {
    const shared = createShared<number>();
    const call = jest.fn(() => Promise.resolve(7));
    expect(await Promise.all([shared("a", call), shared("a", call)])).toEqual([7, 7]);
    expect(await shared("a", call)).toBe(7);
    expect(call).toHaveBeenCalledTimes(1);
});

test("another question is another call", async () => {
    const shared = createShared<string>();
    const call = (answer: string) => jest.fn(() => Promise.resolve(answer));
    expect(await Promise.all([shared("a", call("a")), shared("b", call("b"))])).toEqual(["a", "b"]);
});

test("a failure reaches all who asked meanwhile, and the next who asks gets a new call", async () => {
    const shared = createShared<number>();
    const call = jest.fn<Promise<number>, []>().mockRejectedValueOnce(new Error("offline")).mockResolvedValueOnce(7);
    const asked = await Promise.allSettled([shared("a", call), shared("a", call)]);
    expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await shared("a", call)).toBe(7);
    expect(await shared("a", call)).toBe(7);
    expect(call).toHaveBeenCalledTimes(2);
});

test("pages do not share with one another", async () => {
    const call = jest.fn(() => Promise.resolve(1));
    await createShared<number>()("a", call);
    await createShared<number>()("a", call);
    expect(call).toHaveBeenCalledTimes(2);
});
