// The part of ui.sh that drives the browser: ui.mjs PLAYWRIGHT URL PID SECONDS RUNS.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const [, , library, url, pid, seconds, times] = process.argv;
const { chromium } = await import(library);
const RUNS = Number(times);

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const result = (name, value, unit, what) => console.log(["result", name, value.toFixed(3), unit, what].join("\t"));
// The median and the worst.
function tell(name, values, what) {
    result(name, median(values), "ms", `${what}, median of ${values.length}`);
    result(`${name}-slowest`, Math.max(...values), "ms", `${what}, slowest`);
}
const tick = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

// Time on a processor of the node's whole process, in seconds.
function processor() {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
    return (Number(fields[11]) + Number(fields[12])) / tick;
}

const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// Interactive: every module has run and the field has the focus.
async function open(context) {
    const page = await context.newPage();
    await page.addInitScript(() => {
        const seen = new MutationObserver(() => {
            if (document.documentElement.dataset.ready === "true") {
                window.readyAfter = performance.now();
                seen.disconnect();
            }
        });
        seen.observe(document, { attributes: true, subtree: true });
    });
    await page.goto(url);
    await page.waitForFunction(() => window.readyAfter !== undefined);
    return page;
}

const cold = [];
const warm = [];
let loaded;
for (let i = 0; i < RUNS; i++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await open(context);
    cold.push(await page.evaluate(() => window.readyAfter));
    await page.waitForSelector(".device");
    loaded = await page.evaluate(() => {
        const all = [performance.getEntriesByType("navigation")[0], ...performance.getEntriesByType("resource").filter((each) => /\/ui\//.test(each.name))];
        const sum = (name) => all.reduce((total, each) => total + each[name], 0);
        return { files: all.length, sent: sum("transferSize"), unpacked: sum("decodedBodySize") };
    });
    await page.close();
    const again = await open(context);
    warm.push(await again.evaluate(() => window.readyAfter));
    await context.close();
}
result("ui.first-load-files", loaded.files, "", "first load: files");
result("ui.first-load", loaded.sent / 1000, "kB", "first load: over the wire");
result("ui.first-load-unpacked", loaded.unpacked / 1000, "kB", "first load: unpacked");
tell("ui.interactive-first", cold, "interactive, first visit");
tell("ui.interactive-again", warm, "interactive, again");

const page = await open(await browser.newContext({ viewport: { width: 1280, height: 800 } }));
const firsts = [];
for (let i = 0; i < RUNS; i++) {
    firsts.push(
        await page.evaluate(
            (turn) =>
                new Promise((resolve) => {
                    const watch = new MutationObserver(() => {
                        if (document.querySelectorAll(".turn .prose > *").length > turn) {
                            watch.disconnect();
                            resolve(performance.now() - start);
                        }
                    });
                    watch.observe(document.querySelector(".log"), { childList: true, subtree: true, characterData: true });
                    const field = document.getElementById("prompt");
                    field.value = "Hello";
                    field.dispatchEvent(new Event("input", { bubbles: true }));
                    const start = performance.now();
                    field.form.requestSubmit();
                }),
            i,
        ),
    );
    await page.waitForSelector(".log[aria-busy=false]");
}
tell("ui.first-word", firsts, "Enter to the first word on the page, built-in model");

async function idle(name, what) {
    await new Promise((resolve) => setTimeout(resolve, 5000));
    const before = processor();
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const share = ((processor() - before) / seconds) * 100;
    result(name, share, "%", `of a core: ${what}, over ${seconds} s`);
    return share;
}
const withTab = await idle("ui.idle-with-tab", "node with an idle tab open (house)");
await browser.close();
const without = await idle("ui.idle-without-tab", "node with none");
result("ui.idle-tab", Math.max(0, withTab - without), "%", "of a core: so the tab costs");
