// Owns a font whose letters all have one width, so that a layout is the same on every machine, whatever fonts it has.

/** Units of an em. */
const EM = 1000;
/** As wide as in the platform's own font, about. */
const SPACE = 300;

const LETTER = 1;
const WIDE = 2;
const BLANK = 3;

/** Characters by their glyph: of East Asian writing, a character is an em wide. */
const RANGES: readonly (readonly [from: number, to: number, glyph: number])[] = [
    [0x20, 0x20, BLANK],
    [0x21, 0x9f, LETTER],
    [0xa0, 0xa0, BLANK],
    [0xa1, 0x10ff, LETTER],
    [0x1100, 0x11ff, WIDE],
    [0x1200, 0x2e7f, LETTER],
    // Without the Arabic presentation forms, which would be put in the place of letters.
    [0x2e80, 0xd7ff, WIDE],
    [0xf900, 0xfaff, WIDE],
    [0xff00, 0xffef, WIDE],
];

const u16 = (...values: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(values.length * 2);
    values.forEach((value, index) => bytes.writeUInt16BE(value & 0xffff, index * 2));
    return bytes;
};
const u32 = (...values: readonly number[]): Buffer => u16(...values.flatMap((value) => [value >>> 16, value]));
const text = (value: string): Buffer => Buffer.from(value, "latin1");

/** A box as high as a capital letter. */
const BOX = Buffer.concat([u16(1, 0, 0, 400, 700, 3, 0), Buffer.from([1, 1, 1, 1]), u16(0, 400, 0, -400), u16(0, 0, 700, 0), u16(0)]);

/** Many characters, one glyph: format 13. */
function characterMap(): Buffer {
    const groups = RANGES.map((range) => u32(...range));
    const table = Buffer.concat([u16(13, 0), u32(16 + 12 * groups.length, 0, groups.length), ...groups]);
    return Buffer.concat([u16(0, 1, 3, 10), u32(12), table]);
}

function metrics(): Buffer {
    const family = u16(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    const ranges = Buffer.concat([Buffer.alloc(10), u32(0, 0, 0, 0), text("NONE")]);
    return Buffer.concat([u16(4, 500, 400, 5, 0), family, ranges, u16(0x40, 0x20, 0xffef, 800, -200, 0, 800, 200), u32(1, 0), u16(500, 700, 0, 0x20, 1)]);
}

function names(): Buffer {
    const value = Buffer.from("Steady", "utf16le").swap16();
    const record = (id: number): Buffer => u16(3, 1, 0x409, id, value.length, 0);
    const ids = [1, 2, 4, 6];
    return Buffer.concat([u16(0, ids.length, 6 + 12 * ids.length), ...ids.map(record), value]);
}

/** The tables of a TrueType font; they stand in the order of their names. */
function tables(letter: number): Readonly<Record<string, Buffer>> {
    const advances = [letter, letter, EM, SPACE];
    const outlines = Buffer.concat([BOX, BOX, BOX]);
    const each = BOX.length / 2;
    return {
        "OS/2": metrics(),
        cmap: characterMap(),
        glyf: outlines,
        head: Buffer.concat([u32(0x10000, 0x10000, 0, 0x5f0f3cf5), u16(0, EM), Buffer.alloc(16), u16(0, 0, 400, 700, 0, 8, 2, 0, 0)]),
        hhea: Buffer.concat([u32(0x10000), u16(800, -200, 0, EM, 0, 0, 400, 1, 0, 0, 0, 0, 0, 0, 0, advances.length)]),
        hmtx: u16(...advances.flatMap((advance) => [advance, 0])),
        loca: u16(0, each, each * 2, each * 3, each * 3),
        maxp: Buffer.concat([u32(0x10000), u16(advances.length, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0)]),
        name: names(),
        post: Buffer.concat([u32(0x30000, 0), u16(-100, 50), u32(0, 0, 0, 0, 0)]),
    };
}

function checksum(bytes: Buffer): number {
    let sum = 0;
    for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
    return sum;
}

/** @param letter how wide a letter is, in parts of its height */
export function steadyFont(letter: number): Buffer {
    const all = Object.entries(tables(Math.round(letter * EM)));
    let offset = 12 + 16 * all.length;
    const directory: Buffer[] = [];
    const bodies: Buffer[] = [];
    for (const [tag, bytes] of all) {
        const padded = Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
        directory.push(text(tag), u32(checksum(padded), offset, bytes.length));
        bodies.push(padded);
        offset += padded.length;
    }
    return Buffer.concat([u32(0x10000), u16(all.length, 128, 3, all.length * 16 - 128), ...directory, ...bodies]);
}

/** Has everything on a page be written in such a font. */
export function steadyStyle(letter: number): string {
    const source = `url(data:font/ttf;base64,${steadyFont(letter).toString("base64")})`;
    return `@font-face { font-family: Steady; font-weight: 1 1000; src: ${source}; } * { font-family: Steady !important; }`;
}
