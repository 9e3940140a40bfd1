import { guid } from "../../../ChatWithAgent/settings/guid";
import { APP } from "./samples";

test.each([
    APP,
    APP.toUpperCase(),
    `{${APP}}`,
    ` ${APP}\n`,
    `\u200B${APP}\u00A0`,
    `urn:uuid:${APP}`,
    `URN:UUID:{${APP.toUpperCase()}}`,
])("%j is a GUID", (text) => {
    expect(guid(text)).toBe(APP);
});

test.each([
    "",
    "Fabrikam",
    APP.replace(/-/g, ""),
    APP.slice(1),
    APP + "0",
    APP.replace("4", "g"),
    `${APP},${APP}`,
    `x${APP}`,
    "{}",
])("%j is none", (text) => {
    expect(guid(text)).toBeUndefined();
});
