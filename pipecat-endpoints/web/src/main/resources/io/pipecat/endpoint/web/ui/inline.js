import { h } from "./dom.js";

const SAFE = new Set(["http:", "https:", "mailto:"]);
// Longer runs of text are shown as they are: searching them for the ends of unclosed emphasis would take too long.
const LONGEST = 20000;
const DEEPEST = 6;

/** The address if a link may lead there, else null. */
export function safeUrl(text) {
    try {
        const url = new URL(text);
        return SAFE.has(url.protocol) ? url : null;
    } catch {
        return null;
    }
}

function link(text, target, children) {
    const url = safeUrl(target);
    if (url === null) {
        return h("span", {}, ...children);
    }
    const anchor = h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow" }, ...children);
    const where = url.protocol === "mailto:" ? url.pathname : url.host + (url.pathname === "/" ? "" : url.pathname);
    // A text may claim to lead elsewhere.
    if (text.trim() === target || text.trim() === where) {
        return anchor;
    }
    return h("span", {}, anchor, h("span", { class: "target" }, ` (${where.length > 60 ? `${where.slice(0, 59)}…` : where})`));
}

/** Index of the end of an emphasis that began before `from`, or -1. */
function closing(text, mark, from) {
    let at = text.indexOf(mark, from);
    while (at !== -1) {
        const before = text[at - 1];
        const partOfLonger = mark.length === 1 && (text[at + 1] === mark || before === mark);
        const insideWord = mark[0] === "_" && /\w/.test(text[at + mark.length] ?? "");
        if (at > from && !/\s/.test(before) && before !== "\\" && !partOfLonger && !insideWord) {
            return at;
        }
        at = text.indexOf(mark, at + mark.length);
    }
    return -1;
}

function codeSpan(text, at) {
    const ticks = /^`+/.exec(text.slice(at))[0];
    let end = text.indexOf(ticks, at + ticks.length);
    while (end !== -1 && text[end + ticks.length] === "`") {
        end = text.indexOf(ticks, end + ticks.length + 1);
    }
    if (end === -1) {
        return null;
    }
    const inside = text.slice(at + ticks.length, end).replace(/^ (.*) $/s, "$1");
    return { node: h("code", {}, inside), end: end + ticks.length };
}

/** `dead` are the marks that nothing ends from here on: each is searched for only once. */
function emphasis(text, at, depth, dead) {
    for (const [mark, tag] of [["***", "strong"], ["**", "strong"], ["__", "strong"], ["~~", "del"], ["*", "em"], ["_", "em"]]) {
        if (dead.has(mark) || !text.startsWith(mark, at) || /\s/.test(text[at + mark.length] ?? " ")) {
            continue;
        }
        if (mark[0] === "_" && at > 0 && /\w/.test(text[at - 1])) {
            continue;
        }
        const end = closing(text, mark, at + mark.length);
        if (end !== -1) {
            const inside = inline(text.slice(at + mark.length, end), depth + 1);
            const node = mark === "***" ? h("strong", {}, h("em", {}, ...inside)) : h(tag, {}, ...inside);
            return { node, end: end + mark.length };
        }
        dead.add(mark);
    }
    return null;
}

const LINK = /^(!?)\[((?:\\.|[^\][\\]|\[[^\][]*\])*)\]\(\s*<?((?:[^\s()<>]|\([^\s()]*\))*)>?(?:\s+["'(][^"')]*["')])?\s*\)/;
const BARE = /^(?:https?:\/\/|mailto:)[^\s<>"'`]*[^\s<>"'`.,;:!?)\]}*_~]/;

function reference(text, at, depth) {
    const match = LINK.exec(text.slice(at, at + 2500));
    if (match === null) {
        return null;
    }
    const [whole, image, label, target] = match;
    // A picture is a request to another host that tells it who reads here: it becomes a link.
    const shown = image === "" ? label : `image: ${label || "without a name"}`;
    return { node: link(label, target, image === "" ? inline(shown, depth + 1, false) : [shown]), end: at + whole.length };
}

/** Turns a run of Markdown text into nodes. */
export function inline(text, depth = 0, links = true) {
    if (depth > DEEPEST || text.length > LONGEST) {
        return [text];
    }
    const nodes = [];
    const dead = new Set();
    let plain = "";
    let at = 0;
    const add = (found) => {
        if (plain !== "") {
            nodes.push(plain);
            plain = "";
        }
        nodes.push(found.node);
        at = found.end;
    };
    while (at < text.length) {
        const char = text[at];
        let found = null;
        if (char === "\\" && /[!-/:-@[-`{-~]/.test(text[at + 1] ?? "")) {
            plain += text[at + 1];
            at += 2;
            continue;
        }
        if (char === "\n") {
            const hard = /(?: {2}|\\)$/.test(plain);
            plain = plain.replace(/(?: +|\\)$/, "");
            if (hard) {
                found = { node: h("br"), end: at + 1 };
            }
        } else if (char === "`") {
            found = codeSpan(text, at);
        } else if (char === "*" || char === "_" || char === "~") {
            found = emphasis(text, at, depth, dead);
        } else if (links && (char === "[" || (char === "!" && text[at + 1] === "["))) {
            found = reference(text, at, depth);
        } else if (links && (char === "h" || char === "m" || char === "<") && !/\w/.test(text[at - 1] ?? " ")) {
            const skip = char === "<" ? 1 : 0;
            const match = BARE.exec(text.slice(at + skip, at + skip + 2000));
            if (match !== null) {
                const closed = skip === 1 && text[at + 1 + match[0].length] === ">";
                if (skip === 0 || closed) {
                    found = { node: link(match[0], match[0], [match[0].replace(/^mailto:/, "")]), end: at + match[0].length + 2 * skip };
                }
            }
        }
        if (found === null) {
            plain += char;
            at++;
        } else {
            add(found);
        }
    }
    if (plain !== "") {
        nodes.push(plain);
    }
    return nodes;
}
