"""The first layers of MiniLM as one body with a linear head per task, trained in PyTorch, where there is a GPU by two larger bodies.

Teachers, all twelve layers of MPNet, learn the labelled rows first. Then the small body learns, beside the labels, what they say of those
rows, of unlabelled text, and of both with pieces left out or swapped. Without a GPU it learns the labels alone.
"""

import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import rows as labelled
from bodies import TEACHER_LAYERS, Body, begin_as, in_buckets, pair, tree_of

LAYERS, WIDTH, HEADS, INNER = 3, 384, 12, 1536
# Length buckets in pieces.
BUCKETS = (16, 24, 32, 48, 64, 96)
PIECES_MAX = {"receptiveness": 96}
PIECES_MAX_ELSE = 64
# How often each set is gone through, and by whom. GoEmotions is the largest by far and the furthest from customers' letters.
RECIPES = {
    "teacher": {"passes": {"goemotions": 1.0, "codes": 5.0, "good": 4.0}, "else": 1.6, "pieces": 2000, "rate": 6e-5, "head_rate": 1e-3},
    "taught": {"passes": {"goemotions": 6.0, "codes": 24.0, "good": 18.0, "unlabelled": 5.0}, "else": 7.0, "pieces": 4500, "rate": 5e-4, "head_rate": 3e-3},
    "tuned": {"passes": {"goemotions": 0.2, "codes": 1.0, "good": 1.0}, "else": 0.4, "pieces": 1500, "rate": 1.5e-4, "head_rate": 6e-4},
    "alone": {"passes": {"goemotions": 1.4, "codes": 2.2, "good": 2.0}, "else": 1.6, "pieces": 1200, "rate": 3e-4, "head_rate": 3e-3},
}
WARM_UP, DECAY, NORM_MAX = 0.03, 0.01, 1.0
# Of so many texts of a batch one piece in ten is left out or swapped while the teacher tells what they say.
CHANGED, CHANGED_PIECES = 0.5, 0.1
CLS, SEP = 101, 102
OUTPUTS = len(labelled.OUTPUTS)
IS_NUMBER = torch.tensor([name in labelled.NUMBERS for name in labelled.OUTPUTS], dtype=torch.float32)
# Twenty-eight emotions share one row: their losses are summed and divided by seven.
WEIGHT = torch.tensor([1 / 7 if name in labelled.EMOTIONS else 1.0 for name in labelled.OUTPUTS])


class Reader(nn.Module):
    def __init__(self, get, base, layers):
        super().__init__()
        self.body = Body(get, base, layers, 128)
        width = 2 * self.body.word.shape[1]
        self.head = nn.Linear(width, OUTPUTS)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids, lengths):
        return self.head(F.dropout(self.means(ids, lengths), 0.1, self.training))

    def means(self, ids, lengths):
        first, last = self.body(ids, lengths)
        real = (torch.arange(ids.shape[1], device=ids.device)[None] < lengths[:, None]).to(first.dtype)
        share = (real / real.sum(1, keepdim=True))[:, :, None]
        return torch.cat([(first * share).sum(1), (last * share).sum(1)], dim=1)

    def begin_as(self, tree):
        begin_as(self.body, tree)
        # The row of the one kind is in the positions already.
        self.body.kinds.data = torch.zeros_like(self.body.kinds.data)
        weight, bias = (torch.tensor(np.asarray(part, np.float32)) for part in tree["head"])
        self.head.weight.data, self.head.bias.data = weight.T.contiguous(), bias
        return self

    def tree(self):
        tree = tree_of(self.body)
        # Every text is of one kind, so that row joins the positions.
        tree["position"] = tree["position"] + tree.pop("kinds")[0]
        return tree | {"head": pair(self.head)}


def tensor(rows, pieces):
    """The rows as `sets`, `ids` one after another with where each begins, and what is wanted of which output, how much."""
    at = {name: i for i, name in enumerate(labelled.OUTPUTS)}
    ids = [pieces.of_text(row[3], PIECES_MAX.get(row[0], PIECES_MAX_ELSE)) for row in rows]
    values = [
        (i, at[name], *(value if isinstance(value, tuple) else (value, 1)))
        for i, row in enumerate(rows)
        for name, value in row[4].items()
    ]
    return {
        "sets": np.array([row[0] for row in rows]),
        "dev": np.array([row[2] for row in rows]),
        "starts": np.cumsum([0] + [len(row) for row in ids]).astype(np.int32),
        "ids": np.concatenate(ids).astype(np.uint16),
        "where": np.array([value[:2] for value in values], np.int32),
        "wanted": np.array([value[2:] for value in values], np.float16),
    }


class Rows:
    """Tensored rows, ready to be stacked."""

    def __init__(self, made, device):
        self.sets, self.dev, self.starts, self.device = made["sets"], made["dev"], made["starts"], device
        self.ids = torch.tensor(made["ids"].astype(np.int32), device=device)
        self.lengths = np.diff(self.starts)
        count = len(self.sets)
        self.wanted = torch.zeros(count, OUTPUTS, dtype=torch.float16, device=device)
        self.known = torch.zeros_like(self.wanted)
        row, at = (torch.tensor(made["where"][:, side], device=device).long() for side in (0, 1))
        values = torch.tensor(made["wanted"], device=device)
        self.wanted[row, at], self.known[row, at] = values[:, 0], values[:, 1]

    def stack(self, mine, long):
        at = torch.tensor(self.starts[mine], device=self.device)[:, None].long() + torch.arange(long, device=self.device)[None]
        lengths = torch.tensor(self.lengths[mine], device=self.device).clamp(max=long)
        ids = self.ids[at.clamp(max=len(self.ids) - 1)].long()
        return ids.where(torch.arange(long, device=self.device)[None] < lengths[:, None], 0), lengths

    def labels(self, mine):
        at = torch.tensor(mine, device=self.device)
        return self.wanted[at].float(), self.known[at].float()

    def plan(self, which, recipe, chance):
        """Batches of one bucket each, in a lot-drawn order; part of a pass is a lot-drawn part of the rows."""
        chosen = []
        for name in sorted(set(self.sets[which])):
            mine = np.flatnonzero(which & (self.sets == name))
            passes = recipe["passes"].get(name, recipe["else"])
            while passes > 0:
                chosen.append(chance.permutation(mine)[: int(len(mine) * min(1.0, passes))])
                passes -= 1.0
        batches = in_buckets(chance.permutation(np.concatenate(chosen)), self.lengths, BUCKETS, recipe["pieces"], 8)
        return [batches[i] for i in chance.permutation(len(batches))]


