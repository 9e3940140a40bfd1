// Owns which parts of a text are addresses that may be followed; everything else stays text.

export interface TextPart {
    readonly text: string;
    /** Where the part leads; missing where it is text and nothing else. */
    readonly href?: string;
}

/** The characters of an address, brackets aside: letters up to Hebrew, no space, no mark that changes the direction. */
const CHARACTER = "[\\w\\-~/#[\\]@$&+=%.,:;!?'*\\u00c0-\\u05ff]";
/** The last one: a sentence's own signs do not belong to an address. */
const LAST = "[\\w\\-~/#[\\]@$&+=%\\u00c0-\\u05ff]";
/** Brackets belong to an address in pairs. */
const PAIR = `\\(${CHARACTER}*\\)`;

/** The addresses of a text. A number to call ends where its digits end, and is none where they go on behind a space. */
const ADDRESS = new RegExp(
    "(?<![\\w./\\\\-])" +
        `(?:(?:https://|mailto:[\\w.%+'-]+@|/main\\.aspx\\?)(?:${CHARACTER}|${PAIR})*(?:${LAST}|${PAIR})` +
        "|tel:\\+?[\\d().-]*\\d(?![\\d().-]*\\d| \\d))",
    "gi",
);

/** Whether a browser would follow it, to the host that stands there: a name before an `@` would pass for the host. */
function isSound(address: string): boolean {
    try {
        const { username, password } = new URL(address, "https://app");
        return !username && !password;
    } catch {
        return false;
    }
}

/** The text in parts, in order; joined, they are the text. */
export function linkify(text: string): readonly TextPart[] {
    const parts: TextPart[] = [];
    let end = 0;
    for (const { 0: address, index } of text.matchAll(ADDRESS)) {
        if (!isSound(address)) continue;
        parts.push({ text: text.slice(end, index) }, { text: address, href: address });
        end = index + address.length;
    }
    parts.push({ text: text.slice(end) });
    return parts.filter((part) => part.text);
}
