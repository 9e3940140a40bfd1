// Owns the script host: the page's script, the frame's page and script, icon fonts.
import { FRAME_ORIGIN_MARK, FRAME_PATH } from "../widget/messages.ts";
import { readBuilt, readFont } from "./files.ts";
import type { RequestKind } from "./faults.ts";
import { send, sendJson, type Exchange } from "./http.ts";

/** The kind of a request under /livechatwidget. */
export function scriptKind(parts: readonly string[]): RequestKind | undefined {
  const name = parts.at(-1) ?? "";
  if (name === "LiveChatBootstrapper.js" || name === "NextGenLiveChatBootstrapper.js") return "script";
  if (FRAME_PATH.endsWith(`/${name}`)) return "frame";
  if (name === "LiveChatWidget.js") return "second-stage";
  if (parts.includes("fonts")) return "font";
  return undefined;
}

const SCRIPT = "text/javascript; charset=utf-8";
const SCRIPTS = [
  "/livechatwidget/scripts/LiveChatBootstrapper.js",
  "/livechatwidget/v3/scripts/NextGenLiveChatBootstrapper.js",
];
const FRAME = /^\/livechatwidget(?:\/v3)?\/v2public\/htmls\/chatv2\.html$/;
const SECOND_STAGE = /^\/livechatwidget(?:\/v3)?\/stage2\/LiveChatWidget\.js$/;
const FONT = /^\/livechatwidget(?:\/v3)?\/fonts\/[^/]+$/;

/**
 * The origin of the frame for a page's script that was asked for under this name: on loopback the other one of its two
 * names, which is another site; else the script's own (undefined).
 */
export function frameOrigin(host: string): string | undefined {
  const [, name, port = ""] = /^(127\.0\.0\.1|localhost)(:\d+)?$/.exec(host) ?? [];
  return name === undefined ? undefined : `http://${name === "localhost" ? "127.0.0.1" : "localhost"}${port}`;
}

/**
 * The frame's page. Icons and fonts come from a CDN unless the widget's packages are told otherwise before they run.
 */
const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Chat</title>
<link rel="icon" href="data:,">
<script>window.FabricConfig = { iconBaseUrl: new URL("../../fonts/", location.href).href, fontBaseUrl: "" };</script>
</head><body><script src="../../stage2/LiveChatWidget.js"></script></body></html>
`;

/** Answers a request under /livechatwidget. The second stage's name and the fonts' place are ours (I). */
export async function answerScriptHost({ url: { pathname }, parts, request, response }: Exchange): Promise<void> {
  if (SCRIPTS.includes(pathname)) {
    const script = (await readBuilt("page-script.js")).toString();
    return send(
      response,
      200,
      SCRIPT,
      script.replace(FRAME_ORIGIN_MARK, frameOrigin(request.headers.host ?? "") ?? FRAME_ORIGIN_MARK),
    );
  }
  if (FRAME.test(pathname)) return send(response, 200, "text/html; charset=utf-8", PAGE);
  if (SECOND_STAGE.test(pathname)) return send(response, 200, SCRIPT, await readBuilt("second-stage.js"));
  if (FONT.test(pathname)) {
    const font = await readFont(parts.at(-1) ?? "");
    if (font !== undefined) return send(response, 200, "font/woff", font);
  }
  return sendJson(response, 404, { message: "Not found." });
}
