// The expected hosts are written out here on purpose, so that the compact table of the product is checked against the
// documented list.
import {
    bootstrapScript,
    engagementHub,
    isScriptHost,
    isScriptUrl,
    parseHostList,
    scriptUrl,
} from "../../../ChatWithAgent/settings/hosts";
import { HUB, NAMED_HUB, ORG, PATH, SCRIPT, UNIQUE_HUB } from "./samples";

const HOST_OF_GEO = {
    us: "oc-cdn-ocprod.azureedge.net",
    br: "oc-cdn-public-sam.azureedge.net",
    ca: "oc-cdn-public.azureedge.net",
    eu: "oc-cdn-public-eur.azureedge.net",
    as: "oc-cdn-public-apj.azureedge.net",
    au: "oc-cdn-public-oce.azureedge.net",
    jp: "oc-cdn-public-jpn.azureedge.net",
    in: "oc-cdn-public-ind.azureedge.net",
    uk: "oc-cdn-public-gbr.azureedge.net",
    fr: "oc-cdn-public-fra.azureedge.net",
    ae: "oc-cdn-ocuae-uae.azureedge.net",
    de: "oc-cdn-public-ger.azureedge.net",
    ch: "oc-cdn-public-che.azureedge.net",
    gov: "ocprodocprodnamgs.blob.core.usgovcloudapi.net",
};
const SCRIPT_HOSTS = [...Object.values(HOST_OF_GEO), "oc-cdn-ocfra-fra.azureedge.net"];

describe("script hosts", () => {
    test.each(Object.entries(HOST_OF_GEO))("%s is served from %s (D)", (geo, host) => {
        expect(bootstrapScript(geo)).toBe(`https://${host}${PATH}`);
    });

    test.each(["za", "no", "sg", "kr", "se", "", "xx", "constructor", "__proto__"])(
        "no host is known for %j",
        (geo) => {
            expect(bootstrapScript(geo)).toBeFalsy();
        },
    );

    test.each(SCRIPT_HOSTS)("%s is allowed", (host) => {
        expect(scriptUrl(`https://${host}${PATH}`, [])).toBe(`https://${host}${PATH}`);
    });

    // Names that can be let go and taken by anybody, suffixes that anybody can register under, and the table's gaps.
    test.each([
        "ocprodocprodnamgs.blob.core.windows.net",
        "ocprodpublicocegs.blob.core.windows.net",
        "ocprodocuaeuaegs.blob.core.windows.net",
        "oc-cdn-evil.azureedge.net",
        "oc-cdn-undefined.azureedge.net",
        "oc-cdn-.azureedge.net",
        "azureedge.net",
        "x.oc-cdn-ocprod.azureedge.net",
        "",
        "undefined",
    ])("%j is not", (host) => {
        expect(isScriptHost(host, [])).toBe(false);
    });
});

