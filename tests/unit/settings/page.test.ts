// Covers the page's settings: what counts of the environment variable and of an address, and what is told.
import { readAddress, readPageSettings } from "../../../ChatWithAgent/settings/page";

const GUID = "27e9b8d3-60f4-4a1c-b5d2-e3f81a7c9046";

test.each([
    ["nothing", "", {}, []],
    [
        "lines",
        "startMode=automatic\r\n message = Hello = you \nrequireEmail=yes",
        { startMode: "automatic", message: "Hello = you", requireEmail: "yes" },
        [],
    ],
    [
        "words for closed hours",
        "closedMessage=Mail mailto:help@contoso.example?subject=Help",
        { closedMessage: "Mail mailto:help@contoso.example?subject=Help" },
        [],
    ],
    ["one line", "startMode=widgetButton; buttonLabel=Ask", { startMode: "widgetButton", buttonLabel: "Ask" }, []],
    [
        "names and values in any case",
        "STARTMODE=Automatic\ncontactcheck=YES",
        { startMode: "automatic", contactCheck: "yes" },
        [],
    ],
    [
        "context variables, one a line",
        "contextVariables=A={user.jobtitle}\ncontextVariables=B=2",
        { contextVariables: "A={user.jobtitle}\nB=2" },
        [],
    ],
    [
        "JSON",
        '{"startMode":"button","contextVariables":{"A":1}}',
        { startMode: "button", contextVariables: '{"A":1}' },
        [],
    ],
    ["JSON with a setting that is null", '{"message":null,"buttonLabel":"Ask"}', { buttonLabel: "Ask" }, []],
    [
        "a name that is no setting's",
        "start=automatic\nmessage=Hi",
        { message: "Hi" },
        [{ problem: "name", value: "start" }],
    ],
    ["a value that there is not", "startMode=auto", {}, [{ problem: "value", value: "startMode=auto" }]],
    ["no name at all", "automatic", {}, [{ problem: "name", value: "automatic" }]],
    ["broken JSON", "{startMode", {}, [{ problem: "name", value: "{startMode" }]],
    [
        "names of a prototype",
        '{"__proto__":{"startMode":"automatic"},"constructor":"x"}',
        {},
        [
            { problem: "name", value: "__proto__" },
            { problem: "name", value: "constructor" },
        ],
    ],
])("%s", (_name, text, settings, mistakes) => {
    expect(readPageSettings(text)).toEqual({ settings, mistakes });
});

test.each([
    ["nothing", "", { widgetSnippet: null, widgetAppId: null }],
    ["an empty parameter", "?data=%20", { widgetSnippet: null, widgetAppId: null }],
    ["an app id", `?data=%7B${GUID}%7D`, { widgetSnippet: null, widgetAppId: `{${GUID}}` }],
    [
        "attributes",
        "?userlcid=1033&data=data-app-id%3D1%3Bdata-org-id%3D2",
        { widgetSnippet: "data-app-id=1;data-org-id=2", widgetAppId: null },
    ],
    [
        "attributes that would change the widget's words and looks",
        `?data=${encodeURIComponent('<script v1 id="x" data-app-id="1" data-custom-close-button-text="Call 555" data-lcw-version=test;data-hide-chat-button=true data-org-id=2 data-customization-callback=\'{"data-app-id":3}\'></script>')}`,
        { widgetSnippet: 'data-app-id="1";data-org-id=2', widgetAppId: null },
    ],
    [
        "a text that names no widget",
        "?data=data-custom-close-button-text%3DCall%20555%20and%20tell%20us%20your%20password",
        { widgetSnippet: "data-custom-close-button-text=Call 555 a", widgetAppId: null },
    ],
    [
        "other parameters, which do not count",
        "?startMode=automatic&message=x&widgetSnippet=y",
        { widgetSnippet: null, widgetAppId: null },
    ],
])("an address with %s", (_name, search, expected) => {
    expect(readAddress(search)).toEqual(expected);
});
