"""
Writes requests of the generator with a seed that training does not use, each with what is right (known.jsonl is of the generator that the
first 17,000 steps were trained with, so that models can be compared), and sums in words, each with how it is written and with what a model
might write in its place (sums.jsonl).
"""
import argparse
import json
import random
import re

import dialogues
import sums
from evaluate import value

COUNT, SEED = 400, 4242
FORMS, OTHERS = 60, 8


def known():
    r, left = random.Random(SEED), COUNT
    while left:
        d = dialogues.Dialogue(r)
        d.lines, d.extra = dict(dialogues.OWN), d.extra[:2]
        kind = r.choices(list(dialogues.KINDS), list(dialogues.KINDS.values()))[0]
        d.add(kind)
        if not d.turns or kind == "echo":
            continue
        left -= 1
        case = {"category": kind, "user": d.turns[0][1]}
        wanted = dialogues.parsed(d.turns[1][1])
        case.update({"calls": wanted} if wanted else {"says": d.turns[1][1]})
        if d.extra:
            case["tools"] = [line for _, line, *_ in d.extra]
        yield case


def others(r, right):
    """Another operator, two numbers exchanged, an operand left out, no brackets: whatever comes to something else."""
    parts = re.findall(r"[\d.]+%?|[-+*/^()!]|mod|sqrt|of", right)
    signs = [i for i, p in enumerate(parts) if p in "+-*/^" or p == "mod"]
    numbers = [i for i, p in enumerate(parts) if p[0].isdigit()]
    made = [parts[:i] + [o] + parts[i + 1 :] for i in signs for o in ("+", "-", "*", "/") if o != parts[i]]
    made += [parts[:i] + parts[i + 2 :] for i in signs if i + 1 in numbers]
    for n, i in enumerate(numbers):
        for j in numbers[n + 1 :]:
            turned = list(parts)
            a, b = parts[i].rstrip("%"), parts[j].rstrip("%")
            turned[i], turned[j] = parts[i].replace(a, b), parts[j].replace(b, a)
            made.append(turned)
    if "sqrt" not in right:
        made.append([p for p in parts if p not in "()"])
    texts = sorted({" ".join(m).replace("( ", "(").replace(" )", ")").replace("sqrt (", "sqrt(") for m in made})
    wrong = [t for t in texts if isinstance(value(t), float) and abs(value(t) - value(right)) > 1e-9 * max(1, abs(value(right)))]
    return r.sample(wrong, min(OTHERS, len(wrong)))


def spoken():
    r = random.Random(SEED)
    for form in (sums.chain, sums.pair, sums.single, sums.percent, sums.compound, sums.nested, sums.stepwise, sums.story, sums.tale):
        left = FORMS
        while left:
            said, right = form(r)
            if not isinstance(value(right), float):
                continue
            left -= 1
            yield {"form": form.__name__, "said": said, "sum": right, "others": others(r, right)}


def write(path, cases):
    with open(path, "w") as out:
        out.writelines(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)


p = argparse.ArgumentParser(description=__doc__)
p.add_argument("--known", metavar="FILE", help="write the dialogues there")
p.add_argument("--sums", metavar="FILE", help="write the sums there")
a = p.parse_args()
if not a.known and not a.sums:
    p.error("say --known or --sums")
if a.known:
    write(a.known, known())
if a.sums:
    write(a.sums, spoken())
