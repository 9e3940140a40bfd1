// Owns the question whether all contacts can be seen: who sees a part only would take others' contacts for missing.
import type { Service } from "./service";

/** `all`: of the whole organisation; `limited`: of a part, or none; `unknown`: it could not be found out. */
export type Reading = "all" | "limited" | "unknown";

const member = (of: unknown, name: string): unknown =>
    (of as Readonly<Record<string, unknown>> | null | undefined)?.[name];

/** How deep a privilege goes, in words or in the numbers of the same list (D: PrivilegeDepth, 3 is Global). */
const isGlobal = (depth: unknown): boolean => depth === "Global" || depth === 3;

/**
 * Rows that somebody may not read are left out of an answer, and nothing says so (D). So the role is asked (D:
 * `RetrieveUserPrivilegeByPrivilegeName`). Never rejects.
 */
export async function readingOf(service: Service, signal: AbortSignal): Promise<Reading> {
    try {
        const userId = member(await service.ask("WhoAmI", signal), "UserId");
        const answer = await service.ask(
            `systemusers(${String(userId)})/Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName(PrivilegeName='prvReadContact')`,
            signal,
        );
        const privileges = member(answer, "RolePrivileges");
        if (!Array.isArray(privileges)) return "unknown";
        return privileges.some((one) => isGlobal(member(one, "Depth"))) ? "all" : "limited";
    } catch {
        return "unknown";
    }
}
