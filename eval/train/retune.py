"""The encoder once more, without a teacher: body and head learn the newest rows of single codes and are held to what the encoder said
before of everything else. A quarter of an hour of one core, where the whole of it takes a GPU."""

import copy

import encoder
import numpy as np
import rows as labelled
import torch
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel

# Rows of our own are gone through more often than public ones, which say of codes only that they are seldom there.
RECIPE = {"passes": {"codes": 1.8, "varied": 1.8, "good": 1.8, "heard": 2.7}, "else": 0.9, "pieces": 1200, "rate": 6e-5, "head_rate": 3e-4}
# What it said before counts so much, each output beside its own.
HELD = 0.3
# Its numbers are the mean of what they were at the last steps, this share of all: one step more or less should not matter.
MEAN_OF = 0.3
# And they go so far of the way from what they were before: half-way most of the new is known and nothing of the old forgotten.
WAY = 0.5
# What-ifs are weighed against the cues by how sure they are, so that has to stay as it is.
CODES = [labelled.OUTPUTS.index(code) for code in labelled.CODES if code[0] != "H"]
WHAT_IFS = [labelled.OUTPUTS.index(code) for code in labelled.CODES if code[0] == "H"]
REST = [at for at in range(encoder.OUTPUTS) if at not in CODES]


def retune(model, rows, pieces, report, seed=3):
    torch.manual_seed(seed)
    rows = [row for row in rows if any(code in row[4] for code in labelled.CODES)]
    ready = encoder.Rows(encoder.tensor(rows, pieces), "cpu")
    batches = ready.plan(~ready.dev, RECIPE, np.random.default_rng(seed))
    began, before = copy.deepcopy(model.state_dict()), said_before(model.eval(), ready, batches)
    report(f"{len(before)} rows read as before")
    mean = AveragedModel(model)
    left = int(len(batches) * (1 - MEAN_OF))

    def loss_of_batch(batch):
        nonlocal left
        left -= 1
        if left < 0:
            mean.update_parameters(model)
        long, mine = batch
        said = say(model, ready.stack(mine, long))
        wanted, known = ready.labels(mine)
        each = F.binary_cross_entropy_with_logits(said[:, CODES], wanted[:, CODES], reduction="none")
        return (each * known[:, CODES]).sum(1).mean() + HELD * (said - before[mine])[:, REST].square().mean()

    encoder.steps_of(model.train(), RECIPE, batches, loss_of_batch, None, report)
    ended = mean.module.state_dict()
    model.load_state_dict({name: torch.lerp(began[name], ended[name], WAY) for name in began})
    return as_sure_as_before(model.eval(), ready, before)


@torch.no_grad()
def as_sure_as_before(model, ready, before):
    """The outputs for what-ifs, fitted over the changed body to what they said before."""
    rows = np.flatnonzero((ready.known[:, WHAT_IFS] > 0).any(1).numpy() & ~ready.dev & before.any(1).numpy())
    rows = rows[np.argsort(ready.lengths[rows])]
    means = torch.zeros(len(rows), model.head.in_features + 1)
    means[:, -1] = 1
    for at in range(0, len(rows), 64):
        mine = rows[at : at + 64]
        means[at : at + 64, :-1] = model.means(*ready.stack(mine, int(ready.lengths[mine].max())))
    fitted = torch.linalg.lstsq(means, before[rows][:, WHAT_IFS]).solution
    model.head.weight[WHAT_IFS], model.head.bias[WHAT_IFS] = fitted[:-1].T.contiguous(), fitted[-1]
    return model


@torch.no_grad()
def said_before(model, ready, batches):
    before, read = torch.zeros(len(ready.lengths), encoder.OUTPUTS), np.zeros(len(ready.lengths), bool)
    for long, mine in batches:
        # A row of several passes is read once.
        mine = mine[~read[mine]]
        if len(mine):
            before[mine], read[mine] = say(model, ready.stack(mine, long)), True
    return before


def say(model, stacked):
    # Half precision, begun anew at each step: the numbers it casts are kept until it ends, and they change.
    with torch.autocast("cpu", torch.bfloat16):
        return model(*stacked).float()
