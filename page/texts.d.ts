// Owns the type of what tools/page.mjs makes of strings/: every language's texts, by locale ID.
declare module "chat-texts" {
    const texts: Readonly<Record<number, Readonly<Record<string, string>>>>;
    export default texts;
}
