import { h, icon } from "./dom.js";

const key = (id) => `draft:${id ?? "new"}`;

/** Where a person writes. What is written is kept for each conversation until the node has taken it. */
export class Composer {
    #conversation = null;
    #sending = null;

    constructor({ onSend, onStop }) {
        this.onSend = onSend;
        this.field = h("textarea", {
            id: "prompt",
            rows: "1",
            "aria-label": "Message",
            placeholder: "Ask something, or say what to do",
            enterkeyhint: "send",
            on: { input: () => this.#changed(), keydown: (event) => this.#keyed(event) },
        });
        this.sendButton = h("button", { type: "submit", class: "round primary", "aria-label": "Send", title: "Send (Enter)" }, icon("send"));
        this.stopButton = h("button", { type: "button", class: "round stop", "aria-label": "Stop", title: "Stop (Escape)", hidden: true, on: { click: onStop } }, icon("stop"));
        this.element = h(
            "form",
            { class: "composer", on: { submit: (event) => this.#submit(event) } },
            h("div", { class: "field" }, this.field, this.stopButton, this.sendButton),
            h("p", { class: "hint" }, h("kbd", {}, "Enter"), " sends, ", h("kbd", {}, "Shift"), " ", h("kbd", {}, "Enter"), " makes a new line, ", h("kbd", {}, "?"), " shows shortcuts"),
        );
    }

    /** Goes over to another conversation with its own draft. */
    open(id) {
        this.#conversation = id;
        this.#sending = null;
        this.field.readOnly = false;
        this.field.value = stored(key(id));
        this.#fit();
    }

    /** A conversation that was only begun has got its id: the draft stays. */
    adopt(id) {
        store(key(this.#conversation), "");
        this.#conversation = id;
        this.#changed();
    }

    fill(text) {
        this.field.value = text;
        this.#changed();
        this.field.focus();
    }

    running(running) {
        this.stopButton.hidden = !running;
    }

    #keyed(event) {
        if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            this.element.requestSubmit();
        }
    }

    #changed() {
        store(key(this.#conversation), this.field.value);
        this.#fit();
    }

    #fit() {
        this.sendButton.disabled = this.field.value.trim() === "";
        this.field.style.height = "auto";
        this.field.style.height = `${Math.min(this.field.scrollHeight, 240)}px`;
    }

    async #submit(event) {
        event.preventDefault();
        const text = this.field.value;
        if (text.trim() === "" || this.field.readOnly) {
            return;
        }
        const from = this.#conversation;
        const sending = {};
        this.#sending = sending;
        this.field.readOnly = true;
        try {
            // Emptied only when the node has it.
            const id = await this.onSend(text.trim());
            if (id !== null) {
                new Set([from, id]).forEach((each) => this.#forget(each, text));
            }
        } finally {
            // Another conversation may be shown by now, and be sending too.
            if (this.#sending === sending) {
                this.#sending = null;
                this.field.readOnly = false;
            }
        }
    }

    /** What was sent is no draft any more; what was typed since still is. */
    #forget(id, text) {
        if (stored(key(id)) === text) {
            store(key(id), "");
        }
        if (this.#conversation === id && this.field.value === text) {
            this.field.value = "";
            this.#changed();
        }
    }
}

function stored(name) {
    try {
        return localStorage.getItem(name) ?? "";
    } catch {
        return "";
    }
}

function store(name, text) {
    try {
        if (text === "") {
            localStorage.removeItem(name);
        } else {
            localStorage.setItem(name, text);
        }
    } catch {
        // Storage is full or switched off: the text stays in the field.
    }
}
