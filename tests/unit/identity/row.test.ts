// Covers identity/row: which name a column is asked for under, what a refusal teaches, and what is read out of the
// answer.
import { readColumns } from "../../../ChatWithAgent/identity/row";

const FORMATTED = "@OData.Community.Display.V1.FormattedValue";

/** A table that refuses names it does not have, one at a time, as Dataverse does. */
function tableOf(row: Readonly<Record<string, unknown>>) {
    const asked: string[] = [];
    const names = new Map<string, string>();
    const retrieve = (select: string): Promise<unknown> => {
        asked.push(select);
        const wrong = select
            .slice("?$select=".length)
            .split(",")
            .find((name) => !(name in row));
        return wrong === undefined
            ? Promise.resolve(row)
            : Promise.reject(
                  Object.assign(new Error(), {
                      errorCode: 400,
                      message: `Could not find a property named '${wrong}' on type 'Microsoft.Dynamics.CRM.thing'.`,
                  }),
              );
    };
    return { asked, read: (...columns: string[]) => readColumns("thing", columns, [], names, retrieve) };
}

test.each([
    ["name", "name", { name: "Fourth Coffee" }, "Fourth Coffee"],
    ["a choice", "ratingcode", { ratingcode: 2, [`ratingcode${FORMATTED}`]: "Warm" }, "Warm"],
    ["money", "value", { value: 12.5, [`value${FORMATTED}`]: "$12.50" }, "$12.50"],
    ["a date", "closedate", { closedate: "2026-11-25", [`closedate${FORMATTED}`]: "25/11/2026" }, "25/11/2026"],
    ["a lookup", "ownerid", { _ownerid_value: "7b8f5a1e", [`_ownerid_value${FORMATTED}`]: "Kim" }, "Kim"],
    ["who made it", "createdby", { _createdby_value: "7b8f5a1e", [`_createdby_value${FORMATTED}`]: "Kim" }, "Kim"],
    ["the owner's team", "owningteam", { _owningteam_value: null }, null],
    ["a name that has id and by within", "new_ideabystander", { new_ideabystander: "x" }, "x"],
    ["a name that has owning within", "new_owningsince", { new_owningsince: "x" }, "x"],
    ["the key", "thingid", { thingid: "7b8f5a1e" }, "7b8f5a1e"],
    ["an activity's key", "activityid", { activityid: "7b8f5a1e" }, "7b8f5a1e"],
    ["a number without a text", "count", { count: 0 }, "0"],
    ["a truth value", "isvip", { isvip: false }, "false"],
    ["nothing", "name", { name: null }, null],
    [
        "a name as the Web API has it",
        "_ownerid_value",
        { _ownerid_value: "7b8f5a1e", [`_ownerid_value${FORMATTED}`]: "Kim" },
        "Kim",
    ],
])("%s is read in one call", async (_, column, row, text) => {
    const { asked, read } = tableOf(row);
    expect(await read(column)).toEqual(new Map([[column, text]]));
    expect(asked).toHaveLength(1);
});

test("what is no text is not to be had", async () => {
    expect(await tableOf({ name: { toString: () => "x" } }).read("name")).toEqual(new Map());
    expect(
        await readColumns("thing", ["name", "__proto__", "constructor"], [], new Map(), () => Promise.resolve({})),
    ).toEqual(new Map());
    for (const row of [null, undefined, 7, "text"])
        expect(await readColumns("thing", ["name"], [], new Map(), () => Promise.resolve(row))).toEqual(new Map());
});

test("a lookup that does not look like one is found at the second call, and from then on at the first", async () => {
    const { asked, read } = tableOf({
        name: "x",
        _new_region_value: "7b8f5a1e",
        [`_new_region_value${FORMATTED}`]: "North",
    });
    const found = new Map([
        ["name", "x"],
        ["new_region", "North"],
    ]);
    expect(await read("name", "new_region")).toEqual(found);
    expect(await read("name", "new_region")).toEqual(found);
    expect(asked).toEqual([
        "?$select=name,new_region",
        "?$select=name,_new_region_value",
        "?$select=name,_new_region_value",
    ]);
});

test("a column that looks like a lookup and is none is found as well", async () => {
    const { asked, read } = tableOf({ governmentid: "123" });
    expect(await read("governmentid")).toEqual(new Map([["governmentid", "123"]]));
    expect(asked).toEqual(["?$select=_governmentid_value", "?$select=governmentid"]);
});

test("a column that does not exist costs itself alone, and is not asked for again", async () => {
    const { asked, read } = tableOf({ name: "x" });
    expect(await read("name", "nmae")).toEqual(new Map([["name", "x"]]));
    expect(await read("name", "nmae")).toEqual(new Map([["name", "x"]]));
    expect(asked).toEqual(["?$select=name,nmae", "?$select=name,_nmae_value", "?$select=name", "?$select=name"]);
});

test("several lookups with names of their own, and a wrong name among them, cost no other column", async () => {
    const { asked, read } = tableOf({ name: "x", _a_value: "1", _b_value: "2", _c_value: "3" });
    const found = new Map([
        ["a", "1"],
        ["b", "2"],
        ["c", "3"],
        ["name", "x"],
    ]);
    expect(await read("a", "b", "c", "name", "nmae")).toEqual(found);
    expect(asked).toHaveLength(6);
    expect(await read("a", "b", "c", "name", "nmae")).toEqual(found);
    expect(asked).toHaveLength(7);
});

test("more wrong names than anybody writes are given up for now, and what was learnt is kept", async () => {
    const { asked, read } = tableOf({ name: "x" });
    const wrong = ["a", "b", "c", "d", "e", "f"];
    await expect(read("name", ...wrong)).rejects.toBeDefined();
    expect(asked).toHaveLength(10);
    expect(await read("name", ...wrong)).toEqual(new Map([["name", "x"]]));
    expect(asked).toHaveLength(13);
});

test("where no column is left, nothing is asked", async () => {
    const { asked, read } = tableOf({});
    expect(await read("nmae")).toEqual(new Map());
    expect(asked).toEqual(["?$select=nmae", "?$select=_nmae_value"]);
    expect(await read("nmae")).toEqual(new Map());
    expect(asked).toHaveLength(2);
});

test.each([new Error("403"), { errorCode: 1, message: 7 }, null, "name"])(
    "a failure that names no column is handed on: %p",
    async (error) => {
        const retrieve = jest.fn(() => Promise.reject(error as Error));
        await expect(readColumns("thing", ["name"], [], new Map(), retrieve)).rejects.toBe(error);
        expect(retrieve).toHaveBeenCalledTimes(1);
    },
);
