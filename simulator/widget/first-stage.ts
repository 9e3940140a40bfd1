// Owns the bootstrapper, the script that pages name: it finds its own tag, makes the SDK object and adds the second stage.
import { attribute, host, liveChatObject, scriptTag, siblingUrl } from "./page.ts";

/** Without the tag's id it stops silently (B). */
function bootstrap(): void {
  const tag = scriptTag();
  if (tag === null || tag.src === "") return;
  const second = siblingUrl(tag.src, "/stage2/LiveChatWidget.js");
  if (second === undefined || liveChatObject().simulator.alive) return;
  // Before the widget's packages are evaluated: else their icons and fonts come from a CDN.
  host.FabricConfig = { iconBaseUrl: (siblingUrl(tag.src, "/fonts/") ?? "").split("?")[0] ?? "", fontBaseUrl: "" };
  const add = (): void => {
    const script = document.createElement("script");
    // When it is blocked, nothing fires (B).
    script.onload = script.onerror = null;
    script.async = true;
    script.src = second;
    document.head.appendChild(script);
  };
  const orgUrl = attribute(tag, "data-org-url");
  const orgId = attribute(tag, "data-org-id");
  if (tag.hasAttribute("v1") || tag.hasAttribute("v2") || orgUrl === undefined || orgId === undefined || tag.src.includes("/v3/")) return add();
  // Neither v1 nor v2: one more request decides (B).
  fetch(`${orgUrl.replace(/\/$/, "")}/livechatconnector/v2/lcwfcsdetails/${encodeURIComponent(orgId)}`).then(add, add);
}

bootstrap();
