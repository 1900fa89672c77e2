import { call } from "./api.js";
import { announce, h, icon } from "./dom.js";
import { pretty, timeOfDay } from "./format.js";

/** Asks whether a call may be made. It waits in the conversation and takes the focus from nobody. */
export class Approval {
    constructor({ id, tool, arguments: args, description, expires }) {
        this.id = id;
        this.error = h("p", { class: "error", role: "alert" });
        const button = (decision, label, kind) =>
            h("button", { type: "button", class: kind, "data-decision": decision, on: { click: () => this.#decide(decision) } }, label);
        this.buttons = [button("once", "Allow once", "primary"), button("always", "Always in this conversation", "quiet"), button("deny", "Deny", "quiet danger")];
        const title = `Allow ${tool}?`;
        this.element = h(
            "section",
            { class: "approval", "aria-label": title },
            h("p", { class: "approval-title" }, icon("shield"), h("strong", {}, title)),
            description ? h("p", { class: "approval-text" }, description) : null,
            h("pre", { tabindex: "0", role: "group", "aria-label": "Arguments" }, pretty(args ?? "{}")),
            h("div", { class: "actions" }, ...this.buttons, expires ? h("span", { class: "until" }, `until ${timeOfDay(expires)}`) : null),
            this.error,
        );
    }

    announce() {
        announce(`Approval needed: ${this.element.getAttribute("aria-label")} Press Alt A to go there.`, true);
    }

    focus() {
        this.buttons[0].focus();
    }

    #busy(busy) {
        for (const button of this.buttons) {
            button.disabled = busy;
        }
    }

    async #decide(decision) {
        this.#busy(true);
        this.error.textContent = "";
        try {
            await call("POST", `api/approvals/${encodeURIComponent(this.id)}`, { decision });
        } catch (error) {
            this.error.textContent = error.message;
            // Answered elsewhere, or withdrawn: there is nothing left to decide.
            if (error.status !== 404 && error.status !== 409) {
                this.#busy(false);
            }
        }
    }
}
