import { h, icon } from "./dom.js";
import { duration, pretty } from "./format.js";

// Enough to read; what is longer is in the export.
const LONGEST = 20000;
const LINES = 200;

const cut = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… (${text.length - LONGEST} more characters)` : text);

const block = (title, text) =>
    h("div", { class: "io" }, h("p", { class: "io-title" }, title), h("pre", { tabindex: "0", role: "group", "aria-label": title }, cut(text)));

/** One call of a tool: a line that can be opened. All that it shows is text. */
export class ToolCard {
    #progress = null;

    constructor({ id, name, arguments: args, sensitive }) {
        this.id = id;
        this.name = name;
        this.state = h("span", { class: "tool-state" }, "running");
        this.time = h("span", { class: "tool-time" });
        this.gist = h("span", { class: "gist" });
        const label = name.replace("__", ".");
        const summary = h(
            "summary",
            {},
            h("span", { class: "tool-icon" }, icon("tool")),
            h("span", { class: "tool-name" }, label),
            sensitive ? h("span", { class: "chip" }, "sensitive") : null,
            this.gist,
            this.state,
            this.time,
            h("span", { class: "chevron" }, icon("chevron")),
        );
        this.body = h("div", { class: "tool-body" }, block("Arguments", pretty(args ?? "{}")));
        this.element = h("details", { class: "tool running", "data-tool": label }, summary, this.body);
        this.gist.textContent = gist(args);
    }

    progress(line) {
        if (this.#progress === null) {
            this.#progress = h("pre", { tabindex: "0", role: "group", "aria-label": "Output so far" });
            this.body.append(h("div", { class: "io" }, h("p", { class: "io-title" }, "Output so far"), this.#progress));
        }
        this.#progress.append(`${line}\n`);
        while (this.#progress.childNodes.length > LINES) {
            this.#progress.firstChild.remove();
        }
    }

    waits(waiting) {
        if (this.element.classList.contains("running")) {
            this.state.textContent = waiting ? "waits for you" : "running";
            this.element.classList.toggle("waiting", waiting);
        }
    }

    decided(decision) {
        const said = { once: "allowed once", always: "always allowed in this conversation", deny: "denied", withdrawn: "withdrawn", expired: "not answered in time" }[decision];
        if (said !== undefined) {
            this.body.append(h("p", { class: "decision" }, `Approval: ${said}`));
        }
    }

    result({ ok, result, millis }) {
        this.#progress?.parentElement.remove();
        this.element.classList.remove("running", "waiting");
        this.element.classList.toggle("failed", !ok);
        this.state.textContent = ok ? "done" : "failed";
        this.time.textContent = millis === undefined ? "" : duration(millis);
        this.body.append(block(ok ? "Result" : "Error", pretty(result ?? "")));
    }

    /** The turn is over and this never ended. */
    abandon() {
        if (this.element.classList.contains("running")) {
            this.element.classList.remove("running", "waiting");
            this.element.classList.add("failed");
            this.state.textContent = "broken off";
        }
    }
}

function gist(args) {
    try {
        const values = Object.values(JSON.parse(args));
        const text = values.map((value) => (typeof value === "string" ? value : JSON.stringify(value))).join(", ");
        return text.length > 80 ? `${text.slice(0, 79)}…` : text;
    } catch {
        return "";
    }
}
