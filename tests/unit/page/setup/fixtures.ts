// Owns what the tests of the administrator's page share: its parts on the demo's Dataverse, over a real wire, with
// waits that take no time and are written down.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createDataverse } from "../../../../demo/dataverse/service";
import { createWebApi, ROOT } from "../../../../ChatWithAgent/host/web/web-api";
import type { Ask, WebApi } from "../../../../ChatWithAgent/host/web/web-api";
import type { User } from "../../../../page/setup/directory";
import { createService } from "../../../../page/setup/service";
import type { Service } from "../../../../page/setup/service";
import { createWalk } from "../../../../page/setup/walk";
import type { Walk } from "../../../../page/setup/walk";

export const user = (number: number, more: Partial<User> = {}): User => ({
    id: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
    name: `First${number} Last${number}`,
    firstName: `First${number}`,
    lastName: `Last${number}`,
    address: `user${number}@contoso.example`,
    ...more,
});

export interface Administrator {
    readonly service: Service;
    readonly walk: Walk;
    readonly api: WebApi;
    /** Milliseconds of every wait. */
    readonly waits: number[];
    /** Method and path of every request. */
    readonly asked: string[];
    readonly now: () => number;
    /** Lets time pass. */
    readonly pass: (milliseconds: number) => void;
}

export interface Centre {
    readonly administrator: (change?: (path: string, ask: Ask | undefined) => Promise<void>) => Administrator;
    /** How many contacts there are with an address, or with an id. */
    readonly contacts: (
        filter: string,
    ) => Promise<{ readonly contactid: string; readonly emailaddress1: string; readonly fullname: string }[]>;
    readonly fault: (fault: object) => Promise<void>;
    readonly mend: () => Promise<void>;
    readonly depth: (depth: string) => Promise<void>;
    readonly staff: (count: number) => Promise<void>;
    readonly close: () => Promise<void>;
}

/** Starts a Dataverse of its own, with 2,000 users. */
export async function startCentre(): Promise<Centre> {
    const state = { contacts: [] };
    const dataverse = createDataverse(state);
    const server = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
        if (!dataverse.handle(request, response)) response.writeHead(404).end();
    });
    await new Promise<void>((started) => server.listen(0, "127.0.0.1", started));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const send = async (path: string, method: string, body?: unknown): Promise<void> => {
        const answer = await fetch(origin + path, {
            method,
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        if (!answer.ok) throw new Error(await answer.text());
    };
    return {
        administrator(change) {
            const waits: number[] = [];
            let time = 0;
            const asked: string[] = [];
            const page = {
                AbortController,
                setTimeout,
                clearTimeout,
                fetch: (path: string, init: RequestInit) => fetch(origin + path, init),
            } as unknown as Window & typeof globalThis;
            const api = createWebApi(page);
            const service = createService({
                async ask(path, ask) {
                    asked.push(`${ask?.method ?? "GET"} ${path}`);
                    await change?.(path, ask);
                    return api.ask(path, ask);
                },
                now: () => time,
                // The clock moves when the wait is over, and meanwhile others come to wait as well.
                wait: (milliseconds) => {
                    waits.push(milliseconds);
                    const until = time + milliseconds;
                    return new Promise((resolve) =>
                        setTimeout(() => {
                            time = Math.max(time, until);
                            resolve();
                        }, 20),
                    );
                },
                online: () => Promise.resolve(),
            });
            return {
                service,
                walk: createWalk(service, origin + ROOT),
                api,
                waits,
                asked,
                now: () => time,
                pass: (milliseconds) => {
                    time += milliseconds;
                },
            };
        },
        async contacts(filter) {
            const answer = await fetch(
                `${origin}${ROOT}contacts?$select=fullname,emailaddress1&$filter=${encodeURIComponent(filter)}`,
            );
            return (
                (await answer.json()) as { value: { contactid: string; emailaddress1: string; fullname: string }[] }
            ).value;
        },
        fault: (fault) => send("/demo/faults", "POST", fault),
        mend: () => send("/demo/faults", "DELETE"),
        depth: (depth) => send("/demo/depth", "PUT", depth),
        staff: (count) => send("/demo/staff", "PUT", count),
        async close() {
            server.closeAllConnections();
            await new Promise<void>((closed) => server.close(() => closed()));
        },
    };
}
