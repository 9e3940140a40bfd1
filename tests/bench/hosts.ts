// Owns the names of the sample organisation that the subjects are pointed at.
export const ORG = "5f0d3c1a-7b2e-4c69-9a41-2d8e6b7f1c30";
export const ORG_HOST = `m-${ORG}.us.omnichannelengagementhub.com`;
export const WIDGET = "c8a5f2e4-3d17-4b90-8e6a-91f04d2b7c55";
export const SCRIPT_HOST = "oc-cdn-ocprod.azureedge.net";
export const SCRIPT_URL = `https://${SCRIPT_HOST}/livechatwidget/scripts/LiveChatBootstrapper.js`;
export const SECOND_STAGE_URL = `https://${SCRIPT_HOST}/livechatwidget/stage2/LiveChatWidget.js`;
export const USER = { id: "a1b6c0de-0001-4e5a-9d10-000000000001", email: "alex.wilber@contoso.example" };
