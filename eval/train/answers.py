"""The second body, which reads an ask and a draft as one text and says whether the one answers the other.

The text is `[CLS] mark, ask [SEP] draft [SEP]`; the mean state of the ask and its mark says whether it is answered, and
how that looks at the pieces of the draft says by which of them. Each sentence of a message is read by itself, too, for what asks in it. All six
layers of the base, trained in PyTorch with our own pairs (`pairs/`), beside a larger body that learnt them first where there is a GPU.
`crates/reader/src/answers.rs` reads the file that `write` makes.
"""

import json
import re
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from bodies import Body, in_buckets, pair, plain, tree_of
from encoder import brief, steps_of
from pack import layers_of, normal, real, rounded, rounded_layers, through
from pieces import CLS, SEP, words

MAGIC = b"unruffled answers 1\n"
LAYERS, WIDTH, HEADS, INNER, LOOK, POSITIONS = 6, 384, 12, 1536, 64, 400
MARK = 1
DRAFT, ASKED = 1, 2
ASK_MAX, DRAFT_MAX = 170, 220
BUCKETS = (32, 40, 48, 64, 80, 96, 128, 192, 288, POSITIONS)
SENTENCE_END = re.compile(r"[.?!]+[)\"'”’]*\s+|\n+")
RECIPES = {
    "teacher": {"passes": 3, "pieces": 6400, "rate": 7e-5, "head_rate": 1.5e-3},
    "taught": {"passes": 20, "pieces": 8000, "rate": 3e-4, "head_rate": 2.5e-3},
    "alone": {"passes": 3, "pieces": 1000, "rate": 1.2e-4, "head_rate": 1.2e-3},
}
# In so many pairs of a pass, the sentences that answer one ask are cut out of the draft: what is left does not answer it. In so many,
# they are all that is left. Asks that were open all along are told again in so many of the cut ones. A shorter draft is none.
CUT_OUT, ALONE, STILL_OPEN, LETTERS_MIN = 0.45, 0.15, 0.3, 12
# The engine does not hear an ask quite as somebody marked it: so many are read with their whole sentence, so many without a word or two.
WHOLE, TRIMMED, WHOLE_WORDS_MAX, TRIMMED_WORDS_MIN = 0.2, 0.15, 40, 5
# Sentences of messages are learned sooner: so many of a pass are enough.
SENTENCES = 0.2


class Judge(nn.Module):
    def __init__(self, get, base, layers):
        super().__init__()
        self.body = Body(get, base, layers, POSITIONS, kinds=3)
        width = self.body.word.shape[1]
        self.answered, self.asked = nn.Linear(width, 1), nn.Linear(width, 1)
        self.from_ask, self.to_draft = nn.Linear(width, LOOK, bias=False), nn.Linear(width, LOOK, bias=False)
        self.look = nn.Parameter(torch.full((1,), -1.0))
        for linear in (self.answered, self.asked, self.from_ask, self.to_draft):
            nn.init.normal_(linear.weight, std=0.0 if linear.bias is not None else 0.02)
        for linear in (self.answered, self.asked):
            nn.init.zeros_(linear.bias)

    def forward(self, ids, lengths, kinds, marks):
        """Of each row (`marks` are the weights of its ask's pieces): the log-odds that its ask is answered, and those of each piece that it
        is part of the answer."""
        x = self.body(ids, lengths, kinds)[1]
        asks = torch.einsum("bt,btd->bd", marks.to(x.dtype), x)
        says = torch.einsum("bd,btd->bt", self.from_ask(asks), self.to_draft(x)) / LOOK**0.5 + self.look
        return self.answered(asks)[:, 0], says

    def asks(self, ids, lengths):
        """Of each piece of a sentence, the log-odds that it is part of an ask."""
        return self.asked(self.body(ids, lengths, torch.zeros_like(ids))[1])[..., 0]

    def tree(self):
        return tree_of(self.body) | {
            "answered": pair(self.answered),
            "asked": pair(self.asked),
            "look": [plain(self.from_ask.weight).T, plain(self.to_draft.weight).T, plain(self.look)],
        }


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


def edges_of(text):
    """Where its sentences begin and end."""
    return [0, *(end.end() for end in SENTENCE_END.finditer(text)), len(text)]


