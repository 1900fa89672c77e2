"""Training rows: dialogues as the node shows them to the model, with a mask over what the model itself is to write."""
import json
import re

import devices
import sums
import talk
import tools
from text import pattern, whole, word

OWN = {
    "calculator__evaluate": "calculator__evaluate(expression)",
    "clock__now": "clock__now(zone)",
    "world_model__query": "world_model__query(target)",
    "world_model__command": "world_model__command(target, state)",
}
LACKING = {
    "calculator__evaluate": "Sorry, I have no calculator here.",
    "clock__now": "Sorry, I have no clock here.",
    "world_model__query": "Sorry, I cannot see any devices from here.",
    "world_model__command": "Sorry, I cannot control devices from here.",
}
KINDS = {"sum": 15, "clock": 9, "command": 34, "several": 13, "mixed": 8, "query": 18, "small": 11, "outside": 18, "tool": 20, "echo": 2}


def render(call):
    name, arguments = call
    body = ",".join('"%s":"%s"' % (k, v.replace("\\", "\\\\").replace('"', '\\"')) for k, v in arguments.items())
    return '<tool_call>{"name":"%s","arguments":{%s}}</tool_call>' % (name, body)


def as_written(calls, said):
    """Copies have the letters that the person wrote, capitals and all."""
    low = said.lower()
    kept = []
    for name, arguments in calls:
        own = {}
        for k, v in arguments.items():
            at = low.find(v.lower())
            own[k] = said[at : at + len(v)] if at >= 0 and name != "calculator__evaluate" and len(low) == len(said) and k != "state" else v
        kept.append((name, own))
    return kept


