const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

export function duration(millis) {
    if (millis < 1000) {
        return `${Math.round(millis)} ms`;
    }
    return millis < 60000 ? `${(millis / 1000).toFixed(1)} s` : `${Math.floor(millis / 60000)} min ${Math.round((millis % 60000) / 1000)} s`;
}

export function uptime(seconds) {
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) {
        return minutes < 1 ? "just started" : `up ${minutes} min`;
    }
    const hours = Math.floor(minutes / 60);
    return hours < 48 ? `up ${hours} h ${minutes % 60} min` : `up ${Math.floor(hours / 24)} days`;
}

export function ago(time) {
    const minutes = (new Date(time) - Date.now()) / 60000;
    if (Number.isNaN(minutes)) {
        return "";
    }
    if (minutes > -1) {
        return "now";
    }
    if (minutes > -60) {
        return relative.format(Math.round(minutes), "minute");
    }
    if (minutes > -60 * 24) {
        return relative.format(Math.round(minutes / 60), "hour");
    }
    return minutes > -60 * 24 * 7 ? relative.format(Math.round(minutes / 60 / 24), "day") : day.format(new Date(time));
}

export const timeOfDay = (time) => clock.format(new Date(time));

/** A number with the unit that the node names, short enough for a plot. */
export function quantity(value, unit) {
    if (unit === "bytes") {
        const steps = ["B", "kB", "MB", "GB", "TB"];
        const step = value < 1 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), steps.length - 1);
        const scaled = value / 1000 ** step;
        return `${scaled >= 100 || step === 0 ? Math.round(scaled) : scaled.toFixed(1)} ${steps[step]}`;
    }
    if (unit === "seconds") {
        return duration(value * 1000);
    }
    const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 1 ? 1 : 2;
    const number = value.toLocaleString("en", { maximumFractionDigits: digits });
    return number + ({ percent: " %", per_second: " /s" }[unit] ?? "");
}

const SHORT = /\b(?:llm|mqtt|mcp|http|api|tv|id|cpu|jvm|gc)\b/gi;

export const words = (name) => {
    const text = String(name)
        .replace(/[_-]+/g, " ")
        .trim()
        .replace(SHORT, (each) => each.toUpperCase());
    return text.charAt(0).toUpperCase() + text.slice(1);
};

export const pretty = (value) => {
    if (typeof value === "string") {
        try {
            return JSON.stringify(JSON.parse(value), null, 2);
        } catch {
            return value;
        }
    }
    return JSON.stringify(value, null, 2);
};
