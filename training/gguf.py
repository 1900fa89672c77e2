"""Writes a GGUF file (version 3, https://github.com/ggml-org/ggml/blob/master/docs/gguf.md) with Q8_0 weights."""
import argparse
import struct

import numpy as np
import torch

from model import EPSILON, THETA, Model
from tokenizer import Tokenizer
from train import CONTEXT, SHAPE

U32, I32, F32, BOOL, STRING, ARRAY = 4, 5, 6, 7, 8, 9
F32_TENSOR, Q8_0_TENSOR = 0, 8
TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def text(value):
    b = value.encode()
    return struct.pack("<Q", len(b)) + b


def entry(key, kind, value, of=None):
    head = text(key) + struct.pack("<I", kind)
    if kind == STRING:
        return head + text(value)
    if kind == ARRAY:
        body = b"".join(map(text, value)) if of == STRING else np.asarray(value, {F32: "<f4", I32: "<i4"}[of]).tobytes()
        return head + struct.pack("<IQ", of, len(value)) + body
    return head + struct.pack({U32: "<I", F32: "<f", BOOL: "<?"}[kind], value)


def q8_0(weights):
    """Blocks of 32: a half-precision scale and 32 signed bytes."""
    blocks = np.ascontiguousarray(weights, np.float32).reshape(-1, 32)
    scale = np.abs(blocks).max(1) / 127.0
    inverse = np.where(scale > 0, 1.0 / np.where(scale > 0, scale, 1), 0)
    out = np.zeros((blocks.shape[0], 34), np.uint8)
    out[:, :2] = scale.astype("<f2").view(np.uint8).reshape(-1, 2)
    out[:, 2:] = np.clip(np.rint(blocks * inverse[:, None]), -127, 127).astype(np.int8).view(np.uint8)
    return out.tobytes()


def write(path, name, tok, tensors):
    end, none = tok.id["<|im_end|>"], tok.id["<|endoftext|>"]
    entries = [
        entry("general.architecture", STRING, "llama"), entry("general.name", STRING, name), entry("general.file_type", U32, 7), entry("general.quantization_version", U32, 2),
        entry("general.license", STRING, "apache-2.0"),
        entry("llama.context_length", U32, CONTEXT), entry("llama.embedding_length", U32, SHAPE["dim"]), entry("llama.block_count", U32, SHAPE["layers"]), entry("llama.feed_forward_length", U32, SHAPE["hidden"]),
        entry("llama.attention.head_count", U32, SHAPE["heads"]), entry("llama.attention.head_count_kv", U32, SHAPE["heads"]), entry("llama.attention.layer_norm_rms_epsilon", F32, EPSILON),
        entry("llama.rope.dimension_count", U32, SHAPE["dim"] // SHAPE["heads"]), entry("llama.rope.freq_base", F32, THETA), entry("llama.vocab_size", U32, len(tok)),
        entry("tokenizer.ggml.model", STRING, "llama"), entry("tokenizer.ggml.pre", STRING, "default"),
        entry("tokenizer.ggml.tokens", ARRAY, tok.tokens, STRING), entry("tokenizer.ggml.scores", ARRAY, tok.scores, F32), entry("tokenizer.ggml.token_type", ARRAY, tok.types, I32),
        entry("tokenizer.ggml.unknown_token_id", U32, 0), entry("tokenizer.ggml.bos_token_id", U32, none), entry("tokenizer.ggml.eos_token_id", U32, end), entry("tokenizer.ggml.padding_token_id", U32, none),
        entry("tokenizer.ggml.add_bos_token", BOOL, False), entry("tokenizer.ggml.add_eos_token", BOOL, False), entry("tokenizer.ggml.add_space_prefix", BOOL, False),
        entry("tokenizer.chat_template", STRING, TEMPLATE),
    ]
    infos, blobs, offset = [], [], 0
    for key, w in tensors.items():
        kind, data = (F32_TENSOR, w.astype("<f4").tobytes()) if w.ndim == 1 else (Q8_0_TENSOR, q8_0(w))
        infos.append(text(key) + struct.pack("<I", w.ndim) + b"".join(struct.pack("<Q", n) for n in reversed(w.shape)) + struct.pack("<IQ", kind, offset))
        data += b"\0" * (-len(data) % 32)
        blobs.append(data)
        offset += len(data)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(infos), len(entries)) + b"".join(entries) + b"".join(infos)
    with open(path, "wb") as f:
        f.write(head + b"\0" * (-len(head) % 32))
        f.writelines(blobs)


