import { svg } from "./dom.js";

const WIDTH = 320;
const HEIGHT = 56;

/** A line through points [[seconds, value]…] over the last `span` seconds, as a picture that its caption describes. */
export function plot(points, span) {
    const picture = svg("svg", { class: "plot", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" });
    if (points.length < 2) {
        return picture;
    }
    const end = points[points.length - 1][0];
    const values = points.map(([, value]) => value);
    const top = Math.max(...values);
    const bottom = Math.min(...values, top > 0 && Math.min(...values) < top / 2 ? 0 : Math.min(...values));
    const height = top - bottom || Math.abs(top) || 1;
    const x = (time) => WIDTH - ((end - time) / span) * WIDTH;
    const y = (value) => (top === bottom ? HEIGHT / 2 : HEIGHT - 3 - ((value - bottom) / height) * (HEIGHT - 6));
    const line = points.map(([time, value]) => `${x(time).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
    const first = x(points[0][0]).toFixed(1);
    picture.append(svg("polygon", { class: "area", points: `${first},${HEIGHT} ${line} ${WIDTH},${HEIGHT}` }), svg("polyline", { class: "line", points: line, "vector-effect": "non-scaling-stroke" }));
    return picture;
}
