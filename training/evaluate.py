"""
Scores a checkpoint on what it writes itself, without the node's guards: generated dialogues with other seeds, and heldout.jsonl, whose
sentences were written apart from the generator. Greedy decoding. The score of the shipped file, with the node around it, is the build's
(BuiltinModelEvaluationTest); this one is for whoever trains.
"""
import argparse
import collections
import json
import random
import re

import torch

import dialogues
import talk
from model import Model
from tokenizer import Tokenizer
from train import CONTEXT, SHAPE

REPLIES = dict(zip(("greeting", "thanks", "bye", "about", "wellbeing"), talk.SMALL))
CALL = re.compile(r'<tool_call>{"name":"([^"]*)","arguments":({.*?})}</tool_call>')


def decode(model, tok, prompts, most=110):
    """Greedy continuations; all rows of a batch advance together."""
    answers = []
    for start in range(0, len(prompts), 48):
        rows = [tok.encode(p) for p in prompts[start : start + 48]]
        lengths = [len(r) for r in rows]
        made, live = [[] for _ in rows], set(range(len(rows)))
        for _ in range(most):
            if not live:
                break
            index = sorted(live)
            width = max(lengths[i] + len(made[i]) for i in index)
            ids = torch.zeros(len(index), width, dtype=torch.long)
            chosen = torch.zeros(len(index), width, dtype=torch.bool)
            for k, i in enumerate(index):
                row = rows[i] + made[i]
                ids[k, : len(row)] = torch.tensor(row)
                chosen[k, len(row) - 1] = True
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                best = model(ids, chosen).float().argmax(-1).tolist()
            for i, t in zip(index, best):
                if tok.tokens[t] == "<|im_end|>" or lengths[i] + len(made[i]) + 1 >= CONTEXT:
                    live.discard(i)
                else:
                    made[i].append(t)
        answers += [tok.decode(m) for m in made]
    return answers


def prompt(lines, history, user):
    turns = "".join(f"<|im_start|>user\n{u}<|im_end|>\n<|im_start|>assistant\n{a}<|im_end|>\n" for u, a in history)
    return "<|im_start|>system\n" + "\n".join(lines) + "<|im_end|>\n" + turns + f"<|im_start|>user\n{user}<|im_end|>\n<|im_start|>assistant\n"


def value(expression):
    e = re.sub(r"([\d.]+)%\s*of\s*([\d.]+)", r"(\1/100*\2)", expression)
    e = re.sub(r"([\d.]+)\s*([+-])\s*([\d.]+)%", r"(\1*(1\2\3/100))", e)
    e = e.replace("^", "**").replace("mod", "%").replace("sqrt", "root")
    try:
        return round(float(eval(e, {"__builtins__": {}, "root": lambda x: x**0.5, "abs": abs})), 9)
    except Exception:
        return expression.replace(" ", "")


def plain(text):
    return re.sub(r"^(the|my|our|all the|all of the|all|a) ", "", text.lower().strip()).replace(" percent", "%").replace(" %", "%")


def same(name, wanted, made):
    if name == "calculator__evaluate":
        return value(wanted.get("expression", "")) == value(made.get("expression", ""))
    return all(plain(v) == plain(made.get(k, "")) for k, v in wanted.items()) and all(k in wanted or k == "property" for k in made)


def right(case, answer):
    calls = [(n, json.loads(a)) for n, a in CALL.findall(answer) if valid(a)]
    if "calls" in case:
        return len(calls) == len(case["calls"]) and all(n == w["name"] and same(n, w["arguments"], a) for (n, a), w in zip(calls, case["calls"]))
    if "<tool_call>" in answer:
        return False
    return answer.startswith("Sorry") or answer.startswith("I am sorry") or answer in talk.SMALL if "decline" in case else answer == REPLIES[case["reply"]]


def valid(text):
    try:
        json.loads(text)
        return True
    except ValueError:
        return False


def heldout(model, tok, path, show):
    cases = [json.loads(line) for line in open(path)]
    answers = decode(model, tok, [prompt(list(dialogues.OWN.values()) + c.get("tools", []), c.get("history", []), c["user"]) for c in cases])
    report("held-out patterns", [(c["category"], right(c, a), c["user"], a) for c, a in zip(cases, answers)], show)
    outside = [a for c, a in zip(cases, answers) if "decline" in c]
    print("  wrong calls outside its world: %d of %d" % (sum("<tool_call>" in a for a in outside), len(outside)))


def known(model, tok, count, show):
    r, prompts, wanted, kinds = random.Random(991), [], [], []
    for _ in range(count):
        d = dialogues.Dialogue(r)
        kind = r.choices(list(dialogues.KINDS), list(dialogues.KINDS.values()))[0]
        d.add(kind)
        text = "<|im_start|>system\n" + d.system() + "<|im_end|>\n"
        for role, said, learned in d.turns:
            if learned:
                prompts.append(text + "<|im_start|>assistant\n")
                wanted.append(said)
                kinds.append(kind)
            text += f"<|im_start|>{'assistant' if role == 'again' else role}\n{said}<|im_end|>\n"
    answers = decode(model, tok, prompts)
    report("known patterns, unseen values", [(k, a == w, w, a) for k, a, w in zip(kinds, answers, wanted)], show)


def report(title, results, show):
    total = collections.defaultdict(lambda: [0, 0])
    for kind, ok, _, _ in results:
        total[kind][0] += ok
        total[kind][1] += 1
    print(title, "%.1f %%" % (100 * sum(ok for _, ok, _, _ in results) / len(results)))
    for kind, (ok, of) in sorted(total.items()):
        print(f"  {kind}: {ok} of {of}")
    if show:
        for kind, ok, asked, answer in results:
            if not ok:
                print("   ", kind, "|", asked, "|", answer)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("model")
    p.add_argument("--tokenizer", default="tokenizer.json")
    p.add_argument("--heldout", default="heldout.jsonl")
    p.add_argument("--known", type=int, default=300)
    p.add_argument("--show", action="store_true", help="print what was wrong; whoever mends the generator by it has to write new held-out sentences")
    a = p.parse_args()
    torch.set_num_threads(1)
    tok = Tokenizer.load(a.tokenizer)
    model = Model(len(tok), context=CONTEXT, **SHAPE)
    model.load_state_dict(torch.load(a.model)["model"])
    heldout(model, tok, a.heldout, a.show)
    known(model, tok, a.known, a.show)


if __name__ == "__main__":
    main()
