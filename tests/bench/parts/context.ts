// Owns the sixth part: how many first conversations carry the user's address, whatever is late and whenever the user
// presses.
import { availableParallelism } from "node:os";
import { USER } from "../hosts";
import type { Delays, Stack, Visit } from "../stack";
import { randomFrom, shareInterval } from "../stats";
import { percent, short } from "../table";
import type { PartResult, Run } from "../part";

/**
 * The longest delays, in milliseconds; each is drawn evenly from 0 on, for each run anew and for all subjects of the
 * run alike.
 */
const LONGEST = { email: 4_500, script: 1_000, pause: 1_000 };

/** A quick run begins no further one after this time. */
const QUICK_MILLISECONDS = 20_000;

interface Draw extends Required<Delays> {
    /** How long the user hesitates when there is something to press. */
    readonly pause: number;
}

type Subject = (visit: Visit, draw: Draw) => Promise<void>;

const SUBJECTS: Readonly<Record<string, Subject>> = {
    control: async (visit, { pause }) => {
        await visit.page.evaluate(() => void window.demoHost.mount());
        await visit.page.waitForTimeout(pause);
        await visit.press();
    },
    "original page": async (visit, { pause }) => {
        await visit.page.evaluate(() => window.bench.go("original"));
        const button = visit.widget.locator("#oc-lcw-chat-button");
        await button.waitFor({ state: "visible" });
        await visit.page.waitForTimeout(pause);
        await button.click();
    },
    "provider, then start": async (visit) => {
        await visit.page.evaluate(() => window.bench.go("provider-then-start"));
    },
};

type Outcome = "with Email" | "without" | "no conversation";

/** So long a conversation is waited for, in milliseconds. */
const PATIENCE = 40_000;

async function firstConversation(stack: Stack, subject: Subject, draw: Draw): Promise<Outcome> {
    return stack.visit(draw, async (visit) => {
        await subject(visit, draw);
        for (const begun = Date.now(); Date.now() - begun < PATIENCE; await visit.page.waitForTimeout(100)) {
            const [first] = await stack.conversations();
            if (first) return first.customContextData?.["Email"]?.value === USER.email ? "with Email" : "without";
        }
        return "no conversation";
    });
}

export async function measureContext(run: Run): Promise<PartResult> {
    const random = randomFrom(2_026);
    const draws = Array.from({ length: run.conversations }, (): Draw => ({
        email: Math.round(random() * LONGEST.email),
        script: Math.round(random() * LONGEST.script),
        pause: Math.round(random() * LONGEST.pause),
    }));
    const begun = Date.now();
    const names = Object.keys(SUBJECTS);
    const outcomes: Record<string, Outcome[]> = Object.fromEntries(names.map((name) => [name, []]));

    // Nothing is timed here, so some go side by side, each with a contact centre and a browser of its own: one more
    // than there are processors, because a visit waits for its delays, too.
    const waiting = draws.entries();
    const lane = async (stack: Stack): Promise<void> => {
        for (const [index, draw] of waiting) {
            if (run.quick && index > 0 && Date.now() - begun > QUICK_MILLISECONDS) break;
            for (let turn = 0; turn < names.length; turn++) {
                const name = names[(turn + index) % names.length] ?? "";
                const subject = SUBJECTS[name];
                if (!subject) continue;
                const outcome = await firstConversation(stack, subject, draw);
                const list = outcomes[name];
                if (list) list[index] = outcome;
            }
            if ((index + 1) % 10 === 0)
                run.say(`  ${index + 1} of ${draws.length}, ${((Date.now() - begun) / 1_000).toFixed(0)} s`);
        }
    };
    await Promise.all([
        lane(run.stack),
        ...(run.quick ? [] : Array.from({ length: availableParallelism() }, () => run.another().then(lane))),
    ]);

    const shares = names.map((name) => {
        const list = outcomes[name] ?? [];
        const count = (outcome: Outcome): number => list.filter((one) => one === outcome).length;
        const hits = count("with Email");
        return {
            name,
            hits,
            without: count("without"),
            none: count("no conversation"),
            tries: list.length,
            share: hits / Math.max(1, hits + count("without")),
            ...shareInterval(hits, hits + count("without")),
        };
    });
    const ours = shares[0];
    return {
        title: "The right context on the first conversation",
        note: `${ours?.tries ?? 0} runs of each subject with the same delays, drawn evenly: the address up to ${LONGEST.email} ms, the script up to ${LONGEST.script} ms, the user's hesitation before the press up to ${LONGEST.pause} ms. The control waits for an address for 5 s at most, and goes on without one after that (a notice says so): that case is not drawn, and is tested in \`npm test\`. Read from the conversation at the contact centre. The shares of the others depend on the delays and on how fast the computer is. ${short((Date.now() - begun) / 60_000)} minutes.`,
        tables: [
            {
                caption: "First conversations that carry Email.",
                columns: [
                    "Subject",
                    "With Email",
                    "Without",
                    "No conversation",
                    "Runs",
                    "Share of conversations with Email",
                    "95 %",
                ],
                rows: shares.map(({ name, hits, without, none, tries, share, from, to }) => [
                    name,
                    String(hits),
                    String(without),
                    String(none),
                    String(tries),
                    percent(share),
                    `${percent(from)}–${percent(to)}`,
                ]),
            },
        ],
        goals: [
            {
                text: "Every first conversation of the control carries Email",
                figure: `${ours?.hits ?? 0} of ${ours?.tries ?? 0}`,
                isMet: ours !== undefined && ours.hits === ours.tries,
            },
        ],
        bars: shares.map(({ name, share, from, to }) => ({
            group: "First conversations that carry Email, all = 1",
            label: name,
            median: share,
            low: from,
            high: to,
        })),
        samples: outcomes,
    };
}
