// Owns the service's configuration answer as the stand-in gives it: the fields that the real one is known to have.
import type { Settings } from "./types";

const lower = (flag: boolean): string => (flag ? "true" : "false");
const upper = (flag: boolean): string => (flag ? "True" : "False");

/** The answer for a widget's settings (S: the chat SDK reads these fields; values are texts). */
export function configuration(widgetId: string, settings: Settings): Record<string, unknown> {
    return {
        LiveChatVersion: 2,
        LiveChatConfigAuthSettings: settings.authenticationRequired ? { msdyn_javascriptclientfunction: "chatWithAgentSimulatedAuth" } : null,
        DataMaskingInfo: { setting: { msdyn_maskforcustomer: false }, dataMaskingRules: {} },
        ChatWidgetLanguage: { msdyn_localeid: "1033" },
        LiveWSAndLiveChatEngJoin: {
            msdyn_widgetappid: widgetId,
            msdyn_conversationmode: settings.persistent ? "192350001" : "192350000",
            msdyn_prechatenabled: lower(settings.preChatSurvey),
            msdyn_postconversationsurveyenable: lower(settings.postChatSurvey),
            OutOfOperatingHours: upper(settings.outOfOperatingHours),
            ShowWidget: upper(!settings.outOfOperatingHours || settings.showWidgetDuringOfflineHours),
        },
    };
}
