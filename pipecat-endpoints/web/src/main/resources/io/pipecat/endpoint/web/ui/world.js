import { call } from "./api.js";
import { h } from "./dom.js";
import { words } from "./format.js";
import { DeviceRow } from "./device.js";
import { View } from "./view.js";

const ELSEWHERE = "";

/** The devices of the house by room, as they are now. */
export class House extends View {
    #rooms = [];
    #rows = new Map();
    #told = false;

    topics() {
        return { world: (data) => this.#change(data) };
    }

    async load() {
        const world = await call("GET", "api/world");
        this.#rooms = world.rooms ?? [];
        this.#show(world.devices ?? [], world.available !== false);
    }

    #change({ devices, removed = [], complete = false }) {
        if (complete) {
            this.#show(devices, true);
            return;
        }
        const known = devices.filter((device) => this.#rows.has(device.id));
        known.forEach((device) => this.#rows.get(device.id).update(device));
        if (known.length < devices.length || removed.length > 0) {
            const all = new Map([...this.#rows].map(([id, row]) => [id, row.device]));
            devices.forEach((device) => all.set(device.id, device));
            removed.forEach((id) => all.delete(id));
            this.#show([...all.values()], true);
        }
    }

    #show(devices, available) {
        const same = this.#told && devices.length === this.#rows.size && devices.every(({ id }) => this.#rows.has(id));
        if (same) {
            devices.forEach((device) => this.#rows.get(device.id).update(device));
            return;
        }
        this.#told = true;
        const names = new Map(this.#rooms.map((room) => [room.id, room]));
        const byRoom = new Map(this.#rooms.map((room) => [room.id, []]));
        this.#rows = new Map(devices.map((device) => [device.id, new DeviceRow(device)]));
        for (const device of devices) {
            const room = device.room ?? ELSEWHERE;
            byRoom.set(room, [...(byRoom.get(room) ?? []), this.#rows.get(device.id)]);
        }
        const rooms = [...byRoom].filter(([, rows]) => rows.length > 0);
        this.body.replaceChildren(
            ...(rooms.length > 0
                ? rooms.map(([id, rows]) => this.#room(id, names.get(id), rows))
                : [h("p", { class: "empty" }, available ? "No devices yet. Describe your house in ontology.yaml, or connect a broker (MQTT_HOST) or Home Assistant; they appear here by themselves." : "This node has no world model.")]),
        );
    }

    #room(id, room, rows) {
        const title = room?.name ?? (id === ELSEWHERE ? "Elsewhere" : words(id));
        const people = (room?.occupants ?? []).map((each) => each.name).filter(Boolean).join(", ");
        return h(
            "section",
            { class: "room", "aria-label": title },
            h("h3", {}, title, people ? h("span", { class: "muted" }, ` ${people}`) : null),
            h("ul", {}, ...rows.map((row) => row.element)),
        );
    }
}