class Dialogue:
    """Exchanges under one list of tools; remembers the device that was last spoken of."""

    def __init__(self, r):
        self.r = r
        self.lines = dict(OWN)
        if r.random() < 0.12:
            for name in r.sample(list(OWN), r.choice([1, 1, 2])):
                self.lines.pop(name)
            if r.random() < 0.4:
                self.lines = {}
        self.extra = [tools.tool(r) for _ in range(r.choices([0, 1, 2, 3], [42, 27, 19, 12])[0])]
        self.idle = []
        if self.extra and r.random() < 0.4:
            kin, self.idle = tools.family(r)
            self.extra = kin + self.extra[: r.choice([0, 0, 1])]
            r.shuffle(self.extra)
        self.extra = list({t[0]: t for t in self.extra}.values())
        self.device = None
        self.wish = None
        self.result = None
        self.asked_time = False
        self.turns = []

    def system(self):
        lines = list(self.lines.values()) + [t[1] for t in self.extra]
        return "\n".join(lines) if lines else "No tools."

    def add(self, kind=None):
        r = self.r
        result, self.result = self.result, None
        asked_time, self.asked_time = self.asked_time, False
        kind = kind or r.choices(list(KINDS), list(KINDS.values()))[0]
        if kind == "command" and self.wish and r.random() < 0.15:
            said, target = devices.same(r)
            self.command(said, as_written([("world_model__command", {"target": target, "state": self.wish})], said))
        elif kind in ("command", "query") and self.device and r.random() < 0.4:
            said, what, s = devices.follow(r, self.device)
            if what == "command":
                self.command(said, [("world_model__command", {"target": self.device, "state": s})])
            else:
                self.query(said, self.device, s)
        elif kind == "sum" and result and r.random() < 0.3:
            self.sum(*sums.follow(r, result))
        elif kind == "sum":
            said, calls = sums.arithmetic(r)
            self.sum(said, calls)
        elif kind == "clock" and asked_time and r.random() < 0.3:
            said, calls, shown, answer = talk.elsewhere(r)
            self.called(said, as_written(calls, said), [shown], answer)
        elif kind == "clock":
            said, calls, shown, answer = talk.clock(r)
            self.called(said, as_written(calls, said), [shown], answer)
            self.asked_time = "clock__now" in self.lines and answer.startswith("It is ") and ":" in answer
        elif kind == "command":
            said, calls, _ = devices.command(r)
            self.command(said, as_written(calls, said))
        elif kind == "several":
            said, calls, _ = devices.several(r)
            self.command(said, as_written(calls, said))
        elif kind == "query":
            said, kept, target, s = devices.question(r)
            said = talk.dressed(r, said, ["?", "?", "", "."], kept, 0.1)
            (_, arguments), = as_written([("world_model__query", {"target": target})], said)
            self.query(said, arguments["target"], s)
        elif kind == "mixed":
            self.mixed()
        elif kind == "small":
            said, answer = talk.small(r)
            self.plain(said, answer)
        elif kind == "outside":
            said, answer = talk.outside(r)
            # What a tool of the list is for is not outside.
            if not tools.near(said, self.extra):
                self.plain(said, answer)
        elif kind == "tool":
            self.tool()
        else:
            self.echo()

    def mixed(self):
        """Two requests of different kinds in one breath; the second answer follows the first."""
        made = []
        for kind in self.r.sample(["sum", "clock", "command", "query"], 2):
            alone = Dialogue(self.r)
            alone.lines, alone.extra = self.lines, []
            alone.add(kind)
            made.append((alone.turns, alone.device))
        devices_named = [device for _, device in made if device]
        made = [turns for turns, _ in made]
        (_, first, _), (_, second, _) = made[0][0], made[1][0]
        results = [[text for role, text, _ in turns if role == "tool"] for turns in made]
        calls = [parsed(turns[1][1]) for turns in made]
        errors = any(result.startswith("error: ") for found in results for result in found)
        if errors or any(len(found) != 1 for found in results + calls):
            return
        first = re.sub(r"(?<![0-9])!$|[.? ]+$", "", first)
        said = first + self.r.choice([" and ", ", and ", ". ", "? ", " n ", ", plus ", " also ", ", also ", " and then ", "; ", ", then ", " and also ", " and tell me "]) + second[:1].lower() + second[1:]
        answers = " ".join(turns[-1][1] for turns in made)
        self.called(said, as_written([(c["name"], c["arguments"]) for (c,) in calls], said), [result for (result,) in results], answers)
        self.device, self.wish = (devices_named or [self.device])[-1], None

    def plain(self, said, answer):
        self.turns += [("user", said, False), ("assistant", answer, True)]

    def called(self, said, calls, results, answer):
        missing = [LACKING[name] for name, _ in calls if name in OWN and name not in self.lines]
        if missing:
            self.plain(said, missing[0])
            return
        self.turns += [("user", said, False), ("assistant", "".join(map(render, calls)), True)]
        error = self.r.random() < 0.06
        if error:
            text = pattern(self.r, "[There is no|I do not know a|Unknown:|No answer from|Cannot read|It failed:|Not possible with] ") + " " + " ".join(word(self.r) for _ in range(self.r.choice([1, 2, 3]))) + "."
            results = ["error: " + text] + results[1:]
            answer = "Sorry. " + text
        if len(calls) == 1:
            self.turns += [("tool", results[0], False), ("assistant", answer, True)]
        else:
            # The node shows each call with its own result when it asks for the sentence.
            for call, result in zip(calls, results):
                self.turns += [("again", render(call), False), ("tool", result, False)]
            self.turns += [("assistant", answer, True)]

    def sum(self, said, calls):
        expression = calls[0][1]["expression"]
        value = whole(self.r) if self.r.random() < 0.7 else whole(self.r)[:4] + "." + whole(self.r)[:5]
        if self.r.random() < 0.15:
            value = "-" + value
        before = len(self.turns)
        self.called(said, calls, [value], f"{expression} = {value}.")
        if self.turns[before:][-1][1].endswith(f" = {value}."):
            self.result = value

    def command(self, said, calls):
        r, results, parts = self.r, [], []
        # A tool that starts the thing may be what is meant by its going on.
        if tools.near(" ".join(a["target"] for _, a in calls if a.get("state") == "on"), self.extra):
            return
        done = r.random() < 0.85
        for name, arguments in calls:
            names = devices.result_names(r, arguments["target"])
            results.append(("done: " if done else "asked: ") + ", ".join(names) + " " + arguments["state"])
            parts.append(", ".join(names) + (" is " if len(names) == 1 else " are ") + arguments["state"])
        answer = "Done: " + "; ".join(parts) + "." if done else "I asked for it: " + "; ".join(p.replace(" is ", " ").replace(" are ", " ") for p in parts) + ". Not confirmed yet."
        if done and len(calls) == 1:
            names = results[0][6 : -len(calls[0][1]["state"]) - 1]
            answer = "Done, " + ("the " if ", " not in names else "") + parts[0] + "."
        self.called(said, calls, results, answer)
        self.device = calls[-1][1]["target"]
        self.wish = calls[-1][1]["state"] if len(calls) == 1 and "property" not in calls[0][1] else None

    def query(self, said, target, asked):
        r = self.r
        names = devices.result_names(r, target)
        states = [self.state(asked) for _ in names]
        if asked and r.random() < 0.5:
            states = [asked] + states[1:]
        result = "; ".join(f"{n}: {s}" for n, s in zip(names, states))
        if len(names) == 1:
            answer = f"the {names[0]} is {states[0]}."
            first = states[0].split(", ")[0]
            if asked:
                answer = ("Yes, " if first == asked else "No, ") + answer
            else:
                answer = "T" + answer[1:]
        else:
            answer = "; ".join(f"{n} is {s}" for n, s in zip(names, states)) + "."
        self.called(said, [("world_model__query", {"target": target})], [result], answer)
        self.device, self.wish = target, None

    def state(self, asked):
        r = self.r
        pairs = [("on", "off"), ("open", "closed"), ("locked", "unlocked")]
        pair = next((p for p in pairs if asked in p), None) or (r.choice(pairs) if r.random() < 0.75 else None)
        if pair is None:
            return r.choice([whole(r)[:2] + "." + r.choice("0123456789") + " °C", whole(r)[:2] + "%", whole(r)[:3], whole(r)[:4] + " " + r.choice(["W", "kWh", "lx", "ppm"])])
        s = r.choice(pair)
        if s == "on" and r.random() < 0.25:
            s += ", " + whole(r)[:2] + "%"
        return s

    def tool(self):
        r = self.r
        if r.random() < (0.2 if self.idle else 0.07):
            self.plain(talk.dressed(r, tools.filled(r, r.choice(self.idle or tools.family(r)[1])), [".", "", "!"], (), 0.05, polite=False), talk.NO)
            return
        if self.extra and r.random() < 0.75:
            self.wanted(r.choice(self.extra))
            return
        name, _, said, arguments, _ = tools.tool(r)
        if name in [t[0] for t in self.extra] or tools.near(said, self.extra):
            return
        text = talk.dressed(r, said, [".", "", "?"], list(arguments.values()), 0.05)
        self.plain(text, talk.NO)

    def wanted(self, chosen):
        r, (name, line, said, arguments, _) = self.r, chosen
        values = list(arguments.values())
        # Of what is copied to the end of the sentence nobody could tell a word of manners that follows.
        polite = not any(" " in v and said.endswith(v) for v in values) or r.random() < 0.2
        text = talk.dressed(r, said, [".", "", "?"] if said.split(" ")[0] in ("what", "how", "is", "when") else [".", "", "!"], values + [w for w in said.split(" ") if w.lower() in line.lower()], 0.05, polite)
        result = " ".join(word(r) for _ in range(r.choice([1, 2, 3]))) if r.random() < 0.6 else whole(r)
        calls = as_written([(name, arguments)], text)
        if any(v not in text for v in calls[0][1].values()):
            return
        self.called(text, calls, [result], f"{name}: {result}.")
        # A second request for the same tool has other words and values.
        self.extra = [t if t is not chosen else tools.again(r, t) for t in self.extra]

    def echo(self):
        r = self.r
        x = " ".join(word(r, 0.15) if r.random() < 0.7 else whole(r) for _ in range(r.choice([1, 2, 3, 3, 4, 6])))
        said = r.choice(["say ", "repeat ", "repeat after me: ", "please say ", "say this: ", "Say ", "Repeat "]) + x
        self.plain(said, x)


def tokens(tok, turns, system):
    ids, mask = [], []

    def put(text, learned):
        new = tok.encode(text)
        ids.extend(new)
        mask.extend([1 if learned else 0] * len(new))

    put("<|im_start|>system\n" + system + "<|im_end|>\n", False)
    for role, text, learned in turns:
        put("<|im_start|>%s\n" % ("assistant" if role == "again" else role), False)
        put(text + "<|im_end|>", learned)
        put("\n", False)
    return ids, mask


def row(r, tok, length):
    """Exactly length + 1 tokens of dialogues, and which of them the model is to write."""
    ids, mask = [], []
    while len(ids) < length + 1:
        dialogue = Dialogue(r)
        for _ in range(r.choice([1, 1, 2, 3, 4, 6, 8, 12])):
            dialogue.add()
        a, b = tokens(tok, dialogue.turns, dialogue.system())
        ids += a
        mask += b
    return ids[: length + 1], mask[: length + 1]


def parsed(text):
    """The calls that a rendered turn makes."""
    found = re.findall(r'<tool_call>{"name":"([^"]*)","arguments":({.*?})}</tool_call>', text)
    return [{"name": name, "arguments": json.loads(arguments)} for name, arguments in found]
