// Owns the start of the page: shows it as soon as there are words for it, and again when language or settings have become known.
import texts from "chat-texts";
import * as React from "react";
import { render, unmountComponentAtNode } from "react-dom";
import { createChatPage } from "../ChatWithAgent/app/page";
import { createLanguages, guess } from "./languages";
import { createLoader } from "./load";
import { PageView } from "./PageView";

/** How long the texts of the probable language are waited for before English is shown, in milliseconds: a file of a few kilobytes, kept by the browser. */
const PATIENCE = 400;

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
const begun = Promise.race([prepared, new Promise<void>((resolve) => setTimeout(resolve, PATIENCE))]);

const { host, instance } = createChatPage(window, guessed, languages, () => void begun.then(redraw));
void begun.then(draw);
// Where the wait was too short.
void prepared.then(redraw);
window.addEventListener("pagehide", () => place && unmountComponentAtNode(place));
// What has been ended on leaving does not come back out of the browser's memory.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
