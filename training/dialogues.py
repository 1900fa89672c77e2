"""Training rows: dialogues as the node shows them to the model, with a mask over what the model itself is to write."""
import json
import re

import asides
import devices
import onward
import sums
import talk
import tools
import wishes
from text import dressed, pattern, whole, word

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
KINDS = {"sum": 15, "clock": 9, "command": 34, "several": 13, "mixed": 8, "query": 18, "small": 17, "outside": 18, "tool": 25, "echo": 2}


ASKS = "is|are|was|were|did|do|does|has|have|can|could|tell|check|what|how|which|who|any"


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
        self.extra = [tools.tool(r) for _ in range(r.choices([0, 1, 2, 3], [34, 30, 22, 14])[0])]
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
            said, target = onward.same(r)
            self.command(said, as_written([("world_model__command", {"target": target, "state": self.wish})], said))
        elif kind in ("command", "query") and self.device and r.random() < 0.4:
            said, what, s = onward.follow(r, self.device)
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
        elif kind == "several" and self.device and r.random() < 0.3:
            said, calls = onward.besides(r, self.device)
            self.command(said, calls[:1] + as_written(calls[1:], said))
        elif kind == "several":
            said, calls, _ = devices.several(r)
            self.command(said, as_written(calls, said))
        elif kind == "query":
            said, kept, target, s = devices.question(r)
            if r.random() < 0.06:
                said = wishes.chatted(r, said)
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
        """Two requests of different kinds in one breath, or three; each answer follows the one before."""
        r = self.r
        made = self.listed() if r.random() < 0.1 else self.breath()
        devices_named = [alone.device for alone in made if alone.device]
        turns = [alone.turns for alone in made]
        results = [[text for role, text, _ in own if role == "tool"] for own in turns]
        calls = [parsed(own[1][1]) if own else [] for own in turns]
        errors = any(result.startswith("error: ") for found in results for result in found)
        if errors or any(len(found) != 1 for found in results + calls):
            return
        texts = [own[0][1] for own in turns]
        said = made[0].lead + texts[0]
        for i, text in enumerate(texts[1:]):
            # Without its mark the fan on? is no question.
            asks = calls[i][0]["name"] == "world_model__query" and re.search(r"\W(?:on|off|open|closed|shut|locked|unlocked)\W*$", texts[i]) and not re.match(r"\W*(?:%s)\b" % ASKS, texts[i].lower())
            said = re.sub(r"(?<![0-9])!$|[.? ]+$", "", said) + ("?" if asks else "")
            if made[0].lead:
                said += text if i == len(texts) - 2 else ", " + text
            else:
                said += r.choice([" and ", " ", " also ", " and also ", " then ", " oh and "]) + text[:1].lower() + text[1:] if asks else self.joint(text)
        if r.random() < 0.08:
            said = wishes.chatted(r, said)
        said = said.upper() if r.random() < 0.03 and said.upper().lower() == said.lower() else said
        answers = " ".join(own[-1][1] for own in turns)
        self.called(said, as_written([(c["name"], c["arguments"]) for (c,) in calls], said), [result for (result,) in results], answers)
        self.device, self.wish = (devices_named or [self.device])[-1], None

    def joint(self, text):
        """What stands between two requests, and the second."""
        r = self.r
        low = text if text.isupper() else text[:1].lower() + text[1:]
        if re.match(r"(what|how|when|which|the time)\b", low) and r.random() < 0.2:
            return r.choice([" and tell me ", ", and tell me ", " and let me know ", " and can you tell me ", ", and could you tell me ", ". oh and tell me "]) + low
        if r.random() < 0.3:
            return pattern(r, "X[. Oh and|? Oh and| oh and|... oh and|, oh and|? And|. And|. Also|? Also,|. Also,|, and while you're at it|. Oh, and one more thing:|, one more thing:|. And then| - and|, and besides|. Then| and after that|. One last thing:|! And| and yes,| and um,|, and sorry,|? Next,]").removeprefix("X") + " " + low
        if r.random() < 0.15:
            return r.choice([". ", "? ", "! ", ". ", "? "]) + text[:1].upper() + text[1:]
        return r.choice([" and ", ", and ", ". ", "? ", " n ", ", plus ", " also ", ", also ", " and then ", "; ", ", then ", " and also ", ", "]) + low

    def alone(self):
        """A dialogue for a part of what is said."""
        made = Dialogue(self.r)
        made.lines, made.extra, made.lead = self.lines, [], ""
        return made

    def breath(self):
        r, made, k = self.r, [], self.r.random()
        kinds = ["sum", "clock", "command", "query"]
        kinds = r.sample(kinds, 2) if k < 0.84 else r.sample(kinds, 3) if k < 0.92 else ["query", "query"] if k < 0.96 else r.sample(["command", "command", r.choice(kinds[:2])], 3)
        home = [kind for kind in kinds if kind in ("command", "query")]
        # Only where nothing else is named is it clear what the little word means.
        about = self.device if len(home) == 1 and r.random() < 0.25 else None
        for kind in kinds:
            alone = self.alone()
            made.append(alone)
            if kind not in home or not about:
                alone.add(kind)
                continue
            said, what, s, kept = onward.onward(r)
            while what != kind or "sum" in kinds and any(c.isdigit() for c in s or ""):
                said, what, s, kept = onward.onward(r)
            said = dressed(r, said, ["?", "", ""] if kind == "query" else [".", "", ""], kept)
            if kind == "query":
                alone.query(said, about, s)
            else:
                alone.command(said, [("world_model__command", {"target": about, "state": s})])
        return made

    def listed(self):
        """All that is needed in one row: the root of 81, the time and the lamp on."""
        r = self.r
        made = [self.alone() for _ in range(r.choice([2, 3, 3]))]
        kinds = r.sample(["sum", "clock", "command"], len(made))
        made[0].lead = pattern(r, "[i need|i want|give me|can i have|could i get|i'd like|let me have|can i get|please get me|i want to have]") + " "
        for i, (alone, kind) in enumerate(zip(made, kinds)):
            joint = r.choice([" and ", ", and ", " and "]) if i and i == len(made) - 1 else ""
            a, b = str(r.randint(2, 999)), str(r.randint(2, 99))
            if kind == "sum":
                said, value = r.choice([("the square root of " + a, f"sqrt({a})"), (f"{a} times {b}", f"{a} * {b}"), (f"the sum of {a} and {b}", f"{a} + {b}"), (f"{b}% of {a}", f"{b}% of {a}"), (f"{a} plus {b}", f"{a} + {b}"), (f"{a} divided by {b}", f"{a} / {b}"), (f"{a} minus {b}", f"{a} - {b}")])
                alone.sum(joint + said, [("calculator__evaluate", {"expression": value})])
            elif kind == "clock":
                _, calls, shown, answer = talk.clock(r)
                while not answer.startswith("It is ") or ":" not in answer:
                    _, calls, shown, answer = talk.clock(r)
                zone = calls[0][1].get("zone")
                alone.called(joint + "the time" + (" in " + zone if zone else ""), calls, [shown], answer)
            else:
                s = r.choice(["on", "off"])
                d, n = wishes.own(r, devices.SWITCHED)
                alone.command(joint + d + " " + s, [("world_model__command", {"target": n, "state": s})])
        return made

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
        if self.extra and r.random() < 0.16:
            said = asides.aside(r, self.extra)
            if said:
                self.plain(talk.dressed(r, said, ["", ".", "!"] if r.random() < 0.5 else ["?", "", "."], (), 0.05, polite=False), talk.NO)
                return
        if r.random() < (0.2 if self.idle else 0.07):
            self.plain(talk.dressed(r, tools.filled(r, r.choice(self.idle or tools.family(r)[1])), [".", "", "!"], (), 0.05, polite=False), talk.NO)
            return
        if self.extra and r.random() < 0.75:
            self.wanted(r.choice(self.extra))
            return
        # What none of the tools does is one lesson, told often enough where there are some.
        if not self.extra and r.random() < 0.5:
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
