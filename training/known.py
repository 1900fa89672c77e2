"""Writes known.jsonl: dialogues of the generator with a seed that training does not use, each turn with what is right."""
import json
import random

import dialogues

COUNT, SEED = 400, 4242

with open("known.jsonl", "w") as out:
    r = random.Random(SEED)
    while COUNT:
        d = dialogues.Dialogue(r)
        d.lines, d.extra = dict(dialogues.OWN), d.extra[:2]
        kind = r.choices(list(dialogues.KINDS), list(dialogues.KINDS.values()))[0]
        d.add(kind)
        if not d.turns or kind == "echo":
            continue
        COUNT -= 1
        case = {"category": kind, "user": d.turns[0][1]}
        wanted = dialogues.parsed(d.turns[1][1])
        case.update({"calls": wanted} if wanted else {"says": d.turns[1][1]})
        if d.extra:
            case["tools"] = [line for _, line, _, _ in d.extra]
        out.write(json.dumps(case, ensure_ascii=False) + "\n")
