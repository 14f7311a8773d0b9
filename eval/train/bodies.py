"""Encoders of BERT's kind in PyTorch: the bodies that ship, and the larger one that teaches them."""

import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

# What the parts of a layer are called in the two bases.
NAMES = {
    "minilm": {
        "qkv": ["attention.self.query", "attention.self.key", "attention.self.value"],
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
    },
    "mpnet": {
        "qkv": ["attention.attn.q", "attention.attn.k", "attention.attn.v"],
        "out": "attention.attn.o",
        "norm1": "attention.LayerNorm",
    },
}
BOTH = {"up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm"}
HEADS, RELATIVE_BUCKETS, RELATIVE_MOST = 12, 32, 128
TEACHER_LAYERS = 12
DROP = 0.1


class Layer(nn.Module):
    def __init__(self, get, name, base):
        super().__init__()
        names = NAMES[base] | BOTH
        self.exact = base == "mpnet"

        def linear(*parts):
            weight = np.concatenate([get(f"{name}{part}.weight") for part in parts])
            made = nn.Linear(weight.shape[1], weight.shape[0])
            made.weight.data = torch.tensor(weight, dtype=torch.float32)
            made.bias.data = torch.tensor(np.concatenate([get(f"{name}{part}.bias") for part in parts]), dtype=torch.float32)
            return made

        self.qkv, self.out = linear(*names["qkv"]), linear(names["out"])
        self.up, self.down = linear(names["up"]), linear(names["down"])
        self.norm1, self.norm2 = (norm(get, name + names[part], base) for part in ("norm1", "norm2"))

    def forward(self, x, bias):
        batch, long, width = x.shape
        q, k, v = self.qkv(x).view(batch, long, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        drop = DROP if self.training else 0.0
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype), dropout_p=drop)
        x = self.norm1(x + F.dropout(self.out(mixed.transpose(1, 2).reshape(batch, long, width)), drop))
        inner = F.gelu(self.up(x), approximate="none" if self.exact else "tanh")
        return self.norm2(x + F.dropout(self.down(inner), drop))


def norm(get, name, base):
    made = nn.LayerNorm(len(get(f"{name}.weight")), eps=1e-5 if base == "mpnet" else 1e-12)
    made.weight.data, made.bias.data = (torch.tensor(get(f"{name}.{part}"), dtype=torch.float32) for part in ("weight", "bias"))
    return made


class Body(nn.Module):
    """The first `layers` of a base. `kinds`: of so many kinds a piece may be (of an ask, of a draft)."""

    def __init__(self, get, base, layers, positions, kinds=1):
        super().__init__()
        self.base = base
        self.word = nn.Buffer(torch.tensor(get("embeddings.word_embeddings.weight"), dtype=torch.float32), persistent=False)
        width = self.word.shape[1]
        table = torch.tensor(get("embeddings.position_embeddings.weight"), dtype=torch.float32)
        # The larger base counts from two on.
        self.position = nn.Parameter(table[2 : positions + 2] if base == "mpnet" else table[:positions])
        if base == "mpnet":
            self.kinds = nn.Parameter(torch.zeros(kinds, width))
            self.relative = nn.Buffer(torch.tensor(get("encoder.relative_attention_bias.weight"), dtype=torch.float32), persistent=False)
        else:
            two = torch.tensor(get("embeddings.token_type_embeddings.weight"), dtype=torch.float32)
            self.kinds = nn.Parameter(torch.stack([two[0], two[1], two[0]])[:kinds])
            self.relative = None
        self.norm = norm(get, "embeddings.LayerNorm", base)
        self.layers = nn.ModuleList(Layer(get, f"encoder.layer.{at}.", base) for at in range(layers))

    def forward(self, ids, lengths, kinds=None):
        """The states of all pieces before the first layer and after the last: `[text, piece, width]` twice."""
        batch, long = ids.shape
        at = torch.arange(long, device=ids.device)
        bias = torch.where(at[None] < lengths[:, None], 0.0, -1e9)[:, None, None, :]
        if self.relative is not None:
            bias = bias + self.relative[buckets(at[None] - at[:, None])].permute(2, 0, 1)[None]
        kind = self.kinds[0] if kinds is None else self.kinds[kinds]
        first = self.norm(self.word[ids] + self.position[:long] + kind)
        x = F.dropout(first, DROP, self.training)
        bias = bias.expand(batch, HEADS if self.relative is not None else 1, long, long)
        for layer in self.layers:
            x = layer(x, bias)
        return first, x


def buckets(apart):
    """How far two pieces are from one another, in the thirty-two steps that MPNet knows."""
    half = RELATIVE_BUCKETS // 2
    back = (apart > 0).long() * half
    apart = apart.abs()
    near = half // 2
    far = near + (torch.log(apart.clamp(min=1).float() / near) / math.log(RELATIVE_MOST / near) * (half - near)).long()
    return back + torch.where(apart < near, apart, far.clamp(max=half - 1))


def plain(t):
    return t.detach().float().cpu().numpy()


def pair(linear):
    """Inputs by outputs, and the bias."""
    return [plain(linear.weight).T, plain(linear.bias)]


def begin_as(body, tree):
    """Takes the weights of a kept tree; what tells kinds apart stays as it is."""
    real = lambda a: torch.tensor(np.asarray(a, np.float32))
    body.position.data = real(tree["position"])
    body.norm.weight.data, body.norm.bias.data = map(real, tree["norm"])
    for layer, kept in zip(body.layers, tree["layers"]):
        for part in ("qkv", "out", "up", "down"):
            getattr(layer, part).weight.data = real(kept[part][0]).T.contiguous()
            getattr(layer, part).bias.data = real(kept[part][1])
        for part in ("norm1", "norm2"):
            getattr(layer, part).weight.data, getattr(layer, part).bias.data = map(real, kept[part])


def tree_of(body):
    """The weights as `pack.py` writes them."""
    both = lambda norm: [plain(norm.weight), plain(norm.bias)]
    return {
        "position": plain(body.position),
        "kinds": plain(body.kinds),
        "norm": both(body.norm),
        "layers": [
            {part: pair(getattr(layer, part)) for part in ("qkv", "out", "up", "down")}
            | {part: both(getattr(layer, part)) for part in ("norm1", "norm2")}
            for layer in body.layers
        ],
    }


def in_buckets(order, lengths, buckets, pieces, fewest):
    """Batches of rows of like length, `pieces` in each and at least so many rows: `(long, rows)`."""
    batches, least = [], 0
    for long in buckets:
        mine = order[(lengths[order] > least) & (lengths[order] <= long)]
        count = max(fewest, pieces // long)
        batches += [(long, mine[s : s + count]) for s in range(0, len(mine), count)]
        least = long
    return batches
