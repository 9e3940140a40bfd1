import type { EnvironmentVariables, Lookups, RawSettings, SettingsProperty } from "../../../ChatWithAgent/settings/types";
import { APP, HUB, NAMED_HUB, ORG, OTHER_APP, OTHER_HUB, OTHER_ORG, PATH, SCRIPT, UNIQUE_HUB, bound, columns, outcome, raw, settled, snippet, valid } from "./samples";

const none: Lookups = { variables: {} };
const withVariables = (variables: EnvironmentVariables, more: Lookups = {}): Lookups => ({ variables, ...more });
const environment = withVariables({ snippet: snippet() });
const UNKNOWN_SCRIPT = "https://cdn.contoso.com" + PATH;

describe("sources, in order", () => {
    test("the snippet comes first, and needs no lookup", () => {
        const answer = valid(settled(raw({ widgetSnippet: snippet({ "data-app-id": OTHER_APP }), ...bound })));
        expect(answer).toEqual({
            kind: "valid",
            source: "widgetSnippet",
            notes: [],
            widget: {
                appId: OTHER_APP,
                orgId: ORG,
                orgUrl: HUB,
                scriptUrl: SCRIPT,
                attributes: { v2: "", "data-app-id": OTHER_APP, "data-org-id": ORG, "data-org-url": HUB, "data-lcw-version": "prod" },
            },
        });
    });

    test("then the three values, with the script of the address's region, and no lookup", () => {
        const answer = valid(settled(raw(bound)));
        expect(answer.source).toBe("properties");
        expect(answer.widget).toEqual({
            appId: APP,
            orgId: ORG,
            orgUrl: HUB,
            scriptUrl: SCRIPT,
            attributes: { v2: "", "data-app-id": APP, "data-org-id": ORG, "data-org-url": HUB, "data-lcw-version": "prod" },
        });
        expect(valid(settled(raw({ ...bound, orgUrl: HUB.replace(".eu.", ".us.") }))).widget.scriptUrl).toBe("https://oc-cdn-ocprod.azureedge.net" + PATH);
        expect(valid(settled(raw({ ...bound, orgUrl: UNIQUE_HUB.replace("crm4", "crm11") }))).widget.scriptUrl).toBe("https://oc-cdn-public-gbr.azureedge.net" + PATH);
    });

    test("then the environment variable, trusted by itself", () => {
        for (const values of [raw(), columns({}), raw({ widgetSnippet: " \n" }), columns({ widgetAppId: "Fabrikam" })]) {
            expect(outcome(settled(values))).toBe("needs variables");
            const answer = valid(settled(values, environment));
            expect([answer.source, answer.widget.appId, answer.notes]).toEqual(["environmentVariable", APP, []]);
        }
    });

    test("a typed text in the place of the app ID names no widget either, which is told", () => {
        const { source, notes } = valid(settled(raw({ widgetAppId: " 4de22280-0707 " }), environment));
        expect(source).toBe("environmentVariable");
        expect(notes).toEqual([{ place: "widgetAppId", problem: "not-a-guid", value: "4de22280-0707" }]);
    });

    test("an app id alone is another widget of the environment variable's organisation", () => {
        const lookups = withVariables({ snippet: snippet({ src: SCRIPT + "?x=1", "data-color-override": "#123456" }) });
        for (const values of [raw({ widgetAppId: OTHER_APP }), columns({ widgetAppId: ` {${OTHER_APP.toUpperCase()}} ` })]) {
            expect(outcome(settled(values))).toBe("needs variables");
            const { widget, source } = valid(settled(values, lookups));
            expect(source).toBe("properties");
            expect(widget).toMatchObject({ appId: OTHER_APP, orgId: ORG, orgUrl: HUB, scriptUrl: SCRIPT + "?x=1" });
            expect(widget.attributes).toMatchObject({ "data-app-id": OTHER_APP, "data-color-override": "#123456" });
        }
        expect(outcome(settled(raw({ widgetAppId: OTHER_APP }), none))).toBe("settings-missing: orgId missing, orgUrl missing, cwa_ChatWidgetSnippet missing");
        expect(outcome(settled(raw({ widgetAppId: OTHER_APP }), withVariables({ snippet: "x" })))).toBe("settings-invalid: cwa_ChatWidgetSnippet not-a-snippet");
        expect(outcome(settled(raw({ widgetAppId: OTHER_APP }), { variables: "unreadable" }))).toBe("settings-unreadable: cwa_ChatWidgetSnippet unreadable");
    });

    test("nothing anywhere, or nothing readable", () => {
        expect(outcome(settled(raw(), none))).toBe("settings-missing: cwa_ChatWidgetSnippet missing");
        expect(outcome(settled(raw(), { variables: "unreadable" }))).toBe("settings-unreadable: cwa_ChatWidgetSnippet unreadable");
    });

    test("a wrong source is told, not skipped", () => {
        expect(outcome(settled(raw({ widgetSnippet: "hello", ...bound }), environment))).toBe("settings-invalid: widgetSnippet not-a-snippet");
        expect(outcome(settled(raw({ ...bound, orgUrl: "x" }), environment))).toBe("settings-invalid: orgUrl not-an-engagement-hub");
    });
});

