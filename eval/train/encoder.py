"""The first layers of MiniLM as one body with a linear head per task, trained in JAX on the CPU."""

import json
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from safetensors import safe_open

import rows as labelled

LAYERS, WIDTH, HEADS, INNER = 3, 384, 12, 1536
# Length buckets in pieces, and how many texts of such a length make one step.
BUCKETS = [(12, 64), (16, 64), (24, 64), (32, 64), (48, 32), (64, 32), (96, 16)]
PIECES_MAX = {"receptiveness": 96}
PIECES_MAX_ELSE = 64
# How often each set is gone through: first the public ones, then our own lines with some of the public ones again, so that nothing
# is forgotten. GoEmotions is the largest by far and the furthest from customers' letters.
PUBLIC = {"goemotions": 1.2, "codes": 0.0, "good": 0.0}
OURS = {"codes": 2.2, "good": 2.0, "goemotions": 0.25}
PUBLIC_ELSE, OURS_ELSE = 1.3, 0.3
RATE, HEAD_RATE, WARM_UP, DECAY, NORM_MAX, DROP = 3e-4, 3e-3, 200, 0.01, 1.0, 0.1


def layers(get, count):
    """The first layers of the base, by what their weights are called there."""
    made = []
    for at in range(count):
        name = f"encoder.layer.{at}."
        attention = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
        layer = {
            "qkv": [
                np.concatenate([get(f"{part}.weight").T for part in attention], axis=1),
                np.concatenate([get(f"{part}.bias") for part in attention]),
            ]
        }
        for short, long in (("out", "attention.output"), ("up", "intermediate"), ("down", "output")):
            layer[short] = [get(f"{name}{long}.dense.weight").T, get(f"{name}{long}.dense.bias")]
        for short, long in (("norm1", "attention.output"), ("norm2", "output")):
            layer[short] = [get(f"{name}{long}.LayerNorm.weight"), get(f"{name}{long}.LayerNorm.bias")]
        made.append(layer)
    return made


def base(path):
    """The pinned weights, as the tree that is trained, and the frozen word table."""
    tensors = safe_open(path, "np")
    get = tensors.get_tensor
    frozen = {"word": get("embeddings.word_embeddings.weight")}
    tree = {
        # Every text is of type 0, so that row joins the positions.
        "position": get("embeddings.position_embeddings.weight")[:128]
        + get("embeddings.token_type_embeddings.weight")[0],
        "norm": [get("embeddings.LayerNorm.weight"), get("embeddings.LayerNorm.bias")],
        "layers": layers(get, LAYERS),
    }
    outputs = len(labelled.OUTPUTS)
    tree["head"] = [np.zeros((2 * WIDTH, outputs), np.float32), np.zeros(outputs, np.float32)]
    return jax.tree.map(jnp.asarray, tree), jax.tree.map(jnp.asarray, frozen)


def normal(x, norm):
    mean = x.mean(-1, keepdims=True)
    spread = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(spread + 1e-12) * norm[0] + norm[1]


def gelu(x):
    """The tanh form: what the integer inference computes too."""
    return jax.nn.gelu(x, approximate=True)


