"""The second body, which reads an ask and a draft as one text and says whether the one answers the other.

The text is `[CLS] mark, ask [SEP] draft [SEP]`; the mean state of the ask and its mark says whether it is answered, and
how that looks at the pieces of the draft says by which of them. Each sentence of a message is read by itself, too, for what asks in it. All six layers of the base, trained in JAX on the CPU with our own pairs
(`pairs/`). `crates/reader/src/answers.rs` reads the file that `write` makes.
"""

import json
import re
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from safetensors import safe_open

from encoder import gelu, layers, normal
from pack import small
from pieces import CLS, SEP, words

MAGIC = b"unruffled answers 1\n"
LAYERS, WIDTH, HEADS, INNER, LOOK, POSITIONS = 6, 384, 12, 1536, 64, 400
MARK = 1
DRAFT, ASKED = 1, 2
ASK_MAX, DRAFT_MAX = 170, 220
BUCKETS = [(32, 32), (40, 26), (48, 22), (64, 16), (80, 12), (96, 10), (128, 8), (288, 4), (POSITIONS, 3)]
SENTENCE_BUCKETS = [(16, 64), (24, 64), (32, 32), (48, 32), (64, 32), (96, 16), (ASK_MAX + 2, 8)]
SENTENCE_END = re.compile(r"[.?!]+[)\"'”’]*\s+|\n+")
RATE, HEAD_RATE, WARM_UP, DECAY, NORM_MAX, DROP, PASSES = 1.2e-4, 1.2e-3, 60, 0.01, 1.0, 0.1, 3
# In so many pairs of a pass, the sentences that answer one ask are cut out of the draft: what is left does not answer it. In so many,
# they are all that is left. Asks that were open all along are told again in so many of the cut ones. A shorter draft is none.
CUT_OUT, ALONE, STILL_OPEN, LETTERS_MIN = 0.45, 0.15, 0.3, 12
# Sentences of messages are learned sooner: so many of a pass are enough.
SENTENCES = 0.2


def base(path):
    get = safe_open(path, "np").get_tensor
    kinds = get("embeddings.token_type_embeddings.weight")
    chance = np.random.default_rng(5)
    tree = {
        "position": get("embeddings.position_embeddings.weight")[:POSITIONS],
        "kinds": np.stack([kinds[0], kinds[1], kinds[0]]),
        "norm": [get("embeddings.LayerNorm.weight"), get("embeddings.LayerNorm.bias")],
        "layers": layers(get, LAYERS),
        "answered": [np.zeros((WIDTH, 1), np.float32), np.zeros(1, np.float32)],
        "look": [
            chance.normal(0, 0.02, (WIDTH, LOOK)).astype(np.float32),
            chance.normal(0, 0.02, (WIDTH, LOOK)).astype(np.float32),
            np.full(1, -1, np.float32),
        ],
        "asked": [np.zeros((WIDTH, 1), np.float32), np.zeros(1, np.float32)],
    }
    return jax.tree.map(jnp.asarray, tree), jnp.asarray(get("embeddings.word_embeddings.weight"))


