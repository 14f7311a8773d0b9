"""The trained encoder as the file that `crates/reader` reads: int8 weights with a scale an output, everything else as it is.

`Reference` computes in numpy, with these very int8 weights and real activations, what the Rust side has to come to.
"""

import numpy as np

import encoder
import rows as labelled

MAGIC = b"unruffled reader 1\n"
PIECES_MAX = 128


def small(rows):
    """Rows as int8 with a scale each."""
    scale = np.maximum(np.abs(rows).max(1), 1e-12) / 127
    return np.round(rows / scale[:, None]).astype(np.int8), scale.astype("<f4")


def real(*tensors):
    return b"".join(np.ascontiguousarray(t, "<f4").tobytes() for t in tensors)


def linear(pair):
    weights, scale = small(pair[0].T)
    return weights.tobytes() + real(scale, pair[1])


def layers_of(tree):
    parts = []
    for layer in tree["layers"]:
        parts += [linear(layer["qkv"]), linear(layer["out"]), real(*layer["norm1"])]
        parts += [linear(layer["up"]), linear(layer["down"]), real(*layer["norm2"])]
    return b"".join(parts)


def write(path, tree, word, vocabulary, hints, doubts={}):
    head = [
        f"layers = {encoder.LAYERS}",
        f"width = {encoder.WIDTH}",
        f"heads = {encoder.HEADS}",
        f"inner = {encoder.INNER}",
        f"pieces_max = {PIECES_MAX}",
        f"vocabulary = {len(vocabulary)}",
    ]
    for name in labelled.OUTPUTS:
        head += ["", "[[act]]", f'name = "{name}"']
        if name in hints:
            head.append(f"hint = {hints[name]:.4g}")
        if name in doubts:
            head.append(f"doubt = {doubts[name]:.4g}")
    parts = [MAGIC]
    for text in ("\n".join(head) + "\n", "\n".join(vocabulary) + "\n"):
        parts += [len(text.encode()).to_bytes(4, "little"), text.encode()]
    words, scale = small(word)
    parts += [words.tobytes(), real(scale, tree["position"], *tree["norm"]), layers_of(tree)]
    parts.append(real(tree["head"][0].T, tree["head"][1]))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(parts))


def rounded(rows):
    """Rows as int8 with a scale each, and back."""
    weights, scale = small(rows)
    return weights.astype(np.float32) * scale[:, None]


def rounded_layers(layers):
    return [layer | {part: [rounded(layer[part][0].T).T, layer[part][1]] for part in ("qkv", "out", "up", "down")} for layer in layers]


def normal(x, norm):
    x = x - x.mean(-1, keepdims=True)
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12) * norm[0] + norm[1]


def through(layers, x, heads):
    """The states of one text's pieces behind all layers."""
    pieces, width = x.shape
    for layer in layers:
        qkv = (x @ layer["qkv"][0] + layer["qkv"][1]).reshape(pieces, 3, heads, width // heads)
        looks = np.einsum("qhd,khd->hqk", qkv[:, 0], qkv[:, 1]) / (width // heads) ** 0.5
        looks = np.exp(looks - looks.max(-1, keepdims=True))
        looks /= looks.sum(-1, keepdims=True)
        mixed = np.einsum("hqk,khd->qhd", looks, qkv[:, 2]).reshape(pieces, width)
        x = normal(x + mixed @ layer["out"][0] + layer["out"][1], layer["norm1"])
        inner = x @ layer["up"][0] + layer["up"][1]
        inner = 0.5 * inner * (1 + np.tanh(0.7978845608 * (inner + 0.044715 * inner**3)))
        x = normal(x + inner @ layer["down"][0] + layer["down"][1], layer["norm2"])
    return x


class Reference:
    def __init__(self, tree, word, pieces):
        self.tree, self.word, self.pieces = tree, rounded(word), pieces
        self.layers = rounded_layers(tree["layers"])

    def say(self, text):
        ids = self.pieces.of_text(text, PIECES_MAX)
        first = normal(self.word[ids] + self.tree["position"][: len(ids)], self.tree["norm"])
        last = through(self.layers, first, encoder.HEADS)
        return np.concatenate([first.mean(0), last.mean(0)]) @ self.tree["head"][0] + self.tree["head"][1]
