import { h } from "./dom.js";
import { markdown, settled } from "./markdown.js";

/** A text that grows. What cannot change any more is rendered once; only its end is rendered again, at most once for each frame. */
export class Prose {
    #tailText = "";
    #tailNodes = [];
    #frame = 0;
    #whole = "";

    constructor(onRender) {
        this.element = h("div", { class: "prose" });
        this.onRender = onRender;
    }

    append(delta) {
        this.#whole += delta;
        this.#tailText += delta;
        if (this.#frame === 0) {
            this.#frame = requestAnimationFrame(() => {
                this.#frame = 0;
                this.#render();
            });
        }
    }

    #render() {
        const cut = settled(this.#tailText);
        this.#tailNodes.forEach((node) => node.remove());
        if (cut > 0) {
            this.element.append(...markdown(this.#tailText.slice(0, cut)));
            this.#tailText = this.#tailText.slice(cut);
        }
        this.#tailNodes = markdown(this.#tailText);
        this.element.append(...this.#tailNodes);
        this.onRender();
    }

    /** Nothing more comes: rendered as one, so that it looks as it will after a reload. */
    finish() {
        cancelAnimationFrame(this.#frame);
        this.#frame = 0;
        this.element.replaceChildren(...markdown(this.#whole));
        this.#tailText = "";
        this.#tailNodes = [...this.element.childNodes];
        this.onRender();
    }
}
