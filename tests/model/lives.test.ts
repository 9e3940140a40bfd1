// Proves that the rules hold in generated lives; `LIVES=1000000` takes as many from a new seed, `SEED` those of a seed.
import { prove } from "./prove";

const { LIVES, SEED } = process.env;
const count = Number(LIVES ?? 20_000);
const seed = Number(SEED ?? (LIVES ? Date.now() % 2 ** 31 : 1));

test(
    `${count} lives of seed ${seed}`,
    async () => {
        const { lives, events, broken } = await prove(count, seed);
        if (broken !== undefined) throw new Error(broken);
        process.stdout.write(`${lives} lives, ${events} events, seed ${seed}: every rule holds.\n`);
    },
    Math.max(120_000, count * 20),
);
