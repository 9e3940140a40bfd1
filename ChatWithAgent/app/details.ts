// Owns the lines that messages and the maker's list have in common.
import type { ChatContext } from "../chat/ports";
import type { Detail } from "../components/view";
import type { Texts } from "../host/host";
import type { Issue } from "../settings/types";

/** What is wrong with which place, in words. */
export const issueDetail = ({ place, problem, value }: Issue, texts: Texts): Detail => ({
    term: place.startsWith("cwa_") ? place : texts(`${place}_name`),
    // A snippet that lacks an attribute comes with the attribute's name.
    description: texts(problem === "missing" && value ? "issue_attribute-missing" : `issue_${problem}`) + (value ? ` (${value})` : ""),
});

/** What is left out of the context, and why. */
export const droppedDetail = ({ name, problem }: ChatContext["dropped"][number], texts: Texts): Detail => ({ term: name, description: texts(`drop_${problem}`) });
