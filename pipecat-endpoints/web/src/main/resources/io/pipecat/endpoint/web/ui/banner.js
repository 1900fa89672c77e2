import { byId, h } from "./dom.js";

const shown = new Map();

function draw() {
    byId("banner").replaceChildren(
        ...[...shown].map(([key, { text, closable, kind }]) =>
            h(
                "div",
                { class: `note ${kind}`, "data-note": key },
                h("span", {}, text),
                closable ? h("button", { type: "button", class: "quiet", on: { click: () => hide(key) } }, "Dismiss") : null,
            ),
        ),
    );
}

/** Shows a sentence above the chat until it is hidden; one for each key. */
export function show(key, text, { closable = true, kind = "error" } = {}) {
    shown.set(key, { text, closable, kind });
    draw();
}

export function hide(key) {
    if (shown.delete(key)) {
        draw();
    }
}
