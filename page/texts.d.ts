// Owns the type of what tools/page.mjs makes of the texts for each page: English by key, and the locale IDs of the
// languages that have a file of their own.
declare module "chat-texts" {
    const texts: {
        readonly english: Readonly<Record<string, string>>;
        readonly others: readonly number[];
    };
    export default texts;
}

declare module "setup-texts" {
    export { default } from "chat-texts";
}
