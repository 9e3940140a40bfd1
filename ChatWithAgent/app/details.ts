// Owns the lines behind "Details" that messages and the maker's checklist have in common.
import type { ChatContext, WidgetSettings } from "../chat/ports";
import type { Detail } from "../components/view";
import type { Texts } from "../host/host";
import type { Issue, Place } from "../settings/types";

/** What the maker knows a place by. */
export const nameOf = (place: Place, texts: Texts): string => (place.startsWith("cwa_") ? place : texts(`${place}_name`));

/** What is wrong with which place, in words. */
export const issueDetail = ({ place, problem, value }: Issue, texts: Texts): Detail => ({
    term: nameOf(place, texts),
    // A snippet that lacks an attribute comes with the attribute's name.
    description: texts(problem === "missing" && value ? "issue_attribute-missing" : `issue_${problem}`) + (value ? ` (${value})` : ""),
});

/** What is left out of the context, and why. */
export const droppedDetail = ({ name, problem }: ChatContext["dropped"][number], texts: Texts): Detail => ({ term: name, description: texts(`drop_${problem}`) });

/** Host and version of the widget's script. */
export const scriptOf = ({ scriptUrl, attributes }: WidgetSettings): string => `${new URL(scriptUrl).host} (${attributes["data-lcw-version"] ?? ""})`;