def forward(tree, frozen, ids, lengths, key=None):
    """Logits of a batch of equally long rows of ids. With a key, things are dropped by lot, as in training."""
    batch, long = ids.shape
    keys = iter(jax.random.split(key, 2 + 3 * LAYERS)) if key is not None else None

    def drop(x):
        if keys is None:
            return x
        return jnp.where(jax.random.bernoulli(next(keys), 1 - DROP, x.shape), x / (1 - DROP), 0)

    real = (jnp.arange(long)[None] < lengths[:, None]).astype(jnp.float32)
    share = (real / real.sum(1, keepdims=True))[:, :, None]
    x = normal(frozen["word"][ids] + tree["position"][:long], tree["norm"])
    first = (x * share).sum(1)
    x = drop(x)
    hidden = (1 - real)[:, None, None, :] * -1e9
    for layer in tree["layers"]:
        qkv = x @ layer["qkv"][0] + layer["qkv"][1]
        q, k, v = jnp.split(qkv.reshape(batch, long, 3 * HEADS, WIDTH // HEADS), 3, axis=2)
        scores = jnp.einsum("bqhd,bkhd->bhqk", q, k) / (WIDTH // HEADS) ** 0.5 + hidden
        mixed = jnp.einsum("bhqk,bkhd->bqhd", drop(jax.nn.softmax(scores)), v).reshape(batch, long, WIDTH)
        x = normal(x + drop(mixed @ layer["out"][0] + layer["out"][1]), layer["norm1"])
        inner = gelu(x @ layer["up"][0] + layer["up"][1])
        x = normal(x + drop(inner @ layer["down"][0] + layer["down"][1]), layer["norm2"])
    both = drop(jnp.concatenate([first, (x * share).sum(1)], axis=1))
    return both @ tree["head"][0] + tree["head"][1]


IS_NUMBER = np.array([name in labelled.NUMBERS for name in labelled.OUTPUTS], np.float32)
# Twenty-eight emotions share one row: their losses are summed and divided by seven.
WEIGHT = np.array([1 / 7 if name in labelled.EMOTIONS else 1.0 for name in labelled.OUTPUTS], np.float32)


def loss_of(tree, frozen, ids, lengths, wanted, known, key):
    said = forward(tree, frozen, ids, lengths, key)
    yes_no = jnp.maximum(said, 0) - said * wanted + jnp.log1p(jnp.exp(-jnp.abs(said)))
    number = 0.5 * (said - wanted) ** 2
    return ((yes_no * (1 - IS_NUMBER) + number * IS_NUMBER) * known * WEIGHT).sum() / ids.shape[0]


def tensor(rows, pieces):
    """Each row as (bucket, ids, wanted, known)."""
    at = {name: i for i, name in enumerate(labelled.OUTPUTS)}
    made = []
    for set_name, _, _, text, values in rows:
        ids = pieces.of_text(text, PIECES_MAX.get(set_name, PIECES_MAX_ELSE))
        wanted = np.zeros(len(at), np.float32)
        known = np.zeros(len(at), np.float32)
        for name, value in values.items():
            wanted[at[name]], known[at[name]] = value if isinstance(value, tuple) else (value, 1)
        bucket = next(i for i, (long, _) in enumerate(BUCKETS) if len(ids) <= long)
        made.append((bucket, ids, wanted, known))
    return made


def stack(group, long, count):
    ids = np.zeros((count, long), np.int32)
    lengths = np.ones(count, np.int32)
    wanted = np.zeros((count, len(labelled.OUTPUTS)), np.float32)
    known = np.zeros_like(wanted)
    for i, (_, row, want, know) in enumerate(group):
        ids[i, : len(row)], lengths[i], wanted[i], known[i] = row, len(row), want, know
    return ids, lengths, wanted, known


def plan(rows, made, chance, passes_of, passes_else):
    """Batches of one bucket each, in a lot-drawn order; part of a pass is a lot-drawn part of the rows."""
    chosen = [np.zeros(0, int)]
    for name in sorted({row[0] for row in rows}):
        mine = np.array([i for i, row in enumerate(rows) if row[0] == name])
        passes = passes_of.get(name, passes_else)
        while passes > 0:
            part = chance.permutation(mine)[: int(len(mine) * min(1.0, passes))]
            chosen.append(part)
            passes -= 1.0
    batches = []
    order = chance.permutation(np.concatenate(chosen))
    for bucket, (_, count) in enumerate(BUCKETS):
        mine = [i for i in order if made[i][0] == bucket]
        batches.extend((bucket, mine[s : s + count]) for s in range(0, len(mine) - count + 1, count))
    return [batches[i] for i in chance.permutation(len(batches))]


def train(rows, pieces, base_path, folder, seed=20261126, report=print):
    """Trains, keeps a checkpoint so that a stopped run goes on where it was, and returns the tree and the word table."""
    made = tensor(rows, pieces)
    chance = np.random.default_rng(seed)
    batches = plan(rows, made, chance, PUBLIC, PUBLIC_ELSE) + plan(rows, made, chance, OURS, OURS_ELSE)
    steps = len(batches)
    tree, frozen = base(base_path)
    moments = [jax.tree.map(jnp.zeros_like, tree), jax.tree.map(jnp.zeros_like, tree)]
    root = jax.random.key(seed, impl="rbg")

    def pace_of(at):
        return min((at + 1) / WARM_UP, (steps - at) / (steps - WARM_UP))

    def step(tree, first, second, at, pace, ids, lengths, wanted, known):
        key = jax.random.fold_in(root, at)
        loss, slope = jax.value_and_grad(loss_of)(tree, frozen, ids, lengths, wanted, known, key)
        norm = jnp.sqrt(sum((g**2).sum() for g in jax.tree.leaves(slope)))
        slope = jax.tree.map(lambda g: g * jnp.minimum(1.0, NORM_MAX / (norm + 1e-6)), slope)
        count = at + 1.0
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, slope)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, slope)

        def move(path, p, m, v):
            head = path[0].key == "head"
            rate = pace * (HEAD_RATE if head else RATE)
            fall = DECAY if p.ndim > 1 else 0.0
            m, v = m / (1 - 0.9**count), v / (1 - 0.999**count)
            return p - rate * (m / (jnp.sqrt(v) + 1e-8) + fall * p)

        tree = jax.tree_util.tree_map_with_path(move, tree, first, second)
        return tree, first, second, loss

    step = jax.jit(step, donate_argnums=(0, 1, 2))
    kept = Path(folder) / "checkpoint.npz"
    start = 0
    if kept.exists():
        saved = np.load(kept)
        start = int(saved["at"])
        leaves = [jnp.asarray(saved[f"x{i}"]) for i in range(3 * len(jax.tree.leaves(tree)))]
        shape = jax.tree.structure((tree, *moments))
        tree, *moments = jax.tree.unflatten(shape, leaves)
        report(f"going on at step {start}")
    first, second = moments
    began, used, mean = time.time(), time.process_time(), 0.0
    for at in range(start, steps):
        bucket, rows_at = batches[at]
        batch = stack([made[i] for i in rows_at], *BUCKETS[bucket])
        tree, first, second, loss = step(
            tree, first, second, jnp.float32(at), jnp.float32(pace_of(at)), *batch
        )
        mean = 0.99 * mean + 0.01 * float(loss) if at > start else float(loss)
        if at % 50 == 49 or at + 1 == steps:
            report(
                json.dumps(
                    {
                        "step": at + 1,
                        "of": steps,
                        "loss": round(mean, 4),
                        "wall_s": round(time.time() - began),
                        "cpu_s": round(time.process_time() - used),
                    }
                )
            )
        if at % 50 == 49 or at + 1 == steps:
            leaves = jax.tree.leaves((tree, first, second))
            part = kept.with_suffix(".part.npz")
            np.savez(part, at=at + 1, **{f"x{i}": np.asarray(leaf) for i, leaf in enumerate(leaves)})
            part.rename(kept)
    return jax.tree.map(np.asarray, tree), np.asarray(frozen["word"])


def say(tree, word, made, pieces_batch=32):
    """Logits of tensored rows, in order."""
    run = jax.jit(forward)
    frozen = {"word": jnp.asarray(word)}
    tree = jax.tree.map(jnp.asarray, tree)
    said = np.zeros((len(made), len(labelled.OUTPUTS)), np.float32)
    for bucket, (long, _) in enumerate(BUCKETS):
        mine = [i for i, row in enumerate(made) if row[0] == bucket]
        for start in range(0, len(mine), pieces_batch):
            part = mine[start : start + pieces_batch]
            ids, lengths, _, _ = stack([made[i] for i in part], long, pieces_batch)
            said[part] = np.asarray(run(tree, frozen, ids, lengths))[: len(part)]
    return said
