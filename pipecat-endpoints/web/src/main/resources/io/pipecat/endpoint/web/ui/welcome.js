import { h } from "./dom.js";

// The model that comes with every node can do these.
const EXAMPLES = [
    ["What is 17 * 23?", "a sum"],
    ["Turn on the kitchen light", "the house"],
    ["What time is it?", "the clock"],
    ["What can you do?", "an overview"],
];

const greeting = () => {
    const hour = new Date().getHours();
    return hour < 5 ? "Good night" : hour < 12 ? "Good morning" : hour < 18 ? "Good afternoon" : "Good evening";
};

/** The empty page of a new conversation. */
export function welcome(choose) {
    return h(
        "div",
        { class: "welcome" },
        h("h1", {}, greeting()),
        h("p", {}, "Ask something, or say what the house should do. For example:"),
        h("ul", { class: "examples" }, ...EXAMPLES.map(([text, about]) =>
            h("li", {}, h("button", { type: "button", on: { click: () => choose(text) } }, h("span", {}, text), h("small", {}, about))),
        )),
    );
}
