// Owns the sample page of the standalone server: the standard snippet, a few buttons and the events as they come.
import type { ContactCentre } from "./contact-centre.ts";
import { snippet } from "./seed.ts";

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** The page, for the widget named by `?widget=` or the first one. The snippet's host is the simulator's own. */
export function samplePage(centre: ContactCentre, host: string, url: string): string {
  const wanted = new URL(url, "http://127.0.0.1").searchParams.get("widget");
  const widget = centre.widgets.find((w) => w.id === wanted) ?? centre.widgets[0];
  const organisation = centre.organisations.find((o) => o.id === widget?.orgId);
  if (widget === undefined || organisation === undefined)
    return "<!doctype html><title>Simulator</title><p>No widget.</p>";
  const origin = `http://${host}`;
  const tag = snippet(organisation, widget.id, origin, origin);
  const links = centre.widgets
    .map((w) =>
      w === widget
        ? `<strong>${escape(w.name)}</strong>`
        : `<a href="/?widget=${encodeURIComponent(w.id)}">${escape(w.name)}</a>`,
    )
    .join(" · ");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Contact centre simulator</title><link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 "Segoe UI", system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem 30rem; }
button { font: inherit; padding: .4rem .9rem; margin: 0 .4rem .4rem 0; }
label { display: block; margin: .8rem 0; } input { font: inherit; padding: .3rem .5rem; width: min(24rem, 100%); box-sizing: border-box; }
pre { background: light-dark(#f3f2f1, #2b2b2b); padding: .8rem; overflow: auto; font-size: .82rem; white-space: pre-wrap; word-break: break-all; }
</style></head>
<body>
<h1>A contact centre on this machine</h1>
<p>Microsoft's chat widget is at the bottom right. Answer it in the <a href="/agent" target="_blank">agent's console</a>. Widget: ${links}</p>
<label>E-mail sent as context <input id="email" value="alex.wilber@contoso.example"></label>
<p><button id="start">Start a chat with this context</button><button id="close">Close the chat</button><button id="availability">Agent availability</button></p>
<h2>Events</h2><pre id="events" aria-live="polite"></pre>
<h2>The snippet on this page</h2><pre>${escape(tag)}</pre>
<script>
const list = document.getElementById("events");
for (const name of ["ready","error","startChat","chatQueued","chatRetrieved","closeChat","onClose","onMinimize","onMaximize","onMessageReceived","onMessageSent","onHistoryMessageReceived","threadUpdate","getAgentAvailability"]) {
  addEventListener("lcw:" + name, (event) => { list.textContent += new Date().toLocaleTimeString() + " lcw:" + name + " " + (event.detail instanceof Error ? event.detail.message : JSON.stringify(event.detail) ?? "") + "\\n"; });
}
const sdk = () => window.Microsoft.Omnichannel.LiveChatWidget.SDK;
document.getElementById("start").onclick = () => sdk().startChat({ inNewWindow: false, customContext: { Email: { value: document.getElementById("email").value, isDisplayable: true } } });
document.getElementById("close").onclick = () => sdk().closeChat();
document.getElementById("availability").onclick = () => sdk().getAgentAvailability();
</script>
${tag}
</body></html>`;
}
