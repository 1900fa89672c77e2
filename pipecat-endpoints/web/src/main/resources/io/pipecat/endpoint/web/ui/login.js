import { ApiError, login } from "./api.js";
import { h } from "./dom.js";

let running = null;

function prompt() {
    return new Promise((resolve) => {
        const error = h("p", { class: "error", role: "alert" });
        const field = h("input", { type: "password", name: "key", id: "key", required: true, autocomplete: "current-password", autofocus: true });
        const button = h("button", { type: "submit", class: "primary" }, "Unlock");
        const submit = async (event) => {
            event.preventDefault();
            button.disabled = true;
            error.textContent = "";
            try {
                if (await login(field.value)) {
                    dialog.close();
                    dialog.remove();
                    resolve();
                    return;
                }
                error.textContent = "The node does not know this key. Its settings have the digests of those it takes (PIPECAT_API_KEYS).";
                field.select();
            } catch (failure) {
                error.textContent = failure instanceof ApiError ? failure.message : "The node cannot be reached. Is it running?";
            } finally {
                button.disabled = false;
            }
        };
        const dialog = h(
            "dialog",
            // Without a key there is nothing to go back to.
            { "aria-labelledby": "login-title", class: "login", on: { cancel: (event) => event.preventDefault() } },
            h(
                "form",
                { on: { submit } },
                h("h2", { id: "login-title" }, "This node asks for a key"),
                h("p", {}, "It is one of those that its owner has set up. This browser keeps it as a cookie that no script can read."),
                h("label", { for: "key" }, "Key"),
                field,
                error,
                h("div", { class: "actions" }, button),
            ),
        );
        document.body.append(dialog);
        dialog.showModal();
    });
}

/** Asks for the key, once however many calls wait for it. */
export function unlock() {
    running ??= prompt().finally(() => {
        running = null;
    });
    return running;
}
