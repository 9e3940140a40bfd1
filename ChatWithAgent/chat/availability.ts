// What stands against a start, by the configuration of the widget. Unknown never blocks.
import type { AvailabilityCode, FailureCode } from "./codes";
import type { WidgetConfiguration } from "./ports";

/**
 * @param configuration undefined where it could not be asked
 * @returns the code under which a start is refused, undefined where nothing stands against it
 */
export function obstacleOf(configuration: WidgetConfiguration | undefined): FailureCode | AvailabilityCode | undefined {
    if (!configuration) return undefined;
    if (!configuration.isFound) return "widget-not-found";
    // Persistent chat takes messages outside the hours, too (D).
    if (configuration.isClosed && !configuration.isPersistent) return "outside-operating-hours";
    return configuration.signIn === "required" ? "widget-requires-authentication" : undefined;
}
