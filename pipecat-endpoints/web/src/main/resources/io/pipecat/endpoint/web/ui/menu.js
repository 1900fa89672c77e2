import { h } from "./dom.js";

/** Opens a menu below a button; items are [label, action or address]. Arrows move in it, Escape and Tab leave it. */
export function openMenu(button, items) {
    const close = (refocus) => {
        menu.remove();
        button.setAttribute("aria-expanded", "false");
        document.removeEventListener("pointerdown", outside, true);
        if (refocus) {
            button.focus();
        }
    };
    const outside = (event) => {
        if (!menu.contains(event.target)) {
            close(false);
        }
    };
    const entries = items.map(([label, target, kind]) =>
        typeof target === "string"
            ? h("a", { role: "menuitem", tabindex: "-1", href: target, download: true, on: { click: () => setTimeout(() => close(true)) } }, label)
            : h("button", { type: "button", role: "menuitem", tabindex: "-1", class: kind, on: { click: () => { close(true); target(); } } }, label),
    );
    const menu = h("div", { class: "menu", role: "menu", "aria-label": button.getAttribute("aria-label") }, ...entries);
    menu.addEventListener("keydown", (event) => {
        const at = entries.indexOf(document.activeElement);
        const to = { ArrowDown: at + 1, ArrowUp: at - 1 + entries.length, Home: 0, End: entries.length - 1 }[event.key];
        if (to !== undefined) {
            event.preventDefault();
            entries[to % entries.length].focus();
        } else if (event.key === "Escape" || event.key === "Tab") {
            event.preventDefault();
            event.stopPropagation();
            close(true);
        }
    });
    document.body.append(menu);
    const place = button.getBoundingClientRect();
    menu.style.left = `${Math.max(8, Math.min(place.left, innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = `${Math.max(8, Math.min(place.bottom + 4, innerHeight - menu.offsetHeight - 8))}px`;
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside, true);
    entries[0].focus();
}
