// Covers page/load: a language's script is fetched from the page's own folder, and its texts are taken from its
// element.
import { createLoader } from "../../../page/load";

interface Script {
    src: string;
    texts?: unknown;
    onload?: () => void;
    onerror?: () => void;
}

/** A document that keeps its scripts. */
function createDocument() {
    const scripts: Script[] = [];
    const document = {
        createElement: (): Script => ({ src: "" }),
        head: { append: (script: Script) => void scripts.push(script) },
    };
    return { page: { document } as unknown as Window, scripts };
}

test("the texts are what the script has left at its element", async () => {
    const { page, scripts } = createDocument();
    const coming = createLoader(page)(1031);
    expect(scripts.map(({ src }) => src)).toEqual(["texts/1031.js"]);
    Object.assign(scripts[0] ?? {}, { texts: { language: "de" } });
    scripts[0]?.onload?.();
    expect(await coming).toEqual({ language: "de" });
});

test("the administrator's page has files of its own", () => {
    const { page, scripts } = createDocument();
    void createLoader(page, "setup.")(1036);
    expect(scripts.map(({ src }) => src)).toEqual(["texts/setup.1036.js"]);
});

test("a script that does not come ends the wait", async () => {
    const { page, scripts } = createDocument();
    const coming = createLoader(page)(1031);
    scripts[0]?.onerror?.();
    await expect(coming).rejects.toThrow("1031");
});
