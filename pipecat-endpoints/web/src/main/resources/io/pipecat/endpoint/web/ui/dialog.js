import { h } from "./dom.js";

let count = 0;

/** Shows a dialog over the page; resolves with what its form was submitted with (an object of its fields), or null. */
export function ask({ title, content = [], action, danger = false, cancel = "Cancel" }) {
    const id = `dialog-${++count}`;
    return new Promise((resolve) => {
        let answer = null;
        const form = h(
            "form",
            { method: "dialog", on: { submit: (event) => {
                event.preventDefault();
                answer = Object.fromEntries(new FormData(form));
                dialog.close();
            } } },
            h("h2", { id }, title),
            ...content,
            h(
                "div",
                { class: "actions" },
                cancel ? h("button", { type: "button", class: "quiet", on: { click: () => dialog.close() } }, cancel) : null,
                h("button", { type: "submit", class: danger ? "primary danger" : "primary" }, action),
            ),
        );
        const dialog = h("dialog", { "aria-labelledby": id }, form);
        dialog.addEventListener("close", () => {
            dialog.remove();
            resolve(answer);
        });
        document.body.append(dialog);
        dialog.showModal();
    });
}

export const confirm = (title, text, action) => ask({ title, content: [h("p", {}, text)], action, danger: true });

export async function askText(title, label, value, action) {
    const field = h("input", { name: "text", value, "aria-label": label, required: true, maxlength: "200", autocomplete: "off", autofocus: true });
    const asked = ask({ title, content: [field], action });
    field.select();
    return (await asked)?.text?.trim() || null;
}
