// Owns the start of the page: shows it at once, and again when language or settings have become known.
import * as React from "react";
import { render, unmountComponentAtNode } from "react-dom";
import { createChatPage } from "../ChatWithAgent/app/page";
import { guess, languageOf, tagOf, textOf } from "./languages";
import { PageView } from "./PageView";

const place = document.getElementById("chat-page");

function draw(): void {
    if (!place) return;
    document.documentElement.lang = tagOf(languageOf(host.languageId)) || "en";
    document.title = host.texts("page_title");
    render(<PageView instance={instance} texts={host.texts} isRtl={host.isRtl} />, place);
}

const { host, instance } = createChatPage(window, guess(location.search, navigator.language), textOf, () => {
    instance.update();
    draw();
});
draw();
window.addEventListener("pagehide", () => place && unmountComponentAtNode(place));
// What has been ended on leaving does not come back out of the browser's memory.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
