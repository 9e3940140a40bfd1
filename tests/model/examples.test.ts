// Proves that what went wrong once does not go wrong again: each life is the shortest in which it did.
import { EXAMPLES } from "./examples";
import { live } from "./life";
import { tell } from "./prove";
import { RuleBroken } from "./rules";

test.each(EXAMPLES)("%s", async (_, life) => {
    await live(life).catch(async (error: unknown) => {
        throw error instanceof RuleBroken ? new Error(await tell(life)) : error;
    });
});