// Each is definite without any lookup: nothing that Dataverse could answer would mend it.
const BAD: readonly (readonly [string, Partial<Record<SettingsProperty, string>>, string])[] = [
    ["a column's text beside an organisation", { ...bound, widgetAppId: "Fabrikam" }, "settings-invalid: widgetAppId not-a-guid"],
    ["an organisation without app id", { orgId: ORG, orgUrl: HUB }, "settings-missing: widgetAppId missing"],
    ["an address alone", { orgUrl: HUB }, "settings-missing: widgetAppId missing"],
    ["an organisation id alone", { orgId: ORG }, "settings-missing: widgetAppId missing, orgUrl missing"],
    ["no address", { widgetAppId: APP, orgId: ORG }, "settings-missing: orgUrl missing"],
    ["no organisation id beside an older address", { widgetAppId: APP, orgUrl: NAMED_HUB }, "settings-missing: orgId missing"],
    ["no organisation id beside a shortened one", { widgetAppId: APP, orgUrl: UNIQUE_HUB }, "settings-missing: orgId missing"],
    ["an organisation id that is none", { ...bound, orgId: "contoso" }, "settings-invalid: orgId not-a-guid"],
    ["an organisation id without hyphens", { ...bound, orgId: ORG.replace(/-/g, "") }, "settings-invalid: orgId not-a-guid"],
    ["everything wrong", { widgetAppId: "a", orgId: "b", orgUrl: "c" }, "settings-invalid: widgetAppId not-a-guid, orgId not-a-guid, orgUrl not-an-engagement-hub"],
    ["one wrong, one missing", { ...bound, widgetAppId: "a", orgUrl: "" }, "settings-invalid: widgetAppId not-a-guid, orgUrl missing"],
    ["the address of another organisation", { ...bound, orgUrl: OTHER_HUB }, "settings-invalid: orgUrl wrong-organization"],
    ["the older address of another organisation", { ...bound, orgId: OTHER_ORG, orgUrl: UNIQUE_HUB }, "settings-invalid: orgUrl wrong-organization"],
    ["the Dataverse URL", { ...bound, orgUrl: "https://contoso.crm4.dynamics.com" }, "settings-invalid: orgUrl not-an-engagement-hub"],
    ["http", { ...bound, orgUrl: HUB.replace("https", "http") }, "settings-invalid: orgUrl not-a-url"],
    ["a look-alike", { ...bound, orgUrl: HUB + ".evil.com" }, "settings-invalid: orgUrl not-an-engagement-hub"],
    ["user info", { ...bound, orgUrl: HUB.replace("//", "//a:b@") }, "settings-invalid: orgUrl not-a-url"],
    ["a port", { ...bound, orgUrl: HUB + ":444" }, "settings-invalid: orgUrl not-a-url"],
    ["javascript:", { ...bound, orgUrl: "javascript:alert(1)" }, "settings-invalid: orgUrl not-a-url"],
    ["100 KB of an address", { ...bound, orgUrl: HUB + "x".repeat(100_000) }, "settings-invalid: orgUrl not-an-engagement-hub"],
    ["100 KB of an organisation id", { ...bound, orgId: "-".repeat(100_000) }, "settings-invalid: orgId not-a-guid"],
    ["100 KB of a snippet", { widgetSnippet: '<script a="'.repeat(9_100) }, "settings-invalid: widgetSnippet too-long"],
    ["a snippet of a ruleset", { widgetSnippet: snippet({ "data-app-id": undefined, "data-ruleset-id": APP }) }, "settings-invalid: widgetSnippet engagement-ruleset"],
    ["a snippet without app id", { widgetSnippet: snippet({ "data-app-id": undefined }) }, "settings-missing: widgetSnippet missing"],
    ["a snippet without organisation and address", { widgetSnippet: `data-app-id=${APP}` }, "settings-missing: widgetSnippet missing, widgetSnippet missing"],
    ["a snippet with a blank for an app id", { widgetSnippet: snippet({ "data-app-id": " " }) }, "settings-missing: widgetSnippet missing"],
    ["a snippet of an organisation id alone", { widgetSnippet: `data-org-id=${ORG}` }, "settings-missing: widgetSnippet missing, widgetSnippet missing"],
    ["a snippet of placeholders", { widgetSnippet: snippet({ "data-app-id": "xxxx-xxx-4be7" }) }, "settings-invalid: widgetSnippet not-a-guid"],
    ["a snippet with an evil address", { widgetSnippet: snippet({ "data-org-url": HUB + ".evil.com" }) }, "settings-invalid: widgetSnippet not-an-engagement-hub"],
    ["a snippet that contradicts itself", { widgetSnippet: snippet({ "data-org-id": OTHER_ORG }) }, "settings-invalid: widgetSnippet wrong-organization"],
    ["a script by http", { widgetSnippet: snippet({ src: SCRIPT.replace("https", "http") }) }, "settings-invalid: widgetSnippet not-a-url"],
    ["a script by javascript:", { widgetSnippet: snippet({ src: "javascript:alert(1)" }) }, "settings-invalid: widgetSnippet not-a-url"],
    ["a script behind user info", { widgetSnippet: snippet({ src: SCRIPT.replace("//", "//oc-cdn-ocprod.azureedge.net@") }) }, "settings-invalid: widgetSnippet not-a-url"],
    ["a script at a port", { widgetSnippet: snippet({ src: SCRIPT.replace("/live", ":8080/live") }) }, "settings-invalid: widgetSnippet not-a-url"],
    ["a script at another path", { widgetSnippet: snippet({ src: SCRIPT.replace("/scripts/", "/scripts/../") }) }, "settings-invalid: widgetSnippet script-path"],
];

