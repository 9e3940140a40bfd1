// What the agent sees of a chat: the linked contact, every variable, and a link that opens the record.
import { expect, mount, test, USERS } from "./fixtures";
import { action } from "../steps";

const DEAL = { id: "0bb00001-2222-4b4b-9c9c-000000000001", name: "40 espresso machines for the west coast" };

test("contact, variables and record come to the agent's console, however slow the lookups are", async ({ page, open, centre }) => {
    await open();
    const properties = { contextVariables: "Title={user.jobtitle}\nRevenue={record.estimatedvalue}", shareRecord: "yes" };
    const id = await mount(page, { record: { table: "opportunity", ...DEAL }, properties, webApiDelay: 1_000 });
    await action(page, id).click();
    const conversation = await centre.latest();
    expect(conversation.customContextData).toMatchObject({
        Email: { value: USERS.alex.email, isDisplayable: true },
        Title: { value: "Account Executive", isDisplayable: true },
        Revenue: { value: "$186,500.00", isDisplayable: true },
        RecordName: { value: DEAL.name, isDisplayable: true },
    });
    expect(conversation.contact?.name).toBe(USERS.alex.name);

    const agent = await page.context().newPage();
    await agent.goto(new URL("/agent", page.url()).href);
    await agent.getByRole("button", { name: /Alex Wilber/ }).first().click();
    await expect(agent.getByText("$186,500.00")).toBeVisible();
    expect(await agent.getByRole("link", { name: /main\.aspx/ }).getAttribute("href")).toContain(`etn=opportunity&id=${DEAL.id}`);
});
