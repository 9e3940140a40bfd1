// Covers the guide's Power Fx formulas: balanced syntax, and no name that is not there. What they come to is Microsoft's matter.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Outputs } from "../../../ChatWithAgent/app/view";

const ROOT = join(__dirname, "../../..");
const EXAMPLES = join(ROOT, "docs/examples");
const manifest = readFileSync(join(ROOT, "ChatWithAgent/ControlManifest.Input.xml"), "utf8");
const english = readFileSync(join(ROOT, "ChatWithAgent/strings/ChatWithAgent.1033.resx"), "utf8");
const named = (tag: RegExp): string[] => [...manifest.matchAll(tag)].map(([, name = ""]) => name);

const OUTPUTS = named(/<property name="(\w+)"[^>]* usage="output"/g);
const PLACES = [...named(/<event name="(\w+)"/g), ...named(/<property name="(\w+)"[^>]* usage="(?:input|bound)"/g)];
const STATES: Readonly<Record<Outputs["chatState"], true>> = {
    idle: true, loading: true, ready: true, starting: true, "user-action": true, chatting: true, ended: true, failed: true,
    unavailable: true, conflict: true, "not-set-up": true,
};

/** Functions of Power Fx that the examples call (D). */
const FUNCTIONS = ["Coalesce", "Collect", "CountRows", "GUID", "If", "IsBlank", "JSON", "LookUp", "Notify", "Now", "Param", "Set", "Switch"];

/** What a page of the examples has: the table Cases with its columns, and the platform's own enumeration. */
const PAGE = ["Cases", "Case", "NotificationType.Error", "Or"];

const TOKEN = /\s+|\/\/[^\n]*|(?<text>"(?:[^"]|"")*")|(?<quoted>'[^']+')|(?<name>[A-Za-z]\w*(?:\.[A-Za-z]\w*)*)|(?<sign>[(){},:.&=<>+]|\d+)/y;

interface Token {
    readonly kind: string;
    readonly text: string;
}

/** The tokens of a formula; the rest as one of the kind "unknown" where something cannot be read. */
function tokensOf(formula: string): Token[] {
    const found: Token[] = [];
    TOKEN.lastIndex = 0;
    for (let end = 0; end < formula.length; end = TOKEN.lastIndex) {
        const match = TOKEN.exec(formula);
        if (!match) return [...found, { kind: "unknown", text: formula.slice(end) }];
        const groups: Readonly<Record<string, string | undefined>> = match.groups ?? {};
        for (const [kind, text] of Object.entries(groups)) if (text !== undefined) found.push({ kind, text });
    }
    return found;
}

/** What is left open or closed in vain. */
function unbalanced(tokens: readonly Token[]): string[] {
    const open: string[] = [];
    for (const { text } of tokens) {
        if (text === "(" || text === "{") open.push(text === "(" ? ")" : "}");
        else if ((text === ")" || text === "}") && open.pop() !== text) return [text];
    }
    return open;
}

/** Variables that the formulas make. */
const made = (formulas: readonly string[]): string[] => formulas.flatMap((text) => [...text.matchAll(/\b(?:Set|Collect)\((\w+),/g)].map(([, name = ""]) => name));

/** Names that are nothing: no function, output, variable, field, or part of the page. */
function unknownNames(tokens: readonly Token[], variables: readonly string[]): string[] {
    const isKnown = ({ text }: Token, index: number): boolean => {
        const next = tokens[index + 1]?.text;
        if (next === "(") return FUNCTIONS.includes(text);
        if (next === ":") return true;
        return text.startsWith("Chat.") ? OUTPUTS.includes(text.slice("Chat.".length)) : [...PAGE, ...variables].includes(text);
    };
    return tokens.flatMap((token, index) => (token.kind === "name" && !isKnown(token, index) ? [token.text] : []));
}

const files = readdirSync(EXAMPLES).filter((file) => file.endsWith(".fx"));
const formulas = files.map((file) => [file, readFileSync(join(EXAMPLES, file), "utf8")] as const);
const variables = made(formulas.map(([, text]) => text));

test.each(formulas)("%s can be read, and names only what there is", (_file, text) => {
    const tokens = tokensOf(text);
    expect(tokens.length).toBeGreaterThan(2);
    expect([tokens.filter(({ kind }) => kind === "unknown"), unbalanced(tokens), unknownNames(tokens, variables)]).toEqual([[], [], []]);
});

test.each(formulas)("%s says in its first line where it belongs, and on the control that place is there", (_file, text) => {
    const [, place = "", owner] = /^\/\/ (\w+) of (.+)\n/.exec(text) ?? [];
    expect(owner === "Chat" ? PLACES : ["Text", "Visible"]).toContain(place);
});

test.each(formulas)("%s compares states and codes that there are", (_file, text) => {
    for (const [, state = ""] of text.matchAll(/Chat\.chatState = "([^"]*)"/g)) expect(Object.keys(STATES)).toContain(state);
    for (const [, code = ""] of text.matchAll(/^ {8}"([\w-]+)",/gm)) expect(english).toContain(`name="${code}_help"`);
});

test("a mistake is seen", () => {
    const wrong = (text: string): unknown => [unbalanced(tokensOf(text)), unknownNames(tokensOf(text), [])];
    expect(wrong("If(Chat.unread > 0, 1")).toEqual([[")"], ["Chat.unread"]]);
    expect(wrong("Iff(Chat.unreadCount}")).toEqual([["}"], ["Iff"]]);
    expect(tokensOf('"open').map(({ kind }) => kind)).toEqual(["unknown"]);
});
