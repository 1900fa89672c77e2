import { call, conversationPath } from "./api.js";
import * as banner from "./banner.js";
import { Composer } from "./composer.js";
import { announce, byId, h, iconButton } from "./dom.js";
import { Stream } from "./stream.js";
import { Turn } from "./turn.js";
import { welcome } from "./welcome.js";

const EVENTS = ["reset", "turn_start", "text", "reasoning", "notice", "tool_call", "tool_progress", "approval", "approval_done", "tool_result", "turn_end"];
// A long history is shown from its end; the rest on request.
const SHOWN = 40;

/** The conversation in the middle of the page. */
export class Chat {
    #id = null;
    #turns = new Map();
    #stream = null;
    #current = null;
    #after = "";
    #older = [];
    #stick = true;
    #generation = 0;
    #ready = () => {};
    #missed = false;

    constructor({ onOpen, onTitle, onAsking }) {
        this.onOpen = onOpen;
        this.onTitle = onTitle;
        this.onAsking = onAsking;
        this.log = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": "Messages", tabindex: "0" });
        this.jump = iconButton("down", "Go to the latest message", () => this.#toEnd(true), { hidden: true });
        this.jump.classList.add("jump");
        this.log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
        this.composer = new Composer({ onSend: (text) => this.send(text), onStop: () => this.stop() });
        byId("chat").append(this.log, h("div", { class: "dock" }, this.jump, this.composer.element));
        document.addEventListener("visibilitychange", () => this.#seen());
    }

    get id() {
        return this.#id;
    }

    get running() {
        return this.#current !== null;
    }

    /** Shows a conversation; null shows the empty page of a new one. */
    async open(id) {
        this.#leave();
        this.#id = id;
        this.composer.open(id);
        if (id === null) {
            this.log.replaceChildren(welcome((text) => this.composer.fill(text)));
            this.onTitle("");
            return;
        }
        this.log.replaceChildren();
        await this.#load();
    }

    #leave() {
        this.#generation++;
        this.#stream?.close();
        this.#stream = null;
        this.#ready();
        banner.hide("follow");
        this.#turns.clear();
        this.#older = [];
        this.#setCurrent(null);
        banner.hide("chat");
    }

    async #load() {
        const generation = ++this.#generation;
        let history;
        try {
            history = await call("GET", conversationPath(this.#id));
        } catch (error) {
            if (generation !== this.#generation) {
                return;
            }
            if (error.status === 404) {
                this.onOpen(null);
                banner.show("chat", "That conversation is not on this node (any more).");
            } else {
                banner.show("chat", error.message);
                this.#listen();
            }
            return;
        }
        if (generation === this.#generation) {
            this.#show(history);
            this.#listen();
        }
    }

    #show(history) {
        this.onTitle(history.title);
        this.#turns.clear();
        this.#setCurrent(null);
        const pairs = new Map();
        for (const message of history.messages) {
            const pair = pairs.get(message.turn) ?? {};
            pair[message.role] = message;
            pairs.set(message.turn, pair);
        }
        this.#older = [...pairs.values()];
        const latest = this.#older.splice(Math.max(0, this.#older.length - SHOWN));
        this.log.replaceChildren(...latest.map((pair) => this.#past(pair).element));
        this.#offerOlder();
        this.#after = history.last_event ?? "";
        this.#toEnd(true);
    }

    #past({ user, assistant }) {
        const turn = Turn.from(user, assistant);
        this.#turns.set(turn.id, turn);
        return turn;
    }

    #offerOlder() {
        if (this.#older.length === 0) {
            return;
        }
        const button = h("button", { type: "button", class: "quiet older" }, `Show earlier messages (${this.#older.length})`);
        button.addEventListener("click", () => {
            const more = this.#older.splice(Math.max(0, this.#older.length - SHOWN));
            const before = this.log.scrollHeight - this.log.scrollTop;
            button.replaceWith(...more.map((pair) => this.#past(pair).element));
            this.#offerOlder();
            this.log.scrollTop = this.log.scrollHeight - before;
        });
        this.log.prepend(button);
    }

    /** Resolves as soon as events arrive, or it is known that they do not. */
    #listen() {
        this.#stream?.close();
        this.#missed = false;
        const id = this.#id;
        return new Promise((resolve) => {
            this.#ready = resolve;
            this.#stream = new Stream({
                path: () => `${conversationPath(id)}/events${this.#after === "" ? "" : `?after=${encodeURIComponent(this.#after)}`}`,
                events: EVENTS,
                handler: (type, data, event) => this.#event(type, data, event),
                state: (state) => this.#streams(state),
            });
            this.#stream.open();
        });
    }

    #streams(state) {
        if (state === "open" && this.#missed && this.#after === "") {
            // Of a stream that never told anything there is nothing to go on from.
            this.#load();
        }
        this.#missed ||= state !== "open";
        if (state === "broken") {
            return;
        }
        this.#ready();
        if (state === "refused") {
            banner.show("follow", "Answers cannot be followed right now; trying again.", { closable: false, kind: "warning" });
        } else {
            banner.hide("follow");
        }
    }

    #event(type, data, eventId) {
        if (eventId !== "") {
            this.#after = eventId;
        }
        if (type === "reset") {
            this.#stream.close();
            this.#load();
            return;
        }
        if (type === "turn_start") {
            this.#begin(data);
            return;
        }
        const turn = this.#turns.get(data.turn);
        if (turn === undefined || !turn.running) {
            return;
        }
        if (type === "turn_end") {
            this.#finish(turn, data);
            return;
        }
        const methods = { text: "text", reasoning: "reasoning", notice: "notice" };
        if (methods[type] !== undefined) {
            turn[methods[type]](data.delta ?? data.text);
        } else {
            turn[type.replace(/_(\w)/, (_, letter) => letter.toUpperCase())](data);
            this.#tellAsking();
        }
    }

