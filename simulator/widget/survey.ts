// Owns the local stand-in for a post-chat survey page: Microsoft's survey hosts are not reachable from here.

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Survey</title>
<style>:root{color-scheme:light}body{font:16px/1.5 "Segoe UI",system-ui,sans-serif;margin:0;padding:1.5rem;background:#fff;color:#242424;min-height:100vh;box-sizing:border-box}button{font:inherit;padding:.3rem .8rem;margin-right:.3rem}</style>
<h1 style="font-size:1.1rem">How was your chat?</h1><p>(A survey page on this machine: the simulator sends nothing.)</p>
<p id="choices"><button>Good</button><button>Fair</button><button>Poor</button></p>
<script>document.querySelectorAll("button").forEach(b=>b.onclick=()=>{document.getElementById("choices").textContent="Thank you."})</script></html>`;

/** Fills the widget's survey frame, which stays empty for hosts that are not Microsoft's (S), with a local page. */
export function showLocalSurveys(container: HTMLElement): void {
  const fill = (): void => {
    const frame = document.querySelector<HTMLIFrameElement>(
      "iframe#oc-lcw-postchatsurvey-pane, #oc-lcw-postchatsurvey-pane iframe",
    );
    if (frame !== null && frame.getAttribute("src") === "" && !frame.hasAttribute("srcdoc")) frame.srcdoc = PAGE;
  };
  new MutationObserver(fill).observe(container, { childList: true, subtree: true });
}
