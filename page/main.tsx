// Owns the start of the page: shows it as soon as there are words for it, and again when language or settings have
// become known.
import texts from "chat-texts";
import * as React from "react";
import { render, unmountComponentAtNode } from "react-dom";
import { createChatPage } from "../ChatWithAgent/app/page";
import { createLanguages, guess, inTime } from "./languages";
import { createLoader } from "./load";
import { PageView } from "./PageView";

const place = document.getElementById("chat-page");

function draw(): void {
    if (!place) return;
    document.documentElement.lang = host.texts("language");
    document.title = host.texts("page_title");
    render(<PageView instance={instance} texts={host.texts} isRtl={host.isRtl} />, place);
}

function redraw(): void {
    instance.update();
    draw();
}

const languages = createLanguages(texts, createLoader(window));
const guessed = guess(location.search, navigator.language);
const prepared = languages.prepare(guessed);
const begun = inTime(prepared);

const { host, instance } = createChatPage(window, guessed, languages, () => void begun.then(redraw));
void begun.then(draw);
// Where the wait was too short.
void prepared.then(redraw);
window.addEventListener("pagehide", () => place && unmountComponentAtNode(place));
// What has been ended on leaving does not come back out of the browser's memory.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
