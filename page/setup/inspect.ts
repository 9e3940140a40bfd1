// Owns the questions of the set-up check: asks Dataverse and the contact centre, each at its own pace, and hands over
// each finding as it comes.
import { variablesQuery } from "../../ChatWithAgent/settings/environment";
import type { ConfigurationRequest } from "../../ChatWithAgent/widget/configuration";
import type { Settled } from "../../ChatWithAgent/settings/types";
import {
    checkHosts,
    checkOrganizations,
    checkPage,
    checkPolicy,
    checkService,
    checkSnippet,
    checkVariable,
    checkVersion,
    settleEnvironment,
} from "./checks";
import type { Answer, Check } from "./checks";
import { reasonOf } from "./service";
import type { Service } from "./service";

export interface InspectPorts {
    readonly service: Service;
    /** Asks the contact centre what it says of a widget. */
    readonly configuration: ConfigurationRequest;
    /** The version of this page. */
    readonly version: string;
}

type Rows = readonly Readonly<Record<string, unknown>>[];

const rowsOf = (answer: unknown): Rows => {
    const rows = (answer as { readonly value?: unknown } | null | undefined)?.value;
    return Array.isArray(rows) ? (rows as Rows) : [];
};

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Asks everything; never rejects. `tell` gets each finding once, or several of one id at once. */
export async function inspect(
    { service, configuration, version }: InspectPorts,
    signal: AbortSignal,
    tell: (checks: readonly Check[]) => void,
): Promise<void> {
    async function ask(path: string): Promise<Answer> {
        try {
            return { kind: "answered", value: await service.ask(path, signal) };
        } catch (error) {
            return { kind: "refused", reason: reasonOf(error) };
        }
    }

    /**
     * The workstream's variables: the widget, its workstream, their names (D: tables of the contact centre, which may
     * live elsewhere).
     */
    async function variableNames(settled: Settled): Promise<Answer<readonly string[] | undefined>> {
        if (settled.kind !== "valid") return { kind: "answered", value: undefined };
        const widgets = await ask(
            `msdyn_livechatconfigs?$select=_msdyn_liveworkstreamid_value&$filter=msdyn_widgetappid eq '${settled.widget.appId}'`,
        );
        if (widgets.kind === "refused") return widgets;
        const workstream = text(rowsOf(widgets.value)[0]?.["_msdyn_liveworkstreamid_value"]);
        if (!/^[\da-f-]{36}$/i.test(workstream)) return { kind: "answered", value: undefined };
        const variables = await ask(
            `msdyn_ocliveworkstreamcontextvariables?$select=msdyn_name&$filter=_msdyn_liveworkstreamid_value eq ${workstream}`,
        );
        return variables.kind === "refused"
            ? variables
            : { kind: "answered", value: rowsOf(variables.value).map((row) => text(row["msdyn_name"])) };
    }

    async function askService(settled: Settled): Promise<void> {
        // Who checks again has changed something.
        tell(checkService(settled.kind === "valid" ? await configuration(settled.widget, 0) : undefined, settled));
    }

    async function settings(): Promise<void> {
        const answer = await ask(`environmentvariabledefinitions${variablesQuery.options}`);
        const rows: Answer<unknown[]> =
            answer.kind === "refused" ? answer : { kind: "answered", value: [...rowsOf(answer.value)] };
        const settled = settleEnvironment(rows.kind === "answered" ? rows.value : []);
        tell([checkSnippet(rows, settled)]);
        tell([checkOrganizations(rows)]);
        tell([checkHosts(rows)]);
        tell([checkPage(rows)]);
        tell([checkPolicy(settled)]);
        await Promise.all([
            askService(settled),
            variableNames(settled).then((found) => tell([checkVariable(found, settled)])),
        ]);
    }

    await Promise.all([
        settings(),
        ask("solutions?$select=version&$filter=uniquename eq 'ChatWithAgent'").then((rows) =>
            tell([checkVersion(rows, version)]),
        ),
    ]);
}
