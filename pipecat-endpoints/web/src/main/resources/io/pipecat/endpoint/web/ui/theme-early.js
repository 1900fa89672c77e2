// Before the first paint, and not as a module: a module would run after it, and a dark page would flash white.
(() => {
    let chosen = null;
    try {
        chosen = localStorage.getItem("theme");
    } catch {
        // Storage is switched off: the system's choice stands.
    }
    if (chosen === "dark" || chosen === "light") {
        document.documentElement.dataset.theme = chosen;
    }
})();