def sentences_of(pieces, pair):
    """Each sentence of a message by itself, as the engine hands them over: its ids, and which of them are part of an ask."""
    message, rows = pair["message"], []
    spans = [(message.find(ask["words"]), len(ask["words"])) for ask in pair["asks"] if ask["words"] in message]
    edges = edges_of(message)
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
    edges = edges_of(draft)
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


def heard(ask, message, chance):
    """The ask's words as the engine might have heard them."""
    lot, said = chance.random(), ask["words"]
    start = message.find(said)
    if lot < WHOLE and start >= 0:
        edges = edges_of(message)
        whole = message[max(e for e in edges if e <= start) : min(e for e in edges if e >= start + len(said))]
        return whole.strip() if len(whole.split()) <= WHOLE_WORDS_MAX else said
    parts = said.split()
    if WHOLE < lot < WHOLE + TRIMMED and len(parts) >= TRIMMED_WORDS_MIN:
        front, back = chance.integers(3), chance.integers(2)
        return " ".join(parts[front : len(parts) - back])
    return said


def one_pass(pieces, pairs, seed):
    """The rows of one pass, one after another."""
    chance = np.random.default_rng(seed)
    rows = []
    for pair in pairs:
        for ask, draft in asks_of(pair, chance):
            rows.append(row_of(pieces, ask | {"words": heard(ask, pair["message"], chance)}, draft))
    return flat(rows)


def flat(rows):
    return {
        "ids": np.concatenate([np.array(row["ids"], np.uint16) for row in rows]),
        "kinds": np.concatenate([np.array(row["kinds"], np.uint8) for row in rows]),
        "wanted": np.concatenate([np.array(row["wanted"], np.uint8) for row in rows]),
        "lengths": np.array([len(row["ids"]) for row in rows]),
        "asked": np.array([row["asked"] for row in rows]),
        "draft": np.array([row["draft"] for row in rows]),
        "answered": np.array([row["answered"] for row in rows], np.float32),
    }


def flat_sentences(rows):
    return {
        "ids": np.concatenate([np.array(row["ids"], np.uint16) for row in rows]),
        "wanted": np.concatenate([np.array(row["asked"], np.uint8) for row in rows]),
        "lengths": np.array([len(row["ids"]) for row in rows]),
    }


class Rows:
    """The rows of a pass, ready to be stacked."""

    def __init__(self, made, device):
        self.device, self.lengths = device, made["lengths"]
        self.starts = np.cumsum(np.append(0, self.lengths))
        self.flat = {name: torch.tensor(made[name].astype(np.int32), device=device) for name in ("ids", "kinds", "wanted") if name in made}
        self.each = {name: torch.tensor(made[name], device=device) for name in ("asked", "draft", "answered") if name in made}

    def plan(self, pieces, chance):
        order = chance.permutation(len(self.lengths))
        return [(self, *batch) for batch in in_buckets(order, self.lengths, BUCKETS, pieces, 2)]

    def stack(self, mine, long):
        at = torch.arange(long, device=self.device)[None]
        starts = torch.tensor(self.starts[mine], device=self.device)[:, None]
        lengths = torch.tensor(self.lengths[mine], device=self.device)
        real = at < lengths[:, None]
        where = (starts + at).clamp(max=len(self.flat["ids"]) - 1)
        batch = {name: torch.where(real, values[where], 0).long() for name, values in self.flat.items()} | {"lengths": lengths}
        rows = torch.tensor(mine, device=self.device)
        batch |= {name: values[rows] for name, values in self.each.items()}
        if "asked" in batch:
            marked = (at > 0) & (at < batch["asked"][:, None])
            batch["marks"] = marked / marked.sum(1, keepdim=True)
            batch["in_draft"] = ((at >= batch["draft"][:, :1]) & (at < batch["draft"][:, 1:])).float()
            batch["of_draft"] = ((batch["kinds"] == DRAFT) & (at < lengths[:, None] - 1)).float()
        else:
            batch["inner"] = ((at > 0) & (at < lengths[:, None] - 1)).float()
        return batch


def yes_no(said, wanted, weight):
    """The mean over each row's pieces that count."""
    each = F.binary_cross_entropy_with_logits(said.float(), wanted.float(), reduction="none") * weight
    return each.sum(1) / (weight.sum(1) + 1e-6)