def states(tree, word, ids, lengths, kinds, key=None):
    batch, long = ids.shape
    keys = iter(jax.random.split(key, 1 + 2 * LAYERS)) if key is not None else None

    def drop(x):
        if keys is None:
            return x
        return jnp.where(jax.random.bernoulli(next(keys), 1 - DROP, x.shape), x / (1 - DROP), 0)

    real = jnp.arange(long)[None] < lengths[:, None]
    hidden = jnp.where(real, 0.0, -1e9)[:, None, None, :]
    x = drop(normal(word[ids] + tree["position"][:long] + tree["kinds"][kinds], tree["norm"]))
    for layer in tree["layers"]:
        qkv = x @ layer["qkv"][0] + layer["qkv"][1]
        q, k, v = jnp.split(qkv.reshape(batch, long, 3 * HEADS, WIDTH // HEADS), 3, axis=2)
        looks = jax.nn.softmax(jnp.einsum("bqhd,bkhd->bhqk", q, k) / (WIDTH // HEADS) ** 0.5 + hidden)
        mixed = jnp.einsum("bhqk,bkhd->bqhd", looks, v).reshape(batch, long, WIDTH)
        x = normal(x + drop(mixed @ layer["out"][0] + layer["out"][1]), layer["norm1"])
        inner = gelu(x @ layer["up"][0] + layer["up"][1])
        x = normal(x + drop(inner @ layer["down"][0] + layer["down"][1]), layer["norm2"])
    return x


def forward(tree, word, ids, lengths, kinds, marks, key=None):
    """Of each row (`marks` are the weights of its ask's pieces): the log-odds that its ask is answered, and those of each piece that it is part of the answer."""
    x = states(tree, word, ids, lengths, kinds, key)
    asks = jnp.einsum("bt,btd->bd", marks, x)
    answered = (asks @ tree["answered"][0] + tree["answered"][1])[..., 0]
    says = jnp.einsum("bd,btd->bt", asks @ tree["look"][0], x @ tree["look"][1]) / LOOK**0.5 + tree["look"][2]
    return answered, says


def ids_of(pieces, text):
    return [id for word in words(text) for id in pieces.of_word(word)]


def row_of(pieces, ask, draft):
    """One ask and a draft as ids and kinds, and what is wanted of the ask and of each piece of the draft."""
    ids = [CLS, MARK, *ids_of(pieces, ask["words"])][: ASK_MAX + 1]
    asked, kinds = len(ids), [0] + [ASKED] * (len(ids) - 1) + [0]
    ids.append(SEP)
    by = ask.get("by")
    start = draft.find(by) if by else -1
    cuts = [0, len(draft)] if start < 0 else [0, start, start + len(by), len(draft)]
    said, wanted = [], [0.0] * len(ids)
    for a, b in zip(cuts, cuts[1:]):
        part = ids_of(pieces, draft[a:b])
        said += part
        wanted += [float(a == start)] * len(part)
    said = said[:DRAFT_MAX]
    # Where nobody said by which words it is answered, there is nothing to learn about them.
    known = not ask["answered"] or start >= 0
    return {
        "ids": ids + said + [SEP],
        "kinds": kinds + [DRAFT] * (len(said) + 1),
        "asked": asked,
        "answered": float(ask["answered"]),
        "wanted": wanted[: len(ids) + len(said)] + [0.0],
        "draft": (len(ids), len(ids) + len(said)) if known else (0, 0),
    }


def sentences_of(pieces, pair):
    """Each sentence of a message by itself, as the engine hands them over: its ids, and which of them are part of an ask."""
    message, rows = pair["message"], []
    spans = [(message.find(ask["words"]), len(ask["words"])) for ask in pair["asks"] if ask["words"] in message]
    edges = [0, *(end.end() for end in SENTENCE_END.finditer(message)), len(message)]
    for start, end in zip(edges, edges[1:]):
        if end - start < 2:
            continue
        inner = [min(end, max(start, edge)) for at, long in spans for edge in (at, at + long)]
        cuts = sorted({start, end, *inner})
        ids, asked = [CLS], [0.0]
        for a, b in zip(cuts, cuts[1:]):
            part = ids_of(pieces, message[a:b])
            ids += part
            asked += [float(any(at <= a < at + long for at, long in spans))] * len(part)
        rows.append({"ids": ids[: ASK_MAX + 1] + [SEP], "asked": asked[: ASK_MAX + 1] + [0.0]})
    return rows


def load(files):
    return [json.loads(line) for file in files for line in Path(file).read_text(encoding="utf-8").splitlines()]


def all_sentences(pieces, pairs):
    """The sentences of the messages, each message once."""
    # An ask that was answered before is no longer listed, so its message does not tell what asks.
    clear = [pair for pair in pairs if not any(ask.get("earlier_by") for ask in pair["asks"]) and not pair.get("asks_by_engine")]
    messages = {pair["message"]: pair for pair in clear}
    return [row for pair in messages.values() for row in sentences_of(pieces, pair)]


def without(draft, by):
    """The draft less the sentences that the answer lies in."""
    start = draft.find(by)
    edges = [0, *(end.end() for end in SENTENCE_END.finditer(draft)), len(draft)]
    return "".join(draft[a:b] for a, b in zip(edges, edges[1:]) if b <= start or a >= start + len(by)).strip()


def asks_of(pair, chance):
    """Each ask with its draft, and by lot again with a draft in which one answer is missing, or stands alone."""
    asks = [ask for ask in pair["asks"] if not ask.get("earlier_by")]
    yield from ((ask, pair["draft"]) for ask in asks)
    said = [ask for ask in asks if ask["answered"] and ask.get("by") and ask["by"] in pair["draft"]]
    if said and chance.random() < CUT_OUT:
        gone = said[chance.integers(len(said))]
        draft = without(pair["draft"], gone["by"])
        for ask in asks if len(draft) > LETTERS_MIN else []:
            stays = ask in said and ask is not gone and ask["by"] in draft
            # Whether what is left of a half-cut answer still answers, nobody can say.
            if ask is gone or stays or (not ask["answered"] and chance.random() < STILL_OPEN):
                yield {**ask, "answered": stays, "by": ask["by"] if stays else None}, draft
    if said and len(asks) > 1 and chance.random() < ALONE:
        kept = said[chance.integers(len(said))]
        for ask in asks:
            shares = ask is not kept and ask.get("by") and (ask["by"] in kept["by"] or kept["by"] in ask["by"])
            if not shares:
                yield {**ask, "answered": ask is kept, "by": kept["by"] if ask is kept else None}, kept["by"]


def plan(rows, buckets, chance):
    """Batches of rows of like length."""
    order = chance.permutation(len(rows))
    batches, least = [], 0
    for long, count in buckets:
        mine = [at for at in order if least < len(rows[at]["ids"]) <= long]
        batches += [(long, count, mine[s : s + count]) for s in range(0, len(mine), count)]
        least = long
    return batches


def stack(rows, long, count):
    ids, kinds = np.zeros((count, long), np.int32), np.zeros((count, long), np.int32)
    lengths, marks = np.ones(count, np.int32), np.zeros((count, long), np.float32)
    wanted, in_draft = np.zeros((count, long), np.float32), np.zeros((count, long), np.float32)
    answered, weight = np.zeros(count, np.float32), np.zeros(count, np.float32)
    for at, row in enumerate(rows):
        pieces = len(row["ids"])
        ids[at, :pieces], kinds[at, :pieces], lengths[at] = row["ids"], row["kinds"], pieces
        marks[at, 1 : row["asked"]] = 1 / (row["asked"] - 1)
        wanted[at, :pieces], in_draft[at, slice(*row["draft"])] = row["wanted"], 1
        answered[at], weight[at] = row["answered"], 1
    return ids, lengths, kinds, marks, in_draft, wanted, answered, weight


def stack_sentences(rows, long, count):
    ids, lengths = np.zeros((count, long), np.int32), np.ones(count, np.int32)
    asked, weight = np.zeros((count, long), np.float32), np.zeros((count, long), np.float32)
    for at, row in enumerate(rows):
        pieces = len(row["ids"])
        ids[at, :pieces], lengths[at], asked[at, :pieces] = row["ids"], pieces, row["asked"]
        weight[at, 1 : pieces - 1] = 1
    return ids, lengths, asked, weight


def yes_no(said, wanted):
    return jnp.maximum(said, 0) - said * wanted + jnp.log1p(jnp.exp(-jnp.abs(said)))


def loss_of(tree, word, ids, lengths, kinds, marks, in_draft, wanted, answered, weight, key):
    said, says = forward(tree, word, ids, lengths, kinds, marks, key)
    by = (yes_no(says, wanted) * in_draft).sum(1) / (in_draft.sum(1) + 1e-6)
    return ((yes_no(said, answered) + by) * weight).sum() / weight.sum()


def loss_of_sentences(tree, word, ids, lengths, asked, weight, key):
    said = (states(tree, word, ids, lengths, jnp.zeros_like(ids), key) @ tree["asked"][0] + tree["asked"][1])[..., 0]
    return (yes_no(said, asked) * weight).sum() / (weight.sum() + 1e-6)


def train(pairs, pieces, base_path, start=None, passes=PASSES, rate=RATE, seed=1, report=print):
    """From the base, or from a tree that was kept, so many passes over the pairs."""
    tree, word = base(base_path)
    if start is not None:
        tree = jax.tree.map(jnp.asarray, start)
    chance, root = np.random.default_rng(seed), jax.random.key(seed, impl="rbg")
    sentences = all_sentences(pieces, pairs)
    batches = []
    for _ in range(passes):
        rows = [row_of(pieces, ask, draft) for pair in pairs for ask, draft in asks_of(pair, chance)]
        one = [(rows, *batch) for batch in plan(rows, BUCKETS, chance)]
        single = plan(sentences, SENTENCE_BUCKETS, chance)
        one += [(None, *single[at]) for at in chance.permutation(len(single))[: int(len(single) * SENTENCES)]]
        batches += [one[at] for at in chance.permutation(len(one))]
    report(f"{len(pairs)} pairs, {len(sentences)} sentences of messages, {len(batches)} steps")
    first, second = jax.tree.map(jnp.zeros_like, tree), jax.tree.map(jnp.zeros_like, tree)

    def step(loss_of, tree, first, second, at, pace, *batch):
        loss, slope = jax.value_and_grad(loss_of)(tree, word, *batch, jax.random.fold_in(root, at))
        norm = jnp.sqrt(sum((g**2).sum() for g in jax.tree.leaves(slope)))
        slope = jax.tree.map(lambda g: g * jnp.minimum(1.0, NORM_MAX / (norm + 1e-6)), slope)
        count = at + 1.0
        first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, slope)
        second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, slope)

        def move(path, p, m, v):
            own = pace * rate * (HEAD_RATE / RATE if path[0].key in ("answered", "look", "asked") else 1)
            m, v = m / (1 - 0.9**count), v / (1 - 0.999**count)
            return p - own * (m / (jnp.sqrt(v) + 1e-8) + (DECAY if p.ndim > 1 else 0.0) * p)

        return jax.tree_util.tree_map_with_path(move, tree, first, second), first, second, loss

    step = jax.jit(step, static_argnums=0, donate_argnums=(1, 2, 3))
    began, mean = time.time(), None
    for at, (rows, long, count, mine) in enumerate(batches):
        pace = min((at + 1) / WARM_UP, (len(batches) - at) / max(1, len(batches) - WARM_UP))
        if rows is None:
            loss_by, batch = loss_of_sentences, stack_sentences([sentences[i] for i in mine], long, count)
        else:
            loss_by, batch = loss_of, stack([rows[i] for i in mine], long, count)
        tree, first, second, loss = step(loss_by, tree, first, second, jnp.float32(at), jnp.float32(pace), *batch)
        mean = float(loss) if mean is None else 0.98 * mean + 0.02 * float(loss)
        if at % 50 == 49 or at + 1 == len(batches):
            report(json.dumps({"step": at + 1, "of": len(batches), "loss": round(mean, 4), "wall_s": round(time.time() - began)}))
    return jax.tree.map(np.asarray, tree)


def write(path, tree, vocabulary):
    def real(*tensors):
        return b"".join(np.ascontiguousarray(t, "<f4").tobytes() for t in tensors)

    def linear(pair):
        weights, scale = small(pair[0].T)
        return weights.tobytes() + real(scale, pair[1])

    sizes = {"layers": LAYERS, "width": WIDTH, "heads": HEADS, "inner": INNER, "pieces_max": POSITIONS}
    sizes |= {"vocabulary": len(vocabulary), "look": LOOK}
    head = "".join(f"{name} = {size}\n" for name, size in sizes.items()).encode()
    parts = [MAGIC, len(head).to_bytes(4, "little"), head, real(tree["position"], tree["kinds"], *tree["norm"])]
    for layer in tree["layers"]:
        parts += [linear(layer["qkv"]), linear(layer["out"]), real(*layer["norm1"])]
        parts += [linear(layer["up"]), linear(layer["down"]), real(*layer["norm2"])]
    parts.append(real(tree["answered"][0].T, tree["answered"][1], tree["look"][0].T, tree["look"][1].T, tree["look"][2]))
    parts.append(real(tree["asked"][0].T, tree["asked"][1]))
    path.write_bytes(b"".join(parts))


def reference(tree, word):
    """What the Rust side has to come to: these very int8 weights, with real activations. Of a row, what each mark says."""

    def rounded(rows):
        weights, scale = small(np.asarray(rows))
        return jnp.asarray(weights.astype(np.float32) * scale[:, None])

    tree = dict(tree, layers=[dict(layer) for layer in tree["layers"]])
    for layer in tree["layers"]:
        for part in ("qkv", "out", "up", "down"):
            layer[part] = [rounded(layer[part][0].T).T, layer[part][1]]
    word = rounded(word)

    def say(row):
        return float(forward(tree, word, *stack([row], len(row["ids"]), 1)[:4])[0][0])

    return say


def golden(path, file, pieces, tree, base_path, count=24):
    """What the training side says of the first pairs of `file`; a test holds the Rust side to it."""
    say = reference(tree, safe_open(base_path, "np").get_tensor("embeddings.word_embeddings.weight"))
    lines = []
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        plain = not any(mark in pair["message"] + pair["draft"] for mark in "\t\n")
        if plain and pair["asks"] and not pair.get("earlier") and len(lines) < count:
            asks = "\t".join(ask["words"] for ask in pair["asks"])
            said = " ".join(f"{say(row_of(pieces, ask, pair['draft'])):.3f}" for ask in pair["asks"])
            lines.append("\n".join([pair["draft"], asks, said, ""]))
    path.write_text("\n".join(lines), encoding="utf-8")
