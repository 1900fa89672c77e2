import { call } from "./api.js";
import { h } from "./dom.js";
import { timeOfDay } from "./format.js";
import { View } from "./view.js";

const RANKS = ["error", "warn", "info", "debug", "trace"];
const KEPT = 300;

/** What the node writes into its log, as it writes it. */
export class Logs extends View {
    #entries = [];
    #timer = 0;

    constructor(body) {
        super(body);
        this.level = h("select", { "aria-label": "Level", on: { change: () => this.load() } }, ...RANKS.slice(0, 4).map((each) => h("option", { value: each }, each)));
        this.level.value = "info";
        this.query = h("input", { type: "search", placeholder: "Filter", "aria-label": "Filter the log", on: { input: () => this.#soon() } });
        this.lines = h("ol", { class: "log-lines", tabindex: "0", "aria-label": "Log" });
        this.body.append(h("div", { class: "log-tools" }, this.level, this.query), this.lines);
    }

    topics() {
        return { log: (entry) => this.#told(entry) };
    }

    #soon() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.load(), 200);
    }

    async load() {
        const answer = await call("GET", `api/logs?level=${this.level.value}&query=${encodeURIComponent(this.query.value.trim())}&limit=200`);
        this.#entries = answer.entries ?? [];
        if (answer.available === false) {
            this.lines.replaceChildren(h("li", { class: "empty" }, "This node keeps no log that can be shown here."));
        } else if (this.#entries.length === 0) {
            this.lines.replaceChildren(h("li", { class: "empty" }, "Nothing at this level and with this filter."));
        } else {
            this.lines.replaceChildren(...this.#entries.map((entry) => this.#line(entry)));
        }
        this.lines.scrollTop = this.lines.scrollHeight;
    }

    #wanted({ level, logger, message }) {
        const query = this.query.value.trim().toLowerCase();
        return RANKS.indexOf(level.toLowerCase()) <= RANKS.indexOf(this.level.value) && `${logger} ${message}`.toLowerCase().includes(query);
    }

    #told(entry) {
        if (!this.#wanted(entry)) {
            return;
        }
        const atEnd = this.lines.scrollHeight - this.lines.scrollTop - this.lines.clientHeight < 40;
        this.lines.querySelector(".empty")?.remove();
        this.lines.append(this.#line(entry));
        while (this.lines.children.length > KEPT) {
            this.lines.firstChild.remove();
        }
        if (atEnd) {
            this.lines.scrollTop = this.lines.scrollHeight;
        }
    }

    #line({ time, level, logger, message }) {
        return h(
            "li",
            { "data-level": level.toLowerCase() },
            h("time", { datetime: time }, timeOfDay(time)),
            h("span", { class: "level" }, level.toLowerCase()),
            h("span", { class: "logger", title: logger }, logger.split(".").pop()),
            h("span", { class: "message" }, message),
        );
    }
}