describe("what is wrong is told, place by place", () => {
    test.each(BAD)("%s", (_name, texts, expected) => {
        for (const values of [raw(texts), columns(texts)])
            for (const lookups of [{}, none, environment, { variables: "unreadable" } as const]) expect(outcome(settled(values, lookups))).toBe(expected);
    });

    test("in the environment's snippet it is told there", () => {
        expect(outcome(settled(raw(), withVariables({ snippet: snippet({ "data-org-id": OTHER_ORG }) })))).toBe("settings-invalid: cwa_ChatWidgetSnippet wrong-organization");
        expect(outcome(settled(raw(), withVariables({ snippet: snippet({ src: UNKNOWN_SCRIPT }) })))).toBe("script-host-not-trusted: cwa_ChatWidgetSnippet script-host");
    });

    test("the value is shown, shortened; in a snippet what is missing is named", () => {
        const issues = (values: RawSettings) => {
            const answer = settled(values, none);
            return answer.kind === "refused" ? answer.issues : [];
        };
        expect(issues(raw({ ...bound, orgUrl: HUB + ".evil.com" }))).toEqual([{ place: "orgUrl", problem: "not-an-engagement-hub", value: (HUB + ".evil.com").slice(0, 120) }]);
        expect(issues(raw({ widgetSnippet: "y".repeat(100_000) }))).toEqual([{ place: "widgetSnippet", problem: "too-long", value: "y".repeat(120) }]);
        expect(issues(raw({ widgetSnippet: `data-app-id=${APP};data-org-url=${NAMED_HUB}` }))).toEqual([{ place: "widgetSnippet", problem: "missing", value: "data-org-id" }]);
        expect(issues(raw({ orgUrl: HUB }))).toEqual([{ place: "widgetAppId", problem: "missing" }]);
        expect(issues(raw({ widgetSnippet: snippet({ src: UNKNOWN_SCRIPT }) }))).toEqual([{ place: "widgetSnippet", problem: "script-host", value: UNKNOWN_SCRIPT.slice(0, 120) }]);
    });
});

