"""The encoder once more, without a teacher: body and head learn the newest rows of single codes and are held to what the encoder said
before of everything else. Minutes of one core, where the whole of it takes a GPU."""

import copy

import encoder
import numpy as np
import rows as labelled
import torch
from bodies import in_buckets
from torch.nn import functional as F

# Rows of our own are drawn so often beside public ones, which say of codes only that they are seldom there.
DRAWN = {"codes": 1.0, "varied": 1.0, "good": 1.0, "heard": 1.5}
DRAWN_ELSE = 0.5
PASSES, RATE, HEAD_RATE, PIECES = 1.6, 6e-5, 3e-4, 1200
# What it said before counts so much, each output beside its own.
HELD = 0.3
WARM_UP, DECAY, NORM_MAX = 50, 0.01, 1.0
CODES = [labelled.OUTPUTS.index(code) for code in labelled.CODES]
REST = [at for at in range(len(labelled.OUTPUTS)) if at not in CODES]


def about_codes(rows):
    """Those that say something of a code, and do not only judge."""
    return [row for row in rows if not row[2] and any(code in row[4] for code in labelled.CODES)]


def retune(model, rows, pieces, report, seed=3):
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    rows = about_codes(rows)
    ready = encoder.Rows(encoder.tensor(rows, pieces), "cpu")
    before = copy.deepcopy(model).eval()
    share = np.array([DRAWN.get(name, DRAWN_ELSE) for name in ready.sets])
    drawn = chance.choice(len(rows), int(PASSES * len(rows)), p=share / share.sum())
    batches = in_buckets(drawn, ready.lengths, encoder.BUCKETS, PIECES, 8)
    batches = [batches[at] for at in chance.permutation(len(batches))]
    body = [part for name, part in model.named_parameters() if part.requires_grad and not name.startswith("head")]
    groups = [
        {"params": [part for part in body if part.dim() > 1], "weight_decay": DECAY, "most": RATE},
        {"params": [part for part in body if part.dim() <= 1], "weight_decay": 0.0, "most": RATE},
        {"params": list(model.head.parameters()), "weight_decay": DECAY, "most": HEAD_RATE},
    ]
    steps = torch.optim.AdamW(groups, lr=RATE)
    model.train()
    for at, (long, mine) in enumerate(batches):
        for group in steps.param_groups:
            group["lr"] = group["most"] * min(1.0, (at + 1) / WARM_UP) * (1 - at / len(batches))
        ids, lengths = ready.stack(mine, long)
        wanted, known = ready.labels(mine)
        with torch.no_grad():
            said_before = before(ids, lengths)
        said = model(ids, lengths)
        each = F.binary_cross_entropy_with_logits(said[:, CODES], wanted[:, CODES], reduction="none")
        loss = (each * known[:, CODES]).sum(1).mean() + HELD * (said - said_before)[:, REST].square().mean()
        steps.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), NORM_MAX)
        steps.step()
        if at % 500 == 499:
            report(f"{at + 1} of {len(batches)} steps, loss {float(loss):.3f}")
    return model.eval()
