// Owns the script host: bootstrapper, second stage, icon fonts.
import { readBuilt, readFont } from "./files.ts";
import type { RequestKind } from "./faults.ts";
import { send, sendJson, type Exchange } from "./http.ts";

/** The kind of a request under /livechatwidget. */
export function scriptKind(parts: readonly string[]): RequestKind | undefined {
  const name = parts.at(-1) ?? "";
  if (name === "LiveChatBootstrapper.js" || name === "NextGenLiveChatBootstrapper.js") return "script";
  if (name === "LiveChatWidget.js") return "second-stage";
  if (parts.includes("fonts")) return "font";
  return undefined;
}

const SCRIPT = "text/javascript; charset=utf-8";

/** Answers a request under /livechatwidget. The second stage's name and the fonts' place are ours (I). */
export async function answerScriptHost(at: Exchange): Promise<void> {
  const { pathname } = at.url;
  if (pathname === "/livechatwidget/scripts/LiveChatBootstrapper.js" || pathname === "/livechatwidget/v3/scripts/NextGenLiveChatBootstrapper.js") {
    return send(at.response, 200, SCRIPT, await readBuilt("first-stage.js"));
  }
  if (/^\/livechatwidget\/(v3\/)?stage2\/LiveChatWidget\.js$/.test(pathname)) return send(at.response, 200, SCRIPT, await readBuilt("second-stage.js"));
  if (/^\/livechatwidget\/(v3\/)?fonts\/[^/]+$/.test(pathname)) {
    const font = await readFont(at.parts.at(-1) ?? "");
    if (font !== undefined) return send(at.response, 200, "font/woff", font);
  }
  return sendJson(at.response, 404, { message: "Not found." });
}
