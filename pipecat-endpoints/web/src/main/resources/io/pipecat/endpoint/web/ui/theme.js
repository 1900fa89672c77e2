const dark = matchMedia("(prefers-color-scheme: dark)");

/** Goes over to the other of dark and light, and remembers it unless it is what the system wants anyway. */
export function toggleTheme() {
    const root = document.documentElement;
    const system = dark.matches ? "dark" : "light";
    const now = root.dataset.theme ?? system;
    const next = now === "dark" ? "light" : "dark";
    root.dataset.theme = next;
    try {
        if (next === system) {
            localStorage.removeItem("theme");
        } else {
            localStorage.setItem("theme", next);
        }
    } catch {
        // Storage is switched off: it holds until the page is left.
    }
    return next;
}
