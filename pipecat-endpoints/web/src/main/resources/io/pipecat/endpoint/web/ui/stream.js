import { ApiError, call } from "./api.js";

const FIRST_WAIT = 400;
const LONGEST_WAIT = 10000;

/**
 * Server-sent events that come back by themselves. The browser's own retry cannot tell a node that restarts from one that wants a key,
 * so after a break the node is asked first.
 */
export class Stream {
    #source = null;
    #timer = 0;
    #wait = FIRST_WAIT;
    #open = false;

    /** `path` is a function, since it may change; `events` names the events; `handler(type, data, id)`; `state("open" | "lost")`. */
    constructor({ path, events, handler, state }) {
        this.path = path;
        this.events = events;
        this.handler = handler;
        this.state = state;
    }

    open() {
        if (this.#open) {
            return;
        }
        this.#open = true;
        this.#wait = FIRST_WAIT;
        this.#connect();
    }

    close() {
        this.#open = false;
        clearTimeout(this.#timer);
        this.#source?.close();
        this.#source = null;
    }

    /** Does not wait for the next attempt. */
    hurry() {
        if (this.#open && this.#source === null) {
            clearTimeout(this.#timer);
            this.#wait = FIRST_WAIT;
            this.#probe();
        }
    }

    #connect() {
        const source = new EventSource(this.path());
        this.#source = source;
        source.addEventListener("open", () => {
            this.#wait = FIRST_WAIT;
            this.state("open");
        });
        for (const type of this.events) {
            source.addEventListener(type, (event) => {
                // The browser's own error events bear the name of the server's.
                if (event.data !== undefined) {
                    this.handler(type, JSON.parse(event.data), event.lastEventId);
                }
            });
        }
        source.onerror = (event) => {
            if (event.data === undefined && this.#source === source) {
                source.close();
                this.#source = null;
                this.#later();
            }
        };
    }

    #later() {
        if (!this.#open) {
            return;
        }
        this.#timer = setTimeout(() => this.#probe(), this.#wait * (0.75 + Math.random() / 2));
        this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    }

    async #probe() {
        try {
            await call("GET", "api/node");
        } catch (error) {
            if (!(error instanceof ApiError)) {
                throw error;
            }
            this.state("lost");
            this.#later();
            return;
        }
        if (this.#open && this.#source === null) {
            this.#connect();
        }
    }
}
