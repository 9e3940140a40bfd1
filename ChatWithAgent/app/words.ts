// Owns the words of the launcher and of the failures.
import type { FailureCode } from "../chat/codes";
import type { Words } from "../components/view";
import type { Properties, Texts } from "../host/host";

/** Failures that only the maker or the administrator can mend, in the settings. */
export const NOT_SET_UP: readonly FailureCode[] = ["settings-missing", "settings-invalid", "organization-not-trusted", "script-host-not-trusted"];

/** The launcher: the maker's own words, or the shipped ones. What a maker says in place of the standard text stands alone. */
export function launcherWords({ message, buttonLabel }: Pick<Properties, "message" | "buttonLabel">, texts: Texts): Words {
    const own = message?.trim();
    return { title: own || texts("launcher_title"), text: own ? "" : texts("launcher_text"), action: buttonLabel?.trim() || texts("launcher_action") };
}

/** A failure, with the code that is read out over the telephone. */
export function failureWords(code: FailureCode, texts: Texts): Words {
    const key = NOT_SET_UP.includes(code) ? "not_set_up" : code;
    // A page holds one widget until it is loaded anew.
    return { title: texts(`${key}_title`), text: `${texts(`${key}_text`)} (${code})`, action: code === "widget-conflict" ? "" : texts("retry_action") };
}
