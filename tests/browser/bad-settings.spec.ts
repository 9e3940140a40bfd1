// What wrong, hostile and mistyped settings come to: a code, a place and a text, and never a request, an exception or
// markup.
import type { Page } from "@playwright/test";
import {
    destroy,
    events,
    expect,
    IT_WIDGET,
    mount,
    ORG,
    ORG_URL,
    SCRIPT_HOST,
    SCRIPT_URL,
    snippet,
    test,
} from "./fixtures";
import type { Watch } from "./fixtures";
import { action, control, expectOutputs, scriptTags } from "../steps";
import { column, details, FOREIGN_ORG, typed } from "../settings-steps";

interface Bad {
    readonly name: string;
    readonly properties: Record<string, unknown>;
    readonly code: "settings-missing" | "settings-invalid" | "script-host-not-trusted" | "organization-not-trusted";
    /** Each place that is told, with the beginning of what is said there. */
    readonly told: Readonly<Record<string, RegExp>>;
}

const NOT_AN_ID = /^Is not an ID\. /;
const NOT_AN_ADDRESS = /^Is not a web address/;
const NOT_A_HUB = /^Is not the address of an engagement hub\. /;
const OTHER_ORGANISATION = /^Belongs to another organization/;
const NOT_A_SNIPPET = /^Is not a widget snippet\. /;
const SCRIPT_HOST_UNKNOWN = /^Names a script host that is not known/;
const SCRIPT_PATH_UNKNOWN = /^Does not name the chat's script\. /;
const MISSING = /^Is not set/;
const LACKING = /^Lacks an attribute\. .*\(data-/;

const APP = "Widget app ID";
const ORGANISATION = "Organization ID";
const ADDRESS = "Organization URL";
const SNIPPET = "Widget snippet";

const MARKUP = '<img src="https://evil.example/x.png" onerror="window.pwned=1"><b id="markup">bold</b>';
const GARBAGE = `${'<script data-app-id="'.repeat(2_000)}${"=;'\"<>&#x3c;".repeat(5_000)}`;

const withAddress = (orgUrl: unknown): Record<string, unknown> => ({ ...typed(IT_WIDGET), orgUrl });
const withScript = (src: string): Record<string, unknown> => ({ widgetSnippet: snippet().replace(SCRIPT_URL, src) });
const invalid = (name: string, properties: Record<string, unknown>, told: Record<string, RegExp>): Bad => ({
    name,
    properties,
    code: "settings-invalid",
    told,
});

const PROPERTIES: readonly Bad[] = [
    // Addresses of the organisation.
    ...[
        ["a look-alike behind the right host", `${ORG_URL}.evil.example`, NOT_A_HUB],
        ["a look-alike before the right host", `https://m-${ORG}.us.evil-omnichannelengagementhub.com`, NOT_A_HUB],
        ["the Dataverse URL", "https://contoso.crm4.dynamics.com", NOT_A_HUB],
        ["a GCC region under the wrong domain", `https://m-${ORG}.us.omnichannelengagementhub.us`, NOT_A_HUB],
        ["letters that look alike", `https://m-${ORG}.us.omnichannelengagementhսb.com`, NOT_A_HUB],
        ["javascript:", "javascript:fetch('https://evil.example/')", NOT_AN_ADDRESS],
        ["data:", "data:text/html,<script src=https://evil.example/></script>", NOT_AN_ADDRESS],
        ["http", ORG_URL.replace("https", "http"), NOT_AN_ADDRESS],
        ["user info", ORG_URL.replace("https://", "https://evil.example@"), NOT_AN_ADDRESS],
        ["a password", ORG_URL.replace("https://", "https://a:b@"), NOT_AN_ADDRESS],
        ["a port", `${ORG_URL}:8443`, NOT_AN_ADDRESS],
        ["a backslash and another host", `https://evil.example\\@m-${ORG}.us.omnichannelengagementhub.com`, NOT_A_HUB],
        ["another organisation", ORG_URL.replace(ORG, FOREIGN_ORG), OTHER_ORGANISATION],
        ["markup", MARKUP, NOT_AN_ADDRESS],
    ].map(([name, url, problem]) =>
        invalid(`address: ${String(name)}`, withAddress(url), { [ADDRESS]: problem as RegExp }),
    ),
    invalid("address: a region without a known script host", withAddress(ORG_URL.replace(".us.", ".za.")), {
        [ADDRESS]: /^Lies in a region/,
    }),
    // Ids.
    invalid(
        "id: prototype names",
        { ...typed("__proto__", "constructor"), orgUrl: "" },
        { [APP]: NOT_AN_ID, [ORGANISATION]: NOT_AN_ID, [ADDRESS]: MISSING },
    ),
    invalid("id: one digit too many", typed(`${IT_WIDGET}0`), { [APP]: NOT_AN_ID }),
    invalid("id: markup", typed(MARKUP), { [APP]: NOT_AN_ID }),
    invalid("id: a quote that would end an attribute", typed(`${IT_WIDGET}" onload="window.pwned=1`), {
        [APP]: NOT_AN_ID,
    }),
    {
        name: "id: only the address",
        properties: { orgUrl: ORG_URL },
        code: "settings-missing",
        told: { [APP]: MISSING },
    },
    invalid("id: 100 KB", typed(GARBAGE), { [APP]: NOT_AN_ID }),
    {
        name: "columns: markup",
        properties: { widgetAppId: column(MARKUP), orgId: column(MARKUP), orgUrl: column(MARKUP) },
        code: "settings-invalid",
        told: { [APP]: NOT_AN_ID, [ORGANISATION]: NOT_AN_ID, [ADDRESS]: NOT_AN_ADDRESS },
    },
    // Snippets.
    ...(
        [
            ["a text", "Please chat with us.", NOT_A_SNIPPET],
            ["markup", MARKUP, NOT_A_SNIPPET],
            ["prototype names", '<script __proto__="1" constructor="2" data-app-id-x="3"></script>', NOT_A_SNIPPET],
            [
                "an engagement ruleset",
                snippet().replace("data-app-id", "data-ruleset-id"),
                /^Is the snippet of an engagement ruleset\. /,
            ],
            ["100 KB of garbage", GARBAGE, /^Is too long/],
            ["a long text", "<script ".repeat(1_200), NOT_A_SNIPPET],
            ["no app id", snippet().replace(/data-app-id="[^"]*"/, ""), LACKING],
            ["no organisation's address", snippet().replace(/data-org-url="[^"]*"/, ""), LACKING],
            [
                "another organisation's address",
                snippet().replace(ORG_URL, ORG_URL.replace(ORG, FOREIGN_ORG)),
                OTHER_ORGANISATION,
            ],
            ["a Dataverse URL", snippet().replace(ORG_URL, "https://contoso.crm.dynamics.com"), NOT_A_HUB],
            ["markup in an attribute", snippet(MARKUP.replaceAll('"', "&quot;")), NOT_AN_ID],
        ] as const
    ).map(([name, text, problem]): Bad => ({
        name: `snippet: ${name}`,
        properties: { widgetSnippet: text },
        code: problem === LACKING ? "settings-missing" : "settings-invalid",
        told: { [SNIPPET]: problem },
    })),
    // Script addresses.
    ...(
        [
            [
                "another azureedge host",
                "https://oc-cdn-ocprod-evil.azureedge.net/livechatwidget/scripts/LiveChatBootstrapper.js",
            ],
            ["a look-alike behind the right host", SCRIPT_URL.replace(SCRIPT_HOST, `${SCRIPT_HOST}.evil.example`)],
            [
                "a blob host that anyone may take",
                "https://ocprodocprodnamgs.blob.core.windows.net/livechatwidget/scripts/LiveChatBootstrapper.js",
            ],
            ["a host without a scheme", "//evil.example/livechatwidget/scripts/LiveChatBootstrapper.js"],
        ] as const
    ).map(([name, src]): Bad =>
        src.startsWith("//")
            ? invalid(`script: ${name}`, withScript(src), { [SNIPPET]: NOT_AN_ADDRESS })
            : {
                  name: `script: ${name}`,
                  properties: withScript(src),
                  code: "script-host-not-trusted",
                  told: { [SNIPPET]: SCRIPT_HOST_UNKNOWN },
              },
    ),
    ...(
        [
            ["javascript:", "javascript:window.pwned=1", NOT_AN_ADDRESS],
            ["http", SCRIPT_URL.replace("https", "http"), NOT_AN_ADDRESS],
            ["user info", SCRIPT_URL.replace("https://", "https://a@"), NOT_AN_ADDRESS],
            ["a port", SCRIPT_URL.replace(".net/", ".net:444/"), NOT_AN_ADDRESS],
            ["path traversal", SCRIPT_URL.replace("/scripts/", "/scripts/../../evil/scripts/"), SCRIPT_PATH_UNKNOWN],
            ["encoded path traversal", SCRIPT_URL.replace("/scripts/", "/%2e%2e/evil/scripts/"), SCRIPT_PATH_UNKNOWN],
            ["encoded slashes", SCRIPT_URL.replace("/scripts/", "/scripts%2f..%2fevil/"), SCRIPT_PATH_UNKNOWN],
            ["another file", SCRIPT_URL.replace("LiveChatBootstrapper", "Other"), SCRIPT_PATH_UNKNOWN],
            ["a fragment", `${SCRIPT_URL}#/evil`, SCRIPT_PATH_UNKNOWN],
        ] as const
    ).map(([name, src, problem]) => invalid(`script: ${name}`, withScript(src), { [SNIPPET]: problem })),
];

/** Presses a new instance with these values, and looks at everything that may and may not come of it. */
async function tryOut(
    page: Page,
    watch: Watch,
    { properties, code, told }: Pick<Bad, "properties" | "code" | "told">,
    values: readonly string[] = [],
): Promise<void> {
    const id = await mount(page, { properties });
    await action(page, id).click();
    await expectOutputs(page, id, { chatState: "not-set-up", errorCode: code, unreadCount: 0 });
    const said = await details(page, id);
    expect(said.find(({ term }) => term === "Code")?.description).toBe(code);
    const places = said.filter(({ term }) => !["Code", "For your administrator", "Time", "Version"].includes(term));
    expect(places.map(({ term }) => term).sort()).toEqual(Object.keys(told).sort());
    for (const { term, description } of places) expect(description).toMatch(told[term] ?? /^never$/);
    for (const value of values) expect(said.some(({ description }) => description.includes(value))).toBe(true);
    expect(await events(page, id)).toEqual(["ChatFailed"]);
    expect(await scriptTags(page)).toBe(0);
    // Whatever a value holds, it is text: no element stands in the control but the control's own.
    await expect(control(page, id).locator("#markup, img, script, iframe, b, object, link, a")).toHaveCount(0);
    expect(await page.evaluate(() => (window as unknown as { pwned?: unknown }).pwned)).toBeUndefined();
    expect(await page.evaluate(() => window.demoHost.errors)).toEqual([]);
    expect(watch.microsoft).toEqual([]);
    await destroy(page, id);
}

test("wrong values in snippet and properties are told by code and place, and come to nothing", async ({
    page,
    open,
    watch,
    centre,
}) => {
    await centre.setVariable("cwa_ChatWidgetSnippet", "none");
    await open();
    for (const bad of PROPERTIES) await test.step(bad.name, () => tryOut(page, watch, bad));
    expect(await centre.conversations()).toEqual([]);
});

test("a wrong value is shown as the text it is", async ({ page, open, watch, centre }) => {
    await centre.setVariable("cwa_ChatWidgetSnippet", "none");
    await open();
    const short = '<b id="markup" onclick=a()>&lt;i&gt;</b>';
    await tryOut(page, watch, { properties: typed(short), code: "settings-invalid", told: { [APP]: NOT_AN_ID } }, [
        short,
    ]);
    await tryOut(
        page,
        watch,
        { properties: { widgetSnippet: short }, code: "settings-invalid", told: { [SNIPPET]: NOT_A_SNIPPET } },
        [short],
    );
});

test("message and label are shown as the text they are", async ({ page, open }) => {
    await open();
    const id = await mount(page, { properties: { message: MARKUP, buttonLabel: "<i id='markup'>{0}</i>" } });
    await expect(control(page, id).getByText(MARKUP)).toBeVisible();
    await expect(action(page, id)).toHaveText("<i id='markup'>{0}</i>");
    await expect(control(page, id).locator("#markup, img")).toHaveCount(0);
});

const VARIABLE_PLACE = "cwa_ChatWidgetSnippet";
/** Of the places that could name a widget, one is enough: the one that holds for every form. */
const ALL_MISSING = { [VARIABLE_PLACE]: MISSING };

const VARIABLES: readonly {
    readonly name: string;
    readonly value: string;
    readonly code: Bad["code"];
    readonly told: Bad["told"];
    readonly properties?: Record<string, unknown>;
}[] = [
    { name: "none", value: "none", code: "settings-missing", told: ALL_MISSING },
    {
        name: "none, and a widget's id",
        value: "None",
        code: "settings-missing",
        told: { [ORGANISATION]: MISSING, [ADDRESS]: MISSING, [VARIABLE_PLACE]: MISSING },
        properties: { widgetAppId: column(IT_WIDGET) },
    },
    { name: "blank", value: "  \n", code: "settings-missing", told: ALL_MISSING },
    { name: "markup", value: MARKUP, code: "settings-invalid", told: { [VARIABLE_PLACE]: NOT_A_SNIPPET } },
    {
        name: "an engagement ruleset",
        value: snippet().replace("data-app-id", "data-ruleset-id"),
        code: "settings-invalid",
        told: { [VARIABLE_PLACE]: /^Is the snippet of an engagement ruleset/ },
    },
    // No variable holds more (D).
    {
        name: "2,000 characters of garbage",
        value: "x;'\"<>&=".repeat(250),
        code: "settings-invalid",
        told: { [VARIABLE_PLACE]: NOT_A_SNIPPET },
    },
    {
        name: "a foreign script host",
        value: snippet().replace(SCRIPT_HOST, "evil.example"),
        code: "script-host-not-trusted",
        told: { [VARIABLE_PLACE]: SCRIPT_HOST_UNKNOWN },
    },
    {
        name: "a look-alike organisation, under a widget's id",
        value: snippet().replace("engagementhub.com", "engagementhub.com.evil.example"),
        code: "settings-invalid",
        told: { [VARIABLE_PLACE]: NOT_A_HUB },
        properties: { widgetAppId: column(IT_WIDGET) },
    },
];

test("wrong values in the environment variable are told there, and come to nothing", async ({
    page,
    open,
    watch,
    centre,
}) => {
    for (const { name, value, properties = { widgetAppId: column("An ordinary text") }, ...bad } of VARIABLES) {
        await test.step(name, async () => {
            await centre.setVariable("cwa_ChatWidgetSnippet", value);
            // Its answer is kept for the page.
            await open();
            await tryOut(page, watch, { properties, ...bad });
        });
    }
});

test("hosts that an administrator adds are compared exactly", async ({ page, open, watch, centre }) => {
    await centre.setVariable("cwa_ChatScriptHosts", "*.azureedge.net, azureedge.net; https://good.example/x none");
    await open();
    for (const host of ["other.azureedge.net", "evil-good.example", "good.example.evil.example", "sub.good.example"]) {
        await tryOut(
            page,
            watch,
            {
                properties: withScript(SCRIPT_URL.replace(SCRIPT_HOST, host)),
                code: "script-host-not-trusted",
                told: { [SNIPPET]: SCRIPT_HOST_UNKNOWN },
            },
            [host],
        );
    }
});
