import { call } from "./api.js";
import { h } from "./dom.js";
import { words } from "./format.js";

// Properties of 0 to 100 that a slider suits; and those that are set in steps.
const SLIDERS = new Set(["brightness", "position", "volume", "speed", "level", "percentage"]);
const STEPS = { temperature: 0.5, target_temperature: 0.5, humidity: 1 };
const UNITS = { temperature: "°", target_temperature: "°", current_temperature: "°", humidity: " %", brightness: " %", position: " %", volume: " %", battery: " %" };

const PAIRS = [
    { yes: "on", no: "off", doing: [], label: "on" },
    { yes: "open", no: "closed", doing: ["opening", "closing"], label: "open" },
    { yes: "locked", no: "unlocked", doing: ["locking", "unlocking"], label: "locked" },
];

const text = (property, value) => {
    if (value === null || value === undefined) {
        return "–";
    }
    if (typeof value === "boolean") {
        return value ? "yes" : "no";
    }
    return typeof value === "object" ? JSON.stringify(value) : `${value}${typeof value === "number" ? (UNITS[property] ?? "") : ""}`;
};

/** One device: its state, and what can be done to it. */
export class DeviceRow {
    #controls = new Map();

    constructor(device) {
        this.values = h("p", { class: "values" });
        this.controls = h("div", { class: "controls" });
        this.error = h("p", { class: "error", role: "alert" });
        this.element = h("li", { class: "device", "data-device": device.id }, h("div", { class: "device-name" }, h("span", {}, device.name || words(device.id)), this.values), this.controls, this.error);
        this.update(device);
    }

    update(device) {
        const before = this.device;
        this.device = device;
        const state = typeof device.state === "object" && device.state !== null ? device.state : { state: device.state };
        const pair = PAIRS.find(({ yes, no, doing }) => [yes, no, ...doing].includes(state.state));
        const wanted = new Map();
        if (device.commandable) {
            if (pair !== undefined) {
                wanted.set("state", () => this.#switch("state", pair.yes, pair.no, pair.label));
            }
            for (const [property, value] of Object.entries(state)) {
                if (typeof value === "boolean") {
                    wanted.set(property, () => this.#switch(property, true, false, words(property)));
                } else if (typeof value === "number" && SLIDERS.has(property)) {
                    wanted.set(property, () => this.#slider(property));
                } else if (typeof value === "number" && STEPS[property] !== undefined) {
                    wanted.set(property, () => this.#stepper(property));
                }
            }
        }
        if ([...wanted.keys()].join() !== [...this.#controls.keys()].join()) {
            this.#controls = new Map([...wanted].map(([property, make]) => [property, make()]));
            this.controls.replaceChildren(...[...this.#controls.values()].map(({ element }) => element));
        }
        this.#controls.forEach(({ set }, property) => set(state[property]));
        this.#describe(state, device.assumed ?? []);
        if (before !== undefined && JSON.stringify(before.state) !== JSON.stringify(device.state)) {
            this.element.classList.remove("changed");
            requestAnimationFrame(() => this.element.classList.add("changed"));
        }
    }

    #describe(state, assumed) {
        const parts = Object.entries(state)
            .filter(([property]) => property === "state" || !this.#controls.has(property))
            .map(([property, value]) => `${property === "state" ? "" : `${words(property)} `}${text(property, value)}`);
        this.values.replaceChildren(parts.join(" · "), ...(assumed.length > 0 ? [h("span", { class: "assumed", title: "Asked for, not confirmed by the device yet" }, " asked for")] : []));
    }

    #label(property) {
        return `${this.device.name || words(this.device.id)}${property === "state" ? "" : `: ${words(property)}`}`;
    }

    #switch(property, yes, no, label) {
        const button = h("button", { type: "button", class: "switch", role: "switch", "aria-label": `${this.#label(property)}${label === "on" ? "" : `, ${label.toLowerCase()}`}`, title: label });
        button.append(h("span", { class: "knob", "aria-hidden": "true" }));
        button.addEventListener("click", () => this.#command({ [property]: button.getAttribute("aria-checked") === "true" ? no : yes }, button));
        const set = (value) => button.setAttribute("aria-checked", String(value === yes || (yes === "open" && value === "opening")));
        return { element: button, set };
    }

    #slider(property) {
        const range = h("input", { type: "range", min: "0", max: "100", step: "1", "aria-label": this.#label(property) });
        const output = h("span", { class: "number", "aria-hidden": "true" });
        const show = () => {
            output.textContent = text(property, Number(range.value));
        };
        range.addEventListener("input", show);
        range.addEventListener("change", () => this.#command({ [property]: Number(range.value) }, range));
        const set = (value) => {
            // Not out of the hand of somebody who is moving it.
            if (!range.matches(":active")) {
                range.value = value;
                show();
            }
        };
        return { element: h("label", { class: "slider" }, h("span", { class: "control-name" }, words(property)), range, output), set };
    }

    #stepper(property) {
        const field = h("input", { type: "number", step: String(STEPS[property]), "aria-label": this.#label(property) });
        field.addEventListener("change", () => {
            if (field.value !== "" && field.checkValidity()) {
                this.#command({ [property]: Number(field.value) }, field);
            }
        });
        const set = (value) => {
            if (document.activeElement !== field) {
                field.value = value;
            }
        };
        return { element: h("label", { class: "stepper" }, h("span", { class: "control-name" }, words(property)), field, h("span", { class: "number" }, UNITS[property] ?? "")), set };
    }

    async #command(change, control) {
        control.setAttribute("aria-busy", "true");
        this.error.textContent = "";
        try {
            await call("POST", "api/world/command", { device: this.device.id, change });
        } catch (error) {
            this.error.textContent = error.message;
            this.update(this.device);
        } finally {
            control.removeAttribute("aria-busy");
        }
    }
}