describe("what is forgiven", () => {
    test("capitals, braces, spaces, a missing scheme, a path", () => {
        const { widget } = valid(settled(raw({ widgetAppId: `{${APP.toUpperCase()}}`, orgId: ` ${ORG.toUpperCase()} `, orgUrl: ` ${HUB.slice(8).toUpperCase()}/x/ ` })));
        expect(widget).toEqual(valid(settled(raw(bound))).widget);
    });

    test("an organisation id that the address holds", () => {
        expect(valid(settled(raw({ widgetAppId: APP, orgUrl: HUB }))).widget).toEqual(valid(settled(raw(bound))).widget);
        expect(valid(settled(raw({ widgetSnippet: `data-app-id=${APP};data-org-url=${HUB}` }))).widget).toEqual(valid(settled(raw(bound))).widget);
    });
});

describe("the script's host", () => {
    const values = raw({ widgetSnippet: snippet({ src: UNKNOWN_SCRIPT }) });
    test("a host that is not built in is loaded from only if the administrator lists it", () => {
        expect(outcome(settled(values))).toBe("needs variables");
        expect(outcome(settled(values, none))).toBe("script-host-not-trusted: widgetSnippet script-host");
        expect(outcome(settled(values, withVariables({ scriptHosts: "*.contoso.com, contoso.com" })))).toBe("script-host-not-trusted: widgetSnippet script-host");
        expect(outcome(settled(values, { variables: "unreadable" }))).toBe("script-host-not-trusted: widgetSnippet script-host, cwa_ChatScriptHosts unreadable");
        expect(valid(settled(values, withVariables({ scriptHosts: "a.example; https://CDN.contoso.com/" }))).widget.scriptUrl).toBe(UNKNOWN_SCRIPT);
    });

    test("a region without a known host is served by the environment variable's script for the same address only", () => {
        const hub = HUB.replace(".eu.", ".za.");
        const texts = { ...bound, orgUrl: hub };
        const same = withVariables({ snippet: snippet({ "data-org-url": hub }) });
        expect(outcome(settled(raw(texts)))).toBe("needs variables");
        expect(outcome(settled(raw(texts), none))).toBe("settings-invalid: orgUrl unknown-region");
        expect(outcome(settled(raw(texts), environment))).toBe("settings-invalid: orgUrl unknown-region");
        expect(outcome(settled(raw(texts), { variables: "unreadable" }))).toBe("settings-unreadable: orgUrl unknown-region, cwa_ChatWidgetSnippet unreadable");
        expect(valid(settled(raw(texts), same)).widget).toMatchObject({ orgUrl: hub, scriptUrl: SCRIPT });
        expect(valid(settled(raw({ widgetSnippet: `data-app-id=${APP};data-org-url=${hub}` }), same)).widget.scriptUrl).toBe(SCRIPT);
        const unlisted = withVariables({ snippet: snippet({ "data-org-url": hub, src: UNKNOWN_SCRIPT }) });
        expect(outcome(settled(raw(texts), unlisted))).toBe("script-host-not-trusted: orgUrl script-host");
        expect(outcome(settled(raw(), withVariables({ snippet: snippet({ "data-org-url": hub, src: "" }) })))).toBe("settings-invalid: cwa_ChatWidgetSnippet unknown-region");
    });
});