def value_of(data, at, kind):
    """An entry's value, and where the next thing begins."""
    if kind == STRING:
        (n,) = struct.unpack_from("<Q", data, at)
        return data[at + 8 : at + 8 + n].decode(), at + 8 + n
    if kind == ARRAY:
        of, n = struct.unpack_from("<IQ", data, at)
        values, at = [], at + 12
        for _ in range(n):
            value, at = value_of(data, at, of)
            values.append(value)
        return values, at
    form = {U32: "<I", I32: "<i", F32: "<f", BOOL: "<?"}[kind]
    return struct.unpack_from(form, data, at)[0], at + struct.calcsize(form)


def read(path):
    """The entries and the tensors of a file that this script wrote; weights come back as they were rounded."""
    with open(path, "rb") as f:
        data = f.read()
    magic, version, tensors, entries = struct.unpack_from("<4sIQQ", data)
    if magic != b"GGUF" or version != 3:
        raise ValueError(f"{path} is no GGUF file of version 3")
    at, found, infos = 24, {}, []
    for _ in range(entries):
        key, at = value_of(data, at, STRING)
        (kind,) = struct.unpack_from("<I", data, at)
        found[key], at = value_of(data, at + 4, kind)
    for _ in range(tensors):
        key, at = value_of(data, at, STRING)
        (dimensions,) = struct.unpack_from("<I", data, at)
        shape = struct.unpack_from(f"<{dimensions}Q", data, at + 4)[::-1]
        at += 4 + 8 * dimensions
        infos.append((key, shape) + struct.unpack_from("<IQ", data, at))
        at += 12
    start, weights = at + -at % 32, {}
    for key, shape, kind, offset in infos:
        count, begin = int(np.prod(shape)), start + offset
        if kind == F32_TENSOR:
            weights[key] = np.frombuffer(data, "<f4", count, begin).reshape(shape)
        else:
            blocks = np.frombuffer(data, np.uint8, count // 32 * 34, begin).reshape(-1, 34)
            scale = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
            weights[key] = (blocks[:, 2:].view(np.int8) * scale).reshape(shape)
    return found, weights


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("model")
    p.add_argument("out")
    p.add_argument("--tokenizer", default="tokenizer.json")
    p.add_argument("--name", default="pipecat-home")
    p.add_argument("--average-with", metavar="FILE.gguf", help="write the mean of the weights and of that file's, which the training began with")
    p.add_argument("--share", type=float, default=0.5, help="what the trained weights have in that mean, of 1 (default: %(default)s)")
    a = p.parse_args()
    tok = Tokenizer.load(a.tokenizer)
    model = Model(len(tok), context=CONTEXT, **SHAPE)
    model.load_state_dict(torch.load(a.model)["model"])
    tensors = {key: w.copy() for key, w in model.tensors().items()}
    if a.average_with:
        entries, other = read(a.average_with)
        if entries["tokenizer.ggml.tokens"] != tok.tokens:
            raise SystemExit(f"gguf.py: {a.average_with} has another vocabulary than --tokenizer")
        model.take(other)
        tensors = {key: a.share * w + (1 - a.share) * other for (key, w), other in zip(tensors.items(), model.tensors().values())}
    write(a.out, a.name, tok, tensors)


if __name__ == "__main__":
    main()
