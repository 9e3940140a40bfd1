// Owns the start of the administrator's page: puts service, list and checks together, and draws them in the user's
// language.
import texts from "setup-texts";
import * as React from "react";
import { render, unmountComponentAtNode } from "react-dom";
import { VERSION } from "../../ChatWithAgent/app/view";
import { createWebApi, ROOT } from "../../ChatWithAgent/host/web/web-api";
import { isRightToLeft } from "../../ChatWithAgent/host/web/host";
import { createConfigurationRequest } from "../../ChatWithAgent/widget/configuration";
import { createLanguages, guess, inTime } from "../languages";
import { createLoader } from "../load";
import type { Check } from "./checks";
import { createList } from "./contacts";
import { toCsv } from "./csv";
import { inspect } from "./inspect";
import { outcomeText } from "./RunDialog";
import { toReport } from "./report";
import { createService } from "./service";
import { SetupPage } from "./SetupPage";
import { createWalk } from "./walk";

const place = document.getElementById("setup-page");
const api = createWebApi(window);
const languages = createLanguages(texts, createLoader(window, "setup."));
let languageId = guess(location.search, navigator.language);
const textOf = (key: string): string => languages.textOf(languageId, key);

/** Resolves with the signal, or when something else has happened. */
const until = (signal: AbortSignal, begin: (done: () => void) => () => void): Promise<void> =>
    new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const done = (): void => {
            stop();
            signal.removeEventListener("abort", done);
            resolve();
        };
        signal.addEventListener("abort", done);
        const stop = begin(done);
    });

const service = createService({
    ask: (path, ask) => api.ask(path, ask),
    now: () => performance.now(),
    wait: (milliseconds, signal) =>
        until(signal, (done) => {
            const timer = setTimeout(done, milliseconds);
            return () => clearTimeout(timer);
        }),
    online: (signal) =>
        navigator.onLine
            ? Promise.resolve()
            : until(signal, (done) => {
                  window.addEventListener("online", done);
                  return () => window.removeEventListener("online", done);
              }),
});
const contacts = createList(service, createWalk(service, location.origin + ROOT), Date.now);
const configuration = createConfigurationRequest(window);
const ending = new AbortController();

let checks: readonly Check[] = [];
let isChecking = false;
let copied = "";

/** The order in which a set-up is made; findings come in any. */
const ORDER: readonly Check["id"][] = [
    "version",
    "snippet",
    "hosts",
    "organizations",
    "page",
    "service",
    "variable",
    "policy",
];

async function check(): Promise<void> {
    checks = [];
    isChecking = true;
    copied = "";
    draw();
    await inspect({ service, configuration, version: VERSION }, ending.signal, (found) => {
        checks = [...checks, ...found].sort((one, other) => ORDER.indexOf(one.id) - ORDER.indexOf(other.id));
        draw();
    });
    isChecking = false;
    draw();
}

async function copy(): Promise<void> {
    const report = toReport(checks, contacts.state.count, VERSION, location.host, new Date().toISOString());
    try {
        await navigator.clipboard.writeText(report);
        copied = textOf("report_copied");
    } catch {
        // A frame may not be allowed to use the clipboard: then it is a file.
        download(report, "chat-with-agent-report.txt", "text/plain");
        copied = textOf("report_saved");
    }
    draw();
}

function download(content: string, name: string, type: string): void {
    const url = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    // The browser reads it in its own time.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function draw(): void {
    if (!place || ending.signal.aborted) return;
    document.documentElement.lang = textOf("language");
    document.title = textOf("title");
    render(
        <SetupPage
            texts={textOf}
            isRtl={isRightToLeft(languageId)}
            checks={checks}
            isChecking={isChecking}
            onCheck={() => void check()}
            onCopy={() => void copy()}
            copied={copied}
            contacts={contacts}
            onDownload={(results) =>
                download(
                    toCsv(
                        results,
                        ["column_user", "column_address", "column_id", "column_result", "column_words"].map(textOf),
                        (result) => outcomeText(textOf, result),
                        textOf("language"),
                    ),
                    "chat-with-agent-contacts.csv",
                    "text/csv",
                )
            }
        />,
        place,
    );
}

/**
 * The language in the user's own settings (D: `uilanguageid`); the guess stays where it cannot be read, and 0 stands
 * for "not chosen" (I).
 */
async function readLanguage(): Promise<void> {
    try {
        const { UserId: userId } = (await api.ask("WhoAmI")) as { readonly UserId: string };
        const { uilanguageid: id } = (await api.ask(`usersettingscollection(${userId})?$select=uilanguageid`)) as {
            readonly uilanguageid: number;
        };
        if (!(id > 0) || id === languageId) return;
        await languages.prepare(id);
        languageId = id;
        draw();
    } catch {
        // Then the sections tell what is wrong.
    }
}

const prepared = languages.prepare(languageId);
void inTime(prepared).then(draw);
void prepared.then(draw);
// First what is looked at, then what is counted.
void contacts.reload().then(() => {
    // Unless it was stopped meanwhile.
    if (contacts.state.count.kind === "running") contacts.count();
});
void contacts.readPrivilege();
void check();
void readLanguage();

// A run is not closed by accident.
window.addEventListener("beforeunload", (event) => {
    if (contacts.state.run.kind === "running") event.preventDefault();
});
window.addEventListener("pagehide", () => {
    ending.abort();
    contacts.end();
    if (place) unmountComponentAtNode(place);
});
// What has been ended on leaving does not come back out of the browser's memory.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