def changed(ids, lengths, all_ids):
    """Half the texts with some pieces left out or swapped for others of our texts."""
    batch, long = ids.shape
    inner = torch.arange(long, device=ids.device)[None]
    inner = (inner > 0) & (inner < lengths[:, None] - 1)
    touched = inner & (torch.rand(batch, 1, device=ids.device) < CHANGED) & (torch.rand(batch, long, device=ids.device) < CHANGED_PIECES)
    gone = touched & (torch.rand(batch, long, device=ids.device) < 0.5)
    other = all_ids[torch.randint(len(all_ids), (batch, long), device=ids.device)].long()
    other = torch.where((other == CLS) | (other == SEP), ids, other)
    ids = torch.where(touched & ~gone, other, ids)
    # What is left out closes up.
    order = torch.argsort(gone.to(torch.uint8), dim=1, stable=True)
    left = lengths - gone.sum(1)
    ids = ids.gather(1, order)
    return ids.where(torch.arange(long, device=ids.device)[None] < left[:, None], 0), left, touched.any(1)


def loss_of(said, wanted, known):
    yes_no = F.binary_cross_entropy_with_logits(said, wanted * (1 - IS_NUMBER.to(said.device)), reduction="none")
    number = 0.5 * (said - wanted) ** 2
    is_number = IS_NUMBER.to(said.device)
    return ((yes_no * (1 - is_number) + number * is_number) * known * WEIGHT.to(said.device)).sum() / len(said)


def steps_of(model, recipe, batches, loss_of_batch, seconds, report):
    """All batches or, where there are only so many seconds, as many as fit into them; the pace falls to nothing either way."""
    named = list(model.named_parameters())
    groups = [
        {"params": [p for name, p in named if name.startswith("body.") == is_body], "top": rate}
        for is_body, rate in ((True, recipe["rate"]), (False, recipe["head_rate"]))
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY, fused=named[0][1].is_cuda)
    began, total = time.time(), len(batches)
    for at, batch in enumerate(batches):
        gone = max(at / total, (time.time() - began) / seconds if seconds else 0.0)
        if gone >= 1:
            break
        pace = min(at / (WARM_UP * total) + 0.01, (1 - gone) / (1 - WARM_UP), 1.0)
        for group in optimiser.param_groups:
            group["lr"] = group["top"] * pace
        loss = loss_of_batch(batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), NORM_MAX)
        optimiser.step()
        if at % 500 == 499:
            report(f"step {at + 1} of {total}, loss {loss.item():.3f}, {time.time() - began:.0f} s")
    report(f"{total} steps planned, {time.time() - began:.0f} s")


def brief(device):
    return torch.autocast(device, torch.bfloat16, enabled=device == "cuda")


def teach(rows, get, translate, seed, seconds=None, report=print):
    """A teacher of the labelled rows. `translate`: our ids as those of its vocabulary."""
    torch.manual_seed(seed)
    recipe = RECIPES["teacher"]
    teacher = Reader(get, "mpnet", TEACHER_LAYERS).to(rows.device).train()
    batches = rows.plan(~rows.dev & (rows.sets != "unlabelled"), recipe, np.random.default_rng(seed))

    def loss_of_batch(batch):
        long, mine = batch
        ids, lengths = rows.stack(mine, long)
        with brief(rows.device):
            said = teacher(translate[ids], lengths)
        return loss_of(said.float(), *rows.labels(mine))

    steps_of(teacher, recipe, batches, loss_of_batch, seconds, report)
    return teacher.eval()


def learn(rows, model, recipe, teachers=(), translate=None, seed=1, seconds=None, report=print):
    """From the labels and from what the teachers say; without teachers from the labels alone."""
    torch.manual_seed(seed)
    recipe = RECIPES[recipe]
    model = model.to(rows.device).train()
    which = ~rows.dev & ((rows.sets != "unlabelled") | bool(teachers))
    is_number = IS_NUMBER.to(rows.device)

    def loss_of_batch(batch):
        long, mine = batch
        ids, lengths = rows.stack(mine, long)
        wanted, known = rows.labels(mine)
        if not teachers:
            return loss_of(model(ids, lengths), wanted, known)
        ids, lengths, is_changed = changed(ids, lengths, rows.ids)
        with torch.no_grad(), brief(rows.device):
            taught = torch.stack([teacher(translate[ids], lengths) for teacher in teachers]).float()
            taught = torch.where(is_number > 0, taught.mean(0), torch.sigmoid(taught).mean(0))
        with brief(rows.device):
            said = model(ids, lengths)
        # What a label says of a text with something missing, nobody knows.
        labels = loss_of(said.float(), wanted, known * ~is_changed[:, None])
        return labels + loss_of(said.float(), taught, torch.ones_like(taught))

    steps_of(model, recipe, rows.plan(which, recipe, np.random.default_rng(seed)), loss_of_batch, seconds, report)
    return model.eval()
