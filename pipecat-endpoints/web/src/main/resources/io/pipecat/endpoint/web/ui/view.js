import { h } from "./dom.js";
import { listen, onReconnect } from "./live.js";

/** What the views of the panel share: they load when they are opened, listen while they are seen, and say what went wrong. */
export class View {
    #stops = [];
    #seen = false;

    constructor(body) {
        this.body = body;
        this.error = h("p", { class: "error", role: "alert" });
        onReconnect(() => {
            if (this.#seen) {
                this.#load();
            }
        });
    }

    start() {
        this.#seen = true;
        for (const [topic, listener] of Object.entries(this.topics())) {
            this.#stops.push(listen(topic, listener));
        }
        this.#load();
    }

    stop() {
        this.#seen = false;
        this.#stops.forEach((stop) => stop());
        this.#stops = [];
    }

    async #load() {
        try {
            await this.load();
            this.error.remove();
        } catch (error) {
            this.error.textContent = error.message;
            this.body.prepend(this.error);
        }
    }
}
