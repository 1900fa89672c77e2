import { call, onLocked } from "./api.js";
import * as banner from "./banner.js";
import { Chat } from "./chat.js";
import { byId, h, iconButton } from "./dom.js";
import { onReconnect, onState } from "./live.js";
import { Panel } from "./panel.js";
import { help, mention, shortcut } from "./shortcuts.js";
import { Sidebar } from "./sidebar.js";
import { toggleTheme } from "./theme.js";

const phone = matchMedia("(max-width: 760px)");
const narrow = matchMedia("(max-width: 1100px)");
const app = byId("app");

const remembered = (name) => {
    try {
        return localStorage.getItem(name);
    } catch {
        return null;
    }
};

const remember = (name, value) => {
    try {
        localStorage.setItem(name, value);
    } catch {
        // Storage is switched off: the page begins as it always does.
    }
};

onLocked(async () => (await import("./login.js")).unlock());

const idInAddress = () => {
    const match = /^#\/c\/(.+)$/.exec(location.hash);
    return match === null ? null : decodeURIComponent(match[1]);
};

function go(id) {
    const hash = id === null ? "" : `#/c/${encodeURIComponent(id)}`;
    if (location.hash !== hash && !(hash === "" && location.hash === "#/")) {
        history.pushState(null, "", hash === "" ? "#/" : hash);
    }
    route();
}

function route() {
    const id = idInAddress();
    sidebar.select(id);
    drawer(false);
    if (id !== chat.id || id === null) {
        chat.open(id);
    }
    if (!phone.matches) {
        chat.composer.field.focus();
    }
}

function drawer(open) {
    app.classList.toggle("drawer", open);
    // What is outside of the page must not take the focus.
    byId("sidebar").inert = phone.matches && !open;
    byId("scrim").hidden = !open;
    menuButton.setAttribute("aria-expanded", String(open));
    if (open) {
        byId("sidebar").querySelector("button, input")?.focus();
    }
}

function showPanel(name, keep = true) {
    app.classList.toggle("with-panel", name !== null);
    byId("panel").inert = name === null;
    panelButton.setAttribute("aria-expanded", String(name !== null));
    if (name === null) {
        panel.hide();
    } else {
        panel.show(name);
    }
    if (keep) {
        remember("panel", name ?? "none");
        if (name !== null) {
            remember("view", name);
        }
    }
}

const togglePanel = () => showPanel(panel.shown === null ? (remembered("view") ?? "house") : null);

const title = h("h1", { class: "bar-title" });
const menuButton = iconButton("menu", "Conversations", () => drawer(!app.classList.contains("drawer")), { class: "icon-button phone-only", "aria-expanded": "false", "aria-controls": "sidebar" });
const panelButton = iconButton("panel", "This node (p)", togglePanel, { "aria-expanded": "false", "aria-controls": "panel" });
byId("bar").append(menuButton, title, h("span", { id: "model", class: "muted" }), iconButton("help", "Keyboard shortcuts (?)", help), iconButton("theme", "Dark or light (t)", toggleTheme), panelButton);

let shownTitle = "";
const asking = new Set();
const nameTab = () => {
    document.title = `${asking.size > 0 ? "● " : ""}${shownTitle ? `${shownTitle} · ` : ""}Pipecat`;
};
const setTitle = (text) => {
    title.textContent = text || "New conversation";
    shownTitle = text;
    nameTab();
};
// Seen from another tab, too, that a tool waits for a person.
const setAsking = (who) => (now) => {
    if (now !== asking.has(who)) {
        asking[now ? "add" : "delete"](who);
        nameTab();
    }
};

const panel = new Panel({
    onClose: () => {
        showPanel(null);
        panelButton.focus();
    },
});
const chat = new Chat({
    onOpen: (id) => {
        if (id === null) {
            go(null);
        } else {
            history.replaceState(null, "", `#/c/${encodeURIComponent(id)}`);
            sidebar.select(id);
            sidebar.load();
        }
    },
    onTitle: setTitle,
    // In a tab that nobody sees only its own conversation is followed.
    onAsking: setAsking("chat"),
});
const sidebar = new Sidebar({ onOpen: go, onRenamed: setTitle, onClose: () => drawer(false), onAsking: setAsking("list") });

const focusPrompt = () => {
    showPanelOnPhone(false);
    chat.composer.field.focus();
};
const showPanelOnPhone = (shown) => {
    if (narrow.matches && !shown && panel.shown !== null) {
        showPanel(null, false);
    }
};

mention("Enter", "Send");
mention("Shift Enter", "New line");
// In the search, Escape is for the search.
const writesElsewhere = (target) => target !== chat.composer.field && target.matches("input, select, textarea");
shortcut("Escape", "Stop the answer, or close what is open", ({ target }) => {
    if (app.classList.contains("drawer")) {
        drawer(false);
        menuButton.focus();
    } else if (chat.running && !writesElsewhere(target)) {
        chat.stop();
    } else if (narrow.matches && panel.shown !== null) {
        showPanel(null);
        panelButton.focus();
    } else {
        return false;
    }
});
shortcut("n", "New conversation", () => go(null));
shortcut("c", "To the message field", focusPrompt);
shortcut("/", "Search conversations", () => {
    if (phone.matches) {
        drawer(true);
    }
    sidebar.search.focus();
});
shortcut("Alt+a", "To the approval that waits", () => chat.focusApproval(), "Alt A");
shortcut("p", "Show or hide the panel", togglePanel);
["house", "node", "metrics", "logs"].forEach((name, index) => shortcut(String(index + 1), `Panel: ${name}`, () => {
    showPanel(name);
    byId(`tab-${name}`).focus();
}));
shortcut("t", "Dark or light", toggleTheme);
shortcut("?", "This list", help);

onState((state) => {
    if (state === "lost") {
        banner.show("link", "The node does not answer. Trying again by itself; you can go on typing.", { closable: false, kind: "warning" });
    } else if (state === "refused") {
        banner.show("link", "The list and the panel cannot be kept up to date right now; trying again.", { closable: false, kind: "warning" });
    } else if (state === "open") {
        banner.hide("link");
    }
});
const showModel = async () => {
    try {
        const node = await call("GET", "api/node");
        byId("model").textContent = [node.name, node.model].filter(Boolean).join(" · ");
    } catch (error) {
        banner.show("list", error.message);
    }
};
const lock = async () => {
    try {
        await call("POST", "api/logout");
        location.reload();
    } catch (error) {
        banner.show("list", error.message);
    }
};
const offerLock = async () => {
    try {
        const { key_needed: keyNeeded } = await call("GET", "api/session");
        if (keyNeeded) {
            panelButton.before(iconButton("lock", "Lock: this browser gives its key back", lock));
        }
    } catch (error) {
        banner.show("list", error.message);
    }
};
onReconnect(showModel);
onReconnect(() => chat.reconnected());
addEventListener("online", () => chat.reconnected());

addEventListener("popstate", route);
byId("scrim").addEventListener("click", () => drawer(false));
document.querySelector(".skip").addEventListener("click", (event) => {
    // The address is the conversation's; a jump to an anchor would leave it.
    event.preventDefault();
    chat.composer.field.focus();
});
phone.addEventListener("change", () => drawer(false));

route();
sidebar.load();
showModel();
offerLock();
const view = remembered("panel") ?? "house";
showPanel(narrow.matches || view === "none" ? null : view, false);
document.documentElement.dataset.ready = "true";
