// Owns the demo's icons: own drawings on a grid of 20, in the colour of the text.

const paths = {
    waffle: "M4 4h.01M10 4h.01M16 4h.01M4 10h.01M10 10h.01M16 10h.01M4 16h.01M10 16h.01M16 16h.01",
    search: "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11Zm4-1.5 4 4",
    menu: "M3 5.5h14M3 10h14M3 14.5h14",
    home: "M3.5 9 10 3.5 16.5 9v7a.5.5 0 0 1-.5.5h-3.5v-5h-5v5H4a.5.5 0 0 1-.5-.5Z",
    clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm0-11v4.2l2.8 1.6",
    pin: "M8 12.5 4 16.5M12 3l5 5-2.2.8-2.6 2.6-.4 3.1-6.3-6.3 3.1-.4 2.6-2.6Z",
    account: "M4 16.5V4.2c0-.4.3-.7.7-.7h6.6c.4 0 .7.3.7.7v12.3M12 8.5h3.3c.4 0 .7.3.7.7v7.3M2.5 16.5h15M6.7 6.8h.01M9.3 6.8h.01M6.7 9.8h.01M9.3 9.8h.01M6.7 12.8h.01M9.3 12.8h.01",
    contact: "M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 7c0-2.6 2.7-4.4 6-4.4s6 1.8 6 4.4",
    opportunity: "M4 16.5v-5h3v5M8.5 16.5v-8h3v8M13 16.5V4.5h3v12M2.5 16.5h15",
    plus: "M10 4v12M4 10h12",
    gear: "M10 12.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6Zm0-9.8.6 2.1 1.6.7 1.9-1.1 1.5 1.5-1.1 1.9.7 1.6 2 .6v2l-2 .6-.7 1.6 1.1 1.9-1.5 1.5-1.9-1.1-1.6.7-.6 2H9l-.6-2-1.6-.7-1.9 1.1-1.5-1.5 1.1-1.9-.7-1.6-2-.6v-2l2-.6.7-1.6L3 6.2l1.5-1.5 1.9 1.1L8 5.1 8.6 3Z",
    help: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM8 8a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4M10 13.7v.01",
    flask: "M7.5 3.5h5M8.3 3.5v4.8L4.2 15a1 1 0 0 0 .9 1.5h9.8a1 1 0 0 0 .9-1.5l-4.1-6.7V3.5M6.3 12h7.4",
    back: "M16 10H4.5M9 5l-5 5 5 5",
    save: "M4.5 3.5h8.8l3.2 3.2v9.3a.5.5 0 0 1-.5.5H4a.5.5 0 0 1-.5-.5V4.5a1 1 0 0 1 1-1ZM6.5 3.7v3.8h6V3.7M6.5 16.3v-4.8h7v4.8",
    saveClose: "M11 16.5H4a.5.5 0 0 1-.5-.5V4.5a1 1 0 0 1 1-1h8.8l3.2 3.2V10M6.5 3.7v3.8h6V3.7M13 13l4 4M17 13l-4 4",
    refresh: "M16 5v3.5h-3.5M4 15v-3.5h3.5M15.6 8.5A6 6 0 0 0 5 6.7M4.4 11.5A6 6 0 0 0 15 13.3",
    delete: "M4 5.5h12M8 5.3V4a.5.5 0 0 1 .5-.5h3a.5.5 0 0 1 .5.5v1.3M5.5 5.5l.7 10.6c0 .2.2.4.5.4h6.6c.3 0 .5-.2.5-.4l.7-10.6M8.5 8.5v5M11.5 8.5v5",
    assign: "M8 9.2a2.8 2.8 0 1 0 0-5.7 2.8 2.8 0 0 0 0 5.7ZM2.8 16c0-2.3 2.2-4 5.2-4 .8 0 1.5.1 2.2.3M12 14.500h5M14.7 12l2.5 2.5-2.5 2.5",
    flow: "M3 10h3M14 6.500h3M14 13.500h3M6 10c4 0 4-3.5 8-3.500M6 10c4 0 4 3.5 8 3.5",
    share: "M12 4.500h4v4M16 4.500l-7 7M14.5 11.500v4a.5.5 0 0 1-.5.5H4.500a.5.5 0 0 1-.5-.5V6.500a.5.5 0 0 1 .5-.5h4",
    more: "M5 10h.01M10 10h.01M15 10h.01",
    chevronDown: "m5 7.5 5 5 5-5",
    chevronRight: "m7.5 5 5 5-5 5",
    filter: "M3.5 5.500h13M6 10h8M8.5 14.500h3",
    columns: "M4 4.500h12v11H4ZM8 4.500v11M12 4.500v11",
    chart: "M3.5 3.500v13h13M7 13.500V10M10.5 13.500V6.500M14 13.500V8.5",
    lock: "M6 9V6.500a4 4 0 0 1 8 0V9M5 9h10a.5.5 0 0 1 .5.500v6.500a.5.5 0 0 1-.5.500H5a.5.5 0 0 1-.5-.500V9.500A.5.5 0 0 1 5 9Z",
    phone: "M6.5 3.5 8 7 6.3 8.700a10 10 0 0 0 5 5L13 12l3.5 1.500v2.200c0 .5-.4.8-.8.8A12.2 12.2 0 0 1 3.5 4.300c0-.4.3-.8.8-.800Z",
    mail: "M3.5 5h13v10h-13ZM3.7 5.5 10 10.500l6.3-5",
    note: "M5 3.500h10v9l-4 4H5ZM15 12.500h-4v4M7.5 7h5M7.5 10h3",
    calendar: "M4 5h12v11H4ZM4 8.500h12M7 3v3.500M13 3v3.5",
    close: "m5 5 10 10M15 5 5 15",
    check: "m4 10.5 4 4 8-9",
    text: "M4.5 6V4.500h11V6M10 4.500v11M7.5 15.500h5",
    publish: "M4 13v3h12v-3M10 13V4M6.5 7.5 10 4l3.5 3.5",
    undo: "M7 4.5 3.5 8 7 11.500M3.8 8H12a4 4 0 0 1 0 8H9",
    section: "M4 4h12v12H4ZM4 8h12",
    tree: "M5 4.500h3M5 4.500v11h4M5 10h4M11 4.500h5M11 10h5M11 15.500h5",
    chat: "M4 4.500h12a.5.5 0 0 1 .5.500v8a.5.5 0 0 1-.5.500H9.500L6 16.500v-3H4a.5.5 0 0 1-.5-.500V5a.5.5 0 0 1 .5-.500Z",
    globe: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM3.3 10h13.400M10 3c2 2 2.8 4.3 2.8 7s-.8 5-2.8 7c-2-2-2.8-4.3-2.8-7S8 5 10 3Z",
} as const;

export type IconName = keyof typeof paths;

/** An icon as an element; always decorative, the words beside it carry the meaning. */
export function icon(name: IconName, size = 20): SVGSVGElement {
    const namespace = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(namespace, "svg");
    const heavy = name === "waffle" || name === "more";
    for (const [attribute, value] of Object.entries({ viewBox: "0 0 20 20", width: size, height: size, fill: "none", stroke: "currentColor", "stroke-width": heavy ? 2.4 : 1.25, "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true", focusable: "false" })) {
        svg.setAttribute(attribute, String(value));
    }
    const path = document.createElementNS(namespace, "path");
    path.setAttribute("d", paths[name]);
    svg.append(path);
    return svg;
}
