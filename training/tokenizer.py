"""
The vocabulary: llama.cpp's "llama" tokenizer (SentencePiece, greedy merging of the pair with the highest score) with pieces of letters
only, so that a space, a digit and a sign are always tokens of their own and can be copied one by one. Anything else is bytes.
"""
import argparse
import collections
import json
import random
import re

NORMAL, UNKNOWN, CONTROL, USER_DEFINED, BYTE = 1, 2, 3, 4, 6
CONTROLS = ["<unk>", "<|im_start|>", "<|im_end|>", "<|endoftext|>"]
# The syntax of a call, so that it costs a few tokens and not thirty.
SYNTAX = ["<tool_call>", "</tool_call>", '{"name":"', '","arguments":{"', '","arguments":{', '","', '":"', '"}}', "}}"]
SPACE = "\u2581"
RARE = -5000.0


class Tokenizer:
    def __init__(self, pieces):
        self.tokens, self.scores, self.types = [], [], []
        for t in CONTROLS:
            self._add(t, 0, UNKNOWN if t == "<unk>" else CONTROL)
        for t in SYNTAX:
            self._add(t, 0, USER_DEFINED)
        for b in range(256):
            self._add("<0x%02X>" % b, 0, BYTE)
        for i, p in enumerate(pieces):
            self._add(p, -(i + 1), NORMAL)
        self._add(SPACE, RARE, NORMAL)
        for c in range(33, 127):
            self._add(chr(c), RARE - c, NORMAL)
        self.id = {t: i for i, t in enumerate(self.tokens)}
        self.score = {t: s for t, s, k in zip(self.tokens, self.scores, self.types) if k == NORMAL}
        self._marks = re.compile("|".join(re.escape(t) for t in sorted(CONTROLS[1:] + SYNTAX, key=len, reverse=True)))
        self._words = re.compile(r"[A-Za-z]+|[^A-Za-z]", re.S)
        self._known = {}

    def _add(self, text, score, kind):
        self.tokens.append(text)
        self.scores.append(float(score))
        self.types.append(kind)

    def __len__(self):
        return len(self.tokens)

    def _word(self, w):
        found = self._known.get(w)
        if found is None:
            parts = list(w)
            while True:
                best = max(((self.score.get(a + b, -1e9), -i) for i, (a, b) in enumerate(zip(parts, parts[1:]))), default=(-1e9, 0))
                if best[0] <= -1e9:
                    break
                i = -best[1]
                parts[i : i + 2] = [parts[i] + parts[i + 1]]
            found = [t for p in parts for t in ([self.id[p]] if p in self.score else [self.id["<0x%02X>" % b] for b in p.encode()])]
            if len(self._known) < 400_000:
                self._known[w] = found
        return found

    def _plain(self, text):
        return [t for w in self._words.findall(text.replace(" ", SPACE)) for t in self._word(w)]

    def encode(self, text):
        ids, at = [], 0
        for m in self._marks.finditer(text):
            ids += self._plain(text[at : m.start()])
            ids.append(self.id[m.group()])
            at = m.end()
        return ids + self._plain(text[at:])

    def decode(self, ids):
        out = b""
        for i in ids:
            t = self.tokens[i]
            out += bytes([int(t[3:5], 16)]) if self.types[i] == BYTE else t.replace(SPACE, " ").encode()
        return out.decode("utf-8", "replace")

    def save(self, path):
        pieces = [t for t, k in zip(self.tokens, self.types) if k == NORMAL][: -1 - len(range(33, 127))]
        with open(path, "w") as f:
            json.dump(pieces, f)

    @staticmethod
    def load(path):
        with open(path) as f:
            return Tokenizer(json.load(f))


def learn(counts, merges):
    """Byte-pair encoding over words of letters: the pieces in the order they were merged."""
    words = {w: list(w) for w in counts}
    pairs = collections.Counter()
    where = collections.defaultdict(set)
    for w, parts in words.items():
        for p in zip(parts, parts[1:]):
            pairs[p] += counts[w]
            where[p].add(w)
    pieces = []
    while len(pieces) < merges and pairs:
        pair = max(pairs, key=lambda p: (pairs[p], p))
        if pairs[pair] < 5:
            break
        merged = pair[0] + pair[1]
        if merged not in pieces:
            pieces.append(merged)
        for w in list(where[pair]):
            parts = words[w]
            for p in zip(parts, parts[1:]):
                pairs[p] -= counts[w]
                where[p].discard(w)
            i, new = 0, []
            while i < len(parts):
                if i + 1 < len(parts) and (parts[i], parts[i + 1]) == pair:
                    new.append(merged)
                    i += 2
                else:
                    new.append(parts[i])
                    i += 1
            words[w] = new
            for p in zip(new, new[1:]):
                pairs[p] += counts[w]
                where[p].add(w)
        del pairs[pair]
    return pieces


def main():
    parser = argparse.ArgumentParser(description="Learns the vocabulary from generated dialogues.")
    parser.add_argument("--out", default="tokenizer.json")
    parser.add_argument("--dialogues", type=int, default=6000)
    parser.add_argument("--merges", type=int, default=1300)
    a = parser.parse_args()
    import dialogues

    r, counts = random.Random(17), collections.Counter()
    for _ in range(a.dialogues):
        d = dialogues.Dialogue(r)
        for _ in range(4):
            d.add()
        for text in [d.system()] + [t for _, t, _ in d.turns]:
            counts.update(re.findall(r"[A-Za-z]+", text))
    for role in ("system", "user", "assistant", "tool"):
        counts[role] += 10**6
    # A word heard once is a name that somebody invented.
    tok = Tokenizer(learn({w: c for w, c in counts.items() if c > 3}, a.merges))
    tok.save(a.out)
    print(len(tok), "tokens")


if __name__ == "__main__":
    main()
