import { ApiError, call } from "./api.js";

const FIRST_WAIT = 400;
const LONGEST_WAIT = 10000;
// Twice the longest time after which the node says that it is still there: a connection may die without a word.
const QUIET = 50000;
const PROBE = 15000;

/**
 * Server-sent events that come back by themselves. The browser's own retry cannot tell a node that restarts from one that wants a key,
 * so after a break the node is asked first.
 */
export class Stream {
    #source = null;
    #timer = 0;
    #wait = FIRST_WAIT;
    #open = false;
    #watchdog = 0;

    /**
     * `path` is a function, since it may change; `events` names the events; `handler(type, data, id)`.
     * `state("open")`; `state("broken")`: it was open; `state("lost")`: the node does not answer; `state("refused")`: it answers, but not with events.
     */
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
        this.#drop();
    }

    #drop() {
        clearTimeout(this.#watchdog);
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

    /** `probed`: the node has just answered. */
    #connect(probed = false) {
        const source = new EventSource(this.path());
        let opened = false;
        const broke = () => {
            if (this.#source !== source) {
                return;
            }
            this.#drop();
            if (opened) {
                this.state("broken");
            } else if (probed) {
                this.state("refused");
            }
            this.#later();
        };
        const heard = () => {
            clearTimeout(this.#watchdog);
            this.#watchdog = setTimeout(broke, QUIET);
        };
        this.#source = source;
        heard();
        source.addEventListener("open", () => {
            opened = true;
            heard();
            this.#wait = FIRST_WAIT;
            this.state("open");
        });
        source.addEventListener("alive", heard);
        for (const type of this.events) {
            source.addEventListener(type, (event) => {
                // The browser's own error events bear the name of the server's.
                if (event.data !== undefined && this.#source === source) {
                    heard();
                    this.handler(type, JSON.parse(event.data), event.lastEventId);
                }
            });
        }
        source.onerror = (event) => {
            if (event.data === undefined) {
                broke();
            }
        };
    }

    #later() {
        if (!this.#open) {
            return;
        }
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#probe(), this.#wait * (0.75 + Math.random() / 2));
        this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    }

    async #probe() {
        try {
            await call("GET", "api/node", undefined, AbortSignal.timeout(PROBE));
        } catch (error) {
            if (!(error instanceof ApiError)) {
                throw error;
            }
            if (this.#open && this.#source === null) {
                this.state("lost");
                this.#later();
            }
            return;
        }
        if (this.#open && this.#source === null) {
            this.#connect(true);
        }
    }
}
