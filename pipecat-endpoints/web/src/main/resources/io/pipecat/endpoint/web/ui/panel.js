import { byId, h, iconButton } from "./dom.js";

// Fetched when they are first looked at: the chat does not wait for them.
const VIEWS = [
    ["house", "House", async () => (await import("./world.js")).House],
    ["node", "Node", async () => (await import("./overview.js")).Overview],
    ["metrics", "Metrics", async () => (await import("./metrics.js")).MetricsView],
    ["logs", "Logs", async () => (await import("./logs.js")).Logs],
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
        VIEWS.forEach(([each], index) => {
            const active = each === name;
            this.tabs[index].setAttribute("aria-selected", String(active));
            this.tabs[index].tabIndex = active ? 0 : -1;
            this.bodies[index].hidden = !active;
        });
        if (this.#shown !== name) {
            this.hide();
            this.#shown = name;
            this.#start(name);
        }
    }

    async #start(name) {
        const index = VIEWS.findIndex(([each]) => each === name);
        let View;
        try {
            View = await VIEWS[index][2]();
        } catch {
            this.bodies[index].replaceChildren(h("p", { class: "error" }, "The node did not answer. Reload the page when it is back."));
            return;
        }
        // Somebody may have gone on to the next meanwhile.
        if (this.#shown === name) {
            if (!this.#views.has(name)) {
                this.#views.set(name, new View(this.bodies[index]));
            }
            this.#views.get(name).start();
        }
    }

    /** Nobody looks: nothing is listened to. */
    hide() {
        this.#views.get(this.#shown)?.stop();
        this.#shown = null;
    }
}
