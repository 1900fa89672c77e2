import { ask } from "./dialog.js";
import { h } from "./dom.js";

const rows = [];
const actions = new Map();

/** A key that does something wherever nobody types. */
export function shortcut(key, about, action, shown = key) {
    actions.set(key, action);
    rows.push([shown, about]);
}

/** A key that is only listed, since it is handled where it is pressed. */
export function mention(shown, about) {
    rows.push([shown, about]);
}

export function help() {
    if (document.querySelector("dialog[open]") !== null) {
        return;
    }
    const list = h("dl", { class: "keys" }, ...rows.map(([key, about]) => h("div", {}, h("dt", {}, ...key.split(" ").map((each) => h("kbd", {}, each))), h("dd", {}, about))));
    ask({ title: "Keyboard", content: [list], action: "Close", cancel: null });
}

const types = (target) => target instanceof HTMLElement && (target.matches("textarea, select, input:not([type=range])") || target.isContentEditable);

addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]") !== null || event.ctrlKey || event.metaKey || event.isComposing) {
        return;
    }
    const key = event.altKey ? `Alt+${event.code.replace(/^Key/, "").toLowerCase()}` : event.key;
    const action = actions.get(key);
    if (action === undefined || (types(event.target) && key !== "Escape" && !event.altKey)) {
        return;
    }
    if (action(event) !== false) {
        event.preventDefault();
    }
});
