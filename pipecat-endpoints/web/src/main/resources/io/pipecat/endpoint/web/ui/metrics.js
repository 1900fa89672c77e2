import { call } from "./api.js";
import { h } from "./dom.js";
import { quantity } from "./format.js";
import { plot } from "./plot.js";
import { View } from "./view.js";

const SPAN = 30 * 60;

/** How busy the node is and was, as small plots of the last half hour. */
export class MetricsView extends View {
    #series = [];
    #cards = new Map();

    topics() {
        return { metrics: (data) => this.#told(data) };
    }

    async load() {
        this.#series = (await call("GET", "api/metrics")).series;
        this.#cards = new Map(this.#series.map((series) => [series.id, this.#card(series)]));
        this.body.replaceChildren(...(this.#series.length === 0 ? [h("p", { class: "empty" }, "Nothing measured yet; the first values come within ten seconds.")] : [...this.#cards.values()].map((card) => card.element)));
        this.#series.forEach((series) => this.#draw(series));
    }

    #told({ time, values }) {
        const at = Date.parse(time) / 1000;
        for (const series of this.#series) {
            const value = values[series.id];
            if (value !== undefined) {
                series.points.push([at, value]);
                while (series.points[0][0] < at - SPAN) {
                    series.points.shift();
                }
                this.#draw(series);
            }
        }
        if (Object.keys(values).some((id) => !this.#cards.has(id))) {
            this.load();
        }
    }

    #card(series) {
        const now = h("span", { class: "now" });
        const range = h("span", { class: "muted range" });
        const frame = h("div", { class: "frame" });
        return { now, range, frame, element: h("section", { class: "metric", "aria-label": series.title, "data-series": series.id }, h("h3", {}, series.title), h("p", {}, now, range), frame) };
    }

    #draw({ id, unit, points }) {
        const { now, range, frame } = this.#cards.get(id);
        const values = points.map(([, value]) => value);
        now.textContent = values.length === 0 ? "–" : quantity(values[values.length - 1], unit);
        range.textContent = values.length < 2 ? "" : `${quantity(Math.min(...values), unit)} to ${quantity(Math.max(...values), unit)}`;
        const seen = values.length < 2 ? SPAN : Math.max(120, Math.min(SPAN, points[points.length - 1][0] - points[0][0]));
        frame.replaceChildren(plot(points, seen));
    }
}
