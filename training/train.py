"""Trains the built-in model on generated dialogues; see README.md for the command that made the shipped one."""
import argparse
import multiprocessing
import os
import random
import time

import torch
import torch.nn.functional as F

import dialogues
from model import Model
from tokenizer import Tokenizer

SHAPE = {"dim": 192, "layers": 5, "heads": 6, "hidden": 1024}
CONTEXT = 1024
# Both lengths from the start, so that a distance of a thousand tokens is learned with everything else; five thousand tokens a step.
SHORT, LONG, LONG_EVERY = (16, 320), (5, 1024), 6


class Muon(torch.optim.Optimizer):
    """Momentum made orthogonal by Newton-Schulz iteration (K. Jordan, "Muon: an optimizer for hidden layers", 2024)."""

    def __init__(self, parameters, lr, momentum=0.95):
        super().__init__(parameters, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                state = self.state[p]
                m = state.setdefault("momentum", torch.zeros_like(p))
                m.lerp_(p.grad, 1 - group["momentum"])
                g = p.grad.lerp(m, group["momentum"]).bfloat16()
                tall = g.shape[0] > g.shape[1]
                x = g.T if tall else g
                x = x / (x.norm() + 1e-7)
                for _ in range(5):
                    a = x @ x.T
                    x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
                x = (x.T if tall else x).float()
                p.add_(x, alpha=-group["lr"] * max(1, p.shape[0] / p.shape[1]) ** 0.5)


def produce(queue, seed, first, steps, vocabulary):
    """Batches are drawn in a process of their own; each step has a seed of its own, so that training can go on where it was cut off."""
    tok = Tokenizer.load(vocabulary)
    for step in range(first, steps):
        r = random.Random(seed * 1_000_003 + step)
        count, length = LONG if step % LONG_EVERY == 0 else SHORT
        rows = [dialogues.row(r, tok, length) for _ in range(count)]
        queue.put(([ids for ids, _ in rows], [mask for _, mask in rows]))


def rate(step, steps):
    """Warm up, hold, and go down to nothing in the second half."""
    return min(1.0, (step + 1) / 100, max(0.01, 2 * (1 - step / steps)))


def save(path, step, model, optimizers):
    """Whole or not at all: a training that is cut off while it writes goes on from the checkpoint before."""
    torch.save({"step": step, "model": model.state_dict(), "optimizers": [o.state_dict() for o, _ in optimizers]}, path + ".new")
    os.replace(path + ".new", path)


def restore(path, model, optimizers):
    found = torch.load(path)
    model.load_state_dict(found["model"])
    for (optimizer, _), state in zip(optimizers, found["optimizers"]):
        optimizer.load_state_dict(state)
    return found["step"]


def begin_with(path, model, tokenizer):
    # gguf.py needs this file's numbers.
    import gguf

    entries, weights = gguf.read(path)
    if entries["tokenizer.ggml.tokens"] != tokenizer.tokens:
        raise SystemExit(f"train.py: {path} has another vocabulary than --tokenizer")
    model.take(weights)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--steps", type=int, default=17000)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--tokenizer", default="tokenizer.json")
    p.add_argument("--out", default="model.pt")
    p.add_argument("--begin-with", metavar="FILE.gguf", help="take the weights of a file that gguf.py wrote, in place of random ones")
    p.add_argument("--rate", type=float, default=0.006, help="the highest learning rate of the hidden weights; that of the others is half of it (default: %(default)s)")
    p.add_argument("--resume", action="store_true", help="go on from the checkpoint at --out")
    a = p.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    tokenizer = Tokenizer.load(a.tokenizer)
    model = Model(len(tokenizer), context=CONTEXT, **SHAPE)
    if a.begin_with:
        begin_with(a.begin_with, model, tokenizer)
    print("parameters:", sum(x.numel() for x in model.parameters()), flush=True)
    if hasattr(torch, "compile"):
        model.trunk = torch.compile(model.trunk, dynamic=False)
    hidden = [w for n, w in model.named_parameters() if n.startswith("blocks") and w.ndim == 2]
    others = [w for n, w in model.named_parameters() if not (n.startswith("blocks") and w.ndim == 2)]
    optimizers = [(Muon(hidden, a.rate), a.rate), (torch.optim.Adam(others, a.rate / 2, betas=(0.9, 0.97)), a.rate / 2)]
    first = restore(a.out, model, optimizers) if a.resume else 0
    queue = multiprocessing.Queue(24)
    source = multiprocessing.Process(target=produce, args=(queue, a.seed, first, a.steps, a.tokenizer), daemon=True)
    source.start()
    started, seen, smooth = time.time(), 0, None
    for step in range(first, a.steps):
        ids, mask = (torch.tensor(x) for x in queue.get())
        chosen = mask[:, 1:] > 0
        for optimizer, lr in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = lr * rate(step, a.steps)
            optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(ids[:, :-1], chosen)
        loss = F.cross_entropy(logits.float(), ids[:, 1:][chosen])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(others, 1.0)
        for optimizer, _ in optimizers:
            optimizer.step()
        seen += ids.shape[0] * (ids.shape[1] - 1)
        smooth = loss.item() if smooth is None else 0.98 * smooth + 0.02 * loss.item()
        if step % 50 == 0:
            print(f"step {step} of {a.steps}, loss {smooth:.4f}, {seen / 1e6:.2f} M tokens, {seen / (time.time() - started):.0f} tokens/s, {(time.time() - started) / 60:.1f} min", flush=True)
        if step % 250 == 249:
            save(a.out, step + 1, model, optimizers)
    save(a.out, a.steps, model, optimizers)
    source.join()
    print("done in", round((time.time() - started) / 60, 1), "min")


if __name__ == "__main__":
    main()
