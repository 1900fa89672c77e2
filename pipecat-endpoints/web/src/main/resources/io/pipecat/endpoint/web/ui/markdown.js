import { codeBlock } from "./codeblock.js";
import { h } from "./dom.js";
import { inline } from "./inline.js";

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)[^`]*$/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const QUOTE = /^ {0,3}>\s?/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])(\s+|$)(.*)$/;
const DELIMITERS = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
const DEEPEST = 8;

const indentOf = (line) => /^\s*/.exec(line)[0].length;

function cells(line) {
    const trimmed = line.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "");
    return trimmed.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, "|"));
}

class Blocks {
    constructor(lines, depth) {
        this.lines = lines;
        this.depth = depth;
        this.at = 0;
        this.nodes = [];
    }

    parse() {
        while (this.at < this.lines.length) {
            if (this.lines[this.at].trim() === "") {
                this.at++;
            } else {
                this.nodes.push(this.#block());
            }
        }
        return this.nodes;
    }

    #block() {
        const line = this.lines[this.at];
        const fence = FENCE.exec(line);
        if (fence !== null) {
            return this.#fence(fence);
        }
        const heading = HEADING.exec(line);
        if (heading !== null) {
            this.at++;
            return h(`h${Math.min(heading[1].length + 2, 6)}`, {}, ...inline(heading[2]));
        }
        if (RULE.test(line)) {
            this.at++;
            return h("hr");
        }
        if (this.depth < DEEPEST && QUOTE.test(line)) {
            return this.#quote();
        }
        if (this.depth < DEEPEST && ITEM.test(line)) {
            return this.#list();
        }
        if (this.#startsTable(this.at)) {
            return this.#table();
        }
        return this.#paragraph();
    }

    #fence([opening, mark, language]) {
        const inset = indentOf(opening);
        const body = [];
        this.at++;
        while (this.at < this.lines.length) {
            const line = this.lines[this.at++];
            const trimmed = line.trim();
            if (trimmed.startsWith(mark) && trimmed === mark[0].repeat(trimmed.length)) {
                break;
            }
            body.push(line.slice(Math.min(inset, indentOf(line))));
        }
        return codeBlock(body.join("\n"), language);
    }

    #quote() {
        const inside = [];
        while (this.at < this.lines.length && this.lines[this.at].trim() !== "") {
            inside.push(this.lines[this.at++].replace(QUOTE, ""));
        }
        return h("blockquote", {}, ...new Blocks(inside, this.depth + 1).parse());
    }

    #list() {
        const first = ITEM.exec(this.lines[this.at]);
        const base = first[1].length;
        const ordered = /\d/.test(first[2]);
        const list = ordered ? h("ol", { start: parseInt(first[2], 10) }) : h("ul");
        while (this.at < this.lines.length) {
            const match = ITEM.exec(this.lines[this.at]);
            if (match === null || match[1].length < base || /\d/.test(match[2]) !== ordered || RULE.test(this.lines[this.at])) {
                break;
            }
            this.at++;
            const inset = match[1].length + match[2].length + 1;
            list.append(this.#item(match[4], base, inset));
        }
        return list;
    }

    #item(text, base, inset) {
        const inside = [text];
        while (this.at < this.lines.length) {
            const line = this.lines[this.at];
            if (line.trim() === "") {
                const next = this.lines.slice(this.at).find((each) => each.trim() !== "");
                if (next === undefined || indentOf(next) <= base) {
                    // A blank line between two items of one list.
                    if (next !== undefined && ITEM.test(next) && indentOf(next) === base) {
                        this.at++;
                        continue;
                    }
                    break;
                }
            } else if (indentOf(line) <= base && (ITEM.test(line) || this.#opens(line) || this.lines[this.at - 1].trim() === "")) {
                break;
            }
            inside.push(line.slice(Math.min(inset, indentOf(line))));
            this.at++;
        }
        const task = /^\[([ xX])\]\s+/.exec(inside[0]);
        if (task !== null) {
            inside[0] = inside[0].slice(task[0].length);
        }
        const nodes = new Blocks(inside, this.depth + 1).parse();
        const tight = nodes.length > 0 && nodes[0].tagName === "P" ? [...nodes[0].childNodes, ...nodes.slice(1)] : nodes;
        return task === null ? h("li", {}, ...tight) : h("li", { class: "task" }, task[1] === " " ? "☐ " : "☑ ", ...tight);
    }

    #startsTable(at) {
        const line = this.lines[at];
        const next = this.lines[at + 1] ?? "";
        return line.includes("|") && next.includes("-") && DELIMITERS.test(next) && cells(line).length === cells(next).length;
    }

    #table() {
        const heads = cells(this.lines[this.at]);
        const sides = cells(this.lines[this.at + 1]).map((cell) => {
            const right = cell.endsWith(":");
            return right && cell.startsWith(":") ? "center" : right ? "right" : "left";
        });
        this.at += 2;
        const row = (texts, tag) => h("tr", {}, ...heads.map((_, index) => h(tag, { class: sides[index] }, ...inline(texts[index] ?? ""))));
        const body = h("tbody");
        while (this.at < this.lines.length && this.lines[this.at].includes("|")) {
            body.append(row(cells(this.lines[this.at++]), "td"));
        }
        const table = h("table", {}, h("thead", {}, row(heads, "th")), body);
        return h("div", { class: "table", tabindex: "0", role: "group", "aria-label": "Table" }, table);
    }

    #opens(line) {
        return FENCE.test(line) || HEADING.test(line) || RULE.test(line) || QUOTE.test(line);
    }

    #paragraph() {
        const lines = [this.lines[this.at++].trimStart()];
        while (this.at < this.lines.length) {
            const line = this.lines[this.at];
            if (line.trim() === "" || this.#opens(line) || (this.depth < DEEPEST && ITEM.test(line)) || this.#startsTable(this.at)) {
                break;
            }
            lines.push(line.trimStart());
            this.at++;
        }
        return h("p", {}, ...inline(lines.join("\n")));
    }
}

/** Markdown as nodes. Whatever looks like HTML in it stays text. */
export const markdown = (text) => new Blocks(text.replace(/\r\n?/g, "\n").replace(/\t/g, "    ").split("\n"), 0).parse();

/** Where a text that still grows can be cut so that nothing before it changes any more: after a blank line outside of code and lists. */
export function settled(text) {
    let fence = null;
    let cut = 0;
    let at = 0;
    const lines = text.split("\n");
    for (let i = 0; i < lines.length - 1; i++) {
        const line = lines[i];
        const mark = FENCE.exec(line);
        if (fence !== null) {
            if (line.trim().startsWith(fence) && line.trim() === fence[0].repeat(line.trim().length)) {
                fence = null;
            }
        } else if (mark !== null) {
            fence = mark[1];
        }
        at += line.length + 1;
        const next = lines[i + 1];
        if (fence === null && line.trim() === "" && next !== "" && !/^\s/.test(next) && !/^(?:[-*+]|\d)/.test(next)) {
            cut = at;
        }
    }
    return cut;
}