describe("trust in an organisation", () => {
    const other = { widgetAppId: APP, orgId: OTHER_ORG, orgUrl: OTHER_HUB };
    const otherSnippet = { widgetSnippet: snippet({ "data-org-id": OTHER_ORG, "data-org-url": OTHER_HUB }) };

    test("what the maker types is trusted", () => {
        for (const texts of [other, otherSnippet]) expect(outcome(settled(raw(texts), environment))).toBe("valid");
    });

    test.each([
        ["nothing asked yet", {}, "needs variables+organization"],
        ["its own organisation's id is enough", { organizationId: OTHER_ORG }, "valid"],
        ["another own organisation", { organizationId: ORG }, "needs variables"],
        ["variables do not name it", none, "needs organization"],
        ["variables list the id", withVariables({ organizations: OTHER_ORG }), "valid"],
        ["variables list the id, as people write", withVariables({ organizations: `x;\n{${OTHER_ORG.toUpperCase()}}, y` }), "valid"],
        ["variables list the address", withVariables({ organizations: OTHER_HUB + "/" }), "valid"],
        ["variables list another address", withVariables({ organizations: HUB }, { organizationId: ORG }), "organization-not-trusted"],
        ["the environment's snippet names it", withVariables(otherSnippet.widgetSnippet ? { snippet: otherSnippet.widgetSnippet } : {}), "valid"],
        ["the environment's snippet names another", environment, "needs organization"],
        ["the environment's snippet names it by id, with an older address", withVariables({ snippet: snippet({ "data-org-id": OTHER_ORG, "data-org-url": NAMED_HUB }) }), "valid"],
        ["the environment's snippet is wrong", withVariables({ snippet: snippet({ "data-org-id": OTHER_ORG }) }, { organizationId: ORG }), "organization-not-trusted"],
        ["nobody names it", withVariables({ organizations: ORG }, { organizationId: ORG }), "organization-not-trusted"],
        ["own organisation unreadable, variables not asked", { organizationId: "" }, "needs variables"],
        ["own organisation unreadable, variables do not name it", { variables: {}, organizationId: "" }, "organization-not-trusted"],
        ["variables unreadable, organisation not asked", { variables: "unreadable" }, "needs organization"],
        ["variables unreadable, own organisation", { variables: "unreadable", organizationId: OTHER_ORG }, "valid"],
        ["nothing readable", { variables: "unreadable", organizationId: "" }, "organization-not-trusted, unreadable"],
    ] as readonly (readonly [string, Lookups, string])[])("a column's: %s", (_name, lookups, expected) => {
        const told = (place: string) =>
            expected
                .replace("organization-not-trusted", `organization-not-trusted: ${place} organization-untrusted`)
                .replace(", unreadable", ", cwa_ChatOrganizations unreadable");
        expect(outcome(settled(columns(other), lookups))).toBe(told("orgUrl"));
        expect(outcome(settled(columns(otherSnippet), lookups))).toBe(told("widgetSnippet"));
    });

    test.each(["widgetAppId", "orgId", "orgUrl"] as const)("one column among the three values is enough for the check: %s", (property) => {
        expect(outcome(settled(raw(other, [property])))).toBe("needs variables+organization");
    });

    test("a column that is empty or does not count asks for no check", () => {
        expect(outcome(settled(raw(bound, ["widgetSnippet"])))).toBe("valid");
        expect(outcome(settled(raw({ widgetAppId: APP, orgUrl: HUB }, ["orgId"])))).toBe("valid");
        expect(outcome(settled(raw({ widgetSnippet: snippet(), widgetAppId: "Fabrikam", orgId: OTHER_ORG }, ["widgetAppId", "orgId", "orgUrl"])))).toBe("valid");
    });

    // Words go where the address points: beside an address that does not hold it, a trusted id proves nothing.
    describe.each([NAMED_HUB, UNIQUE_HUB])("an older address, %s", (orgUrl) => {
        const older = columns({ widgetAppId: APP, orgId: ORG, orgUrl });
        test.each([
            ["the id is listed", withVariables({ organizations: ORG }, { organizationId: ORG })],
            ["the id is the environment's own, and its snippet's", withVariables({ snippet: snippet() }, { organizationId: ORG })],
            ["another address is listed", withVariables({ organizations: orgUrl.replace("crm4", "crm5") }, { organizationId: ORG })],
            ["the start of it is listed", withVariables({ organizations: orgUrl.replace("https://", "https://x") }, { organizationId: ORG })],
        ])("is not trusted when %s", (_name, lookups) => {
            expect(outcome(settled(older, lookups))).toBe("organization-not-trusted: orgUrl organization-untrusted");
        });
        test.each([
            ["listed", withVariables({ organizations: `${OTHER_ORG} ${orgUrl.toUpperCase()}/` })],
            ["that of the environment's snippet", withVariables({ snippet: snippet({ "data-org-url": orgUrl }) })],
        ])("is trusted when it is %s", (_name, lookups) => {
            expect(outcome(settled(older, lookups))).toBe("valid");
        });
    });

    test("two addresses that hold no id are not the same for that", () => {
        const older = columns({ widgetAppId: APP, orgId: ORG, orgUrl: NAMED_HUB });
        expect(outcome(settled(older, withVariables({ organizations: NAMED_HUB.replace("contoso", "fabrikam") }, { organizationId: "" })))).toMatch(/^organization-not-trusted/);
    });

    test("everything that may be needed is asked for in one round, each thing once", () => {
        const values = columns({ widgetSnippet: snippet({ src: UNKNOWN_SCRIPT, "data-custom-font-url": "https://fonts.contoso.com/a.css" }) });
        expect(outcome(settled(values))).toBe("needs variables+organization");
        expect(outcome(settled(values, { organizationId: ORG }))).toBe("needs variables");
        expect(outcome(settled(values, withVariables({ scriptHosts: "cdn.contoso.com" })))).toBe("needs organization");
        expect(outcome(settled(values, none))).toBe("script-host-not-trusted: widgetSnippet script-host");
    });
});

