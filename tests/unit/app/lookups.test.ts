// Covers app/lookups: what the settings need is looked up once a page, with an answer in any case.
import { settleWith } from "../../../ChatWithAgent/app/lookups";
import type { Rules } from "../../../ChatWithAgent/app/lookups";
import type { DirectoryPort } from "../../../ChatWithAgent/chat/ports";
import { createShared } from "../../../ChatWithAgent/chat/shared";
import type { Lookup, Lookups } from "../../../ChatWithAgent/settings/types";
import { ORG, createFakeClock, flush } from "../chat/fakes";
import type { FakeClock } from "../chat/fakes";
import { variable } from "./fakes";

/** Rules that want so much and then answer, and write down what they were given. */
function rulesThatNeed(...steps: Lookup[][]): Rules & { readonly given: Lookups[] } {
    const given: Lookups[] = [];
    const rules: Rules = (lookups) => {
        given.push(lookups);
        const lookupsNeeded = steps[given.length - 1];
        return lookupsNeeded ? { kind: "needs", lookups: lookupsNeeded } : { kind: "refused", code: "settings-missing", issues: [] };
    };
    return Object.assign(rules, { given });
}

let clock: FakeClock;
let asked: string[];
let answers: Record<string, () => Promise<readonly unknown[]>>;
const directory: DirectoryPort = {
    userId: "",
    retrieveRow: () => Promise.reject(new Error("not asked for")),
    retrieveRows(table, query) {
        asked.push(`${table}${query}`);
        return answers[table]?.() ?? Promise.reject(new Error("404"));
    },
};
const VARIABLES = "environmentvariabledefinition";

beforeEach(() => {
    clock = createFakeClock();
    asked = [];
    answers = {
        [VARIABLES]: () => Promise.resolve([variable("cwa_ChatWidgetSnippet", "snippet")]),
        organization: () => Promise.resolve([{ organizationid: ORG.toUpperCase() }]),
    };
});

test("rules that need nothing cost nothing", async () => {
    const rules = rulesThatNeed();
    expect(await settleWith(rules, directory, createShared(), clock)).toEqual({ kind: "refused", code: "settings-missing", issues: [] });
    expect(rules.given).toEqual([{}]);
    expect(asked).toEqual([]);
    expect(clock.running).toBe(0);
});

test("what is needed together is asked for together, and handed over with what was known", async () => {
    const rules = rulesThatNeed(["variables", "organization"]);
    const settled = settleWith(rules, directory, createShared(), clock);
    await Promise.resolve();
    expect(asked.map((query) => query.split("?")[0])).toEqual([VARIABLES, "organization"]);
    await settled;
    expect(rules.given[1]).toEqual({ variables: { snippet: "snippet" }, organizationId: ORG });
    expect(clock.running).toBe(0);
});

test("what is needed one after the other adds up", async () => {
    const rules = rulesThatNeed(["variables"], ["organization"]);
    await settleWith(rules, directory, createShared(), clock);
    expect(rules.given).toEqual([{}, { variables: { snippet: "snippet" } }, { variables: { snippet: "snippet" }, organizationId: ORG }]);
});

test("all on the page share the answers", async () => {
    const calls = createShared<unknown>();
    await Promise.all([settleWith(rulesThatNeed(["variables"]), directory, calls, clock), settleWith(rulesThatNeed(["variables"]), directory, calls, clock)]);
    await settleWith(rulesThatNeed(["variables"]), directory, calls, clock);
    expect(asked).toHaveLength(1);
});

describe("what cannot be read", () => {
    test("is said to be so, and asked for again the next time", async () => {
        const calls = createShared<unknown>();
        answers = {};
        const rules = rulesThatNeed(["variables", "organization"]);
        await settleWith(rules, directory, calls, clock);
        expect(rules.given[1]).toEqual({ variables: "unreadable", organizationId: "" });
        expect(clock.running).toBe(0);
        answers = { [VARIABLES]: () => Promise.resolve([]) };
        const again = rulesThatNeed(["variables"]);
        await settleWith(again, directory, calls, clock);
        expect(again.given[1]).toEqual({ variables: {} });
    });

    test("after 30 s is not waited for any longer", async () => {
        answers = { [VARIABLES]: () => new Promise(() => undefined) };
        const rules = rulesThatNeed(["variables"]);
        const settled = jest.fn();
        void settleWith(rules, directory, createShared(), clock).then(settled);
        await clock.advance(29_999);
        expect(settled).not.toHaveBeenCalled();
        await clock.advance(1);
        await flush();
        expect(settled).toHaveBeenCalledTimes(1);
        expect(rules.given[1]).toEqual({ variables: "unreadable" });
    });

    test.each([[[]], [[{}]], [[{ organizationid: "contoso" }]], [[null]]])("an organisation's row %j is none", async (rows) => {
        answers["organization"] = () => Promise.resolve(rows);
        const rules = rulesThatNeed(["organization"]);
        await settleWith(rules, directory, createShared(), clock);
        expect(rules.given[1]).toEqual({ organizationId: "" });
    });
});
