// Covers chat/within: an answer is waited for as long as it is worth it, and its failure is no failure.
import { within } from "../../../ChatWithAgent/chat/within";
import { createFakeClock, flush } from "./fakes";

const NEVER = new Promise<never>(() => undefined);

test("an answer in time is the answer, and no timer is left", async () => {
    const clock = createFakeClock();
    expect(await within(clock, 3_000, Promise.resolve("answer"), "otherwise")).toBe("answer");
    expect(clock.running).toBe(0);
});

test("a failure is the other answer at once", async () => {
    const clock = createFakeClock();
    expect(await within(clock, 3_000, Promise.reject(new Error("offline")), "otherwise")).toBe("otherwise");
    expect(clock.running).toBe(0);
});

test("an answer that does not come is given up when its time is over, not before", async () => {
    const clock = createFakeClock();
    const settled = jest.fn();
    void within(clock, 3_000, NEVER, "otherwise").then(settled);
    await clock.advance(2_999);
    expect(settled).not.toHaveBeenCalled();
    await clock.advance(1);
    await flush();
    expect(settled).toHaveBeenCalledWith("otherwise");
});
