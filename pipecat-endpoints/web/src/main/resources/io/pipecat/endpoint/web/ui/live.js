import { Stream } from "./stream.js";

const TOPICS = ["topology", "health", "world", "metrics", "log", "conversation"];
// Comes with the topic "topology".
const EVENTS = [...TOPICS, "node_event"];
const listeners = new Map(TOPICS.map((topic) => [topic, new Set()]));
const reconnected = new Set();
let stateListener = () => {};
let stream = null;
let wanted = "";
let broken = false;

const topics = () => TOPICS.filter((topic) => listeners.get(topic).size > 0).join(",");

function refresh() {
    const now = topics();
    if (now === wanted && stream !== null) {
        return;
    }
    wanted = now;
    stream?.close();
    stream = null;
    if (now === "" || document.hidden) {
        return;
    }
    stream = new Stream({
        path: () => `api/events?topics=${wanted}`,
        events: EVENTS,
        handler: (type, data) => listeners.get(type === "node_event" ? "topology" : type).forEach((listener) => listener(data, type)),
        state: (state) => {
            stateListener(state);
            if (state === "open" && broken) {
                reconnected.forEach((listener) => listener());
            }
            broken = state !== "open";
        },
    });
    stream.open();
}

let planned = false;

// A panel that opens adds several topics: one connection for all of them.
function plan() {
    if (!planned) {
        planned = true;
        queueMicrotask(() => {
            planned = false;
            refresh();
        });
    }
}

/** Hears a topic (the listener gets what came and the name of the event) until the returned function is called. Only topics that somebody hears are asked for. */
export function listen(topic, listener) {
    listeners.get(topic).add(listener);
    plan();
    return () => {
        listeners.get(topic).delete(listener);
        plan();
    };
}

/** After a break, or in a tab that was in the background: what was shown may be old. */
export function onReconnect(listener) {
    reconnected.add(listener);
}

export function onState(listener) {
    stateListener = listener;
}

// Browsers allow six connections to one address: tabs that nobody sees leave theirs to those that are seen.
document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
        stream?.close();
        stream = null;
    } else {
        refresh();
        reconnected.forEach((listener) => listener());
    }
});
addEventListener("online", () => stream?.hurry());
