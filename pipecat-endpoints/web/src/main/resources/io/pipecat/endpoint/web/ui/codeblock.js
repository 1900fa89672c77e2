import { announce, h, icon } from "./dom.js";

export async function copy(text, button) {
    let done = true;
    try {
        await navigator.clipboard.writeText(text);
    } catch {
        // No clipboard without TLS on another machine's address, or the person said no.
        done = false;
    }
    const said = done ? "Copied" : "Select and copy by hand";
    button.lastChild.textContent = said;
    announce(said);
    setTimeout(() => {
        button.lastChild.textContent = "Copy";
    }, 2000);
}

export function copyButton(text, label = "Copy the code") {
    const button = h("button", { type: "button", class: "copy", "aria-label": label }, icon("copy"), h("span", {}, "Copy"));
    button.addEventListener("click", () => copy(text(), button));
    return button;
}

export function codeBlock(text, language) {
    // It scrolls sideways, so it takes the focus: without, a keyboard could not move it.
    const pre = h("pre", { tabindex: "0", role: "group", "aria-label": language === "" ? "Code" : `Code, ${language}` }, h("code", {}, text));
    return h("figure", { class: "code" }, h("figcaption", {}, h("span", {}, language || "text"), copyButton(() => text)), pre);
}