def loss_of(said, batch, taught=None):
    """Beside the labels, what a teacher said of the same rows."""
    if "inner" in batch:
        loss = yes_no(said, batch["wanted"], batch["inner"])
        return (loss if taught is None else loss + yes_no(said, taught.float().sigmoid(), batch["inner"])).mean()
    answered, by = said
    loss = F.binary_cross_entropy_with_logits(answered.float(), batch["answered"], reduction="none")
    loss = loss + yes_no(by, batch["wanted"], batch["in_draft"])
    if taught is not None:
        loss = loss + F.binary_cross_entropy_with_logits(answered.float(), taught[0].float().sigmoid(), reduction="none")
        loss = loss + yes_no(by, taught[1].float().sigmoid(), batch["of_draft"])
    return loss.mean()


def run(model, batch, translate=None):
    ids = batch["ids"] if translate is None else translate[batch["ids"]]
    if "inner" in batch:
        return model.asks(ids, batch["lengths"])
    return model(ids, batch["lengths"], batch["kinds"], batch["marks"])


def train(pairs, pieces, model, recipe, device, teacher=None, translate=None, seed=1, seconds=None, report=print):
    """So many passes over the pairs. `translate`: our ids as those of the teacher's vocabulary."""
    recipe = RECIPES[recipe]
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    sentences = Rows(flat_sentences(all_sentences(pieces, pairs)), device)
    batches = []
    with ProcessPoolExecutor(8, mp_context=get_context("fork")) as pool:
        for made in pool.map(one_pass, *zip(*[(pieces, pairs, seed * 100 + at) for at in range(recipe["passes"])])):
            one = Rows(made, device).plan(recipe["pieces"], chance)
            single = sentences.plan(recipe["pieces"] // 2, chance)
            one += [single[at] for at in chance.permutation(len(single))[: int(len(single) * SENTENCES)]]
            batches += [one[at] for at in chance.permutation(len(one))]
    model.to(device).train()
    own = translate if model.body.base == "mpnet" else None

    def loss_of_batch(batch):
        rows, long, mine = batch
        batch = rows.stack(mine, long)
        with brief(device):
            taught = None
            if teacher is not None:
                with torch.no_grad():
                    taught = run(teacher, batch, translate)
            return loss_of(run(model, batch, own), batch, taught)

    report(f"{len(pairs)} pairs, {len(batches)} steps")
    steps_of(model, recipe, batches, loss_of_batch, seconds, report)
    return model.eval()


def write(path, tree, vocabulary):
    sizes = {"layers": LAYERS, "width": WIDTH, "heads": HEADS, "inner": INNER, "pieces_max": POSITIONS}
    sizes |= {"vocabulary": len(vocabulary), "look": LOOK}
    head = "".join(f"{name} = {size}\n" for name, size in sizes.items()).encode()
    parts = [MAGIC, len(head).to_bytes(4, "little"), head, real(tree["position"], tree["kinds"], *tree["norm"]), layers_of(tree)]
    parts.append(real(tree["answered"][0].T, tree["answered"][1], tree["look"][0].T, tree["look"][1].T, tree["look"][2]))
    parts.append(real(tree["asked"][0].T, tree["asked"][1]))
    path.write_bytes(b"".join(parts))


def reference(tree, word):
    """What the Rust side has to come to: these very int8 weights, with real activations. Of a row, how surely its ask is answered."""

    layers, word = rounded_layers(tree["layers"]), rounded(word)

    def say(row):
        ids, asked = row["ids"], row["asked"]
        start = word[ids] + tree["position"][: len(ids)] + tree["kinds"][row["kinds"]]
        x = through(layers, normal(start, tree["norm"]), HEADS)
        return float((x[1:asked].mean(0) @ tree["answered"][0] + tree["answered"][1])[0])

    return say


def golden(path, file, pieces, tree, word, count=24):
    """What the training side says of the first pairs of `file`; a test holds the Rust side to it."""
    say = reference(tree, word)
    lines = []
    for line in Path(file).read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        plain = not any(mark in pair["message"] + pair["draft"] for mark in "\t\n")
        if plain and pair["asks"] and not pair.get("earlier") and len(lines) < count:
            asks = "\t".join(ask["words"] for ask in pair["asks"])
            said = " ".join(f"{say(row_of(pieces, ask, pair['draft'])):.3f}" for ask in pair["asks"])
            lines.append("\n".join([pair["draft"], asks, said, ""]))
    path.write_text("\n".join(lines), encoding="utf-8")