describe("scriptUrl", () => {
    test.each([
        [SCRIPT, SCRIPT],
        [` ${SCRIPT}\n`, SCRIPT],
        [SCRIPT.replace("https", "HTTPS").replace("oc-cdn", "OC-CDN"), SCRIPT],
        [SCRIPT.replace("/live", ":443/live"), SCRIPT],
        [SCRIPT + "?v=3&x=a%20b", SCRIPT + "?v=3&x=a%20b"],
        [SCRIPT + "#", SCRIPT],
        // The parser has folded it into the known path, and the folded address is what comes out.
        [SCRIPT.replace("/scripts", "/x/../scripts"), SCRIPT],
        [SCRIPT.replace("/livechatwidget", "/x/%2e%2E/livechatwidget"), SCRIPT],
        [
            SCRIPT.replace("/scripts/LiveChat", "/v3/scripts/NextGenLiveChat"),
            SCRIPT.replace("/scripts/LiveChat", "/v3/scripts/NextGenLiveChat"),
        ],
        [SCRIPT.replace("/scripts", "/v12/scripts"), SCRIPT.replace("/scripts", "/v12/scripts")],
    ])("%j may be loaded", (text, url) => {
        expect(scriptUrl(text, [])).toBe(url);
    });

    const host = (name: string) => SCRIPT.replace("oc-cdn-public-eur.azureedge.net", name);
    test.each([
        ["", "not-a-url"],
        ["javascript:alert(1)", "not-a-url"],
        ["JavaScript:alert(1)//oc-cdn-ocprod.azureedge.net" + PATH, "not-a-url"],
        ["data:text/javascript,alert(1)", "not-a-url"],
        ["blob:" + SCRIPT, "not-a-url"],
        [SCRIPT.replace("https", "http"), "not-a-url"],
        [SCRIPT.replace("https:", ""), "not-a-url"],
        [PATH, "not-a-url"],
        [SCRIPT.replace("//", "//user@"), "not-a-url"],
        [SCRIPT.replace("//", "//user:secret@"), "not-a-url"],
        [SCRIPT.replace("//", "//:secret@"), "not-a-url"],
        [SCRIPT.replace("/live", ":8443/live"), "not-a-url"],
        [SCRIPT.replace("/live", ":80/live"), "not-a-url"],
        [host("oc-cdn-public-eur.azureedge.net.evil.com"), "script-host"],
        [host("evil-oc-cdn-public-eur.azureedge.net"), "script-host"],
        [host("oc-cdn-public-eur.azureedge.net."), "script-host"],
        [host("oc-cdn-public-eur.azureedge.net%2eevil.com"), "script-host"],
        [host("evil.com\\oc-cdn-public-eur.azureedge.net"), "script-host"],
        [host("evil.com#oc-cdn-public-eur.azureedge.net"), "script-host"],
        [host("evil.com?oc-cdn-public-eur.azureedge.net"), "script-host"],
        [host("oc-cdn-publiс-eur.azureedge.net"), "script-host"], // a Cyrillic letter
        [host("ocprodocprodnamgs.blob.core.windows.net"), "script-host"],
        [host("127.0.0.1"), "script-host"],
        [SCRIPT + "x", "script-path"],
        [SCRIPT + "/", "script-path"],
        [SCRIPT + "#x", "script-path"],
        [SCRIPT.replace("/livechatwidget", "/x/livechatwidget"), "script-path"],
        [SCRIPT.replace("/scripts/", "/scripts/../../other/"), "script-path"],
        [SCRIPT.replace("/scripts/", "/scripts%2f"), "script-path"],
        [SCRIPT.replace("/scripts/", "/%2e%2e/scripts/"), "script-path"],
        [SCRIPT.replace("/scripts/", "//scripts/"), "script-path"],
        [SCRIPT.replace("/scripts/", "/v/scripts/"), "script-path"],
        [SCRIPT.replace("/scripts/", "/v3x/scripts/"), "script-path"],
        [SCRIPT.replace("/scripts/", "/scripts/NextGen"), "script-path"],
        [SCRIPT.toUpperCase(), "script-path"],
        ["https://oc-cdn-public-eur.azureedge.net/?" + PATH, "script-path"],
        ["https://oc-cdn-public-eur.azureedge.net", "script-path"],
    ])("%j is refused: %s", (text, problem) => {
        const checked = scriptUrl(text, []);
        expect(checked).toBe(problem);
        expect(isScriptUrl(checked)).toBe(false);
    });

    test("an administrator's host is allowed, exactly", () => {
        expect(scriptUrl(host("cdn.contoso.com"), ["cdn.contoso.com"])).toBe(host("cdn.contoso.com"));
        expect(scriptUrl(host("x.cdn.contoso.com"), ["cdn.contoso.com"])).toBe("script-host");
        expect(scriptUrl(host("CDN.contoso.com"), ["cdn.contoso.com"])).toBe(host("cdn.contoso.com"));
    });
});

test.each([
    ["", []],
    ["none", []],
    ["NONE", []],
    ["a.example b.example", ["a.example", "b.example"]],
    ["a.example,b.example; c.example\r\nd.example\t", ["a.example", "b.example", "c.example", "d.example"]],
    ["https://a.example/livechatwidget/x.js HTTPS://B.example", ["a.example", "b.example"]],
    ["a.example/path https://b.example?x https://c.example#x", ["a.example", "b.example", "c.example"]],
    ["*.azureedge.net https://*.example *", []],
    ["http://a.example ftp://a.example //a.example javascript:alert(1)", []],
    ["https://user@a.example https://a.example:8443 a.example:443", []],
    ["localhost .example a.example. a..example a_b.example", []],
])("the host list %j holds %j", (text, hosts) => {
    expect(parseHostList(text)).toEqual(hosts);
});