describe("attributes", () => {
    const attributes = (changes: Readonly<Record<string, string>>, lookups: Lookups = none, functions: readonly string[] = []) => {
        const { widget, notes } = valid(settled(raw({ widgetSnippet: snippet(changes) }), lookups, functions));
        const { v2, "data-app-id": app, "data-org-id": org, "data-org-url": url, ...rest } = widget.attributes;
        expect([v2, app, org, url]).toEqual(["", APP, ORG, HUB]);
        return [rest, notes];
    };

    test("what is known is handed on as it is", () => {
        const known = {
            "data-lcw-version": "test",
            "data-hide-chat-button": "true",
            "data-hide-minimize-button": "",
            "data-hide-button": "true",
            "data-disable-telemetry": "true",
            "data-render-mobile": "false",
            "data-color-override": "#ed573c",
            "data-font-family-override": "Montserrat, Arial",
            "data-open-in-window": "false",
            "data-suggested-action-layout": "stacked",
            "data-enable-lcw-autofill": "true",
            "data-custom-close-button-text": "Don't go >",
            "data-enable-sso-magic-code": "true",
            "data-locale": "de-de",
        };
        expect(attributes(known)).toEqual([known, []]);
    });

    test("all else is left out", () => {
        const other = { async: "", integrity: "sha256-x", nonce: "n", crossorigin: "", type: "module", onerror: "alert(1)", onload: "alert(1)", "data-onerror": "x", "data-unknown": "x", "data-ruleset-id": "x", style: "x", __proto__x: "x", "data-custom-font": "x", "data-": "x" };
        // Strictly: an attribute without a value would reach the tag as the word "undefined".
        expect(attributes(other)).toStrictEqual([{ "data-lcw-version": "prod" }, []]);
    });

    test("a blank version is the current one", () => {
        expect(attributes({ "data-lcw-version": "" })).toEqual([{ "data-lcw-version": "prod" }, []]);
    });

    test("v1 only if the snippet says so and not v2", () => {
        const layers = (text: string) => Object.keys(valid(settled(raw({ widgetSnippet: text }))).widget.attributes).filter((name) => /^v\d/.test(name));
        expect(layers(snippet().replace("v2", "v1"))).toEqual(["v1"]);
        expect(layers(snippet().replace("v2", "v1 v2"))).toEqual(["v2"]);
        expect(layers(snippet().replace("v2", ""))).toEqual(["v2"]);
        expect(layers(snippet().replace("v2", "v3"))).toEqual(["v2"]);
    });

    const FONT = "data-custom-font-url";
    test.each(["https://oc-cdn-ocprod.azureedge.net/a.css?x=1", "https://fonts.contoso.com/a.css"])("a font from %s", (url) => {
        expect(attributes({ [FONT]: url }, withVariables({ scriptHosts: "fonts.contoso.com" }))).toEqual([{ "data-lcw-version": "prod", [FONT]: url }, []]);
    });

    test("what was checked is what the widget gets: the font's address as the parser read it", () => {
        expect(attributes({ [FONT]: "HTTPS:\\\\OC-CDN-ocprod.azureedge.net/a/../b.css" })).toEqual([{ "data-lcw-version": "prod", [FONT]: "https://oc-cdn-ocprod.azureedge.net/b.css" }, []]);
    });

    test("a font from elsewhere is asked about, then left out and told; one that can never be allowed is not asked about", () => {
        const dropped = (url: string) => [{ "data-lcw-version": "prod" }, [{ place: "widgetSnippet", problem: "font-dropped", value: url }]];
        const evil = "https://evil.com/a.css";
        expect(outcome(settled(raw({ widgetSnippet: snippet({ [FONT]: evil }) })))).toBe("needs variables");
        expect(attributes({ [FONT]: evil })).toEqual(dropped(evil));
        expect(attributes({ [FONT]: evil }, { variables: "unreadable" })).toEqual(dropped(evil));
        for (const url of ["http://oc-cdn-ocprod.azureedge.net/a.css", "javascript:alert(1)", "https://x@oc-cdn-ocprod.azureedge.net/", "https://oc-cdn-ocprod.azureedge.net:1/", "a.css"])
            expect(attributes({ [FONT]: url }, {})).toEqual(dropped(url));
        expect(attributes({ [FONT]: "https://oc-cdn-ocprod.azureedge.net.evil.com/" })).toEqual(dropped("https://oc-cdn-ocprod.azureedge.net.evil.com/"));
    });

    const CALLBACK = "data-customization-callback";
    const functions = ["style", "contoso.chat.style", "alert(1)", "[1]", "$", "a..b", "1a", "", "style ", '"x"', "{x}", "null"];
    test.each(["style", "contoso.chat.style", "$", '{"brand": {"name": "Contoso"}}', ' {"a":1}\n', "{}", "null"])("the callback %j passes", (text) => {
        expect(attributes({ [CALLBACK]: text }, none, functions)).toEqual([{ "data-lcw-version": "prod", [CALLBACK]: text }, []]);
    });

    test.each(["missing", "alert(1)", "[1]", "a..b", "1a", "style ", '"x"', "{x}", "{", "1", 'a["b"]', "a;b", ".a", "a."])("the callback %j is left out and told", (text) => {
        expect(attributes({ [CALLBACK]: text }, none, functions)).toEqual([{ "data-lcw-version": "prod" }, [{ place: "widgetSnippet", problem: "callback-dropped", value: text }]]);
    });

    const fromColumn = (changes: Readonly<Record<string, string>>) => valid(settled(columns({ widgetSnippet: snippet(changes) }), { organizationId: ORG }, ["style"]));

    test.each(["style", '{"a":1}'])("the callback %j from a column is left out and told", (text) => {
        const { widget, notes } = fromColumn({ [CALLBACK]: text });
        expect(notes).toEqual([{ place: "widgetSnippet", problem: "callback-dropped", value: text }]);
        expect(widget.attributes).not.toHaveProperty(CALLBACK);
    });

    test.each([
        ["data-lcw-version", "../../../evil?x="],
        ["data-lcw-version", ".."],
        ["data-color-override", "red; background: url(//evil.com)"],
        ["data-color-override", "rgb(0)"],
        ["data-font-family-override", "a} body {display: none"],
        ["data-locale", "de&x=1"],
        ["data-custom-close-button-text", "\\75rl"],
        ["data-hide-button", "%2e%2e"],
    ])("an option from a column that is no plain text is left out: %s %j", (name, value) => {
        expect(fromColumn({ [name]: value }).widget.attributes).toEqual(fromColumn({}).widget.attributes);
        // The maker's own word is handed on as it is.
        expect(valid(settled(raw({ widgetSnippet: snippet({ [name]: value }) }))).widget.attributes).toHaveProperty(name, value);
    });

    test.each([
        ["data-lcw-version", "test"],
        ["data-hide-chat-button", "true"],
        ["data-color-override", "#ed573c"],
        ["data-font-family-override", "'Segoe UI', Montserrat, sans-serif"],
        ["data-custom-close-button-text", "チャットを閉じる"],
        ["data-locale", "de-DE"],
        ["data-hide-minimize-button", ""],
    ])("an option from a column that is plain text is handed on: %s %j", (name, value) => {
        expect(fromColumn({ [name]: value }).widget.attributes).toHaveProperty(name, value);
    });

    test.each([
        ["the control's own column, whatever it holds", columns({ widgetAppId: "Fabrikam" })],
        ["a column with another app ID", columns({ widgetAppId: OTHER_APP })],
        ["a column with an organisation's ID beside a snippet of the maker's", raw({ widgetSnippet: snippet({ [CALLBACK]: "style", "data-color-override": "rgb(0,0,0)" }), orgId: ORG }, ["orgId"])],
    ])("trust belongs to the place where an attribute stands: %s takes nothing from it", (_name, values) => {
        const lookups = withVariables({ snippet: snippet({ [CALLBACK]: "style", "data-color-override": "rgb(0,0,0)" }) });
        const { widget, notes } = valid(settled(values, lookups, ["style"]));
        expect(notes).toEqual([]);
        expect(widget.attributes).toMatchObject({ [CALLBACK]: "style", "data-color-override": "rgb(0,0,0)" });
    });

    test("a note on the environment's snippet stands there", () => {
        expect(valid(settled(raw({ widgetAppId: OTHER_APP }), withVariables({ snippet: snippet({ [CALLBACK]: "missing" }) }))).notes).toEqual([
            { place: "cwa_ChatWidgetSnippet", problem: "callback-dropped", value: "missing" },
        ]);
    });
});

