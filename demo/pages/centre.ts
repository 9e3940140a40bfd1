// Owns what the panel changes in the contact centre: hours, surveys, sign-in, and whether the widget's frame loads.
import { contactCentre } from "../dataverse/seed";

export interface CentreSettings {
    readonly isClosed: boolean;
    readonly hasSurveyBefore: boolean;
    readonly hasSurveyBehind: boolean;
    readonly needsSignIn: boolean;
    readonly isFrameBlocked: boolean;
}

export const plainCentre: CentreSettings = {
    isClosed: false,
    hasSurveyBefore: false,
    hasSurveyBehind: false,
    needsSignIn: false,
    isFrameBlocked: false,
};

interface WidgetAnswer {
    readonly settings: {
        readonly outOfOperatingHours: boolean;
        readonly preChatSurvey: boolean | string;
        readonly postChatSurvey: boolean;
        readonly authenticationRequired: boolean;
    };
}

const widgets = [contactCentre.itWidgetId, contactCentre.hrWidgetId] as const;
const widgetAddress = (id: string): string => `/control/widgets/${id}`;

async function send(address: string, method: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(address, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status}`);
    return answer.json();
}

/** All widgets are changed alike, so the first one tells. */
export async function readCentre(): Promise<CentreSettings> {
    const { settings } = (await send(widgetAddress(widgets[0]), "GET")) as WidgetAnswer;
    const faults = (await send("/control/faults", "GET")) as readonly { readonly kind: string }[];
    return {
        isClosed: settings.outOfOperatingHours,
        hasSurveyBefore: settings.preChatSurvey !== false,
        hasSurveyBehind: settings.postChatSurvey,
        needsSignIn: settings.authenticationRequired,
        isFrameBlocked: faults.some(({ kind }) => kind === "frame"),
    };
}

/** Counts for what is loaded from then on. */
export async function changeCentre(to: CentreSettings): Promise<void> {
    const changes = {
        outOfOperatingHours: to.isClosed,
        // A widget that hides itself outside its hours could not say that it is closed.
        showWidgetDuringOfflineHours: to.isClosed,
        preChatSurvey: to.hasSurveyBefore,
        postChatSurvey: to.hasSurveyBehind,
        authenticationRequired: to.needsSignIn,
    };
    await Promise.all(widgets.map((id) => send(widgetAddress(id), "PATCH", changes)));
    await send("/control/faults", "DELETE");
    if (to.isFrameBlocked) await send("/control/faults", "POST", { kind: "frame", blocked: true });
}
