import { byId, h, iconButton } from "./dom.js";
import { Logs } from "./logs.js";
import { MetricsView } from "./metrics.js";
import { Overview } from "./overview.js";
import { House } from "./world.js";

const VIEWS = [
    ["house", "House", House],
    ["node", "Node", Overview],
    ["metrics", "Metrics", MetricsView],
    ["logs", "Logs", Logs],
];

/** What stands beside the chat. Only the view that is seen asks the node for anything. */
export class Panel {
    #views = new Map();
    #shown = null;

    constructor({ onClose }) {
        this.tabs = VIEWS.map(([name, title]) =>
            h("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `view-${name}`, on: { click: () => this.show(name) } }, title),
        );
        this.bodies = VIEWS.map(([name]) => h("section", { role: "tabpanel", id: `view-${name}`, class: `view ${name}`, "aria-labelledby": `tab-${name}`, tabindex: "0", hidden: true }));
        const list = h("div", { class: "tabs", role: "tablist", "aria-label": "This node", on: { keydown: (event) => this.#keyed(event) } }, ...this.tabs);
        byId("panel").append(h("div", { class: "panel-bar" }, list, iconButton("close", "Close the panel", onClose)), ...this.bodies);
    }

    #keyed(event) {
        const at = this.tabs.indexOf(document.activeElement);
        const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + VIEWS.length, Home: 0, End: VIEWS.length - 1 }[event.key];
        if (to !== undefined && at >= 0) {
            event.preventDefault();
            this.show(VIEWS[to % VIEWS.length][0]);
            this.tabs[to % VIEWS.length].focus();
        }
    }

    get shown() {
        return this.#shown;
    }

    show(name) {
        VIEWS.forEach(([each, , View], index) => {
            const active = each === name;
            this.tabs[index].setAttribute("aria-selected", String(active));
            this.tabs[index].tabIndex = active ? 0 : -1;
            this.bodies[index].hidden = !active;
            if (active && !this.#views.has(name)) {
                this.#views.set(name, new View(this.bodies[index]));
            }
        });
        if (this.#shown !== name) {
            this.hide();
            this.#shown = name;
            this.#views.get(name).start();
        }
    }

    /** Nobody looks: nothing is listened to. */
    hide() {
        this.#views.get(this.#shown)?.stop();
        this.#shown = null;
    }
}
