// Covers page/load: a language's script is fetched from the page's own folder, as a strict policy lets it, and its texts are taken from its element.
import { createLoader } from "../../../page/load";

interface Script {
    src: string;
    texts?: unknown;
    onload?: () => void;
    onerror?: () => void;
}

/** A document that keeps its scripts, and what the page's policy says of addresses. */
function pageWith(change: { readonly trustedTypes?: object; readonly refuses?: boolean } = {}) {
    const scripts: Script[] = [];
    const document = {
        createElement: (): Script => {
            const script = { src: "" };
            if (!change.refuses) return script;
            return Object.defineProperty(script, "src", {
                set: (url: unknown) => {
                    if (typeof url === "string") throw new TypeError("This document requires 'TrustedScriptURL' assignment.");
                },
            });
        },
        head: { append: (script: Script) => void scripts.push(script) },
    };
    return { page: { document, ...change } as unknown as Window, scripts };
}

test("the texts are what the script has left at its element", async () => {
    const { page, scripts } = pageWith();
    const coming = createLoader(page)(1031);
    expect(scripts.map(({ src }) => src)).toEqual(["texts/1031.js"]);
    Object.assign(scripts[0] ?? {}, { texts: { language: "de" } });
    scripts[0]?.onload?.();
    expect(await coming).toEqual({ language: "de" });
});

test("a script that does not come, or is refused, ends the wait", async () => {
    const { page, scripts } = pageWith();
    const coming = createLoader(page)(1031);
    scripts[0]?.onerror?.();
    await expect(coming).rejects.toThrow("1031");
});

describe("where the page asks for trusted addresses", () => {
    test("the script's is one, by a policy that an administrator can name, made once", () => {
        const names: string[] = [];
        const trustedTypes = {
            createPolicy(name: string, rules: { createScriptURL: (url: string) => string }) {
                names.push(name);
                return { createScriptURL: (url: string) => ({ trusted: rules.createScriptURL(url) }) };
            },
        };
        const { page, scripts } = pageWith({ trustedTypes });
        const load = createLoader(page);
        void load(1031);
        void load(1036);
        expect(names).toEqual(["InternalChat.ChatWithAgent.texts"]);
        expect(scripts.map(({ src }) => src)).toEqual([{ trusted: "texts/1031.js" }, { trusted: "texts/1036.js" }]);
    });

    test("a page that lets no such policy be made gets no texts, and no error of ours", async () => {
        const trustedTypes = {
            createPolicy(): never {
                throw new TypeError("Policy disallowed.");
            },
        };
        const { page, scripts } = pageWith({ trustedTypes, refuses: true });
        await expect(createLoader(page)(1031)).rejects.toThrow("TrustedScriptURL");
        expect(scripts).toEqual([]);
    });
});