describe("the second host, which the snippet's own handler names (P)", () => {
    const SECOND = "https://ocprodocprodnamgs.blob.core.windows.net" + PATH;
    const from = (url: string): string => snippet({ onerror: `this.remove(); n.src = '${url}'` });
    const listed = withVariables({ scriptHosts: "ocprodocprodnamgs.blob.core.windows.net" });
    const secondOf = (url: string, lookups: Lookups): unknown => valid(settled(raw({ widgetSnippet: from(url) }), lookups)).widget.secondUrl;

    test("is used if an administrator has listed it, or if it is one of Microsoft's documented ones", () => {
        expect(outcome(settled(raw({ widgetSnippet: from(SECOND) })))).toBe("needs variables");
        expect(secondOf(SECOND, listed)).toBe(SECOND);
        expect(secondOf("https://oc-cdn-public.azureedge.net" + PATH, {})).toBe("https://oc-cdn-public.azureedge.net" + PATH);
        expect(valid(settled(raw(), withVariables({ snippet: from(SECOND), scriptHosts: SECOND }))).widget.secondUrl).toBe(SECOND);
    });

    test.each<[string, string, Lookups]>([
        ["not listed", SECOND, none],
        ["of which the list cannot be read", SECOND, { variables: "unreadable" }],
        ["of another name", SECOND.replace("//", "//x."), listed],
        ["with another path", SECOND + "x.js", listed],
        ["without https", SECOND.replace("https", "http"), listed],
        ["with user info", SECOND.replace("//", "//a@"), listed],
    ])("%s is left out, and the chat works without it", (_name, url, lookups) => {
        expect(secondOf(url, lookups)).toBeUndefined();
    });

    test("never comes as an attribute of the tag", () => {
        expect(JSON.stringify(valid(settled(raw({ widgetSnippet: from(SECOND) }), listed)).widget.attributes)).not.toContain("blob");
    });
});