describe("engagementHub", () => {
    const gcc = `https://m-${ORG}.gov.omnichannelengagementhub.us`;
    test.each([
        [HUB, { origin: HUB, geo: "eu", id: ORG }],
        [HUB.replace("https://", ""), { origin: HUB, geo: "eu", id: ORG }],
        [HUB + "/", { origin: HUB, geo: "eu", id: ORG }],
        [HUB + "/livechatconnector/v2?x=1#y", { origin: HUB, geo: "eu", id: ORG }],
        [` ${HUB.toUpperCase()}\n`, { origin: HUB, geo: "eu", id: ORG }],
        [`\u200B${HUB.replace("//", "//\n")} \u200B`, { origin: HUB, geo: "eu", id: ORG }],
        [HUB + ":443", { origin: HUB, geo: "eu", id: ORG }],
        [HUB.replace(".eu.", ".za."), { origin: HUB.replace(".eu.", ".za."), geo: "za", id: ORG }],
        [gcc, { origin: gcc, geo: "gov", id: ORG }],
        [NAMED_HUB, { origin: NAMED_HUB, geo: "eu", id: "" }],
        [UNIQUE_HUB, { origin: UNIQUE_HUB, geo: "eu", id: "26763d6ad8e44f3db82dd7ec27740" }],
        [
            "https://my-org-crm.omnichannelengagementhub.com",
            { origin: "https://my-org-crm.omnichannelengagementhub.com", geo: "us", id: "" },
        ],
        [
            "contoso-crm9.omnichannelengagementhub.us",
            { origin: "https://contoso-crm9.omnichannelengagementhub.us", geo: "gov", id: "" },
        ],
    ])("%j is read", (text, hub) => {
        expect(engagementHub(text)).toEqual(hub);
    });

    const GEO_OF_CRM = {
        "": "us",
        2: "br",
        3: "ca",
        4: "eu",
        5: "as",
        6: "au",
        7: "jp",
        8: "in",
        9: "gov",
        11: "uk",
        12: "fr",
        14: "za",
        15: "ae",
        16: "de",
        17: "ch",
        19: "no",
        20: "sg",
        21: "kr",
        22: "se",
    };
    test.each(Object.entries({ ...GEO_OF_CRM, 10: "", 13: "", 18: "", 23: "" }))(
        "crm%s is the region %j (D)",
        (number, geo) => {
            expect(engagementHub(`https://contoso-crm${number}.omnichannelengagementhub.com`)).toMatchObject({ geo });
        },
    );

    test.each([
        ["", "not-a-url"],
        [HUB.replace("https", "http"), "not-a-url"],
        [HUB.replace("//", "//user@"), "not-a-url"],
        [HUB.replace("//", "//user:secret@"), "not-a-url"],
        [HUB + ":8443", "not-a-url"],
        ["javascript:alert(1)", "not-a-url"],
        ["javascript://" + HUB, "not-a-url"],
        ["https://", "not-a-url"],
        [HUB + ".evil.com", "not-an-engagement-hub"],
        [HUB + "@evil.com", "not-a-url"],
        ["https://evil.com/" + HUB, "not-an-engagement-hub"],
        ["https://evil.com\\" + HUB, "not-an-engagement-hub"],
        [HUB.replace("omnichannelengagementhub", "evil-omnichannelengagementhub"), "not-an-engagement-hub"],
        [HUB.replace("https://", "https://x."), "not-an-engagement-hub"],
        [HUB.replace(".eu.", ".eu.x."), "not-an-engagement-hub"],
        [HUB.replace(".eu.", "."), "not-an-engagement-hub"],
        [HUB.replace("engagementhub.com", "engagementhub.us"), "not-an-engagement-hub"],
        [HUB.replace("engagementhub.com", "engagementhub.net"), "not-an-engagement-hub"],
        [HUB.replace(".omni", "xomni"), "not-an-engagement-hub"],
        [HUB.replace(".omni", "-omni"), "not-an-engagement-hub"],
        [NAMED_HUB.replace(".omni", "xomni"), "not-an-engagement-hub"],
        [HUB.replace("hub.com", "hub-com"), "not-an-engagement-hub"],
        [HUB + ".", "not-an-engagement-hub"],
        [HUB.replace(ORG, ORG.slice(1)), "not-an-engagement-hub"],
        ["https://omnichannelengagementhub.com", "not-an-engagement-hub"],
        ["https://contoso.omnichannelengagementhub.com", "not-an-engagement-hub"],
        ["https://-crm4.omnichannelengagementhub.org", "not-an-engagement-hub"],
        ["https://contoso-crm04.omnichannelengagementhub.com", "not-an-engagement-hub"],
        ["https://contoso-crm4.omnichannelengagementhub.us", "not-an-engagement-hub"],
        ["https://evil.contoso-crm4.omnichannelengagementhub.com", "not-an-engagement-hub"],
        ["https://contoso.crm4.dynamics.com", "not-an-engagement-hub"],
        ["https://contoso.api.crm.dynamics.com/", "not-an-engagement-hub"],
    ])("%j is refused: %s", (text, problem) => {
        expect(engagementHub(text)).toBe(problem);
    });
});
