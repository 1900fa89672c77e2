import { call, conversationPath } from "./api.js";
import * as banner from "./banner.js";
import { askText, confirm } from "./dialog.js";
import { announce, byId, h, icon, iconButton } from "./dom.js";
import { ago } from "./format.js";
import { listen, onReconnect } from "./live.js";
import { openMenu } from "./menu.js";

const PAUSE = 150;
const FIRST = 100;
// What the node lists at most.
const MOST = 1000;

// One line of an answer, without the marks of Markdown; between numbers a star multiplies.
const plain = (text) => text.replace(/(?<!\d\s?)\*+|\*+(?!\s?\d)|[#`>~|]+/g, "").replace(/\s+/g, " ");

function state({ asking, running, updated }) {
    return asking || running ? h("span", { class: "live" }, asking ? "waits for you" : "answering") : ago(updated);
}

/** The list of conversations. */
export class Sidebar {
    #entries = [];
    #current = null;
    #timer = 0;
    #asked = 0;
    #limit = FIRST;

    constructor({ onOpen, onRenamed, onClose, onAsking }) {
        this.onOpen = onOpen;
        this.onRenamed = onRenamed;
        this.onAsking = onAsking;
        this.list = h("ul", { class: "conversations" });
        this.search = h("input", { type: "search", placeholder: "Search", "aria-label": "Search conversations", on: { input: () => this.#soon() } });
        const close = iconButton("close", "Close the list", onClose);
        close.classList.add("phone-only");
        byId("sidebar").append(
            h("div", { class: "brand" }, h("img", { src: "ui/icon.svg", alt: "", width: "24", height: "24" }), h("strong", {}, "Pipecat"), close),
            h("button", { type: "button", class: "new", on: { click: () => onOpen(null) } }, icon("plus"), h("span", {}, "New conversation")),
            h("div", { class: "search" }, icon("search"), this.search),
            this.list,
        );
        listen("conversation", (change) => this.#changed(change));
        onReconnect(() => this.load());
    }

    select(id) {
        this.#current = id;
        this.#draw();
    }

    #soon() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.load(), PAUSE);
    }

    async load() {
        const asked = ++this.#asked;
        const query = this.search.value.trim();
        try {
            const answer = await call("GET", `api/conversations?query=${encodeURIComponent(query)}&limit=${this.#limit}`);
            if (asked === this.#asked) {
                this.#entries = answer.conversations;
                this.#draw();
                if (query !== "") {
                    announce(`${this.#entries.length} conversations found`);
                }
            }
        } catch (error) {
            banner.show("list", error.message);
            return;
        }
        banner.hide("list");
    }

    #changed({ id, change, title, updated }) {
        if (change === "deleted") {
            this.#entries = this.#entries.filter((entry) => entry.id !== id);
            this.#draw();
            if (id === this.#current) {
                this.onOpen(null);
            }
            return;
        }
        const entry = this.#entries.find((each) => each.id === id);
        if (entry !== undefined) {
            entry.title = title ?? entry.title;
            entry.updated = updated ?? entry.updated;
            if (change === "running" || change === "idle") {
                entry.running = change === "running";
                entry.asking &&= entry.running;
            } else if (change === "asking" || change === "answered") {
                entry.asking = change === "asking";
            }
        }
        if (id === this.#current && title) {
            this.onRenamed(title);
        }
        // Its preview and place have changed too; what a search found stays, since searching all messages at each change would be much.
        if (this.search.value.trim() === "") {
            this.#soon();
        }
        this.#draw();
    }

    #draw() {
        this.onAsking(this.#entries.some((entry) => entry.asking === true));
        if (this.#entries.length === 0) {
            const searching = this.search.value.trim() !== "";
            this.list.replaceChildren(h("li", { class: "empty" }, searching ? "Nothing found. The search looks into titles and messages." : "Conversations are kept on this node. The first begins with your first message."));
            return;
        }
        const focused = this.list.contains(document.activeElement) ? document.activeElement.closest("li")?.dataset.id : undefined;
        const onMenu = document.activeElement?.classList.contains("icon-button");
        this.list.replaceChildren(...this.#entries.map((entry) => this.#item(entry)));
        if (this.#entries.length >= MOST) {
            this.list.append(h("li", { class: "empty" }, this.search.value.trim() === "" ? "The search finds the older ones." : "There may be more; search for more words."));
        } else if (this.#entries.length >= this.#limit) {
            this.list.append(h("li", { class: "empty" }, h("button", { type: "button", class: "quiet", on: { click: () => this.#more() } }, "Show more")));
        }
        if (focused !== undefined) {
            const item = [...this.list.children].find((each) => each.dataset.id === focused);
            item?.querySelector(onMenu ? "button" : "a")?.focus();
        }
    }

    async #more() {
        const before = this.#entries.length;
        this.#limit = Math.min(MOST, this.#limit * 2);
        await this.load();
        this.list.children[before]?.querySelector("a, button")?.focus();
    }

    #item(entry) {
        const title = entry.title || "New conversation";
        const current = entry.id === this.#current;
        const more = iconButton("more", `Actions for ${title}`, () => this.#menu(entry, more), { "aria-haspopup": "menu", "aria-expanded": "false" });
        return h(
            "li",
            { "data-id": entry.id, class: current ? "current" : undefined },
            h(
                "a",
                { href: `#/c/${encodeURIComponent(entry.id)}`, "aria-current": current ? "page" : undefined },
                h("span", { class: "title" }, title),
                h("span", { class: "meta" }, state(entry)),
                h("span", { class: "preview" }, plain(entry.snippet || entry.preview || "")),
            ),
            more,
        );
    }

    #menu(entry, button) {
        const file = (format) => `${conversationPath(entry.id)}/export?format=${format}`;
        openMenu(button, [
            ["Rename", () => this.rename(entry)],
            ["Export as Markdown", file("markdown")],
            ["Export as JSON", file("json")],
            ["Delete", () => this.remove(entry), "danger"],
        ]);
    }

    async rename(entry) {
        const title = await askText("Rename the conversation", "Title", entry.title, "Rename");
        if (title !== null) {
            await this.#try(() => call("PATCH", conversationPath(entry.id), { title }));
        }
    }

    async remove(entry) {
        const sure = await confirm("Delete this conversation?", `“${entry.title || "New conversation"}” and all its messages are removed from this node. This cannot be undone.`, "Delete");
        if (sure !== null) {
            await this.#try(() => call("DELETE", conversationPath(entry.id)));
            this.search.focus();
        }
    }

    async #try(action) {
        try {
            await action();
        } catch (error) {
            banner.show("list", error.message);
            return;
        }
        this.load();
    }
}
