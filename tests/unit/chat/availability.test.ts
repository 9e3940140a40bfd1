// Covers chat/availability: what stands against a start.
import { obstacleOf } from "../../../ChatWithAgent/chat/availability";
import { OPEN } from "./fakes";

test.each([
    ["nothing is known", undefined, undefined],
    ["nothing stands against it", OPEN, undefined],
    ["no such widget", { ...OPEN, isFound: false }, "widget-not-found"],
    ["closed", { ...OPEN, isClosed: true }, "outside-operating-hours"],
    ["closed, and persistent", { ...OPEN, isClosed: true, isPersistent: true }, undefined],
    ["sign-in required", { ...OPEN, signIn: "required" }, "widget-requires-authentication"],
    ["sign-in optional", { ...OPEN, signIn: "optional" }, undefined],
    ["hidden", { ...OPEN, isHidden: true }, undefined],
] as const)("%s", (_, configuration, code) => {
    expect(obstacleOf(configuration)).toBe(code);
});
