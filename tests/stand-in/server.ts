// Owns the server part of the stand-in: script host and organization's host over TLS, with faults that each test sets.
import { buildSync } from "esbuild";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { join } from "node:path";
import { createCertificate } from "../certificate";
import { sendEmptyPage } from "../empty-page";
import { configuration } from "./configuration";
import { DEFAULT_SETTINGS } from "./types";
import type { Settings } from "./types";

export type Kind = "script" | "frame" | "config";

/** What goes wrong with a kind of request. */
export interface Fault {
    readonly kind: Kind;
    /** The connection ends without an answer, as behind a blocker. */
    readonly blocked?: boolean;
    /** The answer never comes. */
    readonly hang?: boolean;
    readonly delayMs?: number;
    readonly status?: number;
    /** In place of the real answer. */
    readonly body?: string;
    /** Content type of `body`. */
    readonly type?: string;
    readonly headers?: Readonly<Record<string, string>>;
    /** So many requests meet it; all when it is left out. */
    readonly times?: number;
}

export interface Request {
    readonly kind: Kind | "other";
    readonly host: string;
    readonly path: string;
}

const bundle = (entry: string): string => {
    const built = buildSync({ entryPoints: [entry], bundle: true, write: false, format: "iife", target: "es2022", logLevel: "error" });
    return built.outputFiles[0]?.text ?? "";
};

function kindOf(path: string): Kind | undefined {
    if (/^\/livechatwidget\/.*Bootstrapper\.js$/.test(path)) return "script";
    if (path.startsWith("/livechatwidget/")) return path.endsWith("/chatv2.html") ? "frame" : undefined;
    return path.startsWith("/livechatconnector/config/") ? "config" : undefined;
}

export interface StandInServer {
    readonly port: number;
    readonly fingerprint: string;
    /** Hosts that are answered; connections for all others are ended. */
    readonly hosts: Set<string>;
    /** What has come over the wire since the last reset, in order. */
    readonly requests: Request[];
    addFault(fault: Fault): void;
    /** Faults for later requests; what hangs already goes on hanging. */
    clearFaults(kind?: Kind): void;
    /** Answers now what hangs. */
    answerHanging(): void;
    /** Changes a widget's settings for frames that load from now on. */
    change(widgetId: string, changes: Partial<Settings>): void;
    reset(hosts: readonly string[]): void;
    close(): Promise<void>;
}

export async function startStandIn(): Promise<StandInServer> {
    const certificate = createCertificate(["oc-cdn-ocprod.azureedge.net", "*.omnichannelengagementhub.com"]);
    const script = bundle(join(__dirname, "../../simulator/widget/page-script.ts"));
    const frame = bundle(join(__dirname, "frame.ts"));
    const settings = new Map<string, Settings>();
    const settingsOf = (widgetId: string): Settings => settings.get(widgetId.toLowerCase()) ?? DEFAULT_SETTINGS;
    const hosts = new Set<string>();
    let test = 0;
    const requests: Request[] = [];
    let faults: { fault: Fault; left: number }[] = [];
    let hanging: { readonly response: ServerResponse; readonly answer: () => void }[] = [];

    function takeFault(kind: Kind): Fault | undefined {
        const found = faults.find(({ fault }) => fault.kind === kind);
        if (found && --found.left <= 0) faults = faults.filter((each) => each !== found);
        return found?.fault;
    }

    function content(kind: Kind, url: URL): { readonly type: string; readonly body: string } {
        if (kind === "script") return { type: "text/javascript", body: script };
        if (kind === "config") {
            const widgetId = url.pathname.split("/").at(-1) ?? "";
            return { type: "application/json", body: JSON.stringify(configuration(widgetId, settingsOf(widgetId))) };
        }
        const given = JSON.stringify({ ...settingsOf(url.searchParams.get("data-app-id") ?? ""), test });
        return {
            type: "text/html",
            body: `<!doctype html><title>Chat</title><body><script>window.standInSettings=${given}</script><script>${frame}</script>`,
        };
    }

    function send(response: ServerResponse, kind: Kind, url: URL, fault: Fault | undefined): void {
        const { type, body } = content(kind, url);
        const status = fault?.status ?? 200;
        response.writeHead(status, {
            "content-type": `${fault?.type ?? type}; charset=utf-8`,
            // Not cached, so that each request meets the faults of its test: the browser's cache outlives a test.
            "cache-control": "no-store",
            "access-control-allow-origin": "*",
            "access-control-expose-headers": "date, errorcode, transaction-id, oc-sessionid, authcodenonce",
            ...fault?.headers,
        });
        response.end(fault?.body ?? (status < 300 ? body : ""));
    }

    function answer(request: IncomingMessage, response: ServerResponse): void {
        const url = new URL(request.url ?? "/", `https://${request.headers.host ?? ""}`);
        // Before faults and hosts, and noted nowhere: no test asks for it.
        if (sendEmptyPage(url.pathname, response)) return;
        const kind = kindOf(url.pathname);
        requests.push({ kind: kind ?? "other", host: url.host, path: `${url.pathname}${url.search}` });
        if (!hosts.has(url.host)) return void request.socket.destroy();
        if (kind === undefined) return void response.writeHead(404).end();
        const fault = takeFault(kind);
        if (fault?.blocked) return void request.socket.destroy();
        if (fault?.hang) return void hanging.push({ response, answer: () => send(response, kind, url, undefined) });
        setTimeout(() => send(response, kind, url, fault), fault?.delayMs ?? 0);
    }

    function clearFaults(kind?: Kind): void {
        faults = faults.filter(({ fault }) => kind !== undefined && fault.kind !== kind);
    }

    function endHanging(): void {
        for (const { response } of hanging) response.destroy();
        hanging = [];
    }

    function answerHanging(): void {
        for (const { answer: send } of hanging) send();
        hanging = [];
    }

    const server = createServer({ key: certificate.key, cert: certificate.cert }, answer);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = server.address();
    return {
        port: typeof address === "object" && address !== null ? address.port : 0,
        fingerprint: certificate.fingerprint,
        hosts,
        requests,
        addFault: (fault) => faults.push({ fault, left: fault.times ?? Infinity }),
        clearFaults,
        answerHanging,
        change: (widgetId, changes) => settings.set(widgetId.toLowerCase(), { ...settingsOf(widgetId), ...changes }),
        reset(answered) {
            clearFaults();
            endHanging();
            settings.clear();
            test = Date.now();
            requests.length = 0;
            hosts.clear();
            for (const host of answered) hosts.add(host);
        },
        async close() {
            endHanging();
            const closed = new Promise<void>((done) => server.close(() => done()));
            server.closeAllConnections();
            await closed;
        },
    };
}
