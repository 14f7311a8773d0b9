"""The encoder once more, without a teacher: body and head learn the newest rows of single codes and are held to what the encoder said
before of everything else. Minutes of one core, where the whole of it takes a GPU."""

import copy

import encoder
import numpy as np
import rows as labelled
import torch
from torch.nn import functional as F

# Rows of our own are gone through more often than public ones, which say of codes only that they are seldom there.
RECIPE = {"passes": {"codes": 1.8, "varied": 1.8, "good": 1.8, "heard": 2.7}, "else": 0.9, "pieces": 1200, "rate": 6e-5, "head_rate": 3e-4}
# What it said before counts so much, each output beside its own.
HELD = 0.3
CODES = [labelled.OUTPUTS.index(code) for code in labelled.CODES]
REST = [at for at in range(encoder.OUTPUTS) if at not in CODES]


def retune(model, rows, pieces, report, seed=3):
    torch.manual_seed(seed)
    rows = [row for row in rows if any(code in row[4] for code in labelled.CODES)]
    ready = encoder.Rows(encoder.tensor(rows, pieces), "cpu")
    before = copy.deepcopy(model).eval()

    def loss_of_batch(batch):
        long, mine = batch
        ids, lengths = ready.stack(mine, long)
        wanted, known = ready.labels(mine)
        with torch.no_grad():
            said_before = before(ids, lengths)
        said = model(ids, lengths)
        each = F.binary_cross_entropy_with_logits(said[:, CODES], wanted[:, CODES], reduction="none")
        return (each * known[:, CODES]).sum(1).mean() + HELD * (said - said_before)[:, REST].square().mean()

    model.train()
    batches = ready.plan(~ready.dev, RECIPE, np.random.default_rng(seed))
    encoder.steps_of(model, RECIPE, batches, loss_of_batch, None, report)
    return model.eval()