    #begin(data) {
        this.log.querySelector(".welcome")?.remove();
        this.#turns.get(data.turn)?.element.remove();
        const turn = new Turn(data, () => this.#toEnd(false));
        this.#turns.set(data.turn, turn);
        this.log.append(turn.element);
        this.#setCurrent(turn);
        this.#toEnd(true);
        announce("Pipecat is answering");
    }

    #finish(turn, data) {
        turn.end({ ...data, time: data.time ?? new Date().toISOString() });
        if (this.#current === turn) {
            this.#setCurrent(null);
        }
        // Once and whole: word by word a screen reader would only stammer.
        announce(turn.answer === "" ? "The answer has ended" : turn.answer.slice(0, 2000));
        this.#seen();
    }

    #setCurrent(turn) {
        this.#current = turn;
        this.composer.running(turn !== null);
        this.log.setAttribute("aria-busy", String(turn !== null));
        this.#tellAsking();
    }

    #tellAsking() {
        this.onAsking(this.#current?.pendingApproval() !== undefined);
    }

    /** Sends what was typed to the conversation that is shown now; its id, or null if the node has not taken it, so that it stays where it was typed. */
    async send(text) {
        banner.hide("chat");
        const generation = this.#generation;
        let id = this.#id;
        try {
            if (id === null) {
                id = (await call("POST", "api/conversations", {})).id;
                // Who has gone elsewhere meanwhile is not pulled back; the message is sent all the same.
                if (generation === this.#generation) {
                    await this.#adopt(id);
                }
            }
            await call("POST", `${conversationPath(id)}/messages`, { text });
            return id;
        } catch (error) {
            const said = this.#id === id ? error.message : `A message to another conversation was not sent. ${error.message}`;
            banner.show("chat", said);
            announce(said, true);
            return null;
        }
    }

    async #adopt(id) {
        this.#id = id;
        this.#after = "";
        this.composer.adopt(id);
        this.onOpen(id);
        this.log.replaceChildren();
        // A short answer would be over before anybody listened.
        await this.#listen();
    }

    async stop() {
        if (this.#current === null) {
            return;
        }
        try {
            await call("POST", `${conversationPath(this.#id)}/cancel`);
        } catch (error) {
            banner.show("chat", error.message);
        }
    }

    focusApproval() {
        this.#current?.pendingApproval()?.focus();
    }

    /** The node is back: does not wait for the next attempt to follow it. */
    reconnected() {
        this.#stream?.hurry();
    }

    // Browsers allow six connections to one address: a tab in the background keeps its own only while an answer runs.
    #seen() {
        if (this.#id === null || this.#stream === null) {
            return;
        }
        if (document.hidden && this.#current === null) {
            this.#stream.close();
            this.#ready();
        } else if (!document.hidden) {
            this.#stream.open();
            this.#stream.hurry();
        }
    }

    #scrolled() {
        const rest = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight;
        this.#stick = rest < 60;
        this.jump.hidden = this.#stick;
    }

    #toEnd(force) {
        if (force || this.#stick) {
            this.log.scrollTop = this.log.scrollHeight;
        }
    }
}
