"""The network: llama's architecture as llama.cpp reads it (RMS norm, rotary positions in interleaved pairs, SwiGLU, tied embeddings)."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

THETA, EPSILON = 10000.0, 1e-5


class Norm(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x):
        x = x.float()
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + EPSILON) * self.weight


def rotate(x, cos, sin):
    """The first half of a head's dimensions with the second: contiguous, so three times as fast as neighbours; tensors() reorders the rows."""
    a, b = x.chunk(2, -1)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), -1)


def attend(q, k, v, mask):
    if q.shape[2] > 512 and hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(q, k, v, is_causal=True)
    weights = (q * (1 / math.sqrt(q.shape[-1]))) @ k.transpose(-1, -2) + mask
    return weights.softmax(-1) @ v


class Block(nn.Module):
    def __init__(self, dim, heads, hidden):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = Norm(dim), Norm(dim)
        self.q, self.k, self.v, self.o = (nn.Linear(dim, dim, bias=False) for _ in range(4))
        self.gate, self.up = nn.Linear(dim, hidden, bias=False), nn.Linear(dim, hidden, bias=False)
        self.down = nn.Linear(hidden, dim, bias=False)

    def forward(self, x, cos, sin, mask):
        b, t, d = x.shape
        h = self.norm1(x)
        q, k, v = (w(h).view(b, t, self.heads, d // self.heads).transpose(1, 2) for w in (self.q, self.k, self.v))
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        x = x + self.o(attend(q, k, v, mask).transpose(1, 2).reshape(b, t, d))
        h = self.norm2(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Model(nn.Module):
    def __init__(self, vocabulary, dim, layers, heads, hidden, context):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, dim)
        self.blocks = nn.ModuleList(Block(dim, heads, hidden) for _ in range(layers))
        self.norm = Norm(dim)
        nn.init.normal_(self.embedding.weight, 0, 0.05)
        for b in self.blocks:
            for w in (b.q, b.k, b.v, b.gate, b.up):
                nn.init.normal_(w.weight, 0, 0.5 / math.sqrt(dim))
            for w in (b.o, b.down):
                nn.init.zeros_(w.weight)
        size = dim // heads
        angles = torch.outer(torch.arange(context).float(), THETA ** (-torch.arange(0, size, 2).float() / size))
        self.register_buffer("cos", angles.cos(), False)
        self.register_buffer("sin", angles.sin(), False)
        self.register_buffer("mask", torch.full((context, context), float("-inf")).triu(1), False)

    def forward(self, ids, chosen=None):
        """The logits; only at the chosen positions, where given."""
        x = self.trunk(ids)
        if chosen is not None:
            x = x[chosen]
        return F.linear(self.norm(x), self.embedding.weight)

    def trunk(self, ids):
        """What the blocks make of the ids; of one shape for one shape of ids, so that it can be compiled."""
        t = ids.shape[1]
        x = self.embedding(ids)
        mask, cos, sin = self.mask[:t, :t], self.cos[:t], self.sin[:t]
        if torch.is_autocast_cpu_enabled():
            mask, cos, sin = mask.bfloat16(), cos.bfloat16(), sin.bfloat16()
        for b in self.blocks:
            x = b(x, cos, sin, mask)
        return x

    def tensors(self):
        """Name in a GGUF to weights, rows as llama.cpp rotates them."""
        named = self.named()
        return {k: (self.interleaved(v) if "attn_q." in k or "attn_k." in k else v).detach().float().numpy() for k, v in named.items()}

    def named(self):
        named = {"token_embd.weight": self.embedding.weight}
        for i, b in enumerate(self.blocks):
            for name, w in (("attn_norm", b.norm1), ("attn_q", b.q), ("attn_k", b.k), ("attn_v", b.v), ("attn_output", b.o), ("ffn_norm", b.norm2), ("ffn_gate", b.gate), ("ffn_up", b.up), ("ffn_down", b.down)):
                named[f"blk.{i}.{name}.weight"] = w.weight
        named["output_norm.weight"] = self.norm.weight
        return named

    def interleaved(self, w):
        """The rows as llama.cpp rotates them: neighbours in pairs."""
        heads, dim = self.blocks[0].heads, w.shape[1]
        return w.view(heads, 2, dim // heads // 2, dim).transpose(1, 2).reshape(dim, dim)

    def take(self, tensors):
        """
        The weights that tensors() gave, by the same names. Where it gave fewer hidden units, those that are left begin as they are made and say
        nothing yet; where it gave fewer blocks, those above begin as copies of its last one that say nothing yet.
        """
        heads, last = self.blocks[0].heads, max(int(name.split(".")[1]) for name in tensors if name.startswith("blk."))
        for name, own in self.named().items():
            above, part = name not in tensors, name.split(".")[-2]
            if above and part in ("attn_output", "ffn_down"):
                continue
            w = torch.tensor(tensors[f"blk.{last}.{part}.weight" if above else name])
            if "attn_q." in name or "attn_k." in name:
                w = w.view(heads, w.shape[0] // heads // 2, 2, w.shape[1]).transpose(1, 2).reshape(w.shape)
            if w.shape != own.shape and "ffn_" not in name:
                raise ValueError(f"{name} is of another shape: {tuple(w.shape)}, not {tuple(own.shape)}")
            own.data[tuple(slice(n) for n in w.shape)] = w
