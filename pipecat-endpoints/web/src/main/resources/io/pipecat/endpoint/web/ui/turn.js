import { Approval } from "./approval.js";
import { copyButton } from "./codeblock.js";
import { h } from "./dom.js";
import { duration } from "./format.js";
import { Prose } from "./prose.js";
import { ToolCard } from "./toolcard.js";

const ENDS = {
    interrupted: "Interrupted",
    step_limit: "Stopped: as many steps as one answer may take",
    length: "Cut off: as long as an answer may be",
    lost: "The node was stopped while it answered. Ask again to go on.",
};

/** What a person said and what came of it. Fed by the history or by events. */
export class Turn {
    #prose = null;
    #reasoning = null;
    #tools = new Map();
    #approvals = new Map();
    #answer = "";

    constructor({ turn, text, time }, onGrow = () => {}) {
        this.id = turn;
        this.started = Date.parse(time);
        this.onGrow = onGrow;
        this.running = true;
        this.parts = h("div", { class: "parts" });
        this.wait = h("p", { class: "thinking" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), h("span", { class: "unseen" }, "Answering"));
        this.foot = h("div", { class: "turn-foot" });
        this.element = h(
            "article",
            { class: "turn", "data-turn": turn },
            text === undefined ? null : h("div", { class: "user" }, h("h2", { class: "unseen" }, "You"), h("p", {}, text)),
            h("div", { class: "assistant" }, h("h2", { class: "unseen" }, "Pipecat"), this.parts, this.wait, this.foot),
        );
    }

    /** A finished turn as the history has it. */
    static from(user, assistant) {
        const turn = new Turn({ turn: user?.turn ?? assistant?.turn, text: user?.text, time: user?.time });
        for (const part of assistant?.parts ?? []) {
            if (part.type === "tool") {
                turn.toolCall(part);
                turn.#tools.get(part.id).decided(part.approval);
                if (part.ok === undefined || part.ok === null) {
                    turn.#tools.get(part.id).abandon();
                } else {
                    turn.toolResult(part);
                }
            } else if (part.type === "text") {
                turn.text(part.text);
            } else if (part.type === "reasoning") {
                turn.reasoning(part.text);
            } else if (part.type === "notice") {
                turn.notice(part.text);
            }
        }
        turn.end({ finish: assistant?.finish ?? "lost", usage: assistant?.usage, error: assistant?.error, time: assistant?.time });
        return turn;
    }

    get answer() {
        return this.#answer;
    }

    text(delta) {
        this.#closeReasoning();
        if (this.#prose === null) {
            this.#prose = new Prose(this.onGrow);
            this.parts.append(this.#prose.element);
        }
        this.wait.hidden = true;
        this.#answer += delta;
        this.#prose.append(delta);
    }

    reasoning(delta) {
        this.#closeText();
        if (this.#reasoning === null) {
            this.#reasoning = h("div", { class: "reasoning-text" });
            this.parts.append(h("details", { class: "reasoning" }, h("summary", {}, "Thoughts"), this.#reasoning));
        }
        this.#reasoning.append(delta);
        this.onGrow();
    }

    notice(text) {
        this.#close();
        this.parts.append(h("p", { class: "notice" }, text));
        this.onGrow();
    }

    toolCall(data) {
        this.#close();
        const card = new ToolCard(data);
        this.#tools.set(data.id, card);
        this.parts.append(card.element);
        this.wait.hidden = !this.running;
        this.onGrow();
    }

    toolProgress({ id, line }) {
        this.#tools.get(id)?.progress(line);
    }

    toolResult(data) {
        this.#tools.get(data.id)?.result(data);
        this.onGrow();
    }

    approval(data) {
        this.#close();
        const approval = new Approval(data);
        this.#approvals.set(data.id, approval);
        this.#tools.get(data.call)?.waits(true);
        this.parts.append(approval.element);
        this.wait.hidden = true;
        approval.announce();
        this.onGrow();
    }

    approvalDone({ id, call, decision }) {
        this.#removeApproval(id);
        this.#tools.get(call)?.waits(false);
        this.#tools.get(call)?.decided(decision);
        this.wait.hidden = !this.running;
    }

    #removeApproval(id) {
        const approval = this.#approvals.get(id);
        if (approval !== undefined) {
            this.#approvals.delete(id);
            if (approval.element.contains(document.activeElement)) {
                document.getElementById("prompt")?.focus();
            }
            approval.element.remove();
        }
    }

    /** The question that waits, if one does. */
    pendingApproval() {
        return this.#approvals.values().next().value;
    }

    end({ finish, usage, error, time }) {
        this.running = false;
        this.#close();
        this.wait.hidden = true;
        [...this.#approvals.keys()].forEach((id) => this.#removeApproval(id));
        this.#tools.forEach((card) => card.abandon());
        const said = finish === "error" ? (error ?? "It failed; the log of the node says why.") : ENDS[finish];
        if (said !== undefined) {
            this.parts.append(h("p", { class: finish === "error" ? "notice error" : "notice" }, said));
        }
        const facts = [];
        const took = Date.parse(time) - this.started;
        if (took >= 0) {
            facts.push(duration(took));
        }
        if (usage?.completion_tokens) {
            facts.push(`${usage.completion_tokens} tokens`);
        }
        this.foot.replaceChildren(
            ...(this.#answer === "" ? [] : [copyButton(() => this.#answer, "Copy the answer")]),
            h("span", {}, facts.join(" · ")),
        );
        this.onGrow();
    }

    #closeText() {
        this.#prose?.finish();
        this.#prose = null;
    }

    #closeReasoning() {
        this.#reasoning = null;
    }

    #close() {
        this.#closeText();
        this.#closeReasoning();
    }
}
