import { call } from "./api.js";
import { h } from "./dom.js";
import { timeOfDay, uptime, words } from "./format.js";
import { View } from "./view.js";

const STATES = { ok: "fine", degraded: "impaired", down: "down", unknown: "not known" };

// Tools have a list of their own, with what they can do.
const TOOL = "tool:";

const fact = (name, value) => (value === null || value === undefined || value === "" ? null : h("div", {}, h("dt", {}, name), h("dd", {}, value)));

/** What this node is: its parts, what they lean on, what happened lately. */
export class Overview extends View {
    #node = null;

    topics() {
        return {
            topology: (data, type) => this.#told(data, type),
            health: (data) => this.#update({ health: data }),
        };
    }

    async load() {
        this.#node = await call("GET", "api/node");
        this.#draw();
    }

    #told(data, type) {
        if (type === "node_event") {
            this.#update({ events: [data, ...(this.#node?.events ?? [])].slice(0, 50) });
        } else {
            this.#update({ topology: data });
        }
    }

    #update(change) {
        if (this.#node !== null) {
            Object.assign(this.#node, change);
            this.#draw();
        }
    }

    #draw() {
        const node = this.#node;
        const open = new Set([...this.body.querySelectorAll("details[open]")].map((each) => each.dataset.key));
        this.body.replaceChildren(
            h("h2", { class: "node-name" }, node.name),
            h("p", { class: "muted" }, [node.tier ? `${node.tier} node` : "node", `version ${node.version}`, uptime(node.uptime_seconds)].join(" · ")),
            h("dl", { class: "facts" }, fact("Model", node.model), fact("Context", node.context_tokens ? `${node.context_tokens.toLocaleString("en")} tokens` : ""), fact("Mode", node.mode), fact("Approvals", node.approval_mode), fact("Java", node.java)),
            h("h3", {}, "Leans on"),
            h("ul", { class: "health" }, ...node.health.map((each) => this.#health(each))),
            h("h3", {}, "Parts"),
            h("ul", { class: "parts-list" }, ...node.topology.filter(({ role }) => !role.startsWith(TOOL)).map((each) => this.#part(each))),
            ...this.#tools(node.tools ?? [], new Map(node.topology.map((each) => [each.role, each]))),
            ...this.#events(node.events ?? []),
        );
        this.body.querySelectorAll("details").forEach((each) => {
            each.open = open.has(each.dataset.key);
        });
    }

    #health({ name, state, detail }) {
        return h(
            "li",
            { "data-state": state },
            h("span", { class: "dot", "aria-hidden": "true" }),
            h("span", { class: "health-name" }, words(name)),
            h("span", { class: "health-state" }, STATES[state] ?? state),
            detail ? h("span", { class: "health-detail" }, detail) : null,
        );
    }

    #part({ role, implementation, detail, jar, why }) {
        return h(
            "li",
            {},
            h("p", { class: "role" }, words(role.replace(":", " "))),
            h("p", { class: "implementation" }, implementation, detail ? h("span", { class: "muted" }, ` ${detail}`) : null),
            jar ? h("p", { class: "jar" }, jar) : null,
            why ? h("p", { class: "why" }, why) : null,
        );
    }

    #origin(part) {
        return part === undefined ? null : h("p", { class: "muted" }, [part.implementation, part.detail, part.jar, part.why].filter(Boolean).join(" · "));
    }

    #tools(tools, parts) {
        if (tools.length === 0) {
            return [];
        }
        const list = tools.map((tool) =>
            h(
                "details",
                { class: "tool-list", "data-key": `tool:${tool.name}` },
                h("summary", {}, h("span", {}, tool.name), h("span", { class: "muted" }, `${tool.methods.length}`)),
                tool.description ? h("p", { class: "muted" }, tool.description) : null,
                this.#origin(parts.get(TOOL + tool.name)),
                h("ul", {}, ...tool.methods.map((method) => h("li", {}, h("code", {}, method.name), method.sensitive ? h("span", { class: "chip" }, "asks first") : null, h("p", { class: "muted" }, method.description ?? "")))),
            ),
        );
        return [h("h3", {}, "Tools"), h("div", { class: "tool-lists" }, ...list)];
    }

    #events(events) {
        if (events.length === 0) {
            return [];
        }
        return [h("h3", {}, "Lately"), h("ol", { class: "events" }, ...events.map(({ time, message }) => h("li", {}, h("time", { datetime: time }, timeOfDay(time)), h("span", {}, message))))];
    }
}
