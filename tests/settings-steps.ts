// Owns the steps of the scenarios about settings and failures: naming a widget in each way, reading what is told, and catching the script's tag.
import type { Page, Route } from "@playwright/test";
import type { ColumnValue } from "../demo/host/types";
import { expect, ORG, ORG_URL, outputs } from "./fixtures";
import { control } from "./steps";

export const FOREIGN_ORG = "0e1d2c3b-4a59-4687-9706-150f2e3d4c5b";
export const FOREIGN_HOST = `m-${FOREIGN_ORG}.us.omnichannelengagementhub.com`;

/** A value that comes from a column, as bound properties on forms do. */
export const column = (value: unknown, name = "description"): ColumnValue => ({ value, column: name });

/** The three values that name a widget, typed in by the maker. */
export const typed = (widgetAppId: string, orgId = ORG, orgUrl = ORG_URL): Record<string, string> => ({ widgetAppId, orgId, orgUrl });

/** The three values that name a widget, each from a column. */
export const inColumns = (widgetAppId: string, orgId = ORG, orgUrl = ORG_URL): Record<string, ColumnValue> => ({
    widgetAppId: column(widgetAppId, "cwa_widget"),
    orgId: column(orgId, "cwa_org"),
    orgUrl: column(orgUrl, "cwa_url"),
});

export interface Told {
    readonly term: string;
    readonly description: string;
}

/** What the details of an instance say, opened with the button for them where they are not open. */
export async function details(page: Page, id: number): Promise<Told[]> {
    const within = control(page, id);
    if ((await within.locator("dl").count()) === 0) await within.getByRole("button", { name: "Details" }).click();
    const told = within.locator("dl");
    await expect(told).toBeVisible();
    return told.evaluate((list) => [...list.querySelectorAll("dt")].map((term) => ({ term: term.textContent, description: term.nextElementSibling?.textContent ?? "" })));
}

/** What is said under a term. */
export async function detail(page: Page, id: number, term: string): Promise<string | undefined> {
    return (await details(page, id)).find((told) => told.term === term)?.description;
}

/** The attributes of Microsoft's script tag as it stands in the page. */
export const tagAttributes = (page: Page): Promise<Record<string, string>> =>
    page.locator("script#Microsoft_Omnichannel_LCWidget").evaluate((tag) => Object.fromEntries([...tag.attributes].map(({ name, value }) => [name, value])));

/** The page's tables of the environment variables and of the organisation. */
export const VARIABLES = /\/api\/data\/v9\.2\/environmentvariabledefinitions/;
export const ORGANIZATIONS = /\/api\/data\/v9\.2\/organizations/;
export const USER_ROWS = /\/api\/data\/v9\.2\/systemusers/;

/** Makes a table unreadable, as for a user without the privilege; the result makes it readable again. */
export async function deny(page: Page, table: RegExp): Promise<() => Promise<void>> {
    const refuse = (at: Route): Promise<void> =>
        at.fulfill({ status: 403, contentType: "application/json", body: JSON.stringify({ error: { code: "0x80040220", message: "Principal user is missing a privilege." } }) });
    await page.route(table, refuse);
    return () => page.unroute(table, refuse);
}

/** Has Microsoft's script fail at once, for good: what counts is how it was asked for. */
export async function breakScript(page: Page): Promise<void> {
    await page.route(/\/livechatwidget\//, (at) => at.fulfill({ contentType: "text/javascript", body: 'window.dispatchEvent(new CustomEvent("lcw:error"));' }));
}

/** Lets the attempts at a script that is not reached go by, on a clock that is run. */
export async function expectGivenUp(page: Page, id: number, code = "script-unreachable"): Promise<void> {
    await expect
        .poll(
            async () => {
                await page.clock.runFor(1_000);
                return (await outputs(page, id)).errorCode;
            },
            { message: "given up", intervals: [20] },
        )
        .toBe(code);
}

/** Refuses requests to an address, as a blocker does; the result lets them through again. */
export async function block(page: Page, address: string | RegExp): Promise<() => Promise<void>> {
    const refuse = (at: Route): Promise<void> => at.abort("blockedbyclient");
    await page.route(address, refuse);
    return () => page.unroute(address, refuse);
}

/** Serves the bare page, or another one, with a content security policy, as an environment's header does. */
export async function withPolicy(page: Page, policy: string, address = "**/bare?*"): Promise<void> {
    await page.route(address, async (at) => {
        const response = await at.fetch();
        await at.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
    });
}
