// Elements are made here and nowhere else, never from text that is parsed as HTML: what a model or a tool says stays text.

/** Makes an element. `on` holds listeners, `class` its classes; true and false set or leave out an attribute; the rest are attributes. */
export function h(tag, props = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
        if (value === undefined || value === null || value === false) {
            continue;
        }
        if (name === "on") {
            for (const [event, listener] of Object.entries(value)) {
                element.addEventListener(event, listener);
            }
        } else if (name === "value" || name === "checked") {
            element[name] = value;
        } else {
            element.setAttribute(name, value === true ? "" : String(value));
        }
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, props = {}, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(props)) {
        element.setAttribute(name, String(value));
    }
    element.append(...children);
    return element;
}

const PATHS = {
    menu: "M4 7h16M4 12h16M4 17h16",
    plus: "M12 5v14M5 12h14",
    search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4",
    more: "M6 12h.01M12 12h.01M18 12h.01",
    close: "M6 6l12 12M18 6L6 18",
    panel: "M4 5h16v14H4zM14.5 5v14",
    send: "M12 19V5M6 11l6-6 6 6",
    stop: "M8 8h8v8H8z",
    help: "M9.2 9a3 3 0 1 1 4.2 2.8c-.9.5-1.4 1-1.4 2.2M12 17.5h.01",
    lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    theme: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 4v16",
    copy: "M9 9h10v10H9zM15 9V5H5v10h4",
    chevron: "M9 6l6 6-6 6",
    down: "M12 5v14M6 13l6 6 6-6",
    tool: "M14.5 6a4 4 0 0 0-5 5L4 16.5 7.5 20l5.5-5.5a4 4 0 0 0 5-5L15.5 12 12 8.5z",
    shield: "M12 3.5l7 3v5c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9v-5z",
};

/** An icon beside or instead of a text; the element around it has the name. */
export function icon(name) {
    const path = svg("path", { d: PATHS[name] });
    return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, path);
}

export function iconButton(name, label, onClick, props = {}) {
    return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: onClick }, ...props }, icon(name));
}

export const byId = (id) => document.getElementById(id);

/** Tells a screen reader; what was said before is not said again. */
export function announce(text, urgent = false) {
    const region = byId(urgent ? "alert" : "announce");
    region.textContent = "";
    // A region that is emptied and filled in one go counts as unchanged.
    requestAnimationFrame(() => {
        region.textContent = text;
    });
}
