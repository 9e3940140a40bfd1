// Owns `npm run pack:check`: what an import would trip over, found before anybody imports. One line for each breach,
// one for the sum.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { check } from "./pack/run.mjs";
import { places } from "./pack/sources.mjs";
import { PackError } from "./pack/xml.mjs";

try {
    const rules = await check(places(join(dirname(fileURLToPath(import.meta.url)), "..")));
    for (const { name, problems } of rules) for (const problem of problems) console.error(`${name}: ${problem}`);
    const broken = rules.filter(({ problems }) => problems.length > 0).length;
    console.log(`Packages: ${rules.length - broken} rules kept, ${broken} broken.`);
    process.exitCode = broken === 0 ? 0 : 1;
} catch (error) {
    if (!(error instanceof PackError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
}
