// Covers tools/size/members.mjs, and with it what the built control takes from the platform: a name more is a name
// more that the platform must have.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { membersOf } from "../../../tools/size/members.mjs";

const names = (bundle: string) => {
    const { react, fluent: ui } = membersOf(bundle);
    return { react: react.names, fluent: ui.names, unknown: react.unknown + ui.unknown };
};

test.each([
    [
        "by name",
        "Reactv16.useState(); FluentUIReactv940.Button",
        { react: ["useState"], fluent: ["Button"], unknown: 0 },
    ],
    [
        "by another name",
        "(()=>{const n=Reactv16,r=FluentUIReactv940;n.useState();(0,r.makeStyles)({})})()",
        { react: ["useState"], fluent: ["makeStyles"], unknown: 0 },
    ],
    [
        "by another name of another name",
        "const a=Reactv16;const b=a;b.memo",
        { react: ["memo"], fluent: [], unknown: 0 },
    ],
    ["by a text", 'const n=Reactv16;n["useRef"]', { react: ["useRef"], fluent: [], unknown: 0 }],
    [
        "though the letter stands for something else elsewhere",
        "(()=>{const n=Reactv16;n.memo;function f(n){return n.notReact}f({})})()",
        { react: ["memo"], fluent: [], unknown: 0 },
    ],
    ["twice", "const n=Reactv16;n.memo;n.memo", { react: ["memo"], fluent: [], unknown: 0 }],
    ["as a whole", "const n=Reactv16;f(n);n.memo", { react: ["memo"], fluent: [], unknown: 1 }],
    ["by a name that only run time knows", "const n=Reactv16;n[x]", { react: [], fluent: [], unknown: 1 }],
])("what is read %s is found", (_, bundle, found) => {
    expect(names(bundle)).toEqual(found);
});

describe("the built control", () => {
    const path = join(__dirname, "../../../out/controls/ChatWithAgent/bundle.js");
    if (!existsSync(path)) throw new Error("The control is not built: run npm run build.");
    const { react, fluent: ui } = membersOf(readFileSync(path, "utf8"));

    test("reads these members of React and Fluent, and no others", () => {
        expect(react).toEqual({
            names: ["Fragment", "createElement", "useLayoutEffect", "useReducer", "useRef", "useState"],
            unknown: 0,
        });
        expect(ui).toEqual({
            names: [
                "Button",
                "CounterBadge",
                "FluentProvider",
                "Link",
                "makeStyles",
                "mergeClasses",
                "tokens",
                "typographyStyles",
                "useFluent",
                "useThemeClassName",
                "webLightTheme",
            ],
            unknown: 0,
        });
    });

    test.each(["react", "react-17"])("reads only what %s has", (name) => {
        const has = Object.keys(jest.requireActual<object>(name));
        expect(react.names.filter((member) => !has.includes(member))).toEqual([]);
    });

    test("reads only what the declared Fluent has", () => {
        const types = readFileSync(
            require.resolve("@fluentui/react-components/package.json").replace(/package\.json$/, "dist/index.d.ts"),
            "utf8",
        );
        const has = [...types.matchAll(/^export \{ (\w+) \}/gm)].map(([, member]) => member);
        expect(ui.names.filter((member) => !has.includes(member))).toEqual([]);
    });
});
